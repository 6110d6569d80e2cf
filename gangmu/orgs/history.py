"""From events to dated rows: pure functions of the *set* of events, so their order of arrival cannot matter.

An event is what the graph keeps of one recorded fact. Days are half-open: a row holds on every day d with
valid_from <= d < valid_to; OPEN stands for "until further notice".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from gangmu.kernel.canon import Json
from gangmu.kernel.ids import FactId
from gangmu.ledger.facts import Fact

OPEN = date.max


@dataclass(frozen=True, slots=True)
class Event:
    """One standing fact about one thing: its kind, the day it claims and its body."""

    fact: FactId
    kind: str
    about: str
    org: str
    on: date
    received: datetime
    body: Mapping[str, Json]

    @classmethod
    def of(cls, fact: Fact) -> "Event":
        return cls(fact.id, fact.kind, str(fact.about), fact.org, fact.day, fact.received, fact.body)

    @property
    def rank(self) -> tuple[date, datetime, str]:
        """The order in which events count: claimed day, then arrival, then id (so that no two are equal)."""
        return (self.on, self.received, self.fact)

    def text(self, key: str) -> str:
        """The body's text under `key`, empty when absent."""
        return str(self.body.get(key) or "")

    def whole(self, key: str) -> int | None:
        """The body's whole number under `key`, or None."""
        found = self.body.get(key)
        return found if isinstance(found, int) else None

    def day(self, key: str) -> date | None:
        """The body's day under `key`, or None."""
        found = self.text(key)
        return date.fromisoformat(found) if found else None


class Span(NamedTuple):
    """A value and the days it holds: from the first, up to but without the second."""

    valid_from: date
    valid_to: date
    value: tuple[str, ...]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day < self.valid_to


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """Everything dated about one unit. `parents` values are ("",) for a root, else (parent,)."""

    org: str
    segment: str
    kind: str
    domain: str
    code: str
    founded_on: date
    ended_on: date
    ending: str
    names: tuple[Span, ...]
    parents: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """A thing that began and may have ended: a relation, post, holding, membership or grant."""

    about: str
    org: str
    opened: Event
    valid_from: date
    valid_to: date
    ending: str = ""


def spans(marks: Iterable[tuple[date, tuple[str, ...]]], until: date = OPEN) -> tuple[Span, ...]:
    """Consecutive spans from dated marks (in rank order; the last mark of a day counts), equal neighbours joined."""
    found: list[Span] = []
    for day, value in marks:
        if day >= until or (found and found[-1].value == value):
            continue
        if found:
            before = found.pop()
            if before.valid_from < day:
                found.append(before._replace(valid_to=day))
            if found and found[-1].value == value:
                found[-1] = found[-1]._replace(valid_to=until)
                continue
        found.append(Span(day, until, value))
    return tuple(found)


ENDINGS = {"unit.merged": "merged", "unit.dissolved": "dissolved"}
SPLIT = "split"  # the reason of a unit that ends because others come out of it


def unit_history(events: Sequence[Event]) -> UnitHistory | None:
    """The dated history of one unit, or None while its founding is not known."""
    ordered = sorted(events, key=lambda event: event.rank)
    founding = next((event for event in ordered if event.kind == "unit.founded"), None)
    if founding is None:
        return None
    known = [event for event in ordered if event.on >= founding.on and event.kind != "unit.founded"]
    end = next((event for event in known if event.kind in ENDINGS), None)
    return UnitHistory(
        org=founding.about,
        segment=founding.text("segment"),
        kind=founding.text("unit_kind"),
        domain=founding.text("domain"),
        code=founding.text("code"),
        founded_on=founding.on,
        ended_on=end.on if end else OPEN,
        ending=_ending(end) if end else "",
        names=spans((event.on, _name(event)) for event in [founding, *known] if _name(event)),
        parents=spans(_parents(founding, known)),
    )


def _ending(event: Event) -> str:
    return SPLIT if event.text("reason") == SPLIT else ENDINGS[event.kind]


def _name(event: Event) -> tuple[str, ...]:
    if event.kind not in ("unit.founded", "unit.renamed"):
        return ()
    return (event.text("name"), event.text("short"), event.text("aliases"))


def _parents(founding: Event, known: Iterable[Event]) -> Iterable[tuple[date, tuple[str, ...]]]:
    """A merged unit hangs under the one that took it in, so its records keep counting there."""
    yield founding.on, (founding.text("parent"),)
    for event in known:
        if event.kind == "unit.moved":
            yield event.on, (event.text("parent"),)
        elif event.kind == "unit.merged":
            yield event.on, (event.text("into"),)


def spell(events: Sequence[Event], opens: str, closes: str) -> Spell | None:
    """The one spell of a thing from its opening and closing events, or None while its opening is not known."""
    ordered = sorted(events, key=lambda event: event.rank)
    opening = next((event for event in ordered if event.kind == opens), None)
    if opening is None:
        return None
    closing = next((event for event in ordered if event.kind == closes and event.on >= opening.on), None)
    end = closing.on if closing else OPEN
    ending = (closing.text("reason") or "closed") if closing else ""
    return Spell(opening.about, opening.org, opening, opening.on, end, ending)


def stages(events: Sequence[Event]) -> tuple[Span, ...]:
    """The stages of one membership: from application to full member, each with its days."""
    ordered = sorted(events, key=lambda event: event.rank)
    end = next((event.on for event in ordered if event.kind == "membership.ended"), OPEN)
    return spans(((event.on, (event.text("stage"),)) for event in ordered if event.text("stage")), end)
