"""Parts that the words close: 三类之外再无其他, 此外没有其他支出, 四类案件加起来就是全部.

Without such words 其中 leaves open what else there is; with them the parts are all of their whole. The whole leads
their row, or stands before their sentence under the name it opens with.
"""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.adding import adds_up, expanded, judged
from gangmu.reading.arithmetic.judge import testable
from gangmu.reading.arithmetic.judge import total as sum_of
from gangmu.reading.arithmetic.language import label, names, pairs
from gangmu.reading.arithmetic.marks import MARKS
from gangmu.reading.arithmetic.partitions import MANIFOLD
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import ZERO, Wording

NUMERALS = "一二三四五六七八九十"
_TALLY = (
    rf"(?P<tally>[两{NUMERALS}2-9]大?[类种项片块者处条个家级路线区站县村镇样笔部方支](?![月年季天])|[{MARKS}])"
    r"[\u4e00-\u9fff]{0,5}?"
)
_NONE = r"(?:[再并也都均就便]|已经?)*(?:别?无|没有?|未|不(?=再|存在|涉及|另|含|做|开|设))"
_OTHERS = r"(?:其他|其它|别的|另外的?|例外|剩余|遗漏)"
# 三类之外再无其他; 此外没有其他支出; 没有别的来源; 其他县不在今年任务之内.
NOTHING_ELSE = pattern(
    rf"(?:{_TALLY})?(?:除此|[此以])?之?外,?{_NONE}|{_NONE}{_OTHERS}(?!要求|问题|意见|异议|规定|情况|变化)|"
    rf"{_OTHERS}[^,。;:\d{MARKS}]{{0,6}}(?:{_NONE}|不在|为零)|一[个户家件人项笔]不[落漏少]|[无没]有?(?:一[个户家件人])?遗漏|不重不漏"
)
# 四类加起来就是全部; 三项构成全部支出; 三个数合起来是总数.
ALL_OF_THEM = pattern(
    rf"(?:{_TALLY}(?:加|合|放|凑)?(?:起来|相加|加总|在一起|一起)?,?(?:[就便即也正]|正好|恰好|刚好|共同)*|"
    r"(?:(?:加|合)起来|相加|加总|[加合]在一起),?(?:[就便即也正]|正好|恰好|刚好|共同)*|(?:[就便即也正]|正好|恰好|刚好)+)"
    r"(?:是|构成了?|组成了?)(?:[^,。;:]{0,4})(?:全部|全体|所有|全数|整个|总数)"
)
# 用于三个方面：; 只有三种：; 全部来自三个渠道：; 由三块组成：; 有三：
OPENED = pattern(
    rf"(?:(?:用于|分为|分成|分属|来自|投向|出自|只有|仅有|不外|涉及|集中在|发生在|分布在|有|由|靠){_TALLY}"
    rf"[^,。;:{MARKS}]{{0,8}}(?:组成|构成|上|里|中|方面)?)(?:[:,]其中|[:,])"
)
OPEN_END = pattern("等(?![级次额待于候])|主要|例如|比如|部分")
INSIDE = pattern("[中里],")
FEWEST, MOST_ROW, NEAR, FAR = 2, 12, 14, 60
PLAIN, ELSEWHERE, BEYOND = Decimal("1.65"), Decimal("1.25"), Decimal(10)


def closed(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every row of parts that the words beside it call all of their whole."""
    for sign in (NOTHING_ELSE, ALL_OF_THEM):
        for said in t.s.matches(sign):
            start = t.s.sentence(said.start())[0]
            yield from _all_of(t, _row(t, start, said.start()), _tally(t, said["tally"], said.start("tally")), wording)
    for said in t.s.matches(OPENED):
        start, end = t.s.sentence(said.start())
        parts = _row(t, said.end(), end)
        if len(parts) == _tally(t, said["tally"], said.start("tally")) and not OPEN_END.search(
            t.s.text, said.end(), end
        ):
            whole = [j for j in t.s.between(start, said.start()) if _is_like(t, j, parts[0])][-1:]
            yield from _all_of(t, [*whole, *parts], len(parts), wording)


def _tally(t: Structure, told: str | None, place: int) -> int:
    """How many parts the words say there are; 0 where they do not."""
    if told is None:
        return 0
    if told[0].isdecimal():
        return int(told[0])
    number = NUMERALS.find(told[0].replace("两", "二")) + 1
    return number or int(t.claims[t.s.index(place)].value or 0)


def _is_like(t: Structure, j: int, other: int) -> bool:
    return t.is_stock(j) and t.claims[j].unit == t.claims[other].unit and testable(t.claims[j])


def _row(t: Structure, start: int, end: int) -> list[int]:
    """The numbers that stand for themselves between two places, all in the measure of the last of them."""
    told = [j for j in t.s.between(start, end) if t.is_stock(j) and testable(t.claims[j])]
    return [j for j in told if t.addends[j] and t.claims[j].unit == t.claims[told[-1]].unit][-MOST_ROW:]


def _all_of(t: Structure, row: list[int], tally: int, wording: Wording) -> Iterator[Finding]:
    """What the parts at the end of a row make, `tally` of them where it is not 0."""
    if len(row) < FEWEST or MANIFOLD.search(t.s.text, *t.s.bounds[row[-1]]):
        return
    readings = [(whole, parts) for whole, parts in _readings(t, row, tally) if len(parts) >= FEWEST]
    told = [(_off(t.claims[whole], expanded(t, parts)), whole, parts) for whole, parts in readings]
    right = [reading for reading in told if adds_up(t.claims[reading[1]], expanded(t, reading[2]), wording)]
    for off, whole, parts in right[:1] or sorted(told)[:1]:
        if right or off <= (PLAIN if t.s.bounds[whole] == t.s.bounds[parts[0]] else ELSEWHERE):
            yield judged(t.claims[whole], expanded(t, parts), wording)


def _off(total: Claim, parts: tuple[Claim, ...]) -> Decimal:
    """How many times over the parts and their total differ; beyond all bounds where a part is no smaller than it."""
    low, high = sorted((sum_of(parts), total.value or ZERO))
    largest = max(part.value or ZERO for part in parts)
    return high / low if low > ZERO and (total.value or ZERO) > largest else BEYOND


def _readings(t: Structure, row: list[int], tally: int) -> Iterator[tuple[int, list[int]]]:
    """The wholes that a row may have, with their parts, `tally` of them."""
    opened = next((n for n, j in enumerate(row) if n and OPENED.search(t.s.leads[j])), 0)
    first = len(row) - tally if 1 < tally <= len(row) else opened
    if first:
        yield row[first - 1], row[first:]
    elif tally != len(row) and not any(sign.search(t.s.leads[row[0]]) for sign in (INSIDE, OPENED)):
        yield row[0], row[1:]
    for whole in _before(t, row[first:]):
        yield whole, row[first:]


def _before(t: Structure, parts: list[int]) -> list[int]:
    """The numbers before the sentence of the parts that may be their whole: first those it names."""
    start = t.s.bounds[parts[0]][0]
    near = [j for j in t.stocks_before(parts[0], 0, FAR) if t.s.at[j] < start and _is_like(t, j, parts[0])]
    asked = pairs(names(t.s.text[start : t.s.at[parts[0]]]))
    named = sorted((j for j in near if asked & pairs(label(t.s, j))), key=lambda j: -len(asked & pairs(label(t.s, j))))
    return named or [j for j in near[:1] if parts[0] - j <= NEAR]
