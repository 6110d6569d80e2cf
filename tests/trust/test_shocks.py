"""The shocks can fail: what they look with sees a fault that is there. And single shocks, small enough to name."""

import base64
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, engine, keys, queries, sequencer, stored
from gangmu.ledger.facts import Receipt
from gangmu.ledger.note import Checkpoint, Signer
from gangmu.ledger.tree import leaf_hash
from tests.trust import children, clock, diskfull, heads, postmaster, powerloss, syscalls, twoseq
from tests.trust.sqlite_clock import moved_clock
from tests.trust.test_trust import run

pytestmark = pytest.mark.trust
CLERK = Actor("clerk")  # type: ignore[arg-type]


def record(number: int) -> Receipt:
    return actions.record(powerloss.draft(number), by=CLERK, schema="trust")


# --- single shocks ----------------------------------------------------------------------------------------------------
@pytest.mark.sqlite
def test_after_a_power_cut_the_log_opens_holds_and_verifies() -> None:
    status, line = run("powerloss", "--scale", "0.02", "--seed", "3")
    assert (status, line["lost"], line["forks"], line["unopened"], line["tree_bad"]) == (0, 0, 0, 0, 0)
    assert line["images"] == 200


@pytest.mark.django_db
def test_a_fact_that_commits_late_is_numbered_all_the_same() -> None:
    for number in range(3):
        record(number)
    assert sequencer.run_until_empty() == 3
    late = ("f" * 32, leaf_hash(b"late"), b"late", "2025-01-01T00:00:00.000Z", 0)  # 0: arrived before all of them
    engine.insert("ledger_intake", ("id", "leaf", "bytes", "received", "n"), [late])
    assert sequencer.run_until_empty() == 1
    assert [entry for _, _, entry in stored.entries(3)] == [b"late"]


@pytest.mark.sqlite
@pytest.mark.django_db
def test_no_fact_is_dated_before_an_earlier_one_when_the_clock_goes_back() -> None:
    first = record(1)
    with moved_clock() as moved:
        moved.seconds = -clock.YEAR
        back = record(2)
        moved.seconds = clock.YEAR
        ahead = record(3)
        moved.seconds = 0.0
        again = record(4)
    assert first.received <= back.received < ahead.received == again.received
    assert (ahead.received - first.received).days >= 364


@pytest.mark.django_db
def test_a_clock_set_back_a_year_is_held_up_on_either_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    first = record(1)
    monkeypatch.setitem(engine.NOW, connection.vendor, A_YEAR_BACK[connection.vendor])
    assert (first.received - engine.now()).days >= 364
    assert record(2).received == first.received


A_YEAR_BACK = {
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 year')",
    "postgresql": "to_char((clock_timestamp() - interval '1 year') AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')",
}


@pytest.mark.sqlite
@pytest.mark.django_db
def test_no_head_is_dated_before_the_one_it_extends_and_the_clock_is_told(caplog: pytest.LogCaptureFixture) -> None:
    record(1)
    sequencer.run_until_empty()
    with moved_clock() as moved:
        moved.seconds = -clock.YEAR
        record(2)
        sequencer.run_until_empty()
    first, second = stored.heads()
    assert (first.size, second.size) == (1, 2)
    assert second.created == first.created
    assert "The server's clock says" in caplog.text


# --- what the examinations see ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_head_that_is_no_past_of_the_log_is_a_fork() -> None:
    signed: list[str] = []
    for number in range(5):
        record(number)
    sequencer.run_until_empty()
    head = queries.head()
    assert head is not None
    told = Checkpoint(keys.log_origin(), head.size, head.root).text.replace("\n", " ")
    assert heads.forks([*signed, told]) == 0
    other = Checkpoint(keys.log_origin(), head.size, b"\x01" * 32).text.replace("\n", " ")
    shorter = Checkpoint(keys.log_origin(), 3, head.root).text.replace("\n", " ")
    assert heads.forks([told, other, shorter]) == 2


def test_every_head_that_is_signed_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(Signer, "note", Signer.note)  # put back afterwards
    heads.note_heads(told.append)
    note = Signer.of_seed("example.test/log", bytes(32)).note(Checkpoint("example.test/log", 1, bytes(32)).text)
    assert "example.test/log" in note
    assert told == [f"example.test/log 1 {base64.b64encode(bytes(32)).decode()} "]


@pytest.mark.django_db
def test_twoseq_counts_what_was_lost_and_what_was_doubled() -> None:
    twoseq.take_in(0, 4)
    assert twoseq.examine(4, []) == {"lost": 0, "doubled": 0, "forks": 0, "tree_bad": 0}
    assert twoseq.examine(6, [])["lost"] == 2
    assert twoseq.examine(3, [])["doubled"] == 1


@pytest.mark.sqlite
@pytest.mark.django_db
def test_the_clock_test_notices_a_ledger_that_believes_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "arrival_sql", lambda apart: engine.now_sql())
    found = clock.run(1, 0.04)
    assert found["received_back"] != 0
    assert found["ok"] is False


@pytest.mark.sqlite
@pytest.mark.django_db
def test_the_clock_of_sqlite_is_moved_and_put_back() -> None:
    before = engine.now()
    with moved_clock() as moved:
        moved.seconds = 3600.0
        assert (engine.now() - before).total_seconds() >= 3600
    assert 0 <= (engine.now() - before).total_seconds() < 60


@pytest.mark.parametrize(
    ("error", "full"),
    [(OSError(28, "No space left on device"), True), (OSError(5, "Input/output error"), False), (ValueError("?"), False)],
)  # fmt: skip
def test_only_an_error_that_names_the_disk_is_a_clean_one(error: BaseException, full: bool) -> None:
    assert diskfull.says_full(error) is full


# --- children ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def sleeper() -> Iterator[int]:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield child.pid
    child.kill()
    child.wait()


def test_only_processes_of_ones_own_are_children(sleeper: int) -> None:
    assert postmaster.parent(sleeper) == os.getpid()
    assert postmaster.alive(sleeper)
    assert sleeper in postmaster.processes()
    assert "time.sleep" in postmaster.title(sleeper)
    os.kill(sleeper, signal.SIGKILL)
    while postmaster.alive(sleeper):
        time.sleep(0.01)
    assert postmaster.parent(sleeper) == 0  # dead, though nobody has asked for its end yet
    assert postmaster.title(0) == ""


def test_what_hands_count_is_added_up(tmp_path: Path) -> None:
    found = children.in_hands([lambda: Counter(done=1, three=3), lambda: Counter(done=1)])
    assert found == {"done": 2, "three": 3}
    with pytest.raises(RuntimeError, match="a hand ended with status 1"):
        children.in_hands([lambda: Counter(json.loads("not json"))])


def test_a_child_that_stops_is_told_from_one_that_ends() -> None:
    child = children.start(lambda: os.kill(os.getpid(), signal.SIGSTOP))
    assert children.wait(child) == children.End(stopped=True)
    assert children.wait(child, 0.01) is None
    os.kill(child, signal.SIGCONT)
    assert children.ended(child) == 0
    waiting = children.start(lambda: time.sleep(60))
    with pytest.raises(RuntimeError, match="did not come to its end"):
        children.ended(waiting, 0.05)


# --- faults in system calls -------------------------------------------------------------------------------------------
def test_a_line_of_strace_names_its_call() -> None:
    found = syscalls.CALL.match('4711  pwrite64(3</x/db-wal>, "…", 24, 0) = 24')
    assert found is not None
    assert found[1] == "pwrite64"
    assert syscalls.CALL.match("--- SIGCONT {si_signo=SIGCONT} ---") is None
