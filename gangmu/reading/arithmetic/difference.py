"""Differences: what came or went between two states, and what is left of a whole."""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.balance import opening_before
from gangmu.reading.arithmetic.comparisons import Comparison, Outcome
from gangmu.reading.arithmetic.cues import THEN
from gangmu.reading.arithmetic.judge import agrees, finding, subtracted, testable
from gangmu.reading.arithmetic.language import label, same_unit
from gangmu.reading.arithmetic.marks import PERCENT, QUANTITY
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

LEFT_WORDS = (
    r"留用|留存|自留|结存|库存|在库|未用|节余|未结|正办|待查|无效|缺席|缺勤|未到|请假|逾期|超期|未按|未办|未完|未整|未交|未缴|未收|未回|未通|未达|未开|未建|未落|未化|未解|未脱|未签|未参|剩余|剩下|结余|余额|"
    r"结转|结存|尚有|尚余|尚未|尚缺|仍缺|还有|还剩|还差|还缺|仅剩|只剩|缺口|缺额|空缺|仍有|正在|在办|在建|待办|待建|(?:少|差|缺|短缺)了|[还尚仍]存|不合格|不达标|不满意|其余|余下|剩|不足"
)
LEFT = searched(LEFT_WORDS.replace("短缺)了", "短缺)了$"))
DONE = pattern(
    r"上缴|上解|用于|已用|有效|接单|纳入|已|实|按期|按时|办结|审结|执结|结案|解决|完成|整改|合格|支出|使用|拨付|出席|参|收回|建成|化解|通过|销号|达标|配备|到位|缴|落实|开工|脱贫|签"
)
WHOLE = pattern(
    r"接件|申报|申请|报名|登记|派发|缴|点单|查|应|共|总|全|收|受理|排查|发现|建立|收入|计划|现有|需|核定|下达|梳理|排出|检查|抽|征集|交办|立案|转办|到账|筹|编制|任务|在册|发放|下拨|拨款|资金|经费|确诊|合计|待办案|应办"
)
AMONG = pattern("[^,;:。其]{0,8}中")
PLAN = pattern("计划|任务|目标|预算|指标")
TO_PLAN = pattern("(?:计划|任务|目标|预算|指标)(?:值|数)?$")  # 超任务300件 is no difference to last year
ABSENT = pattern(r"请假|缺席|缺勤|未到|因[事公病]")
TIME_OF_OTHER = pattern(rf"^(?:{THEN})")
COMPARED = pattern(r"[比较]")
SUMMED = pattern("合计|共计|总计|加起来")  # what was carried over is in it already
NOT_ALL_LEFT = pattern(r"(?:其余|其他)[^,;。]{1,6}(?:还|仍|尚)有")
REST = pattern("其余|其他|剩下|余下|尚有|还有|仍有")
OF_A_LATER_STEP = pattern(";[^,;。]{2,6}中有$")  # 体检合格126人；考察中有12人放弃
SLIP = Decimal("0.9"), Decimal("1.1")
NEAREST = 8
DIRECTION = "方向写反了", "the direction is the wrong way round"


def differences(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every difference whose two values the text gives."""
    s = t.s
    for pair in t.comparisons:
        for outcome in pair.outcomes:
            if s.marks[outcome.at] == s.marks[pair.new] == QUANTITY:
                yield from _between(s, pair, outcome, wording)


def _between(s: Skeleton, pair: Comparison, outcome: Outcome, wording: Wording) -> Iterator[Finding]:
    new, old, stated = s.claims[pair.new], s.claims[pair.old], s.claims[outcome.at]
    of_plan = TO_PLAN.search(s.clauses[outcome.at]) and not PLAN.search(s.clauses[pair.old])
    if of_plan or stated.kind == "norm" or not testable(new, old, stated) or not same_unit(new, stated):
        return
    result = subtracted(new, old, wording)
    holds = agrees(result, stated, wording, sign=outcome.sign or 1)
    note, note_en = ("", "")
    if not holds and outcome.sign and agrees(result, stated, wording, sign=-outcome.sign):
        note, note_en = DIRECTION
    shown = result if result.value >= 0 else subtracted(old, new, wording)
    yield finding("difference", stated, (new, old), shown, holds=holds, note=note, note_en=note_en)


def remainder(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`应到50人，实到47人，缺席3人`: the third number is what the second left of the first."""
    if i > 1 and t.is_quantity(i) and LEFT.search(label(t.s, i)):
        yield from _left_over(t.s, i, wording)


def _left_over(s: Skeleton, i: int, wording: Wording) -> Iterator[Finding]:
    """The number before is what was done; the whole stands before it, past shares and 其中."""
    near = _like_before(s, i)
    if len(near) > 1 and "占" in s.clauses[near[0]] and s.trails[near[0]].startswith("的"):
        near[:2] = near[1::-1]  # 清收860万元，占应收2150万元的四成，尚余1290万元
    if COMPARED.search(s.clauses[i]) or NOT_ALL_LEFT.search(s.leads[i]):
        return
    if len(near) == 1:
        yield from _left_of_told_before(s, near[0], i, wording)
    if len(near) < 2:
        return
    for done, whole in ((d, w) for d in near[:2] for w in near[near.index(d) + 1 :]):
        if agrees(subtracted(s.claims[whole], s.claims[done], wording), s.claims[i], wording):
            yield _left(s, whole, done, i, wording, holds=True)
            return
    summed = any(SUMMED.search(label(s, w)) for w in near[1:])
    if (opening_before(s, i) is not None and not summed) or TIME_OF_OTHER.search(s.clauses[i]):
        return
    rated = any(s.marks[j] == PERCENT for j in range(near[0] + 1, i))
    after = [w for w in near[1:] if _may_be_whole(s, w, rated=rated) and not s.lead(w).startswith("其中")]
    wholes = [w for w in after if not _is_listed(s, w, i)] or after
    for whole in wholes[:1]:
        smaller = (s.claims[i].value or 0) < (s.claims[whole].value or 0) >= (s.claims[near[0]].value or 0)
        split = AMONG.match(s.trails[whole]) and near[0] == whole + 1
        if (
            smaller
            and (split or DONE.search(label(s, near[0])))
            and not _goes_on(s, i)
            and _last_stock(s, i) in near[:2]
            and not OF_A_LATER_STEP.search(s.leads[i])
            and _nothing_between(s, whole, near[0])
        ):
            yield _left(s, whole, near[0], i, wording, holds=False)


def _left_of_told_before(s: Skeleton, done: int, i: int, wording: Wording) -> Iterator[Finding]:
    """`应办案件1560件。…已审结1245件，尚有未结325件`: the whole stands sentences before what was done of it."""
    start = s.bounds[i][0]
    told = [j for j in s.between(s.paragraph(s.at[i])[0], start) if s.marks[j] == QUANTITY and testable(s.claims[j])]
    alike = [j for j in reversed(told) if same_unit(s.claims[j], s.claims[i]) and s.claims[j].kind != "change"]
    value = (s.claims[done].value or 0) + (s.claims[i].value or 0)
    for whole in alike:
        if agrees(subtracted(s.claims[whole], s.claims[done], wording), s.claims[i], wording):
            yield _left(s, whole, done, i, wording, holds=True)
            return
    if (i < len(s.at) - 1 and _goes_on(s, i)) or opening_before(s, i) is not None:
        return
    likely = [j for j in alike if WHOLE.search(label(s, j)) and s.claims[j].unit == s.claims[i].unit]
    for whole in likely[:1]:
        total = s.claims[whole].value or 0
        rest = REST.search(s.leads[i]) or DONE.search(label(s, done))
        if rest and done == _last_stock(s, i) and SLIP[0] * total <= value <= SLIP[1] * total:
            yield _left(s, whole, done, i, wording, holds=False)


def _may_be_whole(s: Skeleton, w: int, *, rated: bool) -> bool:
    return rated or bool(WHOLE.search(label(s, w)) or AMONG.match(s.trails[w]))


def _is_listed(s: Skeleton, w: int, i: int) -> bool:
    """Whether claim `w` belongs to a 其中 list that ended before claim `i`."""
    start = s.bounds[w][0]
    opened = s.text.rfind("其中", start, s.at[w])
    return opened >= 0 and ";" not in s.text[opened : s.at[w]] and ";" in s.text[s.at[w] : s.at[i]]


def _nothing_between(s: Skeleton, whole: int, done: int) -> bool:
    """Whether no further part of the whole stands before what was done, 其中 and its list apart."""
    between = [j for j in range(whole + 1, done) if s.marks[j] == QUANTITY and same_unit(s.claims[j], s.claims[done])]
    return not between or any("其中" in s.lead(j) for j in range(whole + 1, between[0] + 1))


def present(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`应到45人，请假4人，实到41人`: who came is who should have come without those who did not."""
    s = t.s
    if i < 2 or "应" not in s.clauses[i - 2] or s.at[i - 2] < s.bounds[i][0] or not ABSENT.search(s.clauses[i - 1]):
        return
    whole, absent, stated = s.claims[i - 2 : i + 1]
    if same_unit(whole, absent) and same_unit(absent, stated) and testable(whole, absent, stated):
        result = subtracted(whole, absent, wording)
        yield finding("difference", stated, (whole, absent), result, holds=agrees(result, stated, wording))


def _last_stock(s: Skeleton, i: int) -> int:
    return next((j for j in range(i - 1, -1, -1) if s.marks[j] == QUANTITY), -1)


def _like_before(s: Skeleton, i: int) -> list[int]:
    """The testable numbers of the same measure before `i` in its sentence, nearest first."""
    near = s.between(s.bounds[i][0], s.at[i])
    return [
        j
        for j in reversed(near)
        if s.marks[j] == QUANTITY and same_unit(s.claims[j], s.claims[i]) and testable(s.claims[j])
    ]


def _left(s: Skeleton, whole: int, done: int, i: int, wording: Wording, *, holds: bool) -> Finding:
    a, b, stated = s.claims[whole], s.claims[done], s.claims[i]
    return finding("difference", stated, (a, b), subtracted(a, b, wording), holds=holds)


def _goes_on(s: Skeleton, i: int) -> bool:
    """Whether more of the same measure follows in the sentence: then the remainder is only a part of what is left."""
    end = s.bounds[i][1]
    rest = [j for j in s.between(s.at[i] + 1, end) if s.marks[j] == QUANTITY]
    return any(same_unit(s.claims[j], s.claims[i]) and LEFT.search(label(s, j)) for j in rest)
