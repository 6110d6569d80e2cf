"""`gangmu world build` as it is called: its streams, its status, its refusals."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests import warm

ROOT = Path(__file__).resolve().parents[2]


def gangmu(*words: str, url: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the command in a process of its own, away from this run's database and folders."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GANGMU_", "DATABASE_URL"))}
    env = {**kept, "PYTHONPATH": str(ROOT), **({"DATABASE_URL": url} if url else {}), **more}
    done = warm.call(["gangmu.cli.main", *words], env)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, "subprocess.CompletedProcess[str]"]:
    url = f"sqlite:///{tmp_path_factory.mktemp('built')}/small.sqlite3"
    return url, gangmu("world", "build", "003", "--into", url)


def test_it_prints_one_object_and_its_progress_elsewhere(built: tuple[str, "subprocess.CompletedProcess[str]"]) -> None:
    _, done = built
    assert (done.returncode, done.stdout.count("\n")) == (0, 1), done.stderr
    told = json.loads(done.stdout)
    assert told == {
        "ok": True, "world": "003", "org": "W3", "from": "2021-01-01", "to": "2021-06-30", "account": "clerk",
        "facts": told["facts"], "check": "check FILE --org W3 --from 2021-01-01 --to 2021-06-30",
    }  # fmt: skip
    assert told["facts"] > 50
    assert "facts recorded" in done.stderr


def test_keys_and_segments_stand_beside_the_file(built: tuple[str, "subprocess.CompletedProcess[str]"]) -> None:
    beside = Path(built[0].removeprefix("sqlite:///") + ".var")
    assert sorted(one.name for one in beside.iterdir()) == ["keys", "mart"]
    assert list((beside / "mart").rglob("*.parquet"))


def test_what_was_built_is_found_by_the_other_commands(built: tuple[str, "subprocess.CompletedProcess[str]"]) -> None:
    url, _ = built
    days = ("--from", "2021-01-01", "--to", "2021-06-30")
    figure = gangmu("figure", "activity.days[survey]", "--org", "W3", *days, url=url)
    assert json.loads(figure.stdout)["value"] in (2, "2"), figure.stderr
    assert gangmu("verify", "log", url=url).returncode == 0
    assert gangmu("rebuild", "--check", url=url).returncode == 0


def test_a_database_in_use_is_left_alone(built: tuple[str, "subprocess.CompletedProcess[str]"]) -> None:
    again = gangmu("world", "build", "003", "--into", built[0])
    assert again.returncode == 2
    assert again.stdout == ""
    assert "已经有组织" in again.stderr


def test_an_unknown_world_is_refused_before_any_database_is_touched(tmp_path: Path) -> None:
    done = gangmu("world", "build", "999", "--into", f"sqlite:///{tmp_path}/none.sqlite3")
    assert (done.returncode, done.stdout) == (2, "")
    assert "999" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("world",), ("world", "burn", "003"), ("world", "build", "003")])
def test_words_that_miss_something_are_refused(words: tuple[str, ...]) -> None:
    done = gangmu(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage" in done.stderr
