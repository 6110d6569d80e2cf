"""Recomputes each expected finding from its labels, by what the wording of each number covers (issue 2, §5.3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from tests.reading.corpus import Expected, Label, Labelled

_HUNDRED = Decimal(100)
_FAR = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Cover:
    """The closed range of true values that a wording covers."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Cover") -> bool:
        return self.low <= other.high and other.low <= self.high


def cover(label: Label) -> Cover:
    """Which true values the label's wording covers; ValueError for a placeholder."""
    value = label.value
    if value is None:
        raise ValueError(f"{label.text} is a placeholder")
    if label.upper is not None:
        return Cover(value, label.upper)
    if label.approx:
        return _approximate(label, value)
    if _is_exact(label):
        return Cover(value, value)
    return Cover(value - label.worth / 2, value + label.worth)


def _is_exact(label: Label) -> bool:
    rated = label.kind in ("ratio", "change") and label.unit in ("%", "％", "倍")
    return not rated and not label.scaled and label.worth >= 1


def _approximate(label: Label, value: Decimal) -> Cover:
    tenth = abs(value) / 10
    nonzero = Decimal(10) ** (len(str(int(value))) - len(str(int(value)).rstrip("0"))) if value >= 1 else label.worth
    over = Decimal(10) if label.unit == "%" else max(nonzero, value / 20)
    covers: dict[str, Cover] = {
        "over": Cover(value, value + over),
        "nearly": Cover(value - tenth, value),
        "about": Cover(value - tenth, value + tenth),
        "at_least": Cover(value, _FAR),
        "at_most": Cover(-_FAR, value),
        "under": Cover(-_FAR, value),
    }
    return covers[str(label.approx)]


def holds(document: Labelled, finding: Expected) -> bool:
    """Whether the labelled numbers satisfy the finding's relation."""
    labels = [document.label(name) for name in finding.claims]
    return _CHECKS[finding.type](finding, labels)


def _reached(operands: Sequence[Label], stated: Label, formula: Callable[..., Decimal]) -> bool:
    corners = [(cover(operand).low, cover(operand).high) for operand in operands]
    results = [formula(*corner) for corner in product(*corners)]
    slack = Decimal("1e-9")
    return Cover(min(results) - slack, max(results) + slack).meets(cover(stated))


def _share(_finding: Expected, labels: Sequence[Label]) -> bool:
    if len(labels) == 1:
        return cover(labels[0]).low <= _HUNDRED
    part, whole, stated = labels
    return _reached((part, whole), stated, lambda a, b: a / b * _HUNDRED)


def _per(finding: Expected, labels: Sequence[Label]) -> bool:
    total, heads, stated = labels
    return _reached((total, heads), stated, lambda a, b: a / b * finding.scale)


def _growth(finding: Expected, labels: Sequence[Label]) -> bool:
    first, second, stated = labels
    sign = -1 if finding.down else 1
    formulas: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
        "": lambda new, old: sign * (new - old) / old * _HUNDRED,
        "delta": lambda change, new: change / (new - sign * change) * _HUNDRED,
        "delta_old": lambda change, old: change / old * _HUNDRED,
    }
    return _reached((first, second), stated, formulas[finding.form])


def _multiple(finding: Expected, labels: Sequence[Label]) -> bool:
    new, old, stated = labels
    less = 1 if finding.form == "more" or stated.unit == "%" else 0
    scale = _HUNDRED if stated.unit == "%" else 1
    return _reached((new, old), stated, lambda a, b: (a / b - less) * scale)


def _points(finding: Expected, labels: Sequence[Label]) -> bool:
    new, old, stated = labels
    if stated.unit not in ("个百分点", "个点", "百分点"):
        return False
    sign = -1 if finding.down else 1
    return _reached((new, old), stated, lambda a, b: sign * (a - b))


def _sum(_finding: Expected, labels: Sequence[Label]) -> bool:
    total, *parts = labels
    return _reached(parts, total, lambda *values: sum(values, Decimal(0)))


def _part_of(_finding: Expected, labels: Sequence[Label]) -> bool:
    whole, *parts = labels
    return sum((cover(part).low for part in parts), Decimal(0)) <= cover(whole).high


def _difference(_finding: Expected, labels: Sequence[Label]) -> bool:
    minuend, subtrahend, result = labels
    return _reached((minuend, subtrahend), result, lambda a, b: a - b)


def _repeat(_finding: Expected, labels: Sequence[Label]) -> bool:
    covers = [cover(label) for label in labels]
    return all(one.meets(other) for one in covers for other in covers)


def _unit(_finding: Expected, labels: Sequence[Label]) -> bool:
    return len({label.unit for label in labels}) == 1


def _limit(finding: Expected, labels: Sequence[Label]) -> bool:
    limit, *cases = labels
    bound = limit.value or Decimal(0)
    if finding.at_least:
        return all(cover(case).low >= bound for case in cases)
    return all(cover(case).high <= bound for case in cases)


_CHECKS: dict[str, Callable[[Expected, Sequence[Label]], bool]] = {
    "share": _share,
    "per": _per,
    "growth": _growth,
    "multiple": _multiple,
    "points": _points,
    "sum": _sum,
    "part_of": _part_of,
    "difference": _difference,
    "repeat": _repeat,
    "unit": _unit,
    "limit": _limit,
}
