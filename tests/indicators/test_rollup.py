"""Sums over columns are exact, whatever their size, and over ranges that hold one another."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest

from gangmu.indicators import rollup
from gangmu.indicators.postings import ALWAYS, KEPT, POSTED, Postings, days, millionths, number, on_day
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
