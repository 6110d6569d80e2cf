"""Finding facts: by organisation, kind, period, thing and actor; newest first, in pages."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, engine, queries, sequencer
from gangmu.ledger.queries import FactFilter
from tests.ledger.conftest import SCHEMA, MakeDraft

pytestmark = pytest.mark.django_db


def day(number: int) -> dict[str, datetime]:
    moment = datetime(2025, 3, number, 2, tzinfo=UTC)
    return {"claimed_from": moment, "claimed_to": moment}


def test_every_condition_of_a_filter_must_hold(draft: MakeDraft, clerk: Actor) -> None:
    wanted = actions.record(draft(org="b", kind="visit.paid", about="p", **day(5)), by=clerk, schema=SCHEMA)
    for other in (
        draft(org="a", kind="visit.paid", about="p", **day(5)),
        draft(org="b", kind="activity.held", about="p", **day(5)),
        draft(org="b", kind="visit.paid", about="q", **day(5)),
        draft(org="b", kind="visit.paid", about="p", **day(6)),
    ):
        actions.record(other, by=clerk, schema=SCHEMA)
    actions.record(draft(org="b", kind="visit.paid", about="p", **day(5)), by=Actor("other"), schema=SCHEMA)
    found = FactFilter(
        orgs=frozenset({OrgId("b"), OrgId("c")}),
        kinds=frozenset({"visit.paid"}),
        period=Period(date(2025, 3, 1), date(2025, 3, 5)),
        about="p",
        actor=clerk.account,
    )
    assert [fact.id for fact in queries.facts(found)] == [wanted.id]
    assert queries.count(found) == 1
    assert queries.count(FactFilter()) == 6


def test_the_newest_facts_are_looked_for_among_the_newest_of_all(draft: MakeDraft, clerk: Actor) -> None:
    taken = [actions.record(draft(org="ab"[number % 2]), by=clerk, schema=SCHEMA).id for number in range(8)]
    of_b = taken[1::2][::-1]
    found = queries.newest(lambda org: org == "b", 2, among=5)
    assert found is not None
    assert [fact.id for fact in found] == of_b[:2]
    assert queries.newest(lambda org: org == "b", 4, among=5) is None  # older ones may be there too
    every = queries.newest(lambda org: org == "b", 6, among=50)
    assert every is not None
    assert [fact.id for fact in every] == of_b  # there are no more
    assert queries.newest(lambda org: org == "nobody", 6, among=50) == ()


def test_no_organisation_at_all_finds_nothing(draft: MakeDraft, clerk: Actor) -> None:
    actions.record(draft(), by=clerk, schema=SCHEMA)
    assert queries.facts(FactFilter(orgs=frozenset())) == ()


def test_pages_follow_one_another_newest_first(draft: MakeDraft, clerk: Actor) -> None:
    taken = actions.record_many([draft() for _ in range(7)], by=clerk, schema=SCHEMA)
    pages = [queries.facts(FactFilter(), limit=3, offset=offset) for offset in (0, 3, 6)]
    assert [fact.id for page in pages for fact in page] == [item.id for item in reversed(taken)]


def test_a_period_takes_both_its_ends(draft: MakeDraft, clerk: Actor) -> None:
    actions.record_many([draft(**day(number)) for number in range(1, 10)], by=clerk, schema=SCHEMA)
    found = queries.facts(FactFilter(period=Period(date(2025, 3, 3), date(2025, 3, 5))))
    assert sorted(fact.day.day for fact in found) == [3, 4, 5]


def test_the_history_of_a_thing_runs_as_it_happened(draft: MakeDraft, clerk: Actor) -> None:
    late = actions.record(draft(about="case-1", kind="case.moved", **day(9)), by=clerk, schema=SCHEMA)
    early = actions.record(draft(about="case-1", kind="case.opened", **day(2)), by=clerk, schema=SCHEMA)
    actions.record(draft(about="case-2", **day(1)), by=clerk, schema=SCHEMA)
    actions.reverse(late.id, reason="mistake", note="", by=clerk, schema=SCHEMA, idem="r")
    history = queries.history(["case-1"])
    assert [fact.id for fact in history] == [early.id, late.id]
    assert [fact.reversed_by is None for fact in history] == [True, False]
    assert [fact.id for fact in queries.history(["case-1"], ["case.opened"])] == [early.id]


def test_a_fact_learns_its_number_from_the_tree(draft: MakeDraft, clerk: Actor) -> None:
    taken = actions.record_many([draft() for _ in range(3)], by=clerk, schema=SCHEMA)
    assert {fact.seq for fact in queries.facts(FactFilter())} == {None}
    assert queries.waiting() == 3
    sequencer.run_until_empty()
    assert sorted(fact.seq for fact in queries.facts_by_id([item.id for item in taken]) if fact.seq is not None) == [
        0,
        1,
        2,
    ]
    assert (queries.size(), queries.waiting()) == (3, 0)


def test_many_organisations_may_be_asked_for_at_once(draft: MakeDraft, clerk: Actor) -> None:
    actions.record(draft(org="unit-49999", **day(1)), by=clerk, schema=SCHEMA)
    many = frozenset(OrgId(f"unit-{number}") for number in range(50_000))
    assert queries.count(FactFilter(orgs=many)) == 1


def test_lateness_of_a_page_needs_no_second_look(draft: MakeDraft, clerk: Actor) -> None:
    moment = datetime.now(UTC) - timedelta(days=12)
    actions.record(draft(claimed_from=moment, claimed_to=moment), by=clerk, schema=SCHEMA)
    assert [fact.late_days for fact in queries.facts(FactFilter())] == [12]


@pytest.mark.postgres
def test_after_very_many_facts_the_server_plans_for_tables_as_full_as_they_are(draft: MakeDraft, clerk: Actor) -> None:
    actions.record_many([draft(idem=str(number)) for number in range(30)], by=clerk, schema=SCHEMA)
    engine.take_stock()
    believed = engine.one("SELECT reltuples::int FROM pg_class WHERE relname = 'ledger_fact'")
    assert believed == engine.one("SELECT count(*) FROM ledger_fact") == (30,)
