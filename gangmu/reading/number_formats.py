"""How a spreadsheet shows a number: the codes of ECMA-376 part 1, §18.8.30–31, as far as reports use them.

A code that says more than is understood here (fractions, powers of ten) shows the number as General does: what is
stored, never something invented.
"""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from gangmu.reading.patterns import pattern

GENERAL = "General"
# §18.8.30: codes that a file need not write out; 27–36 and 50–58 are those of simplified Chinese.
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0",
    42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = pattern(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<elapsed>h+|m+|s+)\]'
    r"|\[[^\]]*\]|(?P<noon>AM/PM|A/P|上午/下午)|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4})|(?P<digits>[0#?][0#?,.]*|\.[0#?]+)"
    r"|(?P<percent>%)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_WEEKDAYS = "一二三四五六日"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DIGITS_SHOWN = 11  # of a General number
_LAST_DAY = 2_958_465  # 9999-12-31, the last one a spreadsheet knows


class Piece(NamedTuple):
    """One part of a code: `kind` is literal, date, elapsed, noon, digits or percent."""

    kind: str
    text: str


def shown(value: Decimal, code: str, *, since_1904: bool = False) -> str:
    """The number as a cell with this format shows it; days count from 1900, or from 1904 where the workbook says so."""
    sections = _sections(code)
    section, value = _section_for(sections, value)
    kinds = {piece.kind for piece in section}
    if kinds & {"date", "elapsed", "noon"}:
        return _moment(value, section, since_1904=since_1904)
    if "digits" not in kinds:
        return _without_digits(value, code, section)
    if sum(piece.kind == "digits" for piece in section) > 1 or any(piece.text in "/Ee" for piece in section):
        return general(value)
    return _number(value, section)


def stored(value: Decimal, code: str, *, since_1904: bool = False) -> str:
    """The number itself, whatever its format hides of it; a day as 2025-03-08, with its time where it has one."""
    if not tells_a_day(code) or not 1 <= value <= _LAST_DAY:
        return format(value.normalize() if value % 1 else value.to_integral_value(), "f")
    at = _day_one(int(_rounded(value * 86_400, 0)), since_1904=since_1904)
    return at.date().isoformat() if at.hour == at.minute == at.second == 0 else at.isoformat(" ", "minutes")


@lru_cache(maxsize=1024)
def tells_a_day(code: str) -> bool:
    """Whether a cell with this format shows a day: a year, a day or a month, and not only a time of day."""
    letters = {piece.text[0] for piece in _sections(code)[0] if piece.kind == "date"}
    return bool(letters & {"y", "d"}) or ("m" in letters and not letters & {"h", "s"})


def general(value: Decimal) -> str:
    """As a cell without any format: a whole number as it is, else at most eleven digits."""
    if value == value.to_integral_value():
        return str(int(value)) if abs(value) < Decimal(10) ** 20 else f"{value.normalize():E}"
    before = len(str(int(abs(value))))
    rounded = _rounded(value, max(0, _DIGITS_SHOWN - before - 1))
    return format(rounded, "f").rstrip("0").rstrip(".")


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[tuple[Piece, ...], ...]:
    """The parts of a code between semicolons that stand outside of quotes."""
    sections: list[list[Piece]] = [[]]
    for found in _TOKEN.finditer(code):
        if found["other"] == ";":
            sections.append([])
        elif piece := _piece(found):
            sections[-1].append(piece)
    return tuple(map(tuple, sections))


def _piece(found: re.Match[str]) -> Piece | None:
    kind = found.lastgroup
    text = found[kind] if kind else ""
    if kind in ("quoted", "escaped", "currency", "other"):
        return Piece("literal", text)
    return Piece(kind, text.lower() if kind == "date" else text) if kind else None


def _section_for(sections: tuple[tuple[Piece, ...], ...], value: Decimal) -> tuple[tuple[Piece, ...], Decimal]:
    """Positive; negative (which shows no sign of its own); zero. One section serves for all."""
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _without_digits(value: Decimal, code: str, section: tuple[Piece, ...]) -> str:
    """General, @, or a code of words alone: a zero shown as a dash, or not at all."""
    words = "".join(piece.text for piece in section)
    if "general" in code.lower() or "G/通用格式" in code:
        return words.replace("General", general(value)).replace("G/通用格式", general(value))
    return general(value) if "@" in words or not code else words.strip()


def _number(value: Decimal, section: tuple[Piece, ...]) -> str:
    pattern = next(piece.text for piece in section if piece.kind == "digits")
    percents = sum(piece.kind == "percent" for piece in section)
    whole, _, places = pattern.partition(".")
    scaled = value.scaleb(2 * percents - 3 * (len(pattern) - len(pattern.rstrip(","))))
    digits = _digits(abs(scaled), whole.rstrip(","), places.rstrip(","))
    words = [digits if piece.kind == "digits" else piece.text for piece in section]
    sign = "-" if scaled < 0 and any(char in "123456789" for char in digits) else ""
    return (sign + "".join(words)).strip()


def _digits(value: Decimal, whole: str, places: str) -> str:
    rounded = _rounded(value, len(places))
    left, _, right = format(rounded, "f").partition(".")
    left = left.zfill(whole.count("0")) if left != "0" or "0" in whole else ""
    if "," in whole:
        left = re.sub(r"(?<=\d)(?=(?:\d{3})+\Z)", ",", left)
    least = len(places.rstrip("#?"))
    right = right[:least] + right[least:].rstrip("0")
    return f"{left}.{right}" if right or (places and least) else left


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _moment(value: Decimal, section: tuple[Piece, ...], *, since_1904: bool) -> str:
    """A day, a time of day or both."""
    if not 0 <= value <= _LAST_DAY:
        return general(value)
    seconds = int(_rounded(value * 86_400, 0))
    at = _day_one(seconds, since_1904=since_1904)
    half = any(piece.kind == "noon" for piece in section)
    words, clock = [], False
    for piece in section:
        if piece.kind == "elapsed":
            words.append(_elapsed(piece.text, seconds))
            clock = True
        elif piece.kind == "noon":
            words.append(_half_of_day(piece.text, at))
        elif piece.kind == "date":
            clock = clock or piece.text[0] in "hs"
            words.append(_part_of_moment(piece.text, at, clock=clock or _before_seconds(section, piece), half=half))
            clock = clock and piece.text[0] not in "ydm"
        else:
            words.append(piece.text)
    return "".join(words).strip()


def _before_seconds(section: tuple[Piece, ...], piece: Piece) -> bool:
    """mm:ss: an m right before seconds is a minute."""
    dated = [one for one in section if one.kind == "date"]
    return any(one is piece and after.text[0] == "s" for one, after in pairwise(dated))


def _day_one(seconds: int, *, since_1904: bool) -> datetime:
    """Day 60 of the calendar of 1900 is a 29 February that never was; days before it count from one day later."""
    start = date(1904, 1, 1) if since_1904 else date(1899, 12, 31 if seconds < 60 * 86_400 else 30)
    return datetime(start.year, start.month, start.day) + timedelta(seconds=seconds)  # noqa: DTZ001 - a day on paper


def _part_of_moment(code: str, at: datetime, *, clock: bool, half: bool) -> str:
    if code[0] == "m" and len(code) > 2:
        return _MONTHS[at.month - 1]
    if (code[0] == "d" and len(code) > 2) or code[0] == "a":
        return ("星期" if len(code) > 3 else "") + _WEEKDAYS[at.weekday()]
    if code[0] == "y":
        return str(at.year) if len(code) > 2 else f"{at.year % 100:02}"
    hour = (at.hour % 12 or 12) if half else at.hour
    number = {"m": at.minute if clock else at.month, "d": at.day, "h": hour, "s": at.second}[code[0]]
    return f"{number:02}" if len(code.partition(".")[0]) > 1 else str(number)


def _half_of_day(code: str, at: datetime) -> str:
    first, _, second = code.partition("/")
    return first if at.hour < 12 else second


def _elapsed(code: str, seconds: int) -> str:
    number = seconds // {"h": 3600, "m": 60, "s": 1}[code[0].lower()]
    return str(number).zfill(len(code))
