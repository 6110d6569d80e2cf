"""Who is newly told of an open duty on a day: first whoever owes it, then the secretary, upward only last. Pure.

A duty's row says how many working days before or after the deadline each is told. Held here, whatever a row says:
nobody above is told before grace has passed and the secretary has had three working days; each level has three more;
nobody is told on a day that is not worked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from gangmu.catalog.duties.definitions import UPWARD_AFTER
from gangmu.catalog.duties.obligations import Obligation
from gangmu.catalog.duties.states import OPEN_STATES, Status
from gangmu.duties.rules import day_told
from gangmu.kernel.working_days import DAY, Calendar, count

Whom = Literal["bearer", "secretary", "parent", "grandparent"]
UPWARD: tuple[Whom, ...] = ("parent", "grandparent")
AT_MOST_BACK = timedelta(days=14)  # what nobody was told of for longer is not told all at once


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open things a digest is about: the reader's own, the unit's, of units beneath. All a bot ever says."""

    own: int = 0
    unit: int = 0
    beneath: int = 0

    @property
    def whole(self) -> int:
        return self.own + self.unit + self.beneath


def days_of_telling(one: Obligation, calendar: Calendar) -> Mapping[Whom, tuple[date, ...]]:
    """On which days each is told of an obligation that stays open: working days all of them, in order."""
    said: dict[Whom, list[date]] = {}
    for step in one.terms.row.told:
        said.setdefault(step.to, []).append(day_told(one, step.counted_from, step.working_days, calendar))
    if any(whom in said for whom in UPWARD) and "secretary" not in said:
        said["secretary"] = [count(calendar, one.grace_end, 1, "working_day").end]
    told = {whom: sorted(next_worked(calendar, day) for day in days) for whom, days in said.items()}
    earliest = max(one.grace_end, told.get("secretary", [date.min])[0])
    for whom in UPWARD:
        if whom in told:
            after = count(calendar, earliest, UPWARD_AFTER, "working_day").end
            told[whom] = sorted({max(day, after) for day in told[whom]})
            earliest = told[whom][0]
    return {whom: tuple(days) for whom, days in told.items()}


def newly_told(status: Status, calendar: Calendar, since: date) -> frozenset[Whom]:
    """Who is told of it after the day `since`, by the day of the status; nobody once nothing stands open.

    On a day that is not worked nobody is.
    """
    if status.state not in OPEN_STATES and status.state != "not_yet_due":
        return frozenset()
    if not calendar.works(status.on):
        return frozenset()
    days = days_of_telling(status.obligation, calendar)
    return frozenset(whom for whom, told in days.items() if any(since < day <= status.on for day in told))


def next_worked(calendar: Calendar, day: date) -> date:
    """The day itself if it is worked, else the first after it that is."""
    while not calendar.works(day):
        day += DAY
    return day


def since_when(rounds: Iterable[date], day: date, calendar: Calendar) -> date:
    """The day up to which everybody was told: of the last round before `day`, or else its eve's working day.

    Never more than a fortnight back: after a long stop nobody is flooded.
    """
    last = max((one for one in rounds if one < day), default=None)
    if last is None:
        last = day - DAY
        while not calendar.works(last):
            last -= DAY
    return max(last, day - AT_MOST_BACK)
