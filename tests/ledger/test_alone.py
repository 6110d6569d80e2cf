"""One fact by itself, the shortest way in: the same rows as the ordinary way, or none at all."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connections, transaction

from gangmu.kernel.clock import from_stamp
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, alone, engine, intake, projections, queries, sequencer
from gangmu.ledger.facts import CLOSED, REVERSE, Draft, Receipt, Ref, Sealed, Standing
from gangmu.ledger.projections import Projection
from gangmu.ledger.rebuild import rebuild
from gangmu.ledger.tree import leaf_hash
from gangmu.ledger.verify_log import verify_log
from tests.ledger.conftest import SCHEMA, MakeDraft, stop_the_clock

HOLDS = alone.ALWAYS
HOLDS_NOT: Standing = ("%s = %s", ("graph then", "graph now"))
TABLES = ("ledger_idem", "ledger_intake", "ledger_vault", "ledger_fact")
MILLISECOND = timedelta(milliseconds=1)
TWO = (Sealed("minutes", "谈了修路"), Sealed("guest", "江一川", subject="person-9"))


def alone_recorded(made: Draft, by: Actor, standing: Standing = HOLDS) -> Receipt | None:
    return actions.record_alone(actions.prepare([made], by=by, schema=SCHEMA), standing)


def recorded(made: Draft, by: Actor) -> Receipt:
    receipt = alone_recorded(made, by)
    assert receipt is not None
    return receipt


def row_counts() -> list[int]:
    return [engine.rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]


@pytest.mark.django_db
@pytest.mark.parametrize("priv", [(), TWO[:1], TWO], ids=["nothing sealed", "one slot", "two slots"])
def test_it_leaves_the_rows_that_the_ordinary_way_leaves(
    priv: tuple[Sealed, ...], draft: MakeDraft, clerk: Actor
) -> None:
    made = partial(draft, about="person-1", priv=priv, body={"note": "第一次，“议”了\\事", "present": 23})
    ordinary = queries.fact(actions.record(made(), by=clerk, schema=SCHEMA).id)
    receipt = recorded(made(), clerk)
    told = queries.fact(receipt.id)
    assert replace(ordinary, id=told.id, idem=told.idem, received=told.received, leaf=told.leaf) == told
    assert (receipt.leaf, receipt.received, receipt.repeated) == (told.leaf, told.received, False)
    assert row_counts() == [2, 2, 2 * len(priv), 2]


@pytest.mark.django_db
def test_its_leaf_is_that_of_its_bytes_and_its_moment_stands_in_them(draft: MakeDraft, clerk: Actor) -> None:
    receipt = recorded(draft(priv=TWO), clerk)
    ((leaf, entry, received),) = engine.rows("SELECT leaf, bytes, received FROM ledger_intake")
    assert leaf_hash(bytes(entry)) == bytes(leaf) == bytes.fromhex(receipt.leaf)
    assert f'"received":"{received}"'.encode() in bytes(entry)
    assert from_stamp(received) == receipt.received


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, 1, 400])
def test_the_log_verifies_and_its_index_is_what_a_rebuild_makes(days: int, draft: MakeDraft, clerk: Actor) -> None:
    """Lateness too, which PostgreSQL counts itself: local days, also across midnight, never less than none."""
    moment = engine.now() - timedelta(days=days)
    for hours in (0, 5, 10, 15, 20):
        ended = moment + timedelta(hours=hours)
        recorded(draft(claimed_from=moment, claimed_to=ended, priv=TWO), clerk)
    sequencer.run_until_empty()
    found = verify_log()
    assert (found.entries, found.problems) == (5, ())
    assert not [one.name for one in rebuild(check=True) if one.drift]


@pytest.mark.django_db
def test_its_sealed_values_open(draft: MakeDraft, clerk: Actor) -> None:
    told = queries.fact(recorded(draft(priv=TWO), clerk).id)
    opened = queries.open_slots([told.id], ["minutes", "guest"])
    assert {(one.slot, one.text) for one in opened} == {("minutes", "谈了修路"), ("guest", "江一川")}


@pytest.mark.django_db
def test_where_what_was_asked_no_longer_stands_nothing_is_written(draft: MakeDraft, clerk: Actor) -> None:
    assert alone_recorded(draft(priv=TWO), clerk, HOLDS_NOT) is None
    assert row_counts() == [0, 0, 0, 0]


@pytest.mark.django_db
def test_under_a_key_that_is_taken_nothing_is_written(draft: MakeDraft, clerk: Actor) -> None:
    made = draft(priv=TWO)
    first = recorded(made, clerk)
    assert alone_recorded(made, clerk) is None
    assert row_counts() == [1, 1, 2, 1]
    assert actions.record(made, by=clerk, schema=SCHEMA).id == first.id


@pytest.fixture
def folds_visits() -> Iterator[None]:
    before = projections.installed()
    nothing = Projection("nothing", frozenset({"visit.paid"}), lambda facts: None, lambda: None, lambda: "")
    projections.install([nothing])
    yield
    projections.install(before)


@pytest.mark.django_db
def test_a_fact_on_which_more_hangs_does_not_go_this_way(folds_visits: None, draft: MakeDraft, clerk: Actor) -> None:
    first = recorded(draft(), clerk)
    closes = {"from": "2025-01-01", "to": "2025-03-31", "kinds": []}
    assert alone_recorded(draft(refs=(Ref("answers", first.id),)), clerk) is None
    assert alone_recorded(draft(kind=CLOSED, body=closes), clerk) is None
    assert alone_recorded(draft(kind="visit.paid"), clerk) is None
    assert not alone.fits(draft(kind=REVERSE))
    assert actions.record_alone(actions.prepare([draft(), draft()], by=clerk, schema=SCHEMA), HOLDS) is None
    assert row_counts() == [1, 1, 0, 1]


@pytest.mark.django_db
def test_once_a_read_table_folds_its_kind_it_goes_the_ordinary_way(draft: MakeDraft, clerk: Actor) -> None:
    assert alone_recorded(draft(kind="visit.paid"), clerk)
    before = projections.installed()
    projections.install([Projection("any", None, lambda facts: None, lambda: None, lambda: "")])
    try:
        assert alone_recorded(draft(kind="visit.paid"), clerk) is None
    finally:
        projections.install(before)
    assert alone_recorded(draft(kind="visit.paid"), clerk)


@pytest.mark.django_db
def test_what_the_ledger_refuses_is_not_recorded_this_way_either(draft: MakeDraft, clerk: Actor) -> None:
    assert alone_recorded(draft(idem=""), clerk) is None
    assert alone_recorded(draft(body={"present": 1.5}), clerk) is None
    assert row_counts() == [0, 0, 0, 0]


@pytest.mark.django_db
def test_a_clock_that_went_back_dates_nothing_before_what_came_earlier(
    draft: MakeDraft, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = from_stamp(stop_the_clock(monkeypatch))
    first = recorded(draft(), clerk)
    stop_the_clock(monkeypatch, "2098-01-01T00:00:00.000Z")
    second = recorded(draft(), clerk)
    assert (first.received, second.received) == (moment, moment)


@pytest.mark.django_db
def test_what_follows_a_closing_arrives_after_it_also_this_way(
    draft: MakeDraft, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_the_clock(monkeypatch)
    quarter = Period(date(2025, 1, 1), date(2025, 3, 31))
    closed = actions.close_period(OrgId("branch-1"), quarter, kinds=(), by=clerk, schema=SCHEMA, idem="close")
    assert recorded(draft(), clerk).received - closed.received == MILLISECOND


@pytest.mark.django_db(transaction=True)
def test_it_is_durable_when_it_returns_and_the_next_writer_may_go_on(draft: MakeDraft, clerk: Actor) -> None:
    recorded(draft(priv=TWO), clerk)
    seen: list[list[int]] = []

    def another() -> None:
        recorded(draft(), clerk)
        seen.append(row_counts())
        connections.close_all()

    thread = threading.Thread(target=another)
    thread.start()
    thread.join(20)
    assert seen == [[2, 2, 2, 2]]


@pytest.mark.django_db(transaction=True)
def test_what_fails_half_way_leaves_nothing_and_keeps_nobody_waiting(draft: MakeDraft, clerk: Actor) -> None:
    first = recorded(draft(), clerk)
    twin = draft(fact_id=FactId(first.id), priv=TWO)
    with pytest.raises(IntegrityError):
        alone_recorded(twin, clerk)
    assert row_counts() == [1, 1, 0, 1]
    assert recorded(draft(priv=TWO), clerk).id != first.id


@pytest.mark.django_db(transaction=True)
def test_in_a_transaction_of_the_callers_it_ends_with_that(draft: MakeDraft, clerk: Actor) -> None:
    with transaction.atomic():
        recorded(draft(priv=TWO), clerk)
        transaction.set_rollback(True)
    assert row_counts() == [0, 0, 0, 0]


@pytest.mark.django_db(transaction=True)
def test_one_request_from_many_hands_is_taken_in_once(draft: MakeDraft, clerk: Actor) -> None:
    ready = actions.prepare([draft(priv=TWO)], by=clerk, schema=SCHEMA)
    start, found = threading.Barrier(4), list[Receipt | None]()

    def one() -> None:
        start.wait()
        found.append(actions.record_alone(ready, HOLDS))
        connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(receipt is not None for receipt in found) == 1
    assert len(found) == 4
    assert row_counts() == [1, 1, 2, 1]


@pytest.mark.django_db
def test_a_row_of_the_vault_is_told_in_the_order_of_its_columns(draft: MakeDraft, clerk: Actor) -> None:
    prepared = actions.prepare([draft(priv=TWO)], by=clerk, schema=SCHEMA)
    ready = prepared.ready[prepared.drafts[0].idem]
    assert actions.record_alone(prepared, HOLDS)
    rows = engine.rows("SELECT subject, slot, version, salt, ct FROM ledger_vault ORDER BY slot DESC")
    assert [(*row[:3], bytes(row[3]), bytes(row[4])) for row in rows] == [intake.vault_row(one) for one in ready.sealed]
