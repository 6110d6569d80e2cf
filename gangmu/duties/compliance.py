"""How the units under a unit keep their duties: counted by state, the rate met, and the late share beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from gangmu.catalog.duties.definitions import State
from gangmu.duties.at_size.blocks import CODE, STATES, Block
from gangmu.duties.at_size.roll import Roll
from gangmu.duties.every_unit import EveryUnit, every_unit
from gangmu.duties.kept import FEWEST, Kept
from gangmu.indicators.postings import Column, once_each
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.orgs.queries import Node, Tree, children, tree, unit

DONE = (CODE["met"], CODE["met_late"])
NOT_OWED = (CODE["waived"], CODE["not_applicable"])


@dataclass(frozen=True, slots=True)
class PersonsRate:
    """Duties of persons in a subtree, as a rate alone; `kept` None where it is withheld or nobody owes."""

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

    Rates of persons are withheld where fewer than FEWEST owe, and where they would follow from their siblings.
    NotFound for a unit outside the scope.
    """
    node, below = unit(scope, org, day), children(scope, org, day)
    units = tree(day)
    places = [_place(units, node, own=True), *(_place(units, child) for child in below)]
    known = every_unit(units, day)
    counted = [_counted(known, roll, period, day, duty, places) for roll in known.rolls]
    own, *rows = hidden_together([
        _row(one, counted, at, is_leaf=places[at][1] - places[at][0] < 2) for at, one in enumerate((node, *below))
    ])  # fmt: skip
    whole = _row(node, counted, len(places), is_leaf=not below)
    return Compliance(whole, replace(own, is_leaf=not below), tuple(rows))


def by_duty(scope: Scope, org: OrgId, period: Period, day: date) -> tuple[tuple[str, ComplianceRow], ...]:
    """The unit with all beneath it, once for each duty that somebody there owes, in the catalog's order.

    Counted as `compliance` counts its whole. NotFound for a unit outside the scope.
    """
    node, units = unit(scope, org, day), tree(day)
    known, place = every_unit(units, day), _place(units, node)
    found = []
    for duty in known.known.catalog.duties:
        counted = [_counted(known, roll, period, day, duty, [place]) for roll in known.rolls]
        row = _row(node, counted, 0, is_leaf=place[1] - place[0] < 2)
        if row.units.by_state or row.persons.obliged != 0:
            found.append((duty, row))
    return tuple(found)


Place = tuple[int, int]  # ranks [low, high)


def _place(units: Tree, node: Node, *, own: bool = False) -> Place:
    low = units.at[node.org]
    return low, low + (1 if own else len(units.subtree(node.path)))


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one roll owes, a row a place and the whole last: by state, settled, done, late.

    `who` are the persons obliged: rows of a place and a person's code.
    """

    states: Column
    settled: Column
    done: Column
    late: Column
    who: Column


def _counted(
    known: EveryUnit, roll: Roll, period: Period, day: date, duty: str | None, places: Sequence[Place]
) -> _Counted:
    """The obligations of a roll at each place and, last, at all of them."""
    low, high = np.searchsorted(roll.rank, (places[0][0], max(end for _, end in places)))
    segment = _segments(roll.rank[low:high], places)
    states = np.zeros((len(places) + 1, len(STATES)), np.int64)
    settled, done, late = (np.zeros(len(places) + 1, np.int64) for _ in range(3))
    owing = np.zeros(high - low, bool)
    for block in _touching(known, roll, period, day, duty):
        at = slice(*np.searchsorted(block.bearer, (low, high)))
        if at.start == at.stop:  # nobody here: most days' events are elsewhere
            continue
        here, found = block.bearer[at] - low, block.states(day, at)
        owing[here[block.need[at] > 0]] = True
        where = segment[here]
        states += _sums(where * len(STATES) + found, states.size).reshape(states.shape)
        if block.deadline.grace.end < day:
            met = np.isin(found, DONE)
            settled += _sums(where[~np.isin(found, NOT_OWED)], len(settled))
            done += _sums(where[met], len(done))
            late += _sums(where[met & (block.late[at] > 0)], len(late))
    who = _once(segment[owing], roll.who[low:high][owing])
    return _Counted(_with_whole(states), _with_whole(settled), _with_whole(done), _with_whole(late), who)


def _touching(known: EveryUnit, roll: Roll, period: Period, day: date, duty: str | None) -> Iterator[Block]:
    for year in range(period.start.year, period.end.year + 1):
        for block in known.blocks(roll, year, duty):
            begun = block.terms.upon is None or block.period.start <= day  # what begins by an event waits for it
            if begun and block.period.start <= period.end and block.period.end >= period.start:
                yield block


def _segments(rank: Column, places: Sequence[Place]) -> Column:
    """In which of the places each rank lies; in none of them (under a unit that has ended): the last, uncounted one."""
    found = np.full(len(rank), len(places), np.int64)
    for number, (low, high) in enumerate(places):
        start, end = np.searchsorted(rank, (low, high))
        found[start:end] = number
    return found


def _once(place: Column, who: Column) -> Column:
    """Each person once at each place, as rows of a place and the person's code (no code is negative)."""
    codes = int(who.max(initial=0)) + 1
    found = once_each(place * codes + who)  # one number a row sorts several times faster than rows do
    return np.stack(np.divmod(found, codes), axis=1)


def _sums(where: Column, count: int) -> Column:
    return np.bincount(where, minlength=count)[:count]


def _with_whole(column: Column) -> Column:
    """The last row as the sum of all."""
    return np.concatenate([column[:-1], column.sum(axis=0, keepdims=True)])


def _row(node: Node, counted: Sequence[_Counted], at: int, *, is_leaf: bool) -> ComplianceRow:
    units, *persons = counted
    return ComplianceRow(node, _kept([units], at), persons_rate(_obliged(persons, at), _kept(persons, at)), is_leaf)


def _obliged(counted: Sequence[_Counted], at: int) -> int:
    """How many different persons owe at a place, whichever rolls they stand in; in all for the row of the whole."""
    last = len(counted[0].settled) - 1
    return len(once_each(np.concatenate([one.who[(one.who[:, 0] == at) | (at == last), 1] for one in counted])))


def _kept(counted: Iterable[_Counted], at: int) -> Kept:
    every = tuple(counted)
    sums = sum(one.states[at] for one in every)
    by_state: dict[State, int] = {state: int(count) for state, count in zip(STATES, sums, strict=True) if count}
    settled, done, late = (sum(int(getattr(one, name)[at]) for one in every) for name in ("settled", "done", "late"))
    return Kept(by_state, settled, done, late)


def persons_rate(obliged: int, found: Kept) -> PersonsRate:
    """The rate of so many persons, withheld where they are too few."""
    if obliged == 0:
        return PersonsRate(0, None)
    return PersonsRate(None, None) if obliged < FEWEST else PersonsRate(obliged, found)


def hidden_together(rows: list[ComplianceRow]) -> list[ComplianceRow]:
    """Withhold the smallest besides where one row alone is withheld: else it is the whole less the others."""
    hidden = [at for at, row in enumerate(rows) if row.persons.withheld]
    shown = [at for at, row in enumerate(rows) if row.persons.obliged]
    if len(hidden) != 1 or not shown:
        return rows
    least = min(shown, key=lambda at: rows[at].persons.obliged or 0)
    hide = replace(rows[least], persons=PersonsRate(None, None))
    return [hide if at == least else row for at, row in enumerate(rows)]
