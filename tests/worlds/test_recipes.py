"""From conditions to facts for which they hold."""

import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.bind import bind
from gangmu.catalog.expressions.parse import parse
from gangmu.cli.world.recipes import joined, opening_kind, recipe
from gangmu.kernel.problems import Refused


def where(text: str, *tags: str) -> nodes.Condition:
    found = bind(parse(f"count(matter.closed, {text})"), tags)
    assert isinstance(found, nodes.Count)
    return found.where


@pytest.mark.parametrize(
    ("text", "body", "opening"),
    [
        ('tag("lecture")', {"tags": ["lecture"]}, {}),
        ('tag("a") and tag("b")', {"tags": ["a", "b"]}, {}),
        ("tag(selected)", {"tags": ["x", "y"]}, {}),
        ('outcome == "solved" and opened.tag(selected)', {"outcome": "solved"}, {"tags": ["x", "y"]}),
        ('domain in ["p", "q"]', {"domain": "p"}, {}),
        ("stars >= 4", {"stars": 4}, {}),
        ("stars > 4", {"stars": 5}, {}),
        ("stars <= 4", {"stars": 4}, {}),
        ("stars < 4", {"stars": 3}, {}),
        ('opened.level == "high"', {}, {"level": "high"}),
    ],
)
def test_a_condition_becomes_what_the_fact_says(text: str, body: object, opening: object) -> None:
    found = recipe(where(text, "x", "y"))
    assert (found.body, found.opening) == (body, opening)


def test_a_condition_on_the_unit_says_where_the_fact_is_made() -> None:
    found = recipe(where('unit.kind == "village" and tag("science")'))
    assert found.unit == nodes.Every((nodes.Compare(nodes.Name("unit", "kind"), "==", "village"),))
    assert found.body == {"tags": ["science"]}


def test_without_a_condition_the_fact_says_nothing() -> None:
    assert recipe(nodes.ALWAYS) == recipe(where("tag(selected)"))


@pytest.mark.parametrize("text", ['tag("a") or tag("b")', 'not outcome == "solved"', 'outcome != "solved"'])
def test_conditions_that_name_no_one_fact_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        recipe(where(text))


def test_a_tag_that_facts_must_not_carry_is_simply_left_out() -> None:
    assert recipe(where('tag("science") and not tag("class_attended")')).body == {"tags": ["science"]}


def test_bodies_are_joined_with_the_tags_of_both() -> None:
    assert joined({"tags": ["a"], "n": 1}, {"tags": ["b", "a"], "n": 2}) == {"tags": ["a", "b"], "n": 2}
    assert joined({"n": 1}, {}) == {"n": 1}


@pytest.mark.parametrize(
    ("kind", "opens"),
    [
        ("matter.closed", "matter.opened"),
        ("problem.moved", "problem.opened"),
        ("enrolment.ended", "enrolment.started"),
        ("matter.opened", None),
        ("activity.held", None),
    ],
)
def test_what_is_closed_was_opened(kind: str, opens: str | None) -> None:
    assert opening_kind(catalog(), kind) == opens
