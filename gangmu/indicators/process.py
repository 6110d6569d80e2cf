"""This process's engine: brought up to the newest fact before every question, so that no figure is stale.

Sealed segments are read once; what the ledger has beyond them is folded in as it comes. Should the ledger turn out to
be another than the one that was read (restored, rolled back), everything is read anew.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import FactKind, FieldType
from gangmu.catalog.expressions.bind import bind, record_aggregates
from gangmu.catalog.expressions.nodes import RecordAggregate
from gangmu.indicators import lower, mart
from gangmu.indicators.engine import Engine
from gangmu.indicators.rollup import NOW
from gangmu.indicators.schema import Columns, ColumnType
from gangmu.indicators.store import Store
from gangmu.kernel import clock
from gangmu.kernel.ids import FactId
from gangmu.ledger import queries, relations

TYPES: Mapping[FieldType, ColumnType] = {"int": "number", "decimal": "number", "money": "number", "bool": "flag"}
LOCK = RLock()


@dataclass(slots=True)
class Reach:
    """An engine and what it was filled from."""

    engine: Engine
    catalog: Catalog
    mart: Path
    manifest: str


_reach: Reach | None = None
_held: ContextVar[list[Reach] | None] = ContextVar("what one page reaches", default=None)


def reach() -> Reach:
    """The engine of this process, holding every fact committed by now."""
    held = _held.get()
    if held is None:
        return _now()
    if not held:
        held.append(_now())
    return held[0]


@contextmanager
def one_reach() -> Iterator[None]:
    """Within the block the ledger is asked once for what is new: all the figures of one page are read together.

    For reading only: what the block itself records it may not see.
    """
    token = _held.set([])
    try:
        yield
    finally:
        _held.reset(token)


def _now() -> Reach:
    global _reach
    with LOCK:
        if _reach is None or _reach.catalog is not catalog() or _reach.mart != mart.folder() or not _holds(_reach):
            _reach = _fill(catalog(), mart.folder())
        store = _reach.engine.store
        if (new := relations.tail(store.size)).num_rows:
            store.add(new)
        return _reach


def warm() -> None:
    """Read the facts and find the postings of every indicator before anybody asks: for the start of a server."""
    found = reach()
    for one in _usual(found.catalog):
        if not lower.asks_for_units(one):
            found.engine.posted(one, 0, NOW)
    found.engine.store.index()


def _usual(known: Catalog) -> Iterator[RecordAggregate]:
    """What every indicator reads, without tags and, because their queries differ, with one."""
    day = clock.today()
    for key, indicator in known.indicators.items():
        chosen = [(known.families[family].tags[0].key,) for family in indicator.selects[:1]]
        for selection in ((), *chosen):
            yield from record_aggregates(bind(known.measure(key, day), selection))


def forget() -> None:
    """Drop the engine; the next question reads everything anew."""
    global _reach
    with LOCK:
        _reach = None


def _fill(definitions: Catalog, place: Path) -> Reach:
    store = Store(columns_of(definitions.facts), {key: kind.late_after_days for key, kind in definitions.facts.items()})
    manifest = mart.read(place)
    store.size = manifest.first
    for segment in manifest.segments:
        store.add(mart.table(place, segment))
    found = Reach(Engine(store), definitions, place, manifest.digest)
    return found if _holds(found) else Reach(Engine(Store(store.columns, store.late_after)), definitions, place, "")


def _holds(found: Reach) -> bool:
    """Whether the newest fact read is still in the ledger: a transaction may have been rolled back since."""
    newest = found.engine.store.newest_id
    return newest is None or queries.is_on_record(FactId(newest))


def columns_of(kinds: Mapping[str, FactKind]) -> Columns:
    """The typed columns of every kind's body, from the catalog."""
    return {
        key: {field.key: TYPES.get(field.type, "text") for field in kind.body_fields if not field.aside}
        for key, kind in kinds.items()
    }
