"""Reading numerals: Arabic, Chinese and mixed, with what their last written digit is worth."""

from decimal import Decimal
from typing import NamedTuple

DIGITS = {char: value for value, chars in enumerate((
    "零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖",
)) for char in chars}  # fmt: skip
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SCORES = {"廿": 20, "卅": 30}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
SCALES = TENS | MYRIADS
CHINESE = "".join(DIGITS) + "".join(SCALES) + "".join(SCORES)


_ONE = Decimal(1)


class Numeral(NamedTuple):
    """A number as written: `value` (…`upper` when it spans a range), worth of the last and last non-zero digit."""

    value: Decimal
    upper: Decimal | None
    worth: Decimal
    worth_nonzero: Decimal
    scaled: bool


def arabic(digits: str, scale: int = 1) -> Numeral:
    """`digits` (comma-grouped, maybe signed or with a fraction) times `scale`: '8.6', 10000 is 86000 by thousands."""
    if scale == 1 and digits.isdecimal() and digits[-1] != "0":  # as most numbers are
        return Numeral(Decimal(digits), None, _ONE, _ONE, False)
    plain = digits.replace(",", "")
    places = len(plain.partition(".")[2])
    worth = Decimal(scale).scaleb(-places) if places else Decimal(scale)
    value = Decimal(plain) if scale == 1 else Decimal(plain) * scale
    nonzero = _worth_nonzero(plain, worth) if plain[-1] == "0" else worth
    return Numeral(value, None, worth, nonzero, scale > 1)


def _worth_nonzero(plain: str, worth: Decimal) -> Decimal:
    """A number of zeros only has no non-zero digit and keeps the worth of its last."""
    written = plain.replace(".", "").replace("-", "")
    zeros = len(written) - len(written.rstrip("0"))
    return worth if zeros == len(written) else worth.scaleb(zeros)


def scale_of(multipliers: str) -> int:
    """'万' → 10000, '千万' → 10000000, '' → 1."""
    if not multipliers:
        return 1
    product = 1
    for char in multipliers:
        product *= SCALES[char]
    return product


def chinese(numeral: str, scale: int = 1) -> Numeral | None:
    """A Chinese numeral times `scale`; None if it is not one number (十四五, 三七). 七八十 spans 70…80."""
    span = _neighbours(numeral)
    if span:
        low, high = _plain(span[0]), _plain(span[1])
        return None if low is None or high is None else _numeral(numeral, low, high, scale)
    value = _positional(numeral) if _is_positional(numeral) else _plain(numeral)
    return None if value is None else _numeral(numeral, value, None, scale)


def _numeral(numeral: str, low: int, high: int | None, scale: int) -> Numeral:
    myriads = any(char in MYRIADS for char in numeral) or scale > 1
    worth = Decimal(_last_worth(numeral) if myriads else 1) * scale
    nonzero = Decimal(_nonzero_worth(low)) * scale
    upper = None if high is None else Decimal(high) * scale
    return Numeral(Decimal(low) * scale, upper, worth, nonzero, myriads)


def _last_worth(numeral: str) -> int:
    """三万五千 → 1000: the product of the scales written after the last digit.

    一百七十万 is written to the last 万, as 170万 is; only a number with 亿 before its 万 is rounder.
    """
    if numeral[-1] == "万" and "亿" not in numeral:
        return MYRIADS["万"]
    worth = 1
    for char in reversed(numeral):
        if char not in SCALES:
            return worth
        worth *= SCALES[char]
    return worth


def _nonzero_worth(value: int) -> int:
    worth = 1
    while value and value % (worth * 10) == 0:
        worth *= 10
    return worth


def _is_positional(numeral: str) -> bool:
    return len(numeral) > 1 and all(char in DIGITS for char in numeral)


def _positional(numeral: str) -> int | None:
    """二〇二四 → 2024. Two signs without a zero (三五, 七一) are not a number; three or more are digits in a row."""
    if len(numeral) < 3 or "两" in numeral:
        return None
    return int("".join(str(DIGITS[char]) for char in numeral))


def _neighbours(numeral: str) -> tuple[str, str] | None:
    """七八十 → 七十, 八十; 两三 → 两, 三; 十七八 → 十七, 十八; 三五 → 三, 五."""
    for at in range(len(numeral) - 1):
        first, second = DIGITS.get(numeral[at]), DIGITS.get(numeral[at + 1])
        if first and second and (second - first == 1 or (first, second) == (3, 5)):
            head, tail = numeral[:at], numeral[at + 2 :]
            if any(char in DIGITS for char in tail) or (head and head[-1] in DIGITS):
                return None
            return head + numeral[at] + tail, head + numeral[at + 1] + tail
    return None


def _plain(numeral: str) -> int | None:
    """The value of a numeral with places (一千二百零三, 三万五); None if its places do not fall in order."""
    total = section = 0
    digit: int | None = None
    last = 0
    for char in numeral:
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
        elif char in TENS:
            section += (1 if digit is None else digit) * TENS[char] if digit != 0 or char in "十拾" else TENS[char]
            digit, last = None, TENS[char]
        elif char in SCORES:
            if digit:
                return None
            section, digit, last = section + SCORES[char], None, 10
        else:
            section += digit or 0
            total = (total + section or 1) * 100_000_000 if char == "亿" else _in_myriads(total, section)
            section, digit, last = 0, None, MYRIADS[char]
    return total + section + _trailing(digit, numeral, last)


def _in_myriads(total: int, section: int) -> int:
    """一万 and 五千二百 before a second 万 are 15200 万 together (一万五千二百万元)."""
    high, low = divmod(total, 100_000_000)
    return high * 100_000_000 + ((low + section) or 1) * 10_000


def _trailing(digit: int | None, numeral: str, last: int) -> int:
    """The last digit: of units, or of the next lower place where none is named (一百二 is 120, 三万五 is 35000)."""
    if not digit:
        return 0
    spoken = last >= 100 and len(numeral) > 2 and numeral[-2] in SCALES
    return digit * (last // 10) if spoken else digit
