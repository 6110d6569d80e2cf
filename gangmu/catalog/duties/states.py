"""In which state an obligation stands on a day, by the facts known then: one of eight, and why.

A deed counts whenever its record arrives: a late record turns missed into met, and nothing learned later about a deed
that stands turns met into anything else. Met late is what was done after the deadline, not what was written down late.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gangmu.catalog.duties.definitions import State
from gangmu.catalog.duties.obligations import Bearer, Deed, Obligation, credited
from gangmu.catalog.duties.terms import Tally, Terms
from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.evaluate import Row, Stated, Unit, World, number, stated, true_of_fact

OPEN_STATES: frozenset[State] = frozenset({"due", "grace", "missed"})


@dataclass(frozen=True, slots=True)
class Waiver:
    """A duty of one bearer waived for one period, with the reason and who approved it."""

    duty: str
    bearer: str
    period_start: date
    reason: str
    approver: str


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an obligation on a day.

    `have` is how much was done of what is owed, `met_on` the day on which it was reached, `evidence` the ids of the
    facts up to there and `late_records` how many of them were recorded late; `waiver` what stands behind waived.
    """

    obligation: Obligation
    state: State
    on: date
    have: Decimal
    met_on: date | None = None
    evidence: tuple[str, ...] = ()
    late_records: int = 0
    waiver: Waiver | None = None


def known_by(deeds: Iterable[Deed], received: int) -> tuple[Deed, ...]:
    """The deeds whose records had arrived by that moment (milliseconds)."""
    return tuple(deed for deed in deeds if deed.row.received <= received)


def status(
    one: Obligation,
    deeds: Iterable[Deed],
    on: date,
    waivers: Iterable[Waiver] = (),
    units: Mapping[str, Unit] | None = None,
) -> Status:
    """The state of `one` on the day `on`, by the deeds and waivers known.

    `units` are the units beneath the bearer's own, asked only where deeds beneath count.
    """
    if one.need is None:
        return Status(one, "not_applicable", on, Decimal(0))
    places = {**(units or {}), one.bearer.unit.org: one.bearer.unit}
    own = sorted((deed.row for deed in deeds if discharges(one, deed, on, places)), key=lambda row: row.order)
    have, enough = _reach(one, own)
    if enough:
        met_on = enough[-1].day
        state: State = "met" if met_on <= one.due.end else "met_late"
        evidence, late = tuple(row.id for row in enough), sum(row.late for row in enough)
        return Status(one, state, on, have, met_on, evidence, late)
    evidence, late = tuple(row.id for row in own), sum(row.late for row in own)
    waiver = next((waiver for waiver in waivers if _waives(waiver, one)), None)
    return Status(one, "waived" if waiver else _standing(one, on), on, have, None, evidence, late, waiver)


def _standing(one: Obligation, on: date) -> State:
    """How it stands while nothing has discharged it."""
    if on < one.opens:
        return "not_yet_due"
    if on <= one.due.end:
        return "due"
    return "grace" if on <= one.grace_end else "missed"


def _waives(waiver: Waiver, one: Obligation) -> bool:
    named = (waiver.duty, waiver.bearer, waiver.period_start)
    return named == (one.duty, one.bearer.id, one.period.start) and one.terms.row.waived_by != "nobody"


def discharges(one: Obligation, deed: Deed, on: date, places: Mapping[str, Unit]) -> bool:
    """Whether a deed counts for the obligation: of its days, its bearer's own, about the same, as the duty says."""
    row, tally = deed.row, one.terms.tally
    return (
        row.kind == tally.kind
        and row.day in one.window
        and row.day <= on
        and (one.about is None or row.about == one.about)
        and (credited(one.terms, one.bearer, deed) or _beneath(one.terms, one.bearer, row, places))
        and true_of_fact(tally.where, row, World((), places))
    )


def _beneath(terms: Terms, bearer: Bearer, row: Row, places: Mapping[str, Unit]) -> bool:
    unit = places.get(row.org)
    return "beneath" in terms.row.discharge.credit and unit is not None and unit.path.startswith(bearer.unit.path)


def _reach(one: Obligation, rows: list[Row]) -> tuple[Decimal, tuple[Row, ...]]:
    """How much the rows come to, and those up to the one with which enough was done; empty: it was not."""
    have, seen, enough = Decimal(0), set[object](), tuple[Row, ...]()
    for at, row in enumerate(rows):
        have += _worth(one.terms, row, seen)
        if not enough and one.need is not None and have >= one.need:
            enough = tuple(rows[: at + 1])
    return have, enough


def _worth(terms: Terms, row: Row, seen: set[object]) -> Decimal:
    """What one more row adds: nothing where its like was seen."""
    if isinstance(terms.tally, nodes.Sum):
        return number(row.body.get(terms.tally.field)) or Decimal(0)
    like = _likeness(terms.tally, row, terms.row.discharge.once_per)
    if like is None or like in seen:
        return Decimal(0)
    seen.add(like)
    return Decimal(1)


def _likeness(tally: Tally, row: Row, once_per: tuple[str, ...]) -> object:
    if isinstance(tally, nodes.Distinct):
        return _told(stated(row, tally))
    alike: dict[str, object] = {"about": row.about, "day": row.day, "org": row.org}
    return tuple(alike[word] for word in once_per) if once_per else row.id


def _told(value: Stated | date) -> object:
    return tuple(value) if isinstance(value, list) else value
