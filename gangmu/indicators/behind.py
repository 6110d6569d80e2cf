"""The very facts behind a figure: the postings that were summed, each with its fact."""

from functools import cache

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.combine import Window, questions
from gangmu.indicators import lower, schema
from gangmu.indicators.engine import UNCOUNTED, WINDOWS, asked_columns
from gangmu.indicators.figures import Sought, answers, figure
from gangmu.indicators.values import Behind, BehindPage
from gangmu.indicators.view import View, known_at
from gangmu.kernel.ids import FactId, OrgId

SIZE = 50


def page_of(view: View, sought: Sought, page: int, size: int) -> BehindPage:
    """One page of the facts behind what is sought; none of a figure that is withheld."""
    whole = figure(view, sought, answers(view, [sought]), view.node.org, view.node.path)
    total = 0 if whole.withheld else whole.facts
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    rows = _rows(view, sought, size, (page - 1) * size) if total else ()
    return BehindPage(rows, total, page, pages)


def _rows(view: View, sought: Sought, limit: int, offset: int) -> tuple[Behind, ...]:
    known = known_at(sought.closing)
    asked = [
        (part, one.measure if isinstance(one, nodes.UnitsWhere) else one, days)
        for part, (one, days) in enumerate(questions(sought.question.measure, Window(sought.period)))
        if not isinstance(one, nodes.Units)
    ]
    rows = [(view.reach.engine.posted(one, view.place.tree, known), days.first, days.last, 0, *UNCOUNTED)
            for _, one, days in asked]  # fmt: skip
    values = {**asked_columns(rows), **view.place._asdict(), "known": known, "most": limit, "skip": offset}
    values["req"] = [part for part, _, _ in asked]
    found = view.reach.engine.store.rows(_query(), values)
    return tuple(
        Behind(FactId(fact), kind, OrgId(org), about, day, late, part, amount, thing)
        for fact, kind, org, about, day, late, part, amount, thing in found
    )


@cache
def _query() -> str:
    standing = schema.compiled(lower.behind())
    listed = "fact.id, fact.kind, fact.org, fact.about, fact.day, late, req, amount, thing"
    order = "ORDER BY fact.day DESC, no DESC, req LIMIT $most OFFSET $skip"
    return f"{WINDOWS}SELECT {listed} FROM ({standing}) JOIN fact USING (no) {order}"  # noqa: S608 - our own words
