"""Word files as offices make them: heading styles, automatic numbers, merged cells, text boxes, tracked changes."""

import io
from typing import Any

import docx as word
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from gangmu.reading.arithmetic import findings
from gangmu.reading.pipeline import read_all
from gangmu.reading.read import read_bytes
from gangmu.reading.values import Source
from gangmu.reading.word_styles import written


def source_of(document: Any) -> Source:
    buffer = io.BytesIO()
    document.save(buffer)
    return read_bytes("文.docx", buffer.getvalue()).source


def outline_of(source: Source) -> list[tuple[int, str | None, str]]:
    return [(heading.level, heading.marker, heading.title) for heading in read_all(source).outline]


def numbered_by(document: Any, paragraph: Any, num: int, level: int = 0) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'))


def list_of(document: Any, *levels: tuple[str, str], num: int = 77) -> int:
    """A list of its own in numbering.xml with the given number formats and texts; its id."""
    numbering = document.part.numbering_part.element
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    shape = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{num}">{inside}</w:abstractNum>'
    numbering.insert(0, parse_xml(shape))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{num}"><w:abstractNumId w:val="{num}"/></w:num>'))
    return num


def test_headings_by_style_go_into_the_outline_without_a_marker() -> None:
    document = word.Document()
    document.add_heading("青禾镇2025年工作总结", 0)
    document.add_heading("主要成绩", 1)
    document.add_paragraph("全年走访农户120户。")
    document.add_heading("走访情况", 2)
    document.add_paragraph("收集诉求36件。")
    document.add_heading("更深一层", 5)
    document.add_paragraph("办结30件。")
    assert outline_of(source_of(document)) == [
        (0, None, "青禾镇2025年工作总结"),
        (1, None, "主要成绩"),
        (2, None, "走访情况"),
        (3, None, "更深一层"),
    ]


def test_a_style_of_ones_own_is_a_heading_through_the_style_it_is_based_on() -> None:
    document = word.Document()
    own = document.styles.add_style("单位小标题", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("工作总结")
    document.add_paragraph("一句开头的话，说明了来历和经过。")
    document.add_paragraph("走访情况", style=own)
    document.add_paragraph("收集诉求36件。")
    assert (2, None, "走访情况") in outline_of(source_of(document))


def test_an_outline_level_of_the_paragraph_goes_before_its_style() -> None:
    document = word.Document()
    document.add_paragraph("青禾镇2025年党建工作总结")
    document.add_paragraph("一年来，全镇各支部做了不少事，现在报告如下。")
    paragraph = document.add_paragraph("走访情况")
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="0"/>'))
    document.add_paragraph("收集诉求36件，办结30件。")
    assert (1, None, "走访情况") in outline_of(source_of(document))


def test_automatic_numbers_are_printed_as_the_page_shows_them_and_make_headings() -> None:
    document = word.Document()
    num = list_of(document, ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    for level, words in ((0, "主要成绩"), (1, "走访情况"), (2, "入户"), (2, "回访"), (1, "办理情况"), (0, "存在问题")):
        numbered_by(document, document.add_paragraph(words), num, level)
        document.add_paragraph("收集诉求36件，办结30件。")
    source = source_of(document)
    assert [line for line in source.text.split("\n") if "诉求" not in line] == [
        "一、主要成绩", "（一）走访情况", "1. 入户", "2. 回访", "（二）办理情况", "二、存在问题",
    ]  # fmt: skip
    levels = [(level, marker) for level, marker, _ in outline_of(source)]
    assert levels == [(1, "一、"), (2, "（一）"), (3, "1. "), (3, "2. "), (2, "（二）"), (1, "二、")]


def test_a_number_that_word_counts_is_no_claim() -> None:
    document = word.Document()
    num = list_of(document, ("decimal", "%1."))
    for words in ("走访农户120户。", "收集诉求36件。"):
        numbered_by(document, document.add_paragraph(words), num)
    assert [claim.text for claim in read_all(source_of(document)).claims] == ["120户", "36件"]


def test_bullets_and_unknown_lists_print_nothing() -> None:
    document = word.Document()
    numbered_by(document, document.add_paragraph("走访120户。"), list_of(document, ("bullet", "\uf0b7")))
    numbered_by(document, document.add_paragraph("慰问30人。"), 4711)
    assert source_of(document).text == "走访120户。\n慰问30人。"


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"), (105, "chineseCountingThousand", "一百零五"),
        (110, "japaneseCounting", "一百一十"), (10, "ideographDigital", "一〇"), (3, "decimalEnclosedCircle", "③"),
        (33, "decimalEnclosedCircle", "33"), (7, "decimalFullWidth", "７"), (2, "upperLetter", "B"),
        (2, "lowerLetter", "b"), (4, "lowerRoman", "4"),
    ],
)  # fmt: skip
def test_the_number_formats_of_chinese_papers(number: int, form: str, shown: str) -> None:
    assert written(number, form) == shown


def test_merged_cells_keep_the_columns_under_their_headings() -> None:
    document = word.Document()
    table = document.add_table(4, 4)
    rows = (
        ("村", "受理", "办结", "备注"),
        ("甲村", "60", "57", ""),
        ("乙村", "40", "33", ""),
        ("合计", "100", "95", ""),
    )
    for row, words in zip(table.rows, rows, strict=True):
        for cell, said in zip(row.cells, words, strict=True):
            cell.text = said
    table.cell(1, 3).merge(table.cell(2, 3))
    document.add_paragraph("另一张表如下。")
    wide = document.add_table(2, 3)
    wide.cell(0, 0).merge(wide.cell(0, 1)).text = "合并的头"
    wide.cell(0, 2).text = "尾"
    source = source_of(document)
    assert "合并的头\t\t尾\t" in source.text
    wrong = [f for f in findings(read_all(source)) if f.verdict == "contradiction"]
    assert [[source.text[a:b] for a, b in f.spans] for f in wrong] == [["57", "33", "95"]]


def test_a_text_box_comes_after_its_paragraph_and_once() -> None:
    document = word.Document()
    paragraph = document.add_paragraph("全年受理")
    box = (
        f'<w:r {nsdecls("w")}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    paragraph._p.append(parse_xml(box))
    paragraph.add_run("诉求36件。")
    document.add_paragraph("另一段。")
    assert source_of(document).text == "全年受理诉求36件。\n框里的话\n另一段。"


def test_tracked_changes_are_read_as_accepted() -> None:
    document = word.Document()
    paragraph = document.add_paragraph("走访")
    for tag, inner in (
        ("del", "<w:delText>100户</w:delText>"),
        ("moveFrom", "<w:t>旧话</w:t>"),
        ("ins", "<w:t>120户</w:t>"),
    ):
        paragraph._p.append(parse_xml(f"<w:{tag} {nsdecls('w')}><w:r>{inner}</w:r></w:{tag}>"))
    assert source_of(document).text == "走访120户"


def test_headers_footers_notes_and_comments_are_no_part_of_the_text() -> None:
    document = word.Document()
    document.add_paragraph("走访120户。")
    document.sections[0].header.paragraphs[0].text = "第12期"
    document.sections[0].footer.paragraphs[0].text = "共3页"
    assert source_of(document).text == "走访120户。"


def test_a_circle_of_styles_ends() -> None:
    document = word.Document()
    one = document.styles.add_style("甲", WD_STYLE_TYPE.PARAGRAPH)
    other = document.styles.add_style("乙", WD_STYLE_TYPE.PARAGRAPH)
    one.base_style, other.base_style = other, one
    document.add_paragraph("走访120户。", style=one)
    assert source_of(document).text == "走访120户。"


def test_the_reading_aid_over_a_sign_is_left_out() -> None:
    document = word.Document()
    paragraph = document.add_paragraph()
    inside = "<w:ruby><w:rt><w:r><w:t>hé</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>禾</w:t></w:r></w:rubyBase></w:ruby>"
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{inside}</w:r>"))
    assert qn("w:ruby") in {each.tag for each in paragraph._p.iter()}
    assert source_of(document).text == "禾"
