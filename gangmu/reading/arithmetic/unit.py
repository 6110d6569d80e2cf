"""人次 is not 人: one person trained three times is three 人次. One number under both is a miscount."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.cues import PEOPLE
from gangmu.reading.arithmetic.judge import HUNDRED_MILLION, MYRIAD, spans, text_of
from gangmu.reading.arithmetic.language import label, names, shares_a_word
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.numerals import CHINESE, chinese
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import Wording

ONCE_EACH = {"人次": PEOPLE} | {f"{one}次": frozenset({one}) for one in "户家场件辆册台村校店"}
OTHERS = pattern("另|还|又|此外|同时")
KNOWN = pattern("(?:的|这)$")
DISTINCTIVE = 100
LOOK_BACK = 60
# 正是这5200人: what points back is no number of the text, and says all the same how the one before it is meant.
POINTING = pattern(
    r"(?:这|那|上述|该|以上)(?P<number>\d{3,9}(?![万亿.])|\d{1,3}(?:,\d{3})+(?![万亿.])|(?:\d{1,4}|\d{1,3}(?:,\d{3})+)(?:\.\d{1,3})?(?P<scale>[万亿])|"
    rf"(?P<spoken>[{CHINESE}]{{2,12}}))(?:多|余)?(?:[名位](?!次)|(?P<unit>[人户家场件辆台店])(?![次均]))"
)
SCALES = {"万": MYRIAD, "亿": HUNDRED_MILLION}


def units(t: Structure, _: Wording) -> Iterator[Finding]:
    """A finding for every number given once in 人次 and again in 人."""
    by_value: dict[Decimal, list[int]] = defaultdict(list)
    for i, claim in enumerate(t.s.claims):
        told = claim.kind != "norm" or t.s.clauses[i].endswith("的")  # 参加座谈的336名居民普遍希望
        if claim.value is not None and claim.value >= DISTINCTIVE and claim.unit and told:
            by_value[claim.value].append(i)
    for same in by_value.values():
        if len(same) > 1:
            yield from _judged(t, same)
    yield from _pointed_at(t)


def _pointed_at(t: Structure) -> Iterator[Finding]:
    """`出动5200人次。正是这5200人`: the words point back at occasions as if they were people."""
    for match in POINTING.finditer(t.s.text):
        before = [t.claims[j] for j in t.s.between(0, match.start())[-LOOK_BACK:]]
        alike = [c for c in before if c.value == _number(match)]
        things = ONCE_EACH.get(alike[-1].unit or "", frozenset()) if alike else frozenset()
        unit = match["unit"] or "人"
        if unit in things and len({c.unit for c in alike}) == 1:
            yield _said_of(alike[-1], match[0], unit)


def _number(match: re.Match[str]) -> Decimal:
    if match["spoken"]:
        read = chinese(match["spoken"])
        return read.value if read else Decimal(0)
    scale = match["scale"]
    number = Decimal(match["number"].removesuffix(scale or "").replace(",", ""))
    return number * SCALES[scale] if scale else number


def _said_of(visits: Claim, said: str, unit: str) -> Finding:
    return Finding(
        "unit", "contradiction", (visits.span,), visits.value, visits.value,
        f"{text_of(visits)}是次数，后面又说“{said}”：{visits.unit}不能当作{unit}。",
        f"{text_of(visits)} counts occasions; “{said}” further on would count each once.",
        visits.span,
    )  # fmt: skip


def _judged(t: Structure, same: list[int]) -> Iterator[Finding]:
    for i in same:
        things = ONCE_EACH.get(t.claims[i].unit or "")
        if things is None:
            continue
        for j in same:
            if t.claims[j].unit in things and _is_one_figure(t, i, j):
                yield _finding(t.claims[i], t.claims[j])


def _is_one_figure(t: Structure, i: int, j: int) -> bool:
    """Whether both speak of the same people: a shared word in their sentences, or a number too odd to be chance."""
    one, other = t.s.text[slice(*t.s.bounds[i])], t.s.text[slice(*t.s.bounds[j])]
    if OTHERS.match(t.s.clauses[j]):
        return False
    if KNOWN.search(t.s.clauses[j]) and set(names(t.s.clauses[j])) & set(names(label(t.s, i))):
        return True  # 培训2400人次。…参训的2400人
    distinctive = len(str(t.claims[i].value).rstrip("0").replace(".", "")) > 2
    return distinctive or shares_a_word(names(label(t.s, i)), other) or shares_a_word(names(label(t.s, j)), one)


def _finding(visits: Claim, people: Claim) -> Finding:
    return Finding(
        "unit", "contradiction", spans(visits, people), people.value, visits.value,
        f"{text_of(visits)}是次数，同一个数又写成{text_of(people)}：{visits.unit}不能当作{people.unit}。",
        f"{text_of(visits)} counts occasions; the same number as {text_of(people)} would count each once.",
        people.span,
    )  # fmt: skip
