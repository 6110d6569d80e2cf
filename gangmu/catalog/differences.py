"""Which definitions differ between two catalogs, and in what: every part by its path, before and after. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import Strict

LABELS = ("key", "since", "name", "org")  # by which an item of a list is known, the first it has
ROOMS = ("facts", "indicators", "families", "rules", "organisation_kinds", "responsibilities")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a definition: its path (`formula.2026-01-01.text`), what it was and what it would be, as text."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A definition that is added, removed or changed; `parts` tell what changes, of a changed one only."""

    room: str
    key: str
    how: Literal["added", "removed", "changed"]
    parts: tuple[Part, ...] = ()


def differences(before: Catalog, after: Catalog) -> tuple[Change, ...]:
    """Every definition that differs, by room and key; what a pack switches off is removed, wording rows are one."""
    found: list[Change] = []
    for room in ROOMS:
        found += _in_room(room, getattr(before, room), getattr(after, room))
    found += _in_room("duties", duties_of(before), duties_of(after))
    wording = _parts({"rows": before.wordings}, {"rows": after.wordings})
    return (*found, *([Change("wording", "rows", "changed", wording)] if wording else []))


def duties_of(catalog: Catalog) -> Mapping[str, Strict]:
    """The duties as they are written."""
    return {key: one.duty for key, one in catalog.duties.items()}


def _in_room(room: str, before: Mapping[str, Strict], after: Mapping[str, Strict]) -> Iterator[Change]:
    for key in sorted({*before, *after}):
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            yield Change(room, key, "added" if one is None else "removed")
        elif one != other:
            yield Change(room, key, "changed", _parts(one.model_dump(), other.model_dump()))


def _parts(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Part, ...]:
    one, other = dict(_flat(before, "")), dict(_flat(after, ""))
    paths = dict.fromkeys((*one, *other))
    return tuple(
        Part(path, one.get(path, ""), other.get(path, "")) for path in paths if one.get(path) != other.get(path)
    )


def _flat(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every plain value inside with its path; lists of plain values count as one value."""
    if isinstance(value, Strict):
        value = value.model_dump()
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple) and any(isinstance(one, Mapping | Strict) for one in value):
        for at, inner in enumerate(value):
            yield from _flat(inner, f"{path}.{_label(inner, at)}")
    elif value not in (None, (), []):
        yield path, "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _label(item: object, at: int) -> str:
    told = item.model_dump() if isinstance(item, Strict) else item
    if isinstance(told, Mapping):
        return next((str(told[name]) for name in LABELS if told.get(name) is not None), str(at + 1))
    return str(at + 1)
