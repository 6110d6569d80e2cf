"""Working days by the published tables of 2024 to 2026, and what is said of a year without one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.catalog.current import catalog
from gangmu.kernel.working_days import Calendar, Rest, count, shift_day
from tests.duties.cases import unhurried

CALENDAR = catalog().calendar
PUBLISHED = st.dates(date(2024, 2, 1), date(2026, 11, 30))

# Weekdays that are off and weekends that are worked, as the notices of the State Council's office print them.
OFF_ON_A_WEEKDAY = {
    2024: "01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 10-01 10-02 10-03 10-04 10-07",
    2025: "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07",
}
WORKED_ON_A_WEEKEND = {
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=at) for at in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize("year", sorted(OFF_ON_A_WEEKDAY))
def test_a_published_year_is_off_and_worked_on_exactly_the_days_of_its_notice(year: int) -> None:
    days = days_of(year)
    off = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and not CALENDAR.works(day)]
    worked = [f"{day:%m-%d}" for day in days if day.weekday() >= 5 and CALENDAR.works(day)]
    assert (" ".join(off), " ".join(worked)) == (OFF_ON_A_WEEKDAY[year], WORKED_ON_A_WEEKEND[year])


def test_new_years_eve_of_2024_was_recommended_leave_and_no_holiday() -> None:
    assert CALENDAR.works(date(2024, 2, 9))


def test_a_day_off_says_why() -> None:
    assert CALENDAR.why_not(date(2025, 10, 6)) == "holiday"
    assert CALENDAR.off[date(2025, 10, 6)] == Rest("国庆节、中秋节", "National Day and Mid-Autumn Festival")
    assert CALENDAR.why_not(date(2025, 10, 12)) == "weekend"
    assert CALENDAR.why_not(date(2025, 10, 11)) is None


@pytest.mark.parametrize(
    ("start", "add", "end"),
    [
        ("2025-09-26", 1, "2025-09-28"),  # a Sunday worked in exchange
        ("2025-09-26", 5, "2025-10-10"),  # over the eight days of October
        ("2025-10-09", 3, "2025-10-13"),  # Saturday the 11th is worked, Sunday is not
        ("2026-02-13", 2, "2026-02-24"),  # the 14th is worked, then nine days off
        ("2025-03-14", 0, "2025-03-14"),
        ("2025-10-10", -5, "2025-09-26"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: str, add: int, end: str) -> None:
    assert count(CALENDAR, date.fromisoformat(start), add, "working_day").end == date.fromisoformat(end)


def test_every_day_passed_over_is_named_with_its_reason() -> None:
    counted = count(CALENDAR, date(2025, 9, 30), 1, "working_day")
    assert counted.end == date(2025, 10, 9)
    assert [skipped.day.day for skipped in counted.skipped] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {skipped.why for skipped in counted.skipped} == {"holiday"}


def test_a_deadline_on_a_day_of_rest_moves_on_or_back_or_stays() -> None:
    may_day = date(2025, 5, 1)
    ends = [count(CALENDAR, may_day, 0, at_rest=way).end for way in ("keep", "next", "previous")]
    assert ends == [may_day, date(2025, 5, 6), date(2025, 4, 30)]


def test_days_of_a_paused_month_are_not_counted() -> None:
    counted = count(CALENDAR, date(2025, 5, 30), 3, paused_months=frozenset({6}))
    assert counted.end == date(2025, 7, 2)
    assert {skipped.why for skipped in counted.skipped} == {"pause"}
    assert len(counted.skipped) == 30


def test_a_count_that_is_paused_for_ever_is_refused() -> None:
    with pytest.raises(ValueError, match="no day is left"):
        count(CALENDAR, date(2025, 5, 30), 1, paused_months=frozenset(range(1, 13)))


def test_months_end_on_the_day_of_their_number_or_on_their_last() -> None:
    assert count(CALENDAR, date(2025, 3, 10), 6, "month").end == date(2025, 9, 10)
    assert shift_day(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert shift_day(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert shift_day(date(2025, 3, 31), -1) == date(2025, 2, 28)


def test_a_year_without_a_table_is_told_and_only_where_working_days_decided() -> None:
    over_the_year = count(CALENDAR, date(2026, 12, 30), 3, "working_day")
    assert (over_the_year.end, over_the_year.unpublished) == (date(2027, 1, 4), (2027,))
    assert count(CALENDAR, date(2027, 1, 1), 0, at_rest="next").unpublished == (2027,)
    assert count(CALENDAR, date(2027, 1, 2), 0, at_rest="next").unpublished == (2027,)
    assert count(CALENDAR, date(2027, 1, 1), 30).unpublished == ()
    assert count(CALENDAR, date(2027, 1, 1), 0, "working_day").unpublished == ()
    assert count(CALENDAR, date(2025, 3, 3), 5, "working_day").unpublished == ()


@unhurried
@given(PUBLISHED, st.integers(1, 60))
def test_counting_on_and_back_again_comes_to_the_same_working_day(day: date, add: int) -> None:
    end = count(CALENDAR, day, add, "working_day").end
    back = count(CALENDAR, end, -add, "working_day").end
    assert CALENDAR.works(end)
    assert back <= day
    assert sum(CALENDAR.works(back + timedelta(days=at)) for at in range(1, (end - back).days + 1)) == add


@unhurried
@given(PUBLISHED, st.integers(0, 40))
def test_one_more_working_day_is_never_earlier(day: date, add: int) -> None:
    assert count(CALENDAR, day, add, "working_day").end < count(CALENDAR, day, add + 1, "working_day").end


def test_a_calendar_that_knows_nothing_takes_monday_to_friday() -> None:
    assert [Calendar().works(date(2025, 10, day)) for day in (3, 4, 5, 6)] == [True, False, False, True]
