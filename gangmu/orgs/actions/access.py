"""Accounts and grants: opened, granted, revoked and closed by keepers of accounts, as facts, never to oneself."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

from django.db import transaction

from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId, OrgId, PersonId
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Receipt, Sealed
from gangmu.orgs import lookups, rules
from gangmu.orgs.actions.drafts import draft, refuse, repeated, submit, thing_id
from gangmu.orgs.actions.units import load_units
from gangmu.orgs.entries import NewUnit
from gangmu.orgs.permissions import ROLES, clashing, no_permission
from gangmu.orgs.queries import lives
from gangmu.people import actions as people
from gangmu.people.queries import KEEPER, USER, any_account, home_of, is_keeper, is_open, name_taken


@transaction.atomic
def begin(root: NewUnit, keeper: str, *, at: date) -> tuple[AccountId, OrgId]:
    """Start an empty installation: the first keeper of accounts, who answers for the root unit's founding.

    Refused once there is any account or unit. `at` is the day the account is opened; the root's day may lie before.
    """
    refuse(rules.against_beginning(any_account() or lookups.any_unit()))
    refuse([*rules.against_the_day(at, clock.today()), *rules.against_opening(keeper, name_taken(keeper))])
    account = AccountId(sha256(f"begin\n{root.idem}\n{keeper}".encode()).hexdigest()[:32])
    first = Actor(account)
    org = root.org or OrgId(thing_id(first, root.idem))
    _open(account, keeper, KEEPER, org, None, by=first, at=at, idem=f"{root.idem}/keeper")
    load_units([replace(root, org=org, parent=None)], by=first)
    return account, org


@transaction.atomic
def open_account(
    name: str, *, by: Actor, at: date, idem: str, duty: str = USER, person: PersonId | None = None
) -> AccountId:
    """Open an account that signs in as `name`; it sees nothing until a role is granted. Its password is set apart."""
    _ask_keeper(by)
    account = AccountId(thing_id(by, idem))
    if not repeated(by, idem):
        refuse([*rules.against_the_day(at, clock.today()), *rules.against_opening(name, name_taken(name))])
        _open(account, name, duty, home_of(by.account), person, by=by, at=at, idem=idem)
    return account


def _open(
    account: AccountId, name: str, duty: str, org: OrgId, person: PersonId | None, *, by: Actor, at: date, idem: str
) -> None:
    sealed = [Sealed("login", name)]
    submit([draft("account.opened", org, account, at, idem, sealed, duty=duty, person=person)], by)
    people.keep_login(account, name)


@transaction.atomic
def close_account(account: AccountId, *, by: Actor, at: date, idem: str) -> Receipt:
    """Close the account on the day `at`: its sessions end with its next request. Nobody closes their own."""
    _ask_keeper(by)
    if not repeated(by, idem):
        refuse(rules.against_the_day(at, clock.today()))
        refuse(rules.against_closing_account(account == by.account, is_open(account, at)))
    return submit([draft("account.closed", home_of(account), account, at, idem)], by)[0]


@transaction.atomic
def grant(
    account: AccountId, role: str, org: OrgId, *, by: Actor, at: date, idem: str, until: date | None = None
) -> str:
    """Give `account` the role over `org` and all under it, from `at` to the last day `until`. Returns its id."""
    _ask_keeper(by)
    about = thing_id(by, idem)
    if not repeated(by, idem):
        refuse(
            rules.against_granting(account == by.account, is_open(account, at), is_keeper(account, at), role in ROLES)
        )
        refuse(rules.against_granted(bool(lookups.grants_of(account, role, org, at)), at, until))
        refuse(rules.against_both(bool(clashing(role, lookups.roles_between(account, at, until)))))
        refuse(rules.against_change(lives([org]).get(org), at, clock.today()))
    submit([draft("access.granted", org, about, at, idem, account=account, role=role,
                  until=str(until or ""))], by)  # fmt: skip
    return about


@transaction.atomic
def revoke(grant_id: str, *, by: Actor, at: date, idem: str) -> Receipt:
    """Take a grant back from the day `at` on; it acts on the very next request."""
    _ask_keeper(by)
    held = lookups.spells("grant", [grant_id])[grant_id]
    if not repeated(by, idem):
        refuse(rules.against_closing(held.valid_from, held.valid_to, at, clock.today()))
    return submit([draft("access.revoked", held.org, grant_id, at, idem)], by)[0]


def _ask_keeper(by: Actor) -> None:
    """Only a keeper of accounts goes on; a keeper holds no role, so whoever grants cannot read what is granted."""
    if not is_keeper(by.account, clock.today()):
        raise no_permission("keep_accounts")
