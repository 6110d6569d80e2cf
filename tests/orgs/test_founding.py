"""actions.found_unit and load_units: record, refuse and say why, keep to scope, twice is once."""

from datetime import date, timedelta

import pytest

from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import queries as ledger
from gangmu.orgs import actions, queries
from gangmu.orgs.entries import NewUnit
from tests.orgs.cast import LONG_AGO, City

DAY = date(2021, 6, 1)


def found(city: City, **changed: object) -> OrgId:
    said = {"name": "柳溪村第二党支部", "kind": "branch", "domain": "rural", "parent": city["柳溪村"], "by": city.clerk,
            "at": DAY, "idem": "new"} | changed  # fmt: skip
    return actions.found_unit(**said)  # type: ignore[arg-type]


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


def test_a_founded_unit_stands_in_the_tree_from_its_day_on(city: City) -> None:
    org = found(city)
    scope = city.clerk.scope
    assert queries.tree(DAY - timedelta(days=1)).get(org) is None
    node = queries.unit(scope, org, DAY)
    assert (node.name, node.kind, node.parent, node.level) == ("柳溪村第二党支部", "branch", city["柳溪村"], 5)
    assert org in {one.org for one in queries.children(scope, city["柳溪村"])}


def test_founding_is_one_fact_about_the_unit_itself(city: City) -> None:
    org = found(city)
    (fact,) = ledger.history([org])
    assert (fact.kind, fact.org, fact.day, fact.actor) == ("unit.founded", org, DAY, city.clerk_id)
    assert fact.body["name"] == "柳溪村第二党支部"


def test_the_same_request_twice_founds_once(city: City) -> None:
    assert found(city) == found(city)
    assert len(ledger.history([found(city)])) == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"at": clock.today() + timedelta(days=2)}, "orgs.future"),
        ({"name": "柳溪村第一党支部"}, "orgs.name_taken"),
        ({"name": " "}, "orgs.no_name"),
        ({"kind": "castle"}, "orgs.kind_unknown"),
        ({"kind": "city_committee"}, "orgs.kind_under"),
        ({"code": "QH"}, "orgs.code_taken"),
        ({"at": date(1940, 1, 1)}, "orgs.not_there"),
    ],
)
def test_it_refuses_and_says_why(city: City, changed: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        found(city, **changed)
    assert code in codes(refusal)
    assert all(problem.message and problem.message_en and problem.where for problem in refusal.value.problems)


def test_all_that_is_wrong_is_said_at_once(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        found(city, name=" ", code="QH", kind="castle")
    assert {"orgs.no_name", "orgs.code_taken", "orgs.kind_unknown"} <= codes(refusal)


def test_an_unknown_domain_is_refused_by_the_catalog(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        found(city, domain="moon")
    assert codes(refusal) == {"body.choice"}


def test_a_clerk_founds_only_inside_the_scope(city: City) -> None:
    west = city.account("west", "party_clerk", "西镇")
    found(city, parent=city["荷塘村"], by=west)
    with pytest.raises(NotFound):
        found(city, by=west, idem="other")


def test_a_role_without_the_permission_is_refused_in_its_own_unit(city: City) -> None:
    secretary = city.account("sec", "branch_secretary", "柳溪村")
    with pytest.raises(Refused) as refusal:
        found(city, by=secretary)
    assert codes(refusal) == {"orgs.not_allowed"}


def test_only_a_keeper_of_accounts_founds_a_root(city: City) -> None:
    with pytest.raises(NotFound):
        found(city, parent=None, kind="city_committee", domain="agency", name="另一个市委")
    org = found(city, parent=None, kind="city_committee", domain="agency", name="另一个市委", by=city.keeper)
    assert queries.tree(DAY).get(org).parent is None  # type: ignore[union-attr]


def test_a_batch_founds_parents_before_their_children(city: City) -> None:
    village = OrgId("a" * 32)
    rows = [
        NewUnit("新村党委", "village", "rural", city["东镇"], DAY, "v", org=village),
        NewUnit("新村第一党支部", "branch", "rural", village, DAY, "b1"),
        NewUnit("新村第二党支部", "branch", "rural", village, DAY, "b2"),
    ]
    ids = actions.load_units(rows, by=city.clerk)
    assert [node.org for node in queries.children(city.clerk.scope, village)] == sorted(
        ids[1:], key=lambda org: queries.unit(city.clerk.scope, org).name
    )
    assert actions.load_units(rows, by=city.clerk) == ids


def test_a_batch_is_all_or_none(city: City) -> None:
    before = len(queries.tree(clock.today()))
    rows = [
        NewUnit("一号支部", "branch", "rural", city["柳溪村"], DAY, "b1"),
        NewUnit("一号支部", "branch", "rural", city["柳溪村"], DAY, "b2"),
    ]
    with pytest.raises(Refused) as refusal:
        actions.load_units(rows, by=city.clerk)
    assert codes(refusal) == {"orgs.name_taken"}
    assert len(queries.tree(clock.today())) == before


def test_a_child_cannot_be_older_than_its_parent_in_the_same_batch(city: City) -> None:
    village = OrgId("b" * 32)
    rows = [
        NewUnit("新村党委", "village", "rural", city["东镇"], DAY, "v", org=village),
        NewUnit("新村第一党支部", "branch", "rural", village, LONG_AGO, "b1"),
    ]
    with pytest.raises(Refused) as refusal:
        actions.load_units(rows, by=city.clerk)
    assert codes(refusal) == {"orgs.not_there"}
