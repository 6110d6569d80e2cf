"""The words of the indicator language, as frozen values.

A measure is a number about a place and a period. An aggregate reads records; everything else combines aggregates.
Every aggregate but `distinct` adds up the tree, and every aggregate is a flow or a stock:

* flow   counts what happened on the days of the period;
* stock  tells what stood on the last day of the period, whatever the first day was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Literal, TypeVar, dataclass_transform

Comparison = Literal["==", "!=", "<", "<=", ">", ">="]
Value = str | Decimal
Owner = Literal["fact", "envelope", "opened", "unit"]

ENVELOPE = ("late",)
UNIT_FIELDS = ("kind", "domain", "level")
OPENINGS = ("opened", "started", "founded", "created", "granted")


class Base(StrEnum):
    """What a change is measured against."""

    YEAR_EARLIER = "year_earlier"
    BEFORE = "before"


class Measuring(StrEnum):
    """Whether a measure sums over the days of the period or tells how things stood on its last day."""

    FLOW = "flow"
    STOCK = "stock"


class Selected(Enum):
    """Stands for the tags the asker chooses; `bind` puts them in its place."""

    SELECTED = "selected"


SELECTED = Selected.SELECTED


class Word:
    """A word of the language; whoever holds many of them looks them up by their hash again and again."""

    __slots__ = ("_hashed",)
    _hashed: int


W = TypeVar("W", bound=Word)


@dataclass_transform(frozen_default=True)
def word(made: type[W]) -> type[W]:
    """A frozen value that finds its hash once: one page asks for the same nested words a thousand times."""
    frozen = dataclass(frozen=True, slots=True)(made)
    of_fields = frozen.__hash__

    def kept(self: W) -> int:
        try:
            return self._hashed
        except AttributeError:
            object.__setattr__(self, "_hashed", of_fields(self))
            return self._hashed

    frozen.__hash__ = kept  # type: ignore[assignment, method-assign]
    return frozen


# Conditions: true or false of one fact, of the fact that opened its thing, or of one unit.


@word
class Name(Word):
    """A field of the fact's body, of its envelope, of its thing's opening fact, or of the unit it belongs to."""

    of: Owner
    field: str


@word
class Compare(Word):
    """A field against a written value. What is missing equals nothing, and is neither more nor less than anything."""

    name: Name
    op: Comparison
    value: Value


@word
class Within(Word):
    """A field among written values."""

    name: Name
    values: tuple[Value, ...]


@word
class Holds(Word):
    """A yes-or-no field that says yes."""

    name: Name


@word
class Tagged(Word):
    """The fact (or its thing's opening fact) carries the tag."""

    tag: str | Selected
    of: Literal["fact", "opened"] = "fact"


@word
class Every(Word):
    """All of them; of no conditions at all it is true, so `Every(())` is "without condition"."""

    terms: tuple["Condition", ...] = ()


@word
class Either(Word):
    """At least one of them."""

    terms: tuple["Condition", ...]


@word
class Not(Word):
    """The opposite."""

    term: "Condition"


Condition = Compare | Within | Holds | Tagged | Every | Either | Not
ALWAYS = Every()


# Aggregates: what reads records.


@word
class Count(Word):
    """How many facts of a kind."""

    kind: str
    where: Condition = ALWAYS


@word
class Sum(Word):
    """The sum of one number field over facts of a kind."""

    kind: str
    field: str
    where: Condition = ALWAYS


@word
class Distinct(Word):
    """How many different values: of a body field, or of what the facts are `about`, their `org`, their `day`.

    One company visited by two townships is one company of the county, so this is computed anew at every level.
    """

    kind: str
    field: str
    where: Condition = ALWAYS


@word
class Stock(Word):
    """How many things (by `about`) had been opened by the last day and not closed since.

    The condition is on the opening facts. A thing opened again after its close stands again; opened and closed on
    one day it does not stand at the end of that day.
    """

    opened: str
    closed: str | None = None
    where: Condition = ALWAYS


@word
class Latest(Word):
    """The sum, over things (by `about`, else by unit), of the last value stated by the last day.

    With `days`, a statement older than that many days has lapsed.
    """

    kind: str
    field: str
    where: Condition = ALWAYS
    days: int | None = None


@word
class Units(Word):
    """How many units the tree of the day holds. The condition is on `unit.kind`, `unit.domain`, `unit.level`."""

    where: Condition = ALWAYS


RecordAggregate = Count | Sum | Distinct | Stock | Latest


@word
class UnitsWhere(Word):
    """How many units of the tree of the day have a figure (over the unit and all beneath it) that passes `limit`.

    A unit without any record for the measure does not pass.
    """

    where: Condition
    measure: RecordAggregate
    op: Comparison
    limit: Decimal


Aggregate = RecordAggregate | Units | UnitsWhere


# Combinations.


@word
class Number(Word):
    """A written number."""

    value: Decimal


@word
class Ratio(Word):
    """Of a hundred: 100 · part ÷ whole."""

    part: "Measure"
    whole: "Measure"


@word
class Per(Word):
    """amount ÷ by."""

    amount: "Measure"
    by: "Measure"


@word
class Change(Word):
    """The rate, in percent, from the base period to this one; of a ratio also the points between them."""

    measure: "Measure"
    base: Base = Base.YEAR_EARLIER


@word
class AllTime(Word):
    """The measure from the first record to the last day of the period."""

    measure: "Measure"


@word
class Total(Word):
    """left + right, or left − right."""

    left: "Measure"
    op: Literal["+", "-"]
    right: "Measure"


Measure = Aggregate | Number | Ratio | Per | Change | AllTime | Total


def children(measure: Measure) -> tuple[Measure, ...]:
    """The measures directly inside a combination; an aggregate has none."""
    match measure:
        case Ratio(a, b) | Per(a, b) | Total(a, _, b):
            return (a, b)
        case Change(a) | AllTime(a):
            return (a,)
        case _:
            return ()


def aggregates(measure: Measure) -> Iterator[Aggregate]:
    """Every aggregate in the order written; the measure inside `units_where` is part of its aggregate."""
    if isinstance(measure, Aggregate):
        yield measure
    for inner in children(measure):
        yield from aggregates(inner)


def measuring(measure: Measure) -> Measuring:
    """Stock when everything counted stands on a day, else flow (a flow over a stock happens in the period)."""
    stocks = (Stock, Latest, Units, UnitsWhere)
    found = [isinstance(one, stocks) for one in aggregates(measure)]
    return Measuring.STOCK if found and all(found) else Measuring.FLOW


def opening_kinds(kind: str) -> tuple[str, ...]:
    """The kinds whose fact opens the thing that a fact of `kind` moves or closes: matter.closed → matter.opened …"""
    thing = kind.rpartition(".")[0]
    return tuple(f"{thing}.{word}" for word in OPENINGS if f"{thing}.{word}" != kind)


def conditions(condition: Condition) -> Iterator[Compare | Within | Holds | Tagged]:
    """The plain conditions inside, in the order written."""
    match condition:
        case Every(terms) | Either(terms):
            for term in terms:
                yield from conditions(term)
        case Not(term):
            yield from conditions(term)
        case _:
            yield condition
