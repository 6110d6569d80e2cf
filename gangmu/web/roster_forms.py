"""The forms by which people are entered on a roster and taken off again: controls, and what was typed."""

from collections.abc import Mapping, Sequence

from django.http import QueryDict

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.kernel.ids import PersonId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Scope
from gangmu.orgs import rosters
from gangmu.orgs.entries import Ending, Enrolling
from gangmu.orgs.tree import Node
from gangmu.pages.entry import Choices, Field
from gangmu.web.record_form import PEOPLE_OFFERED, day_meant
from gangmu.web.registry_forms import DAY, Verb
from gangmu.web.registry_posts import NOT_LISTED
from gangmu.web.words import choices, tag_choices

VERBS: Mapping[str, Verb] = {
    "enter": Verb(
        Text(zh="进名册", en="Enter on a roster"),
        Text(zh="凭文件进，写明从哪天到哪天；姓名封存。", en="By a document, with its days; the name is sealed."),
    ),
    "leave": Verb(
        Text(zh="出名册", en="Take off a roster"),
        Text(zh="到期、调走就出册，人数才准。", en="Who has left is taken off, so that the count is right."),
    ),
}
UNTIL = Text(zh="到哪天", en="Until")


def enter_fields(scope: Scope, node: Node, typed: QueryDict) -> list[Field]:
    """Which roster, who, by which document, from when until when."""
    members = [row.person for row in rosters.members(scope, node.org)][:PEOPLE_OFFERED]
    known = rosters.persons(scope, members, node.org)
    people = tuple((str(person), told["name"]) for person, told in known.items() if told.get("name"))
    return [
        Field("roster", Text(zh="哪本名册", en="Which roster"), "select", typed.get("roster", ""), (),
              tag_choices("roster_type"), required=True),
        Field("person", Text(zh="谁", en="Who"), "select", typed.get("person", ""), (), people),
        Field("name", NOT_LISTED, "text", typed.get("name", ""), sealed=True),
        Field("basis", Text(zh="凭哪份文件", en="By which document"), "text", typed.get("basis", ""), required=True,
              help=Text(zh="文号或文件名，不写人名。", en="Its number or title; no person’s name.")),
        Field("day", DAY, "date", typed.get("day") or scope.day.isoformat(), required=True),
        Field("until", UNTIL, "date", typed.get("until", ""),
              help=Text(zh="有期限的写，到期会提醒，不会自己出册。", en="If agreed; nobody is taken off by it.")),
    ]  # fmt: skip


def leave_fields(scope: Scope, standing: Choices, typed: QueryDict) -> list[Field]:
    """Who leaves, why and from when."""
    reasons, chosen = choices(catalog().facts["enrolment.ended"])["reason"], typed.get("reason", "")
    return [
        Field("about", Text(zh="谁出册", en="Who"), "select", typed.get("about", ""), (), standing, required=True),
        Field("reason", Text(zh="为什么", en="Why"), "chips", chosen, (chosen,), reasons, required=True),
        Field("day", DAY, "date", typed.get("day") or scope.day.isoformat(), required=True),
    ]


def entering(scope: Scope, node: Node, typed: QueryDict) -> tuple[Enrolling, list[Problem]]:
    """Whom to enter as typed, and what of it could not be read."""
    day, problems = day_meant(typed.get("day", ""), scope.day)
    until, wrong = day_meant(typed.get("until", ""), scope.day) if typed.get("until") else (None, [])
    problems += [Problem(one.code, one.message, one.message_en, "until") for one in wrong]
    person = PersonId(typed.get("person", "")) if typed.get("person") else None
    asked = Enrolling(
        node.org, typed.get("roster", ""), day, typed.get("idem", ""), typed.get("basis", ""), person,
        typed.get("name", ""), until,
    )  # fmt: skip
    return asked, problems


def leaving(scope: Scope, standing: Sequence[str], typed: QueryDict) -> tuple[Ending, list[Problem]]:
    """Who is to leave as typed, and what of it could not be read."""
    day, problems = day_meant(typed.get("day", ""), scope.day)
    asked = Ending(typed.get("about", ""), typed.get("reason", ""), day, typed.get("idem", ""))
    if asked.about not in standing:
        problems.append(Problem("web.not_chosen", "还没选谁出册。", "Choose who is taken off.", where="about"))
    if not asked.reason:
        problems.append(Problem("web.not_chosen", "还没选为什么出册。", "Choose why.", where="reason"))
    return asked, problems
