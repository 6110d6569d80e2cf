"""Whose names the page of a meeting fills in: members or officers of the unit on that day, by the form's definition."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from gangmu.catalog.activities import ActivityForm, Expected
from gangmu.catalog.current import catalog
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.scope import Scope
from gangmu.orgs import queries as orgs
from gangmu.orgs import rosters

MORE_THAN_A_LIST = 500  # nobody ticks absentees on a longer list: they are counted instead


@dataclass(frozen=True, slots=True)
class Expectee:
    """One person on the roll: the stage of a member or the posts of an officer, who may vote, who need not come."""

    person: PersonId
    stage: str
    posts: tuple[str, ...]
    entitled: bool
    excused: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody whose names are filled in. Empty: the unit has no such registry, and the page asks for numbers."""

    people: tuple[Expectee, ...] = ()

    @property
    def expected(self) -> tuple[Expectee, ...]:
        return tuple(one for one in self.people if not one.excused)

    @property
    def entitled(self) -> frozenset[PersonId]:
        return frozenset(one.person for one in self.expected if one.entitled)


def roll(scope: Scope, org: OrgId, form: ActivityForm, on: date, excused: Collection[str] = ()) -> Roll:
    """The roll of `form` at `org` on a day; `excused` are memberships or posts exempt from what the form names.

    Raises NotFound for a unit outside the scope.
    """
    wanted = form.expected
    if wanted is None:
        return Roll()
    found = _members(scope, org, form, on, excused) if wanted.of == "members" else _officers(scope, org, form, on)
    return Roll(found) if len(found) <= MORE_THAN_A_LIST else Roll()


def _members(scope: Scope, org: OrgId, form: ActivityForm, on: date, excused: Collection[str]) -> tuple[Expectee, ...]:
    """Each person once, as the members of this very branch; units that keep no members of their own have none."""
    unit = orgs.unit(scope, org, on)
    if not catalog().organisation_kinds[unit.kind].has_members:
        return ()
    stages = form.expected.stages if form.expected else ()
    rows = {
        row.person: row for row in rosters.members(scope, org, on) if row.org == org and (row.stage or "full") in stages
    }
    return tuple(
        Expectee(row.person, row.stage, (), _votes(form, row.stage), row.membership in excused or row.person in excused)
        for row in rows.values()
    )


def _officers(scope: Scope, org: OrgId, form: ActivityForm, on: date) -> tuple[Expectee, ...]:
    wanted = form.expected or Expected(of="officers")
    held: dict[PersonId, tuple[str, ...]] = {}
    for row in rosters.posts(scope, org, on):
        if row.person is not None and (not wanted.posts or row.post in wanted.posts):
            held[row.person] = (*held.get(row.person, ()), row.title or row.post)
    everybody_votes = form.voting is not None and form.voting.stages is None
    return tuple(Expectee(person, "", posts, entitled=everybody_votes, excused=False) for person, posts in held.items())


def _votes(form: ActivityForm, stage: str) -> bool:
    """A member without a stage on record is a full one: so the registry reads it everywhere."""
    if form.voting is None:
        return False
    return form.voting.stages is None or (stage or "full") in form.voting.stages


def named(scope: Scope, org: OrgId, people: Roll, on: date) -> Mapping[PersonId, str]:
    """The names of the roll, to whoever may see persons there; nobody else learns one."""
    opened = rosters.persons(scope, [one.person for one in people.people], org, on)
    return {person: texts.get("name", "") for person, texts in opened.items()}
