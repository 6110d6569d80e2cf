"""The facts that may discharge a duty as columns, found by the engine of figures: it reads each kind of fact once."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import RecordAggregate
from gangmu.indicators.engine import Engine
from gangmu.indicators.postings import KEPT, Column, Postings
from gangmu.indicators.rollup import NOW

MILLION = 1_000_000  # amounts are whole millionths
NONE = -1
Posts = Callable[[str, Column], pa.Array]  # kind, numbers of facts → the post for which each was recorded


class Texts(NamedTuple):
    """A column of texts as codes; NONE where there is none."""

    codes: Column
    dictionary: pa.Array

    def where(self, texts: Iterable[str]) -> Column:
        """The code of each of these texts; −2 for one that nobody has, so that it equals no code."""
        found = pc.index_in(pa.array(list(texts), pa.string()), value_set=self.dictionary.cast(pa.string()))
        return np.asarray(pc.fill_null(found, -2).to_numpy(zero_copy_only=False), np.int64)


class Deeds(NamedTuple):
    """Facts as columns, in the order (rank, day, received, number). `rank` is the place of their unit in the tree."""

    rank: Column
    day: Column
    received: Column
    no: Column
    amount: Column
    late: Column
    about: Texts
    thing: Column
    named: Texts
    by_post: Texts

    def __len__(self) -> int:
        return len(self.rank)


class Wanted(NamedTuple):
    """Which facts: those that an aggregate reads, and the texts of theirs that are asked for."""

    one: nodes.Count | nodes.Sum | nodes.Distinct
    about: bool
    named: bool
    by_post: bool


def deeds_of(engine: Engine, tree: int, wanted: Wanted, known: int = NOW, posts: Posts | None = None) -> Deeds:
    """The facts that count by what was known at the moment `known`, of units in the tree."""
    one = wanted.one
    base = _read(engine, nodes.Count(one.kind, one.where), tree)
    rank = base["rank"]
    alive = (rank >= 0) & (base["received"] <= known) & (base["gone"] > min(known, int(KEPT) - 1))
    at = np.flatnonzero(alive)
    at = at[np.lexsort((base["no"][at], base["received"][at], base["day"][at], rank[at]))]
    no = base["no"][at]
    amount, thing = np.full(len(no), MILLION, np.int64), np.zeros(len(no), np.int64)
    if isinstance(one, nodes.Sum):
        amount = _amounts(engine, one, tree, no)
    if isinstance(one, nodes.Distinct):
        thing = _texts(engine, one, tree, no).codes
    return Deeds(
        rank[at], base["day"][at].astype(np.int64), base["received"][at], no, amount, base["late"][at],
        _told(engine, one, "about", tree, no, asked=wanted.about), thing,
        _told(engine, one, "post", tree, no, asked=wanted.named), _by_post(one.kind, no, posts, asked=wanted.by_post),
    )  # fmt: skip


def _read(engine: Engine, one: RecordAggregate, tree: int) -> dict[str, Column]:
    """The postings of one aggregate, whether found once or come since."""
    pieces = engine.posted(one, tree, NOW)
    ranks, moments = engine.forest.grown[tree].ranks, engine.store.moments()
    names = ("no", "unit", "day", "received", "amount", "thing", "late")
    found = {name: np.concatenate([piece.columns[name] for piece in pieces]) for name in names}
    unit = found["unit"]
    found["rank"] = np.where(unit < len(ranks), ranks[np.minimum(unit, len(ranks) - 1)], NONE).astype(np.int64)
    found["gone"] = moments[found["no"]]
    return found


def _places(found: Column, no: Column) -> tuple[Column, Column]:
    """Where each number stands in a column of numbers that may lack some: places, and whether it is there."""
    order = np.argsort(found, kind="stable")
    at = np.minimum(np.searchsorted(found[order], no), max(len(order) - 1, 0))
    there = found[order][at] == no if len(order) else np.zeros(len(no), bool)
    return (order[at] if len(order) else at), there


def _amounts(engine: Engine, one: nodes.Sum, tree: int, no: Column) -> Column:
    found = _read(engine, one, tree)
    at, there = _places(found["no"], no)
    amounts = np.zeros(len(no), np.int64)
    amounts[there] = found["amount"][at[there]]
    return amounts


def _told(engine: Engine, one: RecordAggregate, field: str, tree: int, no: Column, *, asked: bool) -> Texts:
    if not asked:
        return _nothing(len(no))
    return _texts(engine, nodes.Distinct(_kind(one), field, one.where), tree, no)


def _kind(one: RecordAggregate) -> str:
    return one.opened if isinstance(one, nodes.Stock) else one.kind


def _nothing(count: int) -> Texts:
    return Texts(np.full(count, NONE, np.int64), pa.array([], pa.string()))


def _texts(engine: Engine, one: nodes.Distinct, tree: int, no: Column) -> Texts:
    """What each fact states in a field, as codes common to all pieces."""
    base, *fresh = engine.posted(one, tree, NOW)
    dictionary = pa.concat_arrays([base.things.cast(pa.string()), *(piece.things.cast(pa.string()) for piece in fresh)])
    codes, numbers, shift = [], [], 0
    for piece in (base, *fresh):
        codes.append(_shifted(piece, shift))
        numbers.append(piece.columns["no"])
        shift += len(piece.things)
    one_code = dictionary.dictionary_encode()
    same = np.asarray(one_code.indices.to_numpy(zero_copy_only=False), np.int64)
    at, there = _places(np.concatenate(numbers), no)
    found = np.full(len(no), NONE, np.int64)
    told = np.concatenate(codes)[at[there]]
    found[there] = np.where(told < 0, NONE, same[np.maximum(told, 0)]) if len(same) else NONE
    return Texts(found, one_code.dictionary)


def _shifted(piece: Postings, shift: int) -> Column:
    codes = piece.columns["thing"].astype(np.int64)
    return np.where(codes < 0, NONE, codes + shift)


def _by_post(kind: str, no: Column, posts: Posts | None, *, asked: bool) -> Texts:
    if not asked or posts is None:
        return _nothing(len(no))
    told = posts(kind, no).dictionary_encode()
    return Texts(np.asarray(pc.fill_null(told.indices, NONE).to_numpy(zero_copy_only=False), np.int64), told.dictionary)
