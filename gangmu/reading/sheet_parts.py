"""The parts of a workbook that its sheets share or are: strings, formats, cells. Fed by `archive.parse_stream`."""

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from gangmu.reading.archive import Sentence, Trouble
from gangmu.reading.number_formats import BUILT_IN, GENERAL, shown
from gangmu.reading.patterns import pattern

LAST_ROW = 100_000
LAST_COLUMN = 256
_REFERENCE = pattern(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")
_TOO_LARGE = Sentence(
    "reading.hostile",
    "的单元格写到了第 100000 行或第 256 列以外，没有读；请把要核的表复制到一份新表格里再来",
    "has cells beyond row 100,000 or column 256 and was not read: copy the tables you mean into a new workbook",
)
_TRUTH = {"1": "TRUE", "0": "FALSE"}


class Cell(NamedTuple):
    """One cell as displayed, rows and columns from 1; no words where a formula has no stored value."""

    row: int
    column: int
    words: str


class SharedStrings:
    """The strings that cells point to; the reading aids over signs are no part of them."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._parts: list[str] = []
        self._in_text = self._in_aid = False

    def begin(self, name: str, _said: dict[str, str]) -> None:
        local = local_name(name)
        self._in_aid = self._in_aid or local == "rPh"
        self._in_text = local == "t" and not self._in_aid

    def finish(self, name: str) -> None:
        local = local_name(name)
        self._in_text = False
        if local == "rPh":
            self._in_aid = False
        elif local == "si":
            self.values.append("".join(self._parts))
            self._parts.clear()

    def characters(self, words: str) -> None:
        if self._in_text:
            self._parts.append(words)


class Styles:
    """`codes`: the number format of each cell style, in the order that cells count them."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self._own: dict[str, str] = {}
        self._in_cell_styles = False

    def begin(self, name: str, said: dict[str, str]) -> None:
        local = local_name(name)
        if local == "numFmt":
            self._own[said.get("numFmtId", "")] = said.get("formatCode", GENERAL)
        elif local == "cellXfs":
            self._in_cell_styles = True
        elif local == "xf" and self._in_cell_styles:
            number = said.get("numFmtId", "0")
            built_in = BUILT_IN.get(int(number), GENERAL) if number.isdecimal() else GENERAL
            self.codes.append(self._own.get(number, built_in))

    def finish(self, name: str) -> None:
        if local_name(name) == "cellXfs":
            self._in_cell_styles = False


class Cells:
    """The cells of one sheet that hold something. `without_value` counts formulas whose value was not stored."""

    last_row = LAST_ROW

    def __init__(self, strings: list[str], codes: list[str], *, since_1904: bool) -> None:
        self.cells: list[Cell] = []
        self.without_value = 0
        self._strings, self._codes, self._since_1904 = strings, codes, since_1904
        self._row = self._column = 0
        self._kind = self._style = ""
        self._parts: list[str] = []
        self._in_value = self._in_aid = self._has_formula = False

    def begin(self, name: str, said: dict[str, str]) -> None:
        local = local_name(name)
        if local == "row":
            self._row = int(said["r"]) if said.get("r", "").isdecimal() else self._row + 1
            self._column = 0
        elif local == "c":
            self._place(said.get("r", ""))
            self._kind, self._style = said.get("t", "n"), said.get("s", "")
            self._parts.clear()
            self._has_formula = False
        elif local == "rPh":
            self._in_aid = True
        elif local in ("v", "t"):
            self._in_value = not self._in_aid
        elif local == "f":
            self._has_formula = True

    def finish(self, name: str) -> None:
        local = local_name(name)
        self._in_value = False
        if local == "rPh":
            self._in_aid = False
        elif local == "c":
            self._end_cell()

    def characters(self, words: str) -> None:
        if self._in_value:
            self._parts.append(words)

    def _place(self, reference: str) -> None:
        found = _REFERENCE.match(reference)
        if found is None:
            self._column += 1
            return
        self._row, self._column = int(found[2]), column_number(found[1])

    def _end_cell(self) -> None:
        raw = "".join(self._parts)
        if not raw:
            self.without_value += self._has_formula
            return
        if self._row > self.last_row or self._column > LAST_COLUMN:
            raise Trouble(*_TOO_LARGE)
        words = " ".join(self._words(raw).split())
        if words:
            self.cells.append(Cell(self._row, self._column, words))

    def _words(self, raw: str) -> str:
        if self._kind == "s":
            return self._strings[int(raw)]
        if self._kind == "b":
            return _TRUTH.get(raw, raw)
        if self._kind != "n":
            return raw
        try:
            value = Decimal(repr(float(raw))) if "." in raw or "E" in raw.upper() else Decimal(raw)
        except InvalidOperation:
            return raw
        code = self._codes[int(self._style)] if self._style.isdecimal() and self._codes else GENERAL
        return self._number(value, code) if value.is_finite() else raw

    def _number(self, value: Decimal, code: str) -> str:
        return shown(value, code, since_1904=self._since_1904)


def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def local_name(name: str) -> str:
    """The name of an element without its namespace."""
    return name.rpartition(" ")[2]
