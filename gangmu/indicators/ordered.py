"""The postings of one aggregate in the order of a tree: those found once, and the few that came since."""

from collections.abc import Hashable, Iterator
from heapq import merge
from typing import NamedTuple

import numpy as np

from gangmu.indicators.cells import NO_ORDER, Cells, Stood
from gangmu.indicators.postings import Column, Postings
from gangmu.indicators.rollup import Days, Sums, added, told_apart


class At(NamedTuple):
    """Where some postings stand: in which piece, at which places among its rows, on which day of the one month."""

    month: int
    piece: int
    at: Column
    day: Column


class Ordered(NamedTuple):
    """Pieces that add up, each with the postings it was made of; `apart`: things are told apart, not summed."""

    pieces: tuple[Cells, ...]
    postings: tuple[Postings, ...]
    apart: bool

    def sums(self, lows: Column, highs: Column, days: Days, order: Hashable = NO_ORDER) -> Sums:
        """The sums over each range of ranks [low, high); ranges may hold one another (see Cells.sums)."""
        base, *fresh = self.pieces
        found = base.sums(lows, highs, days, order)
        for piece in fresh:
            found = added(found, piece.sums(lows, highs, days, order))
        return found._replace(amount=self._different(lows, highs, days)) if self.apart else found

    def standing(self, low: int, high: int, days: Days) -> Iterator[At]:
        """The postings that stand in [low, high) on these days, by month and piece, the newest month first.

        Looked for as they are taken: who wants the newest few pays for no more months than hold them.
        """
        pieces = (_of_piece(number, one.standing(low, high, days)) for number, one in enumerate(self.pieces))
        return merge(*pieces, key=lambda at: -at.month)

    def newest(self, low: int, high: int, days: Days) -> int | None:
        """The last of the days on which something counts in [low, high), or None."""
        found = (piece.newest(low, high, days) for piece in self.pieces)
        return max((day for day in found if day is not None), default=None)

    def thing(self, code: int) -> str:
        """The thing of that code."""
        base = self.postings[0].things
        return str(base[code] if code < len(base) else self.postings[1].things[code - len(base)])

    def _different(self, lows: Column, highs: Column, days: Days) -> Column:
        """How many different things stand in each range, in whole millionths."""
        by_month = [one for piece in self.pieces if len(piece) and len(lows) for one in piece.things(lows, highs, days)]
        things = zip(*by_month, strict=True) if by_month else ([] for _ in lows)
        return np.array([told_apart(one) for one in things], np.int64) * 1_000_000


def _of_piece(number: int, months: Iterator[Stood]) -> Iterator[At]:
    return (At(some.month, number, some.at, some.day) for some in months)
