"""T16: every figure of a report is counted again from the entries at its size, offline, to the same digest.

A city lives a random life; reports are written on the way, each of some unit and period at the size of that moment. At the
end a process that can reach no database counts all of them again from an export. Then each is spoilt, once so that the
spoilt line bears a digest that fits it, and none may be believed.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gangmu.indicators.reports import Report
    from tests.indicators.lives import Life

FIGURES = 200
FIRST = 7  # of a report: so many figures
ROOT = Path(__file__).resolve().parents[2]


def run(seed: int, scale: float) -> dict[str, Any]:
    """Write reports until they list `FIGURES` × scale figures, count all again, then spoil each."""
    from django.conf import settings
    from django.core.management import call_command

    from gangmu.ledger import projections
    from gangmu.ledger.export import export
    from gangmu.wiring.projections import PROJECTIONS

    call_command("migrate", verbosity=0)
    projections.install(PROJECTIONS)
    folder = Path(settings.VAR)
    files = written(Random(seed), max(FIRST, round(FIGURES * scale)), folder)
    export(folder / "log")
    again = offline(files, folder)
    spoilt, believed = spoil(Random(seed), files, folder)
    figures = sum(len(json.loads(file.read_text("utf-8"))["figures"]) for file in files)
    agreeing = sum("reported" in one and one["agrees"] for one in again)
    return {
        "figures": figures, "reports": len(files), "recomputed": agreeing, "differ": figures - agreeing,
        "spoilt": spoilt, "believed": believed, "ok": agreeing == figures and believed == 0 and spoilt > 0,
    }  # fmt: skip


def written(random: Random, figures: int, folder: Path) -> list[Path]:
    """Reports from all through the life of a city, as many as list so many figures."""
    from tests.indicators.lives import Life
    from tests.orgs import cast

    life, files = Life(cast.build(), random), list[Path]()
    while len(files) * FIRST < figures:
        for _ in range(random.randrange(1, 4)):
            life.step()
        files.append(folder / f"{len(files)}.json")
        one_report(life, files[-1])
    return files


def one_report(life: "Life", file: Path) -> None:
    """A report of random indicators for the city or the county, over the year or a part of it, by some day's tree."""
    from gangmu.catalog.current import catalog
    from gangmu.indicators.report_commands import report

    days = sorted(str(life.day()) for _ in range(2))
    keys = life.rng.sample(sorted(catalog().indicators), FIRST)
    tree = ["--tree-day", str(life.day())] if life.rng.random() < 0.3 else []
    report([*keys, "--org", "QH", "--from", days[0], "--to", days[1], *tree, "--into", str(file)])


def offline(files: list[Path], folder: Path) -> list[dict[str, Any]]:
    """What a process says that has the files, the export and the key, and whose database nobody could reach."""
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "GANGMU_VAR": str(folder / "nothing")}
    words = ["recompute", *map(str, files), "--export", str(folder / "log"), "--jsonl"]
    done = subprocess.run(
        [sys.executable, "-m", "gangmu.cli.main", *words, "--key", str(folder / "log" / "log.vkey")],
        capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, **nowhere},
    )  # fmt: skip
    if done.returncode == 2:
        raise RuntimeError(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def spoil(random: Random, files: list[Path], folder: Path) -> tuple[int, int]:
    """Spoil each report in three ways; how many were spoilt, and how many of them were believed."""
    from gangmu.indicators import reports
    from gangmu.indicators.report_commands import recompute

    spoilt = believed = 0
    for file in files:
        honest, _ = reports.read(file.read_text("utf-8"), file.name)
        for other in (forged(random, honest), replace(honest, root="0" * 64), replace(honest, lines=honest.lines[1:])):
            text = reports.written(other)
            if other.lines != honest.lines and len(other.lines) < len(honest.lines):
                text = text.replace(other.digest, honest.digest)  # a line left out, the digest of the whole kept
            (folder / "spoilt.json").write_text(text, "utf-8")
            with contextlib.redirect_stdout(io.StringIO()):
                status = recompute([str(folder / "spoilt.json"), "--export", str(folder / "log")])
            spoilt, believed = spoilt + 1, believed + (status == 0)
    return spoilt, believed


def forged(random: Random, honest: "Report") -> "Report":
    """One line says something else, under a digest that fits what it says."""
    from gangmu.kernel.canon import digest

    at = random.randrange(len(honest.lines))
    one = honest.lines[at]
    statement = dict(one.statement)
    statement |= random.choice([{"value": "12345.6"}, {"facts": 98765}, {"unit": "匹"}, {"late": 98765}])
    line = replace(one, statement=statement, digest=digest(statement))
    return replace(honest, lines=(*honest.lines[:at], line, *honest.lines[at + 1 :]))
