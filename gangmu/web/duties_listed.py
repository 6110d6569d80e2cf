"""Responsibility lists as pages tell them: each duty with how it stands, its next day, and the records behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gangmu.catalog.definitions import Text
from gangmu.catalog.duties.states import Status
from gangmu.duties.queries import DutyYear, OwnList, kept
from gangmu.kernel.ids import FactId, PersonId
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs.queries import holds
from gangmu.orgs.tree import Node
from gangmu.pages import formats
from gangmu.pages.templatetags.gangmu import language
from gangmu.web import shown
from gangmu.web.duties_due import days_in_words
from gangmu.web.duty_words import OPEN, Look, explained_at, form_of, look, most_urgent, rate_words
from gangmu.web.duty_year import names_of
from gangmu.web.words import lexicon

LATEST = 3  # records shown under a duty; the others are a tap away
WAITING = Look("later", "far", gettext_lazy("等事情发生"))


@dataclass(frozen=True, slots=True)
class Listed:
    """One duty on a list: how it stands (of several open periods the most urgent), its next day in words, its records.

    `of_unit`: the unit owes it, and the holder answers for it. `form` is empty where the reader does not record it, or
    nothing is open; `why` explains the deadline (empty: nothing is owed this year).
    """

    title: Text
    of_unit: bool
    look: Look
    missed: int
    next: str
    rate: str
    form: str
    why: str
    records: list[shown.FactRow]
    more: int


@dataclass(frozen=True, slots=True)
class ShownList:
    """One responsibility list: its title, why there is one, whose it is, at which unit, and the duties on it."""

    title: Text
    why: Text
    whose: str
    unit: Node
    rows: list[Listed]


def shown_lists(
    scope: Scope, node: Node, found: Sequence[OwnList], reader: PersonId | None, kinds: frozenset[str]
) -> list[ShownList]:
    """The lists of a unit in words. `kinds`: the kinds of fact that the reader records there."""
    names = names_of(scope, node.org, [one.bearer for one in found], reader)
    records = _records(scope, [duty for one in found for duty in one.duties])
    return [
        ShownList(
            one.responsibilities.title, one.responsibilities.why, names.get(one.bearer.id, ""), node,
            [_listed(scope, duty, kinds, records) for duty in one.duties],
        )
        for one in found
    ]  # fmt: skip


def _records(scope: Scope, duties: Iterable[DutyYear]) -> Mapping[FactId, Fact]:
    """The records behind all of the duties that lie inside the scope."""
    wanted = {fact for duty in duties for period in duty.periods for fact in period.evidence}
    found = ledger.facts_by_id(wanted) if wanted else ()
    return {fact.id: fact for fact in found if holds(scope, fact.org)}


def _listed(scope: Scope, duty: DutyYear, kinds: frozenset[str], records: Mapping[FactId, Fact]) -> Listed:
    statuses, today = [one.status for one in duty.periods], scope.day
    facts = {fact: records[fact] for one in duty.periods for fact in one.evidence if fact in records}
    newest = sorted(facts.values(), key=lambda fact: fact.claimed_from, reverse=True)
    now = standing_now(statuses, today)
    may = now is not None and now.state in OPEN and now.obligation.terms.tally.kind in kinds
    return Listed(
        duty.duty.title, duty.bearer is not None and duty.bearer.kind == "unit", look(now) if now else WAITING,
        sum(one.state == "missed" for one in statuses), next_day(statuses, today),
        rate_words(kept(statuses)) if statuses else "", form_of(now.obligation) if may and now else "",
        explained_at(now.obligation) if now else "", shown.fact_rows(newest[:LATEST], lexicon(today)),
        max(0, len(newest) - LATEST),
    )  # fmt: skip


def standing_now(found: Sequence[Status], today: date) -> Status | None:
    """By which period a duty is told: the most urgent that is open, else the one begun last, else the first to come."""
    open_ones = [one for one in found if one.state in ("due", "grace")]
    begun = [one for one in found if one.obligation.period.start <= today]
    if open_ones:
        return most_urgent(open_ones)
    return begun[-1] if begun else next(iter(found), None)


def next_day(found: Iterable[Status], today: date) -> str:
    """The next deadline of what is not done, in words; empty where there is none this year."""
    waiting = [one for one in found if one.state in ("due", "not_yet_due", "grace") and one.obligation.need is not None]
    if not waiting:
        return ""
    nearest = min(waiting, key=lambda one: one.obligation.due.end).obligation.due.end
    told = {"day": formats.day(nearest, language()), "left": days_in_words((nearest - today).days)}
    return _("下一个期限%(day)s，%(left)s") % told
