"""The words of the catalog, found in a text: which indicator or tag each names, and how much a word tells."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import Indicator
from gangmu.catalog.expressions.bind import uses

FULL = 8  # a name of so many characters tells as much as any longer one


class Mention(NamedTuple):
    """A name found in a text: whose name it is, where it stands, how much it tells."""

    owner: str
    name: str
    start: int
    strength: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every name with its owners (keys of indicators, tags or rules), found by its first two characters.

    `strength` says how much a word tells: 问题 stands in many names and tells little, 包保责任状 in one. `everyone`
    holds for each indicator the names that mean all it counts and no kind of it, `own_units` the measure words that
    only it uses.
    """

    owners: Mapping[str, tuple[str, ...]]
    starts: Mapping[str, tuple[str, ...]]
    strength: Mapping[str, float]
    everyone: Mapping[str, frozenset[str]]
    own_units: Mapping[str, frozenset[str]]

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The names in `text`; of one owner's names that overlap only the longest."""
        return _mentions(self, text)

    def __hash__(self) -> int:
        return id(self)


def vocabulary(catalog: Catalog) -> Vocabulary:
    """The names of all indicators, tags and rules."""
    owners: dict[str, set[str]] = defaultdict(set)
    for key, names in _named(catalog):
        for name in names:
            owners[name].add(key)
    starts: dict[str, list[str]] = defaultdict(list)
    for name in sorted(owners, key=lambda name: -len(name)):
        starts[name[:2]].append(name)
    sharing = _sharing(owners)
    everyone = len({key for keys in owners.values() for key in keys})
    strength = {name: _strength(name, len(sharing[name]), everyone) for name in owners}
    return Vocabulary(
        {name: tuple(sorted(keys)) for name, keys in owners.items()},
        {start: tuple(names) for start, names in starts.items()},
        strength,
        {key: _meaning_all(one, catalog) for key, one in catalog.indicators.items()},
        {key: _own_units(one, catalog) for key, one in catalog.indicators.items()},
    )


def _meaning_all(one: Indicator, catalog: Catalog) -> frozenset[str]:
    """The names by which the very kinds of fact begin that an indicator counts: 问题 of 问题销号."""
    kinds = {kind for row in catalog.formulas[one.key] for kind in uses(row.measure).kinds}
    titles = [catalog.facts[kind].title.zh for kind in kinds]
    return frozenset(name for name in one.names if any(title.startswith(name) for title in titles))


def _own_units(one: Indicator, catalog: Catalog) -> frozenset[str]:
    """The measure words that no other indicator uses: 学时 says what is counted."""
    others = {unit for other in catalog.indicators.values() if other is not one for unit in other.units}
    return frozenset(one.units) - others


def _named(catalog: Catalog) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((key, one.names) for key, one in catalog.indicators.items())
    yield from ((key, tag.names) for key, tag in catalog.tags.items())
    yield from ((key, rule.names) for key, rule in catalog.rules.items())


def _sharing(owners: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """For each name, the owners of every name that contains it."""
    sharing: dict[str, set[str]] = {name: set() for name in owners}
    for name, keys in owners.items():
        for start in range(len(name)):
            for end in range(start + 1, len(name) + 1):
                if name[start:end] in sharing:
                    sharing[name[start:end]].update(keys)
    return sharing


def _strength(name: str, sharing: int, everyone: int) -> float:
    return math.log2(1 + everyone / sharing) * math.sqrt(min(len(name), FULL) / FULL)


@lru_cache(maxsize=4096)
def _mentions(words: Vocabulary, text: str) -> tuple[Mention, ...]:
    reached: dict[str, int] = {}
    found = []
    for name, start in _names_in(words, text):
        for owner in words.owners[name]:
            if start + len(name) > reached.get(owner, 0):
                reached[owner] = start + len(name)
                found.append(Mention(owner, name, start, words.strength[name]))
    return tuple(found)


def _names_in(words: Vocabulary, text: str) -> Iterator[tuple[str, int]]:
    """Names where they stand, from left to right, of those that begin at one place the longest first."""
    for start in range(len(text)):
        for name in words.starts.get(text[start : start + 2], ()):
            if text.startswith(name, start):
                yield name, start
        single = text[start : start + 1]
        if single in words.owners:
            yield single, start
