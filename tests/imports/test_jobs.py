"""The worker starts one process for sheets that wait, and none where nothing waits."""

import subprocess
import sys
from typing import Any

import pytest

from gangmu.imports import actions, commands, jobs, queries
from gangmu.kernel.scope import Actor
from tests.imports.handing_in import handed_in, table
from tests.imports.test_members import ZHANG


def waiting(by: Actor) -> str:
    one = handed_in(by, table(ZHANG))
    aim = queries.sheet(one, by.account).said.aim
    actions.ask_for_check(one, aim.columns, aim.fixed, by=by)
    return one


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the worker would have started; a process that ends at once stands for it, on no database."""
    words: list[list[str]] = []
    start = subprocess.Popen

    def instead(command: list[str], **more: Any) -> Any:
        words.append(command)
        return start([sys.executable, "-c", ""], **more)

    monkeypatch.setattr(jobs.subprocess, "Popen", instead)
    return words


def test_nothing_is_started_where_nothing_waits(towner: Actor, started: list[list[str]]) -> None:
    handed_in(towner, table(ZHANG))
    assert jobs.start_beside(None) is None
    assert started == []


def test_one_process_at_a_time_works_on_what_waits(towner: Actor, started: list[list[str]]) -> None:
    waiting(towner)
    running = jobs.start_beside(None)
    assert running is not None
    assert started == [[sys.executable, "-m", "gangmu.cli.main", "imports"]]
    running.wait()
    again = jobs.start_beside(running)
    assert again is not running
    assert again is not None
    again.wait()
    assert len(started) == 2


def test_the_command_works_on_every_sheet_that_waits(towner: Actor, capsys: pytest.CaptureFixture[str]) -> None:
    ones = [waiting(towner), waiting(towner)]
    assert commands.imports([]) == 0
    assert "处理了 2 张表" in capsys.readouterr().out
    assert {queries.sheet(one, towner.account).state for one in ones} == {"checked"}
    assert commands.imports([]) == 0
    assert "处理了 0 张表" in capsys.readouterr().out
