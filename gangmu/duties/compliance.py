"""How the units under a unit keep their duties: counted by state, the rate met, and the late share beside it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np

from gangmu.catalog.duties.definitions import State
from gangmu.duties.at_size.blocks import CODE, STATES, Block
from gangmu.duties.at_size.roll import Roll
from gangmu.duties.every_unit import EveryUnit, every_unit
from gangmu.duties.kept import Kept
from gangmu.indicators.postings import Column
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.orgs.queries import Node, Tree, children, tree, unit

DONE = (CODE["met"], CODE["met_late"])
NOT_OWED = (CODE["waived"], CODE["not_applicable"])


@dataclass(frozen=True, slots=True)
class PersonsRate:
    """Duties of persons in a subtree, as a rate alone; `kept` None where it is withheld or nobody owes.

    Over several duties and periods it holds those of which is told here (see withheld.py).
    """

    obliged: int | None
    kept: Kept | None

    @property
    def withheld(self) -> bool:
        return self.obliged is None


@dataclass(frozen=True, slots=True)
class ComplianceRow:
    """A unit with everything under it: duties of units, and duties of persons as a rate. `is_leaf`: nothing beneath."""

    node: Node
    units: Kept
    persons: PersonsRate
    is_leaf: bool


@dataclass(frozen=True, slots=True)
class Compliance:
    """The unit itself with all beneath it, its own duties alone, and a row for each unit directly under it."""

    whole: ComplianceRow
    own: ComplianceRow
    rows: tuple[ComplianceRow, ...]


def compliance(scope: Scope, org: OrgId, period: Period, day: date, duty: str | None = None) -> Compliance:
    """The periods that touch `period` as they stand on `day`, of one duty or all, for `org` and its direct children.

    Rates of persons are withheld where too few owe, and where they would follow from what is told elsewhere.
    NotFound for a unit outside the scope.
    """
    node, below = unit(scope, org, day), children(scope, org, day)
    units = tree(day)
    known, whole = every_unit(units, day), _place(units, node)
    parts = [_place(units, node, own=True), *(_place(units, child) for child in below)]
    counted = [_counted(known, roll, period, day, duty, whole, parts) for roll in known.rolls]
    own, *rows = [
        _row(one, counted, at, is_leaf=parts[at].high - parts[at].low < 2 if at else not below)
        for at, one in enumerate((node, *below))
    ]
    return Compliance(_row(node, counted, len(parts), is_leaf=not below), own, tuple(rows))


def by_duty(scope: Scope, org: OrgId, period: Period, day: date) -> tuple[tuple[str, ComplianceRow], ...]:
    """The unit with all beneath it, once for each duty that somebody there owes, in the catalog's order.

    Counted as `compliance` counts its whole. NotFound for a unit outside the scope.
    """
    node, units = unit(scope, org, day), tree(day)
    known, place = every_unit(units, day), _place(units, node)
    found = []
    for duty in known.known.catalog.duties:
        counted = [_counted(known, roll, period, day, duty, place, []) for roll in known.rolls]
        row = _row(node, counted, 0, is_leaf=place.high - place.low < 2)
        if row.units.by_state or row.persons.obliged != 0:
            found.append((duty, row))
    return tuple(found)


def own_persons(scope: Scope, org: OrgId, year: Period, day: date) -> Iterator[tuple[str, Period, PersonsRate]]:
    """What the persons of the unit itself owe in a year, duty by duty and period by period; upon events by the year.

    Withheld as `compliance` withholds it. NotFound for a unit outside the scope.
    """
    node, units = unit(scope, org, day), tree(day)
    known, place = every_unit(units, day), _place(units, node, own=True)
    for roll in known.rolls:
        low, high = np.searchsorted(roll.rank, (place.low, place.high))
        for together in _together(known, roll, year, day, None) if roll.kind != "unit" and low < high else ():
            if any(np.searchsorted(block.bearer, high) > np.searchsorted(block.bearer, low) for block in together):
                found = _sum_of(known, roll, [together], day, place, [place])
                period = together[0].period if together[0].terms.upon is None else year
                yield together[0].duty, period, _rate([found], 0)


class Place(NamedTuple):
    """Units of the ranks [low, high): one with all beneath it, or (`own`) its own part alone."""

    low: int
    high: int
    own: bool = False


def _place(units: Tree, node: Node, *, own: bool = False) -> Place:
    low = units.at[node.org]
    return Place(low, low + (1 if own else len(units.subtree(node.path))), own)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one roll owes, a row a part and the whole last: by state, settled, done, late; where some is `hidden`.

    `who` are the persons obliged: rows of a part and a person's code.
    """

    states: Column
    settled: Column
    done: Column
    late: Column
    hidden: Column
    who: Column

    @classmethod
    def nothing(cls, rows: int) -> "_Counted":
        settled, done, late = np.zeros((3, rows), np.int64)
        states, who = np.zeros((rows, len(STATES)), np.int64), np.zeros((0, 2), np.int64)
        return cls(states, settled, done, late, np.zeros(rows, bool), who)


def _counted(
    known: EveryUnit, roll: Roll, period: Period, day: date, duty: str | None, whole: Place, parts: Sequence[Place]
) -> _Counted:
    """The obligations of a roll in each part and in the whole; of persons what is told there and no more."""
    return _sum_of(known, roll, _together(known, roll, period, day, duty), day, whole, parts)


def _sum_of(
    known: EveryUnit,
    roll: Roll,
    asked: Iterable[tuple[Block, ...]],
    day: date,
    whole: Place,
    parts: Sequence[Place],
) -> _Counted:
    low, high = np.searchsorted(roll.rank, (whole.low, whole.high))
    segment = _segments(roll.rank[low:high], parts)
    found = _Counted.nothing(len(parts) + 1)
    anybody = np.append(np.bincount(segment, minlength=len(parts))[: len(parts)], high - low) > 0
    owing = np.zeros((2, high - low), bool)  # told of in its part, in the whole
    for together in asked:
        told = _told(known, roll, together, whole, parts)
        found.hidden[~told & anybody] = True
        for block in together:
            at = slice(*np.searchsorted(block.bearer, (low, high)))
            if at.start == at.stop:  # nobody here: most days' events are elsewhere
                continue
            here = block.bearer[at] - low
            obliged = here[block.need[at] > 0]
            owing[0][obliged[_in_parts(told)[segment[obliged]]]] = True
            owing[1][obliged] |= told[-1]
            _add(found, block, at, segment[here], day, told, persons=roll.kind != "unit")
    codes = roll.who[low:high]
    in_parts, in_whole = _once(segment[owing[0]], codes[owing[0]]), np.unique(codes[owing[1]])
    last = np.stack((np.full(len(in_whole), len(parts)), in_whole), axis=1)
    return replace(found, who=np.concatenate((in_parts, last)))


def _in_parts(told: Column) -> Column:
    """Whether each part is told of; never what lies in none of them."""
    return np.append(told[:-1], False)


def _add(found: _Counted, block: Block, at: slice, where: Column, day: date, told: Column, *, persons: bool) -> None:
    """Count a block in each part that is told of, and in the whole if it is; of persons those alone who owe."""
    states = block.states(day, at)
    counts = block.need[at] > 0 if persons else np.ones(len(states), bool)
    cells = _sums(where[counts] * len(STATES) + states[counts], found.states.size).reshape(found.states.shape)
    found.states[:] += _with_whole(cells, told)
    if block.deadline.grace.end < day:
        met = np.isin(states, DONE)
        for sums, chosen in (
            (found.settled, ~np.isin(states, NOT_OWED)),
            (found.done, met),
            (found.late, met & (block.late[at] > 0)),
        ):
            sums[:] += _with_whole(_sums(where[chosen], len(sums)), told)


def _told(known: EveryUnit, roll: Roll, together: Sequence[Block], whole: Place, parts: Sequence[Place]) -> Column:
    """For each part and for the whole, whether what these blocks ask of it is told."""
    if roll.kind == "unit":
        return np.ones(len(parts) + 1, bool)
    told = known.told(roll, together)
    ways = [told.of_own(part.low) if part.own else told.of_whole(part.low) for part in parts]
    return np.array([*ways, told.of_whole(whole.low)], bool)


def _together(known: EveryUnit, roll: Roll, period: Period, day: date, duty: str | None) -> Iterator[tuple[Block, ...]]:
    """The blocks that touch the period; of what persons owe upon events, those of a year together, and of every year
    that it touches: told day by day they would be one person each."""
    upon_events: dict[tuple[str, int], list[Block]] = defaultdict(list)
    for year in range(period.start.year, period.end.year + 1):
        for block in known.blocks(roll, year, duty):
            touches = block.period.start <= period.end and block.period.end >= period.start
            if block.terms.upon is None:
                if touches:
                    yield (block,)
            elif block.period.start <= day and (touches or roll.kind != "unit"):  # an event is waited for
                upon_events[block.duty, year].append(block)
    yield from map(tuple, upon_events.values())


def _segments(rank: Column, places: Sequence[Place]) -> Column:
    """In which of the places each rank lies; in none of them (under a unit that has ended): one behind the last."""
    found = np.full(len(rank), len(places), np.int64)
    for number, place in enumerate(places):
        start, end = np.searchsorted(rank, (place.low, place.high))
        found[start:end] = number
    return found


def _once(place: Column, who: Column) -> Column:
    """Each person once at each place, as rows of a place and the person's code (no code is negative)."""
    codes = int(who.max(initial=0)) + 1
    found = np.unique(place * codes + who)  # one number a row sorts several times faster than rows do
    return np.stack(np.divmod(found, codes), axis=1)


def _sums(where: Column, count: int) -> Column:
    return np.bincount(where, minlength=count)[:count]


def _with_whole(counts: Column, told: Column) -> Column:
    """The counts of the parts told of, and last the sum of all if the whole is."""
    kept = counts * (_in_parts(told) if counts.ndim == 1 else _in_parts(told)[:, None])
    kept[-1] = counts.sum(axis=0) * told[-1]
    return np.asarray(kept)


def _row(node: Node, counted: Sequence[_Counted], at: int, *, is_leaf: bool) -> ComplianceRow:
    units, *persons = counted
    return ComplianceRow(node, _kept([units], at), _rate(persons, at), is_leaf)


def _rate(persons: Sequence[_Counted], at: int) -> PersonsRate:
    obliged = len(np.unique(np.concatenate([one.who[one.who[:, 0] == at, 1] for one in persons])))
    hidden = any(bool(one.hidden[at]) for one in persons)
    return persons_rate(obliged, _kept(persons, at), hidden=hidden)


def _kept(counted: Iterable[_Counted], at: int) -> Kept:
    every = tuple(counted)
    sums = sum(one.states[at] for one in every)
    by_state: dict[State, int] = {state: int(count) for state, count in zip(STATES, sums, strict=True) if count}
    settled, done, late = (sum(int(getattr(one, name)[at]) for one in every) for name in ("settled", "done", "late"))
    return Kept(by_state, settled, done, late)


def persons_rate(obliged: int, found: Kept, *, hidden: bool) -> PersonsRate:
    """The rate of so many persons of whom is told; withheld where nobody is told of and somebody may owe."""
    if obliged == 0:
        return PersonsRate(None, None) if hidden else PersonsRate(0, None)
    return PersonsRate(obliged, found)
