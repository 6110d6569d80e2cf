"""Tables in a text: rows of cells parted by tabs, or flattened to one cell a line. Gives each number its heading."""

from dataclasses import dataclass

from gangmu.reading.alternatives import searched
from gangmu.reading.patterns import pattern

_LABEL_HEADINGS = searched(
    r"序号|排名|名次|位次|编号|联系方式|年份|年度$|(?<![今去上前本当全往常历周半首次末基同昨\d])(?<![一本上下前全该]学)年$|月份|日期|时间$|电话|代码|学号|证号|号码|No|邮编|期数$|届次|^序$|"
    r"文号|备注"
)
_NUMERIC = pattern(
    r"[+-]?[\d,.]+(?:%|‰|[万亿]?(?![年月日季度])[\u4e00-\u9fff]{1,4}(?<![年月日号季度]))?|[一二三四五六七八九十百千万亿]+|[Xx*]+%?|-|/|—|\+?\d+"
)
_MONEY_CAPTION = pattern(r"单位:?\s*[百千万亿]*元")
_SHORT_CELL, _LONG_CELL = 14, 40
_STOP = pattern("[。;!?]")
_TOTAL = pattern("合计|总计|小计|共计")
_MIN_LINES = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the cleaned text; `heading` is its column's, '' where none was found, at `heading_start`."""

    start: int
    end: int
    heading: str
    heading_start: int
    row_label: str
    in_money: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    words: str


def cells_of(text: str) -> tuple[Cell, ...]:
    """All cells of all tables of the text in order."""
    cells: list[Cell] = []
    at = 0
    rows: list[list[_Part]] = []
    short: list[_Part] = []
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text.find("\t", at, end) >= 0 and (rows or not _is_above_a_table(text, at, end)):
            rows.append(_row(text, at, end))
            cells += _flattened(text, short)
            short = []
        else:
            cells += _table(text, rows)
            rows = []
            if (0 < end - at <= _SHORT_CELL and not _ends_clause(text, end)) or _is_long_cell(text, at, end, short):
                short.append(_Part(at, end, text[at:end]))
            elif end == at and short and _TOTAL.fullmatch(short[-1].words):  # 合计, with nothing to say in its column
                pass
            else:
                cells += _flattened(text, short)
                short = []
        at = end + 1
    return tuple(cells + _table(text, rows) + _flattened(text, short))


def is_above_a_table(line: str, below: str) -> bool:
    """Whether `line` is a paragraph with tabs of its own above the first row of a table: 表1⇥单位：户.

    The rows of a Word table end each in a tab; a paragraph does not, and has no reason to have as many.
    """
    return below.endswith("\t") and not line.endswith("\t") and below.count("\t") != line.count("\t")


def _is_above_a_table(text: str, start: int, end: int) -> bool:
    below = text.find("\n", end + 1)
    return is_above_a_table(text[start:end], text[end + 1 : below if below >= 0 else len(text)])


def is_label_column(cell: Cell) -> bool:
    """§4: ranks, row numbers and years in cells are no claims."""
    return _LABEL_HEADINGS.search(cell.heading) is not None


def is_headed(cell: Cell, words: str) -> bool:
    """Whether a heading says what the cell counts: 1987 there is a number, in a cell that names its row a year."""
    return bool(cell.heading) and words.strip() != cell.row_label


def _ends_clause(text: str, end: int) -> bool:
    return text[end - 1] in "。;:!?,"


def _is_long_cell(text: str, start: int, end: int, before: list[_Part]) -> bool:
    """A cell that tells more than a name, among the short ones and before a bare number."""
    if len(before) < _MIN_LINES or not 0 < end - start <= _LONG_CELL or _STOP.search(text, start, end):
        return False
    below = text.find("\n", end + 1)
    return _is_number(text[end + 1 : below if below >= 0 else len(text)])


def _row(text: str, start: int, end: int) -> list[_Part]:
    """The cells of a line; a bar at its beginning and end parts nothing."""
    low = start + 1 if text[start] == "\t" else start
    high = end - 1 if text[end - 1] == "\t" and end - 1 > low else end
    parts = []
    for words in text[low:high].split("\t"):
        parts.append(_Part(low, low + len(words), words.strip()))
        low += len(words) + 1
    return parts


def _table(text: str, rows: list[list[_Part]]) -> list[Cell]:
    """Rows with the first as heading, if it holds words and not numbers."""
    if not rows:
        return []
    head = rows[0]
    in_money = _MONEY_CAPTION.search(text, max(0, head[0].start - 80), head[0].start) is not None
    headed = len(rows) > 1 and not any(_is_number(part.words) for part in head)
    cells = []
    for row in rows[1:] if headed else rows:
        shift = len(head) - len(row) if headed else 0
        for column, part in enumerate(row):
            at = column + max(0, shift)
            over = head[at] if headed and at < len(head) else _Part(0, 0, "")
            cells.append(Cell(part.start, part.end, over.words, over.start, row[0].words, in_money))
    return cells


def _is_number(words: str) -> bool:
    return _NUMERIC.fullmatch(words) is not None


def _flattened(text: str, lines: list[_Part]) -> list[Cell]:
    """One cell a line: the width is the number of headings whose columns then repeat the same sort of content."""
    if len(lines) < _MIN_LINES or sum(_is_number(line.words) for line in lines) < 2:
        return []
    first = next((index for index, line in enumerate(lines) if _is_number(line.words)), 0)
    for width in range(2, first + 1):
        for skip in range(first - width + 1):
            if _repeats(lines[skip:], width):
                rows = [lines[at : at + width] for at in range(skip, len(lines), width)]
                return _table(text, rows)
    return [Cell(line.start, line.end, "", 0, "") for line in lines]


def _repeats(lines: list[_Part], width: int) -> bool:
    kinds = [_is_number(line.words) for line in lines]
    body = kinds[width:]
    if any(kinds[:width]) or (len(body) < 2 * width and (len(body) < width or len(body) % width)):
        return False
    body = body[: len(body) // width * width]
    pattern = body[:width]
    agree = sum(kind == pattern[index % width] for index, kind in enumerate(body))
    return any(pattern) and not all(pattern) and agree >= 0.9 * len(body)
