"""Minutes as a Word document in the usual form: what, when, who; topics, notes, votes, resolutions; a sign-in sheet."""

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt

from gangmu.documents.minutes import Minutes
from gangmu.documents.word.plain import lay_out
from gangmu.kernel.xml_text import allowed

LABEL, VALUE = Mm(32), Mm(124)  # together the width that the margins of an official paper leave
SHEET = (("序号", Mm(16)), ("姓名", Mm(40)), ("签名", Mm(60)), ("备注", Mm(40)))
WRITING_LINES = 8  # left free for a hand where nothing was typed


def word_of_minutes(minutes: Minutes) -> bytes:
    """The minutes as a .docx laid out as official papers are (GB/T 9704-2012); the sign-in sheet on its own page."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.comments = ""
    lay_out(document)
    _line(document, f"{minutes.unit}{minutes.title}记录", "Title")
    _head(document, minutes.head)
    for section in minutes.sections:
        _line(document, section.heading, "Heading 1")
        for words in section.lines or ("",) * WRITING_LINES:
            _line(document, words)
    for who in minutes.signatures:
        _line(document, f"{who}（签字）：")
    if minutes.source:
        _line(document, minutes.source)
    if minutes.people:
        _sign_in(document, minutes)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _line(document: Any, words: str, style: str = "Normal") -> None:
    document.add_paragraph(allowed(words), style=style)


def _head(document: Any, rows: Sequence[tuple[str, str]]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in rows:
        cells = table.add_row().cells
        for cell, words, width in zip(cells, (label, value), (LABEL, VALUE), strict=True):
            _put(cell, words, width)


def _sign_in(document: Any, minutes: Minutes) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _line(document, f"{minutes.title}到会签名表", "Title")
    table = document.add_table(rows=0, cols=len(SHEET), style="Table Grid")
    rows = [tuple(name for name, _ in SHEET)]
    rows += [(str(number), name, "", remark) for number, (name, remark) in enumerate(minutes.people, 1)]
    for row in rows:
        for cell, words, (_, width) in zip(table.add_row().cells, row, SHEET, strict=True):
            _put(cell, words, width)


def _put(cell: Any, words: str, width: Any) -> None:
    cell.width = width
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.add_run(allowed(words))
