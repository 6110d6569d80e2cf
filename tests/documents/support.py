"""Sentences read as the checker reads them, and the definitions in force."""

from datetime import date

from gangmu.catalog.current import catalog
from gangmu.documents.binding import words
from gangmu.documents.rules.contexts import Context, contexts
from gangmu.documents.rules.proposals import Proposal, proposals
from gangmu.kernel.periods import Period
from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Claim, Reading, Source

YEAR_END = date(2025, 12, 31)
YEAR = Period.of_year(2025)


def read(text: str, kind: str = "txt") -> Reading:
    return read_all(Source(f"a.{kind}", text, kind))  # type: ignore[arg-type]


def context(text: str, number: int = 0) -> Context:
    """The context of a sentence's claim, the first if not said."""
    return contexts(read(text))[number]


def claim(text: str, number: int = 0) -> Claim:
    return read(text).claims[number]


def proposed(text: str, number: int = 0) -> tuple[Proposal, ...]:
    """What the claim of a sentence may mean, best first."""
    return proposals(context(text, number), catalog(), words())
