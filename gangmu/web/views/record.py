"""Recording: which kind, then one page for any kind, from its definition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import FactKind, Text
from gangmu.kernel.problems import NotFound, Problem, Refused
from gangmu.orgs.permissions import Permission, allows
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page, refused
from gangmu.pages.listing import address
from gangmu.records import actions as records
from gangmu.records.rules import OWN_ACTIONS, family
from gangmu.web.meeting_form import form_of
from gangmu.web.record_form import Form, Told, as_typed, form, plain, said_once, told, wants_second
from gangmu.web.usual import ACTIVITY, FORMS, MEETING, forms_by_use
from gangmu.web.usual import ICONS as ICONS_OF_FORMS
from gangmu.web.views import record_meeting
from gangmu.web.views.facts import fact_context, seen

HEADINGS = (
    (None, Text(zh="别的事", en="Anything else")),
    ("opens", Text(zh="新的事项", en="New matters")),
    ("moves", Text(zh="事项有进展", en="Progress of a matter")),
    ("closes", Text(zh="事项了结", en="A matter closed")),
)
ICONS = {"opens": "circle-plus", "moves": "arrow-right", "closes": "clipboard-check"}
OPEN_FORMS = 8  # so many forms of activity lie open; the others fold away
ACTIVITY_HEADING = Text(zh="开了会、办了活动、走访了", en="Meetings, activities, visits")


def recordable(request: SignedIn) -> list[FactKind]:
    """The kinds that one of the reader's roles records, but for those of the tree, of members and of accounts."""
    roles = [role for role in request.actor.scope.roles if allows(role, Permission.RECORD)]
    kinds = (kind for kind in catalog().facts.values() if family(kind.key) not in OWN_ACTIONS)
    return [kind for kind in kinds if roles and (not kind.recorders or set(roles) & set(kind.recorders))]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to record, as a button."""

    title: Text
    why: Text | None
    icon: str
    address: str


@policy(Permission.SEE_FIGURES)
def record(request: SignedIn) -> HttpResponse:
    """What may be recorded, in groups: the forms of activity first, as recorded most; the rare ones fold."""
    kinds = recordable(request)
    org = request.GET.get("org", "")
    forms = _forms(request, org) if any(kind.key == ACTIVITY for kind in kinds) else []
    groups = [(ACTIVITY_HEADING, forms[:OPEN_FORMS], forms[OPEN_FORMS:])] if forms else []
    for does, heading in HEADINGS:
        fitting = [kind for kind in kinds if kind.key != ACTIVITY and (kind.moves.does if kind.moves else None) == does]
        choices = [
            Choice(kind.title, kind.why, ICONS.get(does or "", "pencil"), _address(kind.key, org)) for kind in fitting
        ]
        groups += [(heading, choices, [])] if choices else []
    return page(request, "web/record.html", {"section": "record", "groups": groups})


def _forms(request: SignedIn, org: str) -> list[Choice]:
    """Each form of activity as its own button, what the reader records most first; the form is filled in already."""
    forms = forms_by_use(catalog().families[FORMS].tags, request.actor.account)
    return [
        Choice(
            tag.title, None, ICONS_OF_FORMS.get(tag.key, MEETING), _address(ACTIVITY, org, {f"tag.{FORMS}": tag.key})
        )
        for tag in forms
    ]


def _address(kind: str, org: str, more: Mapping[str, str] | None = None) -> str:
    return address(reverse("record-kind", args=[kind]), {"org": org, **(more or {})})


@policy(Permission.RECORD)
def record_kind(request: SignedIn, kind: str) -> HttpResponse:
    """GET shows the empty page of a kind; POST records one fact, or says everything that is wrong with it."""
    definition = plain(_kind(request, kind))
    if kind == ACTIVITY and (guide := form_of(request.POST if request.method == "POST" else request.GET)):
        return record_meeting.meeting_page(request, guide)
    if request.method != "POST":
        return _form_page(request, form(request.actor.scope, definition, request.GET))
    said = told(request.actor.scope, definition, request.POST)
    try:
        _refuse_without_unit(definition, said)
        receipt = records.record_fact(
            definition.key, said.org, body=said.body, sealed=said.sealed, on=said.day, about=said.about,
            by=request.actor, idem=request.POST.get("idem", ""), problems=said.problems,
        )  # fmt: skip
    except NotFound:
        raise
    except Refused as refusal:
        return _form_page(request, form(request.actor.scope, definition, request.POST), refusal.problems)
    return _done(receipt.id, repeated=receipt.repeated)


@policy(Permission.REVERSE, object="fact")
def fact_reverse(request: SignedIn, fact_id: str) -> HttpResponse:
    """POST takes the fact back; the fact stays, with the reason beside it. GET is the fact itself."""
    found = seen(request, fact_id)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("fact", args=[found.id]) + "#mend")
    typed = request.POST
    try:
        receipt = records.reverse_fact(
            found.id,
            reason=typed.get("reason", ""),
            note=typed.get("note", ""),
            by=request.actor,
            idem=typed.get("idem", ""),
            ask=bool(typed.get("ask")),
        )
    except NotFound:
        raise
    except Refused as refusal:
        context = {**fact_context(request, found, typed), "second": wants_second(refusal.problems)}
        return refused(request, "web/fact.html", context, refusal.problems)
    return HttpResponseRedirect(reverse("fact", args=[receipt.id if typed.get("ask") else found.id]))


@policy(Permission.REVERSE, object="fact")
def fact_restate(request: SignedIn, fact_id: str) -> HttpResponse:
    """The form filled with what the fact says; POST takes the fact back and records the right one in its place."""
    found = seen(request, fact_id)
    definition = catalog().facts.get(found.kind)
    if definition is None or found.reversed_by:
        raise Http404
    if definition.key == ACTIVITY and (guide := form_of(request.POST if request.method == "POST" else as_typed(found))):
        return record_meeting.restated_page(request, guide, found)
    definition = plain(definition)
    if request.method != "POST":
        return _form_page(request, form(request.actor.scope, definition, as_typed(found), restates=found))
    said = told(request.actor.scope, definition, request.POST)
    try:
        _refuse_without_unit(definition, said)
        receipt = records.restate_fact(
            found.id, said.org, body=said.body, sealed=said.sealed, on=said.day,
            reason=request.POST.get("reason", ""), note=request.POST.get("note", ""),
            by=request.actor, idem=request.POST.get("idem", ""), problems=said.problems,
            ask=bool(request.POST.get("ask")),
        )  # fmt: skip
    except NotFound:
        raise
    except Refused as refusal:
        return _form_page(
            request, form(request.actor.scope, definition, request.POST, restates=found), refusal.problems
        )
    return _done(receipt.id, repeated=receipt.repeated)


def _refuse_without_unit(kind: FactKind, said: Told) -> None:
    """Without a unit no permission can be asked: say so, with whatever else is wrong."""
    if not said.org:
        raise Refused([*said.problems, *catalog().check_body(kind.key, said.body, said.sealed)])


def _kind(request: SignedIn, key: str) -> FactKind:
    found = next((kind for kind in recordable(request) if kind.key == key), None)
    if found is None:
        raise Http404
    return found


def _done(fact_id: str, *, repeated: bool) -> HttpResponse:
    return HttpResponseRedirect(reverse("fact", args=[fact_id]) + f"?recorded={'again' if repeated else 'now'}")


def _first(request: SignedIn, shown: Form) -> Choice | None:
    """What has to be recorded before this, and where, if the reader records such things (else without an address)."""
    if shown.first is None:
        return None
    may_record = shown.first in recordable(request)
    address = _address(shown.first.key, request.GET.get("org", "")) if may_record else ""
    return Choice(shown.first.title, shown.first.why, "", address)


def _form_page(request: SignedIn, shown: Form, problems: Sequence[Problem] = ()) -> HttpResponse:
    context = {
        "section": "record", "kind": shown.kind, "title": shown.title, "where": shown.where, "fields": shown.fields,
        "more": shown.more, "more_open": shown.more_open, "about": shown.about, "reason_fields": shown.reasons,
        "restates": bool(shown.reasons), "keys": shown.keys, "idem": shown.idem, "first": _first(request, shown),
        "crumbs": [(reverse("record"), _("记一笔"))], "back": reverse("record"), "problems": said_once(problems),
        "second": wants_second(problems),
    }  # fmt: skip
    status = 422 if problems else 200
    return page(request, "web/record_kind.html", context, parts=("record_form",), status=status)
