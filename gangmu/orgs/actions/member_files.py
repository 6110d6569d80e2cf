"""A person's file on the way into the Party: opened with the application, then step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from gangmu.catalog.current import catalog
from gangmu.catalog.ways import STAGE_CHANGED, STARTED, STEP_DONE, WayStep, stage_day
from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Draft, Sealed
from gangmu.ledger.queries import began
from gangmu.orgs import lookups, member_files, rules
from gangmu.orgs.actions.drafts import ask_members, draft, kind_rules, refuse, repeated, submit, thing_id
from gangmu.orgs.actions.members import record_person
from gangmu.orgs.entries import NewPerson
from gangmu.orgs.queries import lives
from gangmu.orgs.rules import member_ways
from gangmu.orgs.rules.age_bands import age_band_on
from gangmu.people.queries import known_persons, open_persons


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of a file as a page asks for it; `file` None opens one with the application of `person`, or of `new`.

    `category` and `age_band` are asked for where somebody becomes a member; the band follows from the month of birth
    where that is on record. `place`: where papers lie. `late_reason`: why it is recorded so long after.
    """

    org: OrgId
    step: str
    at: date
    idem: str
    file: str | None = None
    person: PersonId | None = None
    new: NewPerson | None = None
    category: str = ""
    age_band: str = ""
    place: str = ""
    late_reason: str = ""


@transaction.atomic
def take_step(asked: StepTaken, *, by: Actor) -> str:
    """Record that a step of a file was done, and the stage it brings about. Returns the file's id.

    Raises Refused: a branch that may not admit, a step whose turn or time has not come, a day that cannot be.
    """
    ask_members([asked.org], by)
    file_id = asked.file or thing_id(by, asked.idem)
    if repeated(by, asked.idem):
        return file_id
    person = _person(asked, by)
    done = {key: one.day for key, one in member_files.steps_done([file_id], date.max).get(file_id, {}).items()}
    birth = open_persons([person], ("birth_month",)).get(person, {}).get("birth_month", "")
    refuse(_against(asked, person, done, birth))
    step = next(one for one in member_files.way().steps if one.key == asked.step)
    day = stage_day(step, done, member_ways.rows_of(catalog().rules), asked.at)
    whole = replace(asked, age_band=age_band_on(birth, day) or asked.age_band)
    submit(_drafts(whole, step, file_id, person, day), by)
    return file_id


def _person(asked: StepTaken, by: Actor) -> PersonId:
    """Whose file it is: of the file itself, of the person chosen, or of the one put on record with it."""
    if asked.file is not None:
        return lookups.person_of_file(asked.file, asked.org)
    if asked.person is not None:
        return asked.person
    refuse([] if asked.new else [Problem("orgs.no_person", "还没写是谁。", "Say who it is.", "name")])
    return record_person(replace(asked.new, idem=f"{asked.idem}/person"), by=by) if asked.new else PersonId("")


def _against(asked: StepTaken, person: PersonId, done: Mapping[str, date], birth: str) -> list[Problem]:
    known, today = catalog(), clock.today()
    allowed = known.facts[STEP_DONE].late_after_days
    unit = lives([asked.org]).get(asked.org)
    found = [
        *rules.against_change(unit, asked.at, today),
        *rules.against_stage(kind_rules(unit.kind) if unit else None),
        *member_ways.against_step(member_files.way(), asked.step, asked.at, done, known.rules),
        *member_ways.against_lateness(asked.at, today, began(), allowed, asked.late_reason),
    ]
    if asked.file is None:
        found += rules.against_stranger(person in known_persons([person]))
        found += member_ways.against_age(birth, asked.at, member_files.way().source)
        found += [_has_a_file()] if lookups.on_the_way(person, asked.at) else []
    if not found and _admits(asked.step):
        found += _against_admission(asked, person, birth)
    return found


def _admits(step: str) -> bool:
    return any(one.key == step and one.enters == "probationary" for one in member_files.way().steps)


def _against_admission(asked: StepTaken, person: PersonId, birth: str) -> list[Problem]:
    found = []
    if not asked.category:
        found.append(Problem("orgs.no_category", "请选党员类别。", "Choose the member's category.", "category"))
    if not birth and not asked.age_band:
        found.append(Problem("orgs.no_age_band", "没有登记出生年月，请选年龄段。", "Choose the age band.", "age_band"))
    homes = lookups.homes_of([person]).get(person, ())
    return found + rules.against_membership(None, "admitted", any(span.valid_to > asked.at for span in homes))


def _has_a_file() -> Problem:
    return Problem(
        "orgs.on_the_way", "这个人已经有一份在办的档案，或者已经是党员。",
        "This person has a file already, or is a member.", "person",
    )  # fmt: skip


def _drafts(asked: StepTaken, step: WayStep, file_id: str, person: PersonId, day: date) -> list[Draft]:
    """The step's own record, unless the change of stage is that record; and the stage from its day on."""
    found = []
    if not step.shown_by_stage:
        sealed = [Sealed("place", asked.place)] if step.place and asked.place else []
        found.append(draft(STEP_DONE, asked.org, file_id, asked.at, asked.idem, sealed, person=person, step=step.key,
                           late_reason=asked.late_reason))  # fmt: skip
    if step.enters:
        idem = asked.idem if step.shown_by_stage else f"{asked.idem}/stage"
        found.append(_stage(asked, step.enters, file_id, person, day, idem))
    return found


def _stage(asked: StepTaken, stage: str, file_id: str, person: PersonId, day: date, idem: str) -> Draft:
    """From `day` on the person is in that stage; the first one as a member puts them on the branch's roll."""
    told = {"person": person, "stage": stage, "age_band": asked.age_band, "late_reason": asked.late_reason}
    if stage != "probationary":
        return draft(STAGE_CHANGED, asked.org, file_id, day, idem, (), **told)
    return draft(STARTED, asked.org, file_id, day, idem, (), how="admitted", category=asked.category, **told)


@transaction.atomic
def close_file(file_id: str, org: OrgId, reason: str, *, by: Actor, at: date, idem: str) -> None:
    """End a file of somebody who is no member yet: withdrawn, or led on no more. Raises NotFound, Refused."""
    ask_members([org], by)
    if repeated(by, idem):
        return
    lookups.person_of_file(file_id, org)
    stage = lookups.stage_on([file_id], at).get(file_id)
    refuse([
        *rules.against_the_day(at, clock.today()),
        *([] if stage in ("applicant", "activist", "candidate") else [_not_open()]),
    ])  # fmt: skip
    submit([draft("membership.ended", org, file_id, at, idem, reason=reason)], by)


def _not_open() -> Problem:
    return Problem(
        "orgs.file_not_open", "那天这份档案不在发展阶段，不能这样结束；党员离开支部请办转出。",
        "On that day the file was not open before admission; members leave by a transfer.", "at",
    )  # fmt: skip
