"""The units under a unit, among 100,000: the read that every page and figure begins with."""

import random
import sys
from datetime import date

from bench.__main__ import emit
from bench.scene import ENGINES, database
from bench.timing import RUNS, percentile, seconds

UNITS = 100_000
ASKED = 200
DAY = date(2025, 12, 31)


def main(seed: int) -> None:
    import subprocess

    for engine in ENGINES:
        subprocess.run([sys.executable, "-m", "bench.descendants", str(seed), engine], check=True)


def measure(seed: int, engine: str) -> None:
    with database(engine):
        from gangmu.kernel.ids import OrgId
        from gangmu.kernel.scope import Grant, Scope
        from gangmu.orgs import queries

        grow(random.Random(seed))
        first = seconds(lambda: queries.tree(DAY))
        top = queries.tree(DAY).roots()[0]
        scope = Scope((Grant("auditor", top.branch),), DAY)
        pick = random.Random(seed + 1)
        asked = [OrgId(f"u{pick.randrange(UNITS)}") for _ in range(ASKED - 30)] + [OrgId(f"u{n}") for n in range(1, 31)]
        runs = [
            [1000 * seconds(lambda org=org: queries.descendants(scope, org, DAY)) for org in asked] for _ in range(RUNS)
        ]
        figures: dict[str, object] = {
            "p95_ms": round(sorted(percentile(run, 0.95) for run in runs)[1], 3),
            "max_ms": round(sorted(max(run) for run in runs)[1], 3),
            "first_read_of_the_tree_s": round(first, 2),
        }
        emit(f"descendants.{engine}", seed, figures, units=UNITS, asked=ASKED)


def grow(pick: random.Random) -> None:
    """100,000 units straight into the read tables: counties, towns, villages, branches, with skew."""
    from gangmu.orgs import models
    from gangmu.orgs.paths import segment_of

    parents: list[tuple[int, str]] = [(0, segment_of(0))]
    paths = [segment_of(0)]
    widths = ((1, 12), (13, 240), (253, 9_747), (10_000, UNITS - 10_000))
    low = 0
    for start, count in widths:
        above = list(range(low, start))
        for number in range(start, start + count):
            parent = (
                above[min(int(pick.paretovariate(1.2)) - 1, len(above) - 1)]
                if pick.random() < 0.2
                else pick.choice(above)
            )
            paths.append(paths[parent] + segment_of(number))
            parents.append((parent, paths[-1]))
        low = start
    begun, open_end = date(2000, 1, 1), date.max
    span = {"valid_from": begun, "valid_to": open_end}
    units, names, links, places = [], [], [], []
    for number, (parent, path) in enumerate(parents):
        org = f"u{number}"
        units.append(
            models.Unit(
                org=org, segment=path[-5:], kind="branch", domain="rural", code=org, founded_on=begun, ended_on=open_end
            )
        )
        names.append(models.UnitName(org=org, name=f"第{number}号单位", **span))
        links.append(models.ParentLink(org=org, parent=f"u{parent}" if number else "", **span))
        places.append(models.UnitPath(org=org, path=path, **span))
    for table, rows in (
        (models.Unit, units),
        (models.UnitName, names),
        (models.ParentLink, links),
        (models.UnitPath, places),
    ):
        table.objects.bulk_create(rows, batch_size=5000)  # type: ignore[attr-defined]


if __name__ == "__main__":
    measure(int(sys.argv[1]), sys.argv[2]) if len(sys.argv) > 2 else main(int(sys.argv[1]))
