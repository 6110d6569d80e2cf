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
from gangmu.duties.kept import FEWEST, Kept, kept
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
    """One period of a duty of persons, seen from above: only how many; `kept` None where fewer than FEWEST owe."""

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
    found = standing(scope, org, Period.of_year(year), Known(day, size))
    open_to_all = sees_persons(scope, org)
    single = [one for one in found if _told_singly(one.obligation.bearer, open_to_all, person)]
    together = [one for one in found if one.obligation.bearer.kind != "unit"] if not open_to_all else []
    return (*_singly(single), *_together(together))


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


def _together(found: Iterable[Status]) -> Iterator[DutyYear]:
    rows: dict[str, dict[Period, list[Status]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        rows[one.obligation.duty][one.obligation.period].append(one)
    for duty, periods in rows.items():
        persons = tuple(_persons(period, statuses) for period, statuses in sorted(periods.items()))
        yield DutyYear(catalog().duties[duty].duty, None, persons=persons)


def _persons(period: Period, statuses: list[Status]) -> PersonsPeriod:
    obliged = len({one.obligation.bearer.person for one in statuses if one.obligation.need is not None})
    return PersonsPeriod(period, obliged, kept(statuses)) if obliged >= FEWEST else PersonsPeriod(period, None, None)
