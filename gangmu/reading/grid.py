"""A table as it lies in a sheet: which cell holds what, before anybody says what the columns mean.

Cells are text: numbers as they are stored, days as 2025-03-08. What cannot be taken at its word is marked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

MOST_ROWS = 100_000
MOST_COLUMNS = 256
Mark = Literal["long", "error", "formula"]
Merged = tuple[int, int, int, int]  # first row, first column, last row, last column; all from 1
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something; `number` as the sheet counts it, `cells` from the first column on."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """What stands in the column (from 1); empty beyond the last one that holds something."""
        return self.cells[column - 1] if column <= len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. `hidden` are the numbers of hidden rows, `merged` the ranges that are one cell.

    `marks` by (row, column): a number too `long` for a spreadsheet to hold, an `error` value, a `formula` whose value
    was not stored. `since_1904`: a bare number that is a day counts from 1904 on.
    """

    name: str
    rows: tuple[Row, ...]
    merged: tuple[Merged, ...] = ()
    hidden: frozenset[int] = frozenset()
    marks: dict[tuple[int, int], Mark] = field(default_factory=dict, hash=False)
    since_1904: bool = False

    @property
    def width(self) -> int:
        """How many columns hold something somewhere."""
        return max((len(row.cells) for row in self.rows), default=0)


def column_name(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def place(row: int, column: int) -> str:
    """A cell as people call it: C12."""
    return f"{column_name(column)}{row}"


def trimmed(numbered: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    """Rows without the empty cells at their ends; rows that hold nothing are left out."""
    for number, cells in numbered:
        last = next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)
        if last:
            yield Row(number, tuple(cells[:last]))
