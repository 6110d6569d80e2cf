"""The forms of training: a class for the year's plan, and a session by absentees; controls, and what was typed."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.kernel.ids import PersonId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Scope
from gangmu.orgs import enrolments, rosters
from gangmu.orgs import queries as orgs
from gangmu.orgs.tree import Node
from gangmu.pages.entry import Choices, Field
from gangmu.records.training import LENGTHS, MOST, OPENED, Session, TrainingClass, audience
from gangmu.web.record_form import day_meant, late_field
from gangmu.web.registry_forms import Verb
from gangmu.web.words import choices

VERBS: Mapping[str, Verb] = {
    "plan": Verb(
        Text(zh="排进今年的计划", en="Add to the plan"),
        Text(zh="给谁办、多少学时、哪天前办完。", en="For whom, how many hours, by which day."),
    ),
    "session": Verb(
        Text(zh="记一次课", en="Record a session"),
        Text(zh="只勾没来的；来了的每人自动记上学时。", en="Tick who was absent; each who came has the hours."),
    ),
}
HOURS = Text(zh="按小时的写几小时", en="Hours, if by the hour")


def plan_fields(typed: QueryDict) -> list[Field]:
    """The controls of a class of the plan."""
    whom, hours, due = (typed.get(key, "") for key in ("audience", "class_hours", "due_on"))
    name = Text(zh="班名", en="Name of the class")
    return [
        Field("name", name, "text", typed.get("name", ""), required=True, sealed=True),
        Field("audience", Text(zh="给谁办的", en="For whom"), "chips", whom, (whom,), audiences(), required=True),
        Field("class_hours", Text(zh="计划学时", en="Hours planned"), "number", hours, required=True),
        Field("due_on", Text(zh="哪天前办完", en="Held by"), "date", due, required=True),
    ]


def audiences() -> Choices:
    """For whom classes are held, in the order of the definition."""
    return choices(catalog().facts[OPENED])["audience"]


def session_fields(scope: Scope, node: Node, held: TrainingClass, typed: QueryDict) -> list[Field]:
    """The controls of a session: the day, how long, the teacher of the pool, and who was absent."""
    length, ticked = typed.get("length", "day"), tuple(typed.getlist("absent"))
    people = audience(scope, node.org, held.audience, scope.day)[:MOST]
    day, long = Text(zh="哪天", en="Day"), Text(zh="上了多久", en="How long")
    return [
        Field("day", day, "date", typed.get("day") or scope.day.isoformat(), required=True),
        Field("length", long, "chips", length, (length,), lengths(scope.day), required=True),
        Field("hours", HOURS, "number", typed.get("hours", "")),
        Field("teacher", Text(zh="谁讲的", en="Teacher"), "select", typed.get("teacher", ""), (), teachers(scope, node),
              help=Text(zh="名单是师资库名册上的。", en="From the roster of teachers.")),
        Field("absent", Text(zh="谁没来", en="Absent"), "tags", "", ticked, _named(scope, node, people)),
        late_field(typed),
    ]  # fmt: skip


def lengths(on: date) -> Choices:
    """A day and half a day with the hours they come to by the conversion of the day, and by the hour."""
    rows = {key: catalog().rule(rule, on) for key, rule in LENGTHS.items() if rule in catalog().rules}
    words = {"day": ("一天", "A day"), "half": ("半天", "Half a day")}
    told = [
        (key, Text(zh=f"{words[key][0]}（{row.value}学时）", en=f"{words[key][1]} ({row.value} hours)"))
        for key, row in rows.items() if row
    ]  # fmt: skip
    return (*told, ("hours", Text(zh="按小时", en="By the hour")))


def teachers(scope: Scope, node: Node) -> Choices:
    """The pool of the unit and of those above it inside the scope, by name."""
    line = [node, *(above for above in reversed(orgs.above(scope, node.org)) if scope.holds(above.path))]
    top = line[-1]
    rows = enrolments.enrolled(scope, top.org, "teacher")
    named = enrolments.names(scope, top.org, rows)
    return tuple((name, name) for name in dict.fromkeys(named.get(row.person, "") for row in rows) if name)


def _named(scope: Scope, node: Node, people: Sequence[PersonId]) -> Choices:
    known = rosters.persons(scope, people, node.org)
    return tuple(
        (str(person), known.get(person, {}).get("name") or str(place)) for place, person in enumerate(people, 1)
    )


def planned(scope: Scope, typed: QueryDict) -> tuple[tuple[str, Decimal | None, date | None, str], list[Problem]]:
    """For whom, hours, day and name as typed, and what of it could not be read."""
    due, problems = day_meant(typed.get("due_on", ""), scope.day) if typed.get("due_on") else (None, [])
    found = [Problem(one.code, one.message, one.message_en, "due_on") for one in problems]
    return (typed.get("audience", ""), _number(typed.get("class_hours", "")), due, typed.get("name", "").strip()), found


def session_meant(scope: Scope, node: Node, about: str, typed: QueryDict) -> tuple[Session, list[Problem]]:
    """The session as typed, and what of it could not be read."""
    day, problems = day_meant(typed.get("day", ""), scope.day)
    absent = frozenset(PersonId(one) for one in typed.getlist("absent"))
    session = Session(
        node.org,
        about,
        day,
        typed.get("length", ""),
        _number(typed.get("hours", "")),
        absent,
        typed.get("teacher", ""),
        typed.get("late_reason", ""),
    )
    return session, problems


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
