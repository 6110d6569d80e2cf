"""Parts that the words keep apart, so that together they cannot pass their whole.

`每件只归一类` and `没有重复计算` say so; `都出在这96万元里` names the whole as well; and where every part is told in
one pattern (来自乡镇的27位，来自学校的14位) nothing is counted under two of them.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.adding import LONGEST, adds_up, judged
from gangmu.reading.arithmetic.cues import OPEN_LIST
from gangmu.reading.arithmetic.difference import WHOLE
from gangmu.reading.arithmetic.judge import added, testable
from gangmu.reading.arithmetic.marks import MARKS, QUANTITY
from gangmu.reading.arithmetic.miswritten import is_miswritten
from gangmu.reading.arithmetic.partitions import OVERLAPPING
from gangmu.reading.arithmetic.pointing import NUMBER, pointed_value
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording, interval

ONCE = pattern(
    r"(?:没有|无|不存在|并无|不)(?:任何)?(?:重复|重叠|交叉)(?:的)?(?:计算|统计|计入|计数)?(?!的?(?:量|部分))|互不(?:重复|重叠|交叉|包含)|"
    r"[每一][件个人户项条起位名笔家](?:[\u4e00-\u9fff]{0,3})?只(?:能)?[归算计列记入统]{1,2}[在到入]?"
    rf"(?:[{QUANTITY}]|(?:一|1|其中一)[类次项处个家栏])|各算各"
)
DENIED = pattern("难免|可能|并非|不是")
WITHIN = pattern(
    rf"(?:都|全|均)[^,。;:{MARKS}\n]{{0,4}}(?:[出来]自|出在|从|由|在|用)[这那][笔个些]?{NUMBER}"
    rf"[^,。;:{MARKS}\n]{{0,4}}?(?:里|中|内|开支|列支|支出|解决|出)"
)
IN_TURN = pattern(r"^[,、;](?P<open>[^,、;。:的]{2})?[^,、;。:的]{1,8}(?P<close>[^,、;。:]的)(?:有|是|为)?$")
SLIP = Decimal("1.35")
NEARLY = Decimal("0.9"), Decimal("1.15")
FEWEST, FEWEST_ALIKE = 2, 3


def exclusive(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every row of parts, none counted twice, that does not fit into its whole."""
    for said in t.s.matches_behind(t.rows, ONCE):
        if not DENIED.search(t.s.text, max(0, said.start() - 4), said.start()):
            yield from _counted_once(t, said.start(), wording)
    for said in t.s.matches(WITHIN):
        yield from _spent_of(t, said, wording)


def _counted_once(t: Structure, place: int, wording: Wording) -> Iterator[Finding]:
    """The row that ends at `place` passes every whole told before it in the paragraph."""
    start = t.s.sentence(place)[0]
    row = _row(t, start, place) or (_row(t, t.s.sentence(start - 2)[0], start) if start > 1 else [])
    if len(row) < FEWEST:
        return
    largest = max(t.claim(j).value or 0 for j in row)
    before = [j for j in t.stocks_before(row[0], t.s.paragraph(t.s.at[row[0]])[0]) if t.claim(j).unit == _unit(t, row)]
    wholes = [j for j in before if (t.claim(j).value or 0) > largest and testable(t.claim(j))]
    if len(row) > FEWEST and _leads(t, row):
        wholes, row = row[:1], row[1:]
    if wholes:
        yield from _judged(t, max(wholes, key=lambda j: t.claim(j).value or 0), row, wording)


def _leads(t: Structure, row: list[int]) -> bool:
    """Whether the first of a row is announced as the whole of the others, and nearly made up by them."""
    first, others = t.claim(row[0]).value or Decimal(0), sum((t.claim(j).value or 0 for j in row[1:]), Decimal(0))
    announced = t.is_total_like(row[0]) or "其中" in t.s.leads[row[1]] or WHOLE.search(t.s.clauses[row[0]])
    largest = all(first > (t.claim(j).value or 0) for j in row[1:])
    return bool(announced) and largest and NEARLY[0] * first <= others <= NEARLY[1] * first


def _spent_of(t: Structure, said: re.Match[str], wording: Wording) -> Iterator[Finding]:
    """`…拿出40万元…，另有28万元…，都出在这96万元里`: the numbers of the sentence, out of the one pointed at."""
    told = t.s.between(t.s.paragraph(said.start())[0], said.start())
    alike = [j for j in told if t.is_quantity(j) and t.claim(j).unit == said["unit"] and j not in t.aside]
    wholes = [j for j in alike if t.claim(j).value == pointed_value(said)]
    start = t.s.sentence(said.start())[0]
    parts = [j for j in alike if t.s.at[j] >= start and j not in wholes]
    if wholes and len(parts) >= FEWEST and testable(t.claim(wholes[-1]), *map(t.claim, parts)):
        yield from _judged(t, wholes[-1], parts, wording)


def _row(t: Structure, start: int, end: int) -> list[int]:
    """The numbers of one unit that stand side by side at the end of a stretch of text, in text order."""
    row: list[int] = []
    for j in reversed(t.s.between(start, end)):
        alike = t.is_quantity(j) and j not in t.aside and testable(t.claim(j))
        if not alike or (row and t.claim(j).unit != t.claim(row[0]).unit):
            break
        row.append(j)
        if ";" in t.s.leads[j] or len(row) == LONGEST:
            break
    return row[::-1]


def _unit(t: Structure, row: list[int]) -> str | None:
    return t.claim(row[0]).unit


def _judged(t: Structure, whole: int, parts: list[int], wording: Wording) -> Iterator[Finding]:
    """Wrong where the parts pass the whole by no more than a slip; parts that stay below it need not be all."""
    total, claims = t.claim(whole), tuple(map(t.claim, parts))
    together, limit = added(claims, wording), interval(total, wording).high
    if adds_up(total, claims, wording) or limit < together.reach.low <= SLIP * limit:
        yield judged(total, claims, wording)


def of_one_pattern(t: Structure, first: int, wording: Wording) -> Iterator[Finding]:
    """`到会48位，来自乡镇的27位，来自学校的14位，来自企业的11位`: the whole leads, its parts follow in one pattern."""
    whole = first - 1
    if not t.is_quantity(first) or not t.s.leads[first].startswith((",", "、", ";")):
        return
    if whole < 0 or not t.is_quantity(whole) or whole in t.aside or IN_TURN.match(t.s.leads[whole]):
        return
    row, patterns = [first], [IN_TURN.match(t.s.leads[first])]
    for j in range(first + 1, min(first + LONGEST, len(t.s.at))):
        said = IN_TURN.match(t.s.leads[j])
        if said is None or t.claim(j).unit != t.claim(whole).unit or not t.is_quantity(j):
            break
        row.append(j)
        patterns.append(said)
    labels = [t.s.clauses[j] for j in row]
    if (
        len(row) < FEWEST_ALIKE
        or not _is_one_pattern(patterns)
        or len(set(labels)) < len(labels)
        or _are_not_all(t, row, labels)
    ):
        return
    total, claims = t.claim(whole), tuple(map(t.claim, row))
    if total.unit != claims[0].unit or not testable(total, *claims) or not total.value:
        return
    value = sum((c.value or Decimal(0) for c in claims), Decimal(0))
    if NEARLY[0] <= value / total.value <= NEARLY[1] or is_miswritten(total, value):
        yield judged(total, claims, wording)


def _is_one_pattern(patterns: list[re.Match[str] | None]) -> bool:
    """Whether all begin or all end with the same two signs: 来自乡镇的, 来自学校的; 机关来的, 企业来的."""
    opened, closed = ({said[side] if said else None for said in patterns} for side in ("open", "close"))
    return any(len(side) == 1 and None not in side for side in (opened, closed))


def _are_not_all(t: Structure, row: list[int], labels: list[str]) -> bool:
    """Whether the words leave the row open, or one and the same may be in two of its parts."""
    behind = t.s.text[t.s.at[row[-1]] : t.s.bounds[row[-1]][1]]
    return any(word in behind for word in OPEN_LIST) or any(OVERLAPPING.search(one) for one in labels)
