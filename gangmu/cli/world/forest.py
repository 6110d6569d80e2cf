"""The units of a world as they are planned: parents first, with the paths by which one lies beneath another."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import cycle, islice
from random import Random

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.evaluate import Unit, true_of_unit
from gangmu.catalog.expressions.nodes import Condition
from gangmu.cli.city import names
from gangmu.cli.world.definitions import Crowd, NamedUnit, World
from gangmu.cli.world.recipes import cannot
from gangmu.kernel.ids import OrgId
from gangmu.orgs.entries import NewUnit

SIDES = ("", "东", "西", "南", "北", "上", "下", "新")  # so many places of one name may lie apart
FEW = 300  # so many invented place names, then the sides


def ident(*words: str) -> str:
    """An opaque id that the same words always give."""
    return sha256("/".join(("world", *words)).encode()).hexdigest()[:32]


@dataclass(slots=True)
class Forest:
    """The planned units by id and in the order of their founding; `since` is the day from which the tree stands."""

    key: str
    since: date
    found: dict[OrgId, NewUnit] = field(default_factory=dict)
    units: dict[OrgId, Unit] = field(default_factory=dict)
    codes: dict[str, OrgId] = field(default_factory=dict)
    sisters: dict[OrgId | None, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, code: str, name: str, kind: str, domain: str, parent: OrgId | None, at: date, *,
            short: str = "", aliases: str = "", tags: tuple[str, ...] = ()) -> OrgId:  # fmt: skip
        """Plan a unit and return its id; a name that a sister bears gets a number."""
        org = OrgId(ident(self.key, "unit", code))
        while name in self.sisters[parent]:
            name = f"{name}（{len(self.sisters[parent]) + 1}）"
        self.sisters[parent].add(name)
        self.found[org] = NewUnit(
            name, kind, domain, parent, at, f"world/unit/{code}", short, aliases, code, org, None, tags
        )
        above = self.units[parent].path if parent else ""
        self.units[org] = Unit(org, f"{above}{len(self.units):05d}/", kind, domain)
        self.codes[code] = org
        return org

    def under(self, top: OrgId) -> frozenset[str]:
        """The unit and all beneath it."""
        path = self.units[top].path
        return frozenset(unit.org for unit in self.units.values() if unit.path.startswith(path))

    def standing(self, top: OrgId, where: Condition = nodes.ALWAYS) -> list[OrgId]:
        """The units at or under `top` that stand from the first day and for which `where` holds, in their order."""
        under = self.under(top)
        return [org for org, unit in self.units.items()
                if org in under and self.found[org].at <= self.since and true_of_unit(where, unit)]  # fmt: skip

    def of_kind(self, top: OrgId, kind: str) -> list[OrgId]:
        """The standing units of one kind at or under `top`. Raises Refused when there is none."""
        found = [org for org in self.standing(top) if self.units[org].kind == kind]
        if not found:
            raise cannot(f"这个世界里没有 {kind} 这类组织。", f"This world has no unit of kind {kind}.", kind)
        return found


def forest(world: World) -> Forest:
    """The named units of the file and its crowds."""
    planned = Forest(world.key, world.since)
    root = _named(planned, world.organisation, None)
    for unit in world.units:
        _named(planned, unit, planned.codes[unit.under] if unit.under else root)
    for crowd in world.crowds:
        _crowd(planned, crowd, root)
    return planned


def _named(planned: Forest, unit: NamedUnit, parent: OrgId | None) -> OrgId:
    return planned.add(unit.code, unit.name, unit.kind, unit.domain, parent, planned.since,
                       short=unit.short, aliases="、".join(unit.aliases))  # fmt: skip


def _crowd(planned: Forest, crowd: Crowd, root: OrgId) -> None:
    parents = _parents(planned, crowd, root)
    for number, (place, parent) in enumerate(zip(_places(planned.key, crowd), cycle(parents), strict=False), 1):
        planned.add(f"{crowd.code}-{number}", place + crowd.ending, crowd.kind, crowd.domain, parent, planned.since)


def _parents(planned: Forest, crowd: Crowd, root: OrgId) -> list[OrgId]:
    if not crowd.under:
        return [root]
    if crowd.under in planned.codes:
        return [planned.codes[crowd.under]]
    return planned.of_kind(root, crowd.under)


def _places(key: str, crowd: Crowd) -> list[str]:
    """Invented place names, the first ones plain, later ones with a side of the compass before them."""
    plain = names.places(Random(f"{key}/{crowd.code}"), FEW)
    every = (side + place for side in SIDES for place in plain)
    return list(islice(cycle(every), crowd.number))
