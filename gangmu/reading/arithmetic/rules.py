"""All rules in their order, and which signs lead those that read number by number to a number.

A rule that is `Led` is asked only at numbers beside which one of its signs stands. Here alone it is said which these
are: one search of the sentences that tell numbers finds them, and where they are absent the rule costs nothing. A test
asks every such rule at all other numbers as well: there it must find nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.accounts import accounts
from gangmu.reading.arithmetic.among_columns import among_columns
from gangmu.reading.arithmetic.another import against_another
from gangmu.reading.arithmetic.balance import balances
from gangmu.reading.arithmetic.bands import OPEN_ENDED, bands
from gangmu.reading.arithmetic.breakdowns import breakdowns
from gangmu.reading.arithmetic.cells import cells
from gangmu.reading.arithmetic.closed import closed
from gangmu.reading.arithmetic.columns import columns
from gangmu.reading.arithmetic.complements import complements
from gangmu.reading.arithmetic.composed import composed
from gangmu.reading.arithmetic.conversions import SIGNS, conversion
from gangmu.reading.arithmetic.denied import denied
from gangmu.reading.arithmetic.difference import LEFT_WORDS, differences, present, remainder
from gangmu.reading.arithmetic.exclusive import exclusive, of_one_pattern
from gangmu.reading.arithmetic.growth import growths, growths_in_turn
from gangmu.reading.arithmetic.halves import halves
from gangmu.reading.arithmetic.in_a_row import TELLING_SIGNS, in_a_row
from gangmu.reading.arithmetic.kept import kept
from gangmu.reading.arithmetic.limit import limits
from gangmu.reading.arithmetic.limit_referred import limit_referred
from gangmu.reading.arithmetic.listed import listed
from gangmu.reading.arithmetic.mis_summed import mis_summed, named_back, summed_up
from gangmu.reading.arithmetic.multiple import multiples
from gangmu.reading.arithmetic.named import named
from gangmu.reading.arithmetic.named_parts import named_parts
from gangmu.reading.arithmetic.overfull import REST_WORDS, over_with_rest, overfull
from gangmu.reading.arithmetic.part_of import STEPPED, headless, narrowing, parts_of, some_of_named
from gangmu.reading.arithmetic.per import pers
from gangmu.reading.arithmetic.per_capita import per_capita
from gangmu.reading.arithmetic.points import points
from gangmu.reading.arithmetic.quoted import quoted
from gangmu.reading.arithmetic.repeat import repeats
from gangmu.reading.arithmetic.retold import retold
from gangmu.reading.arithmetic.set_rates import set_rate
from gangmu.reading.arithmetic.share import shares
from gangmu.reading.arithmetic.sifted import sifted
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.table_told import told_of_tables
from gangmu.reading.arithmetic.tables import tables
from gangmu.reading.arithmetic.thirds import TELLING, TELLING_BEHIND, third
from gangmu.reading.arithmetic.totals_by_name import TOGETHER, total_by_name
from gangmu.reading.arithmetic.unit import units
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

Detector = Callable[[Structure, Wording], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Led:
    """A rule asked at one number after another, and the signs in the words before a number that lead to it.

    `behind`: signs that lead to it from the words behind it. `by_label`: `signs` do so from all words that say what the
    number counts (`label`).
    """

    find: Callable[[Structure, int, Wording], Iterator[Finding]]
    signs: re.Pattern[str]
    behind: re.Pattern[str] | None = None
    by_label: bool = False

    def __call__(self, t: Structure, wording: Wording) -> Iterator[Finding]:
        """What the rule finds in a document."""
        for i in self.places(t):
            yield from self.find(t, i, wording)

    def places(self, t: Structure) -> list[int]:
        """The numbers beside which a sign stands, in text order."""
        led = t.s.labelled_by(self.signs) if self.by_label else t.s.led_by(self.signs)
        return sorted({*led, *t.s.followed_by(self.behind)}) if self.behind else led


DETECTORS: tuple[Detector, ...] = (
    shares,
    growths,
    Led(growths_in_turn, searched("分别")),
    points,
    multiples,
    differences,
    Led(remainder, searched(LEFT_WORDS), by_label=True),
    Led(present, searched("实到|到会")),
    Led(denied, searched("[不没未]"), behind=searched("[未没不]|无法")),
    against_another,
    Led(named, searched("[比较者差是]")),
    balances,
    accounts,
    sifted,
    composed,
    closed,
    complements,
    halves,
    breakdowns,
    exclusive,
    mis_summed,
    Led(summed_up, searched(",")),
    Led(named_back, searched("以上|上述|前述|这")),
    Led(of_one_pattern, searched("的")),
    Led(total_by_name, searched(TOGETHER)),
    Led(bands, searched(OPEN_ENDED)),
    parts_of,
    Led(narrowing, STEPPED),
    Led(headless, searched("的")),
    Led(some_of_named, searched("[里中]")),
    Led(named_parts, searched("[里中]")),
    pers,
    Led(set_rate, searched("每")),
    per_capita,
    tables,
    columns,
    among_columns,
    told_of_tables,
    cells,
    quoted,
    repeats,
    retold,
    units,
    Led(conversion, searched(f"[{SIGNS}]")),
    limits,
    Led(limit_referred, searched("[最为]")),
    kept,
    listed,
)

thirds = Led(third, searched(TELLING), behind=searched(TELLING_BEHIND))
BEHIND_ONLY = pattern("(?!)")  # no words before a number lead to it
OVER_WITH_REST = Led(over_with_rest, BEHIND_ONLY, behind=searched(REST_WORDS))
IN_A_ROW = Led(in_a_row, searched(f"[{TELLING_SIGNS}]"))
OVERFULL = Led(overfull, searched("[的已尚仍还正未待]"))
