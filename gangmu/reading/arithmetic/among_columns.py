"""Columns headed 其中: in every row of a table no more than the column they are some of.

`技术能手(人)`, `其中:女性`: a row with 85 and 88 is wrong. The whole is the nearest column before them that is not
itself some of another.
"""

from collections.abc import Iterator

from gangmu.reading.arithmetic.grids import Grid
from gangmu.reading.arithmetic.judge import testable
from gangmu.reading.arithmetic.marks import PERCENT, mark_of
from gangmu.reading.arithmetic.part_of import exceeding
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.table_told import MEASURED_IN
from gangmu.reading.arithmetic.tables import MOST_COLUMNS, NO_SUM
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import Wording, interval

AMONG = pattern("^(?:其中|#)")
FEWEST_KEPT = 2  # rows that keep within the whole for one that does not


def among_columns(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every cell under 其中 that is more than its whole, where most rows keep within theirs."""
    for grid in t.s.grids:
        for column, heading in enumerate(grid.headings[:MOST_COLUMNS]):
            whole = _whole(grid, column) if column > 1 and AMONG.match(heading) else None
            if whole is not None:
                yield from _judged(grid, column, whole, wording)


def _whole(grid: Grid, column: int) -> int | None:
    """The column that this one is some of: in the same measure, where both say theirs."""
    heads = grid.headings
    before = next((c for c in range(column - 1, 0, -1) if not AMONG.match(heads[c])), None)
    if before is None or NO_SUM.search(heads[before] + heads[column]):
        return None
    one, other = (MEASURED_IN.findall(heads[c]) for c in (before, column))
    return before if not (one and other) or one == other else None


def _judged(grid: Grid, column: int, whole: int, wording: Wording) -> Iterator[Finding]:
    pairs = [(row[whole].claim, row[column].claim) for row in grid.rows]
    told = [(a, b) for a, b in pairs if a and b and _is_count(a) and _is_count(b) and testable(a, b)]
    wrong = [(a, b) for a, b in told if interval(b, wording).low > interval(a, wording).high]
    if len(told) - len(wrong) >= FEWEST_KEPT * len(wrong):
        yield from (exceeding(a, b) for a, b in wrong)


def _is_count(claim: Claim) -> bool:
    return mark_of(claim) != PERCENT
