"""The worked examples of duties, executed: the state, the deadline and the amount that must come out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import ExampleUnit
from gangmu.catalog.duties.definitions import DutyExample
from gangmu.catalog.duties.obligations import Bearer, Deed, Obligation, obligations
from gangmu.catalog.duties.states import Status, Waiver, known_by, status
from gangmu.catalog.duties.terms import CompiledDuty
from gangmu.catalog.examples import Fault, example_units, fact_row, row_faults
from gangmu.catalog.expressions.evaluate import Unit
from gangmu.catalog.layers import Loaded
from gangmu.kernel.clock import local_moment
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem
from gangmu.kernel.working_days import DAY

UNIT, POST, PERSON = "unit", "post", "person"  # what an example's facts call the bearer's
BESIDE = ("by_post", "received")  # what a duty's example says of a fact and its body does not hold


def check_duty_examples(catalog: Catalog, one: Loaded, duty: CompiledDuty) -> list[Problem]:
    """Every example of the duty that does not come out as it says."""
    problems = []
    for index, example in enumerate(duty.duty.examples):
        for zh, en in _faults(catalog, duty, example):
            message, english = f"示例“{example.name}”：{zh}", f'Example "{example.name}": {en}'
            problems.append(one.problem("catalog.example", message, english, ("examples", index)))
    return problems


def _faults(catalog: Catalog, duty: CompiledDuty, example: DutyExample) -> Iterator[Fault]:
    wrong = [fault for row in example.given for fault in row_faults(catalog, _body(row))]
    if wrong:
        yield wrong[0]
        return
    found = status_of(catalog, duty, example)
    state = found.state if found else "not_applicable"
    if state != example.expect:
        yield f"应当是 {example.expect}，算出 {state}。", f"was to be {example.expect}, but is {state}."
    if found and example.due not in (None, found.obligation.due.end):
        due = found.obligation.due.end
        yield f"期限应当是 {example.due}，算出 {due}。", f"was to be due on {example.due}, but is on {due}."
    if found and example.need not in (None, found.obligation.need):
        need = found.obligation.need
        yield f"应当欠 {example.need}，算出 {need}。", f"was to owe {example.need}, but owes {need}."


def status_of(catalog: Catalog, duty: CompiledDuty, example: DutyExample) -> Status | None:
    """The state an example's facts give; None where nothing is owed at all."""
    bearer, units = bearer_of(catalog, duty, example)
    deeds = known_by((_deed(row, str(at)) for at, row in enumerate(example.given)), _end_of(example.on))
    owed = obligations(duty, bearer, Period(example.period, example.period), catalog.calendar, deeds)
    return next((status(one, deeds, example.on, _waivers(one, example), units) for one in owed), None)


def _waivers(one: Obligation, example: DutyExample) -> tuple[Waiver, ...]:
    if not example.waived:
        return ()
    return (Waiver(one.duty, one.bearer.id, one.period.start, example.name, POST),)


def bearer_of(catalog: Catalog, duty: CompiledDuty, example: DutyExample) -> tuple[Bearer, dict[str, Unit]]:
    """Who owes in the example, and the units of its tree."""
    told = example.bearer
    by = duty.terms[-1].row.owed_by
    top = ExampleUnit(org=UNIT, kind=told.kind, domain=told.domain)
    units = example_units((top, *example.units))
    bearer = Bearer(
        id=UNIT, unit=units[UNIT], form=catalog.form(told.kind), kind=by.bearer, post=told.post or "",
        post_id=POST if told.post else "", person="" if by.bearer == "unit" else PERSON, category=told.category,
        stage=told.stage, since=told.since, until=told.until, has=frozenset(told.has), groups=told.groups,
        asked=frozenset([duty.duty.key]) if told.asked else frozenset(),
    )  # fmt: skip
    return bearer, units


def _deed(row: Mapping[str, Any], number: str) -> Deed:
    fact = fact_row(_body(row), number, UNIT)
    arrived = row.get("received", fact.day)
    received = _end_of(arrived) if isinstance(arrived, date) else 0
    return Deed(replace(fact, received=received), str(row.get("by_post", "")))


def _end_of(day: date) -> int:
    """The last moment of a day, in milliseconds as the ledger counts them."""
    return int(local_moment(day + DAY).timestamp() * 1000) - 1


def _body(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in BESIDE}
