"""The read tables follow from the set of facts alone: any order of arrival, any size of batch, reversals included."""

import random

import pytest

from gangmu.kernel import clock
from gangmu.ledger import actions as ledger_actions
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.ledger.projections import kind_of
from gangmu.orgs import actions, queries, rosters
from gangmu.orgs.entries import Enrolling, Part
from gangmu.orgs.projections import PROJECTIONS as ORGS
from gangmu.people.projections import PROJECTIONS as PEOPLE
from tests.orgs.cast import City
from tests.orgs.test_changing import DAY

PROJECTIONS = (*PEOPLE, *ORGS)


@pytest.fixture
def lived(city: City) -> City:
    """The city after a life of changes, one of them taken back."""
    one, two = city.member("周望", "柳溪支部"), city.member("苏禾", "石桥支部")
    post = actions.create_post(city["荷塘支部"], "secretary", by=city.clerk, at=DAY, idem="p")
    actions.start_holding(post, city.person("程野"), "elected", by=city.clerk, at=DAY, idem="h")
    actions.open_relation("grid", city["柳溪支部"], city["荷塘支部"], by=city.clerk, at=DAY, idem="t")
    actions.enrol(Enrolling(city["荷塘支部"], "teacher", DAY, "en", "青组发〔2025〕6号", name="苏禾"), by=city.clerk)
    actions.rename_unit(city["柳溪村"], "柳溪社区党委", by=city.clerk, at=DAY, idem="r")
    actions.split_unit(
        city["柳溪支部"], (Part("二支部", memberships=(one,)),), continues=True, by=city.clerk, at=DAY, idem="s"
    )
    mistaken = actions.move_unit(city["石桥村"], city["西镇"], by=city.clerk, at=DAY, idem="m")
    ledger_actions.reverse(mistaken.id, reason="mistake", note="", by=city.clerk, schema="0" * 64, idem="x")
    actions.merge_unit(city["西镇"], city["东镇"], by=city.clerk, at=DAY, idem="g")
    actions.end_membership(two, "died", by=city.clerk, at=DAY, idem="e")
    return city


def every_fact() -> list[Fact]:
    return list(ledger.facts(ledger.FactFilter(), limit=1000))


def digests() -> dict[str, str]:
    return {projection.name: projection.digest() for projection in PROJECTIONS}


def replay(facts: list[Fact], at_once: int) -> None:
    for projection in PROJECTIONS:
        projection.empty()
        for start in range(0, len(facts), at_once):
            wanted = [fact for fact in facts[start : start + at_once] if kind_of(fact) in (projection.kinds or ())]
            if wanted:
                projection.fold(wanted)


@pytest.mark.parametrize("seed", range(6))
def test_any_order_and_any_batch_size_give_the_same_rows(lived: City, seed: int) -> None:
    before, facts, rng = digests(), every_fact(), random.Random(seed)
    rng.shuffle(facts)
    replay(facts, at_once=rng.choice((1, 3, 10, 1000)))
    assert digests() == before


def test_folding_the_same_facts_again_changes_nothing(lived: City) -> None:
    before, facts = digests(), every_fact()
    for projection in PROJECTIONS:
        projection.fold([fact for fact in facts if kind_of(fact) in (projection.kinds or ())])
    assert digests() == before


def test_an_emptied_projection_has_another_digest(lived: City) -> None:
    before = digests()
    for projection in PROJECTIONS:
        projection.empty()
    after = digests()
    assert [name for name in before if before[name] == after[name]] == []


def test_a_reversed_move_never_happened(lived: City) -> None:
    assert queries.unit(lived.clerk.scope, lived["石桥村"]).parent == lived["东镇"]


def test_no_table_of_persons_holds_a_name(lived: City) -> None:
    from gangmu.people.models import Person

    told = str(list(Person.objects.values_list()))
    assert "周望" not in told
    assert "1986" not in told
    names = {row["name"] for row in rosters.persons(
        lived.clerk.scope, [row.person for row in rosters.members(lived.clerk.scope, lived.root)], lived.root
    ).values()}  # fmt: skip
    assert names == {"周望"}


def test_the_tree_of_a_day_is_kept_until_the_graph_changes(lived: City) -> None:
    tree = queries.tree(clock.today())
    assert queries.tree(clock.today()) is tree
    lived.member("任遥", "荷塘支部", at=clock.today())
    assert queries.tree(clock.today()) is tree
    actions.rename_unit(lived["荷塘村"], "荷塘社区党委", by=lived.clerk, at=clock.today(), idem="r2")
    assert queries.tree(clock.today()) is not tree


def test_the_published_tree_says_who_is_alive(lived: City) -> None:
    from gangmu.orgs.relations import tree_table

    table = tree_table(DAY).to_pylist()
    assert [row["path"] for row in table] == sorted(row["path"] for row in table)
    rows = {row["org"]: row for row in table}
    west = rows[lived["西镇"]]
    assert (west["alive"], west["parent"]) == (False, lived["东镇"])
    assert rows[lived.root]["parent"] is None
    assert {row["level"] for row in table} == {1, 2, 3, 4, 5}
