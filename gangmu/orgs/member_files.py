"""Files of persons on their way into the Party: which steps are done, what comes next and when. Scope first, always.

What a file says about somebody is seen by whoever may see the persons of the branch, and by nobody else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gangmu.catalog.current import catalog
from gangmu.catalog.ways import STAGE_CHANGED, STARTED, STEP_DONE, Way
from gangmu.kernel.ids import FactId, OrgId, PersonId
from gangmu.kernel.problems import NotFound, Problem
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs import models
from gangmu.orgs.permissions import Permission, may, require
from gangmu.orgs.queries import descendants
from gangmu.orgs.rules import member_ways
from gangmu.orgs.rules.member_ways import Timed
from gangmu.people.batches import batches
from gangmu.people.queries import open_persons

ADMISSION = "admission"
ON_THE_WAY = ("applicant", "activist", "candidate", "probationary", "extended")
TELLING = (STEP_DONE, STAGE_CHANGED, STARTED)


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken: its day, the fact that says so, and days between it and its record."""

    day: date
    fact: FactId
    late_days: int


@dataclass(frozen=True, slots=True)
class FileRow:
    """A person's file: the stage it is in, the steps done by key, and the step that comes next with its days."""

    id: str
    org: OrgId
    person: PersonId
    stage: str
    since: date
    done: Mapping[str, Done]
    coming: Timed | None

    @property
    def days(self) -> Mapping[str, date]:
        """The day of each step done."""
        return {key: one.day for key, one in self.done.items()}


def way() -> Way:
    """The way into the Party as the catalog has it."""
    return catalog().ways[ADMISSION]


def files(scope: Scope, org: OrgId, on: date | None = None) -> tuple[FileRow, ...]:
    """The files of the branches at or under `org` of those who are on the way on the day. Wants SEE_PERSONS."""
    require(scope, Permission.SEE_PERSONS, org, on)
    day, inside = on or scope.day, [node.org for node in descendants(scope, org, on)]
    rows: list[models.Stage] = []
    for some in batches(inside):
        rows += models.Stage.objects.filter(
            org__in=some, stage__in=ON_THE_WAY, valid_from__lte=day, valid_to__gt=day
        ).order_by("org", "valid_from", "id")
    told = steps_done([row.membership for row in rows], day)
    return tuple(_row(row, told.get(row.membership, {})) for row in rows)


def file(scope: Scope, org: OrgId, file_id: str, on: date | None = None) -> FileRow:
    """One file of the branch, whatever stage it is in by the day. Raises NotFound for a file of another branch."""
    require(scope, Permission.SEE_PERSONS, org, on)
    day = on or scope.day
    row = models.Stage.objects.filter(membership=file_id, org=org, valid_from__lte=day).order_by("-valid_from").first()
    if row is None:
        raise NotFound([Problem("orgs.no_such_file", "没有这份档案。", "There is no such file.", "file")])
    return _row(row, steps_done([file_id], day).get(file_id, {}))


def _row(row: models.Stage, done: Mapping[str, Done]) -> FileRow:
    days = {key: one.day for key, one in done.items()}
    step = member_ways.next_step(way(), days)
    coming = member_ways.timed(step, days, catalog().rules) if step else None
    return FileRow(
        row.membership, OrgId(row.org), PersonId(row.person), row.stage, row.valid_from, done, coming
    )  # fmt: skip


def steps_done(files_asked: Iterable[str], by: date) -> dict[str, dict[str, Done]]:
    """For each file, the steps done by the day: told by their own record, or by the change of stage that they are."""
    told: dict[str, list[Fact]] = {}
    for some in batches(files_asked):
        for fact in ledger.history(some, TELLING):
            if fact.reversed_by is None and fact.day <= by:
                told.setdefault(str(fact.about), []).append(fact)
    return {one: _done(facts) for one, facts in told.items()}


def _done(facts: Sequence[Fact]) -> dict[str, Done]:
    """What the facts of one file tell; a stage of old books tells its step too, and the step it counts from."""
    found: dict[str, Done] = {}
    for fact in facts:
        if fact.kind == STEP_DONE:
            found.setdefault(str(fact.body["step"]), _told_by(fact))
    steps = {step.enters: step for step in way().steps if step.enters}
    for fact in facts:
        step = steps.get(str(fact.body.get("stage")))  # type: ignore[call-overload]  # a word of the same list
        if step is not None and fact.kind != STEP_DONE:
            for key in (step.key, *(day.step for day in step.from_days[:1] if day.rule is None and not day.if_done)):
                found.setdefault(key, _told_by(fact))
    return found


def _told_by(fact: Fact) -> Done:
    return Done(fact.day, fact.id, fact.late_days)


def places(scope: Scope, row: FileRow) -> dict[str, str]:
    """Where the papers of the steps lie, for those who may see the persons of the branch."""
    require(scope, Permission.SEE_PERSONS, row.org)
    by_fact = {one.fact: key for key, one in row.done.items()}
    return {by_fact[one.fact]: one.text for one in ledger.open_slots(list(by_fact), ("place",))}


def what_is_late(rows: Sequence[FileRow], today: date) -> tuple[FileRow, ...]:
    """The files whose next step should have been taken by now."""
    return tuple(row for row in rows if row.coming and row.coming.last and row.coming.last < today)


def names(
    scope: Scope, rows: Sequence[PersonId], org: OrgId, slots: Sequence[str], on: date | None = None
) -> dict[PersonId, dict[str, str]]:
    """As `rosters.persons`, of those with a file on the way into the Party at or under `org`, for the slots named."""
    if not may(scope, Permission.SEE_PERSONS, org, on):
        return {}
    inside = [node.org for node in descendants(scope, org, on)]
    known = models.Stage.objects.filter(org__in=inside, person__in=set(rows)).values_list("person", flat=True)
    here = set(known)
    return open_persons([person for person in rows if person in here], slots)
