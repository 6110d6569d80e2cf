"""Reading the conditions of a formula: what a fact, its opening fact or a unit must be like."""

import ast
from typing import Literal, cast

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import ALWAYS, Comparison, Condition, Name, Value
from gangmu.catalog.expressions.source import COMPARISONS, Source, decimal, dotted, text

Subject = Literal["fact", "opening", "unit"]  # what the condition is about: opening facts have no opening fact


def read_condition(node: ast.AST, source: Source, subject: Subject) -> Condition:
    """The condition written at `node`; what cannot be read is noted in `source` and read as no condition."""
    match node:
        case ast.BoolOp(op, values):
            terms = tuple(read_condition(value, source, subject) for value in values)
            return nodes.Every(terms) if isinstance(op, ast.And) else nodes.Either(terms)
        case ast.UnaryOp(ast.Not(), operand):
            return nodes.Not(read_condition(operand, source, subject))
        case ast.Compare():
            return _comparison(node, source, subject)
        case ast.Call():
            return _tagged(node, source, subject)
        case _:
            name = _name(node, source, subject)
            return nodes.Holds(name) if name else ALWAYS


def _comparison(node: ast.Compare, source: Source, subject: Subject) -> Condition:
    if len(node.ops) != 1:
        source.refuse(
            node,
            "chained",
            "一次只比一回；写成 amount >= 1 and amount < 5。",
            "Compare once at a time; write amount >= 1 and amount < 5.",
        )
        return ALWAYS
    name = _name(node.left, source, subject)
    op, right = node.ops[0], node.comparators[0]
    if isinstance(op, ast.In | ast.NotIn):
        inside = _within(name, right, source)
        return nodes.Not(inside) if isinstance(op, ast.NotIn) else inside
    value = _value(right, source)
    if type(op) not in COMPARISONS:
        source.refuse(
            node,
            "operator",
            "这里只能用 == != < <= > >= in。",
            "Only == != < <= > >= in can be used here.",
        )
        return ALWAYS
    return ALWAYS if name is None or value is None else nodes.Compare(name, _op(op), value)


def _op(op: ast.cmpop) -> Comparison:
    return cast("Comparison", COMPARISONS[type(op)])


def _within(name: Name | None, node: ast.AST, source: Source) -> Condition:
    if not isinstance(node, ast.Tuple | ast.List) or not node.elts:
        source.refuse(node, "list", 'in 后面写一列值，如 ("a", "b")。', 'After in write a list of values: ("a", "b").')
        return ALWAYS
    values = [_value(element, source) for element in node.elts]
    if name is None or None in values:
        return ALWAYS
    return nodes.Within(name, tuple(value for value in values if value is not None))


def _value(node: ast.AST, source: Source) -> Value | None:
    value = text(node)
    found: Value | None = decimal(node, source) if value is None else value
    if found is None:
        source.refuse(
            node,
            "value",
            f"{source.written(node)} 不是写明的值；写数字或带引号的文字，是否类字段直接写字段名。",
            f"{source.written(node)} is no written value: a number, a quoted text, or a yes-no field alone.",
        )
    return found


def _tagged(node: ast.Call, source: Source, subject: Subject) -> Condition:
    words = dotted(node.func)
    if words not in (("tag",), ("opened", "tag")) or len(node.args) != 1 or node.keywords:
        source.refuse(
            node,
            "condition_call",
            f'条件里只能写 tag("…")、tag(selected)；{source.written(node)} 不行。',
            f'Within a condition only tag("…") or tag(selected) is called, not {source.written(node)}.',
        )
        return ALWAYS
    of: Literal["fact", "opened"] = "opened" if words[0] == "opened" else "fact"
    if subject == "unit" or (of == "opened" and subject == "opening"):
        _wrong_owner(node, source, subject)
        return ALWAYS
    argument = node.args[0]
    if dotted(argument) == ("selected",):
        return nodes.Tagged(nodes.SELECTED, of)
    tag = text(argument)
    if tag is None:
        source.refuse(argument, "tag", '标签写在引号里，如 tag("lecture")。', 'Quote the tag: tag("lecture").')
        return ALWAYS
    return nodes.Tagged(tag, of)


def _name(node: ast.AST, source: Source, subject: Subject) -> Name | None:
    match dotted(node):
        case (field,) if subject != "unit":
            return Name("envelope" if field in nodes.ENVELOPE else "fact", field)
        case ("opened", field) if subject == "fact":
            return Name("opened", field)
        case ("unit", field) if field in nodes.UNIT_FIELDS:
            return Name("unit", field)
        case None:
            source.refuse(
                node,
                "field",
                f"这里该写字段名，{source.written(node)} 不是；比较时字段名写在前面，如 amount >= 5。",
                f"A field's name belongs here, not {source.written(node)}; the field comes first: amount >= 5.",
            )
        case _:
            _wrong_owner(node, source, subject)
    return None


def _wrong_owner(node: ast.AST, source: Source, subject: Subject) -> None:
    usable = {
        "fact": "本条事实的字段、opened.字段、unit.kind、unit.domain、unit.level",
        "opening": "开立事实的字段（不加 opened.）、unit.kind、unit.domain、unit.level",
        "unit": "unit.kind、unit.domain、unit.level",
    }[subject]
    usable_en = {
        "fact": "a field of the fact, opened.field, unit.kind, unit.domain, unit.level",
        "opening": "a field of the opening fact (without opened.), unit.kind, unit.domain, unit.level",
        "unit": "unit.kind, unit.domain, unit.level",
    }[subject]
    written = source.written(node)
    source.refuse(
        node, "owner", f"这里用不了 {written}；可用：{usable}。", f"{written} cannot stand here; use {usable_en}."
    )
