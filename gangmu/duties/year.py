"""A unit's year: each duty with its periods, how they stand and what discharged them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.definitions import Duty, State
from gangmu.catalog.duties.obligations import Bearer
from gangmu.catalog.duties.states import Status
from gangmu.duties.bearers import sees_persons
from gangmu.duties.compliance import PersonsRate, own_persons
from gangmu.duties.kept import Kept
from gangmu.duties.known import Known
from gangmu.duties.standing import standing
from gangmu.kernel.ids import FactId, OrgId, PersonId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope


@dataclass(frozen=True, slots=True)
class DutyPeriod:
    """One period (or event) of a duty as it stands: `have` of `need` was done by the facts `evidence`.

    `late_records` of these came late. `status` is the whole of it, for explaining the deadline.
    """

    period: Period
    state: State
    due: date
    grace_end: date
    need: Decimal | None
    have: Decimal
    met_on: date | None
    evidence: tuple[FactId, ...]
    late_records: int
    status: Status


@dataclass(frozen=True, slots=True)
class PersonsPeriod:
    """One period of a duty of persons, seen from above: only how many; neither where it is withheld.

    What they owe upon events is told by the year.
    """

    period: Period
    obliged: int | None
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class DutyYear:
    """A duty over a year: of one `bearer` with its `periods`, or of all persons who owe it with `persons` alone."""

    duty: Duty
    bearer: Bearer | None
    periods: tuple[DutyPeriod, ...] = ()
    persons: tuple[PersonsPeriod, ...] = ()


def unit_year(
    scope: Scope, org: OrgId, year: int, day: date, person: PersonId | None = None, size: int | None = None
) -> tuple[DutyYear, ...]:
    """The duties of the unit for the year as they stand on `day`, in the order of the catalog, the unit's own first.

    What single persons owe is told to whoever keeps the unit's books and to the `person` asking; to others only how
    many of the persons did, and that only where at least FEWEST owe. `size`: as known by the first so many facts.
    NotFound for a unit outside the scope.
    """
    open_to_all = sees_persons(scope, org)
    found = standing(
        scope, org, Period.of_year(year), Known(day, size), lambda bearer: _told_singly(bearer, open_to_all, person)
    )
    if open_to_all:
        return tuple(_singly(found))
    return (*_singly(found), *_together(scope, org, Period.of_year(year), day, size))


def _told_singly(bearer: Bearer, open_to_all: bool, person: PersonId | None) -> bool:
    return bearer.kind == "unit" or open_to_all or (person is not None and bearer.person == person)


def _singly(found: Iterable[Status]) -> Iterator[DutyYear]:
    rows: dict[tuple[str, str], list[Status]] = defaultdict(list)
    for one in found:
        rows[one.obligation.duty, one.obligation.bearer.id].append(one)
    for (duty, _), statuses in rows.items():
        yield DutyYear(catalog().duties[duty].duty, statuses[0].obligation.bearer, tuple(map(period_of, statuses)))


def period_of(one: Status) -> DutyPeriod:
    """A status as a cell of the year."""
    owed = one.obligation
    return DutyPeriod(
        owed.period, one.state, owed.due.end, owed.grace_end, owed.need, one.have, one.met_on,
        tuple(map(FactId, one.evidence)), one.late_records, one,
    )  # fmt: skip


def _together(scope: Scope, org: OrgId, year: Period, day: date, size: int | None) -> Iterator[DutyYear]:
    """What persons of the unit owe, as compliance tells it; nothing of an earlier knowledge: the two would differ."""
    rows: dict[str, list[PersonsPeriod]] = defaultdict(list)
    for duty, period, rate in own_persons(scope, org, year, day):
        known_now = rate if size is None else PersonsRate(None, None)
        rows[duty].append(PersonsPeriod(period, known_now.obliged, known_now.kept))
    for duty, periods in rows.items():
        yield DutyYear(catalog().duties[duty].duty, None, persons=tuple(sorted(periods, key=lambda one: one.period)))
