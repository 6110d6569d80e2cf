"""How many obligations stand in which state, and the rates that follow from them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gangmu.catalog.duties.definitions import State
from gangmu.catalog.duties.states import Status

DONE: frozenset[State] = frozenset({"met", "met_late"})
FEWEST = 5  # persons obliged, below whom no rate of theirs is shown above their unit


@dataclass(frozen=True, slots=True)
class Kept:
    """Obligations by state. Rates look at the settled alone: owed, not waived, and grace has passed.

    `done` of the `settled` were met, in time or late; `late` of the done rest on a record that came late (补录).
    """

    by_state: Mapping[State, int]
    settled: int
    done: int
    late: int

    @property
    def rate(self) -> Decimal | None:
        """The share of the settled that was met; None while nothing is settled."""
        return Decimal(self.done) / self.settled if self.settled else None

    @property
    def late_share(self) -> Decimal | None:
        """The share of the done that rests on a late record; None while nothing is done."""
        return Decimal(self.late) / self.done if self.done else None


def is_settled(one: Status, on: date) -> bool:
    """Whether the obligation may stand in a rate: it was owed, and there is nothing to wait for any more."""
    return one.state not in ("waived", "not_applicable") and one.obligation.grace_end < on


def kept(found: Iterable[Status]) -> Kept:
    """The obligations counted, each as it stands on its day."""
    every = tuple(found)
    settled = [one for one in every if is_settled(one, one.on)]
    done = [one for one in settled if one.state in DONE]
    late = sum(one.late_records > 0 for one in done)
    return Kept(Counter(one.state for one in every), len(settled), len(done), late)
