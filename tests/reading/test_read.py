"""From bytes to a source: encodings, kinds, hostile archives."""

import io
import zipfile
from pathlib import Path

import docx as word
import pytest

from gangmu.kernel.problems import Unusable
from gangmu.reading import docx
from gangmu.reading.archive import MOST_MEMBERS
from gangmu.reading.pipeline import read_all
from gangmu.reading.read import LARGEST, read_bytes, read_file

TEXT = "今年以来，全镇收集群众诉求1233件，办结1187件。"
DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:doc'
    "ument>"
)
TYPES = (
    '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wor'
    'dprocessingml.document.main+xml"/></Types>'
)


def archive(
    body: str = "<w:p><w:r><w:t>走访120户。</w:t></w:r></w:p>", more: dict[str, bytes] | None = None, types: str = TYPES
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", types)
        out.writestr("word/document.xml", DOCUMENT.format(body))
        for name, content in (more or {}).items():
            out.writestr(name, content)
    return buffer.getvalue()


def code(name: str, data: bytes) -> str:
    with pytest.raises(Unusable) as caught:
        read_bytes(name, data)
    problem = caught.value.problem
    assert problem.where == name
    assert problem.message.endswith("。")
    assert problem.message_en
    return problem.code


@pytest.mark.parametrize(
    ("codec", "said"), [("utf-8", None), ("utf-8-sig", None), ("utf-16", "UTF-16"), ("gb18030", "GB18030")]
)
def test_text_is_decoded_strictly_and_anything_but_utf8_is_named(codec: str, said: str | None) -> None:
    loaded = read_bytes("文.txt", TEXT.encode(codec))
    assert loaded.source.text.lstrip("\ufeff") == TEXT
    assert [said in note.message for note in loaded.notes if said] == ([] if said is None else [True])


def test_big5_is_told_from_gb18030_by_its_everyday_signs() -> None:
    text = "今年以來，本區共接獲居民求助三千一百二十宗，已處理二千九百六十四宗，其他個案正在跟進。"
    loaded = read_bytes("文.txt", text.encode("big5"))
    assert loaded.source.text == text
    assert ["Big5" in note.message for note in loaded.notes] == [True]


def test_offsets_count_mark_and_carriage_returns_as_they_stand() -> None:
    text = "\ufeff工作总结\r\n走访120户。\r\n"
    source = read_bytes("文.txt", text.encode()).source
    (claim,) = read_all(source).claims
    assert source.text == text
    assert claim.span.start == text.index("120")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("文.doc", b"\xd0\xcf\x11\xe0", "reading.kind"),
        ("文.wps", b"x", "reading.kind"),
        ("文.pdf", b"%PDF-1.7", "reading.broken"),
        ("文.pdf", b"no such thing", "reading.broken"),
        ("文.txt", b"%PDF-1.7", "reading.kind"),
        ("文.xlsx", b"PK\x03\x04", "reading.broken"),
        ("文.xlsx", b"\xd0\xcf\x11\xe0", "reading.encrypted"),
        ("文.xls", b"\xd0\xcf\x11\xe0", "reading.kind"),
        ("文.png", b"\x89PNG", "reading.kind"),
        ("文.exe", b"MZ", "reading.kind"),
        ("文.docx", b"\xd0\xcf\x11\xe0", "reading.encrypted"),
        ("文.txt", b"PK\x03\x04", "reading.kind"),
        ("文.docx", b"PK\x03\x04 half", "reading.broken"),
        ("文.docx", b"", "reading.broken"),
        ("文.txt", b"a\x00b", "reading.encoding"),
        ("文.txt", b"\xff\xff\xff\x80\x80", "reading.encoding"),
        ("文.txt", b"\xff\xfea", "reading.encoding"),
        ("文.txt", TEXT.encode("utf-32"), "reading.encoding"),  # begins as UTF-16 does
        ("文.txt", b"\x00\x00\xfe\xff" + TEXT.encode("utf-32-be"), "reading.encoding"),
        ("文.txt", "\ufeff走访\x00户".encode("utf-16-be"), "reading.encoding"),
        ("文.txt", b"a" * (LARGEST + 1), "reading.too_big"),
    ],
)
def test_what_cannot_be_used_gets_a_plain_sentence(name: str, data: bytes, expected: str) -> None:
    assert code(name, data) == expected


def test_a_missing_file_and_a_folder_get_a_plain_sentence(tmp_path: Path) -> None:
    for path, expected in ((tmp_path / "没有.txt", "reading.missing"), (tmp_path, "reading.kind")):
        with pytest.raises(Unusable) as caught:
            read_file(path)
        assert caught.value.problem.code == expected


def test_a_word_file_gives_paragraphs_on_lines_and_cells_ended_by_tabs() -> None:
    document = word.Document()
    document.add_heading("工作总结", 0)
    document.add_paragraph(TEXT)
    table = document.add_table(2, 2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells), ("村", "户数", "甲村", "120"), strict=True
    ):
        cell.text = words
    buffer = io.BytesIO()
    document.save(buffer)
    source = read_bytes("文.docx", buffer.getvalue()).source
    assert source.text == f"工作总结\n{TEXT}\n村\t户数\t\n甲村\t120\t"
    assert [(claim.text, claim.subject) for claim in read_all(source).claims][-1] == ("120", "户数")


def test_words_are_read_once_and_deleted_ones_not_at_all() -> None:
    body = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choic'
        "e><w:p><w:r><w:t>甲</w:t></w:r></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>甲</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:p><w:r><w:delT"
        "ext>丙</w:delText><w:t>乙</w:t><w:tab/><w:br/></w:r></w:p>"
    )
    assert docx.document_of(archive(body)).text == "甲\n乙\t"


CHART = {
    "word/charts/chart1.xml": b"<c:chartSpace/>",
    "word/charts/_rels/chart1.xml.rels": b'<Relationships><Relationship Id="r1" Type="http://x/relationships/package"'
    b' Target="../embeddings/Microsoft_Excel_Worksheet.xlsx"/></Relationships>',
    "word/embeddings/Microsoft_Excel_Worksheet.xlsx": b"PK never opened",
}


def test_a_word_file_with_a_chart_is_read_and_says_that_the_chart_was_not() -> None:
    found = read_bytes("文.docx", archive(more=CHART))
    assert found.source.text == "走访120户。"
    assert [note.code for note in found.notes] == ["reading.charts"]
    assert "1个图表" in found.notes[0].message
    assert "1 charts" in found.notes[0].message_en


@pytest.mark.parametrize(
    "without", ["word/charts/_rels/chart1.xml.rels", "word/embeddings/Microsoft_Excel_Worksheet.xlsx"]
)
def test_only_the_table_a_chart_names_may_lie_inside(without: str) -> None:
    other = {name: content for name, content in CHART.items() if name != without}
    assert code("文.docx", archive(more=other | {"word/embeddings/other.xlsx": b"x"})) == "reading.hostile"


HOSTILE = {
    "macros": archive(more={"word/vbaProject.bin": b"x"}),
    "nested": archive(more={"word/embeddings/a.xlsx": b"x"}),
    "outside": archive(more={"../evil.xml": b"x"}),
    "bomb": archive(more={"word/media/a.bin": b"\0" * 20_000_000}),
    "members": archive(more={f"m{number}": b"" for number in range(MOST_MEMBERS)}),
    "fetched": archive(
        more={
            "word/_rels/settings.xml.rels": b'<Relationship Id="1" Type="http://x/attachedTemplate" Target="http://x" TargetMode="External"/>'
        }
    ),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_archives_are_refused(name: str) -> None:
    assert code("文.docx", HOSTILE[name]) == "reading.hostile"


@pytest.mark.parametrize("declaration", ["<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY b "c">]>'])
def test_xml_with_declarations_is_refused(declaration: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr("[Content_Types].xml", TYPES)
        out.writestr("word/document.xml", declaration + DOCUMENT.format(""))
    assert code("文.docx", buffer.getvalue()) == "reading.hostile"


def test_an_archive_that_is_no_word_document_is_named_so() -> None:
    assert code("文.docx", archive(types="<Types/>")) == "reading.kind"


def test_deep_nesting_does_not_fell_the_reader() -> None:
    depth = 2_000
    assert (
        docx.document_of(archive("<w:sdt>" * depth + "<w:p><w:r><w:t>底</w:t></w:r></w:p>" + "</w:sdt>" * depth)).text
        == "底"
    )
