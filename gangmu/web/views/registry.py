"""The tree to open branch by branch, and a unit's registry: posts, terms, what rules point out, its whole story."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.kernel.ids import OrgId, new_id
from gangmu.kernel.problems import Problem, Refused
from gangmu.ledger import queries as ledger
from gangmu.orgs import actions, previews, rosters
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.tree import Node
from gangmu.pages import entry, listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.web import registry_posts, shown
from gangmu.web.record_form import said_once
from gangmu.web.views.units import crumbs
from gangmu.web.words import beneath, lexicon

TIMELINE = frozenset({
    "unit.founded", "unit.renamed", "unit.moved", "unit.merged", "unit.dissolved", "post.created", "post.closed",
    "holding.started", "holding.ended", "relation.opened", "relation.closed",
})  # fmt: skip
SIZE = 50
AT_ONCE = 200  # so many units under one are fetched at once
NONE_OPEN: frozenset[OrgId] = frozenset()


@dataclass(frozen=True, slots=True)
class Twig:
    """A unit in the tree browser: how many living units hang right under it, and those of them that lie open."""

    node: Node
    name: str
    count: int
    open: "tuple[Twig, ...]" = ()
    left: int = 0


@policy(Permission.SEE_FIGURES)
def units_tree(request: SignedIn) -> HttpResponse:
    """The tree from where the reader's scope begins, open down to `at`; the rest is fetched as it is opened."""
    scope = request.actor.scope
    asked = OrgId(request.GET.get("at", ""))
    line = {one.org for one in (*orgs.above(scope, asked), orgs.unit(scope, asked))} if asked else set()
    tops = orgs.tops(scope)
    line |= {tops[0].org} if len(tops) == 1 else set()
    context = {"section": "units", "twigs": [_twig(request, top, frozenset(line)) for top in tops], "at": asked}
    return page(request, "web/registry_tree.html", context)


@policy(Permission.SEE_FIGURES, object="unit")
def unit_children(request: SignedIn, org: str) -> HttpResponse:
    """The units right under one, as the tree browser asks for them: once, when it is opened."""
    node = orgs.unit(request.actor.scope, OrgId(org))
    children, number = orgs.children(request.actor.scope, node.org), listing.page_number(request.GET)
    shown = listing.cut(children, number, AT_ONCE)
    context = {
        "twig": Twig(
            node, node.name, len(children), tuple(_twig(request, one, NONE_OPEN, node.name) for one in shown.rows),
            len(children) - shown.last,
        ),
        "number": shown.number,
        "next": shown.number + 1,
    }  # fmt: skip
    return page(request, "web/_registry_children.html", context)


def _twig(request: SignedIn, node: Node, line: frozenset[OrgId], above: str = "") -> Twig:
    children = orgs.children(request.actor.scope, node.org)
    shown = children[:AT_ONCE] if node.org in line else ()
    return Twig(
        node, beneath(node.name, above), len(children),
        tuple(_twig(request, one, line, node.name) for one in shown), len(children) - len(shown),
    )  # fmt: skip


@policy(Permission.SEE_FACTS, object="unit")
def unit_profile(request: SignedIn, org: str) -> HttpResponse:
    """Posts with holders and terms, findings of the rules, and the unit's whole story, each line with its fact."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    words = lexicon(scope.day)
    story = ledger.FactFilter(orgs=frozenset({node.org}), kinds=TIMELINE)
    number = listing.page_number(request.GET)
    facts = ledger.facts(story, limit=SIZE, offset=(number - 1) * SIZE)
    keeps = node.alive and may(request.actor, Permission.KEEP_MEMBERS, node.org)
    context = {
        "section": "units",
        "unit": node,
        "crumbs": crumbs(scope, node, _("档案")),
        "posts": registry_posts.post_lines(scope, node, rosters.posts(scope, node.org), words),
        "findings": previews.findings(scope, node.org, scope.day) if node.alive else [],
        "story": listing.Slice(shown.fact_rows(facts, words), number, SIZE, ledger.count(story)),
        "verbs": [(key, verb) for key, verb in registry_posts.VERBS.items() if keeps],
        "changed": registry_posts.VERBS.get(request.GET.get("changed", "")),
        "draft_done": f"{request.GET.get('changed', '')}-{node.org}",
    }
    return page(request, "web/registry_profile.html", context)


@policy(Permission.KEEP_MEMBERS, object="unit")
def unit_post(request: SignedIn, org: str, verb: str) -> HttpResponse:
    """GET shows the form; POST lets somebody take up or leave a post, or says everything that is wrong."""
    node = orgs.unit(request.actor.scope, OrgId(org))
    if verb not in registry_posts.VERBS or not node.alive:
        raise Http404
    if request.method != "POST":
        return _form(request, node, verb, [])
    asked, problems = registry_posts.told(request.actor.scope, node, request.POST, verb)
    try:
        if problems:
            raise Refused(problems)
        (actions.leave if verb == "leave" else actions.seat)(asked, by=request.actor)
    except Refused as refusal:
        return _form(request, node, verb, refusal.problems)
    return HttpResponseRedirect(f"{reverse('unit-profile', args=[node.org])}?changed={verb}")


def _form(request: SignedIn, node: Node, verb: str, problems: Sequence[Problem]) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    fields = registry_posts.fields(request.actor.scope, node, verb, typed)
    back = reverse("unit-profile", args=[node.org])
    context = {
        "section": "units",
        "unit": node,
        "verb": registry_posts.VERBS[verb],
        "draft": f"{verb}-{node.org}",
        "fields": fields,
        "keys": entry.keys(fields),
        "idem": typed.get("idem") or new_id(),
        "crumbs": crumbs(request.actor.scope, node, _("档案")),
        "back": back,
        "record_at_once": True,
        "problems": said_once(problems),
    }
    return page(request, "web/guided.html", context, status=422 if problems else 200)
