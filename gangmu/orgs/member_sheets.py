"""Dues and outcomes of the yearly review as sums and counts, opened inside the reader's scope and nowhere kept.

Wants SEE_PERSONS over the unit. What stands for fewer than ten persons is withheld, and never just one beside a whole.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gangmu.catalog.current import catalog
from gangmu.catalog.dues import Dues
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs.permissions import Permission, require
from gangmu.orgs.queries import descendants
from gangmu.orgs.rules.member_sheets import OUTCOMES, K, told_counts, told_sums

BASE_SET, COLLECTED, SETTLED = "dues.base_set", "dues.collected", "review.settled"


@dataclass(frozen=True, slots=True)
class DuesOfMonth:
    """A month at a unit: persons, and sums due and paid of all; `units`: what may be told of each branch (None: not).

    `due` and `paid` are None where fewer than ten persons stand behind them.
    """

    month: date
    persons: int
    due: Decimal | None
    paid: Decimal | None
    units: Mapping[OrgId, Decimal | None]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """A year's outcomes at a unit: how many were rated, and the counts that may be told (None: withheld)."""

    year: int
    rated: int
    counts: Mapping[str, int | None]


def table() -> Dues:
    """The table of dues as the catalog has it."""
    return catalog().dues["dues"]


def standing(kind: str, orgs: frozenset[OrgId], period: Period | None = None) -> list[Fact]:
    """The sheets of a kind that were not taken back."""
    wanted = ledger.FactFilter(orgs=orgs, kinds=frozenset({kind}), period=period, with_reversed=False)
    return list(ledger.every_fact(wanted))


def dues_of(scope: Scope, org: OrgId, month: date) -> DuesOfMonth:
    """What was due and paid of a month at the unit and beneath it."""
    require(scope, Permission.SEE_PERSONS, org)
    inside = frozenset(node.org for node in descendants(scope, org))
    sheets = [fact for fact in standing(COLLECTED, inside) if fact.body["month"] == month.isoformat()]
    where = {fact.id: fact.org for fact in sheets}
    due, paid, persons = Decimal(0), Decimal(0), 0
    sums: dict[OrgId, tuple[int, Decimal]] = defaultdict(lambda: (0, Decimal(0)))
    for one in ledger.open_slots(list(where), ("paid",)):
        owed, gave = map(Decimal, one.text.split())
        due, paid, persons = due + owed, paid + gave, persons + 1
        number, total = sums[where[one.fact]]
        sums[where[one.fact]] = number + 1, total + gave
    few = persons < K
    told = {OrgId(key): total for key, total in told_sums({str(key): one for key, one in sums.items()}).items()}
    return DuesOfMonth(month, persons, None if few else due, None if few else paid, told)


def outcomes_of(scope: Scope, org: OrgId, year: int) -> Outcomes:
    """How the year's review came out at the unit and beneath it, in counts of ten or more."""
    require(scope, Permission.SEE_PERSONS, org)
    inside = frozenset(node.org for node in descendants(scope, org))
    sheets = [fact.id for fact in standing(SETTLED, inside) if fact.body["year"] == year]
    found = Counter(one.text for one in ledger.open_slots(sheets, ("outcome",)))
    rated = sum(found.values())
    counts = {key: found.get(key, 0) for key in OUTCOMES}
    return Outcomes(year, rated, told_counts(counts) if rated >= K else dict.fromkeys(OUTCOMES))


def bases(memberships: Mapping[str, str]) -> dict[str, tuple[str, Decimal]]:
    """By membership the kind of payer and the base in force now. Asks nothing: the action or page has asked."""
    latest = {str(fact.about): fact.id for fact in ledger.history(list(memberships), (BASE_SET,))
              if fact.reversed_by is None}  # fmt: skip
    texts = {one.fact: one.text.split() for one in ledger.open_slots(list(latest.values()), ("base",))}
    return {about: (texts[fact][0], Decimal(texts[fact][1])) for about, fact in latest.items() if fact in texts}
