"""What a PDF says: paragraphs whole, tables in cells, the frame of the page left out, scans and locks told."""

import io

import pytest

from gangmu.kernel.problems import Unusable
from gangmu.reading.page_letters import Letter, Page
from gangmu.reading.page_lines import laid_out
from gangmu.reading.pdf import document_of
from gangmu.reading.pipeline import read_all
from gangmu.reading.plain_font import plain_font
from gangmu.reading.read import read_bytes
from tests.reading.papers import drawn, report, scanned

LONG = "今年以来，全镇收集群众诉求1233件，办结1187件，办结率96.3%。" + "走访群众12345户、" * 12 + "全部完成。"


def text(data: bytes) -> str:
    return read_bytes("文.pdf", data).source.text


def test_a_paragraph_is_one_line_whatever_its_wraps_and_page_ends() -> None:
    parts = [f"{LONG}第{number}段说完。" for number in range(20)]
    assert text(report(*parts)).split("\n") == parts


def test_a_number_torn_by_a_wrap_is_whole() -> None:
    page = [
        (72, 700, "今年以来，全镇共收集群众诉求和意见建议一共12"),
        (72, 680, "33件，按时办结的占到了九成以上，群众都满意。"),
    ]
    page.append((72, 660, "其余的正在办理。"))
    source = read_bytes("文.pdf", drawn(page)).source
    assert "1233件" in source.text
    assert next(claim.text for claim in read_all(source).claims) == "1233件"


def test_running_heads_and_page_marks_are_left_out() -> None:
    for mark in ("- {page} -", "第{page}页 共3页", "{page}", "{page}/3", "— {page} —"):
        data = report(*[LONG] * 12, head="青禾市工作报告 2025", mark=mark)
        assert text(data).split("\n") == [LONG] * 12, mark


def test_a_head_on_one_page_only_and_a_lone_number_stay() -> None:
    page = [(72, 800, "青禾市人民政府"), (72, 700, "全年走访120户。"), (297, 30, "7")]
    assert text(drawn(page)) == "青禾市人民政府\n全年走访120户。\n7"


def test_the_first_line_of_pages_of_one_form_is_no_running_head() -> None:
    pages = [[(72, 760 - 18 * row, f"第{row}行写着走访{number}户。") for row in range(4)] for number in (12, 15, 17)]
    assert text(drawn(*pages)).count("第0行") == 3


def test_rows_of_numbers_at_the_same_place_of_pages_are_no_frame() -> None:
    pages = [[(72, 800, f"{number}8"), (172, 800, f"{number}9"), (72, 400, "中间的文字。")] for number in range(1, 4)]
    assert text(drawn(*pages)).count("中间的文字。") == 3
    assert "18\t19\t" in text(drawn(*pages))


def test_the_cells_of_a_table_end_in_tabs() -> None:
    rows = [["村", "户数", "办结率"], ["甲村", "120", "96.3%"], ["乙村", "98", "90%"]]
    source = read_bytes("文.pdf", report(LONG, rows)).source
    assert source.text.endswith("\n村\t户数\t办结率\t\n甲村\t120\t96.3%\t\n乙村\t98\t90%\t")
    assert ("120", "户数") in [(claim.text, claim.subject) for claim in read_all(source).claims]


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [(60, 700 - 20 * row, f"左边第{row}行写得满满当当的字") for row in range(1, 8)]
    right = [(320, 700 - 20 * row, f"右边第{row}行写得满满当当的字") for row in range(1, 8)]
    across = [(60, 720, "横跨两栏的一个很长很长的标题，比任何一栏都要宽出许多才行")]
    mixed = across + [each for pair in zip(left, right, strict=True) for each in pair]
    said = text(drawn(mixed))
    assert said.index("左边第7行") < said.index("右边第1行")
    assert said.startswith("横跨两栏")


def test_a_table_of_short_cells_is_never_taken_for_columns() -> None:
    rows = [(x, 700 - 20 * row, f"{name}{row}") for row in range(8) for x, name in ((60, "村"), (320, "户"))]
    assert text(drawn(rows)).split("\n")[:2] == ["村0\t户0\t", "村1\t户1\t"]


def test_indented_lines_and_headings_begin_anew() -> None:
    said = text(report("一、基本情况", LONG, "二、存在问题", LONG, title="2025年工作报告")).split("\n")
    assert said == ["2025年工作报告", "一、基本情况", LONG, "二、存在问题", LONG]


@pytest.mark.parametrize(
    ("data", "expected", "advice"),
    [
        (drawn([(72, 700, "走访120户。")], password="secret"), "reading.encrypted", "Word 稿"),
        (scanned(2), "reading.scanned", "识别"),
        (b"%PDF-1.7\n%%EOF", "reading.broken", "另存一份"),
        (drawn([(72, 700, "走访120户。")])[:300], "reading.broken", "另存一份"),
    ],
    ids=["locked", "scan", "empty", "half"],
)
def test_what_holds_no_readable_words_gets_a_sentence(data: bytes, expected: str, advice: str) -> None:
    with pytest.raises(Unusable) as caught:
        read_bytes("文.pdf", data)
    assert caught.value.problem.code == expected
    assert advice in caught.value.problem.message


def test_pages_that_are_pictures_among_others_are_told() -> None:
    found = read_bytes("文.pdf", scanned(2, words="走访120户。"))
    assert found.source.text == "走访120户。"
    assert [(note.code, "2页" in note.message) for note in found.notes] == [("reading.scanned", True)]


def test_the_process_apart_and_the_reader_itself_agree() -> None:
    data = report(LONG, [["村", "户数"], ["甲村", "120"]])
    assert text(data) == document_of(data).text


def test_no_letters_are_no_text() -> None:
    assert laid_out([Page(595, 842, [])]) == ""
    assert laid_out([Page(595, 842, [Letter("　", 1, 2, 1, 2)])]) == ""


def test_a_word_of_one_letter_in_a_font_that_is_not_there_is_read() -> None:
    """No machine's fonts count: a PDF may name one that it does not hold, and a village may be called by one sign."""
    page = [(72.0, 700.0 - 20 * row, words) for row, words in enumerate(("户", "7", "9", "共16户。"))]
    assert text(drawn(page)).split("\n") == ["户", "7", "9", "共16户。"]


def test_the_plain_font_is_one_that_others_can_read() -> None:
    from PIL import ImageFont

    font = ImageFont.truetype(io.BytesIO(plain_font()), 100)
    assert font.getbbox("村") == font.getbbox("7") == font.getbbox("𠮷")
    left, top, right, bottom = font.getbbox("村")
    assert bottom - top >= 99
    assert right - left >= 20
