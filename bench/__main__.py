"""Run the named benches (all of them by default); one JSON line a figure.

Every line carries the commit, the seed, the sizes and the median of three runs in this one process; where a target is
a ratio, both sides were measured in turn in the same run. Exit status 0 when everything asked for was measured.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCHES = (
    "reading",
    "catalog",
    "intake",
    "post",
    "verification",
    "descendants",
    "pages",
    "size",
    "duties",
    "workbook",
    "imports",
)


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="run.py bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--seed", type=int, default=20251231)
    chosen = parser.parse_args(argv)
    if unknown := [name for name in chosen.names if name not in BENCHES]:
        print(f"no such bench: {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    status = 0
    for name in chosen.names or BENCHES:
        # a process each: engines, caches and settings of one bench must not warm the next
        command = [sys.executable, "-m", f"bench.{name}", str(chosen.seed)]
        status |= subprocess.run(command, cwd=ROOT, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode
    return 1 if status else 0


def commit() -> str:
    """The commit measured, with a + when the tree differs from it."""
    git = lambda *words: subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout  # noqa: E731
    return git("rev-parse", "--short", "HEAD").strip() + ("+" if git("status", "--porcelain").strip() else "")


def emit(name: str, seed: int, figures: dict[str, object], **sizes: object) -> None:
    """One line: the name, what was measured, and on what."""
    print(
        json.dumps({"bench": name, "commit": commit(), "seed": seed, **sizes, **figures}, ensure_ascii=False),
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
