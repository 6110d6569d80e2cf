"""Putting right what is old: the refusal leads to a second person by one press, who answers on the record's own page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from gangmu.kernel import clock
from gangmu.ledger import queries as ledger
from gangmu.people.actions import set_password
from tests.pages.conftest import PASSWORD, Town
from tests.web.opening import Page, opened, sent

FORM = "tag.activity_form"
WHY = {"reason": "twice", "note": "记重了"}


@pytest.fixture
def fact(town: Town) -> Iterator[str]:
    """A meeting that was recorded nine days ago."""
    told = {
        "idem": "a" * 32,
        "org": town.city["荷塘支部"],
        "day": town.today.isoformat(),
        FORM: "members_meeting",
        "present": "21",
    }
    sent(town.client(town.secretary), "/record/activity.held", told)
    [newest] = ledger.facts(ledger.FactFilter(kinds=frozenset({"activity.held"})), limit=1)
    with time_machine.travel(clock.now() + timedelta(days=9), tick=True):
        yield str(newest.id)


@pytest.fixture
def secretary(town: Town, fact: str) -> Client:
    return town.client(town.secretary)


@pytest.fixture
def clerk(town: Town, fact: str) -> Client:
    who = town.city.account("zhenban", "party_clerk", "西镇")
    set_password(who.account, PASSWORD)
    browser = Client()
    browser.post("/sign-in", {"name": "zhenban", "password": PASSWORD})
    return browser


def ask(browser: Client, fact: str, **more: Any) -> Page:
    return sent(browser, f"/facts/{fact}/reverse", {"idem": "b" * 32, **WHY, **more})


def request_at(page: Page) -> str:
    return page.address.partition("?")[0].removeprefix("/facts/")


def test_the_refusal_keeps_every_word_and_offers_to_ask(secretary: Client, fact: str) -> None:
    shown = ask(secretary, fact)
    assert shown.status == 422
    assert "要另一个人核对后才改" in shown.text("//div[@id='problems']")
    assert shown.typed("note") == "记重了"
    assert shown.texts("//button[@name='ask']") == ["请第二人核对"]


def test_asking_leads_to_the_request_which_says_what_it_waits_for(secretary: Client, fact: str) -> None:
    shown = ask(secretary, fact, ask="1")
    assert shown.status == 200
    assert "等另一个人答复" in shown.text("//section[@id='answer']")
    assert shown.all("//button[@name='answer']") == []
    assert ledger.fact(ledger.FactId(fact)).reversed_by is None


def test_it_waits_on_the_desk_of_the_other(secretary: Client, clerk: Client, fact: str) -> None:
    ask(secretary, fact, ask="1")
    assert "请第二人核对更正" in opened(clerk, "/?waiting=all").text()


@pytest.mark.parametrize(
    ("answer", "gone", "said"), [("confirm", True, "同意更正：查过"), ("decline", False, "不同意：查过")]
)
def test_the_other_answers_with_a_word(
    secretary: Client, clerk: Client, fact: str, answer: str, gone: bool, said: str
) -> None:
    request = request_at(ask(secretary, fact, ask="1"))
    shown = sent(clerk, f"/facts/{request}/answer", {"idem": "c" * 32, "answer": answer, "word": "查过"})
    assert said in shown.text("//section[@id='answer']")
    assert bool(ledger.fact(ledger.FactId(fact)).reversed_by) is gone
    assert said in opened(secretary, f"/facts/{request}").text("//section[@id='answer']")


def test_an_answer_without_a_word_is_refused_in_place(secretary: Client, clerk: Client, fact: str) -> None:
    request = request_at(ask(secretary, fact, ask="1"))
    shown = sent(clerk, f"/facts/{request}/answer", {"idem": "c" * 32, "answer": "confirm", "word": ""})
    assert shown.status == 422
    assert "一句话" in shown.text("//div[@id='problems']")
    assert ledger.fact(ledger.FactId(fact)).reversed_by is None


def test_the_asker_cannot_answer_by_hand_either(secretary: Client, fact: str) -> None:
    request = request_at(ask(secretary, fact, ask="1"))
    shown = sent(secretary, f"/facts/{request}/answer", {"idem": "c" * 32, "answer": "confirm", "word": "可以"})
    assert shown.status == 422
    assert "要由另一个人核对" in shown.text("//div[@id='problems']")


def test_an_answer_that_is_none_changes_nothing(secretary: Client, clerk: Client, fact: str) -> None:
    request = request_at(ask(secretary, fact, ask="1"))
    shown = sent(clerk, f"/facts/{request}/answer", {"idem": "c" * 32, "answer": "maybe", "word": "可以"})
    assert shown.all("//button[@name='answer']")
    assert ledger.fact(ledger.FactId(fact)).reversed_by is None


def test_a_meeting_put_right_waits_whole_and_stands_when_it_is_agreed(
    town: Town, secretary: Client, clerk: Client, fact: str
) -> None:
    told = {"idem": "b" * 32, "org": town.city["荷塘支部"], "day": town.today.isoformat(), FORM: "members_meeting",
            "present": "19", "place": "村部", "late_reason": "away", "reason": "mistake", "note": "数错了"}  # fmt: skip
    refused = sent(secretary, f"/facts/{fact}/restate", told)
    assert refused.texts("//button[@name='ask']") == ["请第二人核对"]
    assert (refused.typed("present"), refused.typed("place")) == ("19", "村部")
    request = request_at(sent(secretary, f"/facts/{fact}/restate", {**told, "ask": "1"}))
    sent(clerk, f"/facts/{request}/answer", {"idem": "c" * 32, "answer": "confirm", "word": "查过"})
    stands = [
        one
        for one in ledger.facts(ledger.FactFilter(kinds=frozenset({"activity.held"})))
        if one.ref("restates") == fact
    ]
    assert [one.body["present"] for one in stands] == [19]
