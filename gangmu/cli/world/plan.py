"""From the figures a world promises to the facts that give them. Pure; the same file gives the same facts.

Each formula of the catalog says by itself what must be recorded: a count asks for facts, a sum for numbers in them, a
share for some facts that say more, a change for facts of two years. Nothing here knows any single figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.bind import bind
from gangmu.catalog.expressions.combine import Window, window_of
from gangmu.catalog.expressions.nodes import Measure
from gangmu.cli.world import counts
from gangmu.cli.world.batches import Batch, Deed, inside
from gangmu.cli.world.counts import Planned, amount, reached
from gangmu.cli.world.definitions import World
from gangmu.cli.world.forest import Forest, forest
from gangmu.cli.world.making import Order, Workshop, chosen, make, share_out
from gangmu.cli.world.recipes import cannot, joined, recipe
from gangmu.kernel.periods import Period, shift_year
from gangmu.orgs.entries import NewPerson

HUNDRED = Decimal(100)
RICHER = 40  # units that pass a limit pass it by up to so many percent


@dataclass(frozen=True, slots=True)
class Plan:
    """A world ready to be recorded: units in the order of their founding, persons, facts in batches."""

    forest: Forest
    persons: tuple[NewPerson, ...]
    batches: tuple[Batch, ...]


def plan(world: World, catalog: Catalog) -> Plan:
    """The facts of a world. Raises Refused for a promise no facts can keep, or that another promise breaks."""
    return planned_by(world, catalog)[1]


def planned_by(world: World, catalog: Catalog) -> tuple[Workshop, Plan]:
    """As `plan`, with the workshop in which more can be planned for the same world."""
    planned = Planned(forest(world), [])
    shop = Workshop(catalog, planned, Random(f"{world.key}/persons"), [])
    orders = [order_of(shop, world, place) for place in range(len(world.figures))]
    for order in orders:
        meet(shop, order, measure_of(catalog, order), order.promise.value)
    for order in orders:
        _hold(shop, order)
    _against_rules(world, catalog)
    planned.batches.extend(_citations(shop, world))
    return shop, Plan(planned.forest, tuple(shop.persons), tuple(planned.batches))


def order_of(shop: Workshop, world: World, place: int) -> Order:
    """The promise at `place` of the file, with whose it is and when."""
    promise, codes = world.figures[place], shop.planned.forest.codes
    if promise.indicator not in shop.catalog.indicators:
        raise cannot(f"没有 {promise.indicator} 这个指标。", f"There is no indicator {promise.indicator}.")
    return Order(promise, place, codes[promise.org or world.organisation.code], (promise.days or world.period).period)


def measure_of(catalog: Catalog, order: Order) -> Measure:
    """The formula of the promised figure with its tags put in."""
    return bind(catalog.measure(order.promise.indicator, order.period.start), order.promise.selection)


def meet(shop: Workshop, order: Order, measure: Measure, wanted: Decimal) -> None:
    """Plan what is missing for `measure` to come to `wanted`."""
    match measure:
        case nodes.Ratio(part, whole):
            _meet_share(shop, order, part, whole, wanted)
        case nodes.Per(total, by):
            over = Decimal(order.promise.over or 1)
            meet(shop, order, by, over)
            meet(shop, order, total, wanted * over)
        case nodes.AllTime(inner):
            years = Period(shift_year(order.period.end, -int(wanted)) + timedelta(days=1), order.period.end)
            meet(shop, replace(order, period=years), inner, wanted)
        case nodes.Change(nodes.Ratio(nodes.Stock() as part, nodes.Stock() as whole), nodes.Base.YEAR_EARLIER):
            _meet_change(shop, order, part, whole, wanted)
        case _ if isinstance(measure, nodes.Aggregate):
            _meet_aggregate(shop, order, measure, wanted)
        case _:
            raise cannot(f"还不会为 {order.promise.figure} 造事实。", f"No facts are known for {order.promise.figure}.")


def _meet_aggregate(shop: Workshop, order: Order, one: nodes.Aggregate, wanted: Decimal) -> None:
    """Make the facts that are missing, or let those there say what is missing."""
    missing = wanted - amount(shop.planned, one, order.top, window_of(one, Window(order.period)))
    match one:
        case nodes.Count(kind, where) | nodes.Stock(kind, _, where):
            make(shop, order, kind, where, int(missing))
        case nodes.Distinct(kind, field, where):
            make(shop, order, kind, where, int(missing), distinct=field)
        case nodes.Sum() if missing:
            _meet_sum(shop, order, one, missing)
        case nodes.UnitsWhere():
            _meet_units(shop, order, one, wanted)
        case nodes.Units() if missing:
            raise cannot(f"组织里没有 {wanted} 个这样的单位。", f"The tree does not hold {wanted} such units.")


def _meet_sum(shop: Workshop, order: Order, one: nodes.Sum, missing: Decimal) -> None:
    """Tell a number in the facts there are that do not tell it yet, else in facts of its own."""
    silent = [deed.key for deed in counts.deeds(shop.planned, one, order.top, Window(order.period))
              if one.field not in deed.own]  # fmt: skip
    if silent:
        told = dict(zip(silent, share_out(missing, len(silent)), strict=True))
        _tell(shop, one, told)
    else:
        parts = share_out(missing, order.promise.facts or 1)
        make(shop, order, one.kind, one.where, len(parts), own=[{one.field: part} for part in parts])


def _tell(shop: Workshop, one: nodes.Sum, told: dict[str, int]) -> None:
    for place, batch in list(inside(shop.planned.batches, one.where, one.kind)):
        deeds = (replace(deed, own={**deed.own, one.field: told[deed.key]}) if deed.key in told else deed
                 for deed in batch.deeds)  # fmt: skip
        shop.planned.batches[place] = replace(batch, deeds=tuple(deeds))


def _meet_units(shop: Workshop, order: Order, one: nodes.UnitsWhere, wanted: Decimal) -> None:
    """Let more units pass the limit, those nearest to it first; what each lacks is told in one fact more."""
    stated = reached(shop.planned, one, order.top, window_of(one, Window(order.period)))
    passing = [org for org, told in stated.items() if counts.passes(one, told)]
    rest = sorted((org for org in stated if org not in set(passing)), key=lambda org: -stated[org])
    more = rest[: max(0, int(wanted) - len(passing))]
    if len(passing) + len(more) != int(wanted):
        raise cannot(f"够不上 {wanted} 个组织。", f"{wanted} units cannot be reached.", order.promise.figure)
    own = []
    if isinstance(one.measure, nodes.Sum):
        own = [{one.measure.field: int(one.limit * (100 + 5 + place % RICHER) / 100 - stated[org])}
               for place, org in enumerate(more)]  # fmt: skip
    elif one.limit:
        raise cannot("只会造“有没有”，不会造“超过几次”。", "Only units with any fact at all can be planned.")
    make(shop, order, _kind(one.measure), one.measure.where, len(more), at=more, own=own)


def _kind(one: nodes.RecordAggregate) -> str:
    return one.opened if isinstance(one, nodes.Stock) else one.kind


def _meet_share(shop: Workshop, order: Order, part: Measure, whole: Measure, wanted: Decimal) -> None:
    """Let some of the whole be the part: by facts that say more where both count one kind, else by facts of its own."""
    if order.promise.over:
        meet(shop, order, whole, Decimal(order.promise.over))
    of = counts.value(shop.planned, whole, order.top, order.period).value or Decimal(0)
    number = (of * wanted / HUNDRED).to_integral_value(ROUND_HALF_UP)
    if counts.value(shop.planned, part, order.top, order.period).value == number:
        return
    if isinstance(part, nodes.Count) and isinstance(whole, nodes.Count) and part.kind == whole.kind:
        narrow(shop, order, whole, part, int(number))
    else:
        meet(shop, order, part, number)


def narrow(
    shop: Workshop, order: Order, whole: nodes.Count | nodes.Stock, part: nodes.Count | nodes.Stock, number: int
) -> None:
    """Let `number` of the facts of the whole say what makes them the part, evenly among them."""
    window = window_of(whole, Window(order.period))
    every = list(counts.deeds(shop.planned, whole, order.top, window))
    picked = {deed.key for deed, one in zip(every, chosen(number, len(every)), strict=True) if one}
    for place, batch in list(inside(shop.planned.batches, whole.where, _kind(whole))):
        those = tuple(deed for deed in batch.deeds if deed.key in picked)
        rest = tuple(deed for deed in batch.deeds if deed.key not in picked)
        shop.planned.batches[place] = replace(batch, deeds=rest)
        shop.planned.batches.append(replace(batch, deeds=those, body=joined(batch.body, recipe(part.where).body)))


def _meet_change(shop: Workshop, order: Order, part: nodes.Stock, whole: nodes.Stock, wanted: Decimal) -> None:
    """A year earlier `base` percent of `over` things count; since then some left and others that count came instead."""
    over, base = order.promise.over or 0, order.promise.base
    if not over or base is None:
        raise cannot("增长要写明上年的总数和占比。", "A change needs `over` and `base`.", order.promise.figure)
    before = order.period.year_earlier().end
    earlier = replace(order, period=Period(shift_year(before, -1), before))
    make(shop, earlier, whole.opened, whole.where, over)
    first = int((over * base / HUNDRED).to_integral_value(ROUND_HALF_UP))
    narrow(shop, earlier, whole, part, first)
    more = int((first * wanted / HUNDRED).to_integral_value(ROUND_HALF_UP))
    since = Period(before + timedelta(days=30), order.period.end - timedelta(days=1))
    counted = {deed.about for deed in counts.deeds(shop.planned, part, order.top, Window(earlier.period))}
    others = [deed for deed in counts.still_open(shop.planned, whole, order.top, before) if deed.about not in counted]
    gone = [deed for deed, one in zip(others, chosen(more, len(others)), strict=True) if one]
    shop.planned.batches.append(_leaving(shop, order, whole, gone))
    make(shop, order, part.opened, part.where, more, days=since)


def _leaving(shop: Workshop, order: Order, whole: nodes.Stock, gone: Sequence[Deed]) -> Batch:
    """The facts that close `gone`; what they say beside is among the promise's fields."""
    kind = shop.catalog.facts[whole.closed or ""]
    body = {
        field.key: order.promise.fields[field.key] for field in kind.body_fields if field.key in order.promise.fields
    }
    day = order.period.end - timedelta(days=20)
    deeds = tuple(Deed(f"{deed.key}/closed", deed.org, day, deed.about) for deed in gone)
    return Batch(kind.key, body, shop.planned.forest.units[order.top], deeds)


def _hold(shop: Workshop, order: Order) -> None:
    """Raise Refused unless the promise is kept once everything is planned."""
    promise = order.promise
    found = counts.value(shop.planned, measure_of(shop.catalog, order), order.top, order.period).value
    if found is None or not told_alike(promise.value, found):
        raise cannot(f"{promise.figure} 许的是 {promise.value}，造出来是 {found}。",
                     f"{promise.figure} promises {promise.value}, the facts give {found}.", promise.figure)  # fmt: skip


def told_alike(promised: Decimal, found: Decimal) -> bool:
    """Whether a value is the promised one, at the digits the promise is written with."""
    return found.quantize(promised, ROUND_HALF_UP) == promised


def _against_rules(world: World, catalog: Catalog) -> None:
    for standard in world.rules:
        row = catalog.rule(standard.rule, world.period.end) if standard.rule in catalog.rules else None
        if row is None or row.value != standard.value:
            raise cannot(
                f"规定 {standard.rule} 不是 {standard.value}。", f"Rule {standard.rule} is not {standard.value}."
            )


def _citations(shop: Workshop, world: World) -> list[Batch]:
    """The numbers of others, one fact each."""
    planned = shop.planned.forest
    found = []
    for number, cited in enumerate(world.citations):
        org = planned.codes[cited.org or world.organisation.code]
        body = {"tags": ["list_size"], "value": str(cited.value), "issuer": cited.issuer, "document": cited.document}
        found.append(Batch("citation.recorded", body, planned.units[org],
                           (Deed(f"world/cited/{number}", org, cited.day),)))  # fmt: skip
    return found
