"""Monthly cells: postings by month, and within a month in the order of a tree, with running sums.

Whatever unit is asked for, a whole month of it is the difference of two places, found by bisection; only months that a
period cuts are looked at posting by posting. So a figure of the whole city costs what one of a village costs.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from gangmu.indicators.postings import ALWAYS, EPOCH, KEPT, Column, Rows, days, on_day, shared
from gangmu.indicators.rollup import NOW, Days, Sums, added, between, places, sums, whole

MOST_KEPT = 1_000_000  # so many sums of units in months are kept, beside the cells they come from
FEW = 4096  # so few postings are summed as they are
LONGEST = 30  # the last day of the longest month, from 0
NO_ORDER: Hashable = None


class Counted(NamedTuple):
    """Postings in the order of months and ranks: how many, their amount, how many of them late, running."""

    months: tuple[int, ...]
    starts: tuple[int, ...]
    rank: Column
    at: Column
    day: Column  # in its month, from 0: beside the places, so that nobody has to look days up all over the rows
    amount: Column | None  # None: each counts `each`
    each: int
    late: Column | None  # None: none is late


class Stood(NamedTuple):
    """Where among the rows some postings of one month stand, on which day of it, from 0, and by which unit."""

    month: int
    at: Column
    day: Column
    rank: Column

    def only(self, kept: Column) -> "Stood":
        """Those of them that are kept."""
        return Stood(self.month, self.at[kept], self.day[kept], self.rank[kept])


@dataclass(slots=True, eq=False)
class Cells:
    """The cells of postings `rows` as known at a moment; `ended` are those that end, by the month of their end."""

    rows: Rows
    known: int
    begun: Counted
    ended: Counted | None
    first: int  # the day of the first posting
    kept: dict[tuple[Hashable, int, bool], Sums] = field(default_factory=dict)
    held: int = 0  # so many sums are kept

    @classmethod
    def of(cls, rows: Rows, known: int) -> "Cells":
        counting = rows.gone > min(known, int(KEPT) - 1)
        if known != NOW:
            counting &= rows.received <= known
        at = np.flatnonzero(counting)
        ending = at[rows.until[at] < ALWAYS]
        ended = _counted(rows, ending, rows.until) if len(ending) else None
        first = int(rows.day[at].min()) if len(at) else 0
        return cls(rows, known, _counted(rows, at, rows.day), ended, first)

    def __len__(self) -> int:
        return len(self.begun.at)

    def sums(self, lows: Column, highs: Column, days: Days, order: Hashable = NO_ORDER) -> Sums:
        """The sums over each range of ranks [low, high); ranges may hold one another.

        `order` names these ranges, where they are asked for again and again; only then months are kept.
        """
        if not len(self) or not len(lows):
            return nothing(len(lows))
        alone = len(lows) == 1
        start, end = between(self.rows, *((lows[0], highs[0]) if alone else (lows.min(), highs.max())))
        if start == end:
            return nothing(len(lows))
        if end - start <= FEW or (self.ended and days.first > self.first):
            few = self.rows.picked(slice(start, end))
            return whole(few, days, self.known) if alone else sums(few, lows, highs, days, self.known)
        found = self._over(self.begun, lows, highs, days, order)
        if self.ended:
            gone = self._over(self.ended, lows, highs, days, order)
            return Sums(found.seen, found.seen - gone.seen, found.amount - gone.amount, found.late - gone.late)
        return found

    def things(self, lows: Column, highs: Column, days: Days) -> Iterator[list[Column]]:
        """Of each range of ranks [low, high), by month, the things to be told apart that stand in it on these days.

        They are gathered once, for units beneath each other and beside each other alike.
        """
        edges = np.concatenate((lows, highs))
        for some in self.standing(int(lows.min()), int(highs.max()), days):
            thing, places_of = self.rows.thing[some.at], places(some.rank, edges)
            starts, ends = places_of[: len(lows)].tolist(), places_of[len(lows) :].tolist()
            yield [thing[start:end] for start, end in zip(starts, ends, strict=True)]

    def standing(self, low: int, high: int, days: Days) -> Iterator[Stood]:
        """The postings that stand in [low, high) on these days: by month, the newest first."""
        for month in reversed(self._months(self.begun, days)):
            some = self._within(month, low, high, days)
            if self.ended:
                some = some.only(self.rows.until[some.at] > days.last)
            yield some

    def _within(self, month: int, low: int, high: int, days: Days) -> Stood:
        """The postings in [low, high) that began in a month, on one of these days."""
        start, end = self._range(self.begun, month, low, high)
        begun, month_no = self.begun, self.begun.months[month]
        some = Stood(month_no, begun.at[start:end], begun.day[start:end], begun.rank[start:end])
        first, last = month_days(month_no)
        return some.only(_on(some.day, days, first)) if days.first > first or days.last < last else some

    def newest(self, low: int, high: int, days: Days) -> int | None:
        """The last of the days on which something counts in [low, high), or None."""
        if not len(self) or days.last < self.first:
            return None
        wanted = Days(max(days.first, self.first), days.last)
        for month in reversed(self._months(self.begun, wanted)):
            some = self._within(month, low, high, wanted)
            if len(some.day):
                return month_days(some.month).first + int(some.day.max())
        return None

    def _months(self, counted: Counted, days: Days) -> range:
        return range(
            bisect_left(counted.months, month_of(days.first)), bisect_right(counted.months, month_of(days.last))
        )

    def _range(self, counted: Counted, month: int, low: int, high: int) -> tuple[int, int]:
        start, end = counted.starts[month], counted.starts[month + 1]
        begin, stop = places(counted.rank[start:end], np.array((low, high)))
        return int(start + begin), int(start + stop)

    def _over(self, counted: Counted, lows: Column, highs: Column, days: Days, order: Hashable) -> Sums:
        """The sums over all months of the days, those that are cut by the first or the last day too."""
        found, edges = nothing(len(lows)), np.concatenate((lows, highs)).astype(counted.rank.dtype)
        for month in self._months(counted, days):
            first, last = month_days(counted.months[month])
            whole = days.first <= first and last <= days.last
            name = order, month, counted is self.begun
            one = self.kept.get(name) if whole else None
            if one is None:
                one = self._month(counted, month, edges, None if whole else days)
                if whole and order is not NO_ORDER:
                    self._keep(name, one)
            found = added(found, one)
        return found

    def _month(self, counted: Counted, month: int, edges: Column, days: Days | None) -> Sums:
        """The sums of one month, or of the days that are asked for in it."""
        start, end = counted.starts[month], counted.starts[month + 1]
        at = start + counted.rank[start:end].searchsorted(edges)
        starts, ends = at[: len(edges) // 2], at[len(edges) // 2 :]
        if days is None:
            return _differences(counted, starts, ends)
        return self._part(counted, starts, ends, days, month_days(counted.months[month]).first)

    def _keep(self, name: tuple[Hashable, int, bool], found: Sums) -> None:
        self.held += len(found.seen)
        if self.held > MOST_KEPT:
            self.kept.clear()
            self.held = len(found.seen)
        self.kept[name] = found

    def _part(self, counted: Counted, starts: Column, ends: Column, days: Days, first: int) -> Sums:
        """Of a month that the period cuts: only the postings of its days."""
        low, high = int(starts.min()), int(ends.max())
        at, inside = counted.at[low:high], _on(counted.day[low:high], days, first)
        seen = running(inside.astype(np.int64))
        amount = running(np.where(inside, self.rows.amount[at], 0)) if counted.amount is not None else None
        late = running(inside & self.rows.late[at]) if counted.late is not None else None
        a, b = starts - low, ends - low
        found = _differences(counted._replace(amount=amount, late=late), a, b)
        count = seen[b] - seen[a]
        return Sums(count, count, count * counted.each if amount is None else found.amount, found.late)


def _on(day: Column, days: Days, first: int) -> Column:
    """Which days of the month that begins on `first` are among `days`."""
    return (day >= max(0, days.first - first)) & (day <= min(LONGEST, days.last - first))


def nothing(count: int) -> Sums:
    """The sums of ranges where nothing lies."""
    none = np.zeros(count, np.int64)
    return Sums(none, none, none, none)


def _differences(counted: Counted, starts: Column, ends: Column) -> Sums:
    seen = ends - starts
    amount = seen * counted.each if counted.amount is None else counted.amount[ends] - counted.amount[starts]
    late = np.zeros(len(seen), np.int64) if counted.late is None else counted.late[ends] - counted.late[starts]
    return Sums(seen, seen, amount, late)


def _counted(rows: Rows, at: Column, by: Column) -> Counted:
    month = by[at].astype("datetime64[D]").astype("datetime64[M]").astype(np.int32)
    order = np.argsort(month, kind="stable")  # rows stand in the order of ranks already
    at, month = at[order].astype(np.int32), month[order]
    months, starts = np.unique(month, return_index=True)
    begins = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)
    day = by[at] - np.repeat(begins, np.diff(starts, append=len(at)))
    alike = rows.amount.dtype != object and (not len(rows.amount) or rows.amount.strides == (0,))
    each = int(rows.amount[0]) if alike and len(rows.amount) else 0
    late = rows.late[at]
    return Counted(
        tuple(months.tolist()),
        (*starts.tolist(), len(at)),
        shared(rows.rank[at]),
        shared(at),
        shared(day.astype(np.uint8)),
        None if alike else shared(running(rows.amount[at])),
        each,
        shared(running(late).astype(np.int32)) if late.any() else None,
    )


def running(values: Column) -> Column:
    """The sums before each place, and the sum of all."""
    kind = object if values.dtype == object else np.int64
    return np.concatenate((np.zeros(1, kind), np.cumsum(values, dtype=kind)))


@lru_cache(maxsize=4096)
def month_of(day: int) -> int:
    """The month of a day, counted from January 1970."""
    on = on_day(day)
    return (on.year - EPOCH.year) * 12 + on.month - 1


@lru_cache(maxsize=4096)
def month_days(month: int) -> Days:
    """The first and the last day of a month."""
    year, number = divmod(month, 12)
    first = days(date(EPOCH.year + year, number + 1, 1))
    year, number = divmod(month + 1, 12)
    return Days(first, days(date(EPOCH.year + year, number + 1, 1)) - 1)
