"""The tree of a large invented city: as many units as asked, parents first, skewed as life is."""

from collections import Counter

import pytest

from gangmu.catalog.current import catalog
from gangmu.cli.synth.forest import LEAST, planned


@pytest.mark.parametrize("count", [LEAST, 11, 57, 300, 4_000])
def test_there_are_as_many_units_as_asked_and_every_level_has_some(count: int) -> None:
    units = planned(1, count)
    assert len(units) == count
    kinds = Counter(new.kind for new in units)
    assert kinds["city_committee"] == 1
    assert kinds["county_committee"]
    assert kinds["branch"]
    assert kinds["township"] + kinds["street"]
    assert kinds["village"] + kinds["community"]


def test_a_parent_comes_before_its_children_and_is_of_a_kind_that_may_hold_them() -> None:
    kinds = catalog().organisation_kinds
    seen = {None: None}
    for new in planned(1, 2_000):
        assert new.parent in seen
        if new.parent:
            assert seen[new.parent] in kinds[new.kind].parents or not kinds[new.kind].parents
        seen[new.org] = new.kind


def test_names_differ_beside_each_other_and_codes_everywhere() -> None:
    units = planned(3, 3_000)
    assert len({(new.parent, new.name) for new in units}) == len(units)
    assert len({new.code for new in units}) == len(units)
    assert len({new.org for new in units}) == len(units)


def test_the_same_seed_gives_the_same_tree_and_another_another() -> None:
    assert planned(1, 500) == planned(1, 500)
    assert planned(1, 500) != planned(2, 500)


def test_sizes_are_skewed() -> None:
    below = sorted(Counter(new.parent for new in planned(1, 4_000) if new.kind == "branch").values())
    assert below[-1] > 5 * below[len(below) // 2]
