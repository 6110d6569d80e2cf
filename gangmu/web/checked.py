"""A document held against the record, as its page shows it: cards with the figure behind each number, and proposals."""

from collections.abc import Mapping, Sequence
from typing import Any

from gangmu.documents.checking import Checked, offered
from gangmu.indicators.values import Figure
from gangmu.kernel.ids import new_id
from gangmu.kernel.scope import Scope
from gangmu.orgs import queries as orgs
from gangmu.pages.templatetags.gangmu import figure_text, language
from gangmu.reading.values import Verdict
from gangmu.web import cards, figure_rows, paper

TO_BIND: frozenset[Verdict] = frozenset({"unbound", "no_record", "contradiction"})


def marked(checked: Checked) -> tuple[paper.Card, ...]:
    """A card for each number of the document."""
    return paper.cards(checked.reading.claims, checked.findings)


def shown(checked: Checked, scope: Scope, *, may_bind: bool) -> dict[str, Any]:
    """Everything the page of a checked document needs of it."""
    numbers = marked(checked)
    ways = _ways(checked, numbers, scope) if may_bind else {}
    idems = {number: new_id() for number in ways}
    told = cards.shown_cards(numbers, language(), _figures(checked, numbers), ways, idems)
    return {
        "cards": told,
        "tally": paper.tally(numbers),
        "bars": cards.bars(numbers),
        "paragraphs": paper.paragraphs(checked.reading, numbers),
        "groups": paper.by_urgency(told),
        "checked_period": checked.period,
        "unit": orgs.unit(scope, checked.org) if checked.org else None,
    }


def _figures(checked: Checked, numbers: Sequence[paper.Card]) -> Mapping[int, cards.FigureLine]:
    behind = ((card.number, checked.figures.get(card.claim.span)) for card in numbers)
    return {number: _line(figure) for number, figure in behind if figure is not None}


def _line(figure: Figure) -> cards.FigureLine:
    node = orgs.tree(figure.tree_day).get(figure.org)
    return cards.FigureLine(
        figure_text(figure), figure_rows.title(figure.key), node.name if node else "", figure.period,
        figure_rows.figure_address(figure.org, figure.key, figure.period),
    )  # fmt: skip


def _ways(checked: Checked, numbers: Sequence[paper.Card], scope: Scope) -> dict[int, tuple[cards.Proposal, ...]]:
    """What each number that is not settled may mean, and what the record would say then."""
    asked = (card for card in numbers if card.verdict in TO_BIND)
    bounds = {card.number: one for card in asked if (one := checked.bounds.get(card.claim.span))}
    return {
        number: tuple(cards.Proposal(way.key, figure_rows.title(way.key), figure_text(figure)) for way, figure in some)
        for number, some in offered(bounds, scope).items()
    }


def unit_field(checked: Checked, scope: Scope) -> str:
    """The unit a document is held against, as the field that names it takes it."""
    node = orgs.tree(scope.day).get(checked.org) if checked.org else None
    return f"{node.name} {node.code}" if node else ""
