"""A checked document handed out again: as Word with comments, and as a report to be printed. Nothing is recorded."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.documents import paper, queries
from gangmu.documents.checking import Checked
from gangmu.documents.word_out import Told, commented
from gangmu.kernel import clock
from gangmu.kernel.problems import Problem, Unusable
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission
from gangmu.pages import formats, listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.pages.templatetags.gangmu import MARKS, language
from gangmu.reading.pipeline import read_all
from gangmu.reading.read import read_bytes
from gangmu.reading.values import Source
from gangmu.web import checked as shown
from gangmu.web import report
from gangmu.web.cards import FigureLine, ShownCard, shown_cards
from gangmu.web.views.documents import conclusion, document_page, held
from gangmu.web.views.ledger import head

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ANOTHER = Problem(
    "web.another_document",
    "这不是核验时的那个文件：里面的文字不一样。请选原来的文件；改过了，就重新核验一份。",
    "This is not the file that was checked: its text differs. Choose that file; if it was changed, check it anew.",
    where="original",
)
NO_FILE = Problem(
    "web.no_original",
    "还没有选文件。",
    "No file was chosen.",
    where="original",
)


@policy(Permission.CHECK_DOCUMENTS)
def document_word(request: SignedIn, document: str) -> HttpResponse:
    """GET: the text as a Word document with comments. POST: the same in the .docx itself, handed in once more.

    Originals are not kept: of what was handed in only the text is, sealed. So whoever wants the comments in the file's
    own layout gives the file again; it must hold the text that was checked.
    """
    one, source = queries.kept(document, request.actor.account)
    found = held(request, read_all(source), one.org, one.period)
    try:
        original = _original(request, source) if request.method == "POST" else None
        file = commented(found.reading, shown.marked(found), _told(request, found), original)
    except Unusable as trouble:
        return document_page(request, one, found, [trouble.problem])
    name = _("%(name)s（批注）") % {"name": PurePath(one.name).stem if source.format == "docx" else one.name}
    response = HttpResponse(file, content_type=WORD)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}.docx"
    return response


def _original(request: SignedIn, source: Source) -> bytes:
    """The bytes of the file given once more. Raises Unusable for any other than the one that was checked."""
    file = request.FILES.get("original")
    if file is None:
        raise Unusable(NO_FILE)
    data: bytes = file.read()
    if read_bytes(f"{PurePath(file.name or '').stem}.docx", data).source.text != source.text:
        raise Unusable(ANOTHER)
    return data


def _told(request: SignedIn, found: Checked) -> Told:
    """What the comments and the last page say besides the numbers."""
    lines = shown.figure_lines(found, shown.marked(found))
    figures = {number: _line(request, line) for number, line in lines.items()}
    return Told(clock.now(), _against(found), figures, language=language())


def _line(request: SignedIn, line: Any) -> str:
    """The figure behind a number on one line, with the address that explains it."""
    told = _("台账：%(text)s（%(title)s，%(unit)s，%(period)s）") % {
        "text": line.text, "title": line.title, "unit": line.unit, "period": formats.period(line.period, language()),
    }  # fmt: skip
    return f"{told} {request.build_absolute_uri(line.address)}"


def _against(found: Checked) -> Sequence[str]:
    """What the document was held against, and when."""
    unit = orgs.tree(clock.today()).get(found.org) if found.org else None
    newest = head()
    return (
        _("对照：%(unit)s，%(period)s") % {
            "unit": unit.name if unit else _("没有选单位"), "period": formats.period(found.period, language()),
        },
        _("核验时间：%(moment)s，台账第%(size)s条") % {
            "moment": formats.moment(clock.now(), language()), "size": formats.grouped(newest["size"]),
        },
    )  # fmt: skip


@policy(Permission.CHECK_DOCUMENTS)
def document_numbers(request: SignedIn, document: str) -> HttpResponseBase:
    """Every number of the document as a line of a file: what it says, how it was judged, what is on record."""
    one, source = queries.kept(document, request.actor.account)
    found = held(request, read_all(source), one.org, one.period)
    numbers = shown.marked(found)
    lines = shown.figure_lines(found, numbers)
    header = [_("编号"), _("说的是什么"), _("文中"), _("判定"), _("验算"), _("台账"), _("指标"), _("单位"), _("时段")]
    cells = [_cells(card, lines.get(card.number)) for card in shown_cards(numbers, language())]
    return listing.exported(request.GET, PurePath(one.name).stem, header, cells)


def _cells(card: ShownCard, line: FigureLine | None) -> list[object]:
    workings = " ".join(working.text for working in card.workings)
    said = [card.ordinal, card.claim.subject, card.claim.text, str(MARKS[card.verdict][2]), workings]
    behind = [line.text, line.title, line.unit, formats.period(line.period, language())] if line else [""] * 4
    return [*said, *behind]


@policy(Permission.CHECK_DOCUMENTS)
def document_report(request: SignedIn, document: str) -> HttpResponse:
    """The document with its marks, all findings, the figures behind them and the ledger's head, laid out for paper."""
    one, source = queries.kept(document, request.actor.account)
    found = held(request, read_all(source), one.org, one.period)
    numbers, newest = shown.marked(found), head()
    lines = shown.figure_lines(found, numbers)
    proves = reverse("ledger-head", args=[newest["size"]]) + f"?root={newest['root']}" if newest["size"] else ""
    address = request.build_absolute_uri(proves) if proves else ""
    context = {
        "section": "documents",
        "document": one,
        "name": one.name,
        "crumbs": [
            (reverse("documents"), _("文稿")),
            (reverse("document", args=[document]), one.name),
            ("", _("核验报告")),
        ],
        "conclusion": conclusion(numbers),
        "against": _against(found),
        "tally": paper.tally(numbers),
        "paragraphs": paper.paragraphs(found.reading, numbers),
        "export": listing.export_addresses(reverse("document-numbers", args=[document]), request.GET),
        "groups": paper.by_urgency(shown_cards(numbers, language(), lines)),
        "figures": report.figures(found, numbers),
        "short_digest": report.short_digest(source.text),
        "head": newest,
        "proves": address,
        "code": report.code(address) if address else None,
    }
    return page(request, "web/report.html", context)
