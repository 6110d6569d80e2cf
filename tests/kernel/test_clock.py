"""The clock: local days of Asia/Shanghai, and the one form in which the ledger writes a moment."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.kernel import clock

DAYS = st.dates(date(1921, 7, 1), date(2199, 12, 31))
START = datetime(1921, 7, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 278 * 365 * 86_400_000).map(lambda count: START + timedelta(milliseconds=count))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2025, 3, 7, 15, 59, 59, tzinfo=UTC), date(2025, 3, 7)),
        (datetime(2025, 3, 7, 16, 0, 0, tzinfo=UTC), date(2025, 3, 8)),
        (datetime(2024, 12, 31, 16, 0, 0, tzinfo=UTC), date(2025, 1, 1)),
        (datetime(2025, 3, 8, 0, 0, 0, tzinfo=timezone(timedelta(hours=8))), date(2025, 3, 8)),
        (datetime(2025, 3, 7, 23, 0, 0, tzinfo=timezone(timedelta(hours=-5))), date(2025, 3, 8)),
    ],
)
def test_a_day_begins_at_midnight_in_shanghai_wherever_the_server_stands(moment: datetime, day: date) -> None:
    assert clock.local_day(moment) == day


@given(DAYS, st.integers(0, 23), st.integers(0, 59))
def test_a_local_moment_falls_on_its_day(day: date, hour: int, minute: int) -> None:
    moment = clock.local_moment(day, hour, minute)
    assert moment.tzinfo is UTC
    assert clock.local_day(moment) == day


@given(MOMENTS)
def test_a_stamp_names_its_moment_and_sorts_like_it(moment: datetime) -> None:
    text = clock.stamp(moment)
    assert clock.from_stamp(text) == moment
    later = moment + timedelta(milliseconds=1)
    assert text < clock.stamp(later)


@given(MOMENTS, st.integers(-12, 14))
def test_a_stamp_is_the_same_from_every_zone(moment: datetime, hours: int) -> None:
    assert clock.stamp(moment.astimezone(timezone(timedelta(hours=hours)))) == clock.stamp(moment)


def test_the_stamp_has_the_form_the_ledger_keeps() -> None:
    assert clock.stamp(datetime(2025, 3, 8, 1, 2, 3, 4999, tzinfo=UTC)) == "2025-03-08T01:02:03.004Z"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-03-08",
        "2025-03-08T01:02:03Z",
        "2025-03-08 01:02:03.000Z",
        "2025-03-08T01:02:03.000+",
        "2025-03-08T01:02:03.0000",
        "2025-03-08T01:02:03,000Z",
        "2025-W10-6T01:02:03.000Z",
        "2025-02-29T01:02:03.000Z",
        "2025-03-08T25:02:03.000Z",
        "２０２５-03-08T01:02:03.000Z",
        "2025-03-08T01:02:03.000Z\n",
    ],
)
def test_any_other_form_is_no_stamp(text: str) -> None:
    with pytest.raises(ValueError):
        clock.from_stamp(text)


@given(st.text("0123456789-:.,TZW+ ", min_size=23, max_size=25))
def test_what_is_read_as_a_stamp_is_written_back_the_same(text: str) -> None:
    try:
        moment = clock.from_stamp(text)
    except ValueError:
        return
    assert clock.stamp(moment) == text


def test_now_is_aware_and_keeps_milliseconds() -> None:
    now = clock.now()
    assert now.utcoffset() == timedelta(0)
    assert now.microsecond % 1000 == 0
    assert clock.local_day(now) - clock.today() <= timedelta(days=0)
