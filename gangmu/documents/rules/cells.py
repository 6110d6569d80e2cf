"""Numbers in tables: what their row and column are called, and the measure that the table states once for many."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from gangmu.reading.arithmetic.grids import Cell, Grid
from gangmu.reading.values import Claim, Span

GENERAL = re.compile(
    r"(?:(?:20\d\d年?|今年|全年|本年|本期|年度|年末|累计|实际|当前)?"
    r"(?:数量|数值|数据|数|值|完成数?|完成情况|完成量|实绩|结果|合计|总数|总量|情况|规模|金额|指标值)?)"
)
MEASURE_COLUMN = re.compile(r"(?:计量)?单位|计量")
IN_BRACKETS = re.compile(r"\(([^()\d]{1,5})\)$")
IN_CAPTION = re.compile(r"单位:?([\u4e00-\u9fff%]{1,4})")
LARGE = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1_000), "百": Decimal(100)}


class Place(NamedTuple):
    """What the row, the column and the table of a number are called, and its measure ('' where none is stated)."""

    row: str
    column: str
    unit: str
    caption: str


def places(grids: Iterable[Grid]) -> Mapping[Span, Place]:
    """Where each number of the tables stands."""
    return {claim.span: place for grid in grids for claim, place in _of_grid(grid)}


def _of_grid(grid: Grid) -> Iterator[tuple[Claim, Place]]:
    measures = next((n for n, heading in enumerate(grid.headings) if MEASURE_COLUMN.fullmatch(heading)), None)
    caption = IN_CAPTION.search(grid.caption)
    for row in grid.rows:
        own = row[measures].words if measures is not None and _is_measure(row, measures) else ""
        for column, cell in enumerate(row):
            if cell.claim:
                heading, bracketed = _apart(grid.headings[column])
                name, named = _apart(_name(row))
                unit = own or bracketed or named or (caption[1] if caption else "")
                yield cell.claim, Place(name, heading, unit, grid.caption)


def _is_measure(row: tuple[Cell, ...], column: int) -> bool:
    """A column headed 单位 that stands behind the names holds measures; as the first it holds units of the Party."""
    return column > 0 and row[column].claim is None and len(row[column].words) <= len("个工作日")


def _name(row: tuple[Cell, ...]) -> str:
    """The words a row begins with: behind a number of order stands the name."""
    return next((cell.words for cell in row if cell.claim is None and not cell.words.strip(".、").isdigit()), "")


def _apart(words: str) -> tuple[str, str]:
    """党课(堂) as its name and its measure."""
    found = IN_BRACKETS.search(words.replace("（", "(").replace("）", ")"))
    return (words[: found.start()], found[1].removeprefix("单位:")) if found else (words, "")


def measured(claim: Claim, unit: str) -> Claim:
    """The claim in the measure its table states: 260 under 万元 is 2,600,000 yuan, 98.2 under % a share."""
    if claim.unit is not None or not unit or claim.value is None:
        return claim
    if unit in ("%", "百分比"):
        return claim._replace(unit="%", kind="ratio")
    times = LARGE.get(unit[0], Decimal(1)) if len(unit) > 1 else Decimal(1)
    base = unit[1:] if times > 1 else unit
    top = None if claim.value_max is None else claim.value_max * times
    return claim._replace(
        unit=base, kind="amount" if base == "元" else claim.kind, value=claim.value * times, value_max=top,
        worth=claim.worth * times, worth_nonzero=claim.worth_nonzero * times, scaled=claim.scaled or times > 1,
    )  # fmt: skip
