"""The eight states: exactly one at a time, by deeds and not by when they were written down, never undone by learning."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.definitions import State
from gangmu.catalog.duties.obligations import Bearer, Deed, Obligation
from gangmu.catalog.duties.states import OPEN_STATES, Waiver, known_by, status
from gangmu.catalog.expressions.evaluate import Unit
from tests.duties.cases import BRANCH, held, owed, stands, unhurried

MEETING, STUDY, SUPERVISION = "branch.members_meeting", "member.study_hours", "committee.supervision"
TOWN = Bearer("t", Unit("t", "00002", "township", "township_domain"), form="primary")
MEMBER = replace(BRANCH, id="m", kind="member", person="p", stage="full", category="rural")
OFFICER = Bearer("h", Unit("v", "00003", "village", "rural"), "primary", "post", "member", "h", "p")
DONE: tuple[State, ...] = ("met", "met_late")

# A duty, its bearer and what may be done about it: a count, a sum, one of which a day counts once, one after the period.
CASES: dict[str, tuple[Bearer, str]] = {
    MEETING: (BRANCH, "members_meeting"),
    STUDY: (MEMBER, "training"),
    SUPERVISION: (TOWN, "inspection"),
    "contact.household_visits": (OFFICER, "household_visit"),
}
DAYS = st.dates(date(2025, 1, 1), date(2025, 7, 31))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Obligation, tuple[Deed, ...], date]:
    """An obligation of early 2025, deeds about it and beside it, and a day to look at."""
    key = draw(st.sampled_from(sorted(CASES)))
    bearer, tag = CASES[key]
    one = draw(st.sampled_from(owed(key, "2025-01-01", "2025-06-30", bearer)))
    rows = st.tuples(
        DAYS, st.sampled_from([tag, "theme_day"]), st.booleans(), st.sampled_from(["x", "y"]), st.integers(1, 30)
    )
    drawn = draw(st.lists(rows, max_size=12))
    deeds = tuple(
        held(form, day, id=str(at), late=late, about=about, by="h", org=bearer.unit.org, received=at, hours=hours)
        for at, (day, form, late, about, hours) in enumerate(drawn)
    )
    return one, deeds, draw(DAYS)


@unhurried
@given(worlds())
def test_an_obligation_is_in_exactly_one_state_and_the_state_says_so(
    world: tuple[Obligation, tuple[Deed, ...], date],
) -> None:
    one, deeds, on = world
    found = status(one, deeds, on)
    assert found.state in get_args(State)
    assert one.need is not None
    assert (found.state in DONE) == (found.have >= one.need)
    assert (found.met_on is not None) == (found.state in DONE)
    if found.state not in DONE:
        windows = {"not_yet_due": on < one.opens, "due": one.opens <= on <= one.due.end,
                   "grace": one.due.end < on <= one.grace_end, "missed": on > max(one.grace_end, one.due.end)}  # fmt: skip
        assert [state for state, holds in windows.items() if holds] == [found.state]


@unhurried
@given(worlds(), st.integers(0, 12))
def test_learning_more_never_undoes_what_was_met(world: tuple[Obligation, tuple[Deed, ...], date], known: int) -> None:
    one, deeds, on = world
    before, after = status(one, deeds[:known], on), status(one, deeds, on)
    assert after.have >= before.have
    if before.state == "met":
        assert after.state == "met"
    if before.state == "met_late":
        assert after.state in DONE
        assert after.met_on is not None
        assert before.met_on is not None
        assert after.met_on <= before.met_on


@unhurried
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_arrive_changes_nothing(
    world: tuple[Obligation, tuple[Deed, ...], date], chance: object
) -> None:
    one, deeds, on = world
    shuffled = list(deeds)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert status(one, shuffled, on) == status(one, deeds, on)


@unhurried
@given(worlds(), st.integers(1, 60))
def test_time_alone_only_leads_from_waiting_to_due_to_grace_to_missed(
    world: tuple[Obligation, tuple[Deed, ...], date], later: int
) -> None:
    one, deeds, on = world
    done_by_now = tuple(deed for deed in deeds if deed.row.day <= on)
    order = ("not_yet_due", "due", "grace", "missed")
    now, then = (status(one, done_by_now, day).state for day in (on, on + timedelta(days=later)))
    assert now == then if now in DONE else order.index(now) <= order.index(then)


@unhurried
@given(worlds())
def test_a_record_that_says_it_is_late_counts_like_any_other(world: tuple[Obligation, tuple[Deed, ...], date]) -> None:
    one, deeds, on = world
    punctual = tuple(replace(deed, row=replace(deed.row, late=False)) for deed in deeds)
    told, honest = status(one, deeds, on), status(one, punctual, on)
    assert (told.state, told.have, told.met_on) == (honest.state, honest.have, honest.met_on)
    assert honest.late_records == 0


def test_a_late_record_turns_missed_into_met_and_is_told_apart() -> None:
    record = held("members_meeting", "2025-03-20", late=True, received=9)
    before = stands(MEETING, "2025-02-01", "2025-05-01", *known_by([record], 8))
    after = stands(MEETING, "2025-02-01", "2025-05-01", *known_by([record], 9))
    assert (before.state, before.late_records) == ("missed", 0)
    assert (after.state, after.late_records, after.met_on) == ("met", 1, date(2025, 3, 20))


def test_met_late_is_what_was_done_late_not_what_was_written_down_late() -> None:
    done_late = stands(SUPERVISION, "2025-01-01", "2025-04-30", held("inspection", "2025-04-16", org="t"), bearer=TOWN)
    told_late = stands(
        SUPERVISION, "2025-01-01", "2025-04-30", held("inspection", "2025-04-15", org="t", late=True), bearer=TOWN
    )
    assert (done_late.state, told_late.state) == ("met_late", "met")


def test_the_evidence_ends_with_the_fact_that_was_enough() -> None:
    deeds = [held("training", f"2025-0{month}-01", id=str(month), hours=12) for month in (1, 2, 3, 4, 5)]
    found = stands(STUDY, "2025-01-01", "2025-12-31", *deeds, bearer=MEMBER)
    assert (found.state, found.evidence, found.met_on) == ("met", ("1", "2", "3"), date(2025, 3, 1))
    assert found.have == Decimal(60)


def test_what_happens_after_the_day_looked_at_is_not_seen() -> None:
    meeting = held("members_meeting", "2025-03-20")
    assert stands(MEETING, "2025-02-01", "2025-03-19", meeting).state == "due"
    assert stands(MEETING, "2025-02-01", "2025-03-20", meeting).state == "met"


def test_a_waiver_takes_a_missed_duty_out_but_not_one_that_was_met() -> None:
    waiver = Waiver(MEETING, "b", date(2025, 1, 1), "汛期", "parent")
    missed = stands(MEETING, "2025-02-01", "2025-05-01", waivers=(waiver,))
    met = stands(MEETING, "2025-02-01", "2025-05-01", held("members_meeting", "2025-03-20"), waivers=(waiver,))
    assert (missed.state, missed.waiver, met.state) == ("waived", waiver, "met")


@pytest.mark.parametrize("other", [{"duty": "branch.theme_day"}, {"bearer": "c"}, {"period_start": date(2025, 4, 1)}])
def test_a_waiver_of_another_duty_bearer_or_period_is_none(other: dict[str, Any]) -> None:
    waiver = replace(Waiver(MEETING, "b", date(2025, 1, 1), "汛期", "parent"), **other)
    assert stands(MEETING, "2025-02-01", "2025-05-01", waivers=(waiver,)).state == "missed"


def test_the_open_states_are_those_in_which_somebody_still_waits() -> None:
    assert {"due", "grace", "missed"} == OPEN_STATES


def test_every_period_that_touches_the_span_is_owed_once() -> None:
    assert [one.period.start.month for one in owed(MEETING, "2025-01-01", "2025-12-31")] == [1, 4, 7, 10]
    assert len(owed("branch.theme_day", "2025-01-15", "2025-03-02")) == 3


def test_nothing_is_owed_before_the_rule_was_in_force() -> None:
    assert owed(MEETING, "2018-08-01") == ()
    assert owed(MEETING, "2018-11-01") == ()
    assert len(owed(MEETING, "2019-01-01")) == 1


def test_a_unit_owes_nothing_before_its_founding_and_after_its_end() -> None:
    short = replace(BRANCH, since=date(2025, 4, 1), until=date(2025, 7, 1))
    assert [one.period.start.month for one in owed("branch.theme_day", "2025-01-01", "2025-12-31", short)] == [4, 5, 6]


@unhurried
@given(st.dates(date(2025, 1, 1), date(2025, 12, 31)))
def test_whoever_joins_owes_the_whole_months_left_and_never_more_than_the_year(joined: date) -> None:
    (one,) = owed(STUDY, "2025-01-01", bearer=replace(MEMBER, since=joined))
    whole = 12 - joined.month + (joined.day == 1)
    assert (one.need or 0) == 32 * whole // 12


def test_a_deed_of_another_unit_post_or_person_is_not_credited() -> None:
    visits = [held("household_visit", f"2025-06-0{day}", about=f"h{day}", by="other", org="v") for day in (2, 3)]
    assert stands("contact.household_visits", "2025-06-01", "2025-06-30", *visits, bearer=OFFICER).have == 0
    assert stands(MEETING, "2025-02-01", "2025-03-31", held("members_meeting", "2025-02-03", org="c")).have == 0


def test_every_state_is_shown_by_some_published_example() -> None:
    shown = {example.expect for one in catalog().duties.values() for example in one.duty.examples}
    assert shown == set(get_args(State))
