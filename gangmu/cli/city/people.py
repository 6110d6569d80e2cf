"""Who the people are: members and their branches, posts and who holds them, steps into the Party. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from gangmu.cli.city import names
from gangmu.cli.city.plan import OLD, YEAR, Unit, chance, ident
from gangmu.kernel.ids import PersonId
from gangmu.orgs.entries import Ending, NewMembership, NewPerson, NewPost, NewStage

BANDS = ((30, "b18_30"), (35, "b31_35"), (40, "b36_40"), (45, "b41_45"), (50, "b46_50"), (55, "b51_55"), (60, "b56_60"))
ADMITTED = 0.021  # of the members were admitted in the year
CATEGORIES = {
    "rural": ("rural", "rural", "floating", "excused", "in_post"), "community": ("retired", "in_post", "excused"),
}  # fmt: skip
EDUCATION = ("below_college", "below_college", "college", "college", "bachelor", "postgraduate")
NEW_YEAR = date(YEAR, 1, 1)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a branch: born in `birth` (a month), belonging to it since `joined`."""

    unit: Unit
    number: int
    birth: date
    joined: date
    admitted: bool

    @property
    def key(self) -> str:
        return f"{self.unit.code}/{self.number}"

    @property
    def person(self) -> PersonId:
        return PersonId(ident("person", self.key))

    @property
    def membership(self) -> str:
        return ident("membership", self.key)


@dataclass(frozen=True, slots=True)
class Seat:
    """A post of a unit and the member who holds it; `left` is the day on which it fell vacant, if it did."""

    post: NewPost
    holder: Member | None
    origin: str
    since: date
    left: date | None = None


def age_band(birth: date, on: date) -> str:
    """The band of somebody's age on a day."""
    age = on.year - birth.year - (on.month < birth.month)
    return next((band for last, band in BANDS if age <= last), "b61")


@lru_cache(maxsize=4000)
def members(unit: Unit) -> tuple[Member, ...]:
    """The members a branch had at some time in the year, the eldest in membership first."""
    pick = chance("members", unit.code)
    return tuple(_member(unit, number, pick) for number in range(unit.members))


def _member(unit: Unit, number: int, pick: Random) -> Member:
    admitted = number > 2 and pick.random() < ADMITTED * 1.2
    age = min(86, max(19, round(pick.gauss(31, 8) if admitted else pick.gauss(52, 15))))
    birth = date(YEAR - age, pick.randrange(1, 13), 1)
    begun = max(unit.new.at, date(birth.year + 19, birth.month, 1))
    if admitted:
        start = max(begun, NEW_YEAR)
        return Member(
            unit, number, birth, start + timedelta(days=pick.randrange((date(YEAR, 12, 28) - start).days + 1)), True
        )
    room = (date(YEAR - 1, 12, 1) - begun).days
    return Member(unit, number, birth, begun + timedelta(days=pick.randrange(room)) if room > 0 else begun, False)


def persons(unit: Unit) -> Iterator[NewPerson]:
    """What is put on record of the members of a branch; the contact only of those who hold posts."""
    pick = chance("persons", unit.code)
    for one in members(unit):
        yield NewPerson(
            unit.org, one.joined, f"city/person/{one.key}", one.person, names.person(pick),
            "female" if pick.random() < 0.34 else "male", f"{one.birth.year}-{one.birth.month:02d}",
            pick.choice(EDUCATION) if one.number < 3 else "",
            f"000{pick.randrange(10**8):08d}" if one.number < 3 else "",
        )  # fmt: skip


def memberships(unit: Unit) -> Iterator[NewMembership]:
    """Their memberships, in the stage in which they began."""
    pick = chance("memberships", unit.code)
    choices = CATEGORIES.get(unit.new.domain, ("in_post", "in_post", "retired"))
    for one in members(unit):
        how, stage = ("admitted", "probationary") if one.admitted else ("transferred_in", "full")
        yield NewMembership(unit.org, one.person, how, stage, pick.choice(choices), age_band(one.birth, one.joined),
                            one.joined, f"city/membership/{one.key}", one.membership)  # fmt: skip


def leavers(unit: Unit) -> Iterator[Ending]:
    """Members who died or moved away in the year; never one of those who hold posts."""
    pick = chance("leavers", unit.code)
    for one in members(unit)[4:]:
        if one.joined < NEW_YEAR and pick.random() < 0.012:
            on = unit.since + timedelta(days=pick.randrange((date(YEAR, 12, 31) - unit.since).days + 1))
            yield Ending(one.membership, pick.choice(("died", "transferred_out")), on, f"city/leaver/{one.key}")


def stages(unit: Unit) -> Iterator[NewStage]:
    """Steps of non-members: applications and activists, each in a file of its own, about somebody on record."""
    pick = chance("stages", unit.code)
    for number in range(pick.choices((0, 1, 2), (55, 35, 10))[0]):
        key = f"{unit.code}/applicant/{number}"
        person, file = PersonId(ident("person", key)), ident("membership", key)
        applied = unit.since + timedelta(days=pick.randrange(max(1, (date(YEAR, 6, 1) - unit.since).days)))
        band = pick.choice(("b18_30", "b18_30", "b31_35", "b36_40"))
        yield NewStage(unit.org, person, "applicant", applied, f"city/stage/{key}/applicant", file, band)
        if pick.random() < 0.3 + 0.5 * unit.quality:
            named = min(applied + timedelta(days=180), date(YEAR, 12, 20))
            yield NewStage(unit.org, person, "activist", named, f"city/stage/{key}/activist", file, band)


def applicants(unit: Unit) -> Iterator[NewPerson]:
    """The people of `stages`, put on record before them."""
    pick = chance("applicants", unit.code)
    for one in stages(unit):
        if one.stage == "applicant":
            key = one.idem.removeprefix("city/stage/").removesuffix("/applicant")
            yield NewPerson(
                unit.org,
                one.at,
                f"city/person/{key}",
                one.person,
                names.person(pick),
                "male" if pick.random() < 0.6 else "female",
            )


BRANCH_SEATS = ("secretary", "organisation", "publicity")
UPPER_SEATS = ("secretary", "deputy_secretary", "organisation")


def seats(unit: Unit, holders: tuple[Member, ...]) -> Iterator[Seat]:
    """The posts of a unit, most of them held: by `holders` in turn. A weak unit has more vacancies."""
    pick = chance("seats", unit.code)
    small = unit.level == "branch" and unit.members < 7
    wanted = ("secretary",) if small else BRANCH_SEATS if unit.level == "branch" else UPPER_SEATS
    appointed = unit.new.kind in ("work_committee", "street")
    for place, post in enumerate(wanted):
        new = NewPost(
            unit.org, post, unit.new.at, f"city/post/{unit.code}/{post}", "", 3 if unit.level == "branch" else 5
        )
        holder = holders[place] if place < len(holders) and pick.random() > 0.09 * (1.3 - unit.quality) else None
        since = (
            max(unit.new.at, holder.joined, OLD + timedelta(days=4500 + pick.randrange(600))) if holder else unit.new.at
        )
        left = (
            date(YEAR, 3, 1) + timedelta(days=pick.randrange(270))
            if pick.random() < 0.02 and unit.since == NEW_YEAR
            else None
        )
        yield Seat(
            new, holder, "appointed" if appointed else "elected", since, left if holder and since < NEW_YEAR else None
        )
