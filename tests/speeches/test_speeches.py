"""The whole city on SQLite: loaded once by the command, proven, and its three speeches held against it."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.speeches.write import NAMES, SPEECHES

CLEAN, PLANTED = NAMES[0], NAMES[1:]
KINDS = {"count", "amount", "ratio", "change", "norm"}
LABELS = Path(__file__).parent / "labels"
pytestmark = pytest.mark.sqlite  # the city is loaded into a file of its own
Found = dict[str, Any]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a loaded city."""
    folder = tmp_path_factory.mktemp("whole-city")
    env = {**os.environ, "GANGMU_VAR": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'gangmu.sqlite3'}"}
    told = run(env, "-m", "gangmu.cli.main", "demo", "load")
    assert "Loaded" in told.stderr
    return env


def run(env: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done


@pytest.fixture(scope="session")
def found(house: dict[str, str]) -> dict[str, Found]:
    told = run(house, "-m", "tests.speeches.check").stdout.splitlines()
    return {one["name"]: one for one in map(json.loads, told)}


def labels(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (LABELS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def touches(spans: list[list[int]], label: dict[str, Any]) -> bool:
    return any(start < label["end"] and label["start"] < end for start, end in spans)


def contradictions(found: Found) -> list[list[Any]]:
    return [one for one in found["findings"] if one[1] == "contradiction"]


def test_the_whole_city_verifies(house: dict[str, str]) -> None:
    told = run(house, "-m", "gangmu.cli.main", "verify", "log").stdout
    match = re.match(r"holds: (\d+) entries", told)
    assert match
    assert 140_000 <= int(match[1]) <= 175_000


def test_the_whole_city_rebuilds(house: dict[str, str]) -> None:
    lines = run(house, "-m", "gangmu.cli.main", "rebuild", "--check").stdout.splitlines()
    assert len(lines) >= 10
    assert all(line.endswith("ok") for line in lines)


def test_loading_it_again_does_nothing(house: dict[str, str]) -> None:
    assert "Loaded" not in run(house, "-m", "gangmu.cli.main", "demo", "load").stderr


@pytest.mark.parametrize("name", NAMES)
def test_the_speeches_are_what_the_templates_and_the_figures_give(name: str, found: dict[str, Found]) -> None:
    """After a change of the city: run `python -m tests.speeches.write` on a loaded one."""
    assert found[name]["written"] == (SPEECHES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_each_speech_states_at_least_forty_numbers_of_every_kind(name: str, found: dict[str, Found]) -> None:
    kinds = Counter(kind for _, _, kind in found[name]["claims"])
    assert kinds.total() >= 40
    assert set(kinds) >= KINDS


def test_the_clean_speech_raises_no_alarm_and_most_of_it_is_confirmed(found: dict[str, Found]) -> None:
    assert contradictions(found[CLEAN]) == []
    sure = [one for one in found[CLEAN]["findings"] if one[1] in ("confirmed", "consistent")]
    spans = [[start, end] for start, end, _ in found[CLEAN]["claims"]]
    confirmed = sum(any(span in one[2] for one in sure) for span in spans)
    assert confirmed / len(spans) >= 0.8


@pytest.mark.parametrize("name", PLANTED)
def test_at_least_eight_errors_are_planted_and_four_of_them_only_the_ledger_knows(name: str) -> None:
    planted = Counter(label["planted"] for label in labels(name) if label["planted"])
    assert planted.total() >= 8
    assert planted["ledger"] >= 4


@pytest.mark.parametrize("name", PLANTED)
def test_every_planted_error_is_found(name: str, found: dict[str, Found]) -> None:
    alarms = contradictions(found[name])
    missed = [label for label in labels(name) if label["planted"] and not any(touches(one[2], label) for one in alarms)]
    assert missed == []


@pytest.mark.parametrize("name", PLANTED)
def test_what_only_the_ledger_knows_is_found_by_a_figure(name: str, found: dict[str, Found]) -> None:
    figures = [one for one in contradictions(found[name]) if one[0] == "figure"]
    for label in labels(name):
        if label["planted"] == "ledger":
            assert any(touches(one[2], label) for one in figures), label


@pytest.mark.parametrize("name", PLANTED)
def test_no_alarm_is_raised_where_nothing_was_planted(name: str, found: dict[str, Found]) -> None:
    planted = [label for label in labels(name) if label["planted"]]
    false = [one for one in contradictions(found[name]) if not any(touches(one[2], label) for label in planted)]
    assert false == []


def test_how_often_the_first_proposal_is_right(found: dict[str, Found], capsys: pytest.CaptureFixture[str]) -> None:
    """Bound by the words alone, before anybody confirms anything."""
    first = third = total = 0
    for name in NAMES:
        asked = [label for label in labels(name) if label["key"]]
        for label in asked:
            ways: list[str] = next(
                (ways for start, end, ways in found[name]["bound"] if touches([[start, end]], label)), []
            )
            first += ways[:1] == [label["key"]]
            third += label["key"] in ways
        total += len(asked)
    with capsys.disabled():
        print(f"\nspeeches: first proposal right {first}/{total}, one of three {third}/{total}")
    assert first / total >= 0.8
    assert third / total >= 0.95
