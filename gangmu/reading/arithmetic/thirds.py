"""Two figures and the third that comes of them, known by their shape where no verb of the tables names it.

Verbs of coming, going and staying have no end. Two figures of one unit side by side and a third behind them with a
word of direction (净, 多, 余, 超 …) or of time passed (一年里) assert a difference all the same. A third that does not
fit is called wrong only where it is a convincing near miss: digits changed places, one digit off, a share of the wrong
base exact to its last place.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.balance import opening_before
from gangmu.reading.arithmetic.comparisons import is_average, is_of_another, sign_of
from gangmu.reading.arithmetic.cues import FALL, NOW, RISE, THEN
from gangmu.reading.arithmetic.difference import DONE, WHOLE
from gangmu.reading.arithmetic.growth import WRONG_BASE
from gangmu.reading.arithmetic.judge import Result, agrees, divided, figure, finding, grown, subtracted, testable
from gangmu.reading.arithmetic.language import label
from gangmu.reading.arithmetic.marks import PERCENT, POINTS, QUANTITY, TIMES
from gangmu.reading.arithmetic.multiple import GREW_BY
from gangmu.reading.arithmetic.points import is_of_another_span, of_two_rates
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HUNDRED, ONE, Interval, Wording, interval, result_interval

_REST = (
    r"净|自然|结[余存]|剩|余(?!名|人|户|家|件)|超(?!过)|[差缺短欠盈亏](?![距点评])|节[约省余]|省下|省了|退回|空[编缺岗额]|保留|留[用存下任]|领先|落后|"
    r"[用花]掉|富余|最[终后]|核定|还有|尚有|仍有|尚未|仍未|没有|未[\u4e00-\u9fff]"
)
REST = searched(_REST)
_CHANGED = r"(?<!新)增|(?<!其)多(?!数|次|名|年|种|个)|少(?!数|于)|减|[高低涨降快慢长短]|[缩延节省]"
CHANGED = searched(_CHANGED)
TIMED = searched(
    rf"{THEN}|{NOW}|那[一个]?[年时月]|那阵|[一二三四五六七八九十两几]+年前|计划|任务|目标|原[来先定]|年[初底末]|月[初底末]|眼下|头[一两]?年|"
    r"[上下]个?[周月季旬]|[春夏秋冬]季|[应实][际到]|合同|结算|预算|决算|审[下定核]|[一二三四五六七八九十]{1,2}月|\d{1,2}月|[一二三四]季度|[前后]者|开春|入[春夏秋冬]|盘点|收工|完工|开[工学园业]|第[一二三四五六七八九十]+[次期批轮季]"
)
# 一年里添丁34只: a span of time between the two, and whatever verb.
SPAN = pattern(
    r"^(?:前后|这)?[一二三四五六七八九十两几半]+(?:年|冬|个(?:年|季度?|月|学期|星期|周|多月)|周|学期)(?:里|间|来|下来|内|之?间)?(?!共|均)[^,]{0,4}$"
)
OF_OTHERS = pattern(r"其中|分别|共|合计|总计|最(?![终后])|每|平均|均|第|累计|另|新增|占")
EACH = pattern("每|均")
BARE_CHANGE = pattern(
    rf"^(?:同比|环比|比[^,]{{1,8}}?)?(?:净|共|又|也|整整)?(?:{RISE}|{FALL})[价值产收]?(?:了|约|近|幅度?|率|为|达)*$"
)
LONGEST_CLAUSE = 14
NEAR_ENOUGH = Decimal("0.5"), Decimal(2)
WHOLE_TIMES = Decimal("0.03")
FEWEST_DIGITS = 2
LOOK_BACK = 5
SMALL_SLIP = 3
FAR_BACK = 12
LEFT_OVER = pattern("(?:还)?[剩余]下?|其余")
OPENED = searched(r"年初|期初|月初|原[来先有]|起初|旧|上[年期月季]|结转|开始|之前|本来|接手")
_NOW_HELD = r"现|眼下|目前|手里|手头|还|剩|结|余|在册|年[末底]|[期月季]末|如今|总[共数]|一共|共|压|存"
NOW_HELD = searched(_NOW_HELD)
SMALL_ROW = 2
_GONE = r"缺席|缺勤|请假|未[到参来完办交]|没[有来到参办]|退出|闲置|空置"
GONE = pattern(rf"(?:[\u4e00-\u9fff]{{0,2}})?(?:{_GONE})")
_SPAN_OF_TIME = r"[一二三四五六七八九十两几半](?:[年冬周个]|学期)"
# What makes a number a third figure at all: in the words before it, and right behind it.
TELLING, TELLING_BEHIND = "|".join((_REST, _CHANGED, _NOW_HELD, _SPAN_OF_TIME, RISE, FALL)), _GONE


def third(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding where two figures of one unit before claim `i` make it up or nearly make it up."""
    kind, clause = t.s.marks[i], t.s.clauses[i]
    if len(clause) > LONGEST_CLAUSE or not _may_tell(t, i, kind, clause) or _is_of_others(t, i, clause):
        return
    if kind == QUANTITY:
        yield from _account(t, i, wording)
        yield from _difference(t, i, clause, wording)
    else:
        yield from _between_rates(t, i, wording)
        yield from _growth(t, i, wording)


def _may_tell(t: Structure, i: int, kind: str, clause: str) -> bool:
    """Whether the clause of a number holds any word that makes it a third figure."""
    if kind == QUANTITY:
        return NOW_HELD.search(clause) is not None or _tells_rest(t, i) or _tells_change(clause)
    return kind in (PERCENT, POINTS) and BARE_CHANGE.search(clause) is not None


def third_multiples(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every 倍 or 番 that two figures of one unit before it give or nearly give."""
    i = t.s.marks.find(TIMES)
    while i >= 0:
        clause = t.s.clauses[i]
        if len(clause) <= LONGEST_CLAUSE and t.claims[i].value is not None and not _is_of_others(t, i, clause):
            yield from _multiple(t, i, wording)
        i = t.s.marks.find(TIMES, i + 1)


def _tells_rest(t: Structure, i: int) -> bool:
    return REST.search(t.s.clauses[i]) is not None or GONE.match(t.s.trails[i]) is not None


def _tells_change(clause: str) -> bool:
    return SPAN.match(clause) is not None or CHANGED.search(clause) is not None


def _is_of_others(t: Structure, i: int, clause: str) -> bool:
    """Whether a number is told of others than the two before it; 每亩多收 speaks of what they told for each as well."""
    if EACH.search(clause) and i > 1 and EACH.search(t.s.clauses[i - 2]):
        clause = EACH.sub("", clause)
    return OF_OTHERS.search(clause) is not None


def _pair(t: Structure, i: int, kind: str, start: int) -> tuple[int, int] | None:
    """The last two numbers of claim `i`'s measure from `start` on; for rates and multiples the last two of one unit."""
    near = [j for j in range(max(0, i - LOOK_BACK), i) if t.s.at[j] >= start and t.s.marks[j] == kind]
    alike = kind == QUANTITY and t.is_quantity(i)
    unit = t.claims[i].unit if alike else t.claims[near[-1]].unit if near else None
    same = [j for j in near if t.claims[j].unit == unit]
    plain = [j for j in same if not is_average(t.s, j)]
    same = plain if len(plain) > 1 else same
    if len(same) < 2 or not testable(t.claims[same[-2]], t.claims[same[-1]]):
        return None
    return same[-2], same[-1]


def _sorted(t: Structure, pair: tuple[int, int]) -> tuple[Claim, Claim]:
    one, other = t.claims[pair[0]], t.claims[pair[1]]
    return (one, other) if (one.value or 0) >= (other.value or 0) else (other, one)


def _is_timed(t: Structure, pair: tuple[int, int]) -> bool:
    """Whether one of two numbers stands for another time, or for a plan, and neither inside the other."""
    leads = [t.s.leads[j].rsplit(";", 1)[-1] for j in pair]
    return any(TIMED.search(lead) for lead in leads) and "其中" not in leads[1]


def _difference(t: Structure, i: int, clause: str, wording: Wording) -> Iterator[Finding]:
    """`年初32家，到年底38家，一年净增6家`; `收到36.2万元，拨给合作社21.5万元，账上结余14.7万元`."""
    rest = _tells_rest(t, i)
    if not (rest or _tells_change(clause)) or not testable(t.claims[i]) or "另" in t.s.trails[i]:
        return
    for pair in _pairs_for(t, i):
        larger, smaller = _sorted(t, pair)
        stated, result = t.claims[i], subtracted(larger, smaller, wording)
        if agrees(result, stated, wording):
            yield finding("difference", stated, (larger, smaller), result, holds=True)
            return
        near = is_near_miss(abs(result.value), stated)
        if (near or (rest and _are_all(t, pair, i))) and _may_differ(t, pair, i):
            yield finding("difference", stated, (larger, smaller), result, holds=False)
            return


def _account(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`存着旧账158卷，新收97卷，理出130卷，手里压着125卷`: what there was, what came and what went, by any verbs."""
    if not NOW_HELD.search(t.s.clauses[i]):
        return
    start = t.s.bounds[i][0]
    near = [j for j in range(max(0, i - LOOK_BACK), i) if t.s.at[j] >= start and t.is_quantity(j)]
    row = [j for j in near if t.claims[j].unit == t.claims[i].unit][-SMALL_ROW - 1 :]
    if len(row) <= SMALL_ROW or not testable(t.claims[i], *map(t.claim, row)):
        return
    if not OPENED.search(t.s.clauses[row[0]]):
        return
    opened, one, other = (t.claims[j] for j in row)
    found = [_balance(opened, *moves, t.claims[i], wording) for moves in ((one, other), (other, one))]
    yield from [f for f in found if f and f.verdict == "consistent"][:1] or [f for f in found if f][:1]


def _balance(opened: Claim, came: Claim, went: Claim, stated: Claim, wording: Wording) -> Finding | None:
    """Opening + came - went against what is held: a finding where it holds or nearly does."""
    added_, taken = subtracted(opened, went, wording), came.value or Decimal(0)
    covered = interval(came, wording)
    value = added_.value + taken
    low, high = added_.reach.low + covered.low, added_.reach.high + covered.high
    result = Result(value, Interval(low, high), f"{figure(opened)} + {figure(came)} - {figure(went)}")
    holds = agrees(result, stated, wording)
    if holds or is_near_miss(value, stated):
        return finding("difference", stated, (opened, came, went), result, holds=holds)
    return None


def _net_change(t: Structure, i: int, clause: str) -> bool:
    """`原来有1150名，送走186名，迎来214名，比上学期多了28名`: what two movements after a first stock come to."""
    row = [j for j in range(max(0, i - LOOK_BACK), i) if t.s.at[j] >= t.s.bounds[i][0] and t.is_quantity(j)]
    opened = len(row) > SMALL_ROW and OPENED.search(t.s.clauses[row[-SMALL_ROW - 1]])
    return bool(opened) and CHANGED.search(clause) is not None


def _pairs_for(t: Structure, i: int) -> Iterator[tuple[int, int]]:
    """The two numbers right before claim `i`; the two right behind it, where they stand for two times."""
    start, end = t.s.bounds[i]
    pair, net = _pair(t, i, QUANTITY, start), _net_change(t, i, t.s.clauses[i])
    if pair is not None and ";" not in t.s.text[t.s.at[pair[0]] : t.s.at[i]] and (net or not _is_account(t, i)):
        told = net or REST.search(t.s.clauses[i]) or GONE.match(t.s.trails[i]) or _is_timed(t, pair)
        if "其中" not in t.s.leads[pair[1]] and told:
            yield pair
    if pair is None and LEFT_OVER.match(t.s.clauses[i]):
        yield from _told_before(t, i)
    behind = (i + 1, i + 2)
    if i + 2 < len(t.s.at) and t.s.at[i + 2] < end and all(map(t.is_quantity, behind)):
        alike = t.claims[i].unit == t.claims[i + 1].unit == t.claims[i + 2].unit and testable(*map(t.claim, behind))
        if alike and all(TIMED.search(t.s.leads[j]) for j in behind):
            yield behind


def _is_account(t: Structure, i: int) -> bool:
    """Whether claim `i` ends a row of three or more that begins with what there was before: their balance is told."""
    opening = opening_before(t.s, i)
    return opening is not None and i - opening > SMALL_ROW


def _told_before(t: Structure, i: int) -> Iterator[tuple[int, int]]:
    """`有漏种的78名…。到九月补上65名，剩下的13名`: the whole stands a sentence before what was done of it."""
    near = t.stocks_before(i, t.s.paragraph(t.s.at[i])[0], FAR_BACK)
    alike = [j for j in near if t.claim(j).unit == t.claim(i).unit and testable(t.claim(j))][:2]
    if len(alike) > 1 and (t.claim(alike[1]).value or 0) > (t.claim(alike[0]).value or 0):
        yield alike[1], alike[0]


def _are_all(t: Structure, pair: tuple[int, int], i: int) -> bool:
    """Whether a whole, what was done of it and what is left are all that the sentence counts in one measure."""
    whole, done = t.claims[pair[0]], t.claims[pair[1]]
    alike = [j for j in t.s.between(*t.s.bounds[i]) if t.is_quantity(j) and t.claims[j].unit == whole.unit]
    left = t.claims[i].value or Decimal(0)
    small = left < (whole.value or 0) > (done.value or 0)
    near = NEAR_ENOUGH[0] <= (left + (done.value or 0)) / (whole.value or ONE) <= NEAR_ENOUGH[1]
    told = WHOLE.search(t.s.clauses[pair[0]]) and DONE.search(t.s.clauses[pair[1]])
    return len(alike) == 3 and small and near and bool(told)


def _may_differ(t: Structure, pair: tuple[int, int], i: int) -> bool:
    """Whether no other numbers of the sentence give the third or fill it up."""
    said = t.claims[i].value or Decimal(0)
    start, end = t.s.bounds[i]
    others = [
        t.claims[j].value or Decimal(0)
        for j in t.s.between(start, end)
        if j not in (*pair, i) and t.is_quantity(j) and t.claims[j].unit == t.claims[i].unit
    ][:LOOK_BACK]
    values = [t.claims[j].value or Decimal(0) for j in pair]
    before = [j for j in range(max(0, i - FAR_BACK), i) if t.is_quantity(j) and t.claims[j].unit == t.claims[i].unit]
    told = {abs((t.claims[j].value or 0) - (t.claims[k].value or 0)) for j, k in combinations(before[-LOOK_BACK:], 2)}
    given = (
        told | {abs(a - b) for a, b in combinations([*values, *others], 2)} | {sum(o) for o in combinations(others, 2)}
    )
    filled = any(said + o in (abs(values[0] - values[1]), *values) for o in others)
    return said not in given and not filled


def is_near_miss(computed: Decimal, stated: Claim) -> bool:
    """Whether a stated figure is the computed one with a slip of the pen: one digit otherwise, or two changed about."""
    said, place = stated.value or Decimal(0), stated.worth or ONE
    if stated.approx is not None or not said or computed % place:
        return False
    a, b = str(int(computed / place)), str(int(said / place))
    if len(a) != len(b) or a == b or not NEAR_ENOUGH[0] <= computed / said <= NEAR_ENOUGH[1]:
        return False
    if len(a) < FEWEST_DIGITS:
        return abs(int(a) - int(b)) <= SMALL_SLIP
    return sorted(a) == sorted(b) or sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _multiple(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`去年640户，今年达到1920户，增长了3倍`: one more or one less than what the two give, or 到 taken for 了."""
    start, stated = t.s.bounds[i][0], t.claims[i]
    near = [j for j in range(max(0, i - LOOK_BACK), i) if t.s.at[j] >= start and t.is_quantity(j)]
    if "番" in stated.text or stated.approx is not None:
        return
    by = bool(GREW_BY.search(t.s.clauses[i]))
    found: list[Finding] = []
    for pair in combinations(near, 2):
        larger, smaller = _sorted(t, pair)
        alike = larger.unit == smaller.unit and testable(larger, smaller) and _is_timed(t, pair)
        times = divided(larger, smaller, wording) if alike else None
        if times is None or times.value < ONE + ONE or (by and _is_of_another(t, i, pair)):
            continue
        result = Result(times.value - ONE, times.reach.shifted(-ONE), f"{times.shown} - 1") if by else times
        holds = agrees(result, stated, wording)
        if holds or abs(abs(result.value - (stated.value or 0)) - ONE) <= WHOLE_TIMES:
            found.append(finding("multiple", stated, (larger, smaller), result, holds=holds, unit="倍"))
    yield from [f for f in found if f.verdict == "consistent"][:1] or found[-1:]


def _is_of_another(t: Structure, i: int, pair: tuple[int, int]) -> bool:
    return is_of_another(t.s, i, label(t.s, pair[0]) + label(t.s, pair[1]))


def _between_rates(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`十年前55.8%，…今年达到62.3%，提高了6.5%`: what lies between two rates is told in points."""
    start = t.s.bounds[i][0]
    before = t.s.sentence(start - 2)[0] if start > 1 and t.s.text[start - 1] != "\n" else start
    pair = _pair(t, i, PERCENT, before)
    if pair is None or pair[1] != i - 1 or any(sign_of(t.s, j) is not None for j in pair) or not _is_timed(t, pair):
        return
    if is_of_another_span(t.s, pair, i):
        return
    old, new = t.claims[pair[0]], t.claims[pair[1]]
    if TIMED.search(t.s.leads[pair[1]]) and re.search(THEN, t.s.leads[pair[1]]):
        old, new = new, old
    stated, sign = t.claims[i], sign_of(t.s, i) or 1
    gap = subtracted(new, old, wording)
    exact = gap.value * sign == stated.value
    if exact or agrees(gap, stated, wording, sign=sign) or is_near_miss(gap.value * sign, stated):
        found = of_two_rates(new, old, stated, sign, wording)
        if t.s.marks[i] == POINTS or exact:
            yield found


def _growth(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`12.48亿元，比上年的11.15亿元多收1.33亿元，增长10.7%`: divided by the new one, exact to the last place."""
    start, stated = t.s.bounds[i][0], t.claims[i]
    near = [
        j
        for j in range(max(0, i - LOOK_BACK), i)
        if t.s.at[j] >= start and t.is_quantity(j) and sign_of(t.s, j) is None and t.claims[j].kind != "change"
    ]
    sign = sign_of(t.s, i)
    if t.s.marks[i] != PERCENT or sign is None or len(near) < 2 or ";" in t.s.text[t.s.at[near[-1]] : t.s.at[i]]:
        return
    pairs = [
        (j, k)
        for j, k in pairwise(near)
        if t.claims[j].unit == t.claims[k].unit and testable(t.claims[j], t.claims[k]) and _is_timed(t, (j, k))
    ]
    for pair in pairs:
        new, old = _new_and_old(t, pair, sign)
        right, wrong = grown(new, old, wording), grown(old, new, wording)
        if right is None or wrong is None:
            continue
        if agrees(right, stated, wording, sign=sign):
            yield finding("growth", stated, (new, old), right, holds=True, unit="%")
            return
        if _is_exact(-wrong.value * sign, stated, wording):
            note, note_en = WRONG_BASE
            yield finding("growth", stated, (new, old), right, holds=False, unit="%", note=note, note_en=note_en)


def _new_and_old(t: Structure, pair: tuple[int, int], sign: int) -> tuple[Claim, Claim]:
    """Which of two is the earlier one by its words (上年同期); where they do not say, as the direction has it."""
    then = [bool(re.search(THEN, t.s.clauses[j])) for j in pair]
    if then[0] != then[1]:
        old = pair[0] if then[0] else pair[1]
        return t.claim(sum(pair) - old), t.claims[old]
    larger, smaller = _sorted(t, pair)
    return (larger, smaller) if sign > 0 else (smaller, larger)


def _is_exact(value: Decimal, stated: Claim, wording: Wording) -> bool:
    """Whether a percentage told to three digits or more rounds from `value`."""
    told = len(str(int((stated.value or Decimal(0)) / (stated.worth or ONE))))
    return told > FEWEST_DIGITS and value < HUNDRED and value in result_interval(stated, wording)
