"""Every number of a document that a record could prove wrong: quantities, minus §1.3, read by §1.1–1.6."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import NamedTuple

from gangmu.reading.approximators import approximator
from gangmu.reading.exclusions import is_excluded, is_excluded_at_sight
from gangmu.reading.groups import group_ids
from gangmu.reading.kinds import kind_in_cell, kind_of
from gangmu.reading.norms import NORM_WORDS, TELLS_PAST
from gangmu.reading.patterns import pattern
from gangmu.reading.phrases import phrase_of
from gangmu.reading.place import Place
from gangmu.reading.quantity import PLACEHOLDER, Quantity, quantities
from gangmu.reading.tables import Cell, cells_of, is_headed, is_label_column
from gangmu.reading.values import Claim, Kind, Span
from gangmu.reading.view import View

_QUOTATION = pattern(
    r"“([^“”\n]{1,60})”|\"([^\"\n]{1,60})\"|‘([^‘’\n]{1,40})’|《([^《》\n]{1,80})》|【[^【】\n]{1,40}】"
)
# Not in 6,150 and 17:00. Begins with a class of signs, which a search finds far faster than alternatives.
_CLAUSE_BREAK = pattern(r"[。;!?\n\t…,:](?!(?<=\d,)\d{3}(?!\d))(?!(?<=\d:)\d\d(?!\d))")
_SENTENCE_BREAKS = frozenset("。!?\n\t")
_CONTINUES_LIST = pattern("[、和][^,。;\\d]{0,8}")
# 支出预算2212万元，比上年增长10.6%。其中租赁补贴1254万元: a part of what is planned.
_OPENS_PARTS = pattern(r"[。,;]其中[^,。;:\d已了完实到领拿收用花发]{1,12}$")
_REACH = 70
_SENTENCE_REACH = 110
_PERCENT_PER_STEP = {"成": Decimal(10), "番": Decimal(100)}


@dataclass(frozen=True, slots=True)
class Page:
    """A cleaned document with what is known about its places: quotations, tables, plans, and the way to the source."""

    text: str
    source: str
    view: View
    quotations: tuple[tuple[int, int, str, bool], ...]
    quotation_starts: tuple[int, ...]
    cells: tuple[Cell, ...]
    cell_starts: tuple[int, ...]
    clause_breaks: list[int]
    sentence_breaks: list[int]
    planned: tuple[Span, ...]
    norm_words: list[int]
    sets_rules: bool


class _Found(NamedTuple):
    """A quantity that is a claim, before its words are read."""

    quantity: Quantity
    span: Span
    kind: Kind
    cell: Cell | None
    clause_start: int
    previous_end: int


def page_of(source: str, view: View, planned: tuple[Span, ...], sets_rules: bool = False) -> Page:
    """The page of a cleaned text whose view leads to the source; `planned` are source ranges about plans.

    `sets_rules`: the whole document is a rule, a plan or a call.
    """
    text = view.text
    quotations = tuple(_quotations(text))
    cells = cells_of(text)
    breaks = [found.start() for found in _CLAUSE_BREAK.finditer(text)]
    return Page(
        text=text,
        source=source,
        view=view,
        quotations=quotations,
        quotation_starts=tuple(each[0] for each in quotations),
        cells=cells,
        cell_starts=tuple(cell.start for cell in cells),
        clause_breaks=breaks,
        sentence_breaks=[at for at in breaks if text[at] in _SENTENCE_BREAKS],
        planned=_apart(planned),
        norm_words=[found.start() for found in NORM_WORDS.finditer(text)],
        sets_rules=sets_rules,
    )


def _apart(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The ranges without those that lie inside an earlier one, so that one look finds the range of a place."""
    apart: list[Span] = []
    for span in spans:
        if not apart or span.end > apart[-1].end:
            apart.append(span)
    return tuple(apart)


def _quotations(text: str) -> list[tuple[int, int, str, bool]]:
    found_all = []
    for found in _QUOTATION.finditer(text):
        words = found[1] or found[2] or found[3] or ""
        found_all.append((found.start(), found.end(), words, bool(found[4])))
    return found_all


def claims_of(page: Page, start: int, end: int, noise: tuple[tuple[int, int], ...] = ()) -> tuple[Claim, ...]:
    """The claims between two positions of the cleaned text, in order, outside `noise`."""
    found = _found(page, start, end, noise)
    groups = group_ids(found, page.source)
    return tuple(_built(page, each, group) for each, group in zip(found, groups, strict=True))


def _found(page: Page, start: int, end: int, noise: tuple[tuple[int, int], ...]) -> list[_Found]:
    """The quantities that are claims. 减少15起、6人: what follows a change in a list is one as well."""
    claims: list[_Found] = []
    previous_end = start
    last: Kind = "count"
    stock: Kind = "count"
    for quantity in quantities(page.text, start, end):
        if noise and _is_inside(noise, quantity.start):
            continue
        claim = _claim(page, quantity, previous_end, last)
        if claim:
            counted = stock == "norm" and claim.kind in ("count", "amount")
            if counted and _OPENS_PARTS.search(page.text, previous_end, quantity.start):
                claim = claim._replace(kind="norm")
            claims.append(claim)
            previous_end, last = quantity.end, claim.kind
            if last not in ("change", "ratio") and not page.text.startswith("的", quantity.end):
                stock = last
    return claims


def _is_inside(ranges: tuple[tuple[int, int], ...], position: int) -> bool:
    """Whether one of the ranges, which stand in order and apart, holds the position."""
    last = bisect_right(ranges, position, key=lambda each: each[0]) - 1
    return last >= 0 and position < ranges[last][1]


def _claim(page: Page, quantity: Quantity, previous_end: int, last: Kind) -> _Found | None:
    text, start = page.text, quantity.start
    if is_excluded_at_sight(text, quantity):
        return None
    clause_start = _after_break(page.clause_breaks, start, _REACH)
    cell = _cell_at(page, quantity) if page.cells else None
    place = _place(page, quantity, clause_start, cell)
    if (cell and is_label_column(cell)) or is_excluded(text, quantity, place):
        return None
    kind = _kind(page, quantity, place, cell)
    if last == "change" and kind in ("count", "ratio") and text[previous_end:start] in ("、", "和", "及"):
        kind = "change"
    if last == "norm" and kind in ("count", "amount") and _CONTINUES_LIST.fullmatch(text, previous_end, start):
        kind = "norm"
    return _Found(quantity, page.view.source_span(start, quantity.end), kind, cell, clause_start, previous_end)


def _after_break(breaks: list[int], at: int, reach: int) -> int:
    """The position after the last break before `at`, at most `reach` back."""
    index = bisect_left(breaks, at)
    start = breaks[index - 1] + 1 if index else 0
    return start if at - start <= reach else at - reach


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
    alone = cell is not None and _is_alone(page, quantity, cell)
    headed = cell is not None and alone and is_headed(cell, page.text[cell.start : cell.end])
    return Place(page.text[clause_start : quantity.start], quotation, title_marks, alone, headed)


def _kind(page: Page, quantity: Quantity, place: Place, cell: Cell | None) -> Kind:
    if cell and place.in_cell:
        return kind_in_cell(quantity, cell.heading, cell.row_label, cell.in_money)
    clause = place.clause
    start = _after_break(page.sentence_breaks, quantity.start, _SENTENCE_REACH)
    nearest = bisect_left(page.norm_words, quantity.start) - 1
    governed = nearest >= 0 and page.norm_words[nearest] >= start
    sentence = page.text[start : quantity.start] if governed else ""
    planned = bool(page.planned) and _is_planned(page, quantity.start)
    if page.sets_rules and not planned:
        planned = not TELLS_PAST.search(page.text, start, _sentence_end(page, quantity.end))
    return kind_of(page.text, quantity, clause, sentence, planned)


def _sentence_end(page: Page, position: int) -> int:
    index = bisect_left(page.sentence_breaks, position)
    end = page.sentence_breaks[index] if index < len(page.sentence_breaks) else len(page.text)
    return min(end, position + _SENTENCE_REACH)


def _is_planned(page: Page, position: int) -> bool:
    source = page.view.source_start(position)
    last = bisect_right(page.planned, source, key=lambda span: span.start) - 1
    return last >= 0 and source < page.planned[last].end


def _built(page: Page, found: _Found, group: str | None) -> Claim:
    quantity, span = found.quantity, found.span
    counted, done = phrase_of(page.text, quantity, found.kind, found.clause_start, found.previous_end)
    subject = (_heading_span(page, found) if found.cell else None) or _source_range(page, counted)
    action = _source_range(page, done)
    value, upper, worth, nonzero = _numbers(quantity)
    approx, placeholder = approximator(page.text, quantity), quantity.script == PLACEHOLDER
    return Claim(  # by position: by name takes twice as long
        span, page.source[span.start : span.end], found.kind, value, _unit(page, quantity, span), upper, approx,
        placeholder, _words(page, subject), _words(page, action), group, worth, nonzero, quantity.scaled,
        subject, action,
    )  # fmt: skip


def _heading_span(page: Page, found: _Found) -> Span | None:
    """§4: the subject of a number alone in a cell is its column's heading."""
    cell, quantity = found.cell, found.quantity
    if cell is None or not cell.heading or not _is_alone(page, quantity, cell):
        return None
    return page.view.source_span(cell.heading_start, cell.heading_start + len(cell.heading))


def _is_alone(page: Page, quantity: Quantity, cell: Cell) -> bool:
    return page.text[cell.start : cell.end].strip().lstrip("+") == page.text[quantity.start : quantity.end]


def _numbers(quantity: Quantity) -> tuple[Decimal | None, Decimal | None, Decimal, Decimal]:
    """Value, upper end and the worth of the last digits. 八成 is 80 %; 翻两番 is four times as much, 300 % more."""
    _, _, _, digits, value, upper, worth, nonzero, scaled, _, unit = quantity
    if unit in _PERCENT_PER_STEP:
        factor = _PERCENT_PER_STEP[unit]
        doubled = None if value is None else (Decimal(2) ** value - 1) * 100 if unit == "番" else _whole(value * factor)
        return doubled, None if upper is None else _whole(upper * factor), worth * factor, nonzero * factor
    if scaled or not digits.isdecimal():
        value = None if value is None else _whole(value)
    return value, None if upper is None else _whole(upper), worth, nonzero


def _source_range(page: Page, found: tuple[int, int]) -> Span | None:
    return page.view.source_span(*found) if found[1] else None


def _words(page: Page, span: Span | None) -> str | None:
    return None if span is None else page.source[span.start : span.end]


def _whole(value: Decimal) -> Decimal:
    """86000.0 is 86000: trailing zeros of a multiplication are not digits of the text."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


_UNIT_BY_MEANING = {"成": "%", "番": "%"}


def _unit(page: Page, quantity: Quantity, span: Span) -> str | None:
    """The measure word as the source writes it, without white space and markup; % for a share in words."""
    unit = quantity.unit
    if unit in _UNIT_BY_MEANING:
        return _UNIT_BY_MEANING[unit]
    if not unit or not page.text.endswith(unit, quantity.start, quantity.end):
        return unit or None
    if span.end - span.start == quantity.end - quantity.start:
        return page.source[span.end - len(unit) : span.end]
    signs = (page.view.source_span(at, at + 1) for at in range(quantity.end - len(unit), quantity.end))
    return "".join(unescape(page.source[sign.start : sign.end]) for sign in signs)
