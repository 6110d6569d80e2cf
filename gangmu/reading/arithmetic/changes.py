"""Changes told clauses away from the two states they come of, in whatever verb.

`去年还只有25万元，靠的是老厂房的租金，今年…账上已经有32万元，…一年涨了三成五`: the two numbers of one measure before
a change, ordered by their words of time, are its states, wherever the clauses between wander. A change that does not
fit is called wrong only where it is not far from what they give.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.comparisons import (
    ELSEWHERE,
    FRAMES,
    OWN_WORDS,
    Comparison,
    Outcome,
    is_average,
    is_of_another,
    sign_of,
)
from gangmu.reading.arithmetic.cues import FALL, PEOPLE, RISE
from gangmu.reading.arithmetic.growth import growth_of
from gangmu.reading.arithmetic.judge import agrees, divided, finding, grown, subtracted, testable
from gangmu.reading.arithmetic.language import first_clause, names
from gangmu.reading.arithmetic.language import pairs as two_signs
from gangmu.reading.arithmetic.marks import (
    HOLE,
    MARKS,
    PERCENT,
    POINTS,
    QUANTITY,
    TIMES,
)
from gangmu.reading.arithmetic.multiple import multiple_of
from gangmu.reading.arithmetic.order_in_time import earlier, names_another_time
from gangmu.reading.arithmetic.points import of_two_rates, way
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import HUNDRED, ONE, ZERO, Wording

MUCH = r"[\u4e00-\u9fff]{0,2}(?:了|出|约|近|达到?|为|是|整整|足足|将近|超过|幅度?|率|比例|:)*$"
UP = pattern(rf"(?:{RISE}|[添翻窜蹿长快提抬贵拔]){MUCH}")
DOWN = pattern(rf"(?:{FALL}|[省节跌掉退慢轻短砍削压]|便宜){MUCH}")
TOLD = pattern("[增涨升高多扩添翻窜蹿长快提抬贵拔减降低少缩省节跌掉落退慢轻短砍削压回宜滑落]|是|为|相当|有")
OF_OTHERS = searched(
    r"其中|年均|平均每|分别|占|计划|目标|力争|[比较]全|同口径|大多|多数|至[多少]|[之以]后(?!.*了)|将|还要|再|又|[高低]于"
)
BEYOND = "的", "相比", "还不止", "不止", "还多", "都不止"
AGAINST = pattern(r"(?:[比较]|[跟与同和](?=[^,;。]*相比))(?![例如方重])[^,;:。]{0,16}$")
OF_NAME = pattern(r"(?P<other>[^,;:。是为有]{2,8})的(?:近|约|将近)?$")
OF_FORMER = pattern(
    r"(?:是|为|有|仅|剩下?|相当于|到)(?:了)?(?:原[来先]|过去|以前|从前|当初|最初|[去上]年(?:同期)?|前年|同期|上[月季周]度?)的(?:近|约)?$"
)
OVER = pattern("[高低快慢]出$")
YEAR_ON_YEAR = "同比"
LEVEL = pattern(r"[高多长低少][达有]到?$")
MORE = pattern(r"[多少](?!到|至|为)[\u4e00-\u9fff]{0,2}$|[增减][收支产拨投缴]$|[死伤亡]$|[添增减降涨跌扩加][了出]?$")
# What a number of money, goods or people is called, whatever it is; 节水, 省电: the thing behind its verb.
KIND = pattern("(?:[额量价费款]|收入|收益|分红|产值|支出|成本|利润)$")
SAVED = pattern(r"[节省用](?P<thing>[\u4e00-\u9fff])$")
PERSON = "人"
LOOK_BACK = 8
MOST_STATES = 4
MOST_BEHIND = 2
NAMES_BASE = pattern("[比较跟与同和]|的$")
CHANGED = PERCENT + POINTS + TIMES
FROM = pattern("(?:由|从|自)[^,;。]*$")
UNTIL = pattern("(?:到|至|为|成)(?:了|约|近)*(?:[^,;。]{0,10}的)?$")
NEAREST_RATIO = Decimal("0.5")
Pair = tuple[int, int]


def changes(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every rate, multiple or points of change whose two states stand before it with their times."""
    known = {outcome.at for pair in t.comparisons for outcome in pair.outcomes}
    for i, mark in enumerate(t.s.marks):
        if mark == PERCENT and OF_FORMER.search(t.s.clauses[i]) and testable(t.claim(i)):
            yield from _of_former(t, i, wording)
        if (
            mark not in CHANGED
            or i in known
            or t.claim(i).value is None
            or (mark != POINTS and t.s.clauses[i] != "的" and not TOLD.search(t.s.clauses[i]))
        ):
            continue
        sign = _direction(t, i)
        aimed = i > 0 and t.claim(i - 1).kind == "norm" and AGAINST.search(t.s.clauses[i - 1])  # 比目标85%高2.4个百分点
        if sign is None or aimed or _is_of_others(t, i):
            continue
        pairs = list(_states(t, i))
        found = [f for pair in pairs if (f := _judged(t, pair, i, sign, wording, alone=len(pairs) == 1))]
        near = [f for f in found if t.claim(max(pairs[0])).span in f.spans]
        yield from [f for f in found if f.verdict == "consistent"][:1] or sorted(near, key=_distance)[:1]


def _distance(f: Finding) -> Decimal:
    """How far the stated change is from the computed one."""
    return abs(abs(f.computed or ZERO) - (f.stated or ZERO))


def _direction(t: Structure, i: int) -> int | None:
    """1 for a rise, -1 for a fall, 0 for a multiple that says neither, None where claim `i` is no change."""
    clause = t.s.clauses[i].replace("差不多", "")
    if t.s.marks[i] == TIMES:
        return 0
    sign = sign_of(t.s, i)
    if sign is not None or t.claim(i).kind == "norm":
        return sign if t.claim(i).kind != "norm" else None
    up, down = UP.search(clause), DOWN.search(clause)
    if not up and not down:
        return 0 if t.s.marks[i] == POINTS else None
    return 1 if up and (down is None or up.start() < down.start()) else -1


def _is_of_others(t: Structure, i: int) -> bool:
    clause = t.s.clauses[i]
    return bool(OF_OTHERS.search(clause) or ELSEWHERE.search(OVER.sub("", clause))) or t.s.trails[i].startswith(BEYOND)


def _states(t: Structure, i: int) -> Iterator[Pair]:
    """Pairs of one measure before claim `i` whose words tell the later from the earlier: (new, old), nearest first."""
    kinds = {TIMES: QUANTITY, POINTS: PERCENT}.get(t.s.marks[i], QUANTITY + PERCENT)
    for start, end in _windows(t, i):
        within = t.s.between(start, end)
        around = range(max(within.start, i - LOOK_BACK), min(within.stop, i + LOOK_BACK + 1))
        alike = [j for j in around if t.s.marks[j] in kinds]
        if not _is_told_twice(t, alike):
            continue
        near = [j for j in alike if _is_state(t, j)]
        if end > t.s.at[i] and not _tells_what_follows(t, i, near):
            continue
        meant = _measure_named(t, i, near)
        alike = _without_averages(t, [j for j in near if meant is not None and _is_one_measure(t, j, meant)])
        pairs = [ordered for k, j in _nearest_first(alike) if (ordered := _ordered(t, j, k, start))]
        if not pairs and t.s.marks[i] == TIMES and len(alike) > 1:
            pairs = list(_by_name(t, i, alike))
        if pairs:
            yield from pairs
            return


def _is_told_twice(t: Structure, near: list[int]) -> bool:
    """Whether two of these numbers may be of one measure."""
    measures = {(t.s.marks[j], PERSON if _may_be_people(t.claim(j).unit) else t.claim(j).unit) for j in near}
    return len(measures) < len(near)


def _may_be_people(unit: str | None) -> bool:
    return unit in PEOPLE or unit == "个"


def _without_averages(t: Structure, alike: list[int]) -> list[int]:
    """`读者23.8万人次，平均一天700人次。老馆14万人次`: of all there was, not of what each has."""
    plain = [j for j in alike if not is_average(t.s, j)]
    return plain if len(plain) > 1 and plain[-1] == alike[-1] else alike


def _nearest_first(alike: list[int]) -> Iterator[Pair]:
    """Pairs of the list, the later first: those of the last one, then those before it."""
    return combinations(alike[::-1][:MOST_STATES], 2)


def _measure_named(t: Structure, i: int, near: list[int]) -> int | None:
    """The number whose measure claim `i` speaks of: the one whose unit it names (批次, 户数), else the last one."""
    words = OWN_WORDS.split(t.s.clauses[i])[0]
    units = {t.claim(j).unit or "" for j in near} - {""}
    named = [unit for unit in units if unit in words or (unit in PEOPLE and "人" in words)]
    if named:
        best = max(named, key=len)
        return next((j for j in reversed(near) if t.claim(j).unit == best), None)
    return near[-1] if near else None


def _by_name(t: Structure, i: int, alike: list[int]) -> Iterator[Pair]:
    """`外地客人3200人次，本地客人800人次，外地客人足有本地的4倍`: the base is named, of several both."""
    said = OF_NAME.search(t.s.clauses[i])
    old = _called(t, alike, said["other"]) if said else None
    others = [j for j in alike if j != old]
    new = others[0] if len(others) == 1 else _called(t, others, OWN_WORDS.split(t.s.clauses[i])[0])
    if old is not None and new is not None:
        yield new, old


def _called(t: Structure, those: list[int], name: str) -> int | None:
    """The one of these numbers whose words have most of a name; None where two have as much, or none has any."""
    likeness = {j: len(two_signs(name) & two_signs(t.s.clauses[j] + first_clause(t.s.trails[j]))) for j in those}
    most = max(likeness.values(), default=0)
    best = [j for j in those if likeness[j] == most]
    return best[0] if most and len(best) == 1 else None


def _of_former(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`原先要走8个小时，如今只要2个小时，用时只有原来的四分之一`: what is left of what there was."""
    pairs = list(_states(t, i))[:1]
    results = [(pair, divided(t.claim(pair[0]), t.claim(pair[1]), wording, HUNDRED)) for pair in pairs]
    for pair, result in results:
        if result is not None and t.s.marks[pair[0]] == QUANTITY:
            holds = agrees(result, t.claim(i), wording)
            if holds or _is_near(result.value, t.claim(i).value):
                operands = t.claim(pair[0]), t.claim(pair[1])
                yield finding("share", t.claim(i), operands, result, holds=holds, unit="%")


def _windows(t: Structure, i: int) -> Iterator[tuple[int, int]]:
    """Where to look: what stands before it in its sentence, all the sentence, then with the sentence before it."""
    start, end = t.s.bounds[i]
    place = t.s.at[i]
    yield start, place
    own = {t.claim(j).unit for j in t.s.between(start, place) if t.s.marks[j] in QUANTITY + HOLE}
    if len(own) <= 1 and i + 1 < len(t.s.at) and t.s.at[i + 1] < end:
        yield start, end
    if start > 1 and t.s.text[start - 1] != "\n" and len(own) <= 1 and HOLE not in t.s.text[start:place]:
        yield t.s.sentence(start - 2)[0], place


def _tells_what_follows(t: Structure, i: int, near: list[int]) -> bool:
    """`增长51%，达到1114件；上月是790件`: the states follow at once, and no other change is told of them."""
    behind = [j for j in near if j > i]
    if not behind or behind[0] != i + 1 or len(behind) > MOST_BEHIND:
        return False
    between = t.s.text[t.s.at[i] : t.s.at[behind[-1]]]
    following = behind[-1] + 1
    goes_on = following < len(t.s.at) and t.s.at[following] < t.s.bounds[i][1]
    another = goes_on and (t.s.marks[following] in POINTS + TIMES or sign_of(t.s, following) is not None)
    return "其中" not in between and ";" not in between.split(t.s.marks[behind[0]])[0] and not another


def _is_state(t: Structure, j: int) -> bool:
    claim, clause = t.claim(j), t.s.clauses[j]
    if claim.kind in ("change", "norm") or claim.unit == "年" or not testable(claim):
        return False
    return bool(LEVEL.search(clause)) or (sign_of(t.s, j) is None and not MORE.search(clause))


def _ordered(t: Structure, former: int, last: int, start: int) -> Pair | None:
    """Two numbers in text order as (new, old), by their words of time; None where those do not say."""
    if "其中" in t.s.text[t.s.at[former] : t.s.at[last]]:
        return None
    between = max((j for j in range(former, last) if _is_one_measure(t, j, last)), default=former)
    if AGAINST.search(t.s.clauses[last]):
        return former, last
    if FROM.search(t.s.clauses[former]) and UNTIL.search(t.s.clauses[last]) and last <= former + 2:
        return last, former
    order = earlier(_words(t, former, start), _words(t, last, t.s.at[between]))
    if order == 0:
        return None
    return (last, former) if order < 0 else (former, last)


def _is_one_measure(t: Structure, one: int, other: int) -> bool:
    alike = t.claim(one).unit == t.claim(other).unit or (_are_people(t, one) and _are_people(t, other))
    return t.s.marks[one] == t.s.marks[other] and alike


def _are_people(t: Structure, j: int) -> bool:
    """`队里就8个人` counts people as `40人` does."""
    unit = t.claim(j).unit
    return _may_be_people(unit) and (unit != "个" or t.s.trails[j].startswith("人"))


def _words(t: Structure, j: int, start: int) -> str:
    return t.s.text[max(start, t.s.bounds[j][0]) : t.s.at[j]]


def _judged(t: Structure, pair: Pair, i: int, sign: int, wording: Wording, *, alone: bool) -> Finding | None:
    """What the pair makes of the change; None where it is of something else."""
    new, old, stated = t.claim(pair[0]), t.claim(pair[1]), t.claim(i)
    first = min(pair)
    told = t.s.text[t.s.bounds[first][0] : t.s.at[max(pair)]] + first_clause(t.s.trails[max(pair)])
    if NAMES_BASE.search(t.s.clauses[i]) and names_another_time(
        t.s.clauses[i], t.s.text[t.s.bounds[pair[1]][0] : t.s.at[pair[1]]]
    ):
        return None
    bare = _is_bare(t, i)
    surely = alone and (bare or i < min(pair)) and _stand_beside(pair, i)
    if (
        not bare and is_of_another(t.s, i, told) and not _names_their_kind(t, i, told, new.unit)
    ) or _is_of_another_time(t, pair, i):
        return None
    states, said = t.s.marks[pair[0]], t.s.marks[i]
    if said == TIMES:
        return _multiple(t, pair, i, wording, surely=surely) if states == QUANTITY else None
    if states == PERCENT:
        computed = subtracted(new, old, wording).value
        found: Finding | None = of_two_rates(new, old, stated, sign or way(new, old), wording)
    else:
        rate = grown(new, old, wording)
        computed = rate.value if rate else Decimal(0)
        found = growth_of(t.s, Comparison(*pair, ()), Outcome(i, sign or way(new, old)), wording)
    near = surely or _is_near(abs(computed), stated.value)
    return found if found and (found.verdict == "consistent" or near) else None


def _is_bare(t: Structure, i: int) -> bool:
    """Whether the clause of claim `i` is a verb of change and names nothing that changed."""
    verb = UP.search(t.s.clauses[i]) or DOWN.search(t.s.clauses[i])
    return verb is not None and not FRAMES.sub("", t.s.clauses[i][: verb.start()])


def _stand_beside(pair: Pair, i: int) -> bool:
    """Whether nothing else is counted between a change and its two states."""
    return max(*pair, i) - min(*pair, i) == 2


def _names_their_kind(t: Structure, i: int, told: str, unit: str | None) -> bool:
    """`卖了40万元，第二年卖了52万元，销售额增长30%`: a name of what such numbers are, and nothing else is."""
    subject = names(OWN_WORDS.split(t.s.clauses[i])[0])
    saved = SAVED.search(subject)
    people = "人" in subject and unit in PEOPLE
    return bool(KIND.search(subject) and not KIND.search(told)) or bool(saved and saved["thing"] in told) or people


def _multiple(t: Structure, pair: Pair, i: int, wording: Wording, *, surely: bool) -> Finding | None:
    times = divided(t.claim(pair[0]), t.claim(pair[1]), wording)
    found = next(multiple_of(t.s, Comparison(*pair, ()), i, wording), None)
    if found is None or times is None or found.verdict == "consistent":
        return found
    doubled = "番" in t.claim(i).text
    near = surely or _is_near(times.value, t.claim(i).value) or abs(times.value - (t.claim(i).value or 0)) <= ONE
    return found if (doubled and times.value > ONE) or near else None


def _is_of_another_time(t: Structure, pair: Pair, i: int) -> bool:
    """`一季度92%，二季度95%，同比提高2个百分点`: 同比 is against a year before, which two quarters are not."""
    if YEAR_ON_YEAR not in t.s.clauses[i]:
        return False
    words = t.s.text[t.s.bounds[min(pair)][0] : t.s.at[max(pair)]]
    return not re.search(rf"年|同期|[{MARKS}][^{MARKS}]*同期", words)


def _is_near(computed: Decimal, said: Decimal | None) -> bool:
    low, high = sorted((computed, said or Decimal(0)))
    return high > 0 and low / high >= NEAREST_RATIO
