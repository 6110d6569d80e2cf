"""Letters of transfer, members away, and clues that somebody is out of reach. Scope first, always.

A clue is told to the branch and to the township's clerk alone; it is in no figure, no export and no list of units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gangmu.catalog.current import catalog
from gangmu.kernel.ids import FactId, OrgId, PersonId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs.permissions import Permission, require
from gangmu.orgs.queries import above, descendants, unit
from gangmu.orgs.rosters import MemberRow, members
from gangmu.orgs.rules.member_moves import out_of_reach_since
from gangmu.people.queries import open_persons

LETTER, AWAY, CONTACTED = "membership.letter_issued", "membership.away", "membership.contacted"
LOOKED_BACK = timedelta(days=400)  # a letter older than that has long lapsed
TOWNSHIPS = frozenset({"township", "street"})


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on its way: whose membership, from which branch, to which (None: outside), and until when it holds."""

    fact: FactId
    membership: str
    person: PersonId
    org: OrgId
    to: OrgId | None
    issued: date
    until: date
    open: bool


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters that wait for their receipt: those a unit issued, and those that lead to it."""

    out: tuple[Letter, ...]
    coming: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Roll:
    """A member on a branch's own roll: the stage and category, whether away, and a clue where the reader may see it."""

    member: MemberRow
    away_since: date | None
    keeper: PersonId | None
    last_contact: date | None
    out_of_reach: date | None


def letter(fact_id: FactId) -> Letter:
    """The letter of that fact, whoever asks: for actions alone. Raises NotFound."""
    fact = ledger.fact(fact_id)
    return _letters([fact])[0]


def pending_of(membership: str) -> bool:
    """Whether a letter of this membership waits for its receipt."""
    return any(one.open for one in _letters(ledger.history([membership], (LETTER,))))


def letters(scope: Scope, org: OrgId) -> Letters:
    """The letters that wait, of the branches at or under `org` and to them. Wants SEE_PERSONS."""
    require(scope, Permission.SEE_PERSONS, org)
    inside = frozenset(node.org for node in descendants(scope, org))
    recent = Period(scope.day - LOOKED_BACK, scope.day)
    wanted = ledger.FactFilter(kinds=frozenset({LETTER}), period=recent, with_reversed=False)
    told = [one for one in _letters(list(ledger.every_fact(wanted))) if one.open]
    return Letters(
        tuple(one for one in told if one.org in inside),
        tuple(one for one in told if one.to in inside and one.org not in inside),
    )


def _letters(facts: Sequence[Fact]) -> list[Letter]:
    """Letters with whether they wait: not taken back, and the membership goes on."""
    issued = [fact for fact in facts if fact.kind == LETTER]
    ended = {str(fact.about) for fact in ledger.history({str(one.about) for one in issued}, ("membership.ended",))
             if fact.reversed_by is None}  # fmt: skip
    return [
        Letter(
            fact.id, str(fact.about), PersonId(str(fact.body["person"])), fact.org,
            OrgId(str(fact.body["to_unit"])) if fact.body.get("to_unit") else None, fact.day,
            date.fromisoformat(str(fact.body["valid_until"])),
            fact.reversed_by is None and str(fact.about) not in ended,
        )
        for fact in issued
    ]  # fmt: skip


def names_in_letters(scope: Scope, found: Letters) -> dict[PersonId, str]:
    """The names of those whose letters wait: a letter is shown to both branches."""
    for one in found.out:
        require(scope, Permission.SEE_PERSONS, one.org)
    for one in found.coming:
        require(scope, Permission.SEE_PERSONS, one.to)
    texts = open_persons([one.person for one in (*found.out, *found.coming)], ("name",))
    return {person: told.get("name", "") for person, told in texts.items()}


def roll(scope: Scope, org: OrgId) -> tuple[Roll, ...]:
    """The members of the branch itself, with what its own records say of each. Wants SEE_PERSONS."""
    require(scope, Permission.SEE_PERSONS, org)
    rows = [row for row in members(scope, org) if row.org == org]
    told: dict[str, list[Fact]] = {}
    for fact in ledger.history([row.membership for row in rows], (AWAY, CONTACTED)):
        if fact.reversed_by is None:
            told.setdefault(str(fact.about), []).append(fact)
    reached = _reached(told) if sees_clues(scope, org) else {}
    return tuple(_roll(row, told.get(row.membership, []), reached, scope.day) for row in rows)


def _reached(told: dict[str, list[Fact]]) -> dict[FactId, bool]:
    notes = [fact.id for facts in told.values() for fact in facts if fact.kind == CONTACTED]
    return {one.fact: one.text == "yes" for one in ledger.open_slots(notes, ("reached",))}


def _roll(row: MemberRow, facts: Sequence[Fact], reached: dict[FactId, bool], today: date) -> Roll:
    moves = [fact for fact in facts if fact.kind == AWAY]
    away = moves[-1] if moves and moves[-1].body["state"] == "away" else None
    notes = [(fact.day, reached[fact.id]) for fact in facts if fact.id in reached]
    keeper = str(away.body["keeper"]) if away and away.body.get("keeper") else ""
    return Roll(
        row, away.day if away else None, PersonId(keeper) if keeper else None,
        max((day for day, found in notes if found), default=None),
        out_of_reach_since(notes, catalog().rule("contact.lost_months", today), today),
    )  # fmt: skip


def sees_clues(scope: Scope, org: OrgId) -> bool:
    """Whether the reader keeps this very branch, or is the clerk of its township; nobody else is told a clue."""
    line = [unit(scope, org), *above(scope, org)]
    townships = {node.org for node in line if node.kind in TOWNSHIPS}
    return any(
        (grant.role == "branch_secretary" and grant.branch.org == org)
        or (grant.role == "party_clerk" and grant.branch.org in townships)
        for grant in scope.grants
    )
