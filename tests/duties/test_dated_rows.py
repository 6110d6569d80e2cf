"""Which row holds for which period: last year by last year's row, events by the row of their day, numbers by their rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.definitions import Every
from gangmu.catalog.duties.obligations import Bearer, Deed, obligations, periods
from gangmu.catalog.duties.states import status
from gangmu.catalog.duties.terms import CompiledDuty, Demand
from gangmu.catalog.expressions.evaluate import Row, Unit
from gangmu.kernel.periods import Period
from tests.duties.cases import BRANCH, held, stands

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
TOWN = Bearer("t", Unit("t", "00002", "township", "township_domain"), form="primary")
OFFICER = Bearer("h", Unit("v", "00003", "village", "rural"), "primary", "post", "member", "h", "p")
VILLAGE = Bearer("v", Unit("v", "00003", "village", "rural"), form="primary")
VISITS = "contact.household_visits"


def with_later_row(key: str, since: date, least: int, every: Every) -> CompiledDuty:
    """A published duty to which a row was added that asks for another number, or in another rhythm."""
    duty = catalog().duties[key]
    (first,) = duty.terms
    later = replace(first, since=since, demands=(Demand(since, every, Decimal(least)),))
    return replace(duty, terms=(first, later))


def test_a_new_row_holds_for_the_periods_that_begin_under_it() -> None:
    duty = with_later_row("branch.theme_day", date(2025, 7, 1), 2, "month")
    needs = {one.period.start.month: one.need for one in obligations(duty, BRANCH, YEAR, catalog().calendar)}
    assert needs == {month: 1 if month < 7 else 2 for month in range(1, 13)}


def test_a_row_in_the_middle_of_a_period_waits_for_the_next() -> None:
    duty = with_later_row("branch.theme_day", date(2025, 7, 2), 2, "month")
    needs = {one.period.start.month: one.need for one in obligations(duty, BRANCH, YEAR, catalog().calendar)}
    assert [needs[7], needs[8]] == [Decimal(1), Decimal(2)]


def test_a_row_with_another_rhythm_follows_without_a_period_owed_twice() -> None:
    duty = with_later_row("branch.theme_day", date(2025, 7, 1), 1, "quarter")
    found = [one.period for one in obligations(duty, BRANCH, YEAR, catalog().calendar)]
    assert [period.start.month for period in found] == [1, 2, 3, 4, 5, 6, 7, 10]
    assert sum(period.days for period in found) == 365


@pytest.mark.parametrize(
    ("every", "count", "first"), [("month", 12, 31), ("quarter", 4, 90), ("half_year", 2, 181), ("year", 1, 365)]
)
def test_the_periods_of_a_year_part_it_whole(every: Every, count: int, first: int) -> None:
    found = list(periods(every, YEAR))
    assert (len(found), found[0].days, sum(period.days for period in found)) == (count, first, 365)
    assert list(periods(every, Period(date(2025, 12, 31), date(2025, 12, 31)))) == found[-1:]


def test_what_is_done_after_a_period_counts_for_one_period_only() -> None:
    duty = catalog().duties["committee.supervision"]
    owed = obligations(duty, TOWN, YEAR, catalog().calendar)
    for day in (date(2025, 4, 1), date(2025, 6, 30), date(2025, 7, 1)):
        deed = held("inspection", day, org="t")
        done = [one.period.start.month for one in owed if status(one, (deed,), date(2026, 12, 31)).have]
        assert done == [1 if day.month < 7 else 4]


def test_the_second_visit_of_a_day_to_one_household_does_not_count() -> None:
    twice = [held("household_visit", "2025-06-03", id=str(at), about="h1", by="h", org="v") for at in (1, 2)]
    found = stands(VISITS, "2025-06-01", "2025-06-30", *twice, bearer=OFFICER)
    assert (found.have, found.state) == (Decimal(1), "due")
    next_day = held("household_visit", "2025-06-04", about="h1", by="h", org="v")
    assert stands(VISITS, "2025-06-01", "2025-06-30", *twice, next_day, bearer=OFFICER).state == "met"


def difficulty(day: str, org: str = "v", tag: str = "difficulty") -> Deed:
    return Deed(Row(f"{day}/{org}", "matter.opened", org, date.fromisoformat(day), {"tags": [tag]}, "case"))


def upon(bearer: Bearer, *deeds: Deed) -> list[str]:
    found = obligations(catalog().duties["care.visit"], bearer, YEAR, catalog().calendar, deeds)
    return [one.period.start.isoformat() for one in found]


def test_each_event_of_the_unit_in_the_span_begins_one_obligation() -> None:
    events = (difficulty("2025-03-03"), difficulty("2025-05-06"))
    beside = (difficulty("2024-12-31"), difficulty("2025-04-01", org="w"), difficulty("2025-04-02", tag="request"))
    assert upon(VILLAGE, *events, *beside) == ["2025-03-03", "2025-05-06"]


def test_an_event_before_the_bearer_or_after_its_end_or_before_the_row_begins_nothing() -> None:
    stood = replace(VILLAGE, since=date(2025, 4, 1), until=date(2025, 5, 1))
    assert upon(stood, difficulty("2025-03-31"), difficulty("2025-04-15"), difficulty("2025-05-01")) == ["2025-04-15"]
    duty, day = catalog().duties["care.visit"], Period(date(2020, 12, 31), date(2020, 12, 31))
    assert obligations(duty, VILLAGE, day, catalog().calendar, (difficulty("2020-12-31"),)) == ()


def test_a_visit_before_the_event_does_not_answer_it() -> None:
    event = difficulty("2025-03-03")
    (one,) = obligations(catalog().duties["care.visit"], VILLAGE, YEAR, catalog().calendar, (event,))
    before, after = (held("household_visit", day, org="v") for day in ("2025-03-02", "2025-03-03"))
    assert status(one, (event, before), date(2025, 4, 1)).state == "missed"
    assert status(one, (event, after), date(2025, 4, 1)).state == "met"
