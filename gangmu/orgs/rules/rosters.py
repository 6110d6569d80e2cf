"""Why relations, posts, holdings, persons and memberships cannot be recorded so."""

import re
from datetime import date

from gangmu.catalog.definitions import OrganisationKind
from gangmu.kernel.problems import Problem
from gangmu.orgs.entries import NewPerson
from gangmu.orgs.rules.days import ADMISSION_RULES, BRANCH_RULES

MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])\Z")


def against_relation(same: bool, open_already: bool) -> list[Problem]:
    """Why two units cannot be tied so."""
    if same:
        return [Problem("orgs.with_itself", "组织不能和自己建立关系。", "A unit cannot be tied to itself.", "other")]
    if open_already:
        return [
            Problem("orgs.related_already", "这两个组织之间已经有这种关系。", "The two are tied so already.", "other")
        ]
    return []


def against_holding(
    kind: OrganisationKind | None, origin: str, at: date, until: date | None, held: bool
) -> list[Problem]:
    """Why somebody cannot take up the post."""
    found = []
    if held:
        found += against_closing_post(held)
    if until is not None and until <= at:
        found.append(
            Problem("orgs.term_backwards", "任期届满日要在任职日之后。", "The term must end after it begins.", "until")
        )
    if kind is not None and kind.form == "temporary" and origin == "elected":
        found.append(
            Problem(
                "orgs.temporary_elects",
                "临时党组织的书记和委员由批准它的组织指定，不搞选举。",
                "In a temporary unit, posts are designated by the body that approved it, not elected.",
                "origin",
                BRANCH_RULES,
            )
        )
    return found


def against_closing_post(held: bool) -> list[Problem]:
    """Why a post cannot be done away with."""
    return (
        [
            Problem(
                "orgs.post_held", "这个岗位现在有人，请先办离任。", "The post is held; end that holding first.", "post"
            )
        ]
        if held
        else []
    )


def no_such_post(at: date) -> Problem:
    """The Problem of a post that is not open on the day."""
    return Problem(
        "orgs.no_such_post",
        f"{at} 那天没有这个岗位，请先设立。",
        f"There was no such post on {at}; create it first.",
        "post",
    )


def against_person(new: NewPerson) -> list[Problem]:
    """What is wrong with what is to be kept of a person; the catalog checks the rest."""
    found = []
    if not new.person and not new.name.strip():
        found.append(Problem("orgs.no_person_name", "请填写姓名。", "Give the person's name.", "name"))
    if new.birth_month and not MONTH.match(new.birth_month):
        found.append(
            Problem(
                "orgs.birth_month", "出生年月写成 1986-05 这样。", "Write the birth month like 1986-05.", "birth_month"
            )
        )
    return found


def against_stranger(on_record: bool) -> list[Problem]:
    """Nobody belongs to a branch before the person is on record."""
    return (
        []
        if on_record
        else [Problem("orgs.unknown_person", "请先登记这个人的信息。", "Put the person on record first.", "person")]
    )


def against_membership(kind: OrganisationKind | None, how: str, elsewhere: bool) -> list[Problem]:
    """Why a person cannot become a member of a unit of this kind."""
    if kind is not None and not kind.has_members:
        return [_no_members_here(kind)]
    found = []
    if kind is not None and kind.form == "temporary":
        found.append(_no_transfer(kind))
    if how == "admitted":
        found += against_stage(kind)
    if elsewhere:
        found.append(
            Problem(
                "orgs.member_elsewhere",
                "这名党员的组织关系还在别的支部，请先转出。",
                "This person still belongs to another branch; end that membership first.",
                "person",
                ADMISSION_RULES,
            )
        )
    return found


def against_stage(kind: OrganisationKind | None) -> list[Problem]:
    """Members are admitted, and led through the stages before, where the kind of unit may do so."""
    if kind is None or kind.may_admit:
        return []
    return [
        Problem(
            "orgs.may_not_admit",
            f"{kind.title.zh}不能发展党员，请由组织关系所在支部办理。",
            f"{kind.title.en} may not admit members; the home branch does.",
            "org",
            BRANCH_RULES,
        )
    ]


def _no_members_here(kind: OrganisationKind) -> Problem:
    return Problem(
        "orgs.no_members_here",
        f"{kind.title.zh}不编入党员，请选所在的支部。",
        f"{kind.title.en} has no members of its own; choose the branch.",
        "org",
        BRANCH_RULES,
    )


def _no_transfer(kind: OrganisationKind) -> Problem:
    return Problem(
        "orgs.temporary_no_transfer",
        f"{kind.title.zh}不转接组织关系，党员的组织关系留在原支部。",
        f"{kind.title.en} takes over no memberships; they stay with the home branch.",
        "org",
        BRANCH_RULES,
    )
