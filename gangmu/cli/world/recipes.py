"""From a condition of the indicator language to what a fact must say for it to hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.expressions import nodes
from gangmu.catalog.expressions.nodes import Condition
from gangmu.kernel.canon import Json
from gangmu.kernel.problems import Problem, Refused

STEP = {"==": 0, ">=": 0, "<=": 0, ">": 1, "<": -1}  # the nearest whole value that passes


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a fact says (`body`), what the fact that opened its thing says, and what its unit must be."""

    body: Mapping[str, Json]
    opening: Mapping[str, Json]
    unit: Condition


def recipe(where: Condition) -> Recipe:
    """The recipe for which `where` holds. Raises Refused for what a recipe cannot say: either … or …, not ….

    But for a tag that facts must not carry: what is made carries no more tags than it is asked to.
    """
    body: dict[str, Json] = {}
    opening: dict[str, Json] = {}
    of_unit: list[Condition] = []
    for term in _terms(where):
        if isinstance(term, nodes.Tagged):
            into = body if term.of == "fact" else opening
            into["tags"] = [*_tags(into), str(term.tag)]
        elif term.name.of == "unit":
            of_unit.append(term)
        else:
            (opening if term.name.of == "opened" else body)[term.name.field] = _value(term)
    return Recipe(body, opening, nodes.Every(tuple(of_unit)))


def _terms(where: Condition) -> Iterator[nodes.Compare | nodes.Within | nodes.Holds | nodes.Tagged]:
    match where:
        case nodes.Every(terms):
            for term in terms:
                yield from _terms(term)
        case nodes.Not(nodes.Tagged()):
            return
        case nodes.Either() | nodes.Not():
            raise cannot("世界文件只能造“并且”的条件。", "A world can only make facts for conditions joined by and.")
        case _:
            yield where


def _value(term: nodes.Compare | nodes.Within | nodes.Holds) -> Json:
    match term:
        case nodes.Holds():
            return True
        case nodes.Within(_, values):
            return _plain(values[0])
        case nodes.Compare(_, op, value) if op in STEP:
            return _plain(value + STEP[op] if isinstance(value, Decimal) else value)
        case _:
            raise cannot("条件里的“不等于”造不出事实。", "No fact follows from a condition with !=.")


def _plain(value: nodes.Value) -> Json:
    if isinstance(value, str):
        return value
    return int(value) if value == value.to_integral_value() else str(value)


def _tags(body: Mapping[str, Json]) -> list[Json]:
    tags = body.get("tags", [])
    return list(tags) if isinstance(tags, list) else []


def joined(one: Mapping[str, Json], more: Mapping[str, Json]) -> dict[str, Json]:
    """Both bodies in one: the tags of both, of other fields the second's."""
    tags = list(dict.fromkeys([*map(str, _tags(one)), *map(str, _tags(more))]))
    return {**one, **more, **({"tags": [*tags]} if tags else {})}


def opening_kind(catalog: Catalog, kind: str) -> str | None:
    """The kind of fact that opens the thing which facts of `kind` move or close; None where they move nothing."""
    moves = catalog.facts[kind].moves
    if moves is None or moves.does == "opens":
        return None
    return next(one.key for one in catalog.facts.values()
                if one.moves and one.moves.does == "opens" and one.moves.thing == moves.thing)  # fmt: skip


def cannot(zh: str, en: str, where: str = "") -> Refused:
    """The refusal of a promise for which no facts can be made."""
    return Refused([Problem("world.cannot", zh, en, where)])
