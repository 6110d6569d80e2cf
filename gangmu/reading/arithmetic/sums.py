"""Parts and wholes: a total behind its list, or a breakdown behind its whole.

A text asserts a sum when it says so (`合计`, `共` after a list), when it breaks a number down (`按…分`, brackets, 分别)
or when it names the rest (`其余`). 其中 alone asserts no more than that each part lies inside the whole.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.cues import OPEN_LIST, PEOPLE
from gangmu.reading.arithmetic.judge import MYRIAD, added, finding, testable
from gangmu.reading.arithmetic.judge import total as sum_of
from gangmu.reading.arithmetic.language import label, names, same_unit, shares_a_word
from gangmu.reading.arithmetic.marks import MARKS, QUANTITY
from gangmu.reading.arithmetic.partitions import GRADES, OVERLAPPING, are_classes, are_places, is_partition
from gangmu.reading.arithmetic.structure import Structure, wholes
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HALF, ZERO, Wording, is_whole, result_interval

AFTER = re.compile(
    r"(?:^|[,;:、(。])(?P<who>[^,;:、()]{0,6}?)(?P<word>合计|总计|共计|一共|总共|合共|累计|加起来|加在一起|(?<!公)共(?!产|同|建|享|青|和|识)|计(?!划|算)|总(?=投[入资]|收入|支出|[数量额]|面积|人数|金额))(?P<what>[^,;:、()]{0,10})$"
)
COPULA = re.compile(r"^(?:就是|正好|刚好|是|为|达到?|有)+|(?:就是|正好|刚好|是|为|达到?|有)+$")
OPEN_END = re.compile("等(?![级次额待于])")  # 甲村12户、乙村13户等，共47户: some parts are named, not all
NUMBER_OF_PARTS = re.compile("[二两三四五六七八九十](?=个?[^一二三四五六七八九十月季年]{1,4}$)")
NUMBERS = "零一二三四五六七八九十"
TOTAL_SIGN = re.compile("[计共总全加]")
# 一季度12名、二季度15名…，全年60名: parts named by times add up to the whole time.
WHOLE_TIME = re.compile(r"[,;:。](?:全年|全季|全月|全程)[^,;:、()]{0,10}$")
TIMES = searched(
    r"[一二三四1-4]季度|[上下]半年|\d{1,2}月|第[一二三四五六七八九十\d]+[批期次轮]|[一二三四五六七八九十]月"
)
OPENER = re.compile(
    rf"(?=[其从按分包{QUANTITY}])(?:其中[,:]?|(?:从|按)[^,。;:()\n]{{1,10}}?(?:看|分|划分|统计|区分)[,:]|分别(?:为|是|有)?|包括:?|"
    rf"(?P<mark>[{QUANTITY}])(?:[^,。;:(){MARKS}\n]{{0,10}}[,]?分(?:成|为|属|布|布在|别属于)[^,。;(){MARKS}\n]{{0,12}}(?P<split>[:,])|"
    rf"[^,。;:(){MARKS}\n]{{0,10}}(?P<joint>[(:]|,(?!其中|分别))))"
)
JOINTS = "、和及与,;。"
REST = re.compile(r"^(?:其余|其他|其它|余下|另有|另外|还有)")
MANIFOLD = re.compile(
    "有的一|几个原因|多个原因|多种原因|有交叉|有重复|有重叠|身份重合|兼有|兼具|两种属性|两种身份|不止一"
)
RANKED = re.compile("最|居前|靠前|较多|较高|突出|前[三五几]")
FUNDERS = searched(
    r"上级|中央|国家|[省市县区乡镇村]级?|自筹|配套|财政|社会|捐|企业|群众|居民|业主|单位|个人|出资|自有|贷款|专项|争取"
)
OWN_FUNDS = re.compile(r"自筹|配套|自有|捐|出资|贷款|本级|社会")
PUNCTUATION = re.compile('[“”‘’"《》的为评有占被]')
NEARLY = Decimal("0.93"), Decimal("1.07")
OVERFLOW = Decimal("1.35")  # more than a slip above the whole: then the parts were not meant to make it up
SLIP = Decimal("0.85"), Decimal("1.15")
LONGEST = 14
PLAUSIBLE = Decimal("0.5"), Decimal("1.6")


def sums(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every total whose parts the text gives."""
    for i, place in enumerate(t.s.at):
        lead = t.s.leads[i]
        if t.s.text[place] != QUANTITY or not TOTAL_SIGN.search(lead) or not testable(t.claim(i)):
            continue
        if match := AFTER.search(lead):
            yield from _behind_its_list(t, i, match, wording)
        elif "全" in lead and WHOLE_TIME.search(lead):
            yield from _of_times(t, i, wording)
    for match in OPENER.finditer(t.s.text):
        yield from _breakdown(t, match, wording)
        if match[0].startswith("其中"):
            yield from _in_two_measures(t, match, wording)
    yield from _opposites(t, wording)


def _opposites(t: Structure, wording: Wording) -> Iterator[Finding]:
    """`教职工98人，其中党员35人；女教师67人，男教师31人`: a split into two, wherever its whole is."""
    for j in range(1, len(t.s.at) - 1):
        if not (t.is_quantity(j) and t.is_quantity(j + 1)) or t.claim(j).unit != t.claim(j + 1).unit:
            continue
        people = "男" in t.s.leads[j] + t.s.leads[j + 1] and "女" in t.s.leads[j] + t.s.leads[j + 1]
        start = t.s.paragraph(t.s.at[j])[0] if people else t.s.bounds[j][0]
        near = t.stocks_before(j, start) if people else [k for k in (j - 1, j - 2) if k >= 0 and t.s.at[k] >= start]
        parts = (t.claim(j), t.claim(j + 1))
        wholes_ = [k for k in near if t.is_quantity(k) and same_unit(t.claim(k), parts[0]) and _slips(t, k, j)]
        if wholes_ and (people or is_partition([_own_words(t, j), _own_words(t, j + 1)])):
            fitting = [k for k in wholes_ if adds_up(t.claim(k), parts, wording)]
            yield judged(t.claim((fitting or wholes_)[0]), parts, wording)


def _slips(t: Structure, whole: int, first: int) -> bool:
    """Whether two numbers from `first` on are so near to the whole that a wrong digit explains the rest.

    Not where the number behind them makes them up to the whole: then they are three.
    """
    total, one, other = t.claim(whole), t.claim(first), t.claim(first + 1)
    if not testable(total, one, other):
        return False
    value = (one.value or Decimal(0)) + (other.value or Decimal(0))
    third = t.claim(first + 2).value if first + 2 < len(t.s.at) else None
    near = SLIP[0] <= value / (total.value or 1) <= SLIP[1]
    return (near and value + (third or 0) != (total.value or 0)) or value == total.value


def judged(total: Claim, parts: tuple[Claim, ...], wording: Wording) -> Finding:
    """Whether parts add up to their total, each having been rounded on its own."""
    result = added(parts, wording)
    return finding("sum", total, parts, result, holds=adds_up(total, parts, wording))


def adds_up(total: Claim, parts: tuple[Claim, ...], wording: Wording) -> bool:
    """Exact for whole numbers; else within half of the last place for each part (issue 5.3)."""
    claims = (total, *parts)
    if all([c.approx is None for c in claims]):
        places = [_place(c) for c in claims if not is_whole(c)]
        slack = max(places, default=ZERO) * len(parts) * HALF
        return abs(sum_of(parts) - (total.value or ZERO)) <= slack
    return added(parts, wording).reach.meets(result_interval(total, wording))


def _place(claim: Claim) -> Decimal:
    """The place a number is told to: that of 万 in 三百二十万, as in 320万."""
    scale = MYRIAD * MYRIAD if "亿" in claim.text else MYRIAD if re.search("[万萬]", claim.text) else claim.worth
    return min(claim.worth, scale)


def plausible(total: Claim, parts: tuple[Claim, ...]) -> bool:
    """Whether a failed sum is near enough to its total to have been meant as one."""
    value = sum((p.value or Decimal(0) for p in parts), Decimal(0))
    return bool(total.value) and PLAUSIBLE[0] <= value / (total.value or 1) <= PLAUSIBLE[1]


# A total behind its list


def _behind_its_list(t: Structure, i: int, match: re.Match[str], wording: Wording) -> Iterator[Finding]:
    """`农村600名、机关400名，共1000名`."""
    run = _run_before(t, i)
    thing = COPULA.sub("", names(match["what"]))
    counted = _parts_counted(t, i, match["who"])
    if of_list := 1 < counted <= len(run):
        run = run[-counted:]
    if len(run) == 0 or (thing and not of_list and not any(shares_a_word(thing, label(t.s, j)) for j in run)):
        return
    total = t.claim(i)
    shared = [j for j in run if not t.is_part(j)]
    for start in range(len(run)):
        for tried in (run[start:], [j for j in run[start:] if j in shared]):
            parts = _expanded(t, tried)
            if len(parts) > 1 and adds_up(total, parts, wording):
                yield judged(total, parts, wording)
                return
    parts = _expanded(t, run)
    if OPEN_END.search(t.s.lead(i)) and added(parts, wording).value < (total.value or 0):
        return
    clear = match["word"] not in ("累计", "计") and _is_list(t, run) and (of_list or _begins(t, run[0]))
    if len(parts) > 1 and clear and plausible(total, parts):
        yield judged(total, parts, wording)


def _parts_counted(t: Structure, i: int, who: str) -> int:
    """How many parts the words before a total say it has: 四庭*共审结*; 0 where they do not."""
    if i and not who and t.is_quantity(i - 1) and _counts_the_list(t, i - 1, i):
        return int(t.claim(i - 1).value or 0)
    said = NUMBER_OF_PARTS.match(who)
    return NUMBERS.find(said[0].replace("两", "二")) if said else 0


def _of_times(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    run = _run_before(t, i)
    parts = tuple(t.claim(j) for j in run)
    if len(run) > 1 and all(TIMES.search(t.s.clauses[j]) for j in run) and plausible(t.claim(i), parts):
        yield judged(t.claim(i), parts, wording)


def _run_before(t: Structure, i: int) -> list[int]:
    """The unbroken run of numbers of one measure right before claim `i` in its sentence, oldest first."""
    run: list[int] = []
    for j in reversed(t.s.between(t.s.bounds[i][0], t.s.at[i])):
        if not t.is_quantity(j) or _counts_the_list(t, j, i):
            continue
        if not same_unit(t.claim(j), t.claim(i)) or not testable(t.claim(j)) or j in t.aside:
            break
        run.append(j)
        if len(run) == LONGEST or "其中" in t.s.lead(j):
            break
    return run[::-1]


def _counts_the_list(t: Structure, j: int, total: int) -> bool:
    """两项 in 两项合计, 三站 in 三站共过车: a number of list items, not an item."""
    few = 1 < (t.claim(j).value or 0) < len(NUMBERS) and t.claim(j).unit != t.claim(total).unit
    items = t.claim(j).unit in ("项", "类", "个", "者", "笔") or (few and j == total - 1)
    return bool(re.match("合计|总计|共", t.s.trail(j))) and items


def _expanded(t: Structure, run: list[int]) -> tuple[Claim, ...]:
    """The parts, one for each of those named where the text says 各: `甲、乙、丙各50名`."""
    return tuple(t.claim(j) for j in run for _ in range(_times(t, j)))


def _times(t: Structure, j: int) -> int:
    if "各" not in t.s.leads[j]:
        return 1
    words = re.split(r"[,;:。]", t.s.leads[j])[-1].lstrip("、和")
    return len(re.split(r"[、和及与]", words.split("各")[0])) if "各" in words and "、" in words else 1


def _is_list(t: Structure, run: list[int]) -> bool:
    """Short items set side by side, none with a story of its own."""
    return all(len(t.s.lead(j)) <= LONGEST for j in run[1:])


def _begins(t: Structure, j: int) -> bool:
    """Whether the list visibly begins at claim `j`: with its sentence, or behind another measure."""
    start = t.s.bounds[j][0]
    if j == 0 or t.s.at[j - 1] < start:
        return True
    joined = "、" in t.s.lead(j) and "," not in t.s.lead(j)  # 来访126批、来信58件: one list in two measures
    return not joined and not (t.is_quantity(j - 1) and same_unit(t.claim(j - 1), t.claim(j)))


# A breakdown behind its whole


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
        parts = _expanded(t, run[:end])
        if adds_up(total, parts, wording):
            yield judged(total, parts, wording)
            return
    parts = _expanded(t, run)
    if MANIFOLD.search(t.s.text, match.end(), t.s.sentence(match.end())[1]):
        return
    in_a_row = match["joint"] == "," and not match[0].endswith("中,")
    if plausible(total, parts) and (_exhausts(t, match, whole, run) or _overflows(t, whole, run, graded_only=in_a_row)):
        yield judged(total, parts, wording)


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
    labels = [PUNCTUATION.sub("", one) for one in (_own_words(t, j) for j in run)]
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
    return one_measure and distinct and slip and _is_list(t, run)


def _run_after(t: Structure, match: re.Match[str]) -> list[int]:
    """The list that an opener opens: numbers of one measure with one kind of joint between them."""
    s, place = t.s, match.end()
    end = _end(t, match)
    run: list[int] = []
    strength = 0
    for j in s.between(place, end):
        if not t.is_quantity(j):
            continue
        if run and (not same_unit(t.claim(j), t.claim(run[0])) or _opens_or_closes(s.leads[j])):
            break
        if j in t.aside or not testable(t.claim(j)):
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


def _end(t: Structure, match: re.Match[str]) -> int:
    end = t.s.sentence(match.end())[1]
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
        partition = near and is_partition([_own_words(t, j) for j in run])
        graded = match["joint"] == "," and _overflows(t, whole, run, graded_only=not match[0].endswith("中,"))
        usable = usable and (match["joint"] != "," or t.is_total_like(whole) or partition or graded)
        return whole if usable else None
    found = [j for j, _ in wholes(t, run[0]) if j not in run and t.s.at[j] < match.start()]
    return found[0] if found and testable(t.claim(found[0])) else None


def _exhausts(t: Structure, match: re.Match[str], whole: int, run: list[int]) -> bool:
    """Whether the words claim that these parts are all of the whole."""
    between = t.s.text[match.start() : t.s.at[run[-1]]]
    words = between + t.s.trail(run[-1])
    told = t.s.text[t.s.at[whole] : match.start()] if not match["mark"] else ""
    if any(word in words for word in OPEN_LIST) or not _is_list(t, run) or RANKED.search(told):
        return False
    labels = [_own_words(t, j) for j in run]
    if REST.match(labels[-1]) or is_partition(labels):
        return True
    if _may_overlap(t, run, labels):
        return False
    opener = match[0]
    if match["split"] or (all(map(FUNDERS.search, labels)) and any(map(OWN_FUNDS.search, labels))):
        return True
    if opener.startswith("其中"):
        if _more_than_all(t, whole, run) and are_places(labels):
            return True
        return are_classes(labels) or (len(run) > 2 and ";" not in between and _nearly_all(t, whole, run))
    if opener[-1] in "(:" or opener.startswith(("分别", "包括")):
        return opener[-1] == "(" or t.is_total_like(whole) or opener.startswith("分别") or are_classes(labels)
    if opener[-1] == ",":
        announced = t.is_total_like(whole) and _nearly_all(t, whole, run) and whole == run[0] - 1
        return are_classes(labels) or "、" in words or announced
    return t.is_total_like(whole)


def _own_words(t: Structure, j: int) -> str:
    return re.sub(r"[,;:、()和及与]", "", re.split(r"[,;:(]|其中", t.s.lead(j))[-1]) or t.s.trail(j)[:6]


def _more_than_all(t: Structure, whole: int, run: list[int]) -> bool:
    things = t.claim(run[0]).unit not in PEOPLE
    return things and sum(t.claim(j).value or 0 for j in run) > (t.claim(whole).value or 0)


def _nearly_all(t: Structure, whole: int, run: list[int]) -> bool:
    """Three or more parts that miss the whole by little were meant to make it up."""
    value = sum(t.claim(j).value or 0 for j in run)
    share = value / (t.claim(whole).value or 1)
    return NEARLY[0] <= share <= NEARLY[1] and (share > 1 or t.is_total_like(whole))
