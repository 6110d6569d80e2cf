"""Units and people as sheets write them: the one in the reader's scope that is meant, or a sentence why none is."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from gangmu.catalog.words import plain
from gangmu.imports.rules.columns import Column, SheetKind
from gangmu.imports.rules.rows import Aim, Told
from gangmu.kernel.canon import Json
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Scope
from gangmu.orgs import queries as orgs
from gangmu.orgs import rosters
from gangmu.orgs.tree import Node
from gangmu.reading.grid import place

_LISTED = 6
_COMPARED = 5_000  # so many names are compared to find the nearest


@dataclass(slots=True)
class Names:
    """The living units of a scope by every word for them, and people of units by name, read when asked for."""

    scope: Scope
    units: Mapping[str, list[Node]]
    people: dict[OrgId, dict[str, list[PersonId]]] = field(default_factory=dict)
    near: dict[str, tuple[str, ...]] = field(default_factory=dict)
    found: dict[str, OrgId | Problem] = field(default_factory=dict)

    def unit(self, word: str) -> OrgId | Problem:
        """The unit that a word means, or why it means none."""
        if word not in self.found:
            self.found[word] = _unit(word, self)
        return self.found[word]

    def nearest(self, word: str) -> tuple[str, ...]:
        """Names of units that are written nearly so."""
        if word not in self.near:
            known = list(self.units)[:_COMPARED]
            names = (self.units[one][0].name for one in get_close_matches(word, known, n=2, cutoff=0.6))
            self.near[word] = tuple(dict.fromkeys(names))
        return self.near[word]

    def people_of(self, org: OrgId) -> dict[str, list[PersonId]]:
        """The people on the roll of the unit and those under it, by name; nobody where names may not be seen."""
        if org not in self.people:
            found: dict[str, list[PersonId]] = defaultdict(list)
            listed = [row.person for row in rosters.members(self.scope, org)]
            for person, texts in rosters.persons(self.scope, listed, org).items():
                found[plain(texts.get("name", ""))].append(person)
            self.people[org] = found
        return self.people[org]


def names_in(scope: Scope) -> Names:
    """The units of the scope by name, short name, other name, code, and name with code."""
    found: dict[str, list[Node]] = defaultdict(list)
    tree = orgs.tree(scope.day)
    for top in orgs.tops(scope):
        for node in tree.subtree(top.path):
            for word in _words(node) if node.alive else ():
                found[word].append(node)
    return Names(scope, found)


def _words(node: Node) -> set[str]:
    told = (node.name, node.short, node.code, node.name + node.code, *node.aliases.split("、"))
    return {word for one in told if (word := _word(one))}


def _word(text: str) -> str:
    return plain(text).lower()


def resolved(row: Told, kind: SheetKind, aim: Aim, names: Names) -> Told:
    """The row with the ids of the units and people it names; what names none or several is wrong."""
    values = dict(row.values)
    problems: list[Problem] = []
    for column in kind.naming:
        if word := str(values.get(column.key) or ""):
            found = names.unit(word) if column.reads == "org" else _person(word, values, names)
            if isinstance(found, str):
                values[column.key] = found
            else:
                del values[column.key]
                problems.append(_said(found, column, word, aim, row.number))
    return replace(row, values=values).wrong(problems)


def _unit(word: str, names: Names) -> OrgId | Problem:
    found = names.units.get(_word(word), [])
    if len(found) == 1:
        return found[0].org
    if found:
        listed = "、".join(f"{node.name}（代码 {node.code}）" for node in found[:_LISTED])
        english = ", ".join(f"{node.name} ({node.code})" for node in found[:_LISTED])
        return Problem("imports.unit_ambiguous", f"有 {len(found)} 个：{listed}；改写成代码",
                       f"there are {len(found)}: {english}; write the code")  # fmt: skip
    near = names.nearest(_word(word))
    hint = f"；是不是{'、'.join(near)}" if near else "；写全名、简称或代码"
    hint_en = f"; did you mean {', '.join(near)}" if near else "; write its name, short name or code"
    return Problem("imports.unit_unknown", f"您的范围里没有这个单位{hint}", f"no such unit inside your scope{hint_en}")


def _person(word: str, values: Mapping[str, Json], names: Names) -> PersonId | Problem:
    org = str(values.get("unit") or "")
    found = names.people_of(OrgId(org)).get(plain(word), []) if org else []
    if len(found) == 1:
        return found[0]
    if found:
        return Problem("imports.person_ambiguous", f"这个单位有 {len(found)} 个同名的人，请在页面上一个个记",
                       f"{len(found)} people of this unit have that name: record it on the page")  # fmt: skip
    return Problem("imports.person_unknown", "这个单位的名单里没有这个人；先登记，或者核对单位",
                   "nobody of that name is on this unit's roll: record the person, or check the unit")  # fmt: skip


def _said(why: Problem, column: Column, word: str, aim: Aim, row: int) -> Problem:
    at = aim.columns.get(column.key)
    where = place(row, at) if at else str(row)
    return Problem(
        why.code, f"{where}“{column.title.zh}”写成“{word}”，{why.message}。",
        f"{where} “{column.title.en}” says “{word}”: {why.message_en}.", where=where,
    )  # fmt: skip
