"""Tables that go on over the end of a page: repeated headings stand once, a row that is parted is one row."""

from collections.abc import Iterable, Sequence

from gangmu.reading.page_letters import Row, TableCell
from gangmu.reading.ruled_tables import table_row

_SAME_EDGE = 4.0  # points


def over_pages(pages: Iterable[Sequence[Row]]) -> list[Row]:
    """The rows of all pages in turn; a heading that a table repeats on the next page stands once."""
    told: list[Row] = []
    table: list[Row] = []  # the rows of the table that the last page ended with
    for page in pages:
        rows = list(page)
        if table and rows and _is_same_grid(table[0], rows[0]):
            rows = rows[_repeated(table, rows) :]
            if rows and _goes_on(told[-1], rows[0]):
                told[-1] = table[-1] = _put_on(told[-1], rows.pop(0))
        else:
            table = []
        for row in rows:
            table = (
                [*table, row] if row.ruled and (not table or _is_same_grid(table[0], row)) else [row][: bool(row.ruled)]
            )
        told += rows
    return told


def _is_same_grid(one: Row, other: Row) -> bool:
    if not one.ruled or not other.ruled:
        return False
    same = abs(one.left - other.left) <= _SAME_EDGE and abs(one.right - other.right) <= _SAME_EDGE
    return same and sum(cell.span for cell in one.ruled) == sum(cell.span for cell in other.ruled)


def _repeated(table: list[Row], rows: list[Row]) -> int:
    """How many rows a page begins with that the table began with."""
    count = 0
    for before, row in zip(table, rows, strict=False):
        if before.words != row.words:
            break
        count += 1
    return count


def _goes_on(before: Row, row: Row) -> bool:
    """Whether the row is the rest of the one before: it fills some of its cells only, each of them left open."""
    if not row.ruled or [cell.span for cell in before.ruled] != [cell.span for cell in row.ruled]:
        return False
    filled = [had for had, cell in zip(before.ruled, row.ruled, strict=True) if cell.words]
    return all(had.open for had in filled) and len(filled) < sum(bool(had.words) for had in before.ruled)


def _put_on(before: Row, row: Row) -> Row:
    pairs = zip(before.ruled, row.ruled, strict=True)
    cells = [TableCell(had.words + cell.words, had.span, cell.open) if cell.words else had for had, cell in pairs]
    return table_row(cells, before.left, before.right, row.bottom, before.top)
