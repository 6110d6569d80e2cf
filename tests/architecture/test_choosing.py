"""Which tests run where: a small tree of tests under the rules of tests/conftest.py."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DEAR, TESTS, group

SAMPLE = """
import pytest

@pytest.fixture
def db(): ...

def test_pure(): ...
def test_stored(db): ...
@pytest.mark.django_db
def test_marked(): ...
@pytest.mark.sqlite
def test_file(db): ...
@pytest.mark.postgres
def test_server(db): ...
@pytest.mark.sqlite
@pytest.mark.postgres
def test_either(db): ...
"""
PURE, STORED = {"test_pure"}, {"test_stored", "test_marked", "test_either"}


def chosen(folder: Path, engine: str, *words: str) -> list[str]:
    """The names of the sample's tests that would run, in their order."""
    told = under_our_rules(folder, engine, "--collect-only", "-q", *words)
    return [line.rpartition("::")[2] for line in told.splitlines() if "::" in line]


def under_our_rules(folder: Path, engine: str, *words: str) -> str:
    """What pytest says of a small tree of tests that has our conftest."""
    shutil.copy(TESTS / "conftest.py", folder)
    (folder / "test_sample.py").write_text(SAMPLE)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  sqlite:\n  postgres:\n  database:\n  django_db:\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", "--strict-markers"]
    env = {"PATH": os.environ["PATH"], "GANGMU_TEST_DB": engine, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*command, "--rootdir", str(folder), *words],
        cwd=folder, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout


@pytest.mark.parametrize(("engine", "own"), [("sqlite", "test_file"), ("postgres", "test_server"), ("", "test_file")])
def test_what_holds_of_the_other_engine_is_left_out(scratch: Path, engine: str, own: str) -> None:
    assert set(chosen(scratch, engine)) == PURE | STORED | {own}


def test_the_second_side_runs_what_asks_for_a_database_and_nothing_else(scratch: Path) -> None:
    assert set(chosen(scratch, "postgres", "-m", "database")) == STORED | {"test_server"}


def test_between_the_two_sides_every_test_runs(scratch: Path) -> None:
    first, second = chosen(scratch, "sqlite"), chosen(scratch, "postgres", "-m", "database")
    assert {*first, *second} == PURE | STORED | {"test_file", "test_server"}


def test_what_shows_what_other_tests_hold_to_both_engines_runs_on_the_first_side(scratch: Path) -> None:
    (scratch / "web").mkdir()
    for name in ("test_desk.py", "test_all_pages.py"):
        (scratch / "web" / name).write_text(f"def {name[:-3]}_opens(): ...\n")
    pages = {"test_desk_opens", "test_all_pages_opens"}
    assert pages & set(chosen(scratch, "sqlite")) == pages
    assert pages & set(chosen(scratch, "postgres")) == {"test_all_pages_opens"}


def test_what_stands_on_a_dear_fixture_is_one_group_and_all_else_stands_alone() -> None:
    world = "tests/worlds/test_seeds.py::test_{}[{}]"
    assert group(world.format("rule", "000-citation")) == group(world.format("number", "000")) == "000"
    assert group(world.format("number", "001")) == "001"
    assert group("tests/city/test_loaded.py::test_a") == group("tests/city/test_loaded.py::test_b[x]") is not None
    assert group("tests/kernel/test_canon.py::test_a[000]") is None


def test_a_group_is_handed_out_whole_and_first_to_one_of_two_processes(scratch: Path) -> None:
    (scratch / "city").mkdir()
    (scratch / "city" / "test_loaded.py").write_text("\n".join(f"def test_{number}(): ..." for number in range(9)))
    told = under_our_rules(scratch, "sqlite", "-n", "2", "--dist", "loadscope", "-v")
    hands = re.findall(r"\[(gw\d)\].* PASSED city/", told)
    assert len(hands) == 9, told
    assert len(set(hands)) == 1, told


def test_every_file_kept_in_one_process_is_there() -> None:
    assert [name for name in DEAR if not (TESTS / name).is_file()] == []
