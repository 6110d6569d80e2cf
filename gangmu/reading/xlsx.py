"""A small reader of .xlsx: the cells of every sheet that is shown, row by row, as they are displayed.

A line a row, a tab after each cell, an empty line between sheets; a row of one cell is a line of words. Formulas
are not evaluated: the value that the program stored is what the file says. Parts are streamed, after the archive has
been looked over (TRUST, f). Standard library only: it runs in a bare child process (`isolated`).
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from gangmu.reading.archive import (
    MACROS,
    OF_ANOTHER_KIND,
    Document,
    Note,
    Sentence,
    Trouble,
    check_members,
    parse_stream,
)
from gangmu.reading.patterns import pattern
from gangmu.reading.sheet_parts import Cell, Cells, SharedStrings, Styles, local_name

_WORKBOOK = "xl/workbook.xml"
_DEFAULT_NAME = pattern(r"(?:Sheet|工作表|表)\s*\d*\Z", re.IGNORECASE)
_RELATION_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_LINKED = Sentence(
    "reading.hostile",
    "链接着别的表格，没有读；请在“数据”里断开链接，另存一份再来",
    "is linked to other workbooks and was not read: break the links and save a copy",
)


class Sheet(NamedTuple):
    """One sheet as the workbook lists it; `relation` leads to its part."""

    name: str
    relation: str
    hidden: bool


def document_of(data: bytes) -> Document:
    """The words of the workbook, where its sheets' names stand as headings, and what was left out. Raises Trouble."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_members(archive)
        refuse_other_kinds(archive)
        return Workbook(archive).document()


def refuse_other_kinds(archive: zipfile.ZipFile) -> None:
    """Raise Trouble for an archive that is no workbook, holds macros, or is linked to other workbooks."""
    names = archive.namelist()
    if "[Content_Types].xml" not in names or _WORKBOOK not in names:
        raise Trouble(*OF_ANOTHER_KIND)
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise Trouble(*MACROS)
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise Trouble(*_LINKED)


class Workbook:
    """The parts of one archive that all its sheets share."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive, self.names = archive, frozenset(archive.namelist())
        self.since_1904 = False
        self.sheets: list[Sheet] = []
        self.parts: dict[str, str] = {}
        self.strings, self.styles = SharedStrings(), Styles()
        self._parse(_WORKBOOK, self._workbook_element)
        self._parse("xl/_rels/workbook.xml.rels", self._relation_element)
        self._parse("xl/sharedStrings.xml", self.strings.begin, self.strings.finish, self.strings.characters)
        self._parse("xl/styles.xml", self.styles.begin, self.styles.finish)

    def document(self) -> Document:
        """All shown sheets in their order."""
        told = [
            (sheet.name, self._cells(sheet))
            for sheet in self.sheets
            if not sheet.hidden and sheet.relation in self.parts
        ]
        filled = [(name, list(_lines(read.cells))) for name, read in told if read.cells]
        text, headings = _laid_out(filled)
        without_value = sum(read.without_value for _, read in told)
        hidden = [sheet.name for sheet in self.sheets if sheet.hidden]
        return Document(text, headings, tuple(_notes(hidden, without_value)))

    def _cells(self, sheet: Sheet) -> Cells:
        read = Cells(self.strings.values, self.styles.codes, since_1904=self.since_1904)
        self.parse_sheet(sheet, read)
        return read

    def parse_sheet(self, sheet: Sheet, read: Cells) -> None:
        """Hand the sheet's part to `read`."""
        self._parse(self.parts[sheet.relation], read.begin, read.finish, read.characters)

    def _parse(
        self,
        name: str,
        begin: Callable[[str, dict[str, str]], None],
        finish: Callable[[str], None] = lambda _name: None,
        characters: Callable[[str], None] = lambda _words: None,
    ) -> None:
        if name in self.names:
            with self.archive.open(name) as stream:
                parse_stream(stream, begin, finish, characters)

    def _workbook_element(self, name: str, said: dict[str, str]) -> None:
        local = local_name(name)
        if local == "sheet":
            relation = next((said[one] for one in _RELATION_IDS if one in said), "")
            self.sheets.append(Sheet(said.get("name", ""), relation, said.get("state", "visible") != "visible"))
        elif local == "workbookPr":
            self.since_1904 = said.get("date1904") in ("1", "true")

    def _relation_element(self, name: str, said: dict[str, str]) -> None:
        if local_name(name) == "Relationship" and said.get("Type", "").endswith("/worksheet"):
            path = posixpath.normpath(posixpath.join("/xl", said.get("Target", ""))).lstrip("/")
            if path in self.names:
                self.parts[said.get("Id", "")] = path


def _laid_out(sheets: list[tuple[str, list[str]]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text, and where the names of sheets stand in it: only of several, and only names that somebody gave."""
    parts, headings, length = [], [], 0
    for name, lines in sheets:
        block = "\n".join(lines)
        if len(sheets) > 1 and name.strip() and not _DEFAULT_NAME.match(name.strip()):
            headings.append((length, 1))
            block = f"{name.strip()}\n{block}"
        parts.append(block)
        length += len(block) + 2
    return "\n\n".join(parts), tuple(headings)


def _lines(cells: list[Cell]) -> Iterator[str]:
    """A line for each row; empty rows between two are one empty line; columns empty on every row are left out."""
    first = min(cell.column for cell in cells)
    before = 0
    for row, group in groupby(sorted(cells), key=lambda cell: cell.row):
        if before and row > before + 1:
            yield ""
        yield _line(list(group), first)
        before = row


def _line(cells: list[Cell], first: int) -> str:
    """One cell alone is a line of words (a title, a remark); several stand in their columns."""
    if len(cells) == 1 and cells[0].column == first:
        return cells[0].words
    words, at = [], first
    for cell in cells:
        words.append("\t" * (cell.column - at) + cell.words + "\t")
        at = cell.column + 1
    return "".join(words)


def _notes(hidden: list[str], without_value: int) -> Iterator[Note]:
    if hidden:
        names = "、".join(hidden)
        yield Note(
            "reading.hidden_sheets",
            f"有隐藏的工作表没有读：{names}；要一起核就先取消隐藏",
            f"has hidden sheets that were not read: {', '.join(hidden)}; unhide them to have them checked",
        )
    if without_value:
        yield Note(
            "reading.no_stored_value",
            f"有{without_value}个公式没有存下结果，当作空格；请用 Excel 打开、保存一次再来",
            f"has {without_value} formulas without a stored result, read as empty: open it in Excel and save it once",
        )
