"""Relations that call both their numbers by name: 税收收入占一般公共预算收入的80%, 停车收入是场地租赁收入的4.4倍.

Each name is looked for among the rows of the tables and the words right before the numbers of the prose, wherever they
stand. It is taken for a number only where it is all that number is called by, and where no other value goes by it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gangmu.reading.arithmetic.far_shares import is_absurd
from gangmu.reading.arithmetic.judge import Result, agrees, divided, finding, testable
from gangmu.reading.arithmetic.language import first_clause, names
from gangmu.reading.arithmetic.marks import MARK, PERCENT, TIMES
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.table_derived import MOST_ROWS
from gangmu.reading.arithmetic.table_told import scale_of, scaled
from gangmu.reading.arithmetic.tables import TOTAL_ROW, row_name
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding, FindingType
from gangmu.reading.wording import HUNDRED, ONE, ZERO, Wording

_NAME = r"[\u4e00-\u9fff“”]{2,14}?"
SHARE = pattern(
    rf"(?:^|[,;。:])(?P<one>{_NAME})占(?:到|了)?(?:同期|全部)?(?P<other>{_NAME})的(?:比重|比例)?(?:约|近|为|达)*$"
)
# 当场整改的隐患占70%: the deed calls the part, what it was done to the whole.
DONE_OF = pattern(
    r"(?:^|[,;。:])(?P<one>[\u4e00-\u9fff]{3,10})的(?P<other>[\u4e00-\u9fff]{2,8}?)(?:数量?|总数)?占比?(?:约|近|为|达)*$"
)
MULTIPLE = pattern(rf"(?:^|[,;。:])(?P<one>{_NAME})(?:约?是|约?为|相当于|达到?)(?P<other>{_NAME})的(?:约|近)?$")
ANOTHER_TIME = pattern("[去上前]年|同期|上[月季期]|年初|原来|计划|预算数|目标|每|均|以上|以下|左右")
CELLS_OF_OTHERS = pattern("比|率|占|增|减|[%％]|上年|去年|同期|预算|计划|目标")
VERB = pattern("(?:完成|实现|达到?|为|是|有|突破|约|近)+$")
# 停车收入 of 其中停车28.6万元, where income is what is told.
KIND = pattern("(?:收入|支出|资金|面积|数量|人数|户数|件数|金额|费用?|额|量|数)$")
SHORTEST, FARTHEST, MOST_ALIKE = 3, 300, 8


class Called(NamedTuple):
    """What a number is called, and where it stands: `column` of a table's cell, None in prose."""

    name: str
    claim: Claim
    column: tuple[int, int] | None


def by_both_names(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every share and multiple that calls both its numbers by their names."""
    called: list[Called] | None = None
    for i, mark in enumerate(t.s.marks):
        signs = {PERCENT: (SHARE, DONE_OF), TIMES: (MULTIPLE,)}.get(mark, ()) if testable(t.claims[i]) else ()
        said = next((found for sign in signs if (found := sign.search(t.s.leads[i]))), None)
        if said is None or t.claims[i].kind == "change" or ANOTHER_TIME.search(said[0]):
            continue
        called = list(_called(t)) if called is None else called
        yield from _judged(t, i, said, called, wording)


def _called(t: Structure) -> Iterator[Called]:
    """The numbers of a document that stand for themselves under a name."""
    for i in t.stocks[:FARTHEST]:
        clause = t.s.clauses[i]
        name = MARK.sub("", names(VERB.sub("", clause)))
        plain = t.is_quantity(i) and testable(t.claims[i]) and t.claims[i].kind != "norm"
        if (
            plain
            and len(name) >= SHORTEST
            and not ANOTHER_TIME.search(clause)
            and not names(first_clause(t.s.trails[i]))
        ):
            yield Called(name, t.claims[i], None)
    for n, grid in enumerate(t.s.grids):
        for row in grid.rows[:MOST_ROWS]:
            for column, cell in enumerate(row):
                if cell.claim and testable(cell.claim) and not CELLS_OF_OTHERS.search(grid.headings[column]):
                    scale = scale_of(grid, column)
                    yield Called(
                        row_name(row), (scaled(cell.claim, scale) if scale else None) or cell.claim, (n, column)
                    )


def _of_name(called: list[Called], words: str, *, exactly: bool) -> list[Called]:
    """The numbers that go by a name: `exactly` those of just this name; else, or where there is none, any alike."""
    name = MARK.sub("", names(words.strip("“”")))
    if len(name) < 2:
        return []
    exact = [c for c in called if c.name in (name, KIND.sub("", name)) and not TOTAL_ROW.match(c.name)]
    if exact and exactly:
        return exact
    return [c for c in called if len(c.name) >= SHORTEST and (c.name.endswith(name) or name.endswith(c.name))]


def _judged(t: Structure, i: int, said: re.Match[str], called: list[Called], wording: Wording) -> Iterator[Finding]:
    """What the numbers of two names give: right where any two do, wrong where there are but two values to take."""
    stated, share = t.claims[i], t.s.marks[i] == PERCENT
    tried = _tried(called, said, wording, share=share, exactly=True)
    right = [
        found
        for found in tried + _tried(called, said, wording, share=share, exactly=False)
        if agrees(found[2], stated, wording)
    ]
    alone = len({(a.value, b.value) for a, b, _ in tried}) == 1
    kind: FindingType = "share" if share else "multiple"
    for a, b, result in right[:1] or (tried[:1] if alone else []):
        if right or not is_absurd(result.value, stated.value):
            yield finding(kind, stated, (a, b), result, holds=bool(right), unit="%" if share else "倍")


def _tried(
    called: list[Called], said: re.Match[str], wording: Wording, *, share: bool, exactly: bool
) -> list[tuple[Claim, Claim, Result]]:
    """The numbers that two names may stand for, with what they give."""
    ones, others = (_of_name(called, said[name], exactly=exactly)[:MOST_ALIKE] for name in ("one", "other"))
    pairs = [
        (a.claim, b.claim) for a in ones for b in others if _go_together(a, b) and _may_be(a.claim, b.claim, share)
    ]
    results = [(a, b, divided(a, b, wording, HUNDRED if share else ONE)) for a, b in pairs]
    return [(a, b, result) for a, b, result in results if result is not None]


def _go_together(a: Called, b: Called) -> bool:
    """Whether two numbers are of one column, or not both of a table."""
    return a.claim.span != b.claim.span and (a.column is None or b.column is None or a.column == b.column)


def _may_be(one: Claim, other: Claim, share: bool) -> bool:
    measured = one.unit == other.unit or None in (one.unit, other.unit)
    return measured and (not share or ZERO < (one.value or ZERO) < (other.value or ZERO))
