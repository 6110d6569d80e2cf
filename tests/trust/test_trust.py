"""Each trust test at a tenth of its count, and proof that each can fail (the shocks: test_shocks.py)."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gangmu.kernel.scope import Actor
from gangmu.ledger import actions
from tests.trust import canon, kill9, proofs
from tests.trust.__main__ import ON_POSTGRES, TESTS

pytestmark = pytest.mark.trust
ROOT = Path(__file__).resolve().parents[2]


def run(*words: str, **environment: str) -> tuple[int, dict[str, object]]:
    """The status and the printed line of one trust test, as `run.py trust` starts it."""
    command = [sys.executable, "-m", "tests.trust", *words]
    env = {**os.environ, **environment}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=env)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def a_tenth_holds(*words: str) -> None:
    status, line = run(*words)
    if status == 2:
        pytest.skip(str(line["cannot_run"]))  # allowed where a machine may not trace or mount; the line says what
    assert (status, line["ok"]) == (0, True), line  # the line carries the seed
    print(json.dumps(line, ensure_ascii=False))


@pytest.mark.sqlite
@pytest.mark.parametrize("name", TESTS)
def test_a_tenth_of_the_trust_test_holds(name: str) -> None:
    a_tenth_holds(name)


@pytest.mark.postgres
@pytest.mark.database
@pytest.mark.parametrize("name", ON_POSTGRES)
def test_a_tenth_of_the_trust_test_holds_on_postgresql(name: str) -> None:
    a_tenth_holds(name, "--engine", "pg")


@pytest.mark.sqlite
def test_the_line_carries_what_repeats_the_run() -> None:
    status, line = run("proofs", "--seed", "7", "--scale", "0.0005")
    assert (status, line["test"], line["seed"], line["engine"], line["ok"]) == (0, "proofs", 7, "sqlite", True)
    again = run("proofs", "--seed", "7", "--scale", "0.0005")[1]
    assert {**again, "seconds": 0} == {**line, "seconds": 0}


def test_a_trust_test_that_knows_one_engine_only_says_so() -> None:
    command = [sys.executable, "-m", "tests.trust", "canon", "--engine", "pg"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert "canon does not run on pg" in done.stderr


@pytest.mark.sqlite
@pytest.mark.parametrize(("name", "missing"), [("syscalls", "strace is absent"), ("diskfull", "`unshare`")])
def test_a_machine_that_lacks_what_a_test_needs_is_told_what(name: str, missing: str, tmp_path: Path) -> None:
    status, line = run(name, PATH=str(tmp_path))
    assert (status, line["ok"]) == (2, False)
    assert missing in str(line["cannot_run"])


@pytest.mark.django_db
def test_kill9_notices_a_lost_fact_and_too_little_load(tmp_path: Path) -> None:
    taken = actions.record(kill9.draft(0, 1), by=Actor("writer-0"), schema="trust")  # type: ignore[arg-type]
    for number in range(kill9.WRITERS):
        (tmp_path / f"acked-{number}").write_text("")
    (tmp_path / "acked-0").write_text(f"00000001 {taken.id}\n")
    found = kill9.examine(tmp_path, kills=0)
    assert (found["lost"], found["dup"], found["ok"]) == (0, 0, True)
    assert kill9.examine(tmp_path, kills=1)["enough_load"] is False
    (tmp_path / "acked-1").write_text(f"00000001 {'0' * 32}\n")
    found = kill9.examine(tmp_path, kills=0)
    assert (found["lost"], found["ok"]) == (1, False)


def test_proofs_notices_a_verifier_that_believes_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "verify_inclusion", lambda *case: True)
    found = proofs.run(1, 0.0005)
    assert found["accepted"] != 0
    assert found["ok"] is False


def test_proofs_notices_a_tree_without_leaf_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "leaf_hash", lambda entry: hashlib.sha256(entry).digest())
    assert proofs.run(1, 0.0005)["ok"] is False


def test_canon_notices_bytes_that_differ_and_what_should_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canon, "canonical", lambda value: json.dumps(value, default=str).encode("utf-8", "replace"))
    found = canon.run(1, 0.0005)
    assert found["differ"] != 0
    assert found["accepted"] != 0
    assert found["ok"] is False
