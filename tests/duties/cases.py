"""Bearers, deeds and duties of the published catalog, made in one line."""

from datetime import date

from hypothesis import HealthCheck, settings

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.obligations import Bearer, Deed, Obligation, obligations
from gangmu.catalog.duties.states import Status, Waiver, status
from gangmu.catalog.expressions.evaluate import Row, Unit
from gangmu.kernel.periods import Period

# For property tests: the cores are shared, and a slow moment is no fault of the code.
unhurried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

BRANCH = Bearer("b", Unit("b", "00001", "branch", "rural"), form="branch", has=frozenset({"committee"}))


def held(tag: str, day: date | str, *, id: str = "", late: bool = False, about: str | None = None, by: str = "",
         org: str = "b", received: int = 0, **body: object) -> Deed:  # fmt: skip
    """An activity with that form, of the branch unless said otherwise."""
    when = day if isinstance(day, date) else date.fromisoformat(day)
    name = id or f"{tag}/{when}/{about}/{received}"
    return Deed(Row(name, "activity.held", org, when, {"tags": [tag], **body}, about, received, late), by)  # type: ignore[dict-item]


def owed(
    key: str, first: str, last: str = "", bearer: Bearer = BRANCH, deeds: tuple[Deed, ...] = ()
) -> tuple[Obligation, ...]:
    """What a bearer owes by a published duty between two days."""
    span = Period(date.fromisoformat(first), date.fromisoformat(last or first))
    return obligations(catalog().duties[key], bearer, span, catalog().calendar, deeds)


def stands(
    key: str, period: str, on: str, *deeds: Deed, bearer: Bearer = BRANCH, waivers: tuple[Waiver, ...] = ()
) -> Status:
    """How the one obligation of that period stands on a day."""
    (one,) = owed(key, period, bearer=bearer, deeds=deeds)
    return status(one, deeds, date.fromisoformat(on), waivers)
