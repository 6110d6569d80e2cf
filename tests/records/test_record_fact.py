"""records.actions.record_fact and record_many: record, refuse and say why, keep to scope, twice is once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Receipt
from gangmu.orgs import actions as orgs
from gangmu.orgs import trees
from gangmu.orgs.queries import tree
from gangmu.records import actions, queries
from gangmu.records.entries import Entry
from tests.orgs.cast import City

MEETING = {"tags": ["members_meeting"], "present": 12}


def today() -> date:
    return clock.today()


def held(city: City, **changed: Any) -> Receipt:
    said = {
        "kind": "activity.held",
        "org": city["柳溪支部"],
        "body": MEETING,
        "on": today(),
        "by": city.clerk,
        "idem": "m1",
    }
    return actions.record_fact(**{**said, **changed})


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


def test_a_meeting_is_recorded_with_who_when_and_where(city: City) -> None:
    fact = ledger.fact(held(city).id)
    assert (fact.kind, fact.org, fact.day, fact.actor) == ("activity.held", city["柳溪支部"], today(), city.clerk_id)
    assert fact.body == MEETING


def test_twice_is_once(city: City) -> None:
    first, second = held(city), held(city)
    assert (first.id, first.repeated, second.repeated) == (second.id, False, True)
    assert len(queries.latest(city.clerk.scope, city["柳溪支部"], kinds=frozenset({"activity.held"}))) == 1


def test_one_request_key_for_two_different_records_is_refused(city: City) -> None:
    held(city)
    with pytest.raises(Refused):
        held(city, body=MEETING | {"present": 13})


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"on": date(2100, 1, 1)}, "records.future"),
        ({"on": date(1949, 1, 1)}, "records.no_unit_then"),
        ({"on": date(1921, 6, 30)}, "records.not_in_force"),
        ({"on": date(2020, 1, 1)}, "records.late"),
        ({"body": {"present": 3}}, "body.tag_one"),
        ({"body": MEETING | {"colour": "red"}}, "body.unknown"),
        ({"body": MEETING | {"present": "many"}}, "body.int"),
        ({"kind": "activity.dreamt"}, "people.unknown_kind"),
        ({"kind": "unit.renamed", "body": {"name": "新名"}}, "records.own_action"),
        ({"kind": "matter.closed", "body": {"outcome": "solved"}}, "records.no_thing"),
        ({"kind": "matter.closed", "body": {"outcome": "solved"}, "about": "e" * 32}, "records.no_thing"),
        ({"about": "wangfang"}, "records.about_no_id"),
        ({"about": "e" * 31}, "records.about_no_id"),
        ({"about": "E" * 32}, "records.about_no_id"),
        ({"kind": "honour.granted", "about": "e" * 32}, "records.no_thing"),
    ],
)
def test_it_refuses_and_says_why(city: City, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        held(city, **changed)
    assert code in codes(refusal)
    assert all(problem.message and problem.message_en and problem.where for problem in refusal.value.problems)
    assert queries.latest(city.clerk.scope, kinds=frozenset({"activity.held"})) == ()


def test_who_was_visited_is_told_by_an_id_that_nobody_need_have_opened(city: City) -> None:
    assert ledger.fact(held(city, about="e" * 32).id).about == "e" * 32


def test_an_honour_is_granted_to_a_unit_on_record(city: City) -> None:
    stars: dict[str, Any] = {"kind": "honour.granted", "body": {"tags": ["star_rating"], "stars": 4}}
    with pytest.raises(Refused) as refusal:
        held(city, about="e" * 32, **stars)
    assert [(problem.code, problem.where) for problem in refusal.value.problems] == [("records.no_thing", "about")]
    assert ledger.fact(held(city, about=city["石桥支部"], **stars).id).about == city["石桥支部"]


def test_what_the_form_could_not_read_is_said_with_the_rest(city: City) -> None:
    from gangmu.kernel.problems import Problem

    unread = Problem("form.number", "人数要写数字。", "A number, please.", "present")
    with pytest.raises(Refused) as refusal:
        held(city, on=date(2020, 1, 1), problems=[unread])
    assert codes(refusal) == {"form.number", "records.late"}


def test_a_late_record_is_accepted_with_its_reason_and_counted_late(city: City) -> None:
    day = today() - timedelta(days=40)
    fact = ledger.fact(held(city, on=day, body=MEETING | {"late_reason": "no_network"}).id)
    assert fact.day == day
    assert fact.late_days == 40


def test_the_last_day_in_time_is_not_late(city: City) -> None:
    assert held(city, on=today() - timedelta(days=7)).repeated is False
    with pytest.raises(Refused) as refusal:
        held(city, on=today() - timedelta(days=8), idem="m2")
    assert codes(refusal) == {"records.late"}


def test_a_secretary_records_for_the_own_branch_only(city: City) -> None:
    secretary = city.account("sec", "branch_secretary", "柳溪支部")
    held(city, by=secretary)
    with pytest.raises(NotFound):
        held(city, by=secretary, org=city["石桥支部"], idem="m2")
    with pytest.raises(NotFound) as unknown:
        held(city, by=secretary, org="f" * 32, idem="m3")
    assert codes(unknown) == {"orgs.unknown_unit"}


def another_process_changes(city: City, monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> None:
    """Change the graph, and leave this process with what it had read before."""
    tree(today())
    before = dict(trees._seen)
    change()
    assert tree(today()).token != before["graph"]
    monkeypatch.setattr(trees, "_seen", before)


def test_a_unit_moved_away_a_moment_ago_is_recorded_for_no_more(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = city.account("village", "party_clerk", "柳溪村")
    held(city, by=clerk)

    def move() -> None:
        orgs.move_unit(city["柳溪支部"], city["石桥村"], by=city.clerk, at=today(), idem="moved")

    another_process_changes(city, monkeypatch, move)
    with pytest.raises(NotFound) as refusal:
        held(city, by=clerk, idem="m2")
    assert codes(refusal) == {"orgs.unknown_unit"}


def test_a_unit_founded_a_moment_ago_is_recorded_for_at_once(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    founded: list[OrgId] = []

    def found() -> None:
        above, at = city["柳溪村"], today()
        founded.append(
            orgs.found_unit("柳溪村第二党支部", "branch", "rural", above, by=city.clerk, at=at, idem="second")
        )

    another_process_changes(city, monkeypatch, found)
    assert ledger.fact(held(city, org=founded[0]).id).org == founded[0]


def test_before_the_graph_was_ever_read_it_is_read(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "_seen", {})
    assert not held(city).repeated


@pytest.mark.parametrize("role", ["leader", "auditor"])
def test_those_who_only_read_record_nothing(city: City, role: str) -> None:
    reader = city.account("reader", role, "柳林县")
    with pytest.raises(Refused) as refusal:
        held(city, by=reader)
    assert codes(refusal) == {"orgs.not_allowed"}


def test_a_matter_is_opened_moved_and_closed_as_one_thing(city: City) -> None:
    opened = actions.record_fact(
        "matter.opened", city["柳溪村"], body={"tags": ["road"] if False else [_matter_type()]}, on=today(),
        by=city.clerk, idem="o1",
    )  # fmt: skip
    about = ledger.fact(opened.id).about
    assert about is not None
    closed = actions.record_fact(
        "matter.closed", city["柳溪村"], body={"outcome": "solved"}, on=today(), about=about, by=city.clerk, idem="c1"
    )
    assert {fact.id for fact in ledger.history([about])} == {opened.id, closed.id}
    with pytest.raises(Refused) as refusal:
        actions.record_fact("matter.closed", city["柳溪村"], body={"outcome": "solved"}, on=today(), about=about,
                            by=city.clerk, idem="c2")  # fmt: skip
    assert codes(refusal) == {"records.closed"}


def test_a_matter_elsewhere_is_as_good_as_unknown(city: City) -> None:
    opened = actions.record_fact("matter.opened", city["荷塘村"], body={"tags": [_matter_type()]}, on=today(),
                                 by=city.clerk, idem="o1")  # fmt: skip
    east = city.account("east", "party_clerk", "东镇")
    with pytest.raises(Refused) as refusal:
        actions.record_fact("matter.closed", city["柳溪村"], body={"outcome": "solved"}, on=today(),
                            about=ledger.fact(opened.id).about, by=east, idem="c1")  # fmt: skip
    assert codes(refusal) == {"records.no_thing"}


def _matter_type() -> str:
    from gangmu.catalog.current import catalog

    return catalog().families["matter_type"].tags[0].key


def test_sealed_words_stay_out_of_the_body(city: City) -> None:
    receipt = actions.record_fact("matter.opened", city["柳溪村"], body={"tags": [_matter_type()]},
                                  sealed={"words": "路灯坏了"}, on=today(), by=city.clerk, idem="o1")  # fmt: skip
    fact = ledger.fact(receipt.id)
    assert fact.slots == ("words",)
    assert "路灯" not in ledger.entry(fact.id).decode()
    assert [opened.text for opened in ledger.open_slots([fact.id], ["words"])] == ["路灯坏了"]


def test_a_batch_is_all_or_none_and_names_the_entry(city: City) -> None:
    entries = [Entry.on("activity.held", city["柳溪支部"], today(), f"b{n}", MEETING) for n in range(3)]
    entries[1] = Entry.on("activity.held", city["柳溪支部"], date(2100, 1, 1), "b1", MEETING)
    with pytest.raises(Refused) as refusal:
        actions.record_many(entries, by=city.clerk)
    assert [(problem.code, problem.where) for problem in refusal.value.problems] == [("records.future", "2.day")]
    assert queries.mine(city.clerk, limit=100)[0].kind != "activity.held"


def test_a_batch_may_open_and_close_a_thing_at_once(city: City) -> None:
    about = "d" * 32
    entries = [
        Entry.on("matter.opened", city["柳溪村"], today(), "o", {"tags": [_matter_type()]}, about=about),
        Entry.on("matter.closed", city["柳溪村"], today(), "c", {"outcome": "solved"}, about=about),
    ]
    assert len(actions.record_many(entries, by=city.clerk)) == 2
    assert all(receipt.repeated for receipt in actions.record_many(entries, by=city.clerk))


def test_nothing_is_recorded_for_a_unit_that_has_ended(city: City) -> None:
    from gangmu.orgs import actions as orgs

    orgs.dissolve_unit(city["抗旱临时支部"], "task_done", by=city.clerk, at=today() - timedelta(days=3), idem="end")
    with pytest.raises(Refused) as refusal:
        held(city, org=city["抗旱临时支部"])
    assert codes(refusal) == {"records.no_unit_then"}
    assert held(city, org=city["抗旱临时支部"], on=today() - timedelta(days=4)).repeated is False


@pytest.mark.parametrize("field", ["person", "from_unit"])
def test_a_field_that_names_somebody_or_some_unit_names_one_on_record(city: City, field: str) -> None:
    known = {"tags": ["resident_secretary"], "person": city.person(), "from_unit": city["石桥支部"]}
    with pytest.raises(Refused) as refusal:
        held(city, kind="enrolment.started", body=known | {field: "f" * 32})
    assert {(problem.code, problem.where) for problem in refusal.value.problems} == {("records.unknown_value", field)}
    assert held(city, kind="enrolment.started", body=known).repeated is False
