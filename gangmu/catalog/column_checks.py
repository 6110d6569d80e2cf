"""Sheets held against the facts their rows become: fields and choices that are there, words that mean one thing."""

from collections.abc import Iterator

from gangmu.catalog.checks import Found, Shelf, unknown
from gangmu.catalog.columns import COMMON, Columns, heading_of
from gangmu.catalog.comparisons import values_of
from gangmu.catalog.layers import Loaded
from gangmu.catalog.yaml_source import Step

EVERYWHERE = ("unit", "day", "late_reason", "about")  # columns that every sheet may have


def check_columns(one: Loaded, sheet: Columns, shelf: Shelf) -> Found:
    """Every problem of one kind of sheet, and of its examples."""
    for kind in sheet.kinds:
        if kind not in shelf.facts:
            yield unknown(one, kind, "facts", ("records",), shelf.facts)
    known = {key: choices for key, choices in _fields(sheet, shelf)}
    for key, words in sheet.fields.items():
        path: tuple[Step, ...] = ("fields", key)
        if key not in known:
            yield unknown(one, key, "fields", path, known)
        for value in words.values:
            if key in known and value not in known[key]:
                yield unknown(one, value, "values", (*path, "values", value), known[key])
    yield from _twice(one, sheet)
    yield from _told(one, sheet)


def _fields(sheet: Columns, shelf: Shelf) -> Iterator[tuple[str, frozenset[str]]]:
    for key in EVERYWHERE:
        yield key, frozenset()
    for kind in (shelf.facts[key] for key in sheet.kinds if key in shelf.facts):
        for field in kind.fields:
            yield field.key, values_of(field, shelf) if field.type == "enum" else frozenset()
        for family in (*kind.tags_required, *kind.tags_allowed):
            if family in shelf.families:
                yield f"tag.{family}", frozenset(tag.key for tag in shelf.families[family].tags)


def _twice(one: Loaded, sheet: Columns) -> Found:
    """A heading means one column of a sheet."""
    meant: dict[str, str] = {}
    for key, words in sheet.fields.items():
        for name in words.names:
            known = meant.setdefault(name, key)
            if known != key:
                message = f"表头“{name}”既指 {known} 又指 {key}，留一处。"
                english = f"The heading {name} means both {known} and {key}: leave one."
                yield one.problem("catalog.heading_twice", message, english, ("fields", key, "names"))


def _told(one: Loaded, sheet: Columns) -> Found:
    for index, example in enumerate(sheet.examples):
        found = meaning(sheet, example.heading)
        if found != example.field:
            message = f"例子“{example.heading}”应当指 {example.field}，按这里的写法指 {found}。"
            english = f"The heading {example.heading} should mean {example.field}; as written it means {found}."
            yield one.problem("catalog.example", message, english, ("examples", index))


def meaning(sheet: Columns, heading: str) -> str | None:
    """The field that a heading means by the words of this sheet alone; `never` for what is not read at all."""
    word = heading_of(heading)
    if sheet.key == COMMON and sheet.words and any(name in word for name in sheet.words.never):
        return "never"
    return next((key for key, words in sheet.fields.items() if word in words.names), None)
