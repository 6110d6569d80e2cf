"""Explaining a deadline in sentences, and who is told while a duty stands open. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import Definition
from gangmu.catalog.duties.definitions import DueRule
from gangmu.catalog.duties.obligations import Obligation
from gangmu.catalog.duties.states import OPEN_STATES, Status
from gangmu.kernel.working_days import Calendar, Counted, Skipped, count

# What a count runs over and where it starts, in words.
MEASURES: Mapping[str, tuple[str, str]] = {
    "calendar_day": ("天", "days"),
    "working_day": ("个工作日", "working days"),
    "month": ("个月", "months"),
}
STARTS: Mapping[str, tuple[str, str]] = {
    "period_start": ("期间开始的前一天", "the eve of the period"),
    "period_end": ("期间最后一天", "the last day of the period"),
    "event": ("事情发生的那天", "the day of the event"),
}
SPANS: Mapping[str | None, tuple[str, str]] = {
    "month": ("每月", "every month"),
    "quarter": ("每季度", "every quarter"),
    "half_year": ("每半年", "every half-year"),
    "year": ("每年", "every year"),
    None: ("每次", "each time"),
}


class Sentence(NamedTuple):
    """One sentence in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Who is told, from which day on."""

    to: Literal["bearer", "secretary", "parent", "grandparent"]
    day: date


def notices(status: Status, calendar: Calendar) -> tuple[Notice, ...]:
    """Everybody who has been told by the day of the status, in order of days; nobody once nothing stands open."""
    if status.state not in OPEN_STATES and status.state != "not_yet_due":
        return ()
    one = status.obligation
    days = [(day_told(one, step.counted_from, step.working_days, calendar), step.to) for step in one.terms.row.told]
    return tuple(Notice(to, day) for day, to in sorted(days, key=lambda told: told[0]) if day <= status.on)


def day_told(one: Obligation, counted_from: str, working_days: int, calendar: Calendar) -> date:
    """The day of one step of telling: so many working days after the deadline or after grace; negative: before."""
    start = one.due.end if counted_from == "due" else one.grace_end
    return count(calendar, start, working_days, "working_day").end


def explain(one: Obligation, catalog: Catalog) -> tuple[Sentence, ...]:
    """How the deadline came about: its start, what was counted and what not, grace, what is owed, by which row."""
    counted = one.due
    return (
        *_counting(counted, one.terms.row.due),
        *(Sentence(f"不计：{zh}。", f"Not counted: {en}.") for zh, en in _passed_over(counted, catalog.calendar)),
        *_end(counted),
        *_grace(one),
        *_unpublished(one),
        *_owed(one),
        *_by(one, catalog),
    )


def _counting(counted: Counted, rule: DueRule) -> Iterator[Sentence]:
    start_zh, start_en = STARTS[rule.counted_from]
    if not counted.add:
        yield Sentence(f"到{start_zh}为止：{counted.start}。", f"It ends with {start_en}: {counted.start}.")
        return
    zh, en = MEASURES[counted.measure]
    yield Sentence(
        f"从{start_zh}（{counted.start}，当天不计）起数 {counted.add} {zh}，数到 {counted.reached}。",
        f"{counted.add} {en} are counted from {start_en} ({counted.start}, not counted), up to {counted.reached}.",
    )


def _passed_over(counted: Counted, calendar: Calendar) -> Iterator[tuple[str, str]]:
    """The days that were not counted, in runs of one reason."""
    days = sorted(counted.skipped)
    for (zh, en, _), run in groupby(enumerate(days), key=lambda found: (*_reason(found[1], calendar), _run(*found))):
        passed = [skipped.day for _, skipped in run]
        first, last = passed[0], passed[-1]
        yield (f"{first}{zh}", f"{first} ({en})") if first == last else (
            f"{first} 至 {last}{zh}", f"{first} to {last} ({en})")  # fmt: skip


def _run(at: int, skipped: Skipped) -> int:
    """Days in a row share this number."""
    return skipped.day.toordinal() - at


def _reason(skipped: Skipped, calendar: Calendar) -> tuple[str, str]:
    if skipped.why == "holiday":
        rest = calendar.off[skipped.day]
        return f"（{rest.zh}放假）", rest.en
    return {"weekend": ("（周末）", "weekend"), "pause": ("（这个月停数）", "the count stands still")}[skipped.why]


def _end(counted: Counted) -> Iterator[Sentence]:
    if counted.end != counted.reached:
        later = counted.end > counted.reached
        yield Sentence(
            f"{counted.reached} 是休息日，{'顺延' if later else '提前'}到 {counted.end}。",
            f"{counted.reached} is a day of rest: it moves to {counted.end}.",
        )
    yield Sentence(f"期限是 {counted.end}。", f"It is due on {counted.end}.")


def _unpublished(one: Obligation) -> Iterator[Sentence]:
    for year in sorted({*one.due.unpublished, *one.grace.unpublished}):
        yield Sentence(
            f"{year} 年的节假日还没有公布，先按周一至周五推算，公布后可能会变。",
            f"The holidays of {year} are not published: Monday to Friday were counted, and the day may still move.",
        )


def _grace(one: Obligation) -> Iterator[Sentence]:
    if one.grace_end > one.due.end:
        yield Sentence(
            f"记录可以晚到：等到 {one.grace_end}，之后才算没做；补录到了还算。",
            f"A record may come later: it is waited for until {one.grace_end}, and counts even after that.",
        )


def _owed(one: Obligation) -> Iterator[Sentence]:
    if one.exempt is not None:
        yield Sentence(f"这一次不要求：{one.exempt.why.zh}。", f"Nothing is owed: {one.exempt.why.en}.")
    elif one.need is None:
        yield Sentence(
            "这一次不要求：只在其中一部分时间，按整月折算下来不足一次。",
            "Nothing is owed: of the whole months of the period too few are left for one.",
        )
    else:
        yield Sentence(f"要做到 {one.need:f}。", f"{one.need:f} is owed.")


def _by(one: Obligation, catalog: Catalog) -> Iterator[Sentence]:
    """The row that says so and its source; what nobody verified is called so."""
    demand, duty = one.demand, catalog.duties[one.duty].duty
    (zh, en), rule = SPANS[demand.every], catalog.rules.get(demand.rule)
    by: Definition = rule or duty
    key = demand.rule if rule else one.duty
    yield Sentence(
        f"口径：{key} 自 {demand.since} 起，{zh}至少 {demand.least:f}；出处：{by.source}。",
        f"By {key} from {demand.since} on: at least {demand.least:f} {en}. Source: {by.source}.",
    )
    if "unverified" in (by.source_status, duty.source_status):
        yield Sentence("口径待核，本地可以关闭。", "Not verified; a place may switch it off.")
