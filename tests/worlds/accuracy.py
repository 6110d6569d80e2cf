"""How well claims are bound before anybody confirms anything: `python -m tests.worlds.accuracy` prints it.

Only the units' names are on record when it is measured: no figure can help a proposal along.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gangmu.kernel.ids import OrgId
from tests.definitions.seed_claims import ANSWERS


class Score(NamedTuple):
    """Of `claims` claims, how many right proposals came first, and how many were among the first three."""

    first: int
    three: int
    claims: int

    def __str__(self) -> str:
        return (f"first proposal right {self.first} of {self.claims} ({self.first / self.claims:.1%}), "
                f"among the first three {self.three} ({self.three / self.claims:.1%})")  # fmt: skip


Proposed = tuple[str, frozenset[str]]


def scored(seen: list[tuple[Proposed, list[Proposed]]]) -> Score:
    """`seen`: for each claim the right answer and what was proposed, best first."""
    first = sum(proposed[:1] == [right] for right, proposed in seen)
    three = sum(right in proposed[:3] for right, proposed in seen)
    return Score(first, three, len(seen))


def proposed(key: str, shared: Path) -> Iterator[tuple[Proposed, list[Proposed]]]:
    """Each claim of one speech that a figure answers, its world's named units being on record in this database."""
    from gangmu.documents.binding import bound
    from gangmu.orgs.scope import everything
    from gangmu.reading.pipeline import read_all
    from gangmu.reading.read import read_file
    from tests.worlds.scene import world_file

    world, scope = world_file(key), everything()
    reading = read_all(read_file(next((shared / "seeds").glob(f"{key}*"))).source)
    top = OrgId(next(iter(named(key).forest.found)))
    for one in bound(reading, scope, top, world.period.period, {}):
        answer = ANSWERS.get((key, one.claim.span[0]))
        if answer is not None and answer.what == "figure":
            right = (answer.key, frozenset(answer.tags))
            yield right, [(way.indicator, frozenset(way.selection)) for way in one.proposals]


def named(key: str):
    """The plan of a world with its named units and nothing else."""
    from gangmu.cli.world.forest import forest
    from gangmu.cli.world.plan import Plan
    from tests.worlds.scene import world_file

    return Plan(forest(world_file(key).model_copy(update={"crowds": ()})), (), ())


def measured(shared: Path) -> Score:
    """All five speeches together; what is recorded for it is taken back."""
    from gangmu.cli.world.build import begin, record
    from tests.worlds.scene import KEYS, undone

    seen = []
    for key in KEYS:
        with undone():
            units = named(key)
            for _ in record(units, begin(units)):
                pass
            seen += list(proposed(key, shared))
    return scored(seen)


def main() -> int:
    """Measure in a database of its own and print one line."""
    import tests.environment  # noqa: F401 - names the database before Django's settings are read

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gangmu.settings")
    import django

    django.setup()
    from gangmu.cli.serve import ensure_tables
    from tests.conftest import SHARED

    ensure_tables()
    print(measured(SHARED))
    return 0


if __name__ == "__main__":
    sys.exit(main())
