"""The cards of a checked document as the page shows them: working in the reader's language, figure, proposals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gangmu.documents.paper import URGENCY, Card, tally
from gangmu.kernel.periods import Period
from gangmu.reading.values import Claim, Finding, Verdict

BAR_CLASSES: Mapping[Verdict, str] = {
    "contradiction": "p-no",
    "no_record": "p-nil",
    "placeholder": "p-gap",
    "unbound": "p-unb",
    "consistent": "p-eq",
    "confirmed": "p-ok",
}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """The figure behind a number, in words, and where it is explained (empty: the reader may not see it)."""

    text: str
    title: str
    unit: str
    period: Period
    address: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One indicator that a number may mean: the value the form sends, its title, what it would say."""

    value: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Working:
    """One sentence with the arithmetic written out."""

    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ShownCard:
    """One number as the side panel shows it. `words`: what was typed to find another figure (None: nothing yet)."""

    number: int
    claim: Claim
    verdict: Verdict
    workings: tuple[Working, ...]
    figure: FigureLine | None = None
    proposals: tuple[Proposal, ...] = ()
    idem: str = ""
    words: str | None = None

    @property
    def ordinal(self) -> int:
        """Which number of the document it is, from 1 on."""
        return self.number + 1

    @property
    def may_mean(self) -> bool:
        """Whether a person may say what the number means."""
        return bool(self.idem)

    @property
    def open(self) -> bool:
        """Whether that question lies open: where nothing is chosen, or something else was asked for."""
        return self.verdict == "unbound" or self.words is not None


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of the bar under the tally, in percent."""

    css: str
    start: str
    width: str


def shown_cards(
    cards: Sequence[Card],
    language: str,
    figures: Mapping[int, FigureLine] | None = None,
    proposals: Mapping[int, tuple[Proposal, ...]] | None = None,
    idems: Mapping[int, str] | None = None,
) -> list[ShownCard]:
    """The cards in words. `figures`, `proposals` and `idems` go by the number of the card."""
    return [
        ShownCard(
            card.number,
            card.claim,
            card.verdict,
            tuple(working(finding, language) for finding in card.findings if finding.working),
            (figures or {}).get(card.number),
            (proposals or {}).get(card.number, ()),
            (idems or {}).get(card.number, ""),
        )
        for card in cards
    ]


def working(finding: Finding, language: str) -> Working:
    """The sentence of a finding in the reader's language."""
    said = finding.working_en if language == "en" and finding.working_en else finding.working
    return Working(said, finding.verdict)


def bars(cards: Sequence[Card]) -> list[Bar]:
    """The tally as one bar, most urgent first."""
    counts, found, start = tally(cards), [], 0.0
    for verdict in URGENCY:
        width = 100 * counts[verdict] / max(1, len(cards))
        if counts[verdict]:
            found.append(Bar(BAR_CLASSES[verdict], f"{start:.3f}", f"{width:.3f}"))
        start += width
    return found
