"""Verification finds what was changed, and the offline verifier agrees with ours."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from gangmu.kernel.problems import Refused, Unusable
from gangmu.kernel.scope import Actor
from gangmu.ledger import (
    actions,
    commands,
    engine,
    envelope,
    insert_only,
    keys,
    queries,
    receipts,
    sequencer,
    subject_keys,
)
from gangmu.ledger.export import export
from gangmu.ledger.facts import Receipt, Sealed
from gangmu.ledger.offline import verify as offline
from gangmu.ledger.tree import leaf_hash
from gangmu.ledger.verify import verify_export, verify_proof, verify_receipt
from gangmu.ledger.verify_log import kept, verify_log
from tests.ledger.conftest import SCHEMA, MakeDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(draft: MakeDraft, clerk: Actor) -> list[Receipt]:
    """A log of 300 numbered facts under two heads, some sealed, and two facts waiting."""
    taken = actions.record_many([draft() for _ in range(260)], by=clerk, schema=SCHEMA)
    sequencer.run_until_empty()
    sealed = [draft(about=f"p{n}", priv=(Sealed("name", f"名{n}"),)) for n in range(40)]
    taken += actions.record_many(sealed, by=clerk, schema=SCHEMA)
    sequencer.run_until_empty()
    return taken + actions.record_many([draft(), draft()], by=clerk, schema=SCHEMA)


def forge(sql: str, *parameters: object) -> None:
    """What a database administrator can do: lower the triggers, write, raise them again."""
    insert_only.lower_guards(connection)
    assert engine.change(sql, parameters) > 0
    insert_only.raise_guards(connection)


def codes() -> set[str]:
    return {problem.code.removeprefix("ledger.") for problem in verify_log().problems}


def test_an_untouched_log_holds(filled: list[Receipt]) -> None:
    verified = verify_log()
    assert verified.holds
    assert verified.entries == 300
    assert verified.checkpoint is not None
    assert verified.checkpoint.size == 300


def test_an_empty_log_holds() -> None:
    assert verify_log().holds


def drop_key() -> None:
    subject_keys._database().execute("DELETE FROM subject_key WHERE subject = 'p7'")


CHANGES: list[tuple[str, str]] = [
    ("UPDATE ledger_entry SET bytes = bytes || x'20' WHERE seq = 17", "entry"),
    ("UPDATE ledger_entry SET leaf = x'00' WHERE seq = 299", "entry"),
    ("DELETE FROM ledger_entry WHERE seq = 299", "entry_missing"),
    ("DELETE FROM ledger_entry WHERE seq = 40", "entry_missing"),
    ("DELETE FROM ledger_entry WHERE seq = 0", "entry_missing"),
    ("UPDATE ledger_tile SET root = x'00'", "file_broken"),
    ("UPDATE ledger_tile SET hashes = x'00'", "file_broken"),
    ("DELETE FROM ledger_tile", "file_missing"),
    ("INSERT INTO ledger_tile (level, n, root, hashes) VALUES (3, 9, x'00', x'00')", "state"),
    ("UPDATE ledger_state SET size = 299", "state"),
    ("UPDATE ledger_state SET frontier = x'00'", "state"),
    ("UPDATE ledger_head SET root = x'00' WHERE size = 260", "root"),
    ("UPDATE ledger_head SET note = note || 'x' WHERE size = 260", "head"),
    ("DELETE FROM ledger_head", "root"),
    ("UPDATE ledger_head SET size = 301 WHERE size = 300", "entry_missing"),
    ("UPDATE ledger_intake SET bytes = bytes || x'20'", "outbox"),
    ("DELETE FROM ledger_idem WHERE idem = 'request-3'", "rows_differ"),
    ("UPDATE ledger_idem SET entry_id = 'x' WHERE idem = 'request-3'", "rows_differ"),
    ("INSERT INTO ledger_idem (actor, idem, entry_id) VALUES ('x', 'y', 'z')", "rows_differ"),
    ("UPDATE ledger_vault SET ct = x'00' WHERE subject = 'p7'", "sealed"),
    ("UPDATE ledger_vault SET salt = x'00' WHERE subject = 'p7'", "sealed"),
    ("DELETE FROM ledger_vault WHERE subject = 'p7'", "sealed"),
]


@pytest.mark.parametrize(("sql", "code"), CHANGES)
def test_what_an_administrator_changes_is_found(sql: str, code: str, filled: list[Receipt]) -> None:
    if connection.vendor == "sqlite":
        sql = sql.replace("bytes || x'20'", "CAST(bytes || x'20' AS BLOB)")
    else:
        sql = sql.replace("x'00'", "'\\x00'::bytea").replace("x'20'", "'\\x20'::bytea")
    forge(sql)
    assert code in codes()


@pytest.mark.sqlite
@pytest.mark.parametrize("table", ["ledger_intake", "ledger_entry"])
def test_a_number_where_bytes_belong_is_damage_and_no_end_of_memory(table: str, filled: list[Receipt]) -> None:
    forge(f"UPDATE {table} SET bytes = 9000000000000")
    assert codes() == {"database"}


@pytest.mark.sqlite
@pytest.mark.parametrize("cell", ["9000000000000", "'text'"])
def test_a_leaf_that_is_no_bytes_is_named_as_a_changed_entry(cell: str, filled: list[Receipt]) -> None:
    forge(f"UPDATE ledger_entry SET leaf = {cell} WHERE seq = 17")
    assert "entry" in codes()


def test_a_lost_subject_key_is_found(filled: list[Receipt]) -> None:
    drop_key()
    assert codes() == {"sealed"}


def test_a_receipt_is_kept_until_its_fact_is_dropped(filled: list[Receipt]) -> None:
    numbered, waiting = filled[5], filled[-1]
    for receipt in (numbered, waiting):
        assert verify_receipt(receipts.text(receipt), keys.receipt_verifier(), kept) == []
    forge("DELETE FROM ledger_intake WHERE id = %s", waiting.id)
    (problem,) = verify_receipt(receipts.text(waiting), keys.receipt_verifier(), kept)
    assert problem.code == "ledger.receipt_not_kept"


def test_a_changed_receipt_is_not_trusted(filled: list[Receipt]) -> None:
    text = receipts.text(filled[0])
    for changed in (text.replace("receipt\n", "receipts\n", 1), text.replace("10 s", "99 s"), text[:-2] + "\n", ""):
        (problem,) = verify_receipt(changed, keys.receipt_verifier(), kept)
        assert problem.code == "ledger.receipt"


@pytest.fixture
def folder(filled: list[Receipt], tmp_path: Path) -> Path:
    export(tmp_path / "log")
    return tmp_path / "log"


def offline_says(folder: Path) -> int:
    return offline.main(["export", str(folder), "--key", str(folder.parent / "keys" / "log.vkey")])


def test_an_export_holds_for_both_verifiers(folder: Path) -> None:
    verified = verify_export(commands.reader(folder), keys.log_verifier())
    assert verified.holds
    assert verified.entries == 300
    assert offline_says(folder) == 0
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    assert names == [
        "checkpoint", "log.vkey", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000",
        "tile/entries/001.p/44",
    ]  # fmt: skip


EDITS: list[tuple[str, Callable[[bytes], bytes | None]]] = [
    ("checkpoint", lambda data: data.replace(b"300", b"299")),
    ("checkpoint", lambda data: data + b"x"),
    ("checkpoint", lambda data: b"\xff" + data),
    ("checkpoint", lambda data: None),
    ("tile/entries/000", lambda data: data[:-1]),
    ("tile/entries/000", lambda data: data + b"\x00\x00"),
    ("tile/entries/000", lambda data: data.replace(b"lecture", b"Lecture", 1)),
    ("tile/entries/001.p/44", lambda data: None),
    ("tile/0/000", lambda data: data[:-1] + bytes([data[-1] ^ 1])),
    ("tile/0/001.p/44", lambda data: data + b"\x00"),
    ("tile/1/000.p/1", lambda data: bytes(32)),
    ("tile/1/000.p/1", lambda data: None),
]


@pytest.mark.parametrize(("name", "edit"), EDITS)
def test_an_edited_export_holds_for_neither(
    name: str, edit: Callable[[bytes], bytes | None], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = edit((folder / name).read_bytes())
    (folder / name).unlink()
    if data is not None:
        (folder / name).write_bytes(data)
    assert not verify_export(commands.reader(folder), keys.log_verifier()).holds
    assert offline_says(folder) == 1
    assert "DOES NOT HOLD" in capsys.readouterr().out


def test_an_export_under_another_key_is_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.vkey"
    other.write_text(keys.receipt_signer().verifier.text)
    assert commands.verify(["export", str(folder), "--key", str(other)]) == 1
    assert offline.main(["export", str(folder), "--key", str(other)]) == 1


def test_both_verifiers_say_of_a_folder_that_is_none_that_they_cannot_read_it(folder: Path, tmp_path: Path) -> None:
    for none in (tmp_path / "nowhere", folder / "checkpoint"):
        assert commands.verify(["export", str(none)]) == 2
        assert offline.main(["export", str(none), "--key", str(folder / "log.vkey")]) == 2


def test_the_offline_verifier_runs_alone_without_our_package(folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "verify.py"
    script.write_bytes(Path(offline.__file__).read_bytes())
    command = [sys.executable, "-I", "-S", str(script), "export", str(folder), "--key", str(folder / "log.vkey")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("holds: 300 entries of")


def test_the_offline_verifier_reads_receipts_and_proofs(folder: Path, filled: list[Receipt], tmp_path: Path) -> None:
    receipt, entry, proof = tmp_path / "r", tmp_path / "e", tmp_path / "p"
    found = queries.proof(filled[270].id)
    assert found is not None
    receipt.write_text(receipts.text(filled[270]))
    entry.write_bytes(found.entry)
    proof.write_text(found.text)
    key, receipt_key = (str(tmp_path / "keys" / name) for name in ("log.vkey", "receipt.vkey"))
    assert offline.main(["receipt", str(receipt), "--key", receipt_key]) == 0
    assert offline.main(["receipt", str(receipt), "--key", key]) == 1
    assert offline.main(["proof", str(proof), "--entry", str(entry), "--key", key]) == 0
    entry.write_bytes(found.entry + b" ")
    assert offline.main(["proof", str(proof), "--entry", str(entry), "--key", key]) == 1
    assert offline.main(["proof", str(tmp_path / "none"), "--entry", str(entry), "--key", key]) == 2


def test_the_command_and_the_offline_verifier_agree_on_every_proof(
    filled: list[Receipt], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof, entry, other = tmp_path / "f.tlog-proof", tmp_path / "e", tmp_path / "o"
    found = queries.proof(filled[270].id)
    assert found is not None
    entry.write_bytes(found.entry)
    other.write_bytes(found.entry + b" ")
    key = tmp_path / "keys" / "log.vkey"
    elsewhere = found.text.replace(f"index {found.seq}", f"index {found.seq + 1}")
    forged = (elsewhere, found.text[:-3] + "\n", "", "\n\n", "index 270")
    for text, bytes_, status in [
        (found.text, entry, 0), (found.text, other, 1), *((text, entry, 1) for text in forged)
    ]:  # fmt: skip
        proof.write_text(text)
        assert offline.main(["proof", str(proof), "--entry", str(bytes_), "--key", str(key)]) == status
        assert commands.verify(["proof", str(proof), "--entry", str(bytes_), "--key", str(key)]) == status
        assert commands.verify(["proof", str(proof), "--entry", str(bytes_)]) == status
    capsys.readouterr()
    assert commands.verify(["proof", str(tmp_path / "none")]) == commands.UNUSABLE


def test_a_proof_alone_is_held_against_the_entry_in_the_database(
    filled: list[Receipt], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof, found = tmp_path / "f.tlog-proof", queries.proof(filled[270].id)
    assert found is not None
    proof.write_text(found.text)
    assert commands.verify(["proof", str(proof), "--json"]) == commands.HOLDS
    assert json.loads(capsys.readouterr().out) == {"holds": True, "proof": "f.tlog-proof", "entry": found.seq}
    proof.write_text(found.text.replace(f"index {found.seq}\n", f"index {'9' * 19}\n"))
    assert commands.verify(["proof", str(proof)]) == commands.BROKEN
    assert "不见了" in capsys.readouterr().out


def elsewhere(settings: object, folder: Path) -> Path:
    """Point the installation to another key folder, as a wrong GANGMU_VAR does."""
    settings.KEYS = folder  # type: ignore[attr-defined]
    return folder


def test_verifying_with_a_folder_that_holds_no_key_makes_none_and_says_where_it_looked(
    filled: list[Receipt], folder: Path, tmp_path: Path, settings: object
) -> None:
    empty = elsewhere(settings, tmp_path / "wrong")
    (tmp_path / "r").write_text("x")
    for words in (["log"], ["export", str(folder)], ["receipt", str(tmp_path / "r")], ["proof", str(tmp_path / "r")]):
        with pytest.raises(Unusable) as refusal:
            commands.verify(words)
        problem = refusal.value.problem
        assert problem.code == "ledger.no_key"
        assert all(str(empty) in text and "GANGMU_VAR" in text for text in (problem.message, problem.message_en))
    assert not empty.exists()


def test_a_log_under_another_key_says_in_both_languages_which_folder_it_used(
    filled: list[Receipt], tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = elsewhere(settings, tmp_path / "wrong")
    other = keys.log_signer().verifier
    assert commands.verify(["log"]) == commands.BROKEN
    *found, last = capsys.readouterr().out.splitlines()
    assert all("没有可信的签名" in line and "nobody we trust has signed this note" in line for line in found)
    assert last.count(str(wrong)) == 2
    assert keys.log_verifier() == other


def test_an_export_goes_into_a_new_folder_only_and_needs_a_head(filled: list[Receipt], tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(Refused, match="换一个空的"):
        export(tmp_path / "full")
    forge("DELETE FROM ledger_head")
    with pytest.raises(Refused, match="先运行一次编号"):
        export(tmp_path / "new")


def test_commands_say_what_they_found(
    filled: list[Receipt], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = tmp_path / "receipt"
    receipt.write_text(receipts.text(filled[0]))
    assert commands.verify(["log"]) == commands.HOLDS
    assert commands.export_log([str(tmp_path / "log")]) == commands.HOLDS
    assert commands.verify(["export", str(tmp_path / "log")]) == commands.HOLDS
    assert commands.verify(["receipt", str(receipt)]) == commands.HOLDS
    assert commands.sequence([]) == commands.HOLDS
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0].split(" ")[0] for line in said] == ["holds", "300", "holds", "receipt", "2"]
    assert "entries/s" in said[0]
    assert commands.verify([]) == commands.HOLDS
    assert capsys.readouterr().out.startswith("holds: 302 entries of")
    forge("DELETE FROM ledger_entry WHERE seq = 40")
    assert commands.verify(["log"]) == commands.BROKEN
    assert commands.export_log([str(tmp_path / "log")]) == commands.BROKEN
    assert commands.verify(["export", str(tmp_path / "nowhere")]) == commands.UNUSABLE
    assert commands.verify(["receipt", str(tmp_path / "nowhere")]) == commands.UNUSABLE


def test_the_quick_look_is_at_the_tree_alone_and_says_so(
    filled: list[Receipt], capsys: pytest.CaptureFixture[str]
) -> None:
    forge("DELETE FROM ledger_vault")
    assert commands.verify(["log", "--quick"]) == commands.HOLDS
    assert capsys.readouterr().out.rstrip().endswith("the tree alone, no contents")
    assert commands.verify(["log"]) == commands.BROKEN
    forge("DELETE FROM ledger_entry WHERE seq = 40")
    assert commands.verify(["log", "--quick"]) == commands.BROKEN
    assert "holds" not in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--json"], ["log", "--json"], ["--json", "log"]])
def test_a_program_gets_one_object_a_line(
    words: list[str], filled: list[Receipt], capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.verify(words) == commands.HOLDS
    (summary,) = map(json.loads, capsys.readouterr().out.splitlines())
    head = queries.head()
    assert head is not None
    assert (summary["holds"], summary["entries"], summary["root"]) == (True, 300, head.root.hex())
    forge("DELETE FROM ledger_entry WHERE seq = 40")
    assert commands.verify(words) == commands.BROKEN
    *problems, summary = map(json.loads, capsys.readouterr().out.splitlines())
    assert summary["holds"] is False
    assert problems
    assert all(problem["code"].startswith("ledger.") and problem["message_en"] for problem in problems)


def test_an_export_and_a_receipt_answer_a_program_too(
    folder: Path, filled: list[Receipt], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = tmp_path / "receipt"
    receipt.write_text(receipts.text(filled[0]))
    assert commands.verify(["export", str(folder), "--json"]) == commands.HOLDS
    assert commands.verify(["receipt", str(receipt), "--json"]) == commands.HOLDS
    export_says, receipt_says = map(json.loads, capsys.readouterr().out.splitlines())
    assert (export_says["entries"], export_says["key"]) == (300, (folder / "log.vkey").read_text().strip())
    assert receipt_says == {"holds": True, "receipt": "receipt"}


def test_a_proof_with_a_misspelt_or_endless_index_is_not_trusted(filled: list[Receipt], tmp_path: Path) -> None:
    found = queries.proof(filled[3].id)
    assert found is not None
    for index in ("9" * 6000, f"0{found.seq}", f"-{found.seq}", f"{found.seq + 1}", "x", ""):
        forged = found.text.replace(f"index {found.seq}\n", f"index {index}\n")
        assert verify_proof(forged, found.entry, keys.log_verifier()) != []
        (tmp_path / "proof").write_text(forged)
        (tmp_path / "entry").write_bytes(found.entry)
        words = ["--entry", str(tmp_path / "entry"), "--key", str(tmp_path / "keys" / "log.vkey")]
        assert offline.main(["proof", str(tmp_path / "proof"), *words]) == 1
    assert verify_proof(found.text, found.entry, keys.log_verifier()) == []


def test_a_waiting_fact_exchanged_for_another_is_found(draft: MakeDraft, clerk: Actor) -> None:
    """The outbox lets rows go, so the triggers cannot stop this; request keys, receipts and the check do."""
    kept_by_us = actions.record(draft(body={"present": 23}), by=clerk, schema=SCHEMA)
    other = envelope.decode(queries.entry(kept_by_us.id)) | {"body": {"present": 99}, "id": "e" * 32}
    entry = envelope.encode(other)
    columns = ("id", "leaf", "bytes", "received")
    engine.change("DELETE FROM ledger_intake")
    engine.insert("ledger_intake", columns, [("e" * 32, leaf_hash(entry), entry, other["received"])])
    assert verify_log().problems
    note = receipts.text(kept_by_us)
    assert verify_receipt(note, keys.receipt_verifier(), kept)
    sequencer.run_until_empty()
    assert verify_log().problems
    assert verify_receipt(note, keys.receipt_verifier(), kept)
