"""Tables: total rows and columns, rates, rates of change and differences between columns.

A table teaches its own arithmetic. A relation between columns that most of its rows keep is what the table means; a row
that breaks it is wrong. Where there are too few rows to teach, the headings must say it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import permutations

from gangmu.reading.arithmetic.adding import judged, plausible
from gangmu.reading.arithmetic.grids import Cell, Grid
from gangmu.reading.arithmetic.judge import Result, agrees, divided, finding, grown, subtracted, testable
from gangmu.reading.arithmetic.marks import PERCENT, POINTS, mark_of
from gangmu.reading.arithmetic.points import of_two_rates
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding, FindingType
from gangmu.reading.wording import HUNDRED, Wording

TOTAL_ROW = pattern(r"^(?:合计|总计|共计|小计|总数|全[国省市县区乡镇街村社]\S{0,3}(?:合计|总计)?|累计)$")
SUBTOTAL_ROW = pattern(r"小计$")
GROUP_ROW = pattern(r"^(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\))")
INNER_ROW = pattern(r"^(?:其中|#|-)")
TOTAL_COLUMN = pattern(r"合计|总计|小计|共计|总[^率比均]{0,2}[数量额]|总票|总分$")
FALLS = pattern("[↓▼]")
RATE_COLUMN = pattern(r"率|占比|比例|比重|%|进度")
CHANGE_COLUMN = pattern(r"增长|增幅|增速|同比|环比|升降|变动|增减|变化|降幅|涨幅|±")
NO_SUM = pattern(
    r"率|占比|比例|比重|%|均|排名|名次|位次|序号|增长|增幅|增速|同比|环比|降幅|单价|标准|年龄|指数|得分|人均|户均|平均"
)
TIME_COLUMN = pattern(r"(?:19|20)\d\d年?|今年|本年|本期|本月|上年|去年|同期|上期|上月")
LEFT_COLUMN = pattern(r"结余|剩余|余额|未|逾期|缺|差|增减|增加|减少|净|在办")
MOST_COLUMNS = 12

Row = tuple[Cell, ...]
Formula = Callable[[Claim, Claim, Wording], Result | None]


def tables(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every total, rate and difference that the columns and rows of a table hold."""
    for grid in t.s.grids:
        yield from _column_totals(grid, wording)
        yield from _row_totals(grid, wording)
        yield from _rates(grid, wording)


# Totals of columns


def _column_totals(grid: Grid, wording: Wording) -> Iterator[Finding]:
    """Rows named 合计 hold the sum of the rows above them; 小计 sums its own block, 合计 then the 小计."""
    block: list[Row] = []
    subtotals: list[Row] = []
    for row in _heads(grid) or grid.rows:
        name = row_name(row)
        if SUBTOTAL_ROW.search(name):
            yield from _totals(grid, row, block, wording)
            subtotals.append(row)
            block = []
        elif TOTAL_ROW.match(name):
            yield from _totals(grid, row, [*subtotals, *block], wording)
            block, subtotals = [], []
        elif not INNER_ROW.match(name):
            block.append(row)
    first = grid.rows[0]
    if TOTAL_ROW.match(row_name(first)) and len(grid.rows) > 2:
        yield from _totals(grid, first, [r for r in grid.rows[1:] if not INNER_ROW.match(row_name(r))], wording)


def _heads(grid: Grid) -> list[Row]:
    """Only the groups and the total where the rows of a table stand under numbered groups (一、集中培训)."""
    groups = [row for row in grid.rows if GROUP_ROW.match(row_name(row))]
    kept = [row for row in grid.rows if GROUP_ROW.match(row_name(row)) or TOTAL_ROW.match(row_name(row))]
    return kept if len(groups) > 1 and len(kept) < len(grid.rows) else []


def row_name(row: Row) -> str:
    return next((c.words for c in row if c.words and c.claim is None and not c.words.isdigit()), "")


def _totals(grid: Grid, total: Row, rows: list[Row], wording: Wording) -> Iterator[Finding]:
    if len(rows) < 2:
        return
    for column, heading in enumerate(grid.headings):
        stated = total[column].claim
        parts = tuple(row[column].claim for row in rows)
        if stated is None or NO_SUM.search(heading) or mark_of(stated) == PERCENT:
            continue
        if any(row[column].claim is None and row[column].words.isdigit() for row in rows):
            continue  # 1875 in a cell may have been read as a year: a part is not known
        present = tuple(p for p in parts if p is not None)
        if len(present) > 1 and testable(stated, *present) and plausible(stated, present):
            yield judged(stated, present, wording)


# Totals of rows


def _row_totals(grid: Grid, wording: Wording) -> Iterator[Finding]:
    """A column named 合计 holds the sum of the columns it stands beside, if most rows say so."""
    for column, heading in enumerate(grid.headings):
        if not TOTAL_COLUMN.search(heading) or NO_SUM.search(heading):
            continue
        best = max(
            (_row_sums(grid, column, others, wording) for others in _neighbours(grid, column)), key=_kept, default=[]
        )
        kept = sum(f.verdict == "consistent" for f in best)
        if kept * 2 > len(best) or (kept and kept * 2 == len(best)):
            yield from best


def _kept(found: list[Finding]) -> int:
    return sum(f.verdict == "consistent" for f in found)


def _neighbours(grid: Grid, column: int) -> Iterator[list[int]]:
    """The columns a total may add up: all countable ones behind it, or all before it, or both."""
    countable = [c for c, h in enumerate(grid.headings) if c != column and not NO_SUM.search(h) and _counts(grid, c)]
    before, after = [c for c in countable if c < column], [c for c in countable if c > column]
    for start in range(max(0, len(before) - 1)):
        yield before[start:]
    for end in range(len(after), 1, -1):
        yield after[:end]


def _counts(grid: Grid, column: int) -> bool:
    cells = [row[column].claim for row in grid.rows]
    return sum(c is not None and mark_of(c) != PERCENT for c in cells) * 2 > len(cells)


def _row_sums(grid: Grid, column: int, others: list[int], wording: Wording) -> list[Finding]:
    found = []
    for row in grid.rows:
        total, parts = row[column].claim, tuple(c for o in others if (c := row[o].claim))
        if total is not None and len(parts) == len(others) and testable(total, *parts):
            found.append(judged(total, parts, wording))
    return found


# Rates, changes and differences


def _rates(grid: Grid, wording: Wording) -> Iterator[Finding]:
    """For every column named like a result: the two columns that give it in most rows."""
    for column, heading in enumerate(grid.headings[:MOST_COLUMNS]):
        claims = [row[column].claim for row in grid.rows]
        if not any(claims):
            continue
        percent = any(c is not None and mark_of(c) == PERCENT for c in claims)
        if CHANGE_COLUMN.search(heading) and (percent or "%" in heading + grid.caption):
            yield from _taught(grid, column, "growth", grown, "%", wording)
        elif RATE_COLUMN.search(heading):
            yield from _taught(grid, column, "share", _share, "%", wording)
        elif LEFT_COLUMN.search(heading):
            yield from _taught(grid, column, "difference", subtracted, "", wording)
        elif re.search(r"均", heading):
            yield from _taught(grid, column, "per", divided, "", wording)


def _share(part: Claim, whole: Claim, wording: Wording) -> Result | None:
    return divided(part, whole, wording, HUNDRED)


def _taught(
    grid: Grid, column: int, kind: FindingType, formula: Formula, unit: str, wording: Wording
) -> Iterator[Finding]:
    countable = [c for c in range(min(len(grid.headings), MOST_COLUMNS)) if c != column and _counts(grid, c)]
    tried = (_applied(grid, column, pair, kind, formula, unit, wording) for pair in permutations(countable, 2))
    best = max(tried, key=_kept, default=[])
    if (
        _kept(best) * 2 > len(best)
        or (_kept(best) > 1 and _kept(best) * 2 == len(best))
        or (kind == "growth" and _kept(best) and _has_two_times(grid))
    ):
        yield from best
    elif not best or not _kept(best):
        whole = _of_last_row(grid, column, kind, formula, unit, wording) if kind == "share" else []
        if _kept(whole) * 2 > len(whole):
            yield from whole


def _has_two_times(grid: Grid) -> bool:
    """Whether just two columns are headed by times: then the change can only be between them."""
    return sum(bool(TIME_COLUMN.search(heading)) for heading in grid.headings) == 2


def _applied(
    grid: Grid, column: int, pair: tuple[int, int], kind: FindingType, formula: Formula, unit: str, wording: Wording
) -> list[Finding]:
    return [
        f
        for row in grid.rows
        if (
            f := _changed(row, column, pair, wording)
            if kind == "growth" and _is_of_rates(row, column, pair)
            else _checked(row[pair[0]].claim, row[pair[1]].claim, row[column], kind, formula, unit, wording)
        )
    ]


def _of_last_row(
    grid: Grid, column: int, kind: FindingType, formula: Formula, unit: str, wording: Wording
) -> list[Finding]:
    """A column of shares of the total row: each row's number over the total's."""
    best: list[Finding] = []
    totals = [row for row in grid.rows if TOTAL_ROW.match(row_name(row))]
    for total in totals[-1:]:
        for c in range(min(len(grid.headings), MOST_COLUMNS)):
            whole = total[c].claim
            rows = [row for row in grid.rows if row is not total]
            found = [_checked(row[c].claim, whole, row[column], kind, formula, unit, wording) for row in rows]
            best = max(best, [f for f in found if f], key=_kept)
    return best


def _checked(
    one: Claim | None,
    other: Claim | None,
    result_cell: Cell,
    kind: FindingType,
    formula: Formula,
    unit: str,
    wording: Wording,
) -> Finding | None:
    stated = result_cell.claim
    if one is None or other is None or stated is None or one is stated or not testable(one, other, stated):
        return None
    result = formula(one, other, wording)
    if result is None:
        return None
    holds = agrees(result, stated, wording, sign=_sign(result_cell))
    return finding(kind, stated, (one, other), result, holds=holds, unit=unit)


def _sign(cell: Cell) -> int:
    """-1 where an arrow in the cell says that the number is a fall."""
    return -1 if FALLS.search(cell.words) else 1


def _is_of_rates(row: Row, column: int, pair: tuple[int, int]) -> bool:
    one, other, stated = row[pair[0]].claim, row[pair[1]].claim, row[column].claim
    rates = one is not None and other is not None and mark_of(one) == mark_of(other) == PERCENT
    return rates and stated is not None and mark_of(stated) in (PERCENT, POINTS)


def _changed(row: Row, column: int, pair: tuple[int, int], wording: Wording) -> Finding | None:
    """A row of percentages between rows of counts: its change is told in points."""
    one, other, stated = row[pair[0]].claim, row[pair[1]].claim, row[column].claim
    if one is None or other is None or stated is None or not testable(one, other, stated):
        return None
    return of_two_rates(one, other, stated, _sign(row[column]), wording)
