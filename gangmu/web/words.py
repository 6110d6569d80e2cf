"""The lexicon of a page: the catalog's words, the names of units on a day, the reader's language."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import FactKind, Field, Text
from gangmu.orgs import queries as orgs
from gangmu.pages.entry import Choices
from gangmu.pages.templatetags.gangmu import language
from gangmu.web.shown import Lexicon
from gangmu.web.usual import ACTIVITY, FORMS


def lexicon(on: date) -> Lexicon:
    """Everything needed to put facts into words on a page of the day `on`."""
    definitions = catalog()
    digest = definitions.digest
    return Lexicon(definitions.facts, unit_names(on), _titles(digest), _tags(digest), language(), _callers(digest))


def beneath(name: str, above: str) -> str:
    """The name of a unit on a page of the one above it: without that one's name, which the page bears already."""
    return name.removeprefix(above) or name


def unit_names(on: date) -> Mapping[str, str]:
    """The name of every unit on the day, by id. Names of units are public inside the organisation."""
    tree = orgs.tree(on)
    return _names(tree.token, tree.day)


@lru_cache(maxsize=8)
def _names(_token: str, day: date) -> Mapping[str, str]:
    return MappingProxyType({str(node.org): node.name for node in orgs.tree(day).nodes})


@lru_cache(maxsize=2)
def _titles(_digest: str) -> Mapping[str, Mapping[str, Mapping[str, Text]]]:
    definitions = catalog()
    return {
        kind.key: {one.key: dict(_values(definitions, one)) for one in kind.fields if one.type == "enum"}
        for kind in definitions.facts.values()
    }


@lru_cache(maxsize=2)
def _tags(_digest: str) -> Mapping[str, Text]:
    return {key: tag.title for key, tag in catalog().tags.items()}


@lru_cache(maxsize=2)
def _callers(_digest: str) -> Mapping[str, frozenset[str]]:
    return {ACTIVITY: frozenset(tag.key for tag in catalog().families[FORMS].tags)}


def choices(kind: FactKind) -> dict[str, Choices]:
    """The choices of each enum field of `kind`, in the order of the definition."""
    return {one.key: _values(catalog(), one) for one in kind.fields if one.type == "enum"}


def tag_choices(family: str) -> Choices:
    """The tags of a family."""
    return tuple((value.key, value.title) for value in catalog().choices(family))


def _values(definitions: Catalog, one: Field) -> tuple[tuple[str, Text], ...]:
    values = definitions.choices(one.values_from) if one.values_from else one.values
    return tuple((value.key, value.title) for value in values)
