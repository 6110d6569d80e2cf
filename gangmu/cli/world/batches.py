"""Planned facts, kept in batches that say the same: what is added to one fact more is added to all of its batch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from gangmu.catalog.expressions.evaluate import Row, Unit, World, true_of_fact
from gangmu.catalog.expressions.nodes import Condition, opening_kinds
from gangmu.kernel.canon import Json


@dataclass(frozen=True, slots=True)
class Deed:
    """One planned fact: its request key, where, when, about what, and what it alone says (`own`).

    `opened_on` is the day of the fact that opens its thing, where it moves or closes one.
    """

    key: str
    org: str
    day: date
    about: str | None = None
    own: Mapping[str, Json] = field(default_factory=dict)
    opened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Facts of one kind that share `body`; `opening` is what the facts that opened their things share.

    `unit` is the kind of unit they lie at (any of them stands for all), `opens` the kind of their opening facts.
    """

    kind: str
    body: Mapping[str, Json]
    unit: Unit
    deeds: tuple[Deed, ...]
    opening: Mapping[str, Json] = field(default_factory=dict)
    opens: str | None = None

    def says(self, where: Condition) -> bool:
        """Whether `where` holds of each of its facts."""
        row = Row("", self.kind, self.unit.org, date.min, self.body, about="it")
        opened = [Row("", kind, self.unit.org, date.min, self.opening, about="it") for kind in opening_kinds(self.kind)]
        return true_of_fact(where, row, World(opened if self.opening else [], {self.unit.org: self.unit}))

    def openings(self) -> "Batch | None":
        """The facts that open the things of these, as a batch of their own; None where they open or move nothing."""
        if self.opens is None:
            return None
        first = {deed.about: deed for deed in reversed(self.deeds)}
        deeds = tuple(replace(deed, key=f"{deed.key}/opened", day=deed.opened_on or deed.day, own={})
                      for deed in reversed(first.values()))  # fmt: skip
        return Batch(self.opens, self.opening, self.unit, deeds)


def inside(batches: list[Batch], where: Condition, kind: str) -> Iterator[tuple[int, Batch]]:
    """The batches of a kind for which `where` holds, with their places in the list."""
    return ((place, batch) for place, batch in enumerate(batches) if batch.kind == kind and batch.says(where))


def with_openings(batches: list[Batch], where: Condition, kind: str) -> Iterator[Batch]:
    """As `inside`, and the opening facts of what other batches move or close."""
    for _, batch in inside(batches, where, kind):
        yield batch
    for batch in batches:
        if batch.opens == kind and (opened := batch.openings()) is not None and opened.says(where):
            yield opened
