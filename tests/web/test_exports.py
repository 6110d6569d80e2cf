"""Every list that can be had as CSV can be had as a workbook with the same rows."""

import io

import openpyxl
import pytest
from django.test import Client

from tests.pages.conftest import Town
from tests.web.opening import csv_rows, opened


def sheet_rows(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [["" if cell is None else str(cell) for cell in row] for row in book.active.iter_rows(values_only=True)]


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
