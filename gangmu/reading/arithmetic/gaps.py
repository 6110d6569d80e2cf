"""Differences told sentences away from the state they are counted from.

`去年…平均分是86.4分，…我记得很清楚。今年…得分是91.2分，涨了5.8分`: a bare verb of coming or going behind a number
speaks of it and of the one of its unit in the sentence before, where their words of time say which came first.
"""

from collections.abc import Iterator

from gangmu.reading.arithmetic.cues import FALL, RISE
from gangmu.reading.arithmetic.judge import agrees, finding, subtracted, testable
from gangmu.reading.arithmetic.order_in_time import earlier
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.thirds import is_near_miss
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

BARE = pattern(rf"^,(?:足足|整整|又|净|一下子|硬是|共)?(?:(?P<up>{RISE}|添|长)|{FALL}|省|掉)(?:了|出)$")
LONGEST = 9  # signs of such words
OF_OTHERS = pattern("其中|每|[人户村亩]均|计划|目标|分别|占")


def gaps(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every difference whose former state stands in the sentence before its own."""
    known = {outcome.at for pair in t.comparisons for outcome in pair.outcomes}
    for i in t.quantities:
        lead = t.s.leads[i]
        said = BARE.match(lead) if i > 1 and i not in known and lead.startswith(",") and len(lead) < LONGEST else None
        old = _former(t, i) if said else None
        if said is None or old is None:
            continue
        new, stated = t.claim(i - 1), t.claim(i)
        result = subtracted(new, t.claim(old), wording)
        holds = agrees(result, stated, wording, sign=1 if said["up"] else -1)
        if holds or is_near_miss(result.value if said["up"] else -result.value, stated):
            shown = result if result.value >= 0 else subtracted(t.claim(old), new, wording)
            yield finding("difference", stated, (new, t.claim(old)), shown, holds=holds)


def _former(t: Structure, i: int) -> int | None:
    """The only number of the unit in the sentence before, told of a time before that of claim `i - 1`."""
    start = t.s.bounds[i][0]
    new = t.claim(i - 1)
    if t.s.at[i - 1] < start or start < 2 or t.s.text[start - 1] == "\n" or OF_OTHERS.search(t.s.clauses[i - 1]):
        return None
    own = [j for j in t.s.between(start, t.s.at[i - 1]) if t.claim(j).unit == new.unit]
    before = t.s.sentence(start - 2)[0]
    alike = [j for j in t.s.between(before, start) if t.is_quantity(j) and t.claim(j).unit == new.unit]
    if own or len(alike) != 1 or not testable(t.claim(i), new, t.claim(alike[0])) or t.claim(i).unit != new.unit:
        return None
    then, now = t.s.text[before : t.s.at[alike[0]]], t.s.text[start : t.s.at[i - 1]]
    return alike[0] if earlier(then, now) < 0 and not OF_OTHERS.search(t.s.clauses[alike[0]]) else None
