"""The very facts behind a figure: the postings that were summed, each with its fact."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.combine import Window, questions
from gangmu.indicators.cells import LONGEST
from gangmu.indicators.figures import Sought
from gangmu.indicators.ordered import At, Ordered
from gangmu.indicators.postings import Column, days, number, on_day
from gangmu.indicators.rollup import Days
from gangmu.indicators.values import Behind, BehindPage, Figure, Source, Told
from gangmu.indicators.view import View, known_at

SIZE = 50
AT_ONCE = 2000  # so many facts are looked up together where all are wanted


class Standing(NamedTuple):
    """What stands behind one part of a figure: postings between two ranks, on some days."""

    part: int
    ordered: Ordered
    span: tuple[int, int]
    days: Days


class Month(NamedTuple):
    """What of one month stands behind one part, in one piece; `no` are the numbers of the facts of the piece."""

    month: int
    part: int
    where: At
    no: Column

    def since(self, first: int) -> tuple[Column, ...]:
        """From a day of the month on: day, number, part, piece and place."""
        kept = self.where.day >= first
        at, day = (self.where.at[kept], self.where.day[kept]) if first else (self.where.at, self.where.day)
        alike = (np.broadcast_to(np.int64(told), len(at)) for told in (self.part, self.where.piece))
        return day.astype(np.int64), self.no[at], *alike, at


class Order(NamedTuple):
    """Facts behind a figure, newest first: number, part, and where among the postings of the part."""

    no: Column
    which: Column
    piece: Column
    at: Column


def page_of(view: View, sought: Sought, whole: Figure, page: int, size: int) -> BehindPage:
    """One page of the facts behind `whole`, which is what was sought; none of a figure that is withheld."""
    total = 0 if whole.withheld else whole.facts
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    rows = _rows(view, sought, (page - 1) * size, size) if total else ()
    return BehindPage(rows, total, page, pages)


def every_fact(view: View, sought: Sought, whole: Figure) -> Iterator[tuple[Source, ...]]:
    """The facts behind `whole`, each once and newest first, some at a time; none of a figure that is withheld."""
    if whole.withheld or not whole.facts:
        return
    store = view.reach.engine.store
    for some in _newest_first(_parts(view, sought)):
        _, first = np.unique(some.no, return_index=True)  # one fact may count in several parts, on the same day in all
        each_once = some.no[np.sort(first)]
        for start in range(0, len(each_once), AT_ONCE):
            numbers = [int(one) for one in each_once[start : start + AT_ONCE]]
            told = store.told(numbers)
            yield tuple(Source(told[one].fact, told[one].laid) for one in numbers)


def _rows(view: View, sought: Sought, skip: int, most: int) -> tuple[Behind, ...]:
    parts = _parts(view, sought)
    found: list[Order] = []
    for some in _newest_first(parts, skip + most):
        found += [
            Order(*one) for one in zip(*(column[skip : skip + most - len(found)] for column in some), strict=True)
        ]
        skip = max(0, skip - len(some.no))
        if len(found) == most:
            break
    told = view.reach.engine.store.told([int(one.no) for one in found])
    return tuple(_behind(parts[int(one.which)], one, told[int(one.no)]) for one in found)


def _newest_first(parts: Sequence[Standing], most: int | None = None) -> Iterator[Order]:
    """Everything that stands behind the parts, a month at a time; of a month no more than hold the newest `most`."""
    by_month = merge(*(_by_month(number, one) for number, one in enumerate(parts)), key=lambda some: -some.month)
    for _month, together in groupby(by_month, key=attrgetter("month")):
        some = list(together)
        first = 0 if most is None else _first_day(some, most)
        day, *told = (np.concatenate(columns) for columns in zip(*(one.since(first) for one in some), strict=True))
        order = np.lexsort((told[1], -told[0].astype(np.int64), -day))
        yield Order(*(column[order] for column in told))


def _by_month(number: int, one: Standing) -> Iterator[Month]:
    """Of each month, the newest first: what stands behind one part."""
    for some in one.ordered.standing(*one.span, one.days):
        yield Month(some.month, number, some, one.ordered.pieces[some.piece].rows.no)


def _first_day(some: Sequence[Month], most: int) -> int:
    """The last day of a month from which on there are `most` or more; its first where there are not."""
    on_day = sum(np.bincount(one.where.day, minlength=LONGEST + 1) for one in some)
    since = np.cumsum(on_day[::-1])[::-1]  # type: ignore[index]  # there is a part, or there were no month
    return max(0, int(np.count_nonzero(since >= most)) - 1)


def _parts(view: View, sought: Sought) -> list[Standing]:
    engine, known = view.reach.engine, known_at(sought.closing)
    found = []
    for part, (one, window) in enumerate(questions(sought.question.measure, Window(sought.period))):
        if isinstance(one, nodes.Units):
            continue
        counted = one.measure if isinstance(one, nodes.UnitsWhere) else one
        ordered = engine.order(counted, view.place.tree, known)
        found.append(Standing(part, ordered, engine.span(view.place), Days(days(window.first), days(window.last))))
    return found


def _behind(standing: Standing, one: Order, told: Told) -> Behind:
    ordered, at = standing.ordered, int(one.at)
    rows = ordered.pieces[int(one.piece)].rows
    code = int(rows.thing[at])
    thing = ordered.thing(code) if code >= 0 else None
    amount = number(rows.amount[at]) if code < 0 else None
    return Behind(told.fact, told.kind, told.org, told.about, on_day(rows.day[at]), bool(rows.late[at]), standing.part,
                  amount, thing, told.laid)  # fmt: skip
