"""Whose number it is: the unit that a clause of the sentence begins with, before the claim."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gangmu.catalog.words import plain
from gangmu.documents.rules.contexts import Context
from gangmu.kernel.ids import OrgId

SHORTEST = 2
ITEM_END = re.compile(r"[,;:、]")
COMMON = frozenset(
    "全我本各该此两市县区镇乡村街社机关部门党组织支委会总农上下有关单位基层"
)  # short words of these name nobody
LEADING = re.compile(r"(?:比如|例如|其中|同时|另外|此外|特别是|如|由|xx|XX|某|[一二三四五六七八九十]是)*")
APART = re.compile(r"[、,;|/\s]+")


class Called(NamedTuple):
    """A unit and the names it goes by."""

    org: OrgId
    names: tuple[str, ...]


def names_of(name: str, short: str, aliases: str) -> tuple[str, ...]:
    """Every name of a unit in plain form, without those too short to tell from a word. Aliases stand apart by 、."""
    said = (plain(word) for word in (name, short, *APART.split(aliases)))
    return tuple(dict.fromkeys(word for word in said if len(word) > SHORTEST or _is_a_name(word)))


def _is_a_name(word: str) -> bool:
    return len(word) == SHORTEST and COMMON.isdisjoint(word)


def index(units: Iterable[Called]) -> Mapping[str, OrgId]:
    """Name → unit; a name that several units bear names none."""
    bearers: dict[str, set[OrgId]] = defaultdict(set)
    for unit in units:
        for name in unit.names:
            bearers[name].add(unit.org)
    return {name: next(iter(orgs)) for name, orgs in bearers.items() if len(orgs) == 1}


def named_unit(context: Context, names: Mapping[str, OrgId]) -> OrgId | None:
    """The unit whose name begins the nearest clause or item up to the claim that begins with one; None: nobody."""
    longest = max(map(len, names), default=0)
    for clause in reversed(ITEM_END.split(context.segment)):
        start = found.end() if (found := LEADING.match(clause)) else 0
        for end in range(min(len(clause), start + longest), start + SHORTEST - 1, -1):
            if clause[start:end] in names:
                return names[clause[start:end]]
    return None
