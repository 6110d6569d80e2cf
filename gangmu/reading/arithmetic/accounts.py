"""Accounts told in any order: what there was, what came and went, what there is, each wherever the writer put it.

`全镇党员1286名。年初1254名，当年发展28名，转入15名，转出9名，去世6名`; `新建0.8万亩，累计建成4.2万亩，去年底为3.6万亩`.
What `balance` reads begins or ends with what there was at first; here the words alone give every number its place.
"""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.balance import direction, summed
from gangmu.reading.arithmetic.judge import finding, testable
from gangmu.reading.arithmetic.language import same_unit
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording, result_interval

OPENING = searched(
    r"(?:去年|上年|前年)(?:年?[底末]|12月底)|(?:去年|上年)(?:同期)?[^,;:]{0,2}$|[年期月季]初|原有|原来|期初"
)
CLOSING = searched(r"累计|共有|现有|总数|截至|已有|目前|已[建达增]|存量|达到?|[年期月季][末底]|全[市县区镇乡村校院社]")
ADDED = searched(
    "新[增建添发扩]|净增|增加|转入|调入|迁入|转出|调出|迁出|去世|死亡|停[用业办保]|注销|退出|减少|拆除|关[闭停]|报废|清退|撤[销并]"
)
ONLY_GROWS = pattern("新[增建添扩]|净增")
OF_SOMETHING = pattern("其中|含|同比|每|均|占|计划|任务|目标|分别")
FEWEST, MOST = 3, 7
SLIP = Decimal("0.2")


def accounts(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every sentence that holds one opening, one closing and only movements beside them."""
    seen = -1
    for i in t.s.led_by(OPENING):
        start, end = t.s.bounds[i]
        if start > seen:
            seen = start
            yield from _told(t, start, end, wording)


def _told(t: Structure, start: int, end: int, wording: Wording) -> Iterator[Finding]:
    row = _row(t, start, end)
    closing = [j for j in row if _is_closing(t, j)]
    if not closing and (first := _closing_before(t, start, row)) is not None:
        row, closing = [first, *row], [first]
    opening = [j for j in row if j not in closing and OPENING.search(t.s.clauses[j])]
    moves = [j for j in row if j not in closing and j not in opening]
    if len(closing) != 1 or len(opening) != 1 or not FEWEST <= len(row) <= MOST:
        return
    signs = [direction(t, j) if ADDED.search(t.s.clauses[j]) or len(moves) > 1 else 0 for j in moves]
    if not moves or 0 in signs or not _is_whole_story(t, moves, signs):
        return
    stated, operands = t.claims[closing[0]], [*opening, *moves]
    result = summed(t, operands, [1, *signs], wording)
    holds = result.reach.meets(result_interval(stated, wording))
    if holds or abs(result.value - (stated.value or 0)) <= SLIP * (stated.value or 0):
        yield finding("difference", stated, [t.claims[j] for j in operands], result, holds=holds)


def _row(t: Structure, start: int, end: int) -> list[int]:
    """The numbers of the sentence in the measure of most of them, none of which is of something else."""
    inside = [j for j in t.s.between(start, end) if t.is_quantity(j)]
    if not inside or any(OF_SOMETHING.search(t.s.leads[j]) for j in inside):
        return []
    alike = [j for j in inside if same_unit(t.claims[j], t.claims[inside[0]])]
    return alike if len(alike) == len(inside) and testable(*(t.claims[j] for j in alike)) else []


def _is_closing(t: Structure, j: int) -> bool:
    words = t.s.clauses[j]
    return CLOSING.search(words) is not None and OPENING.search(words) is None and ADDED.search(words) is None


def _closing_before(t: Structure, start: int, row: list[int]) -> int | None:
    """The one number of the sentence before, where that says how many there are."""
    if not row or start < 2 or t.s.text[start - 1] == "\n":
        return None
    before = [j for j in t.s.between(*t.s.sentence(start - 2)) if t.is_quantity(j)]
    alone = len(before) == 1 and same_unit(t.claims[before[0]], t.claims[row[0]]) and testable(t.claims[before[0]])
    return before[0] if alone and _is_closing(t, before[0]) else None


def _is_whole_story(t: Structure, moves: list[int], signs: list[int]) -> bool:
    """Whether what is told of coming and going may be taken for all of it: both ways, or things that are only added."""
    if len(set(signs)) > 1 or len(moves) > 1:
        return True
    return ONLY_GROWS.search(t.s.clauses[moves[0]]) is not None
