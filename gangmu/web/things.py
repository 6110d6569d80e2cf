"""The things that a record may be about: opened inside the scope and not closed, each in a few words."""

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import FactKind
from gangmu.kernel.ids import OrgId
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs import queries as orgs
from gangmu.pages.entry import Choices
from gangmu.web import shown
from gangmu.web.words import lexicon

OFFERED = 50


def thing_of(kind: FactKind) -> str:
    """What a fact of `kind` is about; empty where it is about nothing."""
    return (kind.moves.thing if kind.moves else kind.about) or ""


def opener_of(thing: str) -> FactKind | None:
    """The kind of fact that opens such a thing; None where none does."""
    return next((catalog().facts[key] for key in sorted(_moving("opens", thing))), None)


def open_things(scope: Scope, thing: str, chosen: str = "") -> Choices:
    """The open things of that name inside the scope, latest first.

    `chosen` is offered though it be closed: what a record said is not lost when the record is mended.
    """
    inside, openers = _inside(scope), _moving("opens", thing)
    opened = ledger.facts(ledger.FactFilter(orgs=inside, kinds=openers, with_reversed=False), limit=OFFERED)
    closings = ledger.history([fact.about for fact in opened if fact.about], _moving("closes", thing))
    closed = {fact.about for fact in closings if not fact.reversed_by} - {chosen}
    told = [fact for fact in opened if fact.about and fact.about not in closed]
    if chosen and chosen not in {fact.about for fact in told}:
        told += _opened(chosen, openers, inside)
    words = lexicon(scope.day)
    return tuple((fact.about, _called(fact, words)) for fact in told if fact.about)


def named(scope: Scope, thing: str, about: str) -> tuple[str, str] | None:
    """The words that this very thing is known by and the fact that opened it; None outside the scope."""
    opened = _opened(about, _moving("opens", thing), _inside(scope))
    return (_called(opened[0], lexicon(scope.day)), str(opened[0].id)) if opened else None


def _opened(about: str, openers: frozenset[str], inside: frozenset[OrgId]) -> list[Fact]:
    """The fact that opened this very thing, where it lies inside the scope."""
    return [fact for fact in ledger.history([about], openers) if fact.org in inside][:1]


def _inside(scope: Scope) -> frozenset[OrgId]:
    tree = orgs.tree(scope.day)
    return frozenset(node.org for top in orgs.tops(scope) for node in tree.subtree(top.path))


def _moving(does: str, thing: str) -> frozenset[str]:
    """The kinds that open, move or close a thing."""
    every = catalog().facts.values()
    return frozenset(kind.key for kind in every if kind.moves and (kind.moves.does, kind.moves.thing) == (does, thing))


def _called(fact: Fact, words: shown.Lexicon) -> str:
    row = shown.fact_row(fact, words)
    return " · ".join(filter(None, [row.unit, row.said or row.title, row.day.isoformat()]))
