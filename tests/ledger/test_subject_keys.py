"""The store of new subjects: one commit of the key database for many facts, and never one subject for two of them."""

import os
import sqlite3
import threading
from pathlib import Path

import pytest
from django.db import transaction

from gangmu.kernel.problems import Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, queries, subject_keys, vault
from gangmu.ledger.facts import Draft, Ref, Sealed
from gangmu.ledger.keys import key_of_keys
from gangmu.ledger.subject_keys import SPARE, keys_for, new_subjects
from tests.ledger.conftest import SCHEMA, MakeDraft

MINUTES = (Sealed("minutes", "谈了修路"),)


def on_disk(folder: Path) -> dict[str, bytes]:
    """What another process would find: subject → wrapped key, read by a connection of our own."""
    connection = sqlite3.connect(folder / "subjects.sqlite3")
    rows = connection.execute("SELECT subject, wrapped FROM subject_key").fetchall()
    connection.close()
    return dict(rows)


def test_a_subject_is_on_disk_before_it_is_handed_out(own_keys: Path) -> None:
    for subject, key in new_subjects(3).items():
        assert vault.unwrap(key_of_keys(), subject, on_disk(own_keys)[subject]) == key


def test_one_filling_of_the_store_serves_many(own_keys: Path) -> None:
    new_subjects(1)
    first = on_disk(own_keys)
    assert len(first) == SPARE
    assert set(new_subjects(SPARE - 1)) <= set(first)
    assert on_disk(own_keys) == first
    assert not set(new_subjects(1)) & set(first)
    assert len(on_disk(own_keys)) == 2 * SPARE


def test_nobody_wants_a_subject_and_none_is_made(own_keys: Path) -> None:
    assert new_subjects(0) == {}
    assert not (own_keys / "subjects.sqlite3").exists()


def test_more_subjects_than_the_store_holds_come_at_once(own_keys: Path) -> None:
    found = new_subjects(5 * SPARE + 1)
    assert len(found) == len(set(found.values())) == 5 * SPARE + 1
    assert found.keys() <= on_disk(own_keys).keys()


def test_no_subject_is_handed_out_twice_to_threads() -> None:
    drawn: list[str] = []

    def draw() -> None:
        for _ in range(50):
            drawn.extend(new_subjects(3))

    threads = [threading.Thread(target=draw) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == len(set(drawn)) == 6 * 50 * 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")  # allowed: on such a system no child is ever forked
def test_a_forked_child_draws_other_subjects_than_its_parent(own_keys: Path) -> None:
    new_subjects(1)  # the parent's store is full when the child is born
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, "\n".join(new_subjects(10)).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        theirs = set(pipe.read().split())
    assert os.waitpid(child, 0)[1] == 0
    assert len(theirs) == 10
    assert not theirs & set(new_subjects(SPARE - 1))
    assert theirs <= on_disk(own_keys).keys()


def test_another_key_folder_has_a_store_of_its_own(tmp_path: Path, settings: object) -> None:
    first = new_subjects(1)
    settings.KEYS = tmp_path / "elsewhere"  # type: ignore[attr-defined]
    second = new_subjects(1)
    assert second.keys() <= on_disk(tmp_path / "elsewhere").keys()
    assert not first.keys() & on_disk(tmp_path / "elsewhere").keys()


def test_whoever_asks_for_a_subject_at_the_same_moment_gets_the_same_key() -> None:
    subjects = [f"person-{number}" for number in range(300)]
    found: list[dict[str, bytes]] = []
    start = threading.Barrier(4)

    def ask() -> None:
        start.wait()
        found.append(keys_for(subjects))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(keys == found[0] for keys in found)
    assert subject_keys.existing_keys(subjects) == found[0]


def test_the_key_database_waits_for_the_disk() -> None:
    keys_for(["person-1"])
    (synchronous,) = subject_keys._database().execute("PRAGMA synchronous").fetchone()
    (journal,) = subject_keys._database().execute("PRAGMA journal_mode").fetchone()
    assert (synchronous, journal) in {(2, "wal"), (2, "delete")}


@pytest.mark.django_db
def test_facts_that_seal_for_themselves_have_subjects_and_keys_of_their_own(
    draft: MakeDraft, clerk: Actor, own_keys: Path
) -> None:
    one = [actions.record(draft(priv=MINUTES), by=clerk, schema=SCHEMA) for _ in range(5)]
    many = actions.record_many([draft(priv=MINUTES) for _ in range(5)], by=clerk, schema=SCHEMA)
    opened = queries.open_slots([receipt.id for receipt in (*one, *many)], ["minutes"])
    assert {(item.subject, item.text) for item in opened} == {(receipt.id, "谈了修路") for receipt in (*one, *many)}
    assert len(set(subject_keys.existing_keys([item.subject for item in opened]).values())) == 10
    assert len(on_disk(own_keys)) == SPARE


@pytest.mark.django_db
@pytest.mark.parametrize(
    "named",
    [
        {"about": "person-1"},
        {"priv": (Sealed("guest", "江一川", subject="person-1"),)},
        {"fact_id": "f" * 32, "priv": MINUTES},
    ],
)
def test_who_names_the_subject_gets_that_one(draft: MakeDraft, clerk: Actor, named: dict[str, object]) -> None:
    made: Draft = draft(**{"priv": MINUTES, **named})
    receipt = actions.record(made, by=clerk, schema=SCHEMA)
    (item,) = queries.open_slots([receipt.id], ["minutes", "guest"])
    assert item.subject == ("f" * 32 if "fact_id" in named else "person-1")


@pytest.mark.django_db
def test_a_subject_whose_fact_was_not_recorded_is_never_used_again(draft: MakeDraft, clerk: Actor) -> None:
    known = set(new_subjects(1))
    with pytest.raises(Refused):
        actions.record(draft(priv=MINUTES, refs=(Ref("answers", "0" * 32),)), by=clerk, schema=SCHEMA)
    with transaction.atomic():
        known.add(actions.record(draft(priv=MINUTES), by=clerk, schema=SCHEMA).id)
        transaction.set_rollback(True)
    assert actions.record(draft(priv=MINUTES), by=clerk, schema=SCHEMA).id not in known
    assert queries.open_slots(known, ["minutes"]) == ()


@pytest.mark.django_db
def test_a_sealing_fact_sent_again_keeps_its_first_id(draft: MakeDraft, clerk: Actor) -> None:
    made = draft(priv=MINUTES)
    first, again = (actions.record(made, by=clerk, schema=SCHEMA) for _ in range(2))
    assert (first.id, first.leaf, again.repeated) == (again.id, again.leaf, True)
    assert len(queries.open_slots([first.id], ["minutes"])) == 1
