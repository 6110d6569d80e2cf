"""Whose deed it is: pairs of bearers and deeds, by the ways that a duty's row names."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from gangmu.catalog.duties.definitions import DutyRow
from gangmu.duties.at_size.deeds import Deeds
from gangmu.duties.at_size.reached import Done
from gangmu.duties.at_size.roll import Roll
from gangmu.indicators.postings import Column, once_each


class Pairs(NamedTuple):
    """Bearers (places in the roll) and deeds (places among them) that belong together, each pair once."""

    bearer: Column
    deed: Column


class Ground(NamedTuple):
    """A tree as ranks: the rank behind the last unit beneath each, and which units live."""

    ends: Column
    alive: Column


class Credit(NamedTuple):
    """Which deeds count for whom.

    `own` are the pairs of those who have deeds besides their unit's; whoever is not `apart` stands with the deeds of
    the unit alone (`pool`: places of the deeds that count so), where the row credits these.
    """

    own: Pairs
    apart: Column
    pool: Column


def credit_of(row: DutyRow, roll: Roll, owing: Column, deeds: Deeds, ground: Ground | None) -> Credit:
    """Which deeds count for which of those who owe, as the plain rules say one by one; beneath only with a `ground`."""
    ways, chosen = row.discharge.credit, np.flatnonzero(owing)
    unnamed = deeds.named.codes < 0 if roll.kind == "post" else np.ones(len(deeds), bool)
    own = _together(list(_own(row, roll, chosen, deeds, unnamed, ground)), len(deeds))
    apart = np.zeros(len(roll), bool)
    if "beneath" in ways and ground:
        apart[chosen] = True
    apart[own.bearer] = True
    pool = np.flatnonzero(unnamed) if "unit" in ways else np.zeros(0, np.int64)
    if len(pool) and apart.any():
        own = _together([own, of_unit(np.flatnonzero(apart), roll, deeds, pool)], len(deeds))
    return Credit(own, apart, pool)


def _own(
    row: DutyRow, roll: Roll, chosen: Column, deeds: Deeds, unnamed: Column, ground: Ground | None
) -> Iterator[Pairs]:
    ways = row.discharge.credit
    if "beneath" in ways and ground:
        yield from _beneath(roll, chosen, deeds, unnamed, ground)
    if "post" in ways and roll.kind == "post":
        posts = [roll.posts[at] for at in chosen]
        yield _same(chosen, deeds.named.where(posts), deeds.named.codes, np.flatnonzero(~unnamed))
        yield _same(chosen, deeds.by_post.where(posts), deeds.by_post.codes, np.flatnonzero(unnamed))
    if "person" in ways:
        persons = [roll.persons[at] for at in chosen]
        yield _same(chosen, deeds.about.where(persons), deeds.about.codes, np.flatnonzero(unnamed))


def _same(bearers: Column, wanted: Column, codes: Column, among: Column) -> Pairs:
    """Each bearer with the deeds that carry the code it wants."""
    order = among[np.argsort(codes[among], kind="stable")]
    low, high = (np.searchsorted(codes[order], wanted, side) for side in ("left", "right"))
    owner, at = spread(low, high)
    return Pairs(bearers[owner], order[at])


def _beneath(roll: Roll, chosen: Column, deeds: Deeds, unnamed: Column, ground: Ground) -> Iterator[Pairs]:
    """Each bearer with the deeds of its own unit and of the living ones beneath."""
    rank = roll.rank[chosen]
    low, high = np.searchsorted(deeds.rank, rank), np.searchsorted(deeds.rank, ground.ends[rank])
    owner, at = spread(low, high)
    counts = unnamed[at] & (ground.alive[deeds.rank[at]] | (deeds.rank[at] == rank[owner]))
    yield Pairs(chosen[owner][counts], at[counts])


def of_unit(chosen: Column, roll: Roll, deeds: Deeds, pool: Column) -> Pairs:
    """Each bearer with the deeds of its unit."""
    ranks = deeds.rank[pool]
    low, high = (np.searchsorted(ranks, roll.rank[chosen], side) for side in ("left", "right"))
    owner, at = spread(low, high)
    return Pairs(chosen[owner], pool[at])


def spread(low: Column, high: Column) -> tuple[Column, Column]:
    """Ranges [low, high) written out: the number of the range, and each place in it."""
    lengths = np.maximum(high - low, 0)
    owner = np.repeat(np.arange(len(low)), lengths)
    before = np.cumsum(lengths) - lengths
    return owner, np.arange(lengths.sum()) - before[owner] + low[owner]


def _together(parts: list[Pairs], count: int) -> Pairs:
    """All pairs, each once, by bearer and then as the deeds stand."""
    none = np.zeros(0, np.int64)
    keys = once_each(np.concatenate([part.bearer * (count + 1) + part.deed for part in parts] or [none]))
    return Pairs(keys // (count + 1), keys % (count + 1))


def done_by(group: Column, deed: Column, deeds: Deeds, row: DutyRow, *, distinct: bool) -> Done:
    """The deeds of each group, ready to be summed; deeds of one group must stand in the order they happened."""
    order = np.lexsort((deeds.no[deed], deeds.received[deed], deeds.day[deed], group))
    group, deed = group[order], deed[order]
    like = _likeness(deeds, deed, row, distinct=distinct)
    return Done(group, deeds.day[deed], deeds.amount[deed], deeds.late[deed], like)


def _likeness(deeds: Deeds, deed: Column, row: DutyRow, *, distinct: bool) -> Column | None:
    """A number for what makes deeds alike; None where each counts by itself."""
    if distinct:
        return deeds.thing[deed]
    once_per = row.discharge.once_per
    if not once_per:
        return None
    alike = {"about": deeds.about.codes, "day": deeds.day, "org": deeds.rank}
    found = np.zeros(len(deed), np.int64)
    for word in once_per:
        _, codes = np.unique(alike[word][deed], return_inverse=True)
        found = found * (codes.max(initial=0) + 1) + codes
    return found
