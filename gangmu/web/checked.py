"""A document held against the record, as its page shows it: cards with the figure behind each number, and proposals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.documents import paper
from gangmu.documents.binding import Bound
from gangmu.documents.checking import Checked, answers, offered
from gangmu.indicators.values import Figure
from gangmu.kernel.ids import new_id
from gangmu.kernel.scope import Scope
from gangmu.orgs import queries as orgs
from gangmu.pages.templatetags.gangmu import figure_text, language
from gangmu.reading.values import Verdict
from gangmu.web import cards, figure_rows
from gangmu.web.finding import found

LONGEST_NOTE = 40  # what is longer stands in the card; the margin then says only what is on record
TO_BIND: frozenset[Verdict] = frozenset({"unbound", "no_record", "contradiction"})


def marked(checked: Checked) -> tuple[paper.Card, ...]:
    """A card for each number of the document."""
    return paper.cards(checked.reading.claims, checked.findings)


@dataclass(frozen=True, slots=True)
class Search:
    """What a reader typed to find the figure that a number means."""

    number: int
    words: str


def shown(checked: Checked, scope: Scope, *, may_bind: bool, search: Search | None = None) -> dict[str, Any]:
    """Everything the page of a checked document needs of it."""
    numbers = marked(checked)
    asked = _asked(checked, numbers) if may_bind else {}
    ways = _ways(asked, scope)
    if search and search.number in asked:
        ways[search.number] = _searched(asked[search.number], search.words, scope)
    idems = {number: new_id() for number in asked}
    lines = figure_lines(checked, numbers)
    told = cards.shown_cards(numbers, language(), lines, ways, idems)
    if search:
        told = [replace(one, words=search.words) if one.number == search.number else one for one in told]
    return {
        "cards": told,
        "tally": paper.tally(numbers),
        "bars": cards.bars(numbers),
        "paragraphs": paper.noted(paper.paragraphs(checked.reading, numbers), _notes(numbers, lines)),
        "groups": paper.by_urgency(told),
        "checked_period": checked.period,
        "unit": orgs.unit(scope, checked.org) if checked.org else None,
    }


def figure_lines(checked: Checked, numbers: Sequence[paper.Card]) -> Mapping[int, cards.FigureLine]:
    """The figure behind each number that has one, by the number of its card."""
    behind = ((card.number, checked.figures.get(card.claim.span)) for card in numbers)
    return {number: _line(figure) for number, figure in behind if figure is not None}


def _line(figure: Figure) -> cards.FigureLine:
    node = orgs.tree(figure.tree_day).get(figure.org)
    return cards.FigureLine(
        figure_text(figure), figure_rows.title(figure.key), node.name if node else "", figure.period,
        figure_rows.figure_address(figure.org, figure.key, figure.period),
    )  # fmt: skip


def _notes(numbers: Sequence[paper.Card], lines: Mapping[int, cards.FigureLine]) -> dict[int, str]:
    """In the margin beside each contradiction: the arithmetic it breaks itself, else what is on record."""
    wrong = (card for card in numbers if card.verdict == "contradiction")
    return {card.number: _note(card, lines.get(card.number)) for card in wrong}


def _note(card: paper.Card, line: cards.FigureLine | None) -> str:
    sums = (one for one in card.findings if one.type != "figure" and one.verdict == "contradiction")
    own = [cards.working(one, language()).text for one in sums if one.suspect in (None, card.claim.span)]
    shortest = min(own, key=len, default="")
    if line and not 0 < len(shortest) <= LONGEST_NOTE:
        return _("台账：%(text)s") % {"text": line.text}
    return shortest


def _asked(checked: Checked, numbers: Sequence[paper.Card]) -> dict[int, Bound]:
    """The numbers that are not settled: a person may say what they mean."""
    unsettled = (card for card in numbers if card.verdict in TO_BIND)
    return {card.number: one for card in unsettled if (one := checked.bounds.get(card.claim.span))}


def _searched(one: Bound, words: str, scope: Scope) -> tuple[cards.Proposal, ...]:
    """What the words find, and what the record says of it in the unit and days of the number."""
    keys = found(words, catalog())
    told = answers(scope, [(one.org, one.period, key) for key in keys]) if one.org else {}
    texts = {key: figure_text(figure) for (_, _, key), figure in told.items()}
    return tuple(cards.Proposal(key, figure_rows.title(key), texts.get(key, "")) for key in keys)


def _ways(bounds: Mapping[int, Bound], scope: Scope) -> dict[int, tuple[cards.Proposal, ...]]:
    """What each number that is not settled may mean, and what the record would say then."""
    return {
        number: tuple(cards.Proposal(way.key, figure_rows.title(way.key), figure_text(figure)) for way, figure in some)
        for number, some in offered(bounds, scope).items()
    }


def unit_field(checked: Checked, scope: Scope) -> str:
    """The unit a document is held against, as the field that names it takes it."""
    node = orgs.tree(scope.day).get(checked.org) if checked.org else None
    return f"{node.name} {node.code}" if node else ""
