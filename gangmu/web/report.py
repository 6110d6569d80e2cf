"""What only the printed report needs: the figures it rests on, the digest of the text, the code to scan."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from itertools import groupby

import segno

from gangmu.catalog.definitions import Indicator
from gangmu.documents.checking import Checked
from gangmu.documents.paper import Card
from gangmu.indicators.values import Figure
from gangmu.orgs import queries as orgs
from gangmu.pages.templatetags.gangmu import figure_text
from gangmu.web import figure_rows

BORDER = 4  # what ISO/IEC 18004 wants left blank around a code, in modules
SHOWN = 16  # of a digest: enough to tell two texts apart, short enough to compare by eye


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure that the report rests on: its definition, its parts, and the numbers of the text held against it."""

    title: str
    text: str
    unit: str
    figure: Figure
    definition: Indicator
    parts: Sequence[figure_rows.PartRow]
    numbers: tuple[int, ...]
    facts: Decimal


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code as one drawing: the side in modules, blank border and all, and the path of the dark ones."""

    side: int
    path: str


def figures(checked: Checked, cards: Sequence[Card]) -> list[Cited]:
    """The figures behind the numbers of the text, each once, in the order in which the text first needs them."""
    used: dict[tuple[object, ...], list[int]] = {}
    asked: dict[tuple[object, ...], Figure] = {}
    for card in cards:
        if figure := checked.figures.get(card.claim.span):
            place = (figure.key, figure.org, figure.period)
            asked[place] = figure
            used.setdefault(place, []).append(card.number + 1)
    return [_cited(asked[place], tuple(numbers)) for place, numbers in used.items()]


def _cited(figure: Figure, numbers: tuple[int, ...]) -> Cited:
    node = orgs.tree(figure.tree_day).get(figure.org)
    return Cited(
        figure_rows.title(figure.key), figure_text(figure), node.name if node else "", figure,
        figure_rows.indicator_of(figure.key), figure_rows.part_rows(figure), numbers, Decimal(figure.facts),
    )  # fmt: skip


def short_digest(text: str) -> str:
    """The beginning of the SHA-256 of a text in UTF-8, in groups of four: texts that differ anywhere differ here."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:SHOWN]
    return " ".join(digest[at : at + 4] for at in range(0, SHOWN, 4))


def code(address: str) -> Code:
    """The QR code of an address, of middling correction: it bears a fold and a smudge."""
    rows = [bytes(row) for row in segno.make_qr(address, error="m").matrix_iter(border=BORDER)]
    return Code(len(rows), "".join(_row(row, at) for at, row in enumerate(rows)))


def _row(row: bytes, down: int) -> str:
    """The dark stretches of one row as rectangles."""
    told, across = [], 0
    for dark, some in groupby(row):
        width = len(list(some))
        if dark:
            told.append(f"M{across} {down}h{width}v1h-{width}z")
        across += width
    return "".join(told)
