"""Which indicator, whose and over which days: every claim of a document bound to a question the record can answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from gangmu.catalog.current import catalog
from gangmu.documents.rules import caution, owners
from gangmu.documents.rules.contexts import Context, contexts
from gangmu.documents.rules.growth import Growth, growth
from gangmu.documents.rules.proposals import Proposal, proposals
from gangmu.documents.rules.times import own_period
from gangmu.documents.rules.vocabulary import Vocabulary, vocabulary
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.orgs import queries as orgs
from gangmu.reading.values import Claim, Reading

Choices = Mapping[str, tuple[str, tuple[str, ...]]]  # digest of the phrase → indicator and tags
CERTAIN = float("inf")  # a person said so
ASKED_KINDS = frozenset({"count", "amount", "ratio", "change"})


@dataclass(frozen=True, slots=True)
class Bound:
    """A claim, the questions it may mean (best first), whose figure it is and over which days.

    `org` None: the text names nobody and nobody was chosen. `remembered`: the first was chosen by a person before.
    `doubtful`: its words say that it is no whole (rules.caution), so that nothing is held against it unasked.
    """

    context: Context
    proposals: tuple[Proposal, ...]
    org: OrgId | None
    period: Period
    remembered: bool = False
    doubtful: bool = False

    @property
    def claim(self) -> Claim:
        return self.context.claim

    @property
    def change(self) -> Growth | None:
        """The change it states, where its first question is about a figure that changes."""
        first = self.first
        is_change = first is not None and catalog().indicators[first.indicator].kind != "change"
        return growth(self.context) if is_change else None

    @property
    def first(self) -> Proposal | None:
        """The question it is held against; None when nobody is named or the best is only a guess."""
        best = self.proposals[0] if self.proposals and self.org else None
        return best if best and best.is_enough and not self.doubtful else None


@lru_cache(maxsize=1)
def words() -> Vocabulary:
    """The vocabulary of the catalog in force, made once in a process, as the catalog is."""
    return vocabulary(catalog())


def bound(
    reading: Reading,
    scope: Scope,
    org: OrgId | None,
    period: Period,
    choices: Choices,
) -> tuple[Bound, ...]:
    """Every claim that states a reported number, bound. `choices`: what persons chose before, by phrase."""
    names = unit_names(scope)
    found = tuple(
        _bound(context, names, org, period, choices)
        for context in contexts(reading)
        if context.claim.kind in ASKED_KINDS and not context.claim.placeholder
    )
    asked = ((number, one.context.sentence, (one.org, one.period, one.first.key))
             for number, one in enumerate(found) if one.first and one.context.sentence)  # fmt: skip
    parts = caution.parts(asked)
    return tuple(replace(one, doubtful=one.doubtful or number in parts) for number, one in enumerate(found))


def _bound(
    context: Context,
    names: Mapping[str, OrgId],
    org: OrgId | None,
    period: Period,
    choices: Choices,
) -> Bound:
    whose = owners.named_unit(context, names) or org
    when = own_period(context, period.end) or period
    found = proposals(context, catalog(), words())
    chosen = choices.get(digest(phrase(context)))
    if chosen is None or not _is_there(chosen):
        doubtful = bool(found) and caution.is_no_whole(context, catalog().indicators[found[0].indicator])
        return Bound(context, found, whose, when, doubtful=doubtful)
    first = Proposal(*chosen, score=CERTAIN, named=CERTAIN)
    rest = tuple(one for one in found if one.key != first.key)
    return Bound(context, (first, *rest), whose, when, remembered=True)


def _is_there(chosen: tuple[str, tuple[str, ...]]) -> bool:
    """Whether the catalog still has what a person chose: a pack may be gone, an indicator switched off."""
    indicator, tags = chosen
    return indicator in catalog().indicators and all(tag in catalog().tags for tag in tags)


def phrase(context: Context) -> str:
    """What a claim is called, by which a choice is remembered: its kind, verb, subject and measure."""
    claim = context.claim
    return "/".join((claim.kind, context.action, context.subject or context.item, claim.unit or ""))


def digest(called: str) -> str:
    """A phrase as facts carry it: nobody can read the words from it."""
    return sha256(called.encode()).hexdigest()


def unit_names(scope: Scope) -> Mapping[str, OrgId]:
    """The names of the living units in the scope, by which a text may call them."""
    return _unit_names(scope, orgs.epoch("graph"))


@lru_cache(maxsize=8)
def _unit_names(scope: Scope, _graph: str) -> Mapping[str, OrgId]:
    inside = {node.org: node for top in orgs.tops(scope) for node in orgs.tree(scope.day).subtree(top.path)}
    return owners.index(
        owners.Called(node.org, owners.names_of(node.name, node.short, node.aliases)) for node in inside.values()
    )
