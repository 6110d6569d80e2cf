"""Days that are worked and days that are not, and how a deadline is counted over them.

A calendar knows the years whose holidays were published. In any other year Monday to Friday count as worked, and
whatever was counted there says so: the published table may still move it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, NamedTuple

from gangmu.kernel.periods import month_end, shift_months

SATURDAY = 5
DAY = timedelta(days=1)
MOST_DAYS = 10_000  # a count that has not ended by then never ends: every day of it is paused or off
Measure = Literal["calendar_day", "working_day", "month"]
AtRest = Literal["keep", "next", "previous"]
Why = Literal["weekend", "holiday", "pause"]


class Rest(NamedTuple):
    """What a day off is called."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off of the published `years`, by day, and the weekends worked in exchange (调休)."""

    off: Mapping[date, Rest] = field(default_factory=dict)
    worked: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def works(self, day: date) -> bool:
        """Whether `day` is a working day; in a year not yet published: whether it is a Monday to Friday."""
        return self.why_not(day) is None

    def why_not(self, day: date) -> Why | None:
        """Why nobody works on `day`; None: it is a working day."""
        if day in self.off:
            return "holiday"
        return "weekend" if day.weekday() >= SATURDAY and day not in self.worked else None

    def unpublished(self, first: date, last: date) -> tuple[int, ...]:
        """The years from `first` to `last` whose holidays are not published, or not known here."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)


class Skipped(NamedTuple):
    """A day that was not counted, and why."""

    day: date
    why: Why


@dataclass(frozen=True, slots=True)
class Counted:
    """A deadline and how it came about.

    `start` is the day from which was counted, itself not counted; `reached` the last day counted; `end` the deadline,
    another day where `reached` is a day of rest and moves. `skipped` are the days passed over, `unpublished` the years
    whose holidays were not known when working days decided.
    """

    start: date
    add: int
    measure: Measure
    reached: date
    end: date
    skipped: tuple[Skipped, ...] = ()
    unpublished: tuple[int, ...] = ()


def count(
    calendar: Calendar,
    start: date,
    add: int,
    measure: Measure = "calendar_day",
    at_rest: AtRest = "keep",
    paused_months: frozenset[int] = frozenset(),
) -> Counted:
    """The deadline `add` days or months after `start`; negative: before it. Days in `paused_months` do not count.

    A month ends on the day of its number, or on the month's last where it has none. Raises ValueError where all twelve
    months are paused.
    """
    reached, skipped = _counted(calendar, start, add, measure, paused_months)
    end = _moved(calendar, reached, at_rest)
    by_work = (add != 0 and measure == "working_day") or at_rest != "keep"
    unpublished = calendar.unpublished(min(start, end), max(start, end)) if by_work else ()
    return Counted(start, add, measure, reached, end, skipped, unpublished)


def _counted(
    calendar: Calendar, start: date, add: int, measure: Measure, paused: frozenset[int]
) -> tuple[date, tuple[Skipped, ...]]:
    if measure == "month":
        return shift_day(start, add), ()
    step, left, day, skipped = (DAY if add > 0 else -DAY), abs(add), start, list[Skipped]()
    while left:
        day += step
        why: Why | None = "pause" if day.month in paused else None
        if why is None and measure == "working_day":
            why = calendar.why_not(day)
        if why is None:
            left -= 1
        else:
            skipped.append(Skipped(day, why))
        if len(skipped) > MOST_DAYS:
            raise ValueError("no day is left to count")
    return day, tuple(skipped)


def _moved(calendar: Calendar, day: date, at_rest: AtRest) -> date:
    step = {"keep": None, "next": DAY, "previous": -DAY}[at_rest]
    while step and not calendar.works(day):
        day += step
    return day


def shift_day(day: date, months: int) -> date:
    """`day` moved by whole months: the same number, or the month's last day where it has no such number."""
    end = month_end(shift_months(day.replace(day=1), months))
    return end.replace(day=min(day.day, end.day))
