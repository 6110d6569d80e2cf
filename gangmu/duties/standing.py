"""How everything that a unit, its posts and its members owe stands on a day, one by one and by the plain rules."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import catalog
from gangmu.catalog.duties.obligations import Bearer, Deed, obligations
from gangmu.catalog.duties.states import Status, Waiver, status
from gangmu.catalog.expressions.evaluate import Unit
from gangmu.duties.bearers import bearers_of, unit_of
from gangmu.duties.known import Known, deeds_of, granted_at
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.orgs.queries import descendants


def standing(scope: Scope, org: OrgId, span: Period, known: Known) -> tuple[Status, ...]:
    """Everything the unit, the holders of its posts and its members owe for `span`, as it stands on the day.

    The organisation is that of the day. NotFound for a unit outside the scope; Refused for a size never reached.
    """
    return borne(scope, org, span, known)[1]


def borne(scope: Scope, org: OrgId, span: Period, known: Known) -> tuple[tuple[Bearer, ...], tuple[Status, ...]]:
    """As `standing`, with everybody before it who may owe there on the day."""
    definitions, grants = catalog(), granted_at(frozenset({org}), known)
    bearers = bearers_of(scope, org, known.on, grants)
    below = descendants(scope, org, known.on)
    deeds = deeds_of(definitions, below, bearers, span, known)
    units = {str(node.org): unit_of(node) for node in below}
    return bearers, tuple(_statuses(definitions, bearers, deeds, units, span, known.on, grants.waivers))


def _statuses(
    definitions: Catalog, bearers: Iterable[Bearer], deeds: tuple[Deed, ...], units: Mapping[str, Unit], span: Period,
    on: date, waivers: tuple[Waiver, ...],
) -> Iterator[Status]:  # fmt: skip
    for bearer in bearers:
        for duty in definitions.duties.values():
            for one in obligations(duty, bearer, span, definitions.calendar, deeds):
                yield status(one, deeds, on, waivers, units)
