"""One duty of one month of a unit, explained: how it stands, what discharged it, how its deadline came about."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.states import Status
from gangmu.duties.grants import GrantMade, exemptions_at, may_waive, waivers_at
from gangmu.duties.queries import DutyYear
from gangmu.duties.rules import Sentence, explain
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.kernel.working_days import Counted
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.queries import holds
from gangmu.pages import formats
from gangmu.pages.addresses import address_of
from gangmu.pages.listing import address
from gangmu.pages.templatetags.gangmu import language
from gangmu.reminders.rules import UPWARD, days_of_telling
from gangmu.web import shown
from gangmu.web.duties_granting import GrantLine, lines, named_in_form, on_request, open_to_waiving
from gangmu.web.duty_words import OPEN, Look, form_of, look, whose_of
from gangmu.web.words import lexicon

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z", re.ASCII)
MOST = 60  # of more things at once, the most urgent are explained


@dataclass(frozen=True, slots=True)
class Explained:
    """One obligation as the page tells it.

    `done` says how much of what is owed was done; `form` is where it is recorded (empty: the reader does not record
    it), and `days` the days of which a record counts. `elsewhere`: so many of its records lie outside the scope.
    `grant` is the waiver or exemption it stands by; `offers` what else may be put on record: words and where.
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
    grant: GrantLine | None = None
    offers: tuple[tuple[str, str], ...] = ()
    worked: str = ""
    told: tuple[tuple[str, date], ...] = ()


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
    grants = granted(scope, told, names)
    return [
        replace(_explained(scope, one, names, kinds, records), grant=grants.get(named_in_form(one)),
                offers=tuple(_offers(scope, one)), worked=_worked(one.obligation.due), told=tuple(_told(one)))
        for one in told
    ]  # fmt: skip


def granted(scope: Scope, found: Sequence[Status], names: Mapping[str, str]) -> dict[str, GrantLine]:
    """The waiver or exemption behind each obligation that stands by one, by its name in forms."""
    waived = [one for one in found if one.state == "waived"]
    asked = [one for one in found if one.obligation.exempt is not None and one.obligation.exempt.on_request]
    orgs = {OrgId(one.obligation.bearer.unit.org) for one in (*waived, *asked)}
    waivers = {(one.duty, one.bearer, one.first): one for one in waivers_at(scope, orgs)} if waived else {}
    exempt = {(one.duty, one.bearer): one for org in orgs for one in exemptions_at(scope, org)} if asked else {}
    made: list[tuple[Status, GrantMade | None]] = [
        *((one, waivers.get((*_key(one), one.obligation.period.start))) for one in waived),
        *((one, exempt.get(_key(one))) for one in asked),
    ]
    return {named_in_form(one): lines(scope, [grant], names)[0] for one, grant in made if grant is not None}


def _worked(counted: Counted) -> str:
    """The weekends worked in exchange that were counted; empty where working days decided nothing."""
    if counted.measure != "working_day" or not counted.add:
        return ""
    first, last = sorted((counted.start, counted.end))
    days = sorted(day for day in catalog().calendar.worked if first < day <= last)
    return _("%(days)s是补班，算工作日。") % {"days": ", ".join(map(str, days))} if days else ""


def _told(one: Status) -> Iterator[tuple[str, date]]:
    """Who is reminded on which day while it stays open; nobody above of what a person owes."""
    words = {"bearer": _("本人或本单位"), "secretary": _("书记"), "parent": _("上一级"), "grandparent": _("再上一级")}
    if one.obligation.need is None:
        return
    for whom, days in days_of_telling(one.obligation, catalog().calendar).items():
        if one.obligation.bearer.kind == "unit" or whom not in UPWARD:
            yield words[whom], days[0]


def _key(one: Status) -> tuple[str, str]:
    return one.obligation.duty, one.obligation.bearer.id


def _offers(scope: Scope, one: Status) -> Iterator[tuple[str, str]]:
    """What the reader may put on record of it besides the deed: a waiver, a wish to be exempt or its end."""
    owed, whose = one.obligation, whose_of(one.obligation)
    org, row = OrgId(owed.bearer.unit.org), owed.terms.row
    if open_to_waiving([one]) and may_waive(scope, row, org):
        form = address_of("duty-waive", org, owed.duty, f"{owed.period.start:%Y-%m}")
        yield _("免这一次"), address(form, {"of": whose, "which": named_in_form(one)})
    if whose and on_request(row) and may(scope, Permission.RECORD, org):
        form = address_of("duty-exempt", org, owed.duty)
        if owed.exempt is not None and owed.exempt.on_request:
            yield _("结束免除"), address(form, {"of": whose, "end": "1"})
        elif owed.need is not None:
            yield _("本人申请免除"), address(form, {"of": whose})


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
