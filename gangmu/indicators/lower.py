"""Aggregates of the indicator language as Ibis expressions over the relations of `schema`.

Every aggregate becomes postings: an amount (or a thing to tell apart) at a unit, on a day, for a stock until a day.
A thing's stock posting ends when it is closed or opened again; a statement's when it lapses or the next is made. So
everything that adds up the tree is answered by one roll-up (gangmu.indicators.rollup), at any unit, for any period,
and the postings behind a figure are its facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from typing import Literal, NamedTuple

import ibis
import ibis.expr.types as ir

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.bind import kinds, reads_openings
from gangmu.catalog.expressions.nodes import Condition, RecordAggregate, Tagged
from gangmu.indicators import schema
from gangmu.indicators.schema import NUMBER, POSTING, Columns, ColumnType, bound
from gangmu.indicators.truth import number_of, truth

ALONE = nodes.Count | nodes.Sum | nodes.Distinct  # each record is a posting by itself, whichever others there are


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


class Marked(NamedTuple):
    """An aggregate whose postings carry the tags of the fact or of its opening, and the tags they must have."""

    one: RecordAggregate
    of: Literal["fact", "opened"]
    tags: frozenset[str]


@lru_cache(maxsize=8192)
def marked(one: RecordAggregate) -> Marked:
    """The aggregate without the tags that every record must have.

    So questions that differ in tags share one query, and what they choose is looked up; which of the chosen records
    ends which is found afterwards (Postings).
    """
    terms = one.where.terms if isinstance(one.where, nodes.Every) else (one.where,)
    tags = [term for term in terms if isinstance(term, Tagged)]
    if not tags or len({term.of for term in tags}) > 1:
        return Marked(one, "fact", frozenset())
    rest = tuple(term for term in terms if not isinstance(term, Tagged))
    where = rest[0] if len(rest) == 1 else nodes.Every(rest)  # as it is written where no tag is asked for
    return Marked(replace(one, where=where), tags[0].of, frozenset(str(term.tag) for term in tags))


def lower(one: RecordAggregate, columns: Columns, of: Literal["fact", "opened"] = "fact") -> Lowered:
    """The compiled postings of an aggregate, marked with the tags of the fact or of its thing's opening.

    Bound values: $after or $known, $tree if `by_tree`, and those of `tags_apart`. To compile is dear: engines of one
    process that have the same columns share what was compiled.
    """
    return _lowered(one, tuple((kind, tuple(fields.items())) for kind, fields in columns.items()), of)


@lru_cache(maxsize=8192)
def _lowered(
    one: RecordAggregate, typed: tuple[tuple[str, tuple[tuple[str, ColumnType], ...]], ...], of: str
) -> Lowered:
    columns = {kind: dict(fields) for kind, fields in typed}
    by_tree = asks_for_units(one)
    opened = reads_openings(one) or of == "opened"
    grows = not opened and isinstance(one, ALONE)
    opening = tuple(kind for kind in nodes.opening_kinds(kinds(one)[0]) if kind in columns) if opened else ()
    rows = _rows(one, columns, opening, opened=opened, grows=grows, by_tree=by_tree)
    marks = rows.o_tags if of == "opened" else rows.tags
    posted = _posted(one, rows.mutate(marks=marks), columns)
    return Lowered(schema.compiled(posted), (*kinds(one), *opening), grows, by_tree)


def asks_for_units(one: RecordAggregate) -> bool:
    """Whether a condition asks about the unit of a record, so that its postings hold for one tree."""
    return any(not isinstance(t, nodes.Tagged) and t.name.of == "unit" for t in nodes.conditions(one.where))


@lru_cache(maxsize=8192)
def tags_apart(one: RecordAggregate) -> tuple[RecordAggregate, dict[str, str]]:
    """The aggregate with its tags as bound values, and the values: to compile is dear, to run is cheap."""
    found = dict.fromkeys(str(term.tag) for term in nodes.conditions(one.where) if isinstance(term, Tagged))
    names = {tag: f"tag{number}" for number, tag in enumerate(found)}
    return replace(one, where=_renamed(one.where, names)), {name: tag for tag, name in names.items()}


def _renamed(where: Condition, names: Mapping[str, str]) -> Condition:
    match where:
        case nodes.Every(terms) | nodes.Either(terms):
            return type(where)(tuple(_renamed(term, names) for term in terms))
        case nodes.Not(term):
            return nodes.Not(_renamed(term, names))
        case nodes.Tagged(tag, of):
            return nodes.Tagged(schema.placeholder(names[str(tag)]), of)
        case _:
            return where


def _rows(
    one: RecordAggregate, columns: Columns, opening: tuple[str, ...], *, opened: bool, grows: bool, by_tree: bool
) -> ir.Table:
    """The facts the aggregate reads, with the columns its condition asks for."""
    kind = kinds(one)[0]
    relation = schema.kind_relation(kind, columns)
    rows = relation.filter(relation.no > bound("after", "int64")) if grows else _live(relation)
    if opened:
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
    rows: ir.Table,
    *,
    amount: ir.Value | None = None,
    thing: ir.Value | None = None,
    whose: ir.Value | None = None,
    until: ir.Value | None = None,
) -> ir.Table:
    """`whose`: what the postings are about that end each other; they are handed over in that order."""
    if whose is not None:
        rows = rows.order_by([whose, rows.day, rows.received, rows.id])
    values = {
        **{name: rows[name] for name in ("no", "unit", "day", "late", "received", "marks")},
        "until": ibis.null("date") if until is None else until,
        "amount": ibis.null(NUMBER) if amount is None else amount.cast(NUMBER),
        "thing": ibis.null("string") if thing is None else thing.cast("string"),
        "whose": ibis.null("string") if whose is None else whose.cast("string"),
    }
    return rows.select(**{name: values[name] for name in POSTING})


def _standing(one: nodes.Stock, rows: ir.Table, columns: Columns) -> ir.Table:
    """Opening facts of things, each until its thing is closed (or opened again: see Postings)."""
    things = rows.filter(rows.about.notnull())
    if one.closed is None:
        return _posting(things, amount=ibis.literal(1), whose=things.about)
    closing = _live(schema.kind_relation(one.closed, columns))
    ends = closing.select(c_about=closing.about, c_day=closing.day)
    closed = things.join(ends, [things.about == ends.c_about, ends.c_day >= things.day])
    first = closed.group_by(closed.no).agg(closed_on=closed.c_day.min())
    both = things.left_join(first, "no")
    return _posting(both, amount=ibis.literal(1), whose=both.about, until=both.closed_on)


def _stated(one: nodes.Latest, rows: ir.Table) -> ir.Table:
    """Statements, each until it lapses (or until its thing's next one: see Postings)."""
    amount = number_of(_field(rows, one.field))
    stated = rows.filter(amount.notnull()).mutate(said_of=ibis.coalesce(rows.about, rows.org))
    until = None if one.days is None else (stated.day + ibis.interval(days=one.days)).cast("date")
    return _posting(stated, amount=number_of(_field(stated, one.field)), whose=stated.said_of, until=until)


@lru_cache(maxsize=8192)
def tops(where: Condition) -> str:
    """The query for the paths of the living units of the tree $tree that meet a condition, in path order."""
    tree = schema.trees()
    living = tree.filter((tree.tree == bound("tree", "int32")) & tree.alive)
    named = living.rename(u_kind="kind", u_domain="domain", u_level="level")
    return schema.compiled(named.filter(truth(where, named)).select("path").order_by("path"))
