"""The digests of a day: what each account that asked for one is newly told, one for each at most."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.states import Status
from gangmu.duties.queries import Known, standing
from gangmu.kernel.ids import AccountId, OrgId, PersonId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.orgs.permissions import ROLES, Permission, allows
from gangmu.orgs.queries import Tree, granted_units, grants_of, tree
from gangmu.orgs.scope import everything
from gangmu.people.queries import is_open, person_of
from gangmu.reminders.rules import Counts, Whom, newly_told

LOOKING_BACK = timedelta(days=366)  # a period that long ago may still be waited for
AHEAD = timedelta(days=31)  # what begins later is nothing that anybody is told of today
ABOVE: tuple[Whom, ...] = ("parent", "grandparent")


@dataclass(frozen=True, slots=True)
class Line:
    """Open things of one duty at one unit with one deadline. `count`: of so many bearers. `own`: the reader's own."""

    duty: str
    org: OrgId
    due: date
    count: int = 1
    own: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """What an account is newly told on a day: its own and its units' (`here`), and of units beneath."""

    account: AccountId
    here: tuple[Line, ...]
    beneath: tuple[Line, ...]

    @property
    def counts(self) -> Counts:
        own = sum(line.count for line in self.here if line.own)
        return Counts(own, sum(line.count for line in self.here) - own, sum(line.count for line in self.beneath))


@dataclass(slots=True)
class Day:
    """One day's round: what is asked of a unit is asked once, however many are told of it."""

    day: date
    since: date
    scope: Scope = field(default_factory=everything)
    told: dict[OrgId, list[tuple[Status, frozenset[Whom]]]] = field(default_factory=dict)

    def at(self, org: OrgId) -> list[tuple[Status, frozenset[Whom]]]:
        """What somebody is newly told of at a unit."""
        if org not in self.told:
            span = Period(self.day - LOOKING_BACK, self.day + AHEAD)
            found = standing(self.scope, org, span, Known(self.day))
            calendar = catalog().calendar
            self.told[org] = [(one, whom) for one in found if (whom := newly_told(one, calendar, self.since))]
        return self.told[org]


def digests(accounts: Iterable[AccountId], day: date, since: date) -> Iterator[Digest]:
    """The digest of each open account that has anything new to be told, as of the end of `day`."""
    going, units = Day(day, since), tree(day)
    kept = granted_units([role for role in ROLES if allows(role, Permission.RECORD)], day)
    for account in accounts:
        if is_open(account, day):
            found = _digest(account, going, units, kept)
            if found.here or found.beneath:
                yield found


def _digest(account: AccountId, going: Day, units: Tree, kept: frozenset[OrgId]) -> Digest:
    mine = [grant.org for grant in grants_of(account, going.day) if allows(grant.role, Permission.RECORD)]
    mine = [org for org in dict.fromkeys(mine) if (node := units.get(org)) is not None and node.alive]
    person = person_of(account)
    here = [found for org in mine for found in _here(going, org, person)]
    beneath = [found for org in mine for found in _beneath(going, org, units, kept)]
    return Digest(account, tuple(_summed(here)), tuple(_summed(beneath)))


def _here(going: Day, org: OrgId, person: PersonId | None) -> Iterator[Line]:
    """What whoever keeps the unit is told: as its bearer, as the person who owes it, as the secretary."""
    for one, whom in going.at(org):
        bearer = one.obligation.bearer
        own = bearer.kind != "unit" and person is not None and bearer.person == person
        if "secretary" in whom or ("bearer" in whom and (own or bearer.kind == "unit")):
            yield Line(one.obligation.duty, org, one.obligation.due.end, own=own)


def _beneath(going: Day, org: OrgId, units: Tree, kept: frozenset[OrgId]) -> Iterator[Line]:
    """What is told upward of units beneath: never what a person owes."""
    top = units.get(org)
    for node in units.subtree(top.path) if top else ():
        level = _levels(node.org, org, units, kept) if node.org != org and node.alive else None
        if level is None:
            continue
        for one, whom in going.at(node.org):
            if one.obligation.bearer.kind == "unit" and ABOVE[level] in whom:
                yield Line(one.obligation.duty, node.org, one.obligation.due.end)


def _levels(org: OrgId, above: OrgId, units: Tree, kept: frozenset[OrgId]) -> int | None:
    """0 where `above` is the nearest unit over `org` that somebody keeps, 1 where it is the next; else None."""
    over = [node.org for node in reversed(units.above(org)) if node.org in kept]
    return over.index(above) if above in over[: len(ABOVE)] else None


def _summed(found: Iterable[Line]) -> Iterator[Line]:
    """Alike lines as one, the nearest deadline first: of persons no more than how many."""
    counted: Mapping[Line, list[Line]] = defaultdict(list)
    for line in found:
        counted[line].append(line)
    for line, alike in sorted(counted.items(), key=lambda one: (one[0].due, one[0].duty, one[0].org)):
        yield Line(line.duty, line.org, line.due, len(alike), line.own)
