"""The ledger as relations for the mart: facts as Arrow tables, read from the proven bytes, not from the index.

Columns: seq (null while a fact waits for its number), id, kind, org, about, day (the local day on which it happened),
received (UTC milliseconds since 1970), late_days, reverses (the id of the fact a reversal takes back), reversed_kind,
body (canonical JSON). Reversals are rows like any other: whoever counts leaves out each fact that a row `reverses`.
"""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from gangmu.kernel.clock import from_stamp, local_day
from gangmu.ledger import envelope, stored
from gangmu.ledger.facts import late_days

FACTS = pa.schema(
    [
        ("seq", pa.int64()),
        ("id", pa.string()),
        ("kind", pa.string()),
        ("org", pa.string()),
        ("about", pa.string()),
        ("day", pa.date32()),
        ("received", pa.int64()),
        ("late_days", pa.int32()),
        ("reverses", pa.string()),
        ("reversed_kind", pa.string()),
        ("body", pa.string()),
    ]
)
NONE = FACTS.empty_table()


def fact_rows(seq_from: int, seq_to: int) -> pa.Table:
    """The numbered facts [seq_from, seq_to), in order."""
    return table((entry, seq) for seq, _, entry in stored.entries(seq_from, seq_to))


def tail(after_seq: int) -> pa.Table:
    """Every fact numbered at or after `after_seq`, and those still waiting for a number: nothing is ever missing.

    `after_seq` is the end of the last segment [a, b), that is its b.
    """
    numbered = [(entry, seq) for seq, _, entry in stored.entries(after_seq)]
    waiting = [(entry, None) for _, entry in stored.waiting()]
    return table([*numbered, *waiting]) if numbered or waiting else NONE


def table(rows: Iterable[tuple[bytes, int | None]]) -> pa.Table:
    """Entries as relations, from (bytes, number). Raises ValueError, KeyError or TypeError for what is none.

    Straight from the bytes to columns: a worker reads every fact once, and a Fact of each costs as much again.
    """
    columns = zip(*(_cells(entry, seq) for entry, seq in rows), strict=True)
    arrays = [pa.array(cells, field.type) for cells, field in zip(columns, FACTS, strict=True)]
    return pa.Table.from_arrays(arrays, schema=FACTS) if arrays else NONE


def _cells(entry: bytes, seq: int | None) -> tuple[Any, ...]:
    """One row, in the order of FACTS."""
    found = envelope.decode(entry)
    received, claimed, body = from_stamp(found["received"]), found["claimed"], found["body"]
    return (
        seq,
        found["id"],
        found["kind"],
        found["org"],
        found["about"],
        local_day(from_stamp(claimed["from"])),
        round(received.timestamp() * 1000),
        late_days(from_stamp(claimed["to"]), received),
        next((ref["fact"] for ref in found["refs"] if ref["role"] == "reverses"), None),
        body.get("reversed_kind"),
        envelope.encode(body).decode(),  # as the entry has it
    )
