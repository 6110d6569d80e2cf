"""Tables in a document: Markdown and HTML bars, columns set apart by tabs or spaces, one cell a line.

A table is read from its marked text, so a cell that holds a claim holds its mark.
"""

from dataclasses import dataclass

from gangmu.reading.arithmetic.marks import HOLE, MARK
from gangmu.reading.patterns import pattern
from gangmu.reading.tables import is_above_a_table
from gangmu.reading.values import Claim

RULE_ROW = pattern(r"[\s:+=-]*-[\s:+=-]*")
GAP = pattern(r" {2,}")
PUNCTUATION = pattern(r"[,。;!?]")
SPREAD_TOTAL = pattern("^([合总小共])[ ]+(计)")
PLAIN_NUMBER = pattern(r"[\d.,+-]+%?")
EMPTY_CELL = frozenset({"", "-", "--", "/", "…", "无"})
LONGEST_CELL, LONGEST_AROUND = 14, 3
FEWEST_ROWS = 2
LONGEST_STACK = 600
LONGEST_CAPTION, CAPTION_REACH = 40, 4
LONGEST_TOLD, FEWEST_STACKED = 40, 4
STOP = pattern("[。;!?]")
ORDER = pattern("序号?|编号|排名|名次")
TOTAL = pattern("合计|总计|小计|共计")


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a table: its words (marks taken out) and the claim in it, if it holds exactly one."""

    words: str
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the heading of every column, and its rows. `rows[r][0]` names the row."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of marked text; `first` is the index of its first claim."""

    text: str
    first: int


def numbered(text: str) -> list[Line]:
    """The lines of marked text, each knowing which claims are its own."""
    lines, first = [], 0
    for line in text.split("\n"):
        lines.append(Line(line, first))
        first += len(MARK.findall(line))
    return lines


def lift(lines: list[Line], claims: tuple[Claim, ...]) -> tuple[list[Line], tuple[Grid, ...]]:
    """Take the tables out of `lines`: what is left is prose, a blank line where a table stood."""
    prose: list[Line] = []
    grids: list[Grid] = []
    place = 0
    while place < len(lines):
        end, rows = _table_at(lines, place)
        if end == place:
            prose.append(lines[place])
            place += 1
            continue
        grid = _grid(_caption(prose), [[_cell(t, f, claims) for t, f in row] for row in rows])
        if grid is not None:
            grids.append(grid)
        prose.append(Line("", lines[place].first))
        place = end
    return prose, tuple(grids)


def _caption(prose: list[Line]) -> str:
    """The line above a table; a blank line may part them where it is short."""
    above = [line.text.strip() for line in prose[-CAPTION_REACH:]]
    if above and above[-1]:
        return above[-1]
    return next((text for text in reversed(above) if text), "")[:LONGEST_CAPTION]


Row = list[tuple[str, int]]


def _table_at(lines: list[Line], place: int) -> tuple[int, list[Row]]:
    """Where the table that begins at line `place` ends, and its rows; `place` itself if none begins there."""
    for reader in (_barred, _spaced, _stacked):
        end, rows = reader(lines, place)
        if end > place:
            return end, rows
    return place, []


def _barred(lines: list[Line], place: int) -> tuple[int, list[Row]]:
    """Rows between bars (a bar is a tab in the folded text), blank lines between them allowed."""
    if not _has_bars(lines, place):
        return place, []
    rows: list[Line] = []
    end = place
    if place + 1 < len(lines) and is_above_a_table(lines[place].text, lines[place + 1].text):
        return place, []
    while _has_bars(lines, end) or (rows and _blank_before_bars(lines, end)):
        text = lines[end].text.strip(" ")
        if rows and not lines[end - 1].text.strip() and _heads_another(text, rows):
            break
        if text.strip() and not RULE_ROW.fullmatch(text):
            rows.append(Line(text, lines[end].first))
        end += 1
        if end == len(lines):
            break
    framed = any(_is_framed(row.text) for row in rows)
    cells = [_split(row, _between_bars(row.text, framed=framed)) for row in rows]
    return (end, cells) if len(rows) >= FEWEST_ROWS else (place, [])


def _heads_another(text: str, rows: list[Line]) -> bool:
    """Whether a row of several names behind a blank line begins the next table."""
    named = [cell for cell in text.split("\t") if cell.strip()]
    return len(named) > 1 and not MARK.search(text) and any(MARK.search(row.text) for row in rows)


def _blank_before_bars(lines: list[Line], place: int) -> bool:
    """A blank line inside a table: HTML leaves some between the parts of one."""
    near = lines[place : place + 4]
    filled = next((n for n, line in enumerate(near) if line.text.strip()), None)
    return bool(filled) and _has_bars(lines, place + (filled or 0))


def _has_bars(lines: list[Line], place: int) -> bool:
    return place < len(lines) and "\t" in lines[place].text.strip(" ")


def _is_framed(text: str) -> bool:
    return text.startswith("\t") and text.endswith("\t")


def _between_bars(text: str, *, framed: bool) -> list[str]:
    """The cells of a row; where the rows stand in a frame of bars, those of the frame part nothing."""
    return (text.removeprefix("\t").removesuffix("\t") if framed else text).split("\t")


def _spaced(lines: list[Line], place: int) -> tuple[int, list[Row]]:
    """Columns set apart by white space: as many cells in every row, and all but the first row full of numbers."""
    text = lines[place].text.strip()
    if " " not in text:
        return place, []
    head = _columns(text)
    if len(head) < 2 or any(MARK.search(c) for c in head[1:]):
        return place, []
    rows, end = [_split(lines[place], head)], place + 1
    if end < len(lines) and (measures := _measures(lines[end].text.strip(), len(head))):
        rows[0] = [(name + unit, first) for (name, first), unit in zip(rows[0], measures, strict=True)]
        end += 1
    while end < len(lines):
        cells = _columns(lines[end].text.strip())
        if not cells and not lines[end].text.strip() and end + 1 < len(lines) and _columns(lines[end + 1].text.strip()):
            end += 1
            continue
        if len(cells) != len(head) or not all(map(_holds_number, cells[1:])):
            break
        rows.append(_split(lines[end], cells))
        end += 1
    return (end, rows) if len(rows) > FEWEST_ROWS else (place, [])


def _measures(text: str, width: int) -> list[str]:
    """A second line of headings that holds measures only (（户） （吨）), set under the last columns."""
    cells = GAP.split(text) if text else []
    if not cells or len(cells) > width or not all(cell.startswith("(") and cell.endswith(")") for cell in cells):
        return []
    return [""] * (width - len(cells)) + cells


def _columns(text: str) -> list[str]:
    if not text or PUNCTUATION.search(text):
        return []
    text = SPREAD_TOTAL.sub(r"\1\2", text)
    cells = GAP.split(text)
    return cells if len(cells) > 1 else text.split()


def _stacked(lines: list[Line], place: int) -> tuple[int, list[Row]]:
    """One cell a line: some headings, then again and again a name and as many numbers as there are headings left."""
    if not lines[place].text.strip() or not _is_short(lines[place]) or MARK.search(lines[place].text):
        return place, []
    run: list[int] = []
    for n in range(place, min(place + LONGEST_STACK, len(lines))):
        if not _is_short(lines[n]) and not _is_long_cell(lines, n, run):
            break
        if lines[n].text.strip():
            run.append(n)
    ordered = ORDER.fullmatch(lines[place].text.strip()) is not None
    holds = _is_bare if ordered else _holds_number
    numbers = [bool(holds(lines[n].text)) for n in run]
    width = numbers.index(True) - (not ordered) if True in numbers else 0
    if width < 2:
        return place, []
    shape = numbers[width : 2 * width] if ordered else [False] + [True] * (width - 1)
    taken = width
    while numbers[taken : taken + width] == shape:
        taken += width
    cells = [(lines[n].text, lines[n].first) for n in run]
    rows = [cells[n : n + width] for n in range(0, taken, width)]
    if len(rows) <= FEWEST_ROWS:
        return place, []
    if ordered and (last := _total_row(cells[taken:], shape)):
        rows.append([last[0], *[("", last[1][1])] * (width - len(last)), *last[1:]])
        taken += len(last)
    return run[taken - 1] + 1, rows


def _total_row(cells: Row, shape: list[bool]) -> Row:
    """合计 and one number for each of the last columns, where the row has no number of its own; else nothing."""
    counted = shape[::-1].index(False) if False in shape else 0
    told = cells[: counted + 1]
    if len(told) < 2 or len(told) <= counted or not TOTAL.fullmatch(told[0][0].strip()):
        return []
    return told if all(_is_bare(text) for text, _ in told[1:]) else []


def _is_bare(cell: str) -> bool:
    """Whether a cell holds a number and hardly a word beside it."""
    return _holds_number(cell) and len(MARK.sub("", cell).strip()) < LONGEST_AROUND


def _is_long_cell(lines: list[Line], n: int, run: list[int]) -> bool:
    """A cell that tells more than a name, among the short ones: 改造道路3.2公里，更换路灯164盏."""
    if len(run) < FEWEST_STACKED or n + 1 >= len(lines) or not _holds_number(lines[n + 1].text):
        return False
    text = lines[n].text.strip()
    return len(text) <= LONGEST_TOLD and not STOP.search(text) and bool(lines[n + 1].text.strip())


def _is_short(line: Line) -> bool:
    text = line.text.strip()
    return len(text) <= LONGEST_CELL and not PUNCTUATION.search(text)


def _holds_number(cell: str) -> bool:
    text = cell.strip()
    return bool(MARK.search(text)) or text in EMPTY_CELL or bool(PLAIN_NUMBER.fullmatch(text))


def _split(line: Line, cells: list[str]) -> Row:
    row, first = [], line.first
    for cell in cells:
        row.append((cell, first))
        first += len(MARK.findall(cell))
    return row


def _cell(text: str, first: int, claims: tuple[Claim, ...]) -> Cell:
    marks = MARK.findall(text)
    words = "".join(MARK.sub("", text).split())
    single = len(marks) == 1 and marks[0] != HOLE
    return Cell(words, claims[first] if single else None)


def _grid(caption: str, rows: list[list[Cell]]) -> Grid | None:
    """Rows with their headings; None where the first row is no heading or nothing is counted."""
    width = max(map(len, rows))
    padded = [tuple(row) + (Cell("", None),) * (width - len(row)) for row in rows]
    heads = 1
    while heads < len(padded) and not any(map(_is_number, padded[heads])):
        heads += 1
    if heads == len(padded) or any(map(_is_number, padded[0])):
        return None
    headings = tuple("".join(row[column].words for row in padded[:heads]) for column in range(width))
    return Grid("".join(MARK.sub("", caption).split()), headings, tuple(padded[heads:]))


def _is_number(cell: Cell) -> bool:
    """Whether a cell holds a number and no name around it: 50万元以上户数 heads a column."""
    return cell.claim is not None and len(cell.words) < LONGEST_AROUND
