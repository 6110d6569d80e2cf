"""What a workbook says: cells in reading order, numbers as they are displayed, what is hidden or missing is told."""

import datetime
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from gangmu.kernel.problems import Unusable
from gangmu.reading.number_formats import general, shown
from gangmu.reading.pipeline import read_all
from gangmu.reading.read import Loaded, read_bytes
from gangmu.reading.xlsx import document_of


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def loaded(book: openpyxl.Workbook) -> Loaded:
    return read_bytes("表.xlsx", saved(book))


def filled(*rows: list[object]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def altered(data: bytes, name: str, change: "tuple[bytes, bytes]", more: dict[str, bytes] | None = None) -> bytes:
    """The archive with one replacement in the member `name`, and more members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            assert member != name or change[0] in content
            new.writestr(member, content.replace(*change) if member == name else content)
        for member, content in (more or {}).items():
            new.writestr(member, content)
    return out.getvalue()


def code(data: bytes) -> str:
    with pytest.raises(Unusable) as caught:
        read_bytes("表.xlsx", data)
    assert caught.value.problem.message.startswith("《表.xlsx》")
    assert caught.value.problem.message_en.endswith(".")
    return caught.value.problem.code


def test_cells_stand_in_reading_order_a_tab_after_each_and_a_line_a_row() -> None:
    source = loaded(filled(["村", "户数"], ["甲村", 120], ["乙村", None, 3])).source
    assert source.text == "村\t户数\t\n甲村\t120\t\n乙村\t\t3\t"
    assert source.format == "xlsx"


def test_a_row_of_one_cell_is_a_line_of_words_and_empty_rows_are_one_empty_line() -> None:
    book = filled(["2025年走访情况表"], [], [], ["全年走访120户。"])
    assert loaded(book).source.text == "2025年走访情况表\n\n全年走访120户。"


def test_numbers_dates_and_words_are_as_displayed() -> None:
    book = filled(
        [
            0.963,
            1234567,
            datetime.date(2025, 3, 8),
            datetime.datetime.fromisoformat("2025-03-08T09:05"),
            True,
            0.1 + 0.2,
        ]
    )
    formats = ("0.0%", '#,##0"元"', 'yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm")
    for cell, code in zip(book.active[1], formats, strict=False):
        cell.number_format = code
    assert loaded(book).source.text == "96.3%\t1,234,567元\t2025年3月8日\t2025-03-08 09:05\tTRUE\t0.3\t"


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        ("0.96269", "0.00%", "96.27%"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("1234567.5", "#,##0", "1,234,568"),
        ("2.5", "0", "3"),
        ("-2.5", "0", "-3"),
        ("-0.001", "0.0", "0.0"),
        ("7", "000", "007"),
        ("3.1", "0.0#", "3.1"),
        ("0.5", "#.##", ".5"),
        ("12345678", '#,##0.0,"千"', "12,345.7千"),
        ("-3.25", "0.0_);[Red](0.0)", "(3.3)"),
        ("0", '0;-0;"—"', "—"),
        ("5", '0;-0;"—"', "5"),
        ("1200", "[$¥-804]#,##0", "¥1,200"),
        ("1200", "_ * #,##0.00_ ;_ * -#,##0.00_ ", "1,200.00"),
        ("15", "General", "15"),
        ("1.23456789012345", "General", "1.23456789"),
        ("15", 'General"户"', "15户"),
        ("15", "@", "15"),
        ("0.5", "# ?/?", "0.5"),
        ("12000", "0.00E+00", "12000"),
        ("45724", "yyyy/m/d", "2025/3/8"),
        ("45724.5", 'm"月"d"日" h:mm', "3月8日 12:00"),
        ("45724.75", "h:mm AM/PM", "6:00 PM"),
        ("45724", "aaaa", "星期六"),
        ("45724", "mmm-yy", "Mar-25"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.003472222", "h:mm:ss", "0:05:00"),
        ("0.003472222", "mm:ss", "05:00"),
        ("59", "yyyy-m-d", "1900-2-28"),
        ("61", "yyyy-m-d", "1900-3-1"),
        ("-1", "yyyy-m-d", "-1"),
        ("99999999", "yyyy-m-d", "99999999"),
    ],
)
def test_a_format_shows_its_number(value: str, code: str, expected: str) -> None:
    assert shown(Decimal(value), code) == expected


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    assert shown(Decimal(0), "yyyy-m-d", since_1904=True) == "1904-1-1"
    book = filled([datetime.date(2025, 3, 8)])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"].number_format = "yyyy-m-d"
    assert loaded(book).source.text == "2025-3-8"


def test_a_very_large_number_keeps_its_size() -> None:
    assert general(Decimal("1E+30")) == "1E+30"


def test_merged_cells_say_their_words_once_and_keep_the_columns() -> None:
    book = filled(["单位", "走访", None, "办结"], [None, "上半年", "下半年", None], ["甲村", 10, 20, 5])
    book.active.merge_cells("A1:A2")
    book.active.merge_cells("B1:C1")
    assert loaded(book).source.text == "单位\t走访\t\t办结\t\n\t上半年\t下半年\t\n甲村\t10\t20\t5\t"


def test_several_sheets_stand_under_the_names_that_somebody_gave() -> None:
    book = filled(["走访120户。"])
    book.active.title = "一季度"
    book.create_sheet("Sheet2")["A1"] = "走访130户。"
    book.create_sheet("空的")
    found = loaded(book)
    assert found.source.text == "一季度\n走访120户。\n\n走访130户。"
    assert found.source.headings == ((0, 1),)
    assert found.notes == ()


def test_hidden_sheets_are_left_out_and_told() -> None:
    book = filled(["走访120户。"])
    hidden = book.create_sheet("底稿")
    hidden["A1"], hidden.sheet_state = 99, "hidden"
    book.create_sheet("更深").sheet_state = "veryHidden"
    found = loaded(book)
    assert found.source.text == "走访120户。"
    assert [note.code for note in found.notes] == ["reading.hidden_sheets"]
    assert "底稿、更深" in found.notes[0].message


def test_a_formula_gives_its_stored_value_and_one_without_is_told() -> None:
    data = saved(filled(["合计", "=1+2", 7]))
    found = read_bytes("表.xlsx", data)
    assert found.source.text == "合计\t\t7\t"
    assert [note.code for note in found.notes] == ["reading.no_stored_value"]
    stored = altered(data, "xl/worksheets/sheet1.xml", (b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>"))
    assert read_bytes("表.xlsx", stored) == Loaded(found.source.__class__("表.xlsx", "合计\t3\t7\t", "xlsx"), ())


def test_lines_inside_a_cell_become_a_space() -> None:
    assert loaded(filled(["第一行\n第二行", 1])).source.text == "第一行 第二行\t1\t"


def test_a_table_is_read_as_a_table() -> None:
    claims = read_all(loaded(filled(["村", "户数"], ["甲村", 120], ["乙村", 80])).source).claims
    assert [(claim.text, claim.subject) for claim in claims] == [("120", "户数"), ("80", "户数")]


def test_an_empty_workbook_is_told() -> None:
    assert [note.code for note in loaded(openpyxl.Workbook()).notes] == ["reading.empty"]


INLINE = '<c r="A1" t="inlineStr"><is><t>走访120户。</t></is></c>'.encode("ascii", "xmlcharrefreplace")


def with_strings(strings: str) -> bytes:
    """A workbook whose one cell points to the first of these shared strings."""
    data = saved(filled(["走访120户。"]))
    pointed = altered(data, "xl/worksheets/sheet1.xml", (INLINE, b'<c r="A1" t="s"><v>0</v></c>'))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pointed)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            if member != "xl/sharedStrings.xml":
                new.writestr(member, old.read(member))
        new.writestr("xl/sharedStrings.xml", strings)
    return out.getvalue()


def test_shared_strings_are_read_in_runs_and_without_reading_aids() -> None:
    strings = "<sst><si><r><t>走访</t></r><r><t>120户</t></r><rPh><t>zou</t></rPh></si><si><t>别的</t></si></sst>"
    assert read_bytes("表.xlsx", with_strings(strings)).source.text == "走访120户"


def test_a_doctype_in_the_strings_is_refused() -> None:
    assert code(with_strings("<!DOCTYPE a><sst><si><t>x</t></si></sst>")) == "reading.hostile"
    assert code(with_strings('<!DOCTYPE a [<!ENTITY b "c">]><sst><si><t>&b;</t></si></sst>')) == "reading.hostile"


HOSTILE = {
    "a cell at the far corner": ("xl/worksheets/sheet1.xml", (b'r="A1"', b'r="XFD1048576"'), {}),
    "a doctype": ("xl/worksheets/sheet1.xml", (b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'), {}),
    "links to other workbooks": ("xl/workbook.xml", (b"<", b"<"), {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
    "macros": ("xl/workbook.xml", (b"<", b"<"), {"xl/vbaProject.bin": b"x"}),
    "a type with macros": ("[Content_Types].xml", (b"sheet.main", b"sheet.macroEnabled.main"), {}),
    "an object": ("xl/workbook.xml", (b"<", b"<"), {"xl/embeddings/oleObject1.bin": b"x"}),
    "a workbook inside": ("xl/workbook.xml", (b"<", b"<"), {"xl/embeddings/a.xlsx": b"x"}),
    "a bomb": ("xl/workbook.xml", (b"<", b"<"), {"xl/media/a.png": bytes(20_000_000)}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbooks_are_refused(name: str) -> None:
    assert code(altered(saved(filled(["走访120户。"])), *HOSTILE[name])) == "reading.hostile"


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("xl/worksheets/sheet1.xml", (b"</worksheet>", b""), "reading.broken"),
        ("xl/worksheets/sheet1.xml", (INLINE, b'<c r="A1" t="s"><v>77</v></c>'), "reading.broken"),
        ("xl/worksheets/sheet1.xml", (INLINE, b'<c r="A1" t="s"><v>x</v></c>'), "reading.broken"),
        ("xl/worksheets/sheet1.xml", (INLINE, b'<c r="A1" s="99"><v>1</v></c>'), "reading.broken"),
    ],
)
def test_damaged_workbooks_get_a_sentence(name: str, change: tuple[bytes, bytes], expected: str) -> None:
    assert code(altered(saved(filled(["走访120户。"])), name, change)) == expected


def test_an_archive_that_is_no_workbook_is_named_so() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr("a.txt", "x")
    assert code(buffer.getvalue()) == "reading.kind"


def test_a_cell_without_a_place_follows_the_one_before() -> None:
    data = saved(filled(["甲", "乙"], ["丙"]))
    out = altered(data, "xl/worksheets/sheet1.xml", (b' r="B1"', b""))
    assert document_of(out).text == "甲\t乙\t\n丙"
    assert re.fullmatch(r"甲\t乙\t\n丙", document_of(altered(out, "xl/worksheets/sheet1.xml", (b' r="A1"', b""))).text)
