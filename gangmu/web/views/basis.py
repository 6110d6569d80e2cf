"""What rules rest on: the register of documents, what cites each; and the guides of methods."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.basis import Article, BasisDocument, Resting, cited
from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Tag, Text
from gangmu.indicators import queries as indicators
from gangmu.indicators.process import one_reach
from gangmu.kernel.periods import Period
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, may
from gangmu.pages import listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.pages.templatetags.gangmu import said
from gangmu.web import figure_rows

DONE = "activity.held"
COUNTED = "activity.sessions"
MOST_TOPS = 5


@dataclass(frozen=True, slots=True)
class Citing:
    """A definition that rests on a document, as a line: its kind and title, the articles, and where it is told."""

    room: str
    title: Text
    key: str
    articles: str
    numbers: str
    unverified: bool
    local: bool
    address: str


def _rooms() -> dict[str, str]:
    """What the folders of definitions are called."""
    return {
        "duties": _("职责"), "rules": _("规定和参数"), "ways": _("办事步骤"), "indicators": _("指标"),
        "facts": _("记录种类"), "activities": _("活动形式"), "responsibilities": _("责任清单"), "tags": _("标签"),
        "organisations": _("组织类型"), "holidays": _("节假日表"), "wording": _("说法"), "columns": _("表头"),
        "switches": _("关掉的口径"), "dues": _("党费"),
    }  # fmt: skip


def _citing(one: Resting) -> Citing:
    between = _("、")
    return Citing(
        one.room, one.title, one.key, between.join(one.articles), _numbers(one), one.unverified, one.local, _told(one)
    )


def _numbers(one: Resting) -> str:
    """A rule's numbers with the days from which they hold."""
    if one.room != "rules" or one.key not in catalog().rules:
        return ""
    return _("；").join(f"{row.since:%Y} {row.value}{row.unit}" for row in catalog().rules[one.key].rows)


def _told(one: Resting) -> str:
    """The page that tells of it, where there is one."""
    if one.room == "indicators":
        return listing.address(reverse("figures"), {"q": one.key})
    return ""


@policy(Permission.SEE_FIGURES)
def basis(request: SignedIn) -> HttpResponse:
    """The register: every document with its number, issuer and day, and how much rests on it."""
    words = request.GET.get("q", "").strip()[:80]
    found = [one for one in catalog().basis.values() if _meant(one, words)]
    rows = [(one, len(catalog().resting[one.key])) for one in sorted(found, key=_order)]
    context = {
        "section": "figures",
        "q": words,
        "found": rows,
        "guides": guides(),
        "export": listing.export_addresses(reverse("basis-csv"), request.GET),
    }
    return page(request, "web/basis.html", context)


def _meant(one: BasisDocument, words: str) -> bool:
    told = f"{one.title.zh} {one.title.en} {one.number} {one.issuer.zh}".lower()
    return all(word in told for word in words.lower().split())


def _order(one: BasisDocument) -> tuple[int, str]:
    return -len(catalog().resting[one.key]), one.key


@policy(Permission.SEE_FIGURES)
def basis_csv(request: SignedIn) -> HttpResponseBase:
    """The register as a file, a line for each definition that rests on a document."""
    words, rooms = request.GET.get("q", "").strip()[:80], _rooms()
    header = [_("文件"), _("文号"), _("谁发的"), _("日期"), _("条款"), _("什么"), _("名称"), _("代号")]
    rows = [
        [said(one.title), one.number, said(one.issuer), one.issued, _("、").join(each.articles), rooms[each.room],
         said(each.title), each.key]
        for one in sorted(catalog().basis.values(), key=_order) if _meant(one, words)
        for each in catalog().resting[one.key]
    ]  # fmt: skip
    return listing.exported(request.GET, _("依据文件"), header, rows)


@policy(Permission.SEE_FIGURES)
def basis_document(request: SignedIn, key: str) -> HttpResponse:
    """One document: what it is, its articles, and everything that rests on it, by kind."""
    document = catalog().basis.get(key)
    if document is None:
        raise Http404
    lines = [_citing(one) for one in catalog().resting[key]]
    context = {
        "section": "figures",
        "document": document,
        "articles": [(one, _of(one, lines)) for one in document.articles],
        "crumbs": [(reverse("basis"), _("依据文件和工作方法")), ("", said(document.title))],
        "groups": [(words, some) for room, words in _rooms().items()
                   if (some := [one for one in lines if one.room == room])],
        "total": len(lines),
    }  # fmt: skip
    return page(request, "web/basis_document.html", context)


def _of(article: Article, lines: Sequence[Citing]) -> int:
    return sum(article.number in one.articles.split(_("、")) for one in lines)


def guides() -> list[Tag]:
    """Every method: the tags that have a guide."""
    return [tag for tag in catalog().tags.values() if tag.guide is not None]


@policy(Permission.SEE_FIGURES)
@one_reach()
def guide(request: SignedIn, key: str) -> HttpResponse:
    """How a method is done, what it rests on, and what was done so inside the reader's scope."""
    tag = catalog().tags.get(key)
    if tag is None or tag.guide is None:
        raise Http404
    family = catalog().families[catalog().family_of[key]]
    asked = f"{COUNTED}[{key}]"
    period = Period.of_year(request.actor.scope.day.year)
    tops = orgs.tops(request.actor.scope)[:MOST_TOPS]
    figures = [indicators.figure(request.actor.scope, asked, top.org, period) for top in tops]
    context = {
        "section": "figures",
        "tag": tag,
        "crumbs": [(reverse("basis"), _("依据文件和工作方法")), ("", said(tag.title))],
        "documents": [catalog().basis[one.document] for one in cited(family, catalog().basis)],
        "done": [(top, one, figure_rows.figure_address(top.org, asked, period))
                 for top, one in zip(tops, figures, strict=True)],
        "record": reverse("record-kind", args=[DONE]) if may(request.actor, Permission.RECORD) else "",
    }  # fmt: skip
    return page(request, "web/guide.html", context)
