"""A definition tried out: which parts of it change and whose figures would move, before anybody accepts it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.changed import source_text, with_row
from gangmu.catalog.current import catalog
from gangmu.catalog.differences import Change, differences
from gangmu.catalog.load import CatalogRefused
from gangmu.indicators.plan import Moved, compare, every_moved
from gangmu.indicators.values import Figure
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Scope
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, may
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.choices import PickedPeriod, picked_period
from gangmu.pages.fragments import page, refused
from gangmu.pages.templatetags.gangmu import figure_text
from gangmu.web import figure_rows
from gangmu.web.orders import spelled

TEMPLATE = "web/plan.html"
SHOWN = 50
ROOMS = ("indicators", "facts", "tags", "rules")


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A figure that would move, as the page shows it."""

    unit: str
    title: str
    before: str
    after: str
    address: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What a changed definition comes to: its changes, the first figures that move, how many do, of how many units."""

    changes: Sequence[Change]
    rows: Sequence[MovedRow]
    figures: int
    units: int

    @property
    def more(self) -> int:
        return self.figures - len(self.rows)


@policy(Permission.CLOSE_PERIODS)
def plan(request: SignedIn) -> HttpResponse:
    """GET: the definition to be changed (`key`), as it is written. POST: what it would change. Nothing is kept."""
    scope = request.actor.scope
    asked = request.POST if request.method == "POST" else request.GET
    picked = _picked(asked, scope)
    context = {
        "section": "figures",
        "crumbs": [(reverse("figures"), _("数字")), ("", _("口径试算"))],
        "picked": picked,
        "offered": _offered(request.GET.get("key", "").partition("[")[0]),
        "row": request.POST.get("row", "") or _written(request.GET),
    }
    if request.method != "POST":
        return page(request, TEMPLATE, context)
    problems = list(picked.problems)
    try:
        tried = _tried(scope, request.POST.get("row", ""), picked)
    except CatalogRefused as error:
        problems += map(_placed, error.problems)
    if problems:
        return refused(request, TEMPLATE, context, problems)
    return page(request, TEMPLATE, {**context, "tried": tried})


def _picked(asked: QueryDict, scope: Scope) -> PickedPeriod:
    """The period the address names, else the newest year in which something is on record."""
    tops = orgs.tops(scope)
    return figure_rows.picked(asked, scope, tops[0].org) if tops else picked_period(asked, scope.day)


def _offered(chosen: str) -> list[tuple[str, str, bool]]:
    """The definitions to begin with: the key of each indicator, its title, whether it is the one in the form."""
    known = sorted(catalog().indicators, key=lambda key: spelled(figure_rows.title(key)))
    return [(key, figure_rows.title(key), key == chosen) for key in known]


def _written(query: QueryDict) -> str:
    """The text of the definition that the address names, empty where it names none."""
    key = query.get("key", "").partition("[")[0]
    texts = (source_text(room, key) for room in ROOMS if key)
    return next((text for text in texts if text), "")


def _tried(scope: Scope, row: str, picked: PickedPeriod) -> Tried:
    """What the definition would change. Raises CatalogRefused."""
    before, after = catalog(), with_row(row.replace("\r\n", "\n"))
    units = [node.org for node in orgs.tops(scope) if may(scope, Permission.CLOSE_PERIODS, node.org)]
    rows, count, moving = list[MovedRow](), 0, set[OrgId]()
    for one in every_moved(compare(before, after, picked.period), units, picked.period):
        count += 1
        moving.add(one.node.org)
        if count <= SHOWN:
            rows.append(_row(one, picked.period))
    return Tried(differences(before, after), rows, count, len(moving))


def _row(one: Moved, period: Period) -> MovedRow:
    known = one.before is not None
    title = figure_rows.title(one.key) if known else one.key
    address = figure_rows.figure_address(one.node.org, one.key, period) if known else ""
    return MovedRow(one.node.name, title, _text(one.before), _text(one.after), address)


def _text(figure: Figure | None) -> str:
    return _("没有这个指标") if figure is None else figure_text(figure)


def _placed(problem: Problem) -> Problem:
    """With the line it is about; of another definition that no longer fits, its file's name."""
    place, _colon, line = problem.where.rpartition(":")
    if not place:
        return problem
    if place == "row":
        zh, en = f"第{line}行：", f"Line {line}: "
    else:
        zh, en = f"{Path(place).name}第{line}行：", f"{Path(place).name}, line {line}: "
    return replace(problem, message=f"{zh}{problem.message}", message_en=f"{en}{problem.message_en}", where="row")
