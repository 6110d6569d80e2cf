"""Each trust test at a tenth of its count, and proof that each can fail."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, tree
from tests.trust import canon, kill9, proofs

pytestmark = pytest.mark.trust
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["kill9", "corrupt", "proofs", "canon"])
def test_a_tenth_of_the_trust_test_holds(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust", name], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr  # the line carries the seed
    line = json.loads(done.stdout)
    assert line["ok"] is True
    assert line["seed"] >= 0
    print(done.stdout)


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
    monkeypatch.setattr(proofs, "leaf_hash", lambda entry: tree.hashlib.sha256(entry).digest())
    assert proofs.run(1, 0.0005)["ok"] is False


def test_canon_notices_bytes_that_differ_and_what_should_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canon, "canonical", lambda value: json.dumps(value, default=str).encode("utf-8", "replace"))
    found = canon.run(1, 0.0005)
    assert found["differ"] != 0
    assert found["accepted"] != 0
    assert found["ok"] is False
