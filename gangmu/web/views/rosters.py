"""Rosters as lists that people keep: how many stand on each, who they are for whoever may know, who comes and goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.kernel.ids import OrgId, new_id
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.orgs import actions, enrolments
from gangmu.orgs import queries as orgs
from gangmu.orgs.enrolments import EnrolmentRow
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.tree import Node
from gangmu.pages import entry, formats, listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.pages.templatetags.gangmu import language, said
from gangmu.web import figure_rows, roster_forms
from gangmu.web.record_form import said_once
from gangmu.web.views.units import crumbs
from gangmu.web.words import beneath

SIZE = 50
FIGURE = "roster.current"


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on a roster as a row; `name` is empty where it may not be seen, `over` where the agreed day is past."""

    row: EnrolmentRow
    name: str
    unit: str
    over: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """One roster: how many stand on it here and beneath, and where the figure is explained."""

    key: str
    title: Text
    count: int
    figure: str


def _lines(request: SignedIn, node: Node, roster: str, *, names: bool = True) -> list[Line]:
    scope, tree = request.actor.scope, orgs.tree(request.actor.scope.day)
    rows = enrolments.enrolled(scope, node.org, roster)
    known = enrolments.names(scope, node.org, rows) if names else {}
    called = {org: (tree.get(org) or node).name for org in {row.org for row in rows}}
    return [
        Line(row, known.get(row.person, ""), beneath(called[row.org], node.name) if row.org != node.org else "",
             bool(row.until and row.until < scope.day))
        for row in rows
    ]  # fmt: skip


def _asked(request: SignedIn, counted: dict[str, int]) -> str:
    """The roster asked for; else the first that has anybody."""
    roster = request.GET.get("roster", "")
    if roster and catalog().family_of.get(roster) != "roster_type":
        raise Http404
    return roster or next(iter(counted), "")


@policy(Permission.SEE_FIGURES, object="unit")
def unit_rosters(request: SignedIn, org: str) -> HttpResponse:
    """Every roster with its count, and one of them as a list."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    counted = enrolments.counts(scope, node.org)
    roster, period = _asked(request, counted), Period.of_year(scope.day.year)
    found = listing.cut(_lines(request, node, roster), listing.page_number(request.GET), SIZE) if roster else None
    keeps = node.alive and may(request.actor, Permission.KEEP_MEMBERS, node.org)
    context = {
        "section": "units",
        "unit": node,
        "crumbs": crumbs(scope, node, _("名册")),
        "rosters": [
            Roster(key, catalog().tags[key].title, count,
                   figure_rows.figure_address(node.org, f"{FIGURE}[{key}]", period))
            for key, count in counted.items() if key in catalog().tags
        ],
        "roster": catalog().tags[roster] if roster else None,
        "found": found,
        "named": may(scope, Permission.SEE_PERSONS, node.org),
        "verbs": [(key, verb) for key, verb in roster_forms.VERBS.items() if keeps],
        "changed": roster_forms.VERBS.get(request.GET.get("changed", "")),
        "draft_done": f"{request.GET.get('changed', '')}-{node.org}",
        "export": listing.export_addresses(reverse("unit-rosters-csv", args=[org]), request.GET),
    }  # fmt: skip
    return page(request, "web/rosters.html", context)


@policy(Permission.SEE_FIGURES, object="unit")
def unit_rosters_csv(request: SignedIn, org: str) -> HttpResponseBase:
    """The same list as a file: all of it, or the page that was chosen; names only for whoever may see them."""
    node = orgs.unit(request.actor.scope, OrgId(org))
    roster = _asked(request, enrolments.counts(request.actor.scope, node.org))
    lines = _lines(request, node, roster) if roster else []
    if "page" in request.GET:
        lines = list(listing.cut(lines, listing.page_number(request.GET), SIZE).rows)
    title = said(catalog().tags[roster].title) if roster else _("名册")
    header = [_("姓名"), _("单位"), _("凭哪份文件"), _("从哪天"), _("到哪天")]
    rows = [[one.name, one.unit or node.name, one.row.basis, formats.day(one.row.since, language()),
             formats.day(one.row.until, language()) if one.row.until else ""] for one in lines]  # fmt: skip
    return listing.exported(request.GET, f"{node.name} {title}", header, rows)


@policy(Permission.KEEP_MEMBERS, object="unit")
def unit_roster(request: SignedIn, org: str, verb: str) -> HttpResponse:
    """GET shows the form; POST enters somebody or takes somebody off, or says everything that is wrong."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    if verb not in roster_forms.VERBS or not node.alive:
        raise Http404
    if request.method != "POST":
        return _form(request, node, verb, [])
    try:
        roster = _entered(request, node) if verb == "enter" else _left(request, node)
    except Refused as refusal:
        return _form(request, node, verb, refusal.problems)
    address = {"roster": roster, "changed": verb}
    return HttpResponseRedirect(listing.address(reverse("unit-rosters", args=[node.org]), address))


def _entered(request: SignedIn, node: Node) -> str:
    asked, problems = roster_forms.entering(request.actor.scope, node, request.POST)
    if problems:
        raise Refused(problems)
    actions.enrol(asked, by=request.actor)
    return asked.roster


def _left(request: SignedIn, node: Node) -> str:
    standing = _standing(request, node)
    again = request.POST.get("roster", "")
    asked, problems = roster_forms.leaving(request.actor.scope, [one.row.id for one in standing], request.POST)
    if problems:
        raise Refused(problems)
    actions.strike(asked, by=request.actor)
    return next((one.row.roster for one in standing if one.row.id == asked.about), again)


def _standing(request: SignedIn, node: Node) -> list[Line]:
    """Everybody on a roster of this very unit, or on the one that the address names."""
    counted = enrolments.counts(request.actor.scope, node.org)
    wanted = [request.GET["roster"]] if request.GET.get("roster") in counted else list(counted)
    return [one for roster in wanted for one in _lines(request, node, roster) if one.row.org == node.org]


def _form(request: SignedIn, node: Node, verb: str, problems: Sequence[Problem]) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    if verb == "enter":
        fields = roster_forms.enter_fields(request.actor.scope, node, typed)
    else:
        tags, nameless = catalog().tags, _("姓名没有登记")
        standing = tuple(
            (one.row.id, f"{said(tags[one.row.roster].title)} {one.name or nameless}")
            for one in _standing(request, node) if one.row.roster in tags
        )  # fmt: skip
        fields = roster_forms.leave_fields(request.actor.scope, standing, typed)
    context = {
        "section": "units",
        "unit": node,
        "verb": roster_forms.VERBS[verb],
        "draft": f"{verb}-{node.org}",
        "fields": fields,
        "keys": entry.keys(fields),
        "idem": typed.get("idem") or new_id(),
        "crumbs": crumbs(request.actor.scope, node, _("名册")),
        "back": reverse("unit-rosters", args=[node.org]),
        "record_at_once": True,
        "problems": said_once(problems),
    }
    return page(request, "web/guided.html", context, status=422 if problems else 200)
