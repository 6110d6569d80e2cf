"""Closing a period: what was in the ledger before stays before, what comes after comes after, also in one millisecond."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connections, transaction

from gangmu.kernel.clock import from_stamp, stamp
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, queries, sequencer
from gangmu.ledger.facts import CLOSED, Closing, Draft, Fact, Receipt
from gangmu.ledger.rebuild import rebuild
from tests.ledger.conftest import SCHEMA, MakeDraft, stop_the_clock

MILLISECOND = timedelta(milliseconds=1)
QUARTER = Period(date(2025, 1, 1), date(2025, 3, 31))


def close(by: Actor, idem: str = "close", kinds: tuple[str, ...] = ()) -> Receipt:
    return actions.close_period(OrgId("branch-1"), QUARTER, kinds=kinds, by=by, schema=SCHEMA, idem=idem)


def facts_of(*receipts: Receipt) -> list[Fact]:
    return [queries.fact(receipt.id) for receipt in receipts]


@pytest.mark.django_db
def test_in_one_millisecond_what_follows_a_closing_still_arrives_after_it(
    draft: MakeDraft, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = from_stamp(stop_the_clock(monkeypatch))
    before = actions.record(draft(), by=clerk, schema=SCHEMA)
    closed = close(clerk)
    after, later = (actions.record(draft(), by=clerk, schema=SCHEMA) for _ in range(2))
    assert [(one.received - moment) / MILLISECOND for one in (before, closed, after, later)] == [0, 1, 2, 2]
    (closing,) = queries.closings()
    assert [closing.restates(fact) for fact in facts_of(before, after, later)] == [False, True, True]


@pytest.mark.django_db
def test_the_last_millisecond_of_a_year_is_followed_by_the_first_of_the_next(
    draft: MakeDraft, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_the_clock(monkeypatch, "2098-12-31T23:59:59.999Z")
    close(clerk)
    assert stamp(actions.record(draft(), by=clerk, schema=SCHEMA).received) == "2099-01-01T00:00:00.000Z"


@pytest.mark.django_db
def test_each_closing_of_several_in_one_millisecond_has_its_own_moment(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = from_stamp(stop_the_clock(monkeypatch))
    assert [(close(clerk, f"close-{number}").received - moment) / MILLISECOND for number in range(3)] == [0, 1, 2]


@pytest.mark.django_db
def test_a_closing_amid_a_batch_parts_it(draft: MakeDraft, clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = from_stamp(stop_the_clock(monkeypatch))
    body = {"from": "2025-01-01", "to": "2025-03-31", "kinds": []}
    batch = [draft(), draft(kind=CLOSED, body=body), draft(), draft()]
    receipts = actions.record_many(batch, by=clerk, schema=SCHEMA)
    assert [(one.received - moment) / MILLISECOND for one in receipts] == [0, 1, 2, 2]
    (closing,) = queries.closings()
    told = queries.facts_by_id([queries.recorded_under(clerk.account, one.idem) or "" for one in batch])  # type: ignore[misc]
    assert {fact.idem for fact in told if closing.restates(fact)} == {one.idem for one in batch[2:]}


@pytest.mark.django_db
def test_a_reversal_in_the_millisecond_of_a_closing_comes_after_it(
    draft: MakeDraft, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = actions.record(draft(), by=clerk, schema=SCHEMA)
    moment = from_stamp(stop_the_clock(monkeypatch))
    close(clerk)
    back = actions.reverse(told.id, reason="wrong", note="", by=clerk, schema=SCHEMA, idem="back")
    assert back.received == moment + MILLISECOND


@pytest.mark.django_db
def test_a_clock_that_is_set_back_does_not_bring_a_fact_before_the_closing(
    draft: MakeDraft, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = from_stamp(stop_the_clock(monkeypatch))
    close(clerk)
    stop_the_clock(monkeypatch, "2001-01-01T00:00:00.000Z")
    assert actions.record(draft(), by=clerk, schema=SCHEMA).received == moment + MILLISECOND


@pytest.mark.django_db
def test_the_order_of_the_tree_is_that_of_the_closing_and_a_replay_keeps_it(
    draft: MakeDraft, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_the_clock(monkeypatch)
    before = [actions.record(draft(), by=clerk, schema=SCHEMA) for _ in range(8)]
    closed = close(clerk)
    after = [actions.record(draft(), by=clerk, schema=SCHEMA) for _ in range(8)]
    sequencer.run_until_empty()
    numbers = {fact.id: fact.seq for fact in facts_of(*before, closed, *after)}
    assert numbers[closed.id] == 8  # ids are random, so only time can part them
    assert {numbers[one.id] for one in after} == set(range(9, 17))
    live = (queries.closings(), [queries.closings()[0].restates(fact) for fact in facts_of(*before, *after)])
    rebuild(check=False)
    replayed = (queries.closings(), [queries.closings()[0].restates(fact) for fact in facts_of(*before, *after)])
    assert replayed == live
    assert live[1] == [False] * 8 + [True] * 8


@pytest.mark.django_db
def test_a_closing_sent_again_keeps_its_moment(draft: MakeDraft, clerk: Actor) -> None:
    first = close(clerk)
    actions.record(draft(), by=clerk, schema=SCHEMA)
    again = close(clerk)
    assert (again.id, again.received, again.repeated) == (first.id, first.received, True)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"from": "2025-01-01"}, "no last day"),
        ({"from": "2025-03-31", "to": "2025-01-01"}, "ends before it starts"),
        ({"from": "2025-13-01", "to": "2025-12-31"}, "no such month"),
        ({"from": "2025-01-01", "to": "2025-03-31", "kinds": "activity.held"}, "kinds are no list"),
        ({"from": "2025-01-01", "to": "2025-03-31", "kinds": ["Not A Kind"]}, "no kind is written so"),
    ],
)
@pytest.mark.django_db
def test_a_closing_that_does_not_say_what_it_closes_is_refused(
    draft: MakeDraft, clerk: Actor, body: dict[str, object], fault: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.record(draft(kind=CLOSED, body=body), by=clerk, schema=SCHEMA)
    assert [problem.code for problem in refused.value.problems] == ["ledger.closing"], fault
    assert queries.closings() == ()


def told(draft: Draft, received: str, kind: str = "activity.held") -> Fact:
    return Fact("f" * 32, kind, SCHEMA, draft.org, None, "clerk", None, draft.claimed_from, draft.claimed_to,  # type: ignore[arg-type]
                from_stamp(received), {}, (), "told", (), None, "0" * 64, None)  # fmt: skip


NOON = "2025-04-02T04:00:00.000Z"


@pytest.mark.parametrize(
    ("received", "kind", "restates"),
    [
        ("2025-04-02T03:59:59.999Z", "activity.held", False),
        (NOON, "activity.held", False),
        ("2025-04-02T04:00:00.001Z", "activity.held", True),
        ("2025-04-02T04:00:00.001Z", "visit.paid", False),
    ],
)
def test_a_closing_of_named_kinds_is_restated_by_later_facts_of_these_alone(
    draft: MakeDraft, received: str, kind: str, restates: bool
) -> None:
    closing = Closing("c" * 32, OrgId("branch-1"), "clerk", ("activity.held",), QUARTER.start, QUARTER.end,  # type: ignore[arg-type]
                      from_stamp(NOON), None)  # fmt: skip
    assert closing.restates(told(draft(), received, kind)) is restates
    assert not replace(closing, reversed_by="d" * 32).restates(told(draft(), received, kind))  # type: ignore[arg-type]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_closing_waits_for_an_intake_under_way_and_the_next_intake_for_it(draft: MakeDraft, clerk: Actor) -> None:
    """So no fact that arrived before the closing becomes visible after it: a reported figure never moves."""
    found: list[Receipt] = []

    def close_now() -> None:
        try:
            found.append(close(clerk))
        finally:
            connections.close_all()

    closing = threading.Thread(target=close_now)
    with transaction.atomic():
        under_way = actions.record(draft(), by=clerk, schema=SCHEMA)
        closing.start()
        closing.join(0.5)
        assert found == []
    closing.join(20)
    (closed,) = found
    assert under_way.received <= closed.received
    assert closed.received < actions.record(draft(), by=clerk, schema=SCHEMA).received
