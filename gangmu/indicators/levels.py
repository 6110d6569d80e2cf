"""Every level of a tree at once: many measures by month, for every unit of every level, in one pass over the rows.

Rows are dealt into one cell a unit and month; with the units in path order a running sum over the cells then holds
every unit above: what lies beneath it is the difference of two places. No level is grouped by itself.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gangmu.indicators.postings import Column

EXACT = 2**53  # whole numbers below it are exact where NumPy sums by floating point


class Level(NamedTuple):
    """The units of one level: their ranks [low, high), themselves and all beneath them."""

    lows: Column
    highs: Column


class Measured(NamedTuple):
    """What one measure sums: the rows it takes (None: all of them), and the value of each (None: it counts them)."""

    at: Column | None
    value: Column | None


def levels_of(paths: Sequence[str], width: int) -> tuple[Level, ...]:
    """The levels of a tree whose paths stand in order, `width` characters a level; the top first."""
    ranks = np.arange(len(paths))
    depth = np.array([len(path) // width for path in paths])
    found = []
    for level in range(1, int(depth.max(initial=0)) + 1):
        higher = np.append(ranks[depth <= level], len(paths))  # a unit ends where the next as high as it begins
        lows = ranks[depth == level]
        found.append(Level(lows, higher[np.searchsorted(higher, lows, side="right")]))
    return tuple(found)


def rolled_up(
    rank: Column, month: Column, measures: Sequence[Measured], levels: Sequence[Level], units: int, months: int
) -> list[list[Column]]:
    """Of each measure, by level, the sums of every unit in every month (months × units of the level).

    `rank` and `month` (from 0) are those of each row. Raises ValueError for values whose sums would not be exact.
    """
    cell = month.astype(np.int64) * units + rank
    return [[_level(one, level) for level in levels] for one in (_running(cell, units, months, m) for m in measures)]


def _running(cell: Column, units: int, months: int, measure: Measured) -> Column:
    """The sums of the cells of each month, running over the units."""
    taken = cell if measure.at is None else cell[measure.at]
    value = measure.value if measure.at is None or measure.value is None else measure.value[measure.at]
    if value is not None and len(value) and int(np.abs(value).max()) > EXACT // len(value):
        raise ValueError("values too large to be summed exactly")
    sums = np.bincount(taken, value, units * months).astype(np.int64).reshape(months, units)
    found = np.zeros((months, units + 1), np.int64)
    np.cumsum(sums, axis=1, out=found[:, 1:])
    return found


def _level(running: Column, level: Level) -> Column:
    return np.asarray(running[:, level.highs] - running[:, level.lows])
