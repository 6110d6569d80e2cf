"""A county adds a kind of fact, an indicator, tags and a kind of unit by files alone, and switches off what it does not use.

Recorded, computed, bound in a document and shown on pages: no line of Python knows of them.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gangmu.catalog.current import folders
from gangmu.catalog.load import load
from tests.catalog.small import write
from tests.documents.pack import ASKED, FILES

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.sqlite  # a process of its own, in a file of its own


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process with the pack in force said of its figures, its check and its pages."""
    home = tmp_path_factory.mktemp("county")
    pack = write(home / "pack", FILES)
    environment = os.environ | {"GANGMU_VAR": str(home), "DATABASE_URL": f"sqlite:///{home / 'a.sqlite3'}",
                                "GANGMU_KEYS": str(home / "keys"), "GANGMU_CATALOG_EXTRA": str(pack)}  # fmt: skip
    line = [sys.executable, "-m", "tests.documents.pack", str(pack)]
    done = subprocess.run(line, capture_output=True, env=environment, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.decode().splitlines()[-1])
    return found


def test_the_pack_loads_as_a_whole_and_file_by_file(scratch: Path) -> None:
    catalog = load(folders(), write(scratch / "pack", FILES))
    assert {"orchard.planted", "orchard.trees", "orchard_type", "county_forms"} <= catalog.local
    assert catalog.off == {"matter.solved_rate", "contact.residents"}


def test_what_is_recorded_becomes_a_figure(told: dict[str, Any]) -> None:
    assert {key: float(value) for key, value in told["figures"].items()} == {
        "orchard.trees[pear]": 30, "orchard.trees": 42, "orchard.workshops": 1, "activity.sessions[orchard_class]": 2,
    }  # fmt: skip


def test_the_numbers_of_a_document_are_bound_to_it(told: dict[str, Any]) -> None:
    assert told["bound"] == [
        "orchard.trees[pear]",
        "orchard.trees",
        "orchard.workshops",
        "activity.sessions[orchard_class]",
    ]
    assert told["verdicts"][:4] == [["figure", "confirmed"]] * 4


def test_what_is_switched_off_is_bound_to_nothing(told: dict[str, Any]) -> None:
    assert [verdict for _, verdict in told["verdicts"][4:]] == ["unbound", "unbound"]


def test_the_pages_show_what_was_added_and_not_what_is_off(told: dict[str, Any]) -> None:
    assert told["pages"] == {**dict.fromkeys(ASKED, 200), "matter.solved_rate": 404}
    assert set(told["table"]) == set(ASKED)
    assert told["form"]
