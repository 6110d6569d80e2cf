"""Sealing: what may name a person is in the vault, encrypted, committed to and nowhere else."""

from dataclasses import replace
from pathlib import Path

import pytest

from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, engine, envelope, queries, subject_keys, vault
from gangmu.ledger.facts import Sealed
from tests.ledger.conftest import SCHEMA, MakeDraft

KEY = bytes(range(32))


def test_a_sealed_value_opens_under_its_key_only() -> None:
    sealed = vault.seal(KEY, "person-1", "name", "f1", "林小满")
    assert vault.unseal(KEY, sealed) == "林小满"
    with pytest.raises(vault.CannotOpen):
        vault.unseal(bytes(32), sealed)


@pytest.mark.parametrize("moved", [{"subject": "person-2"}, {"slot": "phone"}, {"version": "f2"}])
def test_a_sealed_value_moved_to_another_place_does_not_open(moved: dict[str, str]) -> None:
    sealed = vault.seal(KEY, "person-1", "name", "f1", "林小满")
    with pytest.raises(vault.CannotOpen):
        vault.unseal(KEY, replace(sealed, **moved))


def test_every_flipped_byte_of_a_sealed_value_is_noticed() -> None:
    sealed = vault.seal(KEY, "person-1", "name", "f1", "林小满")
    for at in range(len(sealed.ct)):
        changed = sealed.ct[:at] + bytes([sealed.ct[at] ^ 1]) + sealed.ct[at + 1 :]
        with pytest.raises(vault.CannotOpen):
            vault.unseal(KEY, replace(sealed, ct=changed))
    with pytest.raises(vault.CannotOpen):
        vault.unseal(KEY, replace(sealed, ct=b""))


def test_the_same_text_is_never_sealed_or_committed_the_same_way() -> None:
    one, two = (vault.seal(KEY, "person-1", "name", "f1", "林小满") for _ in range(2))
    assert one.ct != two.ct
    assert vault.commitment(one.salt, "林小满") != vault.commitment(two.salt, "林小满")


def test_a_wrapped_key_belongs_to_its_subject() -> None:
    wrapped = vault.wrap(KEY, {"person-0": b"j" * 32, "person-1": b"k" * 32})["person-1"]
    assert vault.unwrap(KEY, "person-1", wrapped) == b"k" * 32
    for subject, data in (("person-2", wrapped), ("person-1", wrapped[:-1] + b"\x00"), ("person-1", b"")):
        with pytest.raises(vault.CannotOpen):
            vault.unwrap(KEY, subject, data)


def test_keys_wrapped_together_never_share_a_nonce() -> None:
    wrapped = vault.wrap(KEY, {f"person-{number}": b"k" * 32 for number in range(50)})
    assert len({data[: vault.NONCE] for data in wrapped.values()}) == 50
    assert all(vault.unwrap(KEY, subject, data) == b"k" * 32 for subject, data in wrapped.items())


@pytest.mark.django_db
def test_a_sealed_slot_belongs_to_what_the_fact_is_about_unless_it_says_otherwise(
    draft: MakeDraft, clerk: Actor
) -> None:
    slots = (Sealed("name", "林小满"), Sealed("guest", "江一川", subject="person-9"))
    about = actions.record(draft(about="person-1", priv=slots), by=clerk, schema=SCHEMA)
    alone = actions.record(draft(priv=(Sealed("minutes", "谈了修路"),)), by=clerk, schema=SCHEMA)
    opened = {
        (item.subject, item.slot): item.text
        for item in queries.open_slots([about.id, alone.id], ["name", "guest", "minutes"])
    }
    assert opened == {
        ("person-1", "name"): "林小满",
        ("person-9", "guest"): "江一川",
        (alone.id, "minutes"): "谈了修路",
    }


@pytest.mark.django_db
def test_no_table_and_no_file_holds_a_sealed_text_in_clear(draft: MakeDraft, clerk: Actor, own_keys: Path) -> None:
    secret = "极少见的名字欧阳青禾"
    receipt = actions.record(draft(about="person-1", priv=(Sealed("name", secret),)), by=clerk, schema=SCHEMA)
    needle = secret.encode()
    for table, columns in (
        ("ledger_intake", "bytes"),
        ("ledger_fact", "body, refs, slots, idem"),
        ("ledger_vault", "salt, ct, subject, slot"),
    ):
        for row in engine.rows(f"SELECT {columns} FROM {table}"):
            assert needle not in b"|".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
    assert all(needle not in file.read_bytes() for file in own_keys.iterdir())
    assert queries.fact(receipt.id).slots == ("name",)


@pytest.mark.django_db
def test_the_envelope_commits_to_the_sealed_text(draft: MakeDraft, clerk: Actor) -> None:
    receipt = actions.record(draft(about="person-1", priv=(Sealed("name", "林小满"),)), by=clerk, schema=SCHEMA)
    (committed,) = envelope.decode(queries.entry(receipt.id))["priv"]
    ((salt,),) = engine.rows("SELECT salt FROM ledger_vault WHERE version = %s", (receipt.id,))
    assert committed == {"slot": "name", "c": vault.commitment(bytes(salt), "林小满")}


@pytest.mark.django_db
def test_the_key_database_is_apart_and_holds_wrapped_keys_only(draft: MakeDraft, clerk: Actor, own_keys: Path) -> None:
    actions.record(draft(about="person-1", priv=(Sealed("name", "林小满"),)), by=clerk, schema=SCHEMA)
    key = subject_keys.existing_keys(["person-1"])["person-1"]
    file = own_keys / "subjects.sqlite3"
    assert key not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert subject_keys.existing_keys(["person-2"]) == {}


@pytest.mark.django_db
def test_a_subject_keeps_its_key_and_without_it_nothing_opens(draft: MakeDraft, clerk: Actor, own_keys: Path) -> None:
    first = subject_keys.keys_for(["person-1"])
    assert subject_keys.keys_for(["person-1", "person-2"])["person-1"] == first["person-1"]
    receipt = actions.record(draft(about="person-3", priv=(Sealed("name", "林小满"),)), by=clerk, schema=SCHEMA)
    subject_keys._database().execute("DELETE FROM subject_key WHERE subject = 'person-3'")
    assert queries.open_slots([receipt.id], ["name"]) == ()


@pytest.mark.django_db
def test_many_subjects_are_sealed_in_one_batch(draft: MakeDraft, clerk: Actor) -> None:
    drafts = [draft(about=f"person-{n}", priv=(Sealed("name", f"名字{n}"),)) for n in range(1200)]
    taken = actions.record_many(drafts, by=clerk, schema=SCHEMA)
    opened = {item.subject: item.text for item in queries.open_slots([item.id for item in taken], ["name"])}
    assert opened == {f"person-{n}": f"名字{n}" for n in range(1200)}
