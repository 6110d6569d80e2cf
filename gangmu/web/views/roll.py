"""The roll of a unit: its members and those of units beneath, found by name or initials, taken along as shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.problems import NotFound, Refused
from gangmu.orgs import queries as orgs
from gangmu.orgs.found_members import found_members, names_of
from gangmu.orgs.permissions import Permission
from gangmu.orgs.rosters import MemberRow
from gangmu.orgs.tree import Node
from gangmu.pages import listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page, refused
from gangmu.pages.templatetags.gangmu import said
from gangmu.web.views.units import crumbs
from gangmu.web.words import unit_names

SIZE = 50
MOST_TAKEN = 1_000  # names in one file; for more, one goes to a unit further down
FIELDS = ("stage", "category", "age_band")


@dataclass(frozen=True, slots=True)
class Line:
    """One member as the roll shows it."""

    name: str
    org: OrgId
    unit: str
    stage: str
    category: str
    age: str
    since: date


@policy(Permission.SEE_PERSONS, object="unit")
def unit_roll(request: SignedIn, org: str) -> HttpResponse:
    """The members, a page of them; with words, those whose name, initials or number hold them."""
    node = orgs.unit(request.actor.scope, OrgId(org))
    try:
        rows = found_members(request.actor.scope, node.org, request.GET.get("q", ""))
    except NotFound:
        raise
    except Refused as refusal:
        return refused(request, "web/roll.html", _context(request, node, ()), refusal.problems)
    return page(request, "web/roll.html", _context(request, node, rows))


@policy(Permission.SEE_PERSONS, object="unit")
def unit_roll_csv(request: SignedIn, org: str) -> HttpResponseBase:
    """What the list shows, as a file: CSV, or a workbook (`as=xlsx`)."""
    node = orgs.unit(request.actor.scope, OrgId(org))
    try:
        rows = found_members(request.actor.scope, node.org, request.GET.get("q", ""))
    except NotFound:
        raise
    except Refused:
        rows = ()
    if not 0 < len(rows) <= MOST_TAKEN:  # the page says why
        return HttpResponseRedirect(listing.address(reverse("unit-roll", args=[node.org]), {"q": request.GET.get("q")}))
    header = [_("姓名"), _("支部"), _("阶段"), _("类别"), _("年龄段"), _("编入日期")]
    name = _("%(name)s党员名册") % {"name": node.name}
    return listing.exported(request.GET, name, header, _cells(_lines(request, node, rows)))


def _cells(lines: Sequence[Line]) -> Iterator[Sequence[object]]:
    for line in lines:
        yield line.name, line.unit, line.stage, line.category, line.age, line.since


def _context(request: SignedIn, node: Node, rows: Sequence[MemberRow]) -> dict[str, Any]:
    shown = listing.cut(rows, listing.page_number(request.GET), SIZE)
    file = reverse("unit-roll-csv", args=[node.org])
    return {
        "section": "units", "unit": node, "q": request.GET.get("q", ""), "keys": frozenset({"q"}),
        "crumbs": crumbs(request.actor.scope, node, _("党员名册")),
        "roll": listing.Slice(_lines(request, node, shown.rows), shown.number, SIZE, len(rows)),
        "export": listing.export_addresses(file, request.GET, len(rows)) if 0 < len(rows) <= MOST_TAKEN else None,
        "too_many": len(rows) > MOST_TAKEN, "most": MOST_TAKEN,
    }  # fmt: skip


def _lines(request: SignedIn, node: Node, rows: Sequence[MemberRow]) -> list[Line]:
    names = names_of(request.actor.scope, node.org, rows)
    units, words = unit_names(request.actor.scope.day), _words()
    return [_line(row, names, units, words) for row in rows]


def _line(
    row: MemberRow, names: Mapping[PersonId, str], units: Mapping[str, str], words: Mapping[str, Mapping[str, Text]]
) -> Line:
    stage, category, age = (
        said(words[key][value]) if value in words[key] else value
        for key, value in zip(FIELDS, (row.stage, row.category, row.age_band), strict=True)
    )
    return Line(names.get(row.person, ""), row.org, units.get(row.org, ""), stage, category, age, row.since)


def _words() -> dict[str, dict[str, Text]]:
    """The words of the catalog for stages, categories and age bands."""
    kinds = [catalog().facts[key] for key in ("membership.started", "membership.stage_changed")]
    found: dict[str, dict[str, Text]] = {key: {} for key in FIELDS}
    for field in (field for kind in kinds for field in kind.fields if field.key in FIELDS):
        values = catalog().choices(field.values_from) if field.values_from else field.values
        for one in values:
            found[field.key].setdefault(one.key, one.title)
    return found
