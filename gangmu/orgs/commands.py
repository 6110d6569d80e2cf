"""The commands by which accounts and grants are kept: gangmu begin | account | grant | revoke | who-could-see.

Each takes the words after its own and prints one line a result; refusals are raised and said by the command line. A
password is asked for on a terminal and read from the first line of standard input otherwise, never from an argument.
"""

import argparse
import getpass
import sys
from datetime import date

from django.db import transaction

from gangmu.kernel import clock
from gangmu.kernel.ids import new_id
from gangmu.kernel.periods import asked_day
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.orgs import actions, lookups
from gangmu.orgs.entries import NewUnit
from gangmu.orgs.permissions import ROLES
from gangmu.orgs.queries import grants_over
from gangmu.orgs.scope import actor
from gangmu.people.actions import set_password
from gangmu.people.queries import KEEPER, USER, account_named, account_names


def begin(argv: list[str]) -> int:
    """Start an empty installation: the root unit and the first keeper of accounts. Prints the unit's id."""
    parser = argparse.ArgumentParser(prog="gangmu begin", description="The root unit and the first keeper of accounts.")
    parser.add_argument("name")
    parser.add_argument("--keeper", required=True, metavar="LOGIN")
    parser.add_argument("--kind", default="city_committee")
    parser.add_argument("--domain", default="agency")
    parser.add_argument("--code", default="")
    _day(parser, "--since")
    said = parser.parse_args(argv)
    root = NewUnit(said.name, said.kind, said.domain, None, said.since or clock.today(), new_id(), code=said.code)
    password = _password()
    with transaction.atomic():  # a refused password leaves the installation empty
        account, org = actions.begin(root, said.keeper, at=clock.today())
        set_password(account, password)
    print(org)
    return 0


def account(argv: list[str]) -> int:
    """account open|close|password LOGIN: open an account, close it, give it another password."""
    parser = argparse.ArgumentParser(prog="gangmu account", description="Open or close an account, set its password.")
    parser.add_argument("what", choices=("open", "close", "password"))
    parser.add_argument("login")
    parser.add_argument("--by", metavar="LOGIN", help="the keeper of accounts who answers for it")
    parser.add_argument("--keeper", action="store_true", help="open: it keeps accounts and grants, and sees no unit")
    said = parser.parse_args(argv)
    if said.what != "password" and not said.by:
        parser.error("--by LOGIN is required: somebody answers for opening and closing accounts")
    today = clock.today()
    if said.what == "open":
        by, password, duty = _by(said.by), _password(), KEEPER if said.keeper else USER
        with transaction.atomic():  # a refused password opens nothing
            opened = actions.open_account(said.login, by=by, at=today, idem=new_id(), duty=duty)
            set_password(opened, password)
        print(opened)
    elif said.what == "close":
        print(actions.close_account(account_named(said.login), by=_by(said.by), at=today, idem=new_id()).id)
    else:
        set_password(account_named(said.login), _password())
    return 0


def grant(argv: list[str]) -> int:
    """grant LOGIN ROLE ORG --by LOGIN [--from D] [--to D]: give a role over a unit. Prints the grant's id."""
    parser = _grant_parser("grant", "Give an account a role over a unit and all under it, recorded as a fact.")
    _day(parser, "--from")
    _day(parser, "--to")
    said = vars(parser.parse_args(argv))
    _require_role(said["role"])
    print(
        actions.grant(
            account_named(said["login"]), said["role"], lookups.org_called(said["org"]), by=_by(said["by"]),
            at=said["from"] or clock.today(), until=said["to"], idem=new_id(),
        )
    )  # fmt: skip
    return 0


def revoke(argv: list[str]) -> int:
    """revoke LOGIN ROLE ORG --by LOGIN: take the role back, from the next request on. Prints a fact's id a grant."""
    said = _grant_parser("revoke", "Take a role over a unit back; it acts on the next request.").parse_args(argv)
    _require_role(said.role)
    by, today = _by(said.by), clock.today()
    held = lookups.grants_of(account_named(said.login), said.role, lookups.org_called(said.org), today)
    for one in held:
        print(actions.revoke(one, by=by, at=today, idem=new_id()).id)
    if not held:
        print("这个账号在这个组织没有这个角色。 No such grant is in force.", file=sys.stderr)
    return 0 if held else 2


def who_could_see(argv: list[str]) -> int:
    """who-could-see ORG [--on D]: one line for each grant that reached the unit on that day."""
    parser = argparse.ArgumentParser(
        prog="gangmu who-could-see", description="The grants that reached a unit on a day."
    )
    parser.add_argument("org", help="the unit's code or id")
    _day(parser, "--on")
    said = parser.parse_args(argv)
    rows = grants_over(lookups.org_called(said.org), said.on or clock.today())
    names = account_names(row.account for row in rows)
    for row in rows:
        print(names.get(row.account, row.account), row.role, row.org, row.valid_from, sep="\t")
    return 0


def _grant_parser(word: str, description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"gangmu {word}", description=description)
    parser.add_argument("login")
    parser.add_argument("role", metavar="ROLE", help=", ".join(sorted(ROLES)))
    parser.add_argument("org", help="the unit's code or id")
    parser.add_argument("--by", required=True, metavar="LOGIN", help="the keeper of accounts who answers for it")
    return parser


def _require_role(role: str) -> None:
    if role not in ROLES:
        names = sorted(ROLES)
        raise Refused([Problem("orgs.role_unknown", f"没有“{role}”这个角色；可以写：{'、'.join(names)}。",
                               f"There is no role {role}; the roles are {', '.join(names)}.", "role")])  # fmt: skip


def _day(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument(name, type=_a_day, metavar="YYYY-MM-DD")


def _a_day(text: str) -> date:
    try:
        return asked_day(text)
    except ValueError:
        message = f"日期写成 2025-03-31 这样，不能是 {text}。 Write a day like 2025-03-31, not {text}."
        raise argparse.ArgumentTypeError(message) from None


def _by(login: str) -> Actor:
    return actor(account_named(login), clock.today())


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("密码 Password: ")
    return sys.stdin.readline().rstrip("\n")
