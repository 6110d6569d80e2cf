"""`gangmu world synth` as it is called: its streams, its status, its refusals."""

import json
from pathlib import Path

import pytest

from tests.worlds.test_command import gangmu


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    folder = tmp_path_factory.mktemp("synth") / "city"
    done = gangmu("world", "synth", "--units", "30", "--facts", "500", "--seed", "3", "--into", str(folder))
    assert (done.returncode, done.stdout.count("\n")) == (0, 1), done.stderr
    assert "500/500" in done.stderr
    return folder, json.loads(done.stdout)


def test_it_says_what_it_made_and_how_to_look_at_it(city: tuple[Path, dict[str, object]]) -> None:
    folder, told = city
    assert told == {
        "ok": True, "units": 30, "facts": 500, "seed": 3, "org": "S1", "from": "2025-01-01", "to": "2025-12-31",
        "DATABASE_URL": f"sqlite:///{folder}/world.sqlite3", "accounts": ["leader", "clerk"],
        "password": told["password"],
    }  # fmt: skip
    assert list(folder.rglob("facts-*.parquet"))


def test_figures_are_asked_of_it_by_the_ordinary_command(city: tuple[Path, dict[str, object]]) -> None:
    _, told = city
    words = ("figure", "activity.sessions", "--org", "S1", "--from", "2024-01-01", "--to", "2025-12-31")
    found = gangmu(*words, url=str(told["DATABASE_URL"]))
    assert 150 < json.loads(found.stdout)["value"] < 400, found.stderr


def test_a_folder_in_use_is_left_alone(city: tuple[Path, dict[str, object]]) -> None:
    folder, _ = city
    again = gangmu("world", "synth", "--units", "30", "--facts", "500", "--into", str(folder))
    assert (again.returncode, again.stdout) == (2, "")
    assert "已经有东西" in again.stderr


@pytest.mark.parametrize(("units", "facts", "says"), [("9", "10", "至少要有 10 个单位"), ("0", "10", "整数"),
                                                      ("30", "many", "整数")])  # fmt: skip
def test_sizes_that_make_no_city_are_refused(tmp_path: Path, units: str, facts: str, says: str) -> None:
    done = gangmu("world", "synth", "--units", units, "--facts", facts, "--into", str(tmp_path / "new"))
    assert done.returncode == 2
    assert says in done.stderr
