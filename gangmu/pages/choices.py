"""What a page is asked for by its address: the period."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from gangmu.kernel.periods import Period, asked_day
from gangmu.kernel.problems import Problem
from gangmu.pages import formats


@dataclass(frozen=True, slots=True)
class PickedPeriod:
    """The period a page shows and what else is offered. `problems`: what was wrong in the address; `newest`: an
    earlier year is shown, because it holds the newest record.
    """

    period: Period
    offered: tuple[Period, ...]
    problems: tuple[Problem, ...] = ()
    newest: bool = False


def picked_period(query: QueryDict, today: date, usual: Period | None = None) -> PickedPeriod:
    """The period between `from` and `to` of the address, both days included; this year when it names none."""
    usual = usual or Period.of_year(today.year)
    offered = tuple(formats.periods_offered(today))
    start, end = query.get("from", ""), query.get("to", "")
    if not start and not end:
        return PickedPeriod(usual, offered)
    try:
        return PickedPeriod(Period(asked_day(start), asked_day(end)), offered)
    except ValueError:
        return PickedPeriod(usual, offered, (_unreadable(start, end),))


def _unreadable(start: str, end: str) -> Problem:
    return Problem(
        "pages.period",
        f"期间“{start}—{end}”看不懂：两天都要写成2025-03-08的样子，后一天不能早于前一天。这里先显示今年。",
        f"The period “{start} – {end}” cannot be read: write both days like 2025-03-08, the second not before "
        "the first. This year is shown instead.",
        where="from",
    )
