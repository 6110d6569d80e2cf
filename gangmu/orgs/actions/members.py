"""Persons, their way into the Party, and the branches they belong to."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction

from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Draft, Receipt, Sealed
from gangmu.orgs import lookups, rules
from gangmu.orgs.actions.drafts import (
    ask_members,
    draft,
    end,
    kind_rules,
    ready,
    record_prepared,
    refuse,
    repeats,
    submit,
    thing_id,
)
from gangmu.orgs.entries import Ending, NewMembership, NewPerson, NewStage
from gangmu.orgs.history import OPEN, Span
from gangmu.orgs.queries import lives
from gangmu.people.queries import SLOTS, known_persons


def record_person(new: NewPerson, *, by: Actor) -> PersonId:
    """Put a person on record, or change what is kept of one (`person` given). Returns the person's id."""
    return load_persons([new], by=by)[0]


def load_persons(rows: Sequence[NewPerson], *, by: Actor) -> list[PersonId]:
    """Put many persons on record, all or none; every value is sealed. Returns their ids in order."""
    return persons_ready(rows, by=by)()


def persons_ready(rows: Sequence[NewPerson], *, by: Actor) -> Callable[[], list[PersonId]]:
    """As `load_persons`, up to the transaction: what comes back records them, in the caller's if there is one."""
    ask_members((new.org for new in rows), by)
    today = clock.today()
    refuse([problem for new in rows for problem in (*rules.against_the_day(new.at, today), *rules.against_person(new))])
    prepared = ready([_person(new, by) for new in rows], by)

    def record() -> list[PersonId]:
        with transaction.atomic():
            ask_members((new.org for new in rows), by)
            record_prepared(prepared)
        return [PersonId(str(one.about)) for one in prepared.drafts]

    return record


def _person(new: NewPerson, by: Actor) -> Draft:
    about = new.person or thing_id(by, new.idem)
    sealed = [Sealed(slot, text) for slot in SLOTS if (text := getattr(new, slot))]
    return draft("person.recorded", new.org, about, new.at, new.idem, sealed)


def start_membership(new: NewMembership, *, by: Actor) -> str:
    """Let a person become a member of a branch. Returns the membership's id."""
    return load_memberships([new], by=by)[0]


def load_memberships(rows: Sequence[NewMembership], *, by: Actor) -> list[str]:
    """Let many persons become members of branches, all or none. Returns the memberships' ids in order."""
    return memberships_ready(rows, by=by)()


def memberships_ready(rows: Sequence[NewMembership], *, by: Actor) -> Callable[[], list[str]]:
    """As `load_memberships`, up to the transaction: what comes back asks the rules and records them."""
    ask_members((new.org for new in rows), by)
    prepared = ready([_membership(new, by) for new in rows], by)

    def record() -> list[str]:
        with transaction.atomic():
            ask_members((new.org for new in rows), by)
            refuse(_against_memberships(rows, by))
            record_prepared(prepared)
        return [str(one.about) for one in prepared.drafts]

    return record


def _against_memberships(rows: Sequence[NewMembership], by: Actor) -> list[Problem]:
    persons, today = {new.person for new in rows}, clock.today()
    units, homes = lives({new.org for new in rows}), lookups.homes_of(persons)
    on_record, known = known_persons(persons), repeats(by, (new.idem for new in rows))
    problems: list[Problem] = []
    for new in rows:
        if new.idem in known:
            continue
        unit = units.get(new.org)
        elsewhere = any(span.valid_to > new.at for span in homes.get(new.person, ()))
        homes.setdefault(new.person, []).append(Span(new.at, OPEN, (new.org,)))
        problems += rules.against_change(unit, new.at, today)
        problems += rules.against_membership(kind_rules(unit.kind) if unit else None, new.how, elsewhere)
        problems += rules.against_stranger(new.person in on_record)
    return problems


def _membership(new: NewMembership, by: Actor) -> Draft:
    return draft(
        "membership.started", new.org, new.membership or thing_id(by, new.idem), new.at, new.idem, person=new.person,
        how=new.how, stage=new.stage, category=new.category, age_band=new.age_band,
    )  # fmt: skip


def change_stage(new: NewStage, *, by: Actor) -> str:
    """Record a step on a person's way into the Party. Returns the id of the file (the later membership)."""
    return load_stages([new], by=by)[0]


@transaction.atomic
def load_stages(rows: Sequence[NewStage], *, by: Actor) -> list[str]:
    """Record many steps, all or none. Returns the files' ids in order."""
    ask_members((new.org for new in rows), by)
    units, on_record = lives({new.org for new in rows}), known_persons({new.person for new in rows})
    known, today = repeats(by, (new.idem for new in rows)), clock.today()
    problems: list[Problem] = []
    for new in rows:
        if new.idem not in known:
            unit = units.get(new.org)
            problems += rules.against_change(unit, new.at, today)
            problems += rules.against_stage(kind_rules(unit.kind) if unit else None)
            problems += rules.against_stranger(new.person in on_record)
    refuse(problems)
    drafts = [
        draft("membership.stage_changed", new.org, new.membership or thing_id(by, new.idem), new.at, new.idem,
              person=new.person, stage=new.stage, age_band=new.age_band)
        for new in rows
    ]  # fmt: skip
    submit(drafts, by)
    return [str(one.about) for one in drafts]


def end_membership(membership: str, reason: str, *, by: Actor, at: date, idem: str) -> Receipt:
    """End the membership on the day `at`: from then on the branch does not count the member."""
    return load_endings([Ending(membership, reason, at, idem)], by=by)[0]


@transaction.atomic
def load_endings(rows: Sequence[Ending], *, by: Actor) -> list[Receipt]:
    """End many memberships, all or none."""
    return end("membership", "membership.ended", rows, by)


@transaction.atomic
def transfer_member(membership: str, to: OrgId, *, by: Actor, at: date, idem: str) -> str:
    """Take a membership over to another branch on the day `at`, stage and all. Returns the new membership's id."""
    spell = lookups.spells("membership", [membership])[membership]
    ask_members((spell.org, to), by)
    one = lookups.member(membership)
    stage = lookups.stage_on([membership], at).get(membership, "full")
    end_membership(membership, "transferred_out", by=by, at=at, idem=f"{idem}/out")
    return start_membership(
        NewMembership(to, one.person, "transferred_in", stage, one.category, one.age_band, at, f"{idem}/in"), by=by
    )
