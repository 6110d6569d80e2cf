"""Role × address, walked from the URLconf against a table written by hand.

An address without a row fails; so does a row without an address. Who is not let in gets the page of a thing that does
not exist; who is not signed in is sent to sign in.
"""

import re
from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path

from gangmu.kernel import clock
from gangmu.kernel.problems import NotFound
from gangmu.ledger import sequencer
from gangmu.orgs import actions as orgs
from gangmu.pages import access
from gangmu.pages.access import BY_TOKEN, Policy, by_token, policy, public, routes
from gangmu.people import sessions
from gangmu.people.actions import set_password
from gangmu.records.actions import record_fact
from tests.orgs.cast import City
from tests.orgs.conftest import city

__all__ = ["city"]

PASSWORD = "long enough, and nobody's name"
# who asks: role and unit, all about things of 柳溪支部 (in 柳溪村, in 东镇, in 柳林县)
PEOPLE = {
    "secretary": ("branch_secretary", "柳溪支部"),
    "towner": ("party_clerk", "东镇"),
    "leader": ("leader", "柳林县"),
    "auditor": ("auditor", "青禾市"),
    "neighbour": ("branch_secretary", "石桥支部"),
    "cousin": ("party_clerk", "西镇"),
    "below": ("branch_secretary", "柳溪支部"),
    "nobody": (None, None),
}
INSIDE = {"secretary", "towner", "leader", "auditor", "below"}
EVERYWHERE = INSIDE | {"neighbour", "cousin"}
RECORDERS = {"secretary", "towner", "below"}
OUTSIDE_TOO = RECORDERS | {"neighbour", "cousin"}
EVERYBODY = set(PEOPLE)

LET_IN: dict[str, set[str]] = {
    "": EVERYBODY,
    "units": EVERYWHERE,
    "units.csv": EVERYWHERE,
    "units/options": EVERYWHERE,
    "units/tree": EVERYWHERE,
    "units/<str:org>/children": INSIDE,
    "units/<str:org>": INSIDE,
    "units/<str:org>/change/<str:verb>": {"towner"},
    "units/<str:org>/profile": INSIDE,
    "units/<str:org>/posts/<str:verb>": set(),  # its verbs are its own: tests/web/test_registry.py
    "units/<str:org>/training": INSIDE,
    "units/<str:org>/training/plan": RECORDERS,
    "units/<str:org>/training/<str:about>": set(),  # its classes are its own: tests/web/test_training.py
    "units/<str:org>/rosters": INSIDE,
    "units/<str:org>/rosters.csv": INSIDE,
    "units/<str:org>/rosters/<str:verb>": set(),  # its verbs are its own: tests/web/test_rosters.py
    "units/<str:org>/coverage": INSIDE,
    "units/<str:org>/coverage.csv": INSIDE,
    "units/<str:org>/cover/<str:verb>": set(),  # of firms and the like alone: tests/web/test_coverage.py
    "units/<str:org>/duties": INSIDE,
    "units/<str:org>/duties/<str:key>/<str:month>": set(),  # its keys are its own: tests/web/test_duty_deadline.py
    "units/<str:org>/duties/<str:key>/exempt": set(),  # likewise: tests/web/test_duty_grants.py
    "units/<str:org>/duties/<str:key>/<str:month>/waive": set(),
    "units/<str:org>/responsibilities": INSIDE,
    "duties": EVERYWHERE,
    "units/<str:org>/members": RECORDERS,
    "units/<str:org>/members/<str:verb>": set(),  # its verbs are its own: tests/web/test_member_moves.py
    "units/<str:org>/files/<str:file>": set(),  # its files are its own: tests/web/test_member_files.py
    "units/<str:org>/files/<str:file>/<str:step>": set(),
    "units/<str:org>/roll": RECORDERS,
    "units/<str:org>/roll.csv": RECORDERS,
    "units/<str:org>/archive/<int:year>.zip": RECORDERS,
    "units/<str:org>/figures": INSIDE,
    "units/<str:org>/figures.csv": INSIDE,
    "units/<str:org>/compliance": INSIDE,
    "calendar": EVERYWHERE,
    "reminders": EVERYWHERE,
    "holidays": EVERYWHERE,
    "units/<str:org>/compliance.csv": INSIDE,
    "figures": EVERYWHERE,
    "figures/<str:org>/<str:key>": INSIDE,
    "figures/<str:org>/<str:key>/csv": INSIDE,
    "basis": EVERYWHERE,
    "basis.csv": EVERYWHERE,
    "basis/<str:key>": set(),  # its keys are the catalog's: tests/web/test_basis.py
    "guides/<str:key>": set(),
    "facts": EVERYWHERE,
    "facts.csv": EVERYWHERE,
    "facts/<str:fact_id>": INSIDE,
    "facts/<str:fact_id>/proof": INSIDE,
    "facts/<str:fact_id>/reverse": RECORDERS,
    "facts/<str:fact_id>/restate": RECORDERS,
    "facts/<str:fact_id>/minutes": RECORDERS,
    "facts/<str:fact_id>/minutes.docx": RECORDERS,
    "facts/<str:fact_id>/answer": RECORDERS,
    "record": EVERYWHERE,
    "record/<str:kind>": OUTSIDE_TOO,
    "sheets": OUTSIDE_TOO,
    "sheets/<str:sheet>": set(),  # its owner's alone (tests/web/test_sheets.py)
    "sheets/<str:sheet>/record": set(),
    "sheets/<str:sheet>/returned.xlsx": set(),
    "sheets/<str:sheet>/discard": set(),
    "ledger": EVERYWHERE,
    "ledger/heads/<int:size>": EVERYWHERE,
    "ledger/entries.csv": EVERYWHERE,
    "ledger/checkpoint": EVERYWHERE,
    "documents": OUTSIDE_TOO | {"leader"},
    "documents/<str:document>": set(),  # its owner's alone (tests/pages/test_documents.py)
    "documents/<str:document>/bind": set(),
    "documents/<str:document>/discard": set(),
    "documents/<str:document>/word": set(),  # likewise (tests/web/test_handed_out.py)
    "documents/<str:document>/numbers.csv": set(),
    "documents/<str:document>/report": set(),
    "sign-in": EVERYBODY,
    "sign-out": EVERYBODY,
    "plan": {"towner", "cousin"},
    "preferences": EVERYBODY,
    "components": EVERYBODY,
}
PUBLIC = {"sign-in", "preferences", "components"}
ENDS_THE_SESSION = {"sign-out"}


def declared() -> dict[str, Policy]:
    return {route: pattern.callback.policy for route, pattern in routes(get_resolver().url_patterns)}  # type: ignore[attr-defined]


def walked() -> dict[str, Policy]:
    """The addresses that people use; the API's ask for a token of their own and are walked in tests/api."""
    return {route: found for route, found in declared().items() if found != BY_TOKEN}


@pytest.fixture
def address(city: City) -> dict[str, str]:
    """What stands in each address's arguments: all of 柳溪支部."""
    body = {"tags": ["members_meeting"], "present": 12}
    receipt = record_fact("activity.held", city["柳溪支部"], body=body, on=clock.today(), by=city.clerk, idem="m")
    while sequencer.run_once():  # a head to ask for
        pass
    return {"org": city["柳溪支部"], "fact_id": receipt.id, "key": "activity.sessions", "kind": "activity.held",
            "document": "d" * 32, "sheet": "d" * 32, "verb": "rename"}  # fmt: skip


def filled(route: str, arguments: dict[str, str]) -> str:
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: arguments.get(found[1], "1"), route)


def signed_in(city: City, name: str) -> Client:
    role, over = PEOPLE.get(name, (None, None))
    set_password(city.account(name, role, over).account, PASSWORD)
    client = Client(raise_request_exception=False)
    assert client.post("/sign-in", {"name": name, "password": PASSWORD}).status_code == 302
    return client


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert set(walked()) == set(LET_IN)
    assert {route for route, found in walked().items() if found.public} == PUBLIC


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_sees_exactly_what_the_table_says(city: City, address: dict[str, str], name: str) -> None:
    client, wrong = signed_in(city, name), []
    for route, let_in in LET_IN.items():
        if route in ENDS_THE_SESSION:
            continue
        status = client.get(filled(route, address)).status_code
        if (status == 404) is (name in let_in) or status >= 500:
            wrong.append((route, status))
    assert wrong == []


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(city: City, address: dict[str, str]) -> None:
    for route, found in walked().items():
        page = Client().get(filled(route, address))
        if not found.public:
            assert (page.status_code, page.headers["Location"]) == (302, f"/sign-in?next={filled(route, address)}"), (
                route
            )


def test_a_stranger_reads_the_same_page_for_what_is_hidden_and_what_is_not_there(
    city: City, address: dict[str, str]
) -> None:
    client = signed_in(city, "cousin")
    missing = {"org": "f" * 32, "fact_id": "f" * 32, "key": address["key"], "kind": address["kind"],
               "verb": address["verb"]}  # fmt: skip
    for route in LET_IN:
        if "<str:org>" in route or "<str:fact_id>" in route:
            hidden, absent = (client.get(filled(route, those)) for those in (address, missing))
            bodies = {mask(page, those) for page, those in ((hidden, address), (absent, missing))}
            assert (hidden.status_code, absent.status_code, len(bodies)) == (404, 404, 1), route


def mask(page: HttpResponse, those: dict[str, str]) -> str:
    """The page without what differs by itself: the address that was asked for, and the form token."""
    text = page.content.decode()
    for value in those.values():
        text = text.replace(value, "…")
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", text)


def test_a_token_of_another_page_does_not_help_to_post(city: City, address: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/sign-in", {"name": "clerk", "password": "x"}).status_code == 403


# --- sessions


def test_a_session_ends_after_half_an_hour_without_a_request(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    client, now = signed_in(city, "secretary"), clock.now()
    for minutes, status in ((29, 200), (58, 200), (89, 302)):
        moment = now + timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert client.get("/units").status_code == status


def test_a_session_ends_after_twelve_hours_however_busy(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    client, now = signed_in(city, "secretary"), clock.now()
    for minutes in range(20, 720, 20):
        moment = now + timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert client.get("/preferences").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=12))
    assert client.get("/units").status_code == 302


def test_a_revoked_grant_shuts_the_next_request(city: City, address: dict[str, str]) -> None:
    client = signed_in(city, "nobody")
    account = orgs.open_account("late", by=city.keeper, at=clock.today(), idem="late")
    set_password(account, PASSWORD)
    grant = orgs.grant(account, "leader", city["东镇"], by=city.keeper, at=clock.today(), idem="g")
    client.post("/sign-out")
    client.post("/sign-in", {"name": "late", "password": PASSWORD})
    assert client.get(f"/units/{address['org']}").status_code == 200
    orgs.revoke(grant, by=city.keeper, at=clock.today(), idem="r")
    assert client.get(f"/units/{address['org']}").status_code == 404


def test_closing_an_account_ends_its_session(city: City) -> None:
    client = signed_in(city, "secretary")
    account = city.account("secretary").account
    orgs.close_account(account, by=city.keeper, at=clock.today(), idem="c")
    assert client.get("/units").status_code == 302
    assert client.post("/sign-in", {"name": "secretary", "password": PASSWORD}).status_code == 422


def test_signing_out_forgets_the_session(city: City) -> None:
    client = signed_in(city, "secretary")
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 302
    assert client.get("/units").status_code == 302


def test_htmx_is_told_to_load_the_sign_in_page_whole() -> None:
    page = Client().get("/units", headers={"HX-Request": "true"})
    assert (page.status_code, page.headers["HX-Redirect"]) == (204, "/sign-in?next=/units")


test_htmx_is_told_to_load_the_sign_in_page_whole = pytest.mark.django_db(
    test_htmx_is_told_to_load_the_sign_in_page_whole
)


# --- signing in


def test_a_wrong_name_and_a_wrong_password_read_the_same(city: City) -> None:
    set_password(city.clerk_id, PASSWORD)
    pages = [Client().post("/sign-in", {"name": name, "password": "wrong"}) for name in ("clerk", "ghost")]
    assert [page.status_code for page in pages] == [422, 422]
    texts = {re.sub(r'value="(clerk|ghost|\w{64})"', "", page.content.decode()) for page in pages}
    assert len(texts) == 1


def test_five_wrong_attempts_shut_the_door_for_that_account_and_address(city: City) -> None:
    set_password(city.clerk_id, PASSWORD)
    client = Client()
    statuses = [client.post("/sign-in", {"name": "clerk", "password": "wrong"}).status_code for _ in range(6)]
    assert statuses[:4] == [422] * 4
    assert statuses[5] == 429
    assert client.post("/sign-in", {"name": "clerk", "password": PASSWORD}).status_code == 429
    elsewhere = client.post("/sign-in", {"name": "clerk", "password": PASSWORD}, REMOTE_ADDR="10.9.8.7")
    assert elsewhere.status_code == 302


@pytest.mark.parametrize(
    ("going", "there"),
    [("/units?q=x", "/units?q=x"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("", "/")],
)
def test_signing_in_goes_on_inside_this_site_only(city: City, going: str, there: str) -> None:
    set_password(city.clerk_id, PASSWORD)
    page = Client().post("/sign-in", {"name": "clerk", "password": PASSWORD, "next": going})
    assert page.headers["Location"] == there


# --- the declaration itself


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


class Site:
    """A tiny URLconf."""

    def __init__(self, *patterns: object) -> None:
        self.url_patterns = patterns


def test_the_server_refuses_to_start_with_an_address_that_declares_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(path("bare", view), path("open", public(lambda request: view(request))))
    monkeypatch.setattr(access, "get_resolver", lambda: site)
    assert access.undeclared() == ["bare"]
    assert [error.id for error in access.check_policies()] == ["gangmu.E001"]
    with pytest.raises(access.ImproperlyConfigured, match="bare"):
        access.refuse_undeclared()


def test_every_address_of_this_site_declares_its_policy() -> None:
    assert access.undeclared() == []


def test_a_policy_names_something_that_addresses_can_be_about() -> None:
    with pytest.raises(access.ImproperlyConfigured, match="unit, fact"):
        policy(None, object="moon")


def test_what_a_view_does_not_find_is_a_page_that_is_not_there(city: City) -> None:
    @policy(None)
    def empty(request: HttpRequest) -> HttpResponse:
        raise NotFound([])

    request = HttpRequest()
    request.actor = city.clerk  # type: ignore[attr-defined]
    with pytest.raises(access.Http404):
        empty(request)


def test_a_view_left_to_the_api_says_so() -> None:
    assert by_token(lambda request: view(request)).policy == BY_TOKEN  # type: ignore[attr-defined]


def test_a_session_that_never_began_is_over() -> None:
    assert sessions.is_over({}, clock.now())
