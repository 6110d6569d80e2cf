"""Minutes on paper: a page to print, a Word document, and a year of a unit as one archive with proofs."""

import io
import zipfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.urls import reverse

from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.ledger import keys, offline, receipts
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission
from gangmu.pages import listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.web import shown
from gangmu.web.minutes import minutes_of, parts_of
from gangmu.web.usual import ACTIVITY
from gangmu.web.views.facts import seen
from gangmu.web.views.handed_out import WORD
from gangmu.web.words import lexicon

MOST = 1000  # activities of one unit in a year; more are archived by the month
VERIFIER = Path(offline.__file__).parent / "verify.py"
HEADER = ("台账序号", "哪天", "记了什么", "内容", "补录", "会议记录", "凭据")
READ_ME = """本压缩包是一个单位一年的活动档案。
目录.csv：一行一次活动；会议记录/：每次会议的记录；凭据/：每条记录在台账里的凭据和原样字节。
自己验（不用联网，只要 Python）：
    python3 verify.py proof 凭据/编号.tlog-proof --entry 凭据/编号.json --key log.vkey
打印 holds 就是对得上。还没编号的记录给的是回执（.receipt），用 receipt.vkey 验：
    python3 verify.py receipt 凭据/编号.receipt --key receipt.vkey
"""


@policy(Permission.SEE_PERSONS, object="fact")
def fact_minutes(request: SignedIn, fact_id: str) -> HttpResponse:
    """The minutes laid out for paper, with the sign-in sheet; names stand in them, so whoever reads may see persons."""
    found = _meeting(request, fact_id)
    context = {
        "section": "facts", "fact": found, "minutes": minutes_of(request.actor.scope, found),
        "free": range(8), "crumbs": [(reverse("fact", args=[found.id]), "")],
    }  # fmt: skip
    return page(request, "web/minutes.html", context)


@policy(Permission.SEE_PERSONS, object="fact")
def fact_minutes_word(request: SignedIn, fact_id: str) -> HttpResponse:
    """The minutes as a .docx."""
    found = _meeting(request, fact_id)
    name, content = _word(request, found)
    return _file(f"{name}.docx", content, WORD)


@policy(Permission.SEE_PERSONS, object="unit")
def unit_archive(request: SignedIn, org: str, year: int) -> HttpResponse:
    """A year's activities of a unit in one .zip: minutes, a list, and the ledger's proof of each record."""
    unit = orgs.unit(request.actor.scope, OrgId(org))
    if not 1 <= year <= request.actor.scope.day.year:
        raise Http404
    wanted = ledger.FactFilter(
        orgs=frozenset({unit.org}), kinds=frozenset({ACTIVITY}), period=Period.of_year(year), with_reversed=False
    )
    facts = ledger.facts(wanted, limit=MOST, order="day")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in _files(request, facts):
            archive.writestr(path, content)
    return _file(f"{unit.name}{year}年活动档案.zip", file.getvalue(), "application/zip")


def _meeting(request: SignedIn, fact_id: str) -> Fact:
    found = seen(request, fact_id)
    if not parts_of(found):
        raise Http404
    return found


def _word(request: SignedIn, fact: Fact) -> tuple[str, bytes]:
    """The file's name without its ending, and the document."""
    from gangmu.documents.word.minutes import word_of_minutes  # its library is slow to load and seldom needed

    minutes = minutes_of(request.actor.scope, fact)
    return f"{fact.day.isoformat()} {minutes.title} {fact.id[:8]}", word_of_minutes(minutes)


def _files(request: SignedIn, facts: Sequence[Fact]) -> Iterator[tuple[str, str | bytes]]:
    """(path, content) of everything in the archive, the list first."""
    words = lexicon(request.actor.scope.day)
    rows: list[tuple[object, ...]] = []
    files: list[tuple[str, str | bytes]] = []
    for fact in facts:
        row, minutes = shown.fact_row(fact, words), ""
        if parts_of(fact):
            name, content = _word(request, fact)
            minutes = f"会议记录/{name}.docx"
            files.append((minutes, content))
        proof = _proof(fact)
        rows.append((fact.seq, row.day, row.title, row.said, "是" if row.late else "", minutes, proof[0][0]))
        files += proof
    yield "目录.csv", b"".join(listing.csv_bytes(HEADER, rows))
    yield from files
    yield "读我.txt", READ_ME
    yield "verify.py", VERIFIER.read_bytes()
    yield from _keys({Path(path).suffix for path, _ in files})


def _keys(kinds: Collection[str]) -> Iterator[tuple[str, str]]:
    """The public keys that the proofs and receipts among the files are checked by."""
    if ".tlog-proof" in kinds:
        yield "log.vkey", keys.log_verifier().text + "\n"
    if ".receipt" in kinds:
        yield "receipt.vkey", keys.receipt_verifier().text + "\n"


def _proof(fact: Fact) -> list[tuple[str, str | bytes]]:
    """The proof of a fact with the bytes it is about; while it waits for its number, its receipt."""
    proof = ledger.proof(fact.id)
    if proof is None:
        return [(f"凭据/{fact.id}.receipt", receipts.text(ledger.receipt(fact.id)))]
    return [(f"凭据/{fact.id}.tlog-proof", proof.text), (f"凭据/{fact.id}.json", proof.entry)]


def _file(name: str, content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response
