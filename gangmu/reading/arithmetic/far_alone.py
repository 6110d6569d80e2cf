"""Figures told alone in their sentence: what they come of stands elsewhere, each number under the same noun.

`今年门诊量30万人次。…去年24万人次。…门诊量上升25%`; `食堂收入210万元。…食堂支出198万元。…食堂结余12万元`.
With nothing beside them to hold on to, all operands must share the noun and be the only ones that do.
"""

from collections.abc import Iterator
from itertools import islice

from gangmu.reading.arithmetic.comparisons import FRAMES, Comparison, Outcome, sign_of
from gangmu.reading.arithmetic.cues import DEEDS, FALL, RISE
from gangmu.reading.arithmetic.elsewhere import (
    AHEAD,
    PART_OF_YEAR,
    Nouns,
    are_of_different_parts,
    are_of_unlike_spans,
    around,
    beside,
    is_covered,
    is_elsewhere,
    is_former,
    shared,
    signs,
    stocks_around,
    the_one,
    told_apart,
    world,
)
from gangmu.reading.arithmetic.far_changes import OF_OTHERS, direction, is_change, is_gap, judged_change, words_before
from gangmu.reading.arithmetic.far_shares import NOT_SHARED, is_absurd, is_given
from gangmu.reading.arithmetic.far_sums import LEFT
from gangmu.reading.arithmetic.judge import agrees, divided, finding, subtracted, testable
from gangmu.reading.arithmetic.marks import PERCENT, POINTS, QUANTITY
from gangmu.reading.arithmetic.order_in_time import earlier, names_another_time
from gangmu.reading.arithmetic.share_cues import GAP, OWED, RATE
from gangmu.reading.arithmetic.structure import AVERAGE, Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding, FindingType
from gangmu.reading.wording import HUNDRED, ZERO, Wording

# 石桥村比柳湾村多140亩: two of a kind, each by its name.
AGAINST = pattern(
    r"(?P<one>[\u4e00-\u9fff]{1,12}?)(?:比|较)(?P<other>[\u4e00-\u9fff]{2,8}?)(?:(?P<more>[多高大长增升])|[少低小短减降下])"
    r"[\u4e00-\u9fff]{0,4}$"
)
CHANGING = pattern(rf"同比|环比|比|较|{RISE}|{FALL}|翻|是|相当")
THEREFORE = pattern("因此|由此|随之|相应|据此|也就|分别")
WHOLE = pattern("应|计划|任务|总|与|和|跟")
OPEN = pattern("主要|例如|比如|重点|其中|等")
PAIR = 2
SURE = 2  # pairs of signs that what was done must share with a whole told beside the rest
Pair = tuple[int, int]


def changes_alone(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for a change whose two states are told in other sentences, one of now and one of then."""
    t = n.t
    sign = direction(t, i)
    if not is_change(t, i, sign) or OF_OTHERS.search(t.s.leads[i]) or t.claims[i].value is None:
        return
    marks = {PERCENT: QUANTITY + PERCENT, POINTS: PERCENT}.get(t.s.marks[i], QUANTITY)
    if any(t.s.marks[j] in marks and j != i for j in t.s.between(*t.s.bounds[i])):
        return
    pairs = [pair for mark in marks for pair in _states(n, i, mark)]
    if t.s.marks[i] == PERCENT:  # 升幅为7.8%, of two rates: only where it is what lies between them
        pairs = [pair for pair in pairs if t.s.marks[pair[0]] == QUANTITY or is_gap(t, Comparison(*pair, ()), i)]
    verb = CHANGING.search(t.s.clauses[i])
    subject = FRAMES.sub("", t.s.clauses[i][: verb.start()]) if verb else ""
    if len(pairs) == 1 and is_covered(n, subject, pairs[0]):
        yield from judged_change(t, Comparison(*pairs[0], ()), Outcome(i, sign or 0), wording)


def _states(n: Nouns, i: int, mark: str) -> Iterator[Pair]:
    """In each measure the one figure of now and the one of then that the words of change `i` speak of: (new, old)."""
    t = n.t
    words = words_before(t, i)
    asked = signs(words)
    those = [j for j in _plain(t, i, mark) if shared(n, asked, j)]
    for unit in dict.fromkeys(t.claims[j].unit for j in those):
        like = [j for j in those if t.claims[j].unit == unit]
        pair = _set_beside(n, like) or _in_turn(n, i, like) or _now_and_then(n, words, like)
        if pair is None or not shared(n, asked, pair[0]) & shared(n, asked, pair[1]):
            continue
        if not names_another_time(t.s.clauses[i], t.s.text[t.s.bounds[pair[1]][0] : t.s.at[pair[1]]]):
            yield pair


def _set_beside(n: Nouns, like: list[int]) -> Pair | None:
    """The one pair of these figures that a sentence sets side by side: 从70.7%升至76.1%."""
    pairs = [(pair.new, pair.old) for pair in n.t.comparisons if pair.new in like and pair.old in like]
    alike = len(pairs) == 1 and not are_of_unlike_spans(n, *pairs[0]) and not are_of_different_parts(n, *pairs[0])
    return pairs[0] if alike else None


def _in_turn(n: Nouns, i: int, like: list[int]) -> Pair | None:
    """Of exactly two figures the later and the earlier one, by any words of time: 改造前 and 改造后, two quarters."""
    if len(like) != PAIR:
        return None
    one, other = (n.t.s.text[n.t.s.bounds[j][0] : n.t.s.at[j]] for j in like)
    order = earlier(one, other)
    times = [world(n, j).classes[0] for j in like]
    if order == 0 or bool(times[0]) != bool(times[1]) or (times[0] != times[1] and "同比" in n.t.s.leads[i]):
        return None  # a quarter is not held against a year, nor against the quarter before as of last year
    return (like[1], like[0]) if order < 0 else (like[0], like[1])


def _now_and_then(n: Nouns, words: str, like: list[int]) -> Pair | None:
    """The one figure of the document's time and the one of a former time that `words` speak of."""
    new = the_one(n, words, [j for j in like if not is_former(n, j)])
    old = the_one(n, words, [j for j in like if is_former(n, j)])
    if new is None or old is None or are_of_different_parts(n, new.at, old.at):
        return None
    if are_of_unlike_spans(n, new.at, old.at):
        return None
    return new.at, old.at


def _plain(t: Structure, i: int, mark: str) -> list[int]:
    """The figures of other sentences that stand for a state: no change, no average, no plan."""
    return [
        j
        for j in around(t, i)
        if t.s.marks[j] == mark
        and is_elsewhere(t, i, j)
        and t.claims[j].kind not in ("change", "norm")
        and testable(t.claims[j])
        and sign_of(t.s, j) is None
        and not AVERAGE.search(t.s.clauses[j])
        and not AHEAD.search(t.s.clauses[j])
    ]


def rates_alone(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for a rate named after a deed whose part and whole are told in other sentences."""
    t, clause = n.t, n.t.s.clauses[i]
    rate = RATE.search(THEREFORE.sub("", clause)) if t.s.marks[i] == PERCENT and t.claims[i].kind == "ratio" else None
    if rate is None or NOT_SHARED.search(clause) or not testable(t.claims[i]) or AHEAD.search(t.s.leads[i]):
        return
    deeds = DEEDS.get(rate["stem"][-2:], (rate["stem"][-2:],))
    inside = [j for j in t.s.between(*t.s.bounds[i]) if t.is_stock(j)]
    if len(inside) > 1 or any(_did(t, j, deeds) for j in inside):
        return
    did = [j for j in stocks_around(t, i) if is_elsewhere(t, i, j) and _did(t, j, deeds)]
    part = the_one(n, words_before(t, i), did, i, modified=False)
    if part is None:
        return
    one = t.claims[part.at]
    larger = [
        j
        for j in inside or stocks_around(t, i)
        if j != part.at and t.claims[j].unit == one.unit and (t.claims[j].value or ZERO) > (one.value or ZERO)
    ]
    words = f"{words_before(t, i)}|{beside(t, part.at)}"
    called = the_one(n, words, larger, part.at)
    whole = called.at if called else _right_before(t, part.at, larger)
    if whole is None or not testable(t.claims[whole]) or not is_covered(n, rate["stem"], (part.at, whole)):
        return
    result = divided(one, t.claims[whole], wording, HUNDRED)
    if result is None:
        return
    holds = agrees(result, t.claims[i], wording)
    wrong = is_absurd(result.value, t.claims[i].value) or is_given(t, i, one, stocks_around(t, i), wording)
    if holds or not wrong:
        yield finding("share", t.claims[i], (one, t.claims[whole]), result, holds=holds, unit="%")


def _right_before(t: Structure, part: int, larger: list[int]) -> int | None:
    """`参训人员320人。考核合格的296人。合格率…`: the figure told right before the part, in its paragraph."""
    near = part - 1
    told = near in larger and t.s.at[near] >= t.s.paragraph(t.s.at[part])[0]
    return near if told else None


def _did(t: Structure, j: int, deeds: tuple[str, ...]) -> bool:
    told = t.s.clauses[j]
    return any(deed in told for deed in deeds) and not OWED.search(told) and not GAP.search(told)


def remainders_alone(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for what is left, where exactly two figures are told of the thing, one of them at least elsewhere."""
    t = n.t
    if (
        not t.is_quantity(i)
        or not LEFT.search(t.s.clauses[i])
        or OPEN.search(t.s.leads[i])
        or not testable(t.claims[i])
    ):
        return
    left, operands = t.claims[i], _of_one_thing(n, i)
    if not operands:
        return
    whole, done = sorted(map(t.claim, operands), key=lambda claim: claim.value or ZERO, reverse=True)
    if (whole.value or ZERO) <= (left.value or ZERO):
        return
    result = subtracted(whole, done, wording)
    holds = agrees(result, left, wording)
    if holds or not is_absurd(result.value, left.value):
        yield finding("difference", left, (whole, done), result, holds=holds)


def _of_one_thing(n: Nouns, i: int) -> list[int]:
    """The figures in the measure of `i`: those before it in its sentence and those elsewhere that share one noun."""
    t = n.t
    like = [j for j in around(t, i) if t.is_quantity(j) and j != i and t.claims[j].unit == t.claims[i].unit]
    inside = [j for j in like if not is_elsewhere(t, i, j)]
    asked = signs(words_before(t, i))
    named = (
        j
        for j in like
        if is_elsewhere(t, i, j)
        and shared(n, asked, j)
        and sign_of(t.s, j) is None
        and not told_apart(n, i, j, planned=True)
    )
    told = list(islice(named, PAIR + 1 - len(inside))) if len(inside) <= PAIR else []  # one too many tells enough
    if len(inside) + len(told) != PAIR:
        return []
    one_noun = told and frozenset.intersection(*(shared(n, asked, j) for j in told))
    if not one_noun or not testable(*map(t.claim, (*inside, *told))):
        return []
    apart = any(j > i or LEFT.search(t.s.clauses[j]) or not _is_done_of(t, j, told) for j in inside)
    if inside and len(one_noun) < SURE and (t.claims[inside[0]].value or ZERO) > (t.claims[told[0]].value or ZERO):
        return []  # 应入户核查338户，还有58户没走到, and far off 安全宣传实际入户187户: done of something else
    return [] if apart else [*inside, *told]


def _is_done_of(t: Structure, j: int, told: list[int]) -> bool:
    """Whether a figure beside what is left was done of a larger one told elsewhere, or is itself the whole."""
    own = t.claims[j].value or ZERO
    return WHOLE.search(t.s.leads[j]) is not None or any((t.claims[k].value or ZERO) > own for k in told)


def gaps_alone(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for how much more one of a kind has than another, each told elsewhere under its name."""
    t = n.t
    clause = t.s.clauses[i]
    said = AGAINST.search(clause) if "比" in clause or "较" in clause else None
    if said is None or t.s.marks[i] not in QUANTITY + POINTS or not testable(t.claims[i]):
        return
    if PART_OF_YEAR.search(said["one"]) and PART_OF_YEAR.fullmatch(said["other"]):
        one, other = (_told_of(n, i, PART_OF_YEAR.findall(words)[-1]) for words in (said["one"], said["other"]))
        yield from _more_than(t, i, one, other, more=bool(said["more"]), wording=wording)
        return
    one = next(
        (j for end in range(len(said["one"]), 1, -1) if (j := _named(t, i, said["one"][:end])) is not None), None
    )
    other = _named(t, i, said["other"])
    yield from _more_than(t, i, one, other, more=bool(said["more"]), wording=wording)


def _more_than(
    t: Structure, i: int, one: int | None, other: int | None, *, more: bool, wording: Wording
) -> Iterator[Finding]:
    """Whether `one` has by claim `i` more (or less) than `other`, where both are told."""
    if one is None or other is None or t.claims[one].value == t.claims[other].value:
        return
    a, b = t.claims[one], t.claims[other]
    result = subtracted(a, b, wording) if more else subtracted(b, a, wording)
    holds = agrees(result, t.claims[i], wording)
    if holds or not is_absurd(result.value, t.claims[i].value):
        kind: FindingType = "points" if t.s.marks[i] == POINTS else "difference"
        yield finding(kind, t.claims[i], (a, b), result, holds=holds)


def _told_of(n: Nouns, i: int, time: str) -> int | None:
    """`下半年比上半年减少646条`: the one figure in that measure told of a part of the year, of what `i` speaks of."""
    t = n.t
    words = PART_OF_YEAR.sub("|", words_before(t, i))
    told = [j for j in _plain(t, i, t.s.marks[i]) if t.claims[j].unit == t.claims[i].unit]
    one = the_one(n, words, [j for j in told if world(n, j).classes[0] == frozenset({time})], modified=False)
    if one is not None:
        return one.at
    behind = [j for j in told if time in t.s.clauses[j] and shared(n, signs(words), j - 1)]
    return behind[0] if len(behind) == 1 else None


def _named(t: Structure, i: int, name: str) -> int | None:
    """The only figure of other sentences in the measure of `i` whose clause begins with `name` or its last signs."""
    mark, unit = (PERCENT, "%") if t.s.marks[i] == POINTS else (QUANTITY, t.claims[i].unit)
    found = [
        j
        for j in around(t, i)
        if t.s.marks[j] == mark
        and t.claims[j].unit == unit
        and is_elsewhere(t, i, j)
        and name in t.s.leads[j]
        and testable(t.claims[j])
        and sign_of(t.s, j) is None
    ]
    return found[0] if len(found) == 1 else None
