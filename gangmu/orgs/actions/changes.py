"""Changes of the tree in two steps: what would be recorded, shown to whoever decides; then exactly that, or nothing."""

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction

from gangmu.kernel.canon import digest
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import NotFound, Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Draft
from gangmu.orgs import lookups, rules
from gangmu.orgs.actions.drafts import ready, refuse, repeated, submit, thing_id
from gangmu.orgs.actions.endings import to_dissolve, to_merge, to_split
from gangmu.orgs.actions.units import to_found, to_move, to_rename
from gangmu.orgs.entries import Change, NewUnit
from gangmu.orgs.permissions import Permission, require


def _found(asked: Change, by: Actor) -> list[Draft]:
    new = NewUnit(asked.name, asked.kind, asked.domain, asked.org, asked.at, asked.idem, asked.short, asked.aliases,
                  asked.code, OrgId(thing_id(by, asked.idem)))  # fmt: skip
    return to_found([new], by=by)


def _rename(asked: Change, by: Actor) -> list[Draft]:
    return to_rename(
        asked.org, asked.name, by=by, at=asked.at, idem=asked.idem, short=asked.short, aliases=asked.aliases
    )


def _move(asked: Change, by: Actor) -> list[Draft]:
    return to_move(asked.org, asked.other or OrgId(""), by=by, at=asked.at, idem=asked.idem)


def _merge(asked: Change, by: Actor) -> list[Draft]:
    return to_merge(asked.org, asked.other or OrgId(""), by=by, at=asked.at, idem=asked.idem)


def _split(asked: Change, by: Actor) -> list[Draft]:
    return to_split(asked.org, asked.parts, continues=asked.continues, by=by, at=asked.at, idem=asked.idem)


def _dissolve(asked: Change, by: Actor) -> list[Draft]:
    return to_dissolve(asked.org, asked.reason, by=by, at=asked.at, idem=asked.idem)


PLANS: Mapping[str, Callable[[Change, Actor], list[Draft]]] = {
    "found": _found, "rename": _rename, "move": _move, "merge": _merge, "split": _split, "dissolve": _dissolve,
}  # fmt: skip


def planned(asked: Change, *, by: Actor) -> list[Draft]:
    """The facts that would carry the change out; nothing is recorded. Raises Refused with everything against it."""
    require(by, Permission.SHAPE_TREE, asked.org)
    try:
        drafts = PLANS[asked.verb](asked, by)
    except NotFound as refusal:
        raise Refused([rules.not_both_ends()]) from refusal
    if drafts:
        refuse(ready(drafts, by).problems)
    return drafts


def digest_of_plan(drafts: Sequence[Draft]) -> str:
    """A short word that changes whenever any of what would be recorded changes."""
    return digest([[one.kind, one.org, one.about, one.claimed_from.isoformat(), dict(one.body)] for one in drafts])


@transaction.atomic
def carry_out(asked: Change, *, seen: str, by: Actor) -> bool:
    """Carry the change out if it still is the one whose digest was `seen`; False when it was carried out before.

    Of two who change the tree at the same moment the second is told that things have changed, and looks again.
    """
    require(by, Permission.SHAPE_TREE, asked.org)
    lookups.hold_graph()
    if repeated(by, f"{asked.idem}/part/0" if asked.verb == "split" else asked.idem):
        return False
    drafts = planned(asked, by=by)
    if digest_of_plan(drafts) != seen:
        raise Refused([_changed_meanwhile()])
    submit(drafts, by)
    return True


def _changed_meanwhile() -> Problem:
    return Problem(
        "orgs.changed_meanwhile",
        "您看过以后，填的内容或者组织情况变了。下面是现在的结果，请再看一遍再确认。",
        "What is typed, or the units themselves, have changed since you looked. Below is how it stands now.",
    )
