"""A share in a list whose neighbours were all taken of one whole: it is taken of that whole too.

`占总支出的25%；…占20%；…占33%`: a number elsewhere of which the third happens to be 33.99 % explains nothing.
"""

from decimal import ROUND_HALF_UP
from itertools import islice

from gangmu.reading.arithmetic.judge import agrees, divided, finding, testable
from gangmu.reading.arithmetic.language import names
from gangmu.reading.arithmetic.share_bases import is_larger
from gangmu.reading.arithmetic.share_cues import MEMORY, NEARLY, OF
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.values import Finding
from gangmu.reading.wording import HUNDRED, Wording

FEWEST = 2


def part_of_bare(t: Structure, i: int) -> int | None:
    """The number right before a share that names no whole of its own: 189起，占15%."""
    of, part = OF.search(t.s.leads[i]), i - 1
    bare = of is not None and of.start() <= 1 and not names(of["whole"])
    return part if bare and part >= 0 and t.is_quantity(part) else None


def of_siblings(t: Structure, i: int, taken: dict[int, int], wording: Wording) -> Finding | None:
    """Share `i` of the whole of the shares before it, where another whole fits it only when cut off.

    `taken` tells of every share that held which whole it was taken of.
    """
    part = part_of_bare(t, i)
    if part is None or i not in taken:
        return None
    last = islice(((share, j) for share, j in reversed(taken.items()) if share < i), FEWEST)
    before = [j for share, j in last if share > i - FEWEST * MEMORY]
    if len(before) < FEWEST or len(set(before)) > 1 or before[0] == taken[i]:
        return None
    whole, stated = t.claim(before[0]), t.claim(i)
    if t.claim(part).unit != whole.unit or not is_larger(t.s, before[0], part) or not testable(whole, t.claim(part)):
        return None
    other = divided(t.claim(part), t.claim(taken[i]), wording, HUNDRED)
    result = divided(t.claim(part), whole, wording, HUNDRED)
    if result is None or other is None or stated.approx or agrees(result, stated, wording):
        return None
    said = stated.value or HUNDRED
    rounds = other.value.quantize(stated.worth.normalize(), ROUND_HALF_UP) == said
    if rounds or abs(result.value - said) > NEARLY:
        return None
    return finding("share", stated, (t.claim(part), whole), result, holds=False, unit="%")
