"""Aggregates in words, from the titles of the catalog: what a part of a figure counts, as a reader would say it."""

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import Aggregate, Condition
from gangmu.indicators.conditions import RELATIONS, field_of, told
from gangmu.indicators.values import Words

# {0} the kind of record, {1} the field, {2} what must hold (empty where everything counts)
FORMS = {
    nodes.Count: ("“{0}”的条数{2}", "records of “{0}”{2}"),
    nodes.Sum: ("“{0}”的{1}合计{2}", "sum of {1} over “{0}”{2}"),
    nodes.Distinct: ("“{0}”里有多少个不同的{1}{2}", "different {1} in “{0}”{2}"),
    nodes.Stock: ("“{0}”到最后一天还在的个数{2}", "“{0}”{2}, still standing on the last day"),
    nodes.Latest: ("“{0}”最近一次记的{1}合计{2}", "sum of {1} as last recorded in “{0}”{2}"),
}
MEANT = {"about": ("对象", "things"), "org": ("单位", "units"), "day": ("日子", "days")}


def words(one: Aggregate, catalog: Catalog) -> Words:
    """What the aggregate counts, with its condition; kinds and fields the catalog does not know keep their keys."""
    match one:
        case nodes.Units(where):
            zh, en = _condition(where, "", catalog)
            return Words(f"单位数{zh}", f"number of units{en}")
        case nodes.UnitsWhere(where, measure, op, limit):
            inner, relation, (zh, en) = words(measure, catalog), RELATIONS[op], _condition(where, "", catalog)
            return Words(f"{inner.zh}{relation.zh}{limit:f}的单位数{zh}",
                         f"number of units{en} with {inner.en} {relation.en} {limit:f}")  # fmt: skip
        case nodes.Stock(kind, _, where):
            return _filled(one, kind, "", where, catalog)
        case nodes.Count(kind, where):
            return _filled(one, kind, "", where, catalog)
        case _:
            return _filled(one, one.kind, one.field, one.where, catalog)


def _filled(one: Aggregate, kind: str, field: str, where: Condition, catalog: Catalog) -> Words:
    zh, en = FORMS[type(one)]
    title, named, (zh_where, en_where) = (
        _kind(kind, catalog),
        _field(kind, field, catalog),
        _condition(where, kind, catalog),
    )
    return Words(zh.format(title.zh, named.zh, zh_where), en.format(title.en, named.en, en_where))


def _condition(where: Condition, kind: str, catalog: Catalog) -> tuple[str, str]:
    if where == nodes.ALWAYS:
        return "", ""
    condition = told(where, kind, catalog)
    return f"（{condition.zh}）", f" where {condition.en}"


def _kind(kind: str, catalog: Catalog) -> Words:
    found = catalog.facts.get(kind)
    return Words(found.title.zh, found.title.en) if found else Words(kind, kind)


def _field(kind: str, field: str, catalog: Catalog) -> Words:
    if field in MEANT:
        return Words(*MEANT[field])
    found = field_of(catalog.facts.get(kind), field)
    return Words(found.title.zh, found.title.en) if found else Words(field, field)
