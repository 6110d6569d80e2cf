"""Calendar feeds: the deadlines of the coming twelve months as all-day events, at an address nobody can guess.

The address is a secret (gangmu.reminders.feeds); whoever holds it reads the deadlines and nothing else. No person's
name stands in any event.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from icalendar import Calendar, Event

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.states import Status
from gangmu.duties.queries import Known, standing
from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Problem
from gangmu.kernel.scope import Actor, Scope
from gangmu.orgs.queries import Node, holds, unit
from gangmu.orgs.scope import actor
from gangmu.people.queries import person_of
from gangmu.reminders.feeds import behind

AHEAD = timedelta(days=365)
DAY = timedelta(days=1)
OPEN = frozenset({"not_yet_due", "due", "grace"})
NO_FEED = Problem("api.no_feed", "没有这个日历地址，或者已经收回。请在自己的页面上另要一个。",
                  "There is no such calendar, or it was withdrawn. Ask for a new address.", "token")  # fmt: skip


def feed(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 - Django hands it on
    """The calendar behind an address. Raises NotFound for one that is unknown, withdrawn or of a closed account."""
    today = clock.today()
    found = behind(secret, today)
    if found is None:
        raise NotFound([NO_FEED])
    who = actor(found.account, today)
    if found.org and not holds(who.scope, found.org):
        raise NotFound([NO_FEED])
    told = HttpResponse(calendar_of(who, found.org, today), content_type="text/calendar")
    told["Cache-Control"] = "private, max-age=3600"
    return told


def calendar_of(who: Actor, org: OrgId | None, today: date) -> bytes:
    """The deadlines of a unit, or of the asker's own person and units, as an iCalendar file."""
    person = None if org else person_of(who.account)
    orgs = [org] if org else [branch.org for branch in who.scope.branches]
    made = Calendar()
    made.add("prodid", "-//gangmu//duties//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", "职责期限")
    for node, one in _open(who.scope, orgs, person, today):
        made.add_component(_event(node, one, today))
    return bytes(made.to_ical())


def _open(scope: Scope, orgs: Iterable[OrgId], person: PersonId | None, today: date) -> Iterator[tuple[Node, Status]]:
    """What still has to be done by the end of the twelve months: of units, and of the one person alone."""
    for org in dict.fromkeys(orgs):
        node = unit(scope, org, today)
        for one in standing(scope, org, Period(today - AHEAD, today + AHEAD), Known(today)):
            owed = one.obligation
            own = owed.bearer.kind == "unit" or (person is not None and owed.bearer.person == person)
            if own and one.state in OPEN and today <= owed.due.end <= today + AHEAD:
                yield node, one


def _event(node: Node, one: Status, today: date) -> Event:
    """One deadline: the day, which duty, of which unit; its identity is the same whenever it is asked for."""
    owed = one.obligation
    made = Event()
    identity = "/".join((owed.duty, owed.bearer.id, owed.period.start.isoformat(), owed.about or ""))
    made.add("uid", f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@gangmu")
    made.add("dtstamp", clock.local_moment(today))
    made.add("dtstart", owed.due.end)
    made.add("dtend", owed.due.end + DAY)
    made.add("summary", f"{catalog().duties[owed.duty].duty.title.zh}（{node.short or node.name}）")
    made.add("transp", "TRANSPARENT")
    return made
