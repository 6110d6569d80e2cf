"""By which columns the tables of figures are sorted: the head of a column asks for it, files follow."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from gangmu.orgs.initials import initials_of
from gangmu.reading.numerals import chinese
from gangmu.web.figure_rows import Child, Row

ORDINAL = re.compile("第([一二三四五六七八九十]{1,3})")


def spelled(name: str) -> tuple[str, str]:
    """A name as it is sorted: by the initials of its pinyin, and 第二 after 第一."""
    counted = ORDINAL.sub(lambda found: f"第{_number(found[1]):03}", name)
    return initials_of(counted), counted


def _number(numeral: str) -> int:
    """What is written 一 … 九十九; 0 for what is no number."""
    found = chinese(numeral)
    return int(found.value) if found else 0


def _change(row: Row) -> Decimal | None:
    now, before = row.figure.value, row.before.value if row.before else None
    return None if now is None or before is None else now - before


FIGURES_BY: Mapping[str, Callable[[Row], Any]] = {
    "title": lambda row: spelled(row.title),
    "value": lambda row: row.figure.value,
    "before": lambda row: row.before.value if row.before else None,
    "change": _change,
    "late": lambda row: row.figure.late_count if row.late else None,
}
CHILDREN_BY: Mapping[str, Callable[[Child], Any]] = {
    "name": lambda child: spelled(child.name),
    "numerator": lambda child: child.figure.numerator,
    "denominator": lambda child: child.figure.denominator,
    "value": lambda child: child.figure.value,
}
