"""Who can sign in to the demo: one person of each role, at the level where the role is at home."""

from dataclasses import dataclass

from gangmu.cli.city.load import BEGAN, KEEPER, PASSWORD
from gangmu.cli.city.plan import City, Unit, ident
from gangmu.kernel import clock
from gangmu.kernel.ids import PersonId
from gangmu.orgs import actions as orgs
from gangmu.orgs.scope import actor
from gangmu.people.actions import set_password
from gangmu.people.queries import account_named

LOADED = "city/loaded"  # the request key of the last account: whoever finds it finds the whole city


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in of the demo: the role it has, at which level, and how it is told."""

    login: str
    role: str
    level: str
    zh: str
    en: str


SIGN_INS = (
    SignIn(
        "secretary", "branch_secretary", "branch", "支部书记（一个村支部）", "branch secretary (one village branch)"
    ),
    SignIn("clerk", "party_clerk", "township", "党务干部（一个街道）", "Party clerk (one street)"),
    SignIn("county", "leader", "county", "领导（禾溪区）", "leader (one county)"),
    SignIn("leader", "leader", "city", "领导（全市）", "leader (the city)"),
    SignIn("auditor", "auditor", "city", "审计员（全市）", "auditor (the city)"),
)


def open_all(city: City) -> None:
    """Open the accounts of the demo, give each its role and the printed password."""
    keeper = actor(account_named(KEEPER), clock.today())
    for one in SIGN_INS:
        unit = _home(city, one.level)
        person = PersonId(ident("person", f"{unit.code}/0")) if one.level == "branch" else None
        account = orgs.open_account(one.login, by=keeper, at=BEGAN, idem=f"city/sign-in/{one.login}", person=person)
        orgs.grant(account, one.role, unit.org, by=keeper, at=BEGAN, idem=f"city/role/{one.login}")
        set_password(account, PASSWORD)


def _home(city: City, level: str) -> Unit:
    """The unit at which the sign-in of that level works: the first; of branches the first lively one of a village."""
    units = city.of_level(level)
    villages = [unit for unit in units if unit.new.domain == "rural"] or units
    return next((unit for unit in villages if unit.members >= 15 and unit.quality > 0.6), villages[0])


def mark_loaded(city: City) -> None:
    """Leave word that everything is there: somebody who came by to help, and whose account was closed again."""
    keeper = actor(account_named(KEEPER), clock.today())
    helper = orgs.open_account("helper", by=keeper, at=BEGAN, idem="city/helper")
    grant = orgs.grant(helper, "party_clerk", city.units[0].org, by=keeper, at=BEGAN, idem="city/helper/role")
    orgs.revoke(grant, by=keeper, at=clock.today(), idem="city/helper/revoked")
    orgs.close_account(helper, by=keeper, at=clock.today(), idem=LOADED)
