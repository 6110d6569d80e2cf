"""Every page of the registry in real Chromium with the demo's city: in each look, and by every role that may open it.

Accessible, inside its content policy, alone on the network, no wider than the screen, English complete. Which pages a
role may open is read from their policies: one that opens for others, or does not open, or is not visited, fails.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.urls import get_resolver
from playwright.sync_api import Browser, expect

from gangmu.cli.city.accounts import SIGN_INS
from gangmu.cli.city.load import PASSWORD
from gangmu.kernel import clock
from gangmu.orgs.permissions import allows
from gangmu.pages.access import Policy, routes
from gangmu.web import registry_forms, registry_posts
from tests.browser.demo import served
from tests.browser.visiting import Visit, open_window, sign_in

pytestmark = pytest.mark.browser
YEAR = "from=2025-01-01&to=2025-12-31"
SPEECH = "工作报告\n今年召开支部党员大会5次，开展谈心3次。受理诉求1233件，办结1187件，办结率86.3%。修剪行道树14棵，投入X万元。"
ROLES = {one.login: one.role for one in SIGN_INS}
# routes that answer with a file, a list of options or a redirect, or only to a form: nothing to look at
NOT_PAGES = {
    "units.csv", "ledger/entries.csv", "documents/<str:document>/numbers.csv", "units/options", "units/<str:org>/children", "figures", "sign-out", "facts.csv", "ledger/checkpoint", "units/<str:org>/figures.csv",
    "units/<str:org>/compliance.csv", "units/<str:org>/coverage.csv", "units/<str:org>/rosters.csv", "basis.csv", "units/<str:org>/roll.csv",
    "figures/<str:org>/<str:key>/csv", "facts/<str:fact_id>/proof", "facts/<str:fact_id>/minutes.docx", "units/<str:org>/archive/<int:year>.zip", "facts/<str:fact_id>/reverse",
    "sheets/<str:sheet>/record", "sheets/<str:sheet>/returned.xlsx", "sheets/<str:sheet>/discard",
    "documents/<str:document>/bind", "documents/<str:document>/discard", "documents/<str:document>/word",
}  # fmt: skip
# (who, screen, preferences): each look of each page once, as somebody who may open nearly all of them
WALKS = {
    "clerk": ("clerk", "office", {}),
    "clerk-dark-phone": ("clerk", "phone", {"theme": "dark"}),
    "secretary-large-phone": ("secretary", "phone", {"size": "large"}),
    "clerk-english": ("clerk", "office", {"language": "en"}),
}
# the others are asked which pages open for them; these are looked at as well, where they are shown other things
CALLERS = ("secretary", "leader", "auditor")
SHOWN_OTHERWISE = ("", "units/<str:org>", "facts/<str:fact_id>", "figures/<str:org>/<str:key>")


@dataclass(slots=True)
class Walk:
    """One person going through the site; `seen` are the routes that opened, `refused` those that did not."""

    visit: Visit
    english: bool
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def look(self, route: str, address: str) -> None:
        """Open an address and note everything that is not in order about it."""
        answer = self.visit.page.goto(f"{self.visit.root}/{address}")
        assert answer is not None
        (self.seen if answer.status == 200 else self.refused).add(route)
        if answer.status == 200:
            self.note(address)
        self.visit.console.clear()  # Chromium itself notes a 404 there

    def ask(self, route: str, address: str) -> None:
        """Note only whether an address opens."""
        answer = self.visit.context.request.get(f"{self.visit.root}/{address}")
        (self.seen if answer.status == 200 else self.refused).add(route)

    def note(self, address: str) -> None:
        """Note everything that is not in order about the page that is open."""
        self.visit.page.wait_for_load_state()
        self.faults += [f"/{address}: {fault}" for fault in self.visit.audit()]
        if self.english:
            self.faults += [f"/{address}: left in Chinese: {words}" for words in self.visit.chinese_left()]
        self.visit.console.clear()


@pytest.fixture(scope="module")
def demo(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo."""
    with served(tmp_path_factory.mktemp("demo")) as address:
        yield address


def known() -> dict[str, Policy]:
    """Every page's route with its policy."""
    every = routes(get_resolver().url_patterns)
    declared = {
        route: told for route, one in every if isinstance(told := getattr(one.callback, "policy", None), Policy)
    }
    return {route: told for route, told in declared.items() if not route.startswith("api/") and route not in NOT_PAGES}


def openable(role: str) -> set[str]:
    """The routes whose policy lets the role in."""
    pages = known().items()
    return {route for route, told in pages if told.permission is None or allows(role, told.permission)}


def addresses(visit: Visit, document: str) -> dict[str, list[str]]:
    """At least one address for every route, found by following what the pages offer, empty and wrong ones among them."""
    org = first(visit, "", r"/units/([0-9a-f]{32})")
    fact = first(visit, f"facts?{YEAR}&kind=activity.held", r"/facts/([0-9a-f]{32})")
    filled = {
        "units": ["units", "units?q=qh", "units?q=zzz"],
        "units/<str:org>": [f"units/{org}?{YEAR}"],
        "units/<str:org>/profile": [f"units/{org}/profile"],
        "units/<str:org>/change/<str:verb>": [f"units/{org}/change/{verb}" for verb in registry_forms.VERBS],
        "units/<str:org>/posts/<str:verb>": [f"units/{org}/posts/{verb}" for verb in registry_posts.VERBS],
        "units/<str:org>/compliance": [f"units/{org}/compliance?{YEAR}", f"units/{org}/compliance?{YEAR}&by=duty", f"units/{org}/compliance?{YEAR}&duty=member.talk", f"units/{org}/compliance?from=2019-01-01&to=2019-12-31"],
        "units/<str:org>/training": [f"units/{org}/training"],
        "units/<str:org>/training/plan": [f"units/{org}/training/plan"],
        "units/<str:org>/training/<str:about>": [planned_class(visit, org)],
        "units/<str:org>/rosters": [f"units/{org}/rosters"],
        "units/<str:org>/rosters/<str:verb>": [f"units/{org}/rosters/enter"],
        "units/<str:org>/coverage": [f"units/{org}/coverage", f"units/{org}/coverage?only=gap"],
        "units/<str:org>/cover/<str:verb>": [f"units/{coverable(visit, org)}/cover/cover"],
        "units/<str:org>/roll": [f"units/{org}/roll", f"units/{org}/roll?q=zzz"],
        "units/<str:org>/duties": [f"units/{org}/duties?year=2025"],
        "units/<str:org>/duties/<str:key>/<str:month>": [f"units/{org}/duties/committee.special_study/2025-01"],
        "units/<str:org>/duties/<str:key>/exempt": [f"units/{org}/duties/member.study_hours/exempt"],
        "units/<str:org>/duties/<str:key>/<str:month>/waive": [f"units/{org}/duties/branch.theme_day/2025-06/waive"],
        "units/<str:org>/responsibilities": [f"units/{org}/responsibilities"],
        "units/<str:org>/members": [f"units/{org}/members"],
        "units/<str:org>/members/<str:verb>": [f"units/{org}/members/receive"],
        "units/<str:org>/files/<str:file>": [f"units/{org}/members"],
        "units/<str:org>/files/<str:file>/<str:step>": [f"units/{org}/files/new/applied"],
        "units/<str:org>/figures": [f"units/{org}/figures?{YEAR}", f"units/{org}/figures?only=absent", f"units/{org}/figures?q=zzz"],
        "figures/<str:org>/<str:key>": [f"figures/{org}/activity.sessions[members_meeting]?{YEAR}", f"figures/{org}/matter.solved_rate?{YEAR}", f"figures/{org}/matter.solved_rate?{YEAR}&as_known=120000", f"figures/{org}/matter.solved_rate?{YEAR}&as_known=x", f"figures/{org}/pledge.made?from=2019-01-01&to=2019-12-31"],
        "basis": ["basis", "basis?q=zzz"],
        "basis/<str:key>": ["basis/branch_work"],
        "guides/<str:key>": ["guides/four_downs"],
        "facts": [f"facts?{YEAR}", "facts?from=2030-01-01&to=2030-01-31"],
        "facts/<str:fact_id>": [f"facts/{fact}"],
        "facts/<str:fact_id>/restate": [f"facts/{fact}/restate"],
        "facts/<str:fact_id>/answer": [f"facts/{fact}/answer"],
        "facts/<str:fact_id>/minutes": [f"facts/{fact}/minutes"],
        "plan": ["plan", "plan?key=activity.sessions"],
        "ledger": ["ledger", "ledger?seq=999999999"],
        "documents": ["documents", "documents?sample=work-report"],
        "documents/<str:document>": [document],
        "documents/<str:document>/report": [f"{document}/report"],
        "sheets/<str:sheet>": [pasted_sheet(visit)],
        "ledger/heads/<int:size>": ["ledger/heads/1", f"ledger/heads/1?root={'0' * 64}", "ledger/heads/1?root=zz"],
        "record/<str:kind>": ["record/activity.held", "record/matter.closed", "record/site.closed", "record/money.booked"],
    }  # fmt: skip
    return {route: filled.get(route, [route]) for route in known()}


def coverable(visit: Visit, org: str) -> str:
    """A firm or the like that the reader may say covered; the unit itself for whoever may say so of none."""
    visit.page.goto(f"{visit.root}/units/{org}/coverage")
    found = re.search(r"/units/([0-9a-f]{32})/cover/cover", visit.page.content())
    return found[1] if found else org


def planned_class(visit: Visit, org: str) -> str:
    """The address of a class of the unit's plan, put there if there is none; of none for whoever may record none."""
    of_one = rf"/units/{org}/training/([0-9a-f]{{32}})"
    visit.page.goto(f"{visit.root}/units/{org}/training")
    if not re.search(of_one, visit.page.content()):
        answer = visit.page.goto(f"{visit.root}/units/{org}/training/plan")
        if answer is None or answer.status != 200:
            visit.console.clear()
            return f"units/{org}/training/" + "0" * 32
        visit.page.fill("#f-name", "夏季班")
        visit.page.click("label[for='f-audience-1']")
        visit.page.fill("#f-class_hours", "16")
        visit.page.fill("#f-due_on", f"{clock.today().year}-12-31")
        visit.page.click(".gm-do button")
        visit.page.wait_for_selector("#classes")
    found = re.search(of_one, visit.page.content())
    assert found, "the class that was planned is not on its page"
    return f"units/{org}/training/{found[1]}"


def pasted_sheet(visit: Visit) -> str:
    """The address of a sheet that was pasted; of one that nobody has, for whom may hand none in."""
    answer = visit.page.goto(f"{visit.root}/sheets")
    if answer is None or answer.status != 200:
        visit.console.clear()
        return "sheets/" + "0" * 32
    visit.page.select_option("#f-kind", "members")
    visit.page.fill("#f-text", "姓名\t出生年月\t电话\n张三\t1986.5\t13800000001")
    visit.page.click("#upload button")
    visit.page.wait_for_selector("#f-name")
    return visit.page.url.removeprefix(f"{visit.root}/")


def first(visit: Visit, address: str, pattern: str) -> str:
    """The first id of that form on a page."""
    visit.page.goto(f"{visit.root}/{address}")
    found = re.search(pattern, visit.page.content())
    assert found, f"nothing like {pattern} on /{address}"
    return found[1]


def checked(visit: Visit, role: str) -> str:
    """The address of a document that was handed in; of one that nobody has, for whom may not check any."""
    if not any(
        allows(role, told.permission) for route, told in known().items() if route == "documents" and told.permission
    ):
        return "documents/" + "0" * 32
    visit.page.goto(f"{visit.root}/documents")
    visit.page.fill("#f-text", SPEECH)
    visit.page.click("#upload button")
    visit.page.wait_for_selector(".gm-paper")
    return visit.page.url.removeprefix(f"{visit.root}/")


@pytest.mark.parametrize("walk", WALKS)
def test_every_page_is_in_order_for_whoever_may_open_it(chromium: Browser, demo: str, walk: str) -> None:
    who, screen, preferences = WALKS[walk]
    visit = open_window(chromium, demo, screen, **preferences)
    sign_in(visit, who, PASSWORD)
    going = Walk(visit, preferences.get("language") == "en")
    for route, some in addresses(visit, checked(visit, ROLES[who])).items():
        for address in some:
            going.look(route, address)
    if walk == "secretary-large-phone":
        refuse_on_purpose(going)
    visit.context.close()
    assert_in_order(going, ROLES[who])


@pytest.mark.parametrize("who", CALLERS)
def test_each_role_opens_its_pages_and_no_other_and_what_it_is_shown_is_in_order(
    chromium: Browser, demo: str, who: str
) -> None:
    visit = open_window(chromium, demo, "office")
    sign_in(visit, who, PASSWORD)
    going = Walk(visit, english=False)
    for route, some in addresses(visit, checked(visit, ROLES[who])).items():
        for address in some[1:] if route in SHOWN_OTHERWISE else some:
            going.ask(route, address)
        if route in SHOWN_OTHERWISE:
            going.look(route, some[0])
    visit.context.close()
    assert_in_order(going, ROLES[who])


def assert_in_order(going: Walk, role: str) -> None:
    """Nothing is wrong with what was looked at, and exactly those pages opened that the policies let the role open."""
    assert going.faults == []
    assert going.seen == openable(role)
    assert going.refused == set(known()) - openable(role)


def refuse_on_purpose(going: Walk) -> None:
    """A form sent back with everything wrong in it, a page that does not exist, and the signed-out frame."""
    page = going.visit.page
    page.goto(f"{going.visit.root}/record/activity.held")
    page.fill("#f-present", "二十一")
    page.click(".gm-do button")
    expect(page.locator("[role=alert]")).to_be_visible()
    going.visit.console.clear()  # Chromium itself notes the 422, and a 404, there
    going.note("record/activity.held (refused)")
    page.goto(f"{going.visit.root}/nothing/here")
    going.visit.console.clear()
    going.note("nothing/here")
    going.visit.context.clear_cookies(name="sessionid")
    page.goto(f"{going.visit.root}/sign-in")
    going.note("sign-in (signed out)")


def test_every_role_of_the_demo_walks_or_calls_and_every_look_is_walked() -> None:
    assert {ROLES[who] for who in (*CALLERS, *(who for who, _, _ in WALKS.values()))} == set(ROLES.values())
    looks = [(screen, *look.values()) for _, screen, look in WALKS.values()]
    assert {"phone", "dark", "large", "en"} <= {word for look in looks for word in look}


@pytest.mark.parametrize(
    "look", [("office", {}), ("phone", {"theme": "dark"}), ("office", {"language": "en"})], ids=str
)
def test_every_page_is_looked_at_in_the_light_in_the_dark_and_in_english(look: tuple[str, dict[str, str]]) -> None:
    walkers = [who for who, *seen in WALKS.values() if (seen[0], seen[1]) == look]
    assert set().union(*(openable(ROLES[who]) for who in walkers)) == set(known())


def test_every_page_opens_for_somebody() -> None:
    assert set().union(*(openable(role) for role in ROLES.values())) == set(known())
