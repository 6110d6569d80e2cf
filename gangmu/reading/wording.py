"""What a written number covers.

A writer who says `1200余次` vouches for a range, not for a point. Everything that holds a number against another one
(the arithmetic inside a text, a figure from the ledger) asks here whether the wording covers it, so that the rules
stand in one place and one dated set of parameters (`Wording`) decides.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from gangmu.reading.values import Claim

ZERO = Decimal(0)
ONE = Decimal(1)
HALF = Decimal("0.5")
HUNDRED = Decimal(100)
FIVE = Decimal(5)
TEN = Decimal(10)
INFINITY = Decimal("Infinity")

PERCENT_UNITS = frozenset({"%", "％", "成", "个百分点", "個百分點", "百分点", "百分點", "‰"})
MAJORITY = Decimal(50)


@dataclass(frozen=True, slots=True)
class Wording:
    """The parameters of issue 5.3. They are dated catalog data; these defaults are the rows in force since 2025.

    over_share      余 多 超过 逾: how far above v the wording reaches, as a share of v
    over_points     the same for percentages, in points
    nearly_share    近 接近: the lowest value, as a share of v
    about_share     约 左右 上下: how far either side of v, as a share of v
    """

    over_share: Decimal = Decimal("0.05")
    over_points: Decimal = Decimal(10)
    nearly_share: Decimal = Decimal("0.9")
    about_share: Decimal = Decimal("0.1")


DEFAULT = Wording()


class Interval(NamedTuple):
    """The values between `low` and `high`; an open end is not itself inside."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, Decimal) or value < self.low or value > self.high:
            return False
        return not ((self.low_open and value == self.low) or (self.high_open and value == self.high))

    def meets(self, other: "Interval") -> bool:
        """Whether some value lies in both."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low < high:
            return True
        return low == high and low in self and low in other

    def shifted(self, by: Decimal) -> "Interval":
        """All values with `by` added."""
        return Interval(self.low + by, self.high + by, self.low_open, self.high_open)

    def negated(self) -> "Interval":
        """All values with their sign turned."""
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    @property
    def is_point(self) -> bool:
        return self.low == self.high

    @property
    def is_bounded(self) -> bool:
        return self.low.is_finite() and self.high.is_finite()


def point(value: Decimal) -> Interval:
    """Only `value` itself."""
    return Interval(value, value)


def rounded_or_cut(value: Decimal, worth: Decimal) -> Interval:
    """What becomes `value` when it is rounded, or cut off, at the digit worth `worth`."""
    half = worth * HALF
    if value < 0:
        return Interval(value - worth, value + half, low_open=True)
    return Interval(value - half, value + worth, high_open=True)


def is_percentage(claim: Claim) -> bool:
    """Whether the claim is stated in percent or percentage points."""
    return claim.unit in PERCENT_UNITS or (claim.kind == "ratio" and claim.unit is None)


def is_whole(claim: Claim) -> bool:
    """A whole number written out in full: it stands for itself and for nothing beside it."""
    return claim.worth >= ONE and not claim.scaled and not is_percentage(claim)


def interval(claim: Claim, wording: Wording = DEFAULT) -> Interval:
    """What the wording of `claim` covers, in its base unit (issue 5.3).

    A range covers what lies between its ends. Raises ValueError for a placeholder, which states no number.
    """
    if claim.value is None:
        raise ValueError(f"{claim.text!r} is a placeholder and covers no number")
    if claim.approx is not None:
        return _approximate(claim, claim.value, wording)
    if claim.value_max is not None:
        return Interval(claim.value, claim.value_max)
    if is_whole(claim):
        return point(claim.value)
    return rounded_or_cut(claim.value, coarse_worth(claim))


def is_inexact(claim: Claim) -> bool:
    """Whether digits of a bare number may have been dropped: 1.8万, 96.3%, and not 1187件 or 约20户."""
    return claim.value is not None and claim.approx is None and claim.value_max is None and not is_whole(claim)


def only_rounded(claim: Claim, place: Decimal | None = None) -> Interval:
    """What is rounded to a number of which `is_inexact` is true; at `place` where its neighbours tell a finer one."""
    value, half = claim.value or ZERO, (place or coarse_worth(claim)) * HALF
    return Interval(value - half, value + half)


def only_cut(claim: Claim, place: Decimal | None = None) -> Interval:
    """What is cut off to a number of which `is_inexact` is true; at `place` where its neighbours tell a finer one."""
    value, worth = claim.value or ZERO, place or coarse_worth(claim)
    return (
        Interval(value - worth, value, low_open=True) if value < 0 else Interval(value, value + worth, high_open=True)
    )


def is_spoken(claim: Claim) -> bool:
    """八成, 一半, 三分之二: a share in words, not in percent."""
    if "成" in claim.text:
        return True
    return claim.kind in ("ratio", "change") and (
        "半" in claim.text or ("分之" in claim.text and "百分之" not in claim.text)
    )


def coarse_worth(claim: Claim) -> Decimal:
    """The worth of the last digit; 八成 is said to ten points, 八成五 to one, 一半 and 三分之二 to five."""
    if "成" in claim.text:
        return claim.worth if claim.worth < TEN else TEN
    return FIVE if is_spoken(claim) else claim.worth


def _neighbours(claim: Claim) -> Decimal:
    """How far apart shares in words are that a sum would be told in: 二成 and 三成, a tenth and a ninth."""
    return coarse_worth(claim) if "成" in claim.text else abs(claim.value or ZERO) / TEN


def result_interval(claim: Claim, wording: Wording = DEFAULT) -> Interval:
    """What `claim` covers when it states the result of a calculation: a whole number may then be rounded or cut.

    Nobody cuts off a share in words: a quarter is no 二成, it is 两成多.
    """
    if claim.value is not None and claim.approx is None and claim.value_max is None and is_whole(claim):
        return rounded_or_cut(claim.value, claim.worth)
    if claim.value is not None and claim.approx is None and claim.value_max is None and is_spoken(claim):
        low, high, *_ = only_rounded(claim, _neighbours(claim))
        return Interval(low, high, high_open=True)
    return interval(claim, wording)


def rounded_interval(claim: Claim, wording: Wording = DEFAULT) -> Interval:
    """`result_interval` without what is only cut off to the claim: what rounded operands must reach."""
    covered = result_interval(claim, wording)
    if claim.value is None or claim.approx is not None or claim.value_max is not None or is_spoken(claim):
        return covered
    half = coarse_worth(claim) * HALF
    return Interval(max(covered.low, claim.value - half), min(covered.high, claim.value + half))


def covers(claim: Claim, value: Decimal, wording: Wording = DEFAULT) -> bool:
    """Whether a record of `value` (in the claim's base unit) agrees with what `claim` says."""
    return value in interval(claim, wording)


def _approximate(claim: Claim, low: Decimal, wording: Wording) -> Interval:
    high = low if claim.value_max is None else claim.value_max
    match claim.approx:
        case "over":
            return Interval(low, _reach(claim, high, wording))
        case "nearly":
            return Interval(min(low * wording.nearly_share, high), high)
        case "about":
            return Interval(low - abs(low) * wording.about_share, high + abs(high) * wording.about_share)
        case "at_least":
            return Interval(low, INFINITY)
        case "at_most":
            return Interval(-INFINITY, high)
        case _:
            return Interval(-INFINITY, high, high_open=True)


def _reach(claim: Claim, value: Decimal, wording: Wording) -> Decimal:
    """How far 余 reaches above `value`. 过半 says only that it is the greater part."""
    if is_percentage(claim):
        return HUNDRED if value == MAJORITY and "半" in claim.text else value + wording.over_points
    return value + max(claim.worth_nonzero, abs(value) * wording.over_share)
