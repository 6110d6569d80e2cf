"""Recording a meeting with what it resolved: one transaction, counted from the registry of the day."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from gangmu.catalog.activity_checks import FACT
from gangmu.catalog.current import catalog
from gangmu.kernel.canon import Json
from gangmu.kernel.clock import local_day
from gangmu.kernel.ids import FactId
from gangmu.kernel.problems import NotFound, Problem
from gangmu.kernel.scope import Actor, Scope
from gangmu.ledger.facts import Receipt
from gangmu.people.intake import thing_id
from gangmu.records.actions import record_many, restate_fact
from gangmu.records.entries import Entry
from gangmu.records.meetings import Meeting, Resolution, against_meeting, body_of
from gangmu.records.roll import Roll, roll

RESOLVED = "activity.resolved"


def record_meeting(
    meeting: Meeting, *, by: Actor, idem: str, excused: Collection[str] = (), problems: Sequence[Problem] = ()
) -> Receipt:
    """Record a meeting and what it resolved, all or nothing; sent twice it is one. The meeting's receipt.

    `excused`: who asked to be exempt. `problems`: what the page could not read. Raises NotFound, Refused.
    """
    people = counted(meeting, by.scope, excused)
    found = [*problems, *against_meeting(meeting, people)]
    body = body_of(meeting, people)
    held = Entry(FACT, meeting.org, meeting.start, idem, body, meeting.sealed, meeting.about, meeting.end)
    if resolved := list(_resolutions(meeting, idem)):
        held = replace(held, fact_id=FactId(thing_id(by, f"{idem}:held")))
    return record_many([held, *(replace(one, belongs_to=held.fact_id) for one in resolved)], by=by, problems=found)[0]


def restate_meeting(
    fact_id: FactId, meeting: Meeting, *, reason: str, note: str, by: Actor, idem: str,
    excused: Collection[str] = (), problems: Sequence[Problem] = (), ask: bool = False,
) -> Receipt:  # fmt: skip
    """Take a meeting back and record the right one in its place; what it resolved stands by itself.

    `ask`: as `reverse_fact`.
    """
    people = counted(meeting, by.scope, excused)
    return restate_fact(
        fact_id, meeting.org, body=body_of(meeting, people), sealed=meeting.sealed, on=local_day(meeting.start),
        hours=(meeting.start, meeting.end), reason=reason, note=note, by=by, idem=idem,
        problems=[*problems, *against_meeting(meeting, people)], ask=ask,
    )  # fmt: skip


def counted(meeting: Meeting, scope: Scope, excused: Collection[str] = ()) -> Roll:
    """The roll of the meeting's day; empty on a day on which there was no such unit, which is told elsewhere."""
    try:
        return roll(scope, meeting.org, catalog().activities[meeting.form], local_day(meeting.start), excused)
    except NotFound:
        return Roll()


def _resolutions(meeting: Meeting, idem: str) -> Iterator[Entry]:
    """Each resolution as an entry of its own, late for the same reason as its meeting."""
    late = {key: value for key, value in meeting.body.items() if key == "late_reason"}
    for number, one in enumerate(meeting.resolutions, 1):
        body = {**late, **_told(one)}
        yield Entry(RESOLVED, meeting.org, meeting.end, f"{idem}:{number}", body, {"words": one.words})


def _told(one: Resolution) -> dict[str, Json]:
    told: dict[str, Json] = {"owner": str(one.owner)} if one.owner else {}
    return {**told, "due_on": one.due_on.isoformat()} if one.due_on else told
