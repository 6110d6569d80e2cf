"""A text as a Word document laid out as official papers are (GB/T 9704-2012 §5–7): A4, 仿宋 三号, 28 points a line."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gangmu.documents.paper import Paragraph
from gangmu.kernel.xml_text import allowed
from gangmu.reading.values import Span

LINE = Pt(28)
MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}
LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Face:
    """How the paragraphs of one level are set: a style of Word, a type, its size in points, indented or centred."""

    style: str
    type: str
    size: int
    centred: bool = False


TEXT = Face("Normal", "仿宋_GB2312", 16)
FACES: Mapping[int | None, Face] = {
    None: TEXT,
    0: Face("Title", "方正小标宋简体", 22, centred=True),
    1: Face("Heading 1", "黑体", 16),
    2: Face("Heading 2", "楷体_GB2312", 16),
    3: Face("Heading 3", "仿宋_GB2312", 16),
}


def word_of(paragraphs: Iterable[Paragraph]) -> tuple[bytes, dict[int, tuple[Span, ...]]]:
    """The paragraphs as a .docx, and where each number stands in its text as it is read: one range, or one a line."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.comments = ""  # what its template says of itself
    lay_out(document)
    places: dict[int, tuple[Span, ...]] = {}
    at = 0
    for paragraph in paragraphs:
        face = FACES.get(paragraph.level, FACES[3])
        put = document.add_paragraph()
        if face is not TEXT:
            put.style = face.style
        for piece in paragraph.pieces:
            words = allowed(piece.text)
            put.add_run(words)
            if piece.number is not None and words:
                places[piece.number] = (*places.get(piece.number, ()), Span(at, at + len(words)))
            at += len(words)
        at += 1  # the end of the paragraph
    file = io.BytesIO()
    document.save(file)
    return file.getvalue(), places


def lay_out(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, width in MARGINS.items():
        setattr(section, name, width)
    for face in FACES.values():
        _set(document.styles[face.style], face)


def _set(style: Any, face: Face) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = LATIN, Pt(face.size), False, False
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face.type)
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER if face.centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    layout.first_line_indent = Pt(0) if face.centred else Pt(2 * face.size)
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
