"""Shares and averages one of whose two numbers stands in another sentence, under the noun they have in common.

`登记种植大户118户。…种植大户中，已有45户加入联合体，占38%`: the part stands beside its share, the whole goes by its
name. `接待国内游客252万人次。…国内旅游收入7.6亿元，游客人均花费304元`: so with what is shared out and among how many.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.cues import DEEDS, MATTERS, OPINIONS, PEOPLE
from gangmu.reading.arithmetic.elsewhere import Nouns, Told, alike, is_elsewhere, stocks_around, the_one, told_apart
from gangmu.reading.arithmetic.judge import agrees, divided, finding, testable
from gangmu.reading.arithmetic.language import first_clause
from gangmu.reading.arithmetic.marks import MARK, MARKS, PERCENT
from gangmu.reading.arithmetic.measures import kilograms, one_measure
from gangmu.reading.arithmetic.per import EACH, EACH_OF, MEAN, UNITS
from gangmu.reading.arithmetic.share_cues import CHANGES, PLAN, RATE
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HUNDRED, ONE, ZERO, Wording

SHARED = searched("占|率|比例|比重|(?:即|也就是|相当于|合)(?:近|约|了)*$")
NOT_SHARED = searched("增|减|升|降|提高|同比|环比|利率|税率|概率|目标|力争|高于|低于|平均")
# 种植大户中, 单元工程里, 占公务接待批次的: who the share is of.
NAMED = pattern(
    rf"(?:^|[,;:])(?:在)?(?P<among>[^,;:|{MARKS}]{{2,14}}?)(?:中|里|里头|当中|之中)(?:[,|]|有|发现|查出)|占(?P<of>[^,;:|占{MARKS}]{{2,14}}?)的"
)
NOT_AVERAGED = pattern(
    "最|至少|不少于|不低于|不超过|不高于|标准|可支配|GDP|生产总值|应|须|计划|每[年月季周天日]|目标|限|增|减"
)
NO_TOTAL = pattern("均|每|相差|差距")
FEWEST = Decimal(10)
ABSURD = Decimal(12)
NEARLY = Decimal("0.7"), Decimal("1.4")


def is_absurd(computed: Decimal, stated: Decimal | None) -> bool:
    """Whether two figures are too far apart for a slip: they speak of different things."""
    low, high = sorted((abs(computed), abs(stated or ZERO)))
    return high > ABSURD * low


def shares_elsewhere(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for a share whose part stands beside it and whose whole is told in another sentence."""
    t, clause = n.t, n.t.s.clauses[i]
    if t.s.marks[i] != PERCENT or t.claims[i].kind != "ratio" or not SHARED.search(clause):
        return
    if NOT_SHARED.search(clause) or CHANGES.search(clause) or PLAN.search(t.s.leads[i]) or _is_opinion(clause):
        return
    part = _part(t, i)
    if part is None or not testable(t.claims[part], t.claims[i]):
        return
    named = _whole_named(t, i)
    if not named and not _is_of_part(t, part, i):
        return
    one = t.claims[part]
    larger = [j for j in alike(t, part) if (t.claims[j].value or ZERO) >= FEWEST and _is_larger(t, j, part)]
    told = the_one(n, named or _all_words(t, part, i), larger, part)
    if told is None or t.is_part(told.at):
        return
    result = divided(one, t.claims[told.at], wording, HUNDRED)
    if result is None:
        return
    holds = agrees(result, t.claims[i], wording)
    if holds or not (is_absurd(result.value, t.claims[i].value) or is_given(t, i, one, alike(t, part), wording)):
        yield finding("share", t.claims[i], (one, t.claims[told.at]), result, holds=holds, unit="%")


def _is_larger(t: Structure, j: int, part: int) -> bool:
    """Whether claim `j` may be the whole of a part; the same value elsewhere is the part told again."""
    return (t.claims[j].value or ZERO) > (t.claims[part].value or ZERO)


def _is_of_part(t: Structure, part: int, i: int) -> bool:
    """`评为优良的226个，优良率59.6%`: a rate is of the number beside it if it is named after what that one counts.

    `发出建议28份，采纳率93.1%` is the rate of all 28.
    """
    rate = RATE.search(t.s.clauses[i])
    if rate is None or "占" in t.s.clauses[i] or rate["stem"] in ("比", "比例", "占"):
        return True
    stem, told = rate["stem"][-2:], t.s.clauses[part] + first_clause(t.s.trails[part])
    return stem in told or any(deed in told for deed in DEEDS.get(stem, ()))


def _is_opinion(clause: str) -> bool:
    return any(word in clause for word in OPINIONS)


def _part(t: Structure, i: int) -> int | None:
    """The only number of its measure in the sentence of share `i`, right before it or right behind in brackets."""
    start, end = t.s.bounds[i]
    near = [j for j in (i - 1, i + 1) if 0 <= j < len(t.s.at) and start <= t.s.at[j] < end and t.is_stock(j)]
    if not near:
        return None
    part = near[0]
    if part > i and not t.s.leads[part].startswith("("):
        return None
    inside = [j for j in t.s.between(start, end) if t.is_quantity(j) and t.claims[j].unit == t.claims[part].unit]
    return part if inside == [part] else None


def _whole_named(t: Structure, i: int) -> str:
    """The words of the sentence of share `i` that call the whole by its name: 种植大户中, 占公务接待批次的."""
    words = MARK.sub("|", t.s.text[t.s.bounds[i][0] : t.s.at[i]])
    return "|".join(m["among"] or m["of"] for m in NAMED.finditer(words))


def _all_words(t: Structure, part: int, i: int) -> str:
    words = MARK.sub("|", t.s.text[t.s.bounds[i][0] : t.s.at[i]])
    return f"{words}|{first_clause(t.s.trails[part])}"


def is_given(t: Structure, i: int, part: Claim, wholes: Iterable[int], wording: Wording) -> bool:
    """Whether any other number of the measure makes the share right: it is that one's."""
    results = (divided(part, t.claims[j], wording, HUNDRED) for j in wholes if testable(t.claims[j]))
    return any(result is not None and agrees(result, t.claims[i], wording) for result in results)


def average_said(t: Structure, i: int) -> re.Match[str] | None:
    """The words that call claim `i` an average of each; None where it is none."""
    clause = t.s.clauses[i]
    if not t.is_quantity(i) or not ("均" in clause or "每" in clause) or NOT_AVERAGED.search(clause):
        return None
    said = MEAN.search(clause) or EACH.search(clause) or EACH_OF.search(clause)
    return said if testable(t.claims[i]) and t.claims[i].kind != "norm" else None


def unit_of(said: re.Match[str]) -> str:
    """What the average is taken for each of: 户 of 户均, '' where the words name no measure."""
    return said["unit"] or said.groupdict().get("unit2") or ""


def averages_elsewhere(n: Nouns, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding for an average one of whose numbers stands beside it, the other in another sentence."""
    t, said = n.t, average_said(n.t, i)
    if said is None:
        return
    each = unit_of(said)
    operands = _operands(n, i, each)
    if operands is None:
        return
    total, count = operands
    result = divided(total, count, wording, kilograms(total) / kilograms(t.claims[i]))
    if result is None:
        return
    holds = agrees(result, t.claims[i], wording)
    if holds or is_slip_of_average(t, i, result.value):
        yield finding("per", t.claims[i], (total, count), result, holds=holds)


def is_slip_of_average(t: Structure, i: int, computed: Decimal) -> bool:
    """Whether what was computed may be meant by average `i`; 每场补助5000元 may be set, and must nearly be it."""
    stated = t.claims[i].value or ZERO
    if "均" in t.s.clauses[i]:
        return not is_absurd(computed, stated)
    return "分" not in t.s.clauses[i] and NEARLY[0] * stated <= computed <= NEARLY[1] * stated


def _operands(n: Nouns, i: int, each: str) -> tuple[Claim, Claim] | None:
    """What is shared out and among how many: one of them the only one in the sentence, the other the only one told."""
    t = n.t
    start, end = t.s.bounds[i]
    inside = [j for j in t.s.between(start, end) if j != i and t.is_stock(j) and testable(t.claims[j])]
    totals = [j for j in inside if is_shared_out(t, j, i)]
    beside = i - 1 if each and t.claims[i - 1].unit == each else None  # 共47个，平均每个3440元
    counts = [j for j in inside if j not in totals and (j == beside or counts_each(t, j, each))]
    if len(totals) + len(counts) != 1:
        return None
    words = MARK.sub("|", t.s.text[start:end])
    others = [
        j for j in stocks_around(t, i) if is_elsewhere(t, i, j) and testable(t.claims[j]) and t.claims[j].kind != "norm"
    ]
    if totals:
        told = _only(n, words, (totals[0], i), [j for j in others if counts_each(t, j, each)])
        return (t.claims[totals[0]], t.claims[told.at]) if told else None
    told = _only(n, words, (counts[0], i), [j for j in others if is_shared_out(t, j, i)])
    return (t.claims[told.at], t.claims[counts[0]]) if told else None


def _only(n: Nouns, words: str, here: tuple[int, int], those: list[int]) -> Told | None:
    told = the_one(n, words, those, here[0])
    return None if told is None or told_apart(n, here[1], told.at) else told


def is_shared_out(t: Structure, j: int, i: int) -> bool:
    """Whether claim `j` may be what average `i` is each one's portion of."""
    total, stated = t.claims[j], t.claims[i]
    more = (total.value or ZERO) * kilograms(total) > (stated.value or ZERO) * kilograms(stated)
    strictly = total.unit == stated.unit or total.unit not in MATTERS or stated.unit not in MATTERS
    return more and strictly and one_measure(total, stated) and not NO_TOTAL.search(t.s.clauses[j])


def counts_each(t: Structure, j: int, each: str) -> bool:
    """Whether claim `j` counts those who have a portion each: `each` is the unit they are told by."""
    claim, unit = t.claims[j], t.claims[j].unit or ""
    if claim.kind != "count" or (claim.value or ZERO) <= ONE:
        return False
    people = each in ("人", "名", "位") and (unit in PEOPLE or unit == "人次")
    noun = first_clause(t.s.trails[j])
    return (
        people
        or (unit == each and each != "个")
        or unit in UNITS.get(each, ())
        or (bool(each) and noun.startswith(each))
    )
