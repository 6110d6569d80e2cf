"""Guided changes of the tree: a form, what it would change, and then exactly that, in one transaction."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.indicators.process import one_reach
from gangmu.kernel.ids import OrgId, new_id
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Draft
from gangmu.orgs import actions, previews
from gangmu.orgs import queries as orgs
from gangmu.orgs.entries import Change
from gangmu.orgs.permissions import Permission
from gangmu.orgs.tree import Node
from gangmu.pages import entry
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.people.intake import thing_id
from gangmu.web import figure_rows, registry_forms
from gangmu.web.record_form import said_once
from gangmu.web.views.units import crumbs
from gangmu.web.words import lexicon


@policy(Permission.SHAPE_TREE, object="unit")
def unit_change(request: SignedIn, org: str, verb: str) -> HttpResponse:
    """GET shows the form; POST shows what would change; POST with `confirm` makes the change that was shown."""
    node = orgs.unit(request.actor.scope, OrgId(org))
    if verb not in registry_forms.VERBS or not node.alive:
        raise Http404
    if request.method != "POST":
        return _page(request, node, verb, [])
    asked, problems = registry_forms.told(request.actor.scope, node, verb, request.POST)
    try:
        if problems:
            raise Refused(problems)
        if request.POST.get("confirm") == "yes":
            actions.carry_out(asked, seen=request.POST.get("seen", ""), by=request.actor)
            return _done(request, asked)
        return _page(request, node, verb, [], asked)
    except Refused as refusal:
        return _refused(request, node, asked, problems or refusal.problems)


def _refused(request: SignedIn, node: Node, asked: Change, problems: Sequence[Problem]) -> HttpResponse:
    """The form with what is wrong; what has merely changed since the last look is shown as it is now."""
    changed = any(problem.code == "orgs.changed_meanwhile" for problem in problems)
    return _page(request, node, asked.verb, problems, asked if changed else None)


def _done(request: SignedIn, asked: Change) -> HttpResponse:
    """To the unit that is there afterwards."""
    after = {"found": thing_id(request.actor, asked.idem), "merge": str(asked.other)}.get(asked.verb, asked.org)
    return HttpResponseRedirect(f"{reverse('unit', args=[after])}?changed={asked.verb}&of={asked.org}")


@one_reach()
def _page(
    request: SignedIn, node: Node, verb: str, problems: Sequence[Problem], asked: Change | None = None
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    fields = registry_forms.fields(request.actor.scope, node, verb, typed)
    shown: dict[str, object] = {}
    if asked is not None:
        try:
            shown = _preview(request, node, asked)
        except Refused as refusal:
            problems = refusal.problems
    context = {
        "section": "units",
        "unit": node,
        "verb": registry_forms.VERBS[verb],
        "draft": f"{verb}-{node.org}",
        "fields": fields,
        "keys": entry.keys(fields),
        "idem": typed.get("idem") or new_id(),
        "crumbs": crumbs(request.actor.scope, node, _("变动")),
        "back": reverse("unit", args=[node.org]),
        "problems": said_once(registry_forms.placed(problems, verb)),
        **shown,
    }
    return page(request, "web/guided.html", context, status=422 if problems else 200)


def _preview(request: SignedIn, node: Node, asked: Change) -> dict[str, object]:
    """What would change, what rules say of how it would then stand, and what this year bears the unit's name."""
    drafts = actions.planned(asked, by=request.actor)
    told = previews.effects(request.actor.scope, asked.org, drafts, asked.at)
    words = lexicon(request.actor.scope.day)
    called = words.choices["post.created"]["post"]
    year = Period.of_year(asked.at.year)
    return {
        "preview": told,
        "asked": asked,
        "posts": [
            {"title": post.title or words.title(called.get(post.post, post.post)), "held": post.held}
            for post in told.posts
        ],
        "findings": [(name, one) for name, found in previews.after_change(drafts, asked.at).items() for one in found],
        "seen": actions.digest_of_plan(drafts),
        "late": _is_late(request, drafts),
        **({} if asked.verb == "found" else _this_year(request, node, year)),
    }


def _is_late(request: SignedIn, drafts: Sequence[Draft]) -> int:
    """How many days ago the change happened, where that is more than its kind allows; else 0."""
    days = (request.actor.scope.day - drafts[0].claimed_from.date()).days if drafts else 0
    kind = lexicon(request.actor.scope.day).kinds.get(drafts[0].kind) if drafts else None
    return days if kind is not None and days > kind.late_after_days else 0


def _this_year(request: SignedIn, node: Node, year: Period) -> dict[str, object]:
    """The figures of the year that are told under the unit's name, and how many records of its own stand behind."""
    rows = figure_rows.headline(request.actor.scope, node.org, year)
    return {
        "year": year,
        "named": [row for row in rows if row.figure.value is not None],
        "recorded": ledger.count(ledger.FactFilter(orgs=frozenset({node.org}), period=year)),
    }
