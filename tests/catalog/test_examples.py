"""Examples are computed from their own small world, exactly as the engine would be asked."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import ExampleUnit, IndicatorExample
from gangmu.catalog.examples import example_units, figure_of
from gangmu.catalog.load import CatalogRefused, load
from tests.catalog.small import INDICATOR, national

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


ONE_ROW = "  - {since: 2020-01-01, text: 'count(meeting.held, tag(selected))'}\n"
TWO_ROWS = ONE_ROW + "  - {since: 2025-07-01, text: 'count(meeting.held, present >= 10 and tag(selected))'}\n"


def examined(scratch: Path, example: str, formula: str = ONE_ROW) -> list[str]:
    """What loading says of an indicator with this one example, in Chinese and in English; nothing if it comes out."""
    text = INDICATOR[: INDICATOR.index("formula:")] + f"formula:\n{formula}examples:\n  - {{name: 看看, {example}}}\n"
    try:
        load((national(scratch, meeting_number=text),))
    except CatalogRefused as refused:
        problems = refused.problems
    else:
        return []
    last = len(text.splitlines())
    assert [(one.code, one.where.rpartition(":")[2]) for one in problems] == [("catalog.example", str(last))]
    return [problems[0].message, problems[0].message_en]


@pytest.mark.parametrize(
    ("example", "said", "said_en"),
    [
        ("start: 2025-12-31, end: 2025-01-01, expect: null", "2025-01-01 早于 2025-12-31", "lies before"),
        ("units: [{org: v1, parent: town}, {org: town}], expect: null", "v1 的上级 town 要写在它前面", "before it"),
        ("units: [{org: v1, parent: moon}], expect: null", "上级 moon", "moon stands above v1"),
        ("units: [{org: v1}, {org: v1}], expect: null", "单位 v1 写了两次", "stands twice"),
        ("org: moon, expect: null", "没有 moon 这个单位", "no unit moon"),
        ("given: [{kind: meeting.held, org: moon, present: 3}], expect: null", "没有 moon 这个单位", "no unit moon"),
        ("given: [{kind: meeting.held, day: 三月八日}], expect: null", "不能是 三月八日", "not 三月八日"),
        ("given: [{kind: meeting.missed}], expect: null", "没有 meeting.missed 这种事实", "no fact kind meeting.missed"),
        ("given: [{present: 3}], expect: null", "没有 None 这种事实", "no fact kind None"),
        ("given: [{kind: meeting.held, present: -1}], expect: null", "“到会人数”要不小于 0", '"Present" must be at least 0'),
        ("given: [{kind: meeting.held, colour: red}], expect: null", "没有 colour 这一项", "no field colour"),
        ("given: [], expect: 1", "应得 1，算出 None", "was to give 1"),
    ],
)  # fmt: skip
def test_an_example_that_cannot_be_is_refused_at_its_line_and_never_stumbled_over(
    scratch: Path, example: str, said: str, said_en: str
) -> None:
    chinese, english = examined(scratch, example)
    assert said in chinese
    assert said_en in english


def test_an_example_is_computed_by_the_row_of_its_first_day_as_every_figure_is(scratch: Path) -> None:
    given = "given: [{kind: meeting.held, present: 3, day: 2025-06-02, tags: [plenary]}]"
    over_both, after = "start: 2025-06-01, end: 2025-12-31", "start: 2025-07-01, end: 2025-12-31"
    assert examined(scratch / "a", f"{given}, {over_both}, expect: 1", TWO_ROWS) == []
    assert examined(scratch / "b", f"{given}, {after}, expect: null", TWO_ROWS) == []
    assert examined(scratch / "c", f"{given}, {over_both}, expect: null", TWO_ROWS) != []


def test_a_figure_is_compared_at_the_places_the_indicator_shows(scratch: Path) -> None:
    third = "formula:\n  - {since: 2020-01-01, text: 'ratio(count(meeting.held, present >= 3 and tag(selected)), count(meeting.held))'}\n"
    given = (
        "given: [{kind: meeting.held, present: 3}, {kind: meeting.held, present: 1}, {kind: meeting.held, present: 1}]"
    )
    for places, expect, right in ((0, "33", True), (2, "33.33", True), (2, "33.3", False), (1, "33.3", True)):
        text = INDICATOR[: INDICATOR.index("formula:")].replace(
            "kind: count", f"kind: ratio\nadditive: false\nplaces: {places}"
        )
        text += third + f"examples:\n  - {{name: 三分之一, {given}, expect: {expect}}}\n"
        folder = national(scratch / f"{places}-{expect}", meeting_number=text)
        if right:
            assert load((folder,)).indicators["meeting.number"].places == places
        else:
            with pytest.raises(CatalogRefused):
                load((folder,))
