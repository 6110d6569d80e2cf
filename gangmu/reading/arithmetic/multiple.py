"""倍 and 番: `是上年的3倍` is 3 × old, `增长3倍` is 4 × old, `翻两番` is 4 × old."""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.comparisons import Comparison
from gangmu.reading.arithmetic.cues import RISE
from gangmu.reading.arithmetic.judge import Result, agrees, divided, finding, number, testable
from gangmu.reading.arithmetic.language import same_unit
from gangmu.reading.arithmetic.marks import HOLE, MARKS, QUANTITY, TIMES
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HUNDRED, ONE, Wording

GREW_BY = pattern(rf"(?:{RISE}|多|超出)(?:了|出|约|近|幅度|达)*$")
MORE_THAN_DOUBLE = "增长到N倍与增长N倍不同：后者要减去1倍", "growing to N times is not growing by N times"
OTHER_BASE = pattern(r"(?:19|20)\d\d年|[一二三四五十\d]+年前")
PROPORTION = searched("比(?:值|率)?(?:为|是|达)")
PROPORTION_OF = pattern(r"(?P<thing>[\u4e00-\u9fff]{2})(?:之)?比(?:值|率)?(?:约?为|约?是|达到?)$")
FORMER = pattern(rf"前者[是为]后者的(?:近|约)?(?P<stated>{TIMES})")
OF_OTHER = pattern(
    rf"(?P<new>{QUANTITY})[,(]?(?:约?为|约?是|相当于|达到?)(?:[^,。;\n{MARKS}]{{0,14}})(?P<old>{QUANTITY})的(?:近|约)?(?P<stated>{TIMES})"
)


def multiples(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every 倍 or 番 whose two values the text gives."""
    s = t.s
    for pair in t.comparisons:
        for outcome in pair.outcomes:
            if s.marks[outcome.at] == TIMES and s.marks[pair.new] == QUANTITY:
                yield from multiple_of(s, pair, outcome.at, wording)
    for match in OF_OTHER.finditer(s.text):
        pair = Comparison(s.index(match.start("new")), s.index(match.start("old")), ())
        if same_unit(s.claims[pair.new], s.claims[pair.old]):
            yield from multiple_of(s, pair, s.index(match.start("stated")), wording)

    for match in FORMER.finditer(s.text):
        i = s.index(match.start("stated"))
        if i > 1 and same_unit(s.claims[i - 2], s.claims[i - 1]):
            yield from multiple_of(s, Comparison(i - 2, i - 1, ()), i, wording)
    for i in s.led_by(PROPORTION):
        yield from _proportion(s, i, wording)


def _proportion(s: Skeleton, i: int, wording: Wording) -> Iterator[Finding]:
    """`城镇居民人均收入4.12万元，农村居民人均收入2.06万元，城乡收入比为2`: of the two before, either way round."""
    said = PROPORTION_OF.search(s.clauses[i])
    if (
        said is None
        or s.claims[i].value is None
        or i < 2
        or s.marks[i - 2 : i + 1] != QUANTITY * 2 + HOLE
        or s.claims[i].unit
        or s.claims[i].approx
    ):
        return
    one, other, stated = s.claims[i - 2], s.claims[i - 1], s.claims[i]
    near = s.at[i - 2] >= s.bounds[i][0] and same_unit(one, other) and testable(one, other)
    if not near or not all(said["thing"] in s.clauses[j] for j in (i - 2, i - 1)):
        return
    both = [result for pair in ((one, other), (other, one)) if (result := divided(*pair, wording))]
    fitting = [result for result in both if agrees(result, stated, wording)]
    for result in (fitting or both)[:1]:
        yield finding("multiple", stated, (one, other), result, holds=bool(fitting))


def multiple_of(s: Skeleton, pair: Comparison, i: int, wording: Wording) -> Iterator[Finding]:
    new, old, stated = s.claims[pair.new], s.claims[pair.old], s.claims[i]
    times = divided(new, old, wording) if testable(new, old) and stated.value is not None else None
    if times is None or _names_other_base(s, pair, i):
        return
    if "番" in stated.text:
        yield _doubled(times, new, old, stated)
        return
    by = bool(GREW_BY.search(s.clauses[i]))
    result = _shifted(times) if by else times
    holds = agrees(result, stated, wording)
    note, note_en = MORE_THAN_DOUBLE if by and not holds and agrees(times, stated, wording) else ("", "")
    yield finding("multiple", stated, (new, old), result, holds=holds, unit="倍", note=note, note_en=note_en)


def _names_other_base(s: Skeleton, pair: Comparison, i: int) -> bool:
    """Whether 倍 names another base than the pair's (`是2015年的3倍` after a comparison with last year)."""
    said = OTHER_BASE.search(s.clauses[i])
    return bool(said) and said[0] not in s.text[s.bounds[pair.old][0] : s.at[pair.old]]  # type: ignore[index]


def _shifted(times: Result) -> Result:
    return Result(times.value - ONE, times.reach.shifted(-ONE), f"{times.shown} - 1")


def _doubled(times: Result, new: Claim, old: Claim, stated: Claim) -> Finding:
    """翻N番 doubles N times over; the claim's value is the rise in percent."""
    doublings = _doublings(stated.value or Decimal(0))
    holds = _roughly_doubled(times, doublings)
    note = "" if holds else f"翻{doublings}番是原来的{2**doublings}倍"
    note_en = "" if holds else f"doubling {doublings} times makes it {number(Decimal(2**doublings))} times what it was"
    return finding("multiple", stated, (new, old), times, holds=holds, unit="倍", note=note, note_en=note_en)


def _doublings(rise: Decimal) -> int:
    return max(1, int(rise / HUNDRED + ONE).bit_length() - 1)


def _roughly_doubled(times: Result, doublings: int) -> bool:
    goal = Decimal(2**doublings)
    return goal * Decimal("0.95") <= times.value <= goal * Decimal("1.1")
