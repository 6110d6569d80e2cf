"""Rosters on a page: counts for every reader, names within scope, people entered and taken off."""

from typing import Any

import pytest
from django.test import Client

from gangmu.ledger import queries as ledger
from gangmu.orgs import actions, enrolments
from gangmu.orgs.entries import Enrolling
from tests.orgs.cast import SOME_DAY, key
from tests.pages.conftest import Town
from tests.web.opening import Page, opened, sent

ALERT = "//div[@id='problems']"
PEOPLE = "//section[@id='people']//tbody/tr"
COUNTS = "//section[@id='rosters']//tbody/tr"
UNIT, BASIS = "荷塘支部", "青组发〔2025〕6号"
ASKED = {"roster": "teacher", "name": "苏禾", "basis": BASIS}


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def entered(town: Town, name: str, roster: str = "teacher") -> str:
    asked = Enrolling(town.city[UNIT], roster, SOME_DAY, key(name, roster), BASIS, name=name)
    return actions.enrol(asked, by=town.city.clerk)


def shown(town: Town, client: Client, query: str = "") -> Page:
    return opened(client, f"/units/{town.city[UNIT]}/rosters{query}")


def posted(town: Town, client: Client, verb: str, **typed: Any) -> Page:
    told = {"idem": "a" * 32, "day": town.today.isoformat(), **typed}
    return sent(client, f"/units/{town.city[UNIT]}/rosters/{verb}", told)


def test_an_empty_roster_says_how_people_come_onto_it(town: Town, client: Client) -> None:
    assert "名册上没有人" in shown(town, client).text()


def test_somebody_is_entered_with_document_and_days(town: Town, client: Client) -> None:
    until = f"{town.today.year + 2}-12-31"
    page = posted(town, client, "enter", **ASKED, until=until)
    assert "已记入台账" in page.text("//*[@role='status'][@data-draft-done]"), page.text(ALERT)
    assert page.text(COUNTS) == "党校师资 1"
    row = page.text(PEOPLE)
    assert row.startswith("苏禾")
    assert BASIS in row
    assert str(town.today.year + 2) in row


def test_who_leaves_is_taken_off(town: Town, client: Client) -> None:
    about = entered(town, "苏禾")
    entered(town, "何田")
    page = posted(town, client, "leave", about=about, reason="moved")
    assert [row.split()[0] for row in page.texts(PEOPLE)] == ["何田"], page.text(ALERT)


def test_a_double_press_enters_once(town: Town, client: Client) -> None:
    for _ in range(2):
        posted(town, client, "enter", **ASKED)
    assert enrolments.counts(town.city.clerk.scope, town.city[UNIT]) == {"teacher": 1}


@pytest.mark.parametrize(
    ("verb", "typed", "words"),
    [
        ("enter", {**ASKED, "roster": ""}, "还没选哪本名册"),
        ("enter", {**ASKED, "roster": "lecture"}, "没有 lecture 这本名册"),
        ("enter", {**ASKED, "name": ""}, "还没写是谁"),
        ("enter", {**ASKED, "name": "", "person": "b" * 32}, "还没写是谁"),
        ("enter", {**ASKED, "basis": " "}, "凭哪份文件"),
        ("enter", {**ASKED, "until": "2019-01-01"}, "到期日"),
        ("enter", {**ASKED, "until": "明年"}, "看不懂"),
        ("enter", {**ASKED, "day": "2099-01-01"}, "还没有到"),
        ("enter", {**ASKED, "basis": "长" * 101}, ""),
        ("leave", {}, "还没选谁出册"),
        ("leave", {"about": "c" * 32, "reason": "moved"}, "还没选谁出册"),
        ("leave", {"about": "", "reason": ""}, "还没选为什么出册"),
    ],
)
def test_a_refusal_says_what_is_wrong_keeps_what_was_typed_and_records_nothing(
    town: Town, client: Client, verb: str, typed: dict[str, str], words: str
) -> None:
    entered(town, "何田")
    before = ledger.count(ledger.FactFilter())
    page = posted(town, client, verb, **typed)
    assert page.status == 422
    assert words in page.text(ALERT)
    assert ledger.count(ledger.FactFilter()) == before
    if typed.get("name"):
        assert page.typed("name") == typed["name"]


def test_a_leader_sees_how_many_and_not_who(town: Town) -> None:
    entered(town, "苏禾")
    page = shown(town, town.client(town.leader))
    assert page.text(COUNTS) == "党校师资 1"
    assert "苏禾" not in page.source
    assert "姓名只有管名册的人看得到" in page.text()
    assert not [link for link in page.links() if "/rosters/" in link]
    told = b"".join(town.client(town.leader).get(f"/units/{town.city[UNIT]}/rosters.csv").streaming_content)  # type: ignore[attr-defined]
    assert "苏禾".encode() not in told
    assert BASIS.encode() in told


def test_the_file_has_the_names_for_whoever_keeps_them(town: Town, client: Client) -> None:
    entered(town, "苏禾")
    entered(town, "何田", "reserve")
    answer = client.get(f"/units/{town.city[UNIT]}/rosters.csv?roster=teacher")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[0] == "姓名,单位,凭哪份文件,从哪天,到哪天"
    assert [line.split(",")[0] for line in lines[1:]] == ["苏禾"]


def test_one_roster_is_chosen_and_one_that_is_none_is_not_found(town: Town, client: Client) -> None:
    entered(town, "苏禾")
    entered(town, "何田", "reserve")
    assert [row.split()[0] for row in shown(town, client, "?roster=reserve").texts(PEOPLE)] == ["何田"]
    assert shown(town, client, "?roster=shadowing").all(PEOPLE) == []
    assert shown(town, client, "?roster=lecture").status == 404


def test_the_count_leads_to_the_figure(town: Town, client: Client) -> None:
    entered(town, "苏禾")
    link = next(one for one in shown(town, client).links("//section[@id='rosters']") if one.startswith("/figures/"))
    assert "roster.current" in link
    assert client.get(link).status_code == 200


def test_somebody_past_the_agreed_day_is_marked_and_stays(town: Town, client: Client) -> None:
    posted(town, client, "enter", **{**ASKED, "day": "2021-01-04", "until": "2022-01-04"})
    assert "过了约定的日子" in shown(town, client).text(PEOPLE)


def test_nothing_but_its_verbs_is_found_and_no_other_unit(town: Town, client: Client) -> None:
    assert opened(client, f"/units/{town.city[UNIT]}/rosters/nonsense").status == 404
    assert opened(client, f"/units/{town.city['柳溪支部']}/rosters").status == 404
    assert opened(town.client(town.leader), f"/units/{town.city[UNIT]}/rosters/enter").status == 404


def test_the_page_stands_in_english(town: Town) -> None:
    entered(town, "苏禾")
    page = shown(town, town.client(town.secretary, english=True))
    assert page.text("//h1").startswith("Rosters of")
    assert page.text(COUNTS) == "Teachers 1"
