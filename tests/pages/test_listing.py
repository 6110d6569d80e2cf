"""Lists: pages, addresses and exports."""

import csv
import io
import tracemalloc
from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from gangmu.pages import listing
from gangmu.pages.xlsx_export import LAST_ROW, ROWS_AT_ONCE


def test_a_page_knows_its_first_and_last_row_and_its_neighbours() -> None:
    page = listing.cut(list(range(45)), 2, 20)
    assert (page.first, page.last, page.earlier, page.later) == (21, 40, 1, 3)
    assert list(page.rows) == list(range(20, 40))


def test_a_page_beyond_the_end_is_the_last_one() -> None:
    page = listing.cut(list(range(45)), 99, 20)
    assert (page.number, page.last, page.later) == (3, 45, None)


def test_an_empty_list_has_one_empty_page() -> None:
    page = listing.cut([], 1, 20)
    assert (page.first, page.last, page.earlier, page.later, page.total) == (0, 0, None, None, 0)


@pytest.mark.parametrize(
    ("text", "number"), [("3", 3), ("0", 1), ("-2", 1), ("many", 1), ("", 1), ("9" * 30, 1), ("２", 2)]
)
def test_only_a_number_asks_for_a_page(text: str, number: int) -> None:
    assert listing.page_number(QueryDict(f"page={text}")) == number


def test_changing_the_address_keeps_the_rest_and_starts_paging_anew() -> None:
    query = QueryDict("from=2025-01-01&page=3&kind=meeting.held")
    assert listing.changed(query, kind="") == "?from=2025-01-01"
    assert listing.changed(query, sort="day") == "?from=2025-01-01&kind=meeting.held&sort=day"


def test_an_address_tells_only_what_says_something() -> None:
    assert listing.address("/facts", {"org": "a", "kind": "", "page": None}) == "/facts?org=a"
    assert listing.address("/facts", {}) == "/facts"


def test_an_export_opens_in_office_programs_and_runs_no_formula() -> None:
    response = listing.csv_file("荷塘村", ["单位", "数"], [["=HYPERLINK(1)", "-3.5"], ["+86", "12%"], ["@x", None]])
    text = b"".join(iter(response)).decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert rows == [["单位", "数"], ["'=HYPERLINK(1)", "-3.5"], ["+86", "12%"], ["'@x", ""]]
    assert "%E8%8D%B7" in response["Content-Disposition"]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0"])
def test_whatever_could_begin_a_formula_is_marked_as_words(begin: str) -> None:
    text = b"".join(listing.csv_bytes(["备注"], [[f"{begin}cmd|' /C calc'!A0"]])).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[1] == [f"'{begin}cmd|' /C calc'!A0"]


def test_days_and_moments_are_written_in_local_time_as_spreadsheets_read_them() -> None:
    moment = datetime(2025, 3, 7, 17, 5, 59, tzinfo=UTC)
    text = b"".join(listing.csv_bytes(["哪天", "入账"], [[date(2025, 3, 8), moment]])).decode("utf-8-sig")
    assert text.splitlines()[1] == "2025-03-08,2025-03-08 01:05"


def test_a_list_longer_than_a_sheet_is_offered_as_csv_alone() -> None:
    assert set(listing.export_addresses("/facts.csv", QueryDict(), LAST_ROW - 1)) == {"csv", "xlsx"}
    assert set(listing.export_addresses("/facts.csv", QueryDict(), LAST_ROW)) == {"csv"}


def written(rows: int) -> tuple[int, int]:
    """The size of a CSV of so many rows, and the most memory that its writing took."""
    tracemalloc.start()
    size = sum(len(piece) for piece in listing.csv_bytes(["单位", "数"], (["荷塘村", n] for n in range(rows))))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return size, most


def test_memory_does_not_grow_with_the_rows_of_a_csv() -> None:
    (_, few), (size, many) = written(2_000), written(100_000)
    assert size > 1_500_000
    assert many < few * 1.5 < size / 4


def test_the_first_bytes_of_a_csv_leave_before_the_last_row_is_made() -> None:
    made = iter(range(10_000))
    pieces = listing.csv_bytes(["数"], ([n] for n in made))
    next(pieces)
    assert 0 < next(made) < 9_999
    assert sum(map(len, pieces)) > 0
    assert next(made, None) is None


@pytest.mark.parametrize("rows", [0, 1, ROWS_AT_ONCE - 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1])
def test_a_csv_holds_every_row_once_however_it_is_cut(rows: int) -> None:
    text = b"".join(listing.csv_bytes(["数"], ([n] for n in range(rows)))).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["数", *map(str, range(rows))]
