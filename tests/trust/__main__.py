"""`python -m tests.trust NAME [--seed N] [--full]`: one trust test in a database of its own; status 1 when it fails."""

import argparse
import json
import secrets
import sys
import time

from tests.trust import canon, corrupt, kill9, proofs, scene

TESTS = {"kill9": kill9.run, "corrupt": corrupt.run, "proofs": proofs.run, "canon": canon.run}
TENTH = 0.1


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="trust")
    parser.add_argument("name", choices=TESTS)
    parser.add_argument("--seed", type=int, default=None, help="repeat a run; a random one otherwise")
    parser.add_argument("--full", action="store_true", help="the whole count, not a tenth of it")
    parser.add_argument("--scale", type=float, default=None, help="another share of the whole count")
    chosen = parser.parse_args(arguments)
    seed = secrets.randbelow(2**31) if chosen.seed is None else chosen.seed
    scale = chosen.scale or (1.0 if chosen.full else TENTH)
    started = time.perf_counter()
    with scene.of_its_own():
        found = TESTS[chosen.name](seed, scale)
    line = {"test": chosen.name, "engine": "sqlite", "seed": seed, "scale": scale, **found}
    line |= {"seconds": round(time.perf_counter() - started, 1), "sqlite": scene.sqlite_version()}
    line["ok"] = line.pop("ok")
    print(json.dumps(line, ensure_ascii=False))
    return 0 if line["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
