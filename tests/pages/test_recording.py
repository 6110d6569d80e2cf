"""Recording through the page: one page for every kind, every refusal in place, nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client

from gangmu.catalog.current import catalog
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.people.actions import set_password
from tests.pages.conftest import PASSWORD, Town

IDEM = re.compile(r'name="idem" value="([0-9a-f]{32})"')


def text(answer: Any) -> str:
    return str(answer.content.decode())


def meeting(town: Town, **changes: Any) -> dict[str, Any]:
    """What a secretary types for a members' meeting of today."""
    told = {
        "idem": "a" * 32, "org": town.city["荷塘支部"], "day": town.today.isoformat(),
        "tag.activity_form": "members_meeting", "present": "21", "expected": "24", "subject": "讨论路灯",
    }  # fmt: skip
    return {**told, **changes}


def recorded(town: Town) -> tuple[Fact, ...]:
    wanted = ledger.FactFilter(orgs=frozenset({town.city["荷塘支部"]}), actor=town.secretary.account)
    return ledger.facts(wanted)


@pytest.fixture
def browser(town: Town) -> Client:
    return town.client(town.secretary)


def test_every_kind_that_may_be_recorded_has_its_page(town: Town, browser: Client) -> None:
    shown = text(browser.get("/record"))
    kinds = sorted(set(re.findall(r'href="/record/([a-z_.]+)', shown)))
    assert len(kinds) > 10
    for kind in kinds:
        page = text(browser.get(f"/record/{kind}"))
        assert catalog().facts[kind].title.zh in page
        assert IDEM.search(page) or "先有“" in page, kind


def test_what_a_secretary_records_most_lies_open_and_the_rare_forms_fold(town: Town, browser: Client) -> None:
    forms = re.compile(r"tag\.activity_form=([a-z_]+)")
    first, rare = (forms.findall(part) for part in text(browser.get("/record")).split("其他形式"))
    assert (len(first), first[0]) == (8, "members_meeting")
    assert len({*first, *rare}) == len(catalog().families["activity_form"].tags)
    for number in range(2):
        told = {"idem": str(number) * 32, "tag.activity_form": rare[-1], "present": "21"}
        browser.post("/record/activity.held", meeting(town, **told))
    assert forms.findall(text(browser.get("/record")))[0] == rare[-1]


def test_a_kind_that_is_kept_elsewhere_has_no_page_here(browser: Client) -> None:
    for kind in ("access.granted", "unit.founded", "no.such"):
        assert browser.get(f"/record/{kind}").status_code == 404


def test_a_meeting_is_recorded_and_its_page_says_so(town: Town, browser: Client) -> None:
    answer = browser.post("/record/activity.held", meeting(town), follow=True)
    assert "已记入台账" in text(answer)
    [fact] = recorded(town)
    assert fact.body == {"tags": ["members_meeting"], "present": 21, "expected": 24}
    assert fact.slots == ("subject",)


def test_the_same_page_sent_twice_records_once(town: Town, browser: Client) -> None:
    browser.post("/record/activity.held", meeting(town))
    answer = browser.post("/record/activity.held", meeting(town), follow=True)
    assert "没有重复" in text(answer)
    assert len(recorded(town)) == 1


def test_the_very_next_load_of_the_figure_counts_and_lists_it(town: Town, browser: Client) -> None:
    address = f"/figures/{town.city['荷塘支部']}/activity.sessions[members_meeting]"
    before = text(browser.get(address))
    answer = browser.post("/record/activity.held", meeting(town))
    after = text(browser.get(address))
    assert "这些数来自3条记录" in before
    assert "这些数来自4条记录" in after
    assert answer["Location"].partition("?")[0] in after


def test_everything_wrong_is_said_at_once_in_place_and_what_was_typed_stays(town: Town, browser: Client) -> None:
    wrong = meeting(town, present="二十一", day="2025-02-30", **{"tag.activity_form": ""})
    answer = browser.post("/record/activity.held", wrong)
    shown = text(answer)
    assert answer.status_code == 422
    assert "这里要填整数" in shown
    assert "看不懂，要写成2025-03-08的样子" in shown
    assert 'href="#f-present"' in shown
    assert 'value="二十一"' in shown
    assert "讨论路灯" in shown
    assert recorded(town) == ()


def test_a_refused_page_keeps_its_request_key_so_that_a_retry_cannot_double(town: Town, browser: Client) -> None:
    shown = text(browser.post("/record/activity.held", meeting(town, present="x")))
    assert IDEM.search(shown)[1] == "a" * 32  # type: ignore[index]


def test_a_late_record_wants_a_reason_and_then_counts(town: Town, browser: Client) -> None:
    day = f"{town.today.year - 1}-03-01"
    refused = browser.post("/record/activity.held", meeting(town, day=day))
    assert refused.status_code == 422
    assert "补录" in text(refused)
    answer = browser.post("/record/activity.held", meeting(town, day=day, late_reason="away"), follow=True)
    assert "补录" in text(answer)
    assert recorded(town)[0].body["late_reason"] == "away"


def test_a_unit_outside_the_scope_is_unknown_however_it_is_named(town: Town, browser: Client) -> None:
    for words in (town.city["柳溪支部"], "柳溪村第一党支部", "", "没有的单位"):
        answer = browser.post("/record/activity.held", meeting(town, org=words))
        assert answer.status_code == 422, words
    assert recorded(town) == ()


def test_a_matter_is_opened_and_closed_by_choosing_it(town: Town, browser: Client) -> None:
    org, today = town.city["荷塘支部"], town.today.isoformat()
    page = text(browser.get("/record/matter.closed"))
    things = re.findall(r'<option value="([0-9a-f]{32})"', page)
    assert f"{0:032x}" in things
    assert f"{2:032x}" not in things
    closing = {"idem": "b" * 32, "org": org, "day": today, "about": f"{0:032x}", "outcome": "solved"}
    assert browser.post("/record/matter.closed", closing).status_code == 302
    opening = {"idem": "c" * 32, "org": org, "day": today, "tag.matter_type": "request", "words": "井盖响"}
    assert browser.post("/record/matter.opened", opening).status_code == 302
    assert {fact.kind for fact in recorded(town)} == {"matter.closed", "matter.opened"}


def test_taking_back_wants_a_reason_and_keeps_the_fact(town: Town, browser: Client) -> None:
    browser.post("/record/activity.held", meeting(town))
    [fact] = recorded(town)
    assert browser.post(f"/facts/{fact.id}/reverse", {"idem": "d" * 32}).status_code == 422
    told = {"idem": "d" * 32, "reason": "mistake", "note": "人数看错了"}
    shown = text(browser.post(f"/facts/{fact.id}/reverse", told, follow=True))
    assert "已冲正" in shown
    assert "原话还在" in shown
    assert ledger.fact(fact.id).reversed_by


def test_recording_rightly_takes_back_and_records_in_one_go(town: Town, browser: Client) -> None:
    browser.post("/record/activity.held", meeting(town))
    [fact] = recorded(town)
    page = text(browser.get(f"/facts/{fact.id}/restate"))
    assert 'value="21"' in page
    assert "讨论路灯" not in page
    told = meeting(town, idem="e" * 32, present="12", reason="mistake", note="写反了")
    answer = browser.post(f"/facts/{fact.id}/restate", told, follow=True)
    assert "更正" in text(answer)
    standing = [one for one in recorded(town) if not one.reversed_by and one.kind == "activity.held"]
    assert [one.body["present"] for one in standing] == [12]
    assert browser.get(f"/facts/{fact.id}/restate").status_code == 404


def test_whoever_only_reads_can_neither_record_nor_take_back(town: Town, browser: Client) -> None:
    browser.post("/record/activity.held", meeting(town))
    [fact] = recorded(town)
    reader = town.client(town.auditor)
    assert reader.post("/record/activity.held", meeting(town, idem="f" * 32)).status_code == 404
    assert reader.post(f"/facts/{fact.id}/reverse", {"idem": "f" * 32, "reason": "mistake"}).status_code == 404
    assert not ledger.fact(fact.id).reversed_by


def test_a_person_is_picked_by_name_among_the_members_of_the_unit(town: Town, browser: Client) -> None:
    town.city.member("林晓禾", "荷塘支部")
    town.city.member("石远山", "柳溪支部")
    shown = text(browser.get("/record/enrolment.started"))
    field = shown[shown.index('id="f-person"') :].partition("</select>")[0]
    assert "林晓禾" in field
    assert "石远山" not in shown


def test_before_a_unit_is_chosen_no_person_is_offered(town: Town) -> None:
    town.city.member("林晓禾", "荷塘支部")
    clerk = town.city.account("banshi", "party_clerk", "青禾市")
    set_password(clerk.account, PASSWORD)
    browser = Client()
    browser.post("/sign-in", {"name": "banshi", "password": PASSWORD})
    assert "林晓禾" not in text(browser.get("/record/enrolment.started"))
    assert "林晓禾" in text(browser.get(f"/record/enrolment.started?org={town.city['荷塘支部']}"))


def test_a_thing_that_is_referred_to_is_picked_among_the_open_ones(town: Town, browser: Client) -> None:
    told = {"idem": "b" * 32, "org": town.city["荷塘支部"], "day": town.today.isoformat(), "tag.site_type": "grid"}
    opened = browser.post("/record/site.opened", told, follow=True)
    assert opened.status_code == 200, text(opened)
    shown = text(browser.get("/record/project.opened"))
    assert recorded(town)[0].about in shown[shown.index('id="f-site"') :].partition("</select>")[0]
