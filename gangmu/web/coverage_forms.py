"""The forms by which a firm or another entity is covered and no longer covered: controls, and what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Scope
from gangmu.orgs.coverage import Entity
from gangmu.orgs.rules import COVERING
from gangmu.pages.entry import Choices, Field
from gangmu.web.record_form import day_meant, unit_meant
from gangmu.web.registry_forms import DAY, Verb
from gangmu.web.words import choices

VERBS: Mapping[str, Verb] = {
    "cover": Verb(
        Text(zh="记上谁来覆盖", en="Say what covers it"),
        Text(zh="建了党组织，或者派了指导员，从哪天起。", en="A unit was founded or a mentor sent, from which day."),
    ),
    "end": Verb(
        Text(zh="不再覆盖", en="Covered no longer"),
        Text(zh="到期、撤了，从那天起又是空白点。", en="From that day on it is a gap again."),
    ),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed; `other` is set when covering begins, `about` (a relation) and `reason` when it ends."""

    at: date
    idem: str
    relation: str = ""
    other: OrgId | None = None
    about: str = ""
    reason: str = ""


def ways() -> Choices:
    """The relations that cover, in the order of the definition."""
    return tuple(one for one in choices(catalog().facts["relation.opened"])["relation"] if one[0] in COVERING)


def fields(entity: Entity, verb: str, typed: QueryDict, today: date) -> list[Field]:
    """The controls of one action, with what was typed in them."""
    day = Field("day", DAY, "date", typed.get("day") or today.isoformat(), required=True)
    if verb == "end":
        called = dict(ways())
        held = tuple((one.relation, f"{_zh(called.get(one.kind, one.kind))} {one.unit.name}") for one in entity.covers)
        chosen = typed.get("about") or (held[0][0] if len(held) == 1 else "")
        reasons = choices(catalog().facts["relation.closed"])["reason"]
        reason = typed.get("reason", "")
        return [
            Field("about", Text(zh="哪一条", en="Which"), "select", chosen, (), held, required=True),
            Field("reason", Text(zh="为什么", en="Why"), "chips", reason, (reason,), reasons),
            day,
        ]
    relation = typed.get("relation", "")
    return [
        Field("relation", Text(zh="怎么覆盖的", en="How"), "chips", relation, (relation,), ways(), required=True),
        Field("other", Text(zh="哪个党组织", en="By which unit"), "org", typed.get("other", ""), required=True),
        day,
    ]


def _zh(title: Text | str) -> str:
    return title.zh if isinstance(title, Text) else title


def told(scope: Scope, entity: Entity, verb: str, typed: QueryDict) -> tuple[Typed, list[Problem]]:
    """What was typed, and what of it could not be read."""
    day, problems = day_meant(typed.get("day", ""), scope.day)
    if verb == "end":
        asked = Typed(day, typed.get("idem", ""), about=typed.get("about", ""), reason=typed.get("reason", ""))
        if asked.about not in {one.relation for one in entity.covers}:
            problems.append(Problem("web.not_chosen", "还没选哪一条。", "Choose which one.", where="about"))
        return asked, problems
    other, wrong = unit_meant(scope, typed.get("other", ""), "other")
    relation = typed.get("relation", "")
    if relation not in COVERING:
        wrong.append(Problem("web.not_chosen", "还没选怎么覆盖的。", "Choose how it is covered.", where="relation"))
    return Typed(day, typed.get("idem", ""), relation, other), [*problems, *wrong]
