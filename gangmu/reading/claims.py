"""Every number of a document that a record could prove wrong: quantities, minus §1.3, read by §1.1–1.6."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal

from gangmu.reading.approximators import approximator
from gangmu.reading.exclusions import Place, is_excluded, is_excluded_at_sight
from gangmu.reading.groups import grouped
from gangmu.reading.kinds import kind_in_cell, kind_of
from gangmu.reading.phrases import phrase_of
from gangmu.reading.quantity import PLACEHOLDER, Quantity, quantities
from gangmu.reading.tables import Cell, cells_of, is_label_column
from gangmu.reading.values import Claim, Kind, Span
from gangmu.reading.view import View

_QUOTATION = re.compile(r"“([^“”\n]{1,60})”|\"([^\"\n]{1,60})\"|‘([^‘’\n]{1,40})’|(《)[^《》\n]{1,80}》|(【)[^【】\n]{1,40}】")
_CLAUSE_BREAK = re.compile(r"[,。;:!?\n\t…]")
_BREAKS = "。!?\n\t"
_REACH = 70
_SENTENCE_REACH = 110
_PERCENT_PER_STEP = {"成": Decimal(10), "番": Decimal(100)}


@dataclass(frozen=True, slots=True)
class Page:
    """A cleaned document with what is known about its places: quotations, tables, plans, and the way to the source."""

    text: str
    source: str
    view: View
    plain: View
    quotations: tuple[tuple[int, int, str, bool], ...]
    quotation_starts: tuple[int, ...]
    cells: tuple[Cell, ...]
    cell_starts: tuple[int, ...]
    clause_breaks: list[int]
    planned: tuple[Span, ...]

    def span(self, start: int, end: int) -> Span:
        """The source span of a range of the cleaned text."""
        inner = self.view.source_span(start, end)
        return self.plain.source_span(inner.start, inner.end)


def page_of(source: str, plain: View, view: View, planned: tuple[Span, ...]) -> Page:
    """The page of a cleaned text; `planned` are source ranges about what is still to be done."""
    quotations = tuple(_quotations(view.text))
    cells = cells_of(view.text)
    return Page(
        view.text, source, view, plain, quotations, tuple(each[0] for each in quotations), cells,
        tuple(cell.start for cell in cells), [found.start() for found in _CLAUSE_BREAK.finditer(view.text)], planned,
    )  # fmt: skip


def _quotations(text: str) -> list[tuple[int, int, str, bool]]:
    found_all = []
    for found in _QUOTATION.finditer(text):
        words = found[1] or found[2] or found[3] or ""
        found_all.append((found.start(), found.end(), words, bool(found[4])))
    return found_all


def claims_of(page: Page, start: int, end: int, noise: tuple[tuple[int, int], ...] = ()) -> tuple[Claim, ...]:
    """The claims between two positions of the cleaned text, in order, outside `noise`."""
    claims: list[Claim] = []
    previous_end = start
    last: Kind = "count"
    for quantity in quantities(page.text, start, end):
        if any(low <= quantity.start < high for low, high in noise):
            continue
        follows = last == "change" and page.text[previous_end : quantity.start] in ("、", "和", "及")
        claim = _claim(page, quantity, previous_end, follows)
        if claim:
            claims.append(claim)
            previous_end, last = quantity.end, claim.kind
    return grouped(tuple(claims), page.source)


def _claim(page: Page, quantity: Quantity, previous_end: int, follows_change: bool) -> Claim | None:
    """The claim of a quantity, None if it is none. 减少15起、6人: what follows a change in a list is one as well."""
    text = page.text
    if is_excluded_at_sight(text, quantity):
        return None
    clause_start = _clause_start(page, quantity.start)
    cell = _cell_at(page, quantity)
    place = _place(page, quantity, clause_start, cell)
    if cell and is_label_column(cell):
        return None
    if is_excluded(text, quantity, place):
        return None
    kind = _kind(page, quantity, place, cell)
    if follows_change and kind in ("count", "ratio"):
        kind = "change"
    return _built(page, quantity, kind, clause_start, previous_end, cell)


def _clause_start(page: Page, at: int) -> int:
    index = bisect_left(page.clause_breaks, at) - 1
    return max(at - _REACH, 0 if index < 0 else page.clause_breaks[index] + 1)


def _sentence(text: str, at: int) -> str:
    floor = max(0, at - _SENTENCE_REACH)
    return text[max(floor, 1 + max(text.rfind(mark, floor, at) for mark in _BREAKS)) : at]


def _cell_at(page: Page, quantity: Quantity) -> Cell | None:
    """The table cell that holds nothing but the quantity."""
    index = bisect_right(page.cell_starts, quantity.start) - 1
    if index < 0:
        return None
    cell = page.cells[index]
    return cell if quantity.start < cell.end else None


def _place(page: Page, quantity: Quantity, clause_start: int, cell: Cell | None) -> Place:
    quotation, title_marks = "", False
    index = bisect_right(page.quotation_starts, quantity.start) - 1
    if index >= 0 and page.quotations[index][1] > quantity.start:
        quotation, title_marks = page.quotations[index][2], page.quotations[index][3]
    alone = cell is not None and page.text[cell.start : cell.end].strip() == page.text[quantity.start : quantity.end]
    return Place(page.text[clause_start : quantity.start], quotation, title_marks, alone)


def _kind(page: Page, quantity: Quantity, place: Place, cell: Cell | None) -> Kind:
    if cell and place.in_cell:
        return kind_in_cell(quantity, cell.heading, cell.row_label, cell.in_money)
    clause = place.clause
    sentence = _sentence(page.text, quantity.start)
    planned = bool(page.planned) and _is_planned(page, quantity.start)
    return kind_of(page.text, quantity, clause, sentence, planned)


def _is_planned(page: Page, position: int) -> bool:
    source = page.plain.source_start(page.view.source_start(position))
    return any(span.start <= source < span.end for span in page.planned)


def _built(page: Page, quantity: Quantity, kind: Kind, clause_start: int, previous_end: int, cell: Cell | None) -> Claim:
    span = page.span(quantity.start, quantity.end)
    phrase = phrase_of(page.text, quantity, kind, clause_start, previous_end)
    subject = _source_range(page, phrase.subject)
    if cell and cell.heading and page.text[cell.start : cell.end].strip() == page.text[quantity.start : quantity.end]:
        subject = page.span(cell.heading_start, cell.heading_start + len(cell.heading))
    action = _source_range(page, phrase.action)
    factor = _PERCENT_PER_STEP.get(quantity.unit, Decimal(1))
    if quantity.unit == "番" and quantity.value is not None:
        value: Decimal | None = (Decimal(2) ** quantity.value - 1) * 100
    else:
        value = None if quantity.value is None else _whole(quantity.value * factor)
    return Claim(
        span=span, text=page.source[span.start : span.end], kind=kind, value=value, unit=_unit(page, quantity),
        value_max=None if quantity.upper is None else _whole(quantity.upper * factor),
        approx=approximator(page.text, quantity), placeholder=quantity.script == PLACEHOLDER,
        subject=_words(page, subject), action=_words(page, action),
        worth=quantity.worth * factor, worth_nonzero=quantity.worth_nonzero * factor, scaled=quantity.scaled,
        subject_span=subject, action_span=action,
    )  # fmt: skip


def _source_range(page: Page, found: tuple[int, int]) -> Span | None:
    return None if found == (0, 0) else page.span(*found)


def _words(page: Page, span: Span | None) -> str | None:
    return None if span is None else page.source[span.start : span.end]


def _whole(value: Decimal) -> Decimal:
    """86000.0 is 86000: trailing zeros of a multiplication are not digits of the text."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


_UNIT_BY_MEANING = {"成": "%", "番": "%"}


def _unit(page: Page, quantity: Quantity) -> str | None:
    """The measure word as the source writes it, without white space and markup; % for a share in words."""
    unit = _UNIT_BY_MEANING.get(quantity.unit, quantity.unit)
    if not unit:
        return None
    if unit != quantity.unit or not page.text.endswith(unit, quantity.start, quantity.end):
        return unit
    written = []
    for position in range(quantity.end - len(unit), quantity.end):
        at = page.plain.source_start(page.view.source_start(position))
        written.append(page.source[at])
    return "".join(written)

