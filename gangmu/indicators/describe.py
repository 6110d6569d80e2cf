"""Aggregates in words, from the titles of the catalog: what a part of a figure counts."""

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import Text
from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import Aggregate, Condition
from gangmu.catalog.expressions.write import write_condition
from gangmu.indicators.values import Words

FORMS = {
    nodes.Count: ("“{0}”的件数", "number of “{0}”"),
    nodes.Sum: ("“{0}”的{1}合计", "sum of {1} over “{0}”"),
    nodes.Distinct: ("“{0}”里不同的{1}数", "different {1} in “{0}”"),
    nodes.Stock: ("末日仍在的“{0}”数", "“{0}” still standing on the last day"),
    nodes.Latest: ("“{0}”最近一次{1}合计", "sum of the latest {1} in “{0}”"),
}
MEANT = {"about": ("对象", "things"), "org": ("单位", "units"), "day": ("日子", "days")}


def words(one: Aggregate, catalog: Catalog) -> Words:
    """What the aggregate counts, with its condition; kinds and fields the catalog does not know keep their keys."""
    match one:
        case nodes.Units(where):
            return _with(Words("单位数", "number of units"), where, catalog)
        case nodes.UnitsWhere(where, measure, op, limit):
            inner = words(measure, catalog)
            counted = Words(f"{inner.zh} {op} {limit:f} 的单位数", f"units whose {inner.en} {op} {limit:f}")
            return _with(counted, where, catalog)
        case nodes.Stock(kind, _, where):
            return _with(_filled(one, kind, "", catalog), where, catalog)
        case nodes.Count(kind, where):
            return _with(_filled(one, kind, "", catalog), where, catalog)
        case _:
            return _with(_filled(one, one.kind, one.field, catalog), one.where, catalog)


def _filled(one: Aggregate, kind: str, field: str, catalog: Catalog) -> Words:
    zh, en = FORMS[type(one)]
    title, named = _kind(kind, catalog), _field(kind, field, catalog)
    return Words(zh.format(title.zh, named.zh), en.format(title.en, named.en))


def _kind(kind: str, catalog: Catalog) -> Words:
    found = catalog.facts.get(kind)
    return _text(found.title) if found else Words(kind, kind)


def _field(kind: str, field: str, catalog: Catalog) -> Words:
    if field in MEANT:
        return Words(*MEANT[field])
    definition = catalog.facts.get(kind)
    found = next((one for one in definition.fields if one.key == field), None) if definition else None
    return _text(found.title) if found else Words(field, field)


def _text(text: Text) -> Words:
    return Words(text.zh, text.en)


def _with(counted: Words, where: Condition, catalog: Catalog) -> Words:
    if where == nodes.ALWAYS:
        return counted
    tags = [term.tag for term in nodes.conditions(where) if isinstance(term, nodes.Tagged)]
    if all(isinstance(term, nodes.Tagged) for term in nodes.conditions(where)) and _joined_by_and(where):
        titles = [
            _text(catalog.tags[str(tag)].title) if tag in catalog.tags else Words(str(tag), str(tag)) for tag in tags
        ]
        return Words(f"{counted.zh}（{'、'.join(one.zh for one in titles)}）",
                     f"{counted.en} ({', '.join(one.en for one in titles)})")  # fmt: skip
    written = write_condition(where)
    return Words(f"{counted.zh}（{written}）", f"{counted.en} ({written})")


def _joined_by_and(where: Condition) -> bool:
    """Whether the condition is a plain tag, or several that must all be there."""
    terms = where.terms if isinstance(where, nodes.Every) else (where,)
    return all(isinstance(term, nodes.Tagged) for term in terms)
