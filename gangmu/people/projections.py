"""Fold facts about persons and accounts into the read tables; the rows follow from the set of facts alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from gangmu.ledger.facts import Fact
from gangmu.ledger.projections import Projection, digest_of
from gangmu.ledger.queries import history
from gangmu.ledger.read_tables import write_anew
from gangmu.people import models

PERSON, OPENED, CLOSED = "person.recorded", "account.opened", "account.closed"


def standing_facts(abouts: Iterable[str], kinds: Sequence[str]) -> dict[str, list[Fact]]:
    """The facts about each thing that were not taken back, as they happened."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in history(set(abouts), kinds):
        if fact.reversed_by is None:
            found[str(fact.about)].append(fact)
    return found


def fold_persons(facts: Sequence[Fact]) -> None:
    """Write anew where the values of the persons touched lie."""
    touched = {str(fact.about) for fact in facts}
    told = standing_facts(touched, (PERSON,))
    write_anew(models.Person, "person", touched, (
        models.Person(person=person, slots={slot: fact.id for fact in known for slot in fact.slots})
        for person, known in told.items()
    ))  # fmt: skip


def fold_accounts(facts: Sequence[Fact]) -> None:
    """Write anew the standing of the accounts touched."""
    touched = {str(fact.about) for fact in facts}
    told = standing_facts(touched, (OPENED, CLOSED)).values()
    write_anew(models.Standing, "account", touched, (row for known in told if (row := _standing(known))))


def _standing(facts: Sequence[Fact]) -> models.Standing | None:
    opened = next((fact for fact in facts if fact.kind == OPENED), None)
    if opened is None:
        return None
    closed = (fact.day for fact in facts if fact.kind == CLOSED and fact.day >= opened.day)
    return models.Standing(
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
