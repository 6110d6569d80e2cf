"""What a slip of the pen makes of a number: one digit otherwise, or two changed about."""

from decimal import Decimal

from gangmu.reading.values import Claim
from gangmu.reading.wording import ONE, ZERO

FEWEST_DIGITS = 2


def digits(claim: Claim) -> str:
    """The digits of a number from its first to its last but zero: 5 and 12.5 million alike have few."""
    return written(claim.value or ZERO).replace(".", "").strip("0")


def written(value: Decimal) -> str:
    """A value in plain digits."""
    plain = str(value)
    return f"{value:f}" if "E" in plain else plain


def is_miswritten(said: Claim, value: Decimal) -> bool:
    """Whether `said`, to the place it is told to, is `value` with one digit otherwise or two changed about."""
    place = said.worth or ONE
    if said.approx is not None or not said.value or value % place:
        return False
    return differ_by_a_slip(str(int(value / place)), str(int((said.value or ZERO) / place)))


def differ_by_a_slip(one: str, other: str) -> bool:
    """Whether two rows of digits are as long and differ in one digit, or in two that changed places."""
    if len(one) != len(other) or len(one) < FEWEST_DIGITS:
        return False
    off = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(off) == 1 or (len(off) == 2 and one[off[0]] == other[off[1]] and one[off[1]] == other[off[0]])
