"""Which of two numbers was there first: told by the words of time before them, never by their order in the text.

Speech knows a few clocks: years told from now (前年, 去年, 今年; 以前, 现在), years by number, months, quarters,
halves, numbered rounds. Two numbers are ordered by the first clock that both show and that tells them apart; a number
without a clock stands for now beside one of the past, and for the past beside one of now.
"""

import re

from gangmu.reading.patterns import pattern

NUMERALS = {sign: n for n, sign in enumerate("零一二三四五六七八九十")} | {
    "两": 2,
    "头": 1,
    "首": 1,
    "上": 1,
    "下": 2,
}
PAST, NOW = -1, 0
ROUND = "年期批次轮届季茬趟回"
AGO = pattern(r"(?P<n>[一二两三四五六七八九十]|\d{1,2})年(?:多|以)?前")
YEARS_AGO = pattern(r"大前年|前年|[去昨]年|上一?年(?!级)|上年度?|今年|本年|当年")
BEFORE = pattern(
    r"原[来先有本]|当初|[最起]初|起先|早先|先前|以前|(?<![年月])过去|从前|往年|常年|曾|[此之]前|那[一个]*年|那时|那会|年初|期初|月初|开春|老(?=[厂校线路办馆站楼院桥闸])|"
    r"上一?个?[月周季届期次轮批回]|上学[期年]|同期|[没未][^,。;]{1,6}的?时候?|刚[开起成建]|成立时|[\u4e00-\u9fff](?<![目眼当以跟])前(?=[^\u4e00-\u9fff]|[每全的一只仅有是]|日[处产均供加发接]|[月年户人亩]均|$)"
)
AFTER = pattern(
    r"现[在已有今如]|如今|目前|眼[下前]|当前|截至|至今|这[个一]?[月周季届期次轮回]|本[月周季届期次轮学]|[年月]过去|后来|[以之]后|年[底末]|期末|月末|"
    r"[变升降增涨扩减跌发攀成添加]{1,3}[到成至为]了?|成了|[到至]了|新(?=[厂校线路办馆站楼院桥闸])|[^以之最前先落]后(?=[^\u4e00-\u9fff]|[每全的一只仅有是]|日[处产均供加发接]|[月年户人亩]均|$)"
)
YEAR = pattern(r"(?:19|20)\d\d(?=年)")
MONTH = pattern(r"(?P<n>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月")
QUARTER = pattern(r"(?P<n>[一二三四1-4])季度")
HALF = pattern(r"(?P<n>[上下])(?:半年|半月|学期)|[期年](?P<m>[中末])")
NUMBERED = pattern(rf"第?(?P<n>[头首一二三四五六七八九十]|(?<!\d)\d{{1,2}})[{ROUND}](?![度来间])(?!以?前)")
EVENT = pattern(r"([\u4e00-\u9fff]{2})(?:[以之])?([前后])")
SEASON = "春夏秋冬"
NAMED_SEASON = pattern(r"(?P<n>[春夏秋冬])(?:季|天|里|招)")


def earlier(one: str, other: str) -> int:
    """-1 where `one` names the earlier time, 1 where `other` does, 0 where the words do not say."""
    if turned := _about_one_event(one, other):
        return turned
    here, there = _clocks(one), _clocks(other)
    for clock in ("relative", "year"):
        if clock in here and clock in there and here[clock] != there[clock]:
            return -1 if here[clock] < there[clock] else 1
    for clock in ("quarter", "month", "half", "round", "season"):
        if clock in here and clock in there and here[clock] != there[clock]:
            return -1 if here[clock] < there[clock] else 1
    return _beside_one_clock(here, there)


def _about_one_event(one: str, other: str) -> int:
    """-1 for 改造前 beside 改造后, 1 the other way round, 0 where no event is named twice."""
    before, after = EVENT.findall(one), EVENT.findall(other)
    for event, side in before:
        if (event, "后" if side == "前" else "前") in after:
            return -1 if side == "前" else 1
    return 0


def names_another_time(one: str, other: str) -> bool:
    """Whether both tell years, and not the same: 比前年翻了一番 is not of 去年4800万元; 搬家以后 names no base."""
    here, there = _clocks(one), _clocks(other)
    if here.get("relative") == NOW:
        del here["relative"]
    return any(here[clock] != there[clock] for clock in ("relative", "year") if clock in here and clock in there)


def _beside_one_clock(here: dict[str, int], there: dict[str, int]) -> int:
    """Where only one of two is told from now: 现有18家 beside 2019年3家, 去年40起 beside 32起."""
    if ("relative" in here) == ("relative" in there):
        return 0
    told_here = "relative" in here
    said, other = (here, there) if told_here else (there, here)
    if "year" in other and "year" not in said and said["relative"] < NOW:
        return 0
    return -1 if told_here == (said["relative"] < NOW) else 1


def _clocks(words: str) -> dict[str, int]:
    """What each clock shows in `words`: the last time told on it."""
    shown: dict[str, int] = {}
    if (relative := _relative(words)) is not None:
        shown["relative"] = relative
    if years := YEAR.findall(words):
        shown["year"] = int(years[-1])
    for clock, shape in (
        ("quarter", QUARTER),
        ("month", MONTH),
        ("half", HALF),
        ("round", NUMBERED),
    ):
        told = list(shape.finditer(words))
        if told:
            shown[clock] = _number(told[-1])
    seasons = NAMED_SEASON.findall(words)
    if seasons:
        shown["season"] = SEASON.index(seasons[-1])
    return shown


def _relative(words: str) -> int | None:
    """Years from now, the last told first: -2 前年, -1 去年 and any former time, 0 今年 and any time of now."""
    told: list[tuple[int, int]] = [(m.end(), -_number(m)) for m in AGO.finditer(words)]
    told += [(m.end(), _years(m[0])) for m in YEARS_AGO.finditer(words)]
    if told:
        return max(told)[1]
    told += [(m.end(), PAST) for m in BEFORE.finditer(words)]
    told += [(m.end(), NOW) for m in AFTER.finditer(words)]
    return max(told)[1] if told else None


def _years(word: str) -> int:
    if word in ("前年", "大前年"):
        return -2 if word == "前年" else -3
    return NOW if word[0] in "今本当" else PAST


def _number(match: re.Match[str]) -> int:
    said = next(group for group in match.groups() if group)
    if said.isdigit():
        return int(said)
    if said in "中末":
        return "中末".index(said) + 1
    if len(said) == 2:
        return 10 + NUMERALS[said[1]]
    return NUMERALS[said]
