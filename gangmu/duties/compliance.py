"""How the units under a unit keep their duties: counted by state, the rate met, and the late share beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from gangmu.catalog.duties.states import Status
from gangmu.duties.kept import FEWEST, Kept, kept
from gangmu.duties.known import Known
from gangmu.duties.standing import standing
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.orgs.queries import Node, children, descendants, unit


@dataclass(frozen=True, slots=True)
class PersonsRate:
    """Duties of persons in a subtree, as a rate alone; `kept` None where it is withheld or nobody owes."""

    obliged: int | None
    kept: Kept | None

    @property
    def withheld(self) -> bool:
        return self.obliged is None


@dataclass(frozen=True, slots=True)
class ComplianceRow:
    """A unit with everything under it: duties of units, and duties of persons as a rate. `is_leaf`: nothing beneath."""

    node: Node
    units: Kept
    persons: PersonsRate
    is_leaf: bool


@dataclass(frozen=True, slots=True)
class Compliance:
    """The unit itself with all beneath it, its own duties alone, and a row for each unit directly under it."""

    whole: ComplianceRow
    own: ComplianceRow
    rows: tuple[ComplianceRow, ...]


def compliance(
    scope: Scope, org: OrgId, period: Period, day: date, duty: str | None = None, size: int | None = None
) -> Compliance:
    """The periods that touch `period` as they stand on `day`, of one duty or all, for `org` and its direct children.

    Rates of persons are withheld where fewer than FEWEST owe, and where they would follow from their siblings.
    NotFound for a unit outside the scope.
    """
    node, below = unit(scope, org, day), children(scope, org, day)
    found = {
        each.org: _of(standing(scope, each.org, period, Known(day, size)), duty)
        for each in descendants(scope, org, day)
    }
    under = {child.org: [one.org for one in descendants(scope, child.org, day)] for child in below}
    rows = [_row(child, (one for at in under[child.org] for one in found[at]), len(under[child.org]) < 2)
            for child in below]  # fmt: skip
    own = _row(node, found[org], not below)
    whole = _row(node, (one for statuses in found.values() for one in statuses), not below)
    *rows, own = hidden_together([*rows, own])
    return Compliance(whole, own, tuple(rows))


def _of(found: Iterable[Status], duty: str | None) -> tuple[Status, ...]:
    return tuple(one for one in found if duty in (None, one.obligation.duty))


def _row(node: Node, found: Iterable[Status], is_leaf: bool) -> ComplianceRow:
    every = tuple(found)
    persons = [one for one in every if one.obligation.bearer.kind != "unit"]
    units = kept(one for one in every if one.obligation.bearer.kind == "unit")
    obliged = len({one.obligation.bearer.person for one in persons if one.obligation.need is not None})
    return ComplianceRow(node, units, persons_rate(obliged, kept(persons)), is_leaf)


def persons_rate(obliged: int, found: Kept) -> PersonsRate:
    """The rate of so many persons, withheld where they are too few."""
    if obliged == 0:
        return PersonsRate(0, None)
    return PersonsRate(None, None) if obliged < FEWEST else PersonsRate(obliged, found)


def hidden_together(rows: list[ComplianceRow]) -> list[ComplianceRow]:
    """Withhold the smallest besides where one row alone is withheld: else it is the whole less the others."""
    hidden = [at for at, row in enumerate(rows) if row.persons.withheld]
    shown = [at for at, row in enumerate(rows) if row.persons.obliged]
    if len(hidden) != 1 or not shown:
        return rows
    least = min(shown, key=lambda at: rows[at].persons.obliged or 0)
    hide = replace(rows[least], persons=PersonsRate(None, None))
    return [hide if at == least else row for at, row in enumerate(rows)]
