"""Aggregates of the indicator language as Ibis expressions over the relations of `schema`.

Every aggregate becomes postings: an amount (or a thing to tell apart) at a unit, on a day, for a stock until a day.
A thing's stock posting ends when it is closed or opened again; a statement's when the next is made or it lapses. So
everything that adds up the tree is answered by one roll-up, at any unit, for any period, and the postings behind a
figure are its facts.
"""

from dataclasses import dataclass
from functools import reduce

import ibis
import ibis.expr.types as ir

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.bind import kinds, reads_openings
from gangmu.catalog.expressions.nodes import Condition, RecordAggregate
from gangmu.indicators import schema
from gangmu.indicators.schema import NUMBER, POSTING, Columns, bound
from gangmu.indicators.truth import COMPARE, number_of, truth

NEVER = ibis.date("9999-12-31")


@dataclass(frozen=True, slots=True)
class Lowered:
    """The compiled postings of an aggregate.

    `grows`: a new fact only adds postings ($after is the last number posted), so nothing is computed twice; reversed
    facts are left out by the roll-up. Otherwise the postings are computed anew when a fact of `kinds` arrives.
    `by_tree`: a condition asks about units, so the postings hold for one tree.
    """

    sql: str
    kinds: tuple[str, ...]
    grows: bool
    by_tree: bool


def lower(one: RecordAggregate, columns: Columns) -> Lowered:
    """Compile the postings of an aggregate; bound values: $leaf, $after or $known, and $tree if `by_tree`."""
    by_tree = any(not isinstance(t, nodes.Tagged) and t.name.of == "unit" for t in nodes.conditions(one.where))
    opened = reads_openings(one)
    grows = not by_tree and not opened and isinstance(one, nodes.Count | nodes.Sum | nodes.Distinct)
    opening = tuple(kind for kind in nodes.opening_kinds(kinds(one)[0]) if kind in columns) if opened else ()
    rows = _rows(one, columns, opening, grows=grows, by_tree=by_tree)
    return Lowered(schema.compiled(_posted(one, rows, columns)), (*kinds(one), *opening), grows, by_tree)


def _rows(one: RecordAggregate, columns: Columns, opening: tuple[str, ...], *, grows: bool, by_tree: bool) -> ir.Table:
    """The facts the aggregate reads, with the columns its condition asks for."""
    kind = kinds(one)[0]
    relation = schema.kind_relation(kind, columns)
    rows = relation.filter(relation.no > bound("after", "int64")) if grows else _live(relation)
    if reads_openings(one):
        rows = _with_opening(rows, opening, _opened_fields(one.where), columns)
    if by_tree:
        rows = _with_unit(rows)
    return rows.filter(truth(one.where, rows))


def _live(relation: ir.Table) -> ir.Table:
    """What counted at the moment $known: received by then and not reversed by then."""
    known = bound("known", "int64")
    gone = schema.reversals()
    return relation.filter(relation.received <= known).anti_join(gone.filter(gone.moment <= known), "no")


def _opened_fields(where: Condition) -> tuple[str, ...]:
    terms = (term for term in nodes.conditions(where) if not isinstance(term, nodes.Tagged))
    return tuple(dict.fromkeys(term.name.field for term in terms if term.name.of == "opened"))


def _with_opening(rows: ir.Table, opening: tuple[str, ...], fields: tuple[str, ...], columns: Columns) -> ir.Table:
    """Beside each fact the fields and tags of the first fact that opened its thing."""
    if not opening:
        return rows.mutate(o_tags=ibis.null("array<string>"))
    parts = []
    for kind in opening:
        live = _live(schema.kind_relation(kind, columns))
        stated = {f"o_{field}": live[f"f_{field}"] for field in fields if f"f_{field}" in live.columns}
        missing = {f"o_{field}": ibis.null("string") for field in fields if f"f_{field}" not in live.columns}
        parts.append(live.select(o_about=live.about, o_tags=live.tags, day=live.day, received=live.received,
                                 id=live.id, **stated, **missing))  # fmt: skip
    every = reduce(lambda a, b: a.union(b), parts)
    first = ibis.window(group_by=every.o_about, order_by=[every.day, every.received, every.id])
    ranked = every.filter(every.o_about.notnull()).mutate(rank=ibis.row_number().over(first))
    firsts = ranked.filter(ranked["rank"] == 0).drop("rank", "day", "received", "id")
    return rows.left_join(firsts, rows.about == firsts.o_about)


def _with_unit(rows: ir.Table) -> ir.Table:
    tree = schema.trees()
    here = tree.filter(tree.tree == bound("tree", "int32"))
    units = here.select(u_unit=here.unit, u_kind=here.kind, u_domain=here.domain, u_level=here.level)
    return rows.left_join(units, rows.unit == units.u_unit)


def _posted(one: RecordAggregate, rows: ir.Table, columns: Columns) -> ir.Table:
    match one:
        case nodes.Count():
            return _posting(rows, amount=ibis.literal(1))
        case nodes.Sum(_, field):
            amount = number_of(_field(rows, field))
            return _posting(rows.filter(amount.notnull()), amount=amount)
        case nodes.Distinct(_, field):
            thing = rows[field] if field in ("about", "org", "day") else _field(rows, field)
            return _posting(rows.filter(thing.notnull()), thing=thing)
        case nodes.Stock():
            return _standing(one, rows, columns)
        case nodes.Latest():
            return _stated(one, rows)


def _field(rows: ir.Table, field: str) -> ir.Value:
    return rows[f"f_{field}"] if f"f_{field}" in rows.columns else ibis.null("string")


def _posting(
    rows: ir.Table, *, amount: ir.Value | None = None, thing: ir.Value | None = None, until: ir.Value | None = None
) -> ir.Table:
    values = {
        **{name: rows[name] for name in ("no", "unit", "day", "late", "received")},
        "leaf": bound("leaf", "int32"),
        "until": ibis.null("date") if until is None else until,
        "amount": ibis.null(NUMBER) if amount is None else amount.cast(NUMBER),
        "thing": ibis.null("string") if thing is None else thing.cast("string"),
    }
    return rows.select(**{name: values[name] for name in POSTING})


def _standing(one: nodes.Stock, rows: ir.Table, columns: Columns) -> ir.Table:
    """Opening facts of things, each until its thing is closed or opened again."""
    things = rows.filter(rows.about.notnull())
    again = ibis.window(group_by=things.about, order_by=[things.day, things.received, things.id])
    things = things.mutate(again=things.day.lead().over(again))
    if one.closed is None:
        return _posting(things, amount=ibis.literal(1), until=things.again.fill_null(NEVER))
    closing = _live(schema.kind_relation(one.closed, columns))
    ends = closing.select(c_about=closing.about, c_day=closing.day)
    closed = things.join(ends, [things.about == ends.c_about, ends.c_day >= things.day])
    first = closed.group_by(closed.no).agg(closed_on=closed.c_day.min())
    both = things.left_join(first, "no")
    until = ibis.least(both.again.fill_null(NEVER), both.closed_on.fill_null(NEVER))
    return _posting(both, amount=ibis.literal(1), until=until)


def _stated(one: nodes.Latest, rows: ir.Table) -> ir.Table:
    """Statements, each until its thing's next one, or until it lapses."""
    amount = number_of(_field(rows, one.field))
    stated = rows.filter(amount.notnull()).mutate(whose=ibis.coalesce(rows.about, rows.org))
    again = ibis.window(group_by=stated.whose, order_by=[stated.day, stated.received, stated.id])
    until = stated.day.lead().over(again).fill_null(NEVER)
    if one.days is not None:
        until = ibis.least(until, (stated.day + ibis.interval(days=one.days)).cast("date"))
    return _posting(stated, amount=number_of(_field(stated, one.field)), until=until)


# The roll-up: from postings to what is asked, at the place [$low, $high) of the tree $tree.


def _here() -> ir.Table:
    tree = schema.trees()
    inside = (tree.path >= bound("low", "string")) & (tree.path < bound("high", "string"))
    return tree.filter((tree.tree == bound("tree", "int32")) & inside)


def _counted() -> ir.Table:
    """The postings that answer each window, those of reversed facts left out."""
    posted, ask, gone = schema.postings(), schema.asked(), schema.reversals()
    known = bound("known", "int64")
    live = posted.filter(posted.received <= known).anti_join(gone.filter(gone.moment <= known), "no")
    joined = live.join(ask, "leaf")
    return joined.filter((joined.day >= joined["first"]) & (joined.day <= joined["last"]))


def _stands(rows: ir.Table) -> ir.BooleanValue:
    return rows.until.isnull() | (rows.until > rows["last"])


def _measured(rows: ir.Table, keys: list[str]) -> ir.Table:
    """Sums by `keys`. Postings hold either an amount or a thing to tell apart, so one of the two addends is zero."""
    stands = _stands(rows)
    amount, things = rows.amount.sum(where=stands).fill_null(0), rows.thing.nunique(where=stands)
    return rows.group_by(keys).agg(
        seen=rows.count(),
        standing=rows.count(where=stands),
        amount=(amount + things).cast(NUMBER),
        late=rows.count(where=stands & rows.late),
    )


def roll_up() -> str:
    """The query that sums amounts and counts different things, by window and place."""
    rows = _counted().join(_here().select("unit", "path"), "unit")
    return schema.compiled(_measured(rows.mutate(place=rows.path.left(rows.width)), ["req", "place"]))


def behind() -> ir.Table:
    """The postings that a roll-up sums at its place, one row each."""
    rows = _counted().join(_here().select("unit"), "unit")
    return rows.filter(_stands(rows)).select("no", "req", "amount", "thing", "late")


# Counting units: a circle holds, for one condition and one tree, which units lie under (or are) a unit that meets it.


def circle(where: Condition) -> str:
    """The rows of the circle $circle: living units that meet the condition (`top`), and the units at and under each."""
    tree = schema.trees()
    grown = tree.filter(tree.tree == bound("tree", "int32"))
    living = grown.filter(grown.alive).rename(u_kind="kind", u_domain="domain", u_level="level")
    tops = living.filter(truth(where, living)).select("path").rename(top="path")
    deep = tops.select(deep=tops.top.length()).distinct()
    below = grown.select("unit", "path").cross_join(deep)
    below = below.filter(below.path.length() >= below.deep)
    found = below.mutate(top=below.path.left(below.deep)).semi_join(tops, "top")
    return schema.compiled(
        found.select(circle=bound("circle", "int32"), unit=found.unit, top=found.top, itself=found.path == found.top)
    )


def _circled() -> ir.Table:
    circles = schema.circles()
    inside = (circles.top >= bound("low", "string")) & (circles.top < bound("high", "string"))
    return circles.filter(inside)


def units() -> str:
    """The query that counts the units of circles, by window and place."""
    found = _circled()
    found = found.filter(found.itself).join(schema.asked(), "circle")
    placed = found.mutate(place=found.top.left(found.width))
    return schema.compiled(placed.group_by(["req", "place"]).agg(amount=placed.count().cast(NUMBER)))


def units_where() -> str:
    """The query that measures each unit of a circle over all beneath it and counts those that pass, by window.

    `stated`: only what still stands is a statement.
    """
    rows = _counted().join(_circled().select("circle", "unit", "top"), ["circle", "unit"])
    measured = _measured(rows, ["req", "width", "top", "op", "limit", "stated"])
    known = measured.filter(~measured.stated | (measured.standing > 0))
    passes = ibis.cases(
        *((known["op"] == op, compare(known.amount, known["limit"])) for op, compare in COMPARE.items())
    )
    placed = known.mutate(place=known.top.left(known.width), passes=passes)
    return schema.compiled(
        placed.group_by(["req", "place"]).agg(
            seen=placed.count(),
            standing=placed.standing.sum(),
            amount=placed.passes.sum().cast(NUMBER),
            late=placed.late.sum(),
        )
    )
