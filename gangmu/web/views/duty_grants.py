"""Waiving a duty once, and exempting whoever asked: the form, what it would come to, and then exactly that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.states import Status
from gangmu.duties import actions
from gangmu.duties.grants import GrantMade, exemptions_at
from gangmu.duties.queries import DutyYear
from gangmu.kernel.ids import OrgId, new_id
from gangmu.kernel.problems import NotFound, Problem, Refused
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission
from gangmu.orgs.tree import Node
from gangmu.pages import entry, formats
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.entry import Field
from gangmu.pages.fragments import page
from gangmu.pages.listing import address
from gangmu.pages.templatetags.gangmu import language, said
from gangmu.web import duties_granting as granting
from gangmu.web import duty_deadline as deadlines
from gangmu.web import duty_year
from gangmu.web.record_form import said_once
from gangmu.web.views.duty_year import owed
from gangmu.web.views.units import crumbs

TEMPLATE = "web/duty_grant.html"
Lines = Sequence[tuple[str, str]]  # what would be put on record: its name, its words


@dataclass(frozen=True, slots=True)
class Asking:
    """A form on its page: its title and one sentence, its controls, why there is none, and where it leads back to."""

    title: str
    why: str
    fields: Sequence[Field]
    closed: str
    back: str


@policy(Permission.RECORD, object="unit")
def duty_waive(request: SignedIn, org: str, key: str, month: str) -> HttpResponse:
    """GET shows the form for a duty of that month; POST what it comes to; POST with `confirm` puts it on record."""
    node, first = orgs.unit(request.actor.scope, OrgId(org)), deadlines.month_asked(month)
    if key not in catalog().duties or first is None:
        raise Http404
    found, names, asking = _waiving(request, node, key, first)
    if request.method != "POST" or asking.closed:
        return _page(request, node, key, asking)
    one = granting.meant(found, request.POST)
    at, _until, wrong = granting.days_meant(request.POST, request.actor.scope.day)
    problems = [*([] if one else [granting.NOT_CHOSEN]), *wrong]
    try:
        if problems or one is None:
            raise Refused(problems)
        if request.POST.get("confirm") != "yes":
            return _page(request, node, key, asking, told=_would_waive(one, names, at))
        actions.waive(
            key, node.org, one.obligation.bearer.id, one.obligation.period.start,
            reason=request.POST.get("reason", ""), by=request.actor, at=at, idem=request.POST.get("idem", ""),
        )  # fmt: skip
    except NotFound:
        raise
    except Refused as refusal:
        return _page(request, node, key, asking, refusal.problems)
    return HttpResponseRedirect(asking.back)


def _waiving(request: SignedIn, node: Node, key: str, first: date) -> tuple[list[Status], Mapping[str, str], Asking]:
    """What may be waived there, whose it is in words, and the form."""
    scope, whose = request.actor.scope, request.GET.get("of", "")
    reader, years = owed(request, node, first.year)
    every = deadlines.asked_for(years, key, first, whose)
    found = granting.open_to_waiving(every, request.GET.get("which", ""))
    names = duty_year.names_of(scope, node.org, [one.obligation.bearer for one in found], reader)
    closed = granting.who_may(scope, granting.row_of(key, first), node.org)
    if not closed and not found:
        closed = _("这里没有要免的：不欠、办过了或已经免了。")
    fields = [] if closed else granting.waiver_fields(found, names, request.POST, scope.day)
    back = address(reverse("duty-deadline", args=[node.org, key, f"{first:%Y-%m}"]), {"of": whose})
    why = _("有正当理由没法办的这一次，免了不算没做，也不算做了。")
    return found, names, Asking(_("免这一次"), why, fields, closed, back)


def _would_waive(one: Status, names: Mapping[str, str], at: date) -> Lines:
    whose = granting.whose_line(one, names)
    return [
        *([(_("谁的"), whose)] if whose else []),
        (_("哪一期"), formats.period(one.obligation.period, language())),
        (_("免了以后"), _("不算没做，也不算做了；别的期照旧")),
        (_("谁批准"), _("您，%(day)s") % {"day": formats.day(at, language())}),
    ]


@policy(Permission.RECORD, object="unit")
def duty_exempt(request: SignedIn, org: str, key: str) -> HttpResponse:
    """GET shows the form by which a person's wish is put on record, or ends; POST what it comes to, then does it."""
    node = orgs.unit(request.actor.scope, OrgId(org))
    if key not in catalog().duties:
        raise Http404
    bearers, ending, asking = _exempting(request, node, key)
    if request.method != "POST" or asking.closed:
        return _page(request, node, key, asking)
    bearer = next((one for one in bearers if one in (request.POST.get("which"), request.GET.get("of"))), None)
    today = request.actor.scope.day
    at, until, wrong = granting.days_meant(request.POST, today, ending.first if ending else None)
    problems = [*([] if bearer else [granting.NOT_CHOSEN]), *wrong]
    try:
        if problems or bearer is None:
            raise Refused(problems)
        if request.POST.get("confirm") != "yes":
            return _page(request, node, key, asking, told=_would_exempt(bearers[bearer], at, until))
        actions.exempt(
            key, node.org, bearer, by=request.actor, at=at, idem=request.POST.get("idem", ""), until=until,
            reason=ending.reason if ending else request.POST.get("reason", ""),
        )  # fmt: skip
    except NotFound:
        raise
    except Refused as refusal:
        return _page(request, node, key, asking, refusal.problems)
    return HttpResponseRedirect(asking.back)


def _exempting(request: SignedIn, node: Node, key: str) -> tuple[Mapping[str, str], GrantMade | None, Asking]:
    """Who may ask at the unit, by id and in words; the exemption that would end; the form."""
    scope, whose = request.actor.scope, request.GET.get("of", "")
    reader, years = owed(request, node, scope.day.year)
    those = [one.bearer for one in years if one.duty.key == key and one.bearer and one.bearer.kind != "unit"]
    names = duty_year.names_of(scope, node.org, those, reader)
    closed = "" if granting.on_request(granting.row_of(key, scope.day)) else _("这项职责没有“本人申请免除”这一条。")
    if not closed and not those:
        closed = _("这里没有人要办这一项。")
    asks = whose if whose in names else ""
    ending = _standing(request, node, key, asks) if request.GET.get("end") else None
    offered = tuple((one, name) for one, name in names.items() if asks in ("", one))
    fields = [] if closed else granting.exemption_fields(
        offered, request.POST, scope.day, ending, request.POST.get("which") or asks)  # fmt: skip
    title = _("结束免除") if ending else _("本人申请免除")
    why = _("从第二天起又要办；以前的照旧。") if ending else _("本人申请了就免，不问病情和残疾。")
    return dict(offered), ending, Asking(title, why, fields, closed, _back(node, key, years, asks, scope.day))


def _standing(request: SignedIn, node: Node, key: str, bearer: str) -> GrantMade | None:
    """The exemption of the bearer that has not ended by today."""
    known = exemptions_at(request.actor.scope, node.org)
    return next((one for one in known if (one.duty, one.bearer) == (key, bearer) and _goes_on(one, request)), None)


def _goes_on(one: GrantMade, request: SignedIn) -> bool:
    return one.until is None or one.until >= request.actor.scope.day


def _back(node: Node, key: str, years: Sequence[DutyYear], whose: str, today: date) -> str:
    """To what the person owes now; to the whole year where the address names nobody."""
    begun = [period.period.start for one in years if whose and one.duty.key == key and one.bearer
             and one.bearer.id == whose for period in one.periods if period.period.start <= today]  # fmt: skip
    if not begun:
        return reverse("unit-duties", args=[node.org])
    return address(reverse("duty-deadline", args=[node.org, key, f"{max(begun):%Y-%m}"]), {"of": whose})


def _would_exempt(name: str, at: date, until: date | None) -> Lines:
    last = formats.day(until, language()) if until else _("一直免，随时可以结束")
    return [
        (_("谁申请的"), name),
        (_("从哪天起"), formats.day(at, language())),
        (_("到哪天为止"), last),
        (_("免了以后"), _("不再要求，也不进完成率；别的职责照旧")),
    ]


def _page(
    request: SignedIn, node: Node, key: str, asking: Asking, problems: Sequence[Problem] = (), told: Lines = ()
) -> HttpResponse:
    duty = catalog().duties[key].duty
    whole_year = reverse("unit-duties", args=[node.org])
    context: dict[str, Any] = {
        "section": "units",
        "unit": node,
        "duty": duty,
        "asking": asking,
        "fields": asking.fields,
        "keys": entry.keys(asking.fields),
        "told": told,
        "idem": request.POST.get("idem") or new_id(),
        "crumbs": [*crumbs(request.actor.scope, node), (whole_year, _("职责")), ("", said(duty.title))],
        "problems": said_once([replace(one, where=_place(one.where)) for one in problems]),
    }
    return page(request, TEMPLATE, context, status=422 if problems else 200)


def _place(where: str) -> str:
    """The control a problem belongs to: what is owed is chosen by one control, whatever the action calls it."""
    return {"bearer": "which", "period_start": "which", "duty": "which"}.get(where, where)
