"""What is called wrong although the rest of the text accounts for it: published reports tell much that only looks so.

`少年占16.6%，比十年前下降6.3个百分点；老年占13.3%，比十年前上升2.9个百分点`: no share is the other's former
state. `咨询类占63.7%；求助类占29.0%；…`: if all parts of a row give one base with their shares, it is meant. Where
another reading of the same numbers fits, nothing is said.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from gangmu.reading.arithmetic.cues import PEOPLE
from gangmu.reading.arithmetic.judge import agrees, divided, testable
from gangmu.reading.arithmetic.language import label, names, same_unit
from gangmu.reading.arithmetic.marks import PERCENT, POINTS, QUANTITY, TIMES
from gangmu.reading.arithmetic.one_thing import AMONG, DEED, are_two
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding, Span
from gangmu.reading.wording import HUNDRED, ZERO, Interval, Wording, interval

OWN_CHANGE = pattern("同比|环比|[比较与]|[增减升降涨跌]")
LEVEL = pattern("(?:[增升涨减降跌扩缩提高低落回](?:加|长|高|大|少|低|小|落|升)?)(?:到|至|为)(?:了)?$")
# Some of the number right before, whom nobody counted: 处警350起，其中刑事类约占6%.
OF_ITS_OWN = pattern(r"^[,;]?其中[^,。;:占]{2,14}占[^,。;:]{0,8}$")
# Rates of a population that is told elsewhere, if at all.
OF_POPULATION = pattern(r"(?:失业|出生|死亡|自然增长|[毛净]?入[园学]|巩固|文盲|城[镇市]化)率")
POPULATION = pattern("人口|适龄|总数|应[届参入]")
# 在地表水供水量中，蓄水工程供水量占33%: of what is in it nothing told before is a part.
SCOPED = pattern("(?:^|[。;\n])在[^,。;]{2,16}中,")
EACH_OF_SEVERAL = pattern("[均都]在?$|比重[均都]")
AGAINST_LAST_YEAR = pattern("[同][比]|[比较](?:上年|去年)(?!同期的)")
FORMER = pattern("[去上前]一?年|往年|上期|前期|同期|原|过去|以前|20\\d\\d年|由|从|年初|基期")
IN_MEASURE = pattern("(?P<unit>[件人起户家次])数")
RATE_NAME = pattern("(?P<name>[\u4e00-\u9fff]{2,6}(?:率|比例|比重))(?:为|是|达到?)?$")
DENIED_RATE = pattern("(?:不|未)(?P<deed>[\u4e00-\u9fff]{1,3})率")
OWN_RATE = pattern("比重|比例|率")
THEN = pattern("[去上]年")
YEAR = pattern(r"(?:19|20)\d\d年")
SHARED = pattern("占[^,。;:]{0,12}$")
SPENT_OR_SOLD = pattern("投|销售|产值|营业")
INSIDE = pattern("其中|[里中],")
RULED = pattern("应|须|规定|要求|不得|方可|才能")
NARROW = Decimal("1.02")
FARTHEST_CASE = 100  # times a limit: then the two are of different things
JOINTS = ("、", "和", "及", "与")
NEAREST, FEWEST, MOST_BASES = 6, 2, 40
LONG_NAME, LONG_ENDING, RATE_SIGNS, NAMED_ALIKE = 4, 6, 3, 2


def without_accounted(t: Structure, found: list[Finding], wording: Wording) -> list[Finding]:
    """`found` without the contradictions that other numbers or words of the text account for."""
    if not any(f.verdict == "contradiction" for f in found):
        return found
    places = {claim.span: i for i, claim in enumerate(t.claims)}
    averages = [set(f.spans) for f in found if f.verdict == "consistent" and f.type == "per"]
    return [
        f
        for f in found
        if f.verdict != "contradiction" or not (_is_second(f, averages) or _is_accounted(t, f, places, wording))
    ]


def _is_second(f: Finding, averages: list[set[Span]]) -> bool:
    """Whether the two numbers of a failed average are those of another that holds: it is of some of them only."""
    return f.type == "per" and any(set(f.spans) - {f.suspect} < spans for spans in averages)


def _is_accounted(t: Structure, f: Finding, places: dict[Span, int], wording: Wording) -> bool:
    at = [places[span] for span in f.spans if span in places]
    if f.type == "repeat":
        return len(at) > 1 and are_two(t, at)
    i = places.get(f.suspect) if f.suspect else None
    if f.type == "limit":
        return _is_far_from_limit([t.claims[j] for j in at])
    if i is None or len(at) < len(f.spans):
        return False
    operands = [j for j in at if j != i]
    if f.type == "per":  # 投入2123万元，人均增收1490元: what was earned more is of no money that was spent
        return "增收" in t.s.clauses[i] and any(SPENT_OR_SOLD.search(t.s.clauses[j]) for j in operands)
    if f.type in ("growth", "points"):
        if t.s.leads[i].startswith(JOINTS) and all(t.s.bounds[j] != t.s.bounds[i] for j in operands):
            return True  # 分别上升1.35个百分点、下降6.79个百分点: each of its own thing
        return (
            _have_own_changes(t, operands)
            or _is_another_change(t, operands, i)
            or (t.s.marks[i] == PERCENT and bool(LEVEL.search(t.s.clauses[i])))
        )
    if f.type == "sum":
        return _is_no_total(t, operands, i, wording)
    if f.type == "part_of":
        inside = t.s.clauses[at[-1]].endswith("占其中")  # 占四成，未戴头盔的占其中62%: a share of a share
        return all(t.s.marks[j] == PERCENT for j in at) and (inside or t.s.bounds[at[0]] != t.s.bounds[at[-1]])
    return f.type == "share" and len(operands) == FEWEST and _is_share_of_another(t, operands, i, wording)


def _is_no_total(t: Structure, parts: list[int], i: int, wording: Wording) -> bool:
    """Whether a total is of another deed than its parts, or a share behind them says how much of it they are."""
    deeds = set(DEED.findall(t.s.clauses[i]))
    others = {deed for j in parts for deed in DEED.findall(t.s.clauses[j])}
    if deeds and others and not deeds & others:
        return True  # 逮捕12.5万人，不捕11.5万人。共起诉30.8万人
    if t.s.clauses[i].endswith("共") and t.s.clauses[parts[0]][-NAMED_ALIKE:] == t.s.clauses[i][-NAMED_ALIKE:]:
        return True  # 咨询类共335件；求助类共215件: each says 共
    made = sum((t.claims[j].value or ZERO for j in parts), ZERO)
    apart = t.s.bounds[i] != t.s.bounds[parts[0]]
    if (
        apart
        and made >= HUNDRED
        and any(t.claims[j].value == made and t.claims[j].unit == t.claims[i].unit for j in t.stocks)
    ):
        return True  # of another whole, told elsewhere
    if _are_siblings(t, parts, i) or _is_rounded_elsewhere(t, parts, i):
        return True
    last = max(parts)
    told = last + 1 < len(t.s.at) and t.s.marks[last + 1] == PERCENT and t.s.bounds[last + 1] == t.s.bounds[last]
    return told and "占" not in t.s.clauses[last + 1] and _gives(t, parts, (i,), last + 1, wording)


def _are_siblings(t: Structure, parts: list[int], i: int) -> bool:
    """`工人796人，占11%；农民2310人，占32%；学生195人，占3%`: each with its share of one whole told elsewhere."""
    row = sorted((*parts, i))
    if i != row[0] or row[-1] + 1 >= len(t.s.at) or t.s.bounds[i] != t.s.bounds[row[-1]]:
        return False
    shared = all(t.s.marks[j + 1] == PERCENT and t.s.clauses[j + 1].startswith("占") for j in row)
    between = [t.s.text[t.s.at[one] : t.s.at[other]] for one, other in pairwise(row)]
    return shared and all(";" in words and "其中" not in words for words in between)


def _is_rounded_elsewhere(t: Structure, parts: list[int], i: int) -> bool:
    """Whether a number between a total and the parts is what they make up, each rounded: 9903元 of 9902元."""
    total = sum((t.claims[j].value or ZERO for j in parts), ZERO)
    near = [j for j in range(i + 1, min(parts)) if t.claims[j].unit == t.claims[i].unit and t.s.marks[j] == QUANTITY]
    reach = sum((t.claims[j].worth for j in parts), ZERO) / 2
    return len(parts) > FEWEST and any(abs((t.claims[j].value or ZERO) - total) <= reach for j in near)


def _is_far_from_limit(claims: Sequence[Claim]) -> bool:
    """Whether a limit and a case in one measure lie too far apart to be of one thing."""
    low, high = min(values := [c.value or ZERO for c in claims], default=ZERO), max(values, default=ZERO)
    return len(claims) == FEWEST and claims[0].unit == claims[1].unit and high > FARTHEST_CASE * low > 0


def _is_another_change(t: Structure, operands: list[int], i: int) -> bool:
    """Whether a change is told of another measure or time than the two states it is held against."""
    clause, first = t.s.clauses[i], min(operands)
    counted = IN_MEASURE.search(clause)
    called = {said["name"][-RATE_SIGNS:] for j in operands if (said := RATE_NAME.search(t.s.clauses[j]))}
    if t.s.marks[i] == POINTS and len(called) > 1 and all(name.endswith("率") for name in called):
        return True  # 审结率87.25%。起诉率81.12%，同比减少10.43个百分点
    if counted and not any(_counts(t.claims[j], counted["unit"]) for j in operands):
        return True  # 478件635人，去年773件1350人，件数下降38.24%
    if first > i and t.s.marks[i] == PERCENT == t.s.marks[first]:
        return OWN_RATE.search(t.s.text[t.s.at[i] : t.s.at[first]]) is not None
    told = t.s.text[t.s.bounds[first][0] : t.s.at[max(*operands, i)]].replace(clause, "", 1)
    beside = t.s.marks[i] == POINTS or all(t.s.bounds[j] == t.s.bounds[i] for j in operands)
    return beside and AGAINST_LAST_YEAR.search(clause) is not None and not FORMER.search(told)


def _counts(claim: Claim, unit: str) -> bool:
    """Whether a number is told in a unit, or in none; 人数 is of 名 as well."""
    return claim.unit in (None, unit) or (unit in PEOPLE and claim.unit in PEOPLE)


def _have_own_changes(t: Structure, operands: list[int]) -> bool:
    """Whether each of two states is at once told to have changed against a former one of its own."""
    return len(operands) == FEWEST and all(
        j + 1 < len(t.s.at)
        and t.s.marks[j + 1] in PERCENT + POINTS + TIMES
        and t.claims[j + 1].kind == "change"
        and t.s.bounds[j + 1] == t.s.bounds[j]
        and OWN_CHANGE.search(t.s.leads[j + 1]) is not None
        and ";" not in t.s.leads[j + 1]
        for j in operands
    )


def _is_share_of_another(t: Structure, operands: list[int], i: int, wording: Wording) -> bool:
    part, whole = sorted(operands, key=lambda j: t.claims[j].value or ZERO)
    clause = t.s.clauses[i]
    if OF_ITS_OWN.match(t.s.leads[i]) and part == i - 1:
        return True
    if OF_POPULATION.search(clause) and not POPULATION.search(t.s.clauses[whole] + t.s.trails[whole][:NEAREST]):
        return True
    then = _was_then(t, part, whole) and not THEN.search(clause)  # 事故起数是上年同期的一半
    if AMONG.match(t.s.trails[part]) or _are_of_one_row(t, part, whole, i) or then:
        return True
    if t.s.trails[i].startswith("以上") and RULED.search(t.s.text[t.s.bounds[i][0] : t.s.at[i]]):
        return True  # 应由面积占比三分之二以上的业主参与表决
    if _has_share_of_its_own(t, part, whole, i):
        return True
    if EACH_OF_SEVERAL.search(clause) or _is_in_a_scope(t, part, i):
        return True
    if _is_of_another_year(t, part, i) or _is_among_others(t, part, whole, i):
        return True
    denied = DENIED_RATE.search(clause)
    if denied and denied["deed"][-1] in t.s.clauses[whole]:
        return True  # 起诉68.1万人；不起诉20.9万人，不起诉率23.5%: of both together
    return _has_base_of_its_row(t, part, i, wording) or _is_of_the_sum(t, part, i, wording)


def _are_of_one_row(t: Structure, part: int, whole: int, i: int) -> bool:
    """`41个城市的优良天数比例为80.5%；11个城市的优良天数比例为58.6%`: each has its own rate of one name."""
    if not whole < part < i or whole + 1 >= part or t.s.marks[whole + 1] != PERCENT:
        return False
    one, other = (RATE_NAME.search(t.s.clauses[j]) for j in (whole + 1, i))
    alike = one is not None and other is not None and one["name"][-LONG_NAME:] == other["name"][-LONG_NAME:]
    return alike and i == part + 1


def _has_share_of_its_own(t: Structure, part: int, whole: int, i: int) -> bool:
    """`442家反映原料涨价，占60.1%；331家反映人工成本高，占45%`: the one before a semicolon is a part itself."""
    if not whole < part < i or t.s.marks[whole + 1] != PERCENT or t.s.bounds[whole] != t.s.bounds[part]:
        return False
    shared = all(t.s.clauses[j] == "占" for j in (whole + 1, i))
    return shared and ";" in t.s.text[t.s.at[whole] : t.s.at[part]] and not INSIDE.search(t.s.leads[part])


def _was_then(t: Structure, part: int, whole: int) -> bool:
    """Whether the whole is told of a former year and the part is not: 审结635人，去年同期为1350人，审结率87.25%."""
    told = [re.split("[,;。(]", t.s.text[t.s.bounds[j][0] : t.s.at[j]])[-1] for j in (part, whole)]
    return THEN.search(told[1]) is not None and not THEN.search(told[0]) and part < whole


def _is_of_another_year(t: Structure, part: int, i: int) -> bool:
    """`截至2008年底，…女党员1596万名，占21%，而1949年女党员占11.9%`: the share names a year that the part is not of."""
    own = set(YEAR.findall(t.s.clauses[i]))
    before = YEAR.findall(t.s.text[: t.s.at[part]])[-1:] if part < i else []
    return bool(own and before) and before[0] not in own


def _is_in_a_scope(t: Structure, part: int, i: int) -> bool:
    """Whether the share is of what is in something, and the part stands before that under another name."""
    start = t.s.bounds[i][0]
    scopes = [m.start() for m in SCOPED.finditer(t.s.text, max(0, start - 1), t.s.at[i])]
    said = names(t.s.clauses[i].split("占")[0])
    return bool(scopes) and t.s.at[part] < scopes[-1] and said not in label(t.s, part)


def _is_among_others(t: Structure, part: int, whole: int, i: int) -> bool:
    """`条件具备的59.8万户…。238.5万户民企中，38万户建立了党组织，占99.4%`: of others than those."""
    start = t.s.bounds[part][0]
    first = next((j for j in t.s.between(start, t.s.at[part]) if t.is_quantity(j)), part)
    opens = first < part and AMONG.match(t.s.trails[first]) is not None and whole < first
    return opens and part < i and (t.claims[first].value or ZERO) > (t.claims[whole].value or ZERO)


def _has_base_of_its_row(t: Structure, part: int, i: int, wording: Wording) -> bool:
    """Whether its number and two others of the paragraph, each right beside its share, are of one base told elsewhere.

    It is a number in their measure, or all the parts together.
    """
    own = _base(t.claims[part], t.claims[i], wording) if part == i - 1 else None
    if own is None:
        return False
    start, end = t.s.paragraph(t.s.at[i])
    near = [j for j in t.s.between(start, end)[-MOST_BASES:] if j > 0 and j != i and SHARED.search(t.s.clauses[j])]
    pairs = [j for j in near if t.s.marks[j] == PERCENT and t.s.marks[j - 1] == QUANTITY and t.s.at[j - 1] >= start]
    alike = [j for j in pairs if t.claims[j - 1].unit == t.claims[part].unit]
    bases = [base for j in alike if (base := _base(t.claims[j - 1], t.claims[j], wording)) and _is_narrow(base)]
    common = [base for base in bases if base.low <= own.high and own.low <= base.high]
    if len(common) < FEWEST:
        return False
    told = {t.claims[j].value or ZERO for j in t.stocks if t.claims[j].unit == t.claims[part].unit}
    told.add(sum((t.claims[j - 1].value or ZERO for j in (*alike, i)), ZERO))
    return any(all(base.low <= value <= base.high for base in common) and value > ZERO for value in told)


def _is_narrow(base: Interval) -> bool:
    return base.high / base.low < NARROW


def _base(part: Claim, share: Claim, wording: Wording) -> Interval | None:
    """What a number is such a share of; None where it could be anything."""
    if not testable(part, share) or share.approx or not share.value or share.value > HUNDRED:
        return None
    covered = interval(share, wording)
    said = (share.value - share.worth / 2, share.value + share.worth / 2)
    over = interval(part, wording)
    if covered.low <= 0 or said[0] <= 0 or over.low <= 0:
        return None
    return Interval(HUNDRED * over.low / said[1], HUNDRED * over.high / said[0])


def _is_of_the_sum(t: Structure, part: int, i: int, wording: Wording) -> bool:
    """`调解结案211件，撤诉97件，调撤率70%`: two numbers before it together, of one told in its sentence."""
    near = [j for j in t.stocks_before(i, t.s.bounds[i][0], NEAREST) if same_unit(t.claims[j], t.claims[part])]
    if part not in near or "占" in t.s.clauses[i]:
        return False
    opposite = [j for j in near if j != part and _gives(t, (part,), (part, j), i, wording)]
    return bool(opposite) or any(
        _gives(t, (one, other), (whole,), i, wording)
        for one, other in combinations(near, FEWEST)
        if part in (one, other)
        for whole in near
        if whole < min(one, other)
    )


def _gives(t: Structure, parts: Sequence[int], wholes: Sequence[int], i: int, wording: Wording) -> bool:
    if not testable(*(t.claims[j] for j in (*parts, *wholes, i))):
        return False
    part, whole = (_together([t.claims[j] for j in those]) for those in (parts, wholes))
    result = divided(part, whole, wording, HUNDRED) if (part.value or ZERO) <= (whole.value or ZERO) else None
    return result is not None and agrees(result, t.claims[i], wording)


def _together(claims: Sequence[Claim]) -> Claim:
    return claims[0]._replace(value=sum((c.value or ZERO for c in claims), ZERO))
