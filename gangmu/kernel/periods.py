"""Periods of local days, both ends included."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

EARLIEST = date(1921, 7, 1)  # nothing that is asked for is older than the organisation itself
LATEST = date(2199, 12, 31)  # what is asked for leaves room for the periods beside it
_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `start` to `end`, both days included. Raises ValueError when end lies before start."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @classmethod
    def of_year(cls, year: int) -> Self:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Self:
        first = 3 * quarter - 2
        return cls(date(year, first, 1), month_end(date(year, first + 2, 1)))

    @classmethod
    def of_month(cls, year: int, month: int) -> Self:
        return cls(date(year, month, 1), month_end(date(year, month, 1)))

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def year_earlier(self) -> "Period":
        """The same days one year before (29 February becomes the 28th; a month's end stays a month's end)."""
        return Period(shift_year(self.start, -1), shift_year(self.end, -1))

    def before(self) -> "Period":
        """The period of the same shape just before: the previous month, quarter or year, else as many days."""
        if self.start.day == 1 and self.end == month_end(self.end):
            span = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
            return Period(shift_months(self.start, -span), self.start - timedelta(days=1))
        return Period(self.start - timedelta(days=self.days), self.start - timedelta(days=1))

    def months(self) -> Iterator["Period"]:
        """The calendar months touched, each cut to this period."""
        first = self.start.replace(day=1)
        while month_end(first) < self.end:
            yield Period(max(first, self.start), month_end(first))
            first = shift_months(first, 1)
        yield Period(max(first, self.start), self.end)

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


def asked_day(text: str) -> date:
    """The day that a question writes 2025-03-08. Raises ValueError for any other form and outside EARLIEST … LATEST."""
    day = date.fromisoformat(text) if _WRITTEN.match(text) else None  # it would read weeks and days run together, too
    if day is None or not EARLIEST <= day <= LATEST:
        raise ValueError(f"a day reads 2025-03-08 and lies between {EARLIEST} and {LATEST}, not {text!r}")
    return day


def month_end(day: date) -> date:
    """The last day of `day`'s month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def shift_months(first: date, months: int) -> date:
    """`first` (a first of a month) moved by whole months."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def shift_year(day: date, years: int) -> date:
    """`day` moved by whole years; the last of February stays the last of February."""
    if day == month_end(day):
        return month_end(day.replace(year=day.year + years, day=1))
    return day.replace(year=day.year + years)
