"""A checked document as it reads: paragraphs of pieces, each number with its verdict, and a card for each number.

Pure functions from the reading and its findings. Offsets are code points into the source, as in `reading.values`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gangmu.reading.values import Claim, Finding, Heading, Reading, Span, Verdict

# what is said of a number of which several things are found: the first of these that was found
WEIGHT: tuple[Verdict, ...] = ("contradiction", "placeholder", "confirmed", "no_record", "consistent", "unbound")
# the order in which a reader should look
URGENCY: tuple[Verdict, ...] = ("contradiction", "no_record", "placeholder", "unbound", "consistent", "confirmed")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `number` is the index of the claim it shows, None for plain words."""

    text: str
    number: int | None = None
    verdict: Verdict = "unbound"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the document. `level` None: running text; 0: the title; 1…: a heading."""

    level: int | None
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Card:
    """One number and everything found about it, the gravest first."""

    number: int
    claim: Claim
    verdict: Verdict
    findings: tuple[Finding, ...]


def cards(claims: Sequence[Claim], findings: Iterable[Finding]) -> tuple[Card, ...]:
    """A card for each claim, in text order."""
    about: dict[Span, list[Finding]] = {claim.span: [] for claim in claims}
    for finding in findings:
        for span in dict.fromkeys(finding.spans):
            if span in about:
                about[span].append(finding)
    return tuple(_card(number, claim, about[claim.span]) for number, claim in enumerate(claims))


def _card(number: int, claim: Claim, findings: list[Finding]) -> Card:
    ordered = tuple(sorted(findings, key=lambda finding: WEIGHT.index(finding.verdict)))
    usual: Verdict = "placeholder" if claim.placeholder else "unbound"
    return Card(number, claim, verdict_of(claim, ordered, usual), ordered)


def verdict_of(claim: Claim, findings: Sequence[Finding], usual: Verdict) -> Verdict:
    """The gravest verdict; a contradiction whose culprit is another number does not stain this one."""
    said = [one.verdict for one in findings if one.verdict != "contradiction" or one.suspect in (None, claim.span)]
    return min(said, key=WEIGHT.index, default=usual)


def tally(all_cards: Iterable[Card]) -> Mapping[Verdict, int]:
    """How many numbers bear each verdict, most urgent first."""
    counts = dict.fromkeys(URGENCY, 0)
    for card in all_cards:
        counts[card.verdict] += 1
    return counts


def by_urgency(all_cards: Iterable[Card]) -> list[tuple[Verdict, list[Card]]]:
    """The cards grouped by verdict, contradictions first; empty groups are left out."""
    groups: dict[Verdict, list[Card]] = {verdict: [] for verdict in URGENCY}
    for card in all_cards:
        groups[card.verdict].append(card)
    return [(verdict, group) for verdict, group in groups.items() if group]


def paragraphs(reading: Reading, all_cards: Sequence[Card], hidden: Sequence[Span] = ()) -> tuple[Paragraph, ...]:
    """The document between its boilerplate, one paragraph a line. `hidden`: runs that are not read, as markup."""
    text = reading.source.text
    skipped = sorted([*hidden, *reading.body.noise])
    lines = _lines(text, reading.body.span)
    shown = (_paragraph(text, line, reading.outline, all_cards, skipped) for line in lines)
    return tuple(paragraph for paragraph in shown if paragraph.text.strip())


def _lines(text: str, body: Span) -> list[Span]:
    found, start = [], body.start
    while start < body.end:
        stop = text.find("\n", start, body.end)
        stop = body.end if stop < 0 else stop
        found.append(Span(start, stop))
        start = stop + 1
    return found


def _paragraph(
    text: str, line: Span, outline: Sequence[Heading], all_cards: Sequence[Card], skipped: Sequence[Span]
) -> Paragraph:
    pieces: list[Piece] = []
    at = line.start
    for card in all_cards:
        start, end = max(card.claim.span.start, line.start), min(card.claim.span.end, line.end)
        if start >= end or start < at:
            continue
        pieces.append(Piece(_seen(text, at, start, skipped)))
        pieces.append(Piece(_seen(text, start, end, skipped), card.number, card.verdict))
        at = end
    pieces.append(Piece(_seen(text, at, line.end, skipped)))
    return Paragraph(_level(line, outline), tuple(piece for piece in pieces if piece.text))


def _seen(text: str, start: int, end: int, skipped: Sequence[Span]) -> str:
    """What is read of text[start:end]: the skipped runs, carriage returns and the byte-order mark left out."""
    kept, at = [], start
    for run in skipped:
        if run.end <= at or run.start >= end:
            continue
        kept.append(text[at : max(at, run.start)])
        at = min(run.end, end)
    kept.append(text[at:end])
    return "".join(kept).replace("\r", "").replace("\ufeff", "")


def _level(line: Span, outline: Sequence[Heading]) -> int | None:
    """The level of the heading that fills this line; a running point that only begins it is text."""
    for heading in outline:
        if line.start <= heading.span.start < line.end and heading.span.end >= line.end - 1:
            return heading.level
    return None
