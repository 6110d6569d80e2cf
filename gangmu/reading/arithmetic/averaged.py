"""What an average is surely not taken of: numbers of another time than its own, and the listed parts of a whole."""

from decimal import Decimal

from gangmu.reading.arithmetic.comparisons import is_average
from gangmu.reading.arithmetic.judge import agrees_as_written, divided, testable
from gangmu.reading.arithmetic.language import label, shares_a_word
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim
from gangmu.reading.wording import Wording

FAR_BACK = 80
FORMER = pattern("[去前]年|上年|同期|上一?个?[月周季届期次批轮]|往年|此前|年初|原[来先]")
FROM = pattern("[由从](?:[^,。;]{0,8}的)?$")


def is_of_another_time(t: Structure, i: int, operands: tuple[int, int]) -> bool:
    """`收入8.82亿元，件均7元，上年同期件均7.35元`: told of a former time, and neither number of it is.

    Numbers behind it are its own, unless an average of now in the same unit stands before it.
    """
    if FROM.search(t.s.clauses[i]):
        return True
    if not FORMER.search(t.s.clauses[i]):
        return False
    if max(operands) > i:
        beside = i > 0 and t.s.at[i - 1] >= t.s.bounds[i][0] and t.claim(i - 1).unit == t.claim(i).unit
        return beside and is_average(t.s, i - 1)
    return not any(FORMER.search(t.s.text[t.s.bounds[j][0] : t.s.at[j]]) for j in operands)


def is_given(t: Structure, i: int, operands: tuple[Claim, Claim], scale: Decimal, wording: Wording) -> bool:
    """Whether another number told before, however far, in the measure of what it is taken over makes claim `i` right.

    `operands` are the total and the number that did not.
    """
    total, count = operands
    before = (t.claim(j) for j in range(max(0, i - FAR_BACK), i) if t.is_quantity(j))
    others = (c for c in before if c.unit == count.unit and c.value != count.value and testable(total, c))
    results = (divided(total, other, wording, scale) for other in others)
    return any(result and agrees_as_written(result, t.claim(i), wording) for result in results)


def likelihood(t: Structure, j: int, what: str) -> int:
    """How likely an average of `what` is taken over claim `j`: 2 a listed part that it names, 1 a whole, 0 a part."""
    if not is_listed_part(t, j) and not _stands_in_a_row(t, j):
        return 1
    return 2 if shares_a_word(what, label(t.s, j)) else 0


def _stands_in_a_row(t: Structure, j: int) -> bool:
    """`玉米1800亩、油菜700亩、红薯400亩，亩均收入1150元`: one of several side by side, of all of which it is taken."""
    return any(
        0 < k < len(t.s.at) and t.s.leads[k].startswith("、") and t.claim(k - 1).unit == t.claim(k).unit
        for k in (j, j + 1)
    )


def is_listed_part(t: Structure, j: int) -> bool:
    """`办活动126场，其中讲座38场、展览24场、少儿活动64场`: one of those listed of a whole in its own measure."""
    start = t.s.bounds[j][0]
    opened = t.s.text.rfind("其中", start, t.s.at[j])
    if opened < 0:
        return False
    part = t.claim(j)
    before = (t.claim(k) for k in t.s.between(start, opened) if t.is_quantity(k))
    return any(whole.unit == part.unit and (whole.value or 0) >= (part.value or 0) for whole in before)
