"""A fact as the mart holds it: apart from the engine that reads it, which the worker that seals never starts."""

import pyarrow as pa

INCOMING = pa.schema(
    [
        ("seq", pa.int64()),  # its number in the ledger, null until it has one
        pa.field("id", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("org", pa.string(), nullable=False),
        ("about", pa.string()),
        pa.field("day", pa.date32(), nullable=False),
        pa.field("received", pa.int64(), nullable=False),  # milliseconds
        pa.field("late_days", pa.int32(), nullable=False),
        pa.field("body", pa.string(), nullable=False),  # JSON
        ("reverses", pa.string()),
    ]
)
