"""`gangmu world build SEED --into DATABASE_URL`: one JSON object on standard output, progress on standard error.

`gangmu world synth` is told in gangmu.cli.synth.
"""

import argparse
import json
import os
import re
import sys
from pathlib import Path

from gangmu.cli.world.definitions import World, read_world
from gangmu.kernel.problems import Problem, Refused

WORLDS = Path(__file__).resolve().parents[3] / "worlds"


def main(argv: list[str]) -> int:
    """Build one world in an empty database, or (`synth`) a city to measure with. Raises Refused with every problem."""
    if argv[:1] == ["synth"]:
        from gangmu.cli.synth.command import main as synth

        return synth(argv[1:])
    parser = argparse.ArgumentParser(prog="gangmu world", description="A small world of facts for one document.")
    parser.add_argument("what", choices=("build", "synth"))
    parser.add_argument("seed", help="the three digits of a world, or a file whose name begins with them")
    parser.add_argument("--into", required=True, metavar="DATABASE_URL", help="an empty database")
    said = parser.parse_args(argv)
    world = read_world(file_of(said.seed))
    _start(said.into)
    print(json.dumps(built(world), ensure_ascii=False))
    return 0


def file_of(seed: str) -> Path:
    """The world file a word names: its first three digits. Raises Refused with the worlds there are."""
    digits = re.match(r"\d{3}", Path(seed).name)
    path = WORLDS / f"{digits[0]}.yaml" if digits else WORLDS / seed
    if digits and path.is_file():
        return path
    there = "、".join(sorted(one.stem for one in WORLDS.glob("*.yaml")))
    raise Refused([Problem("world.unknown", f"没有“{seed}”这个世界；现有：{there}。",
                           f"There is no world {seed}; there are: {there}.", "SEED")])  # fmt: skip


def built(world: World) -> dict[str, object]:
    """Plan and record `world` in the database Django is set up for; what the command prints."""
    from gangmu.catalog.current import catalog
    from gangmu.cli.serve import ensure_tables
    from gangmu.cli.world.build import build
    from gangmu.cli.world.plan import plan

    planned = plan(world, catalog())
    ensure_tables()
    done = build(world, planned, _say)
    first, last = world.period.start.isoformat(), world.period.end.isoformat()
    code = world.organisation.code
    return {
        "ok": True, "world": world.key, "org": code, "from": first, "to": last, "account": done.login,
        "facts": done.facts, "check": f"check FILE --org {code} --from {first} --to {last}",
    }  # fmt: skip


def _start(url: str) -> None:
    """Start Django on the database named. What is not in it (keys, segments) stands beside it, see settings."""
    os.environ["DATABASE_URL"] = url
    import django

    django.setup()


def _say(recorded: int) -> None:
    """Progress: a line that overwrites itself on a terminal, a plain line for every great step elsewhere."""
    end = "\r" if sys.stderr.isatty() else "\n"
    print(f"已记 {recorded} 条 facts recorded", end=end, file=sys.stderr, flush=True)
