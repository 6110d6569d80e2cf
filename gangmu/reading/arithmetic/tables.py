"""Tables: total rows and columns.

A table teaches its own arithmetic. A relation between columns that most of its rows keep is what the table means; a row
that breaks it is wrong. Where there are too few rows to teach, the headings must say it.
"""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.adding import judged, plausible
from gangmu.reading.arithmetic.grids import Cell, Grid
from gangmu.reading.arithmetic.judge import testable
from gangmu.reading.arithmetic.judge import total as sum_of
from gangmu.reading.arithmetic.marks import PERCENT, mark_of
from gangmu.reading.arithmetic.miswritten import is_miswritten
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import ZERO, Wording

TOTAL = "合计|总计|共计|总数|总和|总量|累计|汇总"
TOTAL_ROW = pattern(
    rf"^(?:{TOTAL}|计|全[国省市县区乡镇街村社处局校院站所厂系行部州盟旗园][\u4e00-\u9fff]{{0,3}}(?:{TOTAL})?)$"
)
# 收入合计, 一季度小计: the total of the rows of its own block.
NOT_ADDED = pattern("均|最[高低大小多少长短]|中位")  # 平均10 in the row of the totals
SUBTOTAL_ROW = pattern("(?:小计|合计|总计)$")
GROUP_ROW = pattern(r"^(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\))")
INNER_ROW = pattern(r"^(?:其中|#|-)")
TOTAL_COLUMN = pattern(
    r"合计|总计|小计|共计|总[^率比均]{0,2}[数量额]|总票|总分$|全[年期部程]|[全总]计|累计|^总[\u4e00-\u9fff]{0,2}|^计$"
)
NO_SUM = pattern(
    r"率|占比|比例|比重|%|均|排名|名次|位次|序号|增长|增幅|增速|同比|环比|降幅|单价|标准|年龄|指数|得分|人均|户均|平均"
)
NUMBERED = pattern(r"[+-]?\d[\d.,]*")
MOST_COLUMNS = 12
FEWEST_TO_DOUBT, TAUGHT, PROBED = 2, 3, 4

Row = tuple[Cell, ...]


def tables(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every total that the columns and rows of a table hold."""
    for grid in t.s.grids:
        yield from _column_totals(grid, wording)
        yield from _row_totals(grid, wording)


# Totals of columns


def _column_totals(grid: Grid, wording: Wording) -> Iterator[Finding]:
    """Rows named 合计 hold the sum of the rows above them; 小计 sums its own block, 合计 then the 小计."""
    block: list[Row] = []
    subtotals: list[Row] = []
    for row in _heads(grid) or grid.rows:
        name = row_name(row)
        if TOTAL_ROW.match(name):
            yield from _totals(grid, row, [*subtotals, *block], wording)
            block, subtotals = [], []
        elif SUBTOTAL_ROW.search(name):
            yield from _totals(grid, row, block, wording)
            subtotals.append(row)
            block = []
        elif not INNER_ROW.match(name):
            block.append(row)
    first = grid.rows[0]
    if len(grid.rows) > FEWEST_TO_DOUBT and _is_total(first) and not any(map(_is_total, grid.rows[1:])):
        yield from _totals(grid, first, [r for r in grid.rows[1:] if not INNER_ROW.match(row_name(r))], wording)


def _is_total(row: Row) -> bool:
    return bool(TOTAL_ROW.match(row_name(row)) or SUBTOTAL_ROW.search(row_name(row)))


def _heads(grid: Grid) -> list[Row]:
    """Only the groups and the total where the rows of a table stand under numbered groups (一、集中培训)."""
    groups = [row for row in grid.rows if GROUP_ROW.match(row_name(row))]
    kept = [row for row in grid.rows if GROUP_ROW.match(row_name(row)) or TOTAL_ROW.match(row_name(row))]
    return kept if len(groups) > 1 and len(kept) < len(grid.rows) else []


def row_name(row: Row) -> str:
    return next((c.words for c in row if c.words and c.claim is None and not c.words.isdigit()), "")


def _totals(grid: Grid, total: Row, rows: list[Row], wording: Wording) -> Iterator[Finding]:
    """The total of every column; where several fail and none holds, these are no rows of that total."""
    found = [f for column in range(len(grid.headings)) if (f := _column(grid, column, total, rows, wording))]
    if len(found) < FEWEST_TO_DOUBT or kept_by(found):
        yield from found


def _column(grid: Grid, column: int, total: Row, rows: list[Row], wording: Wording) -> Finding | None:
    stated, heading = total[column].claim, grid.headings[column]
    if len(rows) < 2 or stated is None or NO_SUM.search(heading) or mark_of(stated) == PERCENT:
        return None
    if NOT_ADDED.search(total[column].words):
        return None
    if any(row[column].claim is None and NUMBERED.fullmatch(row[column].words) for row in rows):
        return None  # a number that was read as a year or a code: a part is not known
    parts = tuple(p for row in rows if (p := row[column].claim) is not None)
    if (
        len(parts) > 1
        and testable(stated, *parts)
        and (plausible(stated, parts) or is_miswritten(stated, sum_of(parts)))
    ):
        return judged(stated, parts, wording)
    return None


# Totals of rows


def _row_totals(grid: Grid, wording: Wording) -> Iterator[Finding]:
    """A column that holds the sum of the columns it stands beside, if its heading (合计, 全年) or most rows say so."""
    for column, heading in enumerate(grid.headings[:MOST_COLUMNS]):
        if NO_SUM.search(heading) or not counts(grid, column):
            continue
        named = TOTAL_COLUMN.search(heading) is not None
        tried = (_row_sums(grid, column, others, wording) for others in _neighbours(grid, column))
        best = max((found for found in tried if found), key=kept_by, default=[])
        kept = kept_by(best)
        if (kept * 2 > len(best) and (named or kept >= TAUGHT)) or (named and kept and kept * 2 == len(best)):
            yield from _without_carried(grid, best)


def _without_carried(grid: Grid, found: list[Finding]) -> list[Finding]:
    """Without the row of totals where it is off by what another row is: it only carries that one's error."""
    totals = {c.claim.span for row in grid.rows if TOTAL_ROW.match(row_name(row)) for c in row if c.claim}
    carried = {_off(f) for f in found if f.verdict == "contradiction" and totals.isdisjoint(f.spans)}
    return [f for f in found if f.verdict == "consistent" or totals.isdisjoint(f.spans) or _off(f) not in carried]


def _off(f: Finding) -> Decimal:
    return (f.computed or ZERO) - (f.stated or ZERO)


def kept_by(found: list[Finding]) -> int:
    return sum(f.verdict == "consistent" for f in found)


def _neighbours(grid: Grid, column: int) -> Iterator[list[int]]:
    """The columns a total may add up: all countable ones behind it, or all before it, or both."""
    countable = [c for c, h in enumerate(grid.headings) if c != column and not NO_SUM.search(h) and counts(grid, c)]
    before, after = [c for c in countable if c < column], [c for c in countable if c > column]
    for start in range(max(0, len(before) - 1)):
        yield before[start:]
    for end in range(len(after), 1, -1):
        yield after[:end]


def counts(grid: Grid, column: int) -> bool:
    cells = [row[column].claim for row in grid.rows]
    return sum(c is not None and mark_of(c) != PERCENT for c in cells) * 2 > len(cells)


def _row_sums(grid: Grid, column: int, others: list[int], wording: Wording) -> list[Finding]:
    """The sums of the rows; none where not one of the first rows holds."""
    found: list[Finding] = []
    for n, row in enumerate(grid.rows):
        if n == PROBED and not kept_by(found):
            return []
        total, parts = row[column].claim, tuple(c for o in others if (c := row[o].claim))
        if total is not None and len(parts) == len(others) and testable(total, *parts):
            found.append(judged(total, parts, wording))
    return found
