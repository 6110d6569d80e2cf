"""The comparisons of a formula held against the fields they read: a type that fits, a value the field may have.

A comparison that can never hold would silently count nothing, so it does not load.
"""

from collections.abc import Iterator

from gangmu.catalog.checks import Shelf
from gangmu.catalog.compiled import choices
from gangmu.catalog.definitions import FactKind, Field
from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import Aggregate, Condition, Name

NUMBERS = ("int", "decimal", "money")
LEVEL = Name("unit", "level")  # how many units stand above, the top being 1: a number, the other two are words
Said = tuple[str, str]  # one fault in Chinese and in English


def comparison_faults(aggregate: Aggregate, shelf: Shelf) -> Iterator[Said]:
    """Everything in the conditions of an aggregate that can never hold, for the type or the values of its field."""
    yield from _faults(aggregate.where, _kind_of(aggregate), shelf)
    if isinstance(aggregate, nodes.UnitsWhere):
        yield from _faults(aggregate.measure.where, _kind_of(aggregate.measure), shelf)


def _kind_of(aggregate: Aggregate) -> str | None:
    if isinstance(aggregate, nodes.Stock):
        return aggregate.opened
    return None if isinstance(aggregate, nodes.Units | nodes.UnitsWhere) else aggregate.kind


def _faults(where: Condition, kind: str | None, shelf: Shelf) -> Iterator[Said]:
    for term in nodes.conditions(where):
        if isinstance(term, nodes.Tagged):
            continue
        fields = _fields(term.name, kind, shelf)
        yield from _type_faults(term, fields)
        if not isinstance(term, nodes.Holds):
            yield from _value_faults(term, fields, shelf)


def _type_faults(term: nodes.Compare | nodes.Within | nodes.Holds, fields: list[Field]) -> Iterator[Said]:
    """A number field compared with text, a text with a number, a yes-or-no field with anything, another field alone."""
    name = term.name
    is_flag = name.of == "envelope" or any(field.type == "bool" for field in fields)
    if isinstance(term, nodes.Holds):
        if not is_flag and (fields or name.of == "unit"):
            yield (f"{name.field} 不是“是否”类字段，不能单独写；写成 {name.field} == 某个值。",
                   f"{name.field} is no yes-or-no field and cannot stand alone: compare it with a value.")  # fmt: skip
    elif is_flag:
        yield (f"{name.field} 是“是否”类字段，直接写 {name.field} 或 not {name.field}，不用比较。",
               f"{name.field} is a yes-or-no field: write {name.field} or not {name.field} alone.")  # fmt: skip
    else:
        yield from _operand_faults(term, fields)


def _operand_faults(term: nodes.Compare | nodes.Within, fields: list[Field]) -> Iterator[Said]:
    name = term.name
    takes_numbers = name == LEVEL or any(field.type in NUMBERS for field in fields)
    takes_text = (name.of == "unit" and name != LEVEL) or any(field.type not in NUMBERS for field in fields)
    for value in values_in(term):
        if isinstance(value, str) and takes_numbers and not takes_text:
            yield (f'{name.field} 是数字，不能和文字 "{value}" 比；去掉引号写数字。',
                   f'{name.field} is a number, not the text "{value}": write a number without quotes.')  # fmt: skip
        if not isinstance(value, str) and takes_text and not takes_numbers:
            yield (f'{name.field} 不是数字，不能和 {value:f} 比；文字加引号。',
                   f"{name.field} is no number and is never compared with {value:f}: quote a text.")  # fmt: skip


def _value_faults(term: nodes.Compare | nodes.Within, fields: list[Field], shelf: Shelf) -> Iterator[Said]:
    known = _values_known(term.name, fields, shelf)
    for value in values_in(term):
        if known and isinstance(value, str) and value not in known:
            listed = "、".join(sorted(known)[:12])
            yield (f"{term.name.field} 没有 {value} 这个值；可用：{listed}。",
                   f"{term.name.field} never is {value}; it may be {listed}.")  # fmt: skip


def values_in(term: nodes.Compare | nodes.Within) -> tuple[nodes.Value, ...]:
    """The written values of a comparison."""
    return (term.value,) if isinstance(term, nodes.Compare) else term.values


def _values_known(name: Name, fields: list[Field], shelf: Shelf) -> frozenset[str]:
    if name.of == "unit":
        family = shelf.families.get("domain") if name.field == "domain" else None
        domains = frozenset(tag.key for tag in family.tags) if family else frozenset[str]()
        return frozenset(shelf.kinds) if name.field == "kind" else domains
    return frozenset().union(*(values_of(field, shelf) for field in fields))


def _fields(name: Name, kind: str | None, shelf: Shelf) -> list[Field]:
    """The definitions of the field a condition reads: of the kind itself, or of what may open its thing."""
    if kind is None or name.of not in ("fact", "opened"):
        return []
    candidates = openings(kind, shelf) if name.of == "opened" else [shelf.facts[kind]] if kind in shelf.facts else []
    return [field for one in candidates if (field := field_of(one, name.field))]


def values_of(field: Field, shelf: Shelf) -> frozenset[str]:
    """The keys an enum field may have; empty for every other type."""
    if field.values_from:
        return frozenset(value.key for value in choices(field.values_from, shelf.families, shelf.kinds))
    return frozenset(value.key for value in field.values)


def field_of(kind: FactKind, key: str) -> Field | None:
    """The body field `key` of a kind, or None."""
    return next((field for field in kind.body_fields if field.key == key and not field.aside), None)


def openings(kind: str, shelf: Shelf) -> list[FactKind]:
    """The kinds on the shelf whose facts open what a fact of `kind` moves or closes."""
    return [shelf.facts[one] for one in nodes.opening_kinds(kind) if one in shelf.facts]
