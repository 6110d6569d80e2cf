"""Every list that can be had as CSV can be had as a workbook with the same rows."""

import io
from datetime import datetime

import openpyxl
import pytest
from django.test import Client

from gangmu.kernel.canon import Json
from gangmu.ledger import index
from gangmu.ledger.facts import Fact
from gangmu.pages import listing, xlsx_export
from gangmu.pages.messages import HAN
from gangmu.records.actions import record_fact
from tests.pages.conftest import Town
from tests.web.opening import csv_rows, opened, sent

SPEECH = "荷塘村工作报告\n今年召开支部党员大会5次。受理诉求3件，办结1件。\n"


def sheet_rows(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [list(map(as_csv, row)) for row in book.active.iter_rows(values_only=True)]


def as_csv(cell: object) -> str:
    """A cell as CSV writes it."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    return "" if cell is None else str(cell)


@pytest.mark.parametrize(
    "page",
    ["/facts?kind=activity.held", "/units/{org}/figures", "/figures/{org}/activity.sessions[members_meeting]",
     "/units?q=荷塘", "/ledger"],
)  # fmt: skip
def test_the_page_offers_both_files_and_they_are_equal(town: Town, page: str) -> None:
    client = town.client(town.leader)
    links = opened(client, page.format(org=town.city["青禾市"])).links()
    (as_book,) = [link for link in links if "as=xlsx" in link]
    as_csv = as_book.replace("&as=xlsx", "").replace("?as=xlsx", "")
    assert as_csv in links
    rows = sheet_rows(client, as_book)
    assert len(rows) > 1
    assert rows == csv_rows(client, as_csv)


def test_the_numbers_of_a_checked_document_are_a_file_too(town: Town) -> None:
    client = town.client(town.secretary)
    checked = sent(client, "/documents", {"text": SPEECH})
    report = opened(client, f"{checked.address}/report")
    (as_book,) = [link for link in report.links() if "as=xlsx" in link]
    rows = sheet_rows(client, as_book)
    assert rows == csv_rows(client, as_book.replace("?as=xlsx", ""))
    assert [row[:4] for row in rows[1:]] == [
        ["1", "支部党员大会", "5次", "不符"], ["2", "诉求", "3件", "已证实"], ["3", "诉求", "1件", "已证实"],
    ]  # fmt: skip
    assert rows[1][5:7] == ["3场", "活动场次（支部党员大会）"]
    assert all("文中写" in row[4] for row in rows[1:])
    assert town.client(town.leader).get(as_book).status_code == 404


def test_the_lists_of_units_and_of_the_ledger_are_files_of_what_is_seen(town: Town) -> None:
    client = town.client(town.leader)
    units = opened(client, "/units?q=荷塘")
    assert [row[0] for row in csv_rows(client, "/units.csv?q=荷塘")[1:]] == units.texts("//main//tbody/tr/th")
    entries = opened(client, "/ledger?page=2")
    page_2 = csv_rows(client, "/ledger/entries.csv?page=2")
    assert [row[-1] for row in page_2[1:]] == [one.replace(",", "") for one in entries.texts("//tbody/tr/td[last()]")]
    assert len(csv_rows(client, "/ledger/entries.csv")) > len(page_2)
    mended = csv_rows(client, "/ledger/entries.csv?only=mended")
    assert len(mended) == 1


def test_rows_leave_while_the_rest_lies_in_the_ledger_still(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a list of any length no more is in memory than what goes out at once."""
    read: list[object] = []
    whole = index.fact_from

    def counted(row: tuple[object, ...]) -> Fact:
        read.append(row)
        return whole(row)

    monkeypatch.setattr(index, "fact_from", counted)
    monkeypatch.setattr(listing, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(xlsx_export, "ROWS_AT_ONCE", 2)
    for kind in ("", "&as=xlsx"):
        for address in ("/facts.csv?kind=activity.held", "/ledger/entries.csv?only="):
            answer = town.client(town.leader).get(address + kind)
            read.clear()
            pieces = iter(answer.streaming_content)
            next(piece for piece in pieces if len(piece) > 0)
            early = len(read)
            assert list(pieces)
            assert early <= 4 < len(read), address + kind


@pytest.mark.parametrize("page", ["/facts.csv?kind=activity.held", "/figures/{org}/activity.sessions/csv"])
@pytest.mark.parametrize("kind", ["", "as=xlsx"])
def test_a_file_keeps_the_language_of_its_page_to_the_last_row(town: Town, page: str, kind: str) -> None:
    client, address = town.client(town.leader, english=True), page.format(org=town.city["青禾市"])
    rows = sheet_rows(client, f"{address}{'&' if '?' in address else '?'}{kind}") if kind else csv_rows(client, address)
    assert rows[0][0] == "Day"
    assert rows[-1][2] == "Members' meeting"


def test_the_table_of_figures_is_english_in_both_files(town: Town) -> None:
    client, address = town.client(town.leader, english=True), f"/units/{town.city['青禾市']}/figures.csv"
    rows = csv_rows(client, address)
    assert rows == sheet_rows(client, f"{address}?as=xlsx")
    assert not any(HAN.search(cell) for row in rows[1:] for cell in row)


def test_every_fact_behind_a_figure_is_in_its_file_and_one_page_where_a_page_is_asked(town: Town) -> None:
    client, address = town.client(town.leader), f"/figures/{town.city['青禾市']}/activity.attendance_rate"
    shown = opened(client, address)
    rows = csv_rows(client, f"{address}/csv")
    assert len(rows) == 1 + 6  # six meetings count in both parts of the rate; each is one row
    assert len({row[7] for row in rows[1:]}) == 6
    assert rows[1:] == csv_rows(client, f"{address}/csv?page=1")[1:]
    assert shown.text("//section[@id='facts']//tbody/tr[1]/td[1]")


def test_the_facts_of_a_withheld_figure_are_in_no_file(town: Town) -> None:
    city = town.city
    rated: dict[str, Json] = {"outcome": "solved", "rating": "satisfied"}
    record_fact(
        "matter.closed", city["荷塘支部"], body=rated, about=f"{0:032x}", on=town.today, by=city.clerk, idem="c"
    )
    client, address = town.client(town.leader), f"/figures/{city['荷塘支部']}/matter.satisfied_rate"
    assert "人太少" in opened(client, address).source or "人数太少" in opened(client, address).source
    assert csv_rows(client, f"{address}/csv")[1:] == []
    assert csv_rows(client, f"{address}/csv?page=1")[1:] == []
