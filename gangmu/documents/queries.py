"""What was chosen before, and the documents that a person checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from gangmu.documents import models
from gangmu.documents.binding import Choices
from gangmu.kernel.ids import AccountId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Problem
from gangmu.kernel.scope import Scope
from gangmu.ledger import handed_in
from gangmu.ledger import queries as ledger
from gangmu.orgs import queries as orgs
from gangmu.reading.values import Format, Source

BOUND = frozenset({"claim.bound"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A document in its owner's list. `counts`: how many numbers bore which verdict when it was last checked."""

    id: str
    name: str
    org: OrgId | None
    period: Period | None
    checked: datetime
    counts: Mapping[str, int]


def choices(scope: Scope) -> Choices:
    """What persons chose in the scope's units and those above, by phrase; the latest wins."""
    units = orgs.tree(scope.day)
    reached = {top.path for top in orgs.tops(scope)}
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for fact in ledger.facts(ledger.FactFilter(kinds=BOUND, with_reversed=False), limit=ledger.LONGEST_PAGE):
        node = units.get(fact.org)
        if node and any(node.path.startswith(path) or path.startswith(node.path) for path in reached):
            tags = str(fact.body.get("selection") or "")
            chosen = (str(fact.body["indicator"]), tuple(tag for tag in tags.split(",") if tag))
            found.setdefault(str(fact.body["phrase"]), chosen)
    return found


def latest(account: AccountId, *, limit: int = 20) -> tuple[Kept, ...]:
    """The documents of one account, the last checked first."""
    return tuple(_kept(row) for row in models.Draft.objects.filter(account=account).order_by("-checked", "id")[:limit])


def kept(document: str, account: AccountId) -> tuple[Kept, Source]:
    """One document with its text. Raises NotFound where there is none or it is another's: the same answer for both."""
    row = models.Draft.objects.filter(id=document, account=account).first()
    if row is None:
        raise no_such_document()
    one = _kept(row)
    text = handed_in.opened(row.id, handed_in.TEXT, row.text_salt, row.text)
    headings = tuple((at, level) for at, level in row.headings)
    return one, Source(one.name, text, cast(Format, row.form), headings)


def no_such_document() -> NotFound:
    """The answer for a document that does not exist, was deleted, or is another's."""
    return NotFound(
        [Problem("documents.unknown", "没有这份文稿，或者已经删了。", "There is no such document, or it was deleted.")]
    )


def _kept(row: models.Draft) -> Kept:
    period = Period(row.first_day, row.last_day) if row.first_day and row.last_day else None
    name = handed_in.opened(row.id, handed_in.NAME, row.name_salt, row.name)
    return Kept(row.id, name, OrgId(row.org) if row.org else None, period, row.checked, row.counts)
