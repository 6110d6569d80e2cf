"""A checked document as it reads: paragraphs of pieces, each number with its verdict, and a card for each number.

Pure functions from the reading and its findings. Offsets are code points into the source, as in `reading.values`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol, TypeVar

from gangmu.reading.markup import plain_view
from gangmu.reading.values import Claim, Finding, Reading, Span, Verdict
from gangmu.reading.view import View

# what is said of a number of which several things are found: the first of these that was found
WEIGHT: tuple[Verdict, ...] = ("contradiction", "placeholder", "confirmed", "no_record", "consistent", "unbound")
# the order in which a reader should look
URGENCY: tuple[Verdict, ...] = ("contradiction", "no_record", "placeholder", "unbound", "consistent", "confirmed")


RUN_IN = 2  # from this level on, a heading may run into its text


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `number` is the index of the claim it shows, None for plain words. `note`: said in the margin."""

    text: str
    number: int | None = None
    verdict: Verdict = "unbound"
    note: str = ""

    @property
    def ordinal(self) -> int:
        """Which number of the document it is, from 1 on; 0 for plain words."""
        return 0 if self.number is None else self.number + 1


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


class Judged(Protocol):
    """Anything that bears a verdict."""

    @property
    def verdict(self) -> Verdict: ...


AnyCard = TypeVar("AnyCard", bound=Judged)


def by_urgency(all_cards: Iterable[AnyCard]) -> list[tuple[Verdict, list[AnyCard]]]:
    """The cards grouped by verdict, contradictions first; empty groups are left out."""
    groups: dict[Verdict, list[AnyCard]] = {verdict: [] for verdict in URGENCY}
    for card in all_cards:
        groups[card.verdict].append(card)
    return [(verdict, group) for verdict, group in groups.items() if group]


def paragraphs(reading: Reading, all_cards: Sequence[Card]) -> tuple[Paragraph, ...]:
    """The document between its boilerplate as a person reads it (no markup), one paragraph a line."""
    source = reading.source
    plain = plain_view(source.text, source.format)
    noise = [_seen(plain, span) for span in reading.body.noise]
    numbers = [(_seen(plain, card.claim.span), card) for card in all_cards]
    levels = {_seen(plain, heading.span): heading.level for heading in reading.outline}
    lines = _lines(plain.text, _seen(plain, reading.body.span), _turns(plain.text, levels))
    starts = [span.start for span, _ in numbers]
    shown = (_paragraph(plain.text, line, numbers[_on(line, starts)], noise, _level(plain.text, line, levels))
             for line in lines)  # fmt: skip
    return tuple(paragraph for paragraph in shown if paragraph.text.strip())


def noted(shown: Iterable[Paragraph], notes: Mapping[int, str]) -> tuple[Paragraph, ...]:
    """The paragraphs with what is to stand in the margin beside a number."""
    return tuple(replace(one, pieces=tuple(_with_note(piece, notes) for piece in one.pieces)) for one in shown)


def _with_note(piece: Piece, notes: Mapping[int, str]) -> Piece:
    note = notes.get(piece.number, "") if piece.number is not None else ""
    return replace(piece, note=note) if note else piece


def _seen(plain: View, span: Span) -> Span:
    """Where a range of the source stands in the text as read."""
    return Span(plain.view_position(span.start), plain.view_position(span.end))


def _turns(text: str, levels: Mapping[Span, int]) -> set[int]:
    """Where a line turns although nobody broke it: before a heading, and after a title that blank space follows."""
    after = {span.end for span, level in levels.items() if level < RUN_IN and text[span.end : span.end + 1].isspace()}
    return {span.start for span in levels} | after


def _lines(text: str, body: Span, turns: set[int]) -> list[Span]:
    """The lines of the body: at line feeds, and where the text turns."""
    feeds = {index + 1 for index, character in enumerate(text[: body.end]) if character == "\n"}
    inner = {place for place in feeds | turns if body.start < place < body.end}
    edges = [body.start, *sorted(inner), body.end]
    return [Span(low, high) for low, high in pairwise(edges)]


def _on(line: Span, starts: Sequence[int]) -> slice:
    """Which numbers may stand on the line: those that begin there, and the one that may reach into it."""
    return slice(max(0, bisect_left(starts, line.start) - 1), bisect_left(starts, line.end))


def _paragraph(
    text: str, line: Span, numbers: Sequence[tuple[Span, Card]], noise: Sequence[Span], level: int | None
) -> Paragraph:
    pieces: list[Piece] = []
    at = line.start
    for span, card in numbers:
        start, end = max(span.start, line.start), min(span.end, line.end)
        if start >= end or start < at:
            continue
        pieces.append(Piece(_without(text, at, start, noise)))
        pieces.append(Piece(_without(text, start, end, noise), card.number, card.verdict))
        at = end
    pieces.append(Piece(_without(text, at, line.end, noise)))
    return Paragraph(level, tuple(piece for piece in pieces if piece.text))


def _without(text: str, start: int, end: int, noise: Sequence[Span]) -> str:
    """text[start:end] without boilerplate, carriage returns and byte-order mark."""
    kept, at = [], start
    for run in noise:
        if run.end > at and run.start < end:
            kept.append(text[at : max(at, run.start)])
            at = min(run.end, end)
    kept.append(text[at:end])
    return "".join(kept).replace("\r", "").replace("\n", "").replace("\ufeff", "")


def _level(text: str, line: Span, levels: Mapping[Span, int]) -> int | None:
    """The level of the heading that fills this line; a running point that only begins it is text."""
    for span, level in levels.items():
        if line.start <= span.start < line.end and not text[span.end : line.end].strip():
            return level
    return None
