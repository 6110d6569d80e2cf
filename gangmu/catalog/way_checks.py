"""Ways held against what they name: steps, rules of time, worked examples."""

from collections.abc import Iterable

from gangmu.catalog.checks import Found, Shelf, unknown
from gangmu.catalog.layers import Loaded
from gangmu.catalog.ways import UNITS, Way, WayExample, WayStep, bounds, earliest, latest
from gangmu.catalog.yaml_source import Step


def check_way(one: Loaded, way: Way, shelf: Shelf) -> Found:
    """Every problem of a way: steps named twice or not yet, rules that tell no time, examples that are not so."""
    wrong = list(_steps(one, way, shelf))
    yield from wrong or _examples(one, way, shelf)


def _steps(one: Loaded, way: Way, shelf: Shelf) -> Found:
    before: list[str] = []
    for number, stage in enumerate(way.stages):
        for place, step in enumerate(stage.steps):
            path: tuple[Step, ...] = ("stages", number, "steps", place)
            if step.key in before:
                message = f"步骤 {step.key} 写了两遍。"
                yield one.problem("catalog.way", message, f"The step {step.key} stands there twice.", (*path, "key"))
            yield from _earlier(one, step, before, path)
            yield from _rules(one, step, shelf, path)
            before.append(step.key)


def _earlier(one: Loaded, step: WayStep, before: Iterable[str], path: tuple[Step, ...]) -> Found:
    known = list(before)
    named = [("limits", limit.after) for limit in step.limits]
    named += [("from_days", key) for day in step.from_days for key in (day.step, day.if_done) if key]
    for part, key in named:
        if key not in known:
            yield unknown(one, key, part, (*path, part), known)
    if step.from_days and step.enters is None:
        message = f"步骤 {step.key} 写了 from_days，却没写进入哪个阶段（enters）。"
        yield one.problem(
            "catalog.way", message, f"{step.key} has from_days but enters no stage.", (*path, "from_days")
        )


def _rules(one: Loaded, step: WayStep, shelf: Shelf, path: tuple[Step, ...]) -> Found:
    keys = [limit.rule for limit in step.limits] + [day.rule for day in step.from_days if day.rule]
    for key in keys:
        if key not in shelf.rules:
            yield unknown(one, key, "rule", (*path, "limits"), shelf.rules)
        elif any(row.unit not in UNITS or row.value != int(row.value) for row in shelf.rules[key].rows):
            message = f"{key} 定的不是整天、整月或整年，不能当时限。"
            yield one.problem("catalog.way", message, f"{key} sets no whole days, months or years.", (*path, "limits"))


def _examples(one: Loaded, way: Way, shelf: Shelf) -> Found:
    steps = {step.key: step for step in way.steps}
    for index, example in enumerate(way.examples):
        path: tuple[Step, ...] = ("examples", index)
        strangers = [key for key in (example.step, *example.done) if key not in steps]
        if strangers:
            yield unknown(one, strangers[0], "step", path, steps)
        elif (days := _comes_out(steps[example.step], example, shelf)) != (example.earliest, example.latest):
            said = f"{days[0] or '不限'} 到 {days[1] or '不限'}"
            message = f"例子“{example.name}”算出来是{said}，和写的不一样。"
            yield one.problem("catalog.example", message, f'"{example.name}" comes out as {days}.', path)


def _comes_out(step: WayStep, example: WayExample, shelf: Shelf) -> tuple[object, object]:
    found = bounds(step, example.done, {key: rule.rows for key, rule in shelf.rules.items()})
    return earliest(found), latest(found)
