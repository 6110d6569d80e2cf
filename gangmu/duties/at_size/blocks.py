"""Obligations as columns: a block for each period of a duty, or for each day on which events began it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from gangmu.catalog.dated import row_on
from gangmu.catalog.duties.definitions import MONTHS, State
from gangmu.catalog.duties.obligations import Deadline, deadline_of_event, deadline_of_period, periods
from gangmu.catalog.duties.terms import CompiledDuty, Demand, Terms
from gangmu.catalog.expressions import nodes
from gangmu.duties.at_size.credit import Credit, Ground, Pairs, credit_of, done_by, of_unit, spread
from gangmu.duties.at_size.deeds import MILLION, Deeds, Wanted
from gangmu.duties.at_size.reached import NEVER, Done, Reached, reached
from gangmu.duties.at_size.roll import Roll
from gangmu.indicators.postings import Column, days, on_day, once_each
from gangmu.kernel.periods import Period
from gangmu.kernel.working_days import Calendar

STATES: tuple[State, ...] = (
    "not_yet_due", "due", "grace", "met", "met_late", "missed", "waived", "not_applicable"
)  # fmt: skip
CODE = {state: code for code, state in enumerate(STATES)}
ANY = -3  # no code of a text: a deed about whatever will do
Read = Callable[[Wanted], Deeds]


@dataclass(frozen=True, slots=True)
class Block:
    """One period of a duty for all who owe it, ascending by their place `bearer` in the roll.

    `need` counts millionths (0: nothing is owed), `on` is the day on which it was reached (NEVER: not yet), `late` how
    many of the records up to there came late.
    """

    duty: str
    terms: Terms
    period: Period
    deadline: Deadline
    bearer: Column
    need: Column
    on: Column
    late: Column
    waived: Column

    def states(self, on: date, at: slice = slice(None)) -> Column:
        """The state of each on a day, as codes of STATES."""
        day, due, met_on = days(on), days(self.deadline.due.end), self.on[at]
        standing = CODE[_standing(self.deadline, on)]
        found = np.where(self.waived[at], CODE["waived"], standing).astype(np.int8)
        found[met_on <= day] = CODE["met_late"]
        found[met_on <= min(day, due)] = CODE["met"]
        found[self.need[at] == 0] = CODE["not_applicable"]
        return found


def _standing(deadline: Deadline, on: date) -> State:
    if on < deadline.opens:
        return "not_yet_due"
    if on <= deadline.due.end:
        return "due"
    return "grace" if on <= deadline.grace.end else "missed"


class Event(NamedTuple):
    """What began on one day: for whom, and about what their deeds must be (None: it does not matter)."""

    day: date
    bearer: Column
    about: Column | None


@dataclass(frozen=True, slots=True)
class Asking:
    """What blocks are made from: who may owe, the tree, the calendar, how facts are read.

    `waived`: the places in the roll of those for whom a duty was waived, by its key and the period's first day.
    """

    roll: Roll
    ground: Ground
    calendar: Calendar
    read: Read
    waived: Mapping[tuple[str, date], Sequence[int]] = field(default_factory=dict)


def blocks(duty: CompiledDuty, asking: Asking, span: Period) -> Iterator[Block]:
    """All obligations by a duty for the periods that touch `span`, and upon the events in it."""
    for terms in duty.terms:
        owing = asking.roll.owing(terms.row)
        if not owing.any():
            continue
        wanted = wanted_by(terms)
        deeds = asking.read(wanted)
        credit = credit_of(terms.row, asking.roll, owing, deeds, asking.ground)
        yield from _periodic(duty, terms, asking, owing, deeds, credit, span)
        if terms.upon:
            yield from _upon(duty, terms, asking, owing, deeds, span)


def wanted_by(terms: Terms) -> Wanted:
    """The facts that discharge a row, with what has to be known of them."""
    given = terms.row.discharge
    about = "person" in given.credit or "about" in given.once_per or given.same_about
    by_post = terms.row.owed_by.bearer == "post"
    return Wanted(terms.tally, about, by_post, by_post and "post" in given.credit)


def _periodic(
    duty: CompiledDuty, terms: Terms, asking: Asking, owing: Column, deeds: Deeds, credit: Credit, span: Period
) -> Iterator[Block]:
    for every in dict.fromkeys(demand.every for demand in terms.demands):
        for period in periods(every, span) if every else ():
            demand = row_on(terms.demands, period.start)
            if demand and demand.every == every and row_on(duty.terms, period.start) is terms:
                bearer = np.flatnonzero(owing & asking.roll.stood(period))
                deadline = deadline_of_period(terms.row, demand, period, asking.calendar)
                need = _need(duty.duty.key, terms, demand, asking.roll, period)[bearer]
                found = _reached(terms, asking.roll, bearer, need, deeds, credit, deadline.window)
                yield _block(duty, asking, terms, period, deadline, bearer, need, found)


def _block(
    duty: CompiledDuty,
    asking: Asking,
    terms: Terms,
    period: Period,
    deadline: Deadline,
    bearer: Column,
    need: Column,
    found: Reached,
) -> Block:
    waived = np.zeros(len(bearer), bool)
    if terms.row.waived_by != "nobody":
        waived = np.isin(bearer, asking.waived.get((duty.duty.key, period.start), ()))
    return Block(duty.duty.key, terms, period, deadline, bearer, need, found.on, found.late, waived)


def _need(key: str, terms: Terms, demand: Demand, roll: Roll, period: Period) -> Column:
    """How much each owes, in millionths; 0 for nothing."""
    row = terms.row
    need = np.full(len(roll), int(demand.least * MILLION), np.int64)
    if row.for_each == "group":
        need = need * roll.groups
    if row.pro_rata and demand.every:
        need = need * roll.whole_months(period) // (MONTHS[demand.every] * MILLION) * MILLION
    need[roll.exempt(key, row.exempt, period)] = 0
    return need


def _reached(
    terms: Terms, roll: Roll, bearer: Column, need: Column, deeds: Deeds, credit: Credit, window: Period
) -> Reached:
    """When each reached what it owes: those with deeds of their own by these, the others by their unit's."""
    inside = (deeds.day >= days(window.start)) & (deeds.day <= days(window.end))
    on, late = np.full(len(bearer), NEVER, np.int64), np.zeros(len(bearer), np.int64)
    apart = credit.apart[bearer]
    pool = credit.pool[inside[credit.pool]]
    own = inside[credit.own.deed]
    parts = (
        (~apart, _done(terms, deeds, Pairs(deeds.rank[pool], pool)), roll.rank[bearer]),
        (apart, _done(terms, deeds, Pairs(credit.own.bearer[own], credit.own.deed[own])), bearer),
    )
    for chosen, done, group in parts:
        on[chosen], late[chosen] = reached(done, group[chosen], need[chosen])
    return Reached(on, late)


def _done(terms: Terms, deeds: Deeds, pairs: Pairs) -> Done:
    return done_by(pairs.bearer, pairs.deed, deeds, terms.row, distinct=isinstance(terms.tally, nodes.Distinct))


def _upon(
    duty: CompiledDuty, terms: Terms, asking: Asking, owing: Column, deeds: Deeds, span: Period
) -> Iterator[Block]:
    """A block for each day on which something happened upon which somebody owes."""
    assert terms.upon is not None
    roll, post = asking.roll, asking.roll.kind == "post"
    events = asking.read(Wanted(terms.upon, about=True, named=post, by_post=post))
    begun = _pairs(terms, roll, owing, events, None)
    day = events.day[begun.deed]
    counts = (roll.since[begun.bearer] <= day) & (day < roll.until[begun.bearer])
    counts &= (day >= days(span.start)) & (day <= days(span.end))
    begun, day = Pairs(begun.bearer[counts], begun.deed[counts]), day[counts]
    about = deeds.about.where(events.about.dictionary.to_pylist()) if terms.row.discharge.same_about else None
    done = _pairs(terms, roll, np.isin(np.arange(len(roll)), begun.bearer), deeds, asking.ground)
    for one in once_each(day):
        if row_on(duty.terms, on_day(one)) is terms:
            at = np.flatnonzero(day == one)
            codes = events.about.codes[begun.deed[at]]
            wanted = None if about is None or not len(about) else np.where(codes < 0, ANY, about[np.maximum(codes, 0)])
            yield _of_day(duty, terms, asking, Event(on_day(one), begun.bearer[at], wanted), deeds, done)


def _of_day(duty: CompiledDuty, terms: Terms, asking: Asking, event: Event, deeds: Deeds, done: Pairs) -> Block:
    """What began on one day: each with the deeds of its bearer from that day on, about the same where that is asked."""
    deadline = deadline_of_event(terms.row, event.day, asking.calendar)
    period = Period(event.day, event.day)
    need = _need(duty.duty.key, terms, terms.demands[0], asking.roll, period)[event.bearer]
    low, high = (np.searchsorted(done.bearer, event.bearer, side) for side in ("left", "right"))
    owner, at = spread(low, high)
    counts = deeds.day[done.deed[at]] >= days(event.day)
    if event.about is not None:
        counts &= (event.about[owner] == ANY) | (deeds.about.codes[done.deed[at]] == event.about[owner])
    found = _done(terms, deeds, Pairs(owner[counts], done.deed[at[counts]]))
    return _block(duty, asking, terms, period, deadline, event.bearer, need, reached(found, np.arange(len(need)), need))


def _pairs(terms: Terms, roll: Roll, owing: Column, deeds: Deeds, ground: Ground | None) -> Pairs:
    """Everybody who owes with every deed that is theirs, the unit's too, by bearer; beneath only with a `ground`."""
    credit = credit_of(terms.row, roll, owing, deeds, ground)
    unit = of_unit(np.flatnonzero(owing & ~credit.apart), roll, deeds, credit.pool)
    bearer, deed = (np.concatenate(both) for both in zip(credit.own, unit, strict=True))
    order = np.argsort(bearer, kind="stable")
    return Pairs(bearer[order], deed[order])
