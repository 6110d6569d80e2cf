"""Shares and rates: part ÷ whole × 100.

Three ways of saying one: `36名，占党员总数的30%` (the part stands before 占), `占受理总数1233件的96.3%` (the whole
stands inside), `办结1187件，办结率96.3%` (the rate is named after the part's deed). A share that fails is reported
only where the words name both operands; where they leave room, a share that fits is still worth reporting.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gangmu.reading.arithmetic.cues import BOUNDED, DEEDS, OPINIONS, QUALIFIERS, REACHED, RISE, FALL, SCOPES, UNBOUNDED
from gangmu.reading.arithmetic.judge import HUNDRED, Result, agrees, divided, finding, number, testable, text_of
from gangmu.reading.arithmetic.language import label, last_clause, names, same_unit, shares_a_word
from gangmu.reading.arithmetic.marks import PERCENT, QUANTITY
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import Wording, point, result_interval

OF = re.compile(rf"占(?:到|了)?(?P<whole>[^,。;:占]{{0,24}}?)的?(?:比例|比重|比率|比)?{REACHED}$")
OF_STATED = re.compile(rf"的?(?:[^,。;:]{{0,6}}的)?(?:比例|比重|比)?{REACHED}$")
OPENS_WHOLE = re.compile(r"占(?:到|了)?[^,。;:占]{0,24}$")
RATE = re.compile(rf"(?P<stem>[\u4e00-\u9fff“”]{{1,16}}?)(?:率|占比|比例|比重|满意度|度){REACHED}$")
OF_PLAN = re.compile(rf"(?:完成|占|为|达到?|实现)?(?:了|全年|年度|年初|既定|省定|市定|上级|下达|预定)*(?:计划|目标任务|目标|任务|预算)(?:数|任务|投资)?的{REACHED}$")
EACH = re.compile(rf"分别占(?P<whole>[^,。;:占]{{0,24}}?)的?(?:比例|比重)?{REACHED}$")
CHANGES = re.compile(rf"(?:{RISE}|{FALL}|同比|环比)(?:了|约|近|达|到|至)*$")
LINKED = re.compile(r"[、和及与]|以及")
REACH = 10
CLOSED_BRACKET = re.compile(r"\)?[,;]?\($")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a share may be read: `part` of `whole`; `clear` where the words leave no other reading."""

    part: int
    whole: int
    clear: bool


def shares(s: Skeleton, wording: Wording) -> Iterator[Finding]:
    """A finding for every share or rate whose operands the text gives, and for every share over 100 %."""
    for i, mark in enumerate(s.text[place] for place in s.at):
        stated = s.claims[i]
        if mark != PERCENT or stated.kind in ("change", "norm"):
            continue
        found = _settled(s, i, tuple(_readings(s, i)), wording) or _over_all(s, i, wording)
        if found:
            yield found


def _readings(s: Skeleton, i: int) -> Iterator[Reading]:
    lead = s.lead(i)
    if CHANGES.search(lead):
        return
    if EACH.search(lead):
        yield from _distributed(s, i)
    elif of := OF.search(lead):
        yield from _of_whole(s, i, lead[: of.start()], of["whole"])
    elif OF_PLAN.search(lead):
        yield from _of_plan(s, i)
    elif i and OF_STATED.fullmatch(lead) and s.text[s.at[i - 1]] == QUANTITY and OPENS_WHOLE.search(s.lead(i - 1)):
        yield from (Reading(part, i - 1, clear=True) for part in _before(s, i - 1)[:1])
    elif rate := RATE.search(last_clause(lead)):
        yield from _of_rate(s, i, rate["stem"])
    elif LINKED.fullmatch(lead) or lead == "":
        yield from _distributed(s, i)


def _before(s: Skeleton, i: int, *, paragraph: bool = True) -> list[int]:
    """The quantities before claim `i`, nearest first, inside its paragraph (or its sentence)."""
    start = (s.paragraph if paragraph else s.sentence)(s.at[i])[0]
    near = [j for j in s.between(start, s.at[i]) if s.text[s.at[j]] == QUANTITY]
    return near[: -REACH - 1 : -1]


def _of_whole(s: Skeleton, i: int, said: str, whole: str) -> Iterator[Reading]:
    """`part，占whole的P`: the part is the number right before; another subject before 占 is a part without number."""
    if "计划" in whole or "任务" in whole or "目标" in whole:
        yield from _of_plan(s, i)
        return
    subject = names(re.sub(r"[,;:()、]|比重|同比", "", said))
    earlier = _before(s, i)
    if not earlier:
        return
    if subject and (earlier[0] != i - 1 or not _is_echo(s, earlier[0], subject)):
        yield from _of_rate(s, i, subject)
        return
    if earlier[0] != i - 1:
        return
    part, rest = earlier[0], [j for j in earlier[1:] if same_unit(s.claims[j], s.claims[earlier[0]])]
    yield from _wholes(s, part, rest, names(whole))


def _is_echo(s: Skeleton, part: int, subject: str) -> bool:
    return shares_a_word(subject, label(s, part))


def _wholes(s: Skeleton, part: int, rest: list[int], named: str) -> Iterator[Reading]:
    """The numbers that may be the whole, the one the words point at first."""
    scope = next((word for word in SCOPES if word in named), "")
    thing = names(named.replace(scope, "")) if scope else named
    if thing:
        fitting = [j for j in rest if shares_a_word(thing, label(s, j))]
        pointed = fitting[:1]
    else:
        pointed = _enclosing(s, part, rest)
        fitting = rest
    if scope and pointed and scope not in s.text[slice(*s.sentence(s.at[pointed[0]]))]:
        pointed = []
    yield from (Reading(part, j, clear=True) for j in pointed)
    yield from (Reading(part, j, clear=False) for j in fitting if j not in pointed)


def _enclosing(s: Skeleton, part: int, rest: list[int]) -> list[int]:
    """The whole that 其中 or 中 opens before `part`; else the only number of its kind in the sentence."""
    sentence = s.sentence(s.at[part])[0]
    opened = max(s.text.rfind("其中", 0, s.at[part]), s.text.rfind("中,", 0, s.at[part]))
    if opened >= s.paragraph(s.at[part])[0]:
        within = [j for j in rest if s.at[j] < opened]
        if within:
            return within[:1]
    inside = [j for j in rest if s.at[j] >= sentence]
    if len(inside) == 1 or (inside and _is_total(s, inside[-1])):
        return inside[-1:]
    return []


def _is_total(s: Skeleton, j: int) -> bool:
    return bool(re.search(r"(?:共|总|全|现有|累计|合计)", last_clause(s.lead(j))))


def _of_plan(s: Skeleton, i: int) -> Iterator[Reading]:
    """`计划投资5亿元，完成3.6亿元，占年度计划的72%`: the done over the planned."""
    earlier = _before(s, i)
    planned = [j for j in earlier if re.search(r"计划|目标|任务|预算|下达", label(s, j))]
    done = [j for j in earlier if j not in planned]
    for part in done[:1]:
        fitting = [j for j in planned if same_unit(s.claims[j], s.claims[part])]
        yield from (Reading(part, j, clear=part == i - 1) for j in fitting[:2])


def _of_rate(s: Skeleton, i: int, stem: str) -> Iterator[Reading]:
    """`受理1233件，办结1187件，办结率96.3%`: the part did what the rate is named after."""
    start, end = s.sentence(s.at[i])
    before = _before(s, i)
    after = [j for j in s.between(s.at[i] + 1, end) if s.text[s.at[j]] == QUANTITY][:3]
    near = [j for j in before if s.at[j] >= start] + after
    core = stem[-2:]
    deeds = DEEDS.get(core, (core,))
    parts = [j for j in near + [j for j in before if j not in near] if any(d in label(s, j) for d in deeds)]
    for part in parts[:2]:
        clear = part == parts[0] and _same_qualifiers(stem, label(s, part)) and _nothing_else(s, stem, part, core)
        wholes = [j for j in (*before, *after) if j != part and same_unit(s.claims[j], s.claims[part])]
        yield from (Reading(part, j, clear and _is_near(s, i, j)) for j in wholes)
    if not parts and len(before) > 1 and same_unit(s.claims[before[0]], s.claims[before[1]]):
        yield Reading(before[0], before[1], clear=False)


def _same_qualifiers(stem: str, words: str) -> bool:
    return all((q in stem) == (q in words) for q in QUALIFIERS)


def _nothing_else(s: Skeleton, stem: str, part: int, core: str) -> bool:
    """Whether the rate's name says nothing that the sentence of its part does not say too."""
    rest = names(stem.removesuffix(core))
    for word in (*QUALIFIERS, *SCOPES, "本", "其"):
        rest = rest.replace(word, "")
    sentence = s.text[slice(*s.sentence(s.at[part]))]
    return not rest or all(pair in sentence for pair in (rest[n : n + 2] for n in range(max(1, len(rest) - 1))))


def _is_near(s: Skeleton, i: int, j: int) -> bool:
    """In the same sentence or the one before it."""
    start = s.sentence(s.at[i])[0]
    return s.at[j] >= (s.sentence(start - 2)[0] if start > 1 else 0)


def _distributed(s: Skeleton, i: int) -> Iterator[Reading]:
    """`农村600名、机关400名，分别占60%、40%`: the n-th share belongs to the n-th number before 分别占."""
    first = i
    while first and s.text[s.at[first - 1]] == PERCENT and LINKED.fullmatch(s.lead(first)):
        first -= 1
    if first == i and not EACH.search(s.lead(i)):
        return
    each = EACH.search(s.lead(first))
    if each is None:
        return
    last = first
    while last + 1 < len(s.claims) and s.text[s.at[last + 1]] == PERCENT and LINKED.fullmatch(s.lead(last + 1)):
        last += 1
    count = last - first + 1
    parts = range(first - count, first)
    if first < count or any(s.text[s.at[j]] != QUANTITY for j in parts):
        return
    rest = [j for j in _before(s, first) if j < parts[0] and same_unit(s.claims[j], s.claims[parts[0]])]
    yield from _wholes(s, parts[i - first], rest, names(each["whole"]))


def _settled(s: Skeleton, i: int, readings: tuple[Reading, ...], wording: Wording) -> Finding | None:
    """The first reading that holds; else the clearest that fails, and none if no words force it."""
    stated = s.claims[i]
    worst: tuple[Result, Claim, Claim] | None = None
    for r in readings:
        part, whole = s.claims[r.part], s.claims[r.whole]
        result = divided(part, whole, wording, HUNDRED) if testable(part, whole) and stated.value is not None else None
        if result is None:
            continue
        if agrees(result, stated, wording):
            return finding("share", stated, (part, whole), result, holds=True, unit="%")
        if r.clear and (worst is None or _closer(result, worst[0], stated)):
            worst = (result, part, whole)
    if worst is None:
        return None
    result, part, whole = worst
    return finding("share", stated, (part, whole), result, holds=False, unit="%")


def _closer(one: Result, other: Result, stated: Claim) -> bool:
    said = stated.value or HUNDRED
    return abs(one.value - said) < abs(other.value - said)


def _over_all(s: Skeleton, i: int, wording: Wording) -> Finding | None:
    """A share of a whole, or a rate that cannot pass it, over 100 %."""
    stated = s.claims[i]
    if stated.value is None or result_interval(stated, wording).low <= HUNDRED or CHANGES.search(s.lead(i)):
        return None
    lead = s.lead(i)
    rate = RATE.search(last_clause(lead))
    stem = rate["stem"] if rate else ""
    of = OF.search(lead)
    if any(word in lead for word in UNBOUNDED) or OF_PLAN.search(lead) or (of and re.search("计划|目标|任务|预算", of["whole"])):
        return None
    if not of and not (rate and ("占比" in rate[0] or stem.endswith(BOUNDED) or any(o in rate[0] for o in OPINIONS))):
        return None
    return Finding(
        "share", "contradiction", (stated.span,), stated.value, HUNDRED,
        f"一部分不会多于全部：文中写作{text_of(stated)}，最多是100%。",
        f"A part cannot exceed its whole: the text says {number(stated.value)}%, at most it is 100%.",
        stated.span,
    )  # fmt: skip
