"""Asking a store: aggregates, windows and places in, readings out.

The store finds the postings of an aggregate once and brings them up to date as facts come; a question is then sums
over columns in memory, whatever it asks for at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.bind import kinds
from gangmu.catalog.expressions.combine import Outcome, Window, combined, questions
from gangmu.catalog.expressions.nodes import Aggregate, Condition, Measure, RecordAggregate
from gangmu.indicators import lower
from gangmu.indicators.cells import Cells, running
from gangmu.indicators.forest import Forest, Places, Standing
from gangmu.indicators.lower import Lowered, Marked
from gangmu.indicators.ordered import Ordered
from gangmu.indicators.postings import PLACES, POSTED, Column, Postings, days, number, on_day
from gangmu.indicators.rollup import NOW, Days, Sums
from gangmu.indicators.store import Store
from gangmu.indicators.truth import COMPARE

MOST_ORDERED = 4096  # so many orders of postings are kept, while nothing new counts in them
MOST_POSTINGS = 80_000_000  # kept in memory; beyond, those of the aggregates longest unasked are dropped
MOST_FRESH = 4096  # so many that came since may stand apart from those found once, or one in SHARE of these
SHARE = 8


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


class Kept(NamedTuple):
    """An order of postings, `as_of` so many facts and reversals; `back` of them took back facts that count in it."""

    as_of: tuple[int, int]
    back: int
    order: Ordered


class Circle(NamedTuple):
    """The units of a tree that meet a condition, as the ranks [low, high) of each and all beneath it."""

    lows: Column
    highs: Column


Pieces = tuple[Postings, ...]  # those found once, and, where new ones only add to them, those that came since
Readings = dict[Asked, dict[str, Reading]]
Leaf = tuple[Marked, int | None, int | None]  # the aggregate, its tree (if it asks for units), its moment


@dataclass(slots=True)
class Engine:
    """A store with its trees and postings."""

    store: Store
    forest: Forest = field(init=False)
    leaves: dict[Leaf, Pieces] = field(default_factory=dict)
    circles: dict[tuple[Condition, int], Circle] = field(default_factory=dict)
    compiled: dict[tuple[RecordAggregate, str], Lowered] = field(default_factory=dict)
    ordered: dict[tuple[RecordAggregate, int, int], Kept] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.forest = Forest(self.store)

    def plant(self, name: str, units: Iterable[Standing]) -> int:
        """The number of a tree in this engine (see Forest.plant)."""
        return self.forest.plant(name, units)

    def posted(self, one: RecordAggregate, tree: int, known: int) -> Pieces:
        """The postings of `one`, found or brought up to date."""
        with self.store.lock:
            self.store.settle()
            wanted = lower.marked(one)
            every = self._every(wanted, tree, known)
            return self._chosen(wanted, every, tree, known) if wanted.tags else every

    def order(self, one: RecordAggregate, tree: int, known: int) -> Ordered:
        """The postings of `one` in the order of a tree; as long as nothing new counts in it, the order found before."""
        with self.store.lock:
            self.store.settle()
            wanted, now = (one, tree, known), (self.store.last, self.store.taken_back)
            kept = self.ordered.pop(wanted, None)
            if kept is None or kept.as_of != now:
                kept = self._brought_up(wanted, kept, now)
            while len(self.ordered) >= MOST_ORDERED:
                del self.ordered[next(iter(self.ordered))]
            self.ordered[wanted] = kept
            return kept.order

    def _brought_up(self, wanted: tuple[RecordAggregate, int, int], kept: Kept | None, now: tuple[int, int]) -> Kept:
        """The order with what came since in it: the one kept before, where nothing of that counts in it."""
        one, tree, known = wanted
        pieces = self.posted(one, tree, known)
        back = sum(self.store.backs.get(kind, 0) for kind in kinds(one))
        same = kept.order if kept and kept.back == back else None
        if same and same.postings == pieces:
            return Kept(now, back, same)
        whole = same if same and same.postings[0] is pieces[0] else None
        return Kept(now, back, self._ordered(one, pieces, tree, known, whole))

    def _ordered(self, one: RecordAggregate, pieces: Pieces, tree: int, known: int, whole: Ordered | None) -> Ordered:
        """The order of these pieces; the first may be ordered already, as in `whole`."""
        ranks, moments = self.forest.grown[tree].ranks, self.store.moments()
        base, *fresh = pieces
        cells = [whole.pieces[0] if whole else Cells.of(base.in_tree(tree, ranks, moments), known)]
        for piece in fresh:
            coded = replace(piece, columns={**piece.columns, "thing": piece.coded_as(base)}, ranked={})
            cells.append(Cells.of(coded.in_tree(tree, ranks, moments), known))
        return Ordered(tuple(cells), pieces, isinstance(one, nodes.Distinct))

    def newest(self, one: RecordAggregate, place: Place, until: date, after: date = date.min) -> date | None:
        """The last day after `after`, up to `until`, on which something counts in `one` at a place, or None."""
        found = self.order(one, place.tree, NOW).newest(*self.span(place), Days(days(after) + 1, days(until)))
        return None if found is None else on_day(found)

    def span(self, place: Place) -> tuple[int, int]:
        """The ranks [low, high) of a place in its tree."""
        return self.forest.grown[place.tree].span(place.low, place.high)

    def _every(self, wanted: Marked, tree: int, known: int) -> Pieces:
        """The postings before tags are chosen."""
        lowered = self._lowered(wanted)
        leaf = _leaf(wanted._replace(tags=frozenset()), lowered, tree, known)
        kept = self.leaves.pop(leaf, ())
        token = self._token(lowered)
        if not kept or kept[-1].token != token:
            _bare, tags = lower.tags_apart(wanted.one)
            kept = self._posted(lowered, kept, token, {"tree": tree, "known": known, **tags})
        self.leaves[leaf] = kept  # now the newest
        return kept

    def _chosen(self, wanted: Marked, every: Pieces, tree: int, known: int) -> Pieces:
        leaf = _leaf(wanted, self._lowered(wanted), tree, known)
        kept = {one.token: one for one in self.leaves.pop(leaf, ())}
        chosen = tuple(kept.get(one.token) or one.with_marks(wanted.tags) for one in every)
        self.leaves[leaf] = chosen
        return chosen

    def _lowered(self, wanted: Marked) -> Lowered:
        bare, _tags = lower.tags_apart(wanted.one)
        if (bare, wanted.of) not in self.compiled:
            self.compiled[bare, wanted.of] = lower.lower(bare, self.store.columns, wanted.of)
        return self.compiled[bare, wanted.of]

    def _token(self, lowered: Lowered) -> tuple[int, ...]:
        newest = tuple(self.store.newest.get(kind, 0) for kind in lowered.kinds)
        return newest if lowered.grows else (*newest, *(self.store.backs.get(kind, 0) for kind in lowered.kinds))

    def _posted(
        self, lowered: Lowered, kept: Pieces, token: tuple[int, ...], values: Mapping[str, int | str]
    ) -> Pieces:
        """What there is, found once; where new postings only add to others, beside them those that came since."""
        if kept and lowered.grows:
            fresh = self._found(lowered, {**values, "after": kept[0].token[0]}, token)
            if len(fresh) <= max(MOST_FRESH, len(kept[0]) // SHARE):
                return kept[0], fresh
        return (self._found(lowered, {**values, "after": 0}, token),)

    def _found(self, lowered: Lowered, values: Mapping[str, int | str], token: tuple[int, ...]) -> Postings:
        for kind in lowered.kinds:
            self.store.ready(kind)
        found = self.store.table(lowered.sql, {name: at for name, at in values.items() if f"${name}" in lowered.sql})
        self._make_room(found.num_rows)
        return Postings.of(found.select(POSTED.names).cast(POSTED), token)

    def _make_room(self, wanted: int) -> None:
        """Drop the postings that were asked for longest ago; those of the question being answered are the newest."""
        held = wanted + sum(len(one) for pieces in self.leaves.values() for one in pieces)
        if held > MOST_POSTINGS:
            self._by_last_use()
            self.ordered.clear()
        for leaf in list(self.leaves):
            if held <= MOST_POSTINGS:
                return
            held -= sum(map(len, self.leaves.pop(leaf)))

    def _by_last_use(self) -> None:
        """Put the postings in the order in which they were last asked for: an order that is kept answers alone."""
        for one, tree, known in self.ordered:
            wanted = lower.marked(one)
            for each in (wanted._replace(tags=frozenset()), wanted):
                leaf = _leaf(each, self._lowered(wanted), tree, known)
                if leaf in self.leaves:
                    self.leaves[leaf] = self.leaves.pop(leaf)

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
        return {one: self._read(one, place, known) for one in dict.fromkeys(asked)}

    def _read(self, asked: Asked, place: Place, known: int) -> dict[str, Reading]:
        grown = self.forest.grown[place.tree]
        places = grown.places(asked.width, place.low, place.high)
        period = Days(days(asked.first), days(asked.last))
        match asked.one:
            case nodes.Units(where):
                return _units(self.circled(where, place.tree), places)
            case nodes.UnitsWhere(where, measure):
                span = grown.span(place.low, place.high)
                tops, ordered = _inside(self.circled(where, place.tree), *span), self.order(measure, place.tree, known)
                found = ordered.sums(tops.lows, tops.highs, period, (where, span))
                return _passing(asked.one, found, tops, places)
            case one:
                ordered = self.order(one, place.tree, known)
                return _readings(places, ordered.sums(places.lows, places.highs, period, (asked.width, place.low)))


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
    """The sums of values by their places `at`, which ascend."""
    edges, sums = np.searchsorted(at, np.arange(count + 1)), running(values)
    return np.asarray(sums[edges[1:]] - sums[edges[:-1]])


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
