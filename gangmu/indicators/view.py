"""Where and when a question is asked: the unit, the tree of the day, the moment whose knowledge counts."""

from dataclasses import dataclass
from datetime import date

from gangmu.catalog.expressions.bind import kinds as kinds_of
from gangmu.catalog.expressions.bind import record_aggregates
from gangmu.catalog.expressions.nodes import Measure
from gangmu.indicators.engine import Engine, Place
from gangmu.indicators.forest import Standing
from gangmu.indicators.process import Reach, reach
from gangmu.indicators.rollup import NOW
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.ledger.facts import Closing
from gangmu.ledger.queries import closings
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, require
from gangmu.orgs.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class View:
    """One unit in the tree of a day, seen by somebody who may see it; `known`: by the first so many facts alone."""

    reach: Reach
    tree: Tree
    node: Node
    place: Place
    tree_day: date
    closings: tuple[Closing, ...]
    known: int | None = None

    @property
    def ledger_size(self) -> int:
        """How many facts the ledger holds, as this view knows it."""
        return self.reach.engine.store.last if self.known is None else self.known

    def moment(self, measure: Measure, period: Period) -> Closing | None:
        """The closing under which figures of `period` were reported, or None while it is open."""
        if not self.closings:
            return None
        needed = {kind for one in record_aggregates(measure) for kind in kinds_of(one)}
        covering = (
            closing
            for closing in self.closings
            if closing.start <= period.start
            and period.end <= closing.end
            and (not closing.kinds or needed <= set(closing.kinds))
        )
        return next(covering, None)

    @property
    def below(self) -> tuple[Node, ...]:
        """The units directly beneath, ended ones too: what they recorded still counts here."""
        return tuple(self.tree.nodes[place] for place in self.tree.below.get(self.node.org, ()))


def view(scope: Scope, org: OrgId, period: Period, tree_day: date | None = None) -> View:
    """The unit as the tree of the day has it: of `tree_day`, else of the period's last day (today, if that is to come).

    A unit founded later is seen in the tree of the scope's day. Raises NotFound for strangers, Refused without the
    permission to see figures.
    """
    require(scope, Permission.SEE_FIGURES, org)
    day = tree_day or min(period.end, scope.day)
    tree = orgs.tree(day)
    node = tree.get(org)
    if node is None:
        day, tree = scope.day, orgs.tree(scope.day)
        node = orgs.unit(scope, org, scope.day)
    found = reach()
    place = place_of(found.engine, tree, node)
    over = [node.org, *(one.org for one in tree.above(org))]
    return View(found, tree, node, place, day, tuple(c for c in closings(over) if c.reversed_by is None))


def place_of(engine: Engine, tree: Tree, node: Node) -> Place:
    """Where the unit and all beneath it stand in the engine, which is given the tree the first time."""
    standing = (Standing(one.org, one.path, one.kind, one.domain, str(one.level), one.alive) for one in tree.nodes)
    return Place(engine.plant(f"{tree.token}:{tree.day}", standing), node.path, node.path + "~")


def known_at(closing: Closing | None) -> int:
    """The moment whose knowledge counts, in the milliseconds of the store."""
    return NOW if closing is None else round(closing.received.timestamp() * 1000)
