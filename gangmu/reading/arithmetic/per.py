"""Per head, per household, per village, per thousand: total ÷ number (× 1,000 or 10,000)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.averaged import is_given, is_of_another_time, likelihood
from gangmu.reading.arithmetic.clauses import first_clause
from gangmu.reading.arithmetic.cues import PEOPLE
from gangmu.reading.arithmetic.judge import Result, agrees, agrees_as_written, divided, finding, number, testable
from gangmu.reading.arithmetic.language import label, names, shares_a_word
from gangmu.reading.arithmetic.marks import MARKS
from gangmu.reading.arithmetic.measures import kilograms, one_measure
from gangmu.reading.arithmetic.set_rates import rate_holds
from gangmu.reading.arithmetic.share_bases import block, stocks_near
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HALF, ONE, Wording

MEASURE = (
    "个人|个|名|位|户|支|家|场|件|人次|人|亩|所|项|天|日|月|座|处|期|辆|条|台|批次|批|村|次|公里|吨|镇|县|班|队|只|头|株|"
    "门|本|起|盏|笔|册|套|对|张|块|艘|根|栋|片|口|份|趟|回|遍|堂|节|单|袋|箱|瓶|餐|顿|床|席|票|架"
)
MEAN = pattern(
    rf"(?:(?<=[^\u4e00-\u9fff])|^|[^平])(?P<unit>人次|[人户村亩家场件次班台车项日天月笔站校镇县期生师园棚株头井桥栋楼起条宗床科队组所馆店厂企网点处群院街]|支部|社区|网格)均(?!衡|等|有)(?P<what>[^{MARKS}]{{0,14}})$"
)
EACH = pattern(
    rf"平均(?:下来|算下来)?,?(?:到|为|每|一)*(?P<unit>{MEASURE})?(?P<what>[^均{MARKS}]{{0,14}})$|每一?(?P<unit2>{MEASURE})(?P<what2>[^均{MARKS}]{{0,10}})平均(?P<what3>[^{MARKS}]{{0,8}})$"
)
YIELD = pattern(r"(?:平均)?(?P<unit>亩)(?P<what>产)(?:量|平均)?(?:为|达到?|约|是)*$|平均单产(?:为|达到?|约|是)*$")
EACH_COSTS = pattern(rf"每一?(?P<unit>{MEASURE})合$")
AVERAGE_SIGN = searched("[均每]|亩产")
ALL_TOLD = pattern("总|按")
AVERAGED = pattern(r"平均,?每")
EACH_OF = pattern(rf"每(?P<unit>{MEASURE})[^{MARKS}均]{{0,4}}$")
IN_ALL = pattern(r",?(?:共|合计|总计|一共|累计)(?:计|需|发放|培训|轮训|服务|惠及|参加|参训|覆盖)?$")
SCALED = pattern(rf"每(?P<scale>百|千|十万|10万|万)(?P<what>[^,。;{MARKS}]{{0,24}})$")
MEASURED = pattern(rf"(?P<unit>(?:{MEASURE})次?)(?![^,]{{0,2}}口)")  # 每万人次投诉4.5件, 每百户拥有汽车30辆
SCALES = {
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "十万": Decimal(100_000),
    "10万": Decimal(100_000),
}
UNITS = {
    "名": PEOPLE,
    "位": PEOPLE,
    "个人": PEOPLE,
    "人次": frozenset({"人次"}),
    "校": frozenset({"所"}),
    "生": PEOPLE,
    "师": PEOPLE,
    "人": PEOPLE,
    "日": frozenset({"天", "日"}),
    "月": frozenset({"个月", "月"}),
    "车": frozenset({"辆", "车"}),
    "场": frozenset({"场", "次", "场次"}),
    "班": frozenset({"班", "期", "个班"}),
    "次": frozenset({"次", "场次", "人次"}),
}
PEOPLE_WORDS = pattern(r"人口|常住|户籍|居民|群众|老年人|老人|名|人|户|拥有|有|配备")
SKIPPED = pattern(r"可支配|年均|至少|不少于|不低于|标准|GDP|生产总值")
FILLERS = pattern(
    r"(?:约|达到?|为|是|近|仅|有|超过|只有|可|已|:|能|了|支出|增收|投入|补助|发放|用时|用|花费|使用|收到)"
)
OTHER_NOUN = pattern("村[干民委集党支务]|户[籍口]|人[才员次]|家[庭长]|校[长外]")
COUNTERS = frozenset({"名", "位", "家", "支", "所", "处", "座", "项", "条"})
OLD = pattern("老(?!床|服|机构)|岁")
FEWEST_PEOPLE = Decimal(1000)
LONGEST_FIELD = 12
REACH = 8
LOOK_BACK = 30
PLAUSIBLE = Decimal("0.08"), Decimal("12.5")  # a digit dropped or a point moved is still a slip


@dataclass(frozen=True, slots=True)
class Average:
    """What an average is taken of and over: its unit word, the words about it, and its scale."""

    unit: str
    what: str
    scale: Decimal


def pers(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every average whose total and number the text gives."""
    for i in t.s.led_by(AVERAGE_SIGN):
        lead = t.s.leads[i]
        if not t.is_quantity(i):
            continue
        if t.claims[i].kind == "norm" and "平均" not in lead:
            continue
        clause = (
            lead[averaged.start() :]
            if (averaged := AVERAGED.search(lead))
            else re.split(r"[,。;:]", lead.rstrip(":"))[-1]
        )
        yield from _each_then_total(t, i, clause, wording)
        if AVERAGE_SIGN.search(clause) and not SKIPPED.search(clause) and (average := _average(clause)):
            yield from _judged(t, i, average, wording)


def _each_then_total(t: Structure, i: int, clause: str, wording: Wording) -> Iterator[Finding]:
    """`奖励14人，每人2000元，共2.8万元`: what each got, then all of it."""
    each = EACH_OF.search(clause)
    total = i + 1
    if each and total + 1 < len(t.s.at) and IN_ALL.match(t.s.lead(total + 1)) and t.is_quantity(total):
        yield from _each_number_total(t, i, each["unit"], wording)
    if each is None or total >= len(t.s.at) or not t.is_quantity(total) or not IN_ALL.match(t.s.lead(total)):
        return
    wanted = UNITS.get(each["unit"], frozenset({each["unit"]}))
    number_of = next(
        (
            j
            for j in t.stocks_before(i, t.s.bounds[i][0])
            if t.claims[j].unit in wanted or t.s.trail(j).startswith(each["unit"])
        ),
        None,
    )
    stated = t.claims[i]
    if number_of is None or t.claims[total].kind != stated.kind:
        return
    result = _result(t.claims[total], t.claims[number_of], stated, Average("", "", ONE), wording)
    if result is not None:
        holds = rate_holds(t, i, total, number_of, result, wording)
        yield finding("per", stated, (t.claims[total], t.claims[number_of]), result, holds=holds)


def _each_number_total(t: Structure, i: int, unit: str, wording: Wording) -> Iterator[Finding]:
    """`每村补助8万元，补助30个村，合计240万元`: what each got, how many, then all of it."""
    each, count, total = t.claims[i], t.claims[i + 1], t.claims[i + 2]
    counted = count.unit in UNITS.get(unit, frozenset({unit})) or t.s.trail(i + 1).startswith(unit)
    if counted and t.is_quantity(i + 2) and total.kind == "amount":
        result = _result(total, count, each, Average("", "", ONE), wording)
        if result is not None:
            yield finding("per", each, (total, count), result, holds=rate_holds(t, i, i + 2, i + 1, result, wording))


def _average(clause: str) -> Average | None:
    if scaled := SCALED.search(clause):
        return Average("", scaled["what"].replace("(", "").replace(")", ""), SCALES[scaled["scale"]])
    if yielded := YIELD.search(clause):
        return Average("亩", yielded["what"] or "产", ONE)
    if costs := EACH_COSTS.search(clause):
        return Average(costs["unit"], "", ONE)
    if mean := MEAN.search(clause):
        return Average(mean["unit"], mean["what"], ONE)
    if each := EACH.search(clause):
        return Average(
            each["unit"] or each["unit2"] or "", each["what"] or (each["what2"] or "") + (each["what3"] or ""), ONE
        )
    return None


def _judged(t: Structure, i: int, average: Average, wording: Wording) -> Iterator[Finding]:
    stated = t.claims[i]
    near = _near(t, i, average)
    numbers = [j for j in near if t.claims[j].kind != "amount" and _is_number(t, j, average)]
    numbers = [j for j in numbers if j < i or not t.is_part(j)]
    numbers.sort(key=lambda j: (-likelihood(t, j, average.what), not _stands_at(t, j, average)))
    totals = [j for j in near if _is_total(t, j, i, average)]
    if str(stated.unit).endswith("次") and stated.unit != "次":
        totals = [k for k in totals if t.claims[k].unit == stated.unit] or totals  # 9册次 is taken of 册次, not of 人次
    thing = names(PEOPLE_WORDS.sub("", average.what))  # 每千人口: who it is taken over is not what it counts
    of_all = [j for j in totals if t.is_total_like(j) and shares_a_word(thing, names(label(t.s, j)))]
    if average.scale != ONE and of_all:
        totals = of_all  # a rate of all is taken of the whole and not of one kind of it
    failed: list[tuple[Result, Claim, Claim]] = []
    for k in totals[:4]:
        for j in numbers[:3]:
            result = _result(t.claims[k], t.claims[j], stated, average, wording) if j != k else None
            if result is None:
                continue
            if agrees(result, stated, wording) and (not failed or agrees_as_written(result, stated, wording)):
                yield finding("per", stated, (t.claims[k], t.claims[j]), result, holds=True)
                return
            if (
                (_clear(t, i, k, j, average) or _is_nearly_clear(t, i, k, j, average, result))
                and not is_of_another_time(t, i, (k, j))
                and not _is_of_another_count(t, i, j, average)
                and likelihood(t, j, average.what)
                and (min(j, k) < i or _is_told_behind(t, k, j, average))
                and _is_plausible(result, stated)
            ):
                failed.append((result, t.claims[k], t.claims[j]))
    if failed and not is_given(t, i, failed[0][1:], _scale(failed[0][1], stated, average), wording):
        result, total, count = failed[0]
        yield finding("per", stated, (total, count), result, holds=False)


def _is_of_another_count(t: Structure, i: int, count: int, average: Average) -> bool:
    """`保障23.8万人次，支出3347万元，月人均140元；农村53491人`: taken of 人次, of none behind a semicolon."""
    if average.unit != "人":
        return False
    start = max(t.s.bounds[i][0], t.s.text.rfind(";", 0, t.s.at[i]))
    taken = any(t.claims[j].unit == "人次" for j in t.s.between(start, t.s.at[i]))
    return taken or (count > i and ";" in t.s.text[t.s.at[i] : t.s.at[count]])


def _stands_at(t: Structure, j: int, average: Average) -> bool:
    """Whether the averaged thing is the very next word: `16个项目` before `平均每个项目`."""
    noun = (
        average.unit if average.unit and average.unit not in ("个", "校") else names(FILLERS.sub("", average.what))[:2]
    )
    return not noun or t.claims[j].unit == noun or t.s.trail(j).startswith(noun)


def _result(total: Claim, count: Claim, stated: Claim, average: Average, wording: Wording) -> Result | None:
    scale = _scale(total, stated, average)
    result = divided(total, count, wording, scale) if testable(total, count) and stated.value else None
    if result is None or scale == ONE:
        return result
    return Result(result.value, result.reach, f"{result.shown} × {number(scale)}")


def _scale(total: Claim, stated: Claim, average: Average) -> Decimal:
    return average.scale * kilograms(total) / kilograms(stated)


def _near(t: Structure, i: int, average: Average) -> list[int]:
    """The stocks that may be operands: those of the sentence first, then those before it, nearest first."""
    start, end = t.s.bounds[i]
    opens = not t.stocks_before(i, start)
    if opens and t.s.text[end : end + 1] != "\n":
        end = t.s.sentence(end + 1)[1]  # 户均纳税6.5万元。全区企业800户，纳税5200万元
    before = stocks_near(t, i)
    among = t.s.text.find("其中", t.s.at[i], end)
    behind = t.s.between(t.s.at[i] + 1, among if among > 0 else end)
    after = [j for j in behind if t.is_quantity(j) and j not in t.aside and "最" not in t.s.lead(j)]
    before = before[:1] + after[: 3 if opens else 2] + before[1:REACH]
    own = t.s.text[t.s.bounds[i][0] : t.s.at[i]]
    named = average.unit not in ("", "个")
    earlier = [
        j
        for j in t.stocks_before(i, 0, LOOK_BACK)
        if j not in before
        and (
            t.is_total_like(j)
            or shares_a_word(label(t.s, j), own)
            or "人口" in label(t.s, j)
            or (named and _is_number(t, j, average))
        )
    ]
    return before + earlier[:6]


def _is_number(t: Structure, j: int, average: Average) -> bool:
    """Whether claim `j` counts what the average is taken over."""
    unit, words = t.claims[j].unit or "", label(t.s, j)
    if "均" in t.s.clauses[j]:
        return False
    if average.scale != ONE:
        of, enough = MEASURED.match(average.what), min(average.scale, FEWEST_PEOPLE)
        if of and of["unit"] not in PEOPLE:
            return unit == of["unit"] and (t.claims[j].value or 0) >= enough
        old = bool(OLD.search(average.what)) == bool(OLD.search(words))
        return (
            (unit in PEOPLE or not unit)
            and (t.claims[j].value or 0) >= enough
            and old
            and bool(re.search("人口|居民|人", words + unit))
        )
    if average.unit and average.unit != "个":
        if average.unit in "生师" and average.unit not in words:
            return False
        thing = names(FILLERS.sub("", average.what))[:2]
        if average.unit in COUNTERS and thing and not shares_a_word(thing, words):
            return unit == average.unit and _is_only_one(t, j)
        return (
            unit == average.unit
            or unit in UNITS.get(average.unit, ())
            or (t.s.trail(j).startswith(average.unit) and not OTHER_NOUN.match(t.s.trail(j)))
            or (average.unit in words[-3:] and not OTHER_NOUN.search(words[-3:]))
        )
    noun = names(FILLERS.sub("", average.what))
    return bool(noun) and (noun[0] in words or shares_a_word(noun[:2], words)) and unit not in ("天", "小时")


def _is_only_one(t: Structure, j: int, start: int | None = None) -> bool:
    """Whether no other number of the paragraph, or from `start` on, counts in the measure of claim `j`.

    `480条, 平均每条覆盖1291人次`.
    """
    opened, end = t.s.paragraph(t.s.at[j])
    near = t.s.between(opened, end) if start is None else t.s.between(start, max(end, t.s.at[j]))
    alike = (k for k in near if k != j and k not in t.aside and t.claims[k].unit == t.claims[j].unit)
    return len(near) <= LOOK_BACK and not any(alike)


def _is_total(t: Structure, j: int, i: int, average: Average) -> bool:
    claim, stated = t.claims[j], t.claims[i]
    planned = claim.kind == "norm" and stated.kind != "norm" and t.s.bounds[j] != t.s.bounds[i]
    if planned or not one_measure(claim, stated):
        return False
    if average.scale == ONE and (claim.value or 0) * kilograms(claim) < (stated.value or 0) * kilograms(stated):
        return False
    what = names(FILLERS.sub("", PEOPLE_WORDS.sub("", average.what) if average.scale != ONE else average.what))
    own = names(label(t.s, j)) or what + t.s.text[t.s.bounds[j][0] : t.s.at[j]]
    if j == i - 1 and average.scale == ONE and i > 1 and t.s.at[i - 2] >= t.s.bounds[i][0]:
        return True
    thing = first_clause(t.s.trail(i))[:4]
    if len(thing) > 1 and average.scale == ONE and shares_a_word(thing, label(t.s, j)):
        return True  # 学生1260人，教师84人，平均每名教师带15名学生
    if ALL_TOLD.search(t.s.clauses[j]) and claim.unit == stated.unit and j > i:
        return True
    return len(what) < 2 or shares_a_word(what, own) or (average.scale == ONE and average.unit in ("", "个"))


def _is_told_behind(t: Structure, total: int, count: int, average: Average) -> bool:
    """Whether operands behind their average are surely its own: what it counts, and one number only of what over."""
    if average.scale != ONE:
        return True
    start, end = t.s.bounds[count]
    others = [j for j in t.s.between(start, end) if j != count and t.claims[j].unit == t.claims[count].unit]
    what = names(FILLERS.sub("", average.what))
    said, words = t.s.clauses[total], label(t.s, total)
    shared = "共" in said and what[:1] in words and (len(what) < 4 or what[-2:] in words)
    return not others and (len(what) < 2 or what[:2] in words or shared or bool(ALL_TOLD.search(said)))


def _clear(t: Structure, i: int, total: int, count: int, average: Average) -> bool:
    """Whether the words leave no other operands: a total beside the average, a number beside either."""
    if average.scale != ONE:
        return t.s.at[total] >= t.s.paragraph(t.s.at[i])[0] or (t.is_total_like(total) and t.is_total_like(count))
    start = t.s.bounds[i][0]
    near = t.s.sentence(start - 2)[0] if start > 1 and t.s.text[start - 1] != "\n" else start
    lines = block(t.s, i)
    if lines < t.s.paragraph(t.s.at[i])[0] and t.s.at[i] - start < LONGEST_FIELD:
        return (
            min(t.s.at[total], t.s.at[count]) >= lines
            and _is_only_one(t, total, lines)
            and _is_only_one(t, count, lines)
        )
    alike = shares_a_word(names(label(t.s, count)), names(label(t.s, total)))
    together = t.s.bounds[total] == t.s.bounds[count]
    if t.s.at[total] < start:
        if count == i - 1 and t.s.at[count] >= start:
            return (
                alike
                and t.s.at[total] >= near
                and (t.claims[count].unit in UNITS.get(average.unit, ()) or t.claims[count].unit == average.unit)
            )
        shared = shares_a_word(names(label(t.s, count)), t.s.text[start : t.s.at[i]])  # 覆盖党员741名。按党员人数平均
        beside = _stands_at(t, count, average) or (shared and t.claims[count].unit in UNITS.get(average.unit, ()))
        return together and (t.s.at[total] >= near or t.is_total_like(total)) and beside
    if ";" in t.s.text[min(t.s.at[total], t.s.at[i]) : max(t.s.at[total], t.s.at[i])]:
        return False
    if average.unit == "人" and total == i - 1 and "人口" in label(t.s, count):
        return True
    return t.s.at[count] >= near or (alike and t.claims[count].unit == average.unit)


def _is_nearly_clear(t: Structure, i: int, total: int, count: int, average: Average, result: Result) -> bool:
    """`全年收入1664万元。果园共6700亩，亩均4285元`: nothing else is told in their measures, and nearly gives it."""
    start = t.s.bounds[i][0]
    near = t.s.sentence(start - 2)[0] if start > 1 and t.s.text[start - 1] != "\n" else start
    if not HALF <= result.value / (t.claims[i].value or ONE) <= 1 / HALF:
        return False
    if average.scale != ONE:
        return shares_a_word(names(PEOPLE_WORDS.sub("", average.what)), label(t.s, total)) and "人口" in label(
            t.s, count
        )
    if start <= t.s.at[total] < t.s.at[i]:
        return t.s.at[count] < start and _is_told_once(t, i, count, average)
    beside = near <= t.s.at[total] < start <= t.s.at[count] and count == i - 1
    return beside and t.claims[count].unit == average.unit and _is_only_one(t, total, near)


def _is_told_once(t: Structure, i: int, count: int, average: Average) -> bool:
    """`在校生1890人。…购置图书5670册，生均3册`: no other number before could be what the average is taken over."""
    fitting = {t.claims[j].value for j in t.stocks_before(i, 0, LOOK_BACK) if _is_number(t, j, average)}
    return average.unit not in ("", "个") and fitting == {t.claims[count].value}


def _is_plausible(result: Result, stated: Claim) -> bool:
    return bool(stated.value) and PLAUSIBLE[0] <= result.value / (stated.value or ONE) <= PLAUSIBLE[1]
