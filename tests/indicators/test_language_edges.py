"""The edges of each word of the indicator language: nothing, one, ties, missing, negative, the turn of a day.

Every case is read by the oracle and by the engine (tests/indicators/spec.py), which must agree before anything else.
"""

from datetime import date
from decimal import Decimal

import pytest

from gangmu.kernel.periods import Period
from tests.indicators.spec import fact, read, value

MARCH = Period.of_month(2025, 3)
ONE_DAY = Period(date(2025, 3, 8), date(2025, 3, 8))
AGGREGATES = [
    "count(deed.done)",
    "sum(deed.done.n)",
    "distinct(deed.done.about)",
    "distinct(deed.done.w)",
    "stock(case.opened, case.closed)",
    "stock(case.opened)",
    "latest(wealth.stated.n)",
    "latest(wealth.stated.n, days=366)",
    "units_where(count(deed.done) >= 1)",
]


# Nothing: an absent report is absent, never 0.


@pytest.mark.parametrize("formula", AGGREGATES)
def test_without_any_record_there_is_no_figure(formula):
    found = read(formula, [])
    assert (found.value, found.absent) == (None, True)


@pytest.mark.parametrize("formula", AGGREGATES)
def test_records_of_another_kind_stand_behind_no_figure(formula):
    assert read(formula, [fact("case.moved", "2025-03-01", about="a", n=5, w="x")]).absent


@pytest.mark.parametrize("formula", AGGREGATES)
def test_records_of_a_unit_elsewhere_stand_behind_no_figure(formula):
    everything = [fact(kind, "2025-03-01", "v2", "a", n=5, w="x")
                  for kind in ("deed.done", "case.opened", "wealth.stated")]  # fmt: skip
    assert read(formula, everything, place="ctx").absent
    assert value(formula, everything, place="cty") is not None


@pytest.mark.parametrize("formula", AGGREGATES)
def test_what_happens_after_the_period_is_not_known_in_it(formula):
    later = [fact(kind, "2025-04-01", "v1", "a", n=5, w="x") for kind in ("deed.done", "case.opened", "wealth.stated")]
    assert read(formula, later, period=MARCH).absent


@pytest.mark.parametrize(("formula", "flows"), [(one, not one.startswith(("stock", "latest"))) for one in AGGREGATES])
def test_a_flow_forgets_what_came_before_its_period_and_a_stock_does_not(formula, flows):
    earlier = [fact(kind, "2024-12-31", "v1", "a", n=5, w="x") for kind in ("deed.done", "case.opened")]
    earlier += [fact("wealth.stated", "2024-12-31", "v1", "a", n=5)]
    assert read(formula, earlier).absent is flows


def test_a_test_over_units_looks_at_the_period_where_it_counts_what_happened():
    """units_where is a stock as a whole, but what it counts in each unit is asked for by its own nature."""
    deeds = [fact("deed.done", "2024-06-01"), fact("wealth.stated", "2024-06-01", n=9)]
    assert value("units_where(latest(wealth.stated.n) >= 9)", deeds) == 3  # the village, its town, its county
    assert read("units_where(count(deed.done) >= 1)", deeds).absent


# One, and the days at either end.


@pytest.mark.parametrize(
    ("formula", "expected"),
    [("count(deed.done)", 1), ("sum(deed.done.n)", Decimal("0.5")), ("distinct(deed.done.about)", 1),
     ("per(sum(deed.done.n), count(deed.done))", Decimal("0.5")), ("ratio(count(deed.done), count(deed.done))", 100)],
)  # fmt: skip
def test_one_record_on_the_only_day_of_a_period_is_in_it(formula, expected):
    facts = [fact("deed.done", day, about="a", n="0.5") for day in ("2025-03-07", "2025-03-08", "2025-03-09")]
    assert value(formula, facts, period=ONE_DAY) == expected


def test_what_is_closed_on_the_last_day_no_longer_stands_and_on_the_day_after_it_does():
    facts = [fact("case.opened", "2025-03-01", about="a"), fact("case.closed", "2025-03-31", about="a")]
    assert value("stock(case.opened, case.closed)", facts, period=MARCH) == 0
    assert value("stock(case.opened, case.closed)", facts, period=Period(MARCH.start, date(2025, 3, 30))) == 1


def test_a_close_before_the_opening_closes_nothing():
    facts = [fact("case.closed", "2025-02-28", about="a"), fact("case.opened", "2025-03-01", about="a")]
    assert value("stock(case.opened, case.closed)", facts) == 1


def test_a_close_of_another_thing_or_of_nothing_closes_nothing():
    facts = [fact("case.opened", "2025-03-01", about="a"), fact("case.closed", "2025-03-02", about="b"),
             fact("case.closed", "2025-03-02")]  # fmt: skip
    assert value("stock(case.opened, case.closed)", facts) == 1


def test_an_opening_about_nothing_is_no_thing_that_could_stand():
    assert read("stock(case.opened)", [fact("case.opened", "2025-03-01")]).absent


def test_a_close_by_another_unit_closes_all_the_same():
    """A matter opened in a village and closed by the town no longer stands in the village."""
    facts = [fact("case.opened", "2025-03-01", "v1", "a"), fact("case.closed", "2025-03-02", "town", "a")]
    assert [value("stock(case.opened, case.closed)", facts, place=place) for place in ("ctx", "ct")] == [0, 0]


# Missing and odd values.


def test_a_record_without_the_number_counts_and_adds_nothing():
    facts = [fact("deed.done", "2025-03-01"), fact("deed.done", "2025-03-02", n=4)]
    assert (value("count(deed.done)", facts), value("sum(deed.done.n)", facts)) == (2, 4)
    assert read("sum(deed.done.n)", facts[:1]).absent


def test_a_sum_of_zeros_is_zero_and_not_absent():
    found = read("sum(deed.done.n)", [fact("deed.done", "2025-03-01", n=0)])
    assert (found.value, found.absent) == (0, False)


def test_negative_amounts_are_taken_off():
    facts = [fact("deed.done", "2025-03-01", n="10.25"), fact("deed.done", "2025-03-02", n="-10.50")]
    assert value("sum(deed.done.n)", facts) == Decimal("-0.25")
    assert value("latest(wealth.stated.n)", [fact("wealth.stated", "2025-03-01", n=-7)]) == -7


def test_large_amounts_stay_exact_to_the_last_place():
    facts = [fact("deed.done", "2025-03-01", n="999999999999.999999"), fact("deed.done", "2025-03-01", n="0.000001")]
    assert value("sum(deed.done.n)", facts) == Decimal(10) ** 12


def test_a_thing_that_is_not_named_is_not_one_of_the_things_told_apart():
    facts = [fact("deed.done", "2025-03-01", about="a"), fact("deed.done", "2025-03-02")]
    assert value("distinct(deed.done.about)", facts) == 1
    assert read("distinct(deed.done.about)", facts[1:]).absent


def test_a_statement_that_states_no_number_does_not_take_the_place_of_one_that_did():
    facts = [fact("wealth.stated", "2025-01-01", about="a", n=5), fact("wealth.stated", "2025-02-01", about="a")]
    assert value("latest(wealth.stated.n)", facts) == 5


def test_a_statement_of_zero_does():
    facts = [fact("wealth.stated", "2025-01-01", about="a", n=5), fact("wealth.stated", "2025-02-01", about="a", n=0)]
    assert value("latest(wealth.stated.n)", facts) == 0


def test_statements_about_nothing_are_kept_apart_by_the_unit_that_made_them():
    facts = [fact("wealth.stated", "2025-01-01", "v1", n=5), fact("wealth.stated", "2025-01-02", "v2", n=6),
             fact("wealth.stated", "2025-01-03", "v1", n=1)]  # fmt: skip
    assert value("latest(wealth.stated.n)", facts) == 7


def test_a_thing_stated_by_another_unit_since_belongs_to_that_unit():
    facts = [fact("wealth.stated", "2025-01-01", "v1", "a", n=5), fact("wealth.stated", "2025-02-01", "v2", "a", n=6)]
    assert read("latest(wealth.stated.n)", facts, place="ctx").absent
    assert [value("latest(wealth.stated.n)", facts, place=place) for place in ("cty", "c")] == [6, 6]


def test_when_the_newest_statement_lapses_the_one_before_does_not_come_back():
    facts = [fact("wealth.stated", "2025-01-01", about="a", n=5), fact("wealth.stated", "2025-01-31", about="a", n=6)]
    assert read("latest(wealth.stated.n, days=30)", facts, period=Period(MARCH.start, date(2025, 3, 2))).absent
    assert value("latest(wealth.stated.n, days=31)", facts, period=Period(date(2025, 2, 1), MARCH.start)) == 6


# Ties: on one day the ledger's order decides, not the order in which facts are read.


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_of_two_openings_on_one_day_the_later_on_record_says_where_it_stands(numbers):
    units = [f"v{number}" for number in numbers]
    facts = [fact("case.opened", "2025-03-01", unit, "a") for unit in units]
    standing = {"v1": "ctx", "v2": "cty"}
    assert value("stock(case.opened)", facts, place=standing[units[1]]) == 1
    assert value("stock(case.opened)", facts, place=standing[units[0]]) == 0


# Comparisons at their limit.


@pytest.mark.parametrize(
    ("test", "passing"), [(">= 3", 1), ("> 3", 0), ("<= 3", 1), ("< 3", 0), ("== 3", 1), ("!= 3", 0), ("== 3.0", 1)]
)
def test_a_unit_at_the_threshold_passes_as_the_sign_says(test, passing):
    facts = [fact("wealth.stated", "2025-01-01", "v1", n="3.00")]
    assert value(f'units_where(unit.kind == "village", latest(wealth.stated.n) {test})', facts) == passing


def test_the_share_of_units_over_a_threshold_is_of_all_units_also_those_that_said_nothing():
    """28 % of the villages earn 500,000: who reports nothing is no village that does, but is a village."""
    facts = [fact("wealth.stated", "2025-01-01", "v1", n=500_000), fact("wealth.stated", "2025-01-01", "v2", n=499_999)]
    share = ('ratio(units_where(unit.kind == "village", latest(wealth.stated.n, days=366) >= 500000), '
             'units(unit.kind == "village"))')  # fmt: skip
    found = read(share, facts)
    assert (found.numerator, found.denominator) == (1, 3)
    assert found.value == Decimal("33.3333333333")


@pytest.mark.parametrize(
    "share",
    [
        'ratio(units_where(unit.kind == "village", latest(wealth.stated.n) >= 5), units(unit.kind == "village"))',
        'per(sum(deed.done.n), units(unit.kind == "village"))',
    ],
)
def test_over_the_units_of_the_tree_alone_nothing_on_record_is_absent_and_not_zero(share):
    found = read(share, [])
    assert (found.value, found.numerator, found.denominator, found.absent) == (None, None, 3, True)


def test_where_the_tree_has_no_such_unit_there_is_no_whole_and_nothing_to_fill_in():
    found = read('per(sum(deed.done.n), units(unit.kind == "street"))', [])
    assert (found.value, found.denominator, found.absent) == (None, 0, False)


def test_a_share_of_units_none_of_which_passes_is_zero():
    share = 'ratio(units_where(unit.kind == "village", latest(wealth.stated.n) >= 5), units(unit.kind == "village"))'
    found = read(share, [fact("wealth.stated", "2025-01-01", "v1", n=4)])
    assert (found.value, found.numerator, found.denominator) == (0, 0, 3)


# Combinations.


def test_a_share_may_be_over_a_hundred():
    facts = [fact("deed.done", "2025-03-01", n=3), fact("deed.done", "2025-03-01")]
    assert value("ratio(sum(deed.done.n), count(deed.done))", facts) == 150


@pytest.mark.parametrize(
    ("before", "now", "rate"), [(4, 5, 25), (4, 3, -25), (4, 4, 0), (3, 4, Decimal("33.3333333333")), (1, 0, -100)]
)
def test_a_change_is_of_the_base(before, now, rate):
    facts = [fact("deed.done", "2024-03-01", n=before), fact("deed.done", "2025-03-01", n=now)]
    assert value("change(sum(deed.done.n))", facts) == rate


def test_from_nothing_to_something_has_no_rate_but_both_numbers():
    facts = [fact("deed.done", "2024-03-01", n=0), fact("deed.done", "2025-03-01", n=7)]
    found = read("change(sum(deed.done.n))", facts)
    assert (found.value, found.absent, found.numerator, found.denominator) == (None, False, 7, 0)


def test_a_change_without_a_base_on_record_is_absent():
    found = read("change(count(deed.done))", [fact("deed.done", "2025-03-01")])
    assert (found.value, found.absent, found.numerator, found.denominator) == (None, True, 1, None)


def test_the_year_earlier_of_a_leap_day_is_the_end_of_its_february():
    day = Period(date(2024, 2, 29), date(2024, 2, 29))
    facts = [fact("deed.done", "2024-02-29"), fact("deed.done", "2024-02-29"), fact("deed.done", "2023-02-28")]
    assert value("change(count(deed.done))", facts, period=day) == 100


def test_a_change_of_a_stock_compares_the_last_days_of_both_periods():
    facts = [fact("case.opened", day, about=day) for day in ("2024-01-01", "2025-01-01", "2025-12-31")]
    facts.append(fact("case.closed", "2025-06-01", about="2024-01-01"))
    found = read("change(stock(case.opened, case.closed))", facts)
    assert (found.numerator, found.denominator, found.value) == (2, 1, 100)


def test_person_months_divide_what_was_paid():
    """1,000 yuan a month: 36,000 yuan over three people for a year are 36 person-months."""
    paid = [fact("deed.done", f"2025-{month:02d}-10", about=person, n="1000.00")
            for month in range(1, 13) for person in ("a", "b", "c")]  # fmt: skip
    assert value("per(sum(deed.done.n), count(deed.done))", paid) == 1000
    assert value("per(sum(deed.done.n), distinct(deed.done.about))", paid) == 12_000


def test_adding_to_what_cannot_be_formed_gives_no_figure():
    zero = "ratio(sum(deed.done.n), sum(deed.done.n))"
    found = read(f"{zero} + count(deed.done)", [fact("deed.done", "2025-01-01", n=0)])
    assert (found.value, found.absent) == (None, False)


def test_all_time_of_a_change_of_periods_still_ends_with_the_period():
    facts = [fact("deed.done", day) for day in ("2001-01-01", "2013-01-01", "2025-03-31", "2025-04-01")]
    assert value("all_time(count(deed.done))", facts, period=MARCH) == 3
    assert value("all_time(count(deed.done))", facts, period=Period.of_year(2013)) == 2
    assert read("all_time(count(deed.done))", facts, period=Period.of_year(2000)).absent


def test_a_distinct_count_of_the_whole_is_not_the_sum_of_its_parts():
    """3,600 households asked in two villages are 3,600 households of the town, however often and by whom."""
    facts = [fact("deed.done", "2025-03-01", unit, household) for unit, household in
             (("v1", "a"), ("v1", "b"), ("v2", "b"), ("v2", "c"), ("town", "a"))]  # fmt: skip
    parts = [value("distinct(deed.done.about)", facts, place=place) for place in ("ctx", "cty")]
    assert (parts, value("distinct(deed.done.about)", facts, place="ct")) == ([2, 2], 3)


def test_a_count_of_the_whole_is_the_sum_of_its_parts_and_its_own():
    facts = [fact("deed.done", "2025-03-01", unit) for unit in ("v1", "v1", "v2", "v3", "gone", "town", "county")]
    parts = [value("count(deed.done)", facts, place=place) for place in ("ctx", "cty", "ctz", "ctg")]
    assert (parts, value("count(deed.done)", facts, place="ct")) == ([2, 1, 1, 1], 6)
    assert value("count(deed.done)", facts) == 7


# Reversed facts.


@pytest.mark.parametrize("formula", AGGREGATES)
def test_when_all_is_taken_back_nothing_is_on_record(formula):
    facts = [fact(kind, "2025-03-01", "v1", "a", n=5, w="x") for kind in ("deed.done", "case.opened", "wealth.stated")]
    assert read(formula, facts, reversed_ones=[0, 1, 2]).absent


def test_when_a_statement_is_taken_back_the_one_before_holds_again():
    facts = [fact("wealth.stated", "2025-01-01", about="a", n=5), fact("wealth.stated", "2025-02-01", about="a", n=7)]
    assert value("latest(wealth.stated.n)", facts, reversed_ones=[1]) == 5


def test_when_a_second_opening_is_taken_back_the_first_says_again_where_it_stands():
    facts = [fact("case.opened", "2025-01-01", "v1", "a"), fact("case.opened", "2025-02-01", "v2", "a")]
    assert value("stock(case.opened)", facts, place="cty") == 1
    assert value("stock(case.opened)", facts, place="ctx", reversed_ones=[1]) == 1
