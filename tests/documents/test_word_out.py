"""A checked text handed out as Word: what is said of which number, in both languages, and that offices can open it."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from gangmu.documents import paper, remarks
from gangmu.documents.word.plain import word_of
from gangmu.documents.word_out import Told, commented
from gangmu.pages.templatetags.gangmu import MARKS
from gangmu.reading.arithmetic import findings
from gangmu.reading.pipeline import read_all
from gangmu.reading.read import pasted, read_bytes
from gangmu.reading.values import Reading
from tests.documents.word_files import comments_of, paragraph, run, word_file
from tests.growth import grows_as_its_input
from tests.office_program import converted

AT = datetime(2026, 3, 8, 1, 2, 3, tzinfo=UTC)
SPEECH = "工作汇报\n一、办件\n受理诉求1233件，办结1187件，办结率86.3%。\n（一）绿化\n修剪行道树14棵，投入X万元。\n"


def out(text: str, language: str = "zh-hans", original: bytes | None = None, **more: object) -> bytes:
    reading = read_all(pasted(text, "稿")) if original is None else read_all(read_bytes("稿.docx", original).source)
    return commented(reading, judged(reading), Told(AT, language=language, **more), original)  # type: ignore[arg-type]


def judged(reading: Reading) -> tuple[paper.Card, ...]:
    return paper.cards(reading.claims, findings(reading))


def text_of(data: bytes) -> str:
    return read_bytes("稿.docx", data).source.text


def test_contradicted_and_unbound_numbers_are_commented_on_and_no_others() -> None:
    found = {one.about: one.lines[0] for one in comments_of(out(SPEECH))}
    assert list(found) == ["1233件", "1187件", "86.3%", "14棵"]  # X万元 is a hole: it stands on the last page
    assert found["86.3%"] == "不符：1187 ÷ 1233 = 96.27%，文中写作86.3%，对不上。"
    assert found["14棵"] == "未认定：“14棵”没有可以对照的。"


def test_only_what_is_asked_for_is_commented_on() -> None:
    told = frozenset({"contradiction"})
    assert [one.about for one in comments_of(out(SPEECH, about=told))] == ["86.3%"]


def test_numbers_that_nothing_was_sought_for_are_counted_and_not_listed() -> None:
    told = text_of(out(SPEECH, about=frozenset({"contradiction"})))
    assert "共5个，不符 1，待补 1，未认定 3。" in told
    assert "待补（1个）" in told
    assert "未认定（" not in told


def test_the_page_sums_up_what_the_cards_say_in_chinese_and_in_english() -> None:
    zh, en = text_of(out(SPEECH)), text_of(out(SPEECH, "en"))
    assert "《稿》核验小结" in zh
    assert "共5个，不符 1，待补 1，未认定 3。" in zh
    assert "不符（1个）\n1. “86.3%”：1187 ÷ 1233 = 96.27%，" in zh
    assert "待补（1个）\n“X万元”\n未认定（3个）\n“1233件”、“1187件”、“14棵”" in zh
    assert "稿: what the check found" in en
    assert "5 in all, Contradiction 1, To fill in 1, Not identified 3." in en
    assert "Contradiction (1)\n1. “86.3%” — " in en


def test_where_nothing_contradicts_that_is_said() -> None:
    told = text_of(out("受理10件，办结5件，办结率50%。"))
    assert "不符（0个）\n没有。" in told


def test_a_document_without_a_number_gets_its_page_and_no_comment() -> None:
    assert "共0个。" in text_of(out("同志们好。"))


def test_the_verdicts_are_called_what_the_pages_call_them() -> None:
    assert {verdict: names[0] for verdict, names in remarks.NAMES.items()} == {
        verdict: str(MARKS[verdict][2]) for verdict in remarks.NAMES
    }


def test_a_remark_of_a_number_says_nothing_that_blames_another() -> None:
    reading = read_all(pasted(SPEECH))
    said = {card.claim.text: remarks.own_workings(card, "zh-hans") for card in judged(reading)}
    assert said["86.3%"]
    assert all("对不上" not in words for words in said["1187件"])


HOSTILE = {
    "control characters": "受理3\x00件\x07，办结\x0b1件，办结率86.3%。",
    "the end of a raw section": "受理3件]]>，办结1件，办结率86.3%。<w:t>&amp;",
    "signs outside the basic plane": "😀受理3件𠮷，办结1件😀，办结率86.3%。",
    "right to left": "מילים 受理3件，办结1件，办结率86.3%。مرحبا",
    "turned about": "\u202e受理3件\u2066，办结1件，办结率86.3%\u202c。",
    "tabs and strange blanks": "受理\t3件，\u2028办结1件，\u00a0办结率86.3%。",
    "carriage returns": "受理3件，\r\n办结1件，\r办结率86.3%。",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_a_text_holds_its_numbers_are_marked_and_the_file_opens(text: str) -> None:
    data = out(text)
    found = comments_of(data)
    assert "86.3%" in [one.about for one in found]
    assert not any(sign in "".join(one.lines) for one in found for sign in "\u202e\u2066\u202c\x00\x07")
    assert docx.Document(io.BytesIO(data)).paragraphs


def test_a_text_is_set_as_official_papers_are() -> None:
    document = docx.Document(io.BytesIO(out(SPEECH)))
    [section] = document.sections
    assert [round(size.mm) for size in (section.page_width, section.page_height, section.top_margin, section.left_margin)] == [210, 297, 37, 28]  # type: ignore[union-attr]  # fmt: skip
    faces = {one.text: one.style for one in document.paragraphs if one.style}
    assert faces["工作汇报"].name == "Title"
    assert faces["一、办件"].name == "Heading 1"
    body = faces["修剪行道树14棵，投入X万元。"]
    assert (body.font.size.pt, body.paragraph_format.line_spacing.pt) == (16, 28)
    assert body.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_the_places_of_the_numbers_are_those_that_are_read_back() -> None:
    reading = read_all(pasted(SPEECH))
    file, places = word_of(paper.paragraphs(reading, judged(reading)))
    text = text_of(file)
    read_back = ["".join(text[span.start : span.end] for span in places[number]) for number in sorted(places)]
    assert read_back == [claim.text for claim in reading.claims]


def test_a_word_file_with_a_list_a_table_and_a_number_over_two_runs_keeps_them() -> None:
    listed = paragraph(run("绿化"), properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    broken = paragraph(run("受理3件，办结1件，办结率86"), run(".3%", "<w:b/>"))
    table = f"<w:tbl><w:tr><w:tc>{paragraph(run('村'))}</w:tc><w:tc>{paragraph(run('树14棵'))}</w:tc></w:tr></w:tbl>"
    data = word_file(listed + broken + table)
    again = out("", original=data)
    assert [one.about for one in comments_of(again)] == ["3件", "1件", "86.3%", "14棵"]
    assert text_of(again).startswith(text_of(data))


def test_a_thousand_numbers_in_doubt_cost_ten_times_a_hundred() -> None:
    def checked(villages: int) -> tuple[Reading, tuple[paper.Card, ...]]:
        lines = [f"第{at}村修剪行道树{at + 1}棵，添置桌椅{at + 2}套。" for at in range(villages)]
        reading = read_all(pasted("工作汇报\n" + "\n".join(lines)))
        return reading, judged(reading)

    documents = {size: checked(size) for size in (60, 600)}
    assert grows_as_its_input(lambda size: commented(*documents[size], Told(AT)), 60, 600)
    assert len(list(docx.Document(io.BytesIO(commented(*documents[600], Told(AT)))).comments)) >= 1000


@pytest.mark.parametrize("kind", ["text", "file"])
def test_an_office_program_opens_and_prints_it(tmp_path: Path, kind: str) -> None:
    import pypdfium2

    data = (
        out(SPEECH)
        if kind == "text"
        else out("", original=word_file(paragraph(run("受理3件，办结1件，办结率86.3%。"))))
    )
    printed = pypdfium2.PdfDocument(converted(data, "稿.docx", "pdf", tmp_path))
    pages = [page.get_textpage().get_text_bounded() for page in printed]
    assert len(pages) == 2
    assert "86.3%" in pages[0]
    assert "核验小结" in pages[1]


def test_an_office_program_finds_every_comment_where_it_belongs(tmp_path: Path) -> None:
    """LibreOffice reads the comments and writes them anew in its own way: none is lost, none has moved."""
    file = word_file(paragraph(run("受理3件，办结1件，办结率86"), run(".3%", "<w:b/>")) + paragraph(run("树14棵。")))
    before = out("", original=file)
    again = converted(before, "稿.docx", "odt", tmp_path)
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        content = etree.fromstring(archive.read("content.xml"))
    told = content.xpath("//*[local-name()='annotation']")
    assert ["".join(one.xpath("./*[local-name()='p']//text()")) for one in told] == [
        "".join(one.lines) for one in comments_of(before)
    ]
    assert [one.xpath("string(./*[local-name()='creator'])") for one in told] == ["纲目"] * len(told)
    assert [_about(content, one.xpath("string(@*[local-name()='name'])")) for one in told] == [
        one.about for one in comments_of(before)
    ]


def _about(content: Any, name: str) -> str:
    """The words between the beginning and the end of a comment in an OpenDocument text."""
    inside, words = False, []
    for event, one in etree.iterwalk(content, events=("start", "end")):
        kind = etree.QName(one).localname
        if kind in ("annotation", "annotation-end") and one.xpath("string(@*[local-name()='name'])") == name:
            inside = (kind == "annotation" and event == "end") or (inside and event == "start")
        elif inside and event == "start":
            words.append(one.text or "")
        if inside and event == "end" and kind != "annotation-end":
            words.append(one.tail or "")
    return "".join(words)
