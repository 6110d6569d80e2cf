"""Tables as files and as pasted cells: every value in its cell, as it is stored; hostile files refused in a sentence."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import numbers

from gangmu.kernel.problems import Unusable
from gangmu.reading.grid import MOST_COLUMNS, column_name, place
from gangmu.reading.number_formats import stored, tells_a_day
from gangmu.reading.table_files import pasted_table, tables_in


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(*rows: list[Any]) -> list[tuple[str, ...]]:
    """What comes back of a workbook with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    [grid], _ = tables_in("表.xlsx", saved(book))
    return [row.cells for row in grid.rows]


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Unusable) as caught:
        tables_in(name, data)
    return f"{caught.value.problem.code} {caught.value.problem.message}"


def test_values_come_as_they_are_stored_and_days_as_days() -> None:
    found = cells(["张三", 12, 12.5, date(2025, 3, 1), datetime(2025, 3, 1, 9, 30), True, None, "尾"])  # noqa: DTZ001 - a moment on paper
    assert found == [("张三", "12", "12.5", "2025-03-01", "2025-03-01 09:30", "TRUE", "", "尾")]


def test_what_a_format_hides_of_a_number_is_there() -> None:
    book = openpyxl.Workbook()
    book.active.append([1234.5678, 13800000001, 0.963])
    book.active["A1"].number_format = "0"
    book.active["B1"].number_format = "0.00E+00"
    book.active["C1"].number_format = numbers.FORMAT_PERCENTAGE
    [grid], _ = tables_in("表.xlsx", saved(book))
    assert grid.rows[0].cells == ("1234.5678", "13800000001", "0.963")


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("yyyy/m/d", True),
        ('yyyy"年"m"月"d"日"', True),
        ("m-d", True),
        ("mmm-yy", True),
        ("h:mm", False),
        ("mm:ss", False),
        ("0.00", False),
        ("General", False),
    ],
)
def test_which_formats_tell_a_day(code: str, day: bool) -> None:
    assert tells_a_day(code) is day


def test_days_count_from_1900_or_1904() -> None:
    from decimal import Decimal

    assert stored(Decimal(45717), "yyyy/m/d") == "2025-03-01"
    assert stored(Decimal(44255), "yyyy/m/d", since_1904=True) == "2025-03-01"
    assert stored(Decimal(0), "yyyy/m/d") == "0"
    assert stored(Decimal("12.50"), "General") == "12.5"


def test_a_workbook_that_counts_from_1904_says_so() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append([date(2025, 3, 1)])
    [grid], _ = tables_in("表.xlsx", saved(book))
    assert grid.since_1904
    assert grid.rows[0].cells == ("2025-03-01",)


def test_long_numbers_errors_and_formulas_without_a_value_are_marked() -> None:
    book = openpyxl.Workbook()
    book.active.append(["号", 990101198605120000, "=A1&1"])
    book.active["D1"] = "#REF!"
    book.active["D1"].data_type = "e"
    [grid], _ = tables_in("表.xlsx", saved(book))
    assert grid.marks == {(1, 2): "long", (1, 3): "formula", (1, 4): "error"}


def test_merged_cells_hidden_rows_and_row_numbers_are_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A3"], sheet["B5"] = "题", "甲", "乙"
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A5")
    sheet.row_dimensions[5].hidden = True
    [grid], _ = tables_in("表.xlsx", saved(book))
    assert grid.merged == ((1, 1, 1, 3), (3, 1, 5, 1))
    assert grid.hidden == {5}
    assert [(row.number, row.cells) for row in grid.rows] == [(1, ("题",)), (3, ("甲",)), (5, ("", "乙"))]


def test_hidden_sheets_are_not_read_and_named_and_empty_ones_are_left_out() -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名"])
    book.create_sheet("空表")
    other = book.create_sheet("去年")
    other.append(["姓名"])
    other.sheet_state = "hidden"
    grids, [note] = tables_in("表.xlsx", saved(book))
    assert [grid.name for grid in grids] == ["Sheet"]
    assert "去年" in note.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    [grid], notes = tables_in("名册.csv", "姓名,支部\n张三,柳溪村党支部\n".encode(encoding))
    assert [row.cells for row in grid.rows] == [("姓名", "支部"), ("张三", "柳溪村党支部")]
    assert [note.code for note in notes] == ([] if encoding.startswith("utf-8") else ["reading.encoding_note"])


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_what_parts_the_cells_is_seen_from_the_first_lines(sign: str) -> None:
    [grid], _ = tables_in("名册.csv", f"姓名{sign}性别\n张三{sign}男\n".encode())
    assert [row.cells for row in grid.rows] == [("姓名", "性别"), ("张三", "男")]


def test_pasted_cells_keep_their_places_and_a_cell_of_several_lines_is_one_cell() -> None:
    grid = pasted_table('姓名\t住址\t电话\r\n张三\t\t138\r\n\r\n李四\t"一行\n两行"\t139\r\n')
    assert [(row.number, row.cells) for row in grid.rows] == [
        (1, ("姓名", "住址", "电话")),
        (2, ("张三", "", "138")),
        (4, ("李四", "一行 两行", "139")),
    ]


def test_a_single_column_can_be_pasted() -> None:
    assert [row.cells for row in pasted_table("姓名\n张三").rows] == [("姓名",), ("张三",)]


def test_a_row_beyond_its_cells_says_nothing() -> None:
    [row] = pasted_table("甲\t乙").rows
    assert (row.cell(1), row.cell(2), row.cell(3)) == ("甲", "乙", "")


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (256, "IV"), (703, "AAA")])
def test_columns_are_called_as_in_a_sheet(column: int, name: str) -> None:
    assert column_name(column) == name
    assert place(12, column) == f"{name}12"


def bomb() -> bytes:
    """A sheet of eight megabytes of one sign in a small file."""
    book = openpyxl.Workbook()
    book.active.append(["x"])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member in source.namelist():
            made.writestr(member, source.read(member) + (b" " * 8_000_000 if member.endswith("sheet1.xml") else b""))
    return out.getvalue()


def far_cell() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1048576"] = "x"
    return saved(book)


def with_entities() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["x"])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as source, zipfile.ZipFile(out, "w") as made:
        for member in source.namelist():
            data = source.read(member)
            if member.endswith("sheet1.xml"):
                data = b'<!DOCTYPE a [<!ENTITY b "c">]>' + data
            made.writestr(member, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("表.xls", b"\xd0\xcf\x11\xe0rest", "另存为 .xlsx"),
        ("表.et", b"\xd0\xcf\x11\xe0rest", "另存为 .xlsx"),
        ("表.xlsx", b"\xd0\xcf\x11\xe0rest", "有密码"),
        ("表.xlsx", b"PK\x03\x04", "reading.broken"),
        ("表.xlsx", b"", "reading.broken"),
        ("表.csv", b"PK\x03\x04zip", "reading.kind"),
        ("表.csv", b"", "reading.empty"),
        ("表.csv", b",,\n,,\n", "reading.empty"),
        ("文.docx", b"PK\x03\x04", "reading.no_table"),
        ("文.pdf", b"%PDF-1.4", "reading.no_table"),
        ("图.jpg", b"\xff\xd8\xff", "是图片"),
        ("表.csv", b"a" * (20 * 1024 * 1024 + 1), "超过 20 MB"),
        ("表.csv", ("," * MOST_COLUMNS).encode(), "列"),
        ("表.csv", b"a\n" * 100_200, "行"),
    ],
)
def test_what_cannot_be_read_as_a_table_is_refused_with_what_to_do(name: str, data: bytes, says: str) -> None:
    assert says in refusal(name, data)


@pytest.mark.parametrize("made", [bomb, far_cell, with_entities])
def test_a_hostile_workbook_is_refused(made: Any) -> None:
    assert refusal("表.xlsx", made()).startswith("reading.hostile")


def test_a_workbook_without_any_cell_holds_nothing() -> None:
    assert refusal("表.xlsx", saved(openpyxl.Workbook())).startswith("reading.empty")
