"""Three numbers a sentence each, the third of which is made of the two before: a story told step by step.

`审批事项清理前有148项。经过几轮清理，保留128项。前后对照，减少了22项。` Nothing but words of comparing stands beside
the third, and no other number between, so that the two before it are meant whatever they are called.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.cues import PEOPLE, THEN
from gangmu.reading.arithmetic.judge import Result, agrees, divided, finding, grown, subtracted, testable
from gangmu.reading.arithmetic.marks import PERCENT, POINTS, QUANTITY, TIMES
from gangmu.reading.arithmetic.points import of_two_rates
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding, FindingType
from gangmu.reading.wording import HUNDRED, Wording

TELLING_SIGNS = "增多提上涨高减下降低少回压差剩余还尚未占率比均是"
RISE = "增长?|增加|多[收出了]?|提高|提升|上升|上涨|涨|净增|高"
FALL = "减少?|下降|降低?|少[收出了]?|净减|低|回落|压减"
MOVED = pattern(rf"(?:(?P<up>{RISE})|(?P<down>{FALL})|差着?|相差)(?:了|出|约|近|幅度?|为|达)*$")
LEFT = pattern(r"(?:[还应尚仅只]?(?:剩|余)下?|结余|还有|尚有|未[\u4e00-\u9fff]{1,2}的?(?:还)?有?)$")
SHARED = pattern(r"占[^,。;]{1,8}的$|(?:率|占比|比例)(?:为|达到?|是|只有|仅)?$")
AVERAGED = pattern(r"(?:平均|[人户]均)[^,。;]{0,6}$")
FRAMING = pattern(
    rf"{RISE}|{FALL}|差着?|相差|前后|一比|对[照比]|相比|比较|两相|一[年头尾]|净|共|又|总|这样|算|下来|幅度?|[了出约近为达是]|"
    r"(?:与|比|较)?(?:[去前]年|上年末?|年初|原来|从前|过去|去年底)"
)
AGAINST = pattern("(?:比(?!较)|较|与)(?P<whom>[^,。;多少增减提上下高低相]{1,8})")
BASE = pattern("(?:占|是)(?P<base>[^,。;]{1,8}?)(?:总?数|人数|户数)?的$")
BREAK = pattern("[。!?\n]")
FORMER = searched(THEN)
NO_STORY = pattern("每|分别|另|计划|目标|全[国省市县]|同比|环比|其他")
GAINED = pattern("[增减短超][收支产拨投缴]$")
NOT_DONE = pattern("没有?|未|尚|还[有差剩]|不")
LONGEST_RESULT, LONGEST_NAME, MOST_APART = 22, 3, 90
ALIKE = QUANTITY * 2, PERCENT * 2
NEAR_ENOUGH = Decimal(1) / 12, Decimal(12)


def in_a_row(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding where claim `i` says what the two numbers of the two sentences before it come to."""
    marks = t.s.marks[i - 2 : i] if i > 1 else ""
    if marks not in ALIKE or len(t.s.leads[i]) > LONGEST_RESULT or not _alone_behind(t, i) or not _is_a_story(t, i):
        return
    one, other, stated = t.claims[i - 2], t.claims[i - 1], t.claims[i]
    if not testable(one, other) or stated.value is None:
        return
    clause, alike = t.s.clauses[i], one.unit == other.unit
    if marks == PERCENT * 2 and t.s.marks[i] in (POINTS, PERCENT):
        yield from _between_rates(t, i, clause, wording)
    elif marks != QUANTITY * 2:
        return
    elif t.s.marks[i] == QUANTITY and alike and stated.unit == one.unit and "其中" not in t.s.leads[i - 1]:
        yield from _difference(one, other, stated, clause, wording)
    elif t.s.marks[i] == QUANTITY and not alike and stated.unit == other.unit and AVERAGED.search(clause):
        yield from _told("per", stated, (other, one), divided(other, one, wording) if _counts(one) else None, wording)
    elif t.s.marks[i] == PERCENT and alike and ("其中" not in t.s.leads[i - 1] or SHARED.search(clause)):
        yield from _share_or_growth(t, i, clause, wording)
    elif t.s.marks[i] == TIMES and alike and (base := BASE.search(clause)) and base["base"] in t.s.leads[i - 2]:
        yield from _told("multiple", stated, (other, one), divided(other, one, wording), wording)


def _is_a_story(t: Structure, i: int) -> bool:
    """Whether the three numbers stand close together in two or three sentences of one paragraph, no change before."""
    if {t.claims[i - 2].kind, t.claims[i - 1].kind} & {"change", "norm"}:
        return False
    if any(GAINED.search(t.s.clauses[j]) for j in (i - 2, i - 1)):
        return False  # 总收入1.9亿元，增收2500万元。地方收入1亿元，增长2.6%
    gaps = [t.s.text[low:high] for low, high in pairwise(t.s.at[i - 2 : i + 1])]
    if max(map(len, gaps)) > MOST_APART or "\n" in gaps[0] or "\n" in gaps[1]:
        return False
    # 全村334户，改厕267户，普及率80%
    if not any(map(BREAK.search, gaps)) and not (SHARED.search(t.s.clauses[i]) and t.is_total_like(i - 2)):
        return False
    if NO_STORY.search(t.s.leads[i]) or NO_STORY.search(t.s.leads[i - 1]) or AGAINST.search(t.s.leads[i - 1]):
        return False
    against = AGAINST.search(t.s.leads[i])
    return against is None or against["whom"][:2] in t.s.leads[i - 2] + t.s.leads[i - 1]


def _alone_behind(t: Structure, i: int) -> bool:
    """Whether the sentence of the first of the two tells no number before it in its measure."""
    before = i - 3
    if before < 0 or t.s.at[before] < t.s.bounds[i - 2][0]:
        return True
    return t.claims[before].unit != t.claims[i - 2].unit


def _counts(claim: Claim) -> bool:
    return claim.unit in PEOPLE or claim.unit in ("户", "家", "个", "场", "次", "趟", "亩", "村")


def _between_rates(t: Structure, i: int, clause: str, wording: Wording) -> Iterator[Finding]:
    said, times = MOVED.search(clause), _in_time(t, i)
    if said and times and _is_bare(clause):
        old, new = times
        sign = 1 if said["up"] else -1 if said["down"] else (1 if (new.value or 0) >= (old.value or 0) else -1)
        found = of_two_rates(new, old, t.claims[i], sign, wording)
        turned = subtracted(old, new, wording)
        if found.verdict == "consistent" or not agrees(turned, t.claims[i], wording, sign=sign):
            yield found


def _is_bare(clause: str) -> bool:
    """Whether nothing is named that rose, fell or is left but what the sentences before told of."""
    return len(FRAMING.sub("", clause)) <= LONGEST_NAME


def _in_time(t: Structure, i: int) -> tuple[Claim, Claim] | None:
    """The earlier and the later: as told, unless the second is said to be the earlier; None where both are."""
    one, other = t.claims[i - 2], t.claims[i - 1]
    first, second = (FORMER.search(t.s.leads[j]) is not None for j in (i - 2, i - 1))
    if first and second:
        return None
    return (other, one) if second else (one, other)


def _difference(one: Claim, other: Claim, stated: Claim, clause: str, wording: Wording) -> Iterator[Finding]:
    if (MOVED.search(clause) or LEFT.search(clause)) and _is_bare(LEFT.sub("", clause)):
        larger, smaller = sorted((one, other), key=lambda c: -(c.value or 0))
        yield from _told("difference", stated, (larger, smaller), subtracted(larger, smaller, wording), wording)


def _share_or_growth(t: Structure, i: int, clause: str, wording: Wording) -> Iterator[Finding]:
    stated, times, said = t.claims[i], _in_time(t, i), MOVED.search(clause)
    if said and (said["up"] or said["down"]):
        if times is None or not _is_bare(clause):
            return
        old, new = times
        rate, sign = grown(new, old, wording), 1 if said["up"] else -1
        if rate is not None:
            holds = agrees(rate, stated, wording, sign=sign)
            yield finding("growth", stated, (new, old), rate, holds=holds, unit="%")
    elif SHARED.search(clause) and _is_share(t, i):
        part, whole = t.claims[i - 1], t.claims[i - 2]
        if NOT_DONE.search(t.s.leads[i - 1] + t.s.trails[i - 1]) and not NOT_DONE.search(clause):
            return  # 还有391户没有走到，完成率81.5%: the share of the others
        yield from _told("share", stated, (part, whole), divided(part, whole, wording, HUNDRED), wording, unit="%")


def _is_share(t: Structure, i: int) -> bool:
    """Whether the second of the two may be some of the first, counted one by one, and no other base is named."""
    part, whole, named = t.claims[i - 1], t.claims[i - 2], BASE.search(t.s.clauses[i])
    smaller = (part.value or 0) <= (whole.value or 0) and not part.scaled and not whole.scaled
    return smaller and (named is None or named["base"][:2] in t.s.leads[i - 2] + t.s.trails[i - 2])


def _told(
    kind: FindingType, stated: Claim, operands: tuple[Claim, Claim], result: Result | None, wording: Wording,
    unit: str = "",
) -> Iterator[Finding]:  # fmt: skip
    if result is None or not stated.value or not result.value:
        return
    holds = agrees(result, stated, wording)
    if holds or NEAR_ENOUGH[0] <= result.value / stated.value <= NEAR_ENOUGH[1]:
        yield finding(kind, stated, operands, result, holds=holds, unit=unit or ("倍" if kind == "multiple" else ""))
