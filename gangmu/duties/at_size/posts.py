"""For which post each fact was recorded: asked of the ledger's index, since segments do not hold it."""

from dataclasses import dataclass, field

import pyarrow as pa

from gangmu.indicators.engine import Engine
from gangmu.indicators.postings import Column
from gangmu.ledger import engine as ledger

RECORDED = "SELECT n, id, post FROM ledger_fact WHERE n > %s AND post IS NOT NULL AND kind = %s ORDER BY n"
NUMBERED = "SELECT no, id FROM fact WHERE kind = $kind AND no > $after"


@dataclass(slots=True)
class Posts:
    """The posts of the facts of an engine, by kind, read as far as they have come."""

    engine: Engine
    recorded: dict[str, int] = field(default_factory=dict)
    numbered: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, dict[str, str]] = field(default_factory=dict)
    known: dict[str, dict[int, str]] = field(default_factory=dict)

    def of(self, kind: str, no: Column) -> pa.Array:
        """For each fact of the kind, by number, the post for which it was recorded; null where for none."""
        self._read(kind)
        known = self.known[kind]
        return pa.array([known.get(number) for number in no.tolist()] if known else [None] * len(no), pa.string())

    def _read(self, kind: str) -> None:
        """What was recorded since, and what the engine has numbered since; a fact may come in either first."""
        waiting, known = self.waiting.setdefault(kind, {}), self.known.setdefault(kind, {})
        for number, fact, post in ledger.each(RECORDED, (self.recorded.get(kind, 0), kind)):
            waiting[fact], self.recorded[kind] = post, number
        if not waiting:
            return
        after = self.numbered.get(kind, 0)
        for number, fact in self.engine.store.rows(NUMBERED, {"kind": kind, "after": after}):
            self.numbered[kind] = max(self.numbered.get(kind, 0), number)
            if fact in waiting:
                known[number] = waiting.pop(fact)
