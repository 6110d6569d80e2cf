"""Conditions of the indicator language as Ibis expressions. What is missing makes a plain condition false."""

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from operator import and_, or_

import ibis
import ibis.expr.types as ir

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import Comparison, Condition, Name
from gangmu.indicators.schema import NUMBER

NUMERIC = "^-?[0-9]+([.][0-9]+)?$"

COMPARE: dict[Comparison, Callable[[ir.Value, ir.Value], ir.BooleanValue]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
PREFIX = {"fact": "f_", "opened": "o_", "unit": "u_", "envelope": ""}


def truth(condition: Condition, row: ir.Table) -> ir.BooleanValue:
    """Whether `condition` holds of each row; fields of the fact are f_…, of its opening o_…, of its unit u_…"""
    match condition:
        case nodes.Every(terms):
            return reduce(and_, (truth(term, row) for term in terms), ibis.literal(True))
        case nodes.Either(terms):
            return reduce(or_, (truth(term, row) for term in terms), ibis.literal(False))
        case nodes.Not(term):
            return ~truth(term, row)
        case nodes.Tagged(tag, of):
            tags = row["tags" if of == "fact" else "o_tags"]
            return tags.contains(str(tag)).fill_null(False)
        case _:
            return _test(condition, _column(condition.name, row)).fill_null(False)


def number_of(column: ir.Value) -> ir.Value:
    """A number column as it is, a text column where it spells a number, else null."""
    if column.type().is_decimal():
        return column
    if column.type().is_string():
        return ibis.ifelse(column.re_search(NUMERIC), column.try_cast(NUMBER), ibis.null(NUMBER))
    return ibis.null(NUMBER)


def _column(name: Name, row: ir.Table) -> ir.Value:
    column = PREFIX[name.of] + name.field
    return row[column] if column in row.columns else ibis.null("string")


def _test(condition: nodes.Compare | nodes.Within | nodes.Holds, column: ir.Value) -> ir.BooleanValue:
    match condition:
        case nodes.Holds():
            return column if column.type().is_boolean() else ibis.literal(False)
        case nodes.Within(_, values):
            return reduce(or_, (_passes(column, "==", value).fill_null(False) for value in values))
        case nodes.Compare(_, "!=", value):
            return ~_passes(column, "==", value).fill_null(False)
        case nodes.Compare(_, op, value):
            return _passes(column, op, value)


def _passes(column: ir.Value, op: Comparison, value: nodes.Value) -> ir.BooleanValue:
    if isinstance(value, Decimal):
        return COMPARE[op](number_of(column), ibis.literal(str(value)).cast(NUMBER))
    return COMPARE[op](column, ibis.literal(value)) if column.type().is_string() else ibis.literal(False)
