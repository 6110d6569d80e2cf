"""Rosters as lists: who is on which of a unit and of all beneath it, on a day. Scope first, always."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.scope import Scope
from gangmu.orgs import models
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.queries import tree, unit
from gangmu.people.queries import open_persons


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """Somebody on a roster, without any sealed value. `until`: the last day agreed, which ends nothing by itself."""

    id: str
    org: OrgId
    roster: str
    person: PersonId
    basis: str
    since: date
    until: date | None


def counts(scope: Scope, org: OrgId, on: date | None = None) -> dict[str, int]:
    """How many stand on each roster of the unit and all beneath it, the rosters in the order of their keys."""
    found = Counter(_standing(scope, org, on).values_list("roster", flat=True))
    return dict(sorted(found.items()))


def enrolled(scope: Scope, org: OrgId, roster: str, on: date | None = None) -> tuple[EnrolmentRow, ...]:
    """Everybody on the roster at or under the unit on the day, by unit and day."""
    rows = _standing(scope, org, on).filter(roster=roster).order_by("org", "valid_from", "id")
    return tuple(
        EnrolmentRow(row.id, OrgId(row.org), row.roster, PersonId(row.person), row.basis, row.valid_from, row.until)
        for row in rows
    )


def names(scope: Scope, org: OrgId, rows: Sequence[EnrolmentRow], on: date | None = None) -> dict[PersonId, str]:
    """The names of those rows, in clear, for whoever may see persons over `org`; nobody's for anybody else."""
    if not may(scope, Permission.SEE_PERSONS, org, on):
        return {}
    opened = open_persons({row.person for row in rows}, ("name",))
    return {person: told.get("name", "") for person, told in opened.items()}


def _standing(scope: Scope, org: OrgId, on: date | None) -> "QuerySet[models.Enrolment]":
    """What a merged or dissolved unit kept goes on in the unit above it, as its figures do."""
    node, day = unit(scope, org, on), on or scope.day
    inside = [one.org for one in tree(day).subtree(node.path)]
    standing = models.Enrolment.objects.filter(valid_from__lte=day, valid_to__gt=day)
    return standing if node.parent is None else standing.filter(org__in=inside)
