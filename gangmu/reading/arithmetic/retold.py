"""Totals of a table that the prose tells as well: the same number, or one with two of its digits changed about."""

import re
from collections import defaultdict
from collections.abc import Iterator

from gangmu.reading.arithmetic.grids import Grid
from gangmu.reading.arithmetic.judge import spans, text_of
from gangmu.reading.arithmetic.marks import QUANTITY
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import Wording

TOTAL_ROW = re.compile(r"^(?:合计|总计|共计|全[国省市县区乡镇街村社]\S{0,3})$")
FEWEST_DIGITS = 3


def retold(t: Structure, _: Wording) -> Iterator[Finding]:
    """A finding for every number of the prose that is a table's total, or that total with its digits reordered."""
    totals = [total for grid in t.s.grids for total in _totals(grid)]
    if not totals:
        return
    told: dict[str, list[Claim]] = defaultdict(list)
    for i, claim in enumerate(t.s.claims):
        if t.s.text[t.s.at[i]] == QUANTITY and claim.kind in ("count", "amount") and claim.approx is None:
            told[_digits(claim)].append(claim)
    for total in totals:
        yield from _compared(total, [claim for claim in told[_digits(total)] if claim.kind == total.kind])


def _totals(grid: Grid) -> Iterator[Claim]:
    for row in grid.rows:
        if row[0].claim is None and TOTAL_ROW.match(row[0].words):
            yield from (cell.claim for cell in row if cell.claim and len(set(_digits(cell.claim))) >= FEWEST_DIGITS)


def _digits(claim: Claim) -> str:
    return "".join(sorted(str(int(claim.value or 0)).rstrip("0")))


def _compared(total: Claim, told: list[Claim]) -> Iterator[Finding]:
    """The one number of the prose in these digits; where the same total stands there too, the other is another."""
    same = [claim for claim in told if claim.value == total.value]
    if same:
        said = "、".join(dict.fromkeys(text_of(claim) for claim in (total, *same)))
        yield Finding(
            "repeat", "consistent", spans(total, *same), total.value, total.value,
            f"表里的合计和文中说的一致：{said}。", f"The table's total and the text agree: {said}.",
        )  # fmt: skip
    elif len(told) == 1 and len(str(told[0].value)) == len(str(total.value)):
        said = f"{text_of(total)}、{text_of(told[0])}"
        yield Finding(
            "repeat", "contradiction", spans(total, told[0]), told[0].value, total.value,
            f"表里的合计和文中说的不一致：{said}。", f"The table's total and the text differ: {said}.", told[0].span,
        )  # fmt: skip
