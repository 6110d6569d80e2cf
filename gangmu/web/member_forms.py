"""The forms of a person's file: a step's controls, and what was typed; the file's steps as rows of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.catalog.ways import STARTED, WayStage, WayStep
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Scope
from gangmu.orgs import member_files
from gangmu.orgs.actions.member_files import StepTaken
from gangmu.orgs.entries import NewPerson
from gangmu.orgs.member_files import Done, FileRow
from gangmu.orgs.rules import member_ways
from gangmu.pages.entry import Choices, Field
from gangmu.web.record_form import day_meant
from gangmu.web.words import choices, tag_choices

NEW = "new"  # in an address, the file that does not exist yet
DAY = Text(zh="哪天办的", en="On which day")
LATE = Text(zh="补录原因", en="Why it is recorded late")
LATE_HINT = Text(zh="超过三十天前的事，选一个原因。", en="For what was more than thirty days ago, choose a reason.")
PLACE = Text(zh="材料放在哪里", en="Where the papers lie")
MONTH_HINT = Text(zh="写作1995-03，不记日", en="Like 1995-03; the day is not kept")


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the file's page shows it: done, open to be recorded (`first` to `last` day), or not yet its turn."""

    step: WayStep
    done: Done | None
    is_open: bool
    coming: bool
    first: date | None
    last: date | None
    findings: Sequence[Problem]
    place: str


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage of the way with its steps."""

    stage: WayStage
    steps: Sequence[StepLine]


def stage_lines(row: FileRow, places: Mapping[str, str], today: date) -> list[StageLine]:
    """The whole way with what this file has of it."""
    way = member_files.way()
    open_now = {step.key for step in member_ways.open_steps(way, row.days)}
    return [
        StageLine(stage, [_line(step, row, step.key in open_now, places, today) for step in stage.steps])
        for stage in way.stages
    ]


def _line(step: WayStep, row: FileRow, is_open: bool, places: Mapping[str, str], today: date) -> StepLine:
    rules = catalog().rules
    done, found = row.done.get(step.key), member_ways.timed(step, row.days, rules)
    told = member_ways.findings(found, done.day if done else today, rules) if done or is_open else ()
    coming = row.coming is not None and row.coming.step.key == step.key
    return StepLine(step, done, is_open, coming, found.first, found.last, told, places.get(step.key, ""))


def step_of(key: str) -> WayStep | None:
    """The step of that key, or None."""
    return next((step for step in member_files.way().steps if step.key == key), None)


def fields(scope: Scope, step: WayStep, typed: QueryDict, row: FileRow | None) -> list[Field]:
    """The controls of a step: who (for a new file), which day, and what this step alone asks."""
    told = [] if row else _who(typed)
    told.append(Field("day", DAY, "date", typed.get("day") or scope.day.isoformat(), required=True))
    if step.enters == "probationary":
        told += _admission(scope, row, typed)
    if step.place:
        told.append(Field("place", PLACE, "text", typed.get("place", ""), sealed=True))
    reason = typed.get("late_reason", "")
    told.append(Field("late_reason", LATE, "select", reason, (), tag_choices("late_reason"), help=LATE_HINT))
    return told


def _who(typed: QueryDict) -> list[Field]:
    return [
        Field("name", Text(zh="姓名", en="Name"), "text", typed.get("name", ""), required=True, sealed=True),
        Field("birth_month", Text(zh="出生年月", en="Month of birth"), "text", typed.get("birth_month", ""),
              help=MONTH_HINT, sealed=True),
        Field("sex", Text(zh="性别", en="Sex"), "chips", typed.get("sex", ""), (typed.get("sex", ""),),
              choices(catalog().facts["person.recorded"])["sex"], sealed=True),
    ]  # fmt: skip


def _admission(scope: Scope, row: FileRow | None, typed: QueryDict) -> list[Field]:
    """What becoming a member asks besides: the category; the age band only where no month of birth is on record."""
    offered = choices(catalog().facts[STARTED])
    category, band = typed.get("category", ""), typed.get("age_band", "")
    told = [Field("category", Text(zh="党员类别", en="Category"), "select", category, (), offered["category"],
                  required=True)]  # fmt: skip
    known = member_files.names(scope, [row.person], row.org, ("birth_month",)) if row else {}
    if row and not known.get(row.person, {}).get("birth_month"):
        told.append(Field("age_band", Text(zh="年龄段", en="Age band"), "select", band, (), offered["age_band"],
                          required=True))  # fmt: skip
    return told


def told(scope: Scope, org: OrgId, step: str, file_id: str | None, typed: QueryDict) -> tuple[StepTaken, list[Problem]]:
    """The step that was typed, and what of it could not be read."""
    day, problems = day_meant(typed.get("day", ""), scope.day)
    idem = typed.get("idem", "")
    new = NewPerson(
        org, day, idem, name=typed.get("name", "").strip(), sex=typed.get("sex", ""),
        birth_month=typed.get("birth_month", "").strip(),
    )  # fmt: skip
    asked = StepTaken(
        org, step, day, idem, file_id, new=None if file_id else new, category=typed.get("category", ""),
        age_band=typed.get("age_band", ""), place=typed.get("place", "").strip(),
        late_reason=typed.get("late_reason", ""),
    )  # fmt: skip
    return asked, problems


def stage_titles() -> Mapping[str, Text | str]:
    """What each stage is called, as the catalog says."""
    told: Choices = (*choices(catalog().facts["membership.stage_changed"])["stage"],
                     *choices(catalog().facts[STARTED])["stage"])  # fmt: skip
    return dict(told)


def names(scope: Scope, org: OrgId, persons: Sequence[PersonId]) -> dict[PersonId, str]:
    """The names of those who have a file at the unit or beneath it."""
    return {who: told.get("name", "") for who, told in member_files.names(scope, persons, org, ("name",)).items()}
