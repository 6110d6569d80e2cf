"""Founding, renaming and moving units. Each asks, checks, records; nothing is edited."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from gangmu.catalog.current import catalog
from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Draft, Receipt
from gangmu.orgs import lookups, rules
from gangmu.orgs.actions.drafts import draft, refuse, repeated, repeats, submit, thing_id
from gangmu.orgs.entries import NewUnit
from gangmu.orgs.history import OPEN, Span
from gangmu.orgs.paths import free_segment
from gangmu.orgs.permissions import Permission, require, require_all
from gangmu.orgs.queries import lives, tree, unknown_unit
from gangmu.orgs.rules import Life
from gangmu.people.queries import is_keeper


def found_unit(
    name: str, kind: str, domain: str, parent: OrgId | None, *, by: Actor, at: date, idem: str,
    short: str = "", aliases: str = "", code: str = "",
) -> OrgId:  # fmt: skip
    """Found a unit from the day `at` on and return its id. A root (no parent) is founded by a keeper of accounts."""
    return load_units([NewUnit(name, kind, domain, parent, at, idem, short, aliases, code)], by=by)[0]


@transaction.atomic
def load_units(rows: Sequence[NewUnit], *, by: Actor) -> list[OrgId]:
    """Found many units, in their order (a parent before its children), all or none. Returns their ids in that order."""
    named = [replace(new, org=new.org or OrgId(thing_id(by, new.idem))) for new in rows]
    submit(to_found(named, by=by), by)
    return [new.org for new in named if new.org]


def to_found(named: Sequence[NewUnit], *, by: Actor) -> list[Draft]:
    """The facts that would found `named` (ids given), without those recorded before. Asks and refuses as founding."""
    _ask(named, by)
    known = repeats(by, (new.idem for new in named))
    return founding_drafts([new for new in named if new.idem not in known])


def _ask(rows: Sequence[NewUnit], by: Actor) -> None:
    """Permission is asked at every parent that stood before this batch."""
    founded = {new.org for new in rows}
    parents = {new.parent for new in rows} - founded
    if None in parents and not is_keeper(by.account, clock.today()):
        raise unknown_unit()
    require_all(by, Permission.SHAPE_TREE, (parent for parent in parents if parent is not None))


@dataclass(slots=True)
class _Register:
    """The units that stood before a batch and those it has founded so far."""

    segments: set[str]
    codes: set[str]
    lives: dict[OrgId, Life]
    names: dict[OrgId | None, list[Span]]

    def names_beside(self, new: NewUnit) -> set[str]:
        """What its future sisters are called, on its first day or later."""
        return {span.value[0] for span in self.names.get(new.parent, ()) if span.valid_to > new.at}


def founding_drafts(rows: Sequence[NewUnit]) -> list[Draft]:
    """The facts that found `rows` (ids given). Raises Refused with every Problem of every row."""
    drafts, problems = _weighed(rows)
    refuse([problem for _, problem in problems])
    return drafts


def against_units(rows: Sequence[NewUnit], *, by: Actor) -> list[tuple[int, Problem]]:
    """Every Problem with the place of its row (from 0), as `load_units` would refuse them; nothing is recorded."""
    return _weighed([replace(new, org=new.org or OrgId(thing_id(by, new.idem))) for new in rows])[1]


def _weighed(rows: Sequence[NewUnit]) -> tuple[list[Draft], list[tuple[int, Problem]]]:
    """The facts that would found `rows`, and what speaks against each."""
    parents = {new.parent for new in rows}
    register = _Register(lookups.segments(), lookups.codes(), lives(filter(None, parents)),
                         lookups.names_under(parents))  # fmt: skip
    kinds, today = catalog().organisation_kinds, clock.today()
    drafts: list[Draft] = []
    problems: list[tuple[int, Problem]] = []
    for place, new in enumerate(rows):
        above = register.lives.get(new.parent) if new.parent else None
        beside = register.names_beside(new)
        wrong = rules.against_founding(new, above, kinds, beside, register.codes, today)
        problems += [(place, problem) for problem in wrong]
        drafts.append(_founding(new, register))
    return drafts, problems


def _founding(new: NewUnit, register: _Register) -> Draft:
    org = new.org or OrgId("")
    segment = free_segment(org, register.segments)
    code = new.code or segment
    register.segments.add(segment)
    register.codes.add(code)
    register.lives[org] = Life(org, new.kind, new.at, OPEN)
    register.names.setdefault(new.parent, []).append(Span(new.at, OPEN, (new.name,)))
    return draft(
        "unit.founded", org, org, new.at, new.idem, unit_kind=new.kind, domain=new.domain, parent=new.parent,
        segment=segment, code=code, name=new.name, short=new.short, aliases=new.aliases, split_from=new.split_from,
        tags=list(new.tags) or None,
    )  # fmt: skip


@transaction.atomic
def rename_unit(
    org: OrgId, name: str, *, by: Actor, at: date, idem: str, short: str = "", aliases: str = ""
) -> Receipt:
    """Call the unit `name` from the day `at` on; before it the old name stays."""
    return submit(to_rename(org, name, by=by, at=at, idem=idem, short=short, aliases=aliases), by)[0]


def to_rename(
    org: OrgId, name: str, *, by: Actor, at: date, idem: str, short: str = "", aliases: str = ""
) -> list[Draft]:
    """The fact that would rename the unit. Asks and refuses as `rename_unit`."""
    require(by, Permission.SHAPE_TREE, org)
    if not repeated(by, idem):
        units = tree(at)
        node = units.get(org)
        refuse(rules.against_change(lives([org]).get(org), at, clock.today()))
        sisters = units.children(node.parent) if node and node.parent else units.roots()
        refuse(rules.against_renaming(name, {one.name for one in sisters if one.org != org}))
    return [draft("unit.renamed", org, org, at, idem, name=name, short=short, aliases=aliases)]


@transaction.atomic
def move_unit(org: OrgId, parent: OrgId, *, by: Actor, at: date, idem: str) -> Receipt:
    """Hang the unit, with all that is under it, under `parent` from the day `at` on. Asks at both ends."""
    return submit(to_move(org, parent, by=by, at=at, idem=idem), by)[0]


def to_move(org: OrgId, parent: OrgId, *, by: Actor, at: date, idem: str) -> list[Draft]:
    """The fact that would move the unit. Asks and refuses as `move_unit`."""
    require(by, Permission.SHAPE_TREE, org)
    require(by, Permission.SHAPE_TREE, parent)
    if not repeated(by, idem):
        units = tree(at)
        node, above = units.get(org), units.get(parent)
        refuse(rules.against_change(lives([org]).get(org), at, clock.today()))
        if node is not None:
            refuse(rules.against_moving(node, above, at, lookups.ever_inside(org, parent, at)))
            refuse(rules.against_kind(node.kind, above.kind if above else None, catalog().organisation_kinds))
    return [moving(org, parent, at, idem)]


def moving(org: OrgId, parent: OrgId, at: date, idem: str) -> Draft:
    """The fact that hangs `org` under `parent`."""
    return draft("unit.moved", org, org, at, idem, parent=parent)
