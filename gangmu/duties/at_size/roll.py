"""All who may owe, as columns: units, holders of posts or members, in the order of their units in the tree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from gangmu.catalog.duties.definitions import BearerKind, Body, DutyRow, Exemption
from gangmu.catalog.duties.obligations import Bearer
from gangmu.indicators.postings import Column, days
from gangmu.kernel.periods import Period

# The words of a bearer that selectors and exemptions ask for.
WORDS = ("form", "unit_kind", "domain", "post", "category", "stage")
ASKED_FOR = (("forms", "form"), ("kinds", "unit_kind"), ("domains", "domain"), ("posts", "post"),
             ("categories", "category"), ("stages", "stage"))  # fmt: skip


class Coded(NamedTuple):
    """A column of words as codes, and the code of each word."""

    codes: Column
    of: Mapping[str, int]

    def among(self, words: Sequence[str]) -> Column:
        """Where the word is one of `words`."""
        wanted = np.zeros(len(self.of) + 1, bool)
        wanted[[self.of[word] for word in words if word in self.of]] = True
        return np.asarray(wanted[self.codes])


def coded(words: Iterable[str], known: dict[str, int] | None = None) -> Coded:
    """Words as codes, numbered in the order they come, beyond those of `known`, which grows."""
    of = {} if known is None else known
    codes = np.array([of.setdefault(word, len(of)) for word in words], np.int32)
    return Coded(codes, of)


@dataclass(frozen=True, slots=True)
class Roll:
    """Bearers of one kind as columns of one length, ascending by `rank`, the place of their unit in the tree.

    `since` and `until` count days as the postings do. `ids`, `posts` and `persons` are opaque; `who` tells the
    persons apart, in all rolls made together; `asked` says for each duty which bearers asked to be exempt.
    """

    kind: BearerKind
    rank: Column
    ids: tuple[str, ...]
    since: Column
    until: Column
    words: Mapping[str, Coded]
    committee: Column
    groups: Column
    posts: tuple[str, ...]
    persons: tuple[str, ...]
    who: Column
    asked: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.rank)

    def owing(self, row: DutyRow) -> Column:
        """Where the row's selector takes the bearer."""
        if row.owed_by.bearer != self.kind:
            return np.zeros(len(self), bool)
        found = self._has(row.owed_by.needs)
        for name, word in ASKED_FOR:
            if wanted := getattr(row.owed_by, name):
                found &= self.words[word].among(wanted)
        return found

    def _has(self, bodies: Iterable[Body]) -> Column:
        found = np.ones(len(self), bool)
        for body in bodies:
            found &= self.committee if body == "committee" else self.groups > 0
        return found

    def stood(self, period: Period) -> Column:
        """Who stood on some day of the period."""
        return np.asarray((self.since <= days(period.end)) & (self.until > days(period.start)))

    def whole_months(self, period: Period) -> Column:
        """Through how many whole months of the period each stood."""
        spans = [(days(month.start), days(month.end)) for month in period.months()]
        found = np.zeros(len(self), np.int64)
        for start, end in spans:
            found += (self.since <= start) & (self.until > end)
        return found

    def exempt(self, key: str, exemptions: Iterable[Exemption], period: Period) -> Column:
        """Who is exempt from a duty for the period, by any of the exemptions."""
        found = np.zeros(len(self), bool)
        for one in exemptions:
            found |= self._exempt(key, one, period)
        return found

    def _exempt(self, key: str, one: Exemption, period: Period) -> Column:
        if one.months and any(month.start.month not in one.months for month in period.months()):
            return np.zeros(len(self), bool)
        found = ~self._has([one.without]) if one.without else np.ones(len(self), bool)
        for name, word in ASKED_FOR:
            if wanted := getattr(one, name, ()):
                found &= self.words[word].among(wanted)
        if one.new_in_period:
            found &= self.since > days(period.start)
        if one.on_request:
            found &= self.asked.get(key, np.zeros(len(self), bool))
        return found


class Entered(NamedTuple):
    """One bearer before it stands in a roll."""

    rank: int
    id: str
    form: str
    unit_kind: str
    domain: str
    since: date
    until: date
    committee: bool
    groups: int = 0
    post: str = ""
    post_id: str = ""
    person: str = ""
    category: str = ""
    stage: str = ""


def roll_of(
    kind: BearerKind, bearers: Iterable[Entered], asked: Mapping[str, Iterable[str]], who: dict[str, int]
) -> Roll:
    """Bearers of one kind as columns. `asked`: by duty the ids of those who asked to be exempt; `who`: persons' codes,
    to which those here are added."""
    rows = sorted(bearers, key=lambda one: (one.rank, one.id))
    columns = dict(zip(Entered._fields, zip(*rows, strict=True) if rows else [()] * len(Entered._fields), strict=True))
    ids = tuple(columns["id"])
    return Roll(
        kind, np.array(columns["rank"], np.int64), ids, _days(columns["since"]), _days(columns["until"]),
        {word: coded(columns[word]) for word in WORDS}, np.array(columns["committee"], bool),
        np.array(columns["groups"], np.int64), tuple(columns["post_id"]), tuple(columns["person"]),
        coded(columns["person"], who).codes,
        {duty: _marked(ids, chosen) for duty, chosen in asked.items()},
    )  # fmt: skip


def _days(column: Iterable[date]) -> Column:
    return np.array([days(day) for day in column], np.int64)


def _marked(ids: Sequence[str], chosen: Iterable[str]) -> Column:
    wanted = frozenset(chosen)
    return np.array([one in wanted for one in ids], bool)


def entered(bearer: Bearer, rank: int) -> Entered:
    """A bearer of the plain rules, to stand in a roll."""
    unit = bearer.unit
    return Entered(
        rank, bearer.id, bearer.form, unit.kind, unit.domain, bearer.since, bearer.until, "committee" in bearer.has,
        bearer.groups, bearer.post, bearer.post_id, bearer.person, bearer.category, bearer.stage,
    )  # fmt: skip
