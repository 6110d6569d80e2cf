"""The key folder belongs to its log: an empty one or another's is refused, and no key is made in it."""

import os
import threading
from pathlib import Path

import pytest

from gangmu.cli import heavy
from gangmu.kernel.problems import Unusable
from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, engine, keys, queries, sequencer
from gangmu.ledger.facts import Receipt, Sealed
from gangmu.ledger.verify_log import verify_log
from tests.ledger.conftest import SCHEMA, MakeDraft

pytestmark = pytest.mark.django_db
SEALED = (Sealed("minutes", "谈了修路"),)


@pytest.fixture
def log(draft: MakeDraft, clerk: Actor) -> Receipt:
    """A log with one sealed fact and a signed head; one fact waits for its number."""
    first = actions.record(draft(priv=SEALED), by=clerk, schema=SCHEMA)
    sequencer.run_until_empty()
    actions.record(draft(), by=clerk, schema=SCHEMA)
    return first


def as_it_stands() -> tuple[object, ...]:
    tables = ("ledger_intake", "ledger_entry", "ledger_head", "ledger_idem", "ledger_vault", "ledger_fact")
    return tuple(engine.one(f"SELECT count(*) FROM {table}") for table in tables)


def move_to(folder: Path, settings: object) -> None:
    settings.KEYS = folder  # type: ignore[attr-defined]


def told(refused: pytest.ExceptionInfo[Unusable]) -> tuple[str, str]:
    return refused.value.problem.code, refused.value.problem.message_en


def test_the_sequencer_makes_no_second_key_for_a_log_that_has_one(
    log: Receipt, tmp_path: Path, settings: object
) -> None:
    before, empty = as_it_stands(), tmp_path / "empty"
    move_to(empty, settings)
    with pytest.raises(Unusable) as refused:
        sequencer.run_once()
    code, sentence = told(refused)
    assert code == "ledger.key_gone"
    assert str(empty) in sentence  # where
    assert "holds no log.key" in sentence  # what
    assert "point GANGMU_VAR or GANGMU_KEYS to this log's folder" in sentence  # what to do
    assert "钥匙文件夹" in refused.value.problem.message
    assert not empty.exists()
    assert as_it_stands() == before


def test_an_idle_sequencer_says_it_too(log: Receipt, tmp_path: Path, settings: object) -> None:
    sequencer.run_until_empty()
    move_to(tmp_path / "empty", settings)
    with pytest.raises(Unusable):
        sequencer.run_once()


def test_the_key_of_another_log_signs_nothing(log: Receipt, tmp_path: Path, settings: object) -> None:
    before, other = as_it_stands(), tmp_path / "other"
    move_to(other, settings)
    keys.log_signer()
    with pytest.raises(Unusable) as refused:
        sequencer.run_once()
    code, sentence = told(refused)
    assert code == "ledger.key_of_another"
    assert str(other) in sentence
    assert as_it_stands() == before


def test_back_in_its_own_folder_the_log_goes_on_where_it_stood(
    log: Receipt, own_keys: Path, tmp_path: Path, settings: object
) -> None:
    queries.receipt(log.id)
    move_to(tmp_path / "empty", settings)
    with pytest.raises(Unusable):
        sequencer.run_once()
    move_to(own_keys, settings)
    assert sequencer.run_until_empty() == 1
    assert queries.size() == 2
    assert not verify_log().problems


@pytest.mark.parametrize(("folder", "what"), [("empty", "holds no log.key"), ("other", "is not the one that signed")])
def test_the_command_says_it_in_both_languages_and_ends_with_two(
    log: Receipt, tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str], folder: str, what: str
) -> None:
    move_to(tmp_path / folder, settings)
    if folder == "other":
        keys.log_signer()
    assert heavy.main(["sequence"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "什么也没有改动" in err
    assert what in err


def test_the_worker_ends_loudly_instead_of_waiting_for_a_key_that_will_not_come(
    log: Receipt, tmp_path: Path, settings: object
) -> None:
    before = as_it_stands()
    move_to(tmp_path / "empty", settings)
    with pytest.raises(Unusable):
        sequencer.run_forever(threading.Event())
    assert as_it_stands() == before


def test_the_first_head_of_a_log_makes_its_key(draft: MakeDraft, clerk: Actor, own_keys: Path) -> None:
    actions.record(draft(), by=clerk, schema=SCHEMA)
    assert not (own_keys / "log.key").exists()
    assert sequencer.run_once() == 1
    assert {"log.key", "log.vkey"} <= set(os.listdir(own_keys))


def test_nothing_is_sealed_under_a_new_key_of_keys_where_values_lie_under_another(
    log: Receipt, draft: MakeDraft, clerk: Actor, tmp_path: Path, settings: object
) -> None:
    before, empty = as_it_stands(), tmp_path / "empty"
    move_to(empty, settings)
    with pytest.raises(Unusable) as refused:
        actions.record(draft(priv=SEALED), by=clerk, schema=SCHEMA)
    code, sentence = told(refused)
    assert code == "ledger.key_gone"
    assert "holds no kek" in sentence
    assert not empty.exists()
    assert as_it_stands() == before


def test_no_receipt_is_promised_under_a_key_that_nobody_knows(
    log: Receipt, draft: MakeDraft, clerk: Actor, tmp_path: Path, settings: object
) -> None:
    before = as_it_stands()
    move_to(tmp_path / "empty", settings)
    with pytest.raises(Unusable) as refused:
        actions.record(draft(), by=clerk, schema=SCHEMA)
    code, sentence = told(refused)
    assert code == "ledger.key_gone"
    assert "holds no receipt.key" in sentence
    assert not (tmp_path / "empty").exists()
    assert as_it_stands() == before


def test_where_the_log_is_signed_elsewhere_its_public_key_is_enough_to_record(
    log: Receipt, draft: MakeDraft, clerk: Actor, own_keys: Path, tmp_path: Path, settings: object
) -> None:
    """The private key may lie with the sequencer alone: whoever records holds `log.vkey`."""
    web = tmp_path / "web"
    web.mkdir()
    (web / "log.vkey").write_bytes((own_keys / "log.vkey").read_bytes())
    move_to(web, settings)
    assert actions.record(draft(), by=clerk, schema=SCHEMA).signature
    with pytest.raises(Unusable):
        sequencer.run_once()


def test_where_nothing_was_ever_sealed_the_key_of_keys_is_made(
    draft: MakeDraft, clerk: Actor, tmp_path: Path, settings: object
) -> None:
    actions.record(draft(), by=clerk, schema=SCHEMA)
    move_to(tmp_path / "later", settings)
    kept = actions.record(draft(priv=SEALED), by=clerk, schema=SCHEMA)
    assert (tmp_path / "later" / "kek").exists()
    assert [opened.text for opened in queries.open_slots([kept.id], ["minutes"])] == ["谈了修路"]
