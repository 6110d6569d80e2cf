"""Random small worlds made through the ordinary actions, and what is known of them in plain dictionaries."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId, OrgId
from gangmu.kernel.problems import Refused
from gangmu.orgs import actions
from gangmu.orgs.entries import NewUnit
from gangmu.orgs.permissions import ROLES
from tests.orgs.cast import LONG_AGO, City

BEGIN, END = date(2024, 1, 1), date(2025, 12, 31)
LEVELS = (
    ("county_committee", "agency", 2),
    ("township", "township_domain", 4),
    ("village", "rural", 8),
    ("branch", "rural", 8),
)


@dataclass
class World:
    """The city with more units; parents by the day from which they hold, grants with their days (the last excluded)."""

    city: City
    parents: dict[OrgId, list[tuple[date, OrgId | None]]] = field(default_factory=dict)
    grants: list[tuple[AccountId, str, OrgId, date, date]] = field(default_factory=list)
    accounts: list[AccountId] = field(default_factory=list)

    def parent(self, unit: OrgId, on: date) -> OrgId | None:
        """What the unit hung under on that day. Raises KeyError before its founding."""
        held = [parent for since, parent in self.parents[unit] if since <= on]
        if not held:
            raise KeyError(unit)
        return held[-1]

    def above(self, unit: OrgId, on: date) -> set[OrgId]:
        """The unit and all above it on that day; empty before its founding."""
        found: set[OrgId] = set()
        step: OrgId | None = unit
        try:
            while step is not None:
                found.add(step)
                step = self.parent(step, on)
        except KeyError:
            return set()
        return found

    def roles(self, account: AccountId, unit: OrgId, on: date) -> set[str]:
        """The roles that the account holds over the unit on that day."""
        reach = self.above(unit, on)
        return {
            role
            for who, role, top, since, until in self.grants
            if who == account and top in reach and since <= on < until
        }

    def inside(self, account: AccountId, on: date) -> set[OrgId]:
        """Every unit the account sees something of."""
        return {unit for unit in self.parents if self.roles(account, unit, on)}


def day(rng: Random) -> date:
    return BEGIN + timedelta(days=rng.randrange((END - BEGIN).days + 1))


def grown(city: City, rng: Random, moves: int = 8, accounts: int = 5) -> World:
    """The cast's city with random units, moves and grants."""
    world = World(city)
    names = ["青禾市", *(name for name in city.units if name != "青禾市")]
    parents = dict(
        zip(
            names[1:],
            ["青禾市", "柳林县", "柳林县", "东镇", "东镇", "西镇", "柳溪村", "石桥村", "荷塘村", "东镇"],
            strict=True,
        )
    )
    for name in names:
        world.parents[city[name]] = [(LONG_AGO, city[parents[name]] if name in parents else None)]
    layers = plant(world, rng)
    for number in range(moves):
        move(world, rng, layers, number)
    for number in range(accounts):
        appoint(world, rng, number)
    return world


def plant(world: World, rng: Random) -> list[list[OrgId]]:
    """Units level by level, each under a random one of the level above; returns the levels."""
    layers = [[world.city.root]]
    for level, (kind, domain, number) in enumerate(LEVELS):
        rows = [
            NewUnit(f"{kind}{n}", kind, domain, rng.choice(layers[-1]), BEGIN, f"{level}.{n}") for n in range(number)
        ]
        made = actions.load_units(rows, by=world.city.clerk)
        world.parents.update({org: [(BEGIN, row.parent)] for org, row in zip(made, rows, strict=True)})
        layers.append(made)
    return layers


def move(world: World, rng: Random, layers: list[list[OrgId]], number: int) -> None:
    """Move a unit to another parent of the right level, after its last move; a move that is refused changes nothing."""
    level = rng.randrange(2, len(layers))
    unit, parent = rng.choice(layers[level]), rng.choice(layers[level - 1])
    when = max(day(rng), world.parents[unit][-1][0])
    try:
        actions.move_unit(unit, parent, by=world.city.clerk, at=when, idem=f"move/{number}")
    except Refused:
        return
    world.parents[unit].append((when, parent))


def appoint(world: World, rng: Random, number: int) -> None:
    """An account with up to three roles over random units, each from a random day, some to a last day."""
    city = world.city
    account = actions.open_account(f"reader.{number}", by=city.keeper, at=LONG_AGO, idem=f"open/{number}")
    world.accounts.append(account)
    for grant in range(rng.randrange(4)):
        role, unit, since = rng.choice(sorted(ROLES)), rng.choice(sorted(world.parents)), day(rng)
        until = since + timedelta(days=rng.randrange(400)) if rng.random() < 0.5 else None
        try:
            actions.grant(account, role, unit, by=city.keeper, at=since, until=until, idem=f"grant/{number}/{grant}")
        except Refused:  # the same role twice, or a unit not founded by then
            continue
        world.grants.append((account, role, unit, since, until + timedelta(days=1) if until else date.max))


def days(world: World, rng: Random) -> list[date]:
    """Today and a few days at which something changes, or the eve of it."""
    marks = {since for told in world.parents.values() for since, _ in told} | {row[3] for row in world.grants}
    edges = sorted({mark + timedelta(days=step) for mark in marks for step in (-1, 0) if mark > BEGIN})
    return [clock.today(), *rng.sample(edges, min(5, len(edges)))]
