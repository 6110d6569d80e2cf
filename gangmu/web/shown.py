"""Facts and fields as rows that a page shows: pure functions from a fact, its kind's definition and names of units.

Languages: "zh-hans" or "en". What has only a Chinese form (names of units, quoted rules) stays Chinese.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Protocol

from gangmu.catalog.definitions import OLD_BOOKS, FactKind, Field, Text
from gangmu.kernel.clock import local_day
from gangmu.ledger.facts import REVERSE
from gangmu.pages import formats

SAID_AT_MOST = 3  # so many fields make up the line by which a fact is known in a list
TAGS = Text(zh="标签", en="Tags")
TAKEN_BACK = Text(zh="冲正", en="Taken back")  # the one kind that the catalog does not define
YUAN = ("（元）", " (yuan)")  # in a title; the amount itself bears the unit
EMPTY: tuple[object, ...] = (None, "", False)
Named = Mapping[str, tuple[str, str]]  # by field: what the thing or person is called, and where it is told
NONE_NAMED: Named = MappingProxyType({})
QUIET_TYPES = frozenset({"text", "ref", "person", "date"})  # never part of that line


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
class Lexicon:
    """What is needed to put facts into words: kinds by key, names of units by id, titles of enum values, the language.

    `choices`: titles by kind, field and value. `callers`: by kind, the tags that call a fact what it is, where the
    kind's own title says nothing: an activity is called by its form.
    """

    kinds: Mapping[str, FactKind]
    units: Mapping[str, str]
    choices: Mapping[str, Mapping[str, Mapping[str, Text]]]
    tags: Mapping[str, Text]
    language: str
    callers: Mapping[str, frozenset[str]]

    def title(self, text: Text | str) -> str:
        """A definition's title in the reader's language."""
        if isinstance(text, str):
            return text
        return text.en if self.language == "en" else text.zh


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
    """One field of one fact. `address`: where the thing it names is told (empty: nowhere)."""

    title: str
    value: str
    address: str = ""


def fact_rows(facts: Iterable[FactLike], words: Lexicon) -> list[FactRow]:
    """Rows of a list of facts."""
    return [fact_row(fact, words) for fact in facts]


def fact_row(fact: FactLike, words: Lexicon) -> FactRow:
    """One row; a kind that the catalog no longer has is shown by its key."""
    kind = words.kinds.get(fact.kind)
    return FactRow(
        id=str(fact.id),
        seq=fact.seq,
        title=called(fact, words),
        said=line(fact.body, kind, words) if kind else "",
        org=str(fact.org),
        unit=words.units.get(str(fact.org), ""),
        day=local_day(fact.claimed_from),
        received=fact.received,
        late=is_late(fact, kind),
        reversed=bool(fact.reversed_by),
    )


def called(fact: FactLike, words: Lexicon) -> str:
    """What a fact is called: by its own tag where its kind has such, else by its kind."""
    kind = words.kinds.get(fact.kind)
    if kind is None:
        return words.title(TAKEN_BACK) if fact.kind == REVERSE else fact.kind
    own = [tag for tag in fact.body.get("tags", ()) if tag in words.callers.get(fact.kind, ())]
    return words.title(words.tags[own[0]] if own else kind.title)


def is_late(fact: FactLike, kind: FactKind | None) -> bool:
    """Whether the fact reached the ledger later than its kind allows; what old books held did not."""
    if fact.body.get("late_reason") == OLD_BOOKS:
        return False
    allowed = kind.late_after_days if kind else 0
    return (local_day(fact.received) - local_day(fact.claimed_from)).days > allowed


def line(body: Mapping[str, Any], kind: FactKind, words: Lexicon) -> str:
    """The few words by which a fact is known in a list beside its title: its other tags, its first telling fields."""
    telling = [one for one in kind.body_fields if one.type not in QUIET_TYPES and body.get(one.key) not in EMPTY]
    calling = words.callers.get(kind.key, frozenset())  # the title has said these
    parts = [
        *tag_titles(body, words, besides=calling),
        *(_said(kind, one, body[one.key], words) for one in telling[:SAID_AT_MOST]),
    ]
    return (", " if words.language == "en" else "，").join(parts)


def tag_titles(body: Mapping[str, Any], words: Lexicon, besides: frozenset[str] = frozenset()) -> list[str]:
    """The titles of the fact's tags but for `besides`; a tag that the catalog no longer has is shown by its key."""
    told = (tag for tag in body.get("tags", ()) if tag not in besides)
    return [words.title(words.tags[tag]) if tag in words.tags else str(tag) for tag in told]


def _said(kind: FactKind, one: Field, value: Any, words: Lexicon) -> str:
    if one.type == "enum":
        return field_value(kind, one, value, words)
    if one.type == "bool":
        return words.title(one.title)
    title = words.title(one.title)
    for unit in YUAN if one.type == "money" else ():
        title = title.removesuffix(unit)
    return f"{title} {field_value(kind, one, value, words)}"


def field_rows(body: Mapping[str, Any], kind: FactKind, words: Lexicon, named: Named = NONE_NAMED) -> list[FieldRow]:
    """The tags and every field of the body that says something, in the order of the definition.

    `named`: the fields that hold an id, in words; nobody reads ids.
    """
    tags = "、".join(tag_titles(body, words)) if words.language != "en" else ", ".join(tag_titles(body, words))
    said = [one for one in kind.body_fields if body.get(one.key) not in (None, "")]
    told = {one.key: named.get(one.key) or (field_value(kind, one, body[one.key], words), "") for one in said}
    rows = [FieldRow(words.title(one.title), *told[one.key]) for one in said]
    return [FieldRow(words.title(TAGS), tags), *rows] if tags else rows


def field_value(kind: FactKind, one: Field, value: Any, words: Lexicon) -> str:
    """The value of one field in words."""
    match one.type:
        case "bool":
            return ("yes" if value else "no") if words.language == "en" else ("是" if value else "否")
        case "enum":
            named = words.choices.get(kind.key, {}).get(one.key, {}).get(str(value))
            return words.title(named) if named else str(value)
        case "org":
            return words.units.get(str(value), str(value))
        case "date":
            return formats.day(date.fromisoformat(str(value)), words.language)
        case "int" | "decimal":
            return formats.grouped(formats.decimal(value))
        case "money":
            return formats.quantity(formats.decimal(value), "元", words.language)
        case _:
            return str(value)
