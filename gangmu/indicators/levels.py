"""Every level of a tree at once: many measures by month, for every unit of every level, in one pass over the rows.

Rows are dealt into one cell a unit and month; with the units in path order a running sum over the cells, from one unit
that has others beneath it to the next, then holds every unit above: what lies beneath it is the difference of two
places. No level is grouped by itself.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import NamedTuple

import numpy as np

from gangmu.indicators.postings import Column, once_each

EXACT = 2**53  # whole numbers below it lose nothing in a sum of floating point


class Level(NamedTuple):
    """The units of one level: their ranks [low, high), themselves and all beneath them."""

    lows: Column
    highs: Column

    @property
    def lowest(self) -> bool:
        """Whether nothing lies beneath any of them."""
        return bool((self.highs - self.lows == 1).all())


class Measured(NamedTuple):
    """What one measure sums: the rows it takes (None: all of them), and the value of each (None: it counts them)."""

    at: Column | None
    value: Column | None


def levels_of(paths: Sequence[str], width: int) -> tuple[Level, ...]:
    """The levels of a tree whose paths stand in order, `width` characters a level; the top first."""
    ranks = np.arange(len(paths))
    depth = np.array([len(path) // width for path in paths])
    found = []
    for level in once_each(depth):
        higher = np.append(ranks[depth <= level], len(paths))  # a unit ends where the next as high as it begins
        lows = ranks[depth == level]
        found.append(Level(lows, higher[np.searchsorted(higher, lows, side="right")]))
    return tuple(found)


def rolled_up(
    rank: Column, month: Column, measures: Sequence[Measured], levels: Sequence[Level], units: int, months: int
) -> list[list[Column]]:
    """Of each measure, by level, the sums of every unit in every month (months × units of the level).

    `rank` and `month` (from 0) are those of each row. Sums are whole numbers of 64 bits, or Python's own where the
    values are.
    """
    cell = month.astype(np.int64) * units + rank
    edges = _edges(levels, units)
    places = [None if one.lowest else (edges.searchsorted(one.lows), edges.searchsorted(one.highs)) for one in levels]

    def by_level(sums: Column) -> list[Column]:
        running = np.zeros((months, len(edges) + 1), sums.dtype)
        np.cumsum(np.add.reduceat(sums, edges, axis=1), axis=1, out=running[:, 1:])
        return [
            sums.take(level.lows, 1) if place is None else running.take(place[1], 1) - running.take(place[0], 1)
            for level, place in zip(levels, places, strict=True)
        ]

    def of_the_same_rows(some: Sequence[Measured]) -> list[list[Column]]:
        at = some[0].at
        taken = cell if at is None else cell.take(at)
        values = (value if value is None or at is None else value.take(at) for _, value in some)
        return [by_level(_cells(taken, value, units, months)) for value in values]

    rows = [list(some) for _, some in groupby(measures, key=lambda one: id(one.at))]
    with ThreadPoolExecutor(os.cpu_count()) as cores:  # most of the work leaves the interpreter to others
        return [one for found in cores.map(of_the_same_rows, rows) for one in found]


def _edges(levels: Sequence[Level], units: int) -> Column:
    """The ranks at which a unit with others beneath it begins or ends: sums need not run over any but these."""
    ends = (edge for level in levels if not level.lowest for edge in level)
    edges = once_each(np.concatenate((np.zeros(1, np.int64), *ends)))
    return np.asarray(edges[edges < units])


def _cells(taken: Column, value: Column | None, units: int, months: int) -> Column:
    """The sum (the number, where there is no value) of the rows of each cell."""
    if value is None:
        return np.bincount(taken, minlength=units * months).reshape(months, units)
    if value.dtype != object and np.abs(value, dtype=np.float64).sum() < EXACT:
        sums = np.bincount(taken, weights=value, minlength=units * months)
        return sums.astype(np.int64).reshape(months, units)
    sums = np.zeros(units * months, object if value.dtype == object else np.int64)
    np.add.at(sums, taken, value)
    return sums.reshape(months, units)
