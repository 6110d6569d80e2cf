"""Records promise: what was said stays visible, what replaced it stands beside it, lists page and export what is seen."""

from typing import Any

import pytest
from django.test import Client

from gangmu.kernel.canon import Json
from gangmu.kernel.clock import local_moment
from gangmu.kernel.ids import FactId
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Draft
from gangmu.people.intake import record_checked
from gangmu.web.views.facts import SIZE
from tests.pages.conftest import Town
from tests.web.opening import csv_rows, opened, sent


def visits(town: Town, count: int) -> None:
    """So many visits to households of today, by the clerk of the city."""
    moment = local_moment(town.today)
    body: dict[str, Json] = {"tags": ["household_visit"], "present": 1}
    drafts = [
        Draft("activity.held", town.city["荷塘支部"], body, moment, moment, f"visit/{one}") for one in range(count)
    ]
    record_checked(drafts, by=town.city.clerk)


def a_meeting(town: Town, client: Client, **changes: Any) -> str:
    """Record a meeting through the page; where its record stands."""
    told = {
        "idem": "a" * 32, "org": town.city["荷塘支部"], "day": town.today.isoformat(), "present": "21", "expected": "24",
        "tag.activity_form": "members_meeting", "subject": "讨论路灯",
    }  # fmt: skip
    return sent(client, "/record/activity.held", {**told, **changes}).address.partition("?")[0]


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def test_a_long_list_is_cut_and_says_which_rows_are_seen(town: Town, client: Client) -> None:
    visits(town, SIZE + 5)
    first = opened(client, "/facts?kind=activity.held")
    assert len(first.all("//div[@id='facts']//tbody/tr")) == SIZE
    total = ledger.count(ledger.FactFilter(orgs=frozenset({town.city["荷塘支部"]}), kinds=frozenset({"activity.held"})))
    assert f"第1–{SIZE}行，共{total}行" in first.text("//nav[contains(@class,'gm-pager')]")
    second = opened(client, "/facts" + first.all("//a[@rel='next']")[0].get("href"))
    assert len(second.all("//div[@id='facts']//tbody/tr")) == total - SIZE
    assert not set(first.links("//div[@id='facts']//tbody//th")) & set(second.links("//div[@id='facts']//tbody//th"))


def test_the_file_of_a_list_holds_the_rows_of_the_screen_in_its_order(town: Town, client: Client) -> None:
    screen = opened(client, "/facts?kind=activity.held")
    rows = csv_rows(client, "/facts.csv?kind=activity.held")
    assert [row[-1] for row in rows[1:]] == screen.texts("//div[@id='facts']//td[last()]")


def test_an_empty_list_says_so_and_offers_the_first_step(client: Client) -> None:
    shown = opened(client, "/facts?from=2001-01-01&to=2001-12-31")
    assert "换一段时间" in shown.text("//div[contains(@class,'gm-empty')]")
    assert shown.links("//div[contains(@class,'gm-empty')]") == ["/record"]


def test_a_new_record_says_where_it_went_and_offers_the_next(town: Town, client: Client) -> None:
    shown = sent(
        client, "/record/activity.held",
        {"idem": "b" * 32, "org": town.city["荷塘支部"], "day": town.today.isoformat(), "tag.activity_form": "lecture"},
    )  # fmt: skip
    assert shown.text("//*[@role='status' and @data-draft-done]").startswith("已记入台账")
    assert f"/record/activity.held?org={town.city['荷塘支部']}" in shown.links("//*[@data-draft-done]")


def test_taking_back_leaves_the_words_readable_and_crosses_them_out(town: Town, client: Client) -> None:
    address = a_meeting(town, client)
    shown = sent(client, f"{address}/reverse", {"idem": "c" * 32, "reason": "mistake", "note": "记串了支部"})
    assert shown.text("//h1").endswith("已冲正")
    assert "到场人数 21" in shown.text("//ol[contains(@class,'gm-chain')]/li[contains(@class,'gone')]")
    assert "冲正：整条不算了" in shown.text("//ol[contains(@class,'gm-chain')]/li[2]")


def test_restating_a_fact_keeps_the_old_one_visible_beside_the_new(town: Town, client: Client) -> None:
    address = a_meeting(town, client)
    told = {
        "idem": "d" * 32, "org": town.city["荷塘支部"], "day": town.today.isoformat(), "present": "12", "expected": "24",
        "tag.activity_form": "members_meeting", "reason": "mistake", "note": "写反了",
    }  # fmt: skip
    shown = sent(client, f"{address}/restate", told)
    links = shown.texts("//ol[contains(@class,'gm-chain')]/li")
    assert "到场人数 21" in links[0]
    assert "到场人数 12" in links[-1]
    assert "更正" in links[-1]
    assert opened(client, address).text("//h1").endswith("已冲正")


def test_a_record_taken_back_is_called_by_a_word_and_not_by_its_key(town: Town, client: Client) -> None:
    address = a_meeting(town, client)
    sent(client, f"{address}/reverse", {"idem": "c" * 32, "reason": "mistake", "note": "记串了"})
    listed = opened(client, "/facts").texts("//div[@id='facts']//tbody//th/a")
    assert "冲正" in listed
    assert "reverse" not in listed


def test_taking_back_without_a_reason_keeps_what_was_typed(town: Town, client: Client) -> None:
    address = a_meeting(town, client)
    shown = sent(client, f"{address}/reverse", {"idem": "c" * 32, "note": "记串了"})
    assert shown.status == 422
    assert shown.typed("note") == "记串了"
    assert shown.typed("idem") == "c" * 32


def test_a_grant_is_not_offered_to_be_taken_back(town: Town, client: Client) -> None:
    [grant] = ledger.facts(
        ledger.FactFilter(kinds=frozenset({"access.granted"}), orgs=frozenset({town.city["荷塘支部"]}))
    )
    assert opened(client, f"/facts/{grant.id}").all("//section[@id='mend']") == []
    mine = a_meeting(town, client)
    assert len(opened(client, mine).all("//section[@id='mend']")) == 1


def test_a_record_leads_to_its_unit_and_bears_its_proof(town: Town, client: Client) -> None:
    [first, *_] = ledger.facts(
        ledger.FactFilter(orgs=frozenset({town.city["荷塘支部"]}), kinds=frozenset({"activity.held"}))
    )
    shown = opened(client, f"/facts/{first.id}")
    assert f"/units/{town.city['荷塘支部']}" in shown.links("//nav[contains(@class,'gm-crumb')]")
    assert f"/facts/{first.id}/proof" in shown.links()
    assert first.id in shown.text("//dl[contains(@class,'mt-3')]")


def test_sealed_words_are_there_for_those_inside_and_a_lock_for_all_others(town: Town, client: Client) -> None:
    address = a_meeting(town, client)
    assert "讨论路灯" in opened(client, address).text("//dl[contains(@class,'gm-dl-wide')]")
    auditor = opened(town.client(town.auditor), address)
    assert "讨论路灯" not in auditor.source
    assert "您的岗位看不到" in auditor.text("//dl[contains(@class,'gm-dl-wide')]")


def test_a_grant_names_its_account_by_words_that_lead_to_it_and_never_by_an_id(town: Town) -> None:
    grants = ledger.facts(ledger.FactFilter(kinds=frozenset({"access.granted"})))
    leader = town.client(town.leader)
    grant = next(one for one in grants if leader.get(f"/facts/{one.id}").status_code == 200)
    shown = opened(leader, f"/facts/{grant.id}")
    said = shown.text("//dl[contains(@class,'gm-dl-wide')]")
    assert str(grant.body["account"]) not in said
    [account] = shown.links("//dl[contains(@class,'gm-dl-wide')]")
    assert ledger.fact(FactId(account.removeprefix("/facts/"))).about == grant.body["account"]
