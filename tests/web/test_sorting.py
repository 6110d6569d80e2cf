"""Lists are sorted by the head of a column: by the address alone, said to everybody, and files follow."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from gangmu.pages.listing import in_order, sorting
from gangmu.web.orders import spelled
from gangmu.web.views import units
from tests.pages.conftest import Town
from tests.web.opening import Page, csv_rows, opened

ROWS = [("b", 2), ("a", None), ("c", 2), ("d", 1)]
KEYS = {"name": lambda row: row[0], "size": lambda row: row[1]}


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", "bacd"),
        ("sort=name", "abcd"),
        ("sort=-name", "dcba"),
        ("sort=size", "dbca"),  # what says nothing stands last, rows alike keep their order
        ("sort=-size", "bcda"),
        ("sort=loyalty", "bacd"),
        ("sort=--name", "bacd"),
    ],
)
def test_rows_stand_as_the_address_asks(asked: str, names: str) -> None:
    by = sorting(QueryDict(asked), KEYS)
    assert "".join(name for name, _size in in_order(ROWS, by, KEYS)) == names


def test_names_stand_by_their_initials_and_by_their_numbers() -> None:
    names = ["第十二党支部", "荷塘村第三党支部", "第二党支部", "荷塘村第一党支部", "东河镇", "第一党支部", "第十党支部"]
    assert sorted(names, key=spelled) == [
        "第一党支部", "第二党支部", "第十党支部", "第十二党支部", "东河镇", "荷塘村第一党支部", "荷塘村第三党支部",
    ]  # fmt: skip


def heads(page: Page) -> dict[str, str]:
    """By the words of each head that sorts, where it leads."""
    return {one.text_content().strip(): one.get("href") for one in page.all("//main//th/a[@class='gm-sort']")}


def sorted_by(page: Page) -> list[tuple[str, str]]:
    return [(one.text_content().strip(), one.get("aria-sort")) for one in page.all("//main//th[@aria-sort]")]


def column(page: Page, number: int) -> list[str]:
    return page.texts(f"//main//table[1]/tbody/tr/*[{number}]")


@pytest.fixture
def leader(town: Town) -> Client:
    return town.client(town.leader)


def test_units_are_sorted_by_the_initials_of_their_names(leader: Client) -> None:
    page = opened(leader, "/units?q=村")
    assert sorted_by(page) == []
    by_name = opened(leader, "/units" + heads(page)["单位"])
    assert sorted_by(by_name) == [("单位", "ascending")]
    names = column(by_name, 1)
    assert len(names) > 2
    assert names != column(page, 1)
    turned = opened(leader, "/units" + heads(by_name)["单位"])
    assert sorted_by(turned) == [("单位", "descending")]
    assert column(turned, 1) == names[::-1]
    assert "q=" in heads(turned)["代码"]


def test_units_found_are_all_counted_and_shown_by_the_page(leader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "SIZE", 2)
    first, rows = opened(leader, "/units?q=村"), csv_rows(leader, "/units.csv?q=村")
    assert f"找到{len(rows) - 1}个单位" in first.text("//h1")
    assert len(column(first, 1)) == 2
    second = opened(leader, "/units?q=村&page=2")
    assert column(first, 1) + column(second, 1) == [row[0] for row in rows[1:5]]
    assert [row[0] for row in csv_rows(leader, "/units.csv?q=村&page=2")[1:]] == column(second, 1)


def test_a_table_of_figures_is_sorted_by_its_numbers_and_its_files_follow(town: Town, leader: Client) -> None:
    address = f"/units/{town.city['青禾市']}/figures"
    page = opened(leader, address)
    by_number = opened(leader, address + heads(page)["补录"])
    assert sorted_by(by_number) == [("补录", "descending")]
    links = by_number.links()
    for kind in ("as=xlsx", "figures.csv"):
        assert any(kind in link and "sort=-late" in link for link in links)
    titles = [row[0] for row in csv_rows(leader, f"{address}.csv?sort=-late")[1:]]
    assert titles == column(by_number, 1)
    (kept,) = by_number.all("//form[@role='search']//input[@name='sort']")[-1:]
    assert kept.get("value") == "-late"


def test_records_are_sorted_by_their_day_and_their_files_follow(leader: Client) -> None:
    first = opened(leader, "/facts?kind=activity.held")
    days = {way: [row[0] for row in csv_rows(leader, f"/facts.csv?kind=activity.held&sort={way}")[1:]]
            for way in ("day", "-day")}  # fmt: skip
    assert days["day"] == sorted(days["day"])
    assert days["-day"] == sorted(days["day"], reverse=True)
    assert len(set(days["day"])) > 1
    oldest = opened(leader, "/facts" + heads(first)["哪天"])
    assert sorted_by(oldest) == [("哪天", "ascending")]
    arrived = [row[-2] for row in csv_rows(leader, "/facts.csv?kind=activity.held&sort=received")[1:]]
    assert arrived == sorted(arrived)


def test_the_units_beneath_a_figure_are_sorted_and_the_older_view_is_kept(town: Town, leader: Client) -> None:
    page = opened(
        leader, f"/figures/{town.city['青禾市']}/activity.sessions?from={town.today.year}-01-01&to={town.today}"
    )
    address = heads(page)["场"]
    assert parse_qs(urlsplit(address).query)["sort"] == ["-value"]
    by_number = opened(leader, page.address.partition("?")[0] + address)
    assert sorted_by(by_number) == [("场", "descending")]
    shown = [int(text.removesuffix("场").replace(",", "")) for text in by_number.texts(
        "//table[contains(@class, 'gm-kids')]/tbody/tr[not(@class='sum')]/td[last()]") if text[:1].isdigit()]  # fmt: skip
    assert shown == sorted(shown, reverse=True)


def test_lists_that_are_not_sorted_have_plain_heads(town: Town, leader: Client) -> None:
    assert heads(opened(leader, f"/units/{town.city['青禾市']}")) == {}
