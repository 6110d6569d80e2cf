"""records.actions: reverse_fact, restate_fact, close_period; each records, refuses and says why, keeps to scope."""

from datetime import date, timedelta

import pytest

from gangmu.kernel import clock
from gangmu.kernel.ids import FactId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import queries as ledger
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission
from gangmu.records import actions, queries
from tests.orgs.cast import City

MEETING = {"tags": ["members_meeting"], "present": 12}


def held(city: City, idem: str = "m") -> FactId:
    return actions.record_fact(
        "activity.held", city["柳溪支部"], body=MEETING, on=clock.today(), by=city.clerk, idem=idem
    ).id


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


def test_a_reversed_fact_stays_and_says_so(city: City) -> None:
    fact = held(city)
    receipt = actions.reverse_fact(fact, reason="mistake", note="人数看错", by=city.clerk, idem="r")
    assert ledger.fact(fact).reversed_by == receipt.id
    assert "人数看错" not in ledger.entry(receipt.id).decode()


def test_reversing_twice_is_once_and_a_second_reversal_is_refused(city: City) -> None:
    fact = held(city)
    first = actions.reverse_fact(fact, reason="mistake", note="", by=city.clerk, idem="r")
    assert actions.reverse_fact(fact, reason="mistake", note="", by=city.clerk, idem="r").id == first.id
    with pytest.raises(Refused):
        actions.reverse_fact(fact, reason="mistake", note="", by=city.clerk, idem="r2")


def test_facts_of_others_are_as_good_as_unknown(city: City) -> None:
    """Word for word: nothing in the answer tells a hidden fact from one that does not exist."""
    fact, west = held(city), city.account("west", "party_clerk", "西镇")
    answers = []
    for wanted in (fact, FactId("f" * 32)):
        for deed in (
            lambda one: actions.reverse_fact(one, reason="mistake", note="", by=west, idem="r"),
            lambda one: actions.restate_fact(one, city["荷塘支部"], body=MEETING, on=clock.today(), reason="mistake",
                                             note="", by=west, idem="s"),
            lambda one: queries.seen(west, Permission.SEE_FACTS, one),
        ):  # fmt: skip
            with pytest.raises(NotFound) as unknown:
                deed(wanted)
            answers.append(unknown.value.problems)
    assert all(answer == answers[0] for answer in answers)
    assert queries.seen(city.clerk, Permission.SEE_FACTS, fact).id == fact


def test_those_who_only_read_take_nothing_back(city: City) -> None:
    fact, leader = held(city), city.account("lead", "leader", "东镇")
    with pytest.raises(Refused) as refusal:
        actions.reverse_fact(fact, reason="mistake", note="", by=leader, idem="r")
    assert codes(refusal) == {"orgs.not_allowed"}


def test_the_founding_of_a_unit_is_not_taken_back(city: City) -> None:
    (founding,) = ledger.history([city["柳溪支部"]])
    with pytest.raises(Refused) as refusal:
        actions.reverse_fact(founding.id, reason="mistake", note="", by=city.clerk, idem="r")
    assert codes(refusal) == {"records.kept"}
    assert orgs.unit(city.clerk.scope, city["柳溪支部"]).alive


def restate(city: City, fact: FactId, **changed: object) -> FactId:
    said = {"body": MEETING | {"present": 23}, "on": clock.today(), "reason": "mistake", "note": "", "by": city.clerk,
            "idem": "s"} | changed  # fmt: skip
    return actions.restate_fact(fact, city["柳溪支部"], **said).id  # type: ignore[arg-type]


def test_a_restated_fact_stands_in_the_place_of_the_first(city: City) -> None:
    first = held(city)
    second = restate(city, first)
    assert ledger.fact(first).reversed_by is not None
    assert (ledger.fact(second).ref("restates"), ledger.fact(second).body["present"]) == (first, 23)
    assert restate(city, first) == second


def test_a_restatement_is_checked_like_a_record_and_changes_nothing_when_refused(city: City) -> None:
    first = held(city)
    for changed, code in (
        ({"on": date(2100, 1, 1)}, "records.future"),
        ({"body": {"present": 3}}, "body.tag_one"),
        ({"on": clock.today() - timedelta(days=90)}, "records.late"),
    ):
        with pytest.raises(Refused) as refusal:
            restate(city, first, **changed)
        assert code in codes(refusal)
    assert ledger.fact(first).reversed_by is None


def test_the_opening_of_a_matter_may_be_restated(city: City) -> None:
    opened = actions.record_fact("matter.opened", city["柳溪村"], body={"tags": ["request"]}, on=clock.today(),
                                 by=city.clerk, idem="o")  # fmt: skip
    again = actions.restate_fact(opened.id, city["柳溪村"], body={"tags": ["request"], "households": 3}, on=clock.today(),
                                 reason="mistake", note="", by=city.clerk, idem="s")  # fmt: skip
    assert ledger.fact(again.id).about == ledger.fact(opened.id).about


def test_the_latest_records_come_first_and_stay_inside_the_scope(city: City) -> None:
    facts = [held(city, f"m{number}") for number in range(3)]
    shown = [fact.id for fact in queries.latest(city.clerk.scope, city["东镇"], kinds=frozenset({"activity.held"}))]
    assert shown == facts[::-1]
    assert [fact.id for fact in queries.mine(city.clerk, limit=2)] == facts[:0:-1]
    west = city.account("west", "party_clerk", "西镇")
    assert all(fact.org != city["柳溪支部"] for fact in queries.latest(west.scope))
    with pytest.raises(NotFound):
        queries.latest(west.scope, city["东镇"])


LAST_YEAR = Period.of_year(clock.today().year - 1)


def test_a_period_is_closed_by_those_who_may(city: City) -> None:
    receipt = actions.close_period(city["东镇"], LAST_YEAR, by=city.clerk, idem="c")
    assert ledger.fact(receipt.id).kind == "period.closed"
    secretary = city.account("sec", "branch_secretary", "东镇")
    with pytest.raises(Refused) as refusal:
        actions.close_period(city["东镇"], LAST_YEAR, by=secretary, idem="c")
    assert codes(refusal) == {"orgs.not_allowed"}


def test_a_period_that_is_not_over_or_kinds_that_do_not_exist_are_refused(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        actions.close_period(city["东镇"], Period.of_year(clock.today().year), kinds=["moon"], by=city.clerk, idem="c")
    assert codes(refusal) == {"records.not_over", "records.unknown_kind"}
