"""What is left, what is part of a whole and what all parts make up, told sentences away from what it comes of.

`摸排安全隐患326处。…摸排出的隐患已销号305处，还有21处`; `检查用人单位378家。…检查中发现，未缴保险的46家`;
`一档62万元，二档75万元，三档33万元。…三档奖补合起来是170万元`.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.adding import hold_their_total
from gangmu.reading.arithmetic.elsewhere import (
    Nouns,
    Signs,
    alike,
    around,
    shared,
    signs,
    stocks_around,
    the_one,
    told_apart,
)
from gangmu.reading.arithmetic.far_changes import words_before
from gangmu.reading.arithmetic.far_shares import NAMED, is_absurd
from gangmu.reading.arithmetic.judge import Result, added, agrees, finding, subtracted, testable
from gangmu.reading.arithmetic.marks import MARK
from gangmu.reading.arithmetic.miswritten import is_miswritten
from gangmu.reading.arithmetic.part_of import exceeding
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.totals_by_name import calls_others
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import ZERO, Wording, interval

TOTALS = "合计|相加|合起来|加起来|总计|总共|一共|合共|共计|汇总|总[数量额]|拢共|累计|共"
TOGETHER = searched(TOTALS)
SURELY = searched("上列|上述|以上|合计|相加|合起来|加起来|总计|合共|共计|拢共|一共|总共")
COUNTED = pattern(
    r"(?P<n>[两二三四五六七八九]|[2-9])(?:个)?(?:类|项|档|种|块|部分|方面|者|级|批|笔|处|镇|村|站|组|片|校|院|区|县|队|家|路|家单位|个[\u4e00-\u9fff]{1,4})"
)
NUMERALS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
KINDS = frozenset("个类项档种块批级处片家所组") | {"方面", "部分", "大类"}
FEWEST, MOST = 2, 9
MOST_BESIDE = 40  # figures of an endless sentence that a reader sees at once
NEARLY = Decimal("0.6")
# What is left of a whole, or lies between two sides of an account.
REST_WORDS = (
    r"剩|现存|结[余存]|盈余|顺差|逆差|净[增减]|自然[增减]|还[有剩差缺]"
    r"|[尚仍][有余差缺未]|余下|缺口|差额|短缺|空缺|缺席|请假|其余|(?<![接招款])待[\u4e00-\u9fff]|没有?(?:完|到|办|建|改|修|装|通|交|领)|未[\u4e00-\u9fff]"
)
LEFT = pattern(REST_WORDS)
TWO_SIDES = pattern("结余|盈余|顺差|逆差|净[增减]|自然[增减]")  # of 出生人口 and 死亡人口, 收入 and 支出
THESE = pattern("[这那该此][批些类种几]?|上述")  # 这批危房: the noun as it was told
OF_OTHERS = pattern("其中|每|平均|计划|目标|任务")


def remainders_elsewhere(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for what is left beside what was done, of a whole told in another sentence."""
    t = n.t
    if not t.is_quantity(i) or i == 0 or not LEFT.search(t.s.clauses[i]) or OF_OTHERS.search(t.s.leads[i]):
        return
    start, end = t.s.bounds[i]
    inside = [j for j in t.s.between(start, end) if t.is_quantity(j) and t.claims[j].unit == t.claims[i].unit]
    if inside != [i - 1, i] or LEFT.search(t.s.clauses[i - 1]) or not testable(t.claims[i - 1], t.claims[i]):
        return
    done, left = t.claims[i - 1], t.claims[i]
    enough = max(done.value or ZERO, left.value or ZERO)
    wholes = [j for j in alike(t, i - 1) if (t.claims[j].value or ZERO) > enough and testable(t.claims[j])]
    two_sides = TWO_SIDES.search(t.s.clauses[i]) is not None
    words = THESE.sub("|", words_before(t, i))
    told = the_one(n, words, wholes, i - 1, modified=not two_sides, planned=True)
    if told is None:
        return
    result = subtracted(t.claims[told.at], done, wording)
    holds = agrees(result, left, wording)
    if holds or not is_absurd(result.value, left.value):
        yield finding("difference", left, (t.claims[told.at], done), result, holds=holds)


def parts_elsewhere(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for a part larger than the whole that its sentence names and another tells."""
    t = n.t
    if not t.is_stock(i) or not testable(t.claims[i]):
        return
    words = MARK.sub("|", t.s.text[t.s.bounds[i][0] : t.s.at[i]])
    said = [m["among"] for m in NAMED.finditer(words) if m["among"]]
    if not said:
        return
    told = the_one(n, said[-1], [j for j in alike(t, i) if testable(t.claims[j])], i)
    if told is None:
        return
    part, whole = t.claims[i], t.claims[told.at]
    if interval(part, wording).low > interval(whole, wording).high and not is_absurd(part.value or ZERO, whole.value):
        yield exceeding(whole, part)


def sums_elsewhere(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for a total whose parts stand side by side in another sentence."""
    t = n.t
    if not t.is_stock(i) or not testable(t.claims[i]) or not TOGETHER.search(t.s.leads[i]):
        return
    if has_like_beside(t, i) or OF_OTHERS.search(t.s.leads[i]):
        return
    asked, counted = signs(words_before(t, i)), how_many(t, i)
    rows = [row for row in _rows(t, i) if any(shared(n, asked, j) for j in row) and not told_apart(n, i, row[0])]
    fitting = [row for row in rows if counted == len(row)] if counted else rows
    if len(fitting) != 1:
        return
    if counted is None and _calls_each(n, asked, fitting[0]):
        counted = len(fitting[0])
    parts = [t.claims[j] for j in fitting[0]]
    result = added(parts, wording)
    holds = agrees(result, t.claims[i], wording)
    told_again = len({part.value for part in parts}) < FEWEST
    if not holds and (told_again or calls_others(t, fitting[0], i)):
        return
    sure = counted is not None or SURELY.search(t.s.leads[i]) is not None
    if holds or (sure and is_near_sum(result, t.claims[i], counted) and not is_told(t, i, result)):
        yield finding("sum", t.claims[i], parts, result, holds=holds)


def _calls_each(n: Nouns, asked: Signs, row: list[int]) -> bool:
    """`把巡查、抽查、督查加在一起`: every part by a name that the others do not have."""
    common = frozenset.intersection(*(n.own[j] for j in row))
    return all(asked.keys() & (n.own[j] - common) for j in row)


def is_near_sum(result: Result, total: Claim, counted: int | None) -> bool:
    """Whether a sum may be meant by a total: the parts that nothing counts must nearly make it up."""
    if is_miswritten(total, result.value):
        return True
    low, high = sorted((result.value, total.value or ZERO))
    return not is_absurd(low, high) if counted is not None else high * NEARLY < low


def is_told(t: Structure, i: int, result: Result) -> bool:
    """Whether another figure of the text is the sum: the parts have their total, and this one is of something else."""
    return any(
        j != i and t.is_quantity(j) and t.claims[j].value == result.value and t.claims[j].unit == t.claims[i].unit
        for j in around(t, i)
    )


def how_many(t: Structure, i: int) -> int | None:
    """How many parts the sentence of total `i` says there are: 三类, 3个校区; None where it does not."""
    start = t.s.bounds[i][0]
    before = t.s.between(start, t.s.at[i])[-MOST_BESIDE:]
    counted = [int(t.claims[j].value or 0) for j in before if _is_count_of_parts(t, j)]
    if counted:
        return counted[-1]
    said = COUNTED.search(t.s.text[start : t.s.at[i]])
    if said is None:
        return None
    return int(said["n"]) if said["n"].isdigit() else NUMERALS[said["n"]]


def _is_count_of_parts(t: Structure, j: int) -> bool:
    claim = t.claims[j]
    return claim.kind == "count" and claim.unit in KINDS and FEWEST <= (claim.value or ZERO) <= MOST


def has_like_beside(t: Structure, i: int) -> bool:
    """Whether the sentence of claim `i` counts anything else in its measure."""
    start, end = t.s.bounds[i]
    beside = range(max(0, i - MOST_BESIDE), min(len(t.s.at), i + MOST_BESIDE + 1))
    near = (j for j in beside if j != i and start <= t.s.at[j] < end and t.is_quantity(j))
    return any(t.claims[j].unit == t.claims[i].unit and not _is_count_of_parts(t, j) for j in near)


def _rows(t: Structure, i: int) -> Iterator[list[int]]:
    """The stocks of other sentences that stand in a row in the measure of claim `i`."""
    unit = t.claims[i].unit
    like = [j for j in stocks_around(t, i) if t.claims[j].unit == unit and t.s.bounds[j][0] != t.s.bounds[i][0]]
    for _, those in groupby(like, key=lambda j: t.s.bounds[j][0]):
        row = list(those)
        if hold_their_total([t.claims[j] for j in row]):
            continue
        if len(row) > 1 and testable(*(t.claims[j] for j in row)) and not any("其中" in t.s.leads[j] for j in row):
            yield row
