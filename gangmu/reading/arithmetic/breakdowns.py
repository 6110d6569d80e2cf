"""A breakdown behind its whole: `党员1000名（农村600名、机关400名）`, `按…分`, 分别, 其余.

其中 alone asserts no more than that each part lies inside the whole.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.adding import (
    AFTER,
    LONGEST,
    TOTAL_SIGN,
    adds_up,
    expanded,
    hold_their_total,
    is_list,
    judged,
    own_words,
    plausible,
)
from gangmu.reading.arithmetic.cues import OPEN_LIST, PEOPLE
from gangmu.reading.arithmetic.judge import testable
from gangmu.reading.arithmetic.language import same_unit
from gangmu.reading.arithmetic.marks import MARKS, QUANTITY
from gangmu.reading.arithmetic.partitions import (
    GRADES,
    LEFT_OVER,
    MANIFOLD,
    OVERLAPPING,
    are_classes,
    are_places,
    is_partition,
)
from gangmu.reading.arithmetic.structure import Structure, wholes
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

OPENER = pattern(
    rf"(?=[其从按分包{QUANTITY}])(?:其中[,:]?|(?:从|按)[^,。;:()\n]{{1,10}}?(?:看|分|划分|统计|区分)[,:]|分别(?:为|是|有)?|包括:?|"
    rf"(?P<mark>[{QUANTITY}])(?:[^,。;:(){MARKS}\n]{{0,10}}[,]?分(?:成|为|属|布|布在|别属于)[^,。;(){MARKS}\n]{{0,12}}(?P<split>[:,])|"
    rf"[^,。;:(){MARKS}\n]{{0,10}}(?P<joint>[(:]|,(?!其中|分别))))"
)
JOINTS = "、和及与,;。"
REST = pattern(r"^(?:其余|其他|其它|余下|另有|另外|还有)")
RANKED = pattern("最|居前|靠前|较多|较高|突出|前[三五几]")
FUNDERS = searched(
    r"上级|中央|国家|[省市县区乡镇村]级?|自筹|配套|财政|社会|捐|企业|群众|居民|业主|单位|个人|出资|自有|贷款|专项|争取"
)
OWN_FUNDS = pattern(r"自筹|配套|自有|捐|出资|贷款|本级|社会")
BROUGHT_OVER = pattern("结转|旧存|上年|去年|往年")
IN_ORDER = pattern("[排居位列名][^,。;:]{0,8}第")
FUNDED = pattern(
    "收入$|总额$|产值$|增加值$"
)  # 公共财政收入, 社会消费品零售总额: no givers, though they are called like some
OF_ITSELF = pattern(r"[^,。;:、()]{0,8}(?:中|里|当中),")
PUNCTUATION = pattern('[“”‘’"《》的为评有占被]')
NEARLY = Decimal("0.93"), Decimal("1.07")
OVERFLOW = Decimal("1.35")  # more than a slip above the whole: then the parts were not meant to make it up


def breakdowns(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every whole that the text breaks down into all its parts."""
    for match in t.s.matches(OPENER):
        yield from _breakdown(t, match, wording)
        if match[0].startswith("其中"):
            yield from _in_two_measures(t, match, wording)


def _breakdown(t: Structure, match: re.Match[str], wording: Wording) -> Iterator[Finding]:
    """`党员1000名（农村600名、机关400名）`, `…。从年龄看，…`: the whole, then all its parts."""
    run = _run_after(t, match)
    if len(run) < 2:
        return
    whole = _whole_of(t, match, run)
    if whole is None:
        return
    total = t.claim(whole)
    for end in range(len(run), 1, -1):
        parts = expanded(t, run[:end])
        if adds_up(total, parts, wording):
            yield judged(total, parts, wording)
            return
    parts = expanded(t, run)
    if parts[0].unit != total.unit and hold_their_total(parts):
        return  # 隐患214处，已整改209处，还有5处: of no whole but their own
    if (elsewhere := _told_elsewhere(t, whole, run, wording)) is not None:
        yield judged(t.claim(elsewhere), parts, wording)
        return
    if MANIFOLD.search(t.s.text, match.end(), t.s.sentence(match.end())[1]):
        return
    in_a_row = match["joint"] == "," and not match[0].endswith("中,")
    if plausible(total, parts) and (_exhausts(t, match, whole, run) or _overflows(t, whole, run, graded_only=in_a_row)):
        yield judged(total, parts, wording)


def _told_elsewhere(t: Structure, whole: int, run: list[int], wording: Wording) -> int | None:
    """`发现问题97个，已整改91个。其中，…`: another number of the paragraph that the parts make up to the last one."""
    near = t.stocks_before(whole, t.s.paragraph(t.s.at[whole])[0])
    alike = (j for j in near if t.claim(j).unit == t.claim(run[0]).unit and testable(t.claim(j)))
    return next((j for j in alike if adds_up(t.claim(j), expanded(t, run), wording)), None)


def _in_two_measures(t: Structure, match: re.Match[str], wording: Wording) -> Iterator[Finding]:
    """`投资43.2亿元，其中制造业9个、投资28.6亿元，服务业6个、投资14.6亿元`: every second number is a part."""
    s = t.s
    behind = [j for j in s.between(match.end(), s.sentence(match.end())[1]) if t.is_quantity(j)]
    if len(behind) < 4 or len(behind) % 2 or t.claim(behind[0]).unit == t.claim(behind[1]).unit:
        return
    for column in (behind[::2], behind[1::2]):
        alike = len({t.claim(j).unit for j in column}) == 1
        before = [j for j in t.stocks_before(behind[0], s.sentence(match.start())[0]) if s.at[j] < match.start()]
        wholes_ = [j for j in before if t.claim(j).unit == t.claim(column[0]).unit]
        parts = tuple(t.claim(j) for j in column)
        if not alike or not wholes_ or not testable(t.claim(wholes_[0]), *parts):
            continue
        ratio = sum((p.value or Decimal(0) for p in parts), Decimal(0)) / (t.claim(wholes_[0]).value or 1)
        if NEARLY[0] <= ratio <= NEARLY[1]:
            yield judged(t.claim(wholes_[0]), parts, wording)


def _overflows(t: Structure, whole: int, run: list[int], *, graded_only: bool) -> bool:
    """Classes that shut each other out (好、较好、一般; 社区戒毒、社区康复; Ⅰ类、Ⅱ类) and are more than their whole.

    `graded_only` where nothing but a comma leads from the whole to them: it may be one of their row.
    """
    labels = [PUNCTUATION.sub("", one) for one in (own_words(t, j) for j in run)]
    total, limit = sum(t.claim(j).value or 0 for j in run), t.claim(whole).value or 0
    if total <= limit or len(run) > LONGEST:
        return False
    if len(run) > 2 and _of_one_name(labels) and total <= OVERFLOW * limit:
        return not graded_only
    if _may_overlap(t, run, labels):
        return False
    if graded_only or all(one in GRADES for one in labels):
        return all(one in GRADES for one in labels)
    alike = len({len(one) for one in labels}) == 1 and len(labels[0]) > 2 and len(set(labels)) == len(labels)
    ends = {one[:2] for one in labels}, {one[-2:] for one in labels}
    return all("类" in one for one in labels) or (alike and 1 in map(len, ends)) or _shut_out(t, whole, run, labels)


def _of_one_name(labels: list[str]) -> bool:
    """高级职称、一级职称、二级及以下职称: one thing by its grades, so that nobody is in two of them."""
    return all("级" in one or "等" in one or "类" in one for one in labels) and len(set(labels)) == len(labels)


def _may_overlap(t: Structure, run: list[int], labels: list[str]) -> bool:
    """Whether one and the same person or thing may be in two of the parts; money is spent once."""
    return t.claim(run[0]).kind != "amount" and any(OVERLAPPING.search(one) for one in labels)


def _shut_out(t: Structure, whole: int, run: list[int], labels: list[str]) -> bool:
    """Two or more named parts in the whole's own measure that pass it by no more than a slip."""
    one_measure = all(t.claim(j).unit == t.claim(whole).unit for j in run)
    distinct = len(set(labels)) == len(labels) and all(len(one) > 1 for one in labels)
    slip = sum(t.claim(j).value or 0 for j in run) <= OVERFLOW * (t.claim(whole).value or 0)
    return one_measure and distinct and slip and is_list(t, run)


def _run_after(t: Structure, match: re.Match[str]) -> list[int]:
    """The list that an opener opens: numbers of one measure with one kind of joint between them."""
    s = t.s
    first = s.index(match.end())
    run: list[int] = []
    if first + 1 >= len(s.at) or s.at[first + 1] >= s.bounds[first][1]:
        return run  # one number makes no list
    if OF_ITSELF.match(s.trails[first]):
        return run  # 其中，市局完成的4068批次抽检中，普通食品3108批次: it is a whole of its own
    strength = 0
    for j in s.between(match.end(), _end(t, match, first)):
        if not t.is_quantity(j):
            continue
        if j in t.aside or not testable(s.claims[j]):
            break
        if run and (not same_unit(s.claims[j], s.claims[run[0]]) or _opens_or_closes(s.leads[j])):
            break
        joint = _strength(s.text[s.at[run[-1]] + 1 : s.at[j]]) if run else 0
        if len(run) == 1:
            strength = joint
        elif joint > strength:
            break
        run.append(j)
        if len(run) == LONGEST:
            break
    return run


def _opens_or_closes(lead: str) -> bool:
    """Whether the words before a number begin another list, or tell the total of this one."""
    return "其中" in lead or (TOTAL_SIGN.search(lead) is not None and AFTER.search(lead) is not None)


def _strength(words: str) -> int:
    return max((JOINTS.find(c) for c in words if c in JOINTS), default=0) // 4 + (";" in words)


def _end(t: Structure, match: re.Match[str], first: int) -> int:
    """Where the list behind an opener ends whose first number is claim `first`: with its sentence or its bracket."""
    start, end = t.s.bounds[first] if first < len(t.s.at) else (len(t.s.text), 0)
    if start > match.end():
        return 0
    if match["joint"] == "(":
        closing = t.s.text.find(")", match.end(), end)
        return closing if closing > 0 else end
    return end


def _whole_of(t: Structure, match: re.Match[str], run: list[int]) -> int | None:
    if match["split"]:
        return t.s.index(match.start())
    if match["mark"]:
        whole = t.s.index(match.start())
        usable = whole not in t.aside and testable(t.claim(whole)) and same_unit(t.claim(whole), t.claim(run[0]))
        near = not re.search(f"[;{MARKS}]", t.s.text[match.end() : t.s.at[run[0]]])
        partition = near and is_partition([own_words(t, j) for j in run])
        if _is_graded(t, whole):
            return None
        graded = match["joint"] == "," and _overflows(t, whole, run, graded_only=not match[0].endswith("中,"))
        usable = usable and (match["joint"] != "," or t.is_total_like(whole) or partition or graded)
        return whole if usable else None
    found = [j for j, _ in wholes(t, run[0]) if j not in run and t.s.at[j] < match.start()]
    return found[0] if found and testable(t.claim(found[0])) else None


def _is_graded(t: Structure, j: int) -> bool:
    """`非常满意800份，满意900份，…`: itself a grade, and not all of them."""
    return PUNCTUATION.sub("", own_words(t, j)) in GRADES


def _exhausts(t: Structure, match: re.Match[str], whole: int, run: list[int]) -> bool:
    """Whether the words claim that these parts are all of the whole."""
    between = t.s.text[match.start() : t.s.at[run[-1]]]
    words = between + t.s.trail(run[-1])
    told = t.s.text[t.s.at[whole] : match.start()] if not match["mark"] else ""
    left_over = LEFT_OVER.match(t.s.trail(run[-1])) is not None
    if left_over or any(word in words for word in OPEN_LIST) or not is_list(t, run) or RANKED.search(told):
        return False
    labels = [own_words(t, j) for j in run]
    if any(map(BROUGHT_OVER.search, labels)) or IN_ORDER.search(t.s.trail(run[-1])):
        return False
    if REST.match(labels[-1]) or is_partition(labels):
        return True
    if _may_overlap(t, run, labels):
        return False
    opener = match[0]
    given = all(map(FUNDERS.search, labels)) and any(map(OWN_FUNDS.search, labels))
    if match["split"] or (given and len(list(filter(FUNDED.search, labels))) < len(labels)):
        return True
    if opener.startswith("其中"):
        if _more_than_all(t, whole, run) and are_places(labels):
            return True
        classes = len(run) > 2 and are_classes(labels)  # of two a third may not be told: 其中预算类68个，结算类56个
        return classes or (len(run) > 2 and ";" not in between and _nearly_all(t, whole, run))
    if opener[-1] in "(:" or opener.startswith(("分别", "包括")):
        return opener[-1] == "(" or t.is_total_like(whole) or opener.startswith("分别") or are_classes(labels)
    if opener[-1] == ",":
        announced = t.is_total_like(whole) and _nearly_all(t, whole, run) and whole == run[0] - 1
        return are_classes(labels) or announced
    return t.is_total_like(whole)


def _more_than_all(t: Structure, whole: int, run: list[int]) -> bool:
    things = t.claim(run[0]).unit not in PEOPLE
    return things and sum(t.claim(j).value or 0 for j in run) > (t.claim(whole).value or 0)


def _nearly_all(t: Structure, whole: int, run: list[int]) -> bool:
    """Three or more parts that miss the whole by little were meant to make it up."""
    value = sum(t.claim(j).value or 0 for j in run)
    share = value / (t.claim(whole).value or 1)
    return NEARLY[0] <= share <= NEARLY[1] and (share > 1 or t.is_total_like(whole))
