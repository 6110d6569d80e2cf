"""What one bearer owes: the periods and events of a duty, how much, from when, by when. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from gangmu.catalog.dated import row_on
from gangmu.catalog.duties.definitions import MONTHS, BearerKind, Body, DutyRow, Every, Exemption, OwedBy
from gangmu.catalog.duties.terms import CompiledDuty, Demand, Terms
from gangmu.catalog.expressions.evaluate import Row, Unit, World, true_of_fact
from gangmu.kernel.periods import Period, month_end, shift_months
from gangmu.kernel.working_days import DAY, Calendar, Counted, count

FOREVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who owes, as it stood on the day looked at.

    `id` is the unit's, the post's or the membership's; `form` the legal form of the unit's kind. It stands from `since`
    to the eve of `until`. `post` is the word of the post held and `post_id` the post itself; `person` the holder or
    member. `has` are the bodies the unit has, `groups` how many groups; `asked` the duties from which the bearer asked
    to be exempt.
    """

    id: str
    unit: Unit
    form: str = ""
    kind: BearerKind = "unit"
    post: str = ""
    post_id: str = ""
    person: str = ""
    category: str = ""
    stage: str = ""
    since: date = date.min
    until: date = FOREVER
    has: frozenset[Body] = frozenset()
    groups: int = 0
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Deed:
    """A fact with the post for which it was recorded."""

    row: Row
    post: str = ""


class Deadline(NamedTuple):
    """The days of an obligation: `window`, `opens`, `due` and `grace` as an Obligation has them."""

    window: Period
    opens: date
    due: Counted
    grace: Counted


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing owed once: for a period, or upon an event.

    `need` is None where nothing is owed, and `exempt` or an empty share of the period says why. Deeds of the days
    `window` discharge it; it shows as due from `opens` on; `due` is the deadline, `grace` ends with the last day on
    which a missing record is waited for. `about` is what the event was about, where the deed must be about the same.
    """

    duty: str
    bearer: Bearer
    terms: Terms
    demand: Demand
    period: Period
    need: Decimal | None
    window: Period
    opens: date
    due: Counted
    grace: Counted
    exempt: Exemption | None = None
    about: str | None = None

    @property
    def grace_end(self) -> date:
        return self.grace.end


def owes(row: DutyRow, bearer: Bearer) -> bool:
    """Whether the row's selector takes the bearer."""
    return takes(row.owed_by, bearer)


def takes(by: OwedBy, bearer: Bearer) -> bool:
    """Whether a selector takes the bearer."""
    unit = bearer.unit
    return (
        by.bearer == bearer.kind
        and _among(bearer.form, by.forms)
        and _among(unit.kind, by.kinds)
        and _among(unit.domain, by.domains)
        and _among(bearer.post, by.posts)
        and _among(bearer.category, by.categories)
        and _among(bearer.stage, by.stages)
        and bearer.has.issuperset(by.needs)
    )


def _among(word: str, words: Sequence[str]) -> bool:
    return not words or word in words


def obligations(
    duty: CompiledDuty, bearer: Bearer, span: Period, calendar: Calendar, deeds: Iterable[Deed] = ()
) -> tuple[Obligation, ...]:
    """Everything `bearer` owes by this duty for the periods that touch `span`, and upon its events among `deeds` there.

    A period goes by the row and the number in force on its first day. What the bearer does not owe at all is left out;
    what it is exempt from is there, without a need.
    """
    found = [*_periodic(duty, bearer, span, calendar), *_upon(duty, bearer, span, calendar, deeds)]
    return tuple(sorted(found, key=lambda one: (one.period, one.about or "")))


def _periodic(duty: CompiledDuty, bearer: Bearer, span: Period, calendar: Calendar) -> Iterator[Obligation]:
    for terms in duty.terms:
        for every in dict.fromkeys(demand.every for demand in terms.demands):
            for period in periods(every, span) if every else ():
                demand = row_on(terms.demands, period.start)
                in_force = row_on(duty.terms, period.start) is terms and demand is not None and demand.every == every
                if in_force and demand and owes(terms.row, bearer) and _stood(bearer, period):
                    yield _for_period(duty, bearer, terms, demand, period, calendar)


def _stood(bearer: Bearer, period: Period) -> bool:
    return bearer.since <= period.end and bearer.until > period.start


def periods(every: Every, span: Period) -> Iterator[Period]:
    """The whole months, quarters, half-years or years that touch `span`."""
    length = MONTHS[every]
    first = span.start.replace(day=1)
    first = shift_months(first, -((first.month - 1) % length))
    while first <= span.end:
        yield Period(first, month_end(shift_months(first, length - 1)))
        first = shift_months(first, length)


def _for_period(
    duty: CompiledDuty, bearer: Bearer, terms: Terms, demand: Demand, period: Period, calendar: Calendar
) -> Obligation:
    deadline = deadline_of_period(terms.row, demand, period, calendar)
    exempt = _exemption(duty.duty.key, terms.row, bearer, period)
    need = None if exempt else _need(terms.row, demand, bearer, period)
    return Obligation(duty.duty.key, bearer, terms, demand, period, need, *deadline, exempt)


def deadline_of_period(row: DutyRow, demand: Demand, period: Period, calendar: Calendar) -> Deadline:
    """When what a row asks for a period can be done, shows as due, is due, and is no longer waited for."""
    start = period.end if row.due.counted_from == "period_end" else period.start - DAY
    due = _due(row, start, calendar)
    window = period if row.discharge.days == "in_period" else _following(period, demand)
    return Deadline(window, _opens(row, due, window), due, _grace(row, due, calendar))


def deadline_of_event(row: DutyRow, day: date, calendar: Calendar) -> Deadline:
    """The same of what a row asks upon an event of that day."""
    due = _due(row, day, calendar)
    return Deadline(Period(day, FOREVER), _opens(row, due, Period(day, day)), due, _grace(row, due, calendar))


def _following(period: Period, demand: Demand) -> Period:
    """The period after this one, of the same length: what is done about a quarter when it has ended."""
    start = period.end + DAY
    return Period(start, month_end(shift_months(start, MONTHS[demand.every or "year"] - 1)))


def _upon(
    duty: CompiledDuty, bearer: Bearer, span: Period, calendar: Calendar, deeds: Iterable[Deed]
) -> Iterator[Obligation]:
    if not any(terms.upon for terms in duty.terms):
        return
    for deed in deeds:
        day = deed.row.day
        terms = row_on(duty.terms, day)
        if terms is None or terms.upon is None or day not in span or not bearer.since <= day < bearer.until:
            continue
        if owes(terms.row, bearer) and _begins(terms, bearer, deed):
            yield _for_event(duty, bearer, terms, deed, calendar)


def _begins(terms: Terms, bearer: Bearer, deed: Deed) -> bool:
    """Whether the deed is the event upon which this bearer owes."""
    upon, row = terms.upon, deed.row
    if upon is None or row.kind != upon.kind or not credited(terms, bearer, deed):
        return False
    return true_of_fact(upon.where, row, World((), {bearer.unit.org: bearer.unit}))


def _for_event(duty: CompiledDuty, bearer: Bearer, terms: Terms, deed: Deed, calendar: Calendar) -> Obligation:
    row, day = terms.row, deed.row.day
    period, demand = Period(day, day), terms.demands[0]
    exempt = _exemption(duty.duty.key, row, bearer, period)
    need = None if exempt else _need(row, demand, bearer, period)
    about = deed.row.about if row.discharge.same_about else None
    deadline = deadline_of_event(row, day, calendar)
    return Obligation(duty.duty.key, bearer, terms, demand, period, need, *deadline, exempt, about)


def credited(terms: Terms, bearer: Bearer, deed: Deed) -> bool:
    """Whether the deed is this bearer's own, by one of the ways the row names."""
    row, named = deed.row, deed.row.body.get("post")
    if bearer.post_id and isinstance(named, str):
        return "post" in terms.row.discharge.credit and named == bearer.post_id
    ways = {
        "unit": row.org == bearer.unit.org,
        "post": bool(bearer.post_id) and deed.post == bearer.post_id,
        "person": bool(bearer.person) and row.about == bearer.person,
    }
    return any(ways.get(way, False) for way in terms.row.discharge.credit)


def _due(row: DutyRow, start: date, calendar: Calendar) -> Counted:
    rule = row.due
    return count(calendar, start, rule.add, rule.measure, rule.at_rest, frozenset(rule.paused_in))


def _grace(row: DutyRow, due: Counted, calendar: Calendar) -> Counted:
    return count(calendar, due.end, row.grace.days, row.grace.measure)


def _opens(row: DutyRow, due: Counted, window: Period) -> date:
    """From when on it shows as due: not before it can be done, nor earlier before the deadline than the row says."""
    if row.due.opens is None:
        return min(window.start, due.end)
    return min(max(window.start, due.end - timedelta(days=row.due.opens)), due.end)


def _need(row: DutyRow, demand: Demand, bearer: Bearer, period: Period) -> Decimal | None:
    """How much is owed; None where a part of the period leaves nothing to owe."""
    need = demand.least * (bearer.groups if row.for_each == "group" else 1)
    if row.pro_rata and demand.every:
        need = need * _whole_months(bearer, period) // MONTHS[demand.every]
    return need or None


def _whole_months(bearer: Bearer, period: Period) -> int:
    return sum(bearer.since <= month.start and bearer.until > month.end for month in period.months())


def _exemption(key: str, row: DutyRow, bearer: Bearer, period: Period) -> Exemption | None:
    return next((one for one in row.exempt if _exempts(one, key, bearer, period)), None)


def _exempts(one: Exemption, key: str, bearer: Bearer, period: Period) -> bool:
    return (
        _among(bearer.unit.kind, one.kinds)
        and _among(bearer.unit.domain, one.domains)
        and _among(bearer.category, one.categories)
        and (not one.months or all(month.start.month in one.months for month in period.months()))
        and (one.without is None or one.without not in bearer.has)
        and (not one.new_in_period or bearer.since > period.start)
        and (not one.on_request or key in bearer.asked)
    )
