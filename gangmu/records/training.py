"""Training: classes of a year's plan, their sessions, and the hours carried to each who came.

A class is a project of the type `training_class`. A session is one activity of the class, by absentees; whoever came
has a note of their own with the hours, which their duty of study counts and no count of sessions does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gangmu.catalog.current import catalog
from gangmu.kernel.canon import Json
from gangmu.kernel.clock import local_moment
from gangmu.kernel.ids import FactId, OrgId, PersonId
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Actor, Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs import queries as orgs
from gangmu.orgs import rolls, rosters
from gangmu.orgs.permissions import Permission, require
from gangmu.people.intake import thing_id
from gangmu.records.actions import record_many
from gangmu.records.entries import Entry

CLASS, OPENED, HELD = "training_class", "project.opened", "activity.held"
SESSION, ATTENDED = "training", "class_attended"
LENGTHS: Mapping[str, str] = {"day": "training.full_day_hours", "half": "training.half_day_hours"}
DAYS: Mapping[str, Json] = {"day": 1, "half": "0.5"}
MOST = 400  # people of one class: more are several classes
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class TrainingClass:
    """A class of the plan: for whom, how many hours planned, by when, and the sessions held so far."""

    about: str
    org: OrgId
    audience: str
    hours: Decimal | None
    due_on: date | None
    fact: FactId
    sessions: tuple[Fact, ...]

    @property
    def year(self) -> int | None:
        return self.due_on.year if self.due_on else None


@dataclass(frozen=True, slots=True)
class Session:
    """One session to be recorded: how long (`day`, `half`, or `hours`), who was absent, the teacher's name."""

    org: OrgId
    about: str
    on: date
    length: str
    hours: Decimal | None
    absent: frozenset[PersonId]
    teacher: str = ""
    late_reason: str = ""


def hours_of(length: str, hours: Decimal | None, on: date) -> Decimal | None:
    """The hours of a session by the conversion of its day; None where it cannot be told."""
    if length in LENGTHS:
        row = catalog().rule(LENGTHS[length], on)
        return Decimal(row.value) if row else None
    return hours if length == "hours" else None


def against_session(session: Session, audience: Sequence[PersonId]) -> list[Problem]:
    """Why a session cannot be recorded so."""
    found = []
    hours = hours_of(session.length, session.hours, session.on)
    if hours is None:
        found.append(Problem("records.class_hours", "还没写上了多久：一天、半天，或者几小时。",
                             "Say how long it took: a day, half a day, or hours.", "length"))  # fmt: skip
    elif hours % HALF or not HALF <= hours <= 24:
        found.append(Problem("records.class_hours", "学时按半小时计，一次最多24学时。",
                             "Hours go by halves, at most 24 a session.", "hours"))  # fmt: skip
    if not audience:
        found.append(Problem("records.class_empty", "名单里没有人：这个单位和下面没有这类人。",
                             "Nobody of that audience is on the rolls here.", "absent"))  # fmt: skip
    elif len(audience) > MOST:
        found.append(Problem("records.class_large", f"一个班最多{MOST}人，请到下面的单位分开办。",
                             f"A class has at most {MOST}; hold it in the units beneath.", "absent"))  # fmt: skip
    elif session.absent >= set(audience):
        found.append(Problem("records.class_nobody", "一个人都没来，这一课不用记。",
                             "Nobody came; there is nothing to record.", "absent"))  # fmt: skip
    if session.absent - set(audience):
        found.append(Problem("records.class_stranger", "没来的人不在这个班的名单里。",
                             "Somebody absent is not on the roll of this class.", "absent"))  # fmt: skip
    return found


def audience(scope: Scope, org: OrgId, whom: str, on: date) -> tuple[PersonId, ...]:
    """Who a class of the unit is for on the day: holders of posts or members at or under it, each once."""
    inside = {node.org for node in orgs.descendants(scope, org, on)}
    if whom in POSTS:
        found = [PersonId(one.person) for one in rolls.holders(on) if one.org in inside and one.post in POSTS[whom]]
    else:
        stages = STAGES.get(whom, frozenset())
        found = [row.person for row in rosters.members(scope, org, on) if row.stage in stages]
    return tuple(dict.fromkeys(found))


POSTS: Mapping[str, frozenset[str]] = {
    "secretaries": frozenset({"secretary"}),
    "officers": frozenset({"secretary", "deputy_secretary", "organisation", "publicity", "discipline", "member"}),
}
STAGES: Mapping[str, frozenset[str]] = {
    "members": frozenset({"probationary", "full"}),
    "candidates": frozenset({"activist", "candidate"}),
}


def open_class(
    org: OrgId, whom: str, hours: Decimal | None, due_on: date | None, name: str, *, by: Actor, at: date, idem: str,
    late_reason: str = "", problems: Sequence[Problem] = (),
) -> str:  # fmt: skip
    """Put a class into the year's plan of the unit. Returns its id. Raises NotFound, Refused."""
    require(by, Permission.RECORD, org)
    found = [*problems, *against_class(whom, hours, due_on, name)]
    if found:
        raise Refused(found)
    body: dict[str, Json] = {
        "tags": [CLASS],
        "audience": whom,
        "due_on": str(due_on),
        "class_hours": _plain(hours or HALF),
        **_late(late_reason),
    }
    about = thing_id(by, idem)
    record_many([Entry.on(OPENED, org, at, idem, body, sealed={"name": name}, about=about)], by=by)
    return about


def against_class(whom: str, hours: Decimal | None, due_on: date | None, name: str) -> list[Problem]:
    """What a class of the plan must say."""
    found = []
    if whom not in POSTS and whom not in STAGES:
        found.append(Problem("records.class_audience", "还没选给谁办。", "Choose for whom it is.", "audience"))
    if hours is None or hours % HALF or not HALF <= hours <= MOST:
        found.append(Problem("records.class_hours", "计划学时按半小时计，写成8或12.5。",
                             "Hours planned go by halves, like 8 or 12.5.", "class_hours"))  # fmt: skip
    if due_on is None:
        found.append(Problem("records.class_due", "还没写哪天前办完。", "Say by which day it is held.", "due_on"))
    if not name.strip():
        found.append(Problem("records.class_name", "还没写班名。", "Give the class a name.", "name"))
    return found


def record_session(session: Session, *, by: Actor, idem: str, problems: Sequence[Problem] = ()) -> Decimal:
    """Record a session and the hours of each who came, all or nothing; sent twice it is one. The hours.

    Raises NotFound for a class out of scope, Refused with everything that is wrong.
    """
    require(by, Permission.RECORD, session.org)
    held = class_of(by.scope, session.org, session.about)
    if held is None:
        raise Refused([Problem("records.no_such_class", "没有这个班，或者不是这个单位办的。",
                               "There is no such class of this unit.", "about")])  # fmt: skip
    people = audience(by.scope, session.org, held.audience, session.on)
    found = [*problems, *against_session(session, people)]
    if found:
        raise Refused(found)
    hours = hours_of(session.length, session.hours, session.on) or HALF
    record_many(list(_entries(session, people, hours, by, idem)), by=by)
    return hours


def _entries(session: Session, people: Sequence[PersonId], hours: Decimal, by: Actor, idem: str) -> "list[Entry]":
    """The session without hours of its own, since each who came has them, and a note for each."""
    late = _late(session.late_reason)
    came = [person for person in people if person not in session.absent]
    absent: dict[str, Json] = {"absent_unsaid": sorted(session.absent)} if session.absent else {}
    days: dict[str, Json] = {"days": DAYS[session.length]} if session.length in DAYS else {}
    body: dict[str, Json] = {
        "tags": [SESSION], "present": len(came), "expected": len(people), "class_hours": _plain(hours),
        **absent, **days, **late,
    }  # fmt: skip
    sealed = {"host": session.teacher} if session.teacher else {}
    moment, first = local_moment(session.on), FactId(thing_id(by, f"{idem}:held"))
    note: dict[str, Json] = {"tags": [ATTENDED], "hours": _plain(hours), **late}
    return [
        Entry(HELD, session.org, moment, idem, body, sealed, session.about, fact_id=first),
        *(
            Entry(HELD, session.org, moment, f"{idem}:{person}", note, about=person, belongs_to=first)
            for person in came
        ),
    ]


def _late(reason: str) -> dict[str, Json]:
    return {"late_reason": reason} if reason else {}


def _plain(hours: Decimal) -> int | str:
    return int(hours) if hours == hours.to_integral_value() else str(hours)


def classes(scope: Scope, org: OrgId) -> tuple[TrainingClass, ...]:
    """The classes of the unit's own plan, those due first first, each with its sessions."""
    orgs.unit(scope, org)
    wanted = ledger.FactFilter(orgs=frozenset({org}), kinds=frozenset({OPENED}), with_reversed=False)
    opened = [fact for fact in ledger.facts(wanted, limit=MOST) if CLASS in _tags(fact) and fact.about]
    held = ledger.history([str(fact.about) for fact in opened], {HELD})
    told = [
        _class(fact, tuple(one for one in held if one.about == fact.about and not one.reversed_by)) for fact in opened
    ]
    return tuple(sorted(told, key=lambda one: (one.due_on or date.max, one.about)))


def class_of(scope: Scope, org: OrgId, about: str) -> TrainingClass | None:
    """That class of the unit, or None."""
    return next((one for one in classes(scope, org) if one.about == about), None)


def _class(fact: Fact, sessions: tuple[Fact, ...]) -> TrainingClass:
    body = fact.body
    hours, due = body.get("class_hours"), body.get("due_on")
    return TrainingClass(
        str(fact.about), fact.org, str(body.get("audience") or ""), Decimal(str(hours)) if hours else None,
        date.fromisoformat(str(due)) if due else None, fact.id, sessions,
    )  # fmt: skip


def _tags(fact: Fact) -> list[str]:
    tags = fact.body.get("tags")
    return [str(tag) for tag in tags] if isinstance(tags, list) else []
