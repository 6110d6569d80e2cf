"""Forms from definitions: a fact kind's fields as controls, and what was typed as a fact's body and sealed slots.

Nothing is judged here but what a control cannot say (a whole number that is none); the catalog judges the body.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict

from gangmu.catalog import definitions
from gangmu.catalog.definitions import FactKind, Text
from gangmu.kernel.canon import Json
from gangmu.kernel.problems import Problem

CONTROLS = {
    "int": "number", "decimal": "number", "money": "number", "bool": "check", "date": "date",
    "org": "org", "text": "textarea",
}  # fmt: skip
FEW = 6  # this many choices lie open as chips; more fold into a list
SHORT_TEXT = 60
CHOOSE_UNIT = Text(
    zh="从单位的页面点“记一笔”进来，这里就列出单位里的人。",
    en="Open this form from the unit’s page and its people are listed here.",
)
WRITTEN_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
Choices = tuple[tuple[str, Text | str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One control: what it asks, how, and what stands in it. `values` are the ticked ones of chips and tags."""

    key: str
    title: Text | str
    control: str
    value: str = ""
    values: tuple[str, ...] = ()
    choices: Choices = ()
    required: bool = False
    help: Text | str = ""
    unit: str = ""
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: the body in clear, the sealed slots, and what could not be read at all."""

    body: dict[str, Json]
    sealed: dict[str, str]
    problems: tuple[Problem, ...] = field(default=())


def controls(kind: FactKind, choices: Mapping[str, Choices], typed: QueryDict) -> list[Field]:
    """The fields of `kind` as controls, filled with what was typed. `choices`: the values of each enum field."""
    return [control(one, choices.get(one.key, ()), typed) for one in kind.fields]


def control(one: definitions.Field, choices: Choices, typed: QueryDict) -> Field:
    """One field as a control; what has choices is chosen, people and things always: nobody types an id."""
    how = (CONTROLS.get(one.type) if not choices or one.type == "org" else None) or _choosing(one, choices)
    if one.type == "text" and one.max is not None and one.max <= SHORT_TEXT:
        how = "text"
    hint = CHOOSE_UNIT if one.type == "person" and not choices else ""
    return Field(
        one.key, one.title, how, typed.get(one.key, ""), tuple(typed.getlist(one.key)), choices,
        one.required, one.help or hint, "元" if one.type == "money" else "", one.sealed,
    )  # fmt: skip


def _choosing(one: definitions.Field, choices: Choices) -> str:
    return "chips" if one.type == "enum" and len(choices) <= FEW else "select"


def read(kind: FactKind, typed: QueryDict, orgs: Mapping[str, str]) -> Typed:
    """What was typed as body and slots; an empty control says nothing. `orgs`: the unit each org field means."""
    body: dict[str, Json] = {}
    sealed: dict[str, str] = {}
    problems: list[Problem] = []
    for one in kind.fields:
        text = typed.get(one.key, "").strip()
        if one.type == "bool":
            body[one.key] = text == "yes"
        elif text and one.sealed:
            sealed[one.key] = text
        elif text and one.type == "org":
            body[one.key] = orgs.get(one.key, "")
        elif text:
            value, problem = _value(one, text)
            body[one.key] = value
            problems += [problem] if problem else []
    return Typed(body, sealed, tuple(problems))


def _value(one: definitions.Field, text: str) -> tuple[Json, Problem | None]:
    """The body's value for what was typed: digits may be grouped or full-width, money is kept as a decimal string."""
    if one.type not in ("int", "decimal", "money"):
        return text, None
    plain = text.translate(str.maketrans("０１２３４５６７８９．，", "0123456789.,")).replace(",", "").replace(" ", "")
    if not WRITTEN_NUMBER.fullmatch(plain) or (one.type == "int" and "." in plain):
        return text, _no_number(one, text)
    return (int(plain) if one.type == "int" else _decimal_text(Decimal(plain))), None


def _decimal_text(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _no_number(one: definitions.Field, text: str) -> Problem:
    what, what_en = ("整数", "a whole number") if one.type == "int" else ("数", "a number")
    return Problem(
        "pages.not_a_number",
        f"“{one.title.zh}”写成了“{text}”，这里要填{what}，比如12。",
        f"“{one.title.en}” says “{text}”; write {what_en} here, for example 12.",
        where=one.key,
    )


def keys(fields: Sequence[Field]) -> frozenset[str]:
    """The keys of the controls that stand on a page, so that a list of problems can link to them."""
    return frozenset(one.key for one in fields)
