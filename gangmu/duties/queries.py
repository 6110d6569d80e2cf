"""The duties of a unit, its posts and its members: who owes what, and how each stands on a day by the facts known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import OLD_BOOKS
from gangmu.catalog.duties.definitions import Body
from gangmu.catalog.duties.obligations import Bearer, Deed, obligations
from gangmu.catalog.duties.states import Status, status
from gangmu.catalog.expressions.evaluate import Row, Unit
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs import rosters
from gangmu.orgs.queries import Node, children, descendants, lives, unit

SEATS = frozenset({"deputy_secretary", "organisation", "publicity", "discipline", "member"})  # of a branch committee
GROUP = "party_small_group"


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked: the day looked at, and how many facts of the ledger are known (None: all there are)."""

    on: date
    size: int | None = None


def standing(scope: Scope, org: OrgId, span: Period, known: Known) -> tuple[Status, ...]:
    """Everything the unit, the holders of its posts and its members owe for `span`, as it stands on the day.

    The organisation is that of the day. NotFound for a unit outside the scope; Refused for a size never reached.
    """
    definitions, bearers = catalog(), bearers_of(scope, org, known.on)
    below = descendants(scope, org, known.on)
    deeds = _deeds(definitions, below, bearers, span, known)
    units = {str(node.org): _unit(node) for node in below}
    return tuple(_statuses(definitions, bearers, deeds, units, span, known.on))


def _statuses(
    definitions: Catalog, bearers: Iterable[Bearer], deeds: tuple[Deed, ...], units: Mapping[str, Unit], span: Period,
    on: date,
) -> Iterator[Status]:  # fmt: skip
    for bearer in bearers:
        for duty in definitions.duties.values():
            for one in obligations(duty, bearer, span, definitions.calendar, deeds):
                yield status(one, deeds, on, units=units)


def bearers_of(scope: Scope, org: OrgId, on: date) -> tuple[Bearer, ...]:
    """Who may owe at a unit on a day: itself, the holders of its posts, its own members."""
    node = unit(scope, org, on)
    posts = rosters.posts(scope, org, on)
    groups = sum(child.kind == GROUP for child in children(scope, org, on))
    seats = any(post.post in SEATS and post.person is not None for post in posts)
    bodies: tuple[tuple[Body, bool], ...] = (("committee", seats), ("groups", groups > 0))
    has = frozenset(body for body, there in bodies if there)
    place, form, life = _unit(node), catalog().form(node.kind), lives([org])[org]
    whole = Bearer(str(org), place, form, since=life.founded_on, until=life.ended_on, has=has, groups=groups)
    held = (
        Bearer(str(post.id), place, form, "post", post.post, str(post.id), str(post.person), since=post.since, has=has)
        for post in posts
        if post.person is not None and post.since is not None
    )
    joined = (
        Bearer(one.membership, place, form, "member", person=str(one.person), category=one.category, stage=one.stage,
               since=one.since, has=has)
        for one in rosters.members(scope, org, on)
        if one.org == org
    )  # fmt: skip
    return (whole, *held, *joined)


def _unit(node: Node) -> Unit:
    return Unit(str(node.org), node.path, node.kind, node.domain, str(node.level), node.alive)


def _deeds(
    definitions: Catalog, below: Iterable[Node], bearers: Iterable[Bearer], span: Period, known: Known
) -> tuple[Deed, ...]:
    """The facts that may discharge or begin something: of the units there and beneath, and about the persons there."""
    kinds = frozenset(
        kind
        for duty in definitions.duties.values()
        for terms in duty.terms
        for kind in (terms.tally.kind, *([terms.upon.kind] if terms.upon else []))
    )
    orgs = frozenset(node.org for node in below)
    here = ledger.every_fact(ledger.FactFilter(orgs=orgs, kinds=kinds, period=Period(span.start, known.on)))
    persons = {bearer.person for bearer in bearers if bearer.person}
    about = ledger.history(persons, kinds) if persons else ()
    facts = {fact.id: fact for fact in (*here, *about)}
    return tuple(_deed(fact, definitions) for fact in _counting(facts, known))


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
