"""One pass gives every level what grouping each level by itself gives."""

from random import Random

import numpy as np
import pytest

from gangmu.indicators.levels import Measured, levels_of, rolled_up


def tree(seed: int) -> list[str]:
    """Paths in order, two characters a level, down to four levels, uneven."""
    dice, paths = Random(seed), ["aa"]
    for level in (1, 2, 3):
        for path in [one for one in paths if len(one) == 2 * level]:
            paths += [path + f"{number:02d}" for number in range(dice.choice((0, 1, 2, 7)) + (level == 1))]
    return sorted(paths)


@pytest.mark.parametrize("seed", range(5))
def test_each_unit_of_each_level_gets_the_sum_of_all_that_lies_beneath_it(seed: int) -> None:
    paths, dice = tree(seed), np.random.default_rng(seed)
    count, months = 500, 5
    rank, month = dice.integers(0, len(paths), count), dice.integers(0, months, count)
    value, some = dice.integers(-50, 90, count), np.flatnonzero(dice.random(count) < 0.4)
    measures = [Measured(None, None), Measured(None, value), Measured(some, None), Measured(some, value)]
    levels = levels_of(paths, 2)
    assert sum(len(level.lows) for level in levels) == len(paths)
    found = rolled_up(rank, month, measures, levels, len(paths), months)
    for measure, told in zip(measures, found, strict=True):
        taken = range(count) if measure.at is None else measure.at
        for depth, level in enumerate(levels, start=1):
            places = [path for path in paths if len(path) == 2 * depth]
            assert [paths[low] for low in level.lows] == places
            for column, place in enumerate(places):
                for on in range(months):
                    naive = sum(
                        1 if measure.value is None else int(measure.value[row])
                        for row in taken
                        if month[row] == on and paths[rank[row]].startswith(place)
                    )
                    assert told[depth - 1][on, column] == naive


def test_sums_are_exact_beyond_what_floating_point_holds() -> None:
    huge = np.array([2**53 + 1, 2**53 + 3])
    levels = levels_of(["aa"], 2)
    for values in (huge, huge.astype(object) * 10**20):
        (told,) = rolled_up(np.zeros(2, int), np.zeros(2, int), [Measured(None, values)], levels, 1, 1)
        assert int(told[0][0, 0]) == sum(map(int, values))


def test_a_tree_that_begins_deeper_has_the_levels_it_has() -> None:
    top, beneath = levels_of(["aabb", "aabbcc", "aabbdd"], 2)
    assert (top.lows.tolist(), top.highs.tolist(), top.lowest) == ([0], [3], False)
    assert (beneath.lows.tolist(), beneath.highs.tolist(), beneath.lowest) == ([1, 2], [2, 3], True)


def test_without_rows_every_sum_is_zero() -> None:
    levels = levels_of(["aa", "aabb"], 2)
    none = np.zeros(0, np.int64)
    (told,) = rolled_up(none, none, [Measured(None, None)], levels, 2, 3)
    assert [level.tolist() for level in told] == [[[0]] * 3] * 2
