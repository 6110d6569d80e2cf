"""The sheets of a workbook as tables, for the child process: each value in its cell, not as it is displayed."""

import io
import json
import zipfile
from decimal import Decimal
from itertools import groupby

from gangmu.reading.archive import check_members
from gangmu.reading.grid import MOST_ROWS, Mark, Merged
from gangmu.reading.number_formats import stored
from gangmu.reading.patterns import pattern
from gangmu.reading.sheet_parts import Cell, Cells, column_number, local_name
from gangmu.reading.xlsx import Sheet, Workbook, refuse_other_kinds

_RANGE = pattern(r"([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})\Z")
_TITLES = 100  # rows above the table and below it, besides the rows that are counted
_EXACT = 10**15  # beyond fifteen digits a spreadsheet has lost the last ones
_MOST_MERGED = 20_000


def tables_of(data: bytes) -> bytes:
    """Every shown sheet that holds something, as JSON: {"sheets": [...], "hidden": [names]}. Raises Trouble."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_members(archive)
        refuse_other_kinds(archive)
        book = Workbook(archive)
        shown = [sheet for sheet in book.sheets if not sheet.hidden and sheet.relation in book.parts]
        told = [_told(book, sheet) for sheet in shown]
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden]
    return json.dumps({"sheets": [one for one in told if one["rows"]], "hidden": hidden}).encode()


def _told(book: Workbook, sheet: Sheet) -> dict[str, object]:
    read = Stored(book.strings.values, book.styles.codes, since_1904=book.since_1904)
    book.parse_sheet(sheet, read)
    return {
        "name": sheet.name, "rows": _rows(read.cells), "merged": read.merged, "hidden": read.hidden,
        "marks": [[row, column, mark] for (row, column), mark in read.marks.items()], "since_1904": book.since_1904,
    }  # fmt: skip


def _rows(cells: list[Cell]) -> list[tuple[int, list[str]]]:
    """The cells of each row from the first column on."""
    rows = []
    for number, group in groupby(sorted(cells), key=lambda cell: cell.row):
        line: list[str] = []
        for cell in group:
            line += [""] * (cell.column - 1 - len(line))
            line.append(cell.words)
        rows.append((number, line))
    return rows


class Stored(Cells):
    """The cells of one sheet as they are stored, with the ranges that are one cell and the rows that are hidden."""

    last_row = MOST_ROWS + _TITLES

    def __init__(self, strings: list[str], codes: list[str], *, since_1904: bool) -> None:
        super().__init__(strings, codes, since_1904=since_1904)
        self.merged: list[Merged] = []
        self.hidden: list[int] = []
        self.marks: dict[tuple[int, int], Mark] = {}

    def begin(self, name: str, said: dict[str, str]) -> None:
        super().begin(name, said)
        if "hidden" in said and local_name(name) == "row" and said["hidden"] in ("1", "true"):
            self.hidden.append(self._row)
        elif "ref" in said and local_name(name) == "mergeCell" and len(self.merged) < _MOST_MERGED:
            self._merge(said["ref"])

    def _merge(self, told: str) -> None:
        if found := _RANGE.match(told):
            self.merged.append((int(found[2]), column_number(found[1]), int(found[4]), column_number(found[3])))

    def _end_cell(self) -> None:
        without = self.without_value
        super()._end_cell()
        if self.without_value > without:
            self.marks[self._row, self._column] = "formula"

    def _words(self, raw: str) -> str:
        if self._kind == "e":
            self.marks[self._row, self._column] = "error"
        return super()._words(raw)

    def _number(self, value: Decimal, code: str) -> str:
        if abs(value) >= _EXACT:
            self.marks[self._row, self._column] = "long"
        return stored(value, code, since_1904=self._since_1904)
