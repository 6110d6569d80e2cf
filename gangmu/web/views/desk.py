"""The desk: what waits for me, my organisation's figures against the period before, what I did last."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import FactKind, Tag
from gangmu.indicators.process import one_reach
from gangmu.kernel.ids import AccountId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, may
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.choices import PickedPeriod
from gangmu.pages.fragments import page
from gangmu.people.queries import person_of
from gangmu.web import figure_rows, shown
from gangmu.web.duties_due import ToDo, to_do
from gangmu.web.usual import ACTIVITY, FORMS, ICONS, MEETING, forms_by_use
from gangmu.web.views.documents import listed
from gangmu.web.waiting import Waiting, waiting_for
from gangmu.web.words import lexicon

SHOWN = 5
LATEST = 6
DOCUMENTS = 3
PENS = 4  # so many forms of activity lie one tap away


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that waits, in words."""

    title: str
    words: str
    address: str
    days: str
    days_words: str
    over: bool


@policy(None)
@one_reach()
def desk(request: SignedIn) -> HttpResponse:
    """The first page after signing in; who holds no grant yet reads how to get one."""
    scope = request.actor.scope
    if not scope.grants:
        return page(request, "web/desk_without_grant.html", {"section": "desk"})
    words = lexicon(scope.day)
    waiting, duties = waiting_for(scope), to_do(scope, person_of(request.actor.account))
    tops = orgs.tops(scope)
    period, rows = _figures(scope, tops[0].org) if tops else (Period.of_year(scope.day.year), [])
    told = waiting if request.GET.get("waiting") == "all" else waiting[:SHOWN]
    due = [_due(one, words, scope.day) for one in told]
    context = {
        "section": "desk",
        "greeting": _greeting(waiting, duties, scope.day),
        "nothing_waits": _("没有到期的事。办了一件，记一件。"),
        "today": scope.day,
        "unit": tops[0] if tops else None,
        "waiting": due,
        "duties": duties,
        "more": len(waiting) - len(due),
        "rows": rows,
        "columns": (),
        "picked": PickedPeriod(period, ()),
        "query": figure_rows.query(period),
        "facts": _mine(scope, request.actor.account, words),
        "pens": _pens(request.actor.account) if may(request.actor, Permission.RECORD) else [],
        "documents": listed(request.actor.account, limit=DOCUMENTS),
    }
    return page(request, "web/desk.html", context)


def _figures(scope: Scope, org: OrgId) -> tuple[Period, list[figure_rows.Row]]:
    """The figures of the year with the newest record."""
    year = figure_rows.opening_year(scope, org)
    return year, figure_rows.headline(scope, org, year)[:SHOWN]


def _greeting(waiting: list[Waiting], duties: list[ToDo], today: date) -> str:
    """The page's conclusion in one sentence."""
    over = sum(1 for one in waiting if one.due and one.due <= today)
    if over:
        return ngettext("有%(count)s件到期了", "有%(count)s件到期了", over) % {"count": over}
    if waiting:
        return ngettext("有%(count)s件在办", "有%(count)s件在办", len(waiting)) % {"count": len(waiting)}
    if duties:
        return ngettext("这周有%(count)s件要办", "这周有%(count)s件要办", len(duties)) % {"count": len(duties)}
    return _("没有等着办的事")


def _due(one: Waiting, words: shown.Lexicon, today: date) -> Due:
    row = shown.fact_row(one.fact, words)
    left = one.days_left(today)
    days, told = _days(left)
    over = left is not None and left <= 0
    return Due(row.said or row.title, f"{row.title} · {row.unit}", reverse("fact", args=[row.id]), days, told, over)


def _days(left: int | None) -> tuple[str, str]:
    if left is None:
        return "", _("没有定日子")
    if left < 0:
        return str(-left), ngettext("天前到期", "天前到期", -left)
    if left == 0:
        return _("今天"), _("到期")
    return str(left), ngettext("天后到期", "天后到期", left)


def _mine(scope: Scope, account: AccountId, words: shown.Lexicon) -> list[shown.FactRow]:
    inside = frozenset(node.org for top in orgs.tops(scope) for node in orgs.tree(scope.day).subtree(top.path))
    return shown.fact_rows(ledger.facts(ledger.FactFilter(orgs=inside, actor=account), limit=LATEST), words)


def _pens(account: AccountId) -> list[tuple[Tag | FactKind, str, str]]:
    """The forms of activity that the reader records most: the tag, its icon and where its page is."""
    base = reverse("record-kind", args=[ACTIVITY])
    forms = forms_by_use(catalog().families[FORMS].tags, account)[:PENS]
    pens: list[tuple[Tag | FactKind, str, str]] = [
        (form, ICONS.get(form.key, MEETING), f"{base}?tag.{FORMS}={form.key}") for form in forms
    ]
    matter = catalog().facts.get("matter.opened")
    if matter:
        pens.append((matter, "message-report", reverse("record-kind", args=["matter.opened"])))
    return pens
