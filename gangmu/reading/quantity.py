"""From a cleaned text to its quantities: every numeral with what belongs to its span by the guideline's §1.1."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gangmu.reading.nouns import COUNTED, ZEROED
from gangmu.reading.numerals import CHINESE, SCALES, Numeral, arabic, chinese, scale_of
from gangmu.reading.patterns import pattern
from gangmu.reading.units import FIRST, unit_after

ARABIC, CHINESE_SCRIPT, PLACEHOLDER, FRACTION, HALF, ZERO = (
    "arabic", "chinese", "placeholder", "fraction", "half", "zero",
)  # fmt: skip

_AFTER = f"{FIRST}余多来几"
_START = pattern(
    rf"""(?P<arabic>(?:(?<=[为达到至长幅速率降是额化减差跌比:(\t\n])-)?\d++(?:,\d{{3}}(?!\d))*+(?:\.\d++)?)
    |(?P<fraction>[{CHINESE}\d]{{1,8}}分之(?:[{CHINESE}]++(?:点[{CHINESE}]++)?|\d+(?:\.\d+)?))
    |(?P<half>一半|半(?=天|年|个月|个?小时|个百分点|日|个多月)|(?<=[过近超])半(?!年|天|个|小时|径|山|岁)|半数)
    |(?P<zero>零(?=(?:{"|".join(ZEROED)})))
    |(?P<chinese>[{CHINESE}]++(?:点[{CHINESE}]++)?
        (?=[{_AFTER}%]|大(?!会|学|队|力|型|量|众|桥|厅)|[-~至到][{CHINESE}]|(?:{"|".join(COUNTED)})|
        (?<=万[一二三四五六七八九])[,。;!?]|(?<=[一二两三四五六七八九十][万亿])[,。;!?、)]|(?<=[一二两三四五六七八九][十百千]万)[,。;!?、)]|
        (?<=[二三四五六七八九][千百])(?<=[一二三四五六七八]..)[,。;!?、)]|[ ]*[\t\n]))
    |(?P<placeholder>(?:(?<![A-Za-z])[Xx×]{{1,4}}(?:\.[Xx×]{{1,2}})?(?![A-Za-z])|\*{{1,4}}|_{{2,9}})(?=[余多百千万亿]*(?:[{FIRST}])))
    """,
    re.VERBOSE,
)
# Where a numeral may begin: a class of signs is found far faster than the alternatives of _START.
_NEXT = "".join(sorted({*CHINESE, *_AFTER, *"点%大-~至到分半", *(word[0] for word in (*COUNTED, *ZEROED))} - {"-"}))
_SIGN = pattern(rf"[-\d{CHINESE}半Xx×*_](?<!队伍)(?:(?<![{CHINESE}])|(?=[-{_NEXT}]))")
_CHINESE_RUN = pattern(f"[{CHINESE}]+")
_SCALE = pattern(r"((?:[百千万亿](?![瓦米克伏卡分]))*+)([余多来])?((?:[百千万亿](?![瓦米克伏卡分]))*+)")
_RANGE = pattern(
    rf"(?:-{{1,2}}|~|至|到)(?P<arabic>\d+(?:,\d{{3}})*(?:\.\d+)?)|(?:-{{1,2}}|~|至|到)(?P<chinese>[{CHINESE}]+)"
)
_PARTED_UNIT = pattern(
    r"(?P<head>个)(?:(?P<many>[多来])|半)(?P<tail>月|小时|星期|学时|工作日|百分点)|(?P<whole>年|天|小时|"
    r"倍|成|公里|里|米|亩|公斤|斤|吨|度|块|圈|节)半(?!年|天|数|以|个|月|小|夜|途|路上|价|径)|(?P<share>成)(?P<tenths>[一二三四五六七八九])(?![一二三四五六七八九十百千万分]|年|天)"
)
_MORE_AFTER = frozenset(("成", "倍", "年", "个月", "岁", "公里", "亩", "斤", "吨", "小时", "个小时", "天", "里"))
_MORE = pattern("多(?![\\d元种样次数为项名家个出少于了]|[^,。;\\d]{1,4}[\\d一二三四五六七八九十])")
_LONGEST = 24  # signs; what is longer is a code or a line of decoration
_SCALE_BEGINS = frozenset("百千万亿余多来")
_PARTED_BEGINS = frozenset("个年天小倍成公里米亩斤吨度块圈节")
# 86万4千元, 3万2400册: the rest of a number whose 万 or 亿 is written out.
_REST = pattern(rf"(\d{{1,4}})([百千万]?)(?=[余多来]?[{FIRST}])")
_RANGE_SIGNS = frozenset("-~至到")
_SCALE_SIGNS, _OF_A_THOUSAND = frozenset(SCALES), frozenset("瓦米克伏卡")
_TENS_BEFORE = pattern("[十百千拾佰仟][^万亿]千$")
# 从1180人次到7080人次: two states of one thing. 从3个到5个不等 is a range.
_FROM = pattern(r"[从由][^,。;:、\d]{0,12}$")
_EITHER = ("不等", "之间", "的", "左右", "不止", "都")
_MOST, _SPANS = frozenset("过近超"), frozenset("天年日个小")  # 过半村民; 超过半天
_HALF = Decimal("0.5")
_HUNDRED = Decimal(100)


class Quantity(NamedTuple):
    """A numeral and its unit in the cleaned text: `start`…`end` is the guideline's span, `digits_end` ends the numeral.

    `value` is None for a placeholder; `inner` is 余, 多, 来 or 几; `script` says how the numeral is written.
    """

    start: int
    end: int
    script: str
    digits: str
    value: Decimal | None
    upper: Decimal | None
    worth: Decimal
    worth_nonzero: Decimal
    scaled: bool
    inner: str
    unit: str


def quantities(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Every numeral between two positions in order, whether it is a claim or not; ranges are one quantity."""
    at = start
    while sign := _SIGN.search(text, at, end):
        found = _START.match(text, sign.start())
        if found is None:
            at = _past(text, sign.start())
            continue
        quantity = _read(text, found)
        at = max(found.end(), quantity.end) if quantity else found.end()
        if quantity:
            yield quantity


def _past(text: str, at: int) -> int:
    """The end of a run of Chinese numeral signs that is no numeral: no part of it that ends there is one."""
    run = _CHINESE_RUN.match(text, at)
    return run.end() if run else at + 1


def _read(text: str, found: re.Match[str]) -> Quantity | None:
    script, digits = found.lastgroup or "", found[0]
    if script == FRACTION:
        return _fraction(found)
    if script == HALF:
        return _half(text, found)
    if script == ZERO:
        return _quantity(found.start(), found.end(), ZERO, digits, arabic("0"), None, "", "")
    end = found.end() - (script == CHINESE_SCRIPT and _ends_in_a_measure(text, digits, found.end()))
    return _measured(text, found.start(), end, script, text[found.start() : end])


def _ends_in_a_measure(text: str, digits: str, end: int) -> bool:
    """五千万千瓦时, 五十千瓦, 六百五十三千瓦时: the last 千 is of the measure; 三千米 are three thousand."""
    if digits[-1] != "千" or text[end : end + 1] not in _OF_A_THOUSAND:
        return False
    return digits[-2:-1] in _SCALE_SIGNS or _TENS_BEFORE.search(digits) is not None


def _measured(text: str, start: int, end: int, script: str, digits: str) -> Quantity | None:
    """A number with multipliers, inner approximator and unit, and the upper end where it is a range."""
    if script == CHINESE_SCRIPT and text.startswith("几", end):
        return _tens_and_some(text, start, end, digits)
    if len(digits) > _LONGEST:
        return None
    multipliers, inner, tail = _scaled(text, end)
    if inner == "来" and _is_verb_or_adverb(text, tail - 1, digits):
        return None
    if text[tail : tail + 1] in _PARTED_BEGINS and (parted := _PARTED_UNIT.match(text, tail)):
        return _parted(start, script, digits, _numeral(script, digits, scale_of(multipliers)), parted)
    if script == ARABIC and multipliers in ("万", "亿") and not inner and (rest := _REST.match(text, tail)):
        return _with_rest(text, start, digits, multipliers, rest)
    unit_end = unit_after(text, tail)
    if script == CHINESE_SCRIPT and not _could_count(text, digits, inner, tail, unit_end):
        return None
    upper, shared = None, ""
    if not inner and (text[tail : tail + 1] in _RANGE_SIGNS or text[unit_end : unit_end + 1] in _RANGE_SIGNS):
        upper, tail, shared = _range(text, start, tail, script, digits, multipliers)
        unit_end = unit_after(text, tail)
    numeral = _numeral(script, digits, scale_of(shared or multipliers))
    if numeral is None and script != PLACEHOLDER:
        return None
    unit = text[tail:unit_end]
    if unit in _MORE_AFTER and not inner and (more := _MORE.match(text, unit_end)):
        unit_end, inner = more.end(), "多"
    return _quantity(start, unit_end, script, digits, numeral, upper, inner, unit)


def _scaled(text: str, at: int) -> tuple[str, str, int]:
    """Multipliers, inner approximator and where they end: 20 + 多万."""
    if text[at : at + 1] not in _SCALE_BEGINS:
        return "", "", at
    scale = _SCALE.match(text, at)
    assert scale is not None
    return scale[1] + scale[3], scale[2] or "", scale.end()


def _with_rest(text: str, start: int, digits: str, multipliers: str, rest: re.Match[str]) -> Quantity:
    """86万4千元 is 864000 元: what is written behind 万 is added, and its last digit is the last of the number."""
    high, low = arabic(digits, scale_of(multipliers)), arabic(rest[1], scale_of(rest[2]))
    inner = text[rest.end()] if text[rest.end()] in "余多来" else ""
    unit_start = rest.end() + len(inner)
    end = unit_after(text, unit_start)
    whole = Numeral(high.value + low.value, None, low.worth, low.worth_nonzero, bool(rest[2]))
    return _quantity(start, end, ARABIC, text[start : rest.end()], whole, None, inner, text[unit_start:end])


def _could_count(text: str, digits: str, inner: str, tail: int, unit_end: int) -> bool:
    """A small Chinese numeral without measure word counts nothing (一是, 两委), unless a range or 大 follows."""
    if len(digits) > 1 or inner or unit_end > tail:
        return True
    return text[tail : tail + 1] in _RANGE_SIGNS or text.startswith("大", tail)


def _is_verb_or_adverb(text: str, at: int, digits: str) -> bool:
    """一来…二来… and 5来自 hold no approximator; 三十来户 does."""
    return digits[-1] not in "十百千万0" or text.startswith(("来自", "来源", "来到"), at)


def _parted(start: int, script: str, digits: str, numeral: Numeral | None, parted: re.Match[str]) -> Quantity:
    """一个多月 is 个月 with 多 inside; 两年半 and 三个半小时 are half a unit more; 九成五 is 95 %."""
    unit = "".join(filter(None, parted.group("head", "tail", "whole", "share")))
    if parted["tenths"] and numeral is not None and (tenths := chinese(parted["tenths"])):
        tenth = Decimal("0.1")
        more = numeral._replace(value=numeral.value + tenths.value * tenth, worth=tenth, worth_nonzero=tenth)
        return _quantity(start, parted.end(), script, digits, more, None, "", unit)
    if parted["many"] or numeral is None:
        return _quantity(start, parted.end(), script, digits, numeral, None, parted["many"] or "", unit)
    half = numeral._replace(value=numeral.value + _HALF, worth=_HALF, worth_nonzero=_HALF)
    return _quantity(start, parted.end(), script, digits, half, None, "", unit)


def _numeral(script: str, digits: str, scale: int) -> Numeral | None:
    if script == ARABIC:
        return arabic(digits, scale)
    if script != CHINESE_SCRIPT:
        return None
    whole, point, fraction = digits.partition("点")
    if not point:
        return chinese(digits, scale)
    places = fraction.rstrip("百千万亿")  # 一点二四万人
    head, tail = chinese(whole), [chinese(char) for char in places]
    if head is None or not all(tail):
        return None
    decimals = "".join(str(each.value) for each in tail if each)
    return arabic(f"{head.value}.{decimals}", scale * scale_of(fraction[len(places) :]))


def _quantity(
    start: int,
    end: int,
    script: str,
    digits: str,
    numeral: Numeral | None,
    upper: Decimal | None,
    inner: str,
    unit: str,
) -> Quantity:
    if numeral is None:
        return Quantity(start, end, script, digits, None, None, Decimal(1), Decimal(1), False, inner, unit)
    value, high, worth, nonzero, scaled = numeral
    return Quantity(start, end, script, digits, value, upper or high, worth, nonzero, scaled, inner, unit)


def _is_one_range(text: str, start: int, at: int, sign: int, end: int) -> bool:
    """Whether two numbers that both have their unit are the ends of one range: 3个至5个, and not 从3个到5个."""
    unit_end = unit_after(text, end)
    moved = text[sign] in "至到" and _FROM.search(text, max(0, start - 14), start) is not None
    alike = unit_end > end and text[end:unit_end] == text[at:sign]
    return alike and not (moved and not text.startswith(_EITHER, unit_end))


def _is_larger(script: str, low: str, high: Numeral, multipliers: str) -> bool:
    """8000-1.2万: the lower end with the multiplier of the upper one would be larger than it, and has none."""
    shared = _numeral(script, low, scale_of(multipliers))
    return shared is not None and shared.value > high.value


def _range(text: str, start: int, at: int, script: str, low: str, multipliers: str) -> tuple[Decimal | None, int, str]:
    """The upper end of a range that begins before `at`, where it ends, and the multiplier both share (0.5-2万):
    3-5个, 3个至5个."""
    middle = unit_after(text, at)
    for place in dict.fromkeys((at, middle)):
        found = _RANGE.match(text, place)
        if found and found.lastgroup == script:
            scale = _SCALE.match(text, found.end())
            assert scale is not None
            digits = found[script]
            high = _numeral(script, digits, scale_of(scale[1]) if scale[1] else scale_of(multipliers))
            end = scale.end(1)
            if high and (place == at or _is_one_range(text, start, at, place, end)):
                return high.value, end, "" if multipliers or _is_larger(script, low, high, scale[1]) else scale[1]
    return None, at, ""


def _tens_and_some(text: str, start: int, end: int, digits: str) -> Quantity | None:
    """十几个, 二十几户: the tens are known, the rest is 余. 几十 has no value and is not read."""
    numeral = chinese(digits)
    if numeral is None or digits[-1] not in "十百千廿卅":
        return None
    unit_end = unit_after(text, end + 1)
    return _quantity(start, unit_end, CHINESE_SCRIPT, digits, numeral, None, "几", text[end + 1 : unit_end])


def _fraction(found: re.Match[str]) -> Quantity | None:
    """三分之二 → 66.6667 %, 百分之九十 → 90 %, 千分之三 → 0.3 %."""
    below, above = found[0].split("分之")
    denominator, numerator = _any_number(below), _any_number(above)
    if denominator is None or not denominator.value or numerator is None:
        return None
    value = round(numerator.value / denominator.value * _HUNDRED, 4)
    spoken = denominator.value >= _HUNDRED  # 百分之八十七点五 is as exact as 87.5%
    worth = numerator.worth * _HUNDRED / denominator.value if spoken else Decimal(1)
    return Quantity(found.start(), found.end(), FRACTION, found[0], value, None, worth, worth, False, "", "%")


def _any_number(digits: str) -> Numeral | None:
    return _numeral(ARABIC if digits[0].isdigit() and digits.isascii() else CHINESE_SCRIPT, digits, 1)


def _half(text: str, found: re.Match[str]) -> Quantity:
    """半天 is 0.5 天; 一半, 过半 and 半数 are 50 %."""
    start, end = found.span()
    unit_end = unit_after(text, end)
    if found[0] == "半" and unit_end > end and (text[start - 1 : start] not in _MOST or text[end] in _SPANS):
        return Quantity(start, unit_end, HALF, found[0], _HALF, None, _HALF, _HALF, False, "", text[end:unit_end])
    return Quantity(start, end, HALF, found[0], Decimal(50), None, Decimal(10), Decimal(10), False, "", "%")
