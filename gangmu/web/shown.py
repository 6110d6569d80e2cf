"""Facts and fields as rows that a page shows: pure functions from a fact, its kind's definition and names of units.

Languages: "zh-hans" or "en". What has only a Chinese form (names of units, quoted rules) stays Chinese.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from gangmu.catalog.definitions import FactKind, Field, Text
from gangmu.kernel.clock import local_day
from gangmu.pages import formats

SAID_AT_MOST = 3  # so many fields make up the line by which a fact is known in a list
QUIET_TYPES = frozenset({"text", "ref", "person"})  # never part of that line


class FactLike(Protocol):
    """What is read of a fact."""

    @property
    def id(self) -> Any: ...
    @property
    def kind(self) -> str: ...
    @property
    def org(self) -> Any: ...
    @property
    def claimed_from(self) -> datetime: ...
    @property
    def received(self) -> datetime: ...
    @property
    def body(self) -> Mapping[str, Any]: ...
    @property
    def seq(self) -> int | None: ...
    @property
    def reversed_by(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact in a list: what it is called, what it says in few words, whose, when, and how it stands."""

    id: str
    seq: int | None
    title: str
    said: str
    org: str
    unit: str
    day: date
    received: datetime
    late: bool
    reversed: bool


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of one fact."""

    title: str
    value: str
    help: str = ""


def title(text: Text | str, language: str) -> str:
    """A definition's title in the reader's language."""
    if isinstance(text, str):
        return text
    return text.en if language == "en" else text.zh


def fact_rows(
    facts: Iterable[FactLike], kinds: Mapping[str, FactKind], units: Mapping[str, str],
    choices: Mapping[str, Mapping[str, Mapping[str, Text]]], language: str,
) -> list[FactRow]:  # fmt: skip
    """Rows of a list of facts. `units`: names by id; `choices`: titles of enum values by kind and field."""
    return [fact_row(fact, kinds.get(fact.kind), units, choices.get(fact.kind, {}), language) for fact in facts]


def fact_row(
    fact: FactLike, kind: FactKind | None, units: Mapping[str, str], choices: Mapping[str, Mapping[str, Text]], language: str
) -> FactRow:
    """One row; a kind that the catalog no longer has is shown by its key."""
    return FactRow(
        str(fact.id), fact.seq, title(kind.title, language) if kind else fact.kind,
        line(fact.body, kind, units, choices, language), str(fact.org), units.get(str(fact.org), ""),
        local_day(fact.claimed_from), fact.received, is_late(fact, kind), bool(fact.reversed_by),
    )  # fmt: skip


def is_late(fact: FactLike, kind: FactKind | None) -> bool:
    """Whether the fact reached the ledger later than its kind allows."""
    allowed = kind.late_after_days if kind else 0
    return (local_day(fact.received) - local_day(fact.claimed_from)).days > allowed


def line(
    body: Mapping[str, Any], kind: FactKind | None, units: Mapping[str, str], choices: Mapping[str, Mapping[str, Text]], language: str
) -> str:
    """The few words by which a fact is known in a list."""
    if kind is None:
        return ""
    telling = [one for one in kind.body_fields if one.type not in QUIET_TYPES and body.get(one.key) not in (None, "", False)]
    parts = [_said(one, body[one.key], units, choices, language) for one in telling[:SAID_AT_MOST]]
    return (", " if language == "en" else "，").join(parts)


def _said(one: Field, value: Any, units: Mapping[str, str], choices: Mapping[str, Mapping[str, Text]], language: str) -> str:
    if one.type == "enum":
        return field_value(one, value, units, choices, language)
    if one.type == "bool":
        return title(one.title, language)
    return f"{title(one.title, language)} {field_value(one, value, units, choices, language)}"


def field_rows(
    body: Mapping[str, Any], kind: FactKind, units: Mapping[str, str], choices: Mapping[str, Mapping[str, Text]], language: str
) -> list[FieldRow]:
    """Every field of the body that says something, in the order of the definition."""
    return [
        FieldRow(title(one.title, language), field_value(one, body[one.key], units, choices, language))
        for one in kind.body_fields
        if body.get(one.key) not in (None, "")
    ]


def field_value(one: Field, value: Any, units: Mapping[str, str], choices: Mapping[str, Mapping[str, Text]], language: str) -> str:
    """The value of one field in words."""
    match one.type:
        case "bool":
            return ("yes" if value else "no") if language == "en" else ("是" if value else "否")
        case "enum":
            named = choices.get(one.key, {}).get(str(value))
            return title(named, language) if named else str(value)
        case "org":
            return units.get(str(value), str(value))
        case "date":
            return formats.day(date.fromisoformat(str(value)), language)
        case "int" | "decimal":
            return formats.grouped(formats.decimal(value))
        case "money":
            return formats.quantity(formats.decimal(value), "元", language)
        case _:
            return str(value)
