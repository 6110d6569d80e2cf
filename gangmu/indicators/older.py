"""A figure again as it was known, or by the tree of another day: which facts and which tree count.

Seen by the first N facts of the ledger, whatever was recorded, taken back or closed after them does not count. Seen by
the tree of another day, every fact counts where its unit hung on that day. Nobody sees more by either: units that are
outside the reader's scope, and were not beneath the unit in the usual view, make it a refusal.
"""

from collections.abc import Sequence
from datetime import date

from gangmu.indicators.past import Past, kinds_behind, past
from gangmu.indicators.questions import Question
from gangmu.indicators.view import View, place_of, view
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Scope
from gangmu.orgs import queries as orgs


def seen_from(
    scope: Scope, org: OrgId, period: Period, asked: Sequence[Question], tree_day: date | None, as_known: int | None
) -> View:
    """The unit as `asked` are to be read: now, by the tree of `tree_day`, by the first `as_known` facts, or both.

    Raises NotFound for strangers; Refused without the permission to see figures, for a size the ledger never had, for
    a unit that it did not know then, and for a tree with units that are not the reader's to see.
    """
    usual = view(scope, org, period)
    if tree_day is None and as_known is None:
        return usual
    if as_known is None:
        found = view(scope, org, period, tree_day)
    else:
        kinds = frozenset[str]().union(*(kinds_behind(one.measure) for one in asked))
        found = view_of(past(as_known, kinds), org, period, tree_day)
    if strange := _beneath(found) - _beneath(usual):
        _refuse_strange([one for one in strange if not orgs.holds(scope, one)])
    return found


def view_of(then: Past, org: OrgId, period: Period, tree_day: date | None = None) -> View:
    """The unit in a past, by its tree of `tree_day`; usually the period's last day, if the past got so far.

    A unit founded later is seen in the tree of the past's own last day. Raises Refused for one it does not know.
    """
    day = tree_day or min(period.end, then.day)
    node = then.tree(day).get(org)
    if node is None:
        day, node = then.day, then.tree(then.day).get(org)
    if node is None:
        raise Refused([_not_yet(then.size)])
    tree = then.tree(day)
    over = {node.org, *(one.org for one in tree.above(org))}
    closings = tuple(one for one in then.closings if one.org in over)
    return View(then.reach, tree, node, place_of(then.reach.engine, tree, node), day, closings, then.size)


def _beneath(seen: View) -> frozenset[OrgId]:
    return frozenset(node.org for node in seen.tree.subtree(seen.node.path))


def _not_yet(size: int) -> Problem:
    return Problem(
        "indicators.not_yet",
        f"台账到第{size}条时还没有这个单位；请选后面的条数。",
        f"The ledger did not know this unit when it held {size} facts: choose a later size.",
        where="as_known",
    )


def _refuse_strange(strange: Sequence[OrgId]) -> None:
    if strange:
        raise Refused([Problem(
            "indicators.beyond_scope",
            f"照那时的隶属关系，这里有{len(strange)}个单位如今不归您看；请换一天，或请上级来看。",
            f"In that tree {len(strange)} units hang here that are no longer yours to see: choose another day, "
            "or ask the unit above.",
            where="tree_day",
        )])  # fmt: skip
