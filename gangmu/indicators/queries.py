"""Figures, as every page, table, export, command and document gets them. The first argument is who asks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from gangmu.catalog.current import catalog
from gangmu.catalog.expressions.bind import record_aggregates
from gangmu.catalog.expressions.nodes import Measure, Measuring, RecordAggregate, measuring
from gangmu.indicators import behind
from gangmu.indicators.figures import Answers, Sought, answers, not_by_difference
from gangmu.indicators.figures import figure as figure_from
from gangmu.indicators.older import seen_from
from gangmu.indicators.process import reach
from gangmu.indicators.questions import Question, question
from gangmu.indicators.values import BehindPage, Figure, Overview, Source, TableRow
from gangmu.indicators.view import View, place_of, view
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period, shift_months
from gangmu.kernel.scope import Scope
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, require

TREND_MONTHS = 12


def figure(
    scope: Scope, key: str, org: OrgId, period: Period, *, tree_day: date | None = None, as_known: int | None = None
) -> Figure:
    """One figure. `key` is an indicator, with chosen tags in brackets: activity.sessions[lecture].

    `tree_day`: with the tree of that day; `as_known`: by the first so many facts of the ledger (see indicators.older).
    Raises NotFound for a unit out of scope or an unknown indicator, Refused for a tag it does not offer.
    """
    return figures(scope, [key], org, period, tree_day=tree_day, as_known=as_known)[0]


def figures(
    scope: Scope, keys: Sequence[str], org: OrgId, period: Period, *, tree_day: date | None = None,
    as_known: int | None = None,
) -> tuple[Figure, ...]:  # fmt: skip
    """Several figures of one unit and period, read together, in the order of `keys`."""
    asked = [question(key, period.start, catalog()) for key in keys]
    return figures_in(seen_from(scope, org, period, asked, tree_day, as_known), asked, period)


def figures_in(seen: View, asked: Sequence[Question], period: Period) -> tuple[Figure, ...]:
    """The figures of the view's unit."""
    sought = [_sought(seen, one, period) for one in asked]
    found = answers(seen, sought)
    return tuple(_own(seen, one, found) for one in sought)


def children(scope: Scope, key: str, org: OrgId, period: Period) -> tuple[Figure, ...]:
    """The figure of each unit directly beneath, as `Overview.children`."""
    seen = view(scope, org, period)
    sought = _beneath(seen, question(key, period.start, catalog()), period)
    return _children(seen, sought, answers(seen, sought)) if sought else ()


def trend(scope: Scope, key: str, org: OrgId, period: Period) -> tuple[Figure, ...]:
    """The figure month by month, as `Overview.trend`."""
    seen = view(scope, org, period)
    sought = _monthly(seen, question(key, period.start, catalog()), period)
    found = answers(seen, sought)
    return tuple(_own(seen, one, found) for one in sought)


def overview(
    scope: Scope, key: str, org: OrgId, period: Period, *, page: int = 1, size: int = behind.SIZE,
    tree_day: date | None = None, as_known: int | None = None,
) -> Overview:  # fmt: skip
    """Everything the page of a figure shows, read together; of the facts behind it one page."""
    asked = question(key, period.start, catalog())
    seen = seen_from(scope, org, period, [asked], tree_day, as_known)
    own = [_sought(seen, asked, one) for one in (period, period.before(), period.year_earlier())]
    months, beneath = _monthly(seen, asked, period), _beneath(seen, asked, period)
    found = answers(seen, [*own, *months, *beneath])
    this, before, earlier = (_own(seen, one, found) for one in own)
    return Overview(this, before, earlier, tuple(_own(seen, one, found) for one in months),
                    _children(seen, beneath, found) if beneath else (),
                    behind.page_of(seen, own[0], this, page, size))  # fmt: skip


def table(
    scope: Scope, org: OrgId, period: Period, *, keys: Iterable[str] | None = None, with_children: bool = True
) -> tuple[TableRow, ...]:
    """The indicator table of a unit: every indicator (or `keys`) with the period before and the units beneath."""
    seen = view(scope, org, period)
    wanted = [question(key, period.start, catalog()) for key in (keys or catalog().indicators)]
    rows = [
        (_sought(seen, one, period), _sought(seen, one, period.before()),
         _beneath(seen, one, period) if with_children else ())
        for one in wanted
    ]  # fmt: skip
    found = answers(seen, (one for now, before, beneath in rows for one in (now, before, *beneath)))
    return tuple(
        TableRow(_own(seen, now, found), _own(seen, before, found),
                 {one.org: one for one in (_children(seen, beneath, found) if beneath else ())})
        for now, before, beneath in rows
    )  # fmt: skip


def newest_day(scope: Scope, keys: Iterable[str], org: OrgId) -> date | None:
    """The day of the newest record that counts in any of these figures as something that happened, at the unit or
    beneath it; what is planned for days after the scope's is left out. None where nothing is on record.
    """
    require(scope, Permission.SEE_FIGURES, org)
    engine, node = reach().engine, orgs.unit(scope, org)
    place = place_of(engine, orgs.tree(scope.day), node)
    found: date | None = None
    for one in _happened(tuple(question(key, scope.day, catalog()).measure for key in keys)):
        found = engine.newest(one, place, scope.day, after=found or date.min) or found
    return found


@lru_cache(maxsize=64)
def _happened(measures: tuple[Measure, ...]) -> tuple[RecordAggregate, ...]:
    """What is counted in these measures as something that happened, each once."""
    every = (one for measure in measures for one in record_aggregates(measure))
    return tuple(dict.fromkeys(one for one in every if measuring(one) is Measuring.FLOW))


def facts_behind(
    scope: Scope, key: str, org: OrgId, period: Period, page: int = 1, *, size: int = behind.SIZE,
    tree_day: date | None = None, as_known: int | None = None,
) -> BehindPage:  # fmt: skip
    """The very facts behind a figure, newest first; of an amount or a count they sum to it, part by part."""
    asked = question(key, period.start, catalog())
    seen = seen_from(scope, org, period, [asked], tree_day, as_known)
    sought = _sought(seen, asked, period)
    return behind.page_of(seen, sought, _own(seen, sought, answers(seen, [sought])), page, size)


def every_fact_behind(
    scope: Scope, key: str, org: OrgId, period: Period, *, tree_day: date | None = None, as_known: int | None = None
) -> Iterator[tuple[Source, ...]]:
    """All the facts behind a figure, each once and newest first, as they stood when asked; some at a time."""
    asked = question(key, period.start, catalog())
    seen = seen_from(scope, org, period, [asked], tree_day, as_known)
    sought = _sought(seen, asked, period)
    return behind.every_fact(seen, sought, _own(seen, sought, answers(seen, [sought])))


def _sought(seen: View, asked: Question, period: Period) -> Sought:
    return Sought(asked, period, len(seen.node.path), seen.moment(asked.measure, period))


def _own(seen: View, sought: Sought, found: Answers) -> Figure:
    return figure_from(seen, sought, found, seen.node.org, seen.node.path)


def _beneath(seen: View, asked: Question, period: Period) -> tuple[Sought, ...]:
    """The question by the units directly beneath; nothing where there are none."""
    if not seen.below:
        return ()
    width = len(seen.below[0].path)
    return (Sought(asked, period, width, seen.moment(asked.measure, period)),)


def _children(seen: View, beneath: tuple[Sought, ...], found: Answers) -> tuple[Figure, ...]:
    (sought,) = beneath
    units = sorted(seen.below, key=lambda node: (not node.alive, node.kind, node.name, node.path))
    told = [(node.alive, figure_from(seen, sought, found, node.org, node.path)) for node in units]
    direct = figure_from(seen, sought, found, seen.node.org, seen.node.path)
    kept = [one for alive, one in told if alive or one.facts] + ([direct] if direct.facts else [])
    return not_by_difference(kept)


def _monthly(seen: View, asked: Question, period: Period) -> list[Sought]:
    """The months of the period; of a short period the twelve months that end with it."""
    months = list(period.months())
    if len(months) < TREND_MONTHS // 2:
        first = shift_months(period.end.replace(day=1), 1 - TREND_MONTHS)
        months = list(Period(first, period.end).months())
    return [_sought(seen, asked, month) for month in months[-5 * TREND_MONTHS :]]
