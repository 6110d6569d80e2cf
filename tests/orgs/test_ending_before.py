"""A unit does not end on a day after which something still began at it: the graph would hold things of a dead unit."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Refused
from gangmu.orgs import actions, lookups, queries
from gangmu.orgs.entries import NewUnit, Part
from tests.orgs.cast import SOME_DAY, City

LATER = SOME_DAY + timedelta(days=100)
BEFORE = LATER - timedelta(days=1)


def a_member(city: City) -> None:
    city.member("周望", "石桥支部", LATER)


def a_post(city: City) -> None:
    actions.create_post(city["石桥支部"], "secretary", by=city.clerk, at=LATER, idem="later/post")


def a_holder(city: City) -> None:
    post = actions.create_post(city["石桥支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="later/post")
    person = city.person("周望", "石桥支部")
    actions.start_holding(post, person, "elected", by=city.clerk, at=LATER, idem="later/holding")


def a_tie(city: City) -> None:
    actions.open_relation(
        "joint_building", city["石桥支部"], city["荷塘支部"], by=city.clerk, at=LATER, idem="later/tie"
    )


def a_tie_of_another(city: City) -> None:
    actions.open_relation(
        "joint_building", city["荷塘支部"], city["石桥支部"], by=city.clerk, at=LATER, idem="later/tie"
    )


def merge(city: City, at: date) -> None:
    actions.merge_unit(city["石桥支部"], city["柳溪支部"], by=city.clerk, at=at, idem="end")


def dissolve(city: City, at: date) -> None:
    actions.dissolve_unit(city["石桥支部"], "task_done", by=city.clerk, at=at, idem="end")


def parts(count: int) -> list[Part]:
    return [Part(f"石桥村第{name}党支部") for name in "二三"[:count]]


def split(city: City, at: date) -> None:
    actions.split_unit(city["石桥支部"], parts(2), continues=False, by=city.clerk, at=at, idem="end")


Beginning = Callable[[City], None]
Ending = Callable[[City, date], None]


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


@pytest.mark.parametrize("begins", [a_member, a_post, a_holder, a_tie, a_tie_of_another], ids=lambda one: one.__name__)
def test_what_began_later_is_seen_until_its_day(city: City, begins: Beginning) -> None:
    org = city["石桥支部"]
    assert lookups.begun_after(org, BEFORE) is None
    begins(city)
    assert lookups.begun_after(org, BEFORE) == LATER
    assert lookups.begun_after(org, LATER) is None


@pytest.mark.parametrize("ends", [merge, dissolve, split], ids=lambda one: one.__name__)
@pytest.mark.parametrize("begins", [a_member, a_holder], ids=lambda one: one.__name__)
def test_a_unit_does_not_end_before_it(city: City, begins: Beginning, ends: Ending) -> None:
    begins(city)
    with pytest.raises(Refused) as refusal:
        ends(city, BEFORE)
    assert codes(refusal) == ["orgs.used_later"]
    assert queries.lives([city["石桥支部"]])[city["石桥支部"]].ended_on == date.max


@pytest.mark.parametrize("begins", [a_post, a_holder, a_tie, a_tie_of_another], ids=lambda one: one.__name__)
def test_from_that_day_on_it_may_end_and_all_of_it_is_wound_up(city: City, begins: Beginning) -> None:
    begins(city)
    dissolve(city, LATER)
    assert not lookups.posts_of(city["石桥支部"], LATER)
    assert not lookups.relations_of(city["石桥支部"], LATER)


def test_a_unit_that_was_founded_under_it_later_keeps_it_alive_until_then(city: City) -> None:
    new = NewUnit("石桥村第九党支部", "branch", "rural", city["石桥村"], LATER, "ninth")
    actions.load_units([new], by=city.clerk)
    with pytest.raises(Refused) as refusal:
        actions.merge_unit(city["石桥村"], city["柳溪村"], by=city.clerk, at=BEFORE, idem="merge")
    assert codes(refusal) == ["orgs.used_later"]
    actions.merge_unit(city["石桥村"], city["柳溪村"], by=city.clerk, at=LATER, idem="merge")
    assert OrgId(city["石桥村"]) not in {node.org for node in queries.tree(LATER).children(city["东镇"])}


def test_a_unit_that_goes_on_may_be_split_on_an_earlier_day(city: City) -> None:
    a_member(city)
    founded = actions.split_unit(city["石桥支部"], parts(1), continues=True, by=city.clerk, at=BEFORE, idem="split")
    assert queries.lives(founded).keys() == set(founded)
