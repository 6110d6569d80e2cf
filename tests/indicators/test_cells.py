"""Monthly cells give the same sums as looking at every posting, whatever ranges and days are asked for."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import numpy as np
import pyarrow as pa
import pytest

from gangmu.catalog.expressions.combine import Window
from gangmu.catalog.expressions.parse import parse
from gangmu.indicators import cells, rollup
from gangmu.indicators import engine as engines
from gangmu.indicators.cells import Cells, month_days, month_of
from gangmu.indicators.engine import Engine, Place, outcome, wanted
from gangmu.indicators.forest import Standing
from gangmu.indicators.ordered import Ordered
from gangmu.indicators.postings import KEPT, POSTED, Postings, days, on_day
from gangmu.indicators.rollup import NOW, Days
from gangmu.indicators.store import Store
from gangmu.kernel.periods import Period
from tests.indicators.spec import COLUMNS, UNITS, fact, incoming

FIRST = date(2024, 1, 1)
UNIT_COUNT = 12
KINDS = ("count", "sum", "distinct", "stock", "huge")
EVER = days(date.min)


@pytest.fixture(autouse=True)
def _no_shortcut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also few postings go through the cells."""
    monkeypatch.setattr(cells, "FEW", -1)


def drawn(seed: int, kind: str, count: int = 300) -> rollup.Rows:
    """Random postings of two years in the order of a tree, some of them taken back."""
    dice = Random(f"{seed}/{kind}")
    told = []
    for no in range(count):
        day = FIRST + timedelta(days=dice.randrange(730))
        until = day + timedelta(days=dice.randrange(200)) if kind == "stock" and dice.random() < 0.7 else None
        amount = {"sum": Decimal(dice.randrange(-5000, 9000)) / 100, "huge": Decimal(10) ** 31, "distinct": None}
        told.append({"no": no, "unit": dice.randrange(UNIT_COUNT + 2), "day": day, "until": until,
                     "amount": amount.get(kind, Decimal(1)), "thing": str(dice.randrange(40)) if kind == "distinct" else None,
                     "late": dice.random() < 0.2, "received": dice.randrange(1000)})  # fmt: skip
    moments = np.full(count + 1, KEPT, np.int64)
    for no in dice.sample(range(count), 15):
        moments[no] = dice.randrange(1000, 2000)
    return Postings.of(pa.Table.from_pylist(told, schema=POSTED), (0,)).in_tree(1, np.arange(UNIT_COUNT), moments)


def windows(dice: Random, kind: str) -> list[Days]:
    whole = Days(days(date(2025, 1, 1)), days(date(2025, 12, 31)))
    cut = [sorted((days(FIRST) + dice.randrange(-40, 800), days(FIRST) + dice.randrange(-40, 800))) for _ in range(6)]
    found = [whole, *(Days(*one) for one in cut)]
    return [Days(EVER, one.last) for one in found] + (found if kind != "stock" else found[:2])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("known", [NOW, 700, 1500])
def test_sums_over_any_ranges_and_days_are_those_of_a_look_at_every_posting(kind: str, seed: int, known: int) -> None:
    rows, dice = drawn(seed, kind), Random(seed)
    found = Cells.of(rows, known)
    lows = np.array([0, 0, 3, 5, 11, 7], np.int64)
    highs = np.array([12, 1, 7, 5, 12, 9], np.int64)
    for window in windows(dice, kind):
        for order in (None, "again", "again"):
            told = found.sums(lows, highs, window, order)
            naive = rollup.sums(rows, lows, highs, window, known)
            assert told.seen.tolist() == naive.seen.tolist()
            assert told.standing.tolist() == naive.standing.tolist()
            assert told.late.tolist() == naive.late.tolist()
            if kind != "distinct":
                assert [int(one) for one in told.amount] == [int(one) for one in naive.amount]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("known", [NOW, 700])
def test_of_one_unit_with_few_postings_the_sums_are_those_of_several(
    kind: str, known: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "FEW", 1000)
    rows = drawn(7, kind)
    found, ranges = Cells.of(rows, known), [(0, 12), (3, 4), (5, 5), (11, 12), (12, 14)]
    for window in windows(Random(7), kind):
        naive = rollup.sums(rows, *(np.array(edge, np.int64) for edge in zip(*ranges, strict=True)), window, known)
        for at, (low, high) in enumerate(ranges):
            told = found.sums(np.array([low]), np.array([high]), window)
            assert [one.tolist() for one in told] == [[column[at]] for column in naive]


@pytest.mark.parametrize("kind", ["count", "stock", "distinct"])
@pytest.mark.parametrize("seed", range(3))
def test_what_stands_is_told_by_month_the_newest_first_and_nothing_else(kind: str, seed: int) -> None:
    rows, window = drawn(seed, kind), Days(EVER, days(date(2025, 5, 17)))
    found = list(Cells.of(rows, NOW).standing(2, 9, window))
    assert [one.month for one in found] == sorted((one.month for one in found), reverse=True)
    _, stands = rollup.hits(rows, window, NOW)
    inside = np.flatnonzero(stands & (rows.rank >= 2) & (rows.rank < 9))
    assert sorted(int(at) for one in found for at in one.at) == inside.tolist()
    for one in found:
        assert (month_days(one.month).first + one.day.astype(int)).tolist() == rows.day[one.at].tolist()


@pytest.mark.parametrize("seed", range(3))
def test_things_are_gathered_once_and_told_for_every_range(seed: int) -> None:
    rows, window = drawn(seed, "distinct"), Days(days(date(2025, 1, 9)), days(date(2025, 5, 17)))
    lows, highs = np.array([0, 2, 5, 7, 3]), np.array([12, 9, 5, 8, 4])
    by_month = list(Cells.of(rows, NOW).things(lows, highs, window))
    _, stands = rollup.hits(rows, window, NOW)
    for at, (low, high) in enumerate(zip(lows, highs, strict=True)):
        told = sorted(int(thing) for month in by_month for thing in month[at])
        assert told == sorted(rows.thing[stands & (rows.rank >= low) & (rows.rank < high)].tolist())


def test_of_no_range_at_all_no_things_are_told_apart() -> None:
    none = np.zeros(0, np.int64)
    ordered = Ordered((Cells.of(drawn(1, "distinct"), NOW),), (), apart=True)
    assert ordered.sums(none, none, Days(EVER, days(date(2025, 5, 17)))).amount.tolist() == []


@pytest.mark.parametrize("seed", range(3))
def test_the_newest_day_is_that_of_the_newest_posting_that_counts(seed: int) -> None:
    rows, dice = drawn(seed, "count"), Random(seed)
    found = Cells.of(rows, NOW)
    for _ in range(20):
        low, until = dice.randrange(UNIT_COUNT), days(FIRST) + dice.randrange(-10, 800)
        seen = (rows.gone == KEPT) & (rows.rank >= low) & (rows.rank < low + 2) & (rows.day <= until)
        newest = int(rows.day[seen].max()) if seen.any() else None
        assert found.newest(low, low + 2, Days(EVER, until)) == newest
        if newest is not None:
            assert found.newest(low, low + 2, Days(newest, until)) == newest
            assert found.newest(low, low + 2, Days(newest + 1, until)) is None


def test_of_no_postings_every_sum_is_zero_and_no_day_is_the_newest() -> None:
    none = Cells.of(drawn(1, "count", 20).picked(slice(0, 0)), NOW)
    found = none.sums(np.array([0, 1]), np.array([5, 2]), Days(0, 30_000))
    assert [column.tolist() for column in found] == [[0, 0]] * 4
    assert none.newest(0, 9, Days(0, 30_000)) is None


def test_kept_months_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_KEPT", 30)
    found = Cells.of(drawn(2, "count"), NOW)
    lows, highs = np.arange(4), np.arange(1, 5)
    for name in range(50):
        found.sums(lows, highs, Days(days(date(2025, 1, 1)), days(date(2025, 3, 31))), name)
        assert sum(len(one.seen) for one in found.kept.values()) <= 30


@pytest.mark.parametrize("day", [date.min, date(1969, 12, 31), FIRST, date(2024, 2, 29), date(2025, 12, 31)])
def test_a_day_lies_between_the_first_and_the_last_day_of_its_month(day: date) -> None:
    first, last = month_days(month_of(days(day)))
    assert first <= days(day) <= last
    assert (on_day(first).day, on_day(first).month, on_day(last + 1).day) == (1, day.month, 1)


def test_new_facts_stand_beside_those_found_once_and_things_are_told_apart_over_both(monkeypatch) -> None:
    engine = Engine(Store(COLUMNS))
    standing = [Standing(unit.org, unit.path, unit.kind, unit.domain, unit.level, unit.alive) for unit in UNITS]
    rows = [fact("deed.done", f"2025-0{1 + n % 6}-03", "v1", n=n % 4, w=str(n % 3)) for n in range(12)]
    rows += [fact("deed.done", "2025-05-04", "v2", n=7, w=word) for word in ("1", "new", "newer")]
    table = incoming(rows).set_column(1, "id", pa.array([f"{n:02d}" for n in range(len(rows))]))
    engine.store.add(table.slice(0, 12))
    tree = engine.plant("day", standing)

    def value(formula: str, place: str = "c") -> Decimal | None:
        measure, year = parse(formula), Window(Period.of_year(2025))
        readings = engine.ask(wanted(measure, year, len(place)), Place(tree, place, place + "~"))
        return outcome(measure, year, place, len(place), readings).value

    formulas = (
        "count(deed.done)",
        "sum(deed.done.n)",
        "distinct(deed.done.w)",
        'count(deed.done, unit.kind == "village")',
    )
    assert [value(one) for one in formulas] == [12, 18, 3, 12]
    engine.store.add(table)
    assert [value(one) for one in formulas] == [15, 39, 5, 15]
    assert [value(one, "cty") for one in formulas] == [3, 21, 3, 3]
    assert {len(pieces) for pieces in engine.leaves.values()} == {2}
    monkeypatch.setattr(engines, "MOST_FRESH", 2)
    engine.store.add(incoming([fact("deed.done", "2025-07-01", "v3", n=1, w="newest")]).set_column(0, "seq", [[None]])
                     .set_column(1, "id", [["late"]]))  # fmt: skip
    assert [value(one) for one in formulas] == [16, 40, 6, 16]
    assert {len(pieces) for pieces in engine.leaves.values()} == {1}
