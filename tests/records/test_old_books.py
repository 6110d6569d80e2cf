"""What was kept before the ledger began is brought in as what it is; nothing since can hide behind that reason."""

from datetime import date, timedelta

import pytest

from gangmu.kernel import clock
from gangmu.kernel.problems import Refused
from gangmu.ledger import queries as ledger
from gangmu.records import actions
from tests.orgs.cast import City

HELD = {"tags": ["lecture"], "present": 12}


def recorded(city: City, day: date, reason: str) -> str:
    found = actions.record_fact("activity.held", city["柳溪支部"], body={**HELD, "late_reason": reason}, on=day,
                                by=city.clerk, idem=f"{day}/{reason}")  # fmt: skip
    return found.id


def test_the_ledger_knows_the_day_on_which_it_began(city: City) -> None:
    assert ledger.began() == clock.today()


@pytest.mark.django_db
def test_an_empty_ledger_begins_today() -> None:
    assert ledger.began() == clock.today()


def test_what_happened_before_comes_out_of_old_books(city: City) -> None:
    fact = ledger.fact(recorded(city, ledger.began() - timedelta(days=200), "batch"))
    assert fact.body["late_reason"] == "batch"


def test_what_happened_since_does_not(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        recorded(city, ledger.began(), "batch")
    (problem,) = refusal.value.problems
    assert (problem.code, problem.where) == ("records.not_old_books", "late_reason")
    assert str(ledger.began()) in problem.message
    assert str(ledger.began()) in problem.message_en


def test_an_old_day_may_still_be_a_late_record_with_its_reason(city: City) -> None:
    fact = ledger.fact(recorded(city, ledger.began() - timedelta(days=200), "found_later"))
    assert fact.body["late_reason"] == "found_later"


def test_a_fact_of_the_graph_says_by_itself_that_it_is_old(city: City) -> None:
    founded = ledger.history([city["柳溪支部"]], ["unit.founded"])
    assert [fact.body["late_reason"] for fact in founded] == ["batch"]
