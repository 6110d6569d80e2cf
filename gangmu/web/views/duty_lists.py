"""Responsibility lists (责任清单): one's own, post by post, and those of a unit."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.duties.own_list import unit_lists
from gangmu.duties.queries import responsibilities
from gangmu.kernel.ids import OrgId
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.people.queries import person_of
from gangmu.web.duties_listed import ShownList, shown_lists
from gangmu.web.views.duty_year import kinds_at
from gangmu.web.views.units import crumbs


@policy(Permission.SEE_FIGURES)
def my_duties(request: SignedIn) -> HttpResponse:
    """What the reader answers for: the own lists by post at each unit where the scope begins, else the unit's."""
    scope, reader = request.actor.scope, person_of(request.actor.account)
    lists: list[ShownList] = []
    tops = orgs.tops(scope)
    for node in tops:
        own = responsibilities(scope, node.org, reader, scope.day) if reader else ()
        found = own or responsibilities(scope, node.org, None, scope.day)
        lists += shown_lists(scope, node, found, reader, kinds_at(request, node))
    context = {
        "section": "desk",
        "crumbs": [(reverse("desk"), _("我的")), ("", _("责任清单"))],
        "lists": lists,
        "several": len(tops) > 1,
        "units": tops,
        "nameless": reader is None,
        "year": scope.day.year,
    }
    return page(request, "web/duty_lists.html", context)


@policy(Permission.SEE_FIGURES, object="unit")
def unit_responsibilities(request: SignedIn, org: str) -> HttpResponse:
    """The lists of a unit, and of the holders of its posts for whoever keeps its books."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    reader, found = person_of(request.actor.account), unit_lists(scope, node.org, scope.day)
    context = {
        "section": "units",
        "unit": node,
        "crumbs": crumbs(scope, node, _("责任清单")),
        "lists": shown_lists(scope, node, found, reader, kinds_at(request, node)),
        "year": scope.day.year,
    }
    return page(request, "web/duty_lists.html", context)
