"""Merging, splitting and dissolving units: what hangs on them is moved, transferred or closed in the same breath."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Draft, Receipt
from gangmu.orgs import lookups, rules
from gangmu.orgs.actions.drafts import draft, refuse, repeated, submit, thing_id
from gangmu.orgs.actions.units import founding_drafts, moving
from gangmu.orgs.entries import NewUnit, Part
from gangmu.orgs.history import SPLIT
from gangmu.orgs.lookups import OpenMembership
from gangmu.orgs.permissions import Permission, require
from gangmu.orgs.queries import lives, tree
from gangmu.orgs.tree import Node


@transaction.atomic
def merge_unit(org: OrgId, into: OrgId, *, by: Actor, at: date, idem: str) -> Receipt:
    """Let `into` take `org` in from the day `at` on: its children move, its members are transferred, its posts close.

    What `org` recorded keeps its own name and counts in `into` from that day's tree on.
    """
    return submit(to_merge(org, into, by=by, at=at, idem=idem), by)[0]


def to_merge(org: OrgId, into: OrgId, *, by: Actor, at: date, idem: str) -> list[Draft]:
    """The facts that would merge the unit, the merging first. Asks and refuses as `merge_unit`."""
    require(by, Permission.SHAPE_TREE, org)
    require(by, Permission.SHAPE_TREE, into)
    merged = draft("unit.merged", org, org, at, idem, into=into)
    if repeated(by, idem):
        return [merged]
    units = tree(at)
    node = units.get(org)
    refuse(rules.against_change(lives([org]).get(org), at, clock.today()))
    if node is not None:
        refuse(rules.against_merging(node, units.get(into), at))
    refuse(rules.against_ending_before(lookups.begun_after(org, at)))
    children = (moving(child.org, into, at, f"{idem}/child/{child.org}") for child in units.children(org))
    members = _transfers(lookups.members_of(org, at), into, by, at, idem)
    return [merged, *children, *members, *winding_up(org, at, idem)]


@transaction.atomic
def dissolve_unit(org: OrgId, reason: str, *, by: Actor, at: date, idem: str) -> Receipt:
    """End the unit on the day `at`. Refused while units hang under it or members belong to it; its posts close."""
    return submit(to_dissolve(org, reason, by=by, at=at, idem=idem), by)[0]


def to_dissolve(org: OrgId, reason: str, *, by: Actor, at: date, idem: str) -> list[Draft]:
    """The facts that would end the unit, the ending first. Asks and refuses as `dissolve_unit`."""
    require(by, Permission.SHAPE_TREE, org)
    ended = draft("unit.dissolved", org, org, at, idem, reason=reason)
    if repeated(by, idem):
        return [ended]
    units = tree(at)
    refuse(rules.against_change(lives([org]).get(org), at, clock.today()))
    refuse(rules.against_ending(len(units.children(org)), len(lookups.members_of(org, at))))
    refuse(rules.against_ending_before(lookups.begun_after(org, at)))
    return [ended, *winding_up(org, at, idem)]


@transaction.atomic
def split_unit(
    org: OrgId, parts: Sequence[Part], *, continues: bool, by: Actor, at: date, idem: str
) -> tuple[OrgId, ...]:
    """Divide the unit on the day `at`; returns the ids of the new units, in the order of `parts`.

    Each part takes along the children and memberships it names. The foundings say from whom they come; a unit that does
    not go on must leave nothing behind and is dissolved by the split.
    """
    submit(to_split(org, parts, continues=continues, by=by, at=at, idem=idem), by)
    return _ids_of_parts(len(parts), by, idem)


def to_split(org: OrgId, parts: Sequence[Part], *, continues: bool, by: Actor, at: date, idem: str) -> list[Draft]:
    """The facts that would divide the unit; none if they are recorded already. Asks and refuses as `split_unit`."""
    require(by, Permission.SHAPE_TREE, org)
    if repeated(by, f"{idem}/part/0"):
        return []
    node = tree(at).get(org)
    refuse(rules.against_change(lives([org]).get(org), at, clock.today()))
    if node is None:
        return []
    if node.parent is not None:
        require(by, Permission.SHAPE_TREE, node.parent)
    _check_split(org, parts, continues, at)
    ids = _ids_of_parts(len(parts), by, idem)
    return [*_split(node, tuple(zip(ids, parts, strict=True)), continues, by, at, idem)]


def _ids_of_parts(count: int, by: Actor, idem: str) -> tuple[OrgId, ...]:
    return tuple(OrgId(thing_id(by, f"{idem}/part/{place}")) for place in range(count))


def _check_split(org: OrgId, parts: Sequence[Part], continues: bool, at: date) -> None:
    children = {child.org for child in tree(at).children(org)}
    members = {one.id for one in lookups.members_of(org, at)}
    taken_children = [child for part in parts for child in part.children]
    taken_members = [one for part in parts for one in part.memberships]
    refuse(rules.against_taking(taken_children, children, taken_members, members))
    left = len(children - set(taken_children)), len(members - set(taken_members))
    refuse(rules.against_splitting(len(parts), continues, *left))
    refuse(rules.against_ending_before(None if continues else lookups.begun_after(org, at)))


def _split(
    node: Node, parts: Sequence[tuple[OrgId, Part]], continues: bool, by: Actor, at: date, idem: str
) -> Iterator[Draft]:
    yield from founding_drafts([
        NewUnit(part.name, node.kind, node.domain, node.parent, at, f"{idem}/part/{place}", part.short, "", part.code,
                new, node.org)
        for place, (new, part) in enumerate(parts)
    ])  # fmt: skip
    members = {one.id: one for one in lookups.members_of(node.org, at)}
    for new, part in parts:
        for child in part.children:
            yield moving(child, new, at, f"{idem}/child/{child}")
        yield from _transfers([members[one] for one in part.memberships], new, by, at, idem)
    if not continues:
        yield draft("unit.dissolved", node.org, node.org, at, idem, reason=SPLIT)
        yield from winding_up(node.org, at, idem)


def _transfers(members: Sequence[OpenMembership], into: OrgId, by: Actor, at: date, idem: str) -> Iterator[Draft]:
    """The facts that take each membership over to `into`, stage and all."""
    stages = lookups.stage_on((one.id for one in members), at)
    for one in members:
        key = f"{idem}/in/{one.id}"
        yield draft("membership.ended", one.org, one.id, at, f"{idem}/out/{one.id}", reason="transferred_out")
        yield draft("membership.started", into, thing_id(by, key), at, key, person=one.person, how="transferred_in",
                    stage=stages.get(one.id, "full"), category=one.category, age_band=one.age_band)  # fmt: skip


def winding_up(org: OrgId, at: date, idem: str) -> Iterator[Draft]:
    """The facts that end holdings, close posts and untie relations of a unit that ends."""
    for post in lookups.posts_of(org, at).values():
        if post.holding:
            yield draft("holding.ended", org, post.holding, at, f"{idem}/holding/{post.holding}", reason="moved")
        yield draft("post.closed", org, post.post, at, f"{idem}/post/{post.post}")
    for tie in lookups.relations_of(org, at):
        yield draft("relation.closed", tie.org, tie.id, at, f"{idem}/relation/{tie.id}")
