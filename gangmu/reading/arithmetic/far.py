"""Relations one of whose numbers stands sentences or paragraphs away: tried where nothing near explains a figure."""

from collections.abc import Callable, Iterator

from gangmu.reading.arithmetic.elsewhere import Nouns
from gangmu.reading.arithmetic.far_alone import changes_alone, gaps_alone, rates_alone, remainders_alone
from gangmu.reading.arithmetic.far_changes import changes_elsewhere
from gangmu.reading.arithmetic.far_shares import averages_elsewhere, shares_elsewhere
from gangmu.reading.arithmetic.far_sums import parts_elsewhere, remainders_elsewhere, sums_elsewhere
from gangmu.reading.arithmetic.far_wholes import averages_alone, breakdowns_elsewhere, sums_in_turn
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

RULES: tuple[Callable[[Nouns, int, Wording], Iterator[Finding]], ...] = (
    shares_elsewhere,
    averages_elsewhere,
    changes_elsewhere,
    remainders_elsewhere,
    sums_elsewhere,
    parts_elsewhere,
    changes_alone,
    rates_alone,
    remainders_alone,
    gaps_alone,
    sums_in_turn,
    breakdowns_elsewhere,
    averages_alone,
)


def from_afar(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every figure whose operands are told partly beside it and partly elsewhere."""
    if len(t.s.at) < 2:
        return
    n = Nouns(t)
    for i in range(len(t.s.at)):
        found = [f for rule in RULES for f in rule(n, i, wording)]
        right = [f for f in found if f.verdict == "consistent"]
        yield from right or found[:1]
