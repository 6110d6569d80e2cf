"""Projections: folded in the same transaction, the same whatever the order, and compared with the log."""

from collections.abc import Iterator, Sequence
from random import Random

import pytest
from django.db import transaction

from gangmu.kernel.problems import Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, commands, engine, index, projections, queries, relations, rules, sequencer
from gangmu.ledger.facts import REVERSE, Fact
from gangmu.ledger.projections import Projection, digest_of
from gangmu.ledger.queries import FactFilter
from gangmu.ledger.rebuild import rebuild
from tests.ledger.conftest import SCHEMA, MakeDraft

pytestmark = pytest.mark.django_db


class Tally:
    """A projection in memory: how many facts of a kind stand."""

    def __init__(self) -> None:
        self.seen: list[Fact] = []

    def fold(self, facts: Sequence[Fact]) -> None:
        self.seen += facts

    def projection(self, kinds: frozenset[str] | None) -> Projection:
        return Projection("tally", kinds, self.fold, self.seen.clear, lambda: digest_of([[len(self.seen)]]))


@pytest.fixture
def tally() -> Iterator[Tally]:
    before, tally = projections.installed(), Tally()
    projections.install([tally.projection(frozenset({"visit.paid"}))])
    yield tally
    projections.install(before)


def test_a_projection_sees_the_kinds_it_asks_for_and_their_reversals(
    tally: Tally, draft: MakeDraft, clerk: Actor
) -> None:
    visit = actions.record(draft(kind="visit.paid"), by=clerk, schema=SCHEMA)
    other = actions.record(draft(), by=clerk, schema=SCHEMA)
    for fact_id, idem in ((visit.id, "r1"), (other.id, "r2")):
        actions.reverse(fact_id, reason="mistake", note="", by=clerk, schema=SCHEMA, idem=idem)
    assert [(fact.kind, fact.ref("reverses")) for fact in tally.seen] == [("visit.paid", None), (REVERSE, visit.id)]


def test_a_projection_that_refuses_refuses_the_fact(draft: MakeDraft, clerk: Actor) -> None:
    def refuse(facts: Sequence[Fact]) -> None:
        raise Refused([rules.no_such_fact()])

    before = projections.installed()
    projections.install([Projection("refuser", None, refuse, lambda: None, lambda: "")])
    try:
        with pytest.raises(Refused), transaction.atomic():
            actions.record(draft(), by=clerk, schema=SCHEMA)
    finally:
        projections.install(before)
    assert queries.count(FactFilter()) == queries.waiting() == 0


def test_two_projections_of_one_name_are_refused() -> None:
    one = Tally().projection(None)
    with pytest.raises(ValueError, match="share a name"):
        projections.install([one, one])


def record_history(draft: MakeDraft, clerk: Actor) -> None:
    taken = actions.record_many([draft(about=f"p{n % 5}") for n in range(30)], by=clerk, schema=SCHEMA)
    sequencer.run_until_empty()
    for number in (3, 7):
        actions.reverse(taken[number].id, reason="mistake", note="", by=clerk, schema=SCHEMA, idem=f"r{number}")
    actions.record(
        draft(kind="period.closed", body={"from": "2025-01-01", "to": "2025-12-31"}), by=clerk, schema=SCHEMA
    )


def test_a_replay_of_the_log_gives_the_tables_as_they_stand(tally: Tally, draft: MakeDraft, clerk: Actor) -> None:
    record_history(draft, clerk)
    found = rebuild(check=True)
    assert [line.name for line in found] == ["ledger.facts", "ledger.closings", "tally"]
    assert not any(line.drift for line in found)


def test_drift_is_shown_by_check_and_mended_without_it(
    draft: MakeDraft, clerk: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    record_history(draft, clerk)
    engine.change("UPDATE ledger_fact SET org = 'elsewhere' WHERE idem = 'request-4'")
    assert commands.rebuild_projections(["--check"]) == commands.BROKEN
    assert "ledger.facts" in (said := capsys.readouterr().out)
    assert said.count("DRIFT") == 1
    assert engine.one("SELECT count(*) FROM ledger_fact WHERE org = 'elsewhere'") == (1,)
    assert commands.rebuild_projections([]) == commands.HOLDS
    assert engine.one("SELECT count(*) FROM ledger_fact WHERE org = 'elsewhere'") == (0,)
    assert commands.rebuild_projections(["--check"]) == commands.HOLDS


@pytest.mark.parametrize("seed", range(5))
def test_the_index_is_the_same_whatever_the_order_of_arrival(seed: int, draft: MakeDraft, clerk: Actor) -> None:
    record_history(draft, clerk)
    facts, before = list(queries.facts(FactFilter(), limit=100)), [own.digest() for own in index.OWN]
    reversed_before = {fact.id: fact.reversed_by for fact in facts}
    for own in index.OWN:
        own.empty()
    Random(seed).shuffle(facts)
    for fact in facts:
        projections.fold(index.OWN, [fact])
    assert [own.digest() for own in index.OWN] == before
    assert {fact.id: fact.reversed_by for fact in queries.facts(FactFilter(), limit=100)} == reversed_before


def test_the_mart_gets_numbered_facts_and_the_tail_with_reversals(draft: MakeDraft, clerk: Actor) -> None:
    record_history(draft, clerk)
    rows = relations.fact_rows(10, 20)
    assert rows.column("seq").to_pylist() == list(range(10, 20))
    assert rows.schema == relations.FACTS
    tail = relations.tail(28).to_pylist()
    assert [row["seq"] for row in tail] == [28, 29, None, None, None]
    reversals = [row for row in tail if row["reverses"]]
    assert {row["reversed_kind"] for row in reversals} == {"activity.held"}
    assert len(reversals) == 2
    first = rows.to_pylist()[0]
    fact = queries.fact(first["id"])
    assert (first["day"], first["org"], first["late_days"]) == (fact.day, fact.org, fact.late_days)
    assert first["body"] == '{"present":23,"type":"lecture"}'
