"""For random trees, grants and days: what the permissions answer is what thirty plain lines answer, and no query leaks."""

from datetime import date
from random import Random

import pytest

from gangmu.indicators import queries as indicators
from gangmu.kernel import clock
from gangmu.kernel.clock import local_moment
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from gangmu.kernel.scope import Scope
from gangmu.ledger import actions as ledger
from gangmu.ledger.facts import Draft
from gangmu.orgs import queries, rosters
from gangmu.orgs.permissions import ROLES, Permission, may, roles_at_each
from gangmu.orgs.scope import actor, scope_of
from gangmu.records import queries as records
from tests.indicators.conftest import own_mart
from tests.orgs.cast import City
from tests.orgs.conftest import city
from tests.properties.worlds import World, days, grown

__all__ = ["city", "own_mart"]
SEEDS = (1, 2, 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_permissions_answer_as_the_plain_oracle_does(city: City, seed: int) -> None:
    rng = Random(seed)
    world = grown(city, rng)
    assert len(world.grants) >= 3
    asked = 0
    for on in days(world, rng):
        for account in world.accounts:
            scope = scope_of(account, on)
            held = roles_at_each(scope, world.parents)
            assert {unit: set(roles) for unit, roles in held.items()} == {
                unit: world.roles(account, unit, on) for unit in world.parents
            }, f"seed {seed}, {on}"
            for unit in rng.sample(sorted(world.parents), 4):
                for permission in Permission:
                    expected = any(permission in ROLES[role] for role in world.roles(account, unit, on))
                    assert may(scope, permission, unit) is expected, f"seed {seed}, {on}, {permission}"
                    asked += 1
    assert asked > 500


def shown(scope: Scope, world: World, on: date) -> set[OrgId]:
    """Every unit that any read of the graph gave away."""
    found = {node.org for node in queries.tops(scope)} | {node.org for node in queries.find(scope, "1", limit=1000)}
    for unit in world.parents:
        for read in (queries.descendants, queries.children):
            try:
                found |= {node.org for node in read(scope, unit)}
            except NotFound:
                continue
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_no_read_gives_away_a_unit_outside(city: City, seed: int) -> None:
    rng = Random(seed)
    world = grown(city, rng)
    told = facts_everywhere(world)
    seen = 0
    for on in days(world, rng)[:3]:
        for account in world.accounts:
            scope, inside = scope_of(account, on), world.inside(account, on)
            assert shown(scope, world, on) <= inside, f"seed {seed}, {on}"
            latest = {fact.org for fact in records.latest(scope, limit=1000)}
            assert latest == told & inside, f"seed {seed}, {on}"
            assert records.mine(actor(account, on)) == ()
            seen += len(latest)
    assert seen > 0


def facts_everywhere(world: World) -> set[OrgId]:
    """One lecture recorded at every unit; returns the units."""
    moment = local_moment(date(2025, 6, 1))
    body = {"tags": ["lecture"]}
    drafts = [Draft("activity.held", unit, body, moment, moment, f"fact/{unit}") for unit in sorted(world.parents)]
    ledger.record_many(drafts, by=world.city.clerk, schema="0" * 64)
    return set(world.parents)


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_a_figure_is_given_inside_and_denied_outside(city: City, seed: int) -> None:
    rng = Random(seed)
    world = grown(city, rng, accounts=4)
    facts_everywhere(world)
    on, year = clock.today(), Period.of_year(2025)
    given = 0
    for account in world.accounts:
        scope = scope_of(account, on)
        inside = sorted(world.inside(account, on))  # a sample alone may miss the few units of a small subtree
        for unit in (*rng.sample(sorted(world.parents), 6), *inside[:1]):
            if world.roles(account, unit, on):
                beneath = [one for one in world.parents if unit in world.above(one, year.end)]
                assert indicators.figure(scope, "activity.sessions[lecture]", unit, year).value == len(beneath)
                given += 1
            else:
                with pytest.raises(NotFound):
                    indicators.figure(scope, "activity.sessions[lecture]", unit, year)
                with pytest.raises(NotFound):
                    indicators.facts_behind(scope, "activity.sessions[lecture]", unit, year)
    assert given > 0


@pytest.mark.parametrize("role", sorted(ROLES))
def test_names_are_opened_inside_the_subtree_alone(city: City, role: str) -> None:
    city.member("周望", "柳溪支部")
    city.member("苏禾", "荷塘支部")
    reader = city.account("reader", role, "东镇")
    everybody = [row.person for row in rosters.members(city.clerk.scope, city.root)]
    assert len(everybody) == 2
    opened = rosters.persons(reader.scope, everybody, city["东镇"])
    names = {one["name"] for one in opened.values()}
    assert names == ({"周望"} if Permission.SEE_PERSONS in ROLES[role] else set())
    for outside in ("荷塘支部", "柳林县", "青禾市"):
        try:
            assert rosters.persons(reader.scope, everybody, city[outside]) == {}
        except Refused as refusal:
            assert isinstance(refusal, NotFound)  # noqa: PT017 - either answer hides the name
