"""One figure stated more than once: in the title, the lead and the body.

Two numbers are one figure when the same deed is done to the same thing in the same place and time. Whatever tells them
apart in words (a village, a quarter, 其中, a plan) makes them two figures, and two figures may differ.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, pairwise
from typing import NamedTuple

from gangmu.reading.arithmetic.judge import spans, text_of
from gangmu.reading.arithmetic.language import label, pairs, topic
from gangmu.reading.arithmetic.marks import HOLE, PERCENT, TIMES
from gangmu.reading.arithmetic.repeat_cues import (
    ALL_OF_THEM,
    APART,
    BACK,
    BACK_NOUN,
    BARE_MEASURE,
    CLAUSE_ENDS,
    DEEDS_ONLY,
    DIFFERENT,
    EMPTY,
    FINDING,
    GROUP,
    NOT,
    OPENS_CLAUSE,
    OWN_CLAUSE,
    PLACE,
    PLACE_ENDS,
    SCOPE,
)
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import ZERO, Wording, interval

ALMOST = Decimal("0.95"), Decimal("1.05")
DISTINCT = 3
SMALLEST_SWAPPED = 100
LARGE = 1000
NEAREST = 24  # mentions a further one is held against: a form may repeat one sentence thousands of times
FARTHEST = 600  # numbers back that a whole is looked for
SHORTEST = 3
SUFFIX = 4
# Of many mentions of one thing those of title and lead and the latest are held against a further one.
OLDEST, NEWEST = 4, 12


class Told(NamedTuple):
    """What one mention says: what was counted, when and where, and what stands before it.

    `row` is the value of the number before and the last two signs of the words that lead to it, None where these are
    fewer; `rate_of` holds the measure of the number that a rate stands right behind, None for any other.
    """

    key: str
    when: str
    where: str
    row: tuple[Decimal | None, str] | None
    rate_of: tuple[str | None] | None


class Said(NamedTuple):
    """One mention, and whether it names its scope and stands in the title; `sentence` are the words before it."""

    at: int
    told: Told
    scoped: bool
    title: bool
    sentence: str


def repeats(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every figure that the text states more than once, in the same words or with its digits swapped."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    swapped: dict[tuple[str, str], list[int]] = defaultdict(list)
    keys = dict(_keys(t))
    for i, key in keys.items():
        claim = t.claims[i]
        value, measure = claim.value or ZERO, _measure(claim)
        if len(key) >= SHORTEST and claim.kind != "norm":
            groups[key[-SUFFIX:], measure].append(i)
        if value < SMALLEST_SWAPPED:
            continue
        digits = _digits(claim)
        several = len(set(digits))
        if several > DISTINCT or (several > 2 and value >= LARGE):
            swapped[digits, measure].append(i)
    alike = [group for group in groups.values() if len(group) > 1]
    exchanged = [group for group in swapped.values() if len(group) > 1]
    said = {i: _said(t, i, keys[i]) for i in {*chain(*alike, *exchanged)}}
    for group in alike:
        for cluster in _same_time_and_place(t, [said[i] for i in group]):
            yield from _judged(t, cluster, wording)
    for group in exchanged:
        yield from _swapped(t, [said[i] for i in group])
    yield from _taken_up_again(t)


def _taken_up_again(t: Structure) -> Iterator[Finding]:
    """`143个社区全部成立…。146个社区中，…`: a whole taken up again, told only once before and otherwise."""
    told: dict[tuple[str, str], int] = {}
    several: set[tuple[str, str]] = set()  # what more than one value was told of
    for i in t.stocks:
        claim, trail = t.claims[i], t.s.trails[i]
        thing, back = (trail[:2], _measure(claim)), "中" in trail and BACK.match(trail) is not None
        first = told.get(thing)
        if first is None and back:
            first = _of_longer_name(t, i)
        elif first is not None and (thing in several or not (_is_near(t, first, i) and (back or _of_all(t, first, i)))):
            first = None
        if first is not None and t.claims[first].value != claim.value:
            yield _differs([t.claims[first], claim])
        recorded = len(trail) > 1 and claim.kind == "count" and (thing in told or not back)
        if recorded and t.claim(told.setdefault(thing, i)).value != claim.value:
            several.add(thing)


def _is_near(t: Structure, first: int, i: int) -> bool:
    return ALMOST[0] <= (t.claims[i].value or 0) / (t.claims[first].value or 1) <= ALMOST[1]


def _of_all(t: Structure, first: int, i: int) -> bool:
    """`全区128个社区…。138个社区均配备…`: all of them again, with one digit otherwise."""
    if not ALL_OF_THEM.match(t.s.trails[i]):
        return False
    one, other = str(t.claims[first].value), str(t.claims[i].value)
    slip = len(one) == len(other) > 1 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return slip and SCOPE.search(t.s.leads[first]) is not None


def _of_longer_name(t: Structure, i: int) -> int | None:
    """`稻渔种养5800亩面积中` takes up `发展稻渔综合种养5200亩`: the one number before it under the whole name."""
    name = EMPTY.sub("", t.s.clauses[i])
    if len(name) <= SHORTEST:
        return None
    spaced = re.compile("[^,。;]{0,2}?".join(map(re.escape, name)))
    near = [j for j in range(max(0, i - FARTHEST), i) if _measure(t.claims[j]) == _measure(t.claims[i])]
    alike = [j for j in near if spaced.search(label(t.s, j))]
    if len(alike) != 1 or alike[0] in t.aside or not _is_slip(t.claims[alike[0]], t.claims[i]):
        return None
    return alike[0]


def _digits(claim: Claim) -> str:
    whole = str(int(claim.value or 0))
    return "".join(sorted(whole.strip("0"))) + "·" * len(whole)


def _swapped(t: Structure, group: list[Said]) -> Iterator[Finding]:
    """The same digits in another order, said of the same thing: 312个网格 and 321个网格."""
    for first, said in pairwise(group):
        timely = first.title or said.title or first.told.when == said.told.when
        where = first.told.where
        if said.told.where not in ("", where) and (where or first.scoped) and not first.title:
            continue
        if timely and t.claims[first.at].value != t.claims[said.at].value and _one_thing(t, first.at, said.at):
            yield _differs([t.claims[m.at] for m in group if m in (first, said) or _one_thing(t, m.at, said.at)])
            return


def _one_thing(t: Structure, i: int, j: int) -> bool:
    if NOT.search(t.s.clauses[j]) and not NOT.search(t.s.leads[i]):
        return False  # 发放143万元 and 未发放的134万元 are two
    if set(GROUP.findall(t.s.clauses[i])) != set(GROUP.findall(t.s.clauses[j])):
        return False
    if (
        len(_digits(t.claims[j]).strip("·")) >= DISTINCT
        and OPENS_CLAUSE.fullmatch(t.s.leads[j])
        and BACK_NOUN.match(t.s.trails[j])
    ):
        return True
    if len(set(_digits(t.claims[i]))) <= DISTINCT and t.s.trail(i)[:2] != t.s.trail(j)[:2]:
        return False
    return bool(pairs(EMPTY.sub("", label(t.s, i))) & pairs(EMPTY.sub("", label(t.s, j))))


def _measure(claim: Claim) -> str:
    return "%" if claim.kind == "ratio" else (claim.unit or "")


def _keys(t: Structure) -> Iterator[tuple[int, str]]:
    """The numbers that tell a figure of their own, each with what it says was counted."""
    s = t.s
    for i, mark in enumerate(s.marks):
        if mark == HOLE or i in t.aside or i in t.averaged or s.claims[i].kind == "change":
            continue
        opened = s.text.rfind("其中", s.bounds[i][0], s.at[i]) if mark != PERCENT else -1
        if (opened >= 0 and ";" not in s.text[opened : s.at[i]]) or APART.search(s.clauses[i]):
            continue
        key = _key(t, i)
        if len(key) >= 2:
            yield i, key


def _said(t: Structure, i: int, key: str) -> Said:
    s = t.s
    sentence = s.text[s.bounds[i][0] : s.at[i]]
    segment = sentence.split(",", 1)[0] + sentence.rsplit(";", 1)[-1]
    scoped, titled = SCOPE.search(sentence) is not None, s.claims[i].span in s.title
    where = _where(sentence) or (topic(s, i) if BARE_MEASURE.fullmatch(key) else "")
    return Said(i, Told(key, _when(segment), where, _row(t, i), _rate_of(t, i)), scoped, titled, sentence)


def _key(t: Structure, i: int) -> str:
    """The deed and the thing, in their order, without the words that only frame them."""
    lead = SCOPE.sub("", t.s.clauses[i])
    words = EMPTY.sub("", PLACE.sub("", lead) if PLACE_ENDS.search(lead) else lead)
    if len(words) > SHORTEST:
        return words
    return words + EMPTY.sub("", OWN_CLAUSE.split(t.s.trails[i], maxsplit=1)[0])[:8]


def _when(sentence: str) -> str:
    return "|".join(sorted(set(DIFFERENT.findall(sentence))))


def _where(sentence: str) -> str:
    places = PLACE.findall(sentence) if PLACE_ENDS.search(sentence) else ()
    return "|".join(sorted({place[-3:] for place in places}))


def _same_time_and_place(t: Structure, group: list[Said]) -> list[list[Said]]:
    """Mentions that nothing tells apart; a title's mention names neither time nor place and fits any."""
    clusters: list[list[Said]] = []
    for said in group:
        for cluster in chain(clusters[:OLDEST], clusters[OLDEST:][-NEWEST:]):
            if _belongs(t, said, cluster):
                cluster.append(said)
                break
        else:
            clusters.append([said])
    return clusters


def _belongs(t: Structure, said: Said, cluster: list[Said]) -> bool:
    """Whether nothing tells a mention apart from the latest of a cluster; the last one alone rules out most."""
    if _is_other_row(cluster[-1], said) or _are_neighbours(t, cluster[-1], said):
        return False
    for other in cluster[-NEAREST:]:
        if other.told != said.told and (
            not _fit(said, other) or _is_other_row(other, said) or _are_of_two_measures(other, said)
        ):
            return False
    return True


def _are_neighbours(t: Structure, one: Said, other: Said) -> bool:
    """Whether two numbers stand in one clause: they share the words between them by chance."""
    return other.at == one.at + 1 and not CLAUSE_ENDS.search(t.s.text, t.s.at[one.at], t.s.at[other.at])


def _are_of_two_measures(one: Said, other: Said) -> bool:
    """`32.5公里，完成率108.3%；218座，完成率100%`: rates told right behind what they are of, in two measures."""
    a, b = one.told.rate_of, other.told.rate_of
    return a is not None and b is not None and a != b


def _rate_of(t: Structure, i: int) -> tuple[str | None] | None:
    told = t.is_percent(i) or t.s.marks[i] == TIMES  # 7593万名，是当初的17倍；371万个，是当初的19倍
    if not i or not told or not t.s.leads[i].startswith(",") or not t.is_quantity(i - 1):
        return None
    return (t.claims[i - 1].unit,)


def _is_other_row(one: Said, other: Said) -> bool:
    """Whether other numbers stand before the two behind the same words: rows of one pattern speak of two things."""
    a, b = one.told.row, other.told.row
    return a is not None and b is not None and a[1] == b[1] and a[0] != b[0] and not one.title


def _row(t: Structure, i: int) -> tuple[Decimal | None, str] | None:
    return (t.claims[i - 1].value, t.s.clauses[i - 1][-2:]) if i and len(t.s.clauses[i - 1]) > 1 else None


def _fit(said: Said, cluster_said: Said) -> bool:
    one, other = said.told, cluster_said.told
    if one.key == other.key and one.when == other.when and one.where == other.where:
        return True
    in_title = said.title or cluster_said.title
    if not (one.key.endswith(other.key) or other.key.endswith(one.key)):
        return False
    if one.when != other.when and not in_title and not _is_one_rate(said, cluster_said):
        return False
    if in_title:
        return True
    longer, shorter = (one.key, other.key) if len(one.key) > len(other.key) else (other.key, one.key)
    more = longer.removesuffix(shorter)
    if more and DEEDS_ONLY.fullmatch(more) and FINDING.match(shorter):
        return False  # 整改查摆问题 is what was mended of what was found
    if more and not DEEDS_ONLY.fullmatch(more) and more not in (cluster_said if longer == one.key else said).sentence:
        return False
    return (
        one.where == other.where
        or _is_one_rate(said, cluster_said)
        or (bool(other.where) and not one.where and not said.scoped)
    )


def _is_one_rate(one: Said, other: Said) -> bool:
    """A rate with a long name of its own, told again without its time or place."""
    shorter = min(one.told.key, other.told.key, key=len)
    timeless = "" in (one.told.when, other.told.when)
    return shorter.endswith("率") and len(shorter) > SUFFIX and timeless and not one.scoped


def _judged(t: Structure, cluster: list[Said], wording: Wording) -> Iterator[Finding]:
    if len(cluster) < 2:
        return
    claims = [t.claims[said.at] for said in cluster]
    ranges = [interval(c, wording) for c in claims]
    others = [c for c, r in zip(claims, ranges, strict=True) if not r.meets(ranges[0])]
    if not others:
        said = "、".join(dict.fromkeys(text_of(c) for c in claims))
        value = claims[0].value
        yield Finding("repeat", "consistent", spans(*claims), value, value, f"前后几处说的是同一个数：{said}，对得上。",
                      f"The same figure in several places agrees: {said}.")  # fmt: skip
    elif _is_slip(claims[0], others[0]):
        yield _differs(claims)


def _differs(claims: list[Claim]) -> Finding:
    odd = _odd_one(claims)
    said = "、".join(dict.fromkeys(text_of(c) for c in claims))
    first = next(c for c in claims if c.value != odd.value)
    return Finding("repeat", "contradiction", spans(*claims), odd.value, first.value,
                   f"同一个数前后说法不一：{said}。", f"One figure is stated differently: {said}.",
                   odd.span)  # fmt: skip


def _is_slip(one: Claim, other: Claim) -> bool:
    """Whether two values are near enough, or alike enough in digits, to be one figure written wrongly."""
    a, b = one.value or 0, other.value or 0
    if not a or not b:
        return False
    if a >= 10 and b >= 10 and 0.6 <= float(a / b) <= 1.7:
        return True
    return sorted(str(a).replace("0", "")) == sorted(str(b).replace("0", ""))


def _odd_one(claims: list[Claim]) -> Claim:
    """The one that the others outvote; with two, the later."""
    values = [c.value for c in claims]
    return min(reversed(claims), key=lambda c: values.count(c.value))
