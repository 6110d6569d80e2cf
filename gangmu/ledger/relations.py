"""The ledger as relations for the mart: facts as Arrow tables, read from the proven bytes, not from the index.

Columns: seq (null while a fact waits for its number), id, kind, schema, org, about, actor, post, claimed_from,
claimed_to, received (UTC milliseconds), day and received_day (local days), late_days, reverses (the id of the fact a
reversal takes back), reversed_kind, tags, body (canonical JSON). Reversals are rows like any other: whoever counts
leaves out each fact that a row `reverses`.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

import pyarrow as pa

from gangmu.kernel import canon
from gangmu.kernel.clock import local_day
from gangmu.ledger import envelope, stored
from gangmu.ledger.facts import Fact

FACTS = pa.schema(
    [
        ("seq", pa.int64()),
        ("id", pa.string()),
        ("kind", pa.string()),
        ("schema", pa.string()),
        ("org", pa.string()),
        ("about", pa.string()),
        ("actor", pa.string()),
        ("post", pa.string()),
        ("claimed_from", pa.timestamp("ms", tz="UTC")),
        ("claimed_to", pa.timestamp("ms", tz="UTC")),
        ("received", pa.timestamp("ms", tz="UTC")),
        ("day", pa.date32()),
        ("received_day", pa.date32()),
        ("late_days", pa.int32()),
        ("reverses", pa.string()),
        ("reversed_kind", pa.string()),
        ("tags", pa.list_(pa.string())),
        ("body", pa.string()),
    ]
)
NONE = FACTS.empty_table()


def fact_rows(seq_from: int, seq_to: int) -> pa.Table:
    """The numbered facts [seq_from, seq_to), in order."""
    return table((leaf, entry, seq) for seq, leaf, entry in stored.entries(seq_from, seq_to))


def tail(after_seq: int) -> pa.Table:
    """Every fact numbered at or after `after_seq`, and those still waiting for a number: nothing is ever missing.

    `after_seq` is the end of the last segment [a, b), that is its b.
    """
    numbered = [(leaf, entry, seq) for seq, leaf, entry in stored.entries(after_seq)]
    waiting = [(leaf, entry, None) for leaf, entry in stored.waiting()]
    return table([*numbered, *waiting]) if numbered or waiting else NONE


def table(rows: Iterable[tuple[bytes, bytes, int | None]]) -> pa.Table:
    """Entries as relations, from (leaf, bytes, number). Raises ValueError, KeyError or TypeError for what is none."""
    facts = [envelope.fact_of(envelope.decode(entry), leaf, seq=seq) for leaf, entry, seq in rows]
    cells = {name: _COMPUTED.get(name) or attrgetter(name) for name in FACTS.names}
    return pa.Table.from_pydict({name: list(map(cell, facts)) for name, cell in cells.items()}, schema=FACTS)


def _tags(fact: Fact) -> list[Any]:
    found = fact.body.get("tags", ())
    return list(found) if isinstance(found, Sequence) else []


_COMPUTED: dict[str, Callable[[Fact], Any]] = {
    "received_day": lambda fact: local_day(fact.received),
    "reverses": lambda fact: fact.ref("reverses"),
    "reversed_kind": lambda fact: fact.body.get("reversed_kind"),
    "tags": _tags,
    "body": lambda fact: canon.encoded(fact.body).decode(),
}
