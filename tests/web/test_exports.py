"""Every list that can be had as CSV can be had as a workbook with the same rows."""

import io
from datetime import datetime

import openpyxl
import pytest
from django.test import Client

from gangmu.kernel.canon import Json
from gangmu.pages.messages import HAN
from gangmu.records.actions import record_fact
from tests.pages.conftest import Town
from tests.web.opening import csv_rows, opened


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
    "page", ["/facts?kind=activity.held", "/units/{org}/figures", "/figures/{org}/activity.sessions[members_meeting]"]
)
def test_the_page_offers_both_files_and_they_are_equal(town: Town, page: str) -> None:
    client = town.client(town.leader)
    links = opened(client, page.format(org=town.city["青禾市"])).links()
    (as_book,) = [link for link in links if "as=xlsx" in link]
    as_csv = as_book.replace("&as=xlsx", "").replace("?as=xlsx", "")
    assert as_csv in links
    rows = sheet_rows(client, as_book)
    assert len(rows) > 1
    assert rows == csv_rows(client, as_csv)


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
