"""The guided page of a form of activity: names filled in, one tick an absentee, the arithmetic before it is saved."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.activities import ActivityForm
from gangmu.catalog.current import catalog
from gangmu.duties.granted import EXEMPTED, granted
from gangmu.kernel.clock import LOCAL
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.problems import NotFound, Problem, Refused
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact, Receipt
from gangmu.orgs.permissions import Permission, may
from gangmu.pages.access import SignedIn
from gangmu.pages.fragments import page
from gangmu.records import queries as records
from gangmu.records.meeting_actions import record_meeting, restate_meeting
from gangmu.records.meetings import Meeting
from gangmu.web.meeting_form import VOTING, guided, told
from gangmu.web.record_form import as_typed, day_meant, said_once, unit_chosen, wants_second
from gangmu.web.usual import ACTIVITY, FORMS

LOOKED_THROUGH = 60  # among so many of a unit's latest activities the last one of this form is looked for
COPIED = ("place", "host", "recorder", "agenda")  # what a meeting that repeats another has in common with it
PARTS = ("meeting_form", "meeting_count")


def meeting_page(request: SignedIn, form: ActivityForm) -> HttpResponse:
    """GET shows the page, `like` with the shape of an earlier one; POST records, or with `look` counts the ticks."""
    if request.method != "POST":
        return _page(request, form, _opening(request))
    if request.POST.get("look"):
        return _page(request, form, request.POST)
    meeting, unread = told(request.actor.scope, form, request.POST)
    try:
        _refuse_without_unit(meeting, unread)
        excused = _excused(form, meeting.org, _day(request))
        receipt = record_meeting(
            meeting, by=request.actor, idem=request.POST.get("idem", ""), excused=excused, problems=unread
        )
    except NotFound:
        raise
    except Refused as refusal:
        return _page(request, form, request.POST, problems=refusal.problems)
    return _done(receipt)


def restated_page(request: SignedIn, form: ActivityForm, found: Fact) -> HttpResponse:
    """The page filled with what the record says; POST takes that back and records the right one in its place."""
    if request.method != "POST":
        return _page(request, form, _as_told(request, found), restates=found)
    if request.POST.get("look"):
        return _page(request, form, request.POST, restates=found)
    meeting, unread = told(request.actor.scope, form, request.POST)
    try:
        _refuse_without_unit(meeting, unread)
        receipt = restate_meeting(
            found.id, meeting, reason=request.POST.get("reason", ""), note=request.POST.get("note", ""),
            by=request.actor, idem=request.POST.get("idem", ""),
            excused=_excused(form, meeting.org, _day(request)), problems=unread, ask=bool(request.POST.get("ask")),
        )  # fmt: skip
    except NotFound:
        raise
    except Refused as refusal:
        return _page(request, form, request.POST, restates=found, problems=refusal.problems)
    return _done(receipt)


def _page(
    request: SignedIn, form: ActivityForm, typed: QueryDict, *, restates: Fact | None = None,
    problems: Sequence[Problem] = (),
) -> HttpResponse:  # fmt: skip
    scope = request.actor.scope
    unit = unit_chosen(scope, typed)
    shown = guided(scope, form, typed, _excused(form, unit, _day(request, typed)), restates=restates)
    last = None if restates or typed.get("like") else _last(request, form, unit)
    context = {
        "section": "record", "guided": shown, "form": form, "kind": shown.base.kind, "keys": shown.keys,
        "restates": restates is not None, "problems": said_once(problems),
        "second": wants_second(problems), "back": reverse("record"),
        "crumbs": [(reverse("record"), _("记一笔"))], "last": last, "unit": unit, "tag": f"tag.{FORMS}",
        "like": _like(form, unit, last) if last else "",
    }  # fmt: skip
    return page(request, "web/record_meeting.html", context, parts=PARTS, status=422 if problems else 200)


def _opening(request: SignedIn) -> QueryDict:
    """What the address asks for, with the shape of an earlier meeting where it names one."""
    typed = request.GET.copy()
    if not typed.get("like"):
        return typed
    before = records.seen(request.actor, Permission.SEE_FACTS, FactId(typed.get("like", "")))
    typed["org"], typed["day"] = str(before.org), a_month_on(before.day, request.actor.scope.day).isoformat()
    _put_hours(typed, before)
    for slot, text in _opened(request, before).items():
        if slot in COPIED:
            typed[slot] = text
    return typed


def _as_told(request: SignedIn, found: Fact) -> QueryDict:
    """A meeting as its page would have it. Notes are typed anew; what repeats every month is put back."""
    typed = as_typed(found)
    for reason in catalog().activities[typed.get(f"tag.{FORMS}", "")].absent:
        gone = found.body.get(reason)
        for person in gone if isinstance(gone, list | tuple) else ():
            typed.appendlist("absent", str(person))
            typed[f"why.{person}"] = reason
    for key in VOTING:
        typed[key] = str(found.body.get(key, ""))
    _put_hours(typed, found)
    for slot, text in _opened(request, found).items():
        typed[slot] = text
    return typed


def _put_hours(typed: QueryDict, fact: Fact) -> None:
    """The hours of the day; nothing where the record says a day alone."""
    start, end = fact.claimed_from.astimezone(LOCAL), fact.claimed_to.astimezone(LOCAL)
    if (start.hour, start.minute) != (0, 0) or start != end:
        typed["from"], typed["until"] = f"{start:%H:%M}", f"{end:%H:%M}"


def _opened(request: SignedIn, fact: Fact) -> dict[str, str]:
    """The sealed words, for whoever may read them there; points of a talk stay where they are read."""
    if not may(request.actor, Permission.SEE_PERSONS, fact.org):
        return {}
    near = {field.key for field in catalog().facts[ACTIVITY].fields if field.near}
    slots = [slot for slot in fact.slots if slot not in near]
    return {one.slot: one.text for one in ledger.open_slots([fact.id], slots)} if slots else {}


def a_month_on(day: date, today: date) -> date:
    """The same day of the next month, or its last; never after today."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    after = (date(year, month, 1) + timedelta(days=31)).replace(day=1)
    return min(date(year, month, min(day.day, (after - timedelta(days=1)).day)), today)


def _last(request: SignedIn, form: ActivityForm, org: OrgId) -> Fact | None:
    """The last standing record of this form at the unit, which the next may look like."""
    if not org or not may(request.actor, Permission.SEE_FACTS, org):
        return None
    wanted = ledger.FactFilter(orgs=frozenset({org}), kinds=frozenset({ACTIVITY}), with_reversed=False)
    found = ledger.facts(wanted, limit=LOOKED_THROUGH, order="-day")
    return next((fact for fact in found if form.key in tags_of(fact)), None)


def tags_of(fact: Fact) -> frozenset[str]:
    """The tags of a fact."""
    tags = fact.body.get("tags")
    return frozenset(str(tag) for tag in tags) if isinstance(tags, list | tuple) else frozenset()


def _like(form: ActivityForm, org: OrgId, last: Fact) -> str:
    return f"{reverse('record-kind', args=[ACTIVITY])}?tag.{FORMS}={form.key}&org={org}&like={last.id}"


def _excused(form: ActivityForm, org: OrgId, on: date) -> frozenset[str]:
    """Who asked to be exempt from what the form names, as it holds on the day; nothing is read for other forms."""
    duty = form.expected.excused_by if form.expected else None
    if duty is None or not org:
        return frozenset()
    wanted = ledger.FactFilter(orgs=frozenset({org}), kinds=frozenset({EXEMPTED}), with_reversed=False)
    return granted(ledger.facts(wanted, limit=ledger.LONGEST_PAGE), on).asked.get(duty, frozenset())


def _day(request: SignedIn, typed: QueryDict | None = None) -> date:
    today = request.actor.scope.day
    return day_meant((typed or request.POST).get("day") or today.isoformat(), today)[0]


def _refuse_without_unit(meeting: Meeting, unread: Sequence[Problem]) -> None:
    """Without a unit no permission can be asked: say so, with whatever else could not be read."""
    if not meeting.org:
        raise Refused(list(unread))


def _done(receipt: Receipt) -> HttpResponse:
    said = "again" if receipt.repeated else "now"
    return HttpResponseRedirect(reverse("fact", args=[receipt.id]) + f"?recorded={said}")
