"""Which columns a kind of sheet has: from the definitions of the facts its rows become, and nothing besides."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from gangmu.catalog.columns import COMMON, Ages, Columns, ColumnWords, CommonWords, heading_of
from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import FactKind, Field, Text, Value
from gangmu.catalog.words import plain

FOUNDED = "unit.founded"  # what founds a unit is recorded by the unit above it, which its own field names
REGISTRY = frozenset({"persons", "members", "units", "posts"})  # sheets of things that have actions of their own
UNIT = Text(zh="单位", en="Unit")
DAY = Text(zh="日期", en="Day")
LATE = Text(zh="补录原因", en="Reason for a late entry")
ABOUT = Text(zh="事项编号", en="Id of the matter")
_NUMBERED = re.compile(r"^[\d.、]+")
_NO_WORDS = ColumnWords()


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that a row may say.

    `reads`: text, int, decimal, money, bool, enum, date, month, org, person, ref, tag or tags. `names`: how its column
    is headed; `words`: what a cell may say for each choice, by plain word.
    """

    key: str
    title: Text
    reads: str
    required: bool = False
    names: tuple[str, ...] = ()
    choices: tuple[Value, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict, hash=False)
    sealed: bool = False
    help: Text | None = None


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of sheet as the catalog tells it: the `kinds` of fact a row becomes, its columns, what tells rows."""

    key: str
    title: Text
    why: Text
    kinds: tuple[str, ...]
    columns: tuple[Column, ...]
    same: tuple[str, ...] = ()
    ages: Ages | None = None

    @property
    def naming(self) -> tuple[Column, ...]:
        """The columns that name a unit or a person, the unit first."""
        return tuple(column for column in self.columns if column.reads in ("org", "person"))

    def column(self, key: str) -> Column | None:
        """The column of that key, if the sheet has one."""
        return next((column for column in self.columns if column.key == key), None)


def common_words(known: Catalog) -> CommonWords:
    """The words that mean the same on every sheet. The national floor always has them."""
    words = known.columns[COMMON].words
    if words is None:
        raise LookupError("the sheet of common words has none")
    return words


def sheet_kind(known: Catalog, key: str) -> SheetKind:
    """The kind of sheet with that key, or of sheets of that kind of fact. KeyError: there is none."""
    said = known.columns.get(key)
    kinds = [known.facts[kind] for kind in (said.kinds if said else (key,))]
    common = known.columns[COMMON].fields
    words = {**common, **(said.fields if said else {})}
    columns = tuple(_columns(known, kinds, said, words))
    title = said.title if said else kinds[0].title
    why = said.why if said else kinds[0].why
    same, ages = (said.same, said.ages) if said else ((), None)
    return SheetKind(key, title, why, tuple(kind.key for kind in kinds), columns, same, ages)


def _columns(
    known: Catalog, kinds: Sequence[FactKind], said: Columns | None, words: Mapping[str, ColumnWords]
) -> Iterator[Column]:
    given = {*(said.leaves_out if said else ())}
    if all(kind.key != FOUNDED for kind in kinds):
        yield Column("unit", UNIT, "org", required=True, names=_names(words, "unit"))
    free = {*said.given, *([said.ages.field] if said.ages else [])} if said else set()
    needed = set(said.needs) if said else set()
    for one in (one for kind in kinds for one in kind.fields if one.key not in given):
        required = (one.required or one.key in needed) and one.key not in free
        yield replace(_of_field(known, one, words.get(one.key, _NO_WORDS)), required=required)
    told = words.get("day", _NO_WORDS)
    yield Column("day", told.title or DAY, "date", names=told.names)
    if said is None or said.key not in REGISTRY:
        yield from _of_record(known, kinds[0], words)


def _of_record(known: Catalog, kind: FactKind, words: Mapping[str, ColumnWords]) -> Iterator[Column]:
    """What an ordinary record says besides its fields: its tags, what it is about, why it comes late."""
    for family in kind.tags_required:
        yield _of_tags(known, family, words, "tag", required=True)
    for family in kind.tags_allowed:
        yield _of_tags(known, family, words, "tags", required=False)
    if kind.about is not None and (kind.moves is None or kind.moves.does != "opens"):
        yield Column("about", ABOUT, "ref", kind.about_required, _names(words, "about"))
    yield _chosen("late_reason", LATE, "enum", known.choices("late_reason"), words.get("late_reason", _NO_WORDS))


def _of_tags(known: Catalog, family: str, words: Mapping[str, ColumnWords], reads: str, *, required: bool) -> Column:
    key, told = f"tag.{family}", known.families[family]
    extra = {word: tag.key for tag in told.tags for word in tag.names}
    column = _chosen(key, told.title, reads, known.choices(family), words.get(key, _NO_WORDS), extra)
    return replace(column, required=required)


def _of_field(known: Catalog, told: Field, words: ColumnWords) -> Column:
    if told.type == "enum":
        choices = known.choices(told.values_from) if told.values_from else told.values
        extra = _names_of_choices(known, told.values_from)
        column = _chosen(told.key, told.title, "enum", choices, words, extra)
    else:
        column = Column(told.key, told.title, words.reads or told.type, names=words.names)
    return replace(column, sealed=told.sealed, help=told.help)


def _names_of_choices(known: Catalog, source: str | None) -> dict[str, str]:
    """What texts call the choices that come from a list of tags or from the kinds of unit."""
    if source == "organisation_kinds":
        return {word: kind.key for kind in known.organisation_kinds.values() for word in kind.names}
    family = known.families.get(source) if source else None
    return {word: tag.key for tag in family.tags for word in tag.names} if family else {}


def _chosen(
    key: str,
    title: Text,
    reads: str,
    choices: Sequence[Value],
    words: ColumnWords,
    extra: Mapping[str, str] | None = None,
) -> Column:
    """A column whose cells say one of some choices: by title in either language, by key, or by another word for it."""
    said = {plain(word).lower(): value for word, value in (extra or {}).items()}
    said |= {plain(word).lower(): value for value, names in words.values.items() for word in names}
    said |= {plain(word).lower(): one.key for one in choices for word in (one.key, one.title.en, one.title.zh)}
    return Column(key, title, reads, False, words.names, tuple(choices), MappingProxyType(said))


def _names(words: Mapping[str, ColumnWords], key: str) -> tuple[str, ...]:
    return words.get(key, _NO_WORDS).names


def word_of(heading: str) -> str:
    """A heading as it is compared: bare, in small letters, without a number before it."""
    return _NUMBERED.sub("", heading_of(heading)).lower()


def meanings(kind: SheetKind) -> dict[str, str]:
    """The column that each heading means: by its title, or by one of its names."""
    found: dict[str, str] = {}
    for column in kind.columns:
        for name in (*column.names, column.title.zh, column.title.en, column.key):
            found.setdefault(word_of(name), column.key)
    return found


def proposed(kind: SheetKind, headings: Sequence[str]) -> dict[str, int]:
    """For each column that a heading names, the first such column of the sheet, counted from 1."""
    known = meanings(kind)
    found: dict[str, int] = {}
    for place, heading in enumerate(headings, 1):
        if key := known.get(word_of(heading)):
            found.setdefault(key, place)
    return found


def is_never(words: CommonWords, heading: str) -> bool:
    """Whether a column so headed is not read: the system has no place for what stands in it."""
    bare = word_of(heading)
    return any(plain(name).lower() in bare for name in words.never)
