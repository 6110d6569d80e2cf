"""What the API hands out: schemas of its own, made from the frozen values of the floors beneath."""

from datetime import date, datetime
from typing import Any, Self

from ninja import Schema

from gangmu.indicators.values import Figure, Part, plain
from gangmu.ledger.facts import Fact
from gangmu.orgs.tree import Node


class OrganisationOut(Schema):
    """A unit as it stands today."""

    id: str
    code: str
    name: str
    kind: str
    domain: str
    parent: str | None
    level: int
    alive: bool

    @classmethod
    def of(cls, node: Node) -> Self:
        return cls(**{name: getattr(node, name) for name in cls.model_fields if name != "id"}, id=node.org)


class PartOut(Schema):
    """One aggregate of a figure."""

    name: str
    value: int | float | None
    unit: str
    query: str

    @classmethod
    def of(cls, part: Part) -> Self:
        return cls(name=part.name.zh, value=plain(part.value), unit=part.unit, query=part.query)


class FigureOut(Schema):
    """A figure with its source. `why` says why there is no value: absent, no_whole or withheld."""

    indicator: str
    org: str
    first: date
    last: date
    value: int | float | None
    unit: str
    numerator: int | float | None
    denominator: int | float | None
    parts: list[PartOut]
    late_count: int
    restated: int | float | None
    why: str
    catalog: str
    tree_day: date
    ledger_size: int
    manifest: str

    @classmethod
    def of(cls, figure: Figure) -> Self:
        same = ("org", "unit", "late_count", "why", "catalog")
        return cls(
            indicator=figure.key,
            first=figure.period.start,
            last=figure.period.end,
            parts=[PartOut.of(part) for part in figure.parts],
            tree_day=figure.tree_day,
            ledger_size=figure.ledger_size,
            manifest=figure.manifest,
            **{name: getattr(figure, name) for name in same},
            value=plain(figure.value),
            numerator=plain(figure.numerator),
            denominator=plain(figure.denominator),
            restated=plain(figure.restated),
        )


class FactOut(Schema):
    """A recorded fact; sealed values are never handed out here."""

    id: str
    seq: int | None
    kind: str
    catalog: str
    org: str
    about: str | None
    claimed_from: datetime
    claimed_to: datetime
    received: datetime
    body: dict[str, Any]
    sealed: list[str]
    reversed_by: str | None

    @classmethod
    def of(cls, fact: Fact) -> Self:
        same = ("id", "seq", "kind", "org", "about", "claimed_from", "claimed_to", "received", "reversed_by")
        own = {name: getattr(fact, name) for name in same}
        return cls(**own, catalog=fact.schema, body=dict(fact.body), sealed=list(fact.slots))


class FactsOut(Schema):
    """One page of facts, newest first, and how many there are in all."""

    total: int
    page: int
    facts: list[FactOut]


class ProblemOut(Schema):
    """What was wrong with a request."""

    code: str
    where: str
    message: str
    message_en: str


class RefusedOut(Schema):
    """Every problem of a refused request."""

    problems: list[ProblemOut]
