"""How everything that a unit, its posts and its members owe stands on a day, one by one and by the plain rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import catalog
from gangmu.catalog.duties.obligations import Bearer, Deed, obligations
from gangmu.catalog.duties.states import Status, Waiver, status
from gangmu.catalog.expressions.evaluate import Unit
from gangmu.duties.bearers import bearers_at
from gangmu.duties.footing import footing, unit_of
from gangmu.duties.known import Known, deeds_of, granted_at
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.orgs.queries import Tree

Whose = Callable[[Bearer], bool]


def standing(scope: Scope, org: OrgId, span: Period, known: Known, whose: Whose | None = None) -> tuple[Status, ...]:
    """Everything the unit, the holders of its posts and its members owe for `span`, as it stands on the day.

    `whose`: of these bearers alone. The organisation is that of the day, as it was known. NotFound for a unit outside
    the scope; Refused for a size never reached.
    """
    return borne(scope, org, span, known, whose)[1]


def borne(
    scope: Scope, org: OrgId, span: Period, known: Known, whose: Whose | None = None
) -> tuple[tuple[Bearer, ...], tuple[Status, ...]]:
    """As `standing`, with everybody before it who may owe there on the day."""
    definitions, grants, at = catalog(), granted_at(frozenset({org}), known), footing(scope, org, known)
    bearers = bearers_at(scope, at, known.on, grants)
    asked = bearers if whose is None else tuple(filter(whose, bearers))
    deeds = deeds_of(definitions, at, asked, span, known)
    units = _units(deeds, at.tree)
    return bearers, tuple(_statuses(definitions, asked, deeds, units, span, known.on, grants.waivers))


def _units(deeds: Iterable[Deed], tree: Tree) -> dict[str, Unit]:
    """The living units at which these were done, by id: no other is asked about."""
    places = {deed.row.org for deed in deeds}
    nodes = (tree.get(OrgId(org)) for org in places)
    return {str(node.org): unit_of(node) for node in nodes if node is not None and node.alive}


def _statuses(
    definitions: Catalog, bearers: Iterable[Bearer], deeds: tuple[Deed, ...], units: Mapping[str, Unit], span: Period,
    on: date, waivers: tuple[Waiver, ...],
) -> Iterator[Status]:  # fmt: skip
    for bearer in bearers:
        for duty in definitions.duties.values():
            for one in obligations(duty, bearer, span, definitions.calendar, deeds):
                yield status(one, deeds, on, waivers, units)
