"""Percent against percentage points: from 93.1% to 97.6% are 4.5 points, but a rise of 4.83 %."""

from collections.abc import Iterator

from gangmu.reading.arithmetic.comparisons import Comparison, Outcome
from gangmu.reading.arithmetic.judge import agrees, finding, grown, number, subtracted, testable
from gangmu.reading.arithmetic.marks import PERCENT, POINTS, QUANTITY, mark_of
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import Wording

CLOSE = "", "约", "近"
OVER_A_YEAR = pattern("同比|[比较](?:上年|去年|同期)")
PART_OF_A_YEAR = pattern("季度|\\d月|月份|[上下]半年|上月|上季")
YEAR_BEFORE = pattern("去年|上年|同期|前年")
APART = pattern("[高低多少优]于|超出|超过")
SHOULD_BE_POINTS = "两个百分比相减得到的是百分点", "the difference of two percentages is in percentage points"
SHOULD_BE_PERCENT = "这是变化的幅度，不是百分点", "this is a rate of change, not percentage points"


def points(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every change between two percentages, and for every count said to change by points."""
    s = t.s
    for pair in t.comparisons:
        for outcome in pair.outcomes:
            found = _judged(s, pair, outcome, wording)
            if found:
                yield found
    yield from _beside_a_mark(s, wording)


def _beside_a_mark(s: Skeleton, wording: Wording) -> Iterator[Finding]:
    """`失业率3.2%，低于控制线4.5% 1.3个百分点`: how far a rate is from another, told right behind it."""
    for i in range(2, len(s.claims)):
        if s.marks[i - 2 : i] != PERCENT * 2 or s.marks[i] not in PERCENT + POINTS or s.leads[i] not in CLOSE:
            continue
        apart = APART.search(s.clauses[i - 1])
        if apart and s.at[i - 2] >= s.bounds[i][0] and testable(s.claims[i - 2], s.claims[i - 1], s.claims[i]):
            sign = -1 if apart[0] in ("低于", "少于") else 1
            yield of_two_rates(s.claims[i - 2], s.claims[i - 1], s.claims[i], sign, wording)


def _judged(s: Skeleton, pair: Comparison, outcome: Outcome, wording: Wording) -> Finding | None:
    between, said = s.marks[pair.new], s.marks[outcome.at]
    new, old, stated = s.claims[pair.new], s.claims[pair.old], s.claims[outcome.at]
    if not testable(new, old) or stated.value is None or is_of_another_span(s, (pair.old, pair.new), outcome.at):
        return None
    if between == PERCENT and said in (POINTS, PERCENT):
        return of_two_rates(new, old, stated, outcome.sign or way(new, old), wording)
    if between == QUANTITY and said == POINTS:
        result = grown(new, old, wording)
        note, note_en = SHOULD_BE_PERCENT
        if result is not None:
            return finding("points", stated, (new, old), result, holds=False, unit="%", note=note, note_en=note_en)
    return None


def is_of_another_span(s: Skeleton, pair: tuple[int, int], at: int) -> bool:
    """`一季度92%，二季度95%，同比提高2个百分点`: against a year before, which the text does not tell."""
    states = [s.clauses[j] for j in pair]
    within = all(PART_OF_A_YEAR.search(state) and not YEAR_BEFORE.search(state) for state in states)
    return within and OVER_A_YEAR.search(s.leads[at]) is not None


def way(new: Claim, old: Claim) -> int:
    """-1 where the new value is the smaller one: what a change without a word of direction must mean."""
    return -1 if (new.value or 0) < (old.value or 0) else 1


def of_two_rates(new: Claim, old: Claim, stated: Claim, sign: int, wording: Wording) -> Finding:
    """The change from one percentage to another, told in points or as a rate; `sign` -1 where the words say a fall."""
    if mark_of(stated) == POINTS:
        return _of_points(new, old, stated, sign, wording)
    return _of_percent(new, old, stated, sign, wording)


def _of_points(new: Claim, old: Claim, stated: Claim, sign: int, wording: Wording) -> Finding:
    result = subtracted(new, old, wording)
    if agrees(result, stated, wording, sign=sign):
        return finding("points", stated, (new, old), result, holds=True, unit="个百分点")
    rate = grown(new, old, wording)
    note, note_en = SHOULD_BE_PERCENT if rate and agrees(rate, stated, wording, sign=sign) else ("", "")
    return finding("points", stated, (new, old), result, holds=False, unit="个百分点", note=note, note_en=note_en)


def _of_percent(new: Claim, old: Claim, stated: Claim, sign: int, wording: Wording) -> Finding:
    """`提高4.5%` between two percentages holds only as a rate of change."""
    rate = grown(new, old, wording)
    result = subtracted(new, old, wording)
    exact = abs(result.value) == stated.value
    if rate and agrees(rate, stated, wording, sign=sign) and not exact:
        return finding("growth", stated, (new, old), rate, holds=True, unit="%")
    note, note_en = SHOULD_BE_POINTS
    if rate and not agrees(result, stated, wording, sign=sign):
        note += f"，变化幅度是{number(rate.value)}%"
        note_en += f"; the rate of change is {number(rate.value)}%"
    return finding("points", stated, (new, old), result, holds=False, unit="个百分点", note=note, note_en=note_en)
