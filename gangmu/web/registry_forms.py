"""The forms by which units are founded, renamed, moved, merged, split and dissolved: controls, and what was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Scope
from gangmu.orgs import queries as orgs
from gangmu.orgs import rosters
from gangmu.orgs.entries import Change, Part
from gangmu.orgs.history import SPLIT
from gangmu.orgs.tree import Node
from gangmu.pages.entry import Choices, Field
from gangmu.web.record_form import day_meant, unit_meant
from gangmu.web.words import beneath, choices, tag_choices

PARTS = (1, 2)  # so many new units a split asks for at once; more come out of a second split
OFFERED = 400  # so many units or members a split lists


@dataclass(frozen=True, slots=True)
class Verb:
    """What a guided action is called, and what it comes to in one sentence."""

    title: Text
    why: Text


VERBS: Mapping[str, Verb] = {
    "found": Verb(
        Text(zh="新设下级组织", en="Found a unit here"),
        Text(zh="从填的那天起它能记事、进表、被找到。", en="From that day on it records, is counted and is found."),
    ),
    "rename": Verb(
        Text(zh="改名", en="Rename"),
        Text(zh="那天以前的记录仍叫老名字。", en="What was recorded before that day keeps the old name."),
    ),
    "move": Verb(
        Text(zh="划转到别的上级", en="Move elsewhere"),
        Text(
            zh="它和下面的组织一起过去；要两头都归您管。",
            en="All under it goes along; both ends must be yours to keep.",
        ),
    ),
    "merge": Verb(
        Text(zh="并入别的组织", en="Merge into another"),
        Text(
            zh="下级和党员转过去，岗位和关系在那天结束，做过的事照算。",
            en="Its units and members go over, its posts and ties end that day, and what it did keeps counting.",
        ),
    ),
    "split": Verb(
        Text(zh="分设", en="Split"),
        Text(
            zh="分出一个或两个同级组织，勾谁带走谁。",
            en="One or two units beside it come out, each with what is ticked.",
        ),
    ),
    "dissolve": Verb(
        Text(zh="撤销", en="Dissolve"),
        Text(
            zh="下面没有组织、没有党员才能撤销；记录都留着。",
            en="Only once no unit and no member is left; records stay.",
        ),
    ),
}
DAY = Text(zh="从哪天起", en="From which day")
NAME = Text(zh="名称", en="Name")
ORDINALS = {1: Text(zh="第一个", en="First"), 2: Text(zh="第二个", en="Second")}
ONE_IS_ENOUGH = Text(zh="原来的组织继续存在时可以只填一个。", en="One is enough if the old unit goes on.")
SHORT = Text(zh="简称", en="Short name")


def fields(scope: Scope, node: Node, verb: str, typed: QueryDict) -> list[Field]:
    """The controls of one action at one unit, with what was typed in them."""
    day = Field("day", DAY, "date", typed.get("day") or scope.day.isoformat(), required=True)
    return [*_FIELDS[verb](scope, node, typed), day]


def _found(_scope: Scope, node: Node, typed: QueryDict) -> list[Field]:
    kinds = tuple((kind.key, kind.title) for kind in catalog().organisation_kinds.values()
                  if node.kind in kind.parents or not kind.parents)  # fmt: skip
    domain = typed.get("domain") or node.domain
    return [
        Field("name", NAME, "text", typed.get("name", ""), required=True),
        Field("kind", Text(zh="类型", en="Kind"), "select", typed.get("kind", ""), (), kinds, required=True),
        Field("domain", Text(zh="领域", en="Domain"), "select", domain, (), tag_choices("domain"), required=True),
        Field("short", SHORT, "text", typed.get("short", "")),
        Field("code", Text(zh="代码", en="Code"), "text", typed.get("code", ""),
              help=Text(zh="不填由系统给一个。", en="Left empty, one is given.")),
    ]  # fmt: skip


def _rename(_scope: Scope, node: Node, typed: QueryDict) -> list[Field]:
    known = {"name": node.name, "short": node.short, "aliases": node.aliases}
    told = {key: typed.get(key, value) for key, value in known.items()}
    hint = Text(zh="文稿里的其他叫法，用顿号隔开。", en="How texts call it otherwise, separated by 、")
    return [
        Field("name", Text(zh="新名称", en="New name"), "text", told["name"], required=True),
        Field("short", SHORT, "text", told["short"]),
        Field("aliases", Text(zh="别称", en="Other names"), "text", told["aliases"], help=hint),
    ]


def _move(_scope: Scope, _node: Node, typed: QueryDict) -> list[Field]:
    return [Field("other", Text(zh="新的上级", en="New unit above"), "org", typed.get("other", ""), required=True)]


def _merge(_scope: Scope, _node: Node, typed: QueryDict) -> list[Field]:
    return [Field("other", Text(zh="并入哪个组织", en="Merged into"), "org", typed.get("other", ""), required=True)]


def _split(scope: Scope, node: Node, typed: QueryDict) -> list[Field]:
    below = tuple((str(one.org), beneath(one.name, node.name)) for one in orgs.children(scope, node.org)[:OFFERED])
    members = _members(scope, node)
    told: list[Field] = []
    for number in PARTS:
        told += _part(number, below, members, typed)
    stays = Text(zh="原来的组织继续存在", en="The old unit goes on")
    return [*told, Field("continues", stays, "check", typed.get("continues", ""))]


def _part(number: int, below: Choices, members: Choices, typed: QueryDict) -> list[Field]:
    called = ORDINALS[number]
    name, takes, brings = f"name{number}", f"children{number}", f"members{number}"
    told = [
        Field(
            name, _of_part(called, "新组织的名称", "new unit, its name"), "text", typed.get(name, ""),
            required=number == 1, help="" if number == 1 else ONE_IS_ENOUGH,
        )
    ]  # fmt: skip
    for key, offered, title in (
        (takes, below, _of_part(called, "带走的下级", "units it takes along")),
        (brings, members, _of_part(called, "带走的党员", "members it takes along")),
    ):
        told += [Field(key, title, "tags", "", tuple(typed.getlist(key)), offered)] if offered else []
    return told


def _of_part(called: Text, zh: str, en: str) -> Text:
    return Text(zh=f"{called.zh}{zh}", en=f"{called.en}: {en}")


def _members(scope: Scope, node: Node) -> Choices:
    rows = [row for row in rosters.members(scope, node.org) if row.org == node.org][:OFFERED]
    names = rosters.persons(scope, [row.person for row in rows], node.org)
    told = [(names.get(row.person, {}).get("name") or f"{place}", row) for place, row in enumerate(rows, 1)]
    return tuple((row.membership, name) for name, row in told)


def _dissolve(_scope: Scope, _node: Node, typed: QueryDict) -> list[Field]:
    reasons = tuple(one for one in choices(catalog().facts["unit.dissolved"])["reason"] if one[0] != SPLIT)
    chosen = typed.get("reason", "")
    return [Field("reason", Text(zh="为什么撤销", en="Why"), "chips", chosen, (chosen,), reasons, required=True)]


_FIELDS: Mapping[str, Callable[[Scope, Node, QueryDict], list[Field]]] = {
    "found": _found, "rename": _rename, "move": _move, "merge": _merge, "split": _split, "dissolve": _dissolve,
}  # fmt: skip


def placed(problems: Sequence[Problem], verb: str) -> list[Problem]:
    """The problems, each at the control of this form that it speaks of: rules know parents, not controls."""
    moved = {
        "parent": "other",
        "into": "other",
        "at": "day",
        **({"name": "name1", "parts": "name1"} if verb == "split" else {}),
    }
    keys = (problem.where.rpartition(".")[2] for problem in problems)
    return [replace(problem, where=moved.get(key, key)) for problem, key in zip(problems, keys, strict=True)]


# --- what was typed ----------------------------------------------------------------------------------------------


def told(scope: Scope, node: Node, verb: str, typed: QueryDict) -> tuple[Change, list[Problem]]:
    """The change that was typed, and what of it could not be read."""
    day, problems = day_meant(typed.get("day", ""), scope.day)
    other: OrgId | None = None
    if verb in ("move", "merge"):
        other, wrong = unit_meant(scope, typed.get("other", ""), "other")
        problems += wrong
    if verb in ("found", "dissolve"):
        problems += [_not_chosen(key) for key in _NEEDED[verb] if not typed.get(key)]
    words = {
        key: typed.get(key, "").strip() for key in ("name", "short", "aliases", "kind", "domain", "code", "reason")
    }
    asked = Change(
        verb, node.org, day, typed.get("idem", ""), **words, other=other, parts=_parts(typed),
        continues=typed.get("continues") == "yes",
    )  # fmt: skip
    return asked, problems


_NEEDED: Mapping[str, tuple[str, ...]] = {"found": ("kind", "domain"), "dissolve": ("reason",)}
_CALLED: Mapping[str, tuple[str, str]] = {
    "kind": ("类型", "kind"), "domain": ("领域", "domain"), "reason": ("撤销原因", "reason"),
}  # fmt: skip


def _not_chosen(key: str) -> Problem:
    called, called_en = _CALLED[key]
    return Problem("web.not_chosen", f"还没选{called}。", f"Choose the {called_en}.", where=key)


def _parts(typed: QueryDict) -> tuple[Part, ...]:
    """The parts that have a name, or take anything along: a part without a name is refused by its name."""
    found = []
    for number in PARTS:
        name = typed.get(f"name{number}", "").strip()
        children, members = typed.getlist(f"children{number}"), typed.getlist(f"members{number}")
        if name or children or members:
            found.append(Part(name, children=tuple(map(OrgId, children)), memberships=tuple(members)))
    return tuple(found)
