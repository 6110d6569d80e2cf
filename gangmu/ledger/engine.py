"""The few words in which the two engines differ."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from gangmu.kernel.clock import from_stamp

NOW = {
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
    "postgresql": """to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')""",
}
SEQUENCER_LOCK = 0x67616E676D75  # "gangmu"


def now_sql() -> str:
    """The database's clock as a ledger stamp, ready for a statement with parameters."""
    return NOW[connection.vendor].replace("%", "%%")


def now() -> datetime:
    """This moment by the database's clock."""
    found = one(f"SELECT {now_sql()}")
    assert found is not None
    return from_stamp(found[0])


def among(column: str, values: Collection[str]) -> tuple[str, Any]:
    """(condition, parameter): `column` is one of `values`, however many they are."""
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", list(values)
    return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(list(values))


def rows(sql: str, parameters: Collection[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(parameters))
        return cursor.fetchall()


def one(sql: str, parameters: Collection[Any] = ()) -> tuple[Any, ...] | None:
    """The first row of a query, or None."""
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(parameters))
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def each(sql: str, parameters: Collection[Any] = (), at_once: int = 2000) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, streamed: never all of them in memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, tuple(parameters))
        while some := cursor.fetchmany(at_once):
            yield from some


def clear(table: str) -> None:
    """Empty a rebuildable table."""
    change(f"DELETE FROM {table}")  # noqa: S608 - our own names


def change(sql: str, parameters: Collection[Any] = ()) -> int:
    """Execute; the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(parameters))
        return int(cursor.rowcount)


def insert(table: str, columns: tuple[str, ...], values: list[tuple[Any, ...]], on_conflict: str = "") -> int:
    """Insert many rows; the number that went in."""
    if not values:
        return 0
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) {on_conflict}"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(sql, values[0])
        else:
            cursor.executemany(sql, values)
        return int(cursor.rowcount)
