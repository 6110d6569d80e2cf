"""Requests that come at the same moment: one fact, one reversal, whoever is first; and the statements under them."""

import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, connections, transaction

from gangmu.kernel.problems import Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, engine, index, intake, keys, queries, sequencer
from gangmu.ledger.facts import Receipt, Sealed
from gangmu.ledger.insert_only import MESSAGE
from tests.ledger.conftest import SCHEMA, MakeDraft


def all_at_once(work: Callable[[int], Receipt], workers: int = 4) -> tuple[list[Receipt], list[Refused]]:
    """Run `work` in as many threads, each with a connection of its own: (receipts, refusals)."""
    start, receipts, refusals = threading.Barrier(workers), list[Receipt](), list[Refused]()

    def run(number: int) -> None:
        try:
            start.wait()
            receipts.append(work(number))
        except Refused as refused:
            refusals.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return receipts, refusals


@pytest.mark.django_db(transaction=True)
def test_one_request_sent_from_many_hands_is_one_fact(draft: MakeDraft, clerk: Actor) -> None:
    made = draft(priv=(Sealed("minutes", "谈了修路"),))
    receipts, refusals = all_at_once(lambda _: actions.record(made, by=clerk, schema=SCHEMA))
    assert refusals == []
    assert len({(receipt.id, receipt.leaf, receipt.signature) for receipt in receipts}) == 1
    assert sorted(receipt.repeated for receipt in receipts) == [False, True, True, True]
    assert engine.one("SELECT count(*) FROM ledger_intake") == (1,)
    assert engine.one("SELECT count(*) FROM ledger_vault") == (1,)


@pytest.mark.django_db
def test_a_key_that_another_hand_makes_while_we_look_is_not_a_lost_one(
    draft: MakeDraft, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first sealed fact of a log may be committed between our looking for its key and for its rows."""

    def committed_meanwhile(table: str) -> bool:
        keys.key_of_keys()
        return table == "ledger_vault"

    monkeypatch.setattr(intake, "_any", committed_meanwhile)
    assert not actions.record(draft(priv=(Sealed("minutes", "谈了修路"),)), by=clerk, schema=SCHEMA).repeated


@pytest.mark.django_db(transaction=True)
def test_different_facts_under_one_request_key_are_one_fact_and_refusals(draft: MakeDraft, clerk: Actor) -> None:
    drafts = [draft(idem="the-same", body={"present": number}) for number in range(4)]
    receipts, refusals = all_at_once(lambda number: actions.record(drafts[number], by=clerk, schema=SCHEMA))
    assert len(receipts) == 1
    assert {problem.code for refused in refusals for problem in refused.problems} == {"ledger.idem_reused"}
    assert engine.one("SELECT count(*) FROM ledger_intake") == (1,)


@pytest.mark.django_db(transaction=True)
def test_of_reversals_that_come_together_one_stands(draft: MakeDraft, clerk: Actor) -> None:
    told = actions.record(draft(), by=clerk, schema=SCHEMA)

    def take_back(number: int) -> Receipt:
        return actions.reverse(told.id, reason="wrong", note="", by=clerk, schema=SCHEMA, idem=f"reverse-{number}")

    receipts, refusals = all_at_once(take_back)
    assert len(receipts) == 1
    assert {problem.code for refused in refusals for problem in refused.problems} == {"ledger.reversed_already"}
    assert queries.fact(told.id).reversed_by == receipts[0].id


@pytest.mark.django_db(transaction=True)
def test_facts_recorded_while_the_sequencer_works_are_each_numbered_once(draft: MakeDraft, clerk: Actor) -> None:
    stop = threading.Event()

    def number_on() -> None:
        while not stop.is_set():
            sequencer.run_until_empty()
        connections.close_all()

    numbering = threading.Thread(target=number_on)
    numbering.start()
    drafts = [[draft() for _ in range(15)] for _ in range(3)]
    receipts, refusals = all_at_once(
        lambda hand: [actions.record(made, by=clerk, schema=SCHEMA) for made in drafts[hand]][-1], workers=3
    )
    stop.set()
    numbering.join()
    sequencer.run_until_empty()
    assert (len(receipts), refusals) == (3, [])
    assert [row[0] for row in engine.rows("SELECT seq FROM ledger_entry ORDER BY seq")] == list(range(45))
    assert len({fact.id for fact in queries.facts(queries.FactFilter())}) == 45


@pytest.mark.django_db
def test_a_refusal_without_a_savepoint_ends_the_whole_transaction(draft: MakeDraft, clerk: Actor) -> None:
    bad = draft(body={"present": 1.5})

    def go_on_after_a_refusal() -> None:
        with pytest.raises(Refused):
            actions.record_many([bad], by=clerk, schema=SCHEMA, savepoint=False)
        actions.record(draft(), by=clerk, schema=SCHEMA)

    with pytest.raises(transaction.TransactionManagementError), transaction.atomic():
        go_on_after_a_refusal()
    assert engine.one("SELECT count(*) FROM ledger_idem") == (0,)


@pytest.mark.django_db
def test_rows_of_several_tables_are_all_there_or_none_is(draft: MakeDraft, clerk: Actor) -> None:
    told = queries.fact(actions.record(draft(), by=clerk, schema=SCHEMA).id)
    outbox = ("ledger_intake", ("id", "leaf", "bytes", "received"), [("b" * 32, b"leaf", b"bytes", "now")])
    with pytest.raises(DatabaseError), transaction.atomic():
        engine.insert_together(outbox, index.inserted([index.row(told)]))  # this fact is in the index already
    assert engine.one("SELECT count(*) FROM ledger_intake") == (1,)
    engine.insert_together(outbox, ("ledger_vault", ("subject",), []))
    assert engine.one("SELECT count(*) FROM ledger_intake") == (2,)
    engine.insert_together()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO ledger_entry (seq, leaf, bytes) SELECT seq, leaf, bytes FROM ledger_entry WHERE seq = 0 "
        "ON CONFLICT (seq) DO UPDATE SET bytes = excluded.leaf",
        "INSERT INTO ledger_idem (actor, idem, entry_id) SELECT actor, idem, entry_id FROM ledger_idem WHERE 1 = 1 "
        "ON CONFLICT (actor, idem) DO UPDATE SET entry_id = 'x'",
        "INSERT INTO ledger_vault (subject, slot, version, salt, ct) SELECT * FROM ledger_vault WHERE 1 = 1 "
        "ON CONFLICT (subject, slot, version) DO UPDATE SET ct = excluded.salt",
        "UPDATE ledger_intake SET bytes = leaf",
    ],
)
def test_an_upsert_is_no_way_round_the_triggers(statement: str, draft: MakeDraft, clerk: Actor) -> None:
    actions.record(draft(priv=(Sealed("minutes", "谈了修路"),)), by=clerk, schema=SCHEMA)
    sequencer.run_until_empty()
    actions.record(draft(), by=clerk, schema=SCHEMA)
    with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
        engine.change(statement)


@pytest.mark.postgres  # the only engine that knows TRUNCATE
@pytest.mark.django_db
@pytest.mark.parametrize("table", ["ledger_idem", "ledger_entry", "ledger_tile", "ledger_head", "ledger_vault"])
def test_postgresql_refuses_to_truncate(table: str) -> None:
    with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
        engine.change(f"TRUNCATE {table}")


@pytest.mark.django_db
def test_the_database_confirms_nothing_before_it_is_on_disk() -> None:
    if connection.vendor == "postgresql":
        assert engine.one("SHOW synchronous_commit") == ("on",)
    else:
        assert engine.one("PRAGMA synchronous") == (2,)
