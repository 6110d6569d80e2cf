"""Formulas of indicators: read, and held against the fact kinds, tags and kinds of unit they name."""

import re
from collections.abc import Iterator

from gangmu.catalog.checks import Shelf, meant
from gangmu.catalog.comparisons import NUMBERS, Said, comparison_faults, field_of, openings
from gangmu.catalog.compiled import CompiledRow
from gangmu.catalog.definitions import FactKind, Indicator
from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.bind import MEANT_BY_NAME, record_aggregates, uses
from gangmu.catalog.expressions.nodes import Aggregate, Measure
from gangmu.catalog.expressions.parse import parse
from gangmu.catalog.layers import Loaded
from gangmu.catalog.yaml_source import Step
from gangmu.kernel.problems import Problem, Refused


def read_formulas(one: Loaded, indicator: Indicator, shelf: Shelf) -> tuple[tuple[CompiledRow, ...], list[Problem]]:
    """The formula rows of an indicator, read and checked, with every problem at its line of the file."""
    rows, problems = [], list[Problem]()
    for index, row in enumerate(indicator.formula):
        path: tuple[Step, ...] = ("formula", index, "text")
        measure, wrong = read_measure(one, row.text, path, shelf)
        problems += wrong
        if measure is not None:
            rows.append(CompiledRow(row.since, measure))
            faults = _nature_faults(measure, indicator)
            problems += [one.problem("catalog.formula", zh, en, path) for zh, en in faults]
    return tuple(rows), problems


def read_measure(one: Loaded, text: str, path: tuple[Step, ...], shelf: Shelf) -> tuple[Measure | None, list[Problem]]:
    """The measure written at `path` of a file, held against what the shelf knows, with every problem at its line."""
    try:
        measure = parse(text)
    except Refused as refused:
        problems = [one.problem(p.code, f"算式 {p.where}：{p.message}", f"Formula {p.where}: {p.message_en}", path)
                    for p in refused.problems]  # fmt: skip
        named = _indicators_named(text, shelf)
        return None, [*problems, *(one.problem("catalog.formula", zh, en, path) for zh, en in named)]
    return measure, [one.problem("catalog.formula", zh, en, path) for zh, en in _faults(measure, shelf)]


def _indicators_named(text: str, shelf: Shelf) -> Iterator[Said]:
    """A formula counts facts: another indicator in it would be a circle sooner or later."""
    for key in sorted(shelf.indicators):
        if re.search(rf"(?<![\w.]){re.escape(key)}(?![\w.])", text):
            yield (f"算式只数事实，不能引用指标 {key}；把它的算式写进来。",
                   f"A formula counts facts and cannot name the indicator {key}: write its formula out.")  # fmt: skip


def _faults(measure: Measure, shelf: Shelf) -> Iterator[Said]:
    yield from _name_faults(measure, shelf)
    for one in record_aggregates(measure):
        yield from _number_faults(one, shelf)
    for aggregate in nodes.aggregates(measure):
        yield from comparison_faults(aggregate, shelf)


def _name_faults(measure: Measure, shelf: Shelf) -> Iterator[Said]:
    """Kinds, fields and tags that do not exist."""
    used = uses(measure)
    for kind in sorted(used.kinds - shelf.facts.keys()):
        zh, en = meant(kind, shelf.facts)
        yield f"没有 {kind} 这种事实{zh}。", f"There is no fact kind {kind}{en}."
    for kind, key in sorted(used.fields):
        if kind in shelf.facts and field_of(shelf.facts[kind], key) is None:
            fields = "、".join(field.key for field in shelf.facts[kind].body_fields) or "（没有）"
            yield f"{kind} 没有字段 {key}；有：{fields}。", f"{kind} has no field {key}; it has {fields}."
    for kind, key in sorted(used.opened):
        if not any(field_of(opening, key) for opening in openings(kind, shelf)):
            yield f"{kind} 的开立事实没有字段 {key}。", f"What opens {kind} has no field {key}."
    for kind, tag in sorted(used.tags):
        if kind in shelf.facts and not _may_bear(shelf.facts[kind], tag, shelf):
            yield f"{kind} 不会带标签 {tag}。", f"{kind} never bears the tag {tag}."


def _nature_faults(measure: Measure, indicator: Indicator) -> Iterator[Said]:
    """What the definition says of its formula and the formula is not."""
    if uses(measure).selectable != bool(indicator.selects):
        yield "算式里的 tag(selected) 和 selects 要同时有或同时没有。", "tag(selected) and `selects` go together."
    nature = nodes.measuring(measure)
    if nature != indicator.measure:
        yield (
            f"算式是 {nature}，measure 却写 {indicator.measure}。",
            f"The formula is a {nature}, not {indicator.measure}.",
        )
    if indicator.additive and _never_adds_up(measure):
        yield (
            "去重数、比率和人均不能逐级相加：请写 additive: false。",
            "Write additive: false: this never adds up the tree.",
        )


def _never_adds_up(measure: Measure) -> bool:
    inside = [measure, *nodes.children(measure)]
    return any(isinstance(one, nodes.Distinct | nodes.Ratio | nodes.Per | nodes.Change) for one in inside)


def _number_faults(one: Aggregate, shelf: Shelf) -> Iterator[Said]:
    if isinstance(one, nodes.Sum | nodes.Latest) and one.kind in shelf.facts:
        field = field_of(shelf.facts[one.kind], one.field)
        if field and field.type not in NUMBERS:
            yield (
                f"{one.kind}.{one.field} 不是数字，不能相加。",
                f"{one.kind}.{one.field} is no number and cannot be summed.",
            )
    if isinstance(one, nodes.Distinct) and one.field in MEANT_BY_NAME:
        kind = shelf.facts.get(one.kind)
        if kind and one.field == "about" and kind.about is None:
            yield f"{one.kind} 不关于任何对象，数不出 about。", f"{one.kind} is about nothing to be counted."


def _may_bear(kind: FactKind, tag: str, shelf: Shelf) -> bool:
    bearers = [kind, *openings(kind.key, shelf)]
    families = {family for one in bearers for family in (*one.tags_required, *one.tags_allowed)}
    return any(
        tag == known.key for family in families if family in shelf.families for known in shelf.families[family].tags
    )
