"""Figures: the table of a unit and a period, and the page that explains one figure down to its facts."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.dated import row_on
from gangmu.catalog.definitions import Tag
from gangmu.indicators import queries as indicators
from gangmu.indicators.process import one_reach
from gangmu.indicators.values import BehindPage, Figure, Overview, Source
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Problem, Refused
from gangmu.ledger import queries as ledger
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, may
from gangmu.pages import formats, listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.pages.rows import figure_change
from gangmu.pages.templatetags.gangmu import figure_text, language
from gangmu.web import figure_rows, older, orders, shown
from gangmu.web.views.facts import fact_file, kept
from gangmu.web.views.ledger import head
from gangmu.web.views.units import crumbs, record_here
from gangmu.web.words import beneath, lexicon, unit_names

FACTS = 25


@policy(Permission.SEE_FIGURES)
def figures(request: SignedIn) -> HttpResponse:
    """To the table of the unit at the top of the reader's scope."""
    tops = orgs.tops(request.actor.scope)
    if not tops:
        raise Http404
    return HttpResponseRedirect(reverse("unit-figures", args=[tops[0].org]))


def _table(request: SignedIn, org: str, period: Period) -> tuple[list[tuple[OrgId, str]], list[figure_rows.Row]]:
    """The columns (units beneath) and rows that the address asks for."""
    scope = request.actor.scope
    words = request.GET.get("q", "").strip()[:40]
    known = catalog().indicators
    keys = [key for key in known if _matches(key, words)]
    whole = orgs.unit(scope, OrgId(org))
    columns = [
        (node.org, beneath(node.short or node.name, whole.short or whole.name))
        for node in orgs.children(scope, whole.org)
    ]
    table = indicators.table(scope, OrgId(org), period, keys=keys) if keys else ()
    told = figure_rows.rows(table, [child for child, _name in columns])
    found = listing.in_order(told, listing.sorting(request.GET, orders.FIGURES_BY), orders.FIGURES_BY)
    only = request.GET.get("only", "")
    if only == "absent":
        return columns, [row for row in found if row.figure.value is None]
    return columns, found if only == "all" or words else [row for row in found if row.figure.value is not None]


def _matches(key: str, words: str) -> bool:
    one = catalog().indicators[key]
    names = (key, one.title.zh, one.title.en.lower(), *one.names)
    return any(words.lower() in name for name in names)


@policy(Permission.SEE_FIGURES, object="unit")
@one_reach()
def unit_figures(request: SignedIn, org: str) -> HttpResponse:
    """Every indicator of a unit and a period, with the period before and the units beneath."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    picked = figure_rows.picked(request.GET, scope, node.org)
    columns, rows = _table(request, org, picked.period)
    context = {
        "section": "figures",
        "unit": node,
        "crumbs": crumbs(scope, node),
        "picked": picked,
        "kept": kept(request.GET, "from", "to", "only", "sort"),
        "sorting": listing.sorting(request.GET, orders.FIGURES_BY),
        "q": request.GET.get("q", ""),
        "only": request.GET.get("only", ""),
        "query": figure_rows.query(picked.period),
        "columns": columns,
        "rows": rows,
        "export": listing.export_addresses(reverse("unit-figures-csv", args=[org]), request.GET),
    }
    return page(request, "web/unit_figures.html", context, parts=("figure_table",))


@policy(Permission.SEE_FIGURES, object="unit")
def unit_figures_csv(request: SignedIn, org: str) -> HttpResponseBase:
    """The same table as a file."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    period = figure_rows.picked(request.GET, scope, node.org).period
    columns, rows = _table(request, org, period)
    header = [_("指标"), _("计量单位"), formats.period(period, language()), _("上一期"), _("比上期"), _("补录")]
    cells = [_cells(row) for row in rows]  # written out while the page's language is active
    return listing.exported(request.GET, f"{node.name} {period}", [*header, *(name for _, name in columns)], cells)


def _cells(row: figure_rows.Row) -> list[object]:
    """A line of the table for a file: figures are numbers, rounded as the page shows them, or say why there is none."""
    children = [figure_rows.number(child) if child else "" for child, _address in row.children]
    return [
        _named(row), formats.unit_word(row.figure.unit, language()), figure_rows.number(row.figure),
        figure_rows.number(row.before), figure_change(row.figure, row.before, language()),
        row.figure.late_count if row.late else "", *children,
    ]  # fmt: skip


def _named(row: figure_rows.Row) -> str:
    """The indicator as its row on the page reads."""
    return f"{row.title} {_('口径待核')}" if row.unverified else row.title


def _overview(request: SignedIn, org: str, key: str, period: Period) -> tuple[Overview, older.Asked, list[Problem]]:
    """The figure's page in one reading, as it was known if the address asks so, and what was wrong in the address.

    A tag it does not offer is a page that does not exist.
    """
    number, scope = listing.page_number(request.GET), request.actor.scope
    wanted, problems = older.asked(request.GET)

    def one(view: older.Asked) -> Overview:
        return indicators.overview(scope, key, OrgId(org), period, page=number, size=FACTS, tree_day=view.tree_day,
                                   as_known=view.as_known)  # fmt: skip

    try:
        return *older.read(wanted, problems, one), problems
    except NotFound:
        raise
    except Refused:
        raise Http404 from None


def _older(request: SignedIn, view: older.Asked, one: Figure) -> dict[str, object]:
    """What the page says where it shows an older view; of the figure of now, only what the choice needs."""
    newest = head()
    if not view:
        return {"head": newest, "numbered": newest["size"]}
    now = indicators.figure(request.actor.scope, one.key, one.org, one.period)
    then = newest if view.as_known is None else older.head(view.as_known)
    return {
        "older": view,
        "note": older.note(view, one, now),
        "back": figure_rows.query(one.period),
        "proof": "" if view.as_known is None else older.proof(then),
        "head": then,
        "numbered": newest["size"],
    }


@policy(Permission.SEE_FIGURES, object="unit")
@one_reach()
def figure(request: SignedIn, org: str, key: str) -> HttpResponse:
    """One figure: its definition and source, its parts, months, units beneath, the very facts, the ledger's head."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    picked = figure_rows.picked(request.GET, scope, node.org)
    seen, view, problems = _overview(request, org, key, picked.period)
    one = seen.figure
    definition = figure_rows.indicator_of(key)
    ratio = definition.kind == "ratio"
    context = {
        "section": "figures",
        "indicator": definition,
        "title": figure_rows.title(one.key),
        "formula": row_on(definition.formula, picked.period.start) or definition.formula[0],
        "unit": node,
        "crumbs": [*crumbs(scope, node), (reverse("unit-figures", args=[org]), node.name)],
        "picked": picked,
        "problems": [*picked.problems, *problems],
        "kept": kept(request.GET, *older.NAMES, "sort"),
        "sorting": listing.sorting(request.GET, orders.CHILDREN_BY),
        "figure": one,
        "shown": _digits(one),
        "restated": _restated(one),
        "equation": figure_rows.equation(one),
        "none": figure_rows.missing(one),
        "compared": _compared(seen, view),
        "parts": figure_rows.part_rows(one),
        "late_words": figure_rows.late_words(one) or "0",
        "trend": figure_rows.months(seen.trend, scope.day),
        "children": _children(request, seen, view, additive=definition.additive),
        "ratio": ratio,
        "unit_words": formats.unit_word(one.unit, language()) or _("数"),
        "facts": _facts(request, seen.behind),
        "families": _families(one, definition.selects, view),
        "query": figure_rows.query(picked.period) + view.query,
        **record_here(request, node.org),
        "may_plan": may(request.actor, Permission.CLOSE_PERIODS),
        "export": listing.export_addresses(reverse("figure-csv", args=[org, key]), request.GET),
        **_older(request, view, one),
    }
    return page(request, "web/figure.html", context, parts=("facts",))


def _digits(one: Figure) -> dict[str, str]:
    """The large figure: digits and unit apart."""
    if one.value is None:
        return {"digits": figure_text(one), "unit": ""}
    unit = formats.unit_word(one.unit, language(), one.value)
    return {"digits": formats.digits(one.value, one.unit, one.places), "unit": unit}


def _restated(one: Figure) -> str | None:
    """What the figure of a closed period is by now, where that differs from what was reported."""
    return None if one.restated is None else formats.quantity(one.restated, one.unit, language(), one.places)


def _children(request: SignedIn, seen: Overview, view: older.Asked, *, additive: bool) -> list[figure_rows.Child]:
    """The units beneath, each leading to its own figure in the same view."""
    names = unit_names(request.actor.scope.day)
    found = figure_rows.child_rows(seen.children, seen.figure, names, additive=additive)
    told = [replace(child, address=child.address + view.query) for child in found]
    return listing.in_order(told, listing.sorting(request.GET, orders.CHILDREN_BY), orders.CHILDREN_BY)


def _compared(seen: Overview, view: older.Asked) -> list[tuple[str, str, Figure, str]]:
    """This figure against the same days a year earlier and the period before, where those have values."""
    pairs = [(_("上年同期"), seen.year_earlier)]
    if seen.before.period != seen.year_earlier.period:
        pairs.append((_("上一期"), seen.before))
    told = []
    for words, other in pairs:
        if other.value is None:
            continue
        change = figure_change(seen.figure, other, language())
        told.append((words, figure_rows.figure_address(other.org, other.key, other.period) + view.query, other, change))
    return told


def _families(one: Figure, selects: Sequence[str], view: older.Asked) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The tags a question may choose, by family: where the tag leads, its title, whether it is chosen."""
    definitions = catalog()

    def choice(tag: Tag) -> tuple[str, str, bool]:
        address = figure_rows.figure_address(one.org, f"{one.indicator}[{tag.key}]", one.period) + view.query
        return address, figure_rows.words(tag.title), tag.key in one.selection

    chosen_from = [definitions.families[family] for family in selects]
    return [(figure_rows.words(family.title), [choice(tag) for tag in family.tags]) for family in chosen_from]


def _facts(request: SignedIn, behind: BehindPage) -> listing.Slice[shown.FactRow]:
    """One page of the very facts, in the figure's order."""
    rows = _rows(_sources(behind), lexicon(request.actor.scope.day))
    return listing.Slice(rows, behind.page, FACTS, behind.total)


def _sources(behind: BehindPage) -> list[Source]:
    return [Source(row.fact, row.laid) for row in behind.rows]


def _rows(sources: Sequence[Source], words: shown.Lexicon) -> list[shown.FactRow]:
    """Each fact once, as the ledger holds it; of a city made to measure with, as it was laid."""
    found: dict[FactId, shown.FactLike] = {one.fact: one.laid for one in sources if one.laid}
    asked = [one.fact for one in sources if not one.laid]
    found.update({fact.id: fact for fact in ledger.facts_by_id(asked)} if asked else {})
    return [
        shown.fact_row(found[one.fact], words)
        for one in {one.fact: one for one in sources}.values()
        if one.fact in found
    ]


@policy(Permission.SEE_FIGURES, object="unit")
def figure_csv(request: SignedIn, org: str, key: str) -> HttpResponseBase:
    """The facts behind a figure as a file: all of them, or the page that was chosen."""
    scope = request.actor.scope
    period = figure_rows.picked(request.GET, scope, OrgId(org)).period
    seen, view, _problems = _overview(request, org, key, period)
    named, words = figure_rows.title(seen.figure.key), lexicon(scope.day)
    if "page" in request.GET:
        return fact_file(request, named, _rows(_sources(seen.behind), words))
    pieces = indicators.every_fact_behind(
        scope, key, OrgId(org), period, tree_day=view.tree_day, as_known=view.as_known
    )
    return fact_file(request, named, (row for ids in pieces for row in _rows(ids, words)))
