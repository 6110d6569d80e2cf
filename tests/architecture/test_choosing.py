"""Which tests run where: a small tree of tests under the rules of tests/conftest.py."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DEAR, TESTS

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
@pytest.mark.xdist_group("long")
def test_long(): ...
"""
PURE, STORED = {"test_pure", "test_long"}, {"test_stored", "test_marked", "test_either"}


def chosen(folder: Path, engine: str, *words: str) -> list[str]:
    """The names of the sample's tests that would run, in their order."""
    shutil.copy(TESTS / "conftest.py", folder)
    (folder / "test_sample.py").write_text(SAMPLE)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  sqlite:\n  postgres:\n  database:\n  django_db:\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider", "--strict-markers"]
    env = {"PATH": os.environ["PATH"], "GANGMU_TEST_DB": engine, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*command, "--collect-only", "-q", "--rootdir", str(folder), *words],
        cwd=folder, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [line.rpartition("::")[2] for line in done.stdout.splitlines() if "::" in line]


@pytest.mark.parametrize(("engine", "own"), [("sqlite", "test_file"), ("postgres", "test_server"), ("", "test_file")])
def test_what_holds_of_the_other_engine_is_left_out(scratch: Path, engine: str, own: str) -> None:
    assert set(chosen(scratch, engine)) == PURE | STORED | {own}


def test_the_second_side_runs_what_asks_for_a_database_and_nothing_else(scratch: Path) -> None:
    assert set(chosen(scratch, "postgres", "-m", "database")) == STORED | {"test_server"}


def test_between_the_two_sides_every_test_runs(scratch: Path) -> None:
    first, second = chosen(scratch, "sqlite"), chosen(scratch, "postgres", "-m", "database")
    assert {*first, *second} == PURE | STORED | {"test_file", "test_server"}


def test_groups_begin_first(scratch: Path) -> None:
    assert chosen(scratch, "sqlite")[0] == "test_long"


def test_every_file_kept_in_one_process_is_there() -> None:
    assert [name for name in DEAR if not (TESTS / name).is_file()] == []
