"""The tree of one day, frozen: every unit that exists or existed, in path order."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from gangmu.kernel.ids import OrgId
from gangmu.kernel.scope import Branch
from gangmu.orgs.paths import ancestors


class Node(NamedTuple):
    """One unit as it stood on the tree's day.

    `alive` is False for a unit that has ended: it stays where it last hung (a merged one under the unit that took it
    in), so what it recorded still counts in the units above. `search` holds names, code and pinyin initials in lower
    case.
    """

    path: str
    org: OrgId
    parent: OrgId | None
    name: str
    short: str
    aliases: str
    code: str
    kind: str
    domain: str
    level: int
    alive: bool
    search: str

    @property
    def branch(self) -> Branch:
        return Branch(self.org, self.path)


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes in path order, so a subtree is one slice; `at` is a unit's place by id, `below` its children's places."""

    day: date
    token: str
    nodes: tuple[Node, ...]
    paths: tuple[str, ...]
    at: Mapping[OrgId, int]
    below: Mapping[OrgId | None, tuple[int, ...]]

    @classmethod
    def of(cls, day: date, token: str, nodes: Iterable[Node]) -> "Tree":
        ordered = tuple(sorted(nodes))
        below: dict[OrgId | None, list[int]] = defaultdict(list)
        for place, node in enumerate(ordered):
            below[node.parent].append(place)
        return cls(
            day,
            token,
            ordered,
            paths=tuple(node.path for node in ordered),
            at=MappingProxyType({node.org: place for place, node in enumerate(ordered)}),
            below=MappingProxyType({org: tuple(places) for org, places in below.items()}),
        )

    def __contains__(self, org: object) -> bool:
        return org in self.at

    def __len__(self) -> int:
        return len(self.nodes)

    def get(self, org: OrgId) -> Node | None:
        """The unit, or None when it is unknown or not founded by the tree's day."""
        place = self.at.get(org)
        return None if place is None else self.nodes[place]

    def subtree(self, path: str) -> tuple[Node, ...]:
        """The units at or under `path`, ended ones included, in path order."""
        return self.nodes[bisect_left(self.paths, path) : bisect_left(self.paths, path + "~")]

    def children(self, org: OrgId) -> tuple[Node, ...]:
        """The living units directly under `org`, by kind and name."""
        living = (node for node in map(self.nodes.__getitem__, self.below.get(org, ())) if node.alive)
        return tuple(sorted(living, key=lambda node: (node.kind, node.name, node.path)))

    def above(self, org: OrgId) -> tuple[Node, ...]:
        """The units from the root down to the one that `org` hangs under."""
        node = self.get(org)
        return tuple(self._by_path(path) for path in ancestors(node.path)) if node else ()

    def roots(self) -> tuple[Node, ...]:
        """The living units that hang under nobody."""
        return tuple(node for node in map(self.nodes.__getitem__, self.below.get(None, ())) if node.alive)

    def _by_path(self, path: str) -> Node:
        return self.nodes[bisect_left(self.paths, path)]
