"""What is asked: the day looked at, and how much of the ledger is known."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked: the day looked at, and how many facts of the ledger are known (None: all there are)."""

    on: date
    size: int | None = None
