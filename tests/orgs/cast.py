"""The fixed cast: a small city with one county, two towns, three villages and their branches, and those who serve it."""

from dataclasses import dataclass
from datetime import date

from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId, OrgId, PersonId
from gangmu.kernel.scope import Actor
from gangmu.orgs import actions
from gangmu.orgs.entries import NewMembership, NewPerson, NewUnit
from gangmu.orgs.scope import actor
from gangmu.people.intake import thing_id

LONG_AGO = date(1950, 1, 1)
SOME_DAY = date(2020, 3, 1)


def key(*words: str) -> str:
    """A request key made of words in any script."""
    return "/".join(word.encode().hex() for word in words)


@dataclass
class City:
    """Ids by short names; `keeper` keeps accounts, `clerk` is party clerk of the whole city."""

    keeper_id: AccountId
    clerk_id: AccountId
    root: OrgId
    units: dict[str, OrgId]

    @property
    def keeper(self) -> Actor:
        return actor(self.keeper_id, clock.today())

    @property
    def clerk(self) -> Actor:
        return actor(self.clerk_id, clock.today())

    def __getitem__(self, name: str) -> OrgId:
        return self.units[name]

    def account(self, name: str, role: str | None = None, over: str | None = None) -> Actor:
        """A fresh account called `name`, with a role over a unit if one is said."""
        account = actions.open_account(name, by=self.keeper, at=clock.today(), idem=f"open/{name}")
        if role and over:
            actions.grant(account, role, self[over], by=self.keeper, at=clock.today(), idem=f"grant/{name}")
        return actor(account, clock.today())

    def person(self, name: str = "林晓禾", over: str = "柳溪支部", idem: str = "") -> PersonId:
        """A person on record."""
        new = NewPerson(
            self[over], SOME_DAY, idem or key("person", name), name=name, sex="female", birth_month="1986-05"
        )
        return actions.record_person(new, by=self.clerk)

    def member(self, name: str = "林晓禾", of: str = "柳溪支部", at: date = SOME_DAY) -> str:
        """A full member of a branch; the membership's id."""
        person = self.person(name, of)
        new = NewMembership(self[of], person, "transferred_in", "full", "rural", "b36_40", at, key("member", name))
        return actions.start_membership(new, by=self.clerk)


UNITS = (
    ("柳林县", "柳林县委", "county_committee", "agency", "青禾市"),
    ("东镇", "东河镇党委", "township", "township_domain", "柳林县"),
    ("西镇", "西塘镇党委", "township", "township_domain", "柳林县"),
    ("柳溪村", "柳溪村党委", "village", "rural", "东镇"),
    ("石桥村", "石桥村党委", "village", "rural", "东镇"),
    ("荷塘村", "荷塘村党委", "village", "rural", "西镇"),
    ("柳溪支部", "柳溪村第一党支部", "branch", "rural", "柳溪村"),
    ("石桥支部", "石桥村第一党支部", "branch", "rural", "石桥村"),
    ("荷塘支部", "荷塘村第一党支部", "branch", "rural", "荷塘村"),
    ("抗旱临时支部", "抗旱一线临时党支部", "temporary_branch", "rural", "东镇"),
)


def build() -> City:
    """Found the city and open the two accounts."""
    root = NewUnit("青禾市委", "city_committee", "agency", None, LONG_AGO, "root", code="QH")
    keeper, top = actions.begin(root, "keeper", at=clock.today())
    by = actor(keeper, clock.today())
    clerk = actions.open_account("clerk", by=by, at=clock.today(), idem="open/clerk")
    actions.grant(clerk, "party_clerk", top, by=by, at=clock.today(), idem="grant/clerk")
    city = City(keeper, clerk, top, {"青禾市": top})
    who = city.clerk
    for number, (short, *_) in enumerate(UNITS):
        city.units[short] = OrgId(thing_id(who, f"unit/{number}"))
    rows = [
        NewUnit(name, kind, domain, city[parent], LONG_AGO, f"unit/{number}", short=short)
        for number, (short, name, kind, domain, parent) in enumerate(UNITS)
    ]
    actions.load_units(rows, by=who)  # in one batch: every test founds this city anew
    return city
