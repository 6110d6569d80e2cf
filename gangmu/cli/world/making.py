"""Making planned facts: as many of a kind as are wanted, for which a condition holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import FactKind
from gangmu.catalog.definitions import Field as FactField
from gangmu.catalog.expressions.nodes import Condition
from gangmu.cli.city import names
from gangmu.cli.world.batches import Batch, Deed
from gangmu.cli.world.counts import Planned
from gangmu.cli.world.definitions import Promise
from gangmu.cli.world.forest import ident
from gangmu.cli.world.recipes import Recipe, cannot, joined, opening_kind, recipe
from gangmu.kernel.canon import Json
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.periods import Period
from gangmu.orgs.entries import NewPerson

OPENED_BEFORE = timedelta(days=4)  # a thing is opened so long before it is moved or closed, but within the period
FOUNDED = "unit.founded"


@dataclass(slots=True)
class Workshop:
    """Everything planned so far, and what making more of it needs."""

    catalog: Catalog
    planned: Planned
    chance: Random
    persons: list[NewPerson]

    def drawn(self, *words: str) -> str:
        """An id that nothing else has."""
        return ident(self.planned.forest.key, *words)


@dataclass(frozen=True, slots=True)
class Order:
    """For which promise facts are made: whose they are, over which days, and their number in the file (for keys)."""

    promise: Promise
    place: int
    top: OrgId
    period: Period


def make(
    shop: Workshop, order: Order, kind: str, where: Condition, number: int, *, distinct: str = "",
    at: Sequence[OrgId] = (), days: Period | None = None, own: Sequence[Mapping[str, Json]] = (),
) -> None:  # fmt: skip
    """Plan `number` facts of `kind` for which `where` holds: at `at` in turn, spread over the days.

    `distinct` names what is to differ from fact to fact, `own` what each of them says besides.
    """
    if number < 0:
        raise cannot(f"{order.promise.figure} 已经超出了。", f"{order.promise.figure}: more is planned already.")
    if not number:
        return
    definition, found = shop.catalog.facts[kind], recipe(where)
    once = distinct == "org" or (distinct == "about" and definition.about == "unit")
    places = spread(list(at) or standing(shop, order, found, distinct), number, once)
    moments = evenly(days or order.period, number)
    key = f"world/{order.place}/{len(shop.planned.batches)}"
    deeds = [
        _deed(shop, order, definition, f"{key}/{place}", org, day, distinct)
        for place, (org, day) in enumerate(zip(places, moments, strict=True))
    ]
    deeds = [replace(deed, own={**deed.own, **more}) for deed, more in zip(deeds, own or [{}] * number, strict=True)]
    batch = _batch(shop, order, definition, found, deeds, places[0])
    shop.planned.batches.append(_founded(shop, order, batch, places) if kind == FOUNDED else batch)


def standing(shop: Workshop, order: Order, found: Recipe, distinct: str) -> list[OrgId]:
    """The units at which facts are made: those the condition asks for, else those of the kind the promise names."""
    forest, at = shop.planned.forest, order.promise.at
    if found.unit.terms:  # type: ignore[union-attr]
        places = forest.standing(order.top, found.unit)
    else:
        places = forest.of_kind(order.top, at) if at else [order.top]
    if distinct == "org":
        used = {deed.org for batch in shop.planned.batches for deed in batch.deeds
                if batch.body.get("tags") == found.body.get("tags")}  # fmt: skip
        places = [place for place in places if place not in used]
    return places


def spread(places: Sequence[OrgId], number: int, once: bool) -> list[OrgId]:
    """`number` of the places: evenly chosen when there are more, else in turn. Raises Refused when each serves once."""
    if not places or (once and number > len(places) > 1):
        raise cannot(
            f"只有 {len(places)} 个组织，不够 {number} 个。", f"{len(places)} units do not serve for {number}."
        )
    if number <= len(places):
        return [places[place * len(places) // number] for place in range(number)]
    return [places[place % len(places)] for place in range(number)]


def evenly(period: Period, number: int) -> list[date]:
    """So many days, spread over the period."""
    return [period.start + timedelta(days=place * period.days // number) for place in range(number)]


def _deed(shop: Workshop, order: Order, kind: FactKind, key: str, org: OrgId, day: date, distinct: str) -> Deed:
    own = {field.key: said for field in kind.body_fields
           if (said := _said(shop, order, field, key, org, day, distinct)) is not None}  # fmt: skip
    opened = max(order.period.start, day - OPENED_BEFORE)
    return Deed(key, org, day, _about(shop, kind, key, org, distinct), own, min(opened, day))


def _about(shop: Workshop, kind: FactKind, key: str, org: OrgId, distinct: str) -> str | None:
    if kind.about == "unit":
        return org if distinct == "about" else None
    return shop.drawn("thing", key) if kind.moves or distinct == "about" else None


def _said(shop: Workshop, order: Order, field: FactField, key: str, org: OrgId, day: date, distinct: str) -> Json:
    """What the fact alone says in a field, or None."""
    given = order.promise.fields.get(field.key)
    if field.type == "person" and (field.required or field.key == distinct):
        return _person(shop, key, org)
    if field.type == "org" and given:
        others = [one for one in shop.planned.forest.of_kind(OrgId(_root(shop)), str(given)) if one != org]
        return others[int(shop.drawn("other", key), 16) % len(others)]
    if field.key == distinct:
        return shop.drawn("other", key)
    if isinstance(given, str) and "{month}" in given:
        return given.replace("{month}", f"{day.year}年{day.month}月")
    return None


def _root(shop: Workshop) -> str:
    return next(iter(shop.planned.forest.found))


def _person(shop: Workshop, key: str, org: OrgId) -> str:
    person = PersonId(shop.drawn("person", key))
    name, since = names.person(shop.chance), shop.planned.forest.since
    shop.persons.append(NewPerson(org, since, f"{key}/person", person, name))
    return person


def _batch(shop: Workshop, order: Order, kind: FactKind, found: Recipe, deeds: Sequence[Deed], place: OrgId) -> Batch:
    opens = opening_kind(shop.catalog, kind.key)
    more: dict[str, Any] = {"tags": [*order.promise.tags]} if order.promise.tags else {}
    stated = _stated(kind, order.promise.fields)
    body = joined(joined(stated, found.body), {} if opens else more)
    opening = (
        joined(joined(_stated(shop.catalog.facts[opens], order.promise.fields), found.opening), more) if opens else {}
    )
    return Batch(kind.key, body, shop.planned.forest.units[place], tuple(deeds), opening, opens)


def _stated(kind: FactKind, fields: Mapping[str, Any]) -> dict[str, Json]:
    """Those of the promise's fields that facts of the kind share as they are."""
    own = {field.key for field in kind.body_fields if field.type != "org"}
    return {key: said for key, said in fields.items()
            if key in own and not (isinstance(said, str) and "{month}" in said)}  # fmt: skip


def _founded(shop: Workshop, order: Order, batch: Batch, parents: Sequence[OrgId]) -> Batch:
    """Foundings are units of the tree: each is planned there, and its fact is told at the new unit."""
    forest, deeds = shop.planned.forest, []
    kind, domain = str(batch.body.get("unit_kind", "branch")), str(batch.body.get("domain", "rural"))
    tags = batch.body.get("tags", [])
    for number, (deed, parent) in enumerate(zip(batch.deeds, parents, strict=True), 1):
        name = forest.found[parent].name.removesuffix("委员会") + str(order.promise.fields.get("name", "新建党支部"))
        org = forest.add(f"{forest.key}-{order.place}-{number}", name, kind, domain, parent, deed.day,
                         tags=tuple(map(str, tags)) if isinstance(tags, list) else ())  # fmt: skip
        deeds.append(replace(deed, org=org, about=org))
    return replace(batch, unit=forest.units[OrgId(deeds[0].org)], deeds=tuple(deeds))


def share_out(total: Decimal, number: int) -> list[int]:
    """A whole total in `number` nearly equal whole parts. Raises Refused for a total with a fraction."""
    if total != total.to_integral_value():
        raise cannot(f"{total} 不是整数，分不成记录。", f"{total} is no whole number to be told in facts.")
    each, left = divmod(int(total), number)
    return [each + (place < left) for place in range(number)]


def chosen(number: int, of: int) -> list[bool]:
    """Which `number` of `of`, evenly spread."""
    return [place * number // of != (place + 1) * number // of for place in range(of)]
