"""What a person's file allows next, and why a step cannot be recorded so. Pure: days in, every Problem out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gangmu.catalog.norms import Rule, RuleRow
from gangmu.catalog.ways import Bound, Way, WayStep, bounds
from gangmu.kernel.problems import Problem
from gangmu.orgs.rules.age_bands import OF_AGE, age_on

Days = Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Timed:
    """A step with what its rules of time come to: `first` and `last` day (None: open), and whether it kept them.

    `unsure`: the wait rests on a rule that is not verified, so an earlier day is told and not refused.
    """

    step: WayStep
    bounds: tuple[Bound, ...]
    first: date | None
    last: date | None
    unsure: bool


def rows_of(rules: Mapping[str, Rule]) -> Mapping[str, Sequence[RuleRow]]:
    """The rows of each rule, with those of a stricter local one in its place from the day it is in force."""
    found = {key: rule.rows for key, rule in rules.items()}
    for rule in rules.values():
        if rule.tightens in found:
            found[rule.tightens] = tuple(sorted((*found[rule.tightens], *_in_force(rule)), key=lambda row: row.since))
    return found


def _in_force(rule: Rule) -> Iterable[RuleRow]:
    since = rule.effective
    return (row.model_copy(update={"since": max(row.since, since)}) if since else row for row in rule.rows)


def timed(step: WayStep, done: Days, rules: Mapping[str, Rule]) -> Timed:
    """The step's days on what is done so far."""
    found = bounds(step, done, rows_of(rules))
    waits, ends = [one for one in found if one.earliest], [one for one in found if one.latest]
    first = max((one.earliest for one in waits if one.earliest), default=None)
    last = min((one.latest for one in ends if one.latest), default=None)
    sure = [one for one in waits if rules[one.rule].source_status != "unverified"]
    return Timed(step, found, first, last, bool(waits) and not sure)


def next_step(way: Way, done: Days) -> WayStep | None:
    """The first step that has to be taken after the last one done; None at the end of the way."""
    steps = way.steps
    last = max((place for place, step in enumerate(steps) if step.key in done), default=-1)
    return next((step for step in steps[last + 1 :] if not step.optional), None)


def open_steps(way: Way, done: Days) -> tuple[WayStep, ...]:
    """What may be recorded now: gaps left behind, the next step, and what is optional before it."""
    coming = next_step(way, done)
    keys = [step.key for step in way.steps]
    until = keys.index(coming.key) if coming else len(keys) - 1
    return tuple(step for step in way.steps[: until + 1] if step.key not in done and not _past(way, step, done))


def _past(way: Way, step: WayStep, done: Days) -> bool:
    """A step that was not needed when it could be: optional, and later ones are done."""
    later = way.steps[[one.key for one in way.steps].index(step.key) + 1 :]
    return step.optional and any(one.key in done for one in later)


def against_step(way: Way, key: str, day: date, done: Days, rules: Mapping[str, Rule]) -> list[Problem]:
    """Why this step cannot be recorded for that day: its turn, its neighbours' days, its waiting time."""
    step = next((one for one in way.steps if one.key == key), None)
    if step is None:
        return [Problem("orgs.no_such_step", "没有这一步。", "There is no such step.", "step")]
    if key in done:
        return [_done_already(step, done[key])]
    if step not in open_steps(way, done):
        return [_not_its_turn(step, next_step(way, done), way)]
    return [*_against_neighbours(way, step, day, done), *_too_early(timed(step, done, rules), day, rules)]


def _done_already(step: WayStep, day: date) -> Problem:
    return Problem(
        "orgs.step_done", f"“{step.title.zh}”在 {day} 已经办过；记错了请去那条记录更正。",
        f'"{step.title.en}" was done on {day}; if that is wrong, put that record right.', "step",
    )  # fmt: skip


def _not_its_turn(step: WayStep, coming: WayStep | None, way: Way) -> Problem:
    said, english = (coming.title.zh, coming.title.en) if coming else ("没有下一步", "nothing more")
    return Problem(
        "orgs.step_order", f"还没到“{step.title.zh}”，下一步是“{said}”；一步一审，缺材料即停。",
        f'"{step.title.en}" is not next; next is "{english}".', "step", way.source,
    )  # fmt: skip


def _against_neighbours(way: Way, step: WayStep, day: date, done: Days) -> Iterable[Problem]:
    place = way.steps.index(step)
    before = max(((done[one.key], one) for one in way.steps[:place] if one.key in done), key=_day, default=None)
    after = min(((done[one.key], one) for one in way.steps[place + 1 :] if one.key in done), key=_day, default=None)
    if before and day < before[0]:
        yield Problem(
            "orgs.step_before", f"“{before[1].title.zh}”是 {before[0]} 办的，“{step.title.zh}”不能比它早。",
            f'"{before[1].title.en}" was on {before[0]}; "{step.title.en}" cannot be earlier.', "day", way.source,
        )  # fmt: skip
    if after and day > after[0]:
        yield Problem(
            "orgs.step_after", f"“{after[1].title.zh}”{after[0]} 就办了，“{step.title.zh}”不能比它晚。",
            f'"{after[1].title.en}" was on {after[0]}; "{step.title.en}" cannot be later.', "day", way.source,
        )  # fmt: skip


def _day(one: tuple[date, WayStep]) -> date:
    return one[0]


def _too_early(one: Timed, day: date, rules: Mapping[str, Rule]) -> Iterable[Problem]:
    for bound in one.bounds:
        rule = rules[bound.rule]
        if bound.earliest and day < bound.earliest and rule.source_status != "unverified":
            yield Problem(
                "orgs.step_early",
                f"{_said(rule, bound)}，最早 {bound.earliest} 才能办“{one.step.title.zh}”。",
                f'{rule.title.en}: "{one.step.title.en}" may be done from {bound.earliest} on.', "day", rule.source,
            )  # fmt: skip


def _said(rule: Rule, bound: Bound) -> str:
    """The rule in words, as 预备期满1年 or 审批期限3个月内."""
    least, most = ("满", "") if bound.earliest else ("", "内")
    return f"{rule.title.zh}{least}{bound.row.value}{bound.row.unit}{most}"


def findings(one: Timed, day: date, rules: Mapping[str, Rule]) -> tuple[Problem, ...]:
    """What is worth a word about a step done, or to be done, on the day: late by a rule, early by one not verified."""
    found = []
    for bound in one.bounds:
        rule = rules[bound.rule]
        unsure = "（口径待核）" if rule.source_status == "unverified" else ""
        if bound.latest and day > bound.latest:
            found.append(Problem(
                "orgs.step_late", f"应在 {bound.latest} 前办：{_said(rule, bound)}{unsure}。",
                f"Due by {bound.latest}: {rule.title.en}.", one.step.key, rule.source))  # fmt: skip
        elif bound.earliest and day < bound.earliest and unsure:
            found.append(Problem(
                "orgs.step_soon", f"{rule.title.zh}要到 {bound.earliest}{unsure}。",
                f"{rule.title.en}: not before {bound.earliest} (unverified).", one.step.key, rule.source))  # fmt: skip
    return tuple(found)


def against_age(birth_month: str, day: date, rule: str) -> list[Problem]:
    """Nobody applies before the age of eighteen; where the month of birth is not on record nothing is asked."""
    if not birth_month or age_on(birth_month, day) + _might(birth_month, day) >= OF_AGE:
        return []
    return [
        Problem("orgs.under_age", "申请入党要年满十八周岁。", "Who applies is eighteen or older.", "day", rule)
    ]  # fmt: skip


def _might(birth_month: str, day: date) -> int:
    """1 in the very month of the birthday, which may have been before that day."""
    return int(int(birth_month.split("-")[1]) == day.month)


def against_lateness(at: date, today: date, began: date, allowed: int, reason: str) -> list[Problem]:
    """A record later than `allowed` days says why; what was before the ledger began comes out of old books."""
    days = (today - at).days
    if days <= allowed or reason or at < began:
        return []
    return [
        Problem("orgs.late_reason", f"这是 {days} 天前的事，补录请选一个原因。",
                f"That was {days} days ago: say why it is recorded late.", "late_reason")
    ]  # fmt: skip
