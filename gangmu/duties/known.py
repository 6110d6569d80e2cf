"""What is known at a moment: the deeds that discharge or begin something, less what had been taken back by then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import OLD_BOOKS
from gangmu.catalog.duties.obligations import Bearer, Deed
from gangmu.catalog.expressions.evaluate import Row
from gangmu.duties.granted import KINDS, Granted, granted
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs.tree import Node


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked: the day looked at, and how many facts of the ledger are known (None: all there are)."""

    on: date
    size: int | None = None


def deeds_of(
    definitions: Catalog, below: Iterable[Node], bearers: Iterable[Bearer], span: Period, known: Known
) -> tuple[Deed, ...]:
    """The facts that may discharge or begin something: of the units there and beneath, and about the persons there."""
    kinds = kinds_read(definitions)
    orgs = frozenset(node.org for node in below)
    here = ledger.every_fact(ledger.FactFilter(orgs=orgs, kinds=kinds, period=_days(span, known.on)))
    persons = {bearer.person for bearer in bearers if bearer.person}
    about = ledger.history(persons, kinds) if persons else ()
    facts = {fact.id: fact for fact in (*here, *about)}
    return tuple(_deed(fact, definitions) for fact in _counting(facts, known))


def granted_at(orgs: frozenset[OrgId], known: Known) -> Granted:
    """What was waived and granted at these units, by what is known."""
    here = ledger.every_fact(ledger.FactFilter(orgs=orgs, kinds=KINDS))
    return granted(_counting({fact.id: fact for fact in here}, known), known.on)


def kinds_read(definitions: Catalog) -> frozenset[str]:
    """The kinds of fact that discharge a duty or begin one."""
    return frozenset(
        kind
        for duty in definitions.duties.values()
        for terms in duty.terms
        for kind in (terms.tally.kind, *([terms.upon.kind] if terms.upon else []))
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
        raise Refused([_never_reached(known.size, reached)])
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


def _never_reached(size: int, reached: int) -> Problem:
    return Problem(
        "duties.known_size",
        f"台账现在编到{reached}条，没有“前{size}条”；请写1到{reached}之间的整数。",
        f"The ledger numbers {reached} facts, so there are no first {size}: write a whole number from 1 to {reached}.",
        where="as_known",
    )


def _deed(fact: Fact, definitions: Catalog) -> Deed:
    slow = fact.late_days > definitions.facts[fact.kind].late_after_days
    late = slow and fact.body.get("late_reason") != OLD_BOOKS
    received = round(fact.received.timestamp() * 1000)
    row = Row(str(fact.id), fact.kind, str(fact.org), fact.day, fact.body, fact.about, received, late)
    return Deed(row, str(fact.post or ""))
