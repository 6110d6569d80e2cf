"""What is never kept goes before anything is stored: identity numbers, and columns the system has no place for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gangmu.catalog.columns import CommonWords
from gangmu.imports.rules.columns import is_never
from gangmu.imports.rules.layout import filled
from gangmu.kernel.problems import Problem
from gangmu.reading.grid import Grid, Row, column_name, place

RULE = "docs/adr/0005-sixteen-person-fields.md"
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_CHECKS = "10X98765432"
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")
_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A sheet without what is never kept, and what was left out, in words."""

    grid: Grid
    notes: tuple[Problem, ...]


def without_identity(grid: Grid, words: CommonWords, header: int) -> Cleaned:
    """The sheet without columns that are never read, and without every cell in which an identity number stands.

    `header`: the row of the headings, 0 where there is none: then a column is known by what stands in it alone.
    """
    columns = dict(_never_columns(grid, words, header))
    rows: list[Row] = []
    struck: list[str] = []
    for row in grid.rows:
        cells = [_kept(cell, row.number, at, columns, grid, struck) for at, cell in enumerate(row.cells, 1)]
        rows.append(replace(row, cells=tuple(cells)))
    notes = [_column_left_out(at, heading) for at, (_, heading) in sorted(columns.items())]
    notes += [_cells_left_out(struck)] if struck else []
    return Cleaned(replace(grid, rows=tuple(rows)), tuple(notes))


def _never_columns(grid: Grid, words: CommonWords, header: int) -> Iterator[tuple[int, tuple[int, str]]]:
    """Each column that is not read: the row of its heading, and the heading. A title that names one is no heading."""
    for row in filled(grid).rows:
        if row.number > header:
            return
        if len({cell for cell in row.cells if cell}) > 1:
            for at, cell in enumerate(row.cells, 1):
                if cell and is_never(words, cell):
                    yield at, (row.number, cell)


def _kept(cell: str, row: int, column: int, columns: dict[int, tuple[int, str]], grid: Grid, struck: list[str]) -> str:
    if column in columns:
        return cell if row <= columns[column][0] else ""
    if len(cell) >= _DIGITS and (holds_identity_number(cell) or _was_one(cell, grid, row, column)):
        struck.append(place(row, column))
        return ""
    return cell


def holds_identity_number(text: str) -> bool:
    """Whether a resident identity number stands in the text: eighteen signs with a day of birth and a true last one."""
    return any(_checks(found[0]) for found in _NUMBER.finditer(text.translate(_WIDE)))


def _checks(number: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECKS[total % 11] == number[-1].upper()


def _was_one(cell: str, grid: Grid, row: int, column: int) -> bool:
    """A spreadsheet turns such a number, typed as a number, into one with lost last digits."""
    return grid.marks.get((row, column)) == "long" and len(cell) == _DIGITS and _NUMBER.match(cell) is not None


def _column_left_out(column: int, heading: str) -> Problem:
    name = column_name(column)
    return Problem(
        "imports.never_kept",
        f"{name} 列“{heading}”没有读进来：系统不留这一项，退回的表里这一列也是空的。",
        f"Column {name} “{heading}” was not read: nothing of the kind is kept, and it is empty in what you get back.",
        where=name, rule=RULE,
    )  # fmt: skip


def _cells_left_out(places: list[str]) -> Problem:
    first, count = "、".join(places[:5]), len(places)
    return Problem(
        "imports.identity_number",
        f"{first} 等 {count} 格里有身份证号，没有读进来：系统不留身份证号。" if count > 5
        else f"{first} 里有身份证号，没有读进来：系统不留身份证号。",
        f"{count} cells hold identity numbers ({', '.join(places[:5])}) and were not read: none is kept.",
        where=places[0], rule=RULE,
    )  # fmt: skip
