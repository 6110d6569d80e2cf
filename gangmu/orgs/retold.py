"""Trees told from facts alone, without the read tables: of a ledger as it once stood, or of one taken elsewhere.

The rows are those of projections.py, found by the same folds of the same facts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gangmu.kernel.ids import OrgId
from gangmu.orgs.history import ENDINGS, Event, Span, UnitHistory, unit_history
from gangmu.orgs.paths import dated_paths, level_of
from gangmu.orgs.tree import Node, Tree

UNIT_KINDS = ("unit.founded", "unit.renamed", "unit.moved", *ENDINGS)


@dataclass(frozen=True, slots=True)
class Grove:
    """All units that some facts tell of, with the dated paths of each: the trees of every day."""

    units: tuple[UnitHistory, ...]
    paths: dict[str, list[Span]]

    def tree(self, on: date, token: str = "") -> Tree:
        """The tree of the day `on`, ended units included (`alive` False); nodes cannot be searched for."""
        told = ((unit, _on(self.paths[unit.org], on)) for unit in self.units if unit.founded_on <= on)
        return Tree.of(on, token, (_node(unit, path[0], on) for unit, path in told if path))

    @property
    def codes(self) -> dict[str, OrgId]:
        """The units by the code each was founded with."""
        return {unit.code: OrgId(unit.org) for unit in self.units if unit.code}


def grove(events: Iterable[Event]) -> Grove:
    """The trees that standing facts of UNIT_KINDS tell, in whatever order they come."""
    by_unit: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_unit[event.about].append(event)
    units = tuple(found for known in by_unit.values() if (found := unit_history(known)))
    segments = {unit.org: unit.segment for unit in units}
    return Grove(units, dated_paths({unit.org: unit.parents for unit in units}, segments, {}))


def _on(spans: Sequence[Span], day: date) -> tuple[str, ...]:
    """The value that holds on the day; empty where none does."""
    return next((span.value for span in spans if span.holds_on(day)), ())


def _node(unit: UnitHistory, path: str, day: date) -> Node:
    name, short, aliases = _on(unit.names, day)
    (parent,) = _on(unit.parents, day)
    return Node(
        path=path, org=OrgId(unit.org), parent=OrgId(parent) or None, name=name, short=short, aliases=aliases,
        code=unit.code, kind=unit.kind, domain=unit.domain, level=level_of(path), alive=day < unit.ended_on, search="",
    )  # fmt: skip
