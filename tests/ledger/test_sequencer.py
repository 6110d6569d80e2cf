"""The sequencer: everything gets one number, the head is signed, a fork is impossible."""

import threading
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, engine, insert_only, keys, queries, sequencer, stored
from gangmu.ledger.lease import lease
from gangmu.ledger.note import open_checkpoint
from gangmu.ledger.tiles import node_from_tiles
from gangmu.ledger.tree import consistency_proof, leaf_hash, root_of, verify_consistency
from gangmu.ledger.verify import verify_proof
from tests.ledger.conftest import SCHEMA, MakeDraft

pytestmark = pytest.mark.django_db


def fill(draft: MakeDraft, clerk: Actor, count: int) -> list[str]:
    return [receipt.id for receipt in actions.record_many([draft() for _ in range(count)], by=clerk, schema=SCHEMA)]


def test_every_fact_gets_one_number_and_the_outbox_is_empty(draft: MakeDraft, clerk: Actor) -> None:
    fill(draft, clerk, 700)
    assert sequencer.run_until_empty() == 700
    assert engine.rows("SELECT count(*), min(seq), max(seq) FROM ledger_entry") == [(700, 0, 699)]
    assert queries.waiting() == 0
    assert sequencer.run_once() == 0


def test_the_head_is_signed_over_the_root_of_all_entries(draft: MakeDraft, clerk: Actor) -> None:
    fill(draft, clerk, 300)
    sequencer.run_until_empty()
    head = queries.head()
    assert head is not None
    checkpoint = open_checkpoint(head.note, keys.log_verifier())
    assert checkpoint.size == 300
    assert checkpoint.root == root_of(leaf_hash(entry) for _, _, entry in stored.entries())


@pytest.mark.parametrize("batches", [[1, 1, 1], [255, 1, 1], [256, 256], [100, 500, 3], [600, 7]])
def test_however_the_facts_come_in_batches_each_head_extends_the_last(
    batches: list[int], draft: MakeDraft, clerk: Actor
) -> None:
    for count in batches:
        fill(draft, clerk, count)
        sequencer.run_until_empty()
    heads = list(stored.heads())
    assert [head.size for head in heads] == [sum(batches[: at + 1]) for at in range(len(batches))]
    last = heads[-1]
    node = node_from_tiles(last.size, stored.tile)
    for head in heads:
        path = consistency_proof(head.size, last.size, node)
        assert verify_consistency(head.size, last.size, head.root, last.root, path)


def test_small_and_large_batches_make_the_same_tiles(draft: MakeDraft, clerk: Actor) -> None:
    fill(draft, clerk, 530)
    while sequencer.run_once(limit=37):
        pass
    leaves = [leaf for _, leaf, _ in stored.entries()]
    found = engine.rows("SELECT level, n, hashes FROM ledger_tile ORDER BY level, n")
    assert [(level, n) for level, n, _ in found] == [(0, 0), (0, 1)]
    assert [bytes(hashes) for _, _, hashes in found] == [b"".join(leaves[:256]), b"".join(leaves[256:512])]


def test_a_tree_of_more_than_one_level_of_tiles_is_kept(draft: MakeDraft, clerk: Actor) -> None:
    size = 256 * 256 + 5
    rows = [(f"{number:032x}", leaf_hash(b"%d" % number), b"%d" % number, "") for number in range(size)]
    engine.insert("ledger_intake", ("id", "leaf", "bytes", "received"), rows)
    assert sequencer.run_until_empty() == size
    levels = engine.rows("SELECT level, count(*) FROM ledger_tile GROUP BY level ORDER BY level")
    assert levels == [(0, 256), (1, 1)]
    assert stored.root_by_tiles(size) == root_of(row[1] for row in rows)


def test_within_a_batch_facts_stand_by_arrival_then_id(draft: MakeDraft, clerk: Actor) -> None:
    fill(draft, clerk, 50)
    waiting = [leaf for leaf, _ in stored.waiting()]
    sequencer.run_until_empty()
    assert [leaf for _, leaf, _ in stored.entries()] == waiting


def test_bytes_changed_in_the_outbox_stop_the_sequencer_before_it_signs(draft: MakeDraft, clerk: Actor) -> None:
    fill(draft, clerk, 3)
    insert_only.lower_guards(connection)
    engine.change("UPDATE ledger_intake SET bytes = %s WHERE n = (SELECT min(n) FROM ledger_intake)", (b"forged",))
    insert_only.raise_guards(connection)
    with pytest.raises(sequencer.Broken, match="not those of its leaf"):
        sequencer.run_once()
    assert queries.head() is None
    assert queries.waiting() == 3


def test_a_stored_leaf_that_was_changed_stops_the_sequencer(draft: MakeDraft, clerk: Actor) -> None:
    fill(draft, clerk, 3)
    sequencer.run_until_empty()
    insert_only.lower_guards(connection)
    engine.change("UPDATE ledger_entry SET leaf = %s WHERE seq = 1", (b"\x01" * 32,))
    insert_only.raise_guards(connection)
    fill(draft, clerk, 1)
    with pytest.raises(sequencer.Broken, match="nothing was signed"):
        sequencer.run_once()
    assert [head.size for head in stored.heads()] == [3]


def test_a_sequencer_that_slept_cannot_fork_the_log(draft: MakeDraft, clerk: Actor) -> None:
    fill(draft, clerk, 3)
    before = stored.state()
    sequencer.run_until_empty()
    with pytest.raises(sequencer.LostLease):
        sequencer._swap(before, before.tree())
    assert queries.size() == 3


def test_a_head_that_was_not_signed_before_a_crash_is_signed_at_the_next_run(
    draft: MakeDraft, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(draft, clerk, 3)
    with monkeypatch.context() as crash:
        crash.setattr(sequencer, "publish", lambda size, root: None)
        sequencer.run_once()
    assert queries.head() is None
    sequencer.run_once()
    head = queries.head()
    assert head is not None
    assert head.size == 3


@pytest.mark.sqlite  # a lease file, which its own process cannot take twice
def test_only_one_sequencer_works_at_a_time_on_a_file(draft: MakeDraft, clerk: Actor) -> None:
    fill(draft, clerk, 3)
    with lease() as ours:
        assert ours
        assert sequencer.run_once() == 0
    assert sequencer.run_once() == 3


@pytest.mark.postgres  # an advisory lock, which a connection shares with itself: another one must hold it
@pytest.mark.django_db(transaction=True)
def test_only_one_sequencer_works_at_a_time_on_a_server(draft: MakeDraft, clerk: Actor) -> None:
    fill(draft, clerk, 3)
    taken, enough, held = threading.Event(), threading.Event(), list[bool]()

    def another() -> None:
        with transaction.atomic(), lease() as ours:
            held.append(ours)
            taken.set()
            enough.wait(10)
        connection.close()

    keeper = threading.Thread(target=another)
    keeper.start()
    try:
        assert taken.wait(10)
        assert held == [True]
        assert sequencer.run_once() == 0
    finally:
        enough.set()
        keeper.join(10)
    assert sequencer.run_once() == 3


def test_a_proof_carries_an_entry_to_the_signed_root(draft: MakeDraft, clerk: Actor) -> None:
    ids = fill(draft, clerk, 300)
    assert queries.proof(ids[0]) is None  # type: ignore[arg-type]
    sequencer.run_until_empty()
    for fact_id in (ids[0], ids[255], ids[299]):
        proof = queries.proof(fact_id)  # type: ignore[arg-type]
        assert proof is not None
        assert verify_proof(proof.text, proof.entry, keys.log_verifier()) == []
        assert verify_proof(proof.text, proof.entry + b" ", keys.log_verifier()) != []
        assert verify_proof(proof.text.replace("index ", "index 1"), proof.entry, keys.log_verifier()) != []
        assert verify_proof("", proof.entry, keys.log_verifier()) != []


def test_keys_are_made_once_and_for_their_owner_only(own_keys: Path) -> None:
    first, receipt = keys.log_signer().verifier, keys.receipt_signer().verifier
    keys._signer.cache_clear()
    keys._secret.cache_clear()
    keys._verifier.cache_clear()
    assert keys.log_verifier() == first
    assert keys.log_signer().verifier == first
    assert keys.receipt_verifier() == receipt != first
    assert all(file.stat().st_mode & 0o077 == 0 for file in own_keys.iterdir())


def test_a_broken_key_file_is_refused(own_keys: Path) -> None:
    own_keys.mkdir()
    (own_keys / "log.key").write_text("00ff\n")
    with pytest.raises(ValueError, match="32 bytes"):
        keys.log_signer()


@pytest.mark.django_db(transaction=True)
def test_the_worker_numbers_what_arrives_and_stops_when_told(draft: MakeDraft, clerk: Actor) -> None:
    stop = threading.Event()
    worker = threading.Thread(target=sequencer.run_forever, args=(stop,))
    worker.start()
    try:
        fill(draft, clerk, 20)
        stop.wait(0.5)
    finally:
        stop.set()
        worker.join(10)
    assert not worker.is_alive()
    assert queries.size() == 20
    head = queries.head()
    assert head is not None
    assert head.size == 20


@pytest.mark.sqlite  # the engine that knows one writer at a time
@pytest.mark.django_db(transaction=True)
def test_a_head_waits_its_turn_behind_a_writer_that_takes_long(draft: MakeDraft, clerk: Actor) -> None:
    fill(draft, clerk, 3)
    began = threading.Event()

    def write_for_long() -> None:
        with transaction.atomic():
            began.set()
            threading.Event().wait(0.6)
        connection.close()

    with transaction.atomic():
        moved = sequencer._number(None)
    assert moved is not None
    engine.rows("PRAGMA busy_timeout=50")  # without a place in the queue it would give up after 50 ms
    writer = threading.Thread(target=write_for_long)
    writer.start()
    try:
        assert began.wait(5)
        sequencer.publish(moved[1], moved[2])
    finally:
        writer.join()
        engine.rows("PRAGMA busy_timeout=5000")
    assert [head.size for head in stored.heads()] == [3]


@pytest.mark.django_db(transaction=True)
def test_the_worker_goes_on_when_the_database_was_busy(draft: MakeDraft, clerk: Actor) -> None:
    stop, turns = threading.Event(), iter((DatabaseError("database is locked"), None))

    def also() -> None:
        found = next(turns, None)
        if found is not None:
            raise found
        stop.set()

    fill(draft, clerk, 5)
    worker = threading.Thread(target=sequencer.run_forever, args=(stop, also))
    worker.start()
    worker.join(10)
    assert not worker.is_alive()
    assert queries.size() == 5
