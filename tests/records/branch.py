"""柳溪支部 with a registry: six members of whom one is probationary, three posts of the committee and their holders."""

from dataclasses import dataclass, field

from gangmu.kernel.ids import OrgId, PersonId
from gangmu.orgs import actions as orgs
from gangmu.orgs.entries import NewHolding, NewMembership, NewPerson, NewPost
from tests.orgs.cast import SOME_DAY, City

MEMBERS = ("林晓禾", "周立春", "陈秋实", "王𠮷生", "李冬青", "何小满")
PROBATIONARY = "何小满"
POSTS = (("secretary", "林晓禾"), ("organisation", "周立春"), ("publicity", "陈秋实"))


@dataclass
class Branch:
    """The branch's id and its people and memberships by name."""

    org: OrgId
    people: dict[str, PersonId] = field(default_factory=dict)
    memberships: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> PersonId:
        return self.people[name]


def settle(city: City, short: str = "柳溪支部") -> Branch:
    """Put the members and the committee of a branch on record."""
    org = city[short]
    rows = [
        NewPerson(org, SOME_DAY, f"person/{n}", name=name, sex="female", birth_month="1980-01")
        for n, name in enumerate(MEMBERS)
    ]
    people = dict(zip(MEMBERS, orgs.load_persons(rows, by=city.clerk), strict=True))
    memberships = orgs.load_memberships([
        NewMembership(org, person, "admitted" if name == PROBATIONARY else "transferred_in",
                      "probationary" if name == PROBATIONARY else "full", "rural", "b36_40", SOME_DAY, f"member/{n}")
        for n, (name, person) in enumerate(people.items())
    ], by=city.clerk)  # fmt: skip
    posts = orgs.load_posts(
        [NewPost(org, post, SOME_DAY, f"post/{post}", term_years=3) for post, _ in POSTS], by=city.clerk
    )
    holdings = [
        NewHolding(post, people[name], "elected", SOME_DAY, f"hold/{number}")
        for number, (post, (_, name)) in enumerate(zip(posts, POSTS, strict=True))
    ]
    orgs.load_holdings(holdings, by=city.clerk)
    return Branch(org, people, dict(zip(people, memberships, strict=True)))
