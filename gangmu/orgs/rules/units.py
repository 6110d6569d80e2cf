"""Why units cannot be founded, renamed, moved, merged, split or dissolved so."""

from collections.abc import Container, Mapping, Sequence
from datetime import date

from gangmu.catalog.definitions import OrganisationKind
from gangmu.kernel.problems import Problem
from gangmu.orgs.entries import NewUnit
from gangmu.orgs.rules.coverage import ENTITY
from gangmu.orgs.rules.days import BRANCH_RULES, Life, against_the_day, not_there
from gangmu.orgs.tree import Node


def against_founding(
    new: NewUnit,
    parent: Life | None,
    kinds: Mapping[str, OrganisationKind],
    taken_names: Container[str],
    taken_codes: Container[str],
    today: date,
) -> list[Problem]:
    """Why `new` cannot be founded. `taken_names` are those of its future sisters, `taken_codes` of all units."""
    found = against_the_day(new.at, today)
    if new.parent is not None and (parent is None or not parent.on(new.at)):
        found.append(not_there("parent", new.at))
    if not new.name.strip():
        found.append(Problem("orgs.no_name", "请填写组织名称。", "Give the unit a name.", "name"))
    if new.name in taken_names:
        found.append(_name_taken(new.name))
    if new.code and new.code in taken_codes:
        found.append(
            Problem(
                "orgs.code_taken",
                f"代码 {new.code} 已经有组织在用，请换一个。",
                f"Code {new.code} is in use; choose another.",
                "code",
            )
        )
    return found + against_kind(new.kind, parent.kind if parent else None, kinds)


def against_kind(kind: str, parent: str | None, kinds: Mapping[str, OrganisationKind]) -> list[Problem]:
    """Whether a unit of `kind` may hang under one of kind `parent` (catalog: organisation kinds)."""
    rule = kinds.get(kind)
    if rule is None:
        listed = "、".join(kinds)
        return [
            Problem(
                "orgs.kind_unknown",
                f"没有 {kind} 这种组织类型；可选：{listed}。",
                f"There is no unit kind {kind}; choose one of {listed}.",
                "kind",
            )
        ]
    entity = parent is not None and parent in kinds and kinds[parent].form == ENTITY
    if parent is not None and (entity or (rule.parents and parent not in rule.parents)):
        above = kinds[parent].title if parent in kinds else None
        return [
            Problem(
                "orgs.kind_under",
                f"{rule.title.zh}不能设在{above.zh if above else parent}下面。",
                f"{rule.title.en} cannot hang under {above.en if above else parent}.",
                "parent",
                BRANCH_RULES,
            )
        ]
    return []


def against_renaming(name: str, taken_names: Container[str]) -> list[Problem]:
    """Why the unit cannot be called so from then on."""
    if not name.strip():
        return [Problem("orgs.no_name", "请填写组织名称。", "Give the unit a name.", "name")]
    return [_name_taken(name)] if name in taken_names else []


def against_moving(node: Node, parent: Node | None, at: date, inside_itself: bool) -> list[Problem]:
    """Why `node` cannot hang under `parent` from `at` on. `inside_itself`: on some later day parent lies in it."""
    if parent is None or not parent.alive:
        return [not_there("parent", at)]
    if inside_itself or parent.path.startswith(node.path):
        return [
            Problem(
                "orgs.inside_itself",
                "不能把组织划到它自己或它的下级下面。",
                "A unit cannot be moved under itself or under one of its own.",
                "parent",
            )
        ]
    if node.parent == parent.org:
        return [
            Problem("orgs.there_already", "它已经在这个上级下面了。", "It hangs under that unit already.", "parent")
        ]
    return []


def against_ending(children: int, members: int) -> list[Problem]:
    """Why a unit cannot be dissolved while something still hangs on it."""
    found = []
    if children:
        found.append(
            Problem(
                "orgs.has_children",
                f"下面还有 {children} 个组织，请先划转或撤销。",
                f"{children} units still hang under it; move or dissolve them first.",
                "org",
                BRANCH_RULES,
            )
        )
    if members:
        found.append(
            Problem(
                "orgs.has_members",
                f"还有 {members} 名党员没有转出，请先办好转接。",
                f"{members} members still belong to it; transfer them first.",
                "org",
                BRANCH_RULES,
            )
        )
    return found


def against_ending_before(begun_after: date | None) -> list[Problem]:
    """Why a unit cannot have ended on a day after which something still began at it."""
    if begun_after is None:
        return []
    return [
        Problem(
            "orgs.used_later",
            f"{begun_after} 它还新增了下级、党员、岗位或关系，不能在那之前结束；日子不对请先更正。",
            f"Something began at it as late as {begun_after} (a unit under it, a member, a post, a relation), so it "
            "cannot have ended before; correct whichever day is wrong.",
            "at",
        )
    ]


def against_merging(node: Node, into: Node | None, at: date) -> list[Problem]:
    """Why `node` cannot be taken in by `into`."""
    if into is None or not into.alive:
        return [not_there("into", at)]
    if into.path.startswith(node.path):
        return [
            Problem(
                "orgs.inside_itself",
                "不能并入它自己或它的下级。",
                "A unit cannot be merged into itself or one of its own.",
                "into",
            )
        ]
    return []


def against_taking(
    children: Sequence[str], known_children: Container[str], members: Sequence[str], known_members: Container[str]
) -> list[Problem]:
    """Why the parts of a split cannot take along what they name: it must be the unit's, and go to one part."""
    strangers = [one for one in children if one not in known_children] + [
        one for one in members if one not in known_members
    ]
    if strangers or len(set(children)) < len(children) or len(set(members)) < len(members):
        return [
            Problem(
                "orgs.not_its_own",
                "分设只能带走它自己的下级和党员，每个只能带走一次。",
                "A part takes along only what belongs to the unit, and each thing goes to one part.",
                "parts",
            )
        ]
    return []


def against_splitting(parts: int, continues: bool, left_children: int, left_members: int) -> list[Problem]:
    """Why a unit cannot be split so: a unit that ends must leave nothing behind."""
    if parts < (1 if continues else 2):
        return [
            Problem(
                "orgs.too_few_parts",
                "分设至少要有两个组织。",
                "A split leaves at least two units.",
                "parts",
                BRANCH_RULES,
            )
        ]
    return [] if continues else against_ending(left_children, left_members)


def not_both_ends() -> Problem:
    """The Problem of somebody who keeps the tree at one end of a change but not at the other."""
    return Problem(
        "orgs.not_both_ends",
        "这件事牵涉两头，另一头（上级或对方组织）不归您管。请管得到两头的上级党务干部来办。",
        "This touches two ends, and the other (the unit above, or the other unit) is not yours to keep. Ask the Party "
        "clerk of a unit above both.",
        "other",
    )


def _name_taken(name: str) -> Problem:
    return Problem(
        "orgs.name_taken", f"同一个上级下面已经有“{name}”。", f'A unit called "{name}" hangs there already.', "name"
    )
