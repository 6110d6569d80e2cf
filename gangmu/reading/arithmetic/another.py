"""A number held against that of another of its kind.

`甲村320户，比乙村的286户多34户`, `23.5%，比南坪镇（21.5%）高2个百分点`: both numbers are of one time, and words
name the other. Comparisons over time are read in `comparisons`.
"""

from collections.abc import Iterator

from gangmu.reading.arithmetic.judge import agrees, finding, subtracted, testable
from gangmu.reading.arithmetic.language import same_unit
from gangmu.reading.arithmetic.marks import MARKS, NUMBER, PERCENT, POINTS, QUANTITY
from gangmu.reading.arithmetic.points import of_two_rates
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

NEAR = f"[^。!?,;:()\n{MARKS}]"
AGAINST = pattern(
    rf"(?P<one>{NUMBER}){NEAR}{{0,4}},(?:也|还|又|分别)?[比较](?P<whom>{NEAR}{{1,14}}?)的?(?P<open>\()?(?P<other>{NUMBER})"
    rf"(?(open)\))还?(?P<sign>[多高快大长重]|[少低慢小短轻])(?:出|了|收|用|花|建)?(?P<by>[{QUANTITY}{PERCENT}{POINTS}])"
)
LESS = "少低慢小短轻"


def against_another(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every difference told between two of a kind, in the measure of both or in percentage points."""
    for match in AGAINST.finditer(t.s.text):
        one, other, by = (t.claims[t.s.index(match.start(name))] for name in ("one", "other", "by"))
        if not testable(one, other, by) or not same_unit(one, other):
            continue
        sign = -1 if match["sign"] in LESS else 1
        if match["by"] == QUANTITY and same_unit(one, by):
            result = subtracted(one, other, wording) if sign > 0 else subtracted(other, one, wording)
            yield finding("difference", by, (one, other), result, holds=agrees(result, by, wording))
        elif match["one"] == PERCENT and match["by"] == POINTS:
            yield of_two_rates(one, other, by, sign, wording)
