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

from gangmu.reading.over_pages import over_pages
from gangmu.reading.page_letters import CELL_GAP, Letter, Page, Row, Run, beside, runs_of
from gangmu.reading.patterns import pattern
from gangmu.reading.ruled_tables import tables_of

_EDGE = 0.12  # of the page's height: where running heads, feet and page numbers stand
_SMALL_TYPE = 0.9  # of the usual height; a line without Latin letters may be a little lower than the others
_SAME_PLACE = 4  # points
_FEWEST_COLUMN_LINES = 5
_SHORTEST_COLUMN_LINE = 8  # letters
_FULL_LINE = 0.8  # of the longest one: most lines of a column of prose are at least so long
_LONG_ROW = 12  # letters: enough to show where the margins are
_FEWEST_FULL_LINES = 2
_RAGGED = 2.1  # heights that a full line may lack: a sign and its mark that may not begin a line, and a hair
_HALF_SIGN = 0.6
_UNBROKEN = pattern(r"[A-Za-z0-9.,%]+")  # programs set it on the next line whole
_FLUSH = 0.8
_PARAGRAPH_GAP = 1.6
_MORE_THAN_USUAL = 0.4  # heights: so much farther than lines of a paragraph usually stand, a new one begins
_HANGING = 5.0  # heights that the lines of a point may stand farther in than its mark
_SENTENCE_ENDS = "。！？；：!?;:"
_FULL_STOPS = "。！？!?"
_BEGINS_ANEW = pattern(
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十\d]+[章节条]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.．、](?!\d)|[①-⑳]|[-•●◆■▪]"
)
_BULLET = pattern("[-·•●○◆◇■□▪➢✓\ue000-\uf8ff]")
_POINT = pattern(r"(?:\d{1,3}|[A-Za-z])[.．、)）]|[（(]\d{1,3}[)）]|[①-⑳]")
_PAGE_MARK = pattern(
    r"[-—–－·‐]+\s*\d{1,4}\s*[-—–－·‐]+|第?\s*\d{1,4}\s*页(?:[\s,，/]*共?\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
    r"|Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
    re.IGNORECASE,
)
_DIGITS = pattern(r"\d+")


def laid_out(pages: list[Page]) -> str:
    """The text of all pages: a line a paragraph where its wraps can be seen, a tab after each cell of a row."""
    told = [list(_rows_of(page)) for page in pages]
    frame = _frame(pages, told)
    kept = [[row for row in rows if (number, row) not in frame] for number, rows in enumerate(told)]
    return "".join(_joined(over_pages(kept)))


def _rows_of(page: Page) -> Iterator[Row]:
    """The rows of a page in reading order: ruled tables where they stand, the words above each before it."""
    tables, letters = tables_of(page)
    for table in tables:
        above = [letter for letter in letters if letter.bottom + letter.top > 2 * table[0].top]
        letters = [letter for letter in letters if letter.bottom + letter.top <= 2 * table[0].top]
        yield from (*_lanes(above, page.width), *table)
    yield from _lanes(letters, page.width)


def _lanes(letters: list[Letter], width: float) -> Iterator[Row]:
    """Rows of words: column after column where there are two, else from the top down."""
    runs = list(runs_of(letters))
    gutter = _gutter(runs, width)
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


def _gutter(runs: list[Run], width: float) -> float | None:
    """Where two columns of prose part, if they do: full lines on both sides, and as few runs across as can be."""
    found: list[tuple[int, float]] = []
    for percent in range(40, 62, 2):
        at = width * percent / 100
        left = [run for run in runs if run.right <= at]
        right = [run for run in runs if run.left >= at]
        across = len(runs) - len(left) - len(right)
        if across * 4 <= len(runs) and _is_column(left) and _is_column(right):
            found.append((across, at))
    return min(found, default=(0, None))[1]


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
        if row and not beside(row[0], run):
            yield _row(row, lane)
            row = []
        row.append(run)
    if row:
        yield _row(row, lane)


def _row(runs: list[Run], lane: int) -> Row:
    runs = sorted(runs, key=lambda each: each.left)
    cells = [runs[0].words]
    for before, run in pairwise(runs):
        height = max(run.top - run.bottom, 1.0)
        if run.left - before.right > CELL_GAP * height:
            cells.append(run.words)
        else:  # drawn out of order, yet one word behind the other
            cells[-1] += run.words
    if len(cells) == 2 and _BULLET.fullmatch(cells[0]):
        cells = cells[1:]
    elif len(cells) == 2 and _POINT.fullmatch(cells[0]):
        cells = ["".join(cells)]
    words = cells[0] if len(cells) == 1 else "".join(f"{cell}\t" for cell in cells)
    lowest, highest = min(run.bottom for run in runs), max(run.top for run in runs)
    return Row(words, runs[0].left, max(run.right for run in runs), lowest, highest, len(cells), lane)


def _frame(pages: list[Page], told: list[list[Row]]) -> set[tuple[int, Row]]:
    """The rows that belong to the paper and not to the text: page numbers, running heads and feet."""
    edges = [
        (number, row)
        for number, (page, rows) in enumerate(zip(pages, told, strict=True))
        for row in _stand_apart(page, rows)
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


def _stand_apart(page: Page, rows: list[Row]) -> list[Row]:
    """The rows set in smaller type than most, and those between which and the middle of the page a gap lies."""
    words = [row for row in rows if not row.ruled]
    usual = median(row.height for row in words) if words else 0.0
    apart = {row for row in words if row.height < _SMALL_TYPE * usual}
    middle = page.height / 2
    upper = sorted((row for row in rows if row.bottom >= middle), key=lambda row: row.bottom)
    lower = sorted((row for row in rows if row.bottom < middle), key=lambda row: -row.top)
    apart.update(_beyond_a_gap([(row.bottom, row.top, row) for row in upper], middle))
    apart.update(_beyond_a_gap([(-row.top, -row.bottom, row) for row in lower], -middle))
    return [row for row in words if row in apart]


def _beyond_a_gap(outwards: list[tuple[float, float, Row]], at: float) -> list[Row]:
    """The rows beyond the last gap that is higher than the row behind it; each with its near and its far edge."""
    beyond: list[Row] = []
    for near, far, row in outwards:
        if near - at > row.height:
            beyond = [row]
        elif beyond:
            beyond.append(row)
        at = far
    return beyond


class _Lane(NamedTuple):
    """Where the full lines of a lane begin and end, and how far apart they usually stand."""

    left: float
    right: float
    gap: float


def _measures(rows: list[Row]) -> dict[int, _Lane]:
    """What each lane is like; one without several full lines is left out."""
    lanes = {}
    for lane in {row.lane for row in rows}:
        long = [row for row in rows if row.lane == lane and row.cells == 1 and len(row.words) >= _LONG_ROW]
        right = max((row.right for row in long), default=0.0)
        full = [row for row in long if right - row.right <= _RAGGED * row.height]
        if len(full) >= _FEWEST_FULL_LINES:
            gaps = [before.bottom - row.top for before, row in pairwise(long) if row.top < before.top]
            lanes[lane] = _Lane(min(row.left for row in full), right, median(gaps) if gaps else 0.0)
    return lanes


def _joined(rows: list[Row]) -> Iterator[str]:
    """The rows with a line's end between them, none where a paragraph only wraps."""
    lanes = _measures(rows)
    if rows:
        yield rows[0].words
    for before, row in pairwise(rows):
        if not _wraps(before, row, lanes):
            yield "\n"
        elif _is_latin(before.words[-1]) and _is_latin(row.words[0]):
            yield " "
        yield row.words


def _wraps(before: Row, row: Row, lanes: dict[int, _Lane]) -> bool:
    """The line before is full, this one begins where its lines do in the same type, and nothing says that it is new."""
    if before.lane not in lanes or before.cells > 1 or row.cells > 1 or len(before.words) < _LONG_ROW:
        return False
    height, lane = before.height, lanes[before.lane]
    token = _UNBROKEN.match(row.words)
    full = lane.right - before.right <= (_RAGGED + _HALF_SIGN * (len(token[0]) if token else 0)) * height
    same_type = 0.8 <= row.height / height <= 1.25
    # on a new page or column the row lies above
    near = before.bottom - row.top <= min(_PARAGRAPH_GAP * height, lane.gap + _MORE_THAN_USUAL * height)
    anew = before.words[-1] in _SENTENCE_ENDS and _BEGINS_ANEW.match(row.words)
    return full and same_type and near and not anew and _is_in_place(before, row, lanes)


def _is_in_place(before: Row, row: Row, lanes: dict[int, _Lane]) -> bool:
    """Whether the row begins at the margin, or, within a sentence, under the words of a point that is set in."""
    left = lanes[row.lane].left if row.lane in lanes else row.left  # a column of one short line shows no margin
    if row.left - left <= _FLUSH * before.height:
        return True
    farther = row.left - before.left
    return before.words[-1] not in _FULL_STOPS and before.lane == row.lane and -1 <= farther <= _HANGING * before.height


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()
