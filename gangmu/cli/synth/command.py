"""`gangmu world synth`: a city as large as asked for, to see how the product bears the weight.

The tree is founded through the ledger. The facts are not: they are written straight into segments of the mart, numbered
below 0, so that what is recorded afterwards is numbered, sealed and counted as ever.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from gangmu.cli.synth.forest import CLERK, LEAST, READER, ROOT_CODE
from gangmu.kernel.problems import Problem, Refused

DATABASE = "world.sqlite3"
SEED = 20251231


def main(argv: list[str]) -> int:
    """Write the city into a folder and print one JSON object. Raises Refused with what is wrong."""
    parser = argparse.ArgumentParser(prog="gangmu world synth", description="A large invented city, to measure with.")
    parser.add_argument("--units", type=_count, default=100_000)
    parser.add_argument("--facts", type=_count, default=10_000_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="a folder that is not in use")
    said = parser.parse_args(argv)
    if said.units < LEAST:
        raise Refused([Problem("world.too_small", f"至少要有 {LEAST} 个单位才成一个市。",
                               f"A city has at least {LEAST} units.", "--units")])  # fmt: skip
    if said.into.exists() and any(said.into.iterdir()):
        message = f"文件夹 {said.into} 里已经有东西；请给一个空的或新的。"
        english = f"The folder {said.into} is in use: name an empty or a new one."
        raise Refused([Problem("world.folder_in_use", message, english, "--into")])
    url = _start(said.into)
    from gangmu.cli.synth.build import build

    password = build(said.seed, said.units, said.facts, _say)
    print(json.dumps({"ok": True, "units": said.units, "facts": said.facts, "seed": said.seed, "org": ROOT_CODE,
                      "from": "2025-01-01", "to": "2025-12-31", "DATABASE_URL": url, "accounts": [READER, CLERK],
                      "password": password}, ensure_ascii=False))  # fmt: skip
    return 0


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text[:12]) <= 10**9:
        return int(text)
    raise argparse.ArgumentTypeError(f"写 1 到 1000000000 的整数。 A whole number from 1 to 1000000000, not {text}.")


def _start(folder: Path) -> str:
    """Start Django on a database in the folder; keys and segments stand beside it (see settings)."""
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder.resolve() / DATABASE}"
    os.environ["DATABASE_URL"] = url
    import django

    django.setup()
    return url


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
