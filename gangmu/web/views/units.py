"""Units: finding one, and one unit at a glance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.indicators.process import one_reach
from gangmu.kernel.ids import OrgId
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.orgs import queries as orgs
from gangmu.orgs import rosters
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.tree import Node
from gangmu.pages import listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.pages.templatetags.gangmu import said
from gangmu.web import figure_rows, shown
from gangmu.web.orders import spelled
from gangmu.web.registry_forms import VERBS
from gangmu.web.words import lexicon

LATEST = 8
SIZE = 50
MOST = 100_000  # units found by a word, so that their number is true
MANY = 500  # beneath so many units the latest records are looked for among the newest of all
LOOKED_AT = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """A unit in a list of units."""

    org: OrgId
    name: str
    under: str
    kind_title: Text | str
    code: str


SORTED_BY: Mapping[str, Callable[[Found], object]] = {
    "name": lambda one: spelled(one.name),
    "under": lambda one: spelled(one.under),
    "kind": lambda one: spelled(said(one.kind_title)),
    "code": lambda one: one.code,
}


@policy(Permission.SEE_FIGURES)
def units(request: SignedIn) -> HttpResponse:
    """Units of the reader's scope by name, code or pinyin initials; without words, where the scope begins."""
    context = {
        "section": "units",
        "q": _words(request),
        "found": listing.cut(_listed(request), listing.page_number(request.GET), SIZE),
        "sorting": listing.sorting(request.GET, SORTED_BY),
        "export": listing.export_addresses(reverse("units-csv"), request.GET),
    }
    return page(request, "web/units.html", context)


@policy(Permission.SEE_FIGURES)
def units_csv(request: SignedIn) -> HttpResponseBase:
    """The same list as a file: all of it, or the page that was chosen."""
    header, rows = [_("单位"), _("属于哪里"), _("类别"), _("代码")], _listed(request)
    if "page" in request.GET:
        rows = list(listing.cut(rows, listing.page_number(request.GET), SIZE).rows)
    cells = [[one.name, one.under, said(one.kind_title), one.code] for one in rows]
    return listing.exported(request.GET, _("组织"), header, cells)


def _words(request: SignedIn) -> str:
    return request.GET.get("q", "").strip()[:80]


def _listed(request: SignedIn) -> list[Found]:
    words, scope = _words(request), request.actor.scope
    nodes = orgs.find(scope, words, limit=MOST) if words else _first_units(scope)
    told = [found(node, scope.day) for node in nodes]
    return listing.in_order(told, listing.sorting(request.GET, SORTED_BY), SORTED_BY)


def _first_units(scope: Scope) -> tuple[Node, ...]:
    tops = orgs.tops(scope)
    return tops if len(tops) > 1 else (*tops, *(orgs.children(scope, tops[0].org) if tops else ()))


def found(node: Node, on: date) -> Found:
    """A unit as a row: where it hangs and what kind it is."""
    kind = catalog().organisation_kinds.get(node.kind)
    above = orgs.tree(on).above(node.org)
    return Found(node.org, node.name, above[-1].name if above else "", kind.title if kind else node.kind, node.code)


@policy(Permission.SEE_FIGURES)
def unit_options(request: SignedIn) -> HttpResponse:
    """Suggestions for a field that names a unit."""
    words = request.GET.get(request.GET.get("field", ""), "").strip()[:80]
    return page(request, "web/unit_options.html", {"found": orgs.find(request.actor.scope, words, limit=12)})


@policy(Permission.SEE_FIGURES, object="unit")
@one_reach()
def unit(request: SignedIn, org: str) -> HttpResponse:
    """One unit: what it is, its figures against the period before, its posts, ties, history and latest records."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    picked = figure_rows.picked(request.GET, scope, node.org)
    words = lexicon(scope.day)
    rows = figure_rows.headline(scope, node.org, picked.period)
    context = {
        "section": "units",
        "unit": node,
        "crumbs": crumbs(scope, node),
        "line": [*_above_inside(scope, node), node],
        "children": orgs.children(scope, node.org),
        "about": _about(node),
        "picked": picked,
        "kept": (),
        "query": figure_rows.query(picked.period),
        "headline": rows[: figure_rows.AT_A_GLANCE],
        "rows": rows[figure_rows.AT_A_GLANCE :],
        "columns": (),
        **record_here(request, node.org),
        "may_see_persons": may(request.actor, Permission.SEE_PERSONS, node.org),
        **_changes(request, node),
        "posts": _posts(scope, node, words),
        "relations": _relations(scope, node, words),
        "history": _history(scope, node),
        "facts": _latest(scope, node, words),
    }
    return page(request, "web/unit.html", context)


def record_here(request: SignedIn, org: OrgId) -> dict[str, object]:
    """Whether the reader records at a unit, and where; on a phone the pen at the foot of the page leads there."""
    if not may(request.actor, Permission.RECORD, org):
        return {"may_record": False}
    return {"may_record": True, "record_here": listing.address(reverse("record"), {"org": org})}


def _changes(request: SignedIn, node: Node) -> dict[str, object]:
    """The changes of the tree that the reader may make here, and the one that was made just now."""
    told = VERBS.get(request.GET.get("changed", ""))
    shapes = node.alive and may(request.actor, Permission.SHAPE_TREE, node.org)
    return {
        "verbs": [(key, verb) for key, verb in VERBS.items() if shapes],
        "changed": told,
        "draft_done": f"{request.GET.get('changed', '')}-{request.GET.get('of', '')}" if told else "",
    }


def _above_inside(scope: Scope, node: Node) -> list[Node]:
    return [above for above in orgs.above(scope, node.org) if scope.holds(above.path)]


def crumbs(scope: Scope, node: Node, last: str = "") -> list[tuple[str, str]]:
    """Where the unit hangs: those above it inside the scope as links, those outside as names."""
    line = [(above, above.name) for above in orgs.above(scope, node.org)]
    told = [(f"/units/{above.org}" if scope.holds(above.path) else "", name) for above, name in line]
    return [*told, (f"/units/{node.org}", node.name), ("", last)] if last else told


def _about(node: Node) -> list[str]:
    definitions = catalog()
    kind = definitions.organisation_kinds.get(node.kind)
    domain = definitions.tags.get(node.domain)
    told = [said(kind.title) if kind else node.kind, said(domain.title) if domain else node.domain, node.code]
    return [*told, *([] if node.alive else [_("已撤销或并入")])]


def _posts(scope: Scope, node: Node, words: shown.Lexicon) -> list[dict[str, Any]]:
    order = {key: place for place, key in enumerate(words.choices["post.created"]["post"])}
    rows = sorted(rosters.posts(scope, node.org), key=lambda row: order.get(row.post, len(order)))
    people = rosters.persons(scope, [row.person for row in rows if row.person], node.org)
    called = words.choices["post.created"]["post"]
    return [
        {
            "title": row.title or words.title(called.get(row.post, row.post)),
            "vacant": row.person is None,
            "holder": people.get(row.person, {}).get("name", "") if row.person else "",
            "since": row.since,
        }
        for row in rows
    ]


def _relations(scope: Scope, node: Node, words: shown.Lexicon) -> list[dict[str, Any]]:
    tree, called = orgs.tree(scope.day), words.choices["relation.opened"]["relation"]
    told = []
    for edge in rosters.relations(scope, node.org):
        other = tree.get(edge.other if edge.leading == node.org else edge.leading)
        if other is not None:
            org = other.org if scope.holds(other.path) else ""
            told.append(
                {
                    "words": words.title(called.get(edge.kind, edge.kind)),
                    "name": other.name,
                    "org": org,
                    "since": edge.valid_from,
                }
            )
    return told


def _history(scope: Scope, node: Node) -> list[dict[str, Any]]:
    tree = orgs.tree(scope.day)
    names = [(entry.valid_from, _("叫%(name)s") % {"name": entry.text}) for entry in orgs.names_of(scope, node.org)]
    parents = [
        (entry.valid_from, _("隶属%(name)s") % {"name": parent.name})
        for entry in orgs.parents_of(scope, node.org)
        if (parent := tree.get(OrgId(entry.text))) is not None
    ]
    return [{"day": day, "words": words} for day, words in sorted([*names, *parents], reverse=True)]


def _latest(scope: Scope, node: Node, words: shown.Lexicon) -> list[shown.FactRow]:
    tree = orgs.tree(scope.day)
    found = None
    if len(tree.subtree(node.path)) > MANY:
        found = ledger.newest(lambda org: _lives_in(tree.get(org), node.path), LATEST, LOOKED_AT)
    if found is None:
        inside = frozenset(one.org for one in orgs.descendants(scope, node.org))
        found = ledger.facts(ledger.FactFilter(orgs=inside), limit=LATEST)
    return shown.fact_rows(found, words)


def _lives_in(node: Node | None, path: str) -> bool:
    return node is not None and node.alive and node.path.startswith(path)
