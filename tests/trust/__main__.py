"""`python -m tests.trust NAME [--engine sqlite|pg] [--seed N] [--full]`: one trust test in a database of its own.

Status 0: the promise held. 1: it did not. 2: this machine cannot run the test; the line says why.
"""

import argparse
import json
import secrets
import sys
import time

from tests.trust import (
    canon,
    clock,
    corrupt,
    crashes,
    diskfull,
    kill9,
    powerloss,
    proofs,
    report,
    sabotage,
    scene,
    syscalls,
    twoseq,
    uploads,
)

TESTS = {
    "kill9": kill9.run,
    "corrupt": corrupt.run,
    "proofs": proofs.run,
    "canon": canon.run,
    "clock": clock.run,
    "diskfull": diskfull.run,
    "powerloss": powerloss.run,
    "report": report.run,
    "syscalls": syscalls.run,
    "sabotage": sabotage.run,
    "twoseq": twoseq.run,
    "uploads": uploads.run,
}
ON_POSTGRES = {"kill9": crashes.run, "twoseq": twoseq.run}
TENTH = 0.1


def main(arguments: list[str] | None = None) -> int:
    chosen = words().parse_args(arguments)
    tests = TESTS if chosen.engine == "sqlite" else ON_POSTGRES
    if chosen.name not in tests:
        print(f"{chosen.name} does not run on {chosen.engine}", file=sys.stderr)
        return 2
    seed = secrets.randbelow(2**31) if chosen.seed is None else chosen.seed
    scale = chosen.scale or (1.0 if chosen.full else TENTH)
    line: dict[str, object] = {"test": chosen.name, "engine": chosen.engine, "seed": seed, "scale": scale}
    started = time.perf_counter()
    try:
        with scene.of_its_own(chosen.engine):
            line |= tests[chosen.name](seed, scale)
            line |= {"seconds": round(time.perf_counter() - started, 1), **scene.engine_version()}
    except scene.CannotRun as missing:
        line |= {"cannot_run": str(missing), "ok": False}
    line["ok"] = line.pop("ok")
    print(json.dumps(line, ensure_ascii=False))
    return 2 if "cannot_run" in line else 0 if line["ok"] else 1


def words() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="trust")
    parser.add_argument("name", choices=TESTS)
    parser.add_argument("--engine", choices=("sqlite", "pg"), default="sqlite")
    parser.add_argument("--seed", type=int, default=None, help="repeat a run; a random one otherwise")
    parser.add_argument("--full", action="store_true", help="the whole count, not a tenth of it")
    parser.add_argument("--scale", type=float, default=None, help="another share of the whole count")
    return parser


if __name__ == "__main__":
    sys.exit(main())
