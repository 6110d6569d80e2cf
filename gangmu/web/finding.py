"""Finding a question by words: an indicator by its title and other names, narrowed by the tags the words name."""

from collections.abc import Iterator, Sequence
from itertools import product

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import Indicator, Tag
from gangmu.indicators.questions import key_of

FOUND_AT_MOST = 12
LONGEST = 40


def found(words: str, definitions: Catalog) -> list[str]:
    """The questions that `words` (separated by blanks) name, those that need fewest tags first.

    Every word stands in the indicator's key, titles or other names, or in the title of a tag that the indicator offers;
    “活动 入户走访” finds activity.sessions[household_visit]. Words that name nothing find nothing.
    """
    asked = words[:LONGEST].casefold().split()
    keys = [key for one in definitions.indicators.values() for key in _of(one, asked, definitions)] if asked else []
    return sorted(dict.fromkeys(keys), key=lambda key: key.count("[") + key.count(","))[:FOUND_AT_MOST]


def _of(one: Indicator, asked: Sequence[str], definitions: Catalog) -> Iterator[str]:
    """The questions about one indicator: each word that does not name it must name a tag, one of each family."""
    names = [name.casefold() for name in (one.key, one.title.zh, one.title.en, *one.names)]
    missing = [word for word in asked if not any(word in name for name in names)]
    offered = [(family, tag) for family in one.selects for tag in definitions.families[family].tags]
    for chosen in product(*([pair for pair in offered if _named(word, pair[1])] for word in missing)):
        if len({family for family, _ in chosen}) == len({tag.key for _, tag in chosen}):
            yield key_of(one.key, tuple(dict.fromkeys(tag.key for _, tag in chosen)))


def _named(word: str, tag: Tag) -> bool:
    return word in tag.title.zh.casefold() or word in tag.title.en.casefold() or word == tag.key
