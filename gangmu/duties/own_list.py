"""One's own responsibility list: every duty on it, how its periods stand, and the records that discharge it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.obligations import Bearer, takes
from gangmu.catalog.duties.responsibilities import Responsibilities
from gangmu.catalog.duties.states import Status
from gangmu.duties.bearers import sees_persons
from gangmu.duties.known import Known
from gangmu.duties.standing import borne
from gangmu.duties.year import DutyYear, period_of
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope

Borne = Mapping[tuple[str, str], Sequence[Status]]  # by bearer's id and duty


@dataclass(frozen=True, slots=True)
class OwnList:
    """A list as it stands for the `bearer` whose it is: the unit, a holder of a post, or a member.

    `duties` stand in the order of the list. Each says who bears it: a secretary's list has what the unit owes too. One
    without periods is not owed this year, or waits for an event that has not come.
    """

    responsibilities: Responsibilities
    bearer: Bearer
    duties: tuple[DutyYear, ...]


def responsibilities(
    scope: Scope, org: OrgId, person: PersonId | None, day: date, size: int | None = None
) -> tuple[OwnList, ...]:
    """The lists of the `person` asking at the unit, one for each post and membership; of the unit itself without one.

    Duties stand for the year of `day`, as they stand on it; `size`: as known by the first so many facts. Empty where no
    list of the catalog is theirs. NotFound for a unit outside the scope; Refused for a size never reached.
    """
    bearers, known = _known(scope, org, Known(day, size))
    return tuple(_lists([one for one in bearers if _is_asked(one, person)], bearers, known))


def unit_lists(scope: Scope, org: OrgId, day: date) -> tuple[OwnList, ...]:
    """The unit's own lists, and for whoever keeps its books those of the holders of its posts; never those of members.

    NotFound for a unit outside the scope.
    """
    bearers, known = _known(scope, org, Known(day))
    kinds = ("unit", "post") if sees_persons(scope, org) else ("unit",)
    return tuple(_lists([one for one in bearers if one.kind in kinds], bearers, known))


def _known(scope: Scope, org: OrgId, known: Known) -> tuple[Sequence[Bearer], Borne]:
    """Everybody who may owe at the unit, and what each of them owes in the year of the day."""
    bearers, statuses = borne(scope, org, Period.of_year(known.on.year), known)
    found: dict[tuple[str, str], list[Status]] = defaultdict(list)
    for one in statuses:
        found[one.obligation.bearer.id, one.obligation.duty].append(one)
    return bearers, found


def _lists(whose: Iterable[Bearer], bearers: Sequence[Bearer], known: Borne) -> Iterator[OwnList]:
    """The lists that are theirs. A list of a post or a membership has what its person owes otherwise there, too."""
    units = [one for one in bearers if one.kind == "unit"]
    for bearer in whose:
        same = [one for one in bearers if one.kind != "unit" and one.person == bearer.person]
        for listed in catalog().responsibilities.values():
            if takes(listed.whose, bearer):
                yield OwnList(listed, bearer, tuple(_duties(listed, [bearer, *same, *units], known)))


def _is_asked(bearer: Bearer, person: PersonId | None) -> bool:
    return bearer.kind == "unit" if person is None else bearer.person == person


def _duties(listed: Responsibilities, those: Sequence[Bearer], known: Borne) -> Iterator[DutyYear]:
    """Each duty on the list with the first of `those` who bears it: the post itself before another of its holder."""
    for key in listed.duties:
        duty = catalog().duties.get(key)
        if duty is None:  # switched off in this place
            continue
        kind = duty.terms[-1].row.owed_by.bearer
        bearer = next((one for one in those if one.kind == kind), None)
        if bearer is not None:
            yield DutyYear(duty.duty, bearer, tuple(map(period_of, _of(bearer, key, known))))


def _of(bearer: Bearer, key: str, known: Borne) -> Iterable[Status]:
    return known.get((bearer.id, key), ())
