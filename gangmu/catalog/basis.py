"""The documents on which rules rest, and how a definition cites them: by their titles in its source, or by their keys.

A source names a document as people write it, 《title》（year）第四条; what is written so is looked up in the register.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field as Entry

from gangmu.catalog.definitions import Definition, Key, Strict, Text

NAMED = re.compile(r"《(?P<title>[^》]+)》(?:（(?P<year>\d{4})）)?(?P<after>[^《；]*)")
STANDARD = re.compile(r"GB/T \d+(?:\.\d+)?-\d{4}")
ARTICLE = re.compile(r"第[一二三四五六七八九十百]+(?:章|条|部分)")


class Article(Strict):
    """One article or chapter that rules cite: its number as it is written, and what it is about."""

    number: str = Entry(pattern=rf"^{ARTICLE.pattern}$")
    about: Text


class BasisDocument(Definition):
    """A document on which rules rest: its number (文号), who issued it, when (as far as known) and the articles cited.

    `title.zh` is how sources name it. `why` says what it settles, `source` where its words were read or read about.
    """

    key: Key
    number: str = ""
    issuer: Text
    issued: str = Entry(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")
    articles: tuple[Article, ...] = ()

    @property
    def year(self) -> str:
        return self.issued[:4]


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited, and which of its articles; none where the whole is meant."""

    document: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resting:
    """A definition that rests on a document: what kind it is (the folder it lies in), its key and title."""

    room: str
    key: str
    title: Text
    articles: tuple[str, ...]
    unverified: bool
    local: bool


def cited(definition: Definition, register: Mapping[str, BasisDocument]) -> tuple[Citation, ...]:
    """Every document of the register that a definition names in its source or basis, or cites by key; each once."""
    found: dict[str, tuple[str, ...]] = {}
    for text in (definition.source, definition.basis or ""):
        for key, articles in _named(text, register):
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *articles)))
    for key, article in map(parted, definition.cites):
        if key in register:
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *([article] if article else []))))
    return tuple(Citation(key, articles) for key, articles in found.items())


def _named(text: str, register: Mapping[str, BasisDocument]) -> list[tuple[str, tuple[str, ...]]]:
    told: list[tuple[str, tuple[str, ...]]] = []
    bracketed = {found["title"]: tuple(ARTICLE.findall(found["after"])) for found in NAMED.finditer(text)}
    for key, document in register.items():
        title = document.title.zh
        if title in bracketed:
            told.append((key, bracketed[title]))
        elif (document.number and document.number in text) or (not bracketed and title in text):
            told.append((key, ()))
    return told


def parted(citation: str) -> tuple[str, str]:
    """A citation by key, `branch_work 第四条`, as key and article; the article is empty where the whole is meant."""
    key, _, article = citation.partition(" ")
    return key, article.strip()


def unregistered(source: str, register: Mapping[str, BasisDocument]) -> list[str]:
    """What a source names that the register does not hold: titles, years that differ, articles, standards."""
    by_title = {document.title.zh: document for document in register.values()}
    numbers = {document.number for document in register.values()}
    missing = [number for number in STANDARD.findall(source) if number not in numbers]
    for found in NAMED.finditer(source):
        document = by_title.get(found["title"])
        if document is None:
            missing.append(f"《{found['title']}》")
        else:
            missing += _astray(document, found)
    return missing


def _astray(document: BasisDocument, found: "re.Match[str]") -> list[str]:
    known = {article.number for article in document.articles}
    year = (
        [f"《{found['title']}》（{found['year']}）"]
        if document.issued and found["year"] not in (None, document.year)
        else []
    )
    return year + [f"《{found['title']}》{one}" for one in ARTICLE.findall(found["after"]) if one not in known]


def resting(
    rows: Sequence[tuple[str, str, Definition, bool]], register: Mapping[str, BasisDocument]
) -> dict[str, tuple[Resting, ...]]:
    """What rests on each document; `rows`: folder, key, definition and whether a local pack wrote it."""
    found: dict[str, list[Resting]] = {key: [] for key in register}
    for room, key, definition, local in rows:
        if isinstance(definition, BasisDocument):
            continue
        unverified = definition.source_status == "unverified"
        for one in cited(definition, register):
            found[one.document].append(Resting(room, key, definition.title, one.articles, unverified, local))
    return {key: tuple(sorted(some, key=lambda one: (one.room, one.key))) for key, some in found.items()}
