"""A share of several numbers together: `交通类783件、建设类579件、政法类562件，占工单总量的77%`.

The last of a row stands right before 占 and is no part of its own: where all of the row fit a whole told before, they
are meant. Where the words say so (合计占), nothing else is.
"""

from collections.abc import Iterator
from itertools import islice

from gangmu.reading.arithmetic.judge import Result, agrees, divided, figure, finding, testable
from gangmu.reading.arithmetic.language import same_unit
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import HUNDRED, ZERO, Wording

TOGETHER = pattern(
    r"[,;](?:[两二三四五六](?:者|项|类|块|部分)?)?(?:合计|合共|共计|一共|总共|合起来|加起来|共)占[^,;:。]*$"
)
OF = pattern("占[^,;:。]*$")
JOINTS = ("、", "和", "及", "与")
MOST_PARTS, FARTHEST, FEWEST = 9, 60, 2


def says_together(t: Structure, i: int) -> list[int]:
    """The numbers before 合计占 in its sentence, in the measure of the last; none where the words do not say so."""
    if not i or TOGETHER.search(t.s.leads[i]) is None or not t.is_quantity(i - 1):
        return []
    near = t.s.between(t.s.bounds[i][0], t.s.at[i])[-MOST_PARTS:]
    return [j for j in near if t.is_stock(j) and t.claims[j].unit == t.claims[i - 1].unit]


def row_before(t: Structure, i: int) -> list[int]:
    """The numbers set side by side right before 占, of which the last one is no part of its own; none where it is."""
    if not i or OF.search(t.s.leads[i]) is None or not t.is_quantity(i - 1):
        return []
    row = [i - 1]
    while row[0] and len(row) < MOST_PARTS and t.s.leads[row[0]].startswith(JOINTS):
        before = row[0] - 1
        if t.s.at[before] < t.s.bounds[i][0] or not t.is_stock(before) or t.claims[before].unit != t.claims[i - 1].unit:
            break
        row.insert(0, before)
    return row


def of_parts_together(t: Structure, i: int, row: list[int], wording: Wording) -> Iterator[Finding]:
    """The share that they are together of the first whole told before them that fits, if any.

    What a bracket says of one of them may be left out: 扑救17.4万起（另有0.2万起…），救援10.4万起，合计占70.7%.
    """
    outside = [j for j in row if not t.s.leads[j].startswith("(")]
    found = (_of_whole(t, i, parts, wording) for parts in (row, outside))
    yield from islice((f for f in found if f is not None), 1)


def _of_whole(t: Structure, i: int, parts: list[int], wording: Wording) -> Finding | None:
    claims, stated = [t.claims[j] for j in parts], t.claims[i]
    if len(parts) < FEWEST or stated.value is None or not testable(*claims):
        return None
    together = claims[0]._replace(value=sum((c.value or ZERO for c in claims), ZERO))
    for j in t.stocks_before(parts[0], 0, FARTHEST):
        comparable = same_unit(t.claims[j], claims[0]) and testable(t.claims[j])
        result = divided(together, t.claims[j], wording, HUNDRED) if comparable else None
        if result is not None and result.value <= HUNDRED and agrees(result, stated, wording):
            shown = f"({' + '.join(map(figure, claims))}) ÷ {figure(t.claims[j])}"
            told = Result(result.value, result.reach, shown)
            return finding("share", stated, (*claims, t.claims[j]), told, holds=True, unit="%")
    return None
