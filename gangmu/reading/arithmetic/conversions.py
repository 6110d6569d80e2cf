"""One figure told twice on the spot in two measures: 18.6吨，合37200斤; 3.41万元（即三万四千一百元）."""

from collections.abc import Iterator

from gangmu.reading.arithmetic.judge import Result, figure, finding, testable
from gangmu.reading.arithmetic.scales import worth
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import ONE, Interval, Wording, interval, result_interval

SIGNS = "合即折就相当换算("
THAT_IS = pattern(
    r"(?:(?:折|约)?合|即|折[算成为]{0,2}[^,。;]{0,4},?(?:就?是|为)?|(?:也?就)是|相当于|换算[成为]?[^,。;]{0,4},?(?:就?是|为)?|^\()"
    r"(?:约|将?近)?$"
)

OF_EACH = pattern("[每均]|亩产|单产")  # 22.44万吨，折合亩产458公斤
SCALE = pattern(r"([万亿萬億])[^\d一二三四五六七八九十百千]*$")


def conversion(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding where claim `i` says the number right before it again in another measure of the same kind."""
    if i == 0 or OF_EACH.search(t.s.leads[i]) or THAT_IS.search(t.s.leads[i].split("。")[-1]) is None:
        return
    if t.s.leads[i] == "(" and not t.s.trails[i].startswith(")"):
        return  # 投入3万元（5000元为自筹）
    one, other = t.claims[i - 1], t.claims[i]
    if one.unit == other.unit and _scale(one) == _scale(other):
        return
    (kind, first), (other_kind, second) = worth(one), worth(other)
    if kind != other_kind or not first or not second or not testable(one, other):
        return
    each = (other.value or ONE) / second
    covered, factor = interval(one, wording), first / (one.value or ONE)
    reach = Interval(covered.low * factor * each, covered.high * factor * each)
    holds = reach.meets(result_interval(other, wording))
    result = Result(first * each, reach, f"{figure(one)}{one.unit or ''}")
    yield finding("unit", other, (one,), result, holds=holds, unit=other.unit or "")


def _scale(claim: Claim) -> str:
    """万 of 3.41万元; none of 四万四千一百元, which is written in full."""
    found = SCALE.search(claim.text)
    return found[1] if found else ""
