"""A formula held against the definitions it counts: names that are there, sums of numbers, what it says of its nature."""

from pathlib import Path

import pytest

from gangmu.catalog.load import CatalogRefused, load
from gangmu.kernel.problems import Problem
from tests.catalog.small import FACT, FORM, HEAD, INDICATOR, national, write

FOUNDED = (
    "key: hall.opened\n"
    + HEAD
    + "since: 2020-01-01\nabout: site\nmoves: {does: opens, thing: hall}\ntags_required: [form]\n"
    "fields:\n  - {key: seats, title: {zh: 座位, en: Seats}, type: int}\nexamples:\n  - {name: 开, body: {tags: [small]}}\n"
)
ENDED = (
    "key: hall.closed\n" + HEAD + "since: 2020-01-01\nabout: site\nmoves: {does: closes, thing: hall}\n"
    "examples:\n  - {name: 关, body: {}}\n"
)  # fmt: skip
WALKED = "key: walk.taken\n" + HEAD + "since: 2020-01-01\nexamples:\n  - {name: 走, body: {}}\n"
LEVEL = FORM.replace("key: form", "key: level").replace("plenary", "village_level").replace("small", "town_level")


def said(scratch: Path, formula: str, **changed: str) -> list[Problem]:
    """What loading says of an indicator with this formula; changed: lines of the indicator, by what they begin with."""
    text = INDICATOR.replace("selects: [form]\n", "").replace("count(meeting.held, tag(selected))", formula)
    text = text[: text.index("examples:")] + "examples:\n  - {name: 无, given: [], expect: null}\n"
    for begins, line in changed.items():
        text = "".join(f"{line}\n" if one.startswith(begins + ":") else f"{one}\n" for one in text.splitlines())
    files = {"facts/hall.opened.yaml": FOUNDED, "facts/hall.closed.yaml": ENDED, "facts/walk.taken.yaml": WALKED,
             "tags/level.yaml": LEVEL}  # fmt: skip
    try:
        load((write(national(scratch, meeting_number=text), files),))
    except CatalogRefused as refused:
        return refused.problems
    return []


RATIO = "kind: ratio\nadditive: false"
STOCK = "measure: stock"


@pytest.mark.parametrize(
    ("formula", "chinese", "english"),
    [
        ("count(walk.taken, far)", "walk.taken 没有字段 far；有：（没有）", "has no field far"),
        ("distinct(walk.taken.about)", "不关于任何对象", "about nothing to be counted"),
        ("sum(meeting.held.held_on)", "不是数字，不能相加", "is no number"),
        ("sum(meeting.held.open)", "不是数字，不能相加", "is no number"),
        ("sum(meeting.held.minutes)", "没有字段 minutes", "has no field minutes"),  # sealed: nobody can sum it
        ("count(hall.closed, opened.rooms >= 3)", "开立事实没有字段 rooms", "What opens hall.closed"),
        ('count(hall.closed, tag("safety"))', "不会带标签 safety", "never bears the tag safety"),
        ('count(walk.taken, tag("small"))', "不会带标签 small", "never bears the tag small"),
        ('count(meeting.held, tag("village_level"))', "不会带标签 village_level", "never bears"),
        ("count(meeting.hold)", "是不是 meeting.held", "did you mean meeting.held"),
        ("stock(hall.opened, hall.shut)", "没有 hall.shut", "no fact kind hall.shut"),
        ("count(meeting.held) + meeting.number", "看不懂", "is no measure"),
    ],
)
def test_what_a_formula_names_must_be_there_and_be_what_it_is_used_for(
    scratch: Path, formula: str, chinese: str, english: str
) -> None:
    problems = said(scratch, formula, **({"measure": STOCK} if formula.startswith("stock") else {}))
    assert any(chinese in one.message for one in problems), [str(one) for one in problems]
    assert any(english in one.message_en for one in problems)
    assert {one.code for one in problems} <= {"catalog.formula", "expression.measure"}


@pytest.mark.parametrize(
    ("formula", "stated"),
    [
        ("stock(hall.opened, hall.closed)", "flow"),
        ("latest(meeting.held.cost)", "flow"),
        ('units(unit.kind == "branch")', "flow"),
        ("units_where(count(meeting.held) >= 1)", "flow"),
        ("count(meeting.held)", "stock"),
        ("sum(meeting.held.cost)", "stock"),
        ("per(sum(meeting.held.cost), units())", "stock"),
    ],
)
def test_a_definition_says_of_its_formula_what_it_is(scratch: Path, formula: str, stated: str) -> None:
    other = "stock" if stated == "flow" else "flow"
    wrong = said(scratch / "wrong", formula, measure=f"measure: {stated}", kind=RATIO)
    assert [one.message for one in wrong] == [f"算式是 {other}，measure 却写 {stated}。"]
    right = said(scratch / "right", formula, measure=f"measure: {other}", kind=RATIO)
    assert [one.code for one in right if one.code != "catalog.example"] == []


@pytest.mark.parametrize(
    "formula",
    [
        "distinct(meeting.held.place)",
        "ratio(count(meeting.held, open), count(meeting.held))",
        "per(sum(meeting.held.cost), count(meeting.held))",
        "change(count(meeting.held))",
        "count(meeting.held) + distinct(meeting.held.about)",
        "all_time(distinct(meeting.held.about))",
    ],
)
def test_what_never_adds_up_the_tree_may_not_say_that_it_does(scratch: Path, formula: str) -> None:
    [problem] = said(scratch / "adds", formula)
    assert "additive: false" in problem.message
    assert said(scratch / "stays", formula, kind="kind: count\nadditive: false") == []


@pytest.mark.parametrize("formula", ["count(meeting.held)", "sum(meeting.held.cost)", "all_time(count(meeting.held))",
                                     "count(meeting.held) - count(walk.taken)"])  # fmt: skip
def test_what_adds_up_may_say_so(scratch: Path, formula: str) -> None:
    assert said(scratch, formula) == []


def test_a_close_may_be_asked_for_the_tags_and_fields_of_what_it_closes(scratch: Path) -> None:
    assert said(scratch, 'count(hall.closed, opened.tag("small") and opened.seats >= 100)') == []


def test_an_earlier_row_of_a_formula_is_held_to_the_same_rules(scratch: Path) -> None:
    """Last year computes by last year's row: it must still be one that can be computed."""
    rows = "count(meeting.missed)'}\n  - {since: 2025-01-01, text: 'count(meeting.held)"
    [problem] = said(scratch, rows)
    assert "没有 meeting.missed" in problem.message
    assert problem.where.endswith("meeting.number.yaml:12")


def test_all_that_is_wrong_in_one_formula_is_said_at_once(scratch: Path) -> None:
    problems = said(scratch, 'ratio(sum(meeting.held.mood), count(walk.gone, tag("nothing")))')
    told = "".join(one.message for one in problems)
    assert all(part in told for part in ("没有 walk.gone", "meeting.held.mood 不是数字", "additive: false"))
    assert len({one.where for one in problems}) == 1


def test_a_required_field_of_the_floor_cannot_be_taken_out_from_under_a_formula(scratch: Path) -> None:
    without = "\n".join(line for line in FACT.splitlines() if "key: cost" not in line) + "\n"
    text = INDICATOR.replace("count(meeting.held, tag(selected))", "sum(meeting.held.cost, tag(selected))")
    text = text.replace("expect: 1", "expect: null")
    with pytest.raises(CatalogRefused) as caught:
        load((national(scratch, meeting_held=without, meeting_number=text),))
    assert ["没有字段 cost" in one.message for one in caught.value.problems] == [True]
