"""All waivers and exemptions that stand, kept beside the engine: read anew only when one came or was taken back."""

from dataclasses import dataclass

from gangmu.duties.granted import KINDS
from gangmu.indicators.engine import Engine
from gangmu.kernel.ids import FactId
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact

OF_KIND = "SELECT id FROM fact WHERE kind = $kind"


@dataclass(slots=True)
class Grants:
    """The grants of an engine's facts. The engine finds those of a kind; the ledger's index knows of no kinds."""

    engine: Engine
    as_of: tuple[tuple[int, int], ...] = ()
    found: tuple[Fact, ...] = ()

    def standing(self) -> tuple[Fact, ...]:
        """Those that were not taken back, in no particular order."""
        store = self.engine.store
        with store.lock:
            store.settle()
            as_of = tuple((store.newest.get(kind, 0), store.backs.get(kind, 0)) for kind in sorted(KINDS))
            if as_of != self.as_of:
                self.found, self.as_of = self._read(), as_of
            return self.found

    def _read(self) -> tuple[Fact, ...]:
        ids = {FactId(one) for kind in KINDS for (one,) in self.engine.store.rows(OF_KIND, {"kind": kind})}
        return tuple(fact for fact in ledger.facts_by_id(ids) if fact.reversed_by is None) if ids else ()
