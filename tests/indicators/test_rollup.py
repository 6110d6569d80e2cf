"""Sums over columns are exact, whatever their size, and over ranges that hold one another."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest

from gangmu.indicators import rollup
from gangmu.indicators.postings import ALWAYS, KEPT, POSTED, Postings, days, millionths, number, on_day, once_each
from gangmu.indicators.rollup import NOW, Days

DAY = date(2025, 3, 1)
YEAR = Days(days(date(2025, 1, 1)), days(date(2025, 12, 31)))


def posting(
    no: int, unit: int, amount: str | None = "1", thing: str | None = None, **other: object
) -> dict[str, object]:
    told = {"no": no, "unit": unit, "day": DAY, "until": None, "thing": thing, "late": False, "received": no}
    return {**told, "amount": None if amount is None else Decimal(amount), **other}


def ranked(*rows: dict[str, object], units: int = 4, gone: dict[int, int] | None = None):
    postings = Postings.of(pa.Table.from_pylist(list(rows), schema=POSTED), (0,))
    moments = np.full(len(rows) + 1, KEPT, np.int64)
    for no, moment in (gone or {}).items():
        moments[no] = moment
    return postings.in_tree(1, np.arange(units), moments)


def amounts(rows, lows, highs, known: int = NOW):
    found = rollup.sums(rows, np.array(lows), np.array(highs), YEAR, known)
    return [number(one) for one in found.amount]


def test_each_range_sums_its_own_units_and_ranges_may_hold_one_another():
    rows = ranked(*(posting(no, no % 4, str(no)) for no in range(8)))
    assert amounts(rows, [0, 0, 2, 3], [4, 1, 4, 3]) == [28, 4, 18, 0]


@pytest.mark.parametrize("size", ["1.5", "9999999999999999999999999999"])
def test_a_range_asked_for_alone_sums_as_it_does_among_others(size):
    rows = ranked(*(posting(no, no % 4, size, late=no > 5) for no in range(8)), gone={2: 3})
    together = rollup.sums(rows, np.array([0, 1, 2]), np.array([4, 3, 2]), YEAR, NOW)
    for at, (low, high) in enumerate([(0, 4), (1, 3), (2, 2)]):
        alone = rollup.sums(rows, np.array([low]), np.array([high]), YEAR, NOW)
        assert [column.tolist() for column in alone] == [[column[at]] for column in together]


def test_a_unit_outside_the_tree_counts_nowhere():
    assert amounts(ranked(posting(0, 3), posting(1, 9)), [0], [4]) == [1]


@pytest.mark.parametrize("amount", ["0.000001", "-3.5", "9999999999999999999999999999.999999"])
def test_an_amount_of_any_size_is_exact(amount):
    rows = ranked(posting(0, 0, amount), posting(1, 1, amount), posting(2, 2, "0.000001"))
    assert amounts(rows, [0], [4]) == [2 * Fraction(amount) + Fraction("0.000001")]


def test_amounts_whose_sum_would_overflow_are_kept_as_whole_numbers_of_any_size():
    column = pa.chunked_array([pa.array([Decimal("9000000000000")] * 2, pa.decimal128(38, 6))])
    assert millionths(column).dtype == object
    assert sum(millionths(column)) == 18 * 10**18


def test_a_second_tree_and_the_choice_of_tags_find_the_same_after_the_postings_stand_in_the_order_of_the_first():
    told = [posting(no, 5 - no, marks=["a"] if no % 2 else ["a", "b"], amount=str(no)) for no in range(6)]
    postings = Postings.of(pa.Table.from_pylist(told, schema=POSTED), (0,))
    moments = np.full(7, KEPT, np.int64)
    first = postings.in_tree(1, np.array([3, 1, 0, 2]), moments)  # units 4 and 5 are in the second tree alone
    second = postings.in_tree(2, np.arange(6), moments)
    assert list(zip(first.rank, first.no, strict=True)) == [(0, 3), (1, 4), (2, 2), (3, 5)]
    assert list(zip(second.rank, second.no, strict=True)) == [(n, 5 - n) for n in range(6)]
    chosen = postings.with_marks(["b"]).in_tree(2, np.arange(6), moments)
    assert list(zip(chosen.rank, chosen.no, strict=True)) == [(1, 4), (3, 2), (5, 0)]
    assert [number(one) for one in chosen.amount] == [4, 2, 0]


def test_tags_chosen_before_and_after_the_postings_stand_in_the_order_of_a_tree_are_the_same():
    told = [posting(no, no % 3, marks=["a"] if no % 2 else ["b"]) for no in range(9)]
    postings = Postings.of(pa.Table.from_pylist(told, schema=POSTED), (0,))
    before = sorted(postings.with_marks(["b"]).columns["no"].tolist())
    postings.in_tree(1, np.array([2, 0, 1]), np.full(10, KEPT, np.int64))
    assert sorted(postings.with_marks(["b"]).columns["no"].tolist()) == before == [0, 2, 4, 6, 8]


def test_postings_that_end_each_other_keep_their_order_whatever_the_tree():
    told = [posting(no, 2 - no, whose="it", day=DAY + timedelta(days=no)) for no in range(3)]
    postings = Postings.of(pa.Table.from_pylist(told, schema=POSTED), (0,))
    rows = postings.in_tree(1, np.arange(3), np.full(4, KEPT, np.int64))
    ends = {int(no): int(until) for no, until in zip(rows.no, rows.until, strict=True)}
    assert ends == {0: days(DAY) + 1, 1: days(DAY) + 2, 2: int(ALWAYS)}
    assert postings.columns["no"].tolist() == [0, 1, 2]


@pytest.mark.parametrize("values", [[], [3], [2, 2, 2], [5, -1, 5, 0, -1, 7]])
def test_each_value_is_kept_once_and_in_order(values: list[int]) -> None:
    assert once_each(np.array(values, np.int32)).tolist() == sorted(set(values))


def test_what_stands_for_no_thing_is_none_of_the_things_told_apart() -> None:
    columns = [np.array([4, -1, 2], np.int32), np.array([2, -1], np.int32)]
    assert [rollup.told_apart(columns), rollup.told_apart(columns[1:]), rollup.told_apart([])] == [2, 1, 0]


def test_things_are_told_apart_in_each_range():
    rows = ranked(*(posting(no, unit, None, thing) for no, (unit, thing) in enumerate([(0, "a"), (1, "a"), (1, "b")])))
    assert amounts(rows, [0, 0, 1, 2], [4, 1, 2, 4]) == [2, 1, 2, 0]


def test_what_ended_by_the_last_day_is_seen_and_does_not_stand():
    rows = ranked(posting(0, 0, until=date(2025, 12, 31)), posting(1, 0, until=date(2026, 1, 1)), posting(2, 0))
    found = rollup.sums(rows, np.array([0]), np.array([4]), YEAR, NOW)
    assert (found.seen[0], found.standing[0]) == (3, 2)
    assert rows.until.max() == ALWAYS


def test_what_was_taken_back_counts_only_for_those_who_did_not_know_it_yet():
    rows = ranked(posting(0, 0, received=5), posting(1, 0, received=6), gone={0: 8})
    assert [amounts(rows, [0], [4], known) for known in (5, 7, 8, NOW)] == [[1], [2], [1], [1]]


def test_without_postings_every_sum_is_zero():
    assert amounts(ranked(), [0, 1], [1, 4]) == [0, 0]


def test_days_go_into_the_columns_and_back():
    assert [on_day(days(day)) for day in (date.min, DAY, date.max)] == [date.min, DAY, date.max]
