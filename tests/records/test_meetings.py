"""A meeting from its guided page: attendance is the registry less the absentees, and every refusal says how to mend it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gangmu.catalog.current import catalog
from gangmu.kernel import clock
from gangmu.kernel.clock import local_moment
from gangmu.kernel.ids import OrgId, PersonId, new_id
from gangmu.kernel.problems import NotFound, Problem, Refused
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact, Receipt
from gangmu.orgs import actions as orgs
from gangmu.orgs.entries import NewStage
from gangmu.records import roll as rolls
from gangmu.records.meeting_actions import record_meeting, restate_meeting
from gangmu.records.meetings import Meeting, Resolution, against_meeting, body_of, working
from gangmu.records.roll import Expectee, Roll
from tests.orgs.cast import SOME_DAY, City
from tests.records.branch import MEMBERS, PROBATIONARY, Branch, settle


@pytest.fixture
def branch(city: City) -> Branch:
    return settle(city)


def meeting(branch: Branch, form: str = "members_meeting", day: date | None = None, **changed: Any) -> Meeting:
    on = day or clock.today()
    said = {"start": local_moment(on, 0, 0), "end": local_moment(on, 0, 0), "body": {"tags": [form]}}
    return Meeting(form, branch.org, **{**said, **changed})


def recorded(city: City, told: Meeting, idem: str = "m1", **more: Any) -> Fact:
    return ledger.fact(record_meeting(told, by=city.clerk, idem=idem, **more).id)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def test_who_should_come_and_who_may_vote_are_counted_from_the_registry(city: City, branch: Branch) -> None:
    body = recorded(city, meeting(branch)).body
    assert (body["expected"], body["present"]) == (6, 6)
    assert (body["entitled"], body["entitled_present"]) == (5, 5)


def test_one_tick_an_absentee_is_all_that_attendance_takes(city: City, branch: Branch) -> None:
    absent = {"absent_leave": (branch["周立春"],), "absent_away": (branch[PROBATIONARY],)}
    body = recorded(city, meeting(branch, absent=absent)).body
    assert (body["expected"], body["present"]) == (6, 4)
    assert (body["entitled"], body["entitled_present"]) == (5, 4)
    assert body["absent_leave"] == [branch["周立春"]]
    assert body["absent_away"] == [branch[PROBATIONARY]]
    assert "absent_duty" not in body


def test_no_name_stands_in_the_entry(city: City, branch: Branch) -> None:
    told = meeting(branch, absent={"absent_leave": (branch["王𠮷生"],)}, sealed={"agenda": "王𠮷生同志转正"})
    entry = ledger.entry(recorded(city, told).id).decode()
    assert not any(name in entry for name in MEMBERS)
    assert "转正" not in entry


def test_the_committee_is_expected_at_the_committees_meeting_and_all_of_it_votes(city: City, branch: Branch) -> None:
    told = meeting(branch, "committee_meeting", absent={"absent_duty": (branch["陈秋实"],)})
    body = recorded(city, told).body
    assert (body["expected"], body["present"], body["entitled"], body["entitled_present"]) == (3, 2, 3, 2)


def test_the_roll_is_of_the_day_of_the_meeting_and_not_of_today(city: City, branch: Branch) -> None:
    gone = clock.today() - timedelta(days=3)
    orgs.end_membership(branch.memberships["李冬青"], "transferred_out", by=city.clerk, at=gone, idem="gone")
    before = recorded(city, meeting(branch, day=gone - timedelta(days=2)), "before")
    after = recorded(city, meeting(branch), "after")
    assert (before.body["expected"], after.body["expected"]) == (6, 5)


def test_a_probationary_member_votes_from_the_day_of_full_membership(city: City, branch: Branch) -> None:
    day = clock.today() - timedelta(days=4)
    told = NewStage(branch.org, branch[PROBATIONARY], "full", day, "stage", branch.memberships[PROBATIONARY])
    orgs.change_stage(told, by=city.clerk)
    assert recorded(city, meeting(branch, day=day - timedelta(days=1)), "before").body["entitled"] == 5
    assert recorded(city, meeting(branch, day=day), "after").body["entitled"] == 6


def test_whoever_asked_to_be_exempt_is_shown_and_not_expected_at_a_lecture(city: City, branch: Branch) -> None:
    excused = {branch.memberships["李冬青"]}
    assert recorded(city, meeting(branch, "lecture"), excused=excused).body["expected"] == 5
    people = rolls.roll(city.clerk.scope, branch.org, catalog().activities["lecture"], clock.today(), excused)
    assert [one.person for one in people.people if one.excused] == [branch["李冬青"]]


def test_a_unit_without_members_of_its_own_is_asked_for_numbers(city: City, branch: Branch) -> None:
    counted = {"tags": ["members_meeting"], "present": 40, "expected": 55}
    told = replace(meeting(branch, body=counted), org=city["东镇"])
    body = recorded(city, told).body
    assert (body["present"], body["expected"]) == (40, 55)
    assert "entitled" not in body


def test_what_was_resolved_is_recorded_with_it_and_leads_back_to_it(city: City, branch: Branch) -> None:
    due = clock.today() + timedelta(days=30)
    told = meeting(branch, resolutions=(Resolution("修好井盖", branch["周立春"], due), Resolution("公开账目")))
    held = recorded(city, told)
    found = ledger.facts(ledger.FactFilter(kinds=frozenset({"activity.resolved"})))
    assert {fact.ref("belongs_to") for fact in found} == {held.id}
    assert sorted((str(fact.body.get("owner")), str(fact.body.get("due_on"))) for fact in found) == sorted(
        [(str(branch["周立春"]), due.isoformat()), ("None", "None")]
    )
    assert len({fact.about for fact in found}) == 2


def test_twice_is_once_with_everything_that_was_resolved(city: City, branch: Branch) -> None:
    told = meeting(branch, resolutions=(Resolution("修好井盖"), Resolution("公开账目")))
    first, again = (record_meeting(told, by=city.clerk, idem="m1") for _ in range(2))
    assert (first.id, again.id, again.repeated) == (first.id, first.id, True)
    assert ledger.count(ledger.FactFilter(kinds=frozenset({"activity.resolved"}))) == 2
    assert ledger.count(ledger.FactFilter(kinds=frozenset({"activity.held"}))) == 1


def test_all_or_nothing(city: City, branch: Branch) -> None:
    stranger = PersonId(new_id())
    told = meeting(branch, resolutions=(Resolution("修好井盖", stranger),))
    with pytest.raises(Refused):
        record_meeting(told, by=city.clerk, idem="m1")
    assert ledger.count(ledger.FactFilter(kinds=frozenset({"activity.held", "activity.resolved"}))) == 0


def test_a_late_meeting_makes_its_resolutions_late_for_the_same_reason(city: City, branch: Branch) -> None:
    day = clock.today() - timedelta(days=40)
    told = meeting(branch, day=day, resolutions=(Resolution("修好井盖"),))
    with pytest.raises(Refused) as refusal:
        record_meeting(told, by=city.clerk, idem="m1")
    assert "records.late" in {code for code in codes(refusal)}
    late = meeting(branch, day=day, resolutions=(Resolution("修好井盖"),),
                   body={"tags": ["members_meeting"], "late_reason": "no_network"})  # fmt: skip
    record_meeting(late, by=city.clerk, idem="m1")
    [resolved] = ledger.facts(ledger.FactFilter(kinds=frozenset({"activity.resolved"})))
    assert resolved.body["late_reason"] == "no_network"


def test_somebody_who_was_not_expected_that_day_cannot_be_absent(city: City, branch: Branch) -> None:
    elsewhere = city.person("外人", "石桥支部")
    with pytest.raises(Refused) as refusal:
        record_meeting(meeting(branch, absent={"absent_leave": (elsewhere,)}), by=city.clerk, idem="m1")
    assert codes(refusal) == ["records.not_on_roll"]
    assert refusal.value.problems[0].where == "absent"


def test_a_stranger_learns_nothing_of_the_branch(city: City, branch: Branch) -> None:
    stranger = city.account("stranger", "branch_secretary", "石桥支部")
    with pytest.raises(NotFound):
        record_meeting(meeting(branch), by=stranger, idem="m1")


def test_who_may_only_see_records_nothing(city: City, branch: Branch) -> None:
    leader = city.account("leader", "leader", "青禾市")
    with pytest.raises(Refused) as refusal:
        record_meeting(meeting(branch), by=leader, idem="m1")
    assert codes(refusal) == ["orgs.not_allowed"]


def test_names_are_for_those_who_may_see_persons(city: City, branch: Branch) -> None:
    form, day = catalog().activities["members_meeting"], clock.today()
    leader = city.account("leader", "leader", "青禾市")
    people = rolls.roll(leader.scope, branch.org, form, day)
    assert rolls.named(leader.scope, branch.org, people, day) == {}
    assert set(rolls.named(city.clerk.scope, branch.org, people, day).values()) == set(MEMBERS)


def test_a_meeting_is_put_right_whole_with_its_hours(city: City, branch: Branch) -> None:
    day = clock.today() - timedelta(days=1)
    wrong = recorded(city, meeting(branch, day=day))
    right = meeting(branch, start=local_moment(day, 9), end=local_moment(day, 10, 30),
                    absent={"absent_leave": (branch["李冬青"],)})  # fmt: skip
    told = restate_meeting(wrong.id, right, reason="mistake", note="漏勾一人", by=city.clerk, idem="m2")
    stands = ledger.fact(told.id)
    assert ledger.fact(wrong.id).reversed_by
    assert stands.ref("restates") == wrong.id
    assert (stands.body["present"], stands.claimed_from, stands.claimed_to) == (5, right.start, right.end)


def test_putting_right_asks_the_same_rules(city: City, branch: Branch) -> None:
    wrong: Receipt = record_meeting(meeting(branch), by=city.clerk, idem="m1")
    elsewhere = city.person("外人", "石桥支部")
    right = meeting(branch, absent={"absent_leave": (elsewhere,)})
    with pytest.raises(Refused) as refusal:
        restate_meeting(wrong.id, right, reason="mistake", note="改", by=city.clerk, idem="m2")
    assert "records.not_on_roll" in codes(refusal)
    assert ledger.fact(wrong.id).reversed_by is None


# --- rules alone -----------------------------------------------------------
A, B, C = PersonId("a" * 32), PersonId("b" * 32), PersonId("c" * 32)
PEOPLE = Roll((
    Expectee(A, "full", (), entitled=True, excused=False),
    Expectee(B, "full", (), entitled=True, excused=False),
    Expectee(C, "probationary", (), entitled=False, excused=False),
))  # fmt: skip


def plain(**changed: Any) -> Meeting:
    moment = local_moment(date(2025, 6, 30), 9)
    return Meeting("members_meeting", OrgId("o"), **{"start": moment, "end": moment, **changed})


def said(found: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in found]


@pytest.mark.parametrize(
    ("changed", "expect"),
    [
        ({}, []),
        ({"absent": {"absent_leave": (A,)}}, []),
        ({"absent": {"absent_leave": (A,), "absent_away": (A,)}}, [("records.absent_twice", "absent")]),
        ({"absent": {"absent_leave": (PersonId("d" * 32),)}}, [("records.not_on_roll", "absent")]),
        ({"end": local_moment(date(2025, 6, 30), 8)}, [("records.ends_first", "until")]),
        ({"body": {"votes_for": 2}}, [("records.vote_on", "vote_on")]),
        ({"body": {"votes_for": 2, "vote_on": "matter"}}, []),
        ({"body": {"votes_for": 3, "vote_on": "matter"}}, [("records.votes", "votes_for")]),
        (
            {"body": {"votes_for": 1, "votes_against": 1, "votes_abstained": 1, "vote_on": "matter"}},
            [("records.votes", "votes_for")],
        ),
        (
            {"body": {"votes_for": 2, "vote_on": "matter"}, "absent": {"absent_leave": (A,)}},
            [("records.votes", "votes_for")],
        ),
        ({"body": {"votes_for": 2, "vote_on": "matter"}, "absent": {"absent_leave": (C,)}}, []),
        ({"body": {"vote_on": "matter"}}, []),
    ],
)
def test_what_speaks_against_a_meeting(changed: dict[str, Any], expect: list[tuple[str, str]]) -> None:
    assert said(against_meeting(plain(**changed), PEOPLE)) == expect


def test_every_refusal_says_it_in_both_languages() -> None:
    wrong = plain(
        end=local_moment(date(2025, 6, 30), 8), body={"votes_for": 9, "vote_on": "matter"},
        absent={"absent_leave": (A, A, PersonId("d" * 32))},
    )  # fmt: skip
    found = against_meeting(wrong, PEOPLE)
    assert len(found) == 4
    assert all(problem.message and problem.message_en for problem in found)


@pytest.mark.parametrize(
    ("body", "expect"),
    [
        ({}, []),
        ({"entitled": 21, "entitled_present": 18}, [("quorum.members", 11, 18, True)]),
        ({"entitled": 21, "entitled_present": 10}, [("quorum.members", 11, 10, False)]),
        ({"entitled": 21, "entitled_present": 18, "votes_for": 10}, [("quorum.members", 11, 18, True)]),
        (
            {"entitled": 21, "entitled_present": 18, "votes_for": 10, "vote_on": "matter"},
            [("quorum.members", 11, 18, True), ("vote.majority", 11, 10, False)],
        ),
        (
            {"entitled": 21, "entitled_present": 16, "votes_for": 15, "vote_on": "election"},
            [("election.attendance", 17, 16, False), ("vote.majority", 11, 15, True)],
        ),
    ],
)
def test_the_working_is_shown_line_by_line(body: dict[str, Any], expect: list[tuple[str, int, int, bool]]) -> None:
    shares = working(catalog().activities["members_meeting"], body, catalog(), date(2025, 6, 30))
    assert [(one.rule, one.needed, one.have, one.met) for one in shares] == expect


def test_probationary_members_are_expected_and_not_counted_among_the_voters() -> None:
    body = body_of(plain(), PEOPLE)
    assert (body["expected"], body["entitled"]) == (3, 2)


def test_the_cast_is_old_enough_for_the_meetings() -> None:
    assert clock.today() - timedelta(days=60) > SOME_DAY
