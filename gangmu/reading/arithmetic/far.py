"""Relations one of whose numbers stands sentences or paragraphs away: tried where nothing near explains a figure."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.cues import FALL, RISE
from gangmu.reading.arithmetic.elsewhere import Nouns
from gangmu.reading.arithmetic.far_alone import changes_alone, gaps_alone, rates_alone, remainders_alone
from gangmu.reading.arithmetic.far_changes import (
    WIDTHS,
    changes_elsewhere,
    changes_since_beginning,
    times_elsewhere,
)
from gangmu.reading.arithmetic.far_shares import averages_elsewhere, shares_elsewhere
from gangmu.reading.arithmetic.far_sums import (
    REST_WORDS,
    TOGETHER,
    TOTALS,
    parts_elsewhere,
    remainders_elsewhere,
    sums_elsewhere,
)
from gangmu.reading.arithmetic.far_wholes import WHOLE_YEARS, averages_alone, breakdowns_elsewhere, sums_in_turn
from gangmu.reading.arithmetic.named_parts import named_parts_elsewhere
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

Rule = Callable[[Nouns, int, Wording], Iterator[Finding]]

OF_CHANGES = searched(rf"{RISE}|{FALL}|{WIDTHS}|[是为多少超翻]|相当于|达")
OF_AVERAGES, OF_REST = searched("[均每]"), searched(REST_WORDS)
# Every rule with the signs that lead it to a number, as in `rules`.
RULES: tuple[tuple[Rule, re.Pattern[str]], ...] = (
    (shares_elsewhere, searched("占|率|比例|比重|即|就是|相当于|合")),
    (averages_elsewhere, OF_AVERAGES),
    (changes_elsewhere, OF_CHANGES),
    (changes_since_beginning, OF_CHANGES),
    (times_elsewhere, searched("的")),
    (remainders_elsewhere, OF_REST),
    (sums_elsewhere, TOGETHER),
    (changes_alone, OF_CHANGES),
    (rates_alone, searched("[率度面]|占比|比例|比重")),
    (remainders_alone, OF_REST),
    (gaps_alone, searched("[比较]")),
    (sums_in_turn, searched(f"{TOTALS}|{WHOLE_YEARS}")),
    (averages_alone, OF_AVERAGES),
)
# What opens the sentence of a number leads these to it.
OPENED: tuple[tuple[Rule, re.Pattern[str]], ...] = (
    (parts_elsewhere, pattern("[中里]")),
    (named_parts_elsewhere, pattern("[中里]")),
    (breakdowns_elsewhere, pattern("[中里其分包构由从按类项处个片:]")),
)


def from_afar(n: Nouns, wording: Wording) -> Iterator[Finding]:
    """A finding for every figure whose operands are told partly beside it and partly elsewhere."""
    t = n.t
    asked: dict[int, list[Rule]] = defaultdict(list)
    for rule, signs in RULES:
        for i in t.s.led_by(signs):
            asked[i].append(rule)
    for rule, signs in OPENED:
        for i in opened_by(t, signs):
            asked[i].append(rule)
    for i in sorted(asked) if len(t.s.at) > 1 else ():
        found = [f for rule in asked[i] for f in rule(n, i, wording)]
        right = [f for f in found if f.verdict == "consistent"]
        yield from right or found[:1]


def opened_by(t: Structure, signs: re.Pattern[str]) -> Iterator[int]:
    """The stocks before which their sentence holds a match of `signs`."""
    start, told = -1, False
    for i in t.stocks:
        first, at = t.s.bounds[i][0], t.s.at[i]
        if first != start:
            start, told, read = first, False, first
        told = told or signs.search(t.s.text, read, at) is not None
        read = at
        if told:
            yield i
