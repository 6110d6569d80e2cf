"""From letters with places on pages to lines of text: rows, columns, running heads, paragraphs. Pure geometry.

Places are in points from the lower left corner of the page. What the geometry leaves open stays a line of its own;
`clean.joined` then reads it as it reads any torn text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from gangmu.reading.patterns import pattern

_CELL_GAP = 0.7  # heights of a line: a wider gap parts two cells
_WORD_GAP = 0.25
_EDGE = 0.12  # of the page's height: where running heads, feet and page numbers stand
_SMALL_TYPE = 0.95  # of the usual height
_SAME_PLACE = 4  # points
_FEWEST_COLUMN_LINES = 5
_SHORTEST_COLUMN_LINE = 8  # letters
_FULL_LINE = 0.8  # of the longest one: most lines of a column of prose are at least so long
_LONG_ROW = 12  # letters: enough to show where the margins are
_FEWEST_FULL_LINES = 2
_RAGGED = 2.0  # heights that a full line may lack: a sign and its mark that may not end a line
_HALF_SIGN = 0.6
_UNBROKEN = pattern(r"[A-Za-z0-9.,%]+")  # programs set it on the next line whole
_FLUSH = 0.8
_PARAGRAPH_GAP = 1.6
_SENTENCE_ENDS = "。！？；：!?;:"
_BEGINS_ANEW = pattern(
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十\d]+[章节条]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.．、](?!\d)|[①-⑳]|[-•●◆■▪]"
)
_PAGE_MARK = pattern(
    r"[-—–－·‐]+\s*\d{1,4}\s*[-—–－·‐]+|第?\s*\d{1,4}\s*页(?:[\s,，/]*共?\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
    r"|Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
    re.IGNORECASE,
)
_DIGITS = pattern(r"\d+")


class Letter(NamedTuple):
    """One sign and its box."""

    sign: str
    left: float
    right: float
    bottom: float
    top: float


class Page(NamedTuple):
    """The letters of one page in the order in which the file draws them."""

    width: float
    height: float
    letters: list[Letter]


class Run(NamedTuple):
    """Letters that stand close together on one line."""

    words: str
    left: float
    right: float
    bottom: float
    top: float


class Row(NamedTuple):
    """Runs beside each other: one is a line of words, several are cells."""

    words: str
    left: float
    right: float
    bottom: float
    top: float
    cells: int
    lane: int  # 0 across the page, 1 and 2 the left and the right column

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


def laid_out(pages: list[Page]) -> str:
    """The text of all pages: a line a paragraph where its wraps can be seen, a tab after each cell of a row."""
    told = [list(_rows_of(page)) for page in pages]
    frame = _frame(pages, told)
    kept = [[row for row in rows if (number, row) not in frame] for number, rows in enumerate(told)]
    return "".join(_joined([row for rows in kept for row in rows]))


def _rows_of(page: Page) -> Iterator[Row]:
    """The rows of a page in reading order: column after column where there are two, else from the top down."""
    runs = list(_runs(page.letters))
    gutter = _gutter(runs, page.width)
    if gutter is None:
        yield from _rows(runs)
        return
    left: list[Run] = []
    right: list[Run] = []
    for run in sorted(runs, key=lambda each: -each.top):
        if run.right <= gutter:
            left.append(run)
        elif run.left >= gutter:
            right.append(run)
        else:  # a title across both columns ends the band above it
            yield from (*_rows(left, 1), *_rows(right, 2), *_rows([run]))
            left, right = [], []
    yield from (*_rows(left, 1), *_rows(right, 2))


def _runs(letters: list[Letter]) -> Iterator[Run]:
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
    return shared >= lower * 0.5 and -0.5 * height <= letter.left - before.right <= _CELL_GAP * height


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


def _gutter(runs: list[Run], width: float) -> float | None:
    """Where two columns of prose part, if they do: full lines on both sides, few runs across."""
    for percent in range(40, 62, 2):
        at = width * percent / 100
        left = [run for run in runs if run.right <= at]
        right = [run for run in runs if run.left >= at]
        if _is_column(left) and _is_column(right) and (len(runs) - len(left) - len(right)) * 4 <= len(runs):
            return at
    return None


def _is_column(runs: list[Run]) -> bool:
    if len(runs) < _FEWEST_COLUMN_LINES:
        return False
    widths = [run.right - run.left for run in runs]
    long = median(len(run.words) for run in runs) >= _SHORTEST_COLUMN_LINE
    return long and median(widths) >= _FULL_LINE * max(widths)


def _rows(runs: list[Run], lane: int = 0) -> Iterator[Row]:
    """Runs whose heights overlap by half stand beside each other."""
    row: list[Run] = []
    for run in sorted(runs, key=lambda each: -(each.top + each.bottom)):
        if row and not _beside(row[0], run):
            yield _row(row, lane)
            row = []
        row.append(run)
    if row:
        yield _row(row, lane)


def _beside(one: Run, other: Run) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared >= 0.5 * min(one.top - one.bottom, other.top - other.bottom)


def _row(runs: list[Run], lane: int) -> Row:
    runs = sorted(runs, key=lambda each: each.left)
    cells = [runs[0].words]
    for before, run in pairwise(runs):
        height = max(run.top - run.bottom, 1.0)
        if run.left - before.right > _CELL_GAP * height:
            cells.append(run.words)
        else:  # drawn out of order, yet one word behind the other
            cells[-1] += run.words
    words = cells[0] if len(cells) == 1 else "".join(f"{cell}\t" for cell in cells)
    lowest, highest = min(run.bottom for run in runs), max(run.top for run in runs)
    return Row(words, runs[0].left, max(run.right for run in runs), lowest, highest, len(cells), lane)


def _frame(pages: list[Page], told: list[list[Row]]) -> set[tuple[int, Row]]:
    """The rows that belong to the paper and not to the text: page numbers, running heads and feet."""
    edges = [
        (number, row)
        for number, (page, rows) in enumerate(zip(pages, told, strict=True))
        for row in _stand_apart(rows)
        if row.bottom >= page.height * (1 - _EDGE) or row.top <= page.height * _EDGE
    ]
    marks = {(number, row) for number, row in edges if _PAGE_MARK.fullmatch(row.words.strip())}
    return marks | _counting(edges) | _running(edges, len(pages))


def _counting(edges: list[tuple[int, Row]]) -> set[tuple[int, Row]]:
    """Bare numbers at the edge that count the pages, on two of them at least."""
    bare = [(number, row) for number, row in edges if row.words.isdecimal() and len(row.words) <= 4]
    offsets = Counter(int(row.words) - number for number, row in bare)
    return {(number, row) for number, row in bare if offsets[int(row.words) - number] > 1}


def _running(edges: list[tuple[int, Row]], pages: int) -> set[tuple[int, Row]]:
    """The same words at the same place of several pages; a number in them may count the pages, and nothing else."""
    places: dict[tuple[str, int], set[tuple[int, Row]]] = {}
    for number, row in edges:
        if row.words.strip("0123456789\t .,，%％"):
            counted = _DIGITS.sub(lambda found, at=number: f"#{int(found[0]) - at}", row.words)  # type: ignore[misc]
            for words in {row.words, counted}:
                places.setdefault((words, round(row.bottom / _SAME_PLACE)), set()).add((number, row))
    least = max(2, pages * 2 // 5)
    return {each for same in places.values() if len({number for number, _ in same}) >= least for each in same}


def _stand_apart(rows: list[Row]) -> list[Row]:
    """The rows set in smaller type than most, or far from the next one towards the middle of the page."""
    if not rows:
        return []
    usual = median(row.height for row in rows)
    ordered = sorted(rows, key=lambda row: -row.top)
    gaps = [above.bottom - below.top for above, below in pairwise(ordered)]
    apart = []
    for row, above, below in zip(ordered, [0.0, *gaps], [*gaps, 0.0], strict=True):
        if row.height < _SMALL_TYPE * usual or max(above, below) > row.height:
            apart.append(row)
    return apart


def _margins(rows: list[Row]) -> dict[int, tuple[float, float]]:
    """Where the full lines of each lane begin and end; a lane without several full lines has no margins."""
    margins = {}
    for lane in {row.lane for row in rows}:
        long = [row for row in rows if row.lane == lane and row.cells == 1 and len(row.words) >= _LONG_ROW]
        right = max((row.right for row in long), default=0.0)
        full = [row for row in long if right - row.right <= _RAGGED * row.height]
        if len(full) >= _FEWEST_FULL_LINES:
            margins[lane] = (min(row.left for row in full), right)
    return margins


def _joined(rows: list[Row]) -> Iterator[str]:
    """The rows with a line's end between them, none where a paragraph only wraps."""
    margins = _margins(rows)
    if rows:
        yield rows[0].words
    for before, row in pairwise(rows):
        if not _wraps(before, row, margins.get(before.lane)):
            yield "\n"
        elif _is_latin(before.words[-1]) and _is_latin(row.words[0]):
            yield " "
        yield row.words


def _wraps(before: Row, row: Row, margins: tuple[float, float] | None) -> bool:
    """The line before is full, this one begins at the margin in the same type, and nothing says that it is new."""
    if margins is None or before.cells > 1 or row.cells > 1 or len(before.words) < _LONG_ROW:
        return False
    left, right = margins if before.lane == row.lane else (row.left, margins[1])
    height = before.height
    token = _UNBROKEN.match(row.words)
    full = right - before.right <= (_RAGGED + _HALF_SIGN * (len(token[0]) if token else 0)) * height
    flush = row.left - left <= _FLUSH * height
    same_type = 0.8 <= row.height / height <= 1.25
    near = before.bottom - row.top <= _PARAGRAPH_GAP * height  # on a new page or column the row lies above
    anew = before.words[-1] in _SENTENCE_ENDS and _BEGINS_ANEW.match(row.words)
    return full and flush and same_type and near and not anew


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()
