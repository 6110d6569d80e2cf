"""Read tables written anew: exactly the rows of the things named, whatever stood there before and however many."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from gangmu.kernel.scope import Actor
from gangmu.ledger import actions, queries
from gangmu.ledger.read_tables import write_anew
from gangmu.orgs.models import Holding, Relation, Stage
from gangmu.people.models import Person
from tests.ledger.conftest import SCHEMA, MakeDraft

pytestmark = pytest.mark.django_db
SPRING, AUTUMN = date(2025, 3, 1), date(2025, 9, 1)


def stage(membership: str, word: str, since: date = SPRING) -> dict[str, Any]:
    return dict(membership=membership, org="b1", person="p1", stage=word, valid_from=since, valid_to=date.max)


def stages() -> set[tuple[str, str, date, date]]:
    return set(Stage.objects.values_list("membership", "stage", "valid_from", "valid_to"))


def test_rows_of_the_things_named_are_replaced_and_those_of_others_stay() -> None:
    write_anew(Stage, "membership", ["m1", "m2"], [stage("m1", "applicant"), stage("m2", "full")])
    write_anew(Stage, "membership", ["m1"], [stage("m1", "activist", AUTUMN)])
    assert stages() == {("m1", "activist", AUTUMN, date.max), ("m2", "full", SPRING, date.max)}


def test_a_thing_of_which_nothing_is_left_has_no_row() -> None:
    write_anew(Stage, "membership", ["m1"], [stage("m1", "applicant"), stage("m1", "activist", AUTUMN)])
    write_anew(Stage, "membership", ["m1"], [])
    assert stages() == set()


def test_thousands_are_written_at_once() -> None:
    many = [f"m{number}" for number in range(12_000)]
    write_anew(Stage, "membership", many, [stage(one, "full") for one in many])
    write_anew(Stage, "membership", many[:11_999], [])
    assert {row[0] for row in stages()} == {"m11999"}


def test_a_column_that_the_engine_has_a_word_for_is_written_all_the_same() -> None:
    tie = dict(id="r1", kind="grid", leading="a", other="b", ending="", valid_from=SPRING, valid_to=AUTUMN)
    write_anew(Relation, "leading", ["a"], [tie])
    assert Relation.objects.get(leading="a").valid_to == AUTUMN


def test_what_is_kept_as_json_reads_back_as_it_was() -> None:
    slots = {"name": "0" * 32, "contact": "1" * 32}
    write_anew(Person, "person", ["p1"], [dict(person="p1", slots=slots)])
    assert Person.objects.get(person="p1").slots == slots


def test_two_rows_for_one_thing_that_has_one_are_refused_and_nothing_is_written() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        write_anew(Person, "person", ["p1"], [dict(person="p1", slots={}), dict(person="p1", slots={})])
    assert not Person.objects.exists()


def test_a_day_that_is_not_set_stays_unset() -> None:
    held = dict(id="h1", post="p", org="o", person="x", term_ends_on=None, origin="elected", ending="",
                valid_from=SPRING, valid_to=date.max)  # fmt: skip
    write_anew(Holding, "id", ["h1"], [held])
    assert Holding.objects.get(id="h1").term_ends_on is None


def test_a_row_that_leaves_a_field_out_is_a_fault_that_shows() -> None:
    with pytest.raises(KeyError, match="stage"):
        write_anew(Stage, "membership", ["m1"], [{"membership": "m1", "org": "b1", "person": "p1",
                                                  "valid_from": SPRING, "valid_to": AUTUMN}])  # fmt: skip


def test_the_facts_about_a_thing_are_counted_with_their_reversals(draft: MakeDraft, clerk: Actor) -> None:
    first = actions.record(draft(about="case-1"), by=clerk, schema=SCHEMA)
    actions.record(draft(about="case-1"), by=clerk, schema=SCHEMA)
    actions.record(draft(about="case-2"), by=clerk, schema=SCHEMA)
    actions.record(draft(), by=clerk, schema=SCHEMA)
    actions.reverse(first.id, reason="mistake", note="", by=clerk, schema=SCHEMA, idem="back")
    assert queries.counts_about(["case-1", "case-2", "case-3"]) == {"case-1": 3, "case-2": 1}
