"""Letters with places on a page, and the runs of them that stand close together on one line. Pure geometry.

Places are in points from the lower left corner of the page.
"""

from collections.abc import Iterator
from typing import NamedTuple

CELL_GAP = 0.7  # heights of a line: a wider gap parts two cells
_WORD_GAP = 0.25


class Letter(NamedTuple):
    """One sign and its box."""

    sign: str
    left: float
    right: float
    bottom: float
    top: float


class Rule(NamedTuple):
    """A thin line that is drawn on the page, as the box that it fills."""

    left: float
    right: float
    bottom: float
    top: float


class Page(NamedTuple):
    """The letters of one page in the order in which the file draws them, and the lines drawn between them."""

    width: float
    height: float
    letters: list[Letter]
    rules: tuple[Rule, ...] = ()


class Run(NamedTuple):
    """Letters that stand close together on one line."""

    words: str
    left: float
    right: float
    bottom: float
    top: float


class TableCell(NamedTuple):
    """One cell of a ruled table: how many columns it spans; `open` where its last line leaves no room for more."""

    words: str
    span: int
    open: bool


class Row(NamedTuple):
    """Runs beside each other: one is a line of words, several are cells."""

    words: str
    left: float
    right: float
    bottom: float
    top: float
    cells: int
    lane: int = 0  # 0 across the page, 1 and 2 the left and the right column
    ruled: "tuple[TableCell, ...]" = ()  # where it is the row of a table whose lines are drawn

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


def runs_of(letters: list[Letter]) -> Iterator[Run]:
    """The runs in the order in which the file draws them."""
    current: list[Letter] = []
    for letter in letters:
        if current and not _follows(current[-1], letter):
            yield from _run(current)
            current = []
        current.append(letter)
    yield from _run(current)


def _follows(before: Letter, letter: Letter) -> bool:
    """On the same line and close behind."""
    height = max(before.top - before.bottom, letter.top - letter.bottom, 1.0)
    shared = min(before.top, letter.top) - max(before.bottom, letter.bottom)
    lower = min(before.top - before.bottom, letter.top - letter.bottom)
    return shared >= lower * 0.5 and -0.5 * height <= letter.left - before.right <= CELL_GAP * height


def _run(letters: list[Letter]) -> Iterator[Run]:
    parts = []
    for before, letter in zip([None, *letters], letters, strict=False):
        if before and _needs_space(before, letter):
            parts.append(" ")
        parts.append(letter.sign)
    words = "".join(parts).strip(" \xa0")
    if words.strip("　"):
        solid = [letter for letter in letters if not letter.sign.isspace()]
        yield Run(words, solid[0].left, solid[-1].right, min(x.bottom for x in solid), max(x.top for x in solid))


def _needs_space(before: Letter, letter: Letter) -> bool:
    if not (before.sign.isascii() and letter.sign.isascii()) or before.sign == " " or letter.sign == " ":
        return False
    return letter.left - before.right > _WORD_GAP * max(before.top - before.bottom, 1.0)


def beside(one: Run, other: Run) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared >= 0.5 * min(one.top - one.bottom, other.top - other.bottom)
