"""The very facts behind a figure: the postings that were summed, each with its fact."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.combine import Window, questions
from gangmu.indicators import rollup
from gangmu.indicators.figures import Sought
from gangmu.indicators.postings import Column, Postings, Rows, days, number, on_day
from gangmu.indicators.rollup import Days
from gangmu.indicators.values import Behind, BehindPage, Figure
from gangmu.indicators.view import View, known_at
from gangmu.kernel.ids import FactId, OrgId

SIZE = 50
AT_ONCE = 500  # so many facts are looked up together where all are wanted


class Standing(NamedTuple):
    """What stands behind one part of a figure."""

    part: int
    postings: Postings
    rows: Rows


class Order(NamedTuple):
    """The facts behind a figure, newest first: number, part, and place among the postings of the part."""

    no: Column
    which: Column
    at: Column


def page_of(view: View, sought: Sought, whole: Figure, page: int, size: int) -> BehindPage:
    """One page of the facts behind `whole`, which is what was sought; none of a figure that is withheld."""
    total = 0 if whole.withheld else whole.facts
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    rows = _rows(view, sought, (page - 1) * size, size) if total else ()
    return BehindPage(rows, total, page, pages)


def every_fact(view: View, sought: Sought, whole: Figure) -> Iterator[tuple[FactId, ...]]:
    """The facts behind `whole`, each once and newest first, some at a time; none of a figure that is withheld."""
    if whole.withheld or not whole.facts:
        return
    no = _newest_first(_parts(view, sought)).no
    _, first = np.unique(no, return_index=True)
    each_once = no[np.sort(first)]
    for start in range(0, len(each_once), AT_ONCE):
        some = [int(one) for one in each_once[start : start + AT_ONCE]]
        told = view.reach.engine.store.told(some)
        yield tuple(FactId(told[one][0]) for one in some)


def _rows(view: View, sought: Sought, skip: int, most: int) -> tuple[Behind, ...]:
    parts = _parts(view, sought)
    no, which, at = (column[skip : skip + most] for column in _newest_first(parts))
    told = view.reach.engine.store.told([int(one) for one in no])
    return tuple(_behind(parts[part], int(one), told) for part, one in zip(which, at, strict=True))


def _newest_first(parts: Sequence[Standing]) -> Order:
    day, no, which, at = (np.concatenate(one) for one in zip(*(
        (rows.day, rows.no, np.full(len(rows.no), which), np.arange(len(rows.no)))
        for which, (_, _, rows) in enumerate(parts)
    ), strict=True))  # fmt: skip
    order = np.lexsort((which, -no, -day))
    return Order(no[order], which[order], at[order])


def _parts(view: View, sought: Sought) -> list[Standing]:
    engine, known = view.reach.engine, known_at(sought.closing)
    found = []
    for part, (one, window) in enumerate(questions(sought.question.measure, Window(sought.period))):
        if isinstance(one, nodes.Units):
            continue
        counted = one.measure if isinstance(one, nodes.UnitsWhere) else one
        rows = engine.rows(counted, view.place, known)
        _, stands = rollup.hits(rows, Days(days(window.first), days(window.last)), known)
        found.append(Standing(part, engine.posted(counted, view.place.tree, known), rows.picked(stands)))
    return found


def _behind(standing: Standing, at: int, told: dict[int, tuple[str, str, str, str | None]]) -> Behind:
    rows = standing.rows
    fact, kind, org, about = told[int(rows.no[at])]
    code = int(rows.thing[at])
    thing = standing.postings.things[code].as_py() if code >= 0 else None
    amount = number(rows.amount[at]) if code < 0 else None
    return Behind(
        FactId(fact), kind, OrgId(org), about, on_day(rows.day[at]), bool(rows.late[at]), standing.part, amount, thing
    )
