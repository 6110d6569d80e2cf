"""What came back, what was thrown out of it and what is good: 回收3040份，剔除64份，有效2976份."""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.clauses import first_clause
from gangmu.reading.arithmetic.judge import agrees, finding, subtracted, testable
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

THROWN_OUT = pattern(r"(?:剔除|剔去|扣除|去除|筛除|筛掉|排除|除去|去掉|作废|剔掉)(?:了|掉)?[^,;:。]{0,8}$")
VOID = pattern("^[^,;:。]{0,8}(?:被剔除|被排除|作废|无效)")
GOOD = pattern(r"(?:有效|剩余|剩下|保留|留下|实有|实得|最终|最后|可用)[^,;:。]{0,10}$")
CAME = pattern("[收征采]集|[回收]收|收[到回]|征得|[受接]到?[理收]|报名|报送|申[请报]|登记|抽取|共|总")
MOST_BETWEEN = 4
FAR = 90
SLIP = Decimal("0.85"), Decimal("1.15")


def sifted(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every row of good ones whose whole and whose refuse stand right before it."""
    for i in t.stocks:
        if i < 2 or not GOOD.search(t.s.clauses[i]) or t.claim(i).kind != "count" or not testable(t.claim(i)):
            continue
        alike = [j for j in t.stocks_before(i, max(0, t.s.at[i] - FAR)) if t.claim(j).unit == t.claim(i).unit]
        if len(alike) > 1 and i - alike[0] <= MOST_BETWEEN and _is_thrown_out(t, alike[0]):
            yield from _judged(t, (alike[1], alike[0], i), wording)


def _is_thrown_out(t: Structure, j: int) -> bool:
    return bool(THROWN_OUT.search(t.s.clauses[j]) or VOID.match(first_clause(t.s.trails[j])))


def _judged(t: Structure, told: tuple[int, int, int], wording: Wording) -> Iterator[Finding]:
    whole, out, good = (t.claim(j) for j in told)
    if not testable(whole, out, good) or not CAME.search(t.s.leads[told[0]]):
        return
    result = subtracted(whole, out, wording)
    holds = agrees(result, good, wording)
    if holds or SLIP[0] * result.value <= (good.value or 0) <= SLIP[1] * result.value:
        yield finding("difference", good, (whole, out), result, holds=holds)
