"""A limit that the words only refer to: `最慢的一次用了28分钟，每次都没有超过规定时间`.

Whose limit it is no noun says; it is the one the reader knows, the only one told before in that measure. A case said to
be the highest of all, with all said to be within the rule, and yet beyond it, is wrong.
"""

from collections.abc import Iterator

from gangmu.reading.arithmetic.far_limits import AT_MOST, BEHIND_MOST, HIGHEST
from gangmu.reading.arithmetic.limit import limit_finding, owned_up
from gangmu.reading.arithmetic.marks import QUANTITY
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import ZERO, Wording, interval

_RULE = "(?:规定|制度|承诺|要求|办法|约定)的?(?:时间|时限|期限|时长|限额|额度|标准|范围|上限|数额)?"
ALL_WITHIN = pattern(
    rf"(?:都|均|全部?|没有一[次件趟笔个例]|无一[次件例]?|从未|从没)(?:[也]?(?:没有?|未|不曾|在))?(?:过)?(?:超过?出?|突破|逾越|违反)?了?{_RULE}(?:之?内|以内)?(?=$|[,;])"
)
ONE_OF_THEM = pattern(r"最[\u4e00-\u9fff](?:的)?(?:那)?一?[次件趟笔个起例单回户]?")
MOST_TIMES = 6
FAR = 40  # figures


def limit_referred(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding where claim `i`, the highest of all, passes the one limit told before that all are said to keep."""
    case = t.claims[i]
    if t.s.marks[i] != QUANTITY or case.value is None or not HIGHEST.search(t.s.leads[i]):
        return
    behind = t.s.text[t.s.at[i] : t.s.bounds[i][1]]
    if not ALL_WITHIN.search(behind) or not ONE_OF_THEM.search(t.s.leads[i]) or owned_up(behind):
        return
    limits = [j for j in range(max(0, i - FAR), i) if t.s.bounds[j] != t.s.bounds[i] and _is_limit(t, j, i)]
    if len({t.claims[j].value for j in limits}) != 1:
        return
    limit = t.claims[limits[-1]]
    most = limit.value or ZERO
    if most < interval(case, wording).low <= MOST_TIMES * most:
        yield limit_finding(limit, case, at_least=False)


def _is_limit(t: Structure, j: int, i: int) -> bool:
    """Whether claim `j` is the most there may be in the measure of claim `i`."""
    claim = t.claims[j]
    if claim.unit != t.claims[i].unit or claim.value is None or t.s.marks[j] != QUANTITY:
        return False
    return (
        claim.approx == "at_most"
        or AT_MOST.search(t.s.clauses[j]) is not None
        or (claim.kind == "norm" and BEHIND_MOST.match(t.s.trails[j]) is not None)
    )
