"""The oracle: a formula evaluated over plain rows, as its definition reads. Slow and obvious on purpose.

The worked examples of definitions run on it, and property tests hold the engine on DuckDB to it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.combine import Outcome, Window, combine, compares
from gangmu.catalog.expressions.nodes import Aggregate, Condition, Measure, Name, RecordAggregate
from gangmu.kernel.canon import Json
from gangmu.kernel.periods import Period

Stated = Json | Decimal  # what a field of a body says
NUMERIC = re.compile(r"-?\d+(\.\d+)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """One fact that counts (reversed facts are not handed in). `received` is in milliseconds.

    `body` may hold a number field's decimal as the text of the ledger or as a Decimal. Only the Decimal is told from a
    text that looks like one, which matters where a number is compared with text: the catalog refuses such formulas.
    """

    id: str
    kind: str
    org: str
    day: date
    body: Mapping[str, Stated]
    about: str | None = None
    received: int = 0
    late: bool = False

    @property
    def order(self) -> tuple[date, int, str]:
        return (self.day, self.received, self.id)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the tree of the day; `path` begins with the path of every unit above it.

    A unit that has ended is not `alive`: it is no longer counted, its facts are.
    """

    org: str
    path: str
    kind: str = ""
    domain: str = ""
    level: str = ""
    alive: bool = True


@dataclass(frozen=True, slots=True)
class World:
    """The facts that count and the tree of the day."""

    facts: Sequence[Row]
    units: Mapping[str, Unit]

    def under(self, place: str) -> frozenset[str]:
        return frozenset(unit.org for unit in self.units.values() if unit.path.startswith(place))


def world(facts: Iterable[Row], units: Iterable[Unit]) -> World:
    """The facts and the tree as one value, in the order facts happened."""
    return World(sorted(facts, key=lambda row: row.order), {unit.org: unit for unit in units})


def evaluate(measure: Measure, over: World, place: str, period: Period) -> Outcome:
    """The value of `measure` at the unit whose path is `place` and all beneath it, in `period`."""
    return combine(measure, Window(period), lambda one, window: read(one, over, place, window))


def read(one: Aggregate, over: World, place: str, window: Window) -> Decimal | None:
    """What one aggregate reads, or None where no record stands behind it."""
    match one:
        case nodes.Units(where):
            return Decimal(len(_units(where, over, place)))
        case nodes.UnitsWhere(where, measure, op, limit):
            figures = [read(measure, over, unit.path, window) for unit in _units(where, over, place)]
            stated = [figure for figure in figures if figure is not None]
            return Decimal(sum(compares(figure, op, limit) for figure in stated)) if stated else None
        case nodes.Stock():
            return _stock(one, over, place, window.last)
        case nodes.Latest():
            return _latest(one, over, place, window.last)
        case _:
            return _flow(one, over, place, window)


def _units(where: Condition, over: World, place: str) -> list[Unit]:
    here = (unit for unit in over.units.values() if unit.alive and unit.path.startswith(place))
    return [unit for unit in here if true_of_unit(where, unit)]


def _flow(one: nodes.Count | nodes.Sum | nodes.Distinct, over: World, place: str, window: Window) -> Decimal | None:
    under = over.under(place)
    inside = (row for row in matching(one, over) if row.org in under and window.first <= row.day <= window.last)
    if isinstance(one, nodes.Count):
        return Decimal(count) if (count := sum(1 for _ in inside)) else None
    values = [stated(row, one) for row in inside]
    found = [value for value in values if value is not None]
    if not found:
        return None
    return Decimal(len(set(found))) if isinstance(one, nodes.Distinct) else sum(map(_amount, found), Decimal(0))


def _stock(one: nodes.Stock, over: World, place: str, last: date) -> Decimal | None:
    openings: dict[str, Row] = {}
    for row in matching(one, over):
        if row.about is not None and row.day <= last:
            openings[row.about] = row  # rows come in the order they happened: the last opening stays
    under = over.under(place)
    here = [row for row in openings.values() if row.org in under]
    closes = [row for row in over.facts if row.kind == one.closed and row.day <= last]
    standing = [row for row in here if not any(c.about == row.about and c.day >= row.day for c in closes)]
    seen = any(row.about is not None and row.day <= last and row.org in under for row in matching(one, over))
    return Decimal(len(standing)) if seen else None


def _latest(one: nodes.Latest, over: World, place: str, last: date) -> Decimal | None:
    statements: dict[str, Row] = {}
    for row in matching(one, over):
        if row.day <= last and number(row.body.get(one.field)) is not None:
            statements[row.about or row.org] = row
    under = over.under(place)
    fresh = [row for row in statements.values() if row.org in under and not _lapsed(row, one, last)]
    return sum((_amount(row.body.get(one.field)) for row in fresh), Decimal(0)) if fresh else None


def _lapsed(row: Row, one: nodes.Latest, last: date) -> bool:
    return one.days is not None and row.day + timedelta(days=one.days) <= last


def matching(one: RecordAggregate, over: World) -> list[Row]:
    """The facts an aggregate reads, in the order they happened, wherever and whenever that was."""
    kind = one.opened if isinstance(one, nodes.Stock) else one.kind
    return [row for row in over.facts if row.kind == kind and true_of_fact(one.where, row, over)]


def stated(row: Row, one: nodes.Sum | nodes.Distinct) -> Stated | date:
    """What the fact states for the aggregate: a number to add, or a value to tell apart; None if it is missing."""
    if isinstance(one, nodes.Sum):
        return str(found) if (found := number(row.body.get(one.field))) is not None else None
    match one.field:
        case "about":
            return row.about
        case "org":
            return row.org
        case "day":
            return row.day
        case field:
            return row.body.get(field)


def number(value: object) -> Decimal | None:
    """The number a body states: an integer, a decimal or a decimal string; None for anything else."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    return Decimal(value) if isinstance(value, str) and NUMERIC.match(value) else None


def _amount(value: object) -> Decimal:
    return number(value) or Decimal(0)


def true_of_fact(condition: Condition, row: Row, over: World) -> bool:
    """Whether a condition holds of a fact, of the fact that opened its thing, and of its unit."""
    match condition:
        case nodes.Every(terms):
            return all(true_of_fact(term, row, over) for term in terms)
        case nodes.Either(terms):
            return any(true_of_fact(term, row, over) for term in terms)
        case nodes.Not(term):
            return not true_of_fact(term, row, over)
        case nodes.Tagged(tag, of):
            body = row.body if of == "fact" else _opening(row, over)
            tags = body.get("tags")
            return isinstance(tags, list | tuple) and tag in tags
        case _:
            return _test(condition, _value(condition.name, row, over))


def true_of_unit(condition: Condition, unit: Unit) -> bool:
    """Whether a condition holds of a unit."""
    match condition:
        case nodes.Every(terms):
            return all(true_of_unit(term, unit) for term in terms)
        case nodes.Either(terms):
            return any(true_of_unit(term, unit) for term in terms)
        case nodes.Not(term):
            return not true_of_unit(term, unit)
        case nodes.Tagged():
            return False
        case _:
            return _test(condition, getattr(unit, condition.name.field))


def _value(name: Name, row: Row, over: World) -> object:
    match name.of:
        case "envelope":
            return row.late
        case "opened":
            return _opening(row, over).get(name.field)
        case "unit":
            unit = over.units.get(row.org)
            return getattr(unit, name.field) if unit else None
        case "fact":
            return row.body.get(name.field)


def _opening(row: Row, over: World) -> Mapping[str, Stated]:
    kinds = nodes.opening_kinds(row.kind)
    found = (one for one in over.facts if one.kind in kinds and one.about == row.about is not None)
    first = next(found, None)
    return first.body if first else {}


def _test(condition: nodes.Compare | nodes.Within | nodes.Holds, value: object) -> bool:
    match condition:
        case nodes.Holds():
            return value is True
        case nodes.Within(_, values):
            return any(_passes(value, "==", one) for one in values)
        case nodes.Compare(_, "!=", other):
            return not _passes(value, "==", other)
        case nodes.Compare(_, op, other):
            return _passes(value, op, other)


def _passes(value: object, op: nodes.Comparison, other: nodes.Value) -> bool:
    if isinstance(other, Decimal):
        found = number(value)
        return found is not None and compares(found, op, other)
    return isinstance(value, str) and compares(value, op, other)
