"""What is so and what is not so of one whole, each told in a sentence of its own: together they are all.

`路灯总数472盏。能正常亮的396盏。不亮的有67盏`: the two leave nothing over, so the last is what the second left of the
first.
"""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.judge import agrees, finding, subtracted, testable
from gangmu.reading.arithmetic.language import first_clause
from gangmu.reading.arithmetic.structure import TOTAL_LIKE, Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import ZERO, Wording

DENIED = pattern(
    r"(?:^|[,;])(?:[\u4e00-\u9fff]{0,2})(?:不|没|未)(?P<so>[\u4e00-\u9fff]{1,5}?)的?(?:有|共|是|为|则有|还有)?$"
)
# 1420人因学历等原因未通过; 70份没有收回.
DENIED_BEHIND = pattern(
    r"^[^,。;:]{0,14}?(?:未(?:能|予|获|被)?|没有?(?:能|被)?|不(?:予|能)?|无法)(?P<so>[\u4e00-\u9fff]{2,3})(?=[,。;]|$)"
)
OF_ALL = pattern(r"报名|申[请报]|应[征聘]|参[加评]|共|总|一?共有|现有|有$|安装|登记|在册|全[县区镇乡村街社]|投放|配发")
ONLY_SOME = pattern("其中(?!能|可)|主要|部分|例如|比如|每|均|占|比(?!例)|增|减|新|计划|任务")
FILLERS = frozenset("了能可得到上下出的有过着")
NEARLY = Decimal("0.85"), Decimal("1.15")
FAR = 120
LAST, NEAREST = 2, 5


def denied(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """Whether claim `i`, told of what is not so, is what remains of the whole beside what is so."""
    if i < LAST or not t.is_stock(i):
        return
    said = DENIED.search(t.s.clauses[i]) or DENIED_BEHIND.match(t.s.trails[i])
    signs = frozenset(said["so"]) - FILLERS if said else frozenset()
    stocks = [j for j in range(max(0, i - NEAREST), i) if t.is_stock(j) and t.claim(j).unit == t.claim(i).unit]
    if not signs or len(stocks) < LAST:
        return
    whole, so = stocks[-LAST:]
    told = t.s.clauses[so] + first_clause(t.s.trails[so])
    if not signs <= set(told) or DENIED_BEHIND.match(first_clause(t.s.trails[so])):
        return
    total, done, left = (t.claim(j) for j in (whole, so, i))
    if not testable(total, done, left) or not _is_told(t, whole, i):
        return
    result = subtracted(total, done, wording)
    holds = agrees(result, left, wording)
    together = (done.value or ZERO) + (left.value or ZERO)
    low, high = (edge * (total.value or ZERO) for edge in NEARLY)
    if holds or (low <= together <= high and (done.value or ZERO) <= (total.value or ZERO)):
        yield finding("difference", left, (total, done), result, holds=holds)


def _is_told(t: Structure, whole: int, i: int) -> bool:
    """Whether the three stand near each other and the first is told of all of them."""
    near = t.s.at[i] - t.s.at[whole] <= FAR
    plain = not any(ONLY_SOME.search(t.s.clauses[j]) for j in (whole, i - 1, i))
    called = t.s.clauses[whole] + first_clause(t.s.trails[whole])
    return near and plain and (OF_ALL.search(called) or TOTAL_LIKE.search(called)) is not None
