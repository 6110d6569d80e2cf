"""Periods: tables for the days people trip over, properties for all the others."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.kernel.periods import EARLIEST, LATEST, Period, asked_day, month_end, shift_months, shift_year

DAYS = st.dates(date(1921, 7, 1), date(2199, 12, 31))
MONTHS = st.builds(lambda day: day.replace(day=1), DAYS)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(DAYS)
    return Period(start, start + timedelta(days=draw(st.integers(0, 1200))))


def span(text: str) -> Period:
    """2024-01-31/2024-02-29, or a year, a quarter or a month by its name."""
    year, _, rest = text.partition(" ")
    if rest.startswith("q"):
        return Period.of_quarter(int(year), int(rest[1:]))
    if rest:
        return Period.of_month(int(year), int(rest))
    if "/" in text:
        start, end = map(date.fromisoformat, text.split("/"))
        return Period(start, end)
    return Period.of_year(int(text))


@pytest.mark.parametrize(
    ("named", "days"),
    [
        ("2025", "2025-01-01/2025-12-31"),
        ("2025 q1", "2025-01-01/2025-03-31"),
        ("2025 q2", "2025-04-01/2025-06-30"),
        ("2025 q4", "2025-10-01/2025-12-31"),
        ("2024 2", "2024-02-01/2024-02-29"),
        ("2100 2", "2100-02-01/2100-02-28"),
        ("2025 12", "2025-12-01/2025-12-31"),
    ],
)
def test_a_named_period_is_its_days(named: str, days: str) -> None:
    assert str(span(named)) == days


@pytest.mark.parametrize(
    ("of", "before"),
    [
        ("2025", "2024"),
        ("2025 q1", "2024 q4"),
        ("2025 3", "2025 2"),
        ("2025 1", "2024 12"),
        ("2024 3", "2024 2"),
        ("2025-01-01/2025-06-30", "2024-07-01/2024-12-31"),
        ("2021-01-01/2025-12-31", "2016-01-01/2020-12-31"),
        ("2025-03-10/2025-03-16", "2025-03-03/2025-03-09"),
        ("2025-03-01/2025-03-01", "2025-02-28/2025-02-28"),
        ("2024-02-01/2024-02-28", "2024-01-04/2024-01-31"),
        ("2025-02-28/2025-02-28", "2025-02-27/2025-02-27"),
    ],
)
def test_the_period_before_has_the_same_shape(of: str, before: str) -> None:
    assert span(of).before() == span(before)


@pytest.mark.parametrize(
    ("of", "earlier"),
    [
        ("2025", "2024"),
        ("2025 2", "2024 2"),
        ("2024 2", "2023 2"),
        ("2025 q2", "2024 q2"),
        ("2024-02-29/2024-02-29", "2023-02-28/2023-02-28"),
        ("2025-02-28/2025-02-28", "2024-02-29/2024-02-29"),
        ("2025-02-15/2025-03-15", "2024-02-15/2024-03-15"),
        ("2024-02-28/2024-03-01", "2023-02-28/2023-03-01"),
    ],
)
def test_a_year_earlier_lie_the_same_days_and_month_ends_stay_month_ends(of: str, earlier: str) -> None:
    assert span(of).year_earlier() == span(earlier)


@pytest.mark.parametrize(
    ("of", "months"),
    [
        ("2025 1", ["2025-01-01/2025-01-31"]),
        ("2025-01-31/2025-02-01", ["2025-01-31/2025-01-31", "2025-02-01/2025-02-01"]),
        ("2024-02-10/2024-03-05", ["2024-02-10/2024-02-29", "2024-03-01/2024-03-05"]),
        ("2024-12-31/2025-01-01", ["2024-12-31/2024-12-31", "2025-01-01/2025-01-01"]),
        ("9999-12-01/9999-12-31", ["9999-12-01/9999-12-31"]),
    ],
)
def test_the_months_touched_are_cut_to_the_period(of: str, months: list[str]) -> None:
    assert [str(month) for month in span(of).months()] == months


@pytest.mark.parametrize("text", ["2025-01-02/2025-01-01", "2025-01-01/2024-12-31"])
def test_a_period_never_ends_before_it_starts(text: str) -> None:
    with pytest.raises(ValueError, match="cannot end"):
        span(text)


@pytest.mark.parametrize("text", ["2025 q0", "2025 q5", "2025 0", "2025 13"])
def test_there_is_no_fifth_quarter_and_no_thirteenth_month(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        span(text)


@given(periods())
def test_the_months_of_a_period_are_its_days_each_once(period: Period) -> None:
    months = list(period.months())
    assert (months[0].start, months[-1].end) == (period.start, period.end)
    assert sum(month.days for month in months) == period.days
    assert all(one.end + timedelta(days=1) == next_.start for one, next_ in pairwise(months))
    assert all((month.start.year, month.start.month) == (month.end.year, month.end.month) for month in months)


@given(periods())
def test_the_period_before_touches_and_never_overlaps(period: Period) -> None:
    before = period.before()
    assert before.end + timedelta(days=1) == period.start
    whole_months = period.start.day == 1 and period.end == month_end(period.end)
    assert len(list(before.months())) == len(list(period.months())) if whole_months else before.days == period.days


@given(periods())
def test_a_year_earlier_is_about_a_year_earlier(period: Period) -> None:
    earlier = period.year_earlier()
    for now, then in ((period.start, earlier.start), (period.end, earlier.end)):
        assert (then.year, then.month) == (now.year - 1, now.month)
        assert abs(then.day - now.day) <= 1
    assert abs(earlier.days - period.days) <= 2


@given(periods(), DAYS)
def test_a_day_lies_inside_exactly_when_it_is_one_of_the_days(period: Period, day: date) -> None:
    assert (day in period) == (0 <= (day - period.start).days < period.days)


@given(MONTHS, st.integers(-600, 600))
def test_shifting_months_there_and_back_arrives_where_it_began(first: date, months: int) -> None:
    there = shift_months(first, months)
    assert there.day == 1
    assert shift_months(there, -months) == first


@given(DAYS, DAYS, st.integers(-50, 50))
def test_shifting_by_years_keeps_the_order_of_days(one: date, other: date, years: int) -> None:
    low, high = sorted((one, other))
    assert shift_year(low, years) <= shift_year(high, years)


@given(DAYS)
def test_a_months_end_is_the_day_before_a_first(day: date) -> None:
    assert (month_end(day) + timedelta(days=1)).day == 1
    assert day <= month_end(day) <= day + timedelta(days=30)


@given(st.dates(EARLIEST, LATEST))
def test_a_day_that_is_asked_for_is_written_as_the_world_writes_it(day: date) -> None:
    assert asked_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text", ["", "2025-3-8", "20250308", "2025-W10-6", "2025-02-29", "２０２５-03-08", "2025-03-08\n", " 2025-03-08",
             "0001-01-01", "1921-06-30", "2200-01-01", "9999-12-31"],
)  # fmt: skip
def test_any_other_day_cannot_be_asked_for(text: str) -> None:
    with pytest.raises(ValueError):
        asked_day(text)


@given(st.dates(EARLIEST, LATEST), st.dates(EARLIEST, LATEST))
def test_whatever_can_be_asked_for_has_periods_beside_it(one: date, other: date) -> None:
    asked = Period(min(one, other), max(one, other))
    assert asked.before().end < asked.start
    assert asked.year_earlier().start < asked.start
