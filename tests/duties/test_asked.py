"""A unit's year, what is due now, and compliance of a subtree: what pages ask, of the cast."""

from datetime import date
from decimal import Decimal

import pytest

from gangmu.catalog.current import catalog
from gangmu.duties.queries import Compliance, DutyYear, by_duty, compliance, due_for, recorded_as, unit_year
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound
from gangmu.ledger import queries as ledger
from gangmu.ledger import sequencer
from tests.duties.test_standing import FIRST_QUARTER, seat
from tests.indicators.conftest import Record
from tests.orgs.cast import SOME_DAY, City

pytestmark = pytest.mark.usefixtures("db")
BRANCH, APRIL = "柳溪支部", date(2025, 4, 30)
NAMES = ("林晓禾", "周远山", "何青", "沈一鸣", "陶然")


def year_of(city: City, key: str, day: date = APRIL, login: str = "", **asked: object) -> list[DutyYear]:
    scope = city.account(login, "branch_secretary", BRANCH).scope if login else city.clerk.scope
    return [one for one in unit_year(scope, city[BRANCH], 2025, day, **asked) if one.duty.key == key]  # type: ignore[arg-type]


def kept_in(city: City, unit: str, day: date = APRIL, duty: str | None = None) -> Compliance:
    return compliance(city.clerk.scope, city[unit], FIRST_QUARTER, day, duty)


def test_a_year_shows_each_period_with_its_state_its_deadline_and_what_discharged_it(
    city: City, record: Record
) -> None:
    made = record("activity.held", BRANCH, "2025-02-05", tags=["members_meeting"])
    (row,) = year_of(city, "branch.members_meeting")
    assert [one.state for one in row.periods] == ["met", "due", "not_yet_due", "not_yet_due"]
    assert [one.due.month for one in row.periods] == [3, 6, 9, 12]
    assert [one.evidence for one in row.periods] == [(made,), (), (), ()]
    assert [one.late_records for one in row.periods] == [1, 0, 0, 0]  # it is written down today


def test_from_above_persons_are_a_number_and_too_few_are_none(city: City) -> None:
    for name in NAMES[:4]:
        city.member(name, BRANCH, SOME_DAY)
    (row,) = year_of(city, "member.talk")
    assert (row.bearer, row.periods) == (None, ())
    assert [(one.obliged, one.kept) for one in row.persons] == [(None, None)]
    city.member(NAMES[4], BRANCH, SOME_DAY)
    (row,) = year_of(city, "member.talk")
    (one,) = row.persons
    assert one.kept is not None
    assert (one.obliged, one.kept.by_state) == (5, {"not_yet_due": 5})


def test_the_branchs_own_secretary_sees_each_member_and_each_member_sees_himself(city: City) -> None:
    for name in NAMES[:2]:
        city.member(name, BRANCH, SOME_DAY)
    assert len(year_of(city, "member.talk", login="own")) == 2
    person = city.person(NAMES[0], BRANCH)
    mine = [row for row in year_of(city, "member.talk", person=person) if row.bearer]
    assert [row.bearer.person for row in mine if row.bearer] == [person]


def test_what_is_due_this_week_and_what_is_waited_for_come_by_deadline(city: City, record: Record) -> None:
    found = due_for(city.clerk.scope, [city[BRANCH], city["石桥支部"]], date(2025, 4, 3))
    assert {(one.status.state, one.duty.key, one.days_left, one.until) for one in found} == {
        ("grace", "branch.members_meeting", -3, date(2025, 4, 7)),
        ("grace", "branch.theme_day", -3, date(2025, 4, 7)),
    }
    assert {one.node.org for one in found} == {city[BRANCH], city["石桥支部"]}
    assert [one.status.obligation.due.end for one in found] == sorted(one.status.obligation.due.end for one in found)
    record("activity.held", BRANCH, "2025-03-20", tags=["members_meeting", "theme_day"])
    assert {one.node.org for one in due_for(city.clerk.scope, [city[BRANCH], city["石桥支部"]], date(2025, 4, 3))} == {
        city["石桥支部"]
    }


def test_nearer_days_ask_for_less(city: City) -> None:
    asked = [{one.duty.key for one in due_for(city.clerk.scope, [city[BRANCH]], date(2025, 3, 20), within)}
             for within in (7, 11)]  # fmt: skip
    assert asked == [set(), {"branch.members_meeting", "branch.theme_day"}]


def test_of_persons_only_the_asking_ones_own_duties_are_due(city: City) -> None:
    seat(city, BRANCH, "organisation", NAMES[0])
    seat(city, BRANCH, "publicity", NAMES[1])
    person, day = city.person(NAMES[0], BRANCH), date(2025, 12, 30)
    own = [one for one in due_for(city.clerk.scope, [city[BRANCH]], day, person=person) if one.own]
    assert {(one.duty.key, one.status.obligation.bearer.person) for one in own} == {
        ("officer.talks", person),
        ("secretary.study_hours", person),
    }
    assert not [one for one in due_for(city.clerk.scope, [city[BRANCH]], day) if one.own]


def test_a_duty_says_what_to_record_for_it() -> None:
    told = {key: recorded_as(duty.terms[-1].tally) for key, duty in catalog().duties.items()}
    assert (told["branch.members_meeting"].kind, told["branch.members_meeting"].tags) == (
        "activity.held", ("members_meeting",))  # fmt: skip
    assert told["leader.double_life"].tags == ("members_meeting",)  # the first of those that would do
    assert told["member.study_hours"].tags == ()


def test_compliance_counts_a_subtree_child_by_child(city: City, record: Record) -> None:
    record("activity.held", BRANCH, "2025-02-05", tags=["members_meeting"])
    found = kept_in(city, "东镇", duty="branch.members_meeting")
    assert found.whole.units.settled == sum(row.units.settled for row in (found.own, *found.rows))
    (village,) = [row for row in found.rows if row.node.org == city["柳溪村"]]
    assert (village.units.done, village.units.late, village.is_leaf) == (1, 1, False)
    assert village.units.rate == Decimal(1) / village.units.settled
    assert village.units.late_share == 1
    (branch,) = [
        row for row in kept_in(city, "柳溪村", duty="branch.members_meeting").rows if row.node.org == city[BRANCH]
    ]
    assert (branch.units.by_state, branch.is_leaf) == ({"met": 1}, True)


def test_nothing_is_in_a_rate_before_grace_has_passed(city: City) -> None:
    during = kept_in(city, BRANCH, date(2025, 4, 7), "branch.members_meeting").whole.units
    after = kept_in(city, BRANCH, date(2025, 4, 8), "branch.members_meeting").whole.units
    assert (during.rate, during.late_share) == (None, None)
    assert (after.rate, after.late_share) == (Decimal(0), None)


def test_rates_of_persons_are_withheld_below_five_and_never_follow_from_their_siblings(city: City) -> None:
    for at, name in enumerate(("甲一", "甲二", "甲三", "甲四", "甲五", "甲六")):
        city.member(name, "柳溪支部" if at < 1 else "石桥支部", SOME_DAY)
    found = kept_in(city, "东镇", date(2026, 2, 28), "member.talk")
    assert found.whole.persons.obliged == 6
    assert [row.persons.obliged for row in found.rows if row.persons.withheld] == [None, None]


def test_what_lies_outside_the_scope_is_not_found(city: City) -> None:
    east = city.account("east", "party_clerk", "东镇").scope
    with pytest.raises(NotFound):
        unit_year(east, city["荷塘支部"], 2025, APRIL)
    with pytest.raises(NotFound):
        due_for(east, [city["荷塘支部"]], APRIL)
    with pytest.raises(NotFound):
        compliance(east, OrgId("nowhere"), Period.of_year(2025), APRIL)


def test_what_one_page_withholds_no_other_page_tells(city: City) -> None:
    """柳溪村 has one member and 石桥村 five: of the five nothing is told on any page, else the one would follow."""
    for at, name in enumerate(("甲一", "甲二", "甲三", "甲四", "甲五", "甲六")):
        city.member(name, BRANCH if at < 1 else "石桥支部", SOME_DAY)
    day, scope = date(2026, 2, 28), city.clerk.scope
    for unit in ("石桥村", "石桥支部"):
        for duty in ("member.talk", None):
            found = kept_in(city, unit, day, duty)
            assert [row.persons.obliged for row in (found.whole, found.own, *found.rows)
                    if row.persons.obliged != 0] in ([None], [None, None], [None, None, None])  # fmt: skip
        told = dict(by_duty(scope, city[unit], FIRST_QUARTER, day))
        assert told["member.talk"].persons.withheld
    years = [row for row in unit_year(scope, city["石桥支部"], 2025, day) if row.duty.key == "member.talk"]
    assert [(one.obliged, one.kept) for row in years for one in row.persons] == [(None, None)]
    assert dict(by_duty(scope, city["东镇"], FIRST_QUARTER, day))["member.talk"].persons.obliged == 6


def test_over_several_duties_a_rate_holds_those_alone_that_are_told(city: City) -> None:
    """Of a duty of two post holders nothing is told: all duties together are what the members owe, and no more."""
    for name in ("甲一", "甲二", "甲三", "甲四", "甲五", "甲六"):
        city.member(name, BRANCH, SOME_DAY)
    members = kept_in(city, BRANCH, date(2026, 2, 28)).whole.persons
    seat(city, BRANCH, "organisation", "乙一")
    seat(city, BRANCH, "publicity", "乙二")
    both = kept_in(city, BRANCH, date(2026, 2, 28)).whole.persons
    assert dict(by_duty(city.clerk.scope, city[BRANCH], FIRST_QUARTER, date(2026, 2, 28)))[
        "officer.talks"
    ].persons.withheld
    assert (members.obliged, members) == (6, both)


def test_of_an_earlier_knowledge_nothing_is_told_of_persons_from_above(city: City) -> None:
    for name in ("甲一", "甲二", "甲三", "甲四", "甲五", "甲六"):
        city.member(name, BRANCH, SOME_DAY)
    sequencer.run_until_empty()
    now, then = year_of(city, "member.talk"), year_of(city, "member.talk", size=ledger.size())
    assert [one.obliged for row in now for one in row.persons] == [6]
    assert [one.obliged for row in then for one in row.persons] == [None]
