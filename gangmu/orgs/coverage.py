"""What is to be covered beneath a unit, and how each is covered on a day (两个覆盖). Scope first, always."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from gangmu.catalog.current import catalog
from gangmu.kernel.ids import OrgId
from gangmu.kernel.scope import Scope
from gangmu.orgs import models
from gangmu.orgs.queries import descendants, tree
from gangmu.orgs.rules import COVERING, ENTITY, coverage
from gangmu.orgs.tree import Node
from gangmu.people.batches import batches


@dataclass(frozen=True, slots=True)
class Cover:
    """One relation that covers an entity. `inside`: the unit that covers it lies in the asker's scope."""

    relation: str
    kind: str
    unit: Node
    since: date
    inside: bool


@dataclass(frozen=True, slots=True)
class Entity:
    """A firm, co-operative, property company, social organisation or chain, and what covers it on the day."""

    node: Node
    above: Node | None
    covers: tuple[Cover, ...]

    @property
    def how(self) -> str:
        """`organised`, `mentored`, or empty: a gap."""
        return coverage(one.kind for one in self.covers)


def is_entity(node: Node) -> bool:
    """Whether the unit is one of those that are to be covered."""
    return catalog().form(node.kind) == ENTITY


def entities(scope: Scope, org: OrgId, on: date | None = None) -> tuple[Entity, ...]:
    """Every living entity at or under `org` on the day, in path order, each with what covers it."""
    day = on or scope.day
    nodes = [node for node in descendants(scope, org, on) if is_entity(node)]
    covers, units = _covers(scope, {node.org for node in nodes}, day), tree(day)
    return tuple(
        Entity(node, units.get(node.parent) if node.parent else None, tuple(covers[node.org])) for node in nodes
    )


def _covers(scope: Scope, orgs: set[OrgId], day: date) -> dict[OrgId, list[Cover]]:
    found: dict[OrgId, list[Cover]] = defaultdict(list)
    units = tree(day)
    for some in batches(orgs):
        rows = models.Relation.objects.filter(
            leading__in=some, kind__in=COVERING, valid_from__lte=day, valid_to__gt=day
        )
        for row in rows.order_by("valid_from", "id"):
            unit = units.get(OrgId(row.other))
            if unit is not None and unit.alive:
                inside = scope.holds(unit.path)
                found[OrgId(row.leading)].append(Cover(row.id, row.kind, unit, row.valid_from, inside))
    return found
