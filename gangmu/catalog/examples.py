"""The worked examples of definitions, executed: bodies are checked, figures computed by the plain-Python evaluator."""

from collections.abc import Iterator, Mapping, Sequence
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
DAY = date(2025, 6, 1)  # of an example's fact that names none
Fault = tuple[str, str]  # in Chinese and in English


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
    indicator = catalog.indicators[one.key]
    faults = [*_stage_faults(indicator, example)]
    faults += [fault for row in indicator.facts_of(example) for fault in row_faults(catalog, row)]
    if faults:
        chinese, english = faults[0]
        message = f"示例“{example.name}”：{chinese}"
        return [one.problem("catalog.example", message, f'Example "{example.name}": {english}', ("examples", index))]
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
    measure = bind(catalog.measure(key, example.start), example.selection)
    return evaluate(measure, world(rows, units.values()), place, Period(example.start, example.end)).value


def staged(indicator: Indicator, example: IndicatorExample) -> tuple[list[Row], dict[str, Unit], str]:
    """An example's facts, its tree and the path of the unit asked for, as evaluators take them."""
    tree = indicator.units_of(example)
    units, top = example_units(tree), tree[0].org
    rows = [fact_row(row, str(index), top) for index, row in enumerate(indicator.facts_of(example))]
    return rows, units, units[example.org or top].path


def example_units(units: Sequence[ExampleUnit]) -> dict[str, Unit]:
    """The example's tree with paths; a parent stands before its children."""
    found: dict[str, Unit] = {}
    for number, unit in enumerate(units):
        above = found[unit.parent].path if unit.parent else ""
        found[unit.org] = Unit(unit.org, f"{above}{number:0{PATH_WIDTH}d}", unit.kind, unit.domain)
    return found


def fact_row(row: Mapping[str, Any], number: str, first: str) -> Row:
    """An example's flat row as a fact; of the unit `first` where it names none."""
    body = {key: value for key, value in row.items() if key not in ENVELOPE}
    return Row(
        id=number,
        kind=row["kind"],
        org=row.get("org", first),
        day=row.get("day", DAY),
        body=body,
        about=row.get("about"),
        late=bool(row.get("late", False)),
    )


def _stage_faults(indicator: Indicator, example: IndicatorExample) -> Iterator[Fault]:
    """What keeps an example from being computed at all: its tree, its days, whom it asks about."""
    if example.end < example.start:
        yield f"{example.end} 早于 {example.start}。", f"{example.end} lies before {example.start}."
    seen: set[str] = set()
    for unit in indicator.units_of(example):
        if unit.parent is not None and unit.parent not in seen:
            yield (f"{unit.org} 的上级 {unit.parent} 要写在它前面。",
                   f"{unit.parent} stands above {unit.org} and must be written before it.")  # fmt: skip
        if unit.org in seen:
            yield f"单位 {unit.org} 写了两次。", f"The unit {unit.org} stands twice."
        seen.add(unit.org)
    asked = [example.org, *(row.get("org") for row in indicator.facts_of(example))]
    for org in asked:
        if org is not None and org not in seen:
            yield f"units 里没有 {org} 这个单位。", f"There is no unit {org} among its units."


def row_faults(catalog: Catalog, row: Mapping[str, Any]) -> list[Fault]:
    """An example's fact must be one that could be recorded, but for what it leaves out as beside the point."""
    kind, day = str(row.get("kind")), row.get("day", DAY)
    if kind not in catalog.facts:
        return [(f"没有 {kind} 这种事实。", f"There is no fact kind {kind}.")]
    if not isinstance(day, date):
        return [(f"day 写成 2025-03-08 这样，不能是 {day}。", f"A day is written 2025-03-08, not {day}.")]
    body = {key: value for key, value in row.items() if key not in ENVELOPE}
    beside = ("body.missing", "body.tag_one")
    found = [problem for problem in catalog.check_body(kind, body) if problem.code not in beside]
    return [(str(problem), f"{problem.where}: {problem.message_en}") for problem in found]


def _rounded(value: Decimal | None, places: int) -> Decimal | None:
    return None if value is None else value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
