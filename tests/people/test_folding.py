"""What a fold is told about the things its facts touch: all that stands about them, in the order in which it happened."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from gangmu.kernel import clock
from gangmu.ledger import actions, queries
from gangmu.ledger.facts import Draft, Fact, Sealed
from gangmu.people.models import Person
from gangmu.people.projections import CLOSED, OPENED, PERSON, fold_persons, standing_facts
from gangmu.people.queries import SLOTS, known_persons, open_persons
from tests.orgs.cast import City
from tests.orgs.conftest import city

__all__ = ["city"]
WHO = "9" * 32


def told(city: City, name: str, days_ago: int, idem: str, about: str = WHO) -> Fact:
    """A fact about a person that says a name, dated some days ago."""
    moment = clock.now() - timedelta(days=days_ago)
    draft = Draft(PERSON, city["柳溪支部"], {}, moment, moment, idem, about=about, priv=(Sealed("name", name),))
    return queries.fact(actions.record(draft, by=city.clerk, schema="0" * 64).id)


def ids(facts: Sequence[Fact]) -> list[str]:
    return [fact.id for fact in facts]


def test_the_facts_of_a_new_thing_are_told_in_the_order_they_happened(city: City) -> None:
    late, early = told(city, "后", 1, "b"), told(city, "前", 9, "a")
    assert ids(standing_facts([late, early], (PERSON,))[WHO]) == [early.id, late.id]


def test_what_was_known_before_is_told_with_what_is_new(city: City) -> None:
    early, late = told(city, "前", 9, "a"), told(city, "后", 1, "b")
    assert ids(standing_facts([late], (PERSON,))[WHO]) == [early.id, late.id]


def test_what_was_taken_back_is_not_told_even_to_its_own_reversal(city: City) -> None:
    mistaken, kept = told(city, "错", 9, "a"), told(city, "对", 1, "b")
    back = actions.reverse(mistaken.id, reason="mistake", note="", by=city.clerk, schema="0" * 64, idem="back")
    assert ids(standing_facts([mistaken, kept, queries.fact(back.id)], (PERSON,))[WHO]) == [kept.id]
    assert ids(standing_facts([queries.fact(back.id)], (PERSON,))[WHO]) == [kept.id]


def test_a_thing_with_nothing_left_is_told_with_nothing(city: City) -> None:
    only = told(city, "错", 9, "a")
    back = actions.reverse(only.id, reason="mistake", note="", by=city.clerk, schema="0" * 64, idem="back")
    assert standing_facts([queries.fact(back.id)], (PERSON,)) == {WHO: []}
    assert known_persons([WHO]) == frozenset()  # type: ignore[list-item]


def test_facts_of_other_kinds_about_the_same_thing_are_left_out(city: City) -> None:
    fact = told(city, "周望", 3, "a", about=str(city.clerk_id))
    assert [one.kind for one in standing_facts([fact], (OPENED, CLOSED))[city.clerk_id]] == [OPENED]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_a_person_keeps_the_latest_of_each_slot_however_the_facts_arrive(city: City, at_once: int) -> None:
    facts = [told(city, name, days, name.encode().hex()) for name, days in (("乙", 2), ("丙", 1), ("甲", 3))]
    Person.objects.all().delete()
    for start in range(0, len(facts), at_once):
        fold_persons(facts[start : start + at_once])
    assert open_persons([WHO]) == {WHO: {"name": "丙"}}  # type: ignore[list-item]


def test_nothing_that_is_kept_of_a_person_lies_open_in_a_table(city: City) -> None:
    person = city.person("林晓禾")
    row = Person.objects.get(person=person)
    assert set(row.slots) <= set(SLOTS)
    assert all(queries.fact(fact).about == person for fact in row.slots.values())
    assert open_persons([person])[person]["name"] == "林晓禾"
