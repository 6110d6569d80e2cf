"""What each word of the indicator language means, by small worlds that both evaluators read alike."""

from decimal import Decimal

import pytest

from gangmu.kernel.periods import Period
from tests.indicators.spec import fact, read, value

MARCH = Period.of_month(2025, 3)


def test_count_takes_the_first_and_the_last_day_of_the_period():
    facts = [fact("deed.done", day) for day in ("2025-02-28", "2025-03-01", "2025-03-31", "2025-04-01")]
    assert value("count(deed.done)", facts, period=MARCH) == 2


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('w == "x"', 1),
        ('w != "x"', 2),  # what is missing is not "x" either
        ("n >= 2.5", 1),
        ("n < 2.5", None),
        ('w in ("x", "y")', 2),
        ('w not in ["x"]', 2),
        ("b", 1),
        ("not b", 2),
        ('tag("p")', 2),
        ('tag("p") and tag("q")', 1),
        ('tag("q") or w == "y"', 2),
        ("late", 1),
        ('unit.kind == "village"', 2),
        ('unit.domain != "rural"', 1),
        ("unit.level < 3", 1),
        ("n == 2.5", 1),
        ('w == "2.5"', None),
        ("unknown == 1", None),
    ],
)
def test_conditions_pick_facts(condition, expected):
    facts = [
        fact("deed.done", "2025-03-01", "v1", w="x", n="2.50", b=True, tags=["p", "q"]),
        fact("deed.done", "2025-03-02", "v2", w="y", tags=["p"], b=False, late=True),
        fact("deed.done", "2025-03-03", "town"),
    ]
    assert value(f"count(deed.done, {condition})", facts) == expected


def test_sum_takes_decimals_exactly_and_leaves_out_what_is_missing():
    facts = [fact("deed.done", "2025-03-01", n="0.1"), fact("deed.done", "2025-03-01", n="0.2"),
             fact("deed.done", "2025-03-01")]  # fmt: skip
    assert value("sum(deed.done.n)", facts) == Decimal("0.3")


def test_distinct_counts_one_thing_once_at_every_level():
    facts = [fact("deed.done", "2025-03-01", "v1", "company"), fact("deed.done", "2025-03-01", "v2", "company")]
    assert [value("distinct(deed.done.about)", facts, place=place) for place in ("ctx", "cty", "ct")] == [1, 1, 1]
    assert value("distinct(deed.done.org)", facts) == 2
    assert value("distinct(deed.done.day)", facts) == 1


def test_a_stock_holds_what_was_opened_and_not_yet_closed():
    facts = [fact("case.opened", "2024-05-01", about="a"), fact("case.opened", "2025-03-31", about="b"),
             fact("case.opened", "2025-04-01", about="c"), fact("case.closed", "2025-03-31", about="a")]  # fmt: skip
    assert value("stock(case.opened, case.closed)", facts, period=MARCH) == 1
    assert value("stock(case.opened)", facts, period=MARCH) == 2


def test_opened_and_closed_on_one_day_it_does_not_stand_that_evening():
    facts = [fact("case.opened", "2025-03-05", about="a"), fact("case.closed", "2025-03-05", about="a")]
    assert value("stock(case.opened, case.closed)", facts) == 0


def test_a_thing_opened_again_stands_again_and_only_once():
    facts = [fact("case.opened", "2025-01-05", "v1", "a"), fact("case.closed", "2025-01-06", "v1", "a"),
             fact("case.opened", "2025-02-05", "v2", "a"), fact("case.opened", "2025-02-06", "v3", "a")]  # fmt: skip
    assert [value("stock(case.opened, case.closed)", facts, place=p) for p in ("c", "ctx", "cty", "ctz")] == [
        1,
        0,
        0,
        1,
    ]


def test_of_a_stock_with_a_tag_only_openings_with_the_tag_end_one_another():
    facts = [fact("case.opened", "2025-01-05", "v1", "a", tags=["red"]),
             fact("case.opened", "2025-02-05", "v2", "a", tags=["blue"]),
             fact("case.opened", "2025-03-05", "v3", "b", tags=["red", "blue"])]  # fmt: skip
    assert value("stock(case.opened, case.closed)", facts, place="ctx") == 0
    assert value('stock(case.opened, case.closed, tag("red"))', facts, place="ctx") == 1
    assert value('stock(case.opened, case.closed, tag("red"))', facts) == 2
    assert value('stock(case.opened, case.closed, tag("red") and tag("blue"))', facts) == 1


def test_of_the_latest_statements_with_a_tag_only_those_with_the_tag_count():
    facts = [fact("wealth.stated", "2025-01-01", about="a", n=5, tags=["red"]),
             fact("wealth.stated", "2025-02-01", about="a", n=7)]  # fmt: skip
    assert value('latest(wealth.stated.n, tag("red"))', facts) == 5


def test_all_closed_is_zero_and_nothing_ever_opened_is_absent():
    facts = [fact("case.opened", "2025-01-05", about="a"), fact("case.closed", "2025-01-06", about="a")]
    assert value("stock(case.opened, case.closed)", facts) == 0
    assert read("stock(case.opened, case.closed)", []).absent


def test_latest_takes_the_last_statement_of_each_thing():
    facts = [fact("wealth.stated", "2025-01-01", about="a", n=5), fact("wealth.stated", "2025-02-01", about="a", n=7),
             fact("wealth.stated", "2025-02-01", about="b", n=1), fact("wealth.stated", "2026-01-01", about="a", n=9)]  # fmt: skip
    assert value("latest(wealth.stated.n)", facts) == 8


def test_of_statements_on_one_day_the_one_received_last_holds():
    facts = [fact("wealth.stated", "2025-01-01", about="a", n=5), fact("wealth.stated", "2025-01-01", about="a", n=3)]
    assert value("latest(wealth.stated.n)", facts) == 3


def test_a_statement_lapses_after_its_days():
    facts = [fact("wealth.stated", "2025-03-01", about="a", n=5)]
    last_day, day_after = Period.of_month(2025, 3), Period(MARCH.start, MARCH.end.replace(month=4, day=1))
    assert value("latest(wealth.stated.n, days=31)", facts, period=last_day) == 5
    assert read("latest(wealth.stated.n, days=31)", facts, period=day_after).absent


def test_units_are_those_living_in_the_tree_of_the_day():
    assert value('units(unit.kind == "village")', []) == 3
    assert value("units()", [], place="ct") == 4
    assert value('units(unit.kind == "city")', []) == 0


def test_units_where_measures_each_unit_over_all_beneath_it():
    facts = [fact("wealth.stated", "2025-01-01", "v1", n=50), fact("wealth.stated", "2025-01-01", "v2", n=49)]
    assert value('units_where(unit.kind == "village", latest(wealth.stated.n) >= 50)', facts) == 1
    assert value('units_where(unit.kind == "town", latest(wealth.stated.n) >= 99)', facts) == 1
    assert value('ratio(units_where(unit.kind == "village", latest(wealth.stated.n) >= 50), units(unit.kind == "village"))',
                 facts) == Decimal("33.3333333333")  # fmt: skip


def test_a_unit_without_a_record_does_not_pass_even_where_less_is_asked():
    facts = [fact("deed.done", "2025-01-01", "v1")]
    assert value('units_where(unit.kind == "village", count(deed.done) < 5)', facts) == 1
    assert read('units_where(unit.kind == "village", count(deed.done) < 5)', []).absent


def test_an_ended_unit_is_not_counted_but_what_it_recorded_is():
    facts = [fact("deed.done", "2025-01-01", "gone")]
    assert value("count(deed.done)", facts, place="ct") == 1
    assert read('units_where(unit.kind == "village", count(deed.done) >= 1)', facts).absent


def test_opened_reads_the_first_fact_that_opened_the_thing():
    facts = [fact("case.opened", "2024-01-02", about="a", w="second"), fact("case.opened", "2024-01-01", about="a", w="x",
             tags=["p"]), fact("case.closed", "2025-01-05", about="a"), fact("case.closed", "2025-01-05", about="b")]  # fmt: skip
    assert value('count(case.closed, opened.w == "x")', facts) == 1
    assert value('count(case.closed, opened.tag("p"))', facts) == 1
    assert value('count(case.closed, opened.w != "x")', facts) == 1
    assert value('count(case.moved, opened.w == "x")', facts) is None


def test_ratio_is_of_a_hundred_and_per_is_not():
    facts = [
        fact("deed.done", "2025-01-01", n=1, b=True),
        fact("deed.done", "2025-01-01", n=2),
        fact("deed.done", "2025-01-01"),
    ]
    assert value("ratio(count(deed.done, b), count(deed.done))", facts) == Decimal("33.3333333333")
    assert value("per(sum(deed.done.n), count(deed.done))", facts) == 1


def test_a_part_without_a_record_is_zero_of_a_whole_that_is_there():
    found = read("ratio(count(deed.done, b), count(deed.done))", [fact("deed.done", "2025-01-01")])
    assert (found.value, found.numerator, found.denominator) == (0, 0, 1)


def test_a_whole_of_zero_gives_no_figure_and_an_absent_whole_is_absent():
    zero = read("ratio(sum(deed.done.n), sum(deed.done.n))", [fact("deed.done", "2025-01-01", n=0)])
    assert (zero.value, zero.absent) == (None, False)
    assert read("ratio(count(deed.done), count(case.opened))", [fact("deed.done", "2025-01-01")]).absent


def test_change_tells_the_rate_and_of_a_ratio_the_points():
    facts = [fact("deed.done", "2024-03-01", b=False), fact("deed.done", "2024-03-01", b=True),
             fact("deed.done", "2025-03-01", b=True)]  # fmt: skip
    found = read("change(ratio(count(deed.done, b), count(deed.done)))", facts)
    assert (found.value, found.numerator, found.denominator, found.points) == (100, 100, 50, 50)
    assert read("change(count(deed.done))", facts).value == -50
    assert read("change(count(deed.done))", facts).points is None


def test_change_can_be_against_the_period_before():
    facts = [fact("deed.done", "2025-02-28"), fact("deed.done", "2025-03-01"), fact("deed.done", "2025-03-01")]
    assert value('change(count(deed.done), base="before")', facts, period=MARCH) == 100
    assert read("change(count(deed.done))", facts, period=MARCH).absent


def test_all_time_looks_back_to_the_first_record():
    facts = [fact("deed.done", day) for day in ("1999-01-01", "2025-03-31", "2025-04-01")]
    assert value("all_time(count(deed.done))", facts, period=MARCH) == 2
    assert value("all_time(count(deed.done)) - count(deed.done)", facts, period=MARCH) == 1


def test_beside_something_an_absent_addend_counts_zero():
    facts = [fact("deed.done", "2025-03-01")]
    assert value("count(deed.done) + count(case.closed)", facts) == 1
    assert value("count(case.closed) - count(deed.done)", facts) == -1
    assert read("count(case.closed) + count(case.moved)", facts).absent


def test_a_reversed_fact_counts_nowhere_not_even_as_an_opening():
    facts = [fact("case.opened", "2025-01-01", about="a", w="x"), fact("case.closed", "2025-02-01", about="a")]
    assert value("stock(case.opened, case.closed)", facts, reversed_ones=[1]) == 1
    assert read("stock(case.opened, case.closed)", facts, reversed_ones=[0]).absent
    assert value('count(case.closed, opened.w == "x")', facts, reversed_ones=[0]) is None
