"""Shares and rates: part ÷ whole × 100.

Three ways of saying one: `36名，占党员总数的30%` (the part stands before 占), `占受理总数1233件的96.3%` (the whole
stands inside), `办结1187件，办结率96.3%` (the rate is named after the part's deed). A share that fails is reported
only where the words name both operands; where they leave room, a share that fits is still worth reporting.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from gangmu.reading.arithmetic.distributed import distributed, each_of_stated
from gangmu.reading.arithmetic.judge import Result, agrees, divided, figure, finding, testable
from gangmu.reading.arithmetic.language import label, last_clause, names, pairs, same_unit, shares_a_word
from gangmu.reading.arithmetic.marks import PERCENT
from gangmu.reading.arithmetic.over_all import over_all
from gangmu.reading.arithmetic.parts_together import of_parts_together, row_before, says_together
from gangmu.reading.arithmetic.rates import of_rate
from gangmu.reading.arithmetic.share_bases import Reading, is_larger, share_unit, stocks_near
from gangmu.reading.arithmetic.share_cues import (
    ALL_TOLD,
    AMONG,
    ATTENDED,
    CAME,
    CHANGES,
    COPULA,
    EACH,
    EACH_LAST,
    FAR,
    FAR_OFF,
    FEWEST,
    FULFILLED,
    GAP,
    GROWING,
    INSIDE,
    IS_WHAT,
    LINKED,
    MEMORY,
    MOST_PIECES,
    NEARLY,
    OF,
    OF_CLASS,
    OF_PLAN,
    OF_STATED,
    OPENS_ANOTHER,
    OPENS_WHOLE,
    OTHER_PART,
    OWED,
    PLAN,
    RATE,
    ROUGHLY,
    SEVERAL,
    SIGNS,
    SOME_OF_NAMED,
)
from gangmu.reading.arithmetic.siblings import of_siblings, part_of_bare
from gangmu.reading.arithmetic.structure import Structure, wholes
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HUNDRED, Interval, Wording


def shares(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every share or rate whose operands the text gives, and for every share over 100 %."""
    held: dict[int, int] = {}
    taken: dict[int, int] = {}
    for i, mark in enumerate(t.s.marks):
        if mark != PERCENT or _is_change(t, i) or _is_aimed_at(t, i):
            continue
        if together := says_together(t, i):
            yield from of_parts_together(t, i, together, wording)
            continue
        readings = chain(_readings(t, i), _of_the_last_whole(t, i, held))
        found = _settled(t, i, readings, held, taken, wording)
        found = of_siblings(t, i, taken, wording) or found
        if found and found.verdict == "contradiction":
            found = next(of_parts_together(t, i, row_before(t, i), wording), found)
        if found is None or found.verdict == "contradiction":
            found = over_all(t.s, i, wording) or found
        if found:
            yield found


def _is_change(t: Structure, i: int) -> bool:
    """Whether the words before a percentage make it a change; how many grew (增长面) is a share."""
    lead = t.s.leads[i]
    return (t.claims[i].kind == "change" and not GROWING.search(lead)) or CHANGES.search(lead) is not None


def _is_aimed_at(t: Structure, i: int) -> bool:
    """Whether the share is set and not reached; `计划24公里，完成75%` is reached."""
    return t.claims[i].kind == "norm" and not FULFILLED.fullmatch(t.s.lead(i))


def _readings(t: Structure, i: int) -> Iterator[Reading]:
    lead = t.s.lead(i)
    if EACH.search(lead) or EACH_LAST.search(lead) or each_of_stated(t, i):
        yield from distributed(t, i)
    elif of := OF.search(lead):
        yield from _of_whole(t, i, lead[: of.start()], of["whole"])
    elif (OF_PLAN.search(lead) and "分别" not in lead) or FULFILLED.fullmatch(lead):
        yield from _of_plan(t, i)
    elif i and OF_STATED.fullmatch(lead) and t.is_quantity(i - 1) and _opens_whole(t.s.lead(i - 1)):
        yield from _of_whole_stated(t, i - 1)
    elif rate := RATE.search(last_clause(lead)):
        yield from of_rate(t, i, rate["stem"])
    elif i and ROUGHLY.fullmatch(lead) and t.is_quantity(i - 1) and i - 1 not in t.aside:
        yield from (Reading(i - 1, j, clear and not t.is_percent(j + 1)) for j, clear in wholes(t, i - 1))
    elif LINKED.fullmatch(lead) or lead == "":
        yield from distributed(t, i)


def _of_whole_stated(t: Structure, whole: int) -> Iterator[Reading]:
    """`签约21900人，占常住人口3.17万人的70%`: the part stands before 占, in the whole's own measure."""
    said = t.s.clauses[whole]
    subject = names(SIGNS.sub("", said[: said.find("占")])) if "占" in said else ""
    done = [j for j in stocks_near(t, whole) if not GAP.search(t.s.clauses[j])]
    done = [j for j in done if share_unit(t.claims[j], t.claims[whole])]
    told = [j for j in done if shares_a_word(subject, label(t.s, j))] if subject else done
    yield from (Reading(part, whole, clear=True) for part in told[:1])
    yield from (Reading(part, whole, clear=False) for part in done[:4])


def _opens_whole(lead: str) -> bool:
    """`占受理总数1233件的…`, `完成计划2500名的…`: the number named last is the whole."""
    return bool(OPENS_WHOLE.search(lead) or PLAN.search(lead))


def _of_whole(t: Structure, i: int, said: str, whole: str) -> Iterator[Reading]:
    """`part，占whole的P`: the part is the number right before; another subject before 占 is a part named again."""
    if PLAN.search(whole):
        yield from _of_plan(t, i)
        return
    among = AMONG.search(said)
    if among and not names(whole):
        said, whole = said[among.end() :], among["whole"] or among["those"]
    elif not names(whole) and i and t.is_percent(i - 1) and t.s.leads[i].startswith((",", ";")):
        inside = AMONG.search(t.s.text[t.s.bounds[i][0] : t.s.at[i]])  # 医院中，公立医院占75%，民营医院占24%
        whole = (inside["whole"] or inside["those"]) if inside else whole
    subject = names(SIGNS.sub("", said))
    if (among and not subject) or OTHER_PART.search(said) or INSIDE.search(said) or SEVERAL.search(said):
        return
    of_its_own = i > 0 and IS_WHAT.match(t.s.trails[i - 1]) is not None  # 其余164辆是三轮车、旧自行车，占7%
    before = _named_again(t, i, subject, names(whole)) if subject and not of_its_own else _right_before(t, i)
    if before >= 0 and t.is_quantity(before) and (not subject or of_its_own or _is_its_own(t, before, subject, whole)):
        yield from _of_whole_told_next(t, i, before, whole)
        if before < i - 1 and not names(whole):
            between = (
                j for j in range(before + 1, i) if t.is_quantity(j) and t.claims[j].unit == t.claims[before].unit
            )
            yield from (Reading(before, j, clear=True) for j in between if ALL_TOLD.search(t.s.clauses[j]))
        if ATTENDED.match(whole) and (present := _present(t, before)):
            yield from (Reading(before, j, clear=True) for j in present)
            return
        told = [(j, clear) for j, clear in wholes(t, before, whole) if not _has_that_whole(t, j, whole)]
        yield from (Reading(before, j, clear) for j, clear in told)
        if names(whole):
            yield from _of_the_list(t, before, whole)
        else:
            yield from _of_the_named(t, i, before)
            yield from _of_the_same_noun(t, i, before)
            yield from (Reading(before, j, clear=False) for j in _of_its_measure(t, before))
            yield from _completed(t, before)
    elif subject:
        yield from of_rate(t, i, subject)


def _right_before(t: Structure, i: int) -> int:
    """`工业用水968亿立方米（其中冷却水482亿立方米），占16%`: what a bracket says of the part is passed over."""
    opened = t.s.text.rfind("(", t.s.bounds[i][0], t.s.at[i]) if t.s.leads[i].startswith("),") else -1
    aside = opened > 0 and t.s.text.startswith(("其中", "含"), opened + 1)
    return t.s.index(opened) - 1 if aside else i - 1


def _of_the_last_whole(t: Structure, i: int, held: dict[int, int]) -> Iterator[Reading]:
    """`1.刑事63起，占警情的5%。⏎2.治安189起，占15%`: a bare share in a list is of what the shares before it were of."""
    part = part_of_bare(t, i)
    if part is None or OPENS_ANOTHER.search(t.s.leads[part]):
        return
    unit = t.claims[part].unit
    recent = [j for j, last in reversed(held.items()) if i - last < MEMORY and t.claims[j].unit == unit and j < part]
    since = [j for j in t.stocks_before(part, t.s.at[min(recent)]) if t.claims[j].unit == unit] if recent else []
    # 发出576份，收回540份，回收率93.75%。…482份，占89.3%: of those that came back as well
    yield from (Reading(part, j, clear=False) for j in dict.fromkeys((*recent, *since)) if is_larger(t.s, j, part))


def _of_its_measure(t: Structure, part: int) -> list[int]:
    """Where a part stands alone in its sentence, the larger numbers of the paragraph in its own measure."""
    near = t.stocks_before(part, t.s.paragraph(t.s.at[part])[0])
    if any(t.s.at[j] >= t.s.bounds[part][0] for j in near):
        return []
    return [j for j in near if t.claims[j].unit == t.claims[part].unit and is_larger(t.s, j, part)]


def _has_that_whole(t: Structure, j: int, whole: str) -> bool:
    """`新收民事案件2213件，占新收案件的60%`: itself a part of what the words name as the whole."""
    return bool(names(whole)) and t.is_part(j) and names(whole) in t.s.lead(j + 1)


def _of_whole_told_next(t: Structure, i: int, part: int, whole: str) -> Iterator[Reading]:
    """`1860万元，占同期总支出的75%，总支出是2480万元`: the whole is told behind its share, in its own name."""
    j = i + 1
    if j >= len(t.s.at) or not t.is_quantity(j) or not t.s.leads[j].startswith((",", ";", "(")):
        return
    said = COPULA.sub("", t.s.clauses[j])
    if len(said) > 1 and whole.endswith(said) and same_unit(t.claims[j], t.claims[part]):
        yield Reading(part, j, clear=True)


def _present(t: Structure, part: int) -> list[int]:
    """Those who came to the meeting, for a share of 到会代表."""
    near = [j for j in t.stocks_before(part, 0, FAR) if share_unit(t.claims[j], t.claims[part])]
    return [
        j for j in near if is_larger(t.s, j, part) and CAME.search(label(t.s, j)) and not OWED.search(label(t.s, j))
    ][:1]


def _of_the_list(t: Structure, last: int, whole: str) -> Iterator[Reading]:
    """`新纳入1437人，其中低保612人、特困88人等，占核实人数的27.5%`: the share is of what 其中 broke down."""
    start = t.s.bounds[last][0]
    opened = t.s.text.rfind("其中", start, t.s.at[last])
    head = next((j for j in reversed(t.s.between(start, opened)) if t.is_quantity(j)), None) if opened > 0 else None
    if head is not None:
        yield from (Reading(head, j, clear=False) for j, _ in wholes(t, head, whole))


def _completed(t: Structure, part: int) -> Iterator[Reading]:
    """`发现问题136个…。已改102个，占78%；限期改34个`: parts of one sentence that make up a whole told before it."""
    start, end = t.s.bounds[part]
    inside = t.s.between(start, end)
    row = [j for j in inside if t.is_quantity(j) and j not in t.aside and t.claims[j].unit == t.claims[part].unit]
    total = sum(t.claims[j].value or 0 for j in row)
    if len(row) > 1 and total >= FEWEST and all(t.claims[j].approx is None for j in row):
        alike = [j for j in t.stocks_before(row[0], 0) if t.claims[j].unit == t.claims[part].unit]
        yield from (Reading(part, j, clear=True) for j in alike if t.claims[j].value == total)


def _of_the_same_noun(t: Structure, i: int, part: int) -> Iterator[Reading]:
    """`一般公共预算支出62.5亿元…。民生支出50亿元，占比80%`: the paragraph opens with the whole; it must nearly fit."""
    first = next((j for j in t.s.between(t.s.paragraph(t.s.at[part])[0], t.s.at[part]) if t.is_quantity(j)), part)
    noun = t.s.clauses[part][-2:]
    whole, one = t.claims[first], t.claims[part]
    if first == part or len(noun) < 2 or not t.s.clauses[first].endswith(noun) or not same_unit(whole, one):
        return
    if whole.value and one.value and whole.value > one.value:
        said = t.claims[i].value or HUNDRED
        yield Reading(part, first, clear=abs(HUNDRED * one.value / whole.value - said) <= NEARLY)


def _of_the_named(t: Structure, i: int, part: int) -> Iterator[Reading]:
    """`队员添到了40人。…队员里四十五岁以上的有26人，占65%`: the only number told of that name; it must nearly fit."""
    said = SOME_OF_NAMED.match(t.s.clauses[part])
    if said is None or t.claims[part].value is None:
        return
    one = t.claims[part]
    near = [j for j in t.stocks_before(part, 0, FAR) if t.claims[j].unit == one.unit and is_larger(t.s, j, part)]
    told = [j for j in near if said["whole"] in label(t.s, j) and t.claims[j].value]
    if len({t.claims[j].value for j in told}) == 1:
        share = HUNDRED * (one.value or 0) / (t.claims[told[0]].value or HUNDRED)
        yield Reading(part, told[0], clear=abs(share - (t.claims[i].value or HUNDRED)) <= 2 * NEARLY)


def _named_again(t: Structure, i: int, subject: str, whole: str) -> int:
    """The number before `i` whose words are likest to `subject` and unlikest to `whole`; the nearest where none is."""
    near = [j for j in stocks_near(t, i) if shares_a_word(subject, label(t.s, j))]
    own, others = pairs(subject) - pairs(whole), pairs(whole) - pairs(subject)

    def likeness(j: int) -> int:
        said = pairs(label(t.s, j))
        named = names(t.s.clauses[j]).startswith(subject)
        return len((own or pairs(subject)) & said) - len(others & said) + named

    return max(near, key=likeness, default=i - 1)


def _is_its_own(t: Structure, part: int, subject: str, whole: str) -> bool:
    """Whether the words between part and 占 only go on about the part: `112个村没有经理人，占54%`.

    `总支出9240万元。…三保支出占六成三`: a part of that number, which nobody counted.
    """
    told = names(t.s.clauses[part])
    if len(told) > 1 and len(subject) > len(told) and subject.endswith(told) and t.is_total_like(part):
        return False
    if names(SIGNS.sub("", t.s.trail(part))).startswith(subject):
        return True
    return not _own_words(subject, whole).isdisjoint(pairs(OF_CLASS.sub("", label(t.s, part))))


def _own_words(subject: str, whole: str) -> set[str]:
    """What a subject is called apart from the whole it is of: 交通工具投诉 of 商品投诉 is not every 投诉."""
    said, of = OF_CLASS.sub("", subject), names(whole)
    own = pairs(said) - pairs(of)
    return own if len(own) > 1 else pairs(said) or {said}


def _of_plan(t: Structure, i: int) -> Iterator[Reading]:
    """`计划投资5亿元，完成3.6亿元，占年度计划的72%`: the done over the planned."""
    earlier = t.stocks_before(i, t.s.paragraph(t.s.at[i])[0])
    planned = [j for j in earlier if PLAN.search(label(t.s, j)) or t.claims[j].kind == "norm"]
    done = [j for j in earlier if j not in planned and not GAP.search(t.s.clauses[j])]
    for part in done[:1]:
        fitting = [j for j in planned if same_unit(t.claims[j], t.claims[part])]
        headed = [j for j in earlier[-1:] if _heads(t, j) and same_unit(t.claims[j], t.claims[part])]
        yield from (Reading(part, j, clear=False) for j in headed)  # 50万人搬迁。已搬42万人，占总计划的84%
        yield from (Reading(part, j, clear=part == i - 1) for j in fitting[:2])


def _heads(t: Structure, j: int) -> bool:
    """Whether a paragraph begins with claim `j`: the goal that it is about."""
    return t.s.at[j] == t.s.paragraph(t.s.at[j])[0]


def _settled(
    t: Structure,
    i: int,
    readings: Iterator[Reading],
    held: dict[int, int],
    taken: dict[int, int],
    wording: Wording,
) -> Finding | None:
    """The first reading that holds; else the clear one that fails least, and none if no words force it.

    `held` remembers the last share that was taken of a whole, `taken` the whole of every share: the next one is taken
    of it too.
    """
    stated = t.claims[i]
    failed: list[tuple[Result, Claim, Claim]] = []
    for r in readings:
        part, whole = t.claims[r.part], t.claims[r.whole]
        result = divided(part, whole, wording, HUNDRED) if testable(part, whole) and stated.value is not None else None
        if result is None:
            continue
        if agrees(result, stated, wording):
            held[r.whole], taken[i] = i, r.whole
            return finding("share", stated, (part, whole), result, holds=True, unit="%")
        if not _is_likely(t, i, result) or (part.approx and t.s.trails[r.part].startswith("的")):
            continue  # 唯一超过1亿的省份: what it is called by is no part
        if (
            r.clear
            or (r.part == i - 1 and i - held.get(r.whole, -MEMORY) < MEMORY and OF.search(t.s.lead(i)))
            or _same_noun(t, i, r, result)
        ):
            failed.append((result, part, whole))
    if not failed:
        return None
    several = None if _is_told_total(t, i, failed[0][2]) else _of_several(t, i, failed[0][1], wording)
    if several is not None:
        return several
    said = stated.value or HUNDRED
    result, part, whole = min(failed, key=lambda f: abs(f[0].value - said))
    return finding("share", stated, (part, whole), result, holds=False, unit="%")


def _is_likely(t: Structure, i: int, result: Result) -> bool:
    """Whether the two numbers give anything like the share: a slip of the pen leaves it in its neighbourhood."""
    said = t.claims[i].value or HUNDRED
    named = "占" in t.s.clauses[i] and not t.s.clauses[i].startswith("占")
    return named or said / FAR_OFF <= result.value <= said * FAR_OFF


def _is_told_total(t: Structure, i: int, whole: Claim) -> bool:
    """Whether the words announce `whole` as all there is, so that no pieces need be added up."""
    near = [j for j in t.stocks_before(i, 0) if t.claims[j] is whole and t.is_total_like(j)]
    return bool(near) and not t.s.leads[near[0] + 1].startswith(("、", "和", "及"))


def _of_several(t: Structure, i: int, part: Claim, wording: Wording) -> Finding | None:
    """`男132人，女88人，女占40%`; `旧存412件，新收3688件，审结3485件，结案率85%`: a whole told in pieces."""
    start = t.s.bounds[i][0]
    row = [j for j in t.stocks_before(i, start) if t.claims[j].unit == part.unit]
    others = [j for j in row if t.claims[j] is not part]
    for pieces in ([t.claims[j] for j in row], [t.claims[j] for j in others]):
        total = sum((c.value or Decimal(0) for c in pieces), Decimal(0))
        if len(pieces) < 2 or len(pieces) > MOST_PIECES or not testable(part, *pieces) or total <= 0:
            continue
        value = HUNDRED * (part.value or Decimal(0)) / total
        result = Result(value, Interval(value, value), f"{figure(part)} ÷ ({' + '.join(map(figure, pieces))})")
        if value <= HUNDRED and agrees(result, t.claims[i], wording):
            return finding("share", t.claims[i], (part, *pieces), result, holds=True, unit="%")
    return None


def _same_noun(t: Structure, i: int, r: Reading, result: Result) -> bool:
    """`112个村没有…，占54%` of `全县206个行政村`: the only whole of that noun, and near enough to be meant."""
    noun = t.s.trail(r.part)[:1]
    whole = t.s.trail(r.whole)[:4]
    near = abs(result.value - (t.claims[i].value or HUNDRED)) <= NEARLY
    return near and bool(noun) and noun in whole and r.part == i - 1 and t.is_total_like(r.whole)
