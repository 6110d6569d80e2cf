"""Reading formulas: what can be written, and what each refusal says, where, and what to write instead."""

from decimal import Decimal
from pathlib import Path

import pytest

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.bind import bind, uses
from gangmu.catalog.expressions.parse import FORMS, parse
from gangmu.catalog.expressions.source import LONGEST
from gangmu.catalog.expressions.write import write
from gangmu.kernel.problems import Refused

REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "expressions.md"


@pytest.mark.parametrize("word", FORMS)
def test_the_example_of_every_word_can_be_read_and_is_in_the_reference(word):
    example = FORMS[word].example
    assert parse(write(parse(example))) == parse(example)
    assert f"`{example}`" in REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("formula", "code", "where"),
    [
        ("", "syntax", "1:1"),
        ("count(a.b", "syntax", "1:6"),
        ('count(a.b, tag("党课)', "syntax", "1:16"),
        ('count(a.b, w == "党课" ,, late)', "syntax", "1:23"),
        ('count(a.b, tag("党课"),\n  sum(', "syntax", "2:6"),
        ("计数(a.b)", "unknown_form", "1:1"),
        ("average(a.b.n)", "unknown_form", "1:1"),
        ("count(a.b) / count(c.d)", "measure", "1:1"),
        ("a.b", "measure", "1:1"),
        ("count()", "arguments", "1:1"),
        ("count(a.b, x, y)", "arguments", "1:1"),
        ("count(*a)", "arguments", "1:1"),
        ("count(a.b, where=x)", "arguments", "1:1"),
        ("count(a)", "kind", "1:7"),
        ("count(A.b)", "kind", "1:7"),
        ("sum(a.b)", "kind_field", "1:5"),
        ("count(a.b, 1 < n < 5)", "chained", "1:12"),
        ("count(a.b, n is 5)", "operator", "1:12"),
        ("count(a.b, n in 5)", "list", "1:17"),
        ("count(a.b, n == m)", "value", "1:17"),
        ("count(a.b, n == True)", "value", "1:17"),
        ("count(a.b, n == 0.1234567)", "value", "1:17"),
        ("count(a.b, 5 == n)", "field", "1:12"),
        ('count(a.b, "党课" == n)', "field", "1:12"),
        ("count(a.b, len(w) == 5)", "field", "1:12"),
        ("count(a.b, tag(x))", "tag", "1:16"),
        ("count(a.b, eval(1))", "condition_call", "1:12"),
        ("count(a.b, unit.name == 1)", "owner", "1:12"),
        ("stock(a.opened, None, opened.w == 1)", "owner", "1:23"),
        ('stock(a.opened, None, opened.tag("x"))', "owner", "1:23"),
        ("units(w == 1)", "owner", "1:7"),
        ('units(tag("x"))', "owner", "1:7"),
        ("units_where(unit.level == 1, count(a.b))", "unit_test", "1:30"),
        ("units_where(ratio(count(a.b), count(a.b)) > 5)", "unit_test", "1:13"),
        ("latest(a.b.n, days=0)", "days", "1:1"),
        ('change(count(a.b), base="always")', "base", "1:1"),
        ("x" * (LONGEST + 1), "length", "1:1"),
    ],
)
def test_a_refusal_says_what_where_and_what_to_write_instead(formula, code, where):
    with pytest.raises(Refused) as refused:
        parse(formula)
    problem = refused.value.problems[0]
    assert (problem.code, problem.where) == (f"expression.{code}", where)
    assert problem.message.endswith("。")
    assert problem.message_en.endswith(".")


def test_all_that_is_wrong_is_said_at_once_with_its_line():
    with pytest.raises(Refused) as refused:
        parse("ratio(count(a),\n  sum(b.c))")
    assert [problem.where for problem in refused.value.problems] == ["1:13", "2:7"]


def test_nothing_of_a_formula_is_ever_run(tmp_path):
    target = tmp_path / "made"
    with pytest.raises(Refused):
        parse(f"count(a.b, __import__('pathlib').Path({str(target)!r}).touch())")
    assert not target.exists()


def test_deep_nesting_is_refused_and_does_no_harm():
    with pytest.raises(Refused):
        parse("(" * 1900 + "1" + ")" * 1900)


def test_numbers_keep_their_digits():
    assert parse("0.1 + -2") == nodes.Total(nodes.Number(Decimal("0.1")), "+", nodes.Number(Decimal(-2)))


def test_minus_binds_to_the_left_as_written():
    assert write(parse("1 - (2 - 3)")) == "1 - (2 - 3)"
    assert parse("1 - 2 - 3") == parse("(1 - 2) - 3")


def test_selected_is_every_tag_chosen_and_no_tag_asks_for_nothing():
    measure = parse('count(a.b, tag(selected) and tag("x"))')
    assert write(bind(measure, ("p", "q"))) == 'count(a.b, ((tag("p") and tag("q")) and tag("x")))'
    assert write(bind(measure, ())) == 'count(a.b, tag("x"))'
    assert bind(parse("count(a.b, not tag(selected))"), ()) == parse("count(a.b)")


def test_selected_is_put_in_everywhere():
    formula = (
        "change(ratio(units_where(count(a.b, tag(selected)) > 0), all_time(count(a.c, tag(selected) or late)))) + 1"
    )
    bound = write(bind(parse(formula), ("p",)))
    assert "selected" not in bound
    assert bound.count('tag("p")') == 2


def test_uses_names_everything_a_formula_reads():
    used = uses(
        parse(
            'ratio(sum(a.closed.n, w == "x" and opened.v == 1 and tag("t")), stock(b.opened, b.ended, tag(selected)))'
        )
    )
    assert used.kinds == {"a.closed", "b.opened", "b.ended"}
    assert used.fields == {("a.closed", "n"), ("a.closed", "w")}
    assert used.opened == {("a.closed", "v")}
    assert used.tags == {("a.closed", "t")}
    assert used.selectable


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("count(a.b)", "flow"),
        ("stock(a.opened)", "stock"),
        ("ratio(units_where(count(a.b) > 0), units())", "stock"),
        ("per(count(a.b), units())", "flow"),
        ("1", "flow"),
    ],
)
def test_a_measure_is_a_stock_when_all_it_reads_stands_on_a_day(formula, expected):
    assert nodes.measuring(parse(formula)) == expected


def test_the_opening_of_a_closed_thing_is_named_by_its_first_word():
    assert "matter.opened" in nodes.opening_kinds("matter.closed")
    assert "membership.started" in nodes.opening_kinds("membership.stage_changed")
    assert "matter.opened" not in nodes.opening_kinds("matter.opened")
