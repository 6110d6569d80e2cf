"""Per head, per household, per village, per thousand: total ÷ number (× 1,000 or 10,000)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.judge import Result, agrees, divided, finding, testable
from gangmu.reading.arithmetic.language import label, names, same_unit, shares_a_word
from gangmu.reading.arithmetic.marks import MARKS, QUANTITY
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import ONE, Wording

PER = re.compile(
    rf"(?:(?P<mean>人|户|村|亩|家|场|件|次|支部|社区|站|校|班|台|车|项|日|天|月)均|平均(?:每|到每|一)(?:个|名|位|户|支|家|场|件|人|亩|所|项|天|日|月|座|处|期|辆|条|台|批次?|村|次)?"
    rf"(?P<noun>[^,。;:、每均{MARKS}]{{0,8}}?)|每(?P<scale>千|万|百)(?P<many>名|人|户|位)?(?P<of>[^,。;:、{MARKS}]{{0,8}}?))"
    rf"(?P<what>[^,。;:、{MARKS}]{{0,12}})$"
)
EACH_UNIT = re.compile(r"平均(?:每|到每|一)(?P<unit>个|名|位|户|支|家|场|件|人|亩|所|项|天|日|月|座|处|期|辆|条|台|批次?|村|次)")
SCALES = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000)}
UNITS = {
    "人": ("人", "名", "位", "口"), "户": ("户",), "村": ("村",), "亩": ("亩",), "家": ("家",), "场": ("场", "次"), "件": ("件",), "次": ("次",),
    "台": ("台",), "车": ("辆", "车"), "项": ("项",), "日": ("天", "日"), "天": ("天", "日"), "月": ("个月", "月"), "班": ("个班", "期"),
}  # fmt: skip
REACH = 8
ADVERBS = re.compile(r"(?:约|达到?|为|是|近|仅|有|超过|只有|可|已|:|能|了|支出|增收|投入|补助|发放|收入)+")


def pers(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every average whose total and number the text gives."""
    s = t.s
    for i, place in enumerate(s.at):
        if s.text[place] != QUANTITY:
            continue
        clause = re.split(r"[,。;:、()]", s.lead(i))[-1]
        match = PER.search(clause) if "均" in clause or "每" in clause else None
        if match and not re.search(r"可支配|年均|至少|不少于|不低于|标准|补助标准", clause):
            yield from _judged(s, i, match, wording)


def _judged(s: Skeleton, i: int, match: re.Match[str], wording: Wording) -> Iterator[Finding]:
    stated = s.claims[i]
    scale = SCALES[match["scale"]] if match["scale"] else ONE
    near = _near(s, i)
    numbers = [j for j in near if _is_number_of(s, j, match)]
    totals = [j for j in near if j not in numbers[:1] and _is_total_of(s.claims[j], stated, match) and _named(s, j, match)]
    best: tuple[bool, Result, Claim, Claim] | None = None
    for j in numbers[:2]:
        for k in totals[:3]:
            if j == k or not testable(s.claims[j], s.claims[k]) or stated.value is None:
                continue
            result = divided(s.claims[k], s.claims[j], wording, scale)
            if result is None:
                continue
            holds = agrees(result, stated, wording)
            if best is None or (holds and not best[0]):
                best = (holds, result, s.claims[k], s.claims[j])
    if best is None:
        return
    holds, result, total, number = best
    if holds or (stated.kind != "norm" and _clear(s, i, totals, numbers, result)):
        shown = f"{result.shown} × {scale}" if scale != ONE else result.shown
        yield finding("per", stated, (total, number), Result(result.value, result.reach, shown), holds=holds)


def _near(s: Skeleton, i: int) -> list[int]:
    """The quantities that may be operands: those before in the paragraph, then those behind in the sentence."""
    start = s.paragraph(s.at[i])[0]
    before = [j for j in s.between(start, s.at[i]) if s.text[s.at[j]] == QUANTITY][: -REACH - 1 : -1]
    after = [j for j in s.between(s.at[i] + 1, s.sentence(s.at[i])[1]) if s.text[s.at[j]] == QUANTITY][:2]
    return before + after


def _is_number_of(s: Skeleton, j: int, match: re.Match[str]) -> bool:
    """Whether claim `j` counts what the average is taken over."""
    claim = s.claims[j]
    if claim.kind == "amount":
        return False
    unit = claim.unit or ""
    if match["mean"]:
        word = match["mean"]
        return unit in UNITS.get(word, (word,)) or word in label(s, j)[-8:] or s.trail(j).startswith(word)
    if match["scale"]:
        return unit in UNITS["户" if match["many"] == "户" else "人"] or "人口" in label(s, j)
    noun = names(match["noun"] or "") or names(match["what"] or "")
    each = EACH_UNIT.search(match[0])
    if each and each["unit"] not in ("个",) and unit != each["unit"] and not s.trail(j).startswith(each["unit"]):
        return False
    if each and each["unit"] == "个" and unit not in ("个", "") :
        return False
    return not noun or shares_a_word(noun[:2], label(s, j)) or noun[0] in s.trail(j)[:6]


def _is_total_of(claim: Claim, stated: Claim, match: re.Match[str]) -> bool:
    if claim.kind == "amount" or stated.kind == "amount":
        return claim.kind == stated.kind == "amount" or (claim.kind != stated.kind and claim.unit == stated.unit)
    return same_unit(claim, stated) and (claim.value or 0) >= (stated.value or 0)


def _named(s: Skeleton, j: int, match: re.Match[str]) -> bool:
    """A named average (户均增收) needs a total of that name."""
    what = ADVERBS.sub("", names(match["what"] or ""))
    return len(what) < 2 or shares_a_word(what, label(s, j))


def _clear(s: Skeleton, i: int, totals: list[int], numbers: list[int], result: Result) -> bool:
    """One total and one number in the same sentence or the one before: nothing else can be meant."""
    start = s.sentence(s.at[i])[0]
    near = s.sentence(start - 2)[0] if start > 1 else 0
    return len({s.claims[j].span for j in totals[:2]}) >= 1 and s.at[totals[0]] >= near and s.at[numbers[0]] >= near
