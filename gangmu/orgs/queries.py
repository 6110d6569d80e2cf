"""Reads of the graph. The tree of a day is built once for all askers and cut to a scope on the way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from gangmu.kernel.ids import AccountId, OrgId
from gangmu.kernel.problems import NotFound, Problem
from gangmu.kernel.scope import Scope
from gangmu.ledger import engine
from gangmu.orgs import models
from gangmu.orgs.history import OPEN
from gangmu.orgs.rules import Life
from gangmu.orgs.tree import Node, Tree
from gangmu.orgs.trees import epoch, graph_stands, last_seen, one_epoch, tree
from gangmu.people.batches import batches

__all__ = ["OPEN", "Node", "Tree", "epoch", "graph_stands", "last_seen", "one_epoch", "tree"]


def path_of(org: OrgId, on: date) -> str | None:
    """The unit's materialised path on that day, or None before its founding."""
    node = tree(on).get(org)
    return node.path if node else None


def lives(orgs: Iterable[OrgId]) -> dict[OrgId, Life]:
    """The kind and the days of each of these units that was ever founded; for rules, which look at days one by one."""
    held, wanted = _lives(epoch("graph")), set(orgs)
    for some in batches(wanted - held.keys()):
        rows = models.Unit.objects.filter(org__in=some).values_list("org", "kind", "founded_on", "ended_on")
        held.update((OrgId(row[0]), Life(OrgId(row[0]), *row[1:])) for row in rows)
    return {org: held[org] for org in wanted if org in held}


@lru_cache(maxsize=2)
def _lives(_token: str) -> dict[OrgId, Life]:
    """The lives that were asked for since the graph changed."""
    return {}


def unit(scope: Scope, org: OrgId, on: date | None = None) -> Node:
    """The unit as it stood on `on`. NotFound for a stranger and for a unit that does not exist alike."""
    node = tree(on or scope.day).get(org)
    if node is None or not holds(scope, org, on):
        raise unknown_unit()
    return node


def unknown_unit() -> NotFound:
    """The one answer for a unit that does not exist and for one that is not yours to see."""
    return NotFound(
        [
            Problem(
                "orgs.unknown_unit",
                "没有这个组织，或者不在您的范围内。",
                "There is no such unit, or it lies outside your scope.",
            )
        ]
    )


def holds(scope: Scope, org: OrgId, on: date | None = None) -> bool:
    """Whether `org` lies in the scope, by the tree of `on` (the scope's own day if not said)."""
    units = tree(on or scope.day)
    node = units.get(org)
    tops = (units.get(branch.org) for branch in scope.branches)
    return node is not None and any(top is not None and node.path.startswith(top.path) for top in tops)


def children(scope: Scope, org: OrgId, on: date | None = None) -> tuple[Node, ...]:
    """The living units directly under `org`."""
    unit(scope, org, on)
    return tree(on or scope.day).children(org)


def descendants(scope: Scope, org: OrgId, on: date | None = None) -> tuple[Node, ...]:
    """`org` and every living unit under it, in path order."""
    node = unit(scope, org, on)
    return tuple(one for one in tree(on or scope.day).subtree(node.path) if one.alive)


def above(scope: Scope, org: OrgId, on: date | None = None) -> tuple[Node, ...]:
    """The units above `org`, from the root down. Their names are public inside the organisation."""
    unit(scope, org, on)
    return tree(on or scope.day).above(org)


def tops(scope: Scope) -> tuple[Node, ...]:
    """The units at the top of the scope's branches, in path order."""
    units = tree(scope.day)
    return tuple(sorted(node for branch in scope.branches if (node := units.get(branch.org))))


def by_code(scope: Scope, code: str) -> Node:
    """The unit with that code (as given after --org). NotFound outside the scope."""
    org = models.Unit.objects.filter(code=code).values_list("org", flat=True).first()
    return unit(scope, OrgId(org or ""))


def named(scope: Scope, code_or_id: str) -> OrgId:
    """The id of the unit with that id or, in the scope, that code; what is neither comes back and leads nowhere."""
    if tree(scope.day).get(OrgId(code_or_id)) or not code_or_id.isprintable():
        return OrgId(code_or_id)
    org = models.Unit.objects.filter(code=code_or_id).values_list("org", flat=True).first()
    return OrgId(org) if org is not None and holds(scope, OrgId(org)) else OrgId(code_or_id)


def find(scope: Scope, words: str, limit: int = 20) -> tuple[Node, ...]:
    """Living units in the scope whose names, code or initials hold every one of `words`; shortest names first."""
    wanted = words.lower().split()
    if not wanted:
        return ()
    inside = (node for top in tops(scope) for node in tree(scope.day).subtree(top.path))
    found = {node for node in inside if node.alive and all(word in node.search for word in wanted)}
    return tuple(sorted(found, key=lambda node: (len(node.name), node.path)))[:limit]


# --- the history of one unit ---------------------------------------------------------------------------------------

# every page of a unit reads these, without the ORM's own cost; a row is a Chapter
NAMES = "SELECT valid_from, valid_to, name FROM orgs_unitname WHERE org = %s ORDER BY valid_from"
PARENTS = "SELECT valid_from, valid_to, parent FROM orgs_parentlink WHERE org = %s ORDER BY valid_from"


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a unit was called, or whom it hung under, between two days (the second excluded)."""

    valid_from: date
    valid_to: date
    text: str


def names_of(scope: Scope, org: OrgId) -> tuple[Chapter, ...]:
    """Every name the unit has had, oldest first."""
    unit(scope, org)
    return tuple(Chapter(*row) for row in engine.rows(NAMES, (org,)))


def parents_of(scope: Scope, org: OrgId) -> tuple[Chapter, ...]:
    """Every unit it has hung under, oldest first; `text` is the parent's id, empty for none."""
    unit(scope, org)
    return tuple(Chapter(*row) for row in engine.rows(PARENTS, (org,)))


# --- access -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A role held by an account over a unit between two days (the second excluded)."""

    id: str
    account: AccountId
    role: str
    org: OrgId
    valid_from: date
    valid_to: date


def grants_of(account: AccountId, on: date) -> tuple[GrantRow, ...]:
    """The grants of one account in force on the day."""
    return _grants(models.AccessGrant.objects.filter(account=account), on)


def granted_units(roles: Iterable[str], on: date) -> frozenset[OrgId]:
    """The units over which somebody holds one of the roles on the day."""
    held = models.AccessGrant.objects.filter(role__in=list(roles), valid_from__lte=on, valid_to__gt=on)
    return frozenset(OrgId(org) for org in held.values_list("org", flat=True).distinct())


def who_could_see(scope: Scope, org: OrgId, on: date) -> tuple[GrantRow, ...]:
    """Every grant that reached `org` on that day: those over it and over the units above it, as the tree then stood."""
    unit(scope, org)
    return grants_over(org, on)


def grants_over(org: OrgId, on: date) -> tuple[GrantRow, ...]:
    """As `who_could_see`, for commands, which whoever keeps the machine runs."""
    units = tree(on)
    over: Iterable[str] = [org, *(node.org for node in units.above(org))] if org in units else []
    return _grants(models.AccessGrant.objects.filter(org__in=over), on)


def _grants(rows: "QuerySet[models.AccessGrant]", on: date) -> tuple[GrantRow, ...]:
    now = rows.filter(valid_from__lte=on, valid_to__gt=on).order_by("valid_from", "id")
    return tuple(
        GrantRow(row.id, AccountId(row.account), row.role, OrgId(row.org), row.valid_from, row.valid_to) for row in now
    )
