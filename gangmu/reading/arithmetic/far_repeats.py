"""One figure told again far off with another value: 获奖226人次 … 获奖262人次的背后.

Both name their thing by the same row of signs, nothing before or behind it sets them apart, and the two values differ
as a slip of the pen does. The fewer signs they share, the surer the slip must be and the rarer the signs.
"""

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from gangmu.reading.arithmetic.again import PLACE, SAME_PLACE, differing
from gangmu.reading.arithmetic.elsewhere import BETWEEN, Nouns, beside, is_elsewhere, told_apart
from gangmu.reading.arithmetic.language import topic
from gangmu.reading.arithmetic.marks import PERCENT, QUANTITY
from gangmu.reading.arithmetic.repeat_cues import BARE_MEASURE, GROUP, NOT
from gangmu.reading.arithmetic.structure import AVERAGE
from gangmu.reading.arithmetic.totals_by_name import SUMMED
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording, interval

RATE = pattern(r"率|占比|比例|比重")
YEAR = pattern(r"(?:19|20)\d\d(?=[年届级])")
END_OF_SPAN = pattern("[年季月期][初末底]")
ACTUALLY = pattern("实[际有到收交办缴]")  # 应轮训66人 … 实际轮训61人
PART = pattern(r"其中|另|剩|余|平均|每|最|首批|第[一二三四五六七八九十\d]|各(?!级|类|项|界|族)")
AMONG = pattern(r"[中里],|[中里]$")
RARE = 6
LONG, LONGER = 4, 5
FEWEST_DIGITS, MANY_DIGITS = 2, 3
NEAR = 0.5, 2.0


def far_repeats(n: Nouns, wording: Wording) -> Iterator[Finding]:
    """A finding for every two figures of one thing, and no others of it, that differ by a slip."""
    several = {pair for pair, times in n.rarity.items() if 1 < times <= RARE}
    by_pair: dict[str, list[int]] = defaultdict(list)
    for i, own in enumerate(n.own):
        for pair in several & own:
            by_pair[pair].append(i)
    stated: dict[int, bool] = {}
    for one, other in {told for group in by_pair.values() for told in combinations(group, 2)}:
        if not _is_one_measure(n, one, other) or not _may_be_slip(n, one, other):
            continue
        for i in (one, other):
            if i not in stated:
                stated[i] = _is_stated(n, i)
        if stated[one] and stated[other] and _is_one_thing(n, one, other, wording):
            yield differing(n.t.claims[one], n.t.claims[other])


def _is_stated(n: Nouns, i: int) -> bool:
    claim, mark = n.t.claims[i], n.t.s.marks[i]
    if not claim.value or claim.kind in ("norm", "change") or mark not in (QUANTITY, PERCENT) or i in n.t.aside:
        return False
    if SUMMED.search(n.t.s.leads[i]):
        return False  # 男生和老师合计350人: no number of 男生 again
    told = mark == QUANTITY or RATE.search(n.t.s.clauses[i]) is not None
    return told and not PART.search(n.t.s.clauses[i]) and not AVERAGE.search(n.t.s.clauses[i])


def _is_one_measure(n: Nouns, one: int, other: int) -> bool:
    a, b = n.t.claims[one], n.t.claims[other]
    return a.unit == b.unit and a.kind == b.kind and a.value != b.value


def _may_be_slip(n: Nouns, one: int, other: int) -> bool:
    """Whether two values differ as a slip of the pen does, or one of them alone is told loosely."""
    if (n.t.claims[one].approx is None) != (n.t.claims[other].approx is None):
        return True
    return is_slip(n.digits[one], n.digits[other])


def _is_one_thing(n: Nouns, one: int, other: int, wording: Wording) -> bool:
    """Whether two figures name one thing and differ as much as so many shared signs allow."""
    if not is_elsewhere(n.t, one, other) or told_apart(n, one, other) or told_apart(n, other, one):
        return False
    if n.t.is_part(one) != n.t.is_part(other) or bool(AMONG.search(n.t.s.leads[one])) != bool(
        AMONG.search(n.t.s.leads[other])
    ):
        return False
    if bool(NOT.search(n.t.s.clauses[one])) != bool(NOT.search(n.t.s.clauses[other])):
        return False
    row = shared_row(*(BETWEEN.sub("\n", beside(n.t, i)) for i in (one, other)))
    length = len(row)
    if length < 2 or _are_told_apart(n, one, other) or _are_others(n, one, other):
        return False
    if BARE_MEASURE.fullmatch(row) and topic(n.t.s, one) != topic(n.t.s, other):
        return False
    a, b = n.t.claims[one], n.t.claims[other]
    if interval(a, wording).meets(interval(b, wording)):
        return False
    if is_slip(n.digits[one], n.digits[other]):
        many = max(len(n.digits[one]), len(n.digits[other])) >= MANY_DIGITS
        return _are_the_only(n, one, other) or length >= (LONG - 1 if many else LONG)
    if (a.approx is None) == (b.approx is None):
        return False
    return length >= LONGER and NEAR[0] <= (a.value or 1) / (b.value or 1) <= NEAR[1]


def shared_row(one: str, other: str) -> str:
    """The signs in a row that two stretches of words share; '' where both go on otherwise before or behind them."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    rows = one[match.a : match.a + match.size].replace("|", "\n").split("\n")
    row = max(rows, key=len)
    if not row:
        return ""
    places = (one, one.find(row)), (other, other.find(row))
    before = [_piece(words[:place][::-1]) for words, place in places]
    behind = [_piece(words[place + len(row) :]) for words, place in places]
    crossed = len(row) < LONG and any(before) and any(behind)  # 新发展党员 and 党员骨干
    return "" if crossed or all(before) or all(behind) else row


def _piece(words: str) -> str:
    """The signs that follow without a break."""
    return words.replace("|", "\n").split("\n", 1)[0]


def _are_told_apart(n: Nouns, one: int, other: int) -> bool:
    """2024届 and 2023届, 一组 and 二组, 全市 and 城东区; the title tells its time and place for all."""
    if n.t.claims[one].span in n.t.s.title or n.t.claims[other].span in n.t.s.title:
        return False
    words = [n.t.s.text[n.t.s.bounds[k][0] : n.t.s.at[k]].rsplit(";", 1)[-1] for k in (one, other)]
    years = [set(YEAR.findall(said)) - {n.year} for said in words]
    places = [set(PLACE.findall(SAME_PLACE.sub("", said))) for said in words]
    groups = [set(GROUP.findall(said)) for said in words]
    rows = [_value_before(n, k) for k in (one, other)]
    ends = [END_OF_SPAN.findall(said) for said in words]
    actual = [ACTUALLY.search(said) is not None for said in words]
    return any(a != b for a, b in (years, places, groups, rows, ends, actual))


def _value_before(n: Nouns, i: int) -> object:
    """The value of a number in the same clause before claim `i`: rows of one pattern speak of two things."""
    lead = n.t.s.leads[i]
    return (
        n.t.claims[i - 1].value if i and n.t.s.bounds[i - 1] == n.t.s.bounds[i] and lead == n.t.s.clauses[i] else None
    )


def _are_others(n: Nouns, one: int, other: int) -> bool:
    """Whether further figures of other values name the same thing in the same measure."""
    shared = n.own[one] & n.own[other]
    values = {n.t.claims[one].value, n.t.claims[other].value}
    return any(
        shared <= n.own[k] and _is_one_measure(n, one, k) and n.t.claims[k].value not in values
        for k in range(len(n.t.s.at))
        if k not in (one, other)
    )


def _are_the_only(n: Nouns, one: int, other: int) -> bool:
    """Whether no third figure of their measure has any of the signs that two share."""
    shared, unit = n.own[one] & n.own[other], n.t.claims[one].unit
    others = (k for k in range(len(n.t.s.at)) if k not in (one, other) and n.t.claims[k].unit == unit)
    return all(shared.isdisjoint(n.own[k]) for k in others)


def is_slip(a: str, b: str) -> bool:
    """Whether a digit was changed, lost or told twice, or two changed places."""
    if max(len(a), len(b)) < FEWEST_DIGITS:
        return False
    if len(a) == len(b):
        off = [k for k, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        swapped = len(off) == 2 and a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]
        return (len(off) == 1 and len(a) >= FEWEST_DIGITS) or swapped
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    lost = len(longer) - len(shorter) == 1 and len(shorter) >= FEWEST_DIGITS
    return lost and any(longer[:k] + longer[k + 1 :] == shorter for k in range(len(longer)))
