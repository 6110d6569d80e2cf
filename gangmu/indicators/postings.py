"""Postings in memory: amounts (or things to tell apart) at units on days, as columns, in the order of a tree.

What the mart's queries find once is kept here, so that a figure, its months and the units beneath are sums over
slices. Numbers are whole millionths, as exact as the store's DECIMAL(38,6).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Context, Decimal
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

POSTED = pa.schema(
    [
        ("no", pa.int64()),
        ("unit", pa.int32()),
        ("day", pa.date32()),
        ("until", pa.date32()),
        ("amount", pa.decimal128(38, 6)),
        ("thing", pa.string()),
        ("whose", pa.string()),  # what the postings are about that end each other, which stand together and in order
        ("late", pa.bool_()),
        ("received", pa.int64()),
        ("marks", pa.list_(pa.string())),
    ]
)
PLACES = 6
EXACT = Context(prec=60)
EPOCH = date(1970, 1, 1)
ALWAYS = np.int32(2**31 - 1)  # the day until which something stands that never ends
KEPT = np.int64(2**63 - 1)  # the moment at which a fact was taken back that never was
SAFE = 2**62  # sums of whole millionths below this fit into 64 bits
Column = NDArray[Any]


class Rows(NamedTuple):
    """Postings as columns of one length, by the rank of their unit in a tree.

    `day` and `until` count days, `thing` is a code (−1: none), `gone` the moment at which the fact was taken back.
    """

    rank: Column
    no: Column
    day: Column
    until: Column
    amount: Column
    thing: Column
    late: Column
    received: Column
    gone: Column

    def picked(self, at: slice | Column) -> "Rows":
        """The postings at these places."""
        return Rows(*(column[at] for column in self))


@dataclass(slots=True)
class Postings:
    """The postings of one aggregate, as the store handed them over, and their orders in the trees asked for."""

    table: pa.Table
    token: tuple[int, ...]
    marks: dict[str, Column] | None = None
    things: pa.Array = field(init=False)
    columns: dict[str, Column] = field(init=False)
    ranked: dict[tuple[int, int], Rows] = field(default_factory=dict)

    def __post_init__(self) -> None:
        codes = self.table["thing"].combine_chunks().dictionary_encode()
        self.things = codes.dictionary
        self.columns = {
            "no": _plain(self.table["no"]),
            "unit": _plain(self.table["unit"]),
            "day": _plain(self.table["day"].cast(pa.int32())),
            "until": _until(self.table),
            "amount": millionths(self.table["amount"]),
            "thing": _plain(pc.fill_null(codes.indices, -1)),
            "late": _plain(self.table["late"]),
            "received": _plain(self.table["received"]),
        }

    def with_marks(self, tags: Iterable[str]) -> "Postings":
        """Those that carry all these tags."""
        if self.marks is None:
            self.marks = _by_mark(self.table["marks"].combine_chunks())
        none = np.zeros(0, np.int64)
        chosen = [self.marks.get(tag, none) for tag in tags]
        at = reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), map(np.unique, chosen))
        return Postings(self.table.take(pa.array(at)), self.token)

    def in_tree(self, tree: int, ranks: Column, moments: Callable[[], Column], taken_back: int) -> Rows:
        """The postings whose unit is in the tree, in its order. `ranks` by unit, `moments` of reversals by fact."""
        key = (tree, taken_back)
        if key not in self.ranked:
            self.ranked = {kept: rows for kept, rows in self.ranked.items() if kept[1] == taken_back}
            self.ranked[key] = self._sorted(ranks, moments())
        return self.ranked[key]

    def _sorted(self, ranks: Column, moments: Column) -> Rows:
        unit = self.columns["unit"]
        rank = np.where(unit < len(ranks), ranks[np.minimum(unit, len(ranks) - 1)], -1)
        order = np.argsort(rank, kind="stable")
        order = order[np.searchsorted(rank[order], 0) :]
        gone = moments[self.columns["no"]]
        named = {**self.columns, "rank": rank, "gone": gone}
        return Rows(*(named[name][order] for name in Rows._fields))


def _by_mark(marks: pa.ListArray) -> dict[str, Column]:
    """By tag, where the postings are that carry it."""
    owners, codes = _plain(pc.list_parent_indices(marks)), pc.list_flatten(marks).dictionary_encode()
    order = np.argsort(_plain(codes.indices), kind="stable")
    ends = np.cumsum(np.bincount(_plain(codes.indices), minlength=len(codes.dictionary)))
    return dict(zip(codes.dictionary.to_pylist(), np.split(owners[order], ends[:-1]), strict=True)) if len(ends) else {}


def _until(table: pa.Table) -> Column:
    """The day on which each posting no longer stands: its own end, or the day of the next about the same thing."""
    ends = _plain(pc.fill_null(table["until"].cast(pa.int32()), pa.scalar(int(ALWAYS), pa.int32())))
    if not len(ends) or not table["whose"][0].is_valid:
        return ends
    whose = _plain(table["whose"].combine_chunks().dictionary_encode().indices)
    day = _plain(table["day"].cast(pa.int32()))
    following = np.where(whose[1:] == whose[:-1], day[1:], ALWAYS)
    return np.asarray(np.minimum(ends, np.append(following, ALWAYS)))


def _plain(column: pa.ChunkedArray | pa.Array) -> Column:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return np.asarray(whole.to_numpy(zero_copy_only=False))


def millionths(column: pa.ChunkedArray) -> Column:
    """A DECIMAL(38,6) column as whole millionths: 64-bit integers where any sum of them fits, else Python's own."""
    whole = pc.fill_null(column, Decimal(0)).combine_chunks()
    if not len(whole):
        return np.zeros(0, np.int64)
    words = np.frombuffer(whole.buffers()[1], np.int64).reshape(-1, 2)[whole.offset : whole.offset + len(whole)]
    low, high = words[:, 0], words[:, 1]
    fits = bool(np.array_equal(high, low >> 63))
    if fits and int(np.abs(low).max()) < SAFE // len(low):
        return low.copy()
    return np.array([int(EXACT.scaleb(one, PLACES)) for one in whole.to_pylist()], object)


def number(value: Any) -> Decimal:
    """Whole millionths as the number they stand for."""
    return EXACT.scaleb(Decimal(int(value)), -PLACES)


def days(day: date) -> int:
    """A day as the columns hold it."""
    return (day - EPOCH).days


def on_day(count: int) -> date:
    """The day that the columns hold as `count`."""
    return EPOCH + timedelta(days=int(count))
