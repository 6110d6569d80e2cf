"""What the prose tells of a table by the names of its rows and columns: a column added up, a cell, two rows compared.

`由上表可见，女生一栏各项相加共9393人`. The table's numbers stand in the scale of its heading (万元), not the prose's.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gangmu.reading.arithmetic.adding import adds_up, judged
from gangmu.reading.arithmetic.again import differing
from gangmu.reading.arithmetic.clauses import last_clause
from gangmu.reading.arithmetic.far_repeats import is_slip
from gangmu.reading.arithmetic.grids import Grid
from gangmu.reading.arithmetic.judge import agrees, finding, spans, subtracted, testable, text_of
from gangmu.reading.arithmetic.marks import MARK, PERCENT, POINTS, mark_of
from gangmu.reading.arithmetic.miswritten import digits
from gangmu.reading.arithmetic.repeat_cues import DIFFERENT
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.tables import NO_SUM, TOTAL_ROW, row_name
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import ONE, Wording

MEASURED_IN = pattern(r"[(（][^()（）]*[)）]")
SCALE_SIGNS = (("亿", Decimal(100_000_000)), ("万", Decimal(10_000)), ("千", Decimal(1000)))
OF_A_TABLE = pattern(r"[上下本该此附见由从]表|表[一二三四五六七八九十\d中内里明]|一栏|一列|各栏")
ADDED_UP = pattern(r"相加|加总|合计|总计|共计|总和|之和|加起来|累加|汇总|共$|总[数量额](?:为|达|是)?$|共有$|合共")
COMPARED = pattern(r"比[^,。;]{1,14}(?:多|少|高|低|大|小)(?:出|了)?$")
NO_CELL = pattern(r"共|合计|总|平均|每|比|增|减|占|其中|另|率|余|剩")
SHORTEST, FAR = 2, 60
NEAR = Decimal("0.5"), Decimal(2)
FEWEST_DIGITS = 3


class Named(NamedTuple):
    """A table with the rows and the one column that a sentence names; column None where it names none."""

    grid: Grid
    rows: tuple[int, ...]
    column: int | None


def told_of_tables(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every number of the prose that a table's rows and columns, called by name, give."""
    for i in range(len(t.s.at)) if t.s.grids else ():
        claim = t.claims[i]
        rate = t.is_percent(i) and claim.kind == "ratio"
        told = t.is_quantity(i) and claim.kind != "ratio"
        if not (told or rate or t.s.marks[i] == POINTS) or claim.approx is not None or claim.kind == "norm":
            continue
        words = MARK.sub("", t.s.text[max(t.s.bounds[i][0], t.s.at[i] - FAR) : t.s.at[i]])
        named = [one for grid in t.s.grids if (one := _named(grid, words)) is not None]
        if len(named) == 1:
            yield from _told(t, i, words, named[0], wording)


def _named(grid: Grid, words: str) -> Named | None:
    """What of a table the words name; None where it is nothing that tells which numbers are meant."""
    rows = [n for n, row in enumerate(grid.rows) if len(row_name(row)) >= SHORTEST and row_name(row) in words]
    headings = {c: MEASURED_IN.sub("", head) for c, head in enumerate(grid.headings) if c}
    called = [c for c, head in headings.items() if len(head) >= SHORTEST and head in words]
    called = [c for c in called if not any(headings[c] != headings[o] and headings[c] in headings[o] for o in called)]
    counted = [c for c in headings if any(_counts(row[c].claim) for row in grid.rows)]
    if len(called) > 1 or (not called and not rows):
        return None
    column = called[0] if called else (counted[0] if len(counted) == 1 else None)
    return Named(grid, tuple(rows), column) if column is not None else None


def _counts(claim: Claim | None) -> bool:
    return claim is not None and mark_of(claim) != PERCENT


def _told(t: Structure, i: int, words: str, named: Named, wording: Wording) -> Iterator[Finding]:
    grid, rows, column = named
    clause = last_clause(words)
    if t.s.marks[i] == POINTS:
        yield from _points_told(t.claims[i], clause, named, wording)
        return
    if t.is_percent(i) and column is not None:
        yield from _rate_quoted(t.claims[i], words, grid, rows, column)
    if (
        t.is_percent(i)
        or column is None
        or NO_SUM.search(grid.headings[column])
        or set(DIFFERENT.findall(words)) - _times(grid, column)
    ):
        return
    scale = scale_of(grid, column)
    cells = [scaled(row[column].claim, scale or own_scale(t.claims[i])) for row in grid.rows]
    pointed = OF_A_TABLE.search(words) or OF_A_TABLE.search(t.s.trails[i])
    if not rows and ADDED_UP.search(words) and pointed:
        parts = tuple(c for c, row in zip(cells, grid.rows, strict=True) if c and not TOTAL_ROW.match(row_name(row)))
        if len(parts) > 1 and testable(t.claims[i], *parts):
            totals = (c for c, row in zip(cells, grid.rows, strict=True) if c and TOTAL_ROW.match(row_name(row)))
            told = next((c for c in totals if adds_up(c, parts, wording)), t.claims[i])
            misquoted = told.value != t.claims[i].value and t.claims[i].approx is None
            yield differing(told, t.claims[i]) if misquoted else judged(t.claims[i], parts, wording)
    elif not rows:
        yield from _total_miswritten(t.claims[i], clause, named, cells)
    elif len(rows) == 2 and COMPARED.search(clause):
        yield from _compared(t.claims[i], cells[rows[0]], cells[rows[1]], wording)
    elif len(rows) == 1 and not NO_CELL.search(clause) and (cell := cells[rows[0]]):
        if scale and digits(cell) == digits(t.claims[i]) and cell.value != t.claims[i].value:
            yield from _misscaled(cell, t.claims[i])
        else:
            yield from _quoted(t.claims[i], cell, [c for c in cells if c], of_table=bool(OF_A_TABLE.search(words)))


def _points_told(stated: Claim, clause: str, named: Named, wording: Wording) -> Iterator[Finding]:
    """`柳湾村入户率比石桥村高3.2个百分点` of the cells of both."""
    grid, rows, column = named
    if column is not None and len(rows) == 2 and COMPARED.search(clause):
        one, other = (grid.rows[row][column].claim for row in rows)
        yield from _compared(stated, one, other, wording)


def _total_miswritten(stated: Claim, clause: str, named: Named, cells: list[Claim | None]) -> Iterator[Finding]:
    """`11月的支出197500元` of a column 11月 whose total is 179500: a slip of many digits is no other number."""
    totals = [c for c, row in zip(cells, named.grid.rows, strict=True) if c and TOTAL_ROW.match(row_name(row))]
    called = named.grid.headings[named.column or 0] in clause and not NO_CELL.search(clause)
    if called and len(totals) == 1 and len(digits(stated)) > FEWEST_DIGITS:
        yield from _quoted(stated, totals[0], [c for c in cells if c], of_table=False)


def _rate_quoted(stated: Claim, words: str, grid: Grid, rows: tuple[int, ...], column: int) -> Iterator[Finding]:
    """`从表中看，云台乡的知晓率为83.7%`: the cell of a column of rates, called by its heading and its row."""
    heading = MEASURED_IN.sub("", grid.headings[column])
    other = NO_CELL.search(last_clause(words).replace(heading, "")) or heading not in words
    cell = grid.rows[rows[0]][column].claim if len(rows) == 1 and not other else None
    if cell is not None and (mark_of(cell) == PERCENT or "%" in grid.headings[column] + grid.caption):
        told = [claim for row in grid.rows if (claim := row[column].claim)]
        yield from _quoted(stated, cell, told, of_table=bool(OF_A_TABLE.search(words)))


def _times(grid: Grid, column: int) -> set[str]:
    return set(DIFFERENT.findall(grid.headings[column] + grid.caption))


def scale_of(grid: Grid, column: int) -> Decimal | None:
    """What a number of a column comes to: 10000 under 金额(万元) or in 单位:万元; None where nothing says it."""
    said = MEASURED_IN.findall(grid.headings[column]) or MEASURED_IN.findall(grid.caption)
    return next((worth for sign, worth in SCALE_SIGNS if any(sign in one for one in said)), ONE if said else None)


def own_scale(claim: Claim) -> Decimal:
    """The scale that a number of the prose is told in: 10000 of 226.7万元."""
    return next((worth for sign, worth in SCALE_SIGNS if sign in claim.text), ONE)


def scaled(claim: Claim | None, scale: Decimal) -> Claim | None:
    if claim is None or claim.value is None or scale == ONE or claim.scaled:
        return claim
    return claim._replace(
        value=claim.value * scale, worth=claim.worth * scale, worth_nonzero=claim.worth_nonzero * scale, scaled=True
    )


def _compared(stated: Claim, one: Claim | None, other: Claim | None, wording: Wording) -> Iterator[Finding]:
    """`甲村比乙村多40件` of the cells of both."""
    if one is None or other is None or not testable(one, other, stated):
        return
    result = subtracted(*((one, other) if (one.value or 0) >= (other.value or 0) else (other, one)), wording)
    points = mark_of(stated) == POINTS
    if not points or mark_of(one) == mark_of(other) == PERCENT:
        holds = agrees(result, stated, wording)
        yield finding("points" if points else "difference", stated, (one, other), result, holds=holds)


def _quoted(claim: Claim, cell: Claim, column: list[Claim], *, of_table: bool) -> Iterator[Finding]:
    """A cell told again: another value is wrong if it is a slip, or near where the words point at the table."""
    if cell.value == claim.value or not cell.value or not claim.value or any(c.value == claim.value for c in column):
        return
    if is_slip(digits(cell), digits(claim)) or (of_table and NEAR[0] < claim.value / cell.value < NEAR[1]):
        yield differing(cell, claim)


def _misscaled(cell: Claim, claim: Claim) -> Iterator[Finding]:
    """The cell's digits in another scale; a number of few digits may have them by chance."""
    said, other = text_of(cell), text_of(claim)
    if len(digits(cell)) >= FEWEST_DIGITS:
        yield Finding(
            "unit", "contradiction", spans(cell, claim), claim.value, cell.value,
            f"表里是{said}，按表头的单位，与文中的{other}数字一样，单位不一样。",
            f"The table has {said} in the unit of its heading; the text says {other}: the same digits in another unit.",
            claim.span,
        )  # fmt: skip
