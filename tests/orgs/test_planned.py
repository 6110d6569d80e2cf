"""A change of the tree is shown before it is made, refused by the same rules, and made as it was shown or not at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gangmu.kernel import clock
from gangmu.kernel.problems import Refused
from gangmu.ledger import queries as ledger
from gangmu.orgs import actions, previews, queries, rosters
from gangmu.orgs.entries import VERBS, Change, NewHolding, Part
from tests.orgs.cast import SOME_DAY, City

DAY = date(2022, 7, 1)


def change(city: City, verb: str, org: str, **more: object) -> Change:
    return replace(Change(verb, city[org], DAY, f"change/{verb}"), **more)  # type: ignore[arg-type]


def each(city: City) -> dict[str, Change]:
    """One change of every kind that nothing speaks against."""
    return {
        "found": change(city, "found", "柳溪村", name="柳溪村第二党支部", kind="branch", domain="rural"),
        "rename": change(city, "rename", "柳溪村", name="柳溪社区党委"),
        "move": change(city, "move", "柳溪村", other=city["西镇"]),
        "merge": change(city, "merge", "石桥村", other=city["柳溪村"]),
        "split": change(
            city, "split", "东镇", parts=(Part("东河新区党委", children=(city["石桥村"],)),), continues=True
        ),
        "dissolve": change(city, "dissolve", "抗旱临时支部", reason="task_done"),
    }


def on_record() -> int:
    return ledger.count(ledger.FactFilter())


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


@pytest.mark.parametrize("verb", VERBS)
def test_a_plan_records_nothing_and_is_carried_out_as_it_was_shown(city: City, verb: str) -> None:
    asked, before = each(city)[verb], on_record()
    drafts = actions.planned(asked, by=city.clerk)
    assert on_record() == before
    assert actions.carry_out(asked, seen=actions.digest_of_plan(drafts), by=city.clerk)
    assert on_record() == before + len(drafts)


@pytest.mark.parametrize("verb", VERBS)
def test_a_double_press_records_once(city: City, verb: str) -> None:
    asked = each(city)[verb]
    seen = actions.digest_of_plan(actions.planned(asked, by=city.clerk))
    assert actions.carry_out(asked, seen=seen, by=city.clerk)
    count = on_record()
    assert not actions.carry_out(asked, seen=seen, by=city.clerk)
    assert on_record() == count


@pytest.mark.parametrize("verb", VERBS)
def test_whoever_only_sees_the_unit_plans_nothing(city: City, verb: str) -> None:
    secretary = city.account("secretary", "branch_secretary", "青禾市")
    with pytest.raises(Refused) as refusal:
        actions.planned(each(city)[verb], by=secretary)
    assert codes(refusal) == {"orgs.not_allowed"}


def test_what_changed_since_it_was_shown_is_shown_again_and_not_made(city: City) -> None:
    asked = change(city, "merge", "石桥支部", other=city["柳溪支部"])
    seen = actions.digest_of_plan(actions.planned(asked, by=city.clerk))
    city.member("周望", "石桥支部")
    count = on_record()
    with pytest.raises(Refused) as refusal:
        actions.carry_out(asked, seen=seen, by=city.clerk)
    assert codes(refusal) == {"orgs.changed_meanwhile"}
    assert on_record() == count
    again = actions.digest_of_plan(actions.planned(asked, by=city.clerk))
    assert actions.carry_out(asked, seen=again, by=city.clerk)


def test_what_was_typed_after_the_look_is_not_made_unseen(city: City) -> None:
    asked = each(city)["rename"]
    seen = actions.digest_of_plan(actions.planned(asked, by=city.clerk))
    with pytest.raises(Refused) as refusal:
        actions.carry_out(replace(asked, name="柳溪新村党委"), seen=seen, by=city.clerk)
    assert codes(refusal) == {"orgs.changed_meanwhile"}


def test_a_change_wants_the_tree_at_both_ends(city: City) -> None:
    east = city.account("east", "party_clerk", "东镇")
    for verb in ("move", "split"):
        with pytest.raises(Refused) as refusal:
            actions.planned(each(city)[verb], by=east)
        assert codes(refusal) == {"orgs.not_both_ends"}


def test_what_the_catalog_refuses_is_refused_before_anything_is_shown(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        actions.planned(change(city, "dissolve", "抗旱临时支部", reason="boredom"), by=city.clerk)
    assert any(code.startswith("body.") for code in codes(refusal))


def test_a_merger_tells_who_goes_where_and_what_closes(city: City) -> None:
    membership = city.member("周望", "石桥支部")
    person = rosters.members(city.clerk.scope, city["石桥支部"])[0].person
    post = actions.create_post(city["石桥支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="p")
    actions.load_holdings([NewHolding(post, person, "elected", SOME_DAY, "h")], by=city.clerk)
    actions.open_relation("grid", city["荷塘村"], city["石桥支部"], by=city.clerk, at=SOME_DAY, idem="r")
    asked = change(city, "merge", "石桥支部", other=city["柳溪支部"])
    told = previews.effects(city.clerk.scope, asked.org, actions.planned(asked, by=city.clerk), DAY)
    assert membership
    assert told.ended == ("石桥村第一党支部",)
    assert told.members == (previews.Went("石桥村第一党支部", "柳溪村第一党支部", 1),)
    assert told.posts == (previews.PostClosed("secretary", "", held=True),)
    assert told.relations == 1


def test_a_move_tells_from_where_to_where_and_how_much_goes_along(city: City) -> None:
    asked = each(city)["move"]
    told = previews.effects(city.clerk.scope, asked.org, actions.planned(asked, by=city.clerk), DAY)
    assert told.moved == (previews.Moved(city["柳溪村"], "柳溪村党委", "东河镇党委", "西塘镇党委", 1),)


def test_a_split_tells_the_new_unit_and_what_it_takes_along(city: City) -> None:
    asked = each(city)["split"]
    told = previews.effects(city.clerk.scope, asked.org, actions.planned(asked, by=city.clerk), DAY)
    assert told.founded == ("东河新区党委",)
    assert [(one.name, one.after) for one in told.moved] == [("石桥村党委", "东河新区党委")]
    assert told.ended == ()


def test_a_branch_too_small_after_a_change_is_a_finding_and_no_bar(city: City) -> None:
    one, two = city.member("周望", "柳溪支部"), city.member("苏禾", "柳溪支部")
    parts = (Part("柳溪村一支部", memberships=(one,)), Part("柳溪村二支部", memberships=(two,)))
    drafts = actions.planned(change(city, "split", "柳溪支部", parts=parts), by=city.clerk)
    told = previews.after_change(drafts, DAY)
    assert {name: [problem.code for problem in found] for name, found in told.items()} == {
        "柳溪村一支部": ["orgs.finding_few"], "柳溪村二支部": ["orgs.finding_few"]
    }  # fmt: skip
    assert all(problem.rule for found in told.values() for problem in found)


def test_a_unit_says_that_its_term_ends_soon(city: City) -> None:
    today = clock.today()
    for name in ("周望", "苏禾", "林青"):
        city.member(name)
    person = rosters.members(city.clerk.scope, city["柳溪支部"])[0].person
    post = actions.create_post(city["柳溪支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="p")
    until = today + timedelta(days=80)
    actions.load_holdings([NewHolding(post, person, "elected", SOME_DAY, "h", until)], by=city.clerk)
    found = previews.findings(city.clerk.scope, city["柳溪支部"], today)
    assert [problem.code for problem in found] == ["orgs.finding_term"]
    assert f"{until}" in found[0].message


def test_a_post_is_handed_over_on_one_day_or_not_at_all(city: City) -> None:
    for name in ("周望", "苏禾"):
        city.member(name)
    first, second = (row.person for row in rosters.members(city.clerk.scope, city["柳溪支部"]))
    post = actions.create_post(city["柳溪支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="p")
    actions.load_holdings([NewHolding(post, first, "elected", SOME_DAY, "h")], by=city.clerk)
    with pytest.raises(Refused) as refusal:
        actions.hand_over(post, second, "elected", "term_over", by=city.clerk, at=DAY, idem="o", until=DAY)
    assert codes(refusal) == {"orgs.term_backwards"}
    held = rosters.posts(city.clerk.scope, city["柳溪支部"], DAY)[0]
    assert held.person == first
    for _ in range(2):
        actions.hand_over(post, second, "elected", "term_over", by=city.clerk, at=DAY, idem="o2")
    scope = city.clerk.scope
    assert rosters.posts(scope, city["柳溪支部"], DAY)[0].person == second
    assert rosters.posts(scope, city["柳溪支部"], DAY - timedelta(days=1))[0].person == first
    assert queries.unit(scope, city["柳溪支部"]).alive
