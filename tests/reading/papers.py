"""PDF files for the tests, made by an independent library."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24)
TITLE = ParagraphStyle("title", fontName=FONT, fontSize=18, leading=28, alignment=1)


def report(*parts: "str | list[list[str]]", head: str = "", mark: str = "", title: str = "") -> bytes:
    """Paragraphs and tables on as many pages as they need; `head` on top and `mark` ({page}) at the foot of each."""
    buffer = io.BytesIO()

    def frame(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(72, 800, head)
        canvas.drawCentredString(297, 30, mark.format(page=document.page))

    story: list[Flowable] = [Paragraph(title, TITLE)] if title else []
    for part in parts:
        cells = [("FONTNAME", (0, 0), (-1, -1), FONT)]
        story.append(Paragraph(part, BODY) if isinstance(part, str) else Table(part, style=cells))
    SimpleDocTemplate(buffer, pagesize=A4).build(story, onFirstPage=frame, onLaterPages=frame)
    return buffer.getvalue()


def ruled(
    rows: list[list[str]],
    widths: list[float],
    *styles: tuple[object, ...],
    above: str = "",
    below: str = "",
    repeated: int = 0,
) -> bytes:
    """A table with its lines drawn, whose cells wrap anywhere; `styles` as reportlab has them (SPAN …).

    The first `repeated` rows stand on each page again.
    """
    cell = ParagraphStyle("cell", fontName=FONT, fontSize=12, leading=16, wordWrap="CJK")
    buffer = io.BytesIO()
    lines = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), *styles])
    cells = [[Paragraph(words, cell) for words in row] for row in rows]
    table = Table(cells, colWidths=widths, style=lines, repeatRows=repeated)
    told = [Paragraph(words, BODY) if words else None for words in (above, below)]
    SimpleDocTemplate(buffer, pagesize=A4).build([each for each in (told[0], table, told[1]) if each])
    return buffer.getvalue()


def drawn(*pages: "list[tuple[float, float, str]]", password: str = "") -> bytes:
    """Words at places (from the left, from the bottom), page by page."""
    buffer = io.BytesIO()
    lock = StandardEncryption(password) if password else None
    canvas = Canvas(buffer, pagesize=A4, encrypt=lock)
    for words in pages:
        canvas.setFont(FONT, 12)
        for left, bottom, said in words:
            canvas.drawString(left, bottom, said)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scanned(pages: int = 1, words: str = "") -> bytes:
    """Pages that are pictures; `words` on a page before them."""
    from PIL import Image

    buffer, picture = io.BytesIO(), io.BytesIO()
    Image.new("L", (60, 80), 200).save(picture, "PNG")
    canvas = Canvas(buffer, pagesize=A4)
    if words:
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 700, words)
        canvas.showPage()
    for _ in range(pages):
        canvas.drawImage(ImageReader(io.BytesIO(picture.getvalue())), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
