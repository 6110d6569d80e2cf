"""Size: a city of many facts and units (`gangmu world synth`), its roll-up, its pages, what they cost in memory.

The whole: BENCH_UNITS=100000 BENCH_FACTS=10000000 python3 run.py bench size; without these a tenth in units and facts.
BENCH_CITY names a folder made before by `world synth`, so that it need not be made again. Everything is measured twice,
on a city a tenth as large and on the city itself, and the growth from one to the other is told in words.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.__main__ import emit
from bench.growth import growth

UNITS = int(os.environ.get("BENCH_UNITS", "10000"))
FACTS = int(os.environ.get("BENCH_FACTS", "1000000"))
PARTS = ("rollup", "pages")  # the pages hand out the files as well


def main(seed: int) -> None:
    small = measured(seed, UNITS // 10, FACTS // 10, "")
    large = measured(seed, UNITS, FACTS, os.environ.get("BENCH_CITY", ""))
    emit("size.growth", seed, growth(small, large), units=[UNITS // 10, UNITS], facts=[FACTS // 10, FACTS])


def measured(seed: int, units: int, facts: int, made: str) -> dict[str, float]:
    """Everything about one city; what grows, by name."""
    found: dict[str, float] = {}
    with city(seed, units, facts, made) as environment:
        for part in PARTS:  # a process each: engines and caches of one must not warm the next
            for line in told(part, seed, environment):
                name = line.pop("bench")
                emit(name, seed, line, units=units, facts=facts)
                found.update({f"{name}.{key}": value for key, value in line.items() if grows(key)})
    return found


def grows(key: str) -> bool:
    """Whether a measure is a cost of the city: neither a target nor what one export added, whose rows are its own."""
    return key.endswith(("_ms", "_mb")) and not key.startswith(("target", "server_grew"))


@contextmanager
def city(seed: int, units: int, facts: int, made: str) -> Iterator[dict[str, str]]:
    """The environment of a city of that size, made by the ordinary command unless it is there already."""
    with tempfile.TemporaryDirectory(prefix="gangmu-bench-") as folder:
        place = Path(made) if made else Path(folder) / "city"
        if not made:
            make(seed, units, facts, place)
        own = {"DATABASE_URL": f"sqlite:///{place.resolve() / 'world.sqlite3'}",
               "DJANGO_SETTINGS_MODULE": "gangmu.settings"}  # fmt: skip
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GANGMU_")}
        yield {**kept, **own}


def make(seed: int, units: int, facts: int, place: Path) -> None:
    words = ("world", "synth", "--units", str(units), "--facts", str(facts), "--seed", str(seed), "--into", str(place))
    command = [sys.executable, "-m", "gangmu.cli.main", *words]
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {"seconds": round(time.perf_counter() - started), "cpu_seconds": round(after.ru_utime - before.ru_utime),
               "children_max_rss_mb": after.ru_maxrss // 1024}  # fmt: skip
    emit("size.made", seed, figures, units=units, facts=facts)


def told(part: str, seed: int, environment: dict[str, str]) -> Iterator[dict[str, object]]:
    """The JSON lines of one part."""
    command = [sys.executable, "-W", "ignore", "-m", f"bench.size_{part}", str(seed)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    yield from map(json.loads, done.stdout.splitlines())


def max_rss_mb() -> int:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def median_ms(times: list[float]) -> float:
    return round(1000 * statistics.median(times), 1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
