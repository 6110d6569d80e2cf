"""What the rules must know about the whole graph, whoever asks. For the actions alone: nothing is shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Model

from gangmu.kernel.ids import AccountId, OrgId, PersonId, PostId
from gangmu.kernel.problems import NotFound, Problem
from gangmu.orgs import models
from gangmu.orgs.history import Span
from gangmu.people.batches import batches


def org_called(code_or_id: str) -> OrgId:
    """The unit with that code or id, as commands name it. Raises NotFound."""
    found = models.Unit.objects.filter(code=code_or_id) | models.Unit.objects.filter(org=code_or_id)
    org = found.values_list("org", flat=True).first()
    if org is None:
        raise NotFound([Problem("orgs.no_such_code", f"没有代码是 {code_or_id} 的组织。",
                                f"No unit has the code {code_or_id}.", "org")])  # fmt: skip
    return OrgId(org)


def codes() -> set[str]:
    """Every code a unit has or had."""
    return set(models.Unit.objects.values_list("code", flat=True))


def segments() -> set[str]:
    """Every path segment a unit has or had."""
    return set(models.Unit.objects.values_list("segment", flat=True))


def names_under(parents: Iterable[OrgId | None]) -> dict[OrgId | None, list[Span]]:
    """The names of the units that hang under each parent (None: the roots), with the days they hang there so called."""
    ended = dict(models.Unit.objects.values_list("org", "ended_on"))
    found: dict[OrgId | None, list[Span]] = defaultdict(list)
    for some in batches(parent or "" for parent in parents):
        links = defaultdict(list)
        rows = models.ParentLink.objects.filter(parent__in=some)
        for org, parent, start, end in rows.values_list("org", "parent", "valid_from", "valid_to"):
            links[org].append(Span(start, min(end, ended[org]), (parent,)))
        for few in batches(links):
            named = models.UnitName.objects.filter(org__in=few)
            for org, name, start, end in named.values_list("org", "name", "valid_from", "valid_to"):
                for link in links[org]:
                    days = max(start, link.valid_from), min(end, link.valid_to)
                    found[OrgId(link.value[0]) or None].append(Span(*days, (name,)))
    return found


def hold_graph() -> None:
    """Let nobody else change the tree until this transaction ends: what is asked from here on still holds at its end.

    SQLite needs no such word: there a transaction that writes is alone from its beginning.
    """
    models.Epoch.objects.select_for_update().filter(name="graph").first()


def any_unit() -> bool:
    """Whether any unit was ever founded."""
    return models.Unit.objects.exists()


def ever_inside(org: OrgId, other: OrgId, at: date) -> bool:
    """Whether `other` lies in `org` on any day from `at` on."""
    segment = models.Unit.objects.filter(org=org).values_list("segment", flat=True).first() or ""
    paths = models.UnitPath.objects.filter(org=other, valid_to__gt=at).values_list("path", flat=True)
    return any(segment == path[place : place + 5] for path in paths for place in range(0, len(path), 5))


@dataclass(frozen=True, slots=True)
class OpenPost:
    """A post that is open on a day, with the holding that fills it, if any.

    `taken`: somebody holds it on that day or takes it up on a later one, so that nobody else can hold it from there on.
    """

    post: PostId
    org: OrgId
    since: date
    holding: str | None
    taken: bool


def open_posts(days: Mapping[PostId, date]) -> dict[PostId, OpenPost]:
    """Those of the posts that are open on the day given for each."""
    found: dict[PostId, OpenPost] = {}
    for some in batches(days):
        holders: dict[str, list[tuple[str, date, date]]] = defaultdict(list)
        for held in models.Holding.objects.filter(post__in=some):
            holders[held.post].append((held.id, held.valid_from, held.valid_to))
        rows = models.Post.objects.filter(id__in=some).values_list("id", "org", "valid_from", "valid_to")
        for post, org, start, end in rows:
            day = days[PostId(post)]
            if start <= day < end:
                holding = next((one for one, since, until in holders[post] if since <= day < until), None)
                taken = any(until > day for _, _, until in holders[post])
                found[PostId(post)] = OpenPost(PostId(post), OrgId(org), start, holding, taken)
    return found


def posts_of(org: OrgId, at: date) -> dict[PostId, OpenPost]:
    """The open posts of a unit on the day."""
    now = models.Post.objects.filter(org=org, valid_from__lte=at, valid_to__gt=at).order_by("id")
    return open_posts({PostId(post): at for post in now.values_list("id", flat=True)})


def kinds_of_posts(org: OrgId, at: date) -> tuple[str, ...]:
    """What the open posts of a unit are, one word a post."""
    return tuple(
        models.Post.objects.filter(org=org, valid_from__lte=at, valid_to__gt=at).values_list("post", flat=True)
    )


SPELLS: Mapping[str, tuple[type[Model], str]] = {
    "relation": (models.Relation, "leading"), "post": (models.Post, "org"), "holding": (models.Holding, "org"),
    "membership": (models.Membership, "org"), "grant": (models.AccessGrant, "org"),
    "enrolment": (models.Enrolment, "org"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spell:
    """A dated thing as it stands in the tables: a relation, post, holding, membership or grant."""

    id: str
    org: OrgId
    valid_from: date
    valid_to: date


def relations_of(org: OrgId, at: date) -> tuple[Spell, ...]:
    """The relations of a unit, on either side, that are in force on the day."""
    now = models.Relation.objects.filter(valid_from__lte=at, valid_to__gt=at)
    rows = (now.filter(leading=org) | now.filter(other=org)).order_by("id")
    return tuple(Spell(tie.id, OrgId(tie.leading), tie.valid_from, tie.valid_to) for tie in rows)


def related(kind: str, one: OrgId, other: OrgId, at: date) -> bool:
    """Whether the two are tied by such a relation on the day, whichever leads."""
    now = models.Relation.objects.filter(kind=kind, valid_from__lte=at, valid_to__gt=at)
    return (now.filter(leading=one, other=other) | now.filter(leading=other, other=one)).exists()


def spells(table: str, ids: Iterable[str]) -> dict[str, Spell]:
    """The things of those ids in the table ("relation", "post", "holding", "membership", "grant").

    Raises NotFound unless every one of them is there.
    """
    model, org = SPELLS[table]
    wanted = set(ids)
    found: dict[str, Spell] = {}
    for some in batches(wanted):
        rows = model._default_manager.filter(id__in=some).values_list("id", org, "valid_from", "valid_to")
        found.update((row[0], Spell(*row)) for row in rows)
    if len(found) < len(wanted):
        raise NotFound(
            [
                Problem(
                    "orgs.unknown_thing",
                    "没有这条记录，或者不在您的范围内。",
                    "There is no such thing, or it lies outside your scope.",
                )
            ]
        )
    return found


def grants_of(account: AccountId, role: str, org: OrgId, at: date) -> tuple[str, ...]:
    """The grants of that role over that unit that are in force on the day."""
    now = models.AccessGrant.objects.filter(account=account, role=role, org=org, valid_from__lte=at, valid_to__gt=at)
    return tuple(now.order_by("id").values_list("id", flat=True))


def roles_between(account: AccountId, at: date, until: date | None) -> frozenset[str]:
    """The roles that the account holds, over whatever unit, on some day from `at` to `until` (None: for good)."""
    held = models.AccessGrant.objects.filter(account=account, valid_to__gt=at)
    if until is not None:
        held = held.filter(valid_from__lte=until)
    return frozenset(held.values_list("role", flat=True))


@dataclass(frozen=True, slots=True)
class OpenMembership:
    """A membership in force on a day."""

    id: str
    org: OrgId
    person: PersonId
    category: str
    age_band: str


def members_of(org: OrgId, at: date) -> tuple[OpenMembership, ...]:
    """The memberships of one unit (not of those under it) in force on the day."""
    now = models.Membership.objects.filter(org=org, valid_from__lte=at, valid_to__gt=at).order_by("id")
    return tuple(map(_open_membership, now))


def begun_after(org: OrgId, at: date) -> date | None:
    """The last day after `at` on which something began at the unit: what hangs under it, a membership, post, tie."""
    begun = (
        models.ParentLink.objects.filter(parent=org),
        models.Membership.objects.filter(org=org),
        models.Post.objects.filter(org=org),
        models.Holding.objects.filter(org=org),
        models.Relation.objects.filter(leading=org),
        models.Relation.objects.filter(other=org),
    )
    days = (rows.filter(valid_from__gt=at).aggregate(last=Max("valid_from"))["last"] for rows in begun)
    return max((day for day in days if day is not None), default=None)


def member(membership: str) -> OpenMembership:
    """One membership, whatever its days. LookupError when there is none of that id."""
    return _open_membership(models.Membership.objects.get(id=membership))


def _open_membership(row: models.Membership) -> OpenMembership:
    return OpenMembership(row.id, OrgId(row.org), PersonId(row.person), row.category, row.age_band)


def homes_of(persons: Iterable[PersonId]) -> dict[PersonId, list[Span]]:
    """For each person, the branches to which they belonged, with the days."""
    found: dict[PersonId, list[Span]] = defaultdict(list)
    for some in batches(set(persons)):
        rows = models.Membership.objects.filter(person__in=some)
        for person, org, start, end in rows.values_list("person", "org", "valid_from", "valid_to"):
            found[PersonId(person)].append(Span(start, end, (org,)))
    return found


def stage_on(memberships: Iterable[str], at: date) -> dict[str, str]:
    """The stage of each membership on the day."""
    now = models.Stage.objects.filter(membership__in=set(memberships), valid_from__lte=at, valid_to__gt=at)
    return dict(now.values_list("membership", "stage"))


def person_of_file(file_id: str, org: OrgId) -> PersonId:
    """Whose file it is, of those of the branch. Raises NotFound."""
    found = models.Stage.objects.filter(membership=file_id, org=org).values_list("person", flat=True).first()
    if found is None:
        raise NotFound([Problem("orgs.no_such_file", "没有这份档案。", "There is no such file.", "file")])
    return PersonId(found)


def on_the_way(person: PersonId, at: date) -> bool:
    """Whether the person has a file in any stage on the day or later, that of a full member included."""
    return models.Stage.objects.filter(person=person, valid_to__gt=at).exists()


def on_roster(org: OrgId, roster: str, person: PersonId, at: date) -> bool:
    """Whether the person is on that roster of the unit on the day or enters it later."""
    return models.Enrolment.objects.filter(org=org, roster=roster, person=person, valid_to__gt=at).exists()
