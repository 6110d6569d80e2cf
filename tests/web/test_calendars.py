"""Calendar addresses: made and shown once, copied, withdrawn by whoever made them or keeps the unit; nobody named."""

import re

import pytest
from django.test import Client

from gangmu.people.actions import set_password
from gangmu.reminders import feeds
from tests.orgs.cast import SOME_DAY
from tests.pages.conftest import PASSWORD, Town
from tests.web.opening import Page, opened, page

UNIT = "荷塘支部"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def posted(client: Client, **typed: str) -> Page:
    return page(client.post("/calendar", typed, follow=True), "/calendar")


def address(shown: Page) -> str:
    return str(shown.all("//input[@id='address']")[0].get("value"))


def read(client: Client, where: str) -> int:
    return client.get(re.sub(r"^https?://[^/]+", "", where)).status_code


def test_a_new_address_is_shown_once_and_works_without_signing_in(town: Town, client: Client) -> None:
    made = posted(client, do="make", org=town.city[UNIT], idem="a")
    where = address(made)
    assert re.search(r"/api/v1/calendar/[\w-]{40,}\.ics$", where)
    answer = Client().get(re.sub(r"^https?://[^/]+", "", where))
    assert (answer.status_code, b"BEGIN:VEVENT" in answer.content) == (200, True)
    again = opened(client, "/calendar")
    assert where not in again.source
    assert again.all("//input[@id='address']") == []


def test_one_press_too_many_makes_no_second_calendar(town: Town, client: Client) -> None:
    first, second = (address(posted(client, do="make", idem="same")) for _press in range(2))
    assert first == second
    assert len(feeds.of_account(town.secretary.account)) == 1
    assert address(posted(client, do="make", idem="other")) != first


def test_two_people_with_the_same_form_number_have_two_addresses(town: Town, client: Client) -> None:
    leader = town.client(town.leader)
    assert address(posted(client, do="make", idem="x")) != address(posted(leader, do="make", idem="x"))


def test_no_name_stands_in_an_address_or_in_what_it_answers(town: Town) -> None:
    town.city.member("周望", UNIT, SOME_DAY)
    client = town.client(town.secretary)
    for org in ("", town.city[UNIT]):
        where = address(posted(client, do="make", org=org, idem=f"n{org}"))
        assert not re.search(r"[\u4e00-\u9fff]|mishu", where)
        assert "周望" not in client.get(re.sub(r"^https?://[^/]+", "", where)).content.decode()


def test_it_is_withdrawn_at_a_press_and_at_once(town: Town, client: Client) -> None:
    where = address(posted(client, do="make", idem="a"))
    assert read(client, where) == 200
    listed = opened(client, "/calendar")
    digest = listed.all("//input[@name='digest']")[0].get("value")
    assert digest not in where
    told = posted(client, do="withdraw", digest=digest)
    assert "收回了1个地址" in told.text("//main//*[@role='status']")
    assert read(client, where) == 404
    assert opened(client, "/calendar").all("//input[@name='digest']") == []


def test_nobody_withdraws_anothers_own_calendar(town: Town, client: Client) -> None:
    where = address(posted(client, do="make", idem="a"))
    (mine,) = feeds.of_account(town.secretary.account)
    posted(town.client(town.leader), do="withdraw", digest=mine.digest)
    assert read(client, where) == 200


def test_whoever_keeps_the_unit_withdraws_all_of_its_calendars_and_nobody_else_does(town: Town, client: Client) -> None:
    leader = town.client(town.leader)
    where = address(posted(leader, do="make", org=town.city[UNIT], idem="a"))
    own = address(posted(leader, do="make", idem="b"))
    refused = posted(leader, do="withdraw-unit", org=town.city[UNIT])
    assert refused.status == 422
    assert read(client, where) == 200
    assert "一共有1个地址在用" in opened(client, "/calendar").text()
    posted(client, do="withdraw-unit", org=town.city[UNIT])
    assert (read(client, where), read(client, own)) == (404, 200)


def test_a_calendar_of_a_unit_elsewhere_is_neither_made_nor_withdrawn(town: Town, client: Client) -> None:
    for do in ("make", "withdraw-unit"):
        assert posted(client, do=do, org=town.city["柳溪支部"], idem="s").status == 404


@pytest.mark.parametrize("typed", [{"do": "nothing"}, {"do": "withdraw"}, {"do": "withdraw", "digest": "x" * 64}, {}])
def test_what_asks_for_nothing_changes_nothing(town: Town, client: Client, typed: dict[str, str]) -> None:
    posted(client, do="make", idem="a")
    assert posted(client, **typed).status == 200
    assert len(feeds.of_account(town.secretary.account)) == 1


def test_it_lies_in_no_cache(client: Client, town: Town) -> None:
    assert client.post("/calendar", {"do": "make", "idem": "a"}).headers["Cache-Control"] == "no-store"


def test_the_own_list_leads_there(town: Town, client: Client) -> None:
    assert "/calendar" in opened(client, "/duties").links()


def test_an_account_that_may_see_nothing_has_no_calendar(town: Town) -> None:
    nobody = town.city.account("nobody")
    set_password(nobody.account, PASSWORD)
    client = Client()
    client.post("/sign-in", {"name": "nobody", "password": PASSWORD})
    assert client.get("/calendar").status_code == 404


def test_the_english_page_is_whole(town: Town) -> None:
    shown = posted(town.client(town.secretary, english=True), do="make", idem="e")
    assert "It is shown this once" in shown.text()
