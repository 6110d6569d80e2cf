"""Wholes and their parts, totals and what each has of them, with every number in a sentence of its own.

`道路投入62万元。…饮水投入75万元。…两项投入合计137万元`; `口袋公园共46个。…公园分布为：城东18个，城西16个，城南12个`;
`修建灌溉渠36公里。…灌溉渠投资1080万元。…每公里造价30万元`.
"""

from collections.abc import Iterator

from gangmu.reading.arithmetic.elsewhere import (
    FORMER,
    PART_OF_YEAR,
    Nouns,
    alike,
    beside,
    is_covered,
    is_elsewhere,
    is_former,
    signs,
    stocks_around,
    the_one,
    told_apart,
)
from gangmu.reading.arithmetic.far_changes import words_before
from gangmu.reading.arithmetic.far_shares import (
    average_said,
    counts_each,
    is_absurd,
    is_shared_out,
    is_slip_of_average,
    unit_of,
)
from gangmu.reading.arithmetic.far_sums import (
    OF_OTHERS,
    SURELY,
    TOGETHER,
    has_like_beside,
    how_many,
    is_near_sum,
    is_told,
)
from gangmu.reading.arithmetic.judge import added, agrees, divided, finding, testable
from gangmu.reading.arithmetic.language import names
from gangmu.reading.arithmetic.measures import kilograms
from gangmu.reading.arithmetic.partitions import LEFT_OVER, OVERLAPPING
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.thirds import is_near_miss
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import ZERO, Wording

WHOLE_YEARS = "全年|一年|年度"
WHOLE_YEAR = pattern(WHOLE_YEARS)
YEARS = ({"上半年", "下半年"}, {"一季度", "二季度", "三季度", "四季度"})
COMPLETE = pattern(
    r"分布[为是在于]|分别[为是]|包括|构成|分[为成][^,。;]{0,6}:?$|由[^,。;]{2,12}组成|[按从][^,。;]{1,8}[看分]|分类[看为]|:$|[类项处个片]为"
)
OF_THEM = pattern(r"中,|里,|其中")
OPEN = pattern("等|主要|重点|例如|比如|另|每|最")
FEWEST_PARTS = 2
NOUN, QUALIFIED = 2, 4
ALMOST = 2
MOST_PARTS = 4


def sums_in_turn(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for a total of as many parts as it says, each told in a sentence of its own."""
    t = n.t
    lead = t.s.leads[i]
    if not t.is_stock(i) or not testable(t.claims[i]) or OF_OTHERS.search(lead):
        return
    counted = how_many(t, i) if TOGETHER.search(lead) else None
    surely = SURELY.search(lead) is not None
    if counted is None and not surely and not (n.tells_parts_of_year and WHOLE_YEAR.search(lead)):
        return
    if has_like_beside(t, i):
        return
    asked = frozenset(signs(words_before(t, i)))
    told = [j for j in alike(t, i) if asked & n.own[j] and is_former(n, i) == is_former(n, j)]
    parts = [j for j in told if (t.claims[j].value or ZERO) < (t.claims[i].value or ZERO) and testable(t.claims[j])]
    if counted is None:
        parts = _of_the_year(t, parts) or (parts if surely and len(parts) <= MOST_PARTS else [])
    elif len(parts) != counted:
        return
    if len(parts) < FEWEST_PARTS or len({t.s.bounds[j] for j in parts}) < FEWEST_PARTS or _leaves_out(t, parts):
        return
    if len({t.claims[j].value for j in parts}) < len(parts):
        return  # one of them told again
    claims = [t.claims[j] for j in parts]
    result = added(claims, wording)
    holds = agrees(result, t.claims[i], wording)
    if holds or (is_near_sum(result, t.claims[i], counted) and not is_told(t, i, result)):
        yield finding("sum", t.claims[i], claims, result, holds=holds)


def _leaves_out(t: Structure, parts: list[int]) -> bool:
    """Whether a row that tells one of the parts tells others in their measure beside it: a row is summed whole."""
    unit = t.claims[parts[0]].unit
    rows = (j for start, end in {t.s.bounds[j] for j in parts} for j in t.s.between(start, end) if t.is_stock(j))
    return any(t.claims[j].unit == unit and j not in parts for j in rows)


def _of_the_year(t: Structure, those: list[int]) -> list[int]:
    """`上半年化解214起` and `下半年化解186起`: the parts of a year, where each is told once."""
    times = [PART_OF_YEAR.findall(t.s.text[t.s.bounds[j][0] : t.s.at[j]]) for j in those]
    parts = [(told[-1], j) for told, j in zip(times, those, strict=True) if told]
    return (
        [j for _, j in parts]
        if any({said for said, _ in parts} == year and len(parts) == len(year) for year in YEARS)
        else []
    )


def breakdowns_elsewhere(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for the parts of a whole told in another sentence, where theirs opens with its name."""
    t = n.t
    start, end = t.s.bounds[i]
    if not t.is_stock(i) or any(t.is_quantity(j) for j in t.s.between(start, t.s.at[i])):
        return
    opening = t.s.text[start : t.s.at[i]]
    complete = COMPLETE.search(opening) is not None
    if not (complete or OF_THEM.search(opening)) or OPEN.search(t.s.text[start:end]) or FORMER.search(opening):
        return
    row = [j for j in t.s.between(start, end) if t.is_stock(j) and t.claims[j].unit == t.claims[i].unit]
    if row and LEFT_OVER.match(t.s.trails[row[-1]]):
        return  # 合格246家，整改279家，其余待复查
    if len(row) < FEWEST_PARTS or not testable(*map(t.claim, row)):
        return
    most = max(t.claims[j].value or ZERO for j in row)
    wholes = [j for j in alike(t, i) if (t.claims[j].value or ZERO) > most and testable(t.claims[j])]
    told = the_one(n, opening, wholes, i)
    if told is None or (not complete and any(OVERLAPPING.search(t.s.clauses[j]) for j in row)):
        return  # 新任书记写的21份，女同志写的19份: some may be in both
    whole, parts = t.claims[told.at], [t.claims[j] for j in row]
    result = added(parts, wording)
    holds = agrees(result, whole, wording)
    near = not is_absurd(result.value, whole.value) and ALMOST * result.value > (whole.value or ZERO)
    room = (whole.value or ZERO) - result.value  # in which another part may stand untold
    least = min(part.value or ZERO for part in parts)
    wrong = near if complete else room < least and is_near_miss(result.value, whole)
    if holds or (wrong and not is_told(t, told.at, result)):
        yield finding("sum", whole, parts, result, holds=holds)


def averages_alone(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for an average whose total and number are told in other sentences."""
    t, clause, said = n.t, n.t.s.clauses[i], average_said(n.t, i)
    if said is None:
        return
    each = unit_of(said)
    start, end = t.s.bounds[i]
    if any(t.is_quantity(j) for j in t.s.between(start, end) if j != i):
        return
    others = [j for j in stocks_around(t, i) if is_elsewhere(t, i, j) and testable(t.claims[j])]
    counts = [j for j in others if counts_each(t, j, each) and not told_apart(n, i, j)]
    totals = [j for j in others if is_shared_out(t, j, i) and j not in counts]
    pair = _together(n, i, t.s.text[start:end], totals, counts)
    if pair is None:
        return
    if not is_covered(n, clause[: said.start()] if "均" in clause else "", pair):
        return
    if _is_of_other_kind(clause, t.s.clauses[pair[0]]):
        return
    total, count = (t.claims[j] for j in pair)
    result = divided(total, count, wording, kilograms(total) / kilograms(t.claims[i]))
    if result is None:
        return
    holds = agrees(result, t.claims[i], wording)
    if holds or is_slip_of_average(t, i, result.value):
        yield finding("per", t.claims[i], (total, count), result, holds=holds)


def _is_of_other_kind(clause: str, told: str) -> bool:
    """居住面积 and 绿化面积: one noun, and another word right before it."""
    one, other = names(clause), names(told)
    noun = len(one) > QUALIFIED and len(other) >= QUALIFIED and one[-NOUN:] == other[-NOUN:]
    return noun and set(one[-QUALIFIED:-NOUN]).isdisjoint(other[-QUALIFIED:-NOUN])


def _together(n: Nouns, i: int, words: str, totals: list[int], counts: list[int]) -> tuple[int, int] | None:
    """The total and the number that share a noun with each other, one of them with `words` as well."""
    total = the_one(n, words, totals, i)
    if total is not None:
        count = the_one(n, f"{words}|{beside(n.t, total.at)}", counts)
        return (total.at, count.at) if count else None
    count = the_one(n, words, counts)
    if count is None and len({n.t.claims[j].value for j in counts}) == 1:
        count_at = counts[0]
    elif count is not None:
        count_at = count.at
    else:
        return None
    total = the_one(n, f"{words}|{beside(n.t, count_at)}", totals, i)
    return (total.at, count_at) if total else None
