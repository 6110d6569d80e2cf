"""Writing nodes back as the text that `parse` reads; `parse(write(m)) == m` for every measure it can read."""

from decimal import Decimal

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import Condition, Measure, Name


def write(measure: Measure) -> str:
    """The formula of `measure`."""
    match measure:
        case nodes.Number(value):
            return _decimal(value)
        case nodes.Ratio(a, b):
            return f"ratio({write(a)}, {write(b)})"
        case nodes.Per(a, b):
            return f"per({write(a)}, {write(b)})"
        case nodes.Change(a, base):
            return f"change({write(a)})" if base is nodes.Base.YEAR_EARLIER else f'change({write(a)}, base="{base}")'
        case nodes.AllTime(a):
            return f"all_time({write(a)})"
        case nodes.Total(a, op, b):
            right = f"({write(b)})" if isinstance(b, nodes.Total) else write(b)
            return f"{write(a)} {op} {right}"
        case _:
            return _aggregate(measure)


def _aggregate(one: nodes.Aggregate) -> str:
    match one:
        case nodes.Count(kind, where):
            return f"count({kind}{_comma(where)})"
        case nodes.Sum(kind, field, where):
            return f"sum({kind}.{field}{_comma(where)})"
        case nodes.Distinct(kind, field, where):
            return f"distinct({kind}.{field}{_comma(where)})"
        case nodes.Stock(opened, closed, where):
            return f"stock({opened}, {closed}{_comma(where)})"
        case nodes.Latest(kind, field, where, days):
            return f"latest({kind}.{field}{_comma(where)}{f', days={days}' if days else ''})"
        case nodes.Units(where):
            return f"units({'' if where == nodes.ALWAYS else write_condition(where)})"
        case nodes.UnitsWhere(where, measure, op, limit):
            units = "" if where == nodes.ALWAYS else f"{write_condition(where)}, "
            return f"units_where({units}{write(measure)} {op} {_decimal(limit)})"


def _comma(where: Condition) -> str:
    return "" if where == nodes.ALWAYS else f", {write_condition(where)}"


def write_condition(condition: Condition) -> str:
    """The text of a condition."""
    match condition:
        case nodes.Compare(name, op, value):
            return f"{_name(name)} {op} {_value(value)}"
        case nodes.Within(name, values):
            return f"{_name(name)} in [{', '.join(map(_value, values))}]"
        case nodes.Holds(name):
            return _name(name)
        case nodes.Tagged(tag, of):
            owner = "opened." if of == "opened" else ""
            return f"{owner}tag({_value(tag) if isinstance(tag, str) else 'selected'})"
        case nodes.Every(terms):
            return f"({' and '.join(map(write_condition, terms))})"
        case nodes.Either(terms):
            return f"({' or '.join(map(write_condition, terms))})"
        case nodes.Not(term):
            return f"(not {write_condition(term)})"


def _name(name: Name) -> str:
    return f"{name.of}.{name.field}" if name.of in ("opened", "unit") else name.field


def _value(value: nodes.Value) -> str:
    if isinstance(value, Decimal):
        return _decimal(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _decimal(value: Decimal) -> str:
    return f"{value:f}"
