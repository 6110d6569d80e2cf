"""The worked examples of definitions, executed: bodies are checked, figures computed by the plain-Python evaluator."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import ExampleUnit, FactExample, FactKind, Indicator, IndicatorExample
from gangmu.catalog.expressions.bind import bind
from gangmu.catalog.expressions.evaluate import Row, Unit, evaluate, world
from gangmu.catalog.layers import Loaded
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem

ENVELOPE = ("kind", "org", "about", "day", "late")
PATH_WIDTH = 5


def check_examples(catalog: Catalog, loaded: Sequence[Loaded]) -> list[Problem]:
    """Every example that does not come out as its definition says."""
    problems: list[Problem] = []
    for one in loaded:
        if isinstance(one.definition, FactKind):
            for index, body in enumerate(one.definition.examples):
                problems += _check_body(catalog, one, body, index)
        elif isinstance(one.definition, Indicator):
            for index, example in enumerate(one.definition.examples):
                problems += _check_figure(catalog, one, example, index)
    return problems


def _check_body(catalog: Catalog, one: Loaded, example: FactExample, index: int) -> list[Problem]:
    found = catalog.check_body(one.key, example.body, example.slots)
    if {problem.code for problem in found} == set(example.refused):
        return []
    said = "；".join(f"{problem.message.removesuffix('。')}（{problem.code}）" for problem in found) or "能记"
    said_en = "; ".join(f"{problem.message_en.removesuffix('.')} ({problem.code})" for problem in found) or "accepted"
    expected, expected_en = ", ".join(example.refused) or "能记", ", ".join(example.refused) or "accepted"
    message = f"示例“{example.name}”应当：{expected}，实际：{said}。"
    english = f'Example "{example.name}" was to be: {expected_en}, but is: {said_en}.'
    return [one.problem("catalog.example", message, english, ("examples", index))]


def _check_figure(catalog: Catalog, one: Loaded, example: IndicatorExample, index: int) -> list[Problem]:
    given = catalog.indicators[one.key].facts_of(example)
    faults = [fault for row in given for fault in _row_faults(catalog, row)]
    if faults:
        return [
            one.problem(
                "catalog.example", f"示例“{example.name}”：{faults[0]}", f"Example: {faults[0]}", ("examples", index)
            )
        ]
    computed = figure_of(catalog, one.key, example)
    places = catalog.indicators[one.key].places
    if _rounded(computed, places) == _rounded(example.expect, places):
        return []
    message = f"示例“{example.name}”应得 {example.expect}，算出 {computed}。"
    english = f'Example "{example.name}" was to give {example.expect}, but gives {computed}.'
    return [one.problem("catalog.example", message, english, ("examples", index, "expect"))]


def figure_of(catalog: Catalog, key: str, example: IndicatorExample) -> Decimal | None:
    """The figure an example's facts give."""
    rows, units, place = staged(catalog.indicators[key], example)
    measure = bind(catalog.measure(key, example.end), example.selection)
    return evaluate(measure, world(rows, units.values()), place, Period(example.start, example.end)).value


def staged(indicator: Indicator, example: IndicatorExample) -> tuple[list[Row], dict[str, Unit], str]:
    """An example's facts, its tree and the path of the unit asked for, as evaluators take them."""
    tree = indicator.units_of(example)
    units, top = example_units(tree), tree[0].org
    rows = [_row(row, str(index), top) for index, row in enumerate(indicator.facts_of(example))]
    return rows, units, units[example.org or top].path


def example_units(units: Sequence[ExampleUnit]) -> dict[str, Unit]:
    """The example's tree with paths; a parent stands before its children."""
    found: dict[str, Unit] = {}
    for number, unit in enumerate(units):
        above = found[unit.parent].path if unit.parent else ""
        found[unit.org] = Unit(unit.org, f"{above}{number:0{PATH_WIDTH}d}", unit.kind, unit.domain)
    return found


def _row(row: Mapping[str, Any], number: str, first: str) -> Row:
    body = {key: value for key, value in row.items() if key not in ENVELOPE}
    return Row(
        id=number,
        kind=row["kind"],
        org=row.get("org", first),
        day=row.get("day", date(2025, 6, 1)),
        body=body,
        about=row.get("about"),
        late=bool(row.get("late", False)),
    )


def _row_faults(catalog: Catalog, row: Mapping[str, Any]) -> list[str]:
    """An example's fact must be one that could be recorded, but for what it leaves out as beside the point."""
    kind = str(row.get("kind"))
    if kind not in catalog.facts:
        return [f"没有 {kind} 这种事实。"]
    body = {key: value for key, value in row.items() if key not in ENVELOPE}
    beside = ("body.missing", "body.tag_one")
    return [str(problem) for problem in catalog.check_body(kind, body) if problem.code not in beside]


def _rounded(value: Decimal | None, places: int) -> Decimal | None:
    return None if value is None else value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
