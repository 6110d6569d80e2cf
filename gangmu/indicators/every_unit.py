"""What adds up the tree, for every unit beneath a unit at every level, month by month, in one pass over what counts.

Counts and sums of what happened: their figures of a unit are those of all beneath it. By what is known now; a month of
a closed period shows what it is by now. What speaks of members or residents is left to the pages, which withhold small
groups.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Indicator
from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import RecordAggregate
from gangmu.indicators.cells import month_of
from gangmu.indicators.figures import PERSONAL
from gangmu.indicators.levels import Level, Measured, levels_of, rolled_up
from gangmu.indicators.postings import Column, days, number
from gangmu.indicators.questions import Question, question
from gangmu.indicators.rollup import NOW, Days
from gangmu.indicators.view import View, view
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Scope
from gangmu.orgs.paths import SEGMENT
from gangmu.orgs.tree import Node

NOTHING = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class EveryUnit:
    """The figures `keys` of `units`, which stand by level, the top first, and within one in the order of the tree.

    `facts` and `amounts` (in millionths) hold of each key months × units.
    """

    units: tuple[Node, ...]
    months: tuple[Period, ...]
    facts: Mapping[str, Column]
    amounts: Mapping[str, Column]

    def rows(self) -> Iterator[tuple[Node, Period, tuple[Decimal | None, ...]]]:
        """Unit by unit, its months: the figures, None where nothing is on record. Months without any are left out."""
        facts = np.stack(list(self.facts.values()))
        for at, node in enumerate(self.units):
            for month in np.flatnonzero(facts[:, :, at].any(axis=0)):
                told = (
                    number(amounts[month, at]) if facts[which, month, at] else None
                    for which, amounts in enumerate(self.amounts.values())
                )
                yield node, self.months[month], tuple(told)


def usual_keys() -> tuple[str, ...]:
    """Every indicator that can be asked for here."""
    definitions = catalog()
    day = max(row.since for one in definitions.indicators.values() for row in one.formula)
    return tuple(
        key for key, one in definitions.indicators.items() if _adds_up(one, question(key, day, definitions).measure)
    )


def every_unit(scope: Scope, keys: Sequence[str], org: OrgId, period: Period) -> EveryUnit:
    """The figures of the unit and of all beneath it in each month of the period (whole months but for its ends).

    Raises NotFound for a unit out of scope or an unknown indicator; Refused for one that does not add up the tree, or
    that speaks of members or residents.
    """
    asked = [question(key, period.start, catalog()) for key in dict.fromkeys(keys)]
    if problems := [_not_here(one) for one in asked if not _adds_up(one.definition, one.measure)]:
        raise Refused(problems)
    seen, months = view(scope, org, period), tuple(period.months())
    nodes_beneath = seen.tree.subtree(seen.node.path)
    levels = levels_of([node.path for node in nodes_beneath], SEGMENT)
    facts, amounts = {}, {}
    for one in asked:
        counted, summed = _of_one(seen, one, months, levels, len(nodes_beneath))
        facts[one.key], amounts[one.key] = np.concatenate(counted, axis=1), np.concatenate(summed, axis=1)
    return EveryUnit(tuple(nodes_beneath[at] for level in levels for at in level.lows), months, facts, amounts)


def _adds_up(definition: Indicator, measure: object) -> bool:
    plain = isinstance(measure, nodes.Count | nodes.Sum) and definition.additive
    return plain and definition.visibility.group not in PERSONAL


def _of_one(
    seen: View, asked: Question, months: Sequence[Period], levels: Sequence[Level], units: int
) -> list[list[Column]]:
    """How many facts count, and their amount, by level: months × units."""
    measure: RecordAggregate = asked.measure  # type: ignore[assignment]  # see _adds_up
    engine, first = seen.reach.engine, month_of(days(months[0].start))
    low, high = engine.span(seen.place)
    ordered = engine.order(measure, seen.place.tree, NOW)
    some = [(NOTHING, NOTHING, NOTHING)]
    for month, piece, at, _day in ordered.standing(low, high, Days(days(months[0].start), days(months[-1].end))):
        rows = ordered.pieces[piece].rows
        some.append((rows.rank[at] - low, np.full(len(at), month - first, np.int64), rows.amount[at]))
    rank, month_at, amount = (np.concatenate(columns) for columns in zip(*some, strict=True))
    return rolled_up(rank, month_at, [Measured(None, None), Measured(None, amount)], levels, units, len(months))


def _not_here(asked: Question) -> Problem:
    personal = asked.definition.visibility.group in PERSONAL
    zh = "说的是党员或居民，人少的要遮住" if personal else "不能从下往上相加"
    en = "speaks of members or residents, of whom few are never shown" if personal else "does not add up the tree"
    return Problem(
        "indicators.every_unit",
        f"“{asked.definition.title.zh}”（{asked.key}）{zh}，不能一次列出所有单位；请在数字页面上逐个看。",
        f"{asked.key} {en}, so it is not listed for all units at once: see its page.",
        where=asked.key,
    )
