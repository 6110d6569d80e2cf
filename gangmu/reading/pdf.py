"""A small reader of .pdf: the words that the pages hold as words, line by line.

Letters come from PDFium; which of them make a line, a row, a column or the frame of a page is `page_lines`. Runs in a
bare child process (`isolated`) that has PDFium beside the standard library and nothing else.
"""

import ctypes
import math
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from gangmu.reading.archive import BROKEN, Document, Note, Sentence, Trouble
from gangmu.reading.page_letters import Letter, Page, Rule
from gangmu.reading.page_lines import laid_out
from gangmu.reading.plain_font import use_plain_font

MOST_PAGES = 2_000
MOST_PATHS = 5_000  # of a page: what draws more is a map, and its lines are no tables
_MOST_SEGMENTS = 2_000
_THIN = 3.0
_PASSWORD = 4  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_SECURITY = 5
_ENCRYPTED = Sentence(
    "reading.encrypted",
    "有密码，读不了；请用原来的 Word 稿，或者去掉密码、重新导出 PDF 再来",
    "is protected by a password: use the Word original, or remove the password and export the PDF anew",
)
_SCANNED = Sentence(
    "reading.scanned",
    "是扫描件，页面都是图片，里面没有文字；请用 Word 原稿，或者先用识别软件转成文字再来",
    "is a scan: its pages are pictures without words. Use the Word original, or have it recognised as text first",
)
_TOO_LONG = Sentence(
    "reading.too_heavy", "超过 2000 页，没有读；请分成几份", "has over 2,000 pages and was not read: split it"
)


def document_of(data: bytes) -> Document:
    """The words of the document. Raises Trouble."""
    if b"%PDF-" not in data[:1024]:
        raise Trouble(*BROKEN)
    use_plain_font()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (_PASSWORD, _SECURITY)
        raise Trouble(*(_ENCRYPTED if locked else BROKEN)) from error
    if len(document) > MOST_PAGES:
        raise Trouble(*_TOO_LONG)
    pages, pictures = [], 0
    for number in range(len(document)):
        page, bare = _page(document, number)
        pages.append(page)
        pictures += bare
    if pictures and not any(page.letters for page in pages):
        raise Trouble(*_SCANNED)
    return Document(laid_out(pages), (), tuple(_notes(pictures)))


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[Page, bool]:
    """The letters of one page, and whether it is a picture without any."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise Trouble(*BROKEN) from error
    text = page.get_textpage()
    letters = list(_letters(text))
    width, height = page.get_size()
    bare = not letters and any(one.type == raw.FPDF_PAGEOBJ_IMAGE for one in page.get_objects(max_depth=3))
    rules = tuple(_rules(page)) if letters else ()
    text.close()
    page.close()
    return Page(width, height, letters, rules), bare


def _letters(text: pypdfium2.PdfTextPage) -> Iterator[Letter]:
    """Every sign that stands upright on the page, in the order in which the file draws them."""
    box, high = raw.FS_RECTF(), 0
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code  # the half of a rare sign; its other half follows
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0
        high = 0
        if code < 32 or code > 0x10FFFF or code == 0xFFFE or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if _is_slanted(raw.FPDFText_GetCharAngle(text, index)) or not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        yield Letter(chr(code), box.left, box.right, box.bottom, box.top)


def _is_slanted(angle: float) -> bool:
    """A watermark across the page: neither upright nor turned by a quarter."""
    return 0.05 < angle % (math.pi / 2) < math.pi / 2 - 0.05


def _rules(page: pypdfium2.PdfPage) -> Iterator[Rule]:
    """The straight lines that are drawn on the page: strokes, thin boxes, and the sides of boxes that are drawn."""
    for number, one in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if number > MOST_PATHS:
            return
        left, bottom, right, top = one.get_bounds()
        if min(right - left, top - bottom) <= _THIN:
            yield Rule(left, right, bottom, top)
        elif raw.FPDFPath_CountSegments(one.raw) <= _MOST_SEGMENTS and _is_stroked(one):
            yield from _sides(one)


def _is_stroked(one: pypdfium2.PdfObject) -> bool:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(one.raw, filled, stroked) and stroked.value)


def _sides(one: pypdfium2.PdfObject) -> Iterator[Rule]:
    """The sides of a path that go straight across or straight down."""
    matrix = one.get_matrix()
    begin = here = (0.0, 0.0)
    for index in range(raw.FPDFPath_CountSegments(one.raw)):
        segment = raw.FPDFPath_GetPathSegment(one.raw, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        to = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = to
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield Rule(*sorted((here[0], to[0])), *sorted((here[1], to[1])))
        if raw.FPDFPathSegment_GetClose(segment):
            yield Rule(*sorted((to[0], begin[0])), *sorted((to[1], begin[1])))
        here = to


def _notes(pictures: int) -> Iterator[Note]:
    if pictures:
        yield Note(
            "reading.scanned",
            f"有{pictures}页是图片，上面的字没有读",
            f"has {pictures} pages that are pictures, whose words were not read",
        )
