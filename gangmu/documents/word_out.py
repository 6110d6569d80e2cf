"""A checked document as Word: the file it came in with comments put in, or its paragraphs made a file with comments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gangmu.documents import paper
from gangmu.documents.paper import Card
from gangmu.documents.remarks import REMARKED, last_page, remarks
from gangmu.documents.word.annotated import annotated
from gangmu.reading.values import Reading, Verdict

AUTHOR = "纲目"


@dataclass(frozen=True, slots=True)
class Told:
    """What the comments and the last page say besides the cards.

    `against`: lines that say what the document was held against; `figures`: by the number of a card, the figure behind
    it with its address; `about`: the verdicts that are commented on; `language`: "zh-hans" or "en"; `at`: when.
    """

    at: datetime
    against: Sequence[str] = ()
    figures: Mapping[int, str] | None = None
    about: frozenset[Verdict] = REMARKED
    language: str = "zh-hans"


def commented(reading: Reading, cards: Sequence[Card], told: Told, original: bytes | None = None) -> bytes:
    """The document as a .docx with its comments. `original`: the bytes of the .docx that `reading` was read from.

    Without it the paragraphs are set anew as official papers are. Raises Unusable for an original that cannot be used.
    """
    name = reading.source.doc
    if original is None:
        from gangmu.documents.word.plain import word_of  # its library is slow to load and seldom needed

        file, places = word_of(paper.paragraphs(reading, cards))
    else:
        file, places = original, {card.number: (card.claim.span,) for card in cards}
    found = remarks(cards, places, told.figures or {}, told.language, told.about)
    page = last_page(name, cards, told.against, told.language, told.about)
    return annotated(name, file, found, page, author=AUTHOR, at=told.at)
