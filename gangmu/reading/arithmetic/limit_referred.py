"""A limit that the words only refer to: `最慢的一次用了28分钟，每次都没有超过规定时间`.

Whose limit it is no noun says; it is the one the reader knows, the only one told before in that measure. A case said to
be the highest of all, with all said to be within the rule, and yet beyond it, is wrong.
"""

from collections.abc import Iterator

from gangmu.reading.arithmetic.far_limits import AT_MOST, BEHIND_MOST, HIGHEST
from gangmu.reading.arithmetic.language import names, pairs
from gangmu.reading.arithmetic.limit import limit_finding, owned_up
from gangmu.reading.arithmetic.marks import PERCENT, QUANTITY
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import ZERO, Wording, interval

_RULE = (
    "(?:规定|规范|制度|承诺|要求|办法|约定|补贴|时限|期限|这[个一]|该)的?"
    "(?:时间|时限|期限|时长|限额|额度|标准|范围|上限|数额|规定|要求)?"
)
ALL_WITHIN = pattern(
    rf"(?:都|均|全部?|没有一[次件趟笔个例]|无一[次件例]?|从未|从没)"
    rf"(?:[也]?(?:没有?|未|不曾|在))?(?:过)?(?:超过?出?|突破|逾越|违反)?了?{_RULE}(?:之?内|以内)?(?=$|[,;。])|"
    rf"(?:都|均|也|全部?)(?:能|完全)?(?:符合|满足|达到|遵守|在|没有超[过出]|未超[过出])了?{_RULE}(?:之?内|以内)?(?=$|[,;。])"
)
RATE_OF_KEEPING = pattern("(?:兑现|达标|履约|按[时期][\u4e00-\u9fff]{0,4})率(?:为|是|达到?|保持)?$")
LEADING = pattern("[最为]")
MOST_TIMES = 6
FAR = 40  # figures
NEAR = 32  # signs
ALL = 100


def limit_referred(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding where claim `i`, the highest of all, passes the one limit told before that all are said to keep."""
    case = t.claims[i]
    if t.s.marks[i] not in (QUANTITY, PERCENT) or case.value is None or not LEADING.search(t.s.leads[i]):
        return
    if not HIGHEST.search(t.s.text, max(t.s.bounds[i][0], t.s.at[i] - NEAR), t.s.at[i]) or not _all_keep_it(t, i):
        return
    limits = [j for j in range(max(0, i - FAR), i) if _is_limit(t, j, i)]
    if len({t.claims[j].value for j in limits}) > 1:
        limits = _of_its_thing(t, limits, i)
    if len({t.claims[j].value for j in limits}) != 1:
        return
    limit = t.claims[limits[-1]]
    most = limit.value or ZERO
    if most < interval(case, wording).low <= MOST_TIMES * most:
        yield limit_finding(limit, case, at_least=False)


def _all_keep_it(t: Structure, i: int) -> bool:
    """Whether the sentence of claim `i` says that all keep the rule, in words or by a rate of keeping it of 100 %."""
    told = t.s.text[slice(*t.s.bounds[i])]
    if ALL_WITHIN.search(told):
        return not owned_up(told[told.find("最") :])
    same = (k for k in range(i + 1, len(t.s.at)) if t.s.bounds[k] == t.s.bounds[i])
    return any(t.is_percent(k) and t.claims[k].value == ALL and RATE_OF_KEEPING.search(t.s.clauses[k]) for k in same)


def _of_its_thing(t: Structure, limits: list[int], i: int) -> list[int]:
    """Of several limits those whose clause shares most signs with the sentence of the case."""
    told = pairs(names(t.s.text[t.s.bounds[i][0] : t.s.at[i]]))
    alike = {j: len(pairs(names(t.s.clauses[j])) & told) for j in limits}
    most = max(alike.values())
    return [j for j in limits if alike[j] == most] if most else []


def _is_limit(t: Structure, j: int, i: int) -> bool:
    """Whether claim `j` is the most there may be in the measure of claim `i`."""
    claim = t.claims[j]
    if claim.unit != t.claims[i].unit or claim.value is None or t.s.marks[j] != t.s.marks[i]:
        return False
    return (
        claim.approx == "at_most"
        or AT_MOST.search(t.s.clauses[j]) is not None
        or (claim.kind == "norm" and BEHIND_MOST.match(t.s.trails[j]) is not None)
    )
