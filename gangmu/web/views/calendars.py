"""Calendars to subscribe to: made, shown once, withdrawn; one's own, and those of a unit."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.kernel.ids import OrgId, new_id
from gangmu.kernel.problems import NotFound, Problem, Refused
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.tree import Node
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.reminders import feeds
from gangmu.web.words import lexicon


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the reader's: how many calendars of it are out, and whether the reader withdraws them all."""

    node: Node
    out: int
    keeps: bool


@policy(Permission.SEE_FIGURES)
def calendar_addresses(request: SignedIn) -> HttpResponse:
    """GET lists the calendars; POST makes one and shows its address this once, or withdraws one, or all of a unit."""
    if request.method != "POST":
        return _page(request)
    try:
        if request.POST.get("do") == "make":
            org = OrgId(request.POST.get("org", "")) or None
            secret = feeds.issue(
                request.actor, org, at=request.actor.scope.day, idem=request.POST.get("idem") or new_id()
            )
            return _page(request, made=_address(request, secret), made_of=org)
        count = _withdrawn(request)
    except NotFound:
        raise
    except Refused as refusal:
        return _page(request, problems=list(refusal.problems))
    return HttpResponseRedirect(f"{reverse('calendar-addresses')}?gone={count}")


def _withdrawn(request: SignedIn) -> int:
    org = request.POST.get("org", "")
    if request.POST.get("do") == "withdraw-unit" and org:
        return feeds.withdraw_of_unit(request.actor, OrgId(org))
    digest = request.POST.get("digest", "")
    return feeds.withdraw(request.actor, digest) if digest else 0


def _address(request: SignedIn, secret: str) -> str:
    return request.build_absolute_uri(reverse("calendar", args=[secret]))


def _page(
    request: SignedIn, made: str = "", made_of: OrgId | None = None, problems: list[Problem] | None = None
) -> HttpResponse:
    scope = request.actor.scope
    names = lexicon(scope.day).units
    units = [
        UnitRow(node, feeds.of_unit(node.org), may(request.actor, Permission.RECORD, node.org))
        for node in orgs.tops(scope)
    ]
    mine = [(one, names.get(str(one.org), "") if one.org else "") for one in feeds.of_account(request.actor.account)]
    gone = request.GET.get("gone", "")
    context = {
        "section": "desk",
        "crumbs": [(reverse("desk"), _("我的")), ("", _("日历地址"))],
        "made": made,
        "made_of": names.get(str(made_of), "") if made_of else "",
        "mine": mine,
        "units": units,
        "gone": gone if gone.isascii() and gone.isdecimal() else "",
        "idem": new_id(),
        "problems": problems or [],
    }
    answer = page(request, "web/calendars.html", context, status=422 if problems else 200)
    answer["Cache-Control"] = "no-store"  # an address that is shown once lies in no cache
    return answer
