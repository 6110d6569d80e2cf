"""The house keeps its floors, and each contract catches the violation it exists for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]

PLANTED = [
    ("floors", "kernel/planted.py", "import gangmu.ledger\n"),
    ("floors", "indicators/planted.py", "import gangmu.records\n"),
    ("floors", "duties/planted.py", "import gangmu.records\n"),
    ("floors", "a_new_floor/__init__.py", ""),
    ("rooms", "orgs/rules.py", "from gangmu.orgs import actions\n"),
    ("pure", "kernel/planted.py", "import django.db\n"),
    ("pure", "catalog/planted.py", "import ibis\n"),
    ("pure", "records/rules.py", "from django.utils import timezone\n"),
    ("reading", "reading/planted.py", "import gangmu.catalog\n"),
    ("one_writer", "orgs/planted.py", "import gangmu.ledger.models\n"),
    ("pure", "duties/rules.py", "import django.db\n"),
    ("duckdb", "web/planted.py", "import duckdb\n"),
    ("people_tables", "orgs/planted.py", "import gangmu.people.models\n"),
    ("orgs_tables", "web/planted.py", "import gangmu.orgs.models\n"),
    ("no_knots", "kernel/one/__init__.py", "import gangmu.kernel.periods\n"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code in which violations can be planted."""
    place = tmp_path_factory.mktemp("house")
    skip = shutil.ignore_patterns("__pycache__", "static", "assets", "templates", "locale")
    shutil.copytree(ROOT / "gangmu", place / "gangmu", ignore=skip)
    shutil.copy(ROOT / ".importlinter", place)
    return place


def check(place: Path, contract: str) -> tuple[int, str]:
    command = [*LINT, "--contract", contract]
    done = subprocess.run(
        command, cwd=place, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(place)}
    )
    return done.returncode, done.stdout + done.stderr


def test_the_house_as_it_stands_keeps_every_contract(copy: Path) -> None:
    done = subprocess.run(LINT, cwd=copy, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(copy)})
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("contract", "file", "text"), PLANTED, ids=[f"{c}-{f}" for c, f, _ in PLANTED])
def test_a_planted_violation_is_caught(copy: Path, contract: str, file: str, text: str) -> None:
    target = copy / "gangmu" / file
    before = target.read_text(encoding="utf-8") if target.exists() else None
    target.parent.mkdir(exist_ok=True)
    target.write_text((before or "") + text, encoding="utf-8")
    knot = copy / "gangmu/kernel/periods.py"
    periods = knot.read_text(encoding="utf-8")
    if contract == "no_knots":
        knot.write_text(periods + "import gangmu.kernel.one\n", encoding="utf-8")
    try:
        status, output = check(copy, contract)
    finally:
        knot.write_text(periods, encoding="utf-8")
        if before is not None:
            target.write_text(before, encoding="utf-8")
        elif target.name == "__init__.py":
            shutil.rmtree(target.parent)
        else:
            target.unlink()
    assert status == 1, output
    assert "BROKEN" in output or "Missing" in output or "not listed" in output, output


def test_every_contract_of_the_file_has_a_planted_violation() -> None:
    names = {
        line.strip("[]").split(":")[-1]
        for line in (ROOT / ".importlinter").read_text(encoding="utf-8").splitlines()
        if line.startswith("[importlinter:contract:")
    }
    assert names == {contract for contract, _, _ in PLANTED}
