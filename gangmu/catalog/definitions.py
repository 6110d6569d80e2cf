"""What a catalog file may say: one frozen model per kind of definition, unknown keys refused.

A file holds one definition; its folder says which kind (facts, indicators, tags, rules, wording, organisations).
`key` is the definition's name everywhere and equals the file's name. Titles and reasons are written in Chinese and
English; `source` quotes the rule as it is called and stays in its language.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator
from pydantic import Field as Entry

from gangmu.catalog.words import plain

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
DottedKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}\.[a-z][a-z0-9_]{0,31}$")]


def as_recorded(value: Any) -> Any:
    """What YAML reads as a day or a decimal, as a fact's body holds it: text."""
    if isinstance(value, dict):
        return {key: as_recorded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_recorded(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value


def as_name(word: str) -> str:
    """A name stands in its plain form, so that it can be compared as it is."""
    if plain(word) != word:
        raise ValueError(f"名称写成 {plain(word)}：不带空格和引号，括号用半角 / write it as {plain(word)}")
    return word


def as_word(word: str) -> str:
    """A word stands by itself: a full-width comma makes one word of a whole list, a plain one in brackets makes two."""
    if word.count("(") != word.count(")"):
        raise ValueError(f"“{word}”的括号没有成对：括号里有逗号时整个词加引号 / quote a word with a comma in brackets")
    if re.search("[，；]", word):
        raise ValueError(f"“{word}”里有全角标点：几个词用半角逗号分开 / part words by plain commas, not {word}")
    return word


Body = Annotated[dict[str, Any], BeforeValidator(as_recorded)]
Words = tuple[Annotated[str, StringConstraints(min_length=1), AfterValidator(as_word)], ...]
Names = tuple[Annotated[str, StringConstraints(min_length=1), AfterValidator(as_word), AfterValidator(as_name)], ...]
OLD_BOOKS = "batch"  # the late reason of what was kept elsewhere before the ledger began, and is no late record
SourceStatus = Literal["text", "secondary", "unverified"]
FieldType = Literal["int", "decimal", "money", "bool", "enum", "date", "org", "ref", "text", "person"]
Recorder = Literal["branch_secretary", "party_clerk", "leader", "auditor", "keeper"]  # roles, and who keeps accounts
About = Literal[
    "person", "unit", "relation", "post", "holding", "membership", "account", "grant", "enrolment",
    "visited", "matter", "problem", "pledge", "project", "site", "resolution", "correction",
]  # fmt: skip
Form = Literal[
    "committee", "work_committee", "party_group", "primary", "branch", "temporary", "group", "alliance", "entity"
]


class Strict(BaseModel):
    """Frozen; refuses keys it does not know; takes tuples for lists."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, str_strip_whitespace=True)


class Text(Strict):
    """One text in Chinese and in English."""

    zh: str = Entry(min_length=1)
    en: str = Entry(min_length=1)


class Definition(Strict):
    """What every definition says about itself.

    `source_status`: `text` (the rule's own words were read), `secondary` (read about it elsewhere), `unverified`
    (shown as 口径待核 and can be switched off). A local pack names in `basis` the document by which it adds or
    tightens, and in `effective` the day from which that holds; the national floor has neither. `cites` names entries of
    the register of documents by key, with an article where one is meant: `branch_work 第四条`.
    """

    title: Text
    why: Text
    source: str = Entry(min_length=1)
    source_status: SourceStatus
    review_by: date
    basis: str | None = None
    effective: date | None = None
    cites: tuple[str, ...] = ()


class Value(Strict):
    """One choice of an `enum` field."""

    key: Key
    title: Text


class Field(Strict):
    """One field of a fact's body, or one sealed slot.

    Types: `int` whole number; `decimal` and `money` (yuan, at most two places) an integer or a decimal string;
    `date` YYYY-MM-DD; `org`, `person`, `ref` opaque ids; `text` words. `min` and `max` bound a number, or the length
    of a text. A text is sealed, because a name may stand in it, unless `public` says why no person can be named.
    `values_from` takes the choices of an enum from a tag family or from `organisation_kinds`. `many`: a list of such.
    `aside`: asked for only by the guided page of a form of activity, and counted by no figure: it is no column of the
    mart. `near`: a sealed text that is read at the unit and one level up, not above.
    """

    key: Key
    title: Text
    type: FieldType
    required: bool = False
    many: bool = False
    min: Decimal | None = None
    max: Decimal | None = None
    values: tuple[Value, ...] = ()
    values_from: Key | None = None
    sealed: bool = False
    public: str | None = None
    aside: bool = False
    near: bool = False
    help: Text | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> "Field":
        if (self.type == "enum") != bool(self.values or self.values_from):
            raise ValueError("enum 要写 values 或 values_from，别的类型不写 / only an enum has values or values_from")
        if self.values and self.values_from:
            raise ValueError("values 和 values_from 只写一个 / write values or values_from, not both")
        if self.type == "text" and self.sealed == bool(self.public):
            raise ValueError(
                "文字要么 sealed: true，要么在 public 里写明缘由 / a text is sealed or says in `public` why not"
            )
        if self.type != "text" and self.public:
            raise ValueError("只有文字写 public / only a text says why it is public")
        return self


class Move(Strict):
    """What a fact does to the thing it is about: opens, moves or closes it."""

    does: Literal["opens", "moves", "closes"]
    thing: Key


class FactExample(Strict):
    """A body that is accepted, or (`refused`: problem codes) one that is not, and why."""

    name: str
    body: Body
    slots: dict[str, str] = {}
    refused: Words = ()


class FactKind(Definition):
    """A kind of fact: what may be recorded, where, by whom, with which fields.

    `about` names the thing the fact is about (None: nothing); `about_required` whether it must be given. `org_kinds`
    and `recorders` empty mean all. `tags_required`: from each of these families exactly one tag; `tags_allowed`: any
    number from these families besides. A record received more than `late_after_days` days after it happened is late,
    unless it was brought in from OLD_BOOKS.
    """

    key: DottedKey
    since: date
    org_kinds: tuple[Key, ...] = ()
    recorders: tuple[Recorder, ...] = ()
    about: About | None = None
    about_required: bool = True
    fields: tuple[Field, ...] = ()
    tags_required: tuple[Key, ...] = ()
    tags_allowed: tuple[Key, ...] = ()
    late_after_days: int = Entry(default=7, ge=0, le=366)
    moves: Move | None = None
    examples: tuple[FactExample, ...] = Entry(min_length=1)

    @property
    def body_fields(self) -> tuple[Field, ...]:
        """The fields that stand in the body, in clear."""
        return tuple(field for field in self.fields if not field.sealed)

    @property
    def slots(self) -> tuple[Field, ...]:
        """The fields that are sealed in the vault."""
        return tuple(field for field in self.fields if field.sealed)


class FormulaRow(Strict):
    """A formula in the expression language (docs/reference/expressions.md), in force from `since` on."""

    since: date
    text: str = Entry(min_length=1)


class ExampleUnit(Strict):
    """A unit of an example's small tree; `parent` None is the top."""

    org: str
    kind: Key = "village"
    domain: Key = "rural"
    parent: str | None = None


class IndicatorExample(Strict):
    """Facts and units, a question, and the figure that must come out (None: no figure).

    Facts are flat rows: kind, org, about, day, late, tags and the body's fields. Missing `org` is the first unit.
    Without `given` or `units` of its own an example takes the indicator's `example_facts` and `example_units`.
    """

    name: str
    given: tuple[dict[str, Any], ...] | None = None
    units: tuple[ExampleUnit, ...] = ()
    org: str | None = None
    start: date = date(2025, 1, 1)
    end: date = date(2025, 12, 31)
    selection: tuple[Key, ...] = ()
    expect: Decimal | None


class Visibility(Strict):
    """Whom the figure is over and below how many of them it is withheld (None: never)."""

    group: Literal["none", "holders", "members", "residents"] = "none"
    k: int | None = Entry(default=None, ge=2)


class Indicator(Definition):
    """A published way to count.

    `names`: the words by which texts call what is counted; `actions`: the verbs they use; `units`: the measure words,
    the first being the one we show. `selects`: the tag families from which a question may pick tags, the telling one
    first. `kind` is the claim kind it answers. `measure`: a flow belongs to a period, a stock to its last day.
    `additive` is false where the figure of a whole is not the sum of its parts' (distinct, ratios).
    """

    key: DottedKey
    names: Names = Entry(min_length=1)
    actions: Words = ()
    units: Words = Entry(min_length=1)
    kind: Literal["count", "amount", "ratio", "change"]
    measure: Literal["flow", "stock"]
    additive: bool = True
    selects: tuple[Key, ...] = ()
    formula: tuple[FormulaRow, ...] = Entry(min_length=1)
    better: Literal["higher", "lower", "none"] = "none"
    period: Literal["month", "quarter", "year", "all_time"] = "year"
    places: int = Entry(default=0, ge=0, le=4)
    visibility: Visibility = Visibility()
    example_units: tuple[ExampleUnit, ...] = Entry(default=(ExampleUnit(org="a"),), min_length=1)
    example_facts: tuple[dict[str, Any], ...] = ()
    examples: tuple[IndicatorExample, ...] = Entry(min_length=1)

    def facts_of(self, example: IndicatorExample) -> tuple[dict[str, Any], ...]:
        """The facts an example rests on: its own, else those all examples share."""
        return self.example_facts if example.given is None else example.given

    def units_of(self, example: IndicatorExample) -> tuple[ExampleUnit, ...]:
        """The small tree an example stands in: its own, else the one all examples share."""
        return example.units or self.example_units


class Guide(Strict):
    """How a method is done, step by step, and what to mind; `watch` may be left out."""

    steps: tuple[Text, ...] = Entry(min_length=1)
    watch: tuple[Text, ...] = ()


class Tag(Strict):
    """One tag of a family: how texts call it (`names`), which verbs and measure words go with it.

    A tag with a `guide` is a method: it has a page that tells how it is done and what was done so.
    """

    key: Key
    title: Text
    names: Names = Entry(min_length=1)
    actions: Words = ()
    units: Words = ()
    guide: Guide | None = None


class TagFamily(Definition):
    """A closed list of tags that answer one question about a fact (its form, its theme, its level …).

    A local pack adds tags to a national list by naming it in `extends`.
    """

    key: Key
    extends: Key | None = None
    tags: tuple[Tag, ...] = Entry(min_length=1)


class OrganisationKind(Strict):
    """A kind of unit and the rules that hang on it (DOMAIN §1).

    `form` is its legal form; `parents` the kinds it may hang under (empty: any); `elected` whether its committee is
    elected for `term_years`; `may_admit` whether it may admit members, judge them and collect dues.
    """

    key: Key
    title: Text
    names: Names = Entry(min_length=1)
    form: Form
    parents: tuple[Key, ...] = ()
    elected: bool = True
    term_years: int | None = None
    may_admit: bool = True
    has_members: bool = False


class OrganisationKinds(Definition):
    """The kinds of unit, in the order in which a person thinks of them, top down."""

    key: Key
    kinds: tuple[OrganisationKind, ...] = Entry(min_length=1)
