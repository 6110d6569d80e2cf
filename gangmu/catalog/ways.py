"""Ways: a file of steps that follow one another, with who acts and the time rules between them.

One file a way; nothing of any step stands in Python. A step is its own record (`membership.step_done` with the step),
unless it is the change of a stage: then that one fact shows it, and nothing is recorded twice.
"""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field as Entry

from gangmu.catalog.definitions import Definition, DottedKey, Key, Strict, Text
from gangmu.catalog.norms import RuleRow

STEP_DONE, STAGE_CHANGED, STARTED = "membership.step_done", "membership.stage_changed", "membership.started"
MONTHS: Mapping[str, int] = {"年": 12, "个月": 1, "月": 1}
DAYS: Mapping[str, int] = {"天": 1, "日": 1}
UNITS = frozenset({*MONTHS, *DAYS})


class Limit(Strict):
    """A rule of time between two steps: how long after the step `after`. The number stands in the rule.

    At least so long is asked before the record (refused unless the rule is unverified); at most so long is told after.
    """

    rule: DottedKey
    after: Key


class FromDay(Strict):
    """The day from which a stage counts: that of `step`, so long later as `rule` says; only where `if_done` is done."""

    step: Key
    rule: DottedKey | None = None
    if_done: Key | None = None


class WayStep(Strict):
    """One step. `by` acts; `enters` the stage that it brings about: on its own day, or from the first of `from_days`.

    `place`: where its papers lie is kept, sealed, and nothing else of it. `optional`: taken only where there is need.
    """

    key: Key
    title: Text
    by: Text
    help: Text | None = None
    enters: Literal["applicant", "activist", "candidate", "probationary", "full", "extended"] | None = None
    from_days: tuple[FromDay, ...] = ()
    place: bool = False
    optional: bool = False
    limits: tuple[Limit, ...] = ()

    @property
    def shown_by_stage(self) -> bool:
        """Whether the change of stage is itself the record of the step: it happened on the step's own day."""
        return self.enters is not None and not self.from_days


class WayStage(Strict):
    """A stage of the way, with its steps in their order."""

    key: Key
    title: Text
    steps: tuple[WayStep, ...] = Entry(min_length=1)


class WayExample(Strict):
    """Steps with their days, and what follows for the step `step`: from which day on, and until which (none: null)."""

    name: str
    done: dict[Key, date]
    step: Key
    earliest: date | None = None
    latest: date | None = None


class Way(Definition):
    """A way of a person through stages and steps."""

    key: Key
    stages: tuple[WayStage, ...] = Entry(min_length=1)
    examples: tuple[WayExample, ...] = Entry(min_length=1)

    @property
    def steps(self) -> tuple[WayStep, ...]:
        """All steps in their order."""
        return tuple(step for stage in self.stages for step in stage.steps)


@dataclass(frozen=True, slots=True)
class Bound:
    """What one limit comes to on the days known: `earliest` or `latest` is set, by the row of the rule `rule`."""

    rule: str
    after: str
    row: RuleRow
    earliest: date | None = None
    latest: date | None = None


def later(day: date, value: Decimal, unit: str) -> date:
    """So many whole days, months or years after `day`; a month without that day ends on its last. KeyError: no unit."""
    number = int(value)
    if unit in DAYS:
        return day + timedelta(days=number * DAYS[unit])
    month = day.year * 12 + day.month - 1 + number * MONTHS[unit]
    year, place = divmod(month, 12)
    return date(year, place + 1, min(day.day, calendar.monthrange(year, place + 1)[1]))


def bounds(step: WayStep, done: Mapping[str, date], rows: Mapping[str, Sequence[RuleRow]]) -> tuple[Bound, ...]:
    """The limits of a step whose earlier step is done; the row is that of the earlier step's day, else the first.

    `rows`: the rows of each rule in force; a limit whose rule is switched off is none.
    """
    found = []
    for limit in step.limits:
        since = done.get(limit.after)
        if since is None or limit.rule not in rows:
            continue
        row = _row_of(rows[limit.rule], since)
        day = later(since, row.value, row.unit)
        wait = row.compare in ("at_least", "exactly")
        found.append(Bound(limit.rule, limit.after, row, day if wait else None, None if wait else day))
    return tuple(found)


def _row_of(rows: Sequence[RuleRow], day: date) -> RuleRow:
    return next((row for row in reversed(rows) if row.since <= day), rows[0])


def stage_day(step: WayStep, done: Mapping[str, date], rows: Mapping[str, Sequence[RuleRow]], day: date) -> date:
    """From which day the stage counts that a step of the day `day` brings about."""
    for one in step.from_days:
        since = done.get(one.step)
        if since is None or (one.if_done is not None and one.if_done not in done):
            continue
        if one.rule is None or one.rule not in rows:
            return since
        row = _row_of(rows[one.rule], since)
        return later(since, row.value, row.unit)
    return day


def earliest(found: Sequence[Bound]) -> date | None:
    """The first day on which all of them are kept, or None where there is nothing to wait for."""
    return max((one.earliest for one in found if one.earliest), default=None)


def latest(found: Sequence[Bound]) -> date | None:
    """The last day on which all of them are kept, or None where there is no last day."""
    return min((one.latest for one in found if one.latest), default=None)
