"""A sheet given back: its own rows, row for row, with two columns more that say what is wrong and what to do."""

from collections.abc import Iterator

from gangmu.imports.store import Said
from gangmu.pages.xlsx_export import xlsx_bytes
from gangmu.reading.grid import Grid

HEADINGS = {"zh-hans": ("第几行", "什么问题，怎么改"), "en": ("Row", "What is wrong, and what to do")}


RECORDED = {"zh-hans": "已记入台账，编号 {id}", "en": "Recorded, number {id}"}


def returned(grid: Grid, said: Said, language: str) -> Iterator[bytes]:
    """The workbook piece by piece. A sheet without headings gets a row of them."""
    head, *rows = _rows(grid, said, language)
    return xlsx_bytes(head, rows)


def _rows(grid: Grid, said: Said, language: str) -> Iterator[list[str]]:
    """Every row at its place; those that hold nothing are empty, so that row numbers stay what they were."""
    width, number, header = grid.width, 0, said.aim.header
    if not header:
        yield _line((), width, HEADINGS[language])
    for row in grid.rows:
        for _ in range(number, row.number - 1):
            yield _line((), width, ("", ""))
        number = row.number
        yield _line(row.cells, width, HEADINGS[language] if number == header else _told(number, said, language))


def _told(number: int, said: Said, language: str) -> tuple[str, str]:
    """What became of a row: what is wrong with it, or the number under which it stands in the ledger."""
    if number in said.receipts:
        return str(number), RECORDED[language].format(id=said.receipts[number])
    if number not in said.wrong:
        return "", ""
    told = [problem.message_en if language == "en" else problem.message for problem in said.wrong[number]]
    return str(number), "\n".join(told)


def _line(cells: tuple[str, ...], width: int, said: tuple[str, str]) -> list[str]:
    return [*cells, *[""] * (width - len(cells)), *said]
