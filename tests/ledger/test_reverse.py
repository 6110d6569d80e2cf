"""Corrections are new facts: reverse, restate, and periods that were closed."""

from datetime import date, timedelta

import pytest

from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, queries
from gangmu.ledger.facts import REVERSE
from gangmu.ledger.queries import FactFilter
from tests.ledger.conftest import SCHEMA, MakeDraft

pytestmark = pytest.mark.django_db
MARCH = Period.of_month(2025, 3)


def reverse(fact_id: FactId, clerk: Actor, idem: str = "take-back", reason: str = "duplicate") -> FactId:
    return actions.reverse(fact_id, reason=reason, note="记重了", by=clerk, schema=SCHEMA, idem=idem).id


def test_a_reversed_fact_stays_and_says_by_what(draft: MakeDraft, clerk: Actor) -> None:
    wrong = actions.record(draft(about="case-1"), by=clerk, schema=SCHEMA)
    taken_back = reverse(wrong.id, clerk)
    assert queries.fact(wrong.id).reversed_by == taken_back
    reversal = queries.fact(taken_back)
    assert (reversal.kind, reversal.ref("reverses"), reversal.about) == (REVERSE, wrong.id, "case-1")
    assert reversal.body == {"reason": "duplicate", "reversed_kind": "activity.held"}
    assert [item.text for item in queries.open_slots([taken_back], ["note"])] == ["记重了"]
    assert queries.facts(FactFilter(kinds=frozenset({"activity.held"}), with_reversed=False)) == ()


def test_a_fact_is_reversed_at_most_once(draft: MakeDraft, clerk: Actor) -> None:
    wrong = actions.record(draft(), by=clerk, schema=SCHEMA)
    reverse(wrong.id, clerk)
    with pytest.raises(Refused) as refused:
        reverse(wrong.id, clerk, idem="another")
    assert [problem.code for problem in refused.value.problems] == ["ledger.reversed_already"]


def test_the_database_itself_refuses_a_second_reversal(
    draft: MakeDraft, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = actions.record(draft(), by=clerk, schema=SCHEMA)
    reverse(wrong.id, clerk)
    monkeypatch.setattr(actions.rules, "may_reverse", lambda fact: [])  # as if both had looked at the same moment
    with pytest.raises(Refused) as refused:
        reverse(wrong.id, clerk, idem="another")
    assert [problem.code for problem in refused.value.problems] == ["ledger.reversed_already"]
    assert queries.count(FactFilter(kinds=frozenset({REVERSE}))) == 1


def test_a_reversal_is_never_reversed(draft: MakeDraft, clerk: Actor) -> None:
    wrong = actions.record(draft(), by=clerk, schema=SCHEMA)
    with pytest.raises(Refused) as refused:
        reverse(reverse(wrong.id, clerk), clerk, idem="again")
    assert [problem.code for problem in refused.value.problems] == ["ledger.reverse_reversal"]


def test_reversing_twice_under_one_request_key_is_once(draft: MakeDraft, clerk: Actor) -> None:
    wrong = actions.record(draft(), by=clerk, schema=SCHEMA)
    assert reverse(wrong.id, clerk) == reverse(wrong.id, clerk)


def test_a_reason_and_an_existing_fact_are_needed(draft: MakeDraft, clerk: Actor) -> None:
    wrong = actions.record(draft(), by=clerk, schema=SCHEMA)
    with pytest.raises(Refused, match="原因"):
        reverse(wrong.id, clerk, reason="")
    with pytest.raises(NotFound):
        reverse(FactId("0" * 32), clerk)


def test_restating_takes_back_and_records_anew_in_one_step(draft: MakeDraft, clerk: Actor) -> None:
    wrong = actions.record(draft(body={"present": 23}), by=clerk, schema=SCHEMA)
    right = actions.restate(
        wrong.id, draft(body={"present": 32}), reason="typing_error", note="", by=clerk, schema=SCHEMA
    )
    assert queries.fact(wrong.id).reversed_by is not None
    assert queries.fact(right.id).ref("restates") == wrong.id
    standing = queries.facts(FactFilter(kinds=frozenset({"activity.held"}), with_reversed=False))
    assert [fact.body for fact in standing] == [{"present": 32}]


def test_a_restatement_sent_twice_is_once(draft: MakeDraft, clerk: Actor) -> None:
    wrong = actions.record(draft(), by=clerk, schema=SCHEMA)
    said = draft(body={"present": 32})
    first, again = (
        actions.restate(wrong.id, said, reason="typing_error", note="看错行", by=clerk, schema=SCHEMA) for _ in range(2)
    )
    assert (first.id, first.repeated, again.repeated) == (again.id, False, True)
    assert queries.count(FactFilter()) == 3


def test_a_restatement_that_is_refused_takes_nothing_back(draft: MakeDraft, clerk: Actor) -> None:
    wrong = actions.record(draft(), by=clerk, schema=SCHEMA)
    with pytest.raises(Refused):
        actions.restate(wrong.id, draft(body={"share": 0.5}), reason="typing_error", note="", by=clerk, schema=SCHEMA)
    assert queries.fact(wrong.id).reversed_by is None


def test_a_fact_that_comes_after_a_closing_is_restated_and_one_before_is_not(draft: MakeDraft, clerk: Actor) -> None:
    before = actions.record(draft(), by=clerk, schema=SCHEMA)
    actions.close_period(OrgId("branch-1"), MARCH, kinds=["activity.held"], by=clerk, schema=SCHEMA, idem="close")
    (closing,) = queries.closings([OrgId("branch-1")])
    assert (closing.start, closing.end, closing.kinds) == (date(2025, 3, 1), date(2025, 3, 31), ("activity.held",))
    fact = queries.fact(before.id)
    later = closing.received + timedelta(seconds=1)
    assert not closing.restates(fact)
    assert closing.restates(_at(fact, later))
    assert not closing.restates(_at(fact, later, kind="visit.paid"))
    assert not closing.restates(_at(fact, later, day=fact.claimed_from + timedelta(days=40)))


def test_a_closing_without_kinds_closes_all_of_them_and_can_be_taken_back(draft: MakeDraft, clerk: Actor) -> None:
    closed = actions.close_period(OrgId("branch-1"), MARCH, kinds=[], by=clerk, schema=SCHEMA, idem="close")
    fact = queries.fact(actions.record(draft(kind="visit.paid"), by=clerk, schema=SCHEMA).id)
    (closing,) = queries.closings()
    assert closing.restates(_at(fact, closing.received + timedelta(seconds=1)))
    reverse(closed.id, clerk)
    (closing,) = queries.closings()
    assert not closing.restates(_at(fact, closing.received + timedelta(seconds=1)))
    assert queries.closings([OrgId("branch-2")]) == ()


def _at(fact, received, *, kind=None, day=None):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(fact, received=received, kind=kind or fact.kind, claimed_from=day or fact.claimed_from)
