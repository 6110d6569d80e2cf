"""Renaming, moving, merging, splitting and dissolving: recorded, refused with reasons, readable in both shapes."""

from datetime import date, timedelta
from typing import Any

import pytest

from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import queries as ledger
from gangmu.orgs import actions, lookups, queries, rosters
from gangmu.orgs.entries import NewHolding, Part
from tests.orgs.cast import SOME_DAY, City

DAY = date(2022, 7, 1)
BEFORE = DAY - timedelta(days=1)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


def under(city: City, name: str, on: date) -> set[OrgId]:
    return {node.org for node in queries.descendants(city.clerk.scope, city[name], on)} - {city[name]}


# --- renaming


def test_a_renamed_unit_keeps_its_old_name_before_the_day(city: City) -> None:
    actions.rename_unit(city["柳溪村"], "柳溪社区党委", by=city.clerk, at=DAY, idem="r")
    scope = city.clerk.scope
    assert queries.unit(scope, city["柳溪村"], BEFORE).name == "柳溪村党委"
    assert queries.unit(scope, city["柳溪村"], DAY).name == "柳溪社区党委"
    assert [chapter.text for chapter in queries.names_of(scope, city["柳溪村"])] == ["柳溪村党委", "柳溪社区党委"]


def test_renaming_does_not_touch_the_tree(city: City) -> None:
    path = queries.path_of(city["柳溪村"], DAY)
    actions.rename_unit(city["柳溪村"], "柳溪社区党委", by=city.clerk, at=DAY, idem="r")
    assert queries.path_of(city["柳溪村"], DAY) == path


@pytest.mark.parametrize(("name", "code"), [("石桥村党委", "orgs.name_taken"), ("  ", "orgs.no_name")])
def test_renaming_refuses_and_says_why(city: City, name: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.rename_unit(city["柳溪村"], name, by=city.clerk, at=DAY, idem="r")
    assert codes(refusal) == {code}


def test_renaming_twice_is_once(city: City) -> None:
    first = actions.rename_unit(city["柳溪村"], "柳溪社区党委", by=city.clerk, at=DAY, idem="r")
    second = actions.rename_unit(city["柳溪村"], "柳溪社区党委", by=city.clerk, at=DAY, idem="r")
    assert (first.id, second.repeated) == (second.id, True)


# --- moving


def test_a_moved_unit_takes_all_that_hangs_under_it_along(city: City) -> None:
    actions.move_unit(city["柳溪村"], city["西镇"], by=city.clerk, at=DAY, idem="m")
    assert {city["柳溪村"], city["柳溪支部"]} <= under(city, "东镇", BEFORE)
    assert not {city["柳溪村"], city["柳溪支部"]} & under(city, "东镇", DAY)
    assert {city["柳溪村"], city["柳溪支部"]} <= under(city, "西镇", DAY)


def test_a_unit_under_two_moves_has_a_path_for_each_time(city: City) -> None:
    later = date(2023, 7, 1)
    actions.move_unit(city["柳溪村"], city["西镇"], by=city.clerk, at=DAY, idem="m1")
    actions.move_unit(city["柳溪村"], city["东镇"], by=city.clerk, at=later, idem="m2")
    tops = [queries.path_of(city["柳溪支部"], day) for day in (BEFORE, DAY, later)]
    assert tops[0] == tops[2] != tops[1]
    parents = [chapter.text for chapter in queries.parents_of(city.clerk.scope, city["柳溪村"])]
    assert parents == [city["东镇"], city["西镇"], city["东镇"]]


@pytest.mark.parametrize(
    ("org", "parent", "code"),
    [
        ("东镇", "柳溪村", "orgs.inside_itself"),
        ("东镇", "东镇", "orgs.inside_itself"),
        ("柳溪村", "东镇", "orgs.there_already"),
        ("东镇", "荷塘村", "orgs.kind_under"),
    ],
)
def test_moving_refuses_and_says_why(city: City, org: str, parent: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.move_unit(city[org], city[parent], by=city.clerk, at=DAY, idem="m")
    assert codes(refusal) == {code}


def test_a_backdated_move_cannot_bite_its_own_tail_later_on(city: City) -> None:
    actions.move_unit(city["柳溪支部"], city["石桥支部"], by=city.clerk, at=DAY, idem="m1")
    with pytest.raises(Refused) as refusal:
        actions.move_unit(city["石桥支部"], city["柳溪支部"], by=city.clerk, at=date(2021, 1, 1), idem="m2")
    assert codes(refusal) == {"orgs.inside_itself"}


def test_moving_asks_at_both_ends(city: City) -> None:
    east = city.account("east", "party_clerk", "东镇")
    with pytest.raises(NotFound):
        actions.move_unit(city["柳溪村"], city["西镇"], by=east, at=DAY, idem="m")
    assert queries.path_of(city["柳溪村"], clock.today()) == queries.path_of(city["柳溪村"], BEFORE)


# --- merging


def merged(city: City, **changed: Any) -> None:
    said = {"org": city["西镇"], "into": city["东镇"], "by": city.clerk, "at": DAY, "idem": "g"} | changed
    actions.merge_unit(said.pop("org"), said.pop("into"), **said)


def test_a_merged_unit_ends_and_its_children_go_over(city: City) -> None:
    merged(city)
    tree = queries.tree(DAY)
    node = tree.get(city["西镇"])
    assert node is not None
    assert (node.alive, node.parent) == (False, city["东镇"])
    assert {city["荷塘村"], city["荷塘支部"]} <= under(city, "东镇", DAY)
    assert city["西镇"] in under(city, "柳林县", BEFORE)
    assert city["西镇"] not in under(city, "柳林县", DAY)


def test_what_a_merged_unit_recorded_counts_where_it_went(city: City) -> None:
    merged(city)
    inside = {node.org for node in queries.tree(DAY).subtree(queries.path_of(city["东镇"], DAY) or "")}
    assert city["西镇"] in inside


def test_members_and_posts_of_a_merged_branch_are_settled(city: City) -> None:
    membership = city.member("周望", "石桥支部")
    post = actions.create_post(city["石桥支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="p")
    person = lookups.member(membership).person
    actions.load_holdings([NewHolding(post, person, "elected", SOME_DAY, "h")], by=city.clerk)
    merged(city, org=city["石桥支部"], into=city["柳溪支部"])
    scope = city.clerk.scope
    assert [(row.person, row.stage) for row in rosters.members(scope, city["柳溪支部"], DAY)] == [(person, "full")]
    assert rosters.members(scope, city["石桥支部"], DAY) == ()
    assert rosters.posts(scope, city["石桥支部"], DAY) == ()
    assert rosters.posts(scope, city["石桥支部"], BEFORE)[0].person == person


def test_merging_twice_is_once(city: City) -> None:
    merged(city)
    count = len(ledger.facts(ledger.FactFilter(), limit=1000))
    merged(city)
    assert len(ledger.facts(ledger.FactFilter(), limit=1000)) == count


def test_merging_refuses_its_own_subtree_and_the_dead(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        merged(city, org=city["东镇"], into=city["柳溪村"])
    assert codes(refusal) == {"orgs.inside_itself"}
    merged(city)
    with pytest.raises(Refused) as again:
        merged(city, idem="g2")
    assert "orgs.not_there" in codes(again)


# --- splitting


def test_a_unit_that_goes_on_gives_off_a_part_with_its_children(city: City) -> None:
    parts = (Part("东河新区党委", children=(city["石桥村"],)),)
    (new,) = actions.split_unit(city["东镇"], parts, continues=True, by=city.clerk, at=DAY, idem="s")
    scope = city.clerk.scope
    assert queries.unit(scope, new, DAY).parent == city["柳林县"]
    assert queries.unit(scope, city["石桥支部"], DAY).path.startswith(queries.unit(scope, new, DAY).path)
    assert queries.unit(scope, city["东镇"], DAY).alive
    assert actions.split_unit(city["东镇"], parts, continues=True, by=city.clerk, at=DAY, idem="s") == (new,)


def test_members_go_with_the_part_that_names_them(city: City) -> None:
    one, two = city.member("周望", "柳溪支部"), city.member("苏禾", "柳溪支部")
    parts = (Part("柳溪村一支部", memberships=(one,)), Part("柳溪村二支部", memberships=(two,)))
    first, second = actions.split_unit(city["柳溪支部"], parts, continues=False, by=city.clerk, at=DAY, idem="s")
    scope = city.clerk.scope
    assert [len(rosters.members(scope, org, DAY)) for org in (first, second)] == [1, 1]
    assert not queries.unit(scope, city["柳溪支部"], DAY).alive


@pytest.mark.parametrize("continues", [True, False])
def test_a_part_takes_only_what_is_the_units_own(city: City, continues: bool) -> None:
    parts = (Part("甲党委", children=(city["荷塘村"],)), Part("乙党委"))
    with pytest.raises(Refused) as refusal:
        actions.split_unit(city["东镇"], parts, continues=continues, by=city.clerk, at=DAY, idem="s")
    assert codes(refusal) == {"orgs.not_its_own"}


def test_a_unit_that_ends_by_a_split_leaves_nothing_behind(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        actions.split_unit(
            city["东镇"], (Part("甲党委"), Part("乙党委")), continues=False, by=city.clerk, at=DAY, idem="s"
        )
    assert codes(refusal) == {"orgs.has_children"}


def test_a_split_leaves_two(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        actions.split_unit(city["东镇"], (Part("甲党委"),), continues=False, by=city.clerk, at=DAY, idem="s")
    assert codes(refusal) == {"orgs.too_few_parts"}


# --- dissolving


def test_a_dissolved_unit_is_there_until_the_day(city: City) -> None:
    actions.dissolve_unit(city["抗旱临时支部"], "task_done", by=city.clerk, at=DAY, idem="d")
    assert city["抗旱临时支部"] in under(city, "东镇", BEFORE)
    assert city["抗旱临时支部"] not in under(city, "东镇", DAY)


def test_a_unit_with_children_or_members_is_not_dissolved(city: City) -> None:
    city.member()
    for name, code in (("柳溪村", "orgs.has_children"), ("柳溪支部", "orgs.has_members")):
        with pytest.raises(Refused) as refusal:
            actions.dissolve_unit(city[name], "restructured", by=city.clerk, at=DAY, idem=f"d{code}")
        assert codes(refusal) == {code}


def test_an_unknown_reason_is_refused(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        actions.dissolve_unit(city["抗旱临时支部"], "boredom", by=city.clerk, at=DAY, idem="d")
    assert codes(refusal) == {"body.choice"} or "body.choice" in codes(refusal)
