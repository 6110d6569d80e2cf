"""Which figures elsewhere in a document speak of the thing that a clause speaks of.

`年初摸排安全隐患326处` … `摸排出的隐患已销号305处，还有31处`: the second sentence takes up the thing of the first by
its noun, and a rule that finds no operand near it may ask here for one far off. Two mentions are of one thing by the
signs they share, two side by side and the more telling the fewer figures have them; never by a list of words. Where
two figures of different values answer, none does.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import add, or_
from typing import NamedTuple

from gangmu.reading.alternatives import first_signs, searched
from gangmu.reading.arithmetic.again import PLACE, SAME_PLACE
from gangmu.reading.arithmetic.clauses import first_clause
from gangmu.reading.arithmetic.cues import NEUTRAL, PEOPLE, SCOPES, THENS
from gangmu.reading.arithmetic.miswritten import digits
from gangmu.reading.arithmetic.order_in_time import YEAR
from gangmu.reading.arithmetic.repeat_cues import FRAMING, GROUP
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import late, pattern

OPENINGS = ("年初", "期初", "月初", "原有")
FORMER = searched("|".join(word for word in THENS if word not in OPENINGS))
PART_OF_YEAR = pattern(r"(?<!\d)\d{1,2}月|[一二三四]季度|[上下]半年|前三季度")
SINCE_JANUARY = pattern(r"(?<!\d)0?1月?份?[-—~至到]+0?(?P<last>3|6|9|12)月份?")
BY_NAME = {"3": "一季度", "6": "上半年", "9": "前三季度", "12": ""}  # 1—9月 is 前三季度
UPHELD = pattern("[^。;]{0,16}(?:这个|保持|巩固|守住|稳住)")  # 来年要把267小时这个底子保持住: it is what was reached
AHEAD = pattern("明年|下一?步|下半年计划|来年|计划|拟|目标|力争|预计|任务")
MEANWHILE = pattern("(?:^|[,;:])同期(?!的?相?比)")  # 同期死亡人口: of the time told before
NOW_TOLD = pattern(r"今年|本[年期]|当年|目前|现[在有已]|如今|(?:19|20)\d\d年")
LONG_WORDS = (*NEUTRAL, *FRAMING, *THENS, *SCOPES, *OPENINGS)
_FRAMES = "|".join(sorted((w for w in set(LONG_WORDS) if len(w) > 1 and w[0] not in "[\\"), key=len, reverse=True))
# What stands between nouns: words that only frame a number (tried only where one begins), signs of grammar, and
# everything but the signs of nouns.
BETWEEN = late(
    lambda: re.compile(
        rf"(?=[{first_signs(_FRAMES)}12])(?:{_FRAMES}|(?:19|20)\d\d年)|[^\u4e00-\u9fff\n]+|"
        "[的了和与及是为有在其这该占已均都至共]|约(?![\u4e00-\u9fff])"
    )
)
QUOTES = str.maketrans("", "", "“”‘’\"'《》")
REACH = 30
NOUN_REACH = 14
FARTHEST = 150  # figures either way
UNNAMED = 0.4  # of the signs of a name may be missing
CLEARLY = 0.6  # the next likely of another value may be no likelier than this part of the likeliest
# Pairs of signs, and what stood before each in its piece of words: '' where it opened one.
Signs = dict[str, set[str]]


class World(NamedTuple):
    """Whether a figure is told of a former time, of a time to come, and the parts of the year, groups and places."""

    former: bool
    ahead: bool
    classes: tuple[frozenset[str], frozenset[str], frozenset[str]]


@dataclass(frozen=True)
class Nouns:
    """The signs, two by two, beside every figure of a document: read when a rule first asks for them, and once.

    `own` are those right beside each, `opening` those its sentence opens with; `rarity` counts the figures that have
    a pair, `year` is the year the document speaks of ('' where it names none); `worlds` and `full` hold what was asked
    for so far.
    """

    t: Structure

    @cached_property
    def year(self) -> str:
        year = YEAR.search(self.t.s.text)
        return year[0] if year else ""

    @cached_property
    def tells_parts_of_year(self) -> bool:
        """Whether the document tells a year half by half, or by quarters."""
        text = self.t.s.text
        return ("上半年" in text and "下半年" in text) or ("一季度" in text and "四季度" in text)

    @cached_property
    def own(self) -> tuple[frozenset[str], ...]:
        return tuple(map(_pairs, nouns_of([beside(self.t, i) for i in range(len(self.t.s.at))])))

    @cached_property
    def opening(self) -> tuple[frozenset[str], ...]:
        told = map(_pairs, nouns_of([self.t.s.leads[i] for i in self.openers.values()]))
        opened = dict(zip(self.openers, told, strict=True))
        return tuple([opened[start] for start, _ in self.t.s.bounds])

    @cached_property
    def openers(self) -> dict[int, int]:
        """The first figure of the sentence that begins at each place."""
        return {start: i for i, (start, _) in reversed(list(enumerate(self.t.s.bounds)))}

    @cached_property
    def worlds(self) -> dict[int, World]:
        return {}

    @cached_property
    def full(self) -> dict[int, Signs]:
        return {}

    @cached_property
    def rarity(self) -> Counter[str]:
        return Counter(chain.from_iterable(self.own))

    @cached_property
    def around(self) -> tuple[frozenset[str], ...]:
        """All pairs of `own` and `opening` of each figure."""
        return tuple(map(or_, self.own, self.opening))

    @cached_property
    def digits(self) -> tuple[str, ...]:
        """The digits of each figure."""
        return tuple(map(digits, self.t.claims))

    @cached_property
    def said(self) -> tuple[int, ...]:
        """For each figure the first one with the same words beside it and at the beginning of its sentence."""
        first: dict[tuple[str, str], int] = {}
        leads, openers = self.t.s.leads, self.openers
        words = [(beside(self.t, i), leads[openers[start]]) for i, (start, _) in enumerate(self.t.s.bounds)]
        return tuple([first.setdefault(told, i) for i, told in enumerate(words)])

    def in_full(self, i: int) -> Signs:
        """The pairs of `own` and `opening` of a figure with what stood before each."""
        said = self.said[i]
        if said not in self.full:
            opened = self.openers[self.t.s.bounds[said][0]]
            self.full[said] = _both(signs(beside(self.t, said)), signs(self.t.s.leads[opened]))
        return self.full[said]


def nouns_of(windows: list[str]) -> list[list[str]]:
    """The pieces of words that carry what each window is about, found in one search of all; none holds a line end."""
    if not windows:
        return []
    return [words.split() for words in BETWEEN.sub(" ", "\n".join(windows).translate(QUOTES)).split("\n")]


def _pairs(pieces: list[str]) -> frozenset[str]:
    return frozenset([pair for piece in pieces for pair in map(add, piece, piece[1:])])


def _both(one: Signs, other: Signs) -> Signs:
    return {pair: one.get(pair, set()) | other.get(pair, set()) for pair in (*one, *other)}


@dataclass(frozen=True, slots=True)
class Told:
    """A figure elsewhere: its index, and the pairs of signs that its words share with the clause asked for."""

    at: int
    shared: frozenset[str]


def beside(t: Structure, i: int) -> str:
    """The words right before and behind a figure, back to the one before it."""
    return f"{t.s.leads[i][-REACH:]}|{first_clause(t.s.trails[i])[:NOUN_REACH]}"


def signs(words: str) -> Signs:
    """The pairs of signs that carry what `words` are about."""
    found: Signs = {}
    for piece in BETWEEN.split(words.translate(QUOTES)):
        for place in range(len(piece) - 1):
            found.setdefault(piece[place : place + 2], set()).add(piece[place - 1 : place])
    return found


def shared(n: Nouns, asked: Signs, j: int) -> frozenset[str]:
    """The pairs that words have in common with those of a figure; 三公经费 and 公用经费 are two, and have none."""
    alike = asked.keys() & n.around[j]
    if not alike:
        return frozenset()
    told = n.in_full(j)
    return frozenset([pair for pair in alike if "" in asked[pair] | told[pair] or asked[pair] & told[pair]])


def the_one(
    n: Nouns, words: str, those: Iterable[int], of: int | None = None, *, modified: bool = True, planned: bool = False
) -> Told | None:
    """Of `those` figures the one that `words` speak of; None where none does or several of different values may.

    It is of the same world as claim `of`, `planned` or not. With `modified` false a pair of signs counts whatever
    words stand before it.
    """
    asked = signs(words) if modified else {pair: {""} for pair in signs(words)}
    likenesses: dict[int, float] = {}  # by the words beside a figure: a form may repeat them hundreds of times
    told: list[tuple[float, int]] = []
    for j in those:
        said = n.said[j]
        if said not in likenesses:
            likenesses[said] = _likeness(n, asked, j)
        if likenesses[said]:
            told.append((likenesses[said], j))
    told = [(likeness, j) for likeness, j in told if of is None or not told_apart(n, of, j, planned=planned)]
    told.sort(reverse=True)
    if not told:
        return None
    best, j = told[0]
    value = n.t.claims[j].value
    if any(likeness > CLEARLY * best and n.t.claims[k].value != value for likeness, k in told[1:]):
        return None
    return Told(j, shared(n, asked, j))


def _likeness(n: Nouns, asked: Signs, j: int) -> float:
    """How much words are like those of a figure: rare pairs count more, those its sentence opens with half."""
    return sum((1 if pair in n.own[j] else 0.5) / max(1, n.rarity[pair]) for pair in shared(n, asked, j))


def is_covered(n: Nouns, subject: str, those: Iterable[int]) -> bool:
    """Whether figures are told of all that `subject` names: 调解纠纷680起 is not of 邻里纠纷, though of 纠纷."""
    named = set("".join(BETWEEN.split(PART_OF_YEAR.sub("", subject))))
    told = {sign for j in those for pair in n.around[j] for sign in pair}
    return len(named - told) <= UNNAMED * len(named)


def alike(t: Structure, i: int, *, people: bool = True) -> list[int]:
    """The stocks of other sentences in the measure of claim `i`; those of people together."""
    unit = t.claims[i].unit
    units = PEOPLE if people and unit in PEOPLE else {unit}
    bounds, start, claims = t.s.bounds, t.s.bounds[i][0], t.claims
    return [
        j for j in stocks_around(t, i) if claims[j].unit in units and bounds[j][0] != start and claims[j].kind != "norm"
    ]


def around(t: Structure, i: int) -> range:
    """The figures that are near enough to claim `i` for a reader to have them in mind."""
    return range(max(0, i - FARTHEST), min(len(t.s.at), i + FARTHEST + 1))


def stocks_around(t: Structure, i: int) -> tuple[int, ...]:
    """Those of the figures around claim `i` that stand for themselves."""
    near = around(t, i)
    return t.stocks[bisect_left(t.stocks, near.start) : bisect_left(t.stocks, near.stop)]


def is_elsewhere(t: Structure, i: int, j: int) -> bool:
    """Whether two claims stand in different sentences."""
    return t.s.bounds[i][0] != t.s.bounds[j][0]


def is_former(n: Nouns, i: int) -> bool:
    """Whether the words before claim `i` tell a time before the document's: those nearest to it, if they tell one."""
    return world(n, i).former


def told_apart(n: Nouns, i: int, j: int, *, planned: bool = False) -> bool:
    """Whether words of time, place or class make two figures of different worlds.

    What is told of a plan is of a plan's world alone, unless `planned` lets what was done come of it.
    """
    one, other = world(n, i), world(n, j)
    return one.former != other.former or (other.ahead and not (one.ahead or planned)) or _are_apart(one, other)


def are_of_different_parts(n: Nouns, i: int, j: int) -> bool:
    """Whether two figures are of different parts of the year, places or groups."""
    return _are_apart(world(n, i), world(n, j))


def are_of_unlike_spans(n: Nouns, i: int, j: int) -> bool:
    """Whether one of two figures is told of a part of the year and the other is not; 同期 is of the other's."""
    if bool(world(n, i).classes[0]) == bool(world(n, j).classes[0]):
        return False
    return not any("同期" in _told_before(n, k) for k in (i, j))


def _are_apart(one: World, other: World) -> bool:
    for a, b in zip(one.classes, other.classes, strict=True):  # noqa: SIM110 asked so often that it would be felt
        if a and b and a.isdisjoint(b):
            return True
    return False


def world(n: Nouns, i: int) -> World:
    """When and where claim `i` is told to be, read from its words once."""
    if i not in n.worlds:
        lead = n.t.s.leads[i]
        own, before = _without_year(n, lead), _told_before(n, i)
        near = own if own != lead or NOW_TOLD.search(lead) else before
        spans = SINCE_JANUARY.sub(lambda said: BY_NAME[said["last"]], before)
        times, groups = frozenset(PART_OF_YEAR.findall(spans)), frozenset(GROUP.findall(before))
        places = frozenset(PLACE.findall(SAME_PLACE.sub("", n.t.s.clauses[i])))
        ahead = AHEAD.search(before) is not None and not UPHELD.match(n.t.s.trails[i])
        former = FORMER.search(near) is not None
        n.worlds[i] = World(former, ahead, (times, groups, places))
    return n.worlds[i]


def _told_before(n: Nouns, i: int) -> str:
    """The words of the sentence before claim `i`, back to a semicolon, without the document's own year."""
    return _without_year(n, n.t.s.text[n.t.s.bounds[i][0] : n.t.s.at[i]].rsplit(";", 1)[-1])


def _without_year(n: Nouns, words: str) -> str:
    return MEANWHILE.sub("", words.replace(f"{n.year}年", "") if n.year else words)
