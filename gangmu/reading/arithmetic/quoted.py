"""What the prose right behind a table says of all its rows: a row's share of the total, a limit that every row keeps.

`其中上河里网格占合计数的20.8%`; `该项指标不得超过50分贝，表中各行均未超标`.
"""

from collections.abc import Iterator

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.grids import Grid
from gangmu.reading.arithmetic.judge import agrees, divided, finding, spans, testable, text_of
from gangmu.reading.arithmetic.language import names, shares_a_word
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.tables import TOTAL_ROW, row_name
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HUNDRED, Wording, interval

SHARED = searched("占")
OF_TOTAL = pattern(r"占(?:表中)?(?:合计|总计|总数|总量|全部|全[县市区镇乡街村校院])[^,。;]{0,6}的?$")
_HOLDS = r"(?:达标|达到|完成|符合|合格|(?:未|没有?)(?:[超越]|突破|违)|在[^。;\n]{0,8}内)"
KEPT = pattern(
    rf"^[^。;\n]{{0,6}},[^,。;\n]{{0,4}}(?:表[中列内里]|[各全])[^。;\n]{{0,12}}(?:均|全部|都|全)已?{_HOLDS}|"
    rf"^[^。;\n]{{0,6}},[^,。;\n]{{1,14}}最[多少高低长短大小][^,。;\n]{{0,6}},?[也都均已]{{1,2}}{_HOLDS}"
)
REACH = 220  # signs of the source between a table and what is said of it
FEWEST_ROWS = 3


def quoted(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every share of a row and every limit that the prose tells of the table right before it."""
    grids = [grid for grid in t.s.grids if len(grid.rows) >= FEWEST_ROWS]
    if not grids:
        return
    for i in t.s.led_by(SHARED):
        if t.is_percent(i) and testable(t.claims[i]) and (grid := _before(t, i, grids)):
            yield from _shared(t, i, grid, wording)
    for i, claim in enumerate(t.claims):
        if claim.kind == "norm" and KEPT.match(t.s.trails[i]) and (grid := _before(t, i, grids)):
            yield from _limited(t, i, grid)


def _before(t: Structure, i: int, grids: list[Grid]) -> Grid | None:
    """The table that ends shortly before claim `i`."""
    at = t.claims[i].span.start
    return next((grid for grid in reversed(grids) if 0 < at - _end(grid) <= REACH), None)


def _end(grid: Grid) -> int:
    return max((cell.claim.span.end for row in grid.rows for cell in row if cell.claim), default=0)


def _column(grid: Grid, words: str) -> int | None:
    """The one column of numbers, or the one whose heading the words name."""
    told = [c for c in range(1, len(grid.headings)) if any(len(row) > c and row[c].claim for row in grid.rows)]
    if len(told) == 1:
        return told[0]
    named = [c for c in told if shares_a_word(names(grid.headings[c]), words)]
    return named[0] if len(named) == 1 else None


def _shared(t: Structure, i: int, grid: Grid, wording: Wording) -> Iterator[Finding]:
    words, stated = t.s.leads[i].split("。")[-1], t.claims[i]
    totals = [row for row in grid.rows if TOTAL_ROW.match(row_name(row))]
    called = [row for row in grid.rows if row_name(row) and row_name(row) in words and row not in totals]
    column = _column(grid, words) if OF_TOTAL.search(words) and len(called) == 1 and totals else None
    part, whole = (called[0][column].claim, totals[-1][column].claim) if column is not None else (None, None)
    result = divided(part, whole, wording, HUNDRED) if part and whole and testable(part, whole) else None
    if result is not None and part and whole:
        yield finding("share", stated, (part, whole), result, holds=agrees(result, stated, wording), unit="%")


def _limited(t: Structure, i: int, grid: Grid) -> Iterator[Finding]:
    """The rows that break a limit of which the prose says that all keep it."""
    limit, column = t.claims[i], _column(grid, t.s.clauses[i] + t.s.trails[i])
    if column is None or limit.approx not in ("at_most", "at_least") or limit.value is None:
        return
    for row in grid.rows:
        case = row[column].claim
        if case is None or case.value is None or TOTAL_ROW.match(row_name(row)):
            continue
        covered = interval(case)
        if covered.low > limit.value if limit.approx == "at_most" else covered.high < limit.value:
            yield _broken(limit, case, row_name(row))


def _broken(limit: Claim, case: Claim, row: str) -> Finding:
    said, told = text_of(limit), text_of(case)
    return Finding(
        "limit", "contradiction", spans(limit, case), case.value, limit.value,
        f"表中{row}为{told}，不在规定的{said}以内，文中却说都合规定。",
        f"The table says {told} for {row}, outside the limit of {said} that all are said to keep.", case.span,
    )  # fmt: skip
