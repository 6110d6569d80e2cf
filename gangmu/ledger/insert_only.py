"""The triggers that refuse to change what was written. They stop accidents; the tree is what catches malice."""

from typing import Any

NEVER_CHANGED = ("ledger_idem", "ledger_entry", "ledger_tile", "ledger_head", "ledger_vault")
NEVER_EDITED = ("ledger_intake",)  # the sequencer takes rows out, nobody rewrites one
MESSAGE = "the ledger is insert-only"

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"""


def _guards(vendor: str) -> list[tuple[str, str]]:
    """(table, operation) of every trigger."""
    operations = ("UPDATE", "DELETE", "TRUNCATE") if vendor == "postgresql" else ("UPDATE", "DELETE")
    guards = [(table, operation) for table in NEVER_CHANGED for operation in operations]
    return guards + [(table, "UPDATE") for table in NEVER_EDITED]


def raise_guards(connection: Any) -> None:
    """Create every trigger that is missing."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for table, operation in _guards(connection.vendor):
            cursor.execute(_create(connection.vendor, table, operation))


def lower_guards(connection: Any) -> None:
    """Drop every trigger: for the reverse migration and for emptying a test database."""
    with connection.cursor() as cursor:
        for table, operation in _guards(connection.vendor):
            name = f"{table}_no_{operation.lower()}"
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _create(vendor: str, table: str, operation: str) -> str:
    name = f"{table}_no_{operation.lower()}"
    if vendor == "postgresql":
        each = "STATEMENT" if operation == "TRUNCATE" else "ROW"
        return (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {operation} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION ledger_refuse()"
        )
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {operation} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {operation} on {table}'); END"
    )
