"""Training: the year's plan of a unit by audience, its classes with their sessions, and a session by absentees."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.kernel.ids import OrgId, new_id
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.ledger import queries as ledger
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.tree import Node
from gangmu.pages import entry, listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.entry import Field
from gangmu.pages.fragments import page
from gangmu.pages.templatetags.gangmu import said
from gangmu.records.training import TrainingClass, class_of, classes, open_class, record_session
from gangmu.web import figure_rows, training_forms
from gangmu.web.record_form import said_once
from gangmu.web.views.units import crumbs


@dataclass(frozen=True, slots=True)
class Line:
    """A class of the plan as a row: its name where it may be read, hours held of those planned, its sessions."""

    held: TrainingClass
    name: str
    whom: str
    hours: Decimal

    @property
    def done(self) -> bool:
        return self.held.hours is not None and self.hours >= self.held.hours


@policy(Permission.SEE_FACTS, object="unit")
def unit_training(request: SignedIn, org: str) -> HttpResponse:
    """The plan of a year: each class with for whom it is, hours held of those planned, and its sessions."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    every = classes(scope, node.org)
    year = int(request.GET["year"]) if request.GET.get("year", "").isdecimal() else scope.day.year
    years = sorted({scope.day.year, *(one.year for one in every if one.year)})
    changed = training_forms.VERBS.get(request.GET.get("changed", ""))
    pushed = "platform.pushed"
    context = {
        "section": "units",
        "unit": node,
        "crumbs": crumbs(scope, node, _("培训")),
        "year": year,
        "years": years,
        "lines": _lines(request, node, [one for one in every if one.year == year]),
        "records": node.alive and may(request.actor, Permission.RECORD, node.org),
        "pushed": figure_rows.figure_address(
            node.org, pushed, Period.of_year(year if year in years else scope.day.year)
        ),
        "cite": listing.address(
            reverse("record-kind", args=["citation.recorded"]), {"org": node.org, "citation_type": "pushed_resources"}
        ),
        "changed": changed,
        "draft_done": f"{request.GET.get('changed', '')}-{node.org}",
    }
    return page(request, "web/training.html", context)


def _lines(request: SignedIn, node: Node, found: Sequence[TrainingClass]) -> list[Line]:
    sees = may(request.actor, Permission.SEE_PERSONS, node.org)
    opened = ledger.open_slots({one.fact for one in found}, {"name"}) if sees and found else ()
    names, whom = {one.fact: one.text for one in opened}, dict(training_forms.audiences())
    return [
        Line(one, names.get(one.fact, ""), said(whom.get(one.audience, one.audience)),
             sum((Decimal(str(session.body.get("class_hours") or 0)) for session in one.sessions), Decimal(0)))
        for one in found
    ]  # fmt: skip


@policy(Permission.RECORD, object="unit")
def training_plan(request: SignedIn, org: str) -> HttpResponse:
    """GET shows the form of a class of the plan; POST puts it there, or says everything that is wrong."""
    node = _living(request, org)

    def done() -> None:
        (whom, hours, due, name), problems = training_forms.planned(request.actor.scope, request.POST)
        open_class(node.org, whom, hours, due, name, by=request.actor, at=request.actor.scope.day,
                   idem=request.POST.get("idem", ""), problems=problems)  # fmt: skip

    return _answer(request, node, "plan", training_forms.plan_fields(_typed(request)), done)


@policy(Permission.RECORD, object="unit")
def training_session(request: SignedIn, org: str, about: str) -> HttpResponse:
    """GET shows the form of a session with everybody of the audience; POST records who came, or says what is wrong."""
    node, scope = _living(request, org), request.actor.scope
    held = class_of(scope, node.org, about)
    if held is None:
        raise Http404

    def done() -> None:
        session, problems = training_forms.session_meant(scope, node, about, request.POST)
        record_session(session, by=request.actor, idem=request.POST.get("idem", ""), problems=problems)

    return _answer(request, node, "session", training_forms.session_fields(scope, node, held, _typed(request)), done)


def _living(request: SignedIn, org: str) -> Node:
    node = orgs.unit(request.actor.scope, OrgId(org))
    if not node.alive:
        raise Http404
    return node


def _typed(request: SignedIn):  # type: ignore[no-untyped-def]  # Django's own QueryDict
    return request.POST if request.method == "POST" else request.GET


def _answer(request: SignedIn, node: Node, verb: str, fields: list[Field], done: Callable[[], None]) -> HttpResponse:
    problems: Sequence[Problem] = []
    if request.method == "POST":
        try:
            done()
            return HttpResponseRedirect(f"{reverse('unit-training', args=[node.org])}?changed={verb}")
        except Refused as refusal:
            problems = refusal.problems
    context = {
        "section": "units",
        "unit": node,
        "verb": training_forms.VERBS[verb],
        "draft": f"{verb}-{node.org}",
        "fields": fields,
        "keys": entry.keys(fields),
        "idem": _typed(request).get("idem") or new_id(),
        "crumbs": crumbs(request.actor.scope, node, _("培训")),
        "back": reverse("unit-training", args=[node.org]),
        "record_at_once": True,
        "problems": said_once(problems),
    }
    return page(request, "web/guided.html", context, status=422 if problems else 200)
