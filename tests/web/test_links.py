"""Nobody is offered what would not open: every link on the pages of each role leads somewhere."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from gangmu.kernel import clock
from gangmu.ledger import queries as ledger
from tests.pages.conftest import Town
from tests.web.opening import opened

YEAR = f"from={clock.today().year}-01-01&to={clock.today().year}-12-31"


def offered(client: Client, addresses: list[str]) -> Iterator[tuple[str, str]]:
    """One link for each route that these pages offer, and the page that offers it."""
    known: set[str] = set()
    for address in addresses:
        for link in opened(client, address).links("//body"):
            path = urlsplit(urljoin(address, link)).path
            if link.startswith(("#", "?", "data:")) or path.startswith("/static/"):
                continue
            route = resolve(path).route
            if route not in known:
                known.add(route)
                yield address, link


@pytest.mark.parametrize("role", ["secretary", "leader", "auditor"])
def test_every_link_that_a_role_is_shown_opens(town: Town, role: str) -> None:
    who, home = {
        "secretary": (town.secretary, "荷塘支部"), "leader": (town.leader, "青禾市"), "auditor": (town.auditor, "西镇"),
    }[role]  # fmt: skip
    client, org = town.client(who), town.city[home]
    fact = ledger.facts(ledger.FactFilter(orgs=frozenset({town.city["荷塘支部"]})), limit=1)[0].id
    pages = ["/", f"/units/{org}?{YEAR}", f"/units/{org}/figures?{YEAR}", f"/figures/{org}/activity.sessions?{YEAR}",
             f"/facts?{YEAR}", "/facts?from=2001-01-01&to=2001-01-31", f"/facts/{fact}", "/ledger", "/record"]  # fmt: skip
    links = list(offered(client, pages))
    assert len(links) > 8
    assert [(page, link) for page, link in links if client.get(urljoin(page, link)).status_code not in (200, 302)] == []


def test_a_role_that_checks_no_documents_and_records_nothing_is_offered_neither(town: Town) -> None:
    auditor = set(opened(town.client(town.auditor), "/").links("//body"))
    assert not auditor & {"/documents", "/record"}
    assert "/ledger" in auditor
    assert {"/documents", "/record"} <= set(opened(town.client(town.secretary), "/").links("//body"))


def test_what_waits_beyond_the_first_is_one_tap_away(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gangmu.web.views.desk.SHOWN", 1)
    client, waiting = town.client(town.secretary), "//ul[contains(@class,'gm-due')]/li"
    shown = opened(client, "/")
    assert (len(shown.all(waiting)), "还有1件" in shown.text()) == (1, True)
    assert len(opened(client, "/?waiting=all").all(waiting)) == 2
    assert "?waiting=all" in shown.links("//main")


def test_records_open_with_the_year_of_the_newest_one(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now.replace(year=now.year + 1, month=12, day=1))
    shown = opened(town.client(town.leader), "/facts")
    assert f"{town.today.year}年" in shown.text("//h1/following-sibling::p")
    assert shown.all("//div[@id='facts']//tbody/tr")
