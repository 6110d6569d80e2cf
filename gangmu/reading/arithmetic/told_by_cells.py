"""What the prose sets against a cell that it tells itself: 干线运送486.2万人次，…，是支线的2.5倍.

A number of the prose that stands in one cell of the tables and no other says which row and column are meant. What is
told behind it of another row (是支线的, 比支线多) is of that column; of another time (同比, 比上月) it is of that row.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gangmu.reading.arithmetic.far_shares import is_absurd
from gangmu.reading.arithmetic.grids import Grid
from gangmu.reading.arithmetic.judge import Result, agrees, divided, finding, grown, subtracted, testable
from gangmu.reading.arithmetic.marks import MARK, PERCENT, QUANTITY, TIMES
from gangmu.reading.arithmetic.miswritten import digits
from gangmu.reading.arithmetic.order_in_time import YEAR
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.table_derived import MOST_ROWS
from gangmu.reading.arithmetic.table_told import own_scale, scale_of, scaled
from gangmu.reading.arithmetic.tables import NO_SUM, row_name
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding, FindingType, Span
from gangmu.reading.wording import ZERO, Wording

TIMES_OF = pattern(r"(?:是|为|相当于|达到?)(?P<name>[\u4e00-\u9fff]{2,12}?)的?(?:近|约)?$")
MORE = r"(?:[多少高低增减升降涨跌][\u4e00-\u9fff]{0,3})"
MORE_THAN = pattern(rf"[比较](?P<name>[\u4e00-\u9fff]{{2,12}}?){MORE}$")
SINCE_THEN = pattern(rf"(?:(?P<year>同比)|(?P<month>环比))[\u4e00-\u9fff]{{0,2}}?{MORE}$")
THAN_THEN = pattern(rf"[比较](?:(?P<year>[上去]年(?:同[期月])?)|(?P<month>上[个]?[月季]度?)){MORE}$")
FALL = pattern("[少低减降跌]")
OF_YEAR, OF_MONTH = pattern("[去上]年|同[期月]"), pattern("上个?[月季期]")
FEWEST_DIGITS, LOOK_BACK = 3, 3


class Place(NamedTuple):
    """A cell: its table, row, column and number, and what the prose tells of it."""

    grid: Grid
    row: int
    column: int
    claim: Claim
    told: Claim


def told_by_cells(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every multiple, gap or growth of the prose whose base is in the row or column of a cell told."""
    in_tables = {c.claim.span for grid in t.s.grids for row in grid.rows for c in row if c.claim}
    for i in range(1, len(t.s.at)) if in_tables else ():
        stated = t.claims[i]
        if t.s.marks[i] not in (QUANTITY, PERCENT, TIMES) or stated.span in in_tables or not testable(stated):
            continue
        tails = _tails(t.s.marks[i], t.s.leads[i])
        place = _place(t, i, in_tables) if tails else None
        other = _other(place, tails) if place else None
        if place and other:
            yield from _judged(t, i, place.claim, other, wording)


def _tails(mark: str, lead: str) -> list[re.Match[str]]:
    """What the words before a number say it is set against."""
    signs = (TIMES_OF,) if mark == TIMES else (SINCE_THEN, THAN_THEN, MORE_THAN)
    return [found for sign in signs if (found := sign.search(lead))]


def _place(t: Structure, i: int, in_tables: set[Span]) -> Place | None:
    """The one cell that holds the last quantity told before claim `i` in its sentence."""
    for j in range(i - 1, max(-1, i - 1 - LOOK_BACK), -1):
        if t.s.bounds[j] != t.s.bounds[i] or t.claims[j].span in in_tables:
            return None
        if t.s.marks[j] != QUANTITY:
            continue
        told = t.claims[j]
        found = [place for grid in t.s.grids for place in _cells(grid, told) if place.claim.value == told.value]
        exact = len(digits(told)) >= FEWEST_DIGITS and told.approx is None and j not in t.aside
        return found[0] if exact and len(found) == 1 else None
    return None


def _cells(grid: Grid, told: Claim) -> Iterator[Place]:
    for n, row in enumerate(grid.rows[:MOST_ROWS]):
        for column, cell in enumerate(row):
            if cell.claim is not None and (claim := _scaled(grid, column, cell.claim, told)).value:
                yield Place(grid, n, column, claim, told)


def _scaled(grid: Grid, column: int, claim: Claim, told: Claim) -> Claim:
    """A cell in the scale of its heading; where that says none, in the scale that the prose tells it in."""
    return scaled(claim, scale_of(grid, column) or own_scale(told)) or claim


def _other(place: Place, tails: list[re.Match[str]]) -> Claim | None:
    """The cell of the row or of the time that the words name, where they name one."""
    grid = place.grid
    for tail in tails:
        said = tail.groupdict()
        if name := said.get("name"):
            cells = [(n, place.column) for n, row in enumerate(grid.rows) if row_name(row) == name and n != place.row]
        else:
            cells = [(place.row, c) for c in _columns_of_time(place, yearly=bool(said["year"]))]
        found = [(column, claim) for row, column in cells if (claim := grid.rows[row][column].claim)]
        if len(found) == 1:
            return _scaled(grid, *found[0], place.told)
    return None


def _columns_of_time(place: Place, *, yearly: bool) -> list[int]:
    """The columns headed by the time before that of the cell's own column: 上月 of 本月, 2024年 of 2025年."""
    headings = place.grid.headings
    own = YEAR.search(headings[place.column])
    if own and yearly:
        before = str(int(own[0][:4]) - 1)
        return [c for c, head in enumerate(headings) if before in head and not NO_SUM.search(head)]
    sign = OF_YEAR if yearly else OF_MONTH
    if sign.search(headings[place.column]):
        return []
    return [c for c, head in enumerate(headings) if sign.search(head) and not NO_SUM.search(head)]


def _judged(t: Structure, i: int, one: Claim, other: Claim, wording: Wording) -> Iterator[Finding]:
    mark, stated = t.s.marks[i], t.claims[i]
    if not testable(one, other) or not other.value:
        return
    lead = MARK.sub("", t.s.clauses[i])
    sign = -1 if mark == PERCENT and FALL.search(lead) else 1
    kind, unit, result = _result(mark, one, other, wording)
    if result is not None and not is_absurd(result.value, stated.value):
        yield finding(kind, stated, (one, other), result, holds=agrees(result, stated, wording, sign=sign), unit=unit)


def _result(mark: str, one: Claim, other: Claim, wording: Wording) -> tuple[FindingType, str, Result | None]:
    if mark == TIMES:
        return "multiple", "倍", divided(one, other, wording)
    if mark == PERCENT:
        return "growth", "%", grown(one, other, wording)
    larger, smaller = (one, other) if (one.value or ZERO) >= (other.value or ZERO) else (other, one)
    return "difference", "", subtracted(larger, smaller, wording)
