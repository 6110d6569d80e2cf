"""What the API hands out: schemas of its own, made from the frozen values of the floors beneath."""

from datetime import date, datetime
from typing import Any, Self

from ninja import Schema
from pydantic import Field

from gangmu.kernel.problems import Problem
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


class FigureOut(Schema):
    """A figure with its source, as the command `figure` prints it: `Figure.as_record`.

    `numerator` and `denominator` are what was divided; `why` says why there is no value: absent, no_whole or withheld;
    `digest` is of the whole statement, so that whoever counts it again can compare.
    """

    indicator: str
    org: str
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    value: int | float | None
    unit: str
    numerator: int | float | None
    denominator: int | float | None
    parts: list[PartOut]
    source_status: str
    catalog: str
    tree_day: date
    ledger_size: int
    manifest: str
    late_count: int
    restated: int | float | None
    why: str
    digest: str


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
    """What was wrong with a request and what to do, in both languages; where; and the rule that says so."""

    code: str
    where: str
    rule: str
    message: str
    message_en: str

    @classmethod
    def of(cls, problem: Problem) -> Self:
        return cls(**{name: getattr(problem, name) for name in cls.model_fields})


class RefusedOut(Schema):
    """Every problem of a refused request."""

    problems: list[ProblemOut]
