"""Persons, memberships, posts, holdings and relations: recorded, refused with reasons, kept to scope."""

from datetime import date, timedelta
from typing import Any

import pytest

from gangmu.kernel import clock
from gangmu.kernel.ids import PersonId
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import queries as ledger
from gangmu.orgs import actions, rosters
from gangmu.orgs.entries import NewHolding, NewMembership, NewPerson, NewStage
from tests.orgs.cast import SOME_DAY, City

LATER = date(2021, 3, 1)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


def join(city: City, person: PersonId, **changed: Any) -> str:
    said = {"org": city["柳溪支部"], "person": person, "how": "admitted", "stage": "probationary", "category": "rural",
            "age_band": "b18_30", "at": LATER, "idem": "join"} | changed  # fmt: skip
    return actions.start_membership(NewMembership(**said), by=city.clerk)


def test_no_value_about_a_person_stands_in_clear_in_any_fact(city: City) -> None:
    person = city.person("林晓禾")
    (fact,) = ledger.history([person])
    assert fact.body == {"late_reason": "batch"}
    assert set(fact.slots) == {"name", "sex", "birth_month"}
    assert "林晓禾" not in ledger.entry(fact.id).decode()


def test_the_latest_claim_of_a_person_is_in_use(city: City) -> None:
    person = city.person("林晓禾")
    city.member("林晓禾")
    changed = NewPerson(city["柳溪支部"], LATER, "change", person=person, contact="13900000000")
    actions.record_person(changed, by=city.clerk)
    told = rosters.persons(city.clerk.scope, [person], city["柳溪支部"])[person]
    assert (told["name"], told["contact"]) == ("林晓禾", "13900000000")


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"name": ""}, "orgs.no_person_name"), ({"birth_month": "86-5"}, "orgs.birth_month"), ({"at": date(2100, 1, 1)}, "orgs.future")],
)  # fmt: skip
def test_a_person_is_refused_with_reasons(city: City, changed: dict[str, Any], code: str) -> None:
    said = {"org": city["柳溪支部"], "at": SOME_DAY, "idem": "p", "name": "林晓禾", "birth_month": "1986-05"} | changed
    with pytest.raises(Refused) as refusal:
        actions.record_person(NewPerson(**said), by=city.clerk)
    assert code in codes(refusal)


def test_the_way_into_the_party_is_one_file_from_application_to_full_member(city: City) -> None:
    person = city.person()
    file = actions.change_stage(
        NewStage(city["柳溪支部"], person, "applicant", SOME_DAY, "s1", age_band="b18_30"), by=city.clerk
    )
    actions.change_stage(
        NewStage(city["柳溪支部"], person, "activist", date(2020, 9, 1), "s2", membership=file), by=city.clerk
    )
    assert rosters.members(city.clerk.scope, city["柳溪支部"], date(2020, 10, 1)) == ()
    assert join(city, person, membership=file) == file
    actions.change_stage(
        NewStage(city["柳溪支部"], person, "full", date(2022, 3, 1), "s3", membership=file), by=city.clerk
    )
    stages = [rosters.members(city.clerk.scope, city["柳溪支部"], day)[0].stage for day in (LATER, date(2022, 3, 1))]
    assert stages == ["probationary", "full"]


@pytest.mark.parametrize(
    ("unit", "code"),
    [("抗旱临时支部", "orgs.may_not_admit"), ("抗旱临时支部", "orgs.temporary_no_transfer"), ("柳溪村", "orgs.no_members_here")],
)  # fmt: skip
def test_members_are_admitted_by_branches_that_may(city: City, unit: str, code: str) -> None:
    person = city.person()
    with pytest.raises(Refused) as refusal:
        join(city, person, org=city[unit])
    assert code in codes(refusal)


def test_a_temporary_branch_keeps_no_stages(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        actions.change_stage(NewStage(city["抗旱临时支部"], city.person(), "activist", LATER, "s"), by=city.clerk)
    assert codes(refusal) == {"orgs.may_not_admit"}


def test_nobody_belongs_to_two_branches(city: City) -> None:
    city.member("林晓禾")
    with pytest.raises(Refused) as refusal:
        join(city, city.person("林晓禾"), org=city["石桥支部"])
    assert codes(refusal) == {"orgs.member_elsewhere"}


def test_a_person_who_is_not_on_record_cannot_join(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        join(city, PersonId("e" * 32))
    assert codes(refusal) == {"orgs.unknown_person"}


def test_a_transfer_ends_here_and_begins_there_on_the_same_day(city: City) -> None:
    membership = city.member("林晓禾")
    actions.transfer_member(membership, city["荷塘支部"], by=city.clerk, at=LATER, idem="t")
    scope = city.clerk.scope
    assert rosters.members(scope, city["柳溪支部"], LATER) == ()
    assert [row.stage for row in rosters.members(scope, city["荷塘支部"], LATER)] == ["full"]
    assert len(rosters.members(scope, city["柳溪支部"], LATER - timedelta(days=1))) == 1


def test_a_transfer_asks_at_both_ends(city: City) -> None:
    membership = city.member("林晓禾")
    east = city.account("east", "party_clerk", "东镇")
    with pytest.raises(NotFound):
        actions.transfer_member(membership, city["荷塘支部"], by=east, at=LATER, idem="t")
    assert len(rosters.members(city.clerk.scope, city["柳溪支部"])) == 1


def test_a_membership_ends_once(city: City) -> None:
    membership = city.member()
    actions.end_membership(membership, "died", by=city.clerk, at=LATER, idem="e")
    assert actions.end_membership(membership, "died", by=city.clerk, at=LATER, idem="e").repeated
    with pytest.raises(Refused) as refusal:
        actions.end_membership(membership, "left", by=city.clerk, at=date(2022, 1, 1), idem="e2")
    assert codes(refusal) == {"orgs.ended_already"}


def test_nothing_ends_before_it_began(city: City) -> None:
    membership = city.member()
    with pytest.raises(Refused) as refusal:
        actions.end_membership(membership, "died", by=city.clerk, at=date(2019, 1, 1), idem="e")
    assert codes(refusal) == {"orgs.too_early"}


# --- posts and holdings


def test_a_vacancy_shows_until_somebody_takes_the_post(city: City) -> None:
    post = actions.create_post(city["柳溪支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="p", term_years=5)
    person = city.person()
    holding = actions.start_holding(post, person, "elected", by=city.clerk, at=LATER, idem="h", until=date(2026, 3, 1))
    scope = city.clerk.scope
    assert rosters.posts(scope, city["柳溪支部"], SOME_DAY)[0].person is None
    row = rosters.posts(scope, city["柳溪支部"], LATER)[0]
    assert (row.person, row.term_ends_on) == (person, date(2026, 3, 1))
    assert rosters.holders(scope, city["柳溪支部"], LATER) == {person: "林晓禾"}
    actions.end_holding(holding, "moved", by=city.clerk, at=date(2023, 1, 1), idem="e")
    assert rosters.posts(scope, city["柳溪支部"], date(2023, 1, 1))[0].person is None


def test_a_post_has_one_holder_at_a_time(city: City) -> None:
    post = actions.create_post(city["柳溪支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="p")
    rows = [NewHolding(post, city.person(name), "elected", LATER, f"h{n}") for n, name in enumerate(("周望", "苏禾"))]
    with pytest.raises(Refused) as refusal:
        actions.load_holdings(rows, by=city.clerk)
    assert codes(refusal) == {"orgs.post_held"}
    actions.load_holdings(rows[:1], by=city.clerk)
    with pytest.raises(Refused):
        actions.load_holdings(rows[1:], by=city.clerk)


def test_posts_of_a_temporary_branch_are_designated(city: City) -> None:
    post = actions.create_post(city["抗旱临时支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="p")
    with pytest.raises(Refused) as refusal:
        actions.start_holding(post, city.person(), "elected", by=city.clerk, at=LATER, idem="h")
    assert codes(refusal) == {"orgs.temporary_elects"}
    assert actions.start_holding(post, city.person(), "designated", by=city.clerk, at=LATER, idem="h")


def test_a_term_ends_after_it_begins_and_a_post_must_be_there(city: City) -> None:
    post = actions.create_post(city["柳溪支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="p")
    with pytest.raises(Refused) as backwards:
        actions.start_holding(post, city.person(), "elected", by=city.clerk, at=LATER, idem="h", until=SOME_DAY)
    assert codes(backwards) == {"orgs.term_backwards"}
    with pytest.raises(Refused) as early:
        actions.start_holding(post, city.person(), "elected", by=city.clerk, at=date(2019, 1, 1), idem="h")
    assert codes(early) == {"orgs.no_such_post"}


def test_a_held_post_is_not_closed(city: City) -> None:
    post = actions.create_post(city["柳溪支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="p")
    holding = actions.start_holding(post, city.person(), "elected", by=city.clerk, at=SOME_DAY, idem="h")
    with pytest.raises(Refused) as refusal:
        actions.close_post(post, by=city.clerk, at=LATER, idem="c")
    assert codes(refusal) == {"orgs.post_held"}
    actions.end_holding(holding, "retired", by=city.clerk, at=LATER, idem="e")
    actions.close_post(post, by=city.clerk, at=LATER, idem="c")
    assert rosters.posts(city.clerk.scope, city["柳溪支部"], LATER) == ()


# --- relations


def test_a_relation_is_seen_from_both_sides_and_moves_nobody(city: City) -> None:
    tie = actions.open_relation(
        "joint_building", city["柳溪支部"], city["荷塘支部"], by=city.clerk, at=SOME_DAY, idem="t"
    )
    scope = city.clerk.scope
    seen = [rosters.relations(scope, city[name])[0].id for name in ("柳溪支部", "荷塘支部")]
    assert seen == [tie, tie]
    actions.close_relation(tie, by=city.clerk, at=LATER, idem="c", reason="term_over")
    assert rosters.relations(scope, city["柳溪支部"]) == ()
    assert len(rosters.relations(scope, city["柳溪支部"], SOME_DAY)) == 1


def test_relations_with_oneself_or_twice_are_refused(city: City) -> None:
    with pytest.raises(Refused) as alone:
        actions.open_relation("grid", city["柳溪支部"], city["柳溪支部"], by=city.clerk, at=SOME_DAY, idem="t")
    assert codes(alone) == {"orgs.with_itself"}
    actions.open_relation("grid", city["柳溪支部"], city["石桥支部"], by=city.clerk, at=SOME_DAY, idem="t1")
    with pytest.raises(Refused) as again:
        actions.open_relation("grid", city["石桥支部"], city["柳溪支部"], by=city.clerk, at=LATER, idem="t2")
    assert codes(again) == {"orgs.related_already"}


# --- who may


def test_a_leader_sees_the_names_of_post_holders_but_not_of_members(city: City) -> None:
    membership = city.member("周望")
    person = rosters.members(city.clerk.scope, city["柳溪支部"])[0].person
    leader = city.account("leader", "leader", "柳林县")
    assert rosters.persons(leader.scope, [person], city["柳溪支部"]) == {}
    post = actions.create_post(city["柳溪支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="p")
    actions.start_holding(post, person, "elected", by=city.clerk, at=SOME_DAY, idem="h")
    assert rosters.holders(leader.scope, city["柳溪支部"]) == {person: "周望"}
    assert membership


def test_names_of_people_elsewhere_stay_shut(city: City) -> None:
    city.member("周望", "荷塘支部")
    person = rosters.members(city.clerk.scope, city["荷塘支部"])[0].person
    secretary = city.account("sec", "branch_secretary", "柳溪支部")
    assert rosters.persons(secretary.scope, [person], city["柳溪支部"]) == {}
    with pytest.raises(NotFound):
        rosters.members(secretary.scope, city["荷塘支部"])


def test_a_secretary_keeps_the_own_members_only(city: City) -> None:
    secretary = city.account("sec", "branch_secretary", "柳溪支部")
    new = NewPerson(city["柳溪支部"], clock.today(), "p", name="苏禾")
    assert actions.record_person(new, by=secretary)
    with pytest.raises(NotFound):
        actions.record_person(NewPerson(city["石桥支部"], clock.today(), "p2", name="苏禾"), by=secretary)
