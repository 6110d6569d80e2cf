"""How a share may be read, and the numbers near it that may be its part and its whole."""

from dataclasses import dataclass

from gangmu.reading.arithmetic.cues import BALLOTS, PEOPLE
from gangmu.reading.arithmetic.language import same_unit
from gangmu.reading.arithmetic.share_cues import SHORT, SHORT_LINES
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.values import Claim


@dataclass(frozen=True, slots=True)
class Reading:
    """How a share may be read: `part` of `whole`; `clear` where the words leave no other reading."""

    part: int
    whole: int
    clear: bool


def stocks_near(t: Structure, i: int) -> list[int]:
    """The stocks before claim `i` in its paragraph, or in a few short lines before it (办结：12件), nearest first."""
    return t.stocks_before(i, block(t.s, i))


def block(s: Skeleton, i: int) -> int:
    """Where the paragraph of claim `i` begins, or the first of the short lines it ends."""
    start, end = s.paragraph(s.at[i])
    for _ in range(SHORT_LINES):
        if start and end - start < SHORT:
            start, end = s.paragraph(start - 1)
    return start


def share_unit(one: Claim, other: Claim) -> bool:
    """Votes may be counted against voters."""
    return same_unit(one, other) or {one.unit, other.unit} <= PEOPLE | BALLOTS


def is_larger(s: Skeleton, whole: int, part: int) -> bool:
    """Whether claim `whole` is no less than claim `part`, as a whole must be."""
    return (s.claims[whole].value or 0) >= (s.claims[part].value or 0)
