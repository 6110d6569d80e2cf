"""What waits for somebody: things opened and not closed, the nearest day first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gangmu.catalog.current import catalog
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs import queries as orgs

CLOSE_BY = 60  # of a scope with more units than this, only what its own top unit opened waits for its head
READ_AT_MOST = 400
DUE = "due_on"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open thing: the fact that opened it, and when it is due (None: no day was set)."""

    fact: Fact
    due: date | None

    def days_left(self, today: date) -> int | None:
        """Days to the due day, negative when it is past; None without one."""
        return (self.due - today).days if self.due else None


def open_ones(opened: Iterable[Fact], closed: Iterable[str | None]) -> list[Waiting]:
    """Those of `opened` whose thing is not among `closed`, the nearest due day first, then the oldest."""
    gone = set(closed)
    waiting = [Waiting(fact, _due(fact)) for fact in opened if fact.about not in gone and not fact.reversed_by]
    return sorted(waiting, key=lambda one: (one.due or date.max, one.fact.claimed_from))


def _due(fact: Fact) -> date | None:
    told = fact.body.get(DUE)
    return date.fromisoformat(told) if isinstance(told, str) else None


def waiting_for(scope: Scope) -> list[Waiting]:
    """What waits inside the scope."""
    kinds = catalog().facts.values()
    opening = frozenset(kind.key for kind in kinds if kind.moves and kind.moves.does == "opens" and _has_day(kind.key))
    closing = frozenset(kind.key for kind in kinds if kind.moves and kind.moves.does == "closes")
    tree = orgs.tree(scope.day)
    units = frozenset(node.org for top in orgs.tops(scope) for node in tree.subtree(top.path))
    if len(units) > CLOSE_BY:
        units = frozenset(top.org for top in orgs.tops(scope))
    opened = ledger.facts(ledger.FactFilter(orgs=units, kinds=opening, with_reversed=False), limit=READ_AT_MOST)
    closed = ledger.history([fact.about for fact in opened if fact.about], closing) if opened else ()
    return open_ones(opened, (fact.about for fact in closed if not fact.reversed_by))


def _has_day(kind: str) -> bool:
    return any(field.key == DUE for field in catalog().facts[kind].fields)
