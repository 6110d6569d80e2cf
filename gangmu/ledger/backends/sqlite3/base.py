"""Django's SQLite backend with the settings the ledger depends on, read back at every connection.

WAL (or DELETE where the library has the WAL-reset bug), synchronous=FULL, secure_delete, foreign keys, recursive
triggers (else INSERT OR REPLACE would slip past the insert-only triggers), BEGIN IMMEDIATE behind the fair gate.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base, schema
from django.db.models import CompositePrimaryKey, Model

from gangmu.ledger import sqlite_library
from gangmu.ledger.backends.sqlite3.gate import Gate

MEMORY = (":memory:", "mode=memory")
CACHE = 64 * 1024  # KiB of pages kept: request keys and fact ids are random, so every insert lands on another page
STATEMENTS = 1000  # kept compiled: once its store is full, the library compiles what it met last anew each time
SAFETY_CHECKPOINT = 20_000  # pages; the sequencer checkpoints long before this
PRAGMAS = (
    ("synchronous", "FULL", 2),
    ("secure_delete", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("busy_timeout", "5000", 5000),
    ("cache_size", str(-CACHE), -CACHE),
    ("wal_autocheckpoint", str(SAFETY_CHECKPOINT), SAFETY_CHECKPOINT),
)


def refuse_unsafe_journal(version: tuple[int, ...], journal: str) -> None:
    """The start-up gate. Raises ImproperlyConfigured for WAL on a SQLite with the WAL-reset bug."""
    if journal == "wal" and not sqlite_library.wal_is_safe(version):
        number = ".".join(map(str, version))
        raise ImproperlyConfigured(
            f"SQLite {number} has the WAL-reset bug: use 3.51.3 or newer (pysqlite3), or journal_mode=DELETE"
        )


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Tables found by several columns together lie in the order of these: their rows are written once, not twice."""

    def table_sql(self, model: type[Model]) -> tuple[str, list[Any]]:
        sql, parameters = super().table_sql(model)
        ordered = isinstance(model._meta.pk, CompositePrimaryKey)
        return (f"{sql} WITHOUT ROWID" if ordered else sql), parameters


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection. OPTIONS may name `journal_mode` (WAL or DELETE); everything else is fixed here."""

    # No AUTOINCREMENT: it costs every insert a second page, and no number here is ever given to another row.
    data_types_suffix: ClassVar[dict[str, str]] = {}  # type: ignore[misc]
    SchemaEditorClass = SchemaEditor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gate: Gate | None = None

    def get_connection_params(self) -> dict[str, Any]:
        parameters = super().get_connection_params()
        self._journal = parameters.pop("journal_mode", "WAL" if sqlite_library.wal_is_safe() else "DELETE").lower()
        return {"cached_statements": STATEMENTS, **parameters}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        database = os.fspath(conn_params["database"])
        in_memory = any(mark in database for mark in MEMORY)
        if not in_memory:
            sqlite_library.opens(database)
            refuse_unsafe_journal(sqlite_library.VERSION, self._journal)
        self._gate = None if in_memory else Gate(database)
        connection = super().get_new_connection(conn_params)
        _set_and_read_back(connection, "memory" if in_memory else self._journal)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        if self._gate:
            self._gate.enter()
        try:
            with self.wrap_database_errors:
                self.connection.execute(f"BEGIN {self.transaction_mode or ''}")  # type: ignore[attr-defined]
        except BaseException:
            self._leave_gate()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave_gate()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_gate()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self._gate:
                self._gate.close()

    @contextmanager
    def in_one_go(self) -> Iterator[None]:
        """A transaction around a few statements on the driver's own cursor; a part of the one that is open, if one is.

        The same gate, BEGIN and COMMIT as Django's, without its bookkeeping of blocks within blocks: none begins in it.
        """
        if self.in_atomic_block:
            yield
            return
        self.ensure_connection()
        self._start_transaction_under_autocommit()
        try:
            yield
            self._commit()
        except BaseException:
            self._rollback()
            raise

    def _leave_gate(self) -> None:
        if self._gate:
            self._gate.leave()


def _set_and_read_back(connection: Any, journal: str) -> None:
    """Set every pragma and read it back: a setting that did not take is a refusal, not a surprise."""
    found = connection.execute(f"PRAGMA journal_mode={journal}").fetchone()[0]
    if found.lower() != journal:
        raise ImproperlyConfigured(f"SQLite answers journal_mode={found}, not {journal}: is the file in use elsewhere?")
    for name, value, expected in PRAGMAS:
        connection.execute(f"PRAGMA {name}={value}").fetchall()
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != expected:
            raise ImproperlyConfigured(f"SQLite answers {name}={found}, not {value}")
