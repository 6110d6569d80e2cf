"""Trees of days in a store: loaded once each, the oldest dropped when there are many."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import pyarrow as pa

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


@dataclass(slots=True)
class Forest:
    """Which trees a store holds, by the name the caller gives each."""

    store: Store
    numbers: dict[str, int] = field(default_factory=dict)
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

    def _fell_oldest(self) -> None:
        while len(self.numbers) > AT_MOST:
            name = next(iter(self.numbers))
            self.store.connection.execute("DELETE FROM tree WHERE tree = $tree", {"tree": self.numbers.pop(name)})
