"""A list as an .xlsx file: typed cells, no formulas, the same rows as the CSV, and memory that does not grow."""

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.http import QueryDict

from gangmu.pages import listing, xlsx_export
from gangmu.reading.xlsx import document_of
from tests.office_program import converted

HEADER = ["单位", "数"]


def book(rows: Sequence[Sequence[object]]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_export.xlsx_bytes(HEADER, rows))))


def cells(rows: Sequence[Sequence[object]]) -> list[list[tuple[object, str]]]:
    """Value and type of every cell below the header, as an independent reader finds them."""
    return [[(cell.value, cell.data_type) for cell in row] for row in book(rows).active.iter_rows(min_row=2)]


def test_numbers_are_numbers_and_words_are_words() -> None:
    assert cells([["荷塘村", 12], [None, Decimal("96.3")], ["12", ""]]) == [
        [("荷塘村", "s"), (12, "n")], [(None, "n"), (96.3, "n")], [("12", "s"), (None, "n")],
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["=1+1", "+86", "-x", "@SUM(A1)", '=HYPERLINK("x")', "\t=1"])
def test_what_would_begin_a_formula_is_text(words: str) -> None:
    ((first, *_),) = cells([[words, 1]])
    assert first == (words, "s")


def test_days_and_moments_are_days_and_moments_of_local_time() -> None:
    sheet = book([[date(2025, 3, 8), datetime(2025, 3, 7, 17, 5, 59, tzinfo=UTC)]]).active
    assert (sheet["A2"].value, sheet["A2"].number_format) == (datetime(2025, 3, 8), r"yyyy\-mm\-dd")  # noqa: DTZ001
    assert (sheet["B2"].value, sheet["B2"].number_format) == (datetime(2025, 3, 8, 1, 5, 59), r"yyyy\-mm\-dd\ hh:mm")  # noqa: DTZ001
    assert sheet["A2"].is_date


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    sheet = book([["青禾市棠岭街道党工委", 1], ["短", datetime(2025, 3, 7, 17, 5, tzinfo=UTC)], ["长" * 400, 2]]).active
    assert [sheet.column_dimensions[column].width for column in "AB"] == [62, 18]
    assert [book([["村", 1]]).active.column_dimensions[column].width for column in "AB"] == [10, 10]


def test_markup_blanks_and_signs_that_xml_forbids_do_no_harm() -> None:
    said = [row[0][0] for row in cells([["<b>&\"'", 1], ["  两边 ", 1], ["a\x00\x0b\ufffeb", 1], ["长" * 40_000, 1]])]
    assert said == ["<b>&\"'", "  两边 ", "ab", "长" * 32_767]


def test_the_header_is_bold_and_stays_in_view() -> None:
    sheet = book([["荷塘村", 1]]).active
    assert [cell.value for cell in sheet[1]] == HEADER
    assert sheet["A1"].font.b
    assert not sheet["A2"].font.b
    assert sheet.freeze_panes == "A2"


def test_our_own_reader_reads_it() -> None:
    data = b"".join(xlsx_export.xlsx_bytes(HEADER, [["荷塘村", 12], ["柳岸村", Decimal("3.5")]]))
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert document_of(data).text == "单位\t数\t\n荷塘村\t12\t\n柳岸村\t3.5\t"


def test_the_first_bytes_leave_before_the_last_row_is_made() -> None:
    made = 0

    def rows() -> Iterator[list[object]]:
        nonlocal made
        for made in range(1, 20_001):
            yield ["村", made]

    pieces = xlsx_export.xlsx_bytes(HEADER, rows())
    next(piece for piece in pieces if len(piece) > 1_000)
    assert made < 20_000
    assert sum(map(len, pieces)) > 0
    assert made == 20_000


def peak(rows: int) -> int:
    tracemalloc.start()
    for _ in xlsx_export.xlsx_bytes(HEADER, (["荷塘村", number] for number in range(rows))):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_rows() -> None:
    assert peak(100_000) < peak(2_000) * 1.5


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_export, "LAST_ROW", 3)
    assert len(cells([["村", 1], ["村", 2]])) == 2
    with pytest.raises(ValueError, match="3 rows"):
        cells([["村", 1], ["村", 2], ["村", 3]])


def test_the_address_says_which_file_it_is() -> None:
    as_book = listing.exported(QueryDict("as=xlsx"), "荷塘村", HEADER, [["荷塘村", 1]])
    as_csv = listing.exported(QueryDict(""), "荷塘村", HEADER, [["荷塘村", 1]])
    assert as_book["Content-Type"] == xlsx_export.CONTENT_TYPE
    assert as_book["Content-Disposition"].endswith(".xlsx")
    assert as_csv["Content-Disposition"].endswith(".csv")
    assert listing.export_addresses("/facts.csv", QueryDict("kind=a&page=2")) == {
        "csv": "/facts.csv?kind=a&page=2", "xlsx": "/facts.csv?kind=a&page=2&as=xlsx",
    }  # fmt: skip


RISKY = ["=1+1", "=HYPERLINK(1)", "+86-1", "-2+3", "@SUM(A1)", "＝1+1", "\t=1", "普通的字"]


def test_an_office_program_shows_every_row_of_a_workbook_and_runs_nothing(tmp_path: Path) -> None:
    rows = [[words, number, Decimal("96.3"), date(2025, 3, 8)] for number, words in enumerate(RISKY)]
    data = b"".join(xlsx_export.xlsx_bytes(["备注", "数", "办结率", "日期"], rows))
    shown = converted(data, "表.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1", tmp_path).decode("utf-8")
    told = list(csv.reader(io.StringIO(shown, newline="")))
    assert told == [["备注", "数", "办结率", "日期"]] + [
        [words, str(number), "96.3", "2025-03-08"] for number, words in enumerate(RISKY)
    ]


def test_an_office_program_finds_no_formula_in_a_csv(tmp_path: Path) -> None:
    data = b"".join(listing.csv_bytes(["备注", "数"], [[words, number] for number, words in enumerate(RISKY)]))
    book = converted(data, "表.csv", "xlsx:Calc MS Excel 2007 XML", tmp_path)
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(min_row=2))
    assert len(rows) == len(RISKY)
    assert {cell.data_type for row in rows for cell in row} == {"s", "n"}
    assert [row[1].value for row in rows] == list(range(len(RISKY)))
