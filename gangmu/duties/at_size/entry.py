"""Who may owe on a day, of all units of the tree: their rolls, and the tree as ranks."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.duties.definitions import BearerKind
from gangmu.catalog.duties.obligations import FOREVER
from gangmu.duties.at_size.credit import Ground
from gangmu.duties.at_size.roll import Entered, Roll, roll_of
from gangmu.duties.bearers import SEATS
from gangmu.duties.footing import GROUP
from gangmu.duties.withheld import Shape
from gangmu.kernel.ids import OrgId
from gangmu.orgs import rolls
from gangmu.orgs.queries import Node, Tree, lives
from gangmu.orgs.rolls import Holder, Member

Asked = Mapping[str, Iterable[str]]  # by duty, the bearers who asked to be exempt


@dataclass(frozen=True, slots=True)
class Muster:
    """The rolls of a day, one for each kind of bearer, the ground they stand on and its shape."""

    rolls: tuple[Roll, ...]
    ground: Ground
    shape: Shape


def muster(tree: Tree, on: date, definitions: Catalog, asked: Asked) -> Muster:
    """Everybody who may owe on the day `on`, whose tree is `tree`."""
    holders = [one for one in rolls.holders(on) if one.org in tree.at]
    seats = frozenset(one.org for one in holders if one.post in SEATS)
    places = {node.org: _Place(rank, node, definitions.form(node.kind), node.org in seats)
              for rank, node in enumerate(tree.nodes) if node.alive}  # fmt: skip
    kinds: tuple[tuple[BearerKind, Iterator[Entered]], ...] = (
        ("unit", _units(tree, places)),
        ("post", _holders(holders, places)),
        ("member", _members(rolls.members(on), places)),
    )
    who: dict[str, int] = {}
    ends = np.array([bisect_left(tree.paths, path + "~") for path in tree.paths], np.int64)
    ground = Ground(ends, np.array([node.alive for node in tree.nodes], bool))
    parents = np.array([-1 if node.parent is None else tree.at.get(node.parent, -1) for node in tree.nodes], np.int64)
    every = tuple(roll_of(kind, entries, asked, who) for kind, entries in kinds)
    return Muster(every, ground, Shape.of(ends, parents))


@dataclass(frozen=True, slots=True)
class _Place:
    """A living unit by what its bearers take from it."""

    rank: int
    node: Node
    form: str
    committee: bool

    def entered(self, id: str, since: date, until: date = FOREVER) -> Entered:
        """A bearer of the unit, of whom nothing else is known."""
        node = self.node
        return Entered(self.rank, id, self.form, node.kind, node.domain, since, until, self.committee)


def _holders(those: Iterable[Holder], places: Mapping[OrgId, _Place]) -> Iterator[Entered]:
    for one in those:
        if place := places.get(one.org):
            entry = place.entered(one.post_id, one.since)
            yield entry._replace(post=one.post, post_id=one.post_id, person=one.person)


def _members(those: Iterable[Member], places: Mapping[OrgId, _Place]) -> Iterator[Entered]:
    for one in those:
        if place := places.get(one.org):
            entry = place.entered(one.membership, one.since)
            yield entry._replace(person=one.person, category=one.category, stage=one.stage)


def _units(tree: Tree, places: Mapping[OrgId, _Place]) -> Iterator[Entered]:
    known = lives(places)
    groups = Counter(node.parent for node in tree.nodes if node.alive and node.kind == GROUP)
    for org, place in places.items():
        life = known[org]
        yield place.entered(org, life.founded_on, life.ended_on)._replace(groups=groups[org])
