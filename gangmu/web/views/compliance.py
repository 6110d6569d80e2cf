"""How the duties of a unit and of all beneath it are kept: duty by duty, and unit by unit."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.duties.grants import waivers_of_units
from gangmu.duties.queries import by_duty, compliance
from gangmu.indicators.process import one_reach
from gangmu.kernel.ids import OrgId
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.tree import Node
from gangmu.pages import listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.choices import PickedPeriod
from gangmu.pages.fragments import page
from gangmu.pages.templatetags.gangmu import said
from gangmu.web import compliance_rows, figure_rows
from gangmu.web.compliance_rows import STATES, Asked, Line
from gangmu.web.duties_granting import GrantLine, lines
from gangmu.web.views.facts import kept
from gangmu.web.views.units import crumbs

SIZE = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """What page and file show alike: the lines asked for, and all together where they add up to that."""

    node: Node
    asked: Asked
    picked: PickedPeriod
    by: str
    lines: list[Line]
    whole: Line | None


def _shown(request: SignedIn, org: str) -> Shown:
    """The lines by unit, or by duty where the address says `by=duty`. Http404 for a duty that there is none of."""
    scope, query = request.actor.scope, request.GET
    node = orgs.unit(scope, OrgId(org))
    picked = figure_rows.picked(query, scope, node.org)
    only, duty = query.get("only", ""), query.get("duty", "")
    if duty and duty not in catalog().duties:
        raise Http404
    asked = Asked(node.org, picked.period, duty, only if only in STATES else "")
    if query.get("by") == "duty" and not duty:
        lines = compliance_rows.duty_lines(asked, by_duty(scope, node.org, picked.period, scope.day))
        return Shown(node, asked, picked, "duty", compliance_rows.narrowed(lines, asked.only), None)
    found = compliance(scope, node.org, picked.period, scope.day, duty or None)
    lines = compliance_rows.narrowed(compliance_rows.unit_lines(asked, found), asked.only)
    return Shown(node, asked, picked, "unit", lines, compliance_rows.whole_line(asked, found))


@policy(Permission.SEE_FIGURES, object="unit")
@one_reach()
def unit_compliance(request: SignedIn, org: str) -> HttpResponse:
    """The rate met of every duty or of one, with what it is made of and the late share, by unit or by duty."""
    shown = _shown(request, org)
    node, asked = shown.node, shown.asked
    found = listing.cut(shown.lines, listing.page_number(request.GET), SIZE)
    context = {
        "section": "units",
        "unit": node,
        "crumbs": crumbs(request.actor.scope, node, _("履职情况")),
        "picked": shown.picked,
        "kept": kept(request.GET, "from", "to", "only"),
        "asked": asked,
        "by": shown.by,
        "found": found,
        "whole": shown.whole,
        "owes": shown.whole is None or _owes(shown.whole),
        "withheld": any(line.withheld for line in [*found.rows, *([shown.whole] if shown.whole else [])]),
        "persons": bool(shown.whole and shown.whole.persons),
        "duty": said(catalog().duties[asked.duty].duty.title) if asked.duty else "",
        "duties": [(key, said(one.duty.title)) for key, one in catalog().duties.items()],
        "states": compliance_rows.told_states(),
        "year": asked.year(node.org),
        "waivers": _waivers(request, shown) if asked.only == "waived" else [],
        "export": listing.export_addresses(reverse("unit-compliance-csv", args=[org]), request.GET),
    }
    return page(request, "web/compliance.html", context)


def _waivers(request: SignedIn, shown: Shown) -> list[GrantLine]:
    """What was waived there, each with its record, for whoever may read records; of persons nothing."""
    scope, asked = request.actor.scope, shown.asked
    if not may(scope, Permission.SEE_FACTS, asked.org):
        return []
    return lines(scope, waivers_of_units(scope, asked.org, asked.period, asked.duty, SIZE))


def _owes(whole: Line) -> bool:
    return whole.persons or bool(whole.kept and whole.kept.by_state)


@policy(Permission.SEE_FIGURES, object="unit")
@one_reach()
def unit_compliance_csv(request: SignedIn, org: str) -> HttpResponseBase:
    """The same lines as a file: all of them, or the page that was chosen."""
    shown = _shown(request, org)
    lines = shown.lines
    if "page" in request.GET:
        lines = list(listing.cut(lines, listing.page_number(request.GET), SIZE).rows)
    first = _("职责") if shown.by == "duty" else _("单位")
    header = [first, _("完成率（%）"), _("完成"), _("应完成"), _("应办人数"), _("补录占比（%）"),
              *(words for _state, words in compliance_rows.told_states())]  # fmt: skip
    told = [*lines, *([shown.whole] if shown.whole else [])]
    name = f"{shown.node.name} {_('履职情况')} {shown.picked.period}"
    return listing.exported(request.GET, name, header, [compliance_rows.cells(line) for line in told])
