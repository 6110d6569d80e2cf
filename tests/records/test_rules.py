"""The rules of recording by themselves: which unit, which role, which day, which thing; nothing is read but the values."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import FactKind
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem
from gangmu.orgs.rules import Life
from gangmu.records import rules
from gangmu.records.rules import Thing

TODAY, BEGAN = date(2025, 6, 30), date(2025, 1, 1)
BRANCH = Life(OrgId("branch-1"), "branch", date(2020, 1, 1), date.max)
SECRETARY = frozenset({"branch_secretary"})


def kind(key: str, **changed: object) -> FactKind:
    """A kind of the catalog, perhaps as a local pack would tighten it."""
    return catalog().facts[key].model_copy(update=changed)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


# --- which unit and which role


def test_a_kind_that_names_units_is_recorded_by_these_only() -> None:
    villages = kind("activity.held", org_kinds=("village",))
    assert codes(rules.against_kind(villages, BRANCH, SECRETARY)) == ["records.org_kind"]
    assert rules.against_kind(villages, replace(BRANCH, kind="village"), SECRETARY) == []


def test_a_kind_that_names_recorders_is_recorded_by_these_only() -> None:
    clerks = kind("money.booked", recorders=("party_clerk",))
    assert codes(rules.against_kind(clerks, BRANCH, SECRETARY)) == ["records.recorder"]
    assert rules.against_kind(clerks, BRANCH, SECRETARY | {"party_clerk"}) == []


def test_a_kind_without_recorders_is_open_to_whoever_may_record() -> None:
    assert rules.against_kind(kind("money.booked", recorders=()), BRANCH, frozenset({"anybody"})) == []


@pytest.mark.parametrize("key", ["unit.moved", "membership.ended", "person.recorded", "access.granted", "claim.bound"])
def test_what_has_an_action_of_its_own_is_not_written_down_here(key: str) -> None:
    (problem,) = rules.against_kind(kind(key), BRANCH, frozenset({"party_clerk"}))
    assert problem.code == "records.own_action"
    assert kind(key).title.zh in problem.message
    assert kind(key).title.en in problem.message_en


# --- which day


LOCAL = {"since": date(2025, 1, 1), "effective": date(2025, 3, 1), "basis": "青组发〔2025〕8号"}


@pytest.mark.parametrize(
    ("changed", "first_day"),
    [
        (LOCAL, date(2025, 3, 1)),
        ({**LOCAL, "since": date(2025, 5, 1)}, date(2025, 5, 1)),
        ({"since": date(2025, 2, 1)}, date(2025, 2, 1)),
        ({}, date(1921, 7, 1)),
    ],
    ids=["effective", "since after effective", "no pack", "the national floor"],
)
def test_a_kind_is_recorded_of_days_from_its_first_on(changed: dict[str, object], first_day: date) -> None:
    visits = kind("activity.held", **changed)
    assert rules.before_in_force(visits, first_day) == []
    (problem,) = rules.before_in_force(visits, first_day - timedelta(days=1))
    assert (problem.code, problem.where) == ("records.not_in_force", "day")
    assert f"从 {first_day} 起才记" in problem.message
    assert f"from {first_day} on" in problem.message_en
    assert str(changed.get("basis") or visits.source) in problem.message_en


@pytest.mark.parametrize(
    ("first", "last", "reason", "code"),
    [
        (TODAY, TODAY, None, ""),
        (TODAY, TODAY + timedelta(days=1), None, "records.future"),
        (TODAY - timedelta(days=7), TODAY - timedelta(days=7), None, ""),
        (TODAY - timedelta(days=8), TODAY - timedelta(days=8), None, "records.late"),
        (TODAY - timedelta(days=8), TODAY - timedelta(days=8), "busy", ""),
        (TODAY - timedelta(days=20), TODAY - timedelta(days=2), None, ""),  # late is counted from when it ended
        (BEGAN - timedelta(days=1), BEGAN - timedelta(days=1), "batch", ""),
        (BEGAN, BEGAN, "batch", "records.not_old_books"),
        (BRANCH.founded_on - timedelta(days=1), TODAY, None, "records.no_unit_then"),
    ],
)
def test_a_day_is_refused_with_one_reason_or_accepted(first: date, last: date, reason: str | None, code: str) -> None:
    found = rules.against_days(kind("activity.held"), BRANCH, first, last, TODAY, reason, BEGAN)
    assert codes(found) == ([code] if code else [])


def test_a_unit_records_until_the_day_before_it_ends() -> None:
    ended = replace(BRANCH, ended_on=TODAY)
    eve = TODAY - timedelta(days=1)
    assert rules.against_days(kind("activity.held"), ended, eve, eve, TODAY, None, BEGAN) == []
    found = rules.against_days(kind("activity.held"), ended, TODAY, TODAY, TODAY, None, BEGAN)
    assert codes(found) == ["records.no_unit_then"]


def test_a_unit_that_is_not_known_records_nothing() -> None:
    found = rules.against_days(kind("activity.held"), None, TODAY, TODAY, TODAY, None, BEGAN)
    assert codes(found) == ["records.no_unit_then"]


# --- which thing

OPEN = Thing(date(2025, 3, 1))
CLOSED = Thing(date(2025, 3, 1), date(2025, 5, 1))


@pytest.mark.parametrize(
    ("key", "about", "thing", "day", "code"),
    [
        ("matter.opened", "m1", None, TODAY, ""),
        ("matter.opened", "m1", OPEN, TODAY, "records.opened_already"),
        ("matter.moved", "m1", OPEN, TODAY, ""),
        ("matter.moved", "m1", None, TODAY, "records.no_thing"),
        ("matter.moved", None, None, TODAY, "records.no_thing"),
        ("matter.moved", "m1", OPEN, date(2025, 2, 28), "records.before_opening"),
        ("matter.moved", "m1", CLOSED, TODAY, "records.closed"),
        ("matter.closed", "m1", CLOSED, TODAY, "records.closed"),
        ("matter.closed", "m1", OPEN, date(2025, 3, 1), ""),
        ("citation.recorded", "m1", None, TODAY, "records.about_nothing"),
        ("citation.recorded", None, None, TODAY, ""),
    ],
)
def test_a_thing_is_opened_once_then_moved_then_closed_once(
    key: str, about: str | None, thing: Thing | None, day: date, code: str
) -> None:
    found = rules.against_thing(kind(key), about, thing, opened=True, day=day)
    assert codes(found) == ([code] if code else [])


def test_what_nobody_opens_can_be_visited_at_any_time() -> None:
    assert rules.against_thing(kind("activity.held"), "7" * 32, None, opened=False, day=TODAY) == []


# --- taking back


@pytest.mark.parametrize("key", ["unit.founded", "account.opened", "access.granted", "period.closed"])
def test_facts_on_which_others_stand_are_not_taken_back(key: str) -> None:
    assert codes(rules.against_reversal(key)) == ["records.kept"]


@pytest.mark.parametrize("key", ["activity.held", "unit.moved", "membership.ended", "citation.recorded"])
def test_all_others_can_be_taken_back(key: str) -> None:
    assert rules.against_reversal(key) == []


def test_every_refusal_says_what_is_wrong_in_both_languages_and_where() -> None:
    found = [
        *rules.against_kind(kind("unit.moved", org_kinds=("village",)), BRANCH, SECRETARY),
        *rules.against_days(kind("activity.held"), BRANCH, TODAY, date(2026, 1, 1), TODAY, None, BEGAN),
        *rules.against_thing(kind("matter.opened"), "m1", OPEN, opened=True, day=TODAY),
        *rules.against_reversal("period.closed"),
        rules.unknown_values("person"),
    ]
    assert len({problem.code for problem in found}) == len(found) == 6
    assert all(problem.message and problem.message_en and problem.where for problem in found)
