"""Rates that are set and not computed: 每村补助5万元, 每个小组配备2名, 每度0.4元, 每人每月1800元.

An average is a quotient and may be rounded; what each is given is exact, and times the number of those who get it,
and the months they get it, it makes the whole that is told behind it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.cues import PEOPLE
from gangmu.reading.arithmetic.judge import Result, agrees, figure, finding, number, testable
from gangmu.reading.arithmetic.language import label
from gangmu.reading.arithmetic.marks import MARKS
from gangmu.reading.arithmetic.measures import KILOGRAMS, kilograms, one_measure
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.numerals import arabic, chinese
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import ONE, Interval, Wording, interval, result_interval

VERBS = (
    "配备?|补助?|补贴|奖励?|发放?|安排|收取?|支?付|给予?|拨付?|缴纳?|交|捐款?|领取?|包联?|联系|结对|设立?|增收|租金|流转费|"
    "工资|费用?|标准|单价|价格|卖|收购价"
)
EACH = pattern(
    rf"每一?(?:个|名|位)?(?P<whom>[\u4e00-\u9fff]{{1,4}}?)(?:每一?个?(?P<time>月|季度?|年|天|日|周))?"
    rf"(?P<verb>(?:{VERBS})(?:各|为|了|是)?[^均{MARKS},]{{0,4}})?$"
)
AVERAGED = pattern("均|平|大约|左右|至少|不少于|超过|近|约")
A_TIME = frozenset("月天日周年")
IN_ALL = searched("[共总]|合计|累计|一年|全年|需|收益|收入|[卖得]")
A_YEAR = searched("全年|一年|年内|本年|当年|[今去]年")
IN_A_YEAR = {"月": Decimal(12), "季": Decimal(4), "季度": Decimal(4), "年": ONE}
SPANS = {"月": ("个月",), "天": ("天", "日"), "日": ("天", "日"), "年": ("年",), "周": ("周", "个周")}
MONTHS = pattern("([\\d一二三四五六七八九十两]{1,3})个月")  # a span that frames another number is no claim
LOOK_BACK = 6
NEAR_ENOUGH = Decimal("0.5"), Decimal(2)


def _said(t: Structure, i: int) -> re.Match[str] | None:
    """What the words give each of whom, where no average is spoken of: 每村补助5万元 and not 平均每村5万元."""
    clause, stated = t.s.clauses[i], t.claims[i]
    if AVERAGED.search(clause) or not testable(stated) or stated.approx is not None or not t.is_quantity(i):
        return None
    said = EACH.search(clause)
    whole = said and said["whom"] not in A_TIME and (said["verb"] or stated.kind == "amount")
    return said if whole else None


def rate_holds(t: Structure, i: int, total: int, count: int, result: Result, wording: Wording) -> bool:
    """Whether a rate agrees with its total and number; `result` is their quotient in the rate's own scale.

    A set rate with its total behind it is multiplied; every other is a quotient that may have been rounded.
    """
    stated = t.claims[i]
    if total < i or _said(t, i) is None or not stated.value or not result.value:
        return agrees(result, stated, wording)
    whole = t.claims[total]
    times = stated.value / result.value  # how far the rate is from the quotient, whatever the scale between the two
    reach = interval(t.claims[count], wording)
    of_one = (t.claims[count].value or ONE) / ((whole.value or ONE) * times)
    return Interval(reach.low / of_one, reach.high / of_one).meets(result_interval(whole, wording))


def set_rate(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding where claim `i` is a set rate with its number before it or beside it and the whole behind it.

    `每个小组配备2名网格员`, `126人，每人每月1800元，全年272.16万元`.
    """
    said = _said(t, i)
    if said:
        yield from _multiplied(t, i, said, wording)


def _multiplied(t: Structure, i: int, said: re.Match[str], wording: Wording) -> Iterator[Finding]:
    start, end = t.s.bounds[i]
    behind = [k for k in t.s.between(t.s.at[i] + 1, end) if t.is_quantity(k)]
    alike = (k for k in behind if one_measure(t.claims[k], t.claims[i]) and IN_ALL.search(t.s.clauses[k]))
    total = next(alike, None)
    if total is None or ";" in t.s.text[t.s.at[i] : t.s.at[total]]:
        return
    counts = [j for j in (*t.stocks_before(i, start, LOOK_BACK), *behind) if j < total and _counts(t, j, said["whom"])]
    if len({t.claims[j].value for j in counts}) != 1 or not testable(t.claims[total], t.claims[counts[0]]):
        return
    spans, times = _span(t, i, total, said["time"])
    if times:
        times *= _weighed(t.claims[counts[0]], said["whom"]) * kilograms(t.claims[i]) / kilograms(t.claims[total])
        yield from _judged(t.claims[total], t.claims[counts[0]], t.claims[i], times, spans, wording)


def _weighed(count: Claim, whom: str) -> Decimal:
    """How many of the rate's measure one of the count's is: 1000 for 12吨 at 每公斤80元."""
    return kilograms(count) / KILOGRAMS.get(whom, ONE) if whom in KILOGRAMS else ONE


def _span(t: Structure, i: int, total: int, time: str | None) -> tuple[list[Claim], Decimal | None]:
    """How many times each gets it, and the number that says so; None where a rate a month has no span."""
    if time is None:
        return [], ONE
    spans = [t.claims[k] for k in range(i + 1, total) if t.claims[k].unit in SPANS.get(time, ())][:1]
    if spans:
        return spans, spans[0].value
    words = t.s.text[t.s.bounds[i][0] : t.s.at[total]]
    if time == "月" and (months := MONTHS.search(words)):
        return [], months_of(months[1])
    return [], IN_A_YEAR.get(time) if A_YEAR.search(words) else None


def months_of(digits: str) -> Decimal | None:
    """半年 is no number of months here; 6个月 and 六个月 are."""
    numeral = arabic(digits) if digits.isascii() else chinese(digits)
    return numeral.value if numeral else None


def _counts(t: Structure, j: int, whom: str) -> bool:
    """Whether claim `j` says how many get it: 23个村, 居民小组18个, 126人."""
    own = t.claims[j].unit or ""
    if own == whom or (own in KILOGRAMS and whom in KILOGRAMS) or (whom in ("人", "名", "位") and own in PEOPLE):
        return True
    return t.s.trail(j).startswith(whom) or (len(whom) > 1 and whom in label(t.s, j))


def _judged(
    total: Claim, count: Claim, each: Claim, times: Decimal, spans: list[Claim], wording: Wording
) -> Iterator[Finding]:
    rate = (each.value or ONE) * times
    covered = interval(count, wording)
    value = (count.value or ONE) * rate
    shown = f"{figure(count)} × {figure(each)}" + (f" × {number(times)}" if times != ONE else "")
    result = Result(value, Interval(covered.low * rate, covered.high * rate), shown)
    holds = result.reach.meets(result_interval(total, wording))
    if holds or NEAR_ENOUGH[0] <= value / (total.value or value) <= NEAR_ENOUGH[1]:
        yield finding("per", total, (count, each, *spans), result, holds=holds)
