"""Who belongs to a unit and what it is tied to: relations, posts and their holders, members. Scope first, always."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gangmu.kernel.ids import OrgId, PersonId, PostId
from gangmu.kernel.scope import Scope
from gangmu.ledger import engine
from gangmu.orgs import models
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.queries import descendants, unit
from gangmu.people.queries import open_persons

# what every page of a unit reads, and every request of a post's holder, without the ORM's own cost; a row is a *Row
RELATIONS = (
    'SELECT id, kind, "leading", other, valid_from, valid_to FROM orgs_relation '
    'WHERE ("leading" = %s OR other = %s) AND valid_from <= %s AND valid_to > %s ORDER BY kind, valid_from, id'
)
POSTS = (
    "SELECT p.id, p.org, p.post, p.title, h.person, h.valid_from, h.term_ends_on, h.origin, h.id FROM orgs_post p "
    "LEFT JOIN orgs_holding h ON h.post = p.id AND h.org = %s AND h.valid_from <= %s AND h.valid_to > %s "
    "WHERE p.org = %s AND p.valid_from <= %s AND p.valid_to > %s ORDER BY p.valid_from, p.id, h.valid_from, h.id"
)
POST_HELD = (
    "SELECT post FROM orgs_holding WHERE person = %s AND valid_from <= %s AND valid_to > %s "
    "ORDER BY valid_from, id LIMIT 1"
)


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
    """A post of a unit on a day and who holds it; `person` None is a vacancy. `origin`: how the holder was chosen."""

    id: PostId
    org: OrgId
    post: str
    title: str
    person: PersonId | None
    since: date | None
    term_ends_on: date | None
    origin: str | None = None
    holding: str | None = None


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
    day = on or scope.day
    return tuple(RelationRow(*row) for row in engine.rows(RELATIONS, (org, org, day, day)))


def posts(scope: Scope, org: OrgId, on: date | None = None) -> tuple[PostRow, ...]:
    """The posts of `org` on the day with their holders; vacancies included."""
    unit(scope, org, on)
    day = on or scope.day
    by_post = {row[0]: PostRow(*row) for row in engine.rows(POSTS, (org, day, day, org, day, day))}
    return tuple(by_post.values())


def holders(scope: Scope, org: OrgId, on: date | None = None) -> dict[PersonId, str]:
    """The names of those who hold the posts of `org`. Who holds a post is no secret inside the scope."""
    persons = [post.person for post in posts(scope, org, on) if post.person is not None]
    return {person: texts.get("name", "") for person, texts in open_persons(persons, ("name",)).items()}


def members(scope: Scope, org: OrgId, on: date | None = None) -> tuple[MemberRow, ...]:
    """The members of every branch at or under `org` on the day, their stage of that day with them."""
    return _members([node.org for node in descendants(scope, org, on)], on or scope.day)


def own_members(scope: Scope, org: OrgId, on: date | None = None) -> tuple[MemberRow, ...]:
    """The members of `org` itself on the day, and of none beneath: what it costs does not follow from these."""
    return _members([unit(scope, org, on).org], on or scope.day)


def _members(orgs: Sequence[OrgId], day: date) -> tuple[MemberRow, ...]:
    now = {"org__in": orgs, "valid_from__lte": day, "valid_to__gt": day}
    stages = dict(models.Stage.objects.filter(**now).values_list("membership", "stage"))
    rows = models.Membership.objects.filter(**now).order_by("org", "valid_from", "id")
    return tuple(
        MemberRow(row.id, PersonId(row.person), OrgId(row.org), stages.get(row.id, ""), row.category, row.age_band,
                  row.valid_from)
        for row in rows
    )  # fmt: skip


def post_held_by(person: PersonId, on: date) -> PostId | None:
    """The post that `person` has held longest of those held on the day, or None."""
    found = engine.straight(POST_HELD, (person, on, on))
    return PostId(found[0][0]) if found else None


def persons(
    scope: Scope, rows: Sequence[PersonId], org: OrgId, on: date | None = None
) -> dict[PersonId, dict[str, str]]:
    """The sealed values of those persons who hold a post or a membership at or under `org`, in clear.

    Wants orgs.permissions.SEE_PERSONS over `org`; without it, and for people elsewhere,
    the answer is empty: their pages show what may be seen without a name.
    """
    if not may(scope, Permission.SEE_PERSONS, org, on):
        return {}
    day, inside = on or scope.day, [node.org for node in descendants(scope, org, on)]
    now = {"org__in": inside, "valid_from__lte": day, "valid_to__gt": day, "person__in": set(rows)}
    here = {row for model in (models.Membership, models.Holding)
            for row in model._default_manager.filter(**now).values_list("person", flat=True)}  # fmt: skip
    return open_persons([person for person in rows if person in here])
