"""Responsibility lists: whose they are, what stands on them, and a list that names what is not there."""

from datetime import date
from pathlib import Path

import pytest

from gangmu.catalog.current import catalog, folders
from gangmu.catalog.duty_reference import responsibilities_page
from gangmu.catalog.load import CatalogRefused, load
from gangmu.duties.queries import OwnList, responsibilities, unit_year
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import NotFound
from gangmu.ledger import queries as ledger
from gangmu.ledger import sequencer
from tests.catalog.small import write
from tests.duties.test_refusals import HEAD
from tests.duties.test_standing import seat
from tests.indicators.conftest import Record
from tests.orgs.cast import SOME_DAY, City

BRANCH, DAY = "柳溪支部", date(2025, 4, 30)
LIST = (
    "key: list.rural_secretary\n"
    + HEAD
    + """\
whose: {bearer: post, posts: [secretary], forms: [branch], domains: [rural]}
duties: [branch.members_meeting, officer.talks]
"""
)


def of(city: City, name: str = "", unit: str = BRANCH, size: int | None = None) -> dict[str, OwnList]:
    person = city.person(name, unit) if name else None
    found = responsibilities(city.clerk.scope, city[unit], person, DAY, size)
    return {one.responsibilities.key: one for one in found}


def states(one: OwnList) -> dict[str, list[str]]:
    return {year.duty.key: [cell.state for cell in year.periods] for year in one.duties}


@pytest.mark.usefixtures("db")
def test_a_secretarys_list_has_what_the_branch_owes_and_what_is_owed_in_person(city: City, record: Record) -> None:
    seat(city, BRANCH, "secretary", "林晓禾")
    made = record("activity.held", BRANCH, "2025-02-05", tags=["members_meeting"])
    found = of(city, "林晓禾")
    assert list(found) == ["list.branch_secretary"]
    mine = found["list.branch_secretary"]
    assert mine.bearer.post == "secretary"
    assert list(states(mine)) == list(mine.responsibilities.duties)
    assert states(mine)["branch.members_meeting"] == ["met", "due", "not_yet_due", "not_yet_due"]
    meetings, *_ = mine.duties
    assert [cell.evidence for cell in meetings.periods] == [(made,), (), (), ()]
    kinds = {year.duty.key: year.bearer.kind for year in mine.duties if year.bearer}
    assert (kinds["branch.members_meeting"], kinds["officer.talks"]) == ("unit", "post")


@pytest.mark.usefixtures("db")
def test_each_post_and_each_membership_of_a_person_has_its_own_list_and_nobody_elses(city: City) -> None:
    seat(city, BRANCH, "organisation", "林晓禾")
    seat(city, BRANCH, "secretary", "沈一鸣")
    city.member("林晓禾", BRANCH, SOME_DAY)
    found = of(city, "林晓禾")
    assert sorted(found) == ["list.branch_officer", "list.member"]
    person = city.person("林晓禾", BRANCH)
    assert {year.bearer.person for one in found.values() for year in one.duties if year.bearer} == {person}
    assert list(states(found["list.member"])) == ["member.study_hours", "member.talk"]
    assert of(city, "陶然") == {}


@pytest.mark.usefixtures("db")
def test_a_units_list_says_the_same_as_its_year_and_waits_for_events(city: City) -> None:
    (listed,) = of(city).values()
    year = {one.duty.key: one for one in unit_year(city.clerk.scope, city[BRANCH], 2025, DAY)}
    assert listed.responsibilities.key == "list.branch"
    assert [one for one in listed.duties if one.periods] == [year[key] for key in states(listed) if key in year]
    seat(city, "柳溪村", "secretary", "何青")
    assert states(of(city, "何青", "柳溪村")["list.village_post"])["care.visit"] == []


@pytest.mark.usefixtures("db")
def test_a_list_as_known_before_the_record_came_has_nothing_met(city: City, record: Record) -> None:
    record("activity.held", "石桥支部", "2025-02-04", tags=["theme_day"])
    sequencer.run_until_empty()
    first = ledger.size()
    record("activity.held", BRANCH, "2025-02-05", tags=["members_meeting"])
    sequencer.run_until_empty()
    before, now = states(of(city, size=first)["list.branch"]), states(of(city)["list.branch"])
    assert (before["branch.members_meeting"][0], now["branch.members_meeting"][0]) == ("missed", "met")


@pytest.mark.usefixtures("db")
def test_a_list_of_a_unit_outside_the_scope_is_not_found(city: City) -> None:
    east = city.account("east", "party_clerk", "东镇").scope
    for org in (city["荷塘支部"], OrgId("nowhere")):
        with pytest.raises(NotFound):
            responsibilities(east, org, None, DAY)


def dropped(scratch: Path, text: str = LIST, **more: str) -> Path:
    return write(
        scratch / "extra", {"list.rural_secretary.yaml": text, **{f"{key}.yaml": one for key, one in more.items()}}
    )


def test_a_list_dropped_in_is_known_by_whose_it_is(scratch: Path) -> None:
    known = load(folders(), dropped(scratch))
    assert known.responsibilities["list.rural_secretary"].duties == ("branch.members_meeting", "officer.talks")
    assert known.digest != catalog().digest
    assert "list.rural_secretary 夜访" in responsibilities_page(known)


def test_a_place_switches_off_a_list_that_nobody_verified(scratch: Path) -> None:
    switches = f"key: ours_off\n{HEAD}off: [list.first_secretary]\n"
    known = load(folders(), dropped(scratch, ours_off=switches))
    assert "list.first_secretary" in catalog().responsibilities
    assert "list.first_secretary" not in known.responsibilities


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("branch.members_meeting", "branch.member_meeting", 10, "是不是 branch.members_meeting"),
        ("officer.talks", "branch.members_meeting", 10, "写了两遍"),
        ("officer.talks", "committee.first_topic", 10, "都不承担 committee.first_topic"),
        ("officer.talks", "secretary.lecture", 10, "都不承担 secretary.lecture"),
        ("posts: [secretary]", "posts: [clerk]", 10, "都不承担 officer.talks"),
        ("posts: [secretary]", "posts: [secretery]", 9, "是不是 secretary"),
        ("domains: [rural]", "domains: [moon]", 9, "没有 moon"),
        ("bearer: post, posts: [secretary]", "bearer: unit", 10, "都不承担 officer.talks"),
        ("bearer: post, ", "", 9, "也必须写。"),
        ("[branch.members_meeting, officer.talks]", "[]", 10, "至少写一个"),
    ],
)
def test_a_list_that_cannot_hold_says_where_and_what_to_do(
    scratch: Path, before: str, after: str, line: int, said: str
) -> None:
    with pytest.raises(CatalogRefused) as caught:
        load(folders(), dropped(scratch, LIST.replace(before, after)))
    problem = caught.value.problems[0]
    assert said in problem.message
    assert problem.where.endswith(f"rural_secretary.yaml:{line}")
    assert problem.message_en
