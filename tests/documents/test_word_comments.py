"""Comments are put into a .docx whose own bytes stay: read back by the rules of the format, not by our writer."""

import io
from datetime import UTC, datetime

import docx
import pytest
from lxml import etree

from gangmu.documents.word.annotated import Line, Remark, annotated
from gangmu.kernel.problems import Unusable
from gangmu.reading.read import read_bytes
from gangmu.reading.values import Span
from tests.documents.word_files import STRICT, W, comments_of, members, paragraph, run, without_ours, word_file
from tests.growth import grows_as_its_input

AT = datetime(2026, 3, 8, 1, 2, 3, tzinfo=UTC)
PAGE = (Line("核验小结", "title"), Line("一处不符", "heading"), Line("“5次”：写多了"))


def text_of(data: bytes) -> str:
    return read_bytes("稿.docx", data).source.text


def remarked(data: bytes, *words: str, said: str = "看这里") -> bytes:
    """The file with a remark at the first place of each of `words`."""
    text = text_of(data)
    places = [Span(text.index(one), text.index(one) + len(one)) for one in words]
    return annotated("稿.docx", data, [Remark(one, (said,)) for one in places], PAGE, author="纲目", at=AT)


def abouts(data: bytes) -> list[str]:
    return [one.about for one in comments_of(data)]


BODIES = {
    "in the middle of a run": (paragraph(run("办结1187件，很好")), "1187件"),
    "at the beginning of a run": (paragraph(run("1187件办结")), "1187件"),
    "at the end of a run": (paragraph(run("办结1187件")), "1187件"),
    "a whole run": (paragraph(run("办结"), run("1187件", "<w:b/>"), run("。")), "1187件"),
    "over three runs of different looks": (paragraph(run("办结1,"), run("18", "<w:b/>"), run("7件了", "<w:i/>")), "1,187件"),
    "behind an entity": (paragraph(run("甲&amp;乙&lt;1187件&gt;丙")), "1187件"),
    "before an entity, which is longer than its sign": (paragraph(run("甲R&amp;D&amp;丙")), "R&D"),
    "behind signs outside the basic plane": (paragraph(run("😀𠮷1187件𠮷")), "1187件"),
    "in a run with a tab and a break": (paragraph("<w:r><w:t>甲</w:t><w:tab/><w:t>1187件</w:t><w:br/><w:t>乙</w:t></w:r>"), "1187件"),
    "in a text that keeps no blanks": (paragraph("<w:r><w:t>共 1187件 办结</w:t></w:r>"), "1187件"),
    "in a link": (paragraph(f'<w:hyperlink w:anchor="x">{run("见1187件")}</w:hyperlink>'), "1187件"),
    "in what was inserted under tracked changes": (paragraph(f'<w:ins w:id="7" w:author="甲">{run("见1187件")}</w:ins>'), "1187件"),
    "beside what was deleted": (paragraph(run("见"), '<w:del w:id="7" w:author="甲"><w:r><w:delText>233件</w:delText></w:r></w:del>', run("1187件")), "1187件"),
    "in a cell": (f"<w:tbl><w:tr><w:tc>{paragraph(run('甲'))}</w:tc><w:tc>{paragraph(run('1187件'))}</w:tc></w:tr></w:tbl>", "1187件"),
    "in a numbered paragraph": (paragraph(run("办结1187件"), properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'), "1187件"),
    "with attributes on its elements": (paragraph('<w:r w:rsidR="00A1"><w:rPr><w:b w:val="1"/></w:rPr><w:t a:b="x>y" xmlns:a="urn:a">办结1187件，</w:t></w:r>'), "1187件"),
    "in a run with empty properties": (paragraph("<w:r><w:rPr/><w:t>办结1187件，</w:t></w:r>"), "1187件"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "words"), BODIES.values(), ids=BODIES)
def test_a_number_is_marked_wherever_it_stands(body: str, words: str) -> None:
    data = word_file(body)
    out = remarked(data, words)
    assert abouts(out) == [words]
    assert without_ours(out).startswith(without_ours(data))
    assert text_of(out).startswith(text_of(data).rstrip("\n"))


@pytest.mark.parametrize(("body", "words"), BODIES.values(), ids=BODIES)
def test_another_library_reads_what_was_written(body: str, words: str) -> None:
    found = list(docx.Document(io.BytesIO(remarked(word_file(body), words))).comments)
    assert [(one.author, one.text) for one in found] == [("纲目", "看这里")]
    assert found[0].timestamp == datetime(2026, 3, 8, 9, 2, 3, tzinfo=UTC)  # the local clock, as Word reads it


def test_what_a_run_looks_like_both_halves_look_like() -> None:
    out = remarked(word_file(paragraph(run("办结1187件，很好", '<w:b/><w:color w:val="FF0000"/>'))), "1187件")
    main = etree.fromstring(members(out)["word/document.xml"])
    runs = [one for one in main.iter(f"{{{W}}}r") if "".join(one.itertext()) in ("办结", "1187件", "，很好")]
    looks = {etree.tostring(one.find(f"{{{W}}}rPr")).count(b"FF0000") for one in runs}
    assert (len(runs), looks) == (3, {1})


def test_blanks_beside_a_cut_are_kept() -> None:
    out = remarked(word_file(paragraph("<w:r><w:t>共 1187件 办结</w:t></w:r>")), "1187件")
    main = etree.fromstring(members(out)["word/document.xml"])
    kept = {one.text: one.get("{http://www.w3.org/XML/1998/namespace}space") for one in main.iter(f"{{{W}}}t")}
    assert kept["共 "] == kept[" 办结"] == "preserve"


def test_every_other_part_and_every_other_byte_stays() -> None:
    picture = bytes(range(256)) * 40
    data = word_file(
        paragraph(run("甲1件乙2件丙")), more={"word/media/image1.png": picture, "docProps/app.xml": b"<a/>"}
    )
    before, after = members(data), members(remarked(data, "1件", "2件"))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert list(before) == list(after)[: len(before)]
    rest = iter(after["word/document.xml"])
    assert all(byte in rest for byte in before["word/document.xml"])  # nothing was taken away, in its old order


def test_comments_that_were_there_stay_and_keep_their_numbers() -> None:
    old = '<w:comment w:id="4" w:author="张" w:date="2026-01-01T00:00:00Z"><w:p><w:r><w:t>原有</w:t></w:r></w:p></w:comment>'
    mark = '<w:commentRangeStart w:id="4"/>{}<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>'
    data = word_file(paragraph(mark.format(run("甲1件")), run("乙2件")), comments=old)
    out = remarked(data, "1件", "2件")
    assert [(one.id, one.author, one.about) for one in comments_of(out)] == [
        ("4", "张", "甲1件"),
        ("5", "纲目", "1件"),
        ("6", "纲目", "2件"),
    ]
    assert members(out)["word/_rels/document.xml.rels"] == members(data)["word/_rels/document.xml.rels"]
    assert old.encode() in members(out)["word/comments.xml"]


def test_a_file_annotated_once_may_be_annotated_again() -> None:
    once = remarked(word_file(paragraph(run("甲1件乙2件"))), "1件")
    assert abouts(remarked(once, "2件", "1件")) == ["1件", "1件", "2件"]


def test_a_part_of_comments_without_a_comment_takes_ours() -> None:
    data = word_file(paragraph(run("甲1件")), comments=" ")
    assert abouts(remarked(data, "1件")) == ["1件"]


def test_another_part_of_that_name_is_left_alone() -> None:
    data = word_file(paragraph(run("甲1件")), more={"word/comments.xml": b"<other/>"})
    out = remarked(data, "1件")
    assert members(out)["word/comments.xml"] == b"<other/>"
    assert abouts(out) == ["1件"]


def test_a_number_in_a_text_box_is_marked_at_what_the_box_hangs_on() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('框里33件'))}</w:txbxContent></w:pict></w:r>"
    out = remarked(word_file(paragraph(run("前"), box, run("后")) + paragraph(run("末1件"))), "33件", "1件")
    main = etree.fromstring(members(out)["word/document.xml"])
    assert abouts(out) == ["框里33件", "1件"]
    assert not main.xpath("//w:txbxContent//w:commentRangeStart", namespaces={"w": W})


def test_a_text_in_a_section_of_raw_characters_is_marked_whole() -> None:
    out = remarked(word_file(paragraph("<w:r><w:t><![CDATA[甲1件<乙]]></w:t></w:r>")), "1件")
    assert abouts(out) == ["甲1件<乙"]


def test_numbers_that_touch_each_have_their_own_comment() -> None:
    assert abouts(remarked(word_file(paragraph(run("甲1件2户乙"))), "1件", "2户")) == ["1件", "2户"]


def test_a_remark_on_a_number_that_word_itself_counts_stands_at_its_paragraph() -> None:
    listed = paragraph(run("办结"), properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    assert abouts(remarked(word_file(listed), "一、")) == [""]


def test_strict_files_are_annotated_in_their_own_words() -> None:
    out = remarked(word_file(paragraph(run("甲1件")), space=STRICT), "1件")
    assert abouts(out) == ["1件"]
    assert b'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/comments"' in members(out)["word/_rels/document.xml.rels"]  # fmt: skip


def test_the_last_page_comes_behind_everything_and_before_the_last_section() -> None:
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    main = members(remarked(word_file(paragraph(run("甲1件")) + section), "1件"))["word/document.xml"].decode()
    assert main.endswith(f"</w:p>{section}</w:body></w:document>")
    assert main.index("<w:pageBreakBefore/>") > main.index("1件")
    assert main.index("核验小结") < main.index("一处不符") < main.index("写多了") < main.index(section)


def test_a_section_that_ends_inside_is_not_taken_for_the_last() -> None:
    inner = paragraph(run("甲1件"), properties="<w:sectPr><w:pgSz/></w:sectPr>")
    main = members(remarked(word_file(inner + paragraph(run("乙"))), "1件"))["word/document.xml"].decode()
    assert main.index("乙") < main.index("核验小结")


HOSTILE = ["]]>", "<w:t>&amp;</w:t>", "\x00\x07\x0b\x1f", "😀𠮷", "مرحبا 123", "\ufffe\uffff", "\"'", "a\tb\nc"]


@pytest.mark.parametrize("said", HOSTILE)
def test_whatever_a_comment_says_the_file_stays_well_formed(said: str) -> None:
    out = remarked(word_file(paragraph(run("甲1件"))), "1件", said=said)
    [one] = comments_of(out)
    assert one.lines == (
        "".join(sign for sign in said if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")),
    )


def test_a_thousand_comments_in_a_long_document_cost_ten_times_a_hundred() -> None:
    def long(paragraphs: int) -> tuple[bytes, list[Remark]]:
        body = (paragraph(run(f"第{at}段"), run(f"办结{at}件，"), run("继续努力。" * 5)) for at in range(paragraphs))
        data = word_file("".join(body))
        text = text_of(data)
        places = [Span(start := text.index(f"办结{at}件") + 2, start + len(f"{at}件")) for at in range(paragraphs)]
        return data, [Remark(place, (f"第{at}处",)) for at, place in enumerate(places)]

    def remarked_at_all(paragraphs: int) -> bytes:
        data, remarks = documents[paragraphs]
        return annotated("长.docx", data, remarks, PAGE, author="纲目", at=AT)

    documents = {size: long(size) for size in (100, 1000)}
    assert grows_as_its_input(remarked_at_all, 100, 1000)
    out = remarked_at_all(1000)
    found = comments_of_many(out)
    assert found == {f"{at}件": f"第{at}处" for at in range(1000)}


def comments_of_many(data: bytes) -> dict[str, str]:
    """What each comment is about and says, in one pass over the text."""
    main, told = (etree.fromstring(members(data)[name]) for name in ("word/document.xml", "word/comments.xml"))
    said = {one.get(f"{{{W}}}id"): "".join(one.itertext()) for one in told}
    about: dict[str, str] = {}
    inside = ""
    for one in main.iter(f"{{{W}}}commentRangeStart", f"{{{W}}}commentRangeEnd", f"{{{W}}}t"):
        kind = etree.QName(one).localname
        if kind == "t" and inside:
            about[inside] = about.get(inside, "") + one.text
        elif kind != "t":
            inside = one.get(f"{{{W}}}id") if kind == "commentRangeStart" else ""
    return {about[number]: words for number, words in said.items()}


def test_a_file_without_a_word_gets_its_page_and_no_comment() -> None:
    out = annotated("空.docx", word_file("<w:p/>"), [Remark(Span(0, 1), ("甲",))], PAGE, author="纲目", at=AT)
    assert "word/comments.xml" not in members(out)
    assert "核验小结" in text_of(out)


def test_a_file_with_nothing_to_say_of_gets_no_part_of_comments() -> None:
    data = word_file(paragraph(run("甲1件")))
    assert set(members(remarked(data))) == set(members(data))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no archive at all", "reading.broken"),
        (word_file(paragraph(run("甲")))[:-40], "reading.broken"),
        (word_file("<w:p>"), "reading.broken"),
        (word_file(paragraph(run("caf\xe9 1")), declared="iso-8859-1"), "reading.broken"),
        (word_file('<!DOCTYPE x [<!ENTITY a "b">]>'), "reading.hostile"),
        (word_file(paragraph(run("甲")), more={"word/vbaProject.bin": b"x"}), "reading.hostile"),
        (word_file(paragraph(run("甲")), more={"word/x.zip": b"PK"}), "reading.hostile"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_plain_sentence(data: bytes, code: str) -> None:
    with pytest.raises(Unusable) as refusal:
        annotated("稿.docx", data, [], PAGE, author="纲目", at=AT)
    assert refusal.value.problem.code == code
    assert refusal.value.problem.message.startswith("《稿.docx》")
    assert refusal.value.problem.message_en


@pytest.mark.parametrize("target", ["../../etc/passwd", "/word/other.xml", "no%20such.xml", ""])
def test_a_link_that_leads_nowhere_leads_nobody_out_of_the_file(target: str) -> None:
    data = word_file(paragraph(run("甲1件")), comments=" ")
    parts = members(data)
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(b'"comments.xml"', f'"{target}"'.encode())  # fmt: skip
    out = remarked(packed(parts), "1件")
    assert not [name for name in members(out) if name.startswith(("/", ".."))]
    assert members(out)["word/document.xml"].count(b"commentReference w:id") == 1


def packed(parts: dict[str, bytes]) -> bytes:
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
