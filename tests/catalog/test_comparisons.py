"""A comparison that can never hold does not load, and says so at its line."""

from pathlib import Path

import pytest

from gangmu.catalog.load import CatalogRefused, load
from gangmu.kernel.problems import Problem
from tests.catalog.small import FORM, HEAD, INDICATOR, national, write

CLOSED = (
    "key: meeting.closed\n"
    + HEAD
    + """\
since: 2020-01-01
about: unit
moves: {does: closes, thing: meeting}
fields:
  - {key: result, title: {zh: 结果, en: Result}, type: enum, values: [{key: done, title: {zh: 完, en: done}}]}
examples:
  - {name: 散会, body: {result: done}}
"""
)
DOMAIN = FORM.replace("key: form", "key: domain").replace("plenary", "rural").replace("small", "urban")


def refusals(scratch: Path, formula: str, **files: str) -> list[Problem]:
    """What loading says about an indicator with this formula."""
    text = INDICATOR.replace("selects: [form]\n", "").replace("count(meeting.held, tag(selected))", formula)
    text = text.replace("selection: [plenary], ", "")
    folder = write(national(scratch, meeting_number=text), {name: content for name, content in files.items()})
    try:
        load((folder,))
    except CatalogRefused as refused:
        return refused.problems
    return []


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ('present == "3"', "present 是数字"),
        ('cost >= "1000.50"', "cost 是数字"),
        ('share in (1, "2.5")', '文字 "2.5"'),
        ("mood == 3", "mood 不是数字"),
        ("held_on >= 2025", "held_on 不是数字"),
        ("place == 7", "place 不是数字"),
        ("paper in (1,)", "paper 不是数字"),
        ('open == "yes"', "直接写 open"),
        ("open == 1", "直接写 open"),
        ("late == 1", "直接写 late"),
        ("present", "不能单独写"),
        ("not mood", "不能单独写"),
        ("unit.kind", "不能单独写"),
        ("unit.kind == 3", "kind 不是数字"),
        ('unit.level == "county"', "level 是数字"),
        ('mood == "angry"', "mood 没有 angry 这个值；可用：calm"),
        ('theme_kind in ("safety", "fire")', "没有 fire 这个值"),
        ('unit.kind == "castle"', "kind 没有 castle 这个值；可用：branch"),
    ],
)
def test_a_comparison_that_can_never_hold_is_refused_at_its_line(scratch: Path, condition: str, said: str) -> None:
    [problem] = refusals(scratch, f"count(meeting.held, {condition})")
    assert said in problem.message
    assert problem.message_en
    assert problem.code == "catalog.formula"
    place, _, line = problem.where.rpartition(":")
    assert "count(meeting.held" in Path(place).read_text(encoding="utf-8").splitlines()[int(line) - 1]


@pytest.mark.parametrize(
    "condition",
    [
        "present >= 3",
        "cost < 1000.50",
        'mood == "calm"',
        'held_on >= "2025-03-01"',
        'place == "org-1"',
        'theme_kind in ("safety",)',
        "not open and not late",
        "open or late",
        "unit.level < 3",
        'unit.kind == "branch"',
        'unit.domain == "anything"',  # no family of domains in this small catalog to hold it against
    ],
)
def test_a_comparison_that_may_hold_loads(scratch: Path, condition: str) -> None:
    problems = refusals(scratch, f"count(meeting.held, {condition})")
    assert [problem.message for problem in problems if problem.code != "catalog.example"] == []


def test_a_domain_that_is_in_no_family_is_refused(scratch: Path) -> None:
    files = {"tags/domain.yaml": DOMAIN}
    [problem] = refusals(scratch, 'count(meeting.held, unit.domain == "moon")', **files)
    assert "moon" in problem.message
    assert "rural" in problem.message


def test_the_fields_of_what_opened_a_thing_are_held_to_their_types_too(scratch: Path) -> None:
    opened = {"facts/meeting.opened.yaml": _opening(), "facts/meeting.closed.yaml": CLOSED}
    [problem] = refusals(scratch, 'count(meeting.closed, opened.size == "3")', **opened)
    assert "size 是数字" in problem.message


def test_a_test_over_units_is_held_to_its_types_on_both_sides(scratch: Path) -> None:
    problems = refusals(scratch, 'units_where(unit.kind == "castle", count(meeting.held, present == "3") > 0)')
    said = [problem.message for problem in problems]
    assert any("castle" in message for message in said)
    assert any("present 是数字" in message for message in said)


def _opening() -> str:
    text = CLOSED.replace("meeting.closed", "meeting.opened").replace("does: closes", "does: opens")
    return text.replace(
        "type: enum, values: [{key: done, title: {zh: 完, en: done}}]}",
        "type: enum, values: [{key: done, title: {zh: 完, en: done}}]}\n  - {key: size, title: {zh: 人数, en: Size}, type: int}",
    )
