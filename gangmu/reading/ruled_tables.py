"""Tables whose lines are drawn: which letters stand in which cell. Pure geometry.

Lines that meet make a grid; where none is drawn between two fields of it, they are one cell. A number that its cell
wraps is whole again.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gangmu.reading.page_letters import Letter, Page, Row, Rule, Run, TableCell, beside, runs_of

_THICKEST = 3.0  # points: what is broader is no line
_SAME_LINE = 2.0
_REACH = 3.0  # two lines so close to each other meet
_MOST_LINES = 400  # more are a drawing or a map
_FEWEST_EDGES = 3  # of two rows, or of two columns
_RAGGED = 2.1  # heights that a full line of a cell may lack
_PADDING = 12.0  # on both sides of a cell's words together
_TORN = 1.2  # heights that a line may lack that ends within a number: only what no line can hold is torn
_SENTENCE_ENDS = "。！？；!?;"


class _Line(NamedTuple):
    """A straight line: where it stands, and from where to where it goes."""

    at: float
    low: float
    high: float


class _Region(NamedTuple):
    """The fields of a grid that are one cell: its first column and row, how many it spans, where it ends."""

    column: int
    row: int
    columns: int
    rows: int
    left: float
    right: float
    bottom: float
    top: float


class _Grid(NamedTuple):
    """Where the lines down the page and those across stand, both rising, and the cell of each field between them.

    Fields go by column and row, rows from the top down.
    """

    xs: list[float]
    ys: list[float]
    fields: dict[tuple[int, int], _Region]


def tables_of(page: Page) -> tuple[list[list[Row]], list[Letter]]:
    """The ruled tables of a page from the top down, each with its rows, and the letters that stand in none."""
    across, down = _lines(page.rules)
    rest, tables = page.letters, list[list[Row]]()
    for some_across, some_down in _connected(across, down):
        grid = _grid(some_across, some_down)
        within, outside = _parted(rest, grid)
        if sum(bool(letters) for letters in within.values()) > 1:
            tables.append(list(_rows(within)))
            rest = outside
    return sorted(tables, key=lambda rows: -rows[0].top), rest


# --- lines ------------------------------------------------------------------------------------------------------------
def _lines(rules: Sequence[Rule]) -> tuple[list[_Line], list[_Line]]:
    """The lines across and those down the page, the pieces of one put together."""
    across, down = [], []
    for rule in rules:
        width, height = rule.right - rule.left, rule.top - rule.bottom
        if height <= _THICKEST < width:
            across.append(_Line((rule.bottom + rule.top) / 2, rule.left, rule.right))
        elif width <= _THICKEST < height:
            down.append(_Line((rule.left + rule.right) / 2, rule.bottom, rule.top))
    across, down = _whole(across), _whole(down)
    return (across, down) if len(across) + len(down) <= _MOST_LINES else ([], [])


def _whole(pieces: list[_Line]) -> list[_Line]:
    lines: list[_Line] = []
    for same in _near(pieces):
        at = sum(piece.at for piece in same) / len(same)
        for piece in sorted(same, key=lambda each: each.low):
            before = lines[-1] if lines and lines[-1].at == at else None
            if before and piece.low <= before.high + _REACH:
                lines[-1] = _Line(at, before.low, max(before.high, piece.high))
            else:
                lines.append(_Line(at, piece.low, piece.high))
    return lines


def _near(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """The lines that stand at the same place, from the lowest on."""
    same: list[_Line] = []
    for line in sorted(lines):
        if same and line.at - same[0].at > _SAME_LINE:
            yield same
            same = []
        same.append(line)
    if same:
        yield same


def _connected(across: list[_Line], down: list[_Line]) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """Lines that meet, directly or over others: the grids of the page."""
    left_across, left_down = list(across), list(down)
    while left_across:
        some_across, some_down = [left_across.pop()], list[_Line]()
        seen = 0
        while seen < len(some_across):
            meeting = [line for line in left_down if any(_meet(other, line) for other in some_across[seen:])]
            seen = len(some_across)
            left_down = [line for line in left_down if line not in meeting]
            some_down += meeting
            more = [line for line in left_across if any(_meet(line, other) for other in meeting)]
            left_across = [line for line in left_across if line not in more]
            some_across += more
        yield some_across, some_down


def _meet(across: _Line, down: _Line) -> bool:
    return (
        down.low - _REACH <= across.at <= down.high + _REACH and across.low - _REACH <= down.at <= across.high + _REACH
    )


# --- cells ------------------------------------------------------------------------------------------------------------
def _grid(across: list[_Line], down: list[_Line]) -> _Grid:
    """The cells between the lines; none where they make not two rows and two columns. Sides may be left open."""
    if not across or not down:
        return _Grid([], [], {})
    xs = _edges(down, min(line.low for line in across), max(line.high for line in across))
    ys = _edges(across, min(line.low for line in down), max(line.high for line in down))
    fields: dict[tuple[int, int], _Region] = {}
    if len(xs) < _FEWEST_EDGES or len(ys) < _FEWEST_EDGES:
        return _Grid([], [], fields)
    falling = ys[::-1]
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (column, row) not in fields:
                one = _region(column, row, xs, falling, across, down)
                fields |= {(column + i, row + j): one for i in range(one.columns) for j in range(one.rows)}
    return _Grid(xs, ys, fields)


def _edges(lines: list[_Line], low: float, high: float) -> list[float]:
    edges = [same[0].at for same in _near(lines)]
    before = [low] if low < edges[0] - _REACH else []
    behind = [high] if high > edges[-1] + _REACH else []
    return [*before, *edges, *behind]


def _region(column: int, row: int, xs: list[float], ys: list[float], across: list[_Line], down: list[_Line]) -> _Region:
    """The cell that begins with a field: as far to the right, then as far down, as no line ends it."""
    last, end = column + 1, row + 1
    middle = (ys[row] + ys[row + 1]) / 2
    while last < len(xs) - 1 and not _is_drawn(down, xs[last], middle):
        last += 1
    middle = (xs[column] + xs[column + 1]) / 2
    while end < len(ys) - 1 and not _is_drawn(across, ys[end], middle):
        end += 1
    return _Region(column, row, last - column, end - row, xs[column], xs[last], ys[end], ys[row])


def _is_drawn(lines: list[_Line], at: float, through: float) -> bool:
    return any(abs(line.at - at) <= _SAME_LINE and line.low <= through <= line.high for line in lines)


def _parted(letters: list[Letter], grid: _Grid) -> tuple[dict[_Region, list[Letter]], list[Letter]]:
    """The letters of each cell, and those of none."""
    within: dict[_Region, list[Letter]] = {region: [] for region in grid.fields.values()}
    outside = list[Letter]()
    for letter in letters:
        column = bisect_right(grid.xs, (letter.left + letter.right) / 2) - 1
        row = len(grid.ys) - 1 - bisect_right(grid.ys, (letter.bottom + letter.top) / 2)
        region = grid.fields.get((column, row))
        (outside if region is None else within[region]).append(letter)
    return within, outside


def _rows(within: dict[_Region, list[Letter]]) -> Iterator[Row]:
    """The rows of the grid that say something; a cell over several rows stands in the first of them."""
    regions = list(within)
    told = {region: cell_of(letters, region.right - region.left) for region, letters in within.items()}
    left, right = min(one.left for one in regions), max(one.right for one in regions)
    for row in range(max(one.row + one.rows for one in regions)):
        here = sorted((one for one in regions if one.row <= row < one.row + one.rows), key=lambda one: one.column)
        cells = [told[one] if one.row == row else TableCell("", one.columns, open=False) for one in here]
        cells = [cell._replace(span=one.columns) for cell, one in zip(cells, here, strict=True)]
        if any(cell.words for cell in cells):
            bottom, top = min(one.bottom for one in here), max(one.top for one in here if one.row == row)
            yield table_row(cells, left, right, bottom, top)


def table_row(cells: Sequence[TableCell], left: float, right: float, bottom: float, top: float) -> Row:
    """One row of a table: a tab after each cell, one more for each column that it spans besides."""
    words = "".join(cell.words + "\t" * cell.span for cell in cells)
    return Row(words, left, right, bottom, top, max(2, len(cells)), 0, tuple(cells))


def cell_of(letters: list[Letter], width: float) -> TableCell:
    """The words of one cell, so many points wide: its lines run on where they are full."""
    lines = list(_lines_of(list(runs_of(letters))))
    if not lines:
        return TableCell("", 1, open=False)
    parts = [lines[0].words]
    for before, line in pairwise(lines):
        parts += [_between(before, line, width), line.words]
    return TableCell("".join(parts), 1, _is_full(lines[-1], width, 0) and lines[-1].words[-1] not in _SENTENCE_ENDS)


def _lines_of(runs: list[Run]) -> Iterator[Run]:
    line: list[Run] = []
    for run in sorted(runs, key=lambda each: -(each.top + each.bottom)):
        if line and not beside(line[0], run):
            yield _put_together(line)
            line = []
        line.append(run)
    if line:
        yield _put_together(line)


def _put_together(line: list[Run]) -> Run:
    line = sorted(line, key=lambda run: run.left)
    lowest, highest = min(run.bottom for run in line), max(run.top for run in line)
    return Run(" ".join(run.words for run in line), line[0].left, line[-1].right, lowest, highest)


def _between(before: Run, line: Run, width: float) -> str:
    """What stands between two lines of a cell: nothing where the first is full, a blank where it is not."""
    last, first = before.words[-1], line.words[0]
    if last.isascii() and last.isalpha() and first.isascii() and first.isalpha():
        return " "
    if last.isdecimal() and first.isdecimal():
        return "" if _room(before, width) <= _TORN * (before.top - before.bottom) + _PADDING else " "
    token = len(line.words) - len(line.words.lstrip("0123456789.,%"))
    return "" if _is_full(before, width, token) else " "


def _is_full(line: Run, width: float, token: int) -> bool:
    """Whether `token` digits more, or a sign and its mark, would not have stood on the line."""
    return _room(line, width) <= (_RAGGED + 0.6 * token) * (line.top - line.bottom) + _PADDING


def _room(line: Run, width: float) -> float:
    return width - (line.right - line.left)
