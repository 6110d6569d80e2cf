"""Who may waive what, and what was waived and granted at a unit, each with the fact that says so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from gangmu.catalog.duties.definitions import MONTHS, DutyRow
from gangmu.catalog.duties.obligations import periods
from gangmu.duties.bearers import sees_persons
from gangmu.duties.every_unit import standing_grants
from gangmu.duties.granted import EXEMPTED, WAIVED
from gangmu.kernel.ids import AccountId, FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs.permissions import Permission, allows, may
from gangmu.orgs.queries import above, tree, unit


@dataclass(frozen=True, slots=True)
class GrantMade:
    """A waiver or an exemption on request that stands, with the `fact` that says so and the account that recorded it.

    `first` is the first day of the period that was waived, or the day from which the bearer is exempt; `until` the last
    day of an exemption that ends. `reason` is a word of the kind of fact, empty where none was given.
    """

    fact: FactId
    kind: str
    org: OrgId
    duty: str
    bearer: str
    first: date
    until: date | None
    reason: str
    actor: AccountId
    recorded: date


def may_waive(scope: Scope, row: DutyRow, org: OrgId) -> bool:
    """Whether the asker waives such a duty of a bearer at the unit: the row says who does."""
    if row.waived_by == "nobody" or not may(scope, Permission.RECORD, org):
        return False
    return row.waived_by == "secretary" or stands_above(scope, org)


def stands_above(scope: Scope, org: OrgId) -> bool:
    """Whether the asker records for a unit above this one."""
    over = {node.org for node in above(scope, org)}
    return any(grant.branch.org in over and allows(grant.role, Permission.RECORD) for grant in scope.grants)


def waivers_at(scope: Scope, orgs: Iterable[OrgId]) -> tuple[GrantMade, ...]:
    """The standing waivers at these units, the latest first: of units alone above the unit, of everybody in it.

    NotFound for a unit outside the scope.
    """
    return tuple(_made(scope, orgs, WAIVED))


def waivers_of_units(
    scope: Scope, org: OrgId, period: Period, duty: str = "", most: int = 100
) -> tuple[GrantMade, ...]:
    """What was waived of the periods that touch `period`, of the unit and of the units beneath it, latest first.

    Never what a person owed. At most so many are told. NotFound for a unit outside the scope.
    """
    top = unit(scope, org)
    below = {node.org for node in tree(scope.day).subtree(top.path) if node.alive}
    starts = {one.start for every in MONTHS for one in periods(every, period)}
    latest = sorted(standing_grants(), key=lambda fact: (fact.received, fact.id), reverse=True)
    made = (grant_of(fact) for fact in latest
            if fact.kind == WAIVED and fact.org in below and fact.body["bearer"] == fact.org)  # fmt: skip
    those = (one for one in made if duty in ("", one.duty) and (one.first in starts or one.first in period))
    return tuple(islice(those, most))


def exemptions_at(scope: Scope, org: OrgId) -> tuple[GrantMade, ...]:
    """The last word about each exemption on request at the unit, for whoever keeps its books; else nothing."""
    latest: dict[tuple[str, str], GrantMade] = {}
    for one in _made(scope, [org], EXEMPTED):
        latest.setdefault((one.duty, one.bearer), one)
    return tuple(latest.values())


def _made(scope: Scope, orgs: Iterable[OrgId], kind: str) -> Iterator[GrantMade]:
    asked = frozenset(unit(scope, org).org for org in orgs)
    open_to_all = {org for org in asked if sees_persons(scope, org)}
    wanted = ledger.FactFilter(orgs=asked, kinds=frozenset({kind}), with_reversed=False)
    for fact in sorted(ledger.every_fact(wanted), key=lambda one: (one.received, one.id), reverse=True):
        if fact.org in open_to_all or fact.body["bearer"] == fact.org:
            yield grant_of(fact)


def grant_of(fact: Fact) -> GrantMade:
    """A fact that waives or exempts, as what it grants."""
    body = {key: str(value) for key, value in fact.body.items()}
    first = date.fromisoformat(body["period_start"]) if "period_start" in body else fact.day
    until = date.fromisoformat(body["until"]) if body.get("until") else None
    return GrantMade(
        fact.id, fact.kind, fact.org, body["duty"], body["bearer"], first, until, body.get("reason", ""), fact.actor,
        fact.day,
    )  # fmt: skip
