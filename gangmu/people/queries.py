"""Reads of accounts, and of persons' sealed values for callers that have asked whether they may."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection

from gangmu.kernel.ids import AccountId, FactId, OrgId, PersonId
from gangmu.kernel.problems import NotFound, Problem
from gangmu.ledger import engine
from gangmu.ledger.queries import open_slots
from gangmu.people import models
from gangmu.people.batches import batches

SLOTS = ("name", "sex", "birth_month", "education", "contact")  # docs/adr/0005-sixteen-person-fields.md
KEEPER, USER = "keeper", "user"


# read in every request, so without the ORM's own cost
COLUMNS = tuple(field.attname for field in models.Account._meta.concrete_fields)
OPEN_ACCOUNT = (
    f"SELECT {', '.join('a.' + name for name in COLUMNS)} FROM people_account a "  # noqa: S608 - the model's own names
    "JOIN people_standing s ON s.account = a.id WHERE a.id = %s AND s.opened_on <= %s AND s.closed_on > %s"
)
PERSON = "SELECT person FROM people_standing WHERE account = %s"


def open_account(account: AccountId, on: date) -> models.Account | None:
    """The account, if it may sign in and act on that day."""
    found = engine.one(OPEN_ACCOUNT, (account, on.isoformat(), on.isoformat()))
    return models.Account.from_db(connection.alias, COLUMNS, found) if found else None


def is_open(account: AccountId, on: date) -> bool:
    """Whether the account may sign in and act on that day."""
    return models.Standing.objects.filter(account=account, opened_on__lte=on, closed_on__gt=on).exists()


def is_keeper(account: AccountId, on: date) -> bool:
    """Whether the account keeps accounts and grants (and therefore sees no unit)."""
    return models.Standing.objects.filter(account=account, duty=KEEPER, opened_on__lte=on, closed_on__gt=on).exists()


def any_account() -> bool:
    """Whether anybody has an account at all."""
    return models.Standing.objects.exists()


def person_of(account: AccountId) -> PersonId | None:
    """The person who uses the account, if its opening named one."""
    found = engine.straight(PERSON, (account,))
    return PersonId(found[0][0]) if found and found[0][0] else None


def home_of(account: AccountId) -> OrgId:
    """The unit the account was opened for; facts about the account are recorded there. Raises NotFound."""
    found = models.Standing.objects.filter(account=account).values_list("org", flat=True).first()
    if found is None:
        raise _no_account()
    return OrgId(found)


def account_named(name: str) -> AccountId:
    """The account that signs in as `name`. Raises NotFound."""
    found = models.Account.objects.filter(name=name).values_list("id", flat=True).first()
    if found is None:
        raise _no_account()
    return AccountId(found)


def _no_account() -> NotFound:
    return NotFound([Problem("people.unknown_account", "没有这个账号。", "There is no such account.", where="account")])


def name_taken(name: str) -> bool:
    """Whether somebody signs in as `name`, open or closed."""
    return models.Account.objects.filter(name=name).exists()


def account_names(accounts: Iterable[AccountId]) -> dict[AccountId, str]:
    """The sign-in names of the accounts that exist."""
    return {AccountId(row[0]): row[1]
            for row in models.Account.objects.filter(id__in=set(accounts)).values_list("id", "name")}  # fmt: skip


def known_persons(persons: Iterable[PersonId]) -> frozenset[PersonId]:
    """Those of `persons` about whom something is on record."""
    wanted = set(persons)
    if not wanted:  # as for most facts: they name nobody
        return frozenset()
    condition, parameter = engine.among("person", wanted)
    found = engine.rows(f"SELECT person FROM people_person WHERE {condition}", (parameter,))  # noqa: S608 - our own words
    return frozenset(PersonId(row[0]) for row in found)


def open_persons(persons: Iterable[PersonId], slots: Sequence[str] = SLOTS) -> dict[PersonId, dict[str, str]]:
    """The latest sealed values of each person, in clear. Asks nothing: `orgs.rosters` has asked for the permission."""
    where = _slots(persons)
    texts = {(one.fact, one.subject, one.slot): one.text
             for one in open_slots({fact for of_one in where.values() for fact in of_one.values()}, slots)}  # fmt: skip
    return {
        PersonId(person): {
            slot: texts[fact, person, slot] for slot, fact in of_one.items() if (fact, person, slot) in texts
        }
        for person, of_one in where.items()
    }


def _slots(persons: Iterable[PersonId]) -> dict[str, dict[str, FactId]]:
    """For each person on record, the fact that holds each slot."""
    found: dict[str, dict[str, FactId]] = {}
    for some in batches(set(persons)):
        found.update(models.Person.objects.filter(person__in=some).values_list("person", "slots"))
    return found
