"""Sheets: hand one in, say which column is which, see what is wrong, record the rest, take the sheet back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.imports import actions, jobs, queries
from gangmu.imports.queries import AT_WORK
from gangmu.imports.returned import returned
from gangmu.imports.rules.columns import sheet_kind
from gangmu.imports.targets import REGISTRY
from gangmu.kernel.ids import AccountId, OrgId
from gangmu.kernel.problems import NotFound, Problem, Refused, Unusable
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, may
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.entry import Field
from gangmu.pages.fragments import page, refused, wanted_part
from gangmu.pages.templatetags.gangmu import language
from gangmu.pages.xlsx_export import CONTENT_TYPE
from gangmu.reading.grid import Grid
from gangmu.reading.table_files import pasted_table, tables_in
from gangmu.web import sheet_form
from gangmu.web.record_form import unit_meant
from gangmu.web.views.record import recordable

NOTHING = Problem(
    "web.no_sheet", "还没有表：选一个文件，或者把表格粘贴进来。", "There is no sheet yet: choose a file or paste it.",
    where="file",
)  # fmt: skip
KIND = Text(zh="表里是什么", en="What the sheet holds")
UNIT = Text(zh="整张表都是哪个单位", en="The unit of the whole sheet")
NO_COLUMN = Text(zh="表里有单位那一列就空着。", en="Leave it empty where the sheet has a column of units.")
NO_KIND = Problem("web.no_sheet_kind", "还没选表里是什么。", "Say what the sheet holds.", where="kind")


@dataclass(frozen=True, slots=True)
class Listed:
    """One sheet in its owner's list."""

    address: str
    name: str
    title: object
    state: str
    created: datetime
    right: int
    wrong: int


@policy(Permission.RECORD)
def sheets(request: SignedIn) -> HttpResponse:
    """GET shows where to hand a sheet in, and those handed in before; POST keeps one and goes to its page."""
    if request.method != "POST":
        return page(request, "web/sheets.html", _form(request))
    try:
        return HttpResponseRedirect(reverse("sheet", args=[_kept(request)]))
    except Unusable as trouble:
        return refused(request, "web/sheets.html", _form(request), [trouble.problem])
    except NotFound:
        raise
    except Refused as refusal:
        return refused(request, "web/sheets.html", _form(request), refusal.problems)


def _kept(request: SignedIn) -> str:
    """Keep what was handed in; returns its id. Raises Unusable, Refused."""
    kind, words = request.POST.get("kind", ""), request.POST.get("org", "").strip()
    if kind not in {key for key, _title in _offered(request)}:
        raise Refused([NO_KIND])
    org, wrong = unit_meant(request.actor.scope, words, "org") if words else (OrgId(""), [])
    if wrong:
        raise Refused(wrong)
    name, grids, notes = _tables(request)
    return actions.keep(name, grids, kind, notes, fixed=_of_unit(request, org), by=request.actor)


def _of_unit(request: SignedIn, org: OrgId) -> dict[str, str]:
    """The unit of the whole sheet as the form has it: by name and code."""
    node = orgs.tree(request.actor.scope.day).get(org)
    return {"unit": f"{node.name} {node.code}"} if node else {}


def _tables(request: SignedIn) -> tuple[str, list[Grid], list[Problem]]:
    file = request.FILES.get("file")
    if file is not None:
        name = file.name or ""
        return name, *tables_in(name, file.read())
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise Unusable(NOTHING)
    return _("粘贴的表格"), [pasted_table(text)], []


def _offered(request: SignedIn) -> list[tuple[str, Any]]:
    """What the reader may hand in: what one of the roles records somewhere."""
    registry = [key for key, one in REGISTRY.items() if may(request.actor, one.wants)]
    return sheet_form.kinds_offered([kind.key for kind in recordable(request)], registry)


def _form(request: SignedIn) -> dict[str, Any]:
    typed = request.POST if request.method == "POST" else request.GET
    fields = {
        "kind": Field("kind", KIND, "select", typed.get("kind", ""), (),
                      tuple(_offered(request)), required=True),
        "org": Field("org", UNIT, "org", typed.get("org", ""),
                     help=NO_COLUMN),
    }  # fmt: skip
    return {"section": "record", "fields": fields, "text": typed.get("text", ""), "sheets": _listed(request),
            "keys": frozenset({"kind", "org", "file", "text"})}  # fmt: skip


def _listed(request: SignedIn) -> list[Listed]:
    return [
        Listed(reverse("sheet", args=[one.id]), one.said.name, sheet_kind(catalog(), one.sheet).title, one.state,
               one.created, one.right, one.wrong)
        for one in queries.latest(AccountId(request.actor.account))
    ]  # fmt: skip


@policy(Permission.RECORD)
def sheet(request: SignedIn, sheet: str) -> HttpResponse:
    """GET shows how far the sheet is; POST aims at another table of it, or has every row checked."""
    one = queries.sheet(sheet, request.actor.account)
    if request.method != "POST":
        return _page(request, one)
    try:
        if request.POST.get("do") == "look":
            actions.look_at(sheet, _number(request, "sheet"), _number(request, "header"), by=request.actor)
        else:
            columns, fixed = sheet_form.told(sheet_kind(catalog(), one.sheet), request.POST)
            actions.ask_for_check(sheet, columns, fixed, by=request.actor)
            jobs.start(sheet)
    except NotFound:
        raise
    except Refused as refusal:
        return _page(request, queries.sheet(sheet, request.actor.account), refusal.problems)
    return HttpResponseRedirect(reverse("sheet", args=[sheet]))


def _number(request: SignedIn, name: str) -> int:
    told = request.POST.get(name, "")
    return int(told) if told.isdecimal() and told.isascii() and len(told) < 7 else 0


def _page(request: SignedIn, one: queries.Sheet, problems: Sequence[Problem] = ()) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "record", "one": one, "title": sheet_kind(catalog(), one.sheet).title, "problems": list(problems),
        "crumbs": [(reverse("sheets"), _("导入表格")), ("", one.said.name)], "at_work": one.state in AT_WORK,
        "told": list(one.said.wrong.items())[: sheet_form.TOLD], "left": one.wrong - sheet_form.TOLD,
    }  # fmt: skip
    if one.state in ("read", "checked"):
        grids = queries.tables(one.id, request.actor.account)
        context["shown"] = sheet_form.shown(one.sheet, grids, one.said.aim, request.POST)
        context["keys"] = context["shown"].keys
    answer = page(request, "web/sheet.html", context, parts=("sheet_progress",), status=422 if problems else 200)
    if wanted_part(request) == "sheet_progress" and not context["at_work"]:
        answer["HX-Refresh"] = "true"
    return answer


@policy(Permission.RECORD)
def sheet_record(request: SignedIn, sheet: str) -> HttpResponse:
    """POST records the right rows, as many as the page has shown; GET is the sheet itself."""
    one = queries.sheet(sheet, request.actor.account)
    if request.method == "POST":
        try:
            actions.ask_for_recording(sheet, _number(request, "right"), by=request.actor)
            jobs.start(sheet)
        except NotFound:
            raise
        except Refused as refusal:
            return _page(request, one, refusal.problems)
    return HttpResponseRedirect(reverse("sheet", args=[sheet]))


@policy(Permission.RECORD)
def sheet_returned(request: SignedIn, sheet: str) -> HttpResponseBase:
    """The sheet as it was handed in, with what is wrong beside each row."""
    one = queries.sheet(sheet, request.actor.account)
    if one.state in AT_WORK:
        raise Http404
    grid = queries.tables(sheet, request.actor.account)[one.said.aim.sheet]
    pieces = returned(grid, one.said, language())
    response = StreamingHttpResponse(pieces, content_type=CONTENT_TYPE)
    name = (_("%(name)s（凭据）") if one.said.receipts else _("%(name)s（退回）")) % {
        "name": one.said.name.rpartition(".")[0] or one.said.name
    }
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}.xlsx"
    return response


@policy(Permission.RECORD)
def sheet_discard(request: SignedIn, sheet: str) -> HttpResponse:
    """POST deletes the sheet, cells and all; what was recorded stays. GET is the sheet itself."""
    one = queries.sheet(sheet, request.actor.account)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("sheet", args=[sheet]))
    try:
        actions.discard(sheet, by=request.actor)
    except NotFound:
        raise
    except Refused as refusal:
        return _page(request, one, refusal.problems)
    return HttpResponseRedirect(reverse("sheets"))
