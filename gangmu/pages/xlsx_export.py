"""A list as an .xlsx file, written row by row while it is sent: memory does not grow with the rows.

Cells are numbers, days, moments or text, never formulas: text that begins with = is text. ECMA-376 part 1, §18.3; a
zip whose members are followed by their sizes, so that nothing is written twice.
"""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import RawIOBase
from itertools import islice
from unicodedata import east_asian_width
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.http import StreamingHttpResponse

from gangmu.kernel.clock import LOCAL
from gangmu.kernel.xml_text import allowed

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_AT_ONCE = 500
LAST_ROW = 1_048_576  # what the format holds on one sheet
_MOST_SIGNS = 32_767  # what the format holds in one cell
_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001 - days are counted from here, in local time
_NARROW, _BROAD = 8, 60  # columns are as wide as what stands in them, within these
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FONT = '<sz val="11"/><name val="等线"/>'
_FIXED = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type='
    f'"{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" '
    'r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type='
    f'"{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_RELATIONS}/styles" '
    'Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    r'<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/>'
    r'<numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>'
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="2">'
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
    '<xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf numFmtId="165" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def xlsx_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """A download of the list, bold header first; begins before the last row is known."""
    response = StreamingHttpResponse(xlsx_bytes(header, rows), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response


def xlsx_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The file piece by piece. Rows beyond what one sheet holds raise ValueError."""
    out = _Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in _FIXED.items():
            archive.writestr(name, _XML + content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for piece in _sheet(header, rows):
                sheet.write(piece.encode())
                yield out.taken()
    yield out.taken()


def _sheet(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    frozen = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView>'
    coming, left = iter(rows), LAST_ROW - 1
    some = list(islice(coming, ROWS_AT_ONCE))
    yield f'{_XML}<worksheet xmlns="{_MAIN}">{frozen}</sheetViews>{_columns([header, *some])}<sheetData>'
    yield _row(header, _heading)
    while some:
        left -= len(some)
        if left < 0:
            raise ValueError(f"a sheet holds {LAST_ROW:,} rows")
        yield "".join(_row(row, _cell) for row in some)
        some = list(islice(coming, ROWS_AT_ONCE))
    yield "</sheetData></worksheet>"


def _columns(rows: Sequence[Sequence[object]]) -> str:
    """The columns as wide as what stands in these first rows: the others are not known yet."""
    widest = [max(map(_width, cells)) for cells in zip(*rows, strict=True)]
    told = (f'<col min="{n}" max="{n}" width="{min(_BROAD, max(_NARROW, w)) + 2}"/>' for n, w in enumerate(widest, 1))
    return f"<cols>{''.join(told)}</cols>" if widest else ""


def _width(value: object) -> int:
    """How many digits wide the value stands; a Chinese sign is as wide as two."""
    if isinstance(value, date):
        return 16 if isinstance(value, datetime) else 10
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in str(value)[:_BROAD])


def _row(values: Sequence[object], cell: Callable[[object], str]) -> str:
    return f"<row>{''.join(map(cell, values))}</row>"


def _heading(value: object) -> str:
    return _text(value, ' s="1"')


def _cell(value: object) -> str:
    """A number where the value is one, a day or a moment of local time; anything else as it is written."""
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, int | Decimal | float) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    if isinstance(value, datetime):
        return f'<c s="3"><v>{_days(value.astimezone(LOCAL).replace(tzinfo=None)):.8f}</v></c>'
    if isinstance(value, date):
        return f'<c s="2"><v>{_days(datetime(value.year, value.month, value.day)):.0f}</v></c>'  # noqa: DTZ001
    return _text(value)


def _days(moment: datetime) -> float:
    """As spreadsheets count days and their fractions."""
    passed = moment - _DAY_0
    return passed.days + passed.seconds / 86_400


def _text(value: object, style: str = "") -> str:
    words = escape(allowed(str(value))[:_MOST_SIGNS])
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


class _Pipe(RawIOBase):
    """What the archive writes until it is taken; it cannot be gone back in, so the archive never tries to."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._waiting += data
        return len(data)

    def taken(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken
