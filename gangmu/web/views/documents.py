"""Checking documents: hand one in, see every number marked, aim it elsewhere, say what a number means."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gangmu.documents import actions, paper, queries
from gangmu.documents.binding import phrase
from gangmu.documents.checking import Checked, check, proposed_unit
from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Problem, Refused, Unusable
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, may
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.choices import picked_period
from gangmu.pages.fragments import page, refused
from gangmu.reading.pipeline import read_all
from gangmu.reading.read import Loaded, bundled, is_bundle, pasted, read_bytes, read_member
from gangmu.reading.values import Reading, Source
from gangmu.web import checked as shown
from gangmu.web.record_form import unit_meant
from gangmu.web.samples import sample, samples
from gangmu.web.views.ledger import head

LONGEST_NAME = 30  # pasted text is called by so much of its first line
MOST_AT_ONCE = 20  # documents of one archive: each is checked before the answer comes
TOO_MANY = Problem(
    "web.too_many_documents",
    f"压缩包里超过{MOST_AT_ONCE}份文稿；请分成几个压缩包。",
    f"The archive holds over {MOST_AT_ONCE} documents: split it into several.",
    where="file",
)
NOTHING = Problem(
    "web.no_document",
    "还没有稿子：选一个文件，或者把文字粘贴进来。",
    "There is no document yet: choose a file or paste the text.",
    where="file",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One document in its owner's list."""

    address: str
    name: str
    unit: str
    checked: datetime
    contradictions: int


@policy(Permission.CHECK_DOCUMENTS)
def documents(request: SignedIn) -> HttpResponse:
    """GET shows where to hand a document in, and those checked before; POST keeps one and goes to its page.

    Where something is to be known of how a file was read, that is said on the way.
    """
    if request.method != "POST":
        return page(request, "web/documents.html", _form(request))
    try:
        loaded = _handed_in(request)
        org, period = _aimed(request)
        kept = [_kept(request, one.source, org, period) for one in loaded]
    except Unusable as trouble:
        return refused(request, "web/documents.html", _form(request), [trouble.problem])
    except NotFound:
        raise
    except Refused as refusal:
        return refused(request, "web/documents.html", _form(request), refusal.problems)
    address = reverse("document", args=kept) if len(kept) == 1 else reverse("documents")
    if notes := [note for one in loaded for note in one.notes]:
        return page(request, "web/read.html", {"section": "documents", "notes": notes, "address": address})
    return HttpResponseRedirect(address)


def _kept(request: SignedIn, source: Source, org: OrgId | None, period: Period | None) -> str:
    """Check one document and keep it; returns its id."""
    reading = read_all(source)
    found = held(request, reading, org or proposed_unit(reading, request.actor.scope), period)
    return actions.keep(source, found.org, period, counts=_counts(found), by=request.actor)


@policy(Permission.CHECK_DOCUMENTS)
def document(request: SignedIn, document: str) -> HttpResponse:
    """GET shows the document with every number marked, by the record of this moment; POST aims it elsewhere."""
    one, source = queries.kept(document, request.actor.account)
    reading = read_all(source)
    if request.method != "POST":
        return document_page(request, one, held(request, reading, one.org, one.period))
    try:
        org, period = _aimed(request)
        found = held(request, reading, org, period)
        actions.aim(document, org, period, counts=_counts(found), by=request.actor)
    except NotFound:
        raise
    except Refused as refusal:
        return document_page(request, one, held(request, reading, one.org, one.period), refusal.problems)
    return HttpResponseRedirect(reverse("document", args=[document]))


@policy(Permission.BIND_CLAIMS)
def document_bind(request: SignedIn, document: str) -> HttpResponse:
    """POST remembers which indicator a number of the document means; GET is the document itself."""
    one, source = queries.kept(document, request.actor.account)
    back = reverse("document", args=[document])
    if request.method != "POST":
        return HttpResponseRedirect(back)
    reading = read_all(source)
    found = held(request, reading, one.org, one.period)
    try:
        number = _remember(request, found)
    except NotFound:
        raise
    except Refused as refusal:
        return document_page(request, one, found, refusal.problems)
    return HttpResponseRedirect(f"{back}#c-{number}")


@policy(Permission.CHECK_DOCUMENTS)
def document_discard(request: SignedIn, document: str) -> HttpResponse:
    """POST deletes the document, text and all; GET is the document itself."""
    queries.kept(document, request.actor.account)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("document", args=[document]))
    actions.discard(document, by=request.actor)
    return HttpResponseRedirect(reverse("documents"))


def _handed_in(request: SignedIn) -> list[Loaded]:
    """The uploaded file, the documents of an uploaded archive, else the pasted text, with what to know of the reading.

    Raises Unusable with a plain sentence, Refused with one for each document of an archive that cannot be used."""
    file = request.FILES.get("file")
    if file is not None:
        name = file.name or ""
        return _unpacked(name, file.read()) if is_bundle(name) else [read_bytes(name, file.read())]
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise Unusable(NOTHING)
    return [Loaded(pasted(text, text.strip().splitlines()[0].strip()[:LONGEST_NAME] or _("粘贴的文字")))]


def _unpacked(name: str, data: bytes) -> list[Loaded]:
    """All documents of an archive, or none of them with what is wrong with each."""
    members = bundled(name, data)
    if len(members) > MOST_AT_ONCE:
        raise Unusable(TOO_MANY)
    loaded, problems = [], []
    for member in members:
        try:
            loaded.append(read_member(member))
        except Unusable as unusable:
            problems.append(replace(unusable.problem, where="file"))
    if problems:
        raise Refused(problems)
    return loaded


def _aimed(request: SignedIn) -> tuple[OrgId | None, Period | None]:
    """The unit and the days the form names, None for what it leaves open. Raises Refused."""
    words, scope = request.POST.get("org", "").strip(), request.actor.scope
    org, wrong = unit_meant(scope, words, "org") if words else (None, [])
    asked = request.POST.get("from", "") or request.POST.get("to", "")
    picked = picked_period(request.POST, scope.day)
    if wrong or picked.problems:
        raise Refused([*wrong, *picked.problems])
    return org, picked.period if asked else None


def held(request: SignedIn, reading: Reading, org: OrgId | None, period: Period | None) -> Checked:
    """The reading held against the record as the reader of the page may see it."""
    scope = request.actor.scope
    whose = org if org and may(scope, Permission.SEE_FIGURES, org) else None
    return check(reading, scope, org=whose, period=period, choices=queries.choices(scope))


def _counts(found: Checked) -> Mapping[str, int]:
    return {verdict: count for verdict, count in paper.tally(shown.marked(found)).items() if count}


def _remember(request: SignedIn, found: Checked) -> int:
    """Record the choice; returns the number of the card. Raises Refused when nothing was chosen."""
    chosen, told = request.POST.get("proposal", ""), request.POST.get("number", "")
    claims = found.reading.claims
    bound = found.bounds.get(claims[int(told)].span) if _place(told) < len(claims) else None
    if bound is None or not chosen:
        raise Refused([Problem("documents.no_choice", "还没有选它说的是哪个数。", "No figure was chosen.", "proposal")])
    tops = orgs.tops(request.actor.scope)
    org = found.org or tops[0].org
    actions.bind_claim(phrase(bound.context), chosen, org, by=request.actor, at=clock.today(),
                       idem=request.POST.get("idem", ""))  # fmt: skip
    return int(told)


def _place(told: str) -> int:
    """The place of a number in the text; anything that is none lies beyond every text."""
    return int(told) if told.isdecimal() and told.isascii() and len(told) < 9 else sys.maxsize


def _searched(request: SignedIn) -> shown.Search | None:
    """What the reader is looking for, by the address; None where nothing is."""
    words = request.GET.get("words")
    return shown.Search(_place(request.GET.get("number", "")), words.strip()) if words is not None else None


def document_page(
    request: SignedIn, one: queries.Kept, found: Checked, problems: tuple[Problem, ...] | list[Problem] = ()
) -> HttpResponse:
    """The page of a checked document; with problems, status 422."""
    scope = request.actor.scope
    may_bind = may(request.actor, Permission.BIND_CLAIMS, found.org)
    told = shown.shown(found, scope, may_bind=may_bind, search=_searched(request))
    context = {
        "section": "documents",
        "document": one,
        "name": one.name,
        "crumbs": [(reverse("documents"), _("文稿")), ("", one.name)],
        "conclusion": conclusion(shown.marked(found)),
        "head": head(),
        "may_bind": may_bind,
        "bind_address": reverse("document-bind", args=[one.id]),
        "document_address": reverse("document", args=[one.id]),
        "is_word": found.reading.source.format == "docx",
        "form": {"org": shown.unit_field(found, scope), "start": one.period and one.period.start,
                 "end": one.period and one.period.end},
        **told,
    }  # fmt: skip
    if problems:
        return refused(request, "web/document.html", context, problems)
    return page(request, "web/document.html", context)


def _form(request: SignedIn) -> dict[str, Any]:
    typed = request.POST
    form = {name: typed.get(name, "") for name in ("text", "org")}
    form["text"] = form["text"] or sample(request.GET.get("sample", ""))
    form |= {"start": typed.get("from", ""), "end": typed.get("to", "")}
    return {"section": "documents", "form": form, "documents": listed(request.actor.account), "samples": samples(),
            "keys": frozenset({"file", "text", "org", "from"})}  # fmt: skip


def listed(account: AccountId, *, limit: int = 20) -> list[Listed]:
    """The documents an account checked last, with the number of contradictions then."""
    units = orgs.tree(clock.today())
    return [
        Listed(
            reverse("document", args=[one.id]),
            one.name,
            node.name if one.org and (node := units.get(one.org)) else "",
            one.checked,
            one.counts.get("contradiction", 0),
        )
        for one in queries.latest(account, limit=limit)
    ]


def conclusion(marked: tuple[paper.Card, ...]) -> str:
    """The page's headline: the sentence a person would say."""
    counts = paper.tally(marked)
    if wrong := counts["contradiction"]:
        return ngettext("有%(count)s处不符，改完再印", "有%(count)s处不符，改完再印", wrong) % {"count": wrong}
    if blank := counts["placeholder"]:
        return ngettext("没有不符，还有%(count)s处待补", "没有不符，还有%(count)s处待补", blank) % {"count": blank}
    return _("没有对不上的数") if marked else _("稿子里没有要核的数")
