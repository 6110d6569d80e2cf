"""From the text of a formula to its nodes, under a whitelist.

Python's own parser reads the text and nothing is ever run. Every refusal says where it stands and what to write
instead; all refusals of one text come together.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.conditions import Subject, read_condition
from gangmu.catalog.expressions.nodes import ALWAYS, Comparison, Condition, Measure, RecordAggregate
from gangmu.catalog.expressions.source import COMPARISONS, LONGEST, WORD, Source, decimal, dotted, text
from gangmu.kernel.problems import Refused

NOTHING = nodes.Number(Decimal(0))  # stands where something was refused; it never leaves this module


def parse(formula: str) -> Measure:
    """The measure a formula writes. Raises Refused with every problem found, each with its line and column."""
    source = Source(formula.strip())
    tree = _tree(source)
    measure = _measure(tree, source) if tree else NOTHING
    if source.problems:
        raise Refused(source.problems)
    return measure


def _tree(source: Source) -> ast.expr | None:
    if len(source.text) > LONGEST:
        source.refuse(None, "length", f"算式超过 {LONGEST} 字；请拆成几个指标。", f"Longer than {LONGEST}: split it.")
        return None
    try:
        return ast.parse(source.text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        source.refuse(
            _place_of(error, source),
            "syntax",
            "算式写得不完整：看括号和引号是否成对，逗号是否齐全。",
            "The formula is not complete: look for unpaired brackets or quotes and missing commas.",
        )
        return None


def _place_of(error: BaseException, source: Source) -> ast.AST:
    """Where Python's parser stumbled, in its own coordinates (bytes), as every other place is."""
    line, offset = getattr(error, "lineno", None) or 1, getattr(error, "offset", None) or 1
    lines = source.text.splitlines() or [""]
    before = lines[min(line, len(lines)) - 1][: offset - 1]
    return ast.Name(id="", lineno=line, col_offset=len(before.encode()))


def _measure(node: ast.AST, source: Source) -> Measure:
    match node:
        case ast.BinOp(left, ast.Add() | ast.Sub() as op, right):
            return nodes.Total(_measure(left, source), "+" if isinstance(op, ast.Add) else "-", _measure(right, source))
        case ast.Call():
            return _call(node, source)
    number = decimal(node, source)
    if number is not None:
        return nodes.Number(number)
    source.refuse(
        node,
        "measure",
        f"看不懂 {source.written(node)}；算式由 {'、'.join(FORMS)}、数字和 + − 组成（比率用 ratio 或 per，不用 /）。",
        f"{source.written(node)} is no measure; use {', '.join(FORMS)}, numbers, + and − (ratio or per instead of /).",
    )
    return NOTHING


@dataclass(frozen=True, slots=True)
class Form:
    """How one word of the language is written, and what reads it."""

    read: Callable[[ast.Call, Source], Measure]
    fewest: int
    most: int
    keywords: tuple[str, ...]
    example: str


def _call(node: ast.Call, source: Source) -> Measure:
    words = dotted(node.func)
    form = FORMS.get(words[0]) if words and len(words) == 1 else None
    if form is None:
        source.refuse(
            node,
            "unknown_form",
            f"没有 {source.written(node.func)} 这个算法；可用：{'、'.join(FORMS)}。",
            f"There is no {source.written(node.func)}; use one of {', '.join(FORMS)}.",
        )
        return NOTHING
    foreign = [one.arg for one in node.keywords if one.arg not in form.keywords]
    starred = any(isinstance(one, ast.Starred) for one in node.args)
    if foreign or starred or not form.fewest <= len(node.args) <= form.most:
        source.refuse(
            node, "arguments", f"参数不对；写法如 {form.example}。", f"The arguments do not fit; write {form.example}."
        )
        return NOTHING
    return form.read(node, source)


def _where(node: ast.Call, position: int, source: Source, subject: Subject = "fact") -> Condition:
    return read_condition(node.args[position], source, subject) if len(node.args) > position else ALWAYS


def _kind(node: ast.AST, source: Source) -> str:
    words = dotted(node)
    if words and len(words) == 2 and all(map(WORD.match, words)):
        return ".".join(words)
    source.refuse(
        node,
        "kind",
        f"{source.written(node)} 不是事实种类；写成 activity.held 这样的两段。",
        f"{source.written(node)} is no kind of fact; write two words like activity.held.",
    )
    return "no.kind"


def _kind_and_field(node: ast.AST, source: Source) -> tuple[str, str]:
    words = dotted(node)
    if words and len(words) == 3 and all(map(WORD.match, words)):
        return f"{words[0]}.{words[1]}", words[2]
    source.refuse(
        node,
        "kind_field",
        f"{source.written(node)} 缺一段；写成 fund.paid.amount（种类两段，再加字段）。",
        f"{source.written(node)} wants three words: fund.paid.amount (the kind's two, then the field).",
    )
    return "no.kind", "none"


def _count(node: ast.Call, source: Source) -> Measure:
    return nodes.Count(_kind(node.args[0], source), _where(node, 1, source))


def _sum(node: ast.Call, source: Source) -> Measure:
    return nodes.Sum(*_kind_and_field(node.args[0], source), _where(node, 1, source))


def _distinct(node: ast.Call, source: Source) -> Measure:
    return nodes.Distinct(*_kind_and_field(node.args[0], source), _where(node, 1, source))


def _stock(node: ast.Call, source: Source) -> Measure:
    second = node.args[1] if len(node.args) > 1 else None
    unclosed = second is None or (isinstance(second, ast.Constant) and second.value is None)
    closed = None if unclosed or second is None else _kind(second, source)
    return nodes.Stock(_kind(node.args[0], source), closed, _where(node, 2, source, "opening"))


def _latest(node: ast.Call, source: Source) -> Measure:
    kind, field = _kind_and_field(node.args[0], source)
    return nodes.Latest(kind, field, _where(node, 1, source), _days(node, source))


def _days(node: ast.Call, source: Source) -> int | None:
    if not node.keywords:
        return None
    written = decimal(node.keywords[0].value, source)
    if written is not None and written == written.to_integral_value() and written > 0:
        return int(written)
    source.refuse(node, "days", "days 写一个正整数，如 days=366。", "days takes a whole number above 0: days=366.")
    return None


def _units(node: ast.Call, source: Source) -> Measure:
    return nodes.Units(_where(node, 0, source, "unit"))


def _units_where(node: ast.Call, source: Source) -> Measure:
    where = read_condition(node.args[0], source, "unit") if len(node.args) == 2 else ALWAYS
    test = node.args[-1]
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or type(test.ops[0]) not in COMPARISONS:
        return _bad_test(test, source)
    measure, limit = _measure(test.left, source), decimal(test.comparators[0], source)
    if limit is None or not isinstance(measure, RecordAggregate):
        return _bad_test(test, source)
    op = cast("Comparison", COMPARISONS[type(test.ops[0])])
    return nodes.UnitsWhere(where, measure, op, limit)


def _bad_test(node: ast.AST, source: Source) -> Measure:
    source.refuse(
        node,
        "unit_test",
        "最后写 latest(income.stated.amount) >= 50000：一个汇总（count、sum、distinct、stock、latest）比一个数。",
        "Write the last argument as latest(income.stated.amount) >= 50000: one aggregate compared with a number.",
    )
    return NOTHING


def _ratio(node: ast.Call, source: Source) -> Measure:
    return nodes.Ratio(_measure(node.args[0], source), _measure(node.args[1], source))


def _per(node: ast.Call, source: Source) -> Measure:
    return nodes.Per(_measure(node.args[0], source), _measure(node.args[1], source))


def _change(node: ast.Call, source: Source) -> Measure:
    base = text(node.keywords[0].value) if node.keywords else nodes.Base.YEAR_EARLIER.value
    if base not in tuple(nodes.Base):
        source.refuse(
            node,
            "base",
            'base 写 "year_earlier"（上年同期）或 "before"（上一期）。',
            'base is "year_earlier" or "before".',
        )
        return NOTHING
    return nodes.Change(_measure(node.args[0], source), nodes.Base(base))


def _all_time(node: ast.Call, source: Source) -> Measure:
    return nodes.AllTime(_measure(node.args[0], source))


FORMS = {
    "count": Form(_count, 1, 2, (), 'count(activity.held, type == "lecture")'),
    "sum": Form(_sum, 1, 2, (), "sum(fund.paid.amount)"),
    "distinct": Form(_distinct, 1, 2, (), "distinct(visit.made.about)"),
    "stock": Form(_stock, 1, 3, (), "stock(site.opened, site.closed, star >= 4)"),
    "latest": Form(_latest, 1, 2, ("days",), "latest(income.stated.amount, days=366)"),
    "units": Form(_units, 0, 1, (), 'units(unit.kind == "village")'),
    "units_where": Form(
        _units_where, 1, 2, (), 'units_where(unit.kind == "village", latest(income.stated.amount) >= 5)'
    ),
    "ratio": Form(_ratio, 2, 2, (), "ratio(count(matter.closed), count(matter.opened))"),
    "per": Form(_per, 2, 2, (), "per(sum(fund.paid.amount), count(fund.paid))"),
    "change": Form(_change, 1, 1, ("base",), 'change(count(member.admitted), base="before")'),
    "all_time": Form(_all_time, 1, 1, (), "all_time(count(games.held))"),
}
