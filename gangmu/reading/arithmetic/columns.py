"""Columns that other columns of a table give: rates, changes, points, differences and averages.

A relation that most rows keep is what the column means, whatever its heading; the heading only says which relation to
try. Where two rows are all there is, one that keeps it is enough if the heading tells and no other columns could be
meant.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from itertools import permutations
from typing import NamedTuple

from gangmu.reading.arithmetic.grids import Cell, Grid
from gangmu.reading.arithmetic.judge import Result, agrees, divided, finding, grown, subtracted, testable
from gangmu.reading.arithmetic.marks import PERCENT, POINTS, mark_of
from gangmu.reading.arithmetic.points import of_two_rates
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.tables import MOST_COLUMNS, TOTAL_ROW, Row, counts, kept_by, row_name
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding, FindingType
from gangmu.reading.wording import HUNDRED, ONE, Wording

FALLS = pattern("[↓▼]")
RATE_COLUMN = pattern(r"率|占比|比例|比重|%|‰|进度")
CHANGE_COLUMN = pattern(
    r"增长|增幅|增速|同比|环比|升降|变动|增减|变化|降幅|涨幅|±|提高|提升|上升|下降|降低|比上年|比去年|较上年|较去年|增加|减少|升幅"
)
SHARE_OF_COLUMN = pattern("^占(?!地|用)")  # 占受理总数
POINTS_COLUMN = pattern(r"百分点|个点")
TIME_COLUMN = pattern(r"(?:19|20)\d\d年?|[今本上去前]年|本[期月季]|同期|上[期月季]|[前后]$|[上下]半年|全年")
LEFT_COLUMN = pattern(
    r"结余|结存|剩余|余额|未|逾期|缺|差|增减|增加|减少|净|在办|盈|亏|利润|节约|节支|超支|结转|顺差|逆差|增量|多收|多支|降低|提高|下降"
)
MEAN_COLUMN = pattern(r"均|单价|[亩单]产|每[人户亩个家村场件次吨平公]")
# 金额（万元） over 人数 is 人均（元）: what one of the dividend's unit comes to in the result's.
SCALES = (ONE, Decimal(10_000), Decimal(100_000_000), Decimal("0.0001"), Decimal(1000), Decimal("0.001"), HUNDRED)
PER_MILLE = Decimal(1000)

Formula = Callable[[Claim, Claim, Wording], Result | None]


class Relation(NamedTuple):
    """What a column may be of two others: its type, how it is computed, and the unit of the result."""

    kind: FindingType
    formula: Formula
    unit: str


GROWTH = Relation("growth", grown, "%")
DIFFERENCE = Relation("difference", subtracted, "")
OF_RATES = Relation("points", subtracted, "个百分点")
OF_TIMES = Relation("multiple", divided, "倍")


def columns(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every rate, change, difference and average that the columns of a table hold."""
    for grid in t.s.grids:
        for column, heading in enumerate(grid.headings[:MOST_COLUMNS]):
            claims = [row[column].claim for row in grid.rows]
            if any(claims):
                yield from _column(grid, column, heading, [c for c in claims if c], wording)


def _column(grid: Grid, column: int, heading: str, claims: list[Claim], wording: Wording) -> Iterator[Finding]:
    """For a column named like a result the two columns that give it in most rows; else the one that is left over."""
    if "倍" in heading:
        yield from _taught(grid, column, OF_TIMES, _countable(grid, column), wording)
        return
    percent = any(mark_of(c) == PERCENT for c in claims)
    changes = CHANGE_COLUMN.search(heading) is not None
    if POINTS_COLUMN.search(heading) or (changes and not percent and len(_rates(grid, column)) > 1):
        yield from _taught(grid, column, OF_RATES, _rates(grid, column), wording)
    elif changes and (percent or "%" in heading + grid.caption):
        yield from _taught(grid, column, GROWTH, _countable(grid, column), wording)
    elif RATE_COLUMN.search(heading) or (percent and SHARE_OF_COLUMN.match(heading)):
        yield from _shares(grid, column, PER_MILLE if "‰" in heading else HUNDRED, wording)
    elif MEAN_COLUMN.search(heading):
        yield from _means(grid, column, wording)
    elif changes or LEFT_COLUMN.search(heading):
        yield from _taught(grid, column, DIFFERENCE, _countable(grid, column), wording)


def _countable(grid: Grid, column: int) -> list[int]:
    return [c for c in range(min(len(grid.headings), MOST_COLUMNS)) if c != column and counts(grid, c)]


def _rates(grid: Grid, column: int) -> list[int]:
    """The columns most of whose cells hold percentages."""
    found = []
    for c in range(min(len(grid.headings), MOST_COLUMNS)):
        rates = sum(cell is not None and mark_of(cell) == PERCENT for cell in (row[c].claim for row in grid.rows))
        if c != column and rates * 2 > len(grid.rows):
            found.append(c)
    return found


def _taught(grid: Grid, column: int, relation: Relation, among: list[int], wording: Wording) -> Iterator[Finding]:
    """The relation to two of those columns that most rows keep."""
    best = _best(grid, column, relation, among, wording)
    if _is_meant(grid, best, relation, among):
        yield from best


def _best(grid: Grid, column: int, relation: Relation, among: list[int], wording: Wording) -> list[Finding]:
    tried = (_applied(grid, column, pair, relation, wording) for pair in permutations(among, 2))
    return max(tried, key=kept_by, default=[])


def _is_meant(grid: Grid, best: list[Finding], relation: Relation, among: list[int]) -> bool:
    """Whether rows enough keep a relation: most of them, or half where no other columns could be meant."""
    kept = kept_by(best)
    if kept * 2 > len(best) or (kept > 1 and kept * 2 == len(best)):
        return True
    only = len(among) == 2 and kept * 2 == len(best)
    return bool(kept) and (only or (relation.kind == "growth" and _has_two_times(grid)))


def _has_two_times(grid: Grid) -> bool:
    """Whether just two columns are headed by times: then the change can only be between them."""
    return sum(bool(TIME_COLUMN.search(heading)) for heading in grid.headings) == 2


# Shares and averages


def _shares(grid: Grid, column: int, scale: Decimal, wording: Wording) -> Iterator[Finding]:
    """A column of rates: of two columns, or of the total row's number."""
    relation = Relation("share", partial(divided, scale=scale), "%" if scale == HUNDRED else "‰")
    among = _countable(grid, column)
    best = _best(grid, column, relation, among, wording)
    if kept_by(best):
        yield from best if _is_meant(grid, best, relation, among) else ()
        return
    whole = _of_last_row(grid, column, relation, wording)
    if kept_by(whole) * 2 > len(whole):
        yield from whole


def _of_last_row(grid: Grid, column: int, relation: Relation, wording: Wording) -> list[Finding]:
    """A column of shares of the total row: each row's number over the total's."""
    best: list[Finding] = []
    totals = [row for row in grid.rows if TOTAL_ROW.match(row_name(row))]
    for total in totals[-1:]:
        for c in range(min(len(grid.headings), MOST_COLUMNS)):
            whole = total[c].claim
            rows = [row for row in grid.rows if row is not total]
            found = [_checked(row[c].claim, whole, row[column], relation, wording) for row in rows]
            best = max(best, [f for f in found if f], key=kept_by)
    return best


def _means(grid: Grid, column: int, wording: Wording) -> Iterator[Finding]:
    """A column of averages, whatever the scales of what is divided and of the result."""
    among = _countable(grid, column)
    best = max((_best(grid, column, _mean(scale), among, wording) for scale in SCALES), key=kept_by)
    if _is_meant(grid, best, _mean(ONE), among):
        yield from best


def _mean(scale: Decimal) -> Relation:
    return Relation("per", partial(divided, scale=scale), "")


# Rows


def _applied(grid: Grid, column: int, pair: tuple[int, int], relation: Relation, wording: Wording) -> list[Finding]:
    """What a relation makes of every row that has all three numbers."""
    found = (_row(row, column, pair, relation, wording) for row in grid.rows)
    return [f for f in found if f]


def _row(row: Row, column: int, pair: tuple[int, int], relation: Relation, wording: Wording) -> Finding | None:
    if relation.kind == "growth" and _is_of_rates(row, column, pair):
        return _changed(row, column, pair, wording)
    return _checked(row[pair[0]].claim, row[pair[1]].claim, row[column], relation, wording)


def _checked(
    one: Claim | None, other: Claim | None, result_cell: Cell, relation: Relation, wording: Wording
) -> Finding | None:
    stated = result_cell.claim
    if one is None or other is None or stated is None or one is stated or not testable(one, other, stated):
        return None
    result = relation.formula(one, other, wording)
    if result is None:
        return None
    holds = agrees(result, stated, wording, sign=_sign(result_cell))
    return finding(relation.kind, stated, (one, other), result, holds=holds, unit=relation.unit)


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
