"""What planned facts amount to so far: the aggregates of the indicator language over batches."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.combine import Outcome, Window, combine, compares
from gangmu.catalog.expressions.evaluate import number
from gangmu.catalog.expressions.nodes import Aggregate, Measure, RecordAggregate
from gangmu.cli.world.batches import Batch, Deed, with_openings
from gangmu.cli.world.forest import Forest
from gangmu.cli.world.recipes import cannot
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period


@dataclass(slots=True)
class Planned:
    """Everything planned so far."""

    forest: Forest
    batches: list[Batch]


def value(planned: Planned, measure: Measure, top: OrgId, period: Period) -> Outcome:
    """What the planned facts give for `measure` at `top`; nothing planned counts as nothing on record."""
    return combine(measure, Window(period), lambda one, window: amount(planned, one, top, window) or None)


def amount(planned: Planned, one: Aggregate, top: OrgId, window: Window) -> Decimal:
    """What one aggregate comes to."""
    match one:
        case nodes.Units(where):
            return Decimal(len(planned.forest.standing(top, where)))
        case nodes.UnitsWhere():
            return Decimal(sum(passes(one, stated) for stated in reached(planned, one, top, window).values()))
        case nodes.Stock():
            return Decimal(len(still_open(planned, one, top, window.last)))
        case nodes.Sum():
            return sum((number(deed.own.get(one.field)) or Decimal(0) for deed in deeds(planned, one, top, window)),
                       Decimal(0))  # fmt: skip
        case nodes.Distinct():
            return Decimal(len({told(deed, one.field) for deed in deeds(planned, one, top, window)} - {None}))
        case nodes.Count():
            return Decimal(sum(1 for _ in deeds(planned, one, top, window)))
        case nodes.Latest():
            raise cannot("世界文件不造“最近一次填报”的数。", "No facts are planned for a last statement.")


def deeds(planned: Planned, one: RecordAggregate, top: OrgId, window: Window) -> Iterator[Deed]:
    """The planned facts an aggregate reads beneath `top` on the days of `window`."""
    under = planned.forest.under(top)
    kind = one.opened if isinstance(one, nodes.Stock) else one.kind
    for batch in with_openings(planned.batches, one.where, kind):
        yield from (deed for deed in batch.deeds if deed.org in under and window.first <= deed.day <= window.last)


def told(deed: Deed, field: str) -> object:
    """The value that `distinct` tells apart."""
    match field:
        case "about":
            return deed.about
        case "org":
            return deed.org
        case "day":
            return deed.day
        case _:
            return deed.own.get(field)


def still_open(planned: Planned, one: nodes.Stock, top: OrgId, last: date) -> list[Deed]:
    """The opening facts of the things that stand on the day `last`."""
    opened = deeds(planned, one, top, Window(Period(date.min, last)))
    closed = {deed.about for batch in planned.batches if batch.kind == one.closed
              for deed in batch.deeds if deed.day <= last}  # fmt: skip
    return [deed for deed in opened if deed.about not in closed]


def reached(planned: Planned, one: nodes.UnitsWhere, top: OrgId, window: Window) -> dict[OrgId, Decimal]:
    """What the measure comes to in each unit the aggregate looks at, the units beneath it included."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    counts = Counter[str]()
    for deed in deeds(planned, one.measure, top, window):
        counts[deed.org] += 1
        if isinstance(one.measure, nodes.Sum):
            totals[deed.org] += number(deed.own.get(one.measure.field)) or Decimal(0)
        else:
            totals[deed.org] = Decimal(counts[deed.org])
    units = planned.forest.units
    return {
        org: sum((told for place, told in totals.items() if units[OrgId(place)].path.startswith(units[org].path)),
                 Decimal(0))
        for org in planned.forest.standing(top, one.where)
    }  # fmt: skip


def passes(one: nodes.UnitsWhere, stated: Decimal) -> bool:
    """Whether a unit passes the limit; one of which nothing is told does not."""
    return bool(stated) and compares(stated, one.op, one.limit)
