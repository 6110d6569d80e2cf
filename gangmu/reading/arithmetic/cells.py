"""Rates that the prose tells of the rows of a table: 城南敬老院入住率85%, 购房提取占16.7%.

Which columns such a rate is taken of no word need say: the rates told beside it teach it. Where all but one of a
sentence agree with one relation of the table, that relation is meant, and the one that nearly keeps it is wrong.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from gangmu.reading.arithmetic.grids import Grid
from gangmu.reading.arithmetic.judge import agrees, divided, finding, testable
from gangmu.reading.arithmetic.marks import MARKS
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.tables import MOST_COLUMNS, TOTAL_ROW, row_name
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HUNDRED, Wording

SHORTEST = 2
NEARLY = 12
CHANGED = pattern("增|减|升|降|提高|同比|环比")
IN_TURN = pattern(rf"[^。;\n{MARKS}]*分别[^,。;\n{MARKS}]{{0,6}}$")
JOINED = frozenset(("、", "和", "及", ",", "以及"))
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Relation:
    """The column of the part and that of the whole; `of_total` where the whole is the same column's total."""

    part: int
    whole: int
    of_total: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A rate told in prose, and the row of the table it is told of."""

    at: int
    row: int


def cells(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every rate of a table's row that the prose tells otherwise than those beside it teach."""
    for grid in t.s.grids:
        rows = {row_name(row): n for n, row in enumerate(grid.rows[:MOST_ROWS]) if len(row_name(row)) >= SHORTEST}
        if len(rows) >= SHORTEST:
            for told in _sentences(t, rows):
                yield from _judged(t, grid, told, wording)


def _sentences(t: Structure, rows: dict[str, int]) -> Iterator[list[Told]]:
    """The rates of each sentence that name a row, two or more."""
    found: dict[int, list[Told]] = defaultdict(list)
    for i in range(len(t.s.at)):
        if t.is_percent(i) and t.claim(i).kind == "ratio" and not CHANGED.search(t.s.clauses[i]):
            found[t.s.bounds[i][0]] += _in_turn(t, i, rows) or _named(t, i, rows)
    yield from (told for told in found.values() if len(told) > 1)


def _named(t: Structure, i: int, rows: dict[str, int]) -> list[Told]:
    called = [name for name in rows if name in t.s.clauses[i]]
    called = called or [name for name in rows if name in re.split("[。;\n]", t.s.leads[i])[-1]]
    return [Told(i, rows[called[0]])] if len(called) == 1 else []


def _in_turn(t: Structure, i: int, rows: dict[str, int]) -> list[Told]:
    """`上河村、下河村、石桥村收缴率分别为90%、95%、80%`: the n-th rate is of the n-th row named."""
    lead = t.s.leads[i]
    if "分别" not in lead or not IN_TURN.search(lead):
        return []
    words = re.split("[。;\n]", lead)[-1]
    called = sorted((words.find(name), rows[name]) for name in rows if name in words)
    run = [i]
    while run[-1] + 1 < len(t.s.at) and t.is_percent(run[-1] + 1) and t.s.leads[run[-1] + 1] in JOINED:
        run.append(run[-1] + 1)
    return [Told(j, row) for j, (_, row) in zip(run, called, strict=True)] if len(run) == len(called) else []


def _judged(t: Structure, grid: Grid, told: list[Told], wording: Wording) -> Iterator[Finding]:
    """The findings under the relation that most of the rates keep, if all but one keep it."""
    best: list[Finding] = []
    wrong: list[Told] = []
    relations = list(_relations(grid))
    for relation in relations:
        found = [(one, _checked(t, grid, one, relation, wording)) for one in told]
        if any(f is None for _, f in found):
            continue
        failed = [one for one, f in found if f and f.verdict == "contradiction"]
        if not best or len(failed) < len(wrong):
            best, wrong = [f for _, f in found if f], failed
    if best and (not wrong or (len(wrong) == 1 and not _is_of_others(t, grid, wrong[0], relations, wording))):
        yield from best


def _relations(grid: Grid) -> Iterator[Relation]:
    columns = range(1, min(len(grid.headings), MOST_COLUMNS))
    yield from (Relation(part, whole, of_total=False) for part, whole in permutations(columns, 2))
    yield from (Relation(part, part, of_total=True) for part in columns)


def _is_of_others(t: Structure, grid: Grid, one: Told, relations: list[Relation], wording: Wording) -> bool:
    """Whether a rate agrees with another relation of its row, or is far from the one that was taught."""
    found = (_checked(t, grid, one, relation, wording) for relation in relations)
    return any(f is not None and f.verdict == "consistent" for f in found)


def _checked(t: Structure, grid: Grid, one: Told, relation: Relation, wording: Wording) -> Finding | None:
    """What a relation makes of a rate; None where it cannot be meant."""
    stated, part, whole = t.claim(one.at), grid.rows[one.row][relation.part].claim, _whole(grid, one, relation)
    if part is None or whole is None or part is whole or not testable(stated, part, whole):
        return None
    result = divided(part, whole, wording, HUNDRED)
    if result is None or abs(result.value - (stated.value or 0)) > NEARLY:
        return None
    return finding("share", stated, (part, whole), result, holds=agrees(result, stated, wording), unit="%")


def _whole(grid: Grid, one: Told, relation: Relation) -> Claim | None:
    if not relation.of_total:
        return grid.rows[one.row][relation.whole].claim
    totals = [row[relation.whole].claim for row in grid.rows if TOTAL_ROW.match(row_name(row))]
    return totals[-1] if totals else None
