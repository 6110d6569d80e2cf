"""A total behind its list, and a whole before a split into two.

A text asserts a sum when it says so (`合计`, `共` after a list), when it names the two halves of a whole, or when it
breaks a number down (see `breakdowns`).
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.adding import (
    LONGEST,
    TOTAL_SIGN,
    adds_up,
    expanded,
    is_list,
    judged,
    own_words,
    plausible,
)
from gangmu.reading.arithmetic.cues import SCOPES
from gangmu.reading.arithmetic.judge import added, testable
from gangmu.reading.arithmetic.language import label, names, same_unit, shares_a_word
from gangmu.reading.arithmetic.marks import QUANTITY
from gangmu.reading.arithmetic.partitions import is_partition
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

AFTER = pattern(
    r"(?:^|[,;:、(。])(?P<who>[^,;:、()]{0,6}?)(?P<word>合计|总计|共计|一共|总共|合共|累计|加起来|加在一起|(?<!公)共(?!产|同|建|享|青|和|识)|计(?!划|算)|总(?=投[入资]|收入|支出|[数量额]|面积|人数|金额))(?P<what>[^,;:、()]{0,10})$"
)
COPULA = pattern(r"^(?:就是|正好|刚好|是|为|达到?|有)+|(?:就是|正好|刚好|是|为|达到?|有)+$")
OPEN_END = pattern("等(?![级次额待于])")  # 甲村12户、乙村13户等，共47户: some parts are named, not all
NUMBER_OF_PARTS = pattern("[二两三四五六七八九十](?=个?[^一二三四五六七八九十月季年]{1,4}$)")
NUMBERS = "零一二三四五六七八九十"
# 一季度12名、二季度15名…，全年60名: parts named by times add up to the whole time.
WHOLE_TIME = pattern(r"[,;:。](?:全年|全季|全月|全程)[^,;:、()]{0,10}$")
TIMES = searched(
    r"[一二三四1-4]季度|[上下]半年|\d{1,2}月|第[一二三四五六七八九十\d]+[批期次轮]|[一二三四五六七八九十]月"
)
SLIP = Decimal("0.85"), Decimal("1.15")


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
        if wholes_ and (people or is_partition([own_words(t, j), own_words(t, j + 1)])):
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
            parts = expanded(t, tried)
            if len(parts) > 1 and adds_up(total, parts, wording):
                yield judged(total, parts, wording)
                return
    parts = expanded(t, run)
    if OPEN_END.search(t.s.lead(i)) and added(parts, wording).value < (total.value or 0):
        return
    clear = match["word"] not in ("累计", "计") and is_list(t, run) and (of_list or _begins(t, run[0]))
    if len(parts) > 1 and clear and plausible(total, parts) and not _opens_another(t, run, match):
        yield judged(total, parts, wording)


def _opens_another(t: Structure, run: list[int], match: re.Match[str]) -> bool:
    """`线路54条，覆盖行政村162个，全县共有行政村180个`: a stock of the whole place, or the total of other units."""
    stock = match["word"] == "共" and match["what"].startswith("有") and match["who"] in SCOPES
    return stock and (len({t.claim(j).unit for j in run}) > 1 or any("累计" in t.s.clauses[j] for j in run))


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


def _begins(t: Structure, j: int) -> bool:
    """Whether the list visibly begins at claim `j`: with its sentence, or behind another measure."""
    start = t.s.bounds[j][0]
    if j == 0 or t.s.at[j - 1] < start:
        return True
    joined = "、" in t.s.lead(j) and "," not in t.s.lead(j)  # 来访126批、来信58件: one list in two measures
    return not joined and not (t.is_quantity(j - 1) and same_unit(t.claim(j - 1), t.claim(j)))
