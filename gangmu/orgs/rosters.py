"""Who belongs to a unit and what it is tied to: relations, posts and their holders, members. Scope first, always."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gangmu.kernel.ids import OrgId, PersonId, PostId
from gangmu.kernel.scope import Scope
from gangmu.orgs import models
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.queries import descendants, unit
from gangmu.people.queries import open_persons


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A dated edge beside the tree; `leading` is the unit that recorded it."""

    id: str
    kind: str
    leading: OrgId
    other: OrgId
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post of a unit on a day and who holds it; `person` None is a vacancy."""

    id: PostId
    org: OrgId
    post: str
    title: str
    person: PersonId | None
    since: date | None
    term_ends_on: date | None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of a branch on a day, without any sealed value."""

    membership: str
    person: PersonId
    org: OrgId
    stage: str
    category: str
    age_band: str
    since: date


def relations(scope: Scope, org: OrgId, on: date | None = None) -> tuple[RelationRow, ...]:
    """The relations in force on the day in which `org` takes part, on either side."""
    unit(scope, org, on)
    now = models.Relation.objects.filter(valid_from__lte=on or scope.day, valid_to__gt=on or scope.day)
    rows = now.filter(leading=org) | now.filter(other=org)
    return tuple(
        RelationRow(tie.id, tie.kind, OrgId(tie.leading), OrgId(tie.other), tie.valid_from, tie.valid_to)
        for tie in rows.order_by("kind", "valid_from", "id")
    )


def posts(scope: Scope, org: OrgId, on: date | None = None) -> tuple[PostRow, ...]:
    """The posts of `org` on the day with their holders; vacancies included."""
    unit(scope, org, on)
    now = {"org": org, "valid_from__lte": on or scope.day, "valid_to__gt": on or scope.day}
    held = {holding.post: holding for holding in models.Holding.objects.filter(**now)}
    rows = models.Post.objects.filter(**now).order_by("valid_from", "id")
    return tuple(_post(row, held.get(row.id)) for row in rows)


def _post(row: models.Post, held: models.Holding | None) -> PostRow:
    holder = (PersonId(held.person), held.valid_from, held.term_ends_on) if held else (None, None, None)
    return PostRow(PostId(row.id), OrgId(row.org), row.post, row.title, *holder)


def holders(scope: Scope, org: OrgId, on: date | None = None) -> dict[PersonId, str]:
    """The names of those who hold the posts of `org`. Who holds a post is no secret inside the scope."""
    persons = [post.person for post in posts(scope, org, on) if post.person is not None]
    return {person: texts.get("name", "") for person, texts in open_persons(persons, ("name",)).items()}


def members(scope: Scope, org: OrgId, on: date | None = None) -> tuple[MemberRow, ...]:
    """The members of every branch at or under `org` on the day, their stage of that day with them."""
    day = on or scope.day
    inside = [node.org for node in descendants(scope, org, on)]
    now = {"org__in": inside, "valid_from__lte": day, "valid_to__gt": day}
    stages = dict(models.Stage.objects.filter(**now).values_list("membership", "stage"))
    rows = models.Membership.objects.filter(**now).order_by("org", "valid_from", "id")
    return tuple(
        MemberRow(row.id, PersonId(row.person), OrgId(row.org), stages.get(row.id, ""), row.category, row.age_band,
                  row.valid_from)
        for row in rows
    )  # fmt: skip


def post_held_by(person: PersonId, on: date) -> PostId | None:
    """The post that `person` has held longest of those held on the day, or None."""
    now = models.Holding.objects.filter(person=person, valid_from__lte=on, valid_to__gt=on)
    found = now.order_by("valid_from", "id").values_list("post", flat=True).first()
    return PostId(found) if found else None


def persons(
    scope: Scope, rows: Sequence[PersonId], org: OrgId, on: date | None = None
) -> dict[PersonId, dict[str, str]]:
    """The sealed values of those persons who hold a post or a membership at or under `org`, in clear.

    Wants the field set "persons" over `org` (orgs.permissions.SEE_PERSONS); without it, and for people elsewhere,
    the answer is empty: their pages show what may be seen without a name.
    """
    if not may(scope, Permission.SEE_PERSONS, org, on):
        return {}
    day, inside = on or scope.day, [node.org for node in descendants(scope, org, on)]
    now = {"org__in": inside, "valid_from__lte": day, "valid_to__gt": day, "person__in": set(rows)}
    here = {row for model in (models.Membership, models.Holding)
            for row in model._default_manager.filter(**now).values_list("person", flat=True)}  # fmt: skip
    return open_persons([person for person in rows if person in here])
