"""Conditions of the indicator language in words: what must hold of a record for a part of a figure to count it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import FactKind, Field, Text
from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import Comparison, Condition, Name
from gangmu.indicators.values import Words

LATE = Words("补录", "entered late")
UNIT_WORDS: Mapping[str, Words] = {
    "kind": Words("单位类别", "kind of unit"),
    "domain": Words("单位领域", "domain of the unit"),
    "level": Words("单位层级", "level of the unit"),
}
RELATIONS: Mapping[Comparison, Words] = {
    "==": Words("是", "is"),
    "!=": Words("不是", "is not"),
    ">": Words("多于", "above"),
    ">=": Words("不少于", "at least"),
    "<": Words("少于", "below"),
    "<=": Words("不多于", "at most"),
}


def told(where: Condition, kind: str, catalog: Catalog) -> Words:
    """The condition as words of a reader, for records of `kind`; what the catalog does not know keeps its key."""
    match where:
        case nodes.Every(terms):
            return joined([_inner(term, kind, catalog) for term in terms], "，并且", " and ")
        case nodes.Either(terms):
            return joined([_inner(term, kind, catalog) for term in terms], "，或者", " or ")
        case nodes.Not(term):
            inner = told(term, kind, catalog)
            return Words(f"不算{inner.zh}的", f"leaving out those with {inner.en}")
        case nodes.Tagged(tag, of):
            known = catalog.tags.get(str(tag))
            title = _text(known.title) if known else Words(str(tag), str(tag))
            opened = of == "opened"
            return Words(f"{'登记时' if opened else ''}标明“{title.zh}”",
                         f"marked “{title.en}”{' when opened' if opened else ''}")  # fmt: skip
        case nodes.Holds(name):
            return LATE if name.of == "envelope" else _named(name, kind, catalog)
        case nodes.Within(name, values) if chosen := _chosen(name, values, kind, catalog):
            listed = joined(chosen, "、", ", ")
            return Words(f"{_when(name)}{listed.zh}", f"{_named(name, kind, catalog).en}: {listed.en}")
        case nodes.Compare(name, "==", value) if chosen := _chosen(name, (value,), kind, catalog):
            return Words(f"{_when(name)}{chosen[0].zh}", f"{_named(name, kind, catalog).en} is {chosen[0].en}")
        case nodes.Within(name, values):
            listed = joined([_value(name, value, kind, catalog) for value in values], "、", ", ")
            return Words(
                f"{_named(name, kind, catalog).zh}是{listed.zh}", f"{_named(name, kind, catalog).en}: {listed.en}"
            )
        case nodes.Compare(name, op, value):
            subject, relation, named = _named(name, kind, catalog), RELATIONS[op], _value(name, value, kind, catalog)
            return Words(f"{subject.zh}{relation.zh}{named.zh}", f"{subject.en} {relation.en} {named.en}")


def _chosen(name: Name, values: Sequence[nodes.Value], kind: str, catalog: Catalog) -> list[Words]:
    """The titles of a record's own choices, which say by themselves what was chosen; empty for any other values."""
    if name.of == "unit":
        return []
    titles = [_title(name, str(value), kind, catalog) for value in values]
    return [Words(one.zh, f"“{one.en}”") for one in titles if one] if all(titles) else []


def _when(name: Name) -> str:
    return "登记时" if name.of == "opened" else ""


def _inner(term: Condition, kind: str, catalog: Catalog) -> Words:
    """A condition inside another: alternatives within a list of demands are bracketed."""
    words = told(term, kind, catalog)
    return Words(f"（{words.zh}）", f"({words.en})") if isinstance(term, nodes.Either | nodes.Every) else words


def joined(words: Sequence[Words], zh: str, en: str) -> Words:
    """Several as one, with the word that stands between them in each language."""
    return Words(zh.join(one.zh for one in words), en.join(one.en for one in words))


def _named(name: Name, kind: str, catalog: Catalog) -> Words:
    """What a field is called."""
    if name.of == "unit":
        return UNIT_WORDS.get(name.field, Words(name.field, name.field))
    found = _field(name, kind, catalog)
    title = _text(found.title) if found else Words(name.field, name.field)
    return Words(f"登记时{title.zh}", f"{title.en} when opened") if name.of == "opened" else title


def _field(name: Name, kind: str, catalog: Catalog) -> Field | None:
    """The definition of a field: of the kind itself, or of the kind that opened its thing."""
    kinds = nodes.opening_kinds(kind) if name.of == "opened" else (kind,)
    return next((found for one in kinds if (found := field_of(catalog.facts.get(one), name.field))), None)


def field_of(kind: FactKind | None, key: str) -> Field | None:
    """The field of a kind by its key."""
    return next((one for one in kind.fields if one.key == key), None) if kind else None


def _value(name: Name, value: nodes.Value, kind: str, catalog: Catalog) -> Words:
    """A written value by its title: of a choice, of a kind of unit, of a tag."""
    if isinstance(value, Decimal):
        return Words(f"{value:f}", f"{value:f}")
    title = _title(name, value, kind, catalog)
    return Words(f"“{title.zh}”", f"“{title.en}”") if title else Words(f"“{value}”", f"“{value}”")


def _title(name: Name, value: str, kind: str, catalog: Catalog) -> Text | None:
    if name.of == "unit":
        known = catalog.organisation_kinds if name.field == "kind" else catalog.tags
        return known[value].title if value in known else None
    found = _field(name, kind, catalog)
    if found is None:
        return None
    values = catalog.choices(found.values_from) if found.values_from else found.values
    return next((one.title for one in values if one.key == value), None)


def _text(text: Text) -> Words:
    return Words(text.zh, text.en)
