"""Examples are computed from their own small world, exactly as the engine would be asked."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import ExampleUnit, IndicatorExample
from gangmu.catalog.examples import example_units, figure_of
from gangmu.catalog.load import load
from tests.catalog.small import national

TREE = (ExampleUnit(org="town"), ExampleUnit(org="v1", parent="town"), ExampleUnit(org="v2", parent="town"))
HELD = {"kind": "meeting.held", "present": 3, "tags": ["plenary"]}


@pytest.fixture
def catalog(scratch: Path) -> Catalog:
    return load((national(scratch),))


def number(catalog: Catalog, example: IndicatorExample) -> Decimal | None:
    return figure_of(catalog, "meeting.number", example)


def test_a_unit_counts_what_lies_beneath_it(catalog: Catalog) -> None:
    given = ({**HELD, "org": "v1"}, {**HELD, "org": "v2"})
    at_top = IndicatorExample(name="镇", given=given, units=TREE, expect=Decimal(2))
    at_village = IndicatorExample(name="村", given=given, units=TREE, org="v2", expect=Decimal(1))
    assert (number(catalog, at_top), number(catalog, at_village)) == (2, 1)


def test_the_period_cuts_off_what_lies_outside_it(catalog: Catalog) -> None:
    given = tuple(
        {**HELD, "day": day} for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    )
    assert number(catalog, IndicatorExample(name="年", given=given, expect=Decimal(2))) == 2


def test_tags_picked_must_all_be_borne(catalog: Catalog) -> None:
    given = (HELD, {**HELD, "tags": ["plenary", "safety"]})
    one = IndicatorExample(name="安全", given=given, selection=("plenary", "safety"), expect=Decimal(1))
    assert number(catalog, one) == 1


def test_no_record_is_no_figure_and_not_zero(catalog: Catalog) -> None:
    assert number(catalog, IndicatorExample(name="无", given=(), expect=None)) is None


def test_paths_of_the_small_tree_begin_with_those_above() -> None:
    units = example_units(TREE)
    assert units["v1"].path.startswith(units["town"].path)
    assert not units["v2"].path.startswith(units["v1"].path)


def test_a_parent_that_does_not_stand_before_its_child_is_a_mistake_of_the_example() -> None:
    with pytest.raises(KeyError):
        example_units((ExampleUnit(org="v1", parent="town"),))
