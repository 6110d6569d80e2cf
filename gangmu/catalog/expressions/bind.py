"""What an expression reads, and putting the asker's tags in the place of `tag(selected)`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import Aggregate, Condition, Measure, RecordAggregate

MEANT_BY_NAME = ("about", "org", "day")  # what `distinct` may count beside body fields


@dataclass(frozen=True, slots=True)
class Uses:
    """What an expression reads: kinds, (kind, field) and (kind, tag) pairs, and whether the asker chooses tags.

    `opened` pairs name the moved or closed kind whose thing's opening fact is read.
    """

    kinds: frozenset[str]
    fields: frozenset[tuple[str, str]]
    opened: frozenset[tuple[str, str]]
    tags: frozenset[tuple[str, str]]
    selectable: bool


def uses(measure: Measure) -> Uses:
    """Everything `measure` reads, for the checks of the catalog and for the mart's columns."""
    records = [*record_aggregates(measure)]
    plain = [
        (one.kind if not isinstance(one, nodes.Stock) else one.opened, term)
        for one in records
        for term in nodes.conditions(one.where)
    ]
    named = [(kind, term.name) for kind, term in plain if not isinstance(term, nodes.Tagged)]
    tagged = [(kind, term) for kind, term in plain if isinstance(term, nodes.Tagged)]
    measured = [(one.kind, one.field) for one in records if isinstance(one, nodes.Sum | nodes.Distinct | nodes.Latest)]
    return Uses(
        kinds=frozenset(kind for one in records for kind in kinds(one)),
        fields=frozenset(
            [
                *[(k, n.field) for k, n in named if n.of == "fact"],
                *[pair for pair in measured if pair[1] not in MEANT_BY_NAME],
            ]
        ),
        opened=frozenset((k, n.field) for k, n in named if n.of == "opened"),
        tags=frozenset((k, t.tag) for k, t in tagged if isinstance(t.tag, str)),
        selectable=any(t.tag is nodes.SELECTED for _, t in tagged),
    )


def kinds(one: RecordAggregate) -> tuple[str, ...]:
    """The kinds of fact an aggregate counts (the opening facts it looks up are not counted)."""
    if isinstance(one, nodes.Stock):
        return (one.opened, one.closed) if one.closed else (one.opened,)
    return (one.kind,)


def reads_openings(one: RecordAggregate) -> bool:
    """Whether a condition of the aggregate asks for the fact that opened the thing."""
    return any(
        term.of == "opened" if isinstance(term, nodes.Tagged) else term.name.of == "opened"
        for term in nodes.conditions(one.where)
    )


def record_aggregates(measure: Measure) -> Iterator[RecordAggregate]:
    """The aggregates that read facts, those inside `units_where` too."""
    for one in nodes.aggregates(measure):
        if isinstance(one, nodes.UnitsWhere):
            yield one.measure
        elif not isinstance(one, nodes.Units):
            yield one


def bind(measure: Measure, tags: tuple[str, ...]) -> Measure:
    """`measure` with `tag(selected)` meaning: carries each of `tags`. Without tags it asks for nothing."""
    match measure:
        case nodes.Ratio(a, b):
            return nodes.Ratio(bind(a, tags), bind(b, tags))
        case nodes.Per(a, b):
            return nodes.Per(bind(a, tags), bind(b, tags))
        case nodes.Total(a, op, b):
            return nodes.Total(bind(a, tags), op, bind(b, tags))
        case nodes.Change(a, base):
            return nodes.Change(bind(a, tags), base)
        case nodes.AllTime(a):
            return nodes.AllTime(bind(a, tags))
        case nodes.Number():
            return measure
        case _:
            return _bind_aggregate(measure, tags)


def _bind_aggregate(one: Aggregate, tags: tuple[str, ...]) -> Aggregate:
    if isinstance(one, nodes.UnitsWhere):
        return replace(one, measure=replace(one.measure, where=_bound(one.measure.where, tags)))
    return replace(one, where=_bound(one.where, tags))


def _bound(condition: Condition, tags: tuple[str, ...]) -> Condition:
    found = _bind_condition(condition, tags)
    return nodes.ALWAYS if found is None else found


def _bind_condition(condition: Condition, tags: tuple[str, ...]) -> Condition | None:
    """The condition with the tags put in; None where, without tags, nothing is left to ask."""
    match condition:
        case nodes.Tagged(nodes.SELECTED, of):
            return _joined(nodes.Every, tuple(nodes.Tagged(tag, of) for tag in tags))
        case nodes.Every(terms) if terms:
            return _joined(nodes.Every, _bind_all(terms, tags))
        case nodes.Either(terms):
            return _joined(nodes.Either, _bind_all(terms, tags))
        case nodes.Not(term):
            bound = _bind_condition(term, tags)
            return None if bound is None else nodes.Not(bound)
        case _:
            return condition


def _bind_all(terms: tuple[Condition, ...], tags: tuple[str, ...]) -> tuple[Condition, ...]:
    bound = (_bind_condition(term, tags) for term in terms)
    return tuple(term for term in bound if term is not None)


def _joined(join: type[nodes.Every] | type[nodes.Either], terms: tuple[Condition, ...]) -> Condition | None:
    if not terms:
        return None
    return terms[0] if len(terms) == 1 else join(terms)
