"""Trees of days in a store: loaded once each, the oldest dropped when there are many."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from gangmu.indicators.postings import Column
from gangmu.indicators.store import NEW_UNITS, Store

AT_MOST = 16  # trees kept at once


class Standing(NamedTuple):
    """A unit as it stood on the tree's day. An ended unit keeps the place where it last hung."""

    org: str
    path: str
    kind: str
    domain: str
    level: str
    alive: bool


class Places(NamedTuple):
    """Units gathered by the place they hang under: the path of each place, its ranks [low, high)."""

    paths: tuple[str, ...]
    lows: Column
    highs: Column


@dataclass(slots=True)
class Grown:
    """A tree as ranks: units in path order, so a place is a range. `ranks` by the store's unit number, −1: none."""

    paths: tuple[str, ...]
    ranks: Column
    gathered: dict[int, Places] = field(default_factory=dict)

    def span(self, low: str, high: str) -> tuple[int, int]:
        """The ranks of the paths from `low` up to, not including, `high`."""
        return bisect_left(self.paths, low), bisect_left(self.paths, high)

    def places(self, width: int, low: str, high: str) -> Places:
        """The places `width` characters deep with paths from `low` up to, not including, `high`."""
        if width not in self.gathered:
            self.gathered[width] = self._gather(width)
        every = self.gathered[width]
        start, end = bisect_left(every.paths, low), bisect_left(every.paths, high)
        return Places(every.paths[start:end], every.lows[start:end], every.highs[start:end])

    def _gather(self, width: int) -> Places:
        paths = tuple(dict.fromkeys(path[:width] for path in self.paths))
        lows = np.array([bisect_left(self.paths, path) for path in paths], np.int64)
        return Places(paths, lows, np.append(lows[1:], len(self.paths)))


@dataclass(slots=True)
class Forest:
    """Which trees a store holds, by the name the caller gives each."""

    store: Store
    numbers: dict[str, int] = field(default_factory=dict)
    grown: dict[int, Grown] = field(default_factory=dict)
    planted: int = 0

    def plant(self, name: str, units: Iterable[Standing]) -> int:
        """The number of the tree called `name`, loaded from `units` the first time."""
        with self.store.lock:
            if name not in self.numbers:
                self.planted += 1
                self._load(self.planted, units)
                self.numbers[name] = self.planted
                self._fell_oldest()
            return self.numbers[name]

    def _load(self, number: int, units: Iterable[Standing]) -> None:
        columns = list(zip(*units, strict=True)) or [()] * len(Standing._fields)
        types = [pa.string()] * 5 + [pa.bool_()]
        arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
        connection = self.store.connection
        connection.register("incoming", pa.Table.from_arrays(arrays, names=list(Standing._fields)))
        connection.execute(NEW_UNITS)
        connection.execute(
            "INSERT INTO tree SELECT $tree, u.unit, i.path, i.kind, i.domain, i.level, i.alive "
            "FROM incoming i JOIN unit u USING (org) ORDER BY i.path",
            {"tree": number},
        )
        connection.unregister("incoming")
        rows = connection.execute("SELECT unit, path FROM tree WHERE tree = $tree", {"tree": number}).fetchall()
        rows.sort(key=lambda row: row[1])
        ranks = np.full(max((unit for unit, _ in rows), default=0) + 1, -1, np.int64)
        ranks[[unit for unit, _ in rows]] = np.arange(len(rows))
        self.grown[number] = Grown(tuple(path for _, path in rows), ranks)

    def _fell_oldest(self) -> None:
        while len(self.numbers) > AT_MOST:
            gone = self.numbers.pop(next(iter(self.numbers)))
            del self.grown[gone]
            self.store.connection.execute("DELETE FROM tree WHERE tree = $tree", {"tree": gone})
