"""The row in force on a day is the last that had begun."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gangmu.catalog.dated import row_on


@dataclass(frozen=True, slots=True)
class Row:
    since: date
    value: int


ROWS = (Row(date(2020, 1, 1), 1), Row(date(2025, 1, 1), 2), Row(date(2026, 7, 1), 3))


def test_before_the_first_row_nothing_is_in_force() -> None:
    assert row_on(ROWS, date(2019, 12, 31)) is None
    assert row_on((), date(2025, 1, 1)) is None


def test_a_row_holds_from_its_own_day_on() -> None:
    assert row_on(ROWS, date(2020, 1, 1)) == ROWS[0]
    assert row_on(ROWS, date(2024, 12, 31)) == ROWS[0]
    assert row_on(ROWS, date(2025, 1, 1)) == ROWS[1]
    assert row_on(ROWS, date(2099, 1, 1)) == ROWS[2]


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), unique=True), st.dates(date(1999, 1, 1), date(2031, 1, 1))
)
def test_adding_a_later_row_never_changes_an_earlier_day(days: list[date], day: date) -> None:
    rows = tuple(Row(since, index) for index, since in enumerate(sorted(days)))
    later = (*rows, Row(max([day, *days]) + timedelta(days=1), 99))
    assert row_on(rows, day) == row_on(later, day)
