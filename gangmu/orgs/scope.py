"""The one place where a scope is made: from the grants in force on a day and the tree of that day."""

from datetime import date
from functools import lru_cache

from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId
from gangmu.kernel.scope import Actor, Grant, Scope
from gangmu.orgs.queries import grants_of, tree
from gangmu.orgs.rosters import post_held_by
from gangmu.orgs.trees import epochs
from gangmu.people.queries import person_of


def scope_of(account: AccountId, on: date) -> Scope:
    """What `account` may see on `on`. Read anew once a grant or the tree changes: a revocation acts at once."""
    return _scope(account, on, *epochs("grants", "graph"))


@lru_cache(maxsize=2000)
def _scope(account: AccountId, on: date, _grants: str, _graph: str) -> Scope:
    units = tree(on)
    held = ((row.role, units.get(row.org)) for row in grants_of(account, on))
    grants = tuple(Grant(role, node.branch) for role, node in held if node is not None)
    return Scope(grants, on)


def everything() -> Scope:
    """A scope over every unit, as of today: for the person at the machine, who holds the database anyway."""
    today = clock.today()
    return Scope(tuple(Grant("auditor", node.branch) for node in tree(today).roots()), today)


def actor(account: AccountId, on: date) -> Actor:
    """The account as it may act on `on`: its scope, and the post its person holds (the longest held), if any."""
    person = person_of(account)
    return Actor(account, scope_of(account, on), post_held_by(person, on) if person else None)
