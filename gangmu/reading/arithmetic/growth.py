"""Rates of change: (new - old) ÷ old × 100, from both values or from one of them and the difference."""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.comparisons import COMPARED, OWN_WORDS, Comparison, Outcome, sign_of
from gangmu.reading.arithmetic.cues import FALL, REAL_TERMS, RISE
from gangmu.reading.arithmetic.judge import Result, agrees, divided, figure, finding, grown, testable
from gangmu.reading.arithmetic.language import label, names, pairs, same_unit, shares_a_word
from gangmu.reading.arithmetic.marks import PERCENT, QUANTITY
from gangmu.reading.arithmetic.order_in_time import earlier
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding, Span
from gangmu.reading.wording import HUNDRED, Interval, Wording

DIRECTION = "方向写反了", "the direction is the wrong way round"
NEAREST = 8
BASE = pattern("^(?:[比较]|[与和同]其?)[^,。;]{0,6}(?:年|期|月|季度?|周|[年月季]?[底初末])的$")
MORE_OF_IT = pattern(r"又|再(?!生)|追加|另")
NEWCOMERS, STOCK = (
    pattern("新增|净增|新入|新吸收|新发展|新加入"),
    pattern("[年月季][底末初]|原有|期[初末]"),
)  # 新增36人，较上年底的400人
MORE_NOW = pattern("今年|本年|本月|本季|这次")
FORMER = pattern("[去上]年|原有|年初|上月|原来")
REACHED = pattern("(?:[到达至]了?|为|是|有)(?:了|约|近)*$")
LATER = pattern("(?:[到至]|[扩增升降减]为)(?:了|约|近)*$")
BOTH = 2
WRONG_BASE = "用错了基数，增幅应除以原来的数", "divided by the new value; a rate of change is taken of the old one"


EACH = pattern(rf"(?:同比|环比|比|较)[^,。;]{{0,8}}分别(?:(?P<rise>{RISE})|(?P<fall>{FALL}))了?$")
MODEST = Decimal("0.15"), Decimal(6)


def growths(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every rate of change whose values the text gives."""
    s = t.s
    told: set[Span] = set()
    for pair in t.comparisons:
        for outcome in pair.outcomes:
            if s.marks[outcome.at] == PERCENT and s.marks[pair.new] == QUANTITY:
                found = growth_of(s, pair, outcome, wording)
                if found:
                    told.add(s.claims[outcome.at].span)
                    yield found
    yield from (f for f in _of_differences(s, wording) if f.verdict == "consistent" or f.suspect not in told)


def growth_of(s: Skeleton, pair: Comparison, outcome: Outcome, wording: Wording) -> Finding | None:
    old, stated = s.claims[pair.old], s.claims[outcome.at]
    tried = [
        (s.claims[j], grown(s.claims[j], old, wording)) for j in (pair.new, *pair.others) if testable(s.claims[j], old)
    ]
    joined = NEWCOMERS.search(s.clauses[pair.new]) and STOCK.search(s.clauses[pair.old])
    if joined or MORE_OF_IT.search(s.clauses[pair.new]):  # 去年320座，今年又建了80座: what came, not what there is
        added = s.claims[pair.new]
        tried = [(added, divided(added, old, wording, HUNDRED) if testable(added, old) else None)]
    grew = [(new, result) for new, result in tried if result is not None]
    if not grew or stated.value is None:
        return None
    nearer = _of_told_difference(s, pair, outcome, wording)
    if nearer is not None:
        return nearer
    for new, result in grew:
        if agrees(result, stated, wording, sign=outcome.sign or 1):
            return finding("growth", stated, (new, old), result, holds=True, unit="%")
    said = stated.value * (outcome.sign or 1)
    new, result = min(grew, key=lambda g: abs(g[1].value - said))
    if _in_real_terms(s, pair.new) or _per_year(s, outcome.at) or _is_absurd(result, stated):
        return None
    note, note_en = _cause(result, new, old, stated, outcome, wording)
    return finding("growth", stated, (new, old), result, holds=False, unit="%", note=note, note_en=note_en)


def _is_absurd(result: Result, stated: Claim) -> bool:
    """Whether two numbers lie so far apart that a modest rate cannot be theirs: 5134 and 415 do not make 下降12%."""
    times = result.value / HUNDRED + 1
    return not MODEST[0] < times < MODEST[1] and (stated.value or HUNDRED) < HUNDRED


def _of_told_difference(s: Skeleton, pair: Comparison, outcome: Outcome, wording: Wording) -> Finding | None:
    """`5.4万人次，比上年4.8万人次增加6000人次，增长11.1%`: a difference told to the last digit says more."""
    old, stated = s.claims[pair.old], s.claims[outcome.at]
    for other in pair.outcomes:
        told = s.claims[other.at]
        finer = s.marks[other.at] == QUANTITY and same_unit(told, old) and told.worth * 10 <= old.worth
        result = divided(told, old, wording, HUNDRED) if finer and testable(told, old) else None
        if result and other.sign == outcome.sign and not agrees(result, stated, wording):
            whole = s.claims[pair.new]
            wrong = divided(told, whole, wording, HUNDRED)
            note, note_en = WRONG_BASE if wrong and agrees(wrong, stated, wording) else ("", "")
            return finding("growth", stated, (told, old), result, holds=False, unit="%", note=note, note_en=note_en)
    return None


def _cause(
    result: Result, new: Claim, old: Claim, stated: Claim, outcome: Outcome, wording: Wording
) -> tuple[str, str]:
    """What went wrong, if it can be told: the direction, or the base."""
    sign = outcome.sign or 1
    if agrees(result, stated, wording, sign=-sign):
        return DIRECTION
    backwards = grown(old, new, wording)
    if backwards and agrees(_negated(backwards), stated, wording, sign=sign):
        return WRONG_BASE
    return "", ""


def _negated(result: Result) -> Result:
    return Result(-result.value, result.reach.negated(), result.shown)


def _in_real_terms(s: Skeleton, i: int) -> bool:
    start, end = s.bounds[i]
    words = s.text[start:end].replace("增加值班", "")
    return any(term in words for term in REAL_TERMS)


def _per_year(s: Skeleton, i: int) -> bool:
    return any(word in s.lead(i) for word in ("年均", "平均每年", "年平均"))


def _of_differences(s: Skeleton, wording: Wording) -> Iterator[Finding]:
    """`党员2480名，比上年增加80名，增长3.3%`: the difference over what there was before it."""
    for i in range(1, len(s.claims)):
        if s.marks[i] != PERCENT or sign_of(s, i) is None:
            continue
        b = i - 1
        a = (_named_base(s, b) if s.marks[b] == QUANTITY else i - 2) if b else b
        if a >= 0 and s.marks[a] == s.marks[b] == QUANTITY and s.at[a] >= s.paragraph(s.at[i])[0]:
            if s.trails[a].startswith(COMPARED) or BASE.search(s.clauses[a]):
                continue  # 和上月的2250册相比，多借了900册；比去年的45所增加9所: the base, and not what it grew to
            found = _of_difference(s, a, b, i, wording)
            if found:
                yield found
                continue
        if s.marks[b] == QUANTITY and (total := _total_behind(s, b, i)) is not None:
            found = _of_difference(s, total, b, i, wording)
            if found:
                yield found


def _total_behind(s: Skeleton, changed: int, i: int) -> int | None:
    """`比去年多了217册，增长14%，总数到了1767册`: what there is now is told last."""
    told = i + 1 < len(s.at) and s.at[i + 1] < s.bounds[i][1] and REACHED.search(s.clauses[i + 1])
    alike = told and s.claims[i + 1].unit == s.claims[changed].unit and "其中" not in s.leads[i + 1]
    return i + 1 if alike and s.at[changed] >= s.bounds[i][0] else None


def _named_base(s: Skeleton, changed: int) -> int:
    """`谋划项目132个，开工99个。比去年，谋划数多了22个`: the number whose name the change repeats."""
    subject = names(OWN_WORDS.split(s.clauses[changed])[0])
    start = s.bounds[changed][0]
    if len(subject) < 2:
        return changed - 1 if s.at[changed - 1] >= start else changed
    opened = s.paragraph(s.at[changed])[0]
    near = [j for j in range(changed - 1, max(-1, changed - NEAREST), -1) if s.at[j] >= opened]
    alike = [j for j in near if s.marks[j] == QUANTITY and s.claims[j].unit == s.claims[changed].unit]
    named = [j for j in alike if sign_of(s, j) is None and shares_a_word(subject, label(s, j))]
    named.sort(key=lambda j: -len(pairs(subject) & pairs(label(s, j))))  # 汉族人口 is not 少数民族人口
    return named[0] if named else changed - 1 if s.at[changed - 1] >= start else changed


def growths_in_turn(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`45起、19人，同比分别减少15起、6人，下降25%和24%`: three lists of two, read side by side."""
    s, each = t.s, EACH.search(t.s.leads[i])
    if each is None or i < 2 or s.marks[i - 2 : i + 4] != QUANTITY * 4 + PERCENT * 2 or s.at[i + 3] > s.bounds[i][1]:
        return
    for n in range(2):
        whole, part, stated = s.claims[i - 2 + n], s.claims[i + n], s.claims[i + 2 + n]
        sign = 1 if each["rise"] else -1
        result = _delta(whole, part, sign, wording) if same_unit(whole, part) and testable(whole, part) else None
        if result and stated.value is not None:
            yield finding("growth", stated, (whole, part), result, holds=agrees(result, stated, wording), unit="%")


def _of_difference(s: Skeleton, base: int, changed: int, i: int, wording: Wording) -> Finding | None:
    sign, rate_sign = sign_of(s, changed), sign_of(s, i)
    whole, part, stated = s.claims[base], s.claims[changed], s.claims[i]
    if sign is None or rate_sign is None or sign_of(s, base) is not None or not same_unit(whole, part):
        return None
    if not testable(whole, part) or stated.value is None or sign != rate_sign or not _against(s, base, changed):
        return None
    results = [r for r in (_delta(whole, part, sign, wording), divided(part, whole, wording, HUNDRED)) if r]
    before = base < changed and _before_is_old(s, base, changed)
    if not results or (len(results) < BOTH and not before and sign > 0):
        return None
    for result in results if before else results[:1]:
        if agrees(result, stated, wording):
            return finding("growth", stated, (whole, part), result, holds=True, unit="%")
    chosen = results[-1] if before else results[0]
    if _in_real_terms(s, base) or _in_real_terms(s, i) or _per_year(s, i):
        return None
    return finding(
        "growth", stated, (whole, part), chosen, holds=False, unit="%", note=_base_note(whole, part, stated, wording)
    )


def _against(s: Skeleton, base: int, changed: int) -> bool:
    """Whether the difference is said to be one: 比上年增加, 净增; 去年400亩，今年多种了100亩."""
    lead = s.lead(changed)
    return any(word in lead for word in ("比", "较", "环比", "净")) or _before_is_old(s, base, changed)


def _before_is_old(s: Skeleton, base: int, changed: int) -> bool:
    """`去年400亩，今年多了100亩`: the words of time put the base before the change, which is against nothing else."""
    if base > changed or "比" in s.lead(changed) or "较" in s.lead(changed):
        told = s.text[s.bounds[base][0] : s.at[base]] if MORE_NOW.search(s.lead(changed)) else s.lead(base)
        return base < changed and FORMER.search(told) is not None
    told = s.lead(base).rsplit(";", 1)[-1]
    return not LATER.search(s.clauses[base]) and earlier(told, s.lead(changed)) < 0


def _delta(new: Claim, change: Claim, sign: int, wording: Wording) -> Result | None:
    if new.value is None or change.value is None or new.value - sign * change.value <= 0:
        return None
    old = new.value - sign * change.value
    part = divided(change, new, wording)
    if part is None or (sign > 0 and part.reach.high >= 1):
        return None
    low, high = (HUNDRED * share / (1 - sign * share) for share in (part.reach.low, part.reach.high))
    word = "-" if sign > 0 else "+"
    return Result(
        HUNDRED * change.value / old, Interval(low, high), f"{figure(change)} ÷ ({figure(new)} {word} {figure(change)})"
    )


def _base_note(whole: Claim, part: Claim, stated: Claim, wording: Wording) -> str:
    wrong = divided(part, whole, wording, HUNDRED)
    return WRONG_BASE[0] if wrong and agrees(wrong, stated, wording) else ""
