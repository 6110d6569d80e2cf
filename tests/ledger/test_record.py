"""Recording: what is kept, what is answered, what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import rfc8785
from django.db import DatabaseError, transaction

from gangmu.kernel import canon
from gangmu.kernel.problems import NotFound, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, engine, envelope, keys, queries, receipts
from gangmu.ledger.facts import Draft, Ref, Sealed
from gangmu.ledger.insert_only import MESSAGE
from gangmu.ledger.queries import FactFilter
from gangmu.ledger.tree import leaf_hash
from tests.ledger.conftest import SCHEMA, MakeDraft

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_a_recorded_fact_reads_back_as_it_was_said(draft: MakeDraft, clerk: Actor) -> None:
    said = draft(about="person-7", body={"type": "visit", "days": 2, "tags": ["study"]})
    receipt = actions.record(said, by=clerk, schema=SCHEMA)
    fact = queries.fact(receipt.id)
    assert (fact.kind, fact.org, fact.about, fact.body) == (said.kind, said.org, "person-7", said.body)
    assert (fact.actor, fact.post, fact.schema, fact.idem) == ("clerk", "post-of-clerk", SCHEMA, said.idem)
    assert (fact.claimed_from, fact.claimed_to) == (said.claimed_from, said.claimed_to)
    assert fact.seq is None
    assert fact.reversed_by is None


def test_the_entry_is_canonical_and_its_hash_is_the_leaf(draft: MakeDraft, clerk: Actor) -> None:
    receipt = actions.record(draft(), by=clerk, schema=SCHEMA)
    entry = queries.entry(receipt.id)
    found = envelope.decode(entry)
    assert canon.canonical(found) == entry
    assert leaf_hash(entry).hex() == receipt.leaf
    assert set(found) == {
        "v", "log", "id", "nonce", "kind", "schema", "org", "about", "actor", "post", "claimed", "received", "body",
        "priv", "files", "refs", "idem",
    }  # fmt: skip
    assert found["log"] == keys.log_origin()


def test_an_entry_with_all_its_parts_is_canonical_whatever_order_they_were_said_in(
    draft: MakeDraft, clerk: Actor
) -> None:
    earlier = actions.record(draft(), by=clerk, schema=SCHEMA)
    said = draft(
        about="person-7",
        body={"z": {"y": 1, "b": [{"d": 1, "c": "二"}]}, "tags": ["study"], "a": "\n\x1f\x7f\u2028"},
        priv=(Sealed("note", "记"), Sealed("name", "王兰", "person-8")),
        refs=(Ref("belongs_to", earlier.id), Ref("answers", earlier.id)),
    )
    entry = queries.entry(actions.record(said, by=clerk, schema=SCHEMA).id)
    found = envelope.decode(entry)
    assert [item.get("subject") for item in found["priv"]] == [None, "person-8"]
    assert entry == rfc8785.dumps(found) == canon.canonical(found)


def test_received_is_the_clock_of_the_database(draft: MakeDraft, clerk: Actor) -> None:
    before = engine.now()
    receipt = actions.record(draft(), by=clerk, schema=SCHEMA)
    assert before <= receipt.received <= engine.now()


def test_two_facts_that_say_the_same_have_different_leaves(draft: MakeDraft, clerk: Actor) -> None:
    first, second = actions.record_many([draft(), draft()], by=clerk, schema=SCHEMA)
    assert first.leaf != second.leaf


def test_the_same_request_twice_is_one_fact_and_one_receipt(draft: MakeDraft, clerk: Actor) -> None:
    said = draft()
    first = actions.record(said, by=clerk, schema=SCHEMA)
    again = actions.record(said, by=clerk, schema=SCHEMA)
    assert again == replace(first, repeated=True)
    assert queries.count(FactFilter()) == 1


def test_the_same_request_twice_in_one_batch_is_one_fact(draft: MakeDraft, clerk: Actor) -> None:
    said = draft()
    first, other, again = actions.record_many([said, draft(), said], by=clerk, schema=SCHEMA)
    assert (first.repeated, other.repeated, again.repeated) == (False, False, True)
    assert first.id == again.id
    assert queries.count(FactFilter()) == 2


def test_another_actor_may_use_the_same_request_key(draft: MakeDraft, clerk: Actor) -> None:
    said = draft()
    mine = actions.record(said, by=clerk, schema=SCHEMA)
    theirs = actions.record(said, by=Actor("other"), schema=SCHEMA)
    assert mine.id != theirs.id


def test_a_request_key_used_for_something_else_is_refused(draft: MakeDraft, clerk: Actor) -> None:
    said = draft()
    actions.record(said, by=clerk, schema=SCHEMA)
    for other in (
        replace(said, body={"type": "lecture", "present": 24}),
        replace(said, org="branch-2"),
        replace(said, claimed_to=said.claimed_to + timedelta(hours=1)),
    ):
        with pytest.raises(Refused) as refused:
            actions.record(other, by=clerk, schema=SCHEMA)
        assert codes(refused) == {"ledger.idem_reused"}
    assert queries.count(FactFilter()) == 1


def test_single_and_batch_write_the_same_envelope(draft: MakeDraft, clerk: Actor) -> None:
    one = actions.record(draft(), by=clerk, schema=SCHEMA)
    many = actions.record_many([draft(), draft()], by=clerk, schema=SCHEMA)
    differs = {"id", "nonce", "idem", "received"}
    bare = [
        {key: value for key, value in envelope.decode(queries.entry(receipt.id)).items() if key not in differs}
        for receipt in (one, *many)
    ]
    assert bare[0] == bare[1] == bare[2]


def test_a_batch_larger_than_one_chunk_keeps_its_order(draft: MakeDraft, clerk: Actor) -> None:
    drafts = [draft(body={"number": number}) for number in range(actions.AT_ONCE + 10)]
    taken = actions.record_many(drafts, by=clerk, schema=SCHEMA)
    assert [queries.fact(taken[at].id).body["number"] for at in (0, 1999, 2000, 2009)] == [0, 1999, 2000, 2009]
    assert queries.count(FactFilter()) == len(drafts)


def test_one_bad_draft_refuses_the_batch_and_names_its_place(draft: MakeDraft, clerk: Actor) -> None:
    good, bad = draft(), draft(kind="Bad Kind")
    with pytest.raises(Refused) as refused:
        actions.record_many([good, bad], by=clerk, schema=SCHEMA)
    assert [problem.where for problem in refused.value.problems] == ["2.kind"]
    assert queries.count(FactFilter()) == 0


MOMENT = datetime(2025, 3, 8, 1, 30, tzinfo=UTC)
REFUSALS = [
    ({"kind": "Meeting"}, "ledger.kind"),
    ({"kind": ""}, "ledger.kind"),
    ({"org": ""}, "ledger.org"),
    ({"about": "张三"}, "ledger.about"),
    ({"idem": ""}, "ledger.idem"),
    ({"idem": "有空 格"}, "ledger.idem"),
    ({"idem": "x" * 129}, "ledger.idem"),
    ({"fact_id": "short"}, "ledger.id"),
    ({"claimed_from": datetime(2025, 3, 8)}, "ledger.time_zone"),  # noqa: DTZ001 - the point of the case
    ({"claimed_to": MOMENT - timedelta(seconds=1)}, "ledger.times"),
    ({"priv": (Sealed("Bad Slot", "x"),)}, "ledger.slot"),
    ({"priv": (Sealed("name", "a"), Sealed("name", "b"))}, "ledger.slot_twice"),
    ({"priv": (Sealed("minutes", "字" * 30_000),)}, "ledger.slot_long"),
    ({"priv": (Sealed("minutes", "\ud800"),)}, "ledger.canonical"),
    ({"refs": (Ref("likes", "0" * 32),)}, "ledger.ref"),
    ({"refs": (Ref("answers", "nothing"),)}, "ledger.ref"),
    ({"refs": (Ref("answers", "0" * 32),)}, "ledger.ref_unknown"),
    ({"refs": (Ref("reverses", "0" * 32),)}, "ledger.reverse_only"),
    ({"kind": "reverse"}, "ledger.reverse_only"),
    ({"body": {"share": 0.5}}, "ledger.canonical"),
    ({"body": {"Key": 1}}, "ledger.canonical"),
    ({"body": {"text": "e\u0301"}}, "ledger.canonical"),
    ({"body": {"text": "\ud800"}}, "ledger.canonical"),
    ({"body": {"number": 2**53}}, "ledger.canonical"),
    ({"body": {"text": "x" * 17_000}}, "ledger.too_large"),
    ({"kind": "period.closed", "body": {}}, "ledger.closing"),
    ({"kind": "period.closed", "body": {"from": "2025-02-01", "to": "2025-01-01"}}, "ledger.closing"),
]


@pytest.mark.parametrize(("named", "code"), REFUSALS)
def test_what_the_ledger_refuses_it_says_in_both_languages_and_writes_nothing(
    named: dict[str, object], code: str, draft: MakeDraft, clerk: Actor
) -> None:
    with pytest.raises(Refused) as refused:
        actions.record(draft(**named), by=clerk, schema=SCHEMA)
    assert code in codes(refused)
    assert all(problem.message and problem.message_en for problem in refused.value.problems)
    assert queries.count(FactFilter()) == queries.waiting() == 0
    assert engine.one("SELECT count(*) FROM ledger_idem") == (0,)


def test_a_fact_names_the_catalog_it_was_accepted_under(draft: MakeDraft, clerk: Actor) -> None:
    with pytest.raises(Refused) as refused:
        actions.record(draft(), by=clerk, schema="")
    assert codes(refused) == {"ledger.schema"}


def test_a_fact_may_answer_an_earlier_one_also_within_a_batch(draft: MakeDraft, clerk: Actor) -> None:
    opened = draft(kind="matter.opened", fact_id="a" * 32)
    closed = draft(kind="matter.closed", refs=(Ref("answers", "a" * 32),))
    receipt = actions.record_many([opened, closed], by=clerk, schema=SCHEMA)[1]
    assert queries.fact(receipt.id).ref("answers") == "a" * 32


def test_a_reference_to_a_later_fact_is_refused(draft: MakeDraft, clerk: Actor) -> None:
    early = draft(refs=(Ref("belongs_to", "b" * 32),))
    with pytest.raises(Refused) as refused:
        actions.record_many([early, draft(fact_id="b" * 32)], by=clerk, schema=SCHEMA)
    assert codes(refused) == {"ledger.ref_unknown"}


def test_a_receipt_opens_and_is_the_same_when_asked_for_again(draft: MakeDraft, clerk: Actor) -> None:
    receipt = actions.record(draft(), by=clerk, schema=SCHEMA)
    promise = receipts.open_receipt(receipts.text(receipt), keys.receipt_verifier())
    assert (promise.id, promise.leaf.hex(), promise.received) == (receipt.id, receipt.leaf, receipt.received)
    assert queries.receipt(receipt.id) == replace(receipt, repeated=True)


def test_lateness_is_counted_in_local_days_from_the_end(draft: MakeDraft, clerk: Actor) -> None:
    now = engine.now()
    same_day = actions.record(draft(claimed_from=now, claimed_to=now), by=clerk, schema=SCHEMA)
    ago = now - timedelta(days=40)
    late = actions.record(draft(claimed_from=ago, claimed_to=ago), by=clerk, schema=SCHEMA)
    assert queries.fact(same_day.id).late_days == 0
    assert queries.fact(late.id).late_days == 40


def test_a_fact_belongs_to_the_local_day_of_its_start(draft: MakeDraft, clerk: Actor) -> None:
    evening = datetime(2025, 12, 31, 16, 5, tzinfo=UTC)  # 00:05 on New Year's Day in Shanghai
    receipt = actions.record(draft(claimed_from=evening, claimed_to=evening), by=clerk, schema=SCHEMA)
    assert queries.fact(receipt.id).day == date(2026, 1, 1)


def test_a_refusal_inside_a_transaction_leaves_the_rest_of_it_alone(draft: MakeDraft, clerk: Actor) -> None:
    with transaction.atomic():
        actions.record(draft(), by=clerk, schema=SCHEMA)
        with pytest.raises(Refused):
            actions.record(draft(body={"share": 0.5}), by=clerk, schema=SCHEMA)
        actions.record(draft(), by=clerk, schema=SCHEMA)
    assert queries.count(FactFilter()) == 2


def test_a_rolled_back_transaction_leaves_nothing_and_frees_the_request_key(draft: MakeDraft, clerk: Actor) -> None:
    said: Draft = draft()
    with transaction.atomic():
        actions.record(said, by=clerk, schema=SCHEMA)
        transaction.set_rollback(True)
    assert queries.count(FactFilter()) == 0
    assert not actions.record(said, by=clerk, schema=SCHEMA).repeated


WRITTEN_ONCE = ("ledger_idem", "ledger_entry", "ledger_tile", "ledger_head", "ledger_vault")


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_no_statement_deletes_or_edits_what_was_written(table: str, draft: MakeDraft, clerk: Actor) -> None:
    from gangmu.ledger import sequencer

    actions.record_many([draft(priv=(Sealed("note", "x"),)) for _ in range(256)], by=clerk, schema=SCHEMA)
    sequencer.run_until_empty()
    column = {"ledger_idem": "entry_id", "ledger_head": "note"}.get(table, "root" if table == "ledger_tile" else "")
    column = column or {"ledger_entry": "bytes", "ledger_vault": "ct"}[table]
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}"):
        with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
            engine.change(statement)
    assert engine.one(f"SELECT count(*) FROM {table}") != (0,)


@pytest.mark.sqlite  # the only engine that knows INSERT OR REPLACE
def test_insert_or_replace_cannot_rewrite_an_entry(draft: MakeDraft, clerk: Actor) -> None:
    from gangmu.ledger import sequencer

    actions.record(draft(), by=clerk, schema=SCHEMA)
    sequencer.run_until_empty()
    with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
        engine.change("INSERT OR REPLACE INTO ledger_entry (seq, leaf, bytes) VALUES (0, x'00', x'00')")


def test_an_unknown_fact_is_not_found(draft: MakeDraft) -> None:
    for ask in (queries.fact, queries.entry, queries.proof, queries.receipt):
        with pytest.raises(NotFound):
            ask("0" * 32)
