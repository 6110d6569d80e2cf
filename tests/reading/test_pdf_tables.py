"""Tables of a PDF whose lines are drawn: each cell whole, numbers that it wraps too, merged cells, several pages."""

import io
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from gangmu.reading.page_letters import Letter, Page, Rule
from gangmu.reading.page_lines import laid_out
from gangmu.reading.pipeline import read_all
from gangmu.reading.read import read_bytes
from gangmu.reading.ruled_tables import cell_of, tables_of
from tests.office_program import converted
from tests.reading.papers import ruled

SIDE = 12.0  # of the letters below


def text(data: bytes, name: str = "文.pdf") -> str:
    return read_bytes(name, data).source.text


def line(words: str, left: float, bottom: float, side: float = SIDE) -> list[Letter]:
    """Words in square letters."""
    return [
        Letter(sign, left + side * at, left + side * (at + 1), bottom, bottom + side) for at, sign in enumerate(words)
    ]


def across(y: float, left: float, right: float) -> Rule:
    return Rule(left, right, y - 0.25, y + 0.25)


def down(x: float, bottom: float, top: float) -> Rule:
    return Rule(x - 0.25, x + 0.25, bottom, top)


def test_the_words_that_a_cell_wraps_are_one_cell() -> None:
    rows = [["序号", "主要做法", "户数"], ["1", "召开院坝会36次，走访群众1234户，解决难题13个。", "1233"]]
    source = read_bytes("文.pdf", ruled(rows, [40, 90, 60])).source
    assert source.text == "序号\t主要做法\t户数\t\n1\t召开院坝会36次，走访群众1234户，解决难题13个。\t1233\t"
    assert {"36次", "1234户", "1233"} <= {claim.text for claim in read_all(source).claims}


def test_a_number_that_its_cell_tears_is_whole() -> None:
    assert text(ruled([["村", "元"], ["甲村", "1234567890.5"]], [40, 55])) == "村\t元\t\n甲村\t1234567890.5\t"


def test_numbers_of_two_paragraphs_of_a_cell_stay_apart() -> None:
    two = [*line("2024", 10, 40, 6), *line("1233", 10, 20, 6)]
    assert cell_of(two, 100).words == "2024 1233"
    assert cell_of(two, 26).words == "20241233"
    assert cell_of([], 100).words == ""


def test_words_of_two_languages_wrap_as_each_does() -> None:
    assert cell_of([*line("annual", 10, 40, 6), *line("report", 10, 20, 6)], 40).words == "annual report"
    assert cell_of([*line("年度工作", 10, 40), *line("报告", 10, 20)], 52).words == "年度工作报告"
    assert cell_of([*line("甲村", 10, 40), *line("乙村", 10, 20)], 200).words == "甲村 乙村"


def test_merged_cells_stand_where_they_begin_as_those_of_a_word_file_do() -> None:
    rows = [["办件情况", "", ""], ["单位", "受理", ""], ["", "件数", "占比"], ["甲镇", "1233", "52.1%"]]
    spans = [("SPAN", (0, 0), (2, 0)), ("SPAN", (0, 1), (0, 2)), ("SPAN", (1, 1), (2, 1))]
    expected = "办件情况\t\t\t\n单位\t受理\t\t\n\t件数\t占比\t\n甲镇\t1233\t52.1%\t"
    assert text(ruled(rows, [80, 80, 80], *spans)) == expected
    document, file = docx.Document(), io.BytesIO()
    table = document.add_table(rows=4, cols=3)
    for cells, words in zip(table.rows, rows, strict=True):
        for cell, said in zip(cells.cells, words, strict=True):
            cell.text = said
    for _, (left, top), (right, bottom) in spans:
        merged = table.cell(top, left).merge(table.cell(bottom, right))
        merged.text = rows[top][left]
    document.save(file)
    assert text(file.getvalue(), "文.docx") == expected


def test_words_above_and_below_keep_their_places() -> None:
    said = text(ruled([["村", "户"], ["甲村", "12"]], [60, 60], above="表一：各村户数。", below="以上共12户。"))
    assert said == "表一：各村户数。\n村\t户\t\n甲村\t12\t\n以上共12户。"


def test_a_heading_repeated_on_each_page_stands_once() -> None:
    rows = [["村", "户数"], *([f"第{number}村", f"{number * 7}"] for number in range(1, 120))]
    assert text(ruled(rows, [120, 80], repeated=1)).split("\n") == ["\t".join([*row, ""]) for row in rows]


def grid(*rows: tuple[str, str], top: float = 180.0) -> Page:
    """A page with a table whose second column holds seven letters a line, each row as high as it needs."""
    lines, letters, y = [across(top, 10, 160)], list[Letter](), top
    for first, second in rows:
        letters += line(first, 12, y - 14)
        parts = [second[at : at + 7] for at in range(0, len(second), 7)] or [""]
        for number, part in enumerate(parts):
            letters += line(part, 62, y - 14 - 14 * number)
        y -= 16 + 14 * (len(parts) - 1)
        lines.append(across(y, 10, 160))
    return Page(200, 200, letters, (*lines, *(down(x, y, top) for x in (10, 60, 160))))


def test_a_row_over_a_pages_end_is_one_row() -> None:
    pages = [grid(("村", "户数"), ("甲", "今年来走访12")), grid(("村", "户数"), ("", "34户。"), ("乙", "7户"))]
    assert laid_out(pages) == "村\t户数\t\n甲\t今年来走访1234户。\t\n乙\t7户\t"


@pytest.mark.parametrize(
    ("end", "begin"),
    [
        (("甲", "今年走访9户。"), ("", "又9户")),
        (("甲", "走访"), ("", "12户")),
        (("甲", "今年来走访12"), ("乙", "34户")),
    ],
    ids=["a sentence ended", "room was left", "another row"],
)
def test_what_does_not_go_on_is_a_row_of_its_own(end: tuple[str, str], begin: tuple[str, str]) -> None:
    pages = [grid(("村", "户数"), end), grid(begin, ("丙", "8户"))]
    assert laid_out(pages).split("\n")[1:] == ["\t".join([*row, ""]) for row in (end, begin, ("丙", "8户"))]


def test_another_table_at_the_top_of_the_next_page_keeps_its_heading() -> None:
    other = grid(("村", "户数"), ("乙", "7户"))
    moved = other._replace(
        letters=[letter._replace(left=letter.left + 20, right=letter.right + 20) for letter in other.letters],
        rules=tuple(rule._replace(left=rule.left + 20, right=rule.right + 20) for rule in other.rules),
    )
    assert laid_out([grid(("村", "户数"), ("甲", "9户")), moved]).count("户数") == 2


def test_a_row_whose_first_cell_is_empty_begins_the_next_page_as_a_row() -> None:
    rows = [["镇", "村", "户"], *(["" if number else "甲镇", f"第{number}村", f"{number}"] for number in range(99))]
    assert text(ruled(rows, [60, 80, 60])).count("\n") == 99


def test_a_table_may_be_open_at_its_sides() -> None:
    lines = (across(90, 10, 110), across(70, 10, 110), across(50, 10, 110), down(60, 50, 90))
    letters = [*line("村", 15, 74), *line("户数", 65, 74), *line("甲", 15, 54), *line("12", 65, 54)]
    tables, rest = tables_of(Page(200, 200, letters, lines))
    assert [[row.words for row in rows] for rows in tables] == [["村\t户数\t", "甲\t12\t"]]
    assert rest == []


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (across(90, 10, 110), across(50, 10, 110), down(10, 50, 90), down(110, 50, 90)),
        (across(90, 10, 110), across(70, 10, 110), across(50, 10, 110)),
        (Rule(10, 110, 50, 90),),
        tuple(across(place / 2, 10, 110) for place in range(900)),
    ],
    ids=["none", "a frame", "no line down", "a shade", "a drawing"],
)
def test_what_makes_no_grid_is_no_table(lines: tuple[Rule, ...]) -> None:
    letters = [*line("村", 15, 74), *line("户数", 65, 74), *line("甲", 15, 54), *line("12", 65, 54)]
    assert tables_of(Page(200, 200, letters, lines)) == ([], letters)


def test_a_grid_that_holds_one_cell_of_words_is_a_form_of_a_frame() -> None:
    lines = (*(across(y, 10, 110) for y in (50, 70, 90)), *(down(x, 50, 90) for x in (10, 60, 110)))
    assert tables_of(Page(200, 200, line("甲", 15, 54), lines))[0] == []


def test_lines_drawn_in_pieces_are_whole_lines() -> None:
    pieces = [across(y, x, x + 50) for y in (50, 70, 90) for x in (10, 60)]
    pieces += [down(x, y, y + 20) for x in (10, 60, 110) for y in (50, 70)]
    letters = [*line("村", 15, 74), *line("户", 65, 74), *line("甲", 15, 54), *line("7", 65, 54)]
    assert laid_out([Page(200, 200, letters, tuple(pieces))]) == "村\t户\t\n甲\t7\t"


@pytest.mark.parametrize("size", [12, 16])
def test_what_an_office_program_prints_reads_as_the_file_it_printed(tmp_path: Path, size: int) -> None:
    file = io.BytesIO()
    paper(size).save(file)
    printed = converted(file.getvalue(), "报告.docx", "pdf", tmp_path)
    assert text(printed).split("\n") == text(file.getvalue(), "报告.docx").split("\n")


def paper(size: int) -> docx.document.Document:
    """A report of several pages with a running head, page marks, paragraphs, points and a long table."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(size)
    document.sections[0].header.paragraphs[0].text = "青禾市民政局 工作报告"
    mark = document.sections[0].footer.paragraphs[0]
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("一、办件情况")
    for number in range(1, 30):
        said = document.add_paragraph(
            f"第{number}批收集诉求{number * 7919}件，办结{number * 6007}件，投入资金{number * 131.07:.2f}万元，"
            f"走访群众{number * 1.3:.1f}万户，解决道路交通、环境卫生方面的难题{number}个。"
        )
        said.paragraph_format.first_line_indent = Pt(2 * size)
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    rows = [
        (f"第{number}村", f"{number * 37}", f"开会{number}次，走访群众{number * 211}户。") for number in range(1, 40)
    ]
    for cell, words in zip(table.rows[0].cells, ("村", "户数", "做法"), strict=True):
        cell.text = words
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    return document
