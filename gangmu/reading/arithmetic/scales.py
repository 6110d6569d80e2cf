"""One figure told elsewhere in another scale or measure: 1408万元 … 1408亿元, 51.3公里 … 51.3米, 12.5‰ … 12.5%.

The digits are the same and the thing is named again, but what they come to is not. Nobody counts two things of one
name that differ by exactly a thousand or a myriad.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from gangmu.reading.arithmetic.elsewhere import Nouns, is_elsewhere, told_apart
from gangmu.reading.arithmetic.judge import HUNDRED_MILLION, MYRIAD, spans, text_of
from gangmu.reading.arithmetic.limit import HOURS
from gangmu.reading.arithmetic.measures import KILOGRAMS
from gangmu.reading.arithmetic.structure import AVERAGE
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import ONE, Wording

# What one of a unit comes to in the first of its kind.
LENGTHS = {
    "米": ONE, "公里": Decimal(1000), "千米": Decimal(1000), "里": Decimal(500), "延米": ONE,
    "厘米": Decimal("0.01"), "毫米": Decimal("0.001"),
}  # fmt: skip
AREAS = {
    "平方米": ONE, "平米": ONE, "㎡": ONE, "平方公里": Decimal(1_000_000), "平方千米": Decimal(1_000_000),
    "公顷": Decimal(10_000), "亩": Decimal("666.6667"), "平方厘米": Decimal("0.0001"),
}  # fmt: skip
VOLUMES = {"立方米": ONE, "立方": ONE, "方": ONE, "升": Decimal("0.001"), "毫升": Decimal("0.000001")}
ENERGIES = {"千瓦时": ONE, "度": ONE, "兆瓦时": Decimal(1000)}
POWERS = {"千瓦": ONE, "兆瓦": Decimal(1000), "瓦": Decimal("0.001")}
RATES = {"%": ONE, "％": ONE, "‰": Decimal("0.1")}
DIMENSIONS = (LENGTHS, AREAS, VOLUMES, ENERGIES, POWERS, RATES, KILOGRAMS, HOURS)
MEASURES = {unit: (kind, worth) for kind, table in enumerate(DIMENSIONS) for unit, worth in table.items()}
SCALES = frozenset((Decimal(100), Decimal(1000), MYRIAD, HUNDRED_MILLION))
FEWEST_DIGITS, ODD_DIGITS = 2, 4
MOST_ALIKE = 40
RARE = 3


def scales(n: Nouns, _: Wording) -> Iterator[Finding]:
    """A finding for every two numbers of one thing with the same digits that come to something else."""
    by_digits: dict[str, list[int]] = defaultdict(list)
    for i, claim in enumerate(n.t.s.claims):
        if claim.value and claim.value_max is None and claim.kind != "change":
            by_digits[n.digits[i]].append(i)
    for written, those in by_digits.items():
        if len(those) > 1 and len(written) >= FEWEST_DIGITS:
            for group in _of_one_measure(n, those):
                for i, j in combinations(group[:MOST_ALIKE], 2):
                    if _is_misscaled(n, i, j, len(written)):
                        yield _finding(*_in_order(n, group, i, j))


def _of_one_measure(n: Nouns, those: list[int]) -> list[list[int]]:
    """Those told in one measure each, where they do not all come to the same."""
    groups: dict[object, list[int]] = defaultdict(list)
    values: dict[object, set[Decimal]] = defaultdict(set)
    for i in those:
        kind, value = worth(n.t.claims[i])
        groups[kind].append(i)
        values[kind].add(value)
    return [group for kind, group in groups.items() if len(values[kind]) > 1]


def worth(claim: Claim) -> tuple[object, Decimal]:
    """The measure that a number is told in, and what it comes to in it."""
    value, unit = claim.value or Decimal(0), claim.unit or ""
    if claim.kind == "amount" and unit in ("", "元"):
        return "元", value
    kind, one = MEASURES.get(unit, (unit, ONE))
    return kind, value * one


def _is_misscaled(n: Nouns, i: int, j: int, written: int) -> bool:
    one, other = n.t.claims[i], n.t.claims[j]
    (kind, value), (other_kind, other_value) = worth(one), worth(other)
    if kind != other_kind or value == other_value or not is_elsewhere(n.t, i, j):
        return False
    if one.unit == other.unit and max(value, other_value) / min(value, other_value) not in SCALES:
        return False
    if (one.kind == "norm") != (other.kind == "norm"):
        return False
    shared = max(n.own[i] & n.around[j], n.own[j] & n.around[i], key=len)
    if not shared or (written < ODD_DIGITS and (len(shared) == 1 or min(n.rarity[p] for p in shared) > RARE)):
        return False
    return not told_apart(n, i, j) and _is_average(n, i) == _is_average(n, j)


def _is_average(n: Nouns, i: int) -> bool:
    return AVERAGE.search(n.t.s.clauses[i]) is not None


def _in_order(n: Nouns, group: list[int], i: int, j: int) -> tuple[Claim, Claim]:
    """The one that the others of the text bear out first; with two, the later is the wrong one."""
    told = [worth(n.t.claims[k]) for k in group]
    right, wrong = sorted((i, j), key=lambda k: -told.count(worth(n.t.claims[k])))
    return n.t.claims[right], n.t.claims[wrong]


def _finding(right: Claim, wrong: Claim) -> Finding:
    said, other = text_of(right), text_of(wrong)
    return Finding(
        "unit", "contradiction", spans(right, wrong), wrong.value, right.value,
        f"同一个数一处写作{said}，一处写作{other}：数字一样，单位不一样。",
        f"One figure is told as {said} and as {other}: the same digits in another unit.", wrong.span,
    )  # fmt: skip
