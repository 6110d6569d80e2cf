"""Entering people on rosters and taking them off again."""

from django.db import transaction

from gangmu.catalog.current import catalog
from gangmu.kernel import clock
from gangmu.kernel.ids import PersonId
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Receipt
from gangmu.orgs import lookups, rosters, rules
from gangmu.orgs.actions.drafts import ask_members, draft, end, refuse, repeated, submit, thing_id
from gangmu.orgs.actions.members import record_person
from gangmu.orgs.entries import Ending, Enrolling, NewPerson
from gangmu.orgs.queries import lives


@transaction.atomic
def enrol(asked: Enrolling, *, by: Actor) -> str:
    """Enter somebody on a roster of the unit; a name that is not listed is put on record first. Returns its id.

    Raises Refused with everything that speaks against it, NotFound for a unit out of scope.
    """
    ask_members([asked.org], by)
    about = thing_id(by, asked.idem)
    if repeated(by, asked.idem):
        return about
    listed = {row.person for row in rosters.members(by.scope, asked.org)} if asked.person else set()
    chosen = asked.person if asked.person in listed else None
    already = chosen is not None and lookups.on_roster(asked.org, asked.roster, chosen, asked.at)
    known = catalog().family_of.get(asked.roster) == "roster_type"
    refuse([
        *rules.against_change(lives([asked.org]).get(asked.org), asked.at, clock.today()),
        *rules.against_enrolment(
            asked.roster, known, bool(chosen or asked.name.strip()), asked.basis, asked.at, asked.until, already
        ),
    ])  # fmt: skip
    person = chosen or _named(asked, by)
    submit([draft("enrolment.started", asked.org, about, asked.at, asked.idem, tags=[asked.roster], person=person,
                  basis=asked.basis.strip(), until=str(asked.until or ""))], by)  # fmt: skip
    return about


def _named(asked: Enrolling, by: Actor) -> PersonId:
    return record_person(NewPerson(asked.org, asked.at, f"{asked.idem}/person", name=asked.name.strip()), by=by)


@transaction.atomic
def strike(asked: Ending, *, by: Actor) -> Receipt:
    """Take somebody off a roster on the day `at`, for a reason."""
    return end("enrolment", "enrolment.ended", [asked], by)[0]
