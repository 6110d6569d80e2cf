"""Which facts of very many units beneath count for a duty: looked up by number where the engine of figures has them."""

from collections.abc import Iterable, Iterator

import numpy as np

from gangmu.catalog.duties.terms import Terms
from gangmu.catalog.expressions import nodes
from gangmu.duties.footing import Footing
from gangmu.indicators.engine import Place
from gangmu.indicators.ordered import Ordered
from gangmu.indicators.postings import Column, days
from gangmu.indicators.process import Reach, reach
from gangmu.indicators.rollup import NOW, Days
from gangmu.indicators.view import place_of
from gangmu.kernel.ids import FactId
from gangmu.kernel.periods import Period

MOST = 1000  # of one month; more are read only where more are owed


def found_beneath(counted: Iterable[Terms], at: Footing, period: Period) -> frozenset[FactId]:
    """The facts of the units beneath that count by one of these rows, of each month the first MOST, or twice as many as
    are owed: as many as can decide."""
    known = reach()
    place = place_of(known.engine, at.tree, at.node)
    numbers = {int(no) for terms in counted for no in _numbers(known, terms, place, period)}
    return frozenset(FactId(one.fact) for one in known.engine.store.told(sorted(numbers)).values())


def _numbers(known: Reach, terms: Terms, place: Place, period: Period) -> Iterator[int]:
    ordered = known.engine.order(nodes.Count(terms.tally.kind, terms.tally.where), place.tree, NOW)
    most = max(MOST, *(2 * int(demand.least) for demand in terms.demands))
    span = Days(days(period.start), days(period.end))
    by_month: dict[int, list[tuple[Column, ...]]] = {}
    for some in ordered.standing(*known.engine.span(place), span):
        by_month.setdefault(some.month, []).append(_columns(ordered, some.piece, some.at, some.day))
    for pieces in by_month.values():
        day, received, no = (np.concatenate(columns) for columns in zip(*pieces, strict=True))
        yield from no[np.lexsort((no, received, day))[:most]].tolist()


def _columns(ordered: Ordered, piece: int, at: Column, day: Column) -> tuple[Column, ...]:
    rows = ordered.pieces[piece].rows
    return day, rows.received[at], rows.no[at]
