"""Asking a store: aggregates, windows and places in, readings out.

Compiled queries and postings are kept; a question itself is a few short queries whatever it asks for at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.combine import Outcome, Window, combine, questions
from gangmu.catalog.expressions.nodes import Aggregate, Condition, Measure, RecordAggregate
from gangmu.indicators import lower, schema
from gangmu.indicators.forest import Forest, Standing
from gangmu.indicators.lower import Lowered
from gangmu.indicators.store import Store

NOW = 2**62  # later than anything ever received
MOST_LEAVES = 2000  # aggregates whose postings are kept; beyond, the longest unasked are dropped


class Asked(NamedTuple):
    """One aggregate over the days `first` … `last`, by places `width` characters deep."""

    one: Aggregate
    first: date
    last: date
    width: int


class Reading(NamedTuple):
    """What an aggregate reads at a place: postings seen, those that stand, their amount, how many came late."""

    seen: int
    standing: int
    amount: Decimal
    late: int


class Place(NamedTuple):
    """A unit and all beneath it, in one tree: paths from `low` up to, not including, `high`."""

    tree: int
    low: str
    high: str


Readings = dict[Asked, dict[str, Reading]]
Leaf = tuple[RecordAggregate, int | None, int | None]  # the aggregate, its tree (if it asks for units), its moment


@dataclass(slots=True)
class Built:
    """Postings in the store: under which number, and up to which facts."""

    number: int
    token: tuple[int, ...]


@dataclass(slots=True)
class Engine:
    """A store with its trees and postings."""

    store: Store
    forest: Forest = field(init=False)
    leaves: dict[Leaf, Built] = field(default_factory=dict)
    circles: dict[tuple[Condition, int], int] = field(default_factory=dict)
    compiled: dict[RecordAggregate, Lowered] = field(default_factory=dict)
    numbered: int = 0

    def __post_init__(self) -> None:
        self.forest = Forest(self.store)

    def plant(self, name: str, units: Iterable[Standing]) -> int:
        """The number of a tree in this engine (see Forest.plant)."""
        return self.forest.plant(name, units)

    def posted(self, one: RecordAggregate, tree: int, known: int) -> int:
        """The number of the postings of `one`, made or brought up to date."""
        with self.store.lock:
            lowered = self._lowered(one)
            leaf = (one, tree if lowered.by_tree else None, None if lowered.grows or known == NOW else known)
            built = self.leaves.pop(leaf, None)
            token = self._token(lowered)
            if built is None or built.token != token:
                built = self._post(lowered, built, token, tree, known)
            self.leaves[leaf] = built  # now the newest
            return built.number

    def _lowered(self, one: RecordAggregate) -> Lowered:
        if one not in self.compiled:
            self.compiled[one] = lower.lower(one, self.store.columns)
        return self.compiled[one]

    def _token(self, lowered: Lowered) -> tuple[int, ...]:
        newest = tuple(self.store.newest.get(kind, 0) for kind in lowered.kinds)
        return newest if lowered.grows else (*newest, self.store.taken_back)

    def _post(self, lowered: Lowered, built: Built | None, token: tuple[int, ...], tree: int, known: int) -> Built:
        for kind in lowered.kinds:
            self.store.ready(kind)
        if built is None:
            self._make_room()
            self.numbered += 1
        number = self.numbered if built is None else built.number
        values: dict[str, Any] = {"leaf": number}
        values |= {"after": built.token[0] if built else 0} if lowered.grows else {"known": known}
        values |= {"tree": tree} if lowered.by_tree else {}
        connection = self.store.connection
        connection.begin()
        if built and not lowered.grows:
            connection.execute("DELETE FROM posting WHERE leaf = $leaf", {"leaf": number})
        connection.execute(f"INSERT INTO posting {lowered.sql}", _used(lowered.sql, values))
        connection.commit()
        return Built(number, token)

    def _make_room(self) -> None:
        """Drop the postings that were asked for longest ago; those of the question being answered are the newest."""
        if len(self.leaves) < MOST_LEAVES:
            return
        oldest = list(self.leaves)[: MOST_LEAVES // 10]
        gone = [self.leaves.pop(leaf).number for leaf in oldest]
        self.store.connection.execute("DELETE FROM posting WHERE leaf IN (SELECT unnest($gone))", {"gone": gone})

    def circled(self, where: Condition, tree: int) -> int:
        """The number of the circle of units that meet a condition in a tree, drawn the first time."""
        with self.store.lock:
            if (where, tree) not in self.circles:
                number = len(self.circles) + 1
                self.store.connection.execute(
                    "INSERT INTO circle " + lower.circle(where), {"circle": number, "tree": tree}
                )
                self.circles[where, tree] = number
            return self.circles[where, tree]

    def ask(self, asked: Iterable[Asked], place: Place, known: int = NOW) -> Readings:
        """The readings of each, by the path of the place they were read at. Places with no record are left out."""
        by_query: dict[Callable[[], str], list[Asked]] = defaultdict(list)
        for one in dict.fromkeys(asked):
            by_query[_query_for(one.one)].append(one)
        found: Readings = {}
        for query, some in by_query.items():
            found |= self._run(query(), some, place, known)
        return found

    def _run(self, query: str, some: list[Asked], place: Place, known: int) -> Readings:
        rows = [self._row(one, place.tree, known) for one in some]
        values = asked_columns(rows) | place._asdict() | {"known": known}
        found: Readings = {one: {} for one in some}
        for req, path, *reading in self.store.rows(query, _used(query, values)):
            found[some[req]][path] = _reading(reading)
        return found

    def _row(self, asked: Asked, tree: int, known: int) -> tuple[Any, ...]:
        """What one question puts into the relation `asked`, in the order of COLUMNS."""
        one, window = asked.one, (asked.first, asked.last, asked.width)
        match one:
            case nodes.Units(where):
                return (0, *window, self.circled(where, tree), *UNCOUNTED[1:])
            case nodes.UnitsWhere(where, measure, op, limit):
                leaf, circle = self.posted(measure, tree, known), self.circled(where, tree)
                return (leaf, *window, circle, op, limit, isinstance(measure, nodes.Latest))
            case _:
                return (self.posted(one, tree, known), *window, *UNCOUNTED)


UNCOUNTED = (0, "==", Decimal(0), False)  # circle, op, limit, stated of a question that counts no units
SQL_TYPES = {"date": "DATE", "string": "VARCHAR", "boolean": "BOOLEAN", "int32": "INTEGER"}
UNNESTED = (f'unnest(${name})::{SQL_TYPES.get(kind, kind)} AS "{name}"' for name, kind in schema.ASKED.items())
WINDOWS = f"WITH asked AS (SELECT {', '.join(UNNESTED)}) "


def asked_columns(rows: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    """The values that make up the relation `asked`: its columns, from rows without their number."""
    numbered = [(number, *row) for number, row in enumerate(rows)]
    return {name: list(column) for name, column in zip(schema.ASKED, zip(*numbered, strict=True), strict=True)}


def _used(sql: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if f"${name}" in sql}


def _reading(values: Sequence[Any]) -> Reading:
    if len(values) == 1:
        return Reading(int(values[0]), int(values[0]), values[0], 0)
    seen, standing, amount, late = values
    return Reading(int(seen), int(standing), amount, int(late))


def _query_for(one: Aggregate) -> Callable[[], str]:
    match one:
        case nodes.UnitsWhere():
            return _units_where
        case nodes.Units():
            return _units
        case _:
            return _roll_up


@cache
def _roll_up() -> str:
    return WINDOWS + lower.roll_up()


@cache
def _units() -> str:
    return WINDOWS + lower.units()


@cache
def _units_where() -> str:
    return WINDOWS + lower.units_where()


def value_of(one: Aggregate, reading: Reading | None) -> Decimal | None:
    """The number a reading stands for; None where no record stands behind it."""
    if isinstance(one, nodes.Units):
        return reading.amount if reading else Decimal(0)
    if reading is None or (isinstance(one, nodes.Latest) and not reading.standing):
        return None
    return reading.amount


def wanted(measure: Measure, window: Window, width: int) -> tuple[Asked, ...]:
    """Everything that must be asked to know `measure` in `window` at places `width` deep."""
    return tuple(Asked(one, days.first, days.last, width) for one, days in questions(measure, window))


def outcome(measure: Measure, window: Window, path: str, width: int, readings: Readings) -> Outcome:
    """The value of `measure` in `window` at the place `path`, from readings by places `width` deep of all `wanted`."""

    def read(one: Aggregate, days: Window) -> Decimal | None:
        return value_of(one, readings[Asked(one, days.first, days.last, width)].get(path))

    return combine(measure, window, read)
