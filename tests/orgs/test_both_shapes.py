"""After a change the past reads as it was and the present as it is: one question, asked for the day before and the day.

One table of changes, and for each the same questions: who is alive, what hangs where, who is called what, who could
see, who belongs where. What a day showed before the change was recorded it shows afterwards, word for word.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import NotFound
from gangmu.ledger.rebuild import rebuild
from gangmu.orgs import actions, queries, rosters
from gangmu.orgs.entries import Part
from gangmu.orgs.scope import actor
from tests.orgs.cast import SOME_DAY, City

DAY = date(2022, 7, 1)
BEFORE = DAY - timedelta(days=1)


class Shape(NamedTuple):
    """The organisation as one day shows it to the clerk of the whole city."""

    parents: dict[OrgId, OrgId | None]
    names: dict[OrgId, str]
    members: dict[OrgId, set[str]]
    posts: dict[OrgId, set[tuple[str, str | None]]]


def shape(city: City, on: date) -> Shape:
    scope = city.clerk.scope
    nodes = queries.descendants(scope, city.root, on)
    persons: dict[OrgId, set[str]] = {node.org: set() for node in nodes}
    for row in rosters.members(scope, city.root, on):
        persons[row.org].add(row.person)
    return Shape(
        {node.org: node.parent for node in nodes},
        {node.org: node.name for node in nodes},
        persons,
        {node.org: {(row.post, row.person) for row in rosters.posts(scope, node.org, on)} for node in nodes},
    )


def renamed(city: City) -> None:
    actions.rename_unit(city["柳溪村"], "柳溪社区党委", by=city.clerk, at=DAY, idem="change")


def moved(city: City) -> None:
    actions.move_unit(city["柳溪村"], city["西镇"], by=city.clerk, at=DAY, idem="change")


def merged(city: City) -> None:
    actions.merge_unit(city["石桥支部"], city["柳溪支部"], by=city.clerk, at=DAY, idem="change")


def town_merged(city: City) -> None:
    actions.merge_unit(city["西镇"], city["东镇"], by=city.clerk, at=DAY, idem="change")


def split(city: City) -> None:
    some = tuple(row.membership for row in rosters.members(city.clerk.scope, city["柳溪支部"], DAY))[:1]
    parts = (Part("柳溪村第二党支部", memberships=some),)
    actions.split_unit(city["柳溪支部"], parts, continues=True, by=city.clerk, at=DAY, idem="change")


def dissolved(city: City) -> None:
    actions.dissolve_unit(city["抗旱临时支部"], "task_done", by=city.clerk, at=DAY, idem="change")


def transferred(city: City) -> None:
    (row,) = rosters.members(city.clerk.scope, city["石桥支部"], DAY)
    actions.transfer_member(row.membership, city["柳溪支部"], by=city.clerk, at=DAY, idem="change")


CHANGES = (renamed, moved, merged, town_merged, split, dissolved, transferred)
Change = Callable[[City], None]


@pytest.fixture
def peopled(city: City) -> City:
    """Two branches with members, and a secretary in one of them."""
    city.member("周望", "柳溪支部")
    city.member("程野", "柳溪支部")
    city.member("苏禾", "石桥支部")
    post = actions.create_post(city["石桥支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="post")
    actions.start_holding(post, city.person("苏禾", "石桥支部"), "elected", by=city.clerk, at=SOME_DAY, idem="holds")
    return city


@pytest.mark.parametrize("change", CHANGES)
def test_the_day_before_shows_what_it_always_showed(peopled: City, change: Change) -> None:
    before = shape(peopled, BEFORE)
    change(peopled)
    assert shape(peopled, BEFORE) == before


@pytest.mark.parametrize("change", CHANGES)
def test_the_day_itself_shows_the_change(peopled: City, change: Change) -> None:
    before = shape(peopled, DAY)
    change(peopled)
    assert shape(peopled, DAY) != before


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_is_lost_or_doubled_by_a_change(peopled: City, change: Change) -> None:
    def everybody(on: date) -> list[str]:
        return sorted(row.person for row in rosters.members(peopled.clerk.scope, peopled.root, on))

    change(peopled)
    assert everybody(DAY) == everybody(BEFORE)
    assert len(set(everybody(DAY))) == len(everybody(DAY)) == 3


@pytest.mark.parametrize("change", CHANGES)
def test_every_living_unit_hangs_under_a_living_unit(peopled: City, change: Change) -> None:
    change(peopled)
    for day in (BEFORE, DAY, clock.today()):
        parents = shape(peopled, day).parents
        assert [org for org, parent in parents.items() if parent is not None and parent not in parents] == []


@pytest.mark.parametrize("change", CHANGES)
def test_the_log_alone_gives_both_shapes_again(peopled: City, change: Change) -> None:
    change(peopled)
    before = shape(peopled, BEFORE), shape(peopled, DAY)
    assert [str(one) for one in rebuild(check=False) if one.drift] == []
    assert (shape(peopled, BEFORE), shape(peopled, DAY)) == before


def test_a_merged_branch_hands_its_secretary_over_as_a_member_without_the_post(peopled: City) -> None:
    merged(peopled)
    secretary = peopled.person("苏禾", "石桥支部")
    assert shape(peopled, BEFORE).posts[peopled["石桥支部"]] == {("secretary", secretary)}
    assert peopled["石桥支部"] not in shape(peopled, DAY).parents
    assert secretary in shape(peopled, DAY).members[peopled["柳溪支部"]]
    assert shape(peopled, DAY).posts[peopled["柳溪支部"]] == set()


def test_a_reader_of_the_old_town_loses_what_moved_away_but_can_still_read_its_past(peopled: City) -> None:
    reader = peopled.account("reader", "leader", "东镇")
    moved(peopled)
    scope = actor(reader.account, clock.today()).scope
    with pytest.raises(NotFound):
        queries.unit(scope, peopled["柳溪支部"])
    assert queries.unit(scope, peopled["柳溪支部"], BEFORE).name == "柳溪村第一党支部"


def test_who_could_see_a_moved_unit_follows_the_tree_of_the_day_asked_for(city: City) -> None:
    today = clock.today()
    east, west = city.account("east", "leader", "东镇"), city.account("west", "leader", "西镇")
    actions.move_unit(city["柳溪村"], city["西镇"], by=city.clerk, at=today, idem="change")
    seen = {row.account for row in queries.who_could_see(city.clerk.scope, city["柳溪支部"], today)}
    assert west.account in seen
    assert east.account not in seen


def test_a_change_dated_before_another_falls_into_its_place(city: City) -> None:
    later = date(2023, 7, 1)
    actions.rename_unit(city["柳溪村"], "柳溪社区党委", by=city.clerk, at=later, idem="second")
    actions.rename_unit(city["柳溪村"], "柳溪新村党委", by=city.clerk, at=DAY, idem="first")
    names = [queries.unit(city.clerk.scope, city["柳溪村"], day).name for day in (BEFORE, DAY, later)]
    assert names == ["柳溪村党委", "柳溪新村党委", "柳溪社区党委"]


def test_a_name_that_was_given_up_can_be_taken_by_a_sister_from_that_day_on(city: City) -> None:
    renamed(city)
    actions.rename_unit(city["石桥村"], "柳溪村党委", by=city.clerk, at=DAY, idem="taken")
    scope = city.clerk.scope
    assert queries.unit(scope, city["石桥村"], DAY).name == queries.unit(scope, city["柳溪村"], BEFORE).name
