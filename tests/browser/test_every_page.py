"""Every page of the registry in real Chromium: accessible, inside its policy, alone on the network, English complete."""

import pytest
from django.urls import get_resolver
from playwright.sync_api import Browser

from gangmu.documents import actions
from gangmu.ledger import queries as ledger
from gangmu.pages.access import routes
from gangmu.reading.values import Source
from tests.browser.visiting import Visit, open_window, sign_in
from tests.pages.conftest import Town

pytestmark = pytest.mark.browser
SPEECH = "关于走访工作的报告\n全年收集诉求1233件，办结1187件，办结率86.3%。另有三名专职。计划投入X万元。"
# routes that answer with a file, a list of options or a redirect: nothing to look at
NOT_PAGES = {
    "units/options", "figures", "sign-out", "facts.csv", "ledger/checkpoint", "units/<str:org>/figures.csv",
    "figures/<str:org>/<str:key>/csv", "facts/<str:fact_id>/proof", "facts/<str:fact_id>/reverse",
    "documents/<str:document>/bind", "documents/<str:document>/discard",
}  # fmt: skip
LOOKS = {
    "office": ("office", {}),
    "phone": ("phone", {}),
    "dark-office": ("office", {"theme": "dark"}),
    "dark-phone": ("phone", {"theme": "dark"}),
    "large-office": ("office", {"size": "large"}),
    "large-phone": ("phone", {"size": "large"}),
    "english-office": ("office", {"language": "en"}),
    "english-phone": ("phone", {"language": "en", "theme": "dark"}),
}


def pages(town: Town) -> dict[str, list[str]]:
    """The address of every page, by its route, with the town's own units and facts."""
    org, top = town.city["荷塘支部"], town.city["青禾市"]
    fact = ledger.facts(ledger.FactFilter(kinds=frozenset({"activity.held"}), orgs=frozenset({org})))[0].id
    taken_back = ledger.facts(ledger.FactFilter(kinds=frozenset({"matter.closed"})))[0].id
    document = actions.keep(Source("讲话.txt", SPEECH), None, None, counts={}, by=town.secretary)
    filled = {
        "units/<str:org>": [f"units/{top}", f"units/{org}"],
        "units/<str:org>/figures": [f"units/{top}/figures?only=all"],
        "figures/<str:org>/<str:key>": [
            f"figures/{top}/activity.sessions[members_meeting]", f"figures/{org}/matter.solved_rate", f"figures/{org}/pledge.made",
        ],
        "facts/<str:fact_id>": [f"facts/{fact}", f"facts/{taken_back}"],
        "facts/<str:fact_id>/restate": [f"facts/{fact}/restate"],
        "documents/<str:document>": [f"documents/{document}"],
        "record/<str:kind>": ["record/activity.held", "record/matter.closed", "record/money.booked"],
        "units": ["units", "units?q=htc", "units?q=zzz"],
    }  # fmt: skip
    known = [route for route, pattern in routes(get_resolver().url_patterns) if not route.startswith("api/")]
    return {route: filled.get(route, [route]) for route in known if route not in NOT_PAGES}


def test_every_route_is_a_page_that_is_visited_or_is_listed_as_none(site: tuple[str, Town]) -> None:
    unfilled = [route for route, addresses in pages(site[1]).items() if any("<" in address for address in addresses)]
    assert unfilled == []


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_in_order(chromium: Browser, site: tuple[str, Town], look: str) -> None:
    size, preferences = LOOKS[look]
    root, town = site
    visit = open_window(chromium, root, size, **preferences)
    english = preferences.get("language") == "en"
    visit.page.goto(f"{root}/sign-in")
    faults = _faults(visit, "sign-in", english)
    sign_in(visit, "mishu")
    visit.console.clear()
    mine = {address for one in pages(town).values() for address in one if town.city["青禾市"] not in address}
    for address in sorted(mine):
        visit.page.goto(f"{root}/{address}")
        faults += _faults(visit, address, english)
    faults += _checked_document(visit, english)
    visit.context.close()
    assert faults == []


def _faults(visit: Visit, address: str, english: bool) -> list[str]:
    visit.page.wait_for_load_state()
    found = [f"/{address}: {fault}" for fault in visit.audit()]
    found += [f"/{address}: left in Chinese: {words}" for words in visit.chinese_left()] if english else []
    visit.console.clear()
    return found


def _checked_document(visit: Visit, english: bool) -> list[str]:
    visit.page.goto(f"{visit.root}/documents")
    visit.page.fill("#f-text", SPEECH)
    visit.page.click("#upload button")
    visit.page.wait_for_selector(".gm-paper")
    return _faults(visit, "documents (checked)", english)
