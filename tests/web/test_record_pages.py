"""Recording promises: what is asked first is what is needed, and a refusal keeps every word and says how to mend it."""

from typing import Any

import pytest
from django.test import Client

from gangmu.catalog.current import catalog
from gangmu.kernel.problems import Problem
from gangmu.web.record_form import said_once
from tests.pages.conftest import Town
from tests.web.opening import Page, opened, sent

ALERT = "//div[@id='problems']"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def refused(town: Town, client: Client, **typed: Any) -> Page:
    told = {"idem": "a" * 32, "org": town.city["荷塘支部"], "day": town.today.isoformat(), **typed}
    return sent(client, "/record/activity.held", told)


def test_what_must_be_chosen_stands_before_what_may_be_left_out(client: Client) -> None:
    form = opened(client, "/record/activity.held")
    named = [field.get("name") for field in form.all("//main//form//*[@name and not(@type='hidden')]")]
    assert named.index("tag.activity_form") < named.index("present")
    folded = {field.get("name") for field in form.all("//details//*[@name]")}
    assert {f"tag.{family}" for family in catalog().facts["activity.held"].tags_allowed} <= folded
    assert "present" not in folded


def test_one_unit_is_chosen_already_and_the_day_is_today(town: Town, client: Client) -> None:
    form = opened(client, "/record/activity.held")
    assert form.typed("org") == town.city["荷塘支部"]
    assert form.typed("day") == town.today.isoformat()


def test_every_control_has_its_label(client: Client) -> None:
    for kind in ("activity.held", "matter.opened", "money.booked", "enrolment.started"):
        form = opened(client, f"/record/{kind}")
        fields = form.all("//main//form//*[self::input or self::select or self::textarea][not(@type='hidden')]")
        labelled = {one.get("for") for one in form.all("//label[@for]")}
        assert {field.get("id") for field in fields} <= labelled, kind


def test_each_thing_that_is_wrong_is_said_once_and_leads_to_its_field(town: Town, client: Client) -> None:
    shown = refused(town, client, present="二十一")
    assert shown.status == 422
    said = shown.texts(f"{ALERT}//li")
    assert len(said) == len(set(said)) == 2
    for address in shown.links(ALERT):
        assert shown.all(f"//*[@id='{address.removeprefix('#')}']"), address


def test_a_missing_choice_is_called_by_its_title_and_not_by_a_key(town: Town, client: Client) -> None:
    said = refused(town, client, present="21").text(ALERT)
    assert "还没选活动形式" in said
    assert "activity_form" not in said


def test_every_word_that_was_typed_is_still_there(town: Town, client: Client) -> None:
    typed = {"present": "二十一", "expected": "24", "days": "1", "subject": "讨论路灯\n和井盖", "host": "林晓禾"}
    shown = refused(town, client, **typed, **{"tag.theme": "party_building", "late_reason": "away"})
    kept = {name: shown.typed(name).strip() for name in typed}
    assert kept == typed
    assert shown.typed("late_reason") == "away"
    assert shown.typed("idem") == "a" * 32


def test_what_was_marked_in_the_fold_keeps_the_fold_open(town: Town, client: Client) -> None:
    family = catalog().facts["activity.held"].tags_allowed[0]
    tag = catalog().families[family].tags[0].key
    shown = refused(town, client, **{f"tag.{family}": tag})
    [chosen] = shown.all(f"//input[@name='tag.{family}' and @checked]")
    assert chosen.get("value") == tag
    assert all(fold.get("open") is not None for fold in chosen.iterancestors("details"))


def test_a_field_that_is_wrong_says_so_to_those_who_cannot_see_it(town: Town, client: Client) -> None:
    [field] = refused(town, client, present="二十一").all("//input[@name='present']")
    assert field.get("aria-invalid") == "true"
    told = [one for one in field.get("aria-describedby").split() if one.startswith("e-")]
    assert told == ["e-present-1"]


def test_a_rule_that_speaks_against_it_is_named(town: Town, client: Client) -> None:
    shown = refused(town, client, present="-3", **{"tag.activity_form": "lecture"})
    assert "依据" in shown.text(ALERT)


def test_a_late_record_is_told_that_it_costs_a_word_and_no_more(client: Client) -> None:
    form = opened(client, "/record/activity.held")
    assert "按晚记计，不算缺" in form.text("//div[@id='record_form']")


def test_what_is_recorded_is_one_button_of_one_colour(client: Client) -> None:
    form = opened(client, "/record/activity.held")
    assert form.texts("//main//*[contains(@class,'btn-seal')]") == ["记入台账"]
    assert form.all("//nav[contains(@class,'gm-tabs')]") == []


def test_the_catalog_does_not_repeat_what_the_page_has_said() -> None:
    page = Problem("pages.not_a_number", "一", "one", where="present")
    tag = Problem("web.no_tag", "二", "two", where="tag.activity_form")
    again = [Problem("body.int", "三", "three", where="present"), Problem("body.tag_one", "四", "four", where="tags")]
    other = Problem("body.range", "五", "five", where="expected")
    assert said_once([page, tag, *again, other]) == [page, tag, other]
    assert said_once(again) == again


def test_a_kind_that_needs_something_open_says_so_where_nothing_is_and_leads_on(client: Client) -> None:
    shown = opened(client, "/record/site.closed")
    assert "先有“" in shown.text("//div[contains(@class,'gm-empty')]")
    assert shown.links("//div[contains(@class,'gm-empty')]") == ["/record/site.opened", "/record"]
    assert shown.all("//main//form") == []


def test_what_is_open_can_be_chosen_and_closed(town: Town, client: Client) -> None:
    org, today = town.city["荷塘支部"], town.today.isoformat()
    told = {"org": org, "day": today, "tag.site_type": "service_centre"}
    recorded = sent(client, "/record/site.opened", {**told, "idem": "b" * 32, "name": "荷塘驿站"})
    assert recorded.status == 200, recorded.text(ALERT)
    shown = opened(client, "/record/site.closed")
    [thing] = [one.get("value") for one in shown.all("//select[@name='about']/option") if one.get("value")]
    closed = sent(
        client, "/record/site.closed", {"org": org, "day": today, "idem": "c" * 32, "about": thing, "reason": "idle"}
    )
    assert "已记入台账" in closed.text()
    assert shown.all("//main//form")
    assert opened(client, "/record/site.closed").all("//main//form") == []


def test_a_thing_that_may_be_left_out_is_not_asked_for_while_there_is_none(client: Client) -> None:
    form = opened(client, "/record/money.booked")
    assert form.all("//*[@name='amount']")
    assert form.all("//*[@name='project']") == []
