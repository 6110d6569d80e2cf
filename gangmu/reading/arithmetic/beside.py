"""Shares and averages whose operands stand right beside them, whatever words lead from one to the other.

The tables of words that `share` and `per` read have no end. Two numbers of one measure beside a percentage, and the one
number that counts beside the one that is shared out, assert the relation all the same, as long as nothing else near
gives the figure. It is called wrong only where it is nearly what these two give.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.averaged import is_given, is_of_another_time, likelihood
from gangmu.reading.arithmetic.cues import OPINIONS, PEOPLE, THEN
from gangmu.reading.arithmetic.judge import Result, agrees, divided, finding, testable
from gangmu.reading.arithmetic.language import first_clause, last_clause, names, pairs, same_unit, shares_a_word
from gangmu.reading.arithmetic.marks import MARKS, PERCENT
from gangmu.reading.arithmetic.measures import KILOGRAMS, kilograms
from gangmu.reading.arithmetic.per import SCALED, SCALES, UNITS
from gangmu.reading.arithmetic.set_rates import rate_holds
from gangmu.reading.arithmetic.share_cues import CHANGES, OF, PLAN
from gangmu.reading.arithmetic.structure import Structure, is_narrower
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding, Span
from gangmu.reading.wording import HUNDRED, ONE, Wording

SHARED = pattern(
    r"占|率|比例|比重|比率|(?:也就是|就是|即|相当于|等于|合|约为)(?:近|约|将近|整整|差不多)*$|面(?:为|是|达)?$|^的(?:近|约|将近|整整)*$"
)
OF_THEM = pattern(r"^(?:的|左右的|以上的)")
NOT_SHARED = searched(rf"{THEN}|增|减|升|降|提高|同比|环比|优良|利率|利息|折|概率|目标|力争|超过全|高于|低于|平均")
AVERAGE = pattern(
    rf"(?:平均(?:下来|算下来)?,?(?:到|为|每|一)*|每一?)(?P<each>[^,。;:{MARKS}]{{1,12}})$|一(?P<one>[亩个户人家场次])[^,。;:{MARKS}]{{0,3}}平均[^,。;:{MARKS}]{{0,4}}$|"
    rf"(?P<unit>[\u4e00-\u9fff])均(?!衡|等|有|为|已|在|按)(?P<what>[^,。;:{MARKS}]{{0,14}})$"
)
NOT_AVERAGED = pattern(
    r"最|至少|不少于|不低于|不超过|标准|增|减|可支配|GDP|生产总值|要|应|须|计划|提高|每(?:年|月|季|周|天|日)"
)
NEARLY = Decimal(12)
MOST_OFF = Decimal("0.7")
PLAUSIBLE = Decimal("0.7"), Decimal("1.42")
REACH = 8
FEWEST = 20
MARKED_IN = "分"  # 合格线70分，最低的76分: no mark is part of another


def beside(t: Structure, wording: Wording, given: frozenset[Span] = frozenset()) -> Iterator[Finding]:
    """A finding for every share and average that the only two numbers beside it make up, or nearly make up.

    `given` are the figures that others have found right already: they are not asked again.
    """
    for i, lead in enumerate(t.s.leads):
        if t.claim(i).span in given:
            continue
        if t.s.marks[i] == PERCENT:
            if t.claim(i).kind == "ratio" and i not in t.aside:
                yield from _share(t, i, lead, wording)
        elif ("均" in lead or "每" in lead) and t.is_quantity(i):
            yield from _average(t, i, lead, wording)


def _near(t: Structure, i: int) -> list[int]:
    """The stocks of the sentence of claim `i`; where there are fewer than two, with those of the sentence before it."""
    start, end = t.s.bounds[i]
    inside = _stocks(t, start, end, i)
    if len(inside) > 1:
        return inside
    before = t.s.sentence(start - 2)[0] if start > 1 else 0
    after = t.s.sentence(end + 1)[1] if end + 1 < len(t.s.text) and t.s.text[end] != "\n" else end
    return _stocks(t, before, end, i) if start > 1 and _stocks(t, before, start, i) else _stocks(t, start, after, i)


def _stocks(t: Structure, start: int, end: int, i: int) -> list[int]:
    inside = (j for j in t.s.between(start, end) if j != i and t.is_quantity(j) and j not in t.aside)
    return [j for j in inside if t.claim(j).kind != "norm"]


def _share(t: Structure, i: int, lead: str, wording: Wording) -> Iterator[Finding]:
    """`参加体检的640人里查出血脂偏高的有208人，也就是32.5%`; `82%的农户签了——全村500户，签了410户`."""
    clause = last_clause(lead)
    told = SHARED.search(clause) or OF_THEM.match(t.s.trails[i])
    if not told or NOT_SHARED.search(clause) or CHANGES.search(clause) or PLAN.search(clause):
        return
    near = _near(t, i)
    alike = [j for j in near if same_unit(t.claim(j), t.claim(near[-1]))] if near else []
    if len(alike) == 2 and min(alike) > i and not _is_of_what_follows(t, i, alike[0]):
        return
    if len(alike) != 2 or "其中" in lead or any(word in clause for word in OPINIONS) or not _side_by_side(t, alike, i):
        return
    one, all_ = sorted(alike, key=lambda j: t.claim(j).value or Decimal(0))
    part, whole, named = t.claim(one), t.claim(all_), OF.search(lead)
    if named and is_narrower(t, all_, names(named["whole"])):
        return
    result = divided(part, whole, wording, HUNDRED) if testable(part, whole, t.claim(i)) else None
    if result is None or (whole.value or 0) < FEWEST or part.unit != whole.unit or whole.unit == MARKED_IN:
        return
    holds = agrees(result, t.claim(i), wording)
    if holds or (_is_close(result, t.claim(i)) and not _given_elsewhere(t, i, (part, whole), wording)):
        yield finding("share", t.claim(i), (part, whole), result, holds=holds, unit="%")


def _is_of_what_follows(t: Structure, i: int, first: int) -> bool:
    """Whether numbers behind a share stand in its sentence, or in one that has a word of it."""
    if t.s.bounds[i] == t.s.bounds[first]:
        return True
    own, other = (t.s.text[slice(*t.s.bounds[j])] for j in (i, first))
    return bool(pairs(names(own)) & pairs(names(other)))


def _side_by_side(t: Structure, pair: list[int], i: int) -> bool:
    """Whether both numbers stand on one side of the share, and no other share between them and it."""
    if not (max(pair) < i or min(pair) > i):
        if ";" in t.s.text[t.s.at[min(pair)] : t.s.at[max(pair)]]:
            return False  # 城镇90199万人，占63.89%；乡村50979万人
        return max(pair) - min(pair) == 2 and "其中" not in t.s.leads[max(pair)]  # 回收率84.9%，其中有效2000份
    low, high = min(*pair, i), max(*pair, i)
    return not any(t.is_percent(j) for j in range(low, high + 1) if j != i)


def _is_close(result: Result, stated: Claim) -> bool:
    said = stated.value or HUNDRED
    return abs(result.value - said) <= min(NEARLY, said * MOST_OFF) and result.value <= HUNDRED


def _given_elsewhere(t: Structure, i: int, pair: tuple[Claim, Claim], wording: Wording) -> bool:
    """Whether another number near gives the share with one of the two, or two neighbours do."""
    start, end = t.s.paragraph(t.s.at[i])
    near = _stocks(t, start, end, i) + t.stocks_before(i, 0)
    claims = [t.claim(j) for j in near if same_unit(t.claim(j), pair[0])][-REACH:]
    tried = (
        divided(one, other, wording, HUNDRED)
        for one, other in permutations(claims, 2)
        if testable(one, other) and (one in pair or other in pair)
    )
    return any(result is not None and agrees(result, t.claim(i), wording) for result in tried)


def _average(t: Structure, i: int, lead: str, wording: Wording) -> Iterator[Finding]:
    """`水渠全长15公里，花了450万元，每公里造价30万元`: the one number that counts and the one that is shared out."""
    clause, stated = last_clause(lead), t.claim(i)
    said = SCALED.search(clause) or AVERAGE.search(clause)
    if said is None or NOT_AVERAGED.search(clause) or stated.approx is not None:
        return
    scale = SCALES[said["scale"]] if "scale" in said.groupdict() else ONE
    each = said["what"] if scale != ONE else said["each"] or said["one"] or said["unit"]
    near = _near(t, i)
    totals = [j for j in near if _is_shared_out(t.claim(j), stated)]
    counts = [j for j in near if j not in totals and _counts(t, j, each, scale)]
    best = max((likelihood(t, j, each) for j in counts), default=0)
    counts = [j for j in counts if likelihood(t, j, each) == best]
    if len(totals) != 1 or len(counts) != 1 or not testable(stated, t.claim(totals[0]), t.claim(counts[0])):
        return
    total, count = t.claim(totals[0]), t.claim(counts[0])
    scale *= kilograms(total) / kilograms(stated)
    result = divided(total, count, wording, scale)
    if result is None or not stated.value:
        return
    holds = rate_holds(t, i, totals[0], counts[0], result, wording)
    near_it = PLAUSIBLE[0] <= result.value / stated.value <= PLAUSIBLE[1]
    apart = is_of_another_time(t, i, (totals[0], counts[0])) or is_given(t, i, (total, count), scale, wording)
    if holds or (near_it and not apart):
        yield finding("per", stated, (total, count), result, holds=holds)


def _is_shared_out(total: Claim, stated: Claim) -> bool:
    """Whether a number may be the whole of which the average is each one's portion."""
    weights = total.unit in KILOGRAMS and stated.unit in KILOGRAMS
    times = str(total.unit).endswith("次") and stated.unit in PEOPLE
    money = total.kind == stated.kind == "amount"
    return money or (total.unit == stated.unit and "amount" not in (total.kind, stated.kind)) or weights or times


def _counts(t: Structure, j: int, each: str, scale: Decimal) -> bool:
    """Whether claim `j` counts the things the average is taken for each of: 15公里 for 每公里, 36名村干部 for 每人."""
    claim = t.claim(j)
    if claim.kind == "amount":
        return False
    unit, noun = claim.unit or "", first_clause(t.s.trails[j])
    if scale != ONE:
        return (not unit or unit in PEOPLE) and (claim.value or 0) >= scale
    if each.startswith(unit) and unit and unit != "个":
        return True
    if unit in UNITS.get(each[:1], ()) or (each[0] in "人名位" and unit in PEOPLE):
        return True
    thing = names(each[1:] if each[0] in "个名位家支项条处所座" else each)[:4]
    return len(thing) > 1 and (noun.startswith(thing[:2]) or shares_a_word(thing, t.s.clauses[j] + noun))
