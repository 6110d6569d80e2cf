"""The tree of each day, built once from the read tables and kept in memory until the graph changes."""

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache

from gangmu.kernel.ids import OrgId
from gangmu.ledger import engine
from gangmu.ledger.facts import Standing
from gangmu.orgs import models
from gangmu.orgs.paths import level_of
from gangmu.orgs.tree import Node, Tree

GRAPH_STANDS = "COALESCE((SELECT token FROM orgs_epoch WHERE name = 'graph'), '') = %s"
_held: ContextVar[dict[str, str] | None] = ContextVar("epochs held still", default=None)
_seen: dict[str, str] = {}


def epoch(name: str) -> str:
    """The word that changes whenever the graph ("graph") or the grants ("grants") change; one small read."""
    return epochs(name)[0]


def epochs(*names: str) -> tuple[str, ...]:
    """As `epoch`, of several at one read."""
    held = _held.get()
    if held is None:
        held = _epochs()
    elif not held:
        held.update(_epochs())
    return tuple([held.get(name, "") for name in names])


@contextmanager
def one_epoch() -> Iterator[None]:
    """Within the block the graph and the grants stay as they stood when first asked for: one page, one tree, one read.

    For reading only: what the block itself changes it does not see.
    """
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def last_seen() -> Iterator[None]:
    """Within the block the graph and the grants stay as this process read them last: for what is asked again later."""
    token = _held.set(dict(_seen))
    try:
        yield
    finally:
        _held.reset(token)


def graph_stands(token: str) -> Standing:
    """The condition, for a statement of the ledger's, that the graph is still as it was at this epoch."""
    return GRAPH_STANDS, (token,)


def _epochs() -> dict[str, str]:
    global _seen
    _seen = {"graph": "", "grants": "", **dict(engine.straight("SELECT name, token FROM orgs_epoch"))}
    return _seen


def tree(on: date) -> Tree:
    """The tree of the day `on`, ended units included (`alive` False). Kept in memory until the graph changes."""
    token = epoch("graph")
    days = _days_of_change(token)
    place = bisect_right(days, on)
    return _tree(token, days[place - 1] if place else date.min)


@lru_cache(maxsize=4)
def _days_of_change(_token: str) -> tuple[date, ...]:
    """The days on which any path, name or existence changes: between two of them all trees are equal."""
    columns = (
        models.UnitPath.objects.values_list("valid_from"), models.UnitName.objects.values_list("valid_from"),
        models.Unit.objects.values_list("founded_on"), models.Unit.objects.values_list("ended_on"),
    )  # fmt: skip
    return tuple(sorted({day for rows in columns for (day,) in rows.distinct().order_by()}))


@lru_cache(maxsize=24)
def _tree(token: str, day: date) -> Tree:
    now = {"valid_from__lte": day, "valid_to__gt": day}
    names = {row[0]: row[1:] for row in models.UnitName.objects.filter(**now)
             .values_list("org", "name", "short", "aliases", "initials")}  # fmt: skip
    parents = dict(models.ParentLink.objects.filter(**now).values_list("org", "parent"))
    paths = dict(models.UnitPath.objects.filter(**now).values_list("org", "path"))
    units = models.Unit.objects.filter(founded_on__lte=day).values_list("org", "code", "kind", "domain", "ended_on")
    return Tree.of(day, token, (
        _node(paths[unit[0]], OrgId(parents[unit[0]]), names[unit[0]], unit, day) for unit in units if unit[0] in paths
    ))  # fmt: skip


def _node(
    path: str, parent: OrgId, names: tuple[str, str, str, str], unit: tuple[str, str, str, str, date], day: date
) -> Node:
    org, code, kind, domain, ended_on = unit
    name, short, aliases, initials = names
    return Node(
        path=path, org=OrgId(org), parent=parent or None, name=name, short=short, aliases=aliases, code=code, kind=kind,
        domain=domain, level=level_of(path), alive=day < ended_on,
        search=f"{name} {short} {aliases} {code} {initials}".lower(),
    )  # fmt: skip
