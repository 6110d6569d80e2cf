"""A unit's year of duties, and how one deadline came about."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.duties.queries import DutyYear, unit_year
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.periods import EARLIEST, LATEST
from gangmu.kernel.problems import Problem
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.tree import Node
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page, wanted_part
from gangmu.pages.templatetags.gangmu import said
from gangmu.people.queries import person_of
from gangmu.web import duty_deadline as deadlines
from gangmu.web import duty_words, duty_year
from gangmu.web.views.record import recordable
from gangmu.web.views.units import crumbs, record_here

YEARS = 3  # offered to choose from, this one and those before
PANEL = "duty_deadline"


@policy(Permission.SEE_FIGURES, object="unit")
def unit_duties(request: SignedIn, org: str) -> HttpResponse:
    """The unit's year as strips, a square a period of each duty; each square leads to its records and its deadline."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    year, problems = _year(request.GET.get("year", ""), scope.day.year)
    reader, found = owed(request, node, year)
    context = {
        "section": "units",
        "unit": node,
        "crumbs": crumbs(scope, node, _("职责")),
        "year": year,
        "years": sorted({year, *range(scope.day.year - YEARS + 1, scope.day.year + 1)}, reverse=True),
        "problems": problems,
        "months": range(1, 13),
        "now": scope.day.month if year == scope.day.year else 0,
        "strips": duty_year.strips(scope, node.org, found, reader),
        "legend": duty_words.legend(),
        "has_children": bool(orgs.children(scope, node.org)),
        **record_here(request, node.org),
    }
    return page(request, "web/duty_year.html", context)


@policy(Permission.SEE_FIGURES, object="unit")
def duty_deadline(request: SignedIn, org: str, key: str, month: str) -> HttpResponse:
    """What the unit owes by one duty from one month on: its state, its records or its form, and how the day came."""
    scope = request.actor.scope
    node, first = orgs.unit(scope, OrgId(org)), deadlines.month_asked(month)
    definition = catalog().duties.get(key)
    if definition is None or first is None:
        raise Http404
    whole_year = f"{reverse('unit-duties', args=[node.org])}?year={first.year}"
    reader, years = owed(request, node, first.year)
    whose = request.GET.get("of", "")
    found = deadlines.asked_for(years, key, first, whose)
    names = duty_year.names_of(scope, node.org, [one.obligation.bearer for one in found], reader)
    context = {
        "section": "units",
        "unit": node,
        "crumbs": [*crumbs(scope, node), (whole_year, _("职责")), ("", said(definition.duty.title))],
        "duty": definition.duty,
        "first": first,
        "things": deadlines.explained(scope, found, names, kinds_at(request, node)),
        "more": max(0, len(found) - deadlines.MOST),
        "together": any(one.duty.key == key and one.persons for one in years),
        "in_place": wanted_part(request) == PANEL,
        "year_address": whole_year,
        "anchor": duty_words.anchor(key, month, whose),
    }
    return page(request, "web/duty_deadline.html", context, parts=(PANEL,))


def owed(request: SignedIn, node: Node, year: int) -> tuple[PersonId | None, tuple[DutyYear, ...]]:
    """Who reads, and what the unit owes in the year as far as that person may see it today."""
    reader = person_of(request.actor.account)
    return reader, unit_year(request.actor.scope, node.org, year, request.actor.scope.day, reader)


def kinds_at(request: SignedIn, node: Node) -> frozenset[str]:
    """The kinds of fact that the reader records at the unit."""
    if not may(request.actor, Permission.RECORD, node.org):
        return frozenset()
    return frozenset(kind.key for kind in recordable(request))


def _year(text: str, this_year: int) -> tuple[int, list[Problem]]:
    """The year that the address asks for; this year and a problem where it names none."""
    if not text:
        return this_year, []
    if text.isascii() and text.isdecimal() and len(text) == 4 and EARLIEST.year <= int(text) <= LATEST.year:
        return int(text), []
    return this_year, [Problem(
        "web.duty_year", f"年份“{text[:20]}”看不懂，要写成{this_year}这样的四位数；这里先显示今年。",
        f"The year “{text[:20]}” cannot be read; write four digits like {this_year}. This year is shown instead.",
        where="year",
    )]  # fmt: skip
