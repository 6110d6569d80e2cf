"""Transfers by letter and receipt, members away and back, and the branch's own notes of keeping in touch."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from gangmu.kernel import clock
from gangmu.kernel.ids import FactId, OrgId, PersonId
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Draft, Ref, Sealed
from gangmu.orgs import lookups, member_moves, rules
from gangmu.orgs.actions.drafts import ask_members, draft, kind_rules, refuse, repeated, submit, thing_id
from gangmu.orgs.permissions import Permission, no_permission
from gangmu.orgs.queries import lives
from gangmu.orgs.rules import member_moves as moves


@dataclass(frozen=True, slots=True)
class LetterAsked:
    """A letter of transfer: `to` a branch here, or `outside` in words; it holds until the day `until`."""

    membership: str
    at: date
    until: date
    idem: str
    to: OrgId | None = None
    outside: str = ""


@transaction.atomic
def issue_letter(asked: LetterAsked, *, by: Actor) -> None:
    """Record that a letter was issued; the member stays on the roll until it is received. Raises NotFound, Refused."""
    spell = _open(asked.membership, asked.at, by, asked.idem)
    if spell is None:
        return
    to = lives([asked.to]).get(asked.to) if asked.to else None
    refuse([
        *moves.against_letter(to_itself=asked.to == spell.org, pending=member_moves.pending_of(asked.membership),
                              anywhere=bool(asked.to or asked.outside), at=asked.at, until=asked.until),
        *(rules.against_membership(kind_rules(to.kind), "transferred_in", elsewhere=False) if to else []),
    ])  # fmt: skip
    submit([draft(
        member_moves.LETTER, spell.org, asked.membership, asked.at, asked.idem,
        [Sealed("outside", asked.outside)] if asked.outside else [], person=_person(asked.membership),
        to_unit=asked.to, valid_until=asked.until.isoformat(),
    )], by)  # fmt: skip


@transaction.atomic
def receive_letter(fact_id: FactId, *, by: Actor, at: date, idem: str) -> str:
    """Record the receipt of a letter: the member leaves the old roll and stands on the new one from that day.

    Whoever keeps the receiving branch may; the letter is the old branch's word for its own side. A letter that leads
    outside is confirmed by the branch that issued it. Returns the new membership, or the old one that ended.
    """
    letter = member_moves.letter(fact_id)
    ask_members([letter.to or letter.org], by)
    new = thing_id(by, f"{idem}/in")
    if repeated(by, idem):
        return new
    refuse([
        *rules.against_the_day(at, clock.today()),
        *moves.against_receipt(open_letter=letter.open, until=letter.until, issued=letter.issued, at=at),
    ])  # fmt: skip
    submit(_received(letter, new, at, idem), by)
    return new if letter.to else letter.membership


def _received(letter: member_moves.Letter, new: str, at: date, idem: str) -> list[Draft]:
    answers = (Ref("answers", letter.fact),)
    left = draft("membership.ended", letter.org, letter.membership, at, idem, reason="transferred_out")
    if letter.to is None:
        return [replace(left, refs=answers)]
    one = lookups.member(letter.membership)
    stage = lookups.stage_on([letter.membership], at).get(letter.membership, "full")
    came = draft(
        "membership.started", letter.to, new, at, f"{idem}/in", person=one.person, how="transferred_in",
        stage="probationary" if stage in ("probationary", "extended") else "full", category=one.category,
        age_band=one.age_band,
    )  # fmt: skip
    return [replace(left, refs=answers), replace(came, refs=answers)]


@transaction.atomic
def note_away(
    membership: str, state: str, *, by: Actor, at: date, idem: str, keeper: PersonId | None = None,
    host: OrgId | None = None,
) -> None:  # fmt: skip
    """Record that a member lives elsewhere for the time being, or is back."""
    spell = _open(membership, at, by, idem)
    if spell is not None:
        submit([draft(member_moves.AWAY, spell.org, membership, at, idem, (), person=_person(membership), state=state,
                      keeper=keeper, host=host)], by)  # fmt: skip


@transaction.atomic
def note_contact(membership: str, reached: str, *, by: Actor, at: date, idem: str) -> None:
    """Record that the branch tried to reach a member; the answer is sealed. Only those who may read it may note it."""
    spell = _open(membership, at, by, idem)
    if spell is None:
        return
    if not member_moves.sees_clues(by.scope, spell.org):
        raise no_permission(Permission.KEEP_MEMBERS.value)
    refuse(moves.against_answer(reached))
    submit([draft(member_moves.CONTACTED, spell.org, membership, at, idem, [Sealed("reached", reached)],
                  person=_person(membership))], by)  # fmt: skip


def _open(membership: str, at: date, by: Actor, idem: str) -> lookups.Spell | None:
    """The membership, once the keeping of its branch was asked for; None where this was recorded before."""
    spell = lookups.spells("membership", [membership])[membership]
    ask_members([spell.org], by)
    if repeated(by, idem):
        return None
    refuse(rules.against_closing(spell.valid_from, spell.valid_to, at, clock.today()))
    return spell


def _person(membership: str) -> PersonId:
    return lookups.member(membership).person
