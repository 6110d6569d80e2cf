"""Where a unit stands: the tree of a day as it is known, now or when the ledger held fewer facts."""

from dataclasses import dataclass
from datetime import date

from gangmu.catalog.duties.obligations import FOREVER
from gangmu.catalog.expressions.evaluate import Unit
from gangmu.duties.asked import Known
from gangmu.indicators.past import Past, past
from gangmu.kernel.ids import OrgId
from gangmu.kernel.scope import Scope
from gangmu.orgs.queries import Node, Tree, lives, tree, unit, unknown_unit

GROUP = "party_small_group"


@dataclass(frozen=True, slots=True)
class Footing:
    """A unit in the tree of a day, and from when to when it stands (the eve of `until` is its last day)."""

    node: Node
    tree: Tree
    since: date
    until: date = FOREVER

    @property
    def groups(self) -> int:
        """How many Party groups it has."""
        return sum(child.kind == GROUP for child in self.tree.children(self.node.org))

    def beneath(self) -> tuple[Node, ...]:
        """The unit and every living one beneath it."""
        return tuple(one for one in self.tree.subtree(self.node.path) if one.alive)


def footing(scope: Scope, org: OrgId, known: Known) -> Footing:
    """The unit on the day, by the tree as it was known.

    Who may look is decided by the tree known now. NotFound outside the scope, and for a unit not known by then;
    Refused for a size never reached.
    """
    node = unit(scope, org, known.on)
    if known.size is None:
        life = lives([org])[org]
        return Footing(node, tree(known.on), life.founded_on, life.ended_on)
    return _then(past(known.size, ()), org, known.on)


def _then(then: Past, org: OrgId, on: date) -> Footing:
    units = then.tree(on)
    node = units.get(org)
    if node is None:
        raise unknown_unit()
    one = next(one for one in then.grove.units if one.org == org)
    return Footing(node, units, one.founded_on, one.ended_on)


def unit_of(node: Node) -> Unit:
    """A unit as conditions ask about it."""
    return Unit(str(node.org), node.path, node.kind, node.domain, str(node.level), node.alive)
