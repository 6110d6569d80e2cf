"""What is to be covered, what covers it, and what the rules refuse."""

from datetime import date, timedelta

import pytest

from gangmu.catalog.current import catalog
from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import NotFound, Refused
from gangmu.orgs import actions, rules
from gangmu.orgs.coverage import Entity, entities, is_entity
from gangmu.orgs.entries import NewMembership, NewUnit
from gangmu.orgs.queries import tree
from tests.orgs.cast import SOME_DAY, City

ENTITIES = ("firm", "cooperative", "property_company", "civil_organisation", "industry_chain")
PLACES = ("township", "street", "village", "community", "county_committee", "work_committee", "city_committee")


def founded(city: City, kind: str, over: str = "柳溪村", idem: str = "") -> OrgId:
    """An entity on record since SOME_DAY."""
    new = NewUnit(f"青禾{idem or kind}", kind, "private_enterprise", city[over], SOME_DAY, f"entity/{kind}/{idem}")
    return actions.load_units([new], by=city.clerk)[0]


def covered(city: City, org: OrgId, relation: str, by: str = "柳溪支部", at: date = SOME_DAY) -> str:
    return actions.open_relation(relation, org, city[by], by=city.clerk, at=at, idem=f"{org}/{relation}/{at}")


def seen(city: City, org: OrgId, on: date | None = None) -> Entity:
    return entities(city.clerk.scope, org, on)[0]


@pytest.mark.parametrize("kind", ENTITIES)
@pytest.mark.parametrize("place", PLACES)
def test_every_kind_of_entity_is_registered_where_it_lies(kind: str, place: str) -> None:
    assert rules.against_kind(kind, place, catalog().organisation_kinds) == []


@pytest.mark.parametrize("kind", ENTITIES)
@pytest.mark.parametrize("place", ["branch", "party_group", "alliance", *ENTITIES])
def test_no_entity_lies_under_a_branch_or_another_entity(kind: str, place: str) -> None:
    (problem,) = rules.against_kind(kind, place, catalog().organisation_kinds)
    assert problem.code == "orgs.kind_under"


@pytest.mark.parametrize("kind", [key for key, one in catalog().organisation_kinds.items() if one.form != "entity"])
def test_no_unit_of_the_party_is_subordinate_to_a_firm(kind: str) -> None:
    (problem,) = rules.against_kind(kind, "firm", catalog().organisation_kinds)
    assert "企业" in problem.message


@pytest.mark.parametrize("kind", ENTITIES)
def test_an_entity_has_no_members_admits_nobody_and_elects_no_committee(kind: str) -> None:
    rule = catalog().organisation_kinds[kind]
    assert (rule.form, rule.has_members, rule.may_admit, rule.elected) == ("entity", False, False, False)


def test_no_duty_is_owed_by_an_entity() -> None:
    owing = [
        key for key, duty in catalog().duties.items() for row in duty.duty.rows
        if "entity" in row.owed_by.forms or set(ENTITIES) & set(row.owed_by.kinds)
        or not (row.owed_by.forms or row.owed_by.kinds or row.owed_by.posts)
    ]  # fmt: skip
    assert owing == []


@pytest.mark.parametrize(
    ("relations", "how"),
    [
        ((), ""),
        (("joint_building", "grid"), ""),
        (("mentored",), "mentored"),
        (("covered_alone",), "organised"),
        (("covered_jointly",), "organised"),
        (("covered_by_area",), "organised"),
        (("mentored", "covered_by_area"), "organised"),
    ],
)
def test_how_an_entity_is_covered_follows_from_its_relations(relations: tuple[str, ...], how: str) -> None:
    assert rules.coverage(relations) == how


@pytest.mark.parametrize("relation", rules.COVERING)
def test_a_branch_covers_a_firm_and_the_other_way_round_is_refused(relation: str) -> None:
    kinds = catalog().organisation_kinds
    firm, branch = kinds["firm"], kinds["branch"]
    assert rules.against_covering(relation, firm, branch) == []
    assert [one.code for one in rules.against_covering(relation, branch, firm)] == ["orgs.covers_entities"]
    assert [one.code for one in rules.against_covering(relation, branch, branch)] == ["orgs.covers_entities"]
    assert [one.code for one in rules.against_covering(relation, firm, kinds["cooperative"])] == [
        "orgs.covered_by_party"
    ]
    assert [one.code for one in rules.against_covering(relation, None, branch)] == ["orgs.covers_entities"]
    assert [one.code for one in rules.against_covering(relation, firm, None)] == ["orgs.covered_by_party"]


def test_every_covering_relation_is_one_that_can_be_recorded() -> None:
    field = next(one for one in catalog().facts["relation.opened"].fields if one.key == "relation")
    assert set(rules.COVERING) <= {value.key for value in field.values}
    text = catalog().indicators["coverage.work"].formula[-1].text
    assert all(f'"{relation}"' in text for relation in rules.COVERING)
    text = catalog().indicators["coverage.organisation"].formula[-1].text
    assert [relation for relation in rules.COVERING if f'"{relation}"' in text] == list(rules.ORGANISED)
    assert all(f'"{kind}"' in text for kind in ENTITIES)


def test_one_branch_covers_many_and_its_end_leaves_a_gap(city: City) -> None:
    firm, shop = founded(city, "firm"), founded(city, "cooperative")
    tie = covered(city, firm, "covered_by_area")
    covered(city, shop, "covered_by_area")
    assert [one.how for one in entities(city.clerk.scope, city["柳溪村"])] == ["organised", "organised"]
    over = clock.today() - timedelta(days=30)
    actions.close_relation(tie, by=city.clerk, at=over, idem="over", reason="term_over")
    assert (seen(city, firm).how, seen(city, firm, over - timedelta(days=1)).how) == ("", "organised")


def test_what_covers_a_firm_no_longer_covers_it_once_it_is_dissolved(city: City) -> None:
    firm = founded(city, "firm")
    covered(city, firm, "mentored", by="抗旱临时支部")
    assert seen(city, firm).how == "mentored"
    actions.dissolve_unit(city["抗旱临时支部"], "task_done", by=city.clerk, at=clock.today(), idem="done")
    assert seen(city, firm).how == ""


def test_a_firm_covered_by_a_branch_elsewhere_names_it_and_says_that_it_lies_outside(city: City) -> None:
    firm = founded(city, "firm")
    covered(city, firm, "covered_alone", by="荷塘支部")
    clerk = city.account("towner", "party_clerk", "东镇")
    (one,) = entities(clerk.scope, city["东镇"])
    assert [(cover.unit.name, cover.inside) for cover in one.covers] == [("荷塘村第一党支部", False)]
    assert one.above is not None
    assert one.above.org == city["柳溪村"]


def test_a_stranger_learns_nothing_of_what_is_to_be_covered(city: City) -> None:
    founded(city, "firm")
    stranger = city.account("cousin", "party_clerk", "西镇")
    assert entities(stranger.scope, city["西镇"]) == ()
    with pytest.raises(NotFound):
        entities(stranger.scope, city["柳溪村"])


@pytest.mark.parametrize(("leading", "by"), [("柳溪支部", "荷塘支部"), ("柳溪村", "柳溪支部")])
def test_the_action_refuses_to_cover_what_is_of_the_party(city: City, leading: str, by: str) -> None:
    with pytest.raises(Refused) as caught:
        covered(city, city[leading], "covered_alone", by=by)
    assert [one.code for one in caught.value.problems] == ["orgs.covers_entities"]


def test_the_same_coverage_is_not_recorded_twice(city: City) -> None:
    firm = founded(city, "firm")
    first = covered(city, firm, "covered_alone")
    assert covered(city, firm, "covered_alone") == first
    with pytest.raises(Refused) as caught:
        actions.open_relation("covered_alone", firm, city["柳溪支部"], by=city.clerk, at=SOME_DAY, idem="again")
    assert [one.code for one in caught.value.problems] == ["orgs.related_already"]


def test_nobody_becomes_a_member_of_a_firm(city: City) -> None:
    firm, person = founded(city, "firm"), city.person()
    new = NewMembership(firm, person, "transferred_in", "full", "rural", "b36_40", SOME_DAY, "m")
    with pytest.raises(Refused) as caught:
        actions.start_membership(new, by=city.clerk)
    assert [one.code for one in caught.value.problems] == ["orgs.no_members_here"]


def test_a_unit_is_known_for_an_entity_by_its_form(city: City) -> None:
    org = founded(city, "firm")
    firm = tree(clock.today()).get(org)
    assert firm is not None
    assert is_entity(firm)
    assert not is_entity(firm._replace(kind="branch"))
    assert not is_entity(firm._replace(kind="nothing"))
