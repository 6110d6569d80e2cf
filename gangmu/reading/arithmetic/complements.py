"""Shares of one whole that leave nothing over: 男性占46.5%，女性占53.5% make up a hundred."""

from collections.abc import Iterator

from gangmu.reading.arithmetic.judge import number, spans, testable, text_of
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HUNDRED, ZERO, Wording

SHARE_OF = pattern(
    r"^(?P<who>[\u4e00-\u9fff]{1,8}?)(?:的?(?:所占|占比|比例|比重|占))?(?:的?(?:比例|比重|比))?(?:分别|约|各)?(?:为|是|达到?)?$"
)
NO_SHARE = pattern("率$|增|减|比上|较|同比")
FRAME = pattern("^(?:其中|当中|从性别看|按性别分?|在校生?)")
# The two of a pair are all there is; of what is denied (合格, 不合格) a third class may stand between.
PAIRS = (
    ("男性", "女性"), ("男", "女"), ("城镇", "农村"), ("城镇", "乡村"), ("线上", "线下"), ("公办", "民办"),
    ("本地", "外地"),
)  # fmt: skip
DENIALS = ("不", "非", "未", "没")
LEAST, MOST = 85, 115


def complements(t: Structure, _: Wording) -> Iterator[Finding]:
    """A finding for every two shares side by side whose classes shut each other out and leave nothing over."""
    for i in range(1, len(t.s.at)):
        if not (t.is_percent(i) and t.is_percent(i - 1)) or t.s.bounds[i] != t.s.bounds[i - 1]:
            continue
        one, other = t.claim(i - 1), t.claim(i)
        if {one.kind, other.kind} != {"ratio"} or one.approx or other.approx or not testable(one, other):
            continue
        named = _who(t, i - 1), _who(t, i)
        if all(named) and (told := _are_all(*named)) and not _goes_on(t, i):
            yield from _judged(one, other, may_be_less=told == "denied")


def _who(t: Structure, i: int) -> str:
    said = SHARE_OF.match(FRAME.sub("", t.s.clauses[i]))
    return said["who"] if said and not NO_SHARE.search(t.s.clauses[i]) else ""


def _are_all(one: str, other: str) -> str:
    """How two classes of one thing leave nothing over, '' where they may."""
    for a, b in PAIRS:
        if one.startswith((a, b)) and other in (one.replace(a, b, 1), one.replace(b, a, 1)) and one != other:
            return "paired"
    return "denied" if any(other == no + one or one == no + other for no in DENIALS) else ""


def _goes_on(t: Structure, i: int) -> bool:
    """Whether a third class is told behind the two."""
    return i + 1 < len(t.s.at) and t.is_percent(i + 1) and t.s.bounds[i + 1] == t.s.bounds[i] and bool(_who(t, i + 1))


def _judged(one: Claim, other: Claim, *, may_be_less: bool) -> Iterator[Finding]:
    a, b = one.value or ZERO, other.value or ZERO
    holds = abs(a + b - HUNDRED) <= max(one.worth, other.worth)
    if not LEAST <= a + b <= MOST or (may_be_less and a + b < HUNDRED and not holds):
        return
    total = f"{number(a)}% + {number(b)}% = {number(a + b)}%"
    yield Finding(
        "sum", "consistent" if holds else "contradiction", spans(one, other), b, HUNDRED - a,
        f"{total}，两类合起来是全部。" if holds else f"{total}，两类合起来应是100%，对不上。",
        f"{total}; the two are all there is ({text_of(other)})." if holds
        else f"{total}; the two are all there is and should make 100%.",
        None if holds else other.span,
    )  # fmt: skip
