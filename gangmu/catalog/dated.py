"""Rows that hold from a day on. A row in force is never edited; a later one is added."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar


class Since(Protocol):
    """Anything that says from which local day on it holds."""

    @property
    def since(self) -> date: ...


Row = TypeVar("Row", bound=Since)


def row_on(rows: Sequence[Row], day: date) -> Row | None:
    """The row in force on `day`: the last whose `since` is not after it; None before the first. Rows stand in order."""
    in_force = None
    for row in rows:
        if row.since <= day:
            in_force = row
    return in_force
