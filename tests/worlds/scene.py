"""A world built in the test's database and taken away again, and the document it was made for, held against it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.test import override_settings

from gangmu.catalog.current import catalog
from gangmu.cli.world.build import build
from gangmu.cli.world.command import WORLDS
from gangmu.cli.world.definitions import World, read_world
from gangmu.cli.world.making import Workshop
from gangmu.cli.world.plan import Plan, planned_by
from gangmu.documents.checking import Checked, check
from gangmu.indicators import process
from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId, OrgId
from gangmu.kernel.scope import Actor
from gangmu.orgs.scope import actor, everything
from gangmu.reading.pipeline import read_all
from gangmu.reading.read import read_file
from gangmu.reading.values import Reading

KEYS = ("000", "001", "002", "003", "004")


def world_file(key: str) -> World:
    return read_world(WORLDS / f"{key}.yaml")


@dataclass
class Scene:
    """One world on record. `shop` holds what was planned, so that more of it can be planned."""

    world: World
    shop: Workshop
    plan: Plan
    account: AccountId
    reading: Reading
    path: Path
    seen: list[str] = field(default_factory=list)

    @property
    def clerk(self) -> Actor:
        return actor(self.account, clock.today())

    @property
    def org(self) -> OrgId:
        return self.plan.forest.codes[self.world.organisation.code]

    def checked(self) -> Checked:
        """The document held against the record as it stands now."""
        return check(self.reading, everything(), org=self.org, period=self.world.period.period)

    def contradicted(self) -> frozenset[int]:
        """Where the claims begin that the record contradicts now; of arithmetic, the stated figure."""
        return frozenset(one.spans[-1][0] for one in self.checked().findings if one.verdict == "contradiction")


@contextmanager
def standing(key: str, shared: Path, folder: Path) -> Iterator[Scene]:
    """The world `key`, on record within the block."""
    world, path = world_file(key), next((shared / "seeds").glob(f"{key}*"))
    shop, plan = planned_by(world, catalog())
    process.forget()
    with override_settings(VAR=folder, KEYS=folder / "keys"), transaction.atomic():
        done = build(world, plan, lambda _: None)
        yield Scene(world, shop, plan, done.account, read_all(read_file(path).source), path)
        transaction.set_rollback(True)
    process.forget()


@contextmanager
def undone() -> Iterator[None]:
    """What is recorded within the block is gone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
