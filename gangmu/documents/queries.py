"""What was chosen before, and (for their owner) the documents checked last."""

from gangmu.documents.binding import Choices
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.orgs import queries as orgs

BOUND = "claim.bound"


def choices(scope: Scope) -> Choices:
    """What persons chose in the scope's units and those above, by phrase; the latest wins."""
    tops = orgs.tops(scope)
    above = (node.org for top in tops for node in orgs.above(scope, top.org))
    inside = (node.org for top in tops for node in orgs.tree(scope.day).subtree(top.path))
    wanted = ledger.FactFilter(orgs=frozenset([*above, *inside]), kinds=frozenset({BOUND}), with_reversed=False)
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for fact in ledger.facts(wanted, limit=ledger.LONGEST_PAGE):
        chosen = (str(fact.body["indicator"]), tuple(str(fact.body.get("selection", "")).split(",")))
        found.setdefault(str(fact.body["phrase"]), (chosen[0], tuple(tag for tag in chosen[1] if tag)))
    return found
