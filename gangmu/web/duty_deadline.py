"""One duty of one month of a unit, explained: how it stands, what discharged it, how its deadline came about."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.states import Status
from gangmu.duties.queries import DutyYear
from gangmu.duties.rules import Sentence, explain
from gangmu.kernel.ids import FactId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs.queries import holds
from gangmu.pages import formats
from gangmu.pages.templatetags.gangmu import language
from gangmu.web import shown
from gangmu.web.duty_words import OPEN, Look, form_of, look
from gangmu.web.words import lexicon

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z", re.ASCII)
MOST = 60  # of more things at once, the most urgent are explained


@dataclass(frozen=True, slots=True)
class Explained:
    """One obligation as the page tells it.

    `done` says how much of what is owed was done; `form` is where it is recorded (empty: the reader does not record
    it), and `days` the days of which a record counts. `elsewhere`: so many of its records lie outside the scope.
    """

    period: str
    who: str
    look: Look
    due: date
    done: str
    days: str
    form: str
    records: list[shown.FactRow]
    elsewhere: int
    sentences: tuple[Sentence, ...]


def month_asked(text: str) -> date | None:
    """The first day of the month that an address names as 2025-03; None where it names none."""
    found = MONTH.match(text)
    year = int(found[1]) if found else 0
    return date(year, int(found[2]), 1) if found and 1921 <= year <= 2199 else None


def asked_for(found: Sequence[DutyYear], duty: str, month: date, bearer: str) -> list[Status]:
    """Everything of the duty that begins in the month, of one bearer or of all whom the reader may see."""
    return [
        period.status
        for one in found
        if one.duty.key == duty and one.bearer and bearer in ("", one.bearer.id)
        for period in one.periods
        if period.period.start.replace(day=1) == month
    ]


def explained(
    scope: Scope, found: Sequence[Status], names: Mapping[str, str], kinds: frozenset[str]
) -> list[Explained]:
    """Each obligation in words. `names`: the bearers who are persons; `kinds`: what the reader records there."""
    told = found[:MOST]
    records = {fact.id: fact for fact in _records(told)}
    return [_explained(scope, one, names, kinds, records) for one in told]


def _records(found: Iterable[Status]) -> tuple[Fact, ...]:
    wanted = {FactId(one) for status in found for one in status.evidence}
    return ledger.facts_by_id(wanted) if wanted else ()


def _explained(
    scope: Scope, one: Status, names: Mapping[str, str], kinds: frozenset[str], records: Mapping[FactId, Fact]
) -> Explained:
    owed = one.obligation
    facts = [records[FactId(fact)] for fact in one.evidence]
    inside = sorted((fact for fact in facts if holds(scope, fact.org)), key=lambda fact: fact.claimed_from)
    may = one.state in OPEN and owed.terms.tally.kind in kinds
    return Explained(
        formats.period(owed.period, language()), names.get(owed.bearer.id, ""), look(one), owed.due.end, _done(one),
        _window(owed.window), form_of(owed) if may else "", shown.fact_rows(inside, lexicon(scope.day)),
        len(facts) - len(inside), explain(owed, catalog()),
    )  # fmt: skip


def _done(one: Status) -> str:
    need = one.obligation.need
    if need is None:
        return ""
    return _("要做到%(need)s，做到了%(have)s") % {"need": formats.grouped(need), "have": formats.grouped(one.have)}


def _window(window: Period) -> str:
    """The days of which a record counts; of an event every day from it on."""
    if window.end.year == date.max.year:
        return _("%(day)s起的记录都算") % {"day": formats.day(window.start, language())}
    return _("%(days)s的记录才算，请填真正办的那天") % {"days": formats.period(window, language())}
