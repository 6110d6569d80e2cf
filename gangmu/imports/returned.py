"""A sheet given back: its own rows, row for row, with two columns more that say what is wrong and what to do."""

from collections.abc import Iterable, Iterator, Mapping

from gangmu.kernel.problems import Problem
from gangmu.pages.xlsx_export import xlsx_bytes
from gangmu.reading.grid import Grid

HEADINGS = {"zh-hans": ("第几行", "什么问题，怎么改"), "en": ("Row", "What is wrong, and what to do")}


def returned(grid: Grid, header: int, wrong: Mapping[int, Iterable[Problem]], language: str) -> Iterator[bytes]:
    """The workbook piece by piece. A sheet without headings (`header` 0) gets a row of them."""
    head, *rows = _rows(grid, header, wrong, language)
    return xlsx_bytes(head, rows)


def _rows(grid: Grid, header: int, wrong: Mapping[int, Iterable[Problem]], language: str) -> Iterator[list[str]]:
    """Every row at its place; those that hold nothing are empty, so that row numbers stay what they were."""
    width, number = grid.width, 0
    if not header:
        yield _line((), width, HEADINGS[language])
    for row in grid.rows:
        for _ in range(number, row.number - 1):
            yield _line((), width, ("", ""))
        number = row.number
        yield _line(row.cells, width, HEADINGS[language] if number == header else _said(number, wrong, language))


def _said(number: int, wrong: Mapping[int, Iterable[Problem]], language: str) -> tuple[str, str]:
    if number not in wrong:
        return "", ""
    told = [problem.message_en if language == "en" else problem.message for problem in wrong[number]]
    return str(number), "\n".join(told)


def _line(cells: tuple[str, ...], width: int, said: tuple[str, str]) -> list[str]:
    return [*cells, *[""] * (width - len(cells)), *said]
