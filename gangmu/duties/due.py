"""What is to be done now: due within some days, or past its deadline with its record still waited for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.definitions import Duty
from gangmu.catalog.duties.obligations import Bearer
from gangmu.catalog.duties.states import Status
from gangmu.catalog.duties.terms import Tally
from gangmu.catalog.expressions import nodes
from gangmu.duties.known import Known
from gangmu.duties.standing import standing
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.orgs.queries import Node, unit

LOOKING_BACK = timedelta(days=366)  # a period that long ago may still be waited for


@dataclass(frozen=True, slots=True)
class RecordedAs:
    """What to record so that it counts: the kind of fact, and the tags to begin with."""

    kind: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do: at which unit, how it stands, and how many days are left (negative: past its deadline).

    `own` says that it is the asking person's own. `until` is the last day on which it can be done or, in grace, put on
    record before it counts as missed.
    """

    duty: Duty
    node: Node
    status: Status
    days_left: int
    until: date
    own: bool
    recorded_as: RecordedAs


def due_for(
    scope: Scope, orgs: Iterable[OrgId], day: date, within_days: int = 7, person: PersonId | None = None
) -> tuple[Due, ...]:
    """What these units, and the `person` asking, have to do by `day + within_days`, nearest deadline first.

    Of the duties of posts and members only the person's own are told. NotFound for a unit outside the scope.
    """
    found = (one for org in dict.fromkeys(orgs) for one in _due_at(scope, org, day, within_days, person))
    return tuple(sorted(found, key=lambda one: (one.status.obligation.due.end, one.node.path, one.duty.key)))


def _due_at(scope: Scope, org: OrgId, day: date, within_days: int, person: PersonId | None) -> Iterator[Due]:
    node, duties = unit(scope, org, day), catalog().duties
    last = day + timedelta(days=within_days)
    for one in standing(scope, org, Period(day - LOOKING_BACK, day), Known(day), partial(_asked, person)):
        if not _calls(one, last):
            continue
        owed, own = one.obligation, one.obligation.bearer.kind != "unit"
        until = owed.grace_end if one.state == "grace" else owed.due.end
        left = (owed.due.end - day).days
        yield Due(duties[owed.duty].duty, node, one, left, until, own, recorded_as(owed.terms.tally))


def _asked(person: PersonId | None, bearer: Bearer) -> bool:
    """Whether the desk tells what the bearer owes: the unit, and of persons the one who asks."""
    return bearer.kind == "unit" or (person is not None and bearer.person == person)


def _calls(one: Status, last: date) -> bool:
    return one.state == "grace" or (one.state == "due" and one.obligation.due.end <= last)


def recorded_as(tally: Tally) -> RecordedAs:
    """What the condition of a discharge asks to be recorded: its kind, and of each choice of tags the first."""
    return RecordedAs(tally.kind, tuple(dict.fromkeys(_tags(tally.where))))


def _tags(condition: nodes.Condition) -> Iterator[str]:
    match condition:
        case nodes.Tagged(str(tag), "fact"):
            yield tag
        case nodes.Every(terms):
            for term in terms:
                yield from _tags(term)
        case nodes.Either(terms):
            yield from next((found for term in terms if (found := list(_tags(term)))), [])
        case _:
            return
