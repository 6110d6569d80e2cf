"""A whole before its two halves: 男 and 女, 合格 and 不合格, wherever the whole stands before them."""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.adding import adds_up, judged, own_words
from gangmu.reading.arithmetic.judge import testable
from gangmu.reading.arithmetic.language import same_unit
from gangmu.reading.arithmetic.partitions import LEFT_OVER, is_partition
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

SLIP = Decimal("0.85"), Decimal("1.15")


def halves(t: Structure, wording: Wording) -> Iterator[Finding]:
    """`教职工98人，其中党员35人；女教师67人，男教师31人`: a finding for every split into two."""
    for j in range(1, len(t.s.at) - 1):
        if not (t.is_quantity(j) and t.is_quantity(j + 1)) or t.claim(j).unit != t.claim(j + 1).unit:
            continue
        if ";" in t.s.leads[j + 1] and ";" not in t.s.leads[j]:
            continue  # 不满意4票；甲工程满意161票: of two items
        people = "男" in t.s.leads[j] + t.s.leads[j + 1] and "女" in t.s.leads[j] + t.s.leads[j + 1]
        if not people and t.s.bounds[j] != t.s.bounds[j + 1]:
            continue
        start = t.s.paragraph(t.s.at[j])[0] if people else t.s.bounds[j][0]
        near = t.stocks_before(j, start) if people else [k for k in (j - 1, j - 2) if k >= 0 and t.s.at[k] >= start]
        parts = (t.claim(j), t.claim(j + 1))
        wholes_ = [k for k in near if t.is_quantity(k) and same_unit(t.claim(k), parts[0]) and _slips(t, k, j)]
        if wholes_ and (people or is_partition([own_words(t, j), own_words(t, j + 1)])):
            fitting = [k for k in wholes_ if adds_up(t.claim(k), parts, wording)]
            yield judged(t.claim((fitting or wholes_)[0]), parts, wording)


def _slips(t: Structure, whole: int, first: int) -> bool:
    """Whether two numbers from `first` on are so near to the whole that a wrong digit explains the rest.

    Not where the number behind them makes them up to the whole: then they are three.
    """
    total, one, other = t.claim(whole), t.claim(first), t.claim(first + 1)
    if not testable(total, one, other):
        return False
    value = (one.value or Decimal(0)) + (other.value or Decimal(0))
    third = t.claim(first + 2).value if first + 2 < len(t.s.at) else None
    near = SLIP[0] <= value / (total.value or 1) <= SLIP[1] and not LEFT_OVER.match(t.s.trails[first + 1])
    return (near and value + (third or 0) != (total.value or 0)) or value == total.value
