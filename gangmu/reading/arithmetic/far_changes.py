"""Changes one of whose two states stands in another sentence, under the noun they have in common.

`诉讼服务热线接听11212个。…上年只接听了5086个，全年的接听量是上年的2.2倍`: one state stands beside what is said of the
change, told of now or of then; the other is the only one of that noun told of the other time.
"""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.comparisons import Comparison, Outcome, sign_of
from gangmu.reading.arithmetic.elsewhere import (
    Nouns,
    alike,
    are_of_different_parts,
    are_of_unlike_spans,
    around,
    is_elsewhere,
    is_former,
    the_one,
)
from gangmu.reading.arithmetic.far_shares import is_absurd
from gangmu.reading.arithmetic.growth import growth_of
from gangmu.reading.arithmetic.judge import agrees, finding, subtracted, testable
from gangmu.reading.arithmetic.marks import MARK, PERCENT, POINTS, QUANTITY, TIMES
from gangmu.reading.arithmetic.multiple import multiple_of
from gangmu.reading.arithmetic.points import of_two_rates, way
from gangmu.reading.arithmetic.structure import AVERAGE, Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import HUNDRED, ONE, ZERO, Wording

OF_OTHERS = pattern("其中|年均|分别|占|计划|目标|力争|全[国省]|平均水平|[高低]于|累计增长|可比|不变价|实际增长|名义")
TIMES_OF = pattern(r"(?:是|为|相当于|达到?)[^,;。]{0,12}的(?:近|约|将近)?$|(?:增|多|翻|涨|升|提高|扩大)")
WIDTHS = "增幅|涨幅|升幅|增速|增长率|降幅|跌幅|减幅"
WIDTH = pattern(
    "(?:增幅|涨幅|升幅|增速|增长率|(?P<fall>降幅|跌幅|减幅))(?:已|约|近|为|是|高?达|到|了)*$"
)  # 增幅达到18.6%
MORE = pattern("[比较][^,;]{2,10}[多少增减高低]")  # 较上年多登记600户 is no state
BEGINNING = pattern("[年期月季]初")
SINCE = pattern("[比较][年期月季]初")
OVER_THE_YEAR = pattern("一年(?:下来|来|间|之间)?|全年|年内|到年[底末]|年[底末]")
NEAR_STATES = Decimal(4)
NEAR = 60
LONGEST_SENTENCE = 400
FIRST_STATE = 3  # a change stands at most that many figures from its state


def changes_elsewhere(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for a change told beside one state, whose other state is told in another sentence."""
    t = n.t
    sign = direction(t, i)
    if not is_change(t, i, sign) or OF_OTHERS.search(t.s.leads[i]) or t.claims[i].value is None:
        return
    here = _state(t, i, PERCENT if t.s.marks[i] == POINTS else QUANTITY)
    if here is None and t.s.marks[i] == PERCENT:
        here = _state(t, i, PERCENT)  # 参训率93.5%，较去年提高6.3%
    if here is None or not testable(t.claims[here]):
        return
    former = is_former(n, here)
    told = the_one(n, words_before(t, i), _other_states(n, here, former=former))
    if told is None or are_of_unlike_spans(n, here, told.at):
        return
    pair = Comparison(told.at, here, ()) if former else Comparison(here, told.at, ())
    if t.s.marks[here] == PERCENT == t.s.marks[i] and not is_gap(t, pair, i):
        return
    yield from judged_change(t, pair, Outcome(i, sign or 0), wording)


def is_gap(t: Structure, pair: Comparison, i: int) -> bool:
    """Whether a percentage is just what lies between two rates: points, told as a rate of change."""
    new, old = t.claims[pair.new].value or ZERO, t.claims[pair.old].value or ZERO
    return abs(new - old) == t.claims[i].value


def changes_since_beginning(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """`年末75人，比年初少9人`, 年初85人 told elsewhere; `年初只有69.9%，一年下来提高5个百分点`, 76.6% told there."""
    t = n.t
    sign = direction(t, i)
    if t.s.marks[i] == TIMES or not is_change(t, i, sign) or OF_OTHERS.search(t.s.leads[i]):
        return
    here = _state(t, i, PERCENT if t.s.marks[i] == POINTS else QUANTITY)
    if here is None or not testable(t.claims[here], t.claims[i]):
        return
    begun = BEGINNING.search(t.s.leads[here]) is not None
    if not (OVER_THE_YEAR if begun else SINCE).search(t.s.leads[i]) or is_former(n, here):
        return
    told = the_one(n, words_before(t, here), _of_the_other_end(n, here, begun=begun))
    if told is not None:
        pair = Comparison(told.at, here, ()) if begun else Comparison(here, told.at, ())
        yield from judged_change(t, pair, Outcome(i, sign or 0), wording)


def _states_elsewhere(t: Structure, here: int) -> Iterator[int]:
    """The figures of other sentences in the measure of `here` that tell a state as it does: of all, or of each."""
    for j in around(t, here):
        alike = t.s.marks[j] == t.s.marks[here] and t.claims[j].unit == t.claims[here].unit
        if not alike or not is_elsewhere(t, here, j) or t.claims[j].kind in ("change", "norm"):
            continue
        if testable(t.claims[j]) and _is_average(t, j) == _is_average(t, here):
            yield j


def _of_the_other_end(n: Nouns, here: int, *, begun: bool) -> list[int]:
    """The figures of other sentences in the measure of `here` that are told of the year's other end."""
    t = n.t
    return [
        j
        for j in _states_elsewhere(t, here)
        if (BEGINNING.search(t.s.leads[j]) is not None) != begun
        and not is_former(n, j)
        and not are_of_different_parts(n, here, j)
    ]


BASE_NAMED = pattern("(?:是|为|相当于|达到?)(?:了|约|近)*(?P<base>[^,。;的]{3,12})的(?:近|约)?$")


def times_elsewhere(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """`网上办件1162件，为窗口办件的4.4倍`: of a number told elsewhere by the name of the base."""
    t = n.t
    said = BASE_NAMED.search(t.s.clauses[i]) if t.s.marks[i] == TIMES and i else None
    if said is None or not t.is_quantity(i - 1) or not testable(t.claims[i - 1]) or t.s.at[i - 1] < t.s.bounds[i][0]:
        return
    those = [j for j in alike(t, i - 1) if j != i and testable(t.claims[j]) and is_former(n, j) == is_former(n, i - 1)]
    told = the_one(n, said["base"], those)
    if told is not None and not are_of_different_parts(n, i - 1, told.at):
        yield from judged_change(t, Comparison(i - 1, told.at, ()), Outcome(i, 0), wording)


def direction(t: Structure, i: int) -> int | None:
    """1 where claim `i` says how much something rose, -1 fell, None where it says no change."""
    sign, width = sign_of(t.s, i), WIDTH.search(t.s.clauses[i])
    return (-1 if width["fall"] else 1) if sign is None and width and t.claims[i].kind == "change" else sign


def is_change(t: Structure, i: int, sign: int | None) -> bool:
    """Whether claim `i` tells by how much, or how many times over, something changed; `sign` is its direction."""
    mark = t.s.marks[i]
    if mark == TIMES:
        return TIMES_OF.search(t.s.clauses[i]) is not None
    if mark == QUANTITY:
        return sign is not None and t.claims[i].kind == "change"
    return mark in (PERCENT, POINTS) and sign is not None


def _state(t: Structure, i: int, mark: str) -> int | None:
    """The only state of that mark that the sentence of change `i` tells before it, or in brackets behind it."""
    start, end = t.s.bounds[i]
    states = [
        j
        for j in t.s.between(start, end)
        if j != i
        and t.s.marks[j] == mark
        and t.claims[j].kind not in ("change", "norm")
        and sign_of(t.s, j) is None
        and not MORE.search(t.s.clauses[j])
    ]
    if t.s.marks[i] == QUANTITY:
        states = [j for j in states if t.claims[j].unit == t.claims[i].unit]
    if len(states) != 1 or "其中" in t.s.leads[states[0]] or abs(states[0] - i) > FIRST_STATE:
        return None
    return states[0] if states[0] < i or t.s.leads[states[0]].startswith("(") else None


def words_before(t: Structure, i: int) -> str:
    """The words of the sentence of claim `i` before it, its numbers left open; of an endless one those nearest."""
    return MARK.sub("|", t.s.text[max(t.s.bounds[i][0], t.s.at[i] - LONGEST_SENTENCE) : t.s.at[i]])


def _other_states(n: Nouns, here: int, *, former: bool) -> list[int]:
    """The figures of other sentences in the measure of `here`, told of the other time."""
    t = n.t
    return [
        j
        for j in _states_elsewhere(t, here)
        if sign_of(t.s, j) is None and is_former(n, j) != former and not are_of_different_parts(n, here, j)
    ]


def _is_average(t: Structure, j: int) -> bool:
    return "亩产" in t.s.clauses[j] or AVERAGE.search(t.s.clauses[j]) is not None


def _is_far_apart(t: Structure, pair: Comparison) -> bool:
    low, high = sorted(abs(t.claims[j].value or ZERO) for j in (pair.new, pair.old))
    return high > NEAR_STATES * low


def judged_change(t: Structure, pair: Comparison, outcome: Outcome, wording: Wording) -> Iterator[Finding]:
    """What two states make of a change, unless they are surely not its own."""
    if _is_far_apart(t, pair) and t.s.marks[outcome.at] != TIMES:
        return
    mark, stated = t.s.marks[outcome.at], t.claims[outcome.at]
    new, old = t.claims[pair.new], t.claims[pair.old]
    found: Finding | None = None
    if mark == TIMES:
        found = next(multiple_of(t.s, pair, outcome.at, wording), None)
    elif mark == QUANTITY:
        result = subtracted(new, old, wording)
        holds = agrees(result, stated, wording, sign=outcome.sign)
        shown = result if result.value >= 0 else subtracted(old, new, wording)
        found = finding("difference", stated, (new, old), shown, holds=holds)
    elif t.s.marks[pair.new] == PERCENT:
        found = of_two_rates(new, old, stated, outcome.sign or way(new, old), wording)
    else:
        found = growth_of(t.s, pair, outcome, wording)
    if found and found.verdict != "consistent":
        told = _is_told(t, pair, outcome.at, found.computed or ZERO)
        said = (stated.value or ZERO) / HUNDRED + ONE if "番" in stated.text else stated.value
        found = None if told or is_absurd(found.computed or ZERO, said) else found
    if found:
        yield found


def _is_told(t: Structure, pair: Comparison, i: int, computed: Decimal) -> bool:
    """Whether another figure beside either state is the change computed: then this one is of something else."""
    places = [t.s.at[j] for j in (pair.new, pair.old)]
    return any(
        j != i
        and t.s.marks[j] == t.s.marks[i]
        and min(abs(t.s.at[j] - place) for place in places) < NEAR
        and t.claims[j].value is not None
        and abs(abs(computed) - (t.claims[j].value or ZERO)) < t.claims[j].worth
        for j in around(t, i)
    )
