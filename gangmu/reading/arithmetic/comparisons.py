"""Two states of one thing that a text sets side by side, and what it says came of it.

`由1.2亿元增加到1.5亿元，增长25%` and `152件，比上年同期的118件增加34件，增长28.8%` both hold a new and an old value and
name what changed. Growth, points, multiples and differences all start from here.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.cues import FALL, NOW, RISE, THEN
from gangmu.reading.arithmetic.language import label, names, pairs, same_unit, shares_a_word
from gangmu.reading.arithmetic.marks import MARKS, NUMBER, PERCENT, QUANTITY, TIMES
from gangmu.reading.arithmetic.order_in_time import earlier
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim

WORD = f"[^。!?;\n{MARKS}]"
NEAR = f"[^。!?,;:\n{MARKS}]"
FROM_TO = pattern(
    rf"(?:由|从|自)(?P<when>{NEAR}{{0,20}}?)(?P<old>{NUMBER}){WORD}{{0,14}}?"
    rf"(?:{RISE}|{FALL}|变|调整|转|推进|跃|翻)?(?:到|至|为|成|了)(?:了)?{NEAR}{{0,10}}?(?P<new>{NUMBER})"
)
# 上年同期开会101次，1—6月84次: the same span of this year.
SAME_SPAN = pattern(
    rf"(?P<then>(?:上年|去年)同期),?{NEAR}{{0,24}}(?P<old>{NUMBER}){NEAR}{{0,14}}[,;。(]{NEAR}{{0,4}}?"
    rf"(?P<now>\d{{1,2}}[-—~至到]{{1,2}}\d{{1,2}}月份?|前[一二三]季度|上半年),?{NEAR}{{0,16}}?(?P<new>{NUMBER})"
)
BECAME = pattern(rf"(?P<old>{NUMBER}){NEAR}{{0,8}}?(?:{RISE}|{FALL})(?:到|至|为)(?:了)?{NEAR}{{0,8}}?(?P<new>{NUMBER})")
EARLIER = pattern(
    rf"(?P<then>{THEN})(?:的|同口径)?(?!结转|结余|遗留|滚存)"
    rf"(?:(?!{RISE}|{FALL}){NEAR}){{0,8}}?(?P<old>{NUMBER})(?!{NEAR}{{0,4}}(?:{RISE}|{FALL})(?:到|至))"
)
THEN_NOW = pattern(
    rf"(?P<then>{THEN}),?{NEAR}{{0,24}}(?P<old>{NUMBER}){NEAR}{{0,14}}[,;。(](?:{NEAR}{{2,18}},)?{NEAR}{{0,8}}?"
    rf"(?P<now>{NOW}),?{NEAR}{{0,24}}?(?P<new>{NUMBER})"
)
# 比二季度的48场多13场: any time that 比 or 较 leads in.
AGAINST = pattern(
    rf"[比较](?P<then>第?[一二三四1-4]季度|上半年|\d{{1,2}}月份?|前[一二三]季度|第[一二三四五六七八九十\d]+[批期次轮届])(?:的|同口径)?"
    rf"(?:(?!{RISE}|{FALL}){NEAR}){{0,8}}?(?P<old>{NUMBER})"
)
# 一季度2400件，二季度2100件，环比下降12.5%; 9月70人次→10月84人次，增长20%.
_TIME = (
    r"[一二三四1-4]季度|[上下]半年|\d{1,2}月份?|第[一二三四五六七八九十\d]+[批期次轮届]|(?:19|20)\d\d年|[一二三]模|"
    r"期[中末初]|[前后初复]测|[上下]学期"
)
# A number with a time right behind its joint: found fast, and without one IN_TURN need not be looked for.
TURNED = pattern(rf"{NUMBER}(?:,|;|→|-+>?|—+)到?(?:{_TIME})")
IN_TURN = pattern(
    rf"(?P<first>{_TIME}){NEAR}{{0,10}}?(?P<old>{NUMBER})(?:,|;|→|-+>?|—+)(?:到)?(?P<second>{_TIME}),?{NEAR}{{0,10}}?(?P<new>{NUMBER})"
    rf"(?=,?(?:{QUANTITY}相比)?{WORD}{{0,18}}(?:{RISE}|{FALL}))"
)
# 合格率95.1%，一季度为93.0%，环比提高2.1个百分点.
BESIDE = pattern(
    rf"(?P<new>{NUMBER}){NEAR}{{0,4}}[,;(](?:而|但|却|可)?(?:在)?(?!后测|复测|期末|下半年|下学期)(?P<then>{_TIME})(?:的|同口径)?(?:仅|只|则|才|还|也)*(?:为|是|有)(?P<old>{NUMBER})"
    rf"(?=[,;)]{{1,2}}(?:环比|同比|比|较|前后|相比)?(?:{RISE}|{FALL}))"
)
# 投诉860件，比5月增加120件，5月为740件.
TOLD_AFTER = pattern(
    rf"(?P<new>{NUMBER}){NEAR}{{0,4}},(?:比|较|环比|同比|是)(?:{_TIME}|{THEN})?(?:的|份)?(?:(?:{RISE}|{FALL})[\u4e00-\u9fff]{{0,3}})?[{MARKS}]"
    rf"{NEAR}{{0,4}}[,;(](?P<then>{_TIME}|{THEN})(?:仅|只|也)?(?:为|是|有){NEAR}{{0,4}}(?P<old>{NUMBER})"
)
TIME_WORD = searched(_TIME)
TIME_AHEAD = pattern(rf"(?:{_TIME})(?![比较])")
MONTH = pattern(r"(\d{1,2})月")
LED_IN = "比较与同和而为的"
LED_IN_WORDS = "同比", "环比", "相比", "比", "较", "与", "和"
YEAR = pattern(r"(?:19|20)\d\d")
_SO_MUCH = r"(?:出|幅度?|速度?|率|比例|了|约|近|超过|超|逾|达到?|为|是|额|近乎|整整|将近|:|出)*$"
# 多清运, 少发生: any verb, but 多渠道, 多部门 and 多次 are none.
_MORE_OF = "(?![为达数在次年名个于是则渠方部措元样层家地点轮批面功级维项]|种.)[\u4e00-\u9fff]{1,3}$"
ROSE = searched(
    rf"{RISE}{_SO_MUCH}|多[种养办收建走开跑投招]了$|^净?多{_MORE_OF}|[同环]比净?多{_MORE_OF}|^超(?:计划|目标|预期|任务)$"
)
FELL = searched(
    rf"{FALL}{_SO_MUCH}|(?:节[约省]|省下?)了?$|少[种养办收建走开跑投招]了$|^净?少{_MORE_OF}|[同环]比净?少{_MORE_OF}"
)
OWN_WORDS = searched(rf"比|较|同比|环比|与|{THEN}|{RISE}|{FALL}|翻|是|为|相当")
FRAMES = searched(
    r"[一二两三四五六七八九十几半]个?[天周月年]|之间|年内|全年|年均|工夫|功夫|光景|时间|下来|以来|前后|两[次轮期]?相比|相比|平均|面积|规模|数量|实现|整体|总体|总量|分别|同期|累计|幅度|足足|整整|几乎|差不多|大约|大概|正好|恰好|刚好|接近|已经|一下子|竟然?|居然|[,;:。(]|仅|近|约|达到?|完成|提前|净|又|则|也|均|总算|算下来|下来|反而|反倒|到底|最终|还|都"
)
NOW_TOLD = pattern(r"今年|本年|现[在已]|如今|目前|眼下|(?:\d{1,2}[-—~至到]+)?\d{1,2}月份?|前三季度|上半年|已")
AFTER_DEED = pattern(r"^[\u4e00-\u9fff]{1,8}[以之]后,?")  # 搬家以后增长了: when, and not what
# 受整合影响同比下降, 在活动拉动下增长: why it changed; 名义增长: in money of its own year.
CAUSED = pattern(
    r"^(?:受|因为?|由于|随着|得益于|在)?[^,。;]{1,14}?(?:影响|[带拉推]动|驱动|支撑|冲击|制约|加持)下?|名义|^(?:今年|本[年月季期])(?=[同环]比)"
)
AS_SAID = pattern(r"^[\u4e00-\u9fff]{0,4}(?:说|讲|算起来|看|估摸)是?")  # 老沈说是翻了两番
BECOMES = pattern(r"(?:到|至|成|[降升增减变缩扩]为)(?:了|约|近)*$")
ELSEWHERE = pattern(r"高于|高出|低于|快于|慢于|(?:比|较)全[国省市县区]|(?:国|省|市|县)平均")
RIGHT_BEHIND = pattern("(?:还|又)?(?:高|低|快|慢|多|少)出")
# What stands before a comparison and names nothing that it compares: 受减税政策影响，
BECAUSE = pattern(
    r"(?:受[^,。;]{2,30}(?:影响|带动|拉动|冲击|制约)|(?:由于|因为?|得益于|随着)[^,。;]{2,30}|在[^,。;]{2,30}(?:下|带动下)),"
)
BARE_CHANGE = pattern(rf"(?:同比|环比|[比较](?:{THEN}|同期)|{RISE}|{FALL})")
COMPARED = "相比", "对比"
FOLLOWING = 5
LOOK_BACK = 24
LONGEST_TURN = 7
OWN_NAME = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """A number that says how much something changed; `sign` is -1 for a fall, 0 where the words say neither."""

    at: int
    sign: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Indices of the new and the old value, and the outcomes said of them.

    `others` are further numbers that may be the new value, where the text leaves it open.
    """

    new: int
    old: int
    outcomes: tuple[Outcome, ...]
    others: tuple[int, ...] = ()


def comparisons(s: Skeleton) -> list[Comparison]:
    """Every pair of states in the text, each number in one pair."""
    found: list[Comparison] = []
    olds: set[int] = set()
    taken: set[int] = set()
    in_turn = (IN_TURN,) if any(s.matches(TURNED)) else ()
    for way in (FROM_TO, BECAME, TOLD_AFTER, BESIDE, THEN_NOW, SAME_SPAN, *in_turn):
        for match in s.matches(way):
            oriented = _new_and_old(s, way, match)
            if oriented is None:
                continue
            new, old = oriented
            if {new, old} & taken or not _comparable(s, new, old):
                continue
            told = any(_outcomes(s, new, old))
            if way in (FROM_TO, BECAME) or told or (way in (THEN_NOW, SAME_SPAN) and _same_thing(s, new, old)):
                taken |= {new, old}
                olds.add(old)
                found.append(Comparison(new, old, tuple(_outcomes(s, new, old))))
    for match in (*s.matches(EARLIER), *s.matches(AGAINST)):
        old = s.index(match.start("old"))
        if old not in taken and (pair := _against_earlier(s, old, match, olds)):
            taken.add(old)
            olds.add(old)
            found.append(pair)
    return sorted(found, key=lambda c: min(c.new, c.old))


def _new_and_old(s: Skeleton, way: re.Pattern[str], match: re.Match[str]) -> tuple[int, int] | None:
    """Which claim of a match is the new state and which the old; None where the words make no pair of them."""
    new, old = s.index(match.start("new")), s.index(match.start("old"))
    if way in (THEN_NOW, SAME_SPAN):
        new, old = _by_year(match, new, old)
        return None if sign_of(s, new) is not None else (new, old)  # 今年多种了100亩 is what was added
    if way is TOLD_AFTER and sign_of(s, new) is not None:
        return None
    if way is IN_TURN:
        added = sign_of(s, new) is not None and not s.clauses[new].endswith("新增")  # 一季度231亩，二季度少99亩
        apart = added or _is_of_three(s, match) or _is_of_year_before(s, match)
        return None if apart else _by_time(match, new, old)
    return new, old


def _against_earlier(s: Skeleton, old: int, match: re.Match[str], olds: set[int]) -> Comparison | None:
    """`152件，比上年的118件增长28.8%`, `152件，增长28.8%（上年同期118件）`, `…。上年为118件`."""
    if s.text[max(0, match.start() - 2) : match.start()] == "其中":
        return None
    opening, in_brackets = _led_in(s.text, match.start())
    start = s.sentence(opening)[0]
    if (opening - start < 2 or BECAUSE.fullmatch(s.text, start, opening)) and start > 1:
        start, words = s.sentence(start - 2)[0], names(s.text[match.end("then") : match.start("old")])
        if len(words) >= OWN_NAME and not pairs(words) & pairs(s.text[start:opening]):
            return None  # 社会资本是上级投入的3倍。前年添置农机具花了58万元: another thing
    near = s.between(start, opening)
    before = [j for j in near if _comparable(s, j, old) and sign_of(s, j) is None and j not in olds]
    before = [j for j in before if not _led_in_brackets(s, j)]
    if before and s.bounds[before[0]] != s.bounds[old]:  # 接待360件，其中婚姻类216件。去年同期为300件: of all 360
        before = [j for j in before if "其中" not in s.text[s.at[before[0]] : s.at[j]]]
    if not before:
        return _told_before(s, old, match)
    exact = [j for j in before if s.claims[j].unit == s.claims[old].unit] or before
    new = _last_alike(s, exact, old)
    others = tuple(j for j in exact[-FOLLOWING:] if j != new)
    if "年" in s.clauses[new] and earlier(s.clauses[new], match["then"]) < 0:
        return Comparison(old, new, tuple(o for o in _outcomes(s, old, new) if o.at > old))  # 前年16次，去年24次
    if in_brackets and not s.text[start:opening].endswith(LED_IN_WORDS):
        outcome = old - 1 if old - 1 != new else None
        sign = sign_of(s, outcome) if outcome is not None else None
        inside = (Outcome(outcome, sign),) if outcome is not None and sign else tuple(_outcomes(s, new, old))
        return Comparison(new, old, inside)
    outcomes = tuple(_outcomes(s, new, old))
    after = tuple(o for o in outcomes if o.at > old)
    return Comparison(new, old, after or outcomes, others)


def _led_in_brackets(s: Skeleton, j: int) -> bool:
    """`环比（二季度1400起）下降10%`: the base of another comparison."""
    lead = s.leads[j]
    opened = lead.rfind("(")
    return opened >= 0 and lead[:opened].endswith(LED_IN_WORDS)


def _last_alike(s: Skeleton, those: list[int], old: int) -> int:
    """`签约270份，平均一家15份，而上届90份`: the last of them, but all is not held against what each has."""
    of_all = not is_average(s, those[-1]) or is_average(s, old)
    if of_all or _is_average_by_size(s, those, old):
        return those[-1]
    return next((j for j in reversed(those) if not is_average(s, j)), those[-1])


def _is_average_by_size(s: Skeleton, those: list[int], old: int) -> bool:
    """`家庭户人口45.8万人，平均每户2.71人，比2010年的3.26人减少`: nothing near it but the average."""
    plain = [s.claims[j] for j in those if not is_average(s, j)]
    return not any(_is_of_one_order(claim, s.claims[old]) for claim in plain) and _is_of_one_order(
        s.claims[those[-1]], s.claims[old]
    )


def is_average(s: Skeleton, j: int) -> bool:
    """Whether the words before claim `j` make it what each has."""
    return "均" in s.clauses[j] or "每" in s.clauses[j]


def _led_in(text: str, then: int) -> tuple[int, bool]:
    """Where the words that lead in a time at `then` begin (比上年, （较去年), and whether with a bracket."""
    if then and text[then - 1] in LED_IN:
        then -= 1
    return (then - 1, True) if then and text[then - 1] == "(" else (then, False)


def _told_before(s: Skeleton, old: int, match: re.Match[str]) -> Comparison | None:
    """`发现问题358个。…问题比上年的412个减少54个`: the new value stands sentences before, under the same words."""
    start = s.sentence(match.start())[0]
    subject = pairs(names(YEAR.sub("", s.text[start : match.start()].rsplit(";", 1)[-1])))
    near = [j for j in range(old - 1, max(-1, old - LOOK_BACK), -1) if s.at[j] < start and _comparable(s, j, old)]
    alike = [(len(subject & pairs(names(label(s, j)))), j) for j in near if sign_of(s, j) is None]
    likeness, new = max(alike, key=lambda pair: pair[0], default=(0, -1))
    if not likeness:
        likeness, new = _of_one_sentence(s, match, subject, [j for _, j in alike], old)
    if (
        not likeness
        or new < 0
        or s.claims[new].unit != s.claims[old].unit
        or not _is_of_one_order(s.claims[new], s.claims[old])
    ):
        return None
    outcomes = tuple(o for o in _outcomes(s, new, old) if s.at[o.at] > start)
    return Comparison(new, old, outcomes) if outcomes else None


def _is_of_one_order(new: Claim, old: Claim) -> bool:
    """Neither more than twice the other: what stands sentences off may be another thing by the same name."""
    low, high = sorted((new.value or Decimal(0), old.value or Decimal(0)))
    return high <= 2 * low


def _of_one_sentence(
    s: Skeleton, match: re.Match[str], subject: set[str], near: list[int], old: int
) -> tuple[int, int]:
    """`实施临时救助540人次，支出81万元。…救助金比上年的93万元减少12万元`: the sentence names the thing, not its clause.

    Only in one paragraph and unit, and where the change is about what lies between the two.
    """
    start = s.paragraph(match.start())[0]
    for j in near:
        said = subject & pairs(s.text[s.bounds[j][0] : s.at[j]])
        if s.at[j] < start or len(said) < 2 or s.claims[j].unit != s.claims[old].unit or old + 1 >= len(s.at):
            continue
        gap = abs((s.claims[j].value or Decimal(0)) - (s.claims[old].value or Decimal(0)))
        change = s.claims[old + 1].value or Decimal(0)
        if same_unit(s.claims[old + 1], s.claims[old]) and change <= 2 * gap <= 4 * change:
            return len(said), j
    return 0, -1


def sign_of(s: Skeleton, i: int) -> int | None:
    """1 where claim `i` says how much something rose, -1 fell, None where it says no change."""
    clause = s.clauses[i]
    rise, fall = ROSE.search(clause), FELL.search(clause)
    if (
        not (rise or fall)
        or clause.endswith(("发展", "差不多"))
        or s.claims[i].kind == "norm"
        or BECOMES.search(clause)
    ):
        return None
    return 1 if rise and (fall is None or rise.start() <= fall.start()) else -1


def _comparable(s: Skeleton, new: int, old: int) -> bool:
    marks = s.marks[new], s.marks[old]
    if marks[0] != marks[1]:
        return False
    return marks[0] == PERCENT or same_unit(s.claims[new], s.claims[old])


def _same_thing(s: Skeleton, new: int, old: int) -> bool:
    """Two numbers of different times are one thing's states if their words agree, or the later says it rose."""
    now, then = names(label(s, new)), names(label(s, old))
    return shares_a_word(YEAR.sub("", now), YEAR.sub("", then)) or bool(re.search(f"{RISE}|{FALL}", label(s, new)))


def _by_year(match: re.Match[str], new: int, old: int) -> tuple[int, int]:
    then, now = YEAR.search(match["then"]), YEAR.search(match["now"])
    return (old, new) if then and now and then[0] > now[0] else (new, old)


def _is_of_three(s: Skeleton, match: re.Match[str]) -> bool:
    """`6月92.5%，5月91.0%，4月90.2%，比4月提高…`: of more than two times the words must say which."""
    first = s.index(match.start("old"))
    before = first > 0 and s.at[first - 1] >= s.bounds[first][0] and _comparable(s, first - 1, first)
    last = s.index(match.start("new")) + 1
    behind = last < len(s.at) and s.at[last] < s.bounds[first][1] and _comparable(s, last, first)
    if behind and TIME_AHEAD.match(s.clauses[last]):
        return True
    return before and bool(TIME_WORD.search(s.clauses[first - 1]))


def _is_of_year_before(s: Skeleton, match: re.Match[str]) -> bool:
    """`一季度450件，二季度500件，同比增长5%`: 同比 is against the year before, which the two do not give."""
    return "同比" in s.text[match.end() : match.end() + 4] and not YEAR.match(match["first"])


def _by_time(match: re.Match[str], new: int, old: int) -> tuple[int, int]:
    """`10月份186万元，9月份155万元`: the later may be told first; December still comes before January."""
    first, second = MONTH.match(match["first"]), MONTH.match(match["second"])
    if first and second:
        turned = int(second[1]) < int(first[1]) < int(second[1]) + LONGEST_TURN
    else:
        turned = earlier(match["first"], match["second"]) > 0
    return (old, new) if turned else (new, old)


def _outcomes(s: Skeleton, new: int, old: int) -> Iterator[Outcome]:
    """What is said of a pair: the changes after its first number, up to the first number that is none."""
    first, last = min(new, old), max(new, old)
    end = s.bounds[last][1]
    stop = bisect_left(s.at, end)
    for i in range(first + 1, min(stop, last + FOLLOWING)):
        if i == last:
            continue
        if i > last and ("其中" in s.lead(i) or (i > last + 1 and ";" in s.lead(i))):
            break
        if s.trails[i].startswith(COMPARED):
            continue
        if i > first and ELSEWHERE.search(s.leads[i]) and not (i == last + 1 and RIGHT_BEHIND.match(s.leads[i])):
            break
        if i > last and is_of_another(s, i, label(s, new) + label(s, old)):
            break
        sign = sign_of(s, i)
        if sign is None and (i > last or s.marks[i] in (QUANTITY, TIMES)):
            sign = _bare_outcome(s, i)
            if sign is None and i > last:
                break
        if sign is not None:
            yield Outcome(i, sign)
    yield from _right_behind(s, last, stop)


def _right_behind(s: Skeleton, last: int, i: int) -> Iterator[Outcome]:
    """`上年101次，今年84次。同比减少17次`: a difference that opens the next sentence and names nothing of its own."""
    if i != last + 1 or i == len(s.at) or not BARE_CHANGE.match(s.clauses[i]) or s.leads[i] != s.clauses[i]:
        return
    sign = sign_of(s, i)
    alike = s.marks[i] == s.marks[last] == QUANTITY and s.claims[i].unit == s.claims[last].unit
    if sign is not None and alike and s.at[i] < s.paragraph(s.at[last])[1]:
        yield Outcome(i, sign)


def is_of_another(s: Skeleton, i: int, known: str) -> bool:
    """`由40家增加到50家，产值增长30%`: the change names a thing of its own."""
    clause = s.clauses[i].replace("差不多", "")
    if "后" in clause:
        clause = AFTER_DEED.sub("", clause)
    if s.marks[i] == TIMES:
        clause = NOW_TOLD.sub("", clause)  # 现在是当时的3倍; but 今年扩了4名 may be of another group
    clause = AS_SAID.sub("", CAUSED.sub("", clause))
    subject = FRAMES.sub("", names(OWN_WORDS.split(clause)[0]))
    return len(subject) >= 2 and not shares_a_word(subject, known)


def _bare_outcome(s: Skeleton, i: int) -> int | None:
    """`是上年的2倍`, `翻两番`, `(+5.2%)`: a change without a verb of change."""
    lead = s.clauses[i]
    if s.marks[i] not in (QUANTITY, PERCENT):
        return 0
    return 1 if lead.endswith(("同比", "环比", "增幅", "同比+", "+")) else None
