"""One record, to whoever may see it, and the latest: of an account, and of the units in a scope."""

from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.problems import NotFound
from gangmu.kernel.scope import Actor, Scope
from gangmu.ledger.facts import Fact
from gangmu.ledger.queries import FactFilter, fact, facts
from gangmu.ledger.rules import no_such_fact
from gangmu.orgs.permissions import Permission, require
from gangmu.orgs.queries import tops, tree, unit


def seen(who: Actor | Scope, permission: Permission, fact_id: FactId) -> Fact:
    """The fact, to whoever holds `permission` at its unit. Raises NotFound, Refused.

    A stranger to the unit is told what is told of a fact that does not exist.
    """
    told = fact(fact_id)
    try:
        require(who, permission, told.org)
    except NotFound:
        raise NotFound([no_such_fact()]) from None
    return told


def mine(by: Actor, *, limit: int = 20, offset: int = 0) -> tuple[Fact, ...]:
    """What this account recorded and may still see, latest first, taken back or not."""
    return facts(FactFilter(orgs=_inside(by.scope, None), actor=by.account), limit=limit, offset=offset)


def latest(
    scope: Scope, org: OrgId | None = None, *, kinds: frozenset[str] | None = None, limit: int = 20, offset: int = 0
) -> tuple[Fact, ...]:
    """What was recorded at or under `org` (None: the whole scope), latest arrival first. NotFound outside the scope."""
    return facts(FactFilter(orgs=_inside(scope, org), kinds=kinds), limit=limit, offset=offset)


def _inside(scope: Scope, org: OrgId | None) -> frozenset[OrgId]:
    heads = [unit(scope, org)] if org is not None else tops(scope)
    return frozenset(node.org for head in heads for node in tree(scope.day).subtree(head.path))
