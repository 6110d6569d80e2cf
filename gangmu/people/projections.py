"""Fold facts about persons and accounts into the read tables; the rows follow from the set of facts alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from gangmu.ledger.facts import REVERSE, Fact
from gangmu.ledger.projections import Projection, digest_of
from gangmu.ledger.queries import counts_about, history
from gangmu.ledger.read_tables import write_anew
from gangmu.people import models

PERSON, OPENED, CLOSED = "person.recorded", "account.opened", "account.closed"


def standing_facts(facts: Sequence[Fact], kinds: Sequence[str]) -> dict[str, list[Fact]]:
    """By thing that `facts` touch, the facts of `kinds` that were not taken back, as they happened.

    Only what the ledger holds more about than these facts is read back: most things of an import are new.
    """
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        told[str(fact.about)].append(fact)
    counts = counts_about(told)
    older = {about for about, known in told.items() if counts[about] > len(known) or _taken_back(known)}
    found = {about: sorted(known, key=_as_happened) for about, known in told.items() if about not in older}
    found |= {about: [] for about in older}
    for fact in history(older, kinds) if older else ():
        if fact.reversed_by is None:
            found[str(fact.about)].append(fact)
    return found


def _taken_back(facts: Iterable[Fact]) -> bool:
    return any(fact.kind == REVERSE or fact.reversed_by for fact in facts)


def _as_happened(fact: Fact) -> tuple[datetime, datetime, str]:
    return fact.claimed_from, fact.received, fact.id


def fold_persons(facts: Sequence[Fact]) -> None:
    """Write anew where the values of the persons touched lie."""
    told = standing_facts(facts, (PERSON,))
    write_anew(models.Person, "person", told, (
        dict(person=person, slots={slot: fact.id for fact in known for slot in fact.slots})
        for person, known in told.items() if known
    ))  # fmt: skip


def fold_accounts(facts: Sequence[Fact]) -> None:
    """Write anew the standing of the accounts touched."""
    told = standing_facts(facts, (OPENED, CLOSED))
    write_anew(models.Standing, "account", told, (row for known in told.values() if (row := _standing(known))))


def _standing(facts: Sequence[Fact]) -> dict[str, Any] | None:
    opened = next((fact for fact in facts if fact.kind == OPENED), None)
    if opened is None:
        return None
    closed = (fact.day for fact in facts if fact.kind == CLOSED and fact.day >= opened.day)
    return dict(
        account=str(opened.about),
        org=opened.org,
        duty=str(opened.body["duty"]),
        person=str(opened.body.get("person") or ""),
        opened_on=opened.day,
        closed_on=next(closed, date.max),
    )


def _empty_persons() -> None:
    models.Person.objects.all().delete()


def _empty_accounts() -> None:
    """Names and password hashes stay: they are no facts."""
    models.Standing.objects.all().delete()


def _persons_digest() -> str:
    rows = models.Person.objects.order_by("person").values_list("person", "slots")
    return digest_of((person, sorted(slots.items())) for person, slots in rows.iterator())


def _accounts_digest() -> str:
    columns = ("account", "org", "duty", "person", "opened_on", "closed_on")
    return digest_of(models.Standing.objects.order_by("account").values_list(*columns).iterator())


PROJECTIONS = (
    Projection("people.persons", frozenset({PERSON}), fold_persons, _empty_persons, _persons_digest),
    Projection("people.accounts", frozenset({OPENED, CLOSED}), fold_accounts, _empty_accounts, _accounts_digest),
)
