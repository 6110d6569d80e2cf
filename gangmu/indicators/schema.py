"""The relations postings are found in: facts by kind, reversals, the tree of a day.

A kind of fact has a relation of its own with one typed column a body field, so a figure reads only what it counts.
"""

from collections.abc import Mapping
from typing import Literal

import ibis
import ibis.expr.types as ir

ColumnType = Literal["number", "text", "flag"]
Columns = Mapping[str, Mapping[str, ColumnType]]  # kind → body field → type

NUMBER = "decimal(38,6)"
STORED: dict[ColumnType, str] = {"number": NUMBER, "text": "string", "flag": "boolean"}

ENVELOPE = {
    "no": "int64",  # the fact's number in this process; facts arrive in some order and keep it
    "id": "string",
    "unit": "int32",  # stands for `org` in every join
    "org": "string",
    "about": "string",
    "day": "date",
    "received": "int64",
    "late": "boolean",
    "tags": "array<string>",
}
POSTING = {
    "no": "int64",
    "unit": "int32",
    "day": "date",
    "until": "date",
    "amount": NUMBER,
    "thing": "string",
    "whose": "string",
    "late": "boolean",
    "received": "int64",
    "marks": "array<string>",
}


def table_name(kind: str) -> str:
    """The name of the relation of a kind of fact."""
    return "of_" + kind.replace(".", "__")


def kind_relation(kind: str, columns: Columns) -> ir.Table:
    """All facts of a kind, reversed ones included."""
    fields = {f"f_{field}": STORED[column] for field, column in columns.get(kind, {}).items()}
    return ibis.table({**ENVELOPE, **fields}, name=table_name(kind))


def reversals() -> ir.Table:
    """Which facts were reversed, and when that reached the ledger."""
    return ibis.table({"no": "int64", "moment": "int64"}, name="reversal")


def trees() -> ir.Table:
    """The units of every tree in use; `tree` tells them apart. Ended units stay where they last hung."""
    columns = {"tree": "int32", "unit": "int32", "path": "string", "kind": "string", "domain": "string"}
    return ibis.table({**columns, "level": "string", "alive": "boolean"}, name="tree")


def bound(name: str, as_type: str) -> ir.Value:
    """A value filled in when the compiled query is run: compiling is dear, running is cheap."""
    return ibis.literal(placeholder(name)).cast(as_type)


def placeholder(name: str) -> str:
    """The text that stands for a bound value until the query is compiled."""
    return f"§{name}§"


def compiled(expression: ir.Table) -> str:
    """The DuckDB query for an expression, its bound values written as $name."""
    pieces = str(ibis.to_sql(expression, dialect="duckdb")).split("'§")
    return pieces[0] + "".join("$" + piece.replace("§'", "", 1) for piece in pieces[1:])
