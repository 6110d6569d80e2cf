"""The few words in which the two engines differ."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

from gangmu.kernel.clock import from_stamp

NOW = {
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
    "postgresql": """to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')""",
}
NEXT = {  # the millisecond after the stamp `received`
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%fZ', received, '+0.001 seconds')",
    "postgresql": "to_char((received::timestamptz + interval '1 millisecond') AT TIME ZONE 'UTC', "
    """'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')""",
}
Insert = tuple[str, tuple[str, ...], list[tuple[Any, ...]]]  # table, columns, rows
SEQUENCER_LOCK = 0x67616E676D75  # "gangmu"


def now_sql() -> str:
    """The database's clock as a ledger stamp, ready for a statement with parameters."""
    return NOW[connection.vendor].replace("%", "%%")


def arrival_sql(apart: str) -> str:
    """The moment at which a fact arrives: the database's clock, but never before the newest fact on record.

    Where the condition `apart` holds of that newest fact, it is at least a millisecond later.
    """
    vendor = connection.vendor
    return _arrival_sql(vendor, NOW[vendor], apart)


@lru_cache
def _arrival_sql(vendor: str, clock: str, apart: str) -> str:
    latest = "GREATEST" if vendor == "postgresql" else "MAX"
    now, later = clock.replace("%", "%%"), NEXT[vendor].replace("%", "%%")
    newest = f"SELECT CASE WHEN {apart} THEN {later} ELSE received END FROM ledger_fact ORDER BY n DESC LIMIT 1"  # noqa: S608
    return f"{latest}({now}, COALESCE(({newest}), ''))"


def wait_for_writers() -> None:
    """Let every intake that has begun end, and let none begin before this transaction does.

    SQLite has one writer at a time anyway. On PostgreSQL every intake writes its request keys first, and this lock is
    what such a write waits for.
    """
    if connection.vendor == "postgresql":
        change("LOCK TABLE ledger_idem IN SHARE ROW EXCLUSIVE MODE")


def take_stock() -> None:
    """Let PostgreSQL count its tables anew after very many facts came at once.

    It would do so by itself some time later; until then it plans for tables that it believes empty, and a page of
    facts took minutes. SQLite plans by its indexes alone.
    """
    if connection.vendor == "postgresql":
        change("ANALYZE")


def now() -> datetime:
    """This moment by the database's clock."""
    found = one(f"SELECT {now_sql()}")
    assert found is not None
    return from_stamp(found[0])


def among(column: str, values: Collection[str]) -> tuple[str, Any]:
    """(condition, parameter): `column` is one of `values`, however many they are."""
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", list(values)
    return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(list(values))  # noqa: S608


def rows(sql: str, parameters: Collection[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(parameters))
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def one(sql: str, parameters: Collection[Any] = ()) -> tuple[Any, ...] | None:
    """The first row of a query, or None."""
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(parameters))
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def each(sql: str, parameters: Collection[Any] = (), at_once: int = 2000) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, streamed: never all of them in memory."""
    for some in portions(sql, parameters, at_once):
        yield from some


def portions(sql: str, parameters: Collection[Any], at_once: int) -> Iterator[list[tuple[Any, ...]]]:
    """As `each`, `at_once` rows at a time; the last ones may be fewer."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, tuple(parameters))
        while some := cursor.fetchmany(at_once):
            yield some


def octets(cell: object) -> bytes:
    """The bytes of a cell; TypeError for anything else.

    A damaged SQLite file may answer a number where bytes were stored, and `bytes(number)` asks for that many zeros.
    """
    if type(cell) is bytes:  # what SQLite answers
        return cell
    if isinstance(cell, bytes | bytearray | memoryview):
        return bytes(cell)
    raise TypeError(f"a cell holds {type(cell).__name__} where bytes belong")


def clear(table: str) -> None:
    """Empty a rebuildable table."""
    change(f"DELETE FROM {table}")  # noqa: S608 - our own names


def change(sql: str, parameters: Collection[Any] = ()) -> int:
    """Execute; the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(parameters))
        return int(cursor.rowcount)


def straight(sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """All rows that a statement returns, on the driver's own cursor: for what every fact or page asks.

    Django's wrapping costs more than such a statement does.
    """
    database = connections[DEFAULT_DB_ALIAS]
    with database.wrap_database_errors:
        cursor = _driver_cursor(database)
        cursor.execute(_spoken(database.vendor, sql), parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def insert(table: str, columns: tuple[str, ...], values: list[tuple[Any, ...]], on_conflict: str = "") -> None:
    """Insert rows."""
    insert_together((table, columns, values), on_conflict=on_conflict)


def insert_together(*inserts: Insert, on_conflict: str = "") -> None:
    """Insert rows into several tables; one row each is one statement, and one journey, to a PostgreSQL server.

    On the driver's own cursor, see `straight`.
    """
    wanted = [one for one in inserts if one[2]]
    if not wanted:
        return
    database = connections[DEFAULT_DB_ALIAS]
    vendor = database.vendor
    together = vendor == "postgresql" and all(len(values) == 1 for _, _, values in wanted)
    with database.wrap_database_errors:
        cursor = _driver_cursor(database)
        if together:
            sql = _together_sql(tuple((table, columns) for table, columns, _ in wanted), on_conflict)
            cursor.execute(sql, [value for _, _, (row,) in wanted for value in row])
            return
        for table, columns, values in wanted:
            _execute_each(cursor, _insert_sql(vendor, table, columns, on_conflict), values)


def _execute_each(cursor: Any, sql: str, values: list[tuple[Any, ...]]) -> None:
    if len(values) == 1:
        cursor.execute(sql, values[0])
    else:
        cursor.executemany(sql, values)


def _driver_cursor(database: Any) -> Any:
    """A cursor without Django's wrapping; on PostgreSQL one whose statements the server prepares once."""
    database.close_if_health_check_failed()
    database.ensure_connection()
    database.validate_no_broken_transaction()
    return database.connection.cursor() if database.vendor == "sqlite" else _server_cursor()(database.connection)


@lru_cache
def _server_cursor() -> Any:
    from psycopg import Cursor  # Django's own cursor puts parameters into the text, so nothing is ever prepared

    return Cursor


@lru_cache
def _together_sql(tables: tuple[tuple[str, tuple[str, ...]], ...], on_conflict: str) -> str:
    *others, last = [_insert_sql("postgresql", table, columns, on_conflict) for table, columns in tables]
    parts = ", ".join(f"part_{number} AS ({sql})" for number, sql in enumerate(others))
    return f"WITH {parts} {last}" if parts else last


@lru_cache
def _insert_sql(vendor: str, table: str, columns: tuple[str, ...], on_conflict: str) -> str:
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) {on_conflict}"  # noqa: S608 - our own names
    return _spoken(vendor, sql)


@lru_cache
def _spoken(vendor: str, sql: str) -> str:
    """The statement with the parameter marks of this engine's driver."""
    return sql if vendor == "postgresql" else sql.replace("%s", "?").replace("%%", "%")
