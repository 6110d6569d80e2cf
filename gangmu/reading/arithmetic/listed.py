"""Parts told before or beside their whole in words of their own: `由A、B、C构成`, `以上三类`."""

import re
from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.adding import adds_up, judged
from gangmu.reading.arithmetic.cues import OPEN_LIST
from gangmu.reading.arithmetic.judge import added, finding, testable
from gangmu.reading.arithmetic.marks import MARKS, QUANTITY
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

MADE_UP = pattern(rf"由(?P<parts>[^,。;\n{MARKS}]{{0,14}}[{QUANTITY}][^。;\n]{{2,120}}?)(?:构成|组成|凑成|拼成)")
ABOVE = pattern(r"(?:以上|上述|这)(?P<number>[二两三四五六七八九])(?:大?类|[项种部]分?|块|笔)(?!以上)")
# 由甲、乙构成，总量26万卷: the whole behind its parts.
WHOLE_NEXT = pattern(r"^[^,;:]{0,8}(?:构成|组成|凑成|拼成),[^,;:]{0,6}[总共][^,;:]{0,6}$")
NUMBERS = "零一二三四五六七八九"
NEARLY = Decimal("0.8"), Decimal("1.25")
LOOK_BACK = 12


def listed(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every whole that is said to be made up of a list, or to hold the classes listed above it."""
    for match in MADE_UP.finditer(t.s.text):
        yield from _made_up(t, match, wording)
    for match in ABOVE.finditer(t.s.text):
        yield from _above(t, match, wording)


def _made_up(t: Structure, match: re.Match[str], wording: Wording) -> Iterator[Finding]:
    """`完成3.60万亩，超计划0.35万亩。完成面积由乔木林1.9万亩、灌木林0.8万亩构成`: the whole stands before its parts."""
    inside = list(t.s.between(match.start("parts"), match.end("parts")))
    parts = tuple(t.claims[j] for j in inside)
    if len(parts) < 2 or not all(map(t.is_quantity, inside)) or len({p.unit for p in parts}) > 1:
        return
    if not testable(*parts) or any(word in match["parts"] for word in OPEN_LIST):
        return
    before = t.stocks_before(inside[0], t.s.paragraph(match.start())[0])
    alike = [t.claims[j] for j in before if t.claims[j].unit == parts[0].unit and testable(t.claims[j])]
    following = inside[-1] + 1
    if following < len(t.s.at) and t.is_quantity(following) and WHOLE_NEXT.match(t.s.leads[following]):
        alike = [c for c in (t.claims[following],) if c.unit == parts[0].unit and testable(c)]
    value = added(parts, wording).value
    near = [w for w in alike if w.value and NEARLY[0] <= value / w.value <= NEARLY[1]]
    fitting = [w for w in near if adds_up(w, parts, wording)]
    if fitting or near:
        yield judged((fitting or near)[0], parts, wording)


def _above(t: Structure, match: re.Match[str], wording: Wording) -> Iterator[Finding]:
    """`甲类97处、乙类68处、丙类59处，…共拆除213处，以上三类全部拆完`: the classes above are no more than all."""
    count = NUMBERS.find(match["number"].replace("两", "二"))
    start = t.s.paragraph(match.start())[0]
    before = [j for j in t.s.between(start, match.start()) if t.is_quantity(j)][-LOOK_BACK:]
    if len(before) != count + 1 and (
        len(before) < count + 1 or t.claims[before[-count - 2]].unit == t.claims[before[-1]].unit
    ):
        return
    *listed_before, whole = before[-count - 1 :]
    parts, total = tuple(t.claims[j] for j in listed_before), t.claims[whole]
    told = "共" in t.s.clauses[whole] or "总" in t.s.clauses[whole]
    if not told or {p.unit for p in parts} != {total.unit} or not testable(total, *parts):
        return
    result = added(parts, wording)
    if adds_up(total, parts, wording):
        yield judged(total, parts, wording)
    elif result.value > (total.value or 0):
        yield finding("part_of", total, parts, result, holds=False)
