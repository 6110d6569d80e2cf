"""What is known at a moment: the deeds that discharge or begin something, less what had been taken back by then."""

from collections.abc import Iterable, Iterator
from datetime import date

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import OLD_BOOKS
from gangmu.catalog.duties.obligations import Bearer, Deed, owes
from gangmu.catalog.duties.terms import Terms
from gangmu.catalog.expressions.evaluate import Row
from gangmu.duties.asked import Known
from gangmu.duties.beneath import found_beneath
from gangmu.duties.footing import Footing
from gangmu.duties.granted import KINDS, Granted, granted
from gangmu.indicators.past import never_reached
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Refused
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.ledger.queries import FactFilter

__all__ = ["Known", "deeds_of", "granted_at", "kinds_read"]
FEW = 600  # units beneath, whose deeds are read one by one where such count; of more, those that count are looked up


def deeds_of(
    definitions: Catalog, at: Footing, bearers: Iterable[Bearer], span: Period, known: Known
) -> tuple[Deed, ...]:
    """The facts that may discharge or begin something for these bearers of a unit.

    Those recorded at the unit, those about the persons, those recorded for the posts; of the units beneath only where
    a duty of one of the bearers counts them, so that the cost follows what they owe and not how many lie beneath.
    """
    those, kinds, days = tuple(bearers), kinds_read(definitions), _days(span, known.on)
    facts = {fact.id: fact for fact in _own(at, those, kinds, days)}
    facts.update((fact.id, fact) for fact in _beneath(definitions, at, those, days, known))
    return tuple(_deed(fact, definitions) for fact in _counting(facts, known))


def _own(at: Footing, bearers: tuple[Bearer, ...], kinds: frozenset[str], days: Period) -> Iterator[Fact]:
    yield from ledger.every_fact(FactFilter(orgs=frozenset({at.node.org}), kinds=kinds, period=days))
    if persons := {bearer.person for bearer in bearers if bearer.person}:
        yield from ledger.history(persons, kinds)
    if posts := frozenset(bearer.post_id for bearer in bearers if bearer.post_id):
        found = ledger.every_fact(FactFilter(posts=posts, kinds=kinds, period=days))
        yield from (fact for fact in found if fact.org in at.tree)


def _beneath(
    definitions: Catalog, at: Footing, bearers: tuple[Bearer, ...], days: Period, known: Known
) -> Iterable[Fact]:
    """What was done beneath, as far as a duty of a bearer counts it."""
    counted = tuple(dict.fromkeys(terms for terms in _rows(definitions) if _counts_beneath(terms, bearers)))
    if not counted:
        return ()
    beneath = at.beneath()
    if known.size is None and len(beneath) > FEW:
        return ledger.facts_by_id(found_beneath(counted, at, days))
    kinds = frozenset(terms.tally.kind for terms in counted)
    return ledger.every_fact(FactFilter(orgs=frozenset(one.org for one in beneath), kinds=kinds, period=days))


def _rows(definitions: Catalog) -> Iterator[Terms]:
    return (terms for duty in definitions.duties.values() for terms in duty.terms)


def _counts_beneath(terms: Terms, bearers: Iterable[Bearer]) -> bool:
    return "beneath" in terms.row.discharge.credit and any(owes(terms.row, bearer) for bearer in bearers)


def granted_at(orgs: frozenset[OrgId], known: Known) -> Granted:
    """What was waived and granted at these units, by what is known."""
    here = ledger.every_fact(FactFilter(orgs=orgs, kinds=KINDS))
    return granted(_counting({fact.id: fact for fact in here}, known), known.on)


def kinds_read(definitions: Catalog) -> frozenset[str]:
    """The kinds of fact that discharge a duty or begin one."""
    return frozenset(
        kind for terms in _rows(definitions) for kind in (terms.tally.kind, *([terms.upon.kind] if terms.upon else []))
    )


def _days(span: Period, on: date) -> Period:
    """The days whose deeds may count: no period that touches `span` began before its year."""
    return Period(min(span.start.replace(month=1, day=1), on), on)


def _counting(facts: dict[FactId, Fact], known: Known) -> list[Fact]:
    """The facts known that were not taken back by one that was known as well."""
    if known.size is None:
        return [fact for fact in facts.values() if fact.reversed_by is None]
    reached = ledger.size()
    if not 0 < known.size <= reached:
        raise Refused([never_reached(known.size, reached)])
    takers = {
        fact.id: fact for fact in ledger.facts_by_id(one.reversed_by for one in facts.values() if one.reversed_by)
    }
    return [
        fact
        for fact in facts.values()
        if _numbered(fact, known.size) and not (fact.reversed_by and _numbered(takers[fact.reversed_by], known.size))
    ]


def _numbered(fact: Fact, size: int) -> bool:
    return fact.seq is not None and fact.seq < size


def _deed(fact: Fact, definitions: Catalog) -> Deed:
    slow = fact.late_days > definitions.facts[fact.kind].late_after_days
    late = slow and fact.body.get("late_reason") != OLD_BOOKS
    received = round(fact.received.timestamp() * 1000)
    row = Row(str(fact.id), fact.kind, str(fact.org), fact.day, fact.body, fact.about, received, late)
    return Deed(row, str(fact.post or ""))
