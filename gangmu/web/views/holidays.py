"""The table of holidays and of weekends worked in exchange: seen by everybody, and tried out anew before it is kept."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.kernel.problems import Problem, Refused
from gangmu.orgs.permissions import Permission
from gangmu.pages import entry
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.entry import Field
from gangmu.pages.fragments import page
from gangmu.web import holidays as tables
from gangmu.web.holidays import Tried, YearTable


@policy(Permission.SEE_FIGURES)
def holidays(request: SignedIn) -> HttpResponse:
    """GET shows a year's table; POST what a table written anew comes to. Nothing is kept: the table is a definition."""
    known, today = catalog(), request.actor.scope.day
    years = tables.years_of(known, today)
    asked = request.POST.get("year") or request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and int(asked) in years else today.year
    table = tables.table_of(known, year)
    if request.method != "POST":
        return _page(request, table, years)
    try:
        found = tables.tried(known, year, request.POST.get("rows", ""), request.POST.get("source", ""))
    except Refused as refusal:
        return _page(request, table, years, problems=list(refusal.problems))
    return _page(request, table, years, found)


def _page(
    request: SignedIn, table: YearTable, years: list[int], found: Tried | None = None,
    problems: list[Problem] | None = None,
) -> HttpResponse:  # fmt: skip
    fields = _fields(request, table)
    context = {
        "section": "desk",
        "crumbs": [(reverse("desk"), _("我的")), ("", _("节假日和调休"))],
        "table": table,
        "years": years,
        "fields": fields,
        "keys": entry.keys(fields),
        "tried": found,
        "open": request.method == "POST",
        "problems": problems or [],
    }
    return page(request, "web/holidays.html", context, status=422 if problems else 200)


def _fields(request: SignedIn, table: YearTable) -> list[Field]:
    typed = request.POST
    hint = Text(
        zh="一行一个节：名称、头一天、最后一天，有调休的写“补班”和日子。比如：春节 02-15 02-23 补班 02-14 02-28",
        en="A line a holiday: name, first and last day, then weekends worked. As 春节 02-15 02-23 补班 02-14 02-28",
    )  # fmt: skip
    title = Text(zh="哪几天放假、哪几天补班", en="Days off and weekends worked")
    rows = typed.get("rows", tables.as_lines(table))
    source = typed.get("source", table.source)
    return [
        Field("rows", title, "textarea", rows, required=True, help=hint),
        Field("source", Text(zh="依据（哪一份通知）", en="By which notice"), "text", source, required=True),
    ]
