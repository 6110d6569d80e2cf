"""Both coverages: what is to be covered beneath a unit, what covers it, and the gaps down to the last shop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.indicators import queries as indicators
from gangmu.indicators.process import one_reach
from gangmu.kernel.ids import OrgId, new_id
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.orgs import actions
from gangmu.orgs import queries as orgs
from gangmu.orgs.coverage import Entity, entities, is_entity
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.tree import Node
from gangmu.pages import entry, formats, listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.pages.templatetags.gangmu import language, said
from gangmu.web import coverage_forms, figure_rows
from gangmu.web.record_form import said_once
from gangmu.web.views.units import crumbs
from gangmu.web.words import beneath

SIZE = 100
RATES = ("coverage.organisation", "coverage.work")
GAP = "gap"
MARKS: Mapping[str, str] = {"organised": "done", "mentored": "due", GAP: "overdue"}


@dataclass(frozen=True, slots=True)
class Line:
    """An entity as a row: its kind, how it is covered (`how`: organised, mentored or gap) and by which relations."""

    entity: Entity
    kind: object
    how: str
    words: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beneath:
    """A unit right beneath and how many entities lie in it: all, with a unit, with a mentor alone, with nothing."""

    node: Node
    name: str
    total: int
    organised: int
    mentored: int
    gaps: int


def words_of() -> dict[str, str]:
    """How each state is called."""
    return {"organised": _("有党组织"), "mentored": _("只派了指导员"), GAP: _("空白")}


def _lines(found: Sequence[Entity], query: QueryDict) -> list[Line]:
    called, ways = words_of(), dict(coverage_forms.ways())
    kinds = catalog().organisation_kinds
    only, kind = query.get("only", ""), query.get("kind", "")
    told = []
    for one in found:
        how = one.how or GAP
        if (not only or only == how) and (not kind or kind == one.node.kind):
            covers = tuple(f"{said(ways.get(cover.kind, cover.kind))}" for cover in one.covers)
            told.append(Line(one, kinds[one.node.kind].title, how, called[how], covers))
    return told


def _beneath(request: SignedIn, node: Node, found: Sequence[Entity]) -> list[Beneath]:
    told = []
    for child in orgs.children(request.actor.scope, node.org):
        inside = [one.how for one in found if one.node.path.startswith(child.path)]
        if inside and not is_entity(child):
            counts = (len(inside), inside.count("organised"), inside.count("mentored"), inside.count(""))
            told.append(Beneath(child, beneath(child.name, node.name), *counts))
    return told


@policy(Permission.SEE_FIGURES, object="unit")
@one_reach()
def unit_coverage(request: SignedIn, org: str) -> HttpResponse:
    """The two rates, the units beneath with their gaps, and every entity with what covers it; `only=gap`: the gaps."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    found = entities(scope, node.org)
    period = Period.of_year(scope.day.year)
    figures = indicators.figures(scope, RATES, node.org, period)
    context = {
        "section": "units",
        "unit": node,
        "crumbs": crumbs(scope, node, _("两个覆盖")),
        "rates": [(figure_rows.title(one.key), one, figure_rows.figure_address(node.org, one.key, period))
                  for one in figures],
        "beneath": _beneath(request, node, found),
        "found": listing.cut(_lines(found, request.GET), listing.page_number(request.GET), SIZE),
        "total": len(found),
        "only": request.GET.get("only", ""),
        "kind": request.GET.get("kind", ""),
        "states": words_of().items(),
        "marks": MARKS,
        "kinds": _kinds(found),
        "may_shape": may(request.actor, Permission.SHAPE_TREE, node.org),
        "changed": coverage_forms.VERBS.get(request.GET.get("changed", "")),
        "draft_done": f"{request.GET.get('changed', '')}-{node.org}",
        "export": listing.export_addresses(reverse("unit-coverage-csv", args=[org]), request.GET),
    }  # fmt: skip
    return page(request, "web/coverage.html", context)


def _kinds(found: Sequence[Entity]) -> list[tuple[str, str]]:
    kinds = catalog().organisation_kinds
    return [(key, said(kinds[key].title)) for key in kinds if any(one.node.kind == key for one in found)]


@policy(Permission.SEE_FIGURES, object="unit")
def unit_coverage_csv(request: SignedIn, org: str) -> HttpResponseBase:
    """The same list as a file: all of it, or the page that was chosen."""
    node = orgs.unit(request.actor.scope, OrgId(org))
    rows = _lines(entities(request.actor.scope, node.org), request.GET)
    if "page" in request.GET:
        rows = list(listing.cut(rows, listing.page_number(request.GET), SIZE).rows)
    header = [_("单位"), _("类别"), _("属于哪里"), _("覆盖情况"), _("怎么覆盖的"), _("哪个党组织"), _("从哪天")]
    return listing.exported(request.GET, f"{node.name} {_('两个覆盖')}", header, map(_cells, rows))


def _cells(line: Line) -> list[object]:
    one, between = line.entity, _("、")
    return [
        one.node.name, said(line.kind), one.above.name if one.above else "", line.words, between.join(line.ways),
        between.join(cover.unit.name for cover in one.covers),
        between.join(formats.day(cover.since, language()) for cover in one.covers),
    ]  # fmt: skip


@policy(Permission.SHAPE_TREE, object="unit")
def unit_cover(request: SignedIn, org: str, verb: str) -> HttpResponse:
    """GET shows the form of an entity; POST records what covers it or that it ended, or says all that is wrong."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    if verb not in coverage_forms.VERBS or not node.alive or not is_entity(node):
        raise Http404
    entity = entities(scope, node.org)[0]
    if request.method != "POST":
        return _form(request, entity, verb, [])
    asked, problems = coverage_forms.told(scope, entity, verb, request.POST)
    try:
        if problems:
            raise Refused(problems)
        if verb == "end":
            actions.close_relation(asked.about, by=request.actor, at=asked.at, idem=asked.idem, reason=asked.reason)
        elif asked.other is not None:
            actions.open_relation(asked.relation, node.org, asked.other, by=request.actor, at=asked.at, idem=asked.idem)
    except Refused as refusal:
        return _form(request, entity, verb, refusal.problems)
    return HttpResponseRedirect(f"{reverse('unit-coverage', args=[node.org])}?changed={verb}")


def _form(request: SignedIn, entity: Entity, verb: str, problems: Sequence[Problem]) -> HttpResponse:
    node, typed = entity.node, request.POST if request.method == "POST" else request.GET
    fields = coverage_forms.fields(entity, verb, typed, request.actor.scope.day)
    context = {
        "section": "units",
        "unit": node,
        "verb": coverage_forms.VERBS[verb],
        "draft": f"{verb}-{node.org}",
        "fields": fields,
        "keys": entry.keys(fields),
        "idem": typed.get("idem") or new_id(),
        "crumbs": crumbs(request.actor.scope, node, _("两个覆盖")),
        "back": reverse("unit-coverage", args=[node.org]),
        "record_at_once": True,
        "problems": said_once(problems),
    }
    return page(request, "web/guided.html", context, status=422 if problems else 200)
