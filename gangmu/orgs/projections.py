"""Fold facts into the graph's read tables.

For every thing touched, all that stands about it is read back and its rows are written anew. The rows are a function
of the set of facts, so the order of the tree and the order of commits give the same rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import AutoField, Model

from gangmu.catalog.current import catalog
from gangmu.kernel.ids import new_id
from gangmu.ledger.facts import Fact
from gangmu.ledger.projections import Projection, digest_of
from gangmu.ledger.read_tables import write_anew
from gangmu.orgs import history, models
from gangmu.orgs.history import OPEN, Event, Span, UnitHistory
from gangmu.orgs.initials import initials_of
from gangmu.orgs.paths import dated_paths
from gangmu.orgs.retold import UNIT_KINDS
from gangmu.people.batches import batches
from gangmu.people.projections import standing_facts

Row = dict[str, Any]  # the cells of a read table by the names of its fields
ROSTERS = "roster_type"  # the family of tags that tells rosters apart
MEMBERSHIP_KINDS = ("membership.started", "membership.stage_changed", "membership.ended")


def _events(facts: Sequence[Fact]) -> Mapping[str, list[Event]]:
    """Everything that stands about the things that `facts` touch; things with nothing left are there, empty."""
    return {about: list(map(Event.of, known)) for about, known in standing_facts(facts, tuple(KINDS)).items()}


def _changed(epoch: str) -> None:
    models.Epoch.objects.update_or_create(name=epoch, defaults={"token": new_id()})


# --- units ---------------------------------------------------------------------------------------------------------


def fold_units(facts: Sequence[Fact]) -> None:
    """Write anew the units touched, and the paths of all that hangs or hung under those that moved."""
    events = _events(facts)
    orgs = set(events)
    told = [found for known in events.values() if (found := history.unit_history(known))]
    before = _links(orgs)
    write_anew(models.Unit, "org", orgs, map(_unit, told))
    write_anew(models.UnitName, "org", orgs, (_name(unit.org, span) for unit in told for span in unit.names))
    write_anew(models.ParentLink, "org", orgs, (_link(unit.org, span) for unit in told for span in unit.parents))
    after = {unit.org: list(unit.parents) for unit in told}
    _derive_paths({org for org in orgs if before.get(org) != after.get(org)})
    _changed("graph")


def _unit(unit: UnitHistory) -> Row:
    return dict(
        org=unit.org, segment=unit.segment, kind=unit.kind, domain=unit.domain, code=unit.code,
        founded_on=unit.founded_on, ended_on=unit.ended_on, ending=unit.ending,
    )  # fmt: skip


def _name(org: str, span: Span) -> Row:
    name, short, aliases = span.value
    return dict(org=org, name=name, short=short, aliases=aliases, initials=initials_of(name),
                valid_from=span.valid_from, valid_to=span.valid_to)  # fmt: skip


def _link(org: str, span: Span) -> Row:
    return dict(org=org, parent=span.value[0], valid_from=span.valid_from, valid_to=span.valid_to)


def _links(orgs: Iterable[str]) -> dict[str, list[Span]]:
    """The dated parents of the units named, in the order of their days."""
    found: dict[str, list[Span]] = defaultdict(list)
    for some in batches(orgs):
        rows = models.ParentLink.objects.filter(org__in=some).order_by("valid_from")
        for org, parent, start, end in rows.values_list("org", "parent", "valid_from", "valid_to"):
            found[org].append(Span(start, end, (parent,)))
    return dict(found)


def _derive_paths(moved: set[str]) -> None:
    """Re-path the units in `moved` and everything that ever hung under them."""
    affected = _ever_under(moved)
    links = _links(affected)
    outside = {span.value[0] for spans in links.values() for span in spans} - affected - {""}
    paths = dated_paths(links, _segments(affected), _paths(outside))
    rows = (dict(org=org, path=span.value[0], valid_from=span.valid_from, valid_to=span.valid_to)
            for org, spans in paths.items() for span in spans)  # fmt: skip
    write_anew(models.UnitPath, "org", affected, rows)


def _ever_under(orgs: set[str]) -> set[str]:
    found, frontier = set(orgs), set(orgs)
    while frontier:
        below = {link.org for some in batches(frontier) for link in models.ParentLink.objects.filter(parent__in=some)}
        frontier = below - found
        found |= frontier
    return found


def _segments(orgs: Iterable[str]) -> dict[str, str]:
    return {org: segment for some in batches(orgs)
            for org, segment in models.Unit.objects.filter(org__in=some).values_list("org", "segment")}  # fmt: skip


def _paths(orgs: Iterable[str]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for some in batches(orgs):
        rows = models.UnitPath.objects.filter(org__in=some)
        for org, path, start, end in rows.values_list("org", "path", "valid_from", "valid_to"):
            found[org].append(Span(start, end, (path,)))
    return found


# --- things with one spell -----------------------------------------------------------------------------------------


def fold_relations(facts: Sequence[Fact]) -> None:
    """Write anew the relations touched."""
    events = _events(facts)
    write_anew(models.Relation, "id", events, (
        dict(id=one.about, kind=one.opened.text("relation"), leading=one.org, other=one.opened.text("other"),
             ending=one.ending, valid_from=one.valid_from, valid_to=one.valid_to)
        for one in _spells(events, "relation.opened", "relation.closed")
    ))  # fmt: skip


def fold_posts(facts: Sequence[Fact]) -> None:
    """Write anew the posts touched."""
    events = _events(facts)
    write_anew(models.Post, "id", events, (
        dict(id=one.about, org=one.org, post=one.opened.text("post"), title=one.opened.text("title"),
             term_years=one.opened.whole("term_years"), valid_from=one.valid_from, valid_to=one.valid_to)
        for one in _spells(events, "post.created", "post.closed")
    ))  # fmt: skip


def fold_holdings(facts: Sequence[Fact]) -> None:
    """Write anew the holdings touched. A holding past its term goes on until somebody ends it: that is a finding."""
    events = _events(facts)
    write_anew(models.Holding, "id", events, (
        dict(id=one.about, post=one.opened.text("post"), org=one.org, person=one.opened.text("person"),
             term_ends_on=one.opened.day("until"), origin=one.opened.text("origin"), ending=one.ending,
             valid_from=one.valid_from, valid_to=one.valid_to)
        for one in _spells(events, "holding.started", "holding.ended")
    ))  # fmt: skip


def fold_memberships(facts: Sequence[Fact]) -> None:
    """Write anew the memberships touched and their stages."""
    events = _events(facts)
    write_anew(models.Membership, "id", events, (
        dict(id=one.about, org=one.org, person=one.opened.text("person"), how=one.opened.text("how"),
             category=one.opened.text("category"), age_band=one.opened.text("age_band"), ending=one.ending,
             valid_from=one.valid_from, valid_to=one.valid_to)
        for one in _spells(events, "membership.started", "membership.ended")
    ))  # fmt: skip
    write_anew(models.Stage, "membership", events, (stage for known in events.values() for stage in _stages(known)))


def _stages(events: Sequence[Event]) -> Iterator[Row]:
    told = [event for event in events if event.text("stage")]
    if told:
        first = min(told, key=lambda event: event.rank)
        for span in history.stages(events):
            yield dict(membership=first.about, org=first.org, person=first.text("person"), stage=span.value[0],
                       valid_from=span.valid_from, valid_to=span.valid_to)  # fmt: skip


def fold_enrolments(facts: Sequence[Fact]) -> None:
    """Write anew the enrolments touched: who is on which roster."""
    events = _events(facts)
    write_anew(models.Enrolment, "id", events, (
        dict(id=one.about, org=one.org, roster=_roster(one.opened), person=one.opened.text("person"),
             basis=one.opened.text("basis"), until=one.opened.day("until"), ending=one.ending,
             valid_from=one.valid_from, valid_to=one.valid_to)
        for one in _spells(events, "enrolment.started", "enrolment.ended")
    ))  # fmt: skip


def _roster(event: Event) -> str:
    """The tag that says which roster: others of its tags are themes."""
    tags = event.body.get("tags")
    known = catalog().family_of
    return next((tag for tag in map(str, tags) if known.get(tag) == ROSTERS), "") if isinstance(tags, list) else ""


def fold_grants(facts: Sequence[Fact]) -> None:
    """Write anew the grants touched; a grant ends after its last day even if nobody revokes it."""
    events = _events(facts)
    write_anew(models.AccessGrant, "id", events, (
        dict(id=one.about, account=one.opened.text("account"), role=one.opened.text("role"), org=one.org,
             valid_from=one.valid_from, valid_to=min(one.valid_to, _day_after(one.opened.day("until"))))
        for one in _spells(events, "access.granted", "access.revoked")
    ))  # fmt: skip
    _changed("grants")


def _spells(events: Mapping[str, Sequence[Event]], opens: str, closes: str) -> Iterator[history.Spell]:
    for known in events.values():
        if found := history.spell(known, opens, closes):
            yield found


def _day_after(last: date | None) -> date:
    return last + timedelta(days=1) if last else OPEN


# --- the projections the wiring installs ---------------------------------------------------------------------------


def _digest(*tables: type[Model]) -> str:
    rows: list[tuple[object, ...]] = []
    for table in tables:
        columns = [field.name for field in table._meta.concrete_fields if not isinstance(field, AutoField)]
        rows += table._default_manager.order_by(*columns).values_list(*columns)
    return digest_of(rows)


def _projection(
    name: str, kinds: tuple[str, ...], fold: Callable[[Sequence[Fact]], None], tables: tuple[type[Model], ...],
    epoch: str = "",
) -> Projection:  # fmt: skip
    def empty() -> None:
        for table in tables:
            table._default_manager.all().delete()
        if epoch:
            _changed(epoch)

    return Projection(f"orgs.{name}", frozenset(kinds), fold, empty, lambda: _digest(*tables))


PROJECTIONS = (
    _projection("units", UNIT_KINDS, fold_units,
                (models.Unit, models.UnitName, models.ParentLink, models.UnitPath), "graph"),
    _projection("relations", ("relation.opened", "relation.closed"), fold_relations, (models.Relation,)),
    _projection("posts", ("post.created", "post.closed"), fold_posts, (models.Post,)),
    _projection("holdings", ("holding.started", "holding.ended"), fold_holdings, (models.Holding,)),
    _projection("memberships", MEMBERSHIP_KINDS, fold_memberships, (models.Membership, models.Stage)),
    _projection("enrolments", ("enrolment.started", "enrolment.ended"), fold_enrolments, (models.Enrolment,)),
    _projection("grants", ("access.granted", "access.revoked"), fold_grants, (models.AccessGrant,), "grants"),
)  # fmt: skip
KINDS = frozenset().union(*(projection.kinds or () for projection in PROJECTIONS))
