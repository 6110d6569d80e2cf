"""A duty as it is computed: its measures read, its numbers taken from the rules it names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gangmu.catalog.dated import row_on
from gangmu.catalog.duties.definitions import Duty, DutyRow, Every, HolidayYear
from gangmu.catalog.expressions.nodes import Count, Distinct, Sum
from gangmu.catalog.norms import Rule
from gangmu.kernel.working_days import DAY, Calendar, Rest

Tally = Count | Sum | Distinct


@dataclass(frozen=True, slots=True)
class Demand:
    """How much is owed and how often, from `since` on; `rule` is the key of the rule that says so, if one does."""

    since: date
    every: Every | None
    least: Decimal
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """One row of a duty, in force from `since` on: what was written, what discharges it, which event begins it."""

    since: date
    row: DutyRow
    tally: Tally
    upon: Count | None
    demands: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class CompiledDuty:
    """A duty with its rows as terms, in the order of `since`."""

    duty: Duty
    terms: tuple[Terms, ...]


def demands_of(row: DutyRow, rules: Mapping[str, Rule]) -> tuple[Demand, ...]:
    """What a row demands, over the days of its rule's rows and of those that tighten it; the strictest holds."""
    if row.rule is None:
        return (Demand(row.since, row.every, row.at_least),)
    asked = [rule for rule in rules.values() if row.rule in (rule.key, rule.tightens)]
    days = sorted({one.since for rule in asked for one in rule.rows})
    return tuple(demand for day in days if (demand := _strictest(asked, day)) is not None)


def _strictest(rules: Sequence[Rule], day: date) -> Demand | None:
    held = [(rule, one) for rule in rules if (one := row_on(rule.rows, day)) is not None]
    spans: dict[str, Every] = {"month": "month", "quarter": "quarter", "half_year": "half_year", "year": "year"}
    found = [Demand(day, spans[one.per], one.value, rule.key) for rule, one in held if one.per in spans]
    return max(found, key=lambda demand: demand.least, default=None)


def calendar_of(years: Iterable[HolidayYear]) -> Calendar:
    """The working calendar of the years that are published."""
    tables = tuple(years)
    closures = [one for table in tables for one in table.closures]
    off = {
        one.first + DAY * at: Rest(one.title.zh, one.title.en)
        for one in closures
        for at in range((one.last - one.first).days + 1)
    }
    return Calendar(
        off, frozenset(day for one in closures for day in one.worked), frozenset(table.year for table in tables)
    )
