"""Postings in memory: amounts (or things to tell apart) at units on days, as columns, in the order of a tree.

What the mart's queries find once is kept here, so that a figure, its months and the units beneath are sums over
slices. Numbers are whole millionths, as exact as the store's DECIMAL(38,6).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Context, Decimal
from functools import reduce
from hashlib import blake2b
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

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
MOST_TREES = 4  # in the orders of so many trees postings are kept at once
SAFE = 2**62  # sums of whole millionths below this fit into 64 bits
WORTH_SHARING = 4096  # columns of fewer values are not compared with others
Column = NDArray[Any]
_shared: "WeakValueDictionary[tuple[str, bytes], Column]" = WeakValueDictionary()  # those in use, by what they hold


def once_each(values: Column) -> Column:
    """Each value once, in order. NumPy's own `unique` of numbers alone is some fifty times slower than sorting them."""
    ordered = np.sort(values)
    kept = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=kept[1:])
    return ordered[kept]


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


@dataclass(slots=True, eq=False)
class Postings:
    """The postings of one aggregate as columns, and their orders in the trees asked for.

    What is the same for all of them takes no room. `ends` is the day each ends by itself, `whose` tells apart those
    that end each other (None: none do); `marks` are the tags of each.
    """

    columns: dict[str, Column]
    things: pa.Array
    token: tuple[int, ...]
    ends: Column
    whose: Column | None
    marks: pa.ListArray
    by_mark: dict[str, Column] | None = None
    ranked: dict[int, tuple[Column, Column]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: pa.Table, token: tuple[int, ...]) -> "Postings":
        """As the store hands them over (columns of POSTED)."""
        codes = table["thing"].combine_chunks().dictionary_encode()
        ends = _alike(_plain(pc.fill_null(table["until"].cast(pa.int32()), pa.scalar(int(ALWAYS), pa.int32()))))
        told = len(table) and table["whose"][0].is_valid
        whose = _plain(table["whose"].combine_chunks().dictionary_encode().indices) if told else None
        columns = {
            "no": _plain(table["no"]).astype(np.int32),
            "unit": _plain(table["unit"]),
            "day": _plain(table["day"].cast(pa.int32())),
            "amount": _alike(millionths(table["amount"])),
            "thing": _alike(_plain(pc.fill_null(codes.indices, -1))),
            "late": _alike(_plain(table["late"])),
            "received": _plain(table["received"]),
        }
        columns["until"] = _until(ends, whose, columns["day"])
        return cls(all_shared(columns), codes.dictionary, token, shared(ends), None if whose is None else shared(whose),
                   _coded(table["marks"].combine_chunks()))  # fmt: skip

    def __len__(self) -> int:
        return len(self.ends)

    def with_marks(self, tags: Iterable[str]) -> "Postings":
        """Those that carry all these tags."""
        if self.by_mark is None:
            self.by_mark = _by_mark(self.marks)
        none = np.zeros(0, np.int64)
        chosen = [self.by_mark.get(tag, none) for tag in tags]
        at = reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), map(once_each, chosen))
        columns = {name: _alike(column[at]) for name, column in self.columns.items()}
        ends, whose = _alike(self.ends[at]), None if self.whose is None else self.whose[at]
        columns["until"] = _until(ends, whose, columns["day"])
        return Postings(all_shared(columns), self.things, self.token, ends, whose, self.marks[:0])

    def in_tree(self, tree: int, ranks: Column, moments: Column) -> Rows:
        """The postings whose unit is in the tree, in its order. `ranks` by unit, `moments` of reversals by fact."""
        if tree not in self.ranked:
            if not self.ranked and self.whose is None:
                self._stand_by(ranks)
            while len(self.ranked) >= MOST_TREES:
                del self.ranked[next(iter(self.ranked))]
            self.ranked[tree] = self._order(ranks)
        order, rank = self.ranked[tree]
        named = {name: _alike(column[order]) for name, column in self.columns.items() if name != "unit"}
        return Rows(**all_shared(named), rank=rank, gone=shared(_alike(moments[named["no"]])))

    def coded_as(self, other: "Postings") -> Column:
        """The things of these postings by the codes of `other`; those it does not know get codes beyond its own."""
        if not len(self.things):
            return self.columns["thing"]
        known = _plain(pc.fill_null(pc.index_in(other.things, value_set=self.things), -1))
        codes = len(other.things) + np.arange(len(self.things))
        at = np.flatnonzero(known >= 0)
        codes[known[at]] = at
        return np.where(self.columns["thing"] < 0, -1, codes[self.columns["thing"]])

    def _stand_by(self, ranks: Column) -> None:
        """Stand in the order of the first tree asked for: most are asked for in no other, and need no second order.

        Not where postings end each other: what they are about has to stand together.
        """
        order = np.argsort(self._ranks(ranks), kind="stable")
        self.columns = all_shared({name: _alike(column[order]) for name, column in self.columns.items()})
        self.ends = shared(_alike(self.ends[order]))
        if len(self.marks):
            self.marks, self.by_mark = _coded(self.marks.take(pa.array(order))), None

    def _order(self, ranks: Column) -> tuple[Column, Column]:
        """Where the postings stand in the order of ranks, and the rank of each."""
        rank = self._ranks(ranks)
        order = np.argsort(rank, kind="stable").astype(np.int32)
        order = order[np.searchsorted(rank[order], 0) :].copy()
        return shared(order), shared(rank[order])

    def _ranks(self, ranks: Column) -> Column:
        """The rank of the unit of each posting; −1 where it is not in the tree."""
        unit = self.columns["unit"]
        return np.where(unit < len(ranks), ranks[np.minimum(unit, len(ranks) - 1)], -1).astype(np.int32)


def shared(column: Column) -> Column:
    """The column, or one in use that holds the same: what counts a kind of fact in several ways has equal days, units.

    Neither may be changed from then on.
    """
    if column.dtype == object or len(column) < WORTH_SHARING or not column.flags.c_contiguous:
        return column
    column.flags.writeable = False
    return _shared.setdefault((column.dtype.str, blake2b(column.data, digest_size=16).digest()), column)


def all_shared(columns: dict[str, Column]) -> dict[str, Column]:
    """Each of the columns, shared."""
    return {name: shared(column) for name, column in columns.items()}


def _coded(marks: pa.ListArray) -> pa.ListArray:
    """The tags by codes: written out, they take more room than all the other columns."""
    if marks.null_count or marks.values.null_count:
        return marks
    tags = marks.values.dictionary_encode()
    narrow = np.int16 if len(tags.dictionary) < 2**15 else np.int32
    codes = pa.array(shared(_plain(tags.indices).astype(narrow)))
    return pa.ListArray.from_arrays(
        pa.array(shared(_plain(marks.offsets))), pa.DictionaryArray.from_arrays(codes, tags.dictionary)
    )


def _by_mark(marks: pa.ListArray) -> dict[str, Column]:
    """By tag, where the postings are that carry it."""
    owners, codes = _plain(pc.list_parent_indices(marks)), pc.list_flatten(marks).dictionary_encode()
    order = np.argsort(_plain(codes.indices), kind="stable")
    ends = np.cumsum(np.bincount(_plain(codes.indices), minlength=len(codes.dictionary)))
    return dict(zip(codes.dictionary.to_pylist(), np.split(owners[order], ends[:-1]), strict=True)) if len(ends) else {}


def _until(ends: Column, whose: Column | None, day: Column) -> Column:
    """The day on which each posting no longer stands: its own end, or the day of the next about the same thing."""
    if whose is None:
        return ends
    following = np.where(whose[1:] == whose[:-1], day[1:], ALWAYS)
    return np.asarray(np.minimum(ends, np.append(following, ALWAYS)[: len(ends)]))


def _alike(column: Column) -> Column:
    """The column; without room for each where all are alike."""
    if len(column) > 1 and (column == column[0]).all():
        return np.broadcast_to(column[:1].copy(), len(column))
    return column


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
