"""The ledger: its head, its latest entries, how to check it."""

import re
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.kernel.clock import from_stamp
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import NotFound, Problem
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import REVERSE
from gangmu.orgs.permissions import Permission, may
from gangmu.pages import listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.web import shown
from gangmu.web.views.facts import fact_file, inside
from gangmu.web.words import lexicon

SIZE = 25
ROOT = re.compile("[0-9a-f]{8,64}")  # fewer characters than these would agree by chance
NO_ROOT = Problem(
    "web.ledger_root",
    "树根是8到64位的0–9和a–f，照纸上的写，不要空格。",
    "A root is 8 to 64 of the characters 0–9 and a–f: write it as on the paper, without blanks.",
    where="root",
)


def head() -> dict[str, Any]:
    """The newest signed head as components read it."""
    newest = ledger.head()
    return {
        "size": newest.size if newest else 0,
        "root": newest.root.hex() if newest else "",
        "signed": from_stamp(newest.created) if newest else None,
        "waiting": ledger.waiting(),
    }


@policy(Permission.READ_LEDGER)
def ledger_page(request: SignedIn) -> HttpResponse:
    """The head and the latest entries of the reader's scope; a number leads straight to its fact."""
    seq, problems = request.GET.get("seq", "").strip(), []
    if seq:
        found = _numbered(request, seq)
        if found:
            return HttpResponseRedirect(reverse("fact", args=[found]))
        problems = [_no_such_number(seq)]
    number, wanted = listing.page_number(request.GET), _wanted(request)
    total = ledger.count(wanted)
    rows = ledger.facts(wanted, limit=SIZE, offset=(number - 1) * SIZE)
    words = lexicon(request.actor.scope.day)
    context = {
        "section": "ledger",
        "head": head(),
        "only": request.GET.get("only", ""),
        "seq": seq,
        "problems": problems,
        "facts": listing.Slice(shown.fact_rows(rows, words), number, SIZE, total),
        "export": listing.export_addresses(reverse("ledger-csv"), request.GET, total),
    }
    return page(request, "web/ledger.html", context)


@policy(Permission.READ_LEDGER)
def ledger_csv(request: SignedIn) -> HttpResponseBase:
    """The same entries as a file, all of them or the page that was chosen."""
    wanted, words = _wanted(request), lexicon(request.actor.scope.day)
    if "page" in request.GET:
        rows = ledger.facts(wanted, limit=SIZE, offset=(listing.page_number(request.GET) - 1) * SIZE)
        return fact_file(request, _("台账"), shown.fact_rows(rows, words))
    return fact_file(request, _("台账"), (shown.fact_row(one, words) for one in ledger.every_fact(wanted)))


def _wanted(request: SignedIn) -> ledger.FactFilter:
    """The entries inside the scope: all, or what takes back and mends."""
    kinds = frozenset({REVERSE}) if request.GET.get("only", "") == "mended" else None
    return ledger.FactFilter(orgs=inside(request.actor.scope, None), kinds=kinds)


def _numbered(request: SignedIn, seq: str) -> str | None:
    """The fact with that number, if the reader may see it."""
    if not seq.isdecimal() or len(seq) > 15:
        return None
    try:
        fact = ledger.fact_at(int(seq))
    except NotFound:
        return None
    return str(fact.id) if may(request.actor, Permission.SEE_FACTS, OrgId(fact.org)) else None


def _no_such_number(seq: str) -> Problem:
    return Problem(
        "web.ledger_number",
        f"您的范围里没有第“{seq}”条。序号是0起的整数，记录页上有。",
        f"There is no record “{seq}” inside your scope. Numbers are whole, from 0 on; each record shows its own.",
        where="seq",
    )


@policy(Permission.READ_LEDGER)
def ledger_head(request: SignedIn, size: int) -> HttpResponse:
    """The root of the first `size` facts as the ledger has it now, held against the one that somebody's paper bears."""
    root, told = ledger.root_at(size).hex(), request.GET.get("root", "").strip().lower()
    context = {
        "section": "ledger",
        "crumbs": [(reverse("ledger"), _("台账")), ("", _("核对台账头"))],
        "size": size,
        "root": root,
        "told": told,
        "agrees": root.startswith(told),
        "problems": [] if not told or ROOT.fullmatch(told) else [NO_ROOT],
        "head": head(),
    }
    return page(request, "web/ledger_head.html", context)


@policy(Permission.READ_LEDGER)
def checkpoint(_request: SignedIn) -> HttpResponse:
    """The newest signed checkpoint as a file to keep."""
    newest = ledger.head()
    response = HttpResponse(newest.note if newest else "", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="checkpoint"'
    return response
