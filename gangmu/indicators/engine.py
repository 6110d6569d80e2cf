"""Asking a store: aggregates, windows and places in, readings out.

The store finds the postings of an aggregate once and brings them up to date as facts come; a question is then sums
over columns in memory, whatever it asks for at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.combine import Outcome, Window, combined, questions
from gangmu.catalog.expressions.nodes import Aggregate, Condition, Measure, RecordAggregate
from gangmu.indicators import lower, rollup
from gangmu.indicators.forest import Forest, Places, Standing
from gangmu.indicators.lower import Lowered, Marked
from gangmu.indicators.postings import PLACES, POSTED, Column, Postings, Rows, days, number, on_day
from gangmu.indicators.rollup import NOW, Days, Sums
from gangmu.indicators.store import Store
from gangmu.indicators.truth import COMPARE

MOST_ORDERED = 4096  # so many orders of postings are kept, until the next fact comes
MOST_POSTINGS = 8_000_000  # kept in memory; beyond, those of the aggregates longest unasked are dropped


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


class Circle(NamedTuple):
    """The units of a tree that meet a condition, as the ranks [low, high) of each and all beneath it."""

    lows: Column
    highs: Column


Readings = dict[Asked, dict[str, Reading]]
Leaf = tuple[Marked, int | None, int | None]  # the aggregate, its tree (if it asks for units), its moment


@dataclass(slots=True)
class Engine:
    """A store with its trees and postings."""

    store: Store
    forest: Forest = field(init=False)
    leaves: dict[Leaf, Postings] = field(default_factory=dict)
    circles: dict[tuple[Condition, int], Circle] = field(default_factory=dict)
    compiled: dict[tuple[RecordAggregate, str], Lowered] = field(default_factory=dict)
    ordered: dict[tuple[RecordAggregate, int, int], Rows] = field(default_factory=dict)
    ordered_at: tuple[int, int] = (0, 0)  # how many facts and reversals there were when `ordered` was found

    def __post_init__(self) -> None:
        self.forest = Forest(self.store)

    def plant(self, name: str, units: Iterable[Standing]) -> int:
        """The number of a tree in this engine (see Forest.plant)."""
        return self.forest.plant(name, units)

    def posted(self, one: RecordAggregate, tree: int, known: int) -> Postings:
        """The postings of `one`, found or brought up to date."""
        with self.store.lock:
            wanted = lower.marked(one)
            every = self._every(wanted, tree, known)
            return self._chosen(wanted, every, tree, known) if wanted.tags else every

    def rows(self, one: RecordAggregate, place: Place, known: int) -> Rows:
        """The postings of `one` at a place, in the order of its tree."""
        with self.store.lock:
            every = self._in_tree(one, place.tree, known)
        return rollup.between(every, *self.forest.grown[place.tree].span(place.low, place.high))

    def newest(self, one: RecordAggregate, place: Place, until: date) -> date | None:
        """The last day up to `until` on which something stands that counts in `one` at a place, or None."""
        rows = self.rows(one, place, NOW)
        seen, _ = rollup.hits(rows, Days(days(date.min), days(until)), NOW)
        return on_day(rows.day[seen].max()) if seen.any() else None

    def _in_tree(self, one: RecordAggregate, tree: int, known: int) -> Rows:
        """The postings of `one` in the order of a tree; as long as no fact came in, those found before."""
        wanted, now = (one, tree, known), (self.store.last, self.store.taken_back)
        if self.ordered_at != now or len(self.ordered) >= MOST_ORDERED:
            self.ordered, self.ordered_at = {}, now
        if wanted not in self.ordered:
            postings, ranks = self.posted(one, tree, known), self.forest.grown[tree].ranks
            self.ordered[wanted] = postings.in_tree(tree, ranks, self.store.moments, self.store.taken_back)
        return self.ordered[wanted]

    def _every(self, wanted: Marked, tree: int, known: int) -> Postings:
        """The postings before tags are chosen."""
        lowered = self._lowered(wanted)
        leaf = _leaf(wanted._replace(tags=frozenset()), lowered, tree, known)
        kept = self.leaves.pop(leaf, None)
        token = self._token(lowered)
        if kept is None or kept.token != token:
            _bare, tags = lower.tags_apart(wanted.one)
            bound: dict[str, int | str] = {"tree": tree, "known": known, "after": kept.token[0] if kept else 0, **tags}
            kept = self._post(lowered, kept, token, bound)
        self.leaves[leaf] = kept  # now the newest
        return kept

    def _chosen(self, wanted: Marked, every: Postings, tree: int, known: int) -> Postings:
        leaf = _leaf(wanted, self._lowered(wanted), tree, known)
        kept = self.leaves.pop(leaf, None)
        if kept is None or kept.token != every.token:
            kept = every.with_marks(wanted.tags)
        self.leaves[leaf] = kept
        return kept

    def _lowered(self, wanted: Marked) -> Lowered:
        bare, _tags = lower.tags_apart(wanted.one)
        if (bare, wanted.of) not in self.compiled:
            self.compiled[bare, wanted.of] = lower.lower(bare, self.store.columns, wanted.of)
        return self.compiled[bare, wanted.of]

    def _token(self, lowered: Lowered) -> tuple[int, ...]:
        newest = tuple(self.store.newest.get(kind, 0) for kind in lowered.kinds)
        return newest if lowered.grows else (*newest, self.store.taken_back)

    def _post(
        self, lowered: Lowered, kept: Postings | None, token: tuple[int, ...], values: Mapping[str, int | str]
    ) -> Postings:
        for kind in lowered.kinds:
            self.store.ready(kind)
        found = self.store.table(lowered.sql, {name: at for name, at in values.items() if f"${name}" in lowered.sql})
        found = found.select(POSTED.names).cast(POSTED)
        if kept and lowered.grows:
            found = pa.concat_tables([kept.table, found])
        self._make_room(found.num_rows)
        return Postings(found, token)

    def _make_room(self, wanted: int) -> None:
        """Drop the postings that were asked for longest ago; those of the question being answered are the newest."""
        held = wanted + sum(one.table.num_rows for one in self.leaves.values())
        if held > MOST_POSTINGS:
            self.ordered.clear()
        for leaf in list(self.leaves):
            if held <= MOST_POSTINGS:
                return
            held -= self.leaves.pop(leaf).table.num_rows

    def circled(self, where: Condition, tree: int) -> Circle:
        """The units that meet a condition in a tree, found the first time."""
        with self.store.lock:
            if (where, tree) not in self.circles:
                grown = self.forest.grown[tree]
                tops = [grown.span(path, path + "~") for (path,) in self.store.rows(lower.tops(where), {"tree": tree})]
                ranks = np.array(tops, np.int64).reshape(-1, 2)
                self.circles[where, tree] = Circle(ranks[:, 0], ranks[:, 1])
            return self.circles[where, tree]

    def ask(self, asked: Iterable[Asked], place: Place, known: int = NOW) -> Readings:
        """The readings of each, by the path of the place they were read at. Places with no record are left out."""
        found: dict[RecordAggregate, Rows] = {}  # months and places ask for one aggregate again and again
        return {one: self._read(one, place, known, found) for one in dict.fromkeys(asked)}

    def _read(self, asked: Asked, place: Place, known: int, found: dict[RecordAggregate, Rows]) -> dict[str, Reading]:
        grown = self.forest.grown[place.tree]
        places = grown.places(asked.width, place.low, place.high)
        period = Days(days(asked.first), days(asked.last))
        match asked.one:
            case nodes.Units(where):
                return _units(self.circled(where, place.tree), places)
            case nodes.UnitsWhere(where, measure):
                tops = _inside(self.circled(where, place.tree), *grown.span(place.low, place.high))
                rows = found.get(measure) or found.setdefault(measure, self.rows(measure, place, known))
                return _passing(asked.one, rollup.sums(rows, *tops, period, known), tops, places)
            case one:
                rows = found.get(one) or found.setdefault(one, self.rows(one, place, known))
                return _readings(places, rollup.sums(rows, places.lows, places.highs, period, known))


def _leaf(wanted: Marked, lowered: Lowered, tree: int, known: int) -> Leaf:
    by_moment = None if lowered.grows or known == NOW else known
    return wanted, tree if lowered.by_tree else None, by_moment


def _readings(places: Places, found: Sums) -> dict[str, Reading]:
    return {
        places.paths[at]: Reading(
            int(found.seen[at]), int(found.standing[at]), number(found.amount[at]), int(found.late[at])
        )
        for at in np.flatnonzero(found.seen)
    }


def _units(circle: Circle, places: Places) -> dict[str, Reading]:
    """How many units of the circle lie at each place."""
    counted = np.searchsorted(circle.lows, places.highs) - np.searchsorted(circle.lows, places.lows)
    return {places.paths[at]: Reading(int(n), int(n), Decimal(int(n)), 0) for at, n in enumerate(counted) if n}


def _inside(circle: Circle, low: int, high: int) -> Circle:
    start, end = np.searchsorted(circle.lows, (low, high))
    return Circle(circle.lows[start:end], circle.highs[start:end])


def _passing(one: nodes.UnitsWhere, found: Sums, tops: Circle, places: Places) -> dict[str, Reading]:
    """How many units pass at each place; a unit without a record (or a standing statement) is not measured."""
    measured = found.seen > 0
    if isinstance(one.measure, nodes.Latest):
        measured &= found.standing > 0
    passes = COMPARE[one.op](found.amount, int(one.limit.scaleb(PLACES))) & measured
    at = np.searchsorted(places.lows, tops.lows, side="right") - 1
    sums = [_by_place(values, at, len(places.paths)) for values in
            (measured, np.where(measured, found.standing, 0), passes, np.where(measured, found.late, 0))]  # fmt: skip
    return {
        path: Reading(int(seen), int(standing), Decimal(int(passed)), int(late))
        for path, seen, standing, passed, late in zip(places.paths, *sums, strict=True)
        if seen
    }


def _by_place(values: Column, at: Column, count: int) -> Column:
    found = np.zeros(count, np.int64)
    np.add.at(found, at, values)
    return found


def value_of(one: Aggregate, reading: Reading | None) -> Decimal | None:
    """The number a reading stands for; None where no record stands behind it."""
    if isinstance(one, nodes.Units):
        return reading.amount if reading else Decimal(0)
    if reading is None or (isinstance(one, nodes.Latest) and not reading.standing):
        return None
    return reading.amount


@lru_cache(maxsize=8192)
def wanted(measure: Measure, window: Window, width: int) -> tuple[Asked, ...]:
    """Everything that must be asked to know `measure` in `window` at places `width` deep, in the order of its parts."""
    return tuple(Asked(one, days.first, days.last, width) for one, days in questions(measure, window))


def outcome(measure: Measure, window: Window, path: str, width: int, readings: Readings) -> Outcome:
    """The value of `measure` in `window` at the place `path`, from readings by places `width` deep of all `wanted`."""
    asked = wanted(measure, window, width)
    return combined(measure, (value_of(one.one, readings[one].get(path)) for one in asked))
