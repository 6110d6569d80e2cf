"""Changes called wrong that other numbers of their sentence explain: `前年125件、去年118件、今年104件，两年下降16.8%`.

Of three states in turn the one before may not be the one meant, where the words name a span of years. What any two of
them give is soon tried; the same two the other way round explain nothing.
"""

from itertools import permutations

from gangmu.reading.arithmetic.accounted import without_accounted
from gangmu.reading.arithmetic.judge import agrees, divided, grown, subtracted, testable
from gangmu.reading.arithmetic.marks import PERCENT, POINTS, TIMES
from gangmu.reading.arithmetic.miswritten import digits
from gangmu.reading.arithmetic.order_in_time import names_another_time
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding, Span
from gangmu.reading.wording import ZERO, Wording

SPAN = pattern(r"[两二三四五六七八九十几\d]年(?![前初底末])")
BASE = pattern("[前去上]年")
FORMER = pattern("[前去上]年|同期")
CHANGES = ("growth", "multiple", "points", "difference")
MOST_STATES, FARTHEST_STATES = 6, 40
MANY_DIGITS = 3
PAIR = 2


def without_explained(t: Structure, found: list[Finding], wording: Wording) -> list[Finding]:
    """`found` without the changes called wrong though two other states of their sentence give them."""
    found = without_accounted(t, found, wording)
    if not any(f.verdict == "contradiction" and f.type in (*CHANGES, "part_of") for f in found):
        return found
    places = {claim.span: i for i, claim in enumerate(t.s.claims)}
    return [f for f in found if not (_is_of_two_times(t, f, places) or _is_explained(t, f, places, wording))]


def _is_of_two_times(t: Structure, f: Finding, places: dict[Span, int]) -> bool:
    """`民宿去年有48家，眼下营业的是60家`: what there is now is no part of what there was."""
    if f.verdict != "contradiction" or f.type != "part_of" or len(f.spans) != PAIR:
        return False
    one, other = (t.s.leads[places[span]] if span in places else "" for span in f.spans)
    return names_another_time(one, other) or names_another_time(other, one)


def _is_explained(t: Structure, f: Finding, places: dict[Span, int], wording: Wording) -> bool:
    if f.verdict != "contradiction" or f.type not in CHANGES or f.suspect not in places:
        return False
    i = places[f.suspect]
    if _names_another_year(t, i, [places[span] for span in f.spans if span != f.suspect and span in places]):
        return True
    if _is_of_another_state(t, f, i, places, wording):
        return True
    if not SPAN.search(t.s.clauses[i]):
        return False
    used = {places[span] for span in f.spans if span in places} - {i}
    near = t.s.between(*t.s.bounds[i])
    if not used or i not in near:
        return False
    like = t.claim(max(used))
    states = [j for j in near if j != i and t.s.marks[j] == t.s.marks[max(used)] and t.claims[j].unit == like.unit][
        -MOST_STATES:
    ]
    others = (pair for pair in permutations(states, 2) if not used.issuperset(pair))
    return any(_gives(t.claims[new], t.claims[old], t.claims[i], t.s.marks[i], wording) for new, old in others)


def _is_of_another_state(t: Structure, f: Finding, i: int, places: dict[Span, int], wording: Wording) -> bool:
    """`共收购46500吨…其中市场化收购27900吨。与上年的38750吨比，增加7750吨，增长20%`: the state meant was told before.

    One that with an operand gives the gap to the last digit; of a rate also what gives the gap beside it.
    """
    used = [places[span] for span in f.spans if span != f.suspect and span in places]
    before = [j for j in t.stocks if j < i and j not in used][-FARTHEST_STATES:]
    if f.type == "difference":
        return any(_is_gap(t, state, base, i) for base in used for state in before)
    if f.type != "growth" or not t.is_percent(i):
        return False
    gaps = [j for j in t.quantities if j != i and j not in used and t.s.bounds[j] == t.s.bounds[i]]
    return any(
        _is_gap(t, state, base, gap) and _gives(t.claims[state], t.claims[base], t.claims[i], PERCENT, wording)
        for base in used
        for state in before
        for gap in gaps
        if state != gap
    )


def _is_gap(t: Structure, state: int, base: int, gap: int) -> bool:
    """Whether two states lie just so far apart: near by, or with digits too many for chance."""
    one, other, stated = t.claims[state], t.claims[base], t.claims[gap]
    if not one.unit == other.unit == stated.unit or not testable(one, other, stated):
        return False
    if abs((one.value or ZERO) - (other.value or ZERO)) != stated.value:
        return False
    if t.s.paragraph(t.s.at[state]) == t.s.paragraph(t.s.at[gap]):
        return len(digits(stated)) > 1
    return t.s.bounds[base] == t.s.bounds[gap] and len(digits(stated)) >= MANY_DIGITS


def _names_another_year(t: Structure, i: int, used: list[int]) -> bool:
    """`比前年翻了一番` over this year's number and last year's: the base it names is none of them."""
    clause = t.s.clauses[i]
    if not BASE.search(clause):
        return False
    former = [j for j in used if FORMER.search(t.s.leads[j])]
    return bool(former) and all(names_another_time(clause, t.s.leads[j]) for j in former)


def _gives(new: Claim, old: Claim, stated: Claim, mark: str, wording: Wording) -> bool:
    """Whether from `old` to `new` is what the change says, up or down."""
    if not testable(new, old, stated):
        return False
    if mark == POINTS:
        result = subtracted(new, old, wording)
    elif mark == TIMES:
        times = divided(new, old, wording)
        return times is not None and agrees(times, stated, wording)
    else:
        rate = grown(new, old, wording) if mark == PERCENT else None
        if rate is None:
            return False
        result = rate
    return any(agrees(result, stated, wording, sign=sign) for sign in (1, -1))
