"""From operands to a finding: the calculation over what each wording covers, and its working as a sentence."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from typing import NamedTuple

from gangmu.reading.patterns import pattern
from gangmu.reading.script import normalised
from gangmu.reading.values import Claim, Finding, FindingType, Span
from gangmu.reading.wording import (
    HALF,
    HUNDRED,
    ONE,
    ZERO,
    Interval,
    Wording,
    coarse_worth,
    interval,
    is_inexact,
    is_spoken,
    only_cut,
    only_rounded,
    result_interval,
    rounded_interval,
)

FOUR_PLACES = Decimal("0.0001")
MYRIAD = Decimal(10_000)
HUNDRED_MILLION = Decimal(100_000_000)
ONE_SIDED = frozenset({"at_least", "at_most", "under"})
DECIMALS = pattern("[.．点]")
AS_IT_STANDS = pattern("[0-9.,%]+[次个件名人户场项起元万亿余多]{0,3}")
NOT_TEXT = pattern(r"[\s*_`~]+|<[^>]*>")


class Result(NamedTuple):
    """One calculation: what the values give as written, what all they cover may give, and how it is written."""

    value: Decimal
    reach: Interval
    shown: str


def testable(*claims: Claim) -> bool:
    """Whether all claims state a number with two ends: a bare 以上 or 不超过 tests nothing."""
    for claim in claims:  # noqa: SIM110 asked so often that a generator would be felt
        if claim.value is None or claim.approx in ONE_SIDED:
            return False
    return True


def divided(top: Claim, bottom: Claim, wording: Wording, scale: Decimal = ONE) -> Result | None:
    """top ÷ bottom × scale; None where the divisor may be zero."""
    if top.value is None or bottom.value is None:
        return None
    under = interval(bottom, wording)
    if under.low <= 0:
        return None
    if is_inexact(top) and is_inexact(bottom):
        reach = _hull([_quotient(one, other, scale) for one, other in _written_alike(top, bottom)])
    else:
        reach = _quotient(interval(top, wording), under, scale)
    return Result(scale * top.value / bottom.value, reach, f"{figure(top)} ÷ {figure(bottom)}")


def _quotient(over: Interval, under: Interval, scale: Decimal) -> Interval:
    if over.low < 0:
        ends = [scale * a / b for a in (over.low, over.high) for b in (under.low, under.high)]
        return Interval(min(ends), max(ends))
    low_open, high_open = over.low_open or under.high_open, over.high_open or under.low_open
    return Interval(scale * over.low / under.high, scale * over.high / under.low, low_open, high_open)


def subtracted(minuend: Claim, subtrahend: Claim, wording: Wording) -> Result:
    """minuend - subtrahend, in the unit of both."""
    value = (minuend.value or 0) - (subtrahend.value or Decimal(0))
    shown = f"{figure(minuend)} - {figure(subtrahend)}"
    if _are_whole_steps(minuend, subtrahend):
        half = coarse_worth(minuend) * HALF
        return Result(value, Interval(value - half, value + half, low_open=True, high_open=True), shown)
    if is_inexact(minuend) and is_inexact(subtrahend):
        reach = _hull([_gap(one, other) for one, other in _written_alike(minuend, subtrahend)])
    else:
        reach = _gap(interval(minuend, wording), interval(subtrahend, wording))
    return Result(value, reach, shown)


def _gap(a: Interval, b: Interval) -> Interval:
    return Interval(a.low - b.high, a.high - b.low, a.low_open or b.high_open, a.high_open or b.low_open)


def _are_whole_steps(one: Claim, other: Claim) -> bool:
    """由91%到96%, 35万与23万: told in whole points or 万 alike, nobody takes one from the other but as they stand."""
    if not (is_inexact(one) and is_inexact(other) and coarse_worth(one) == coarse_worth(other)):
        return False
    return DECIMALS.search(one.text) is None and DECIMALS.search(other.text) is None


def _written_alike(one: Claim, other: Claim) -> list[tuple[Interval, Interval]]:
    """What two inexact numbers may stand for: one writer rounds both or cuts off both, and does not mix.

    Two numbers of one measure are told to one place: 4.8亿 beside 6亿 makes that 6.0亿.
    """
    apart = one.unit != other.unit or ("亿" in one.text) != ("亿" in other.text)  # 2.76亿人 beside 539.40万人
    place = None if apart or is_spoken(one) or is_spoken(other) else min(one.worth, other.worth)
    return [
        (only_rounded(one, place), only_rounded(other, place)),
        (only_cut(one, place), only_cut(other, place)),
    ]


def _hull(reaches: list[Interval]) -> Interval:
    low, high = min(reaches, key=lambda r: r.low), max(reaches, key=lambda r: r.high)
    return Interval(low.low, high.high, low.low_open, high.high_open)


def added(parts: Iterable[Claim], wording: Wording) -> Result:
    """The sum of the parts; bare parts may each have been rounded by half of their last place."""
    claims = list(parts)
    ranges = [interval(claim, wording) for claim in claims]
    reach = Interval(sum([r.low for r in ranges], ZERO), sum([r.high for r in ranges], ZERO))
    return Result(total(claims), reach, " + ".join(map(figure, claims)))


def total(parts: Iterable[Claim]) -> Decimal:
    """The sum of the values as they are written."""
    return sum([part.value or ZERO for part in parts], ZERO)


def grown(new: Claim, old: Claim, wording: Wording) -> Result | None:
    """(new - old) ÷ old in percent, negative for a fall."""
    times = divided(new, old, wording, HUNDRED)
    if times is None:
        return None
    return Result(
        times.value - HUNDRED, times.reach.shifted(-HUNDRED), f"({figure(new)} - {figure(old)}) ÷ {figure(old)}"
    )


def agrees(result: Result, stated: Claim, wording: Wording, *, sign: int = 1) -> bool:
    """Whether the calculation reaches what the stated figure covers; `sign` -1 where the words say a fall.

    The numbers as written may be rounded or cut off to it; what they only cover must round to it.
    """
    exact = result_interval(stated, wording)
    if result.value in (exact.negated() if sign < 0 else exact):
        return True
    rough = rounded_interval(stated, wording)
    return result.reach.meets(rough.negated() if sign < 0 else rough)


def agrees_as_written(result: Result, stated: Claim, wording: Wording) -> bool:
    """Whether the numbers as written give what the stated figure covers, none of them taken for rounded."""
    return result.value in result_interval(stated, wording)


def finding(
    kind: FindingType,
    stated: Claim,
    operands: Iterable[Claim],
    result: Result,
    *,
    holds: bool,
    unit: str = "",
    suspect: Claim | None = None,
    note: str = "",
    note_en: str = "",
) -> Finding:
    """The finding over the operands and the stated figure, with its arithmetic written out."""
    equation = f"{result.shown} = {number(result.value)}{unit}"
    said = text_of(stated)
    working = f"{equation}，写作{said}" if holds else f"{equation}，文中写作{said}，对不上"
    working_en = f"{equation}; the text says {said}" + ("" if holds else ", which does not agree")
    return Finding(
        kind,
        "consistent" if holds else "contradiction",
        spans(stated, *operands),
        stated.value,
        rounded(result.value),
        working + (f"：{note}。" if note else "。"),
        working_en + (f": {note_en}." if note_en else "."),
        None if holds else (suspect or stated).span,
    )


def spans(*claims: Claim) -> tuple[Span, ...]:
    """The claims' spans in text order, each once."""
    return tuple(sorted({c.span for c in claims}))


def figure(claim: Claim) -> str:
    """The number of a claim as a person would write it into a calculation, its measure word left out."""
    value = claim.value or Decimal(0)
    if claim.kind in ("ratio", "change") and claim.unit in ("%", "％", "成"):
        return number(value) + "%"
    for scale, word in ((HUNDRED_MILLION, "亿"), (MYRIAD, "万")):
        if claim.scaled and abs(value) >= scale:
            return number(value / scale, 6) + word
    return number(value, 6)


def number(value: Decimal, places: int = 2) -> str:
    """`value` in plain digits, rounded to `places`, without needless zeros."""
    if value.same_quantum(ONE):
        return str(value)  # a whole number as most are
    shown = f"{value.quantize(ONE.scaleb(-places), ROUND_HALF_UP):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def rounded(value: Decimal) -> Decimal:
    """A computed value to four places, as the records print it."""
    return value.quantize(FOUR_PLACES, ROUND_HALF_UP).normalize() + 0


def text_of(claim: Claim) -> str:
    """What the document wrote, without line wraps and markup, entities as the signs they stand for."""
    if AS_IT_STANDS.fullmatch(claim.text):
        return claim.text
    return NOT_TEXT.sub("", normalised(unescape(claim.text)))
