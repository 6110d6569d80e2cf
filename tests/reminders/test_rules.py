"""Who is told when: first whoever owes it, then the secretary, upward last; nobody on a day that is not worked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.definitions import State, Told
from gangmu.catalog.duties.obligations import Obligation
from gangmu.catalog.duties.states import Status, status
from gangmu.kernel.working_days import DAY, Calendar, count
from gangmu.reminders.rules import AT_MOST_BACK, Counts, days_of_telling, newly_told, next_worked, since_when
from tests.duties.cases import owed, unhurried


def meeting(told: tuple[Told, ...] | None = None, grace_end: date | None = None) -> Obligation:
    """The members' meeting of the first quarter of 2025: due on 31 March."""
    (one,) = owed("branch.members_meeting", "2025-02-01")
    if told is not None:
        row = one.terms.row.model_copy(update={"told": told})
        one = replace(one, terms=replace(one.terms, row=row))
    return replace(one, grace=replace(one.grace, end=grace_end)) if grace_end else one


def whom(one: Obligation, day: date, since: date | None = None) -> list[str]:
    before = since or since_when([], day, catalog().calendar)
    return sorted(newly_told(status(one, (), day), catalog().calendar, before))


def told_on(one: Obligation) -> dict[str, date]:
    """The first day on which each is told, found by going through the days one by one."""
    found: dict[str, date] = {}
    day = date(2025, 1, 1)
    while day < date(2025, 8, 1):
        for who in whom(one, day):
            found.setdefault(who, day)
        day += DAY
    return found


def test_the_order_of_the_usual_row_is_bearer_secretary_above() -> None:
    found = told_on(meeting())
    assert sorted(found, key=lambda who: found[who]) == ["bearer", "secretary", "parent"]
    assert found["bearer"] < date(2025, 3, 31) < found["secretary"]


def test_above_is_told_only_after_grace_and_three_working_days_of_the_secretary() -> None:
    one = meeting()
    found = told_on(one)
    for after in (one.grace_end, found["secretary"]):
        assert found["parent"] >= count(catalog().calendar, after, 3, "working_day").end


def test_without_any_grace_the_secretary_still_has_three_working_days() -> None:
    one = meeting(grace_end=date(2025, 3, 31))
    found = told_on(one)
    assert found["secretary"] == date(2025, 4, 1)
    assert found["parent"] == date(2025, 4, 7)  # 4 to 6 April are off


def test_a_row_that_tells_the_secretary_late_holds_those_above_back() -> None:
    row = (Told(to="secretary", counted_from="grace", working_days=10), Told(to="parent", working_days=3))
    found = told_on(meeting(row))
    assert found["parent"] == count(catalog().calendar, found["secretary"], 3, "working_day").end


def test_a_row_that_forgets_the_secretary_tells_one_before_anybody_above() -> None:
    found = told_on(meeting((Told(to="parent", working_days=3),)))
    assert found["secretary"] < found["parent"]
    assert count(catalog().calendar, found["secretary"], 3, "working_day").end <= found["parent"]


def test_the_second_level_above_comes_three_working_days_after_the_first() -> None:
    row = (Told(to="secretary", counted_from="due", working_days=1), Told(to="parent", working_days=3),
           Told(to="grandparent", working_days=3))  # fmt: skip
    found = told_on(meeting(row))
    assert found["grandparent"] == count(catalog().calendar, found["parent"], 3, "working_day").end


def test_nobody_is_told_twice_of_the_same_step() -> None:
    one, day, heard = meeting(), date(2025, 3, 1), list[str]()
    rounds: list[date] = []
    while day < date(2025, 6, 1):
        if catalog().calendar.works(day):
            heard += whom(one, day, since_when(rounds, day, catalog().calendar))
            rounds.append(day)
        day += DAY
    assert sorted(heard) == ["bearer", "parent", "secretary"]


def test_a_round_that_was_missed_is_made_up_for_on_the_next_one() -> None:
    one = meeting()
    first = told_on(one)["secretary"]
    later = first + timedelta(days=1)
    assert whom(one, later, first - DAY) == ["secretary"]
    assert whom(one, later, first) == []


@pytest.mark.parametrize("state", ["met", "met_late", "waived", "not_applicable"])
def test_nobody_is_told_of_what_asks_for_nothing(state: State) -> None:
    one = meeting()
    day = told_on(one)["secretary"]
    found = Status(one, state, day, one.need or 0)  # type: ignore[arg-type]
    assert newly_told(found, catalog().calendar, day - DAY) == frozenset()


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 5, 1), False),  # Labour Day
        (date(2025, 4, 27), True),  # a Sunday worked in exchange
        (date(2025, 4, 26), False),
        (date(2027, 5, 1), False),  # a Saturday of a year not yet published
    ],
)
def test_a_day_of_rest_is_silent(day: date, worked: bool) -> None:
    row = tuple(Told(to="bearer", counted_from="due", working_days=step) for step in range(-30, 31))
    for start in ("2025-02-01", "2027-05-01"):
        for one in owed("branch.members_meeting", start):
            telling = replace(one, terms=replace(one.terms, row=one.terms.row.model_copy(update={"told": row})))
            if not worked:
                assert whom(telling, day, day - timedelta(days=14)) == []
    assert catalog().calendar.works(day) is worked


CALENDARS = st.builds(
    lambda off, worked: Calendar({day: ("休", "off") for day in off}, worked - off, frozenset({2025})),  # type: ignore[misc]
    st.frozensets(st.dates(date(2025, 1, 1), date(2025, 9, 30)), max_size=30),
    st.frozensets(st.dates(date(2025, 1, 1), date(2025, 9, 30)), max_size=10),
)
STEPS = st.lists(
    st.one_of(
        st.builds(Told, to=st.sampled_from(["bearer", "secretary"]), counted_from=st.sampled_from(["due", "grace"]),
                  working_days=st.integers(-10, 20)),
        st.builds(Told, to=st.sampled_from(["parent", "grandparent"]), working_days=st.integers(3, 20)),
    ),
    max_size=6,
)  # fmt: skip


@unhurried
@given(steps=STEPS, calendar=CALENDARS, grace=st.integers(0, 30))
def test_whatever_a_row_and_a_calendar_say_the_order_holds(steps: list[Told], calendar: Calendar, grace: int) -> None:
    one = meeting(tuple(steps), date(2025, 3, 31) + timedelta(days=grace))
    days = days_of_telling(one, calendar)
    for who, told in days.items():
        assert all(calendar.works(day) for day in told), who
        assert list(told) == sorted(told)
    if "parent" in days:
        patient = count(calendar, max(one.grace_end, days["secretary"][0]), 3, "working_day").end
        assert days["parent"][0] >= patient
    if "parent" in days and "grandparent" in days:
        assert days["grandparent"][0] >= count(calendar, days["parent"][0], 3, "working_day").end


@unhurried
@given(
    st.frozensets(st.dates(date(2025, 1, 1), date(2025, 3, 1)), max_size=8),
    st.dates(date(2025, 1, 5), date(2025, 3, 1)),
)
def test_a_round_looks_back_to_the_last_one_and_never_beyond_a_fortnight(rounds: frozenset[date], day: date) -> None:
    since = since_when(rounds, day, catalog().calendar)
    assert day - AT_MOST_BACK <= since < day
    before = [one for one in rounds if one < day]
    if before:
        assert since == max(max(before), day - AT_MOST_BACK)


def test_the_next_worked_day_of_a_worked_day_is_itself() -> None:
    calendar = catalog().calendar
    assert next_worked(calendar, date(2025, 4, 27)) == date(2025, 4, 27)
    assert next_worked(calendar, date(2025, 5, 1)) == date(2025, 5, 6)


def test_counts_add_up() -> None:
    assert Counts(1, 2, 3).whole == 6
