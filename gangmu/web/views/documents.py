"""Checking documents: hand one in, see every number marked."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.kernel.problems import Problem, Unusable
from gangmu.orgs.permissions import Permission
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page, refused
from gangmu.pages.templatetags.gangmu import language
from gangmu.reading.arithmetic import findings
from gangmu.reading.pipeline import read_all
from gangmu.reading.read import pasted, read_bytes
from gangmu.reading.values import Source
from gangmu.web import cards, paper

NOTHING = Problem(
    "web.no_document",
    "还没有稿子：选一个文件，或者把文字粘贴进来。",
    "There is no document yet: choose a file or paste the text.",
    where="file",
)


@policy(Permission.CHECK_DOCUMENTS)
def documents(request: SignedIn) -> HttpResponse:
    """GET shows where to hand a document in; POST shows it checked."""
    if request.method != "POST":
        return page(request, "web/documents.html", _form(request))
    try:
        return page(request, "web/document.html", _checked(_handed_in(request)))
    except Unusable as trouble:
        return refused(request, "web/documents.html", _form(request), [trouble.problem])


def _form(request: SignedIn) -> dict[str, Any]:
    typed = request.POST
    form = {name: typed.get(name, "") for name in ("text", "org")}
    form |= {"start": typed.get("from", ""), "end": typed.get("to", "")}
    return {"section": "documents", "form": form, "documents": (), "keys": frozenset({"file", "text", "org", "from"})}


def _handed_in(request: SignedIn) -> Source:
    """The uploaded file, else the pasted text. Raises Unusable with a plain sentence."""
    file = request.FILES.get("file")
    if file is not None:
        return read_bytes(file.name or "", file.read()).source
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise Unusable(NOTHING)
    return pasted(text, _("粘贴的文字"))


def _checked(source: Source) -> dict[str, Any]:
    reading = read_all(source)
    marked = paper.cards(reading.claims, findings(reading))
    shown = cards.shown_cards(marked, language())
    return {
        "section": "documents",
        "name": source.doc,
        "crumbs": [(reverse("documents"), _("文稿")), ("", source.doc)],
        "conclusion": conclusion(marked),
        "cards": shown,
        "tally": paper.tally(marked),
        "bars": cards.bars(marked),
        "paragraphs": paper.paragraphs(reading, marked),
        "groups": paper.by_urgency(shown),
        "unit": None,
        "may_bind": False,
    }


def conclusion(marked: tuple[paper.Card, ...]) -> str:
    """The page's headline: the sentence a person would say."""
    counts = paper.tally(marked)
    if counts["contradiction"]:
        return _("有%(count)s处不符，改完再印") % {"count": counts["contradiction"]}
    if counts["placeholder"]:
        return _("没有不符，还有%(count)s处待补") % {"count": counts["placeholder"]}
    return _("没有对不上的数") if marked else _("稿子里没有要核的数")
