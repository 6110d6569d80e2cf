"""Where a sheet's headings stand, which rows under them are data, and which are left out and why."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from gangmu.catalog.columns import CommonWords
from gangmu.catalog.words import plain
from gangmu.imports.rules.columns import word_of
from gangmu.reading.grid import Grid, Row

LOOKED_AT = 20  # rows among which the headings are sought
Why = Literal["hidden", "total", "note", "heading"]
_LONG = 24  # so long a text alone in its row is a remark


@dataclass(frozen=True, slots=True)
class Layout:
    """`header`: the number of the row of headings, 0 where a sheet has none. `skipped` rows are no data."""

    header: int
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    skipped: tuple[tuple[int, Why], ...]


def laid_out(grid: Grid, known: Collection[str], words: CommonWords, header: int | None = None) -> Layout:
    """The table on a sheet. `known`: words that head columns; `header`: the row somebody chose (0: there is none)."""
    whole = filled(grid)
    top = _header(whole, known) if header is None else header
    head = next((row for row in whole.rows if row.number == top), None)
    headings = head.cells if head else tuple("" for _ in range(grid.width))
    beneath = _below(grid, top) if top else 0
    rows, skipped = [], []
    for row in whole.rows:
        if row.number > beneath:
            why = _why_not(row, grid, headings if head else (), words)
            if why is None:
                rows.append(row)
            else:
                skipped.append((row.number, why))
    return Layout(top, headings, tuple(rows), tuple(skipped))


def filled(grid: Grid) -> Grid:
    """The sheet with what stands in a merged cell in every cell it covers downwards, and in headings sideways as well.

    A unit written once beside ten rows is the unit of all ten; a remark that runs across columns stays one remark.
    """
    if not grid.merged:
        return grid
    lines = {row.number: list(row.cells) for row in grid.rows}
    for top, left, bottom, right in grid.merged:
        text = lines[top][left - 1] if top in lines and len(lines[top]) >= left else ""
        across = right if bottom <= LOOKED_AT and not _alone(lines.get(top, [])) else left
        for number in range(top, bottom + 1) if text else ():
            if number in lines and across - left < len(lines[number]) + LOOKED_AT:
                cells = lines[number]
                cells += [""] * (across - len(cells))
                cells[left - 1 : across] = [text] * (across - left + 1)
    return replace(grid, rows=tuple(Row(row.number, tuple(lines[row.number])) for row in grid.rows))


def _alone(cells: list[str]) -> bool:
    return sum(bool(cell) for cell in cells) <= 1


def _header(grid: Grid, known: Collection[str]) -> int:
    """The row of which most cells are words that head columns; else the first row of several words; else none."""
    first = [row for row in grid.rows if row.number <= grid.rows[0].number + LOOKED_AT]
    scored = [(sum(word_of(cell) in known for cell in set(row.cells) if cell), -row.number) for row in first]
    most, number = max(scored)
    if most:
        return -number
    return next((row.number for row in first if _looks_like_headings(row)), 0)


def _looks_like_headings(row: Row) -> bool:
    told = [cell for cell in row.cells if cell]
    return (
        len(told) > 1 and len(set(told)) == len(told) and not any(any(sign.isdigit() for sign in one) for one in told)
    )


def _below(grid: Grid, header: int) -> int:
    """The last row of the headings: a heading may be merged over two rows."""
    return max(
        [header, *(bottom for top, left, bottom, right in grid.merged if top <= header <= bottom and left <= right)]
    )


def _why_not(row: Row, grid: Grid, headings: tuple[str, ...], words: CommonWords) -> Why | None:
    told = [cell for cell in row.cells if cell]
    if row.number in grid.hidden:
        return "hidden"
    if headings and [cell for cell in headings if cell] == told:
        return "heading"
    if any(_totals(words).fullmatch(plain(cell)) for cell in told[:2] if len(cell) <= _LONG):
        return "total"
    return "note" if _is_note(row, told, grid, words) else None


@lru_cache(maxsize=4)
def _totals(words: CommonWords) -> re.Pattern[str]:
    """合计, 小计：, 全镇总计."""
    return re.compile(f".{{0,6}}(?:{'|'.join(map(re.escape, words.totals))})[:：]?")


@lru_cache(maxsize=4)
def _notes(words: CommonWords) -> re.Pattern[str]:
    """注：, 填表人：张三."""
    return re.compile(f"(?:{'|'.join(map(re.escape, words.notes))})(?:[:：]|$)")


def _is_note(row: Row, told: list[str], grid: Grid, words: CommonWords) -> bool:
    """填表人：…, 注：…; or one text alone that is long or runs across columns."""
    first = plain(told[0])
    if _notes(words).match(first):
        return len(told) <= 4
    if len(told) > 1:
        return False
    across = any(top == row.number and right > left for top, left, _, right in grid.merged)
    return across or len(first) >= _LONG


def shape_of(headings: tuple[str, ...]) -> str:
    """What two sheets with the same headings have in common, as text."""
    return "\n".join(map(word_of, headings))


def skipped_by_why(skipped: tuple[tuple[int, Why], ...]) -> Mapping[Why, list[int]]:
    """The numbers of the rows left out, by the reason."""
    found: dict[Why, list[int]] = {}
    for number, why in skipped:
        found.setdefault(why, []).append(number)
    return found


def runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Row numbers as runs: 5, 6, 7 are one."""
    start = last = None
    for number in numbers:
        if last is None or start is None or number != last + 1:
            if start is not None and last is not None:
                yield start, last
            start = number
        last = number
    if start is not None and last is not None:
        yield start, last
