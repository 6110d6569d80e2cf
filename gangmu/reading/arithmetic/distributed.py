"""Shares told in a row of numbers told in a row: 农村600名、机关400名，分别占60%、40%."""

from collections.abc import Iterator

from gangmu.reading.arithmetic.language import label, names, same_unit, shares_a_word
from gangmu.reading.arithmetic.share_bases import Reading
from gangmu.reading.arithmetic.share_cues import ALL_TOLD, EACH, EACH_LAST, EACH_OF, LINKED, OF_STATED
from gangmu.reading.arithmetic.structure import Structure, wholes
from gangmu.reading.patterns import pattern

OF_LIKE = pattern("同类|同期|各自|相应|对应|同口径")
LONGEST_ROW = 12


def distributed(t: Structure, i: int) -> Iterator[Reading]:
    """`农村600名、机关400名，分别占60%、40%`: the n-th share belongs to the n-th number before 分别占."""
    if EACH_LAST.search(t.s.lead(_first(t, i))):
        yield from _told_apart(t, i)
        return
    first = last = i
    while first and t.is_percent(first - 1) and LINKED.fullmatch(t.s.lead(first)):
        first -= 1
    while last + 1 < len(t.s.claims) and t.is_percent(last + 1) and LINKED.fullmatch(t.s.lead(last + 1)):
        last += 1
    each, count = EACH.search(t.s.lead(first)), last - first + 1
    stated = each_of_stated(t, first)
    before = first - 1 if stated else first
    if not stated and before and _counts_the_parts(t, before - 1):
        before -= 1
    if not stated and before > count and ALL_TOLD.search(t.s.clauses[before - 1]):
        before -= 1
    parts = range(before - count, before)
    if (each is None and not stated) or before < count or not all(map(t.is_quantity, parts)):
        return
    if stated:
        yield Reading(parts[i - first], before, clear=same_unit(t.claims[parts[i - first]], t.claims[before]))
        return
    named = each["whole"] if each else ""
    if OF_LIKE.search(named):
        return  # 分别占全年同类警情的29%和42%: each of a whole of its own
    made_up = _made_up(t, parts) if not names(named) else None
    if made_up is not None:
        yield Reading(parts[i - first], made_up, clear=True)
        return
    found = (pair for j in parts for pair in wholes(t, j, named))
    yield from (Reading(parts[i - first], j, clear) for j, clear in found if j not in parts)


def _counts_the_parts(t: Structure, j: int) -> bool:
    """三类 in `三类分别占`: how many parts there are, and none of them."""
    return t.claims[j].unit in ("类", "项", "者", "种", "块", "部分", "笔") and t.s.trails[j].startswith("分别")


def _made_up(t: Structure, parts: range) -> int | None:
    """The number before the parts that they make up to the last digit."""
    total = sum(t.claims[j].value or 0 for j in parts)
    near = [*t.stocks_before(parts[0], 0), *range(parts[-1] + 1, parts[-1] + 2)]
    return next((j for j in near if t.claims[j].value == total and same_unit(t.claims[j], t.claims[parts[0]])), None)


def each_of_stated(t: Structure, i: int) -> bool:
    """`分别占总数6000名的70%和30%`: the whole stands between 分别占 and the first share."""
    before = i - 1
    return (
        before > 0
        and t.is_quantity(before)
        and bool(EACH_OF.search(t.s.lead(before)) and OF_STATED.fullmatch(t.s.lead(i)))
    )


def _first(t: Structure, i: int) -> int:
    """The first of the shares in whose row share `i` stands."""
    while i and t.is_percent(i - 1) and LINKED.fullmatch(t.s.lead(i)):
        i -= 1
    return i


def _told_apart(t: Structure, i: int) -> Iterator[Reading]:
    """`一产27亿元，增4%；二产71亿元，增6%。一、二产业增加值占总值的比重分别为14%、38%`: each told on its own before."""
    first = last = _first(t, i)
    while last + 1 < len(t.s.claims) and t.is_percent(last + 1) and LINKED.fullmatch(t.s.lead(last + 1)):
        last += 1
    said = EACH_LAST.search(t.s.lead(first))
    near = t.stocks_before(first, t.s.paragraph(t.s.at[first])[0], 2 * LONGEST_ROW)
    count = last - first + 1
    parts = [j for j in near if near and same_unit(t.claims[j], t.claims[near[0]])][:count][::-1]
    if said is None or count < 2 or len(parts) < count:
        return
    subject = names(t.s.lead(first)[: said.start()])
    if not all(shares_a_word(subject, label(t.s, j)) for j in parts):
        return
    part = parts[i - first]
    yield from (Reading(part, j, clear) for j, clear in wholes(t, part, said["whole"]) if j not in parts)
