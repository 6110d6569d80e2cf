"""What it takes for parts to make up a total, and which numbers beside each other are such parts."""

import re
from collections.abc import Sequence
from decimal import Decimal

from gangmu.reading.arithmetic.judge import MYRIAD, added, finding
from gangmu.reading.arithmetic.judge import total as sum_of
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HALF, ZERO, Wording, is_whole, result_interval

TOTAL_SIGN = pattern("[计共总全加]")
AFTER = pattern(
    r"(?:^|[,;:、(。])(?P<who>[^,;:、()]{0,6}?)(?P<word>合计|总计|共计|一共|总共|合共|累计|加起来|加在一起|(?<!公)共(?!产|同|建|享|青|和|识)|(?<![设会统审预估])计(?!划|算)|总(?=投[入资]|收入|支出|[数量额]|面积|人数|金额))(?P<what>[^,;:、()]{0,10})$"
)
# 七万零二百五十: told to the last one, however many 万 there are.
IN_FULL = pattern("[一二三四五六七八九十百千两]+[万萬][零〇一二三四五六七八九十百千两]")
LONGEST, SHORTEST = 14, 2
STEMS = frozenset("甲乙丙丁戊己庚辛")
PLAUSIBLE = Decimal("0.5"), Decimal("1.6")


def judged(total: Claim, parts: tuple[Claim, ...], wording: Wording) -> Finding:
    """Whether parts add up to their total, each having been rounded on its own."""
    result = added(parts, wording)
    return finding("sum", total, parts, result, holds=adds_up(total, parts, wording))


def adds_up(total: Claim, parts: tuple[Claim, ...], wording: Wording) -> bool:
    """Exact for whole numbers; else within half of the last place for each part, and of the total's if it is rounder.

    The parts of one total are told to one place: 八万 beside 十二万五千 is 8.0万 (issue 5.3).
    """
    if total.approx is None and all([c.approx is None for c in parts]):
        finest = min([_place(c) for c in parts if not is_whole(c)], default=ZERO)
        whole = _place(total) if _may_be_rounded(total) else ZERO
        slack = (finest * len(parts) + max(whole - finest, ZERO)) * HALF
        return abs(sum_of(parts) - (total.value or ZERO)) <= slack
    return added(parts, wording).reach.meets(result_interval(total, wording))


def _may_be_rounded(claim: Claim) -> bool:
    return not is_whole(claim) and not IN_FULL.match(claim.text)


def _place(claim: Claim) -> Decimal:
    """The place a number is told to: that of 万 in 三百二十万, as in 320万."""
    scale = MYRIAD * MYRIAD if "亿" in claim.text else MYRIAD if re.search("[万萬]", claim.text) else claim.worth
    return min(claim.worth, scale)


def hold_their_total(parts: Sequence[Claim]) -> bool:
    """Whether the largest of three or more numbers is what all the others make."""
    values = [part.value or ZERO for part in parts]
    return len(values) > SHORTEST and 2 * max(values) == sum(values)


def plausible(total: Claim, parts: tuple[Claim, ...]) -> bool:
    """Whether a failed sum is near enough to its total to have been meant as one."""
    value = sum((p.value or Decimal(0) for p in parts), Decimal(0))
    return bool(total.value) and PLAUSIBLE[0] <= value / (total.value or 1) <= PLAUSIBLE[1]


def expanded(t: Structure, run: list[int]) -> tuple[Claim, ...]:
    """The parts, one for each of those named where the text says 各: `李村、王村和赵村各50名`."""
    return tuple(t.claim(j) for j in run for _ in range(_times(t, j)))


def _times(t: Structure, j: int) -> int:
    if "各" not in t.s.leads[j]:
        return 1
    words = re.split(r"[,;:。]", t.s.leads[j])[-1].lstrip("、和")
    named = [name for name in re.split(r"[、和及与]", words.split("各")[0]) if len(name) >= SHORTEST or name in STEMS]
    return max(len(named), 1) if "各" in words else 1


def is_list(t: Structure, run: list[int]) -> bool:
    """Short items set side by side, none with a story of its own."""
    return all(len(t.s.lead(j)) <= LONGEST for j in run[1:])


def own_words(t: Structure, j: int) -> str:
    return re.sub(r"[,;:、()和及与]", "", re.split(r"[,;:(]|其中", t.s.lead(j))[-1]) or t.s.trail(j)[:6]
