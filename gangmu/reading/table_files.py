"""Tables handed in: a workbook, a CSV file in whatever encoding, or cells pasted out of a sheet."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from gangmu.kernel.problems import Problem, Unusable
from gangmu.reading.grid import MOST_COLUMNS, MOST_ROWS, Grid, trimmed
from gangmu.reading.isolated import answer_of, refuse
from gangmu.reading.kinds_of_file import ending_of, format_of, unusable
from gangmu.reading.read import LARGEST, decoded

_TEXTS = (".csv", ".tsv", ".txt")
_SEPARATORS = (",", "\t", ";")
_LOOKED_AT = 20  # lines that tell what parts the cells
_LONGEST_CELL = 32_767  # as in a sheet
PASTED = "粘贴的表格"


def tables_in(name: str, data: bytes) -> tuple[list[Grid], list[Problem]]:
    """The sheets that hold something, and what to know of the reading. Raises Unusable with a plain sentence."""
    if len(data) > LARGEST:
        raise unusable("reading.too_big", name, "超过 20 MB；请分成几份", "is over 20 MB: split it")
    if ending_of(name) in _TEXTS and not data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        text, encoding = decoded(name, data)
        return [_grid_of_text(name, text)], _of_encoding(name, encoding)
    if format_of(name, data) != "xlsx":
        raise unusable(
            "reading.no_table", name, "不是表格；能导入的是 .xlsx 和 .csv，也可以从表格里复制、粘贴进来",
            "is no table: .xlsx and .csv can be imported, or copy the cells and paste them",
        )  # fmt: skip
    answer = json.loads(answer_of(name, data, "table"))
    refuse(name, answer)
    grids = [_grid(told) for told in answer["sheets"]]
    if not grids:
        raise _empty(name)
    return grids, _of_hidden(name, answer["hidden"])


def pasted_table(text: str) -> Grid:
    """Cells that were copied out of a sheet: rows in lines, cells parted by tabs. Raises Unusable."""
    return _grid_of_text(PASTED, text)


def _grid(told: dict[str, Any]) -> Grid:
    return Grid(
        told["name"], tuple(trimmed((number, cells) for number, cells in told["rows"])),
        tuple((top, left, bottom, right) for top, left, bottom, right in told["merged"]), frozenset(told["hidden"]),
        {(row, column): mark for row, column, mark in told["marks"]}, told["since_1904"],
    )  # fmt: skip


def _grid_of_text(name: str, text: str) -> Grid:
    text = text.removeprefix("\ufeff")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        rows = tuple(trimmed(_bounded(name, lines)))
    except csv.Error:
        raise unusable(
            "reading.broken", name, "有一个单元格太长，或者引号没有成对；请用表格软件打开，另存一份再来",
            "has a cell that is too long or a quote that is never closed: open it in a spreadsheet and save it anew",
        ) from None  # fmt: skip
    if not rows:
        raise _empty(name)
    return Grid(name, rows)


def _bounded(name: str, lines: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(lines, 1):
        if number > MOST_ROWS + 100 or len(cells) > MOST_COLUMNS:
            raise unusable(
                "reading.hostile", name, f"超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列；请分成几份",
                f"has over {MOST_ROWS} rows or {MOST_COLUMNS} columns: split it",
            )  # fmt: skip
        yield number, [" ".join(cell[:_LONGEST_CELL].split()) for cell in cells]


def _separator(text: str) -> str:
    """What parts the cells: what stands most often, and as often, on the first lines."""
    lines = [line for line in islice(text.splitlines(), _LOOKED_AT) if line.strip()]
    return max(_SEPARATORS, key=lambda sign: sum(min(line.count(sign), 50) for line in lines if sign in line))


def _of_encoding(name: str, encoding: str) -> list[Problem]:
    if encoding == "UTF-8":
        return []
    return [Problem("reading.encoding_note", f"《{name}》不是 UTF-8，按 {encoding} 读的。",
                    f"{name} is not UTF-8 and was read as {encoding}.", where=name)]  # fmt: skip


def _of_hidden(name: str, hidden: list[str]) -> list[Problem]:
    if not hidden:
        return []
    names = "、".join(hidden)
    return [Problem("reading.hidden_sheets", f"《{name}》有隐藏的工作表没有读：{names}。",
                    f"{name} has hidden sheets that were not read: {', '.join(hidden)}.", where=name)]  # fmt: skip


def _empty(name: str) -> Unusable:
    return unusable(
        "reading.empty",
        name,
        "里没有内容；请看看是不是选错了文件",
        "holds nothing: see whether it is the file you meant",
    )
