"""Taking up a post in one step: post set up, person put on record, the one before leaves, or nothing at all."""

from django.db import transaction

from gangmu.kernel.ids import PersonId, PostId
from gangmu.kernel.problems import NotFound, Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.orgs import lookups, rosters
from gangmu.orgs.actions.drafts import ask_members, refuse, repeated
from gangmu.orgs.actions.members import record_person
from gangmu.orgs.actions.posts import create_post, end_holding, hand_over
from gangmu.orgs.entries import NewPerson, Seating


@transaction.atomic
def seat(asked: Seating, *, by: Actor) -> bool:
    """Let the person take up the post; False when this very request was recorded before. Raises Refused."""
    ask_members([asked.org], by)
    if repeated(by, asked.idem):
        return False
    refuse(_against(asked, by))
    post = asked.post or create_post(asked.org, asked.post_kind, by=by, at=asked.at, idem=f"{asked.idem}/post")
    person = asked.person or _named(asked, by)
    hand_over(post, person, asked.origin, asked.reason, by=by, at=asked.at, idem=asked.idem, until=asked.until)
    return True


def _named(asked: Seating, by: Actor) -> PersonId:
    return record_person(NewPerson(asked.org, asked.at, f"{asked.idem}/person", name=asked.name), by=by)


def _against(asked: Seating, by: Actor) -> list[Problem]:
    """The person must be said once, stand on this unit's rolls if chosen, and the post be this unit's own."""
    found = []
    if not asked.person and not asked.name:
        found.append(Problem("orgs.nobody_named", "还没选谁来任职；名单里没有就写姓名。",
                             "Choose who takes it up, or write a name that is not listed.", "person"))  # fmt: skip
    if asked.post and asked.post not in lookups.posts_of(asked.org, asked.at):
        raise NotFound([Problem("orgs.unknown_thing", "没有这条记录，或者不在您的范围内。",
                                "There is no such thing, or it lies outside your scope.")])  # fmt: skip
    listed = {row.person for row in rosters.members(by.scope, asked.org)} if asked.person else set()
    if asked.person and asked.person not in listed:
        found.append(Problem("orgs.not_on_roll", "这个人不在本单位的名单里，请写姓名。",
                             "That person is not on this unit's roll; write the name.", "person"))  # fmt: skip
    return found


@transaction.atomic
def leave(asked: Seating, *, by: Actor) -> bool:
    """Let whoever holds the post leave it; False when this very request was recorded before."""
    ask_members([asked.org], by)
    if repeated(by, asked.idem):
        return False
    held = lookups.posts_of(asked.org, asked.at).get(asked.post or PostId(""))
    if held is None or held.holding is None:
        raise Refused([Problem("orgs.post_vacant", "那天这个岗位没有人，不用办离任。",
                               "Nobody held the post on that day.", "post")])  # fmt: skip
    end_holding(held.holding, asked.reason, by=by, at=asked.at, idem=asked.idem)
    return True
