"""The tree browser promises: only what is opened is fetched, once, at a cost that does not grow with the tree."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gangmu.orgs import actions
from gangmu.orgs.entries import NewUnit
from tests.pages.conftest import Town
from tests.web.opening import opened

TREE = "//ul[@id='tree']"
ASKED_FOR = 5  # statements of one opening: session, account, epochs, grants, person


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.leader)


def more_branches(town: Town, count: int) -> None:
    rows = [
        NewUnit(f"柳溪村第{number}网格党支部", "branch", "rural", town.city["柳溪村"], town.today, f"more/{number}")
        for number in range(count)
    ]
    actions.load_units(rows, by=town.city.clerk)


def statements(client: Client, address: str) -> int:
    client.get(address)  # the tree of the day is built once for all who ask
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_it_begins_where_the_scope_begins_one_level_open(town: Town, client: Client) -> None:
    shown = opened(client, "/units/tree")
    assert len(shown.all(f"{TREE}/li")) == 1
    assert "柳林县委" in shown.text(TREE)
    assert "东河镇党委" not in shown.text(TREE)


def test_each_closed_unit_asks_once_for_those_under_it_when_it_is_opened(town: Town, client: Client) -> None:
    [asks] = opened(client, "/units/tree").all(f"{TREE}//*[@hx-get]")
    assert asks.get("hx-trigger") == "toggle from:closest details once"
    fetched = opened(client, asks.get("hx-get"))
    assert "东河镇党委" in fetched.text("//ul")
    assert "柳溪村党委" not in fetched.text("//ul")
    assert f"/units/{town.city['柳林县']}" in fetched.links("//ul")


def test_without_a_script_every_level_can_be_reached(town: Town, client: Client) -> None:
    shown = opened(client, f"/units/tree?at={town.city['柳溪村']}")
    assert f"/units/{town.city['柳溪支部']}" in shown.links(TREE)
    assert f"/units/tree?at={town.city['西镇']}" in shown.links(TREE)


def test_a_reader_sees_no_more_of_it_than_the_scope(town: Town) -> None:
    client = town.client(town.auditor)
    shown = opened(client, "/units/tree")
    assert "东河镇" not in shown.text(TREE)
    assert opened(client, f"/units/{town.city['东镇']}/children").status == 404
    assert opened(client, f"/units/tree?at={town.city['东镇']}").status == 404


def test_one_opening_costs_the_same_however_many_units_there_are(town: Town, client: Client) -> None:
    address = f"/units/{town.city['柳溪村']}/children"
    before = statements(client, address)
    more_branches(town, 60)
    assert statements(client, address) == before <= ASKED_FOR


def test_beyond_two_hundred_the_rest_is_fetched_when_asked_for(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gangmu.web.views.registry.AT_ONCE", 3)
    more_branches(town, 6)  # seven with the first
    first = opened(client, f"/units/{town.city['柳溪村']}/children")
    assert "还有4个" in first.text("//ul").replace(" ", "")
    [more] = [one.get("hx-get") for one in first.all("//li/a[@hx-get]")]
    rest = opened(client, more)
    assert len(rest.all("//li")) == 4
    assert "还有1个" in rest.text("//li/a[@hx-get]").replace(" ", "")
