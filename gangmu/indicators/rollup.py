"""From postings to sums: by units and periods, over slices of columns that stand in the order of a tree."""

from collections.abc import Sequence
from operator import add
from typing import Any, NamedTuple

import numpy as np

from gangmu.indicators.postings import KEPT, Column, Rows, once_each

NOW = 2**62  # later than anything ever received


class Days(NamedTuple):
    """From `first` to `last`, counted as the columns count."""

    first: int
    last: int


class Sums(NamedTuple):
    """For each range asked for: postings seen, those that stand, their amount (things told apart), those late."""

    seen: Column
    standing: Column
    amount: Column
    late: Column


def added(one: Sums, other: Sums) -> Sums:
    """The sums of both."""
    return Sums(*map(add, one, other))


def hits(rows: Rows, days: Days, known: int) -> tuple[Column, Column]:
    """Which postings fall on the days by what was known at a moment, and which of them still stand on the last."""
    seen = (rows.day >= days.first) & (rows.day <= days.last) & (rows.gone > min(known, int(KEPT) - 1))
    if known != NOW:
        seen &= rows.received <= known
    return seen, seen & (rows.until > days.last)


def between(rows: Rows, low: int, high: int) -> tuple[int, int]:
    """Where the postings stand of the units ranked from `low` up to, not including, `high`."""
    start, end = places(rows.rank, np.array((low, high)))
    return int(start), int(end)


def places(ranks: Column, wanted: Column) -> Column:
    """Where each wanted rank would stand. Both of one type: NumPy would copy all the ranks to make them so."""
    return np.asarray(ranks.searchsorted(wanted.astype(ranks.dtype)))


def sums(rows: Rows, lows: Column, highs: Column, days: Days, known: int) -> Sums:
    """The sums over each range of ranks [low, high); ranges may hold one another."""
    if not len(rows.rank) or not len(lows):
        none = np.zeros(len(lows), np.int64)
        return Sums(none, none, none, none)
    seen, stands = hits(rows, days, known)
    starts, ends = places(rows.rank, lows), places(rows.rank, highs)
    amount = _over(np.where(stands, rows.amount, 0), starts, ends)
    if rows.thing[0] >= 0:  # postings hold either amounts or things to tell apart
        amount = amount + _told_apart(rows.thing, stands, starts, ends)
    return Sums(_over(seen, starts, ends), _over(stands, starts, ends), amount, _over(stands & rows.late, starts, ends))


def whole(rows: Rows, days: Days, known: int) -> Sums:
    """As `sums` of the one range in which all these postings lie; it costs what a unit with few of them can bear."""
    seen, stands = hits(rows, days, known)
    standing = int(np.count_nonzero(stands))
    amount, late = rows.amount[:0].sum(), 0
    if standing:
        amount, late = rows.amount[stands].sum(), int(np.count_nonzero(rows.late[stands]))
        if rows.thing[0] >= 0:  # postings hold either amounts or things to tell apart
            amount = amount + told_apart([rows.thing[stands]]) * 1_000_000
    kind = object if rows.amount.dtype == object else np.int64
    return Sums(np.array([np.count_nonzero(seen)]), np.array([standing]), np.array([amount], kind), np.array([late]))


def _over(values: Column, starts: Column, ends: Column) -> Column:
    """The sum of `values` over each [start, end)."""
    running: Any = np.cumsum(values, dtype=object if values.dtype == object else np.int64)
    running = np.concatenate((np.zeros(1, running.dtype), running))
    return np.asarray(running[ends] - running[starts])


def _told_apart(thing: Column, stands: Column, starts: Column, ends: Column) -> Column:
    """How many different things stand in each [start, end), in whole millionths."""
    some = (thing[start:end][stands[start:end]] for start, end in zip(starts, ends, strict=True))
    return np.array([told_apart([one]) for one in some], np.int64) * 1_000_000


def told_apart(things: Sequence[Column]) -> int:
    """How many different things are among these, by their codes; −1 stands for none."""
    told = once_each(np.concatenate(things)) if things else np.zeros(0, np.int64)
    return len(told) - int(len(told) > 0 and told[0] < 0)
