"""How days, periods and numbers are written on a page, in Chinese and in English. Plain functions of their arguments.

`language` is "zh-hans" or "en" everywhere.
"""

import calendar
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from gangmu.kernel.clock import LOCAL
from gangmu.kernel.periods import Period, month_end

MONTHS = tuple(calendar.month_name)[1:]
QUARTERS = ("一", "二", "三", "四")
# units that a measure may have: the Chinese word, the English one (empty where the noun says it already)
UNITS = {
    "%": "%", "个百分点": "percentage points", "元": "yuan", "元/月": "yuan a month",
    "人": "people", "名": "people", "人次": "attendances", "户": "households", "户次": "household visits",
    "次": "times", "场": "sessions", "场次": "sessions", "期": "classes", "届": "times", "次/月": "times a month",
    "个": "", "家": "", "件": "", "条": "", "项": "", "起": "cases", "处": "places", "支": "teams", "村": "villages",
    "天": "days", "小时": "hours", "年": "years", "岁": "years old", "篇": "articles", "份": "copies",
    "公里": "km", "亩": "mu", "学时": "study hours", "课时": "lessons", "位": "people", "日": "days",
    "个工作日": "working days", "元/人": "yuan a person",
}  # fmt: skip
# the English words as they are said of one
ONE = {
    "people": "person", "attendances": "attendance", "households": "household", "household visits": "household visit",
    "times": "time", "sessions": "session", "classes": "class", "times a month": "time a month", "cases": "case",
    "places": "place", "teams": "team", "villages": "village", "days": "day", "hours": "hour", "years": "year",
    "years old": "year old", "articles": "article", "copies": "copy", "study hours": "study hour", "lessons": "lesson",
    "working days": "working day",
}  # fmt: skip


def day(value: date, language: str) -> str:
    """2025年3月8日, or 8 March 2025."""
    if language == "en":
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def short_day(value: date, language: str, *, this_year: int) -> str:
    """The day without its year when that is this year: 3月8日, or 8 Mar."""
    if value.year != this_year:
        return day(value, language)
    return f"{value.day} {MONTHS[value.month - 1][:3]}" if language == "en" else f"{value.month}月{value.day}日"


def moment(value: datetime, language: str) -> str:
    """The local minute: 2025年3月8日09:05, or 8 March 2025, 09:05."""
    local = value.astimezone(LOCAL)
    glue = ", " if language == "en" else " "
    return f"{day(local.date(), language)}{glue}{local:%H:%M}"


def period(value: Period, language: str) -> str:
    """The shortest true name: a year, a half of whole months, a quarter, a month, one day, or both days."""
    start, end = value.start, value.end
    if start == end:
        return day(start, language)
    whole = start.day == 1 and end == month_end(end) and start.year == end.year
    if whole:
        return _whole_months(start, end, language)
    if language == "en":
        return f"{day(start, language)} – {day(end, language)}"
    return f"{day(start, language)}—{short_day(end, language, this_year=start.year)}"


def _whole_months(start: date, end: date, language: str) -> str:
    year, first, last = start.year, start.month, end.month
    if (first, last) == (1, 12):
        return f"{year}" if language == "en" else f"{year}年"
    if last - first == 2 and first % 3 == 1:
        return f"Q{last // 3} {year}" if language == "en" else f"{year}年第{QUARTERS[last // 3 - 1]}季度"
    if first == last:
        return f"{MONTHS[first - 1]} {year}" if language == "en" else f"{year}年{first}月"
    if language == "en":
        return f"{MONTHS[first - 1]}–{MONTHS[last - 1]} {year}"
    return f"{year}年{first}—{last}月"


def month_label(value: Period, language: str) -> str:
    """The label of one month in a chart: 3月, or Mar."""
    return MONTHS[value.start.month - 1][:3] if language == "en" else f"{value.start.month}月"


def grouped(value: Decimal | int) -> str:
    """Digits in groups of three, a true minus sign, no trailing zeros after the point."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def rounded(value: Decimal, unit: str, places: int = 0) -> Decimal:
    """What is shown of a figure, halves up: the `places` that its definition names.

    Where it names none, one place for percentages and two for anything else.
    """
    named = places or (1 if unit.startswith(("%", "个百分点")) else 2)
    return value.quantize(Decimal(1).scaleb(-named), ROUND_HALF_UP)


def plain(value: Decimal, unit: str, places: int = 0) -> Decimal:
    """What is shown of a figure as a bare number, for a file in which people go on calculating."""
    shown = rounded(value, unit, places)
    return shown.normalize() if shown % 1 else shown.quantize(Decimal(1))


def digits(value: Decimal, unit: str, places: int = 0) -> str:
    """The figure as digits, without its unit.

    A percentage shows all its places, a sum of money all of them or, where it is whole, none; anything else no zeros
    at the end.
    """
    shown = rounded(value, unit, places)
    if unit.startswith("%") or (unit.startswith("元") and shown % 1):
        return f"{shown:,f}".replace("-", "−")
    return grouped(shown)


def unit_word(unit: str, language: str, value: Decimal | None = None) -> str:
    """The unit as written after the digits of `value`; an unknown one stays as the definition has it."""
    if language != "en":
        return unit
    word = UNITS.get(unit, unit)
    return ONE.get(word, word) if value is not None and rounded(value, unit) == 1 else word


def quantity(value: Decimal, unit: str, language: str, places: int = 0) -> str:
    """Digits and unit together: 1,233件, 96.3%, 1,860 yuan."""
    word = unit_word(unit, language, value)
    space = " " if language == "en" and word and not word.startswith("%") else ""
    return f"{digits(value, unit, places)}{space}{word}"


def difference(now: Decimal, before: Decimal, unit: str, language: str, places: int = 0) -> str:
    """How `now` stands to `before` in words: points for percentages, else the plain difference."""
    delta = rounded(now, unit, places) - rounded(before, unit, places)
    if not delta:
        return "unchanged" if language == "en" else "持平"
    size = abs(delta)
    if unit.startswith("%"):
        amount = f"{size:f} points" if language == "en" else f"{size:f}个百分点"
    else:
        amount = quantity(size, unit, language, places)
    if language == "en":
        return f"{'up' if delta > 0 else 'down'} {amount}"
    more, less = ("高", "低") if unit.startswith("%") else ("多", "少")
    return f"{more if delta > 0 else less}{amount}"


def periods_offered(today: date) -> list[Period]:
    """What a period picker offers: three years, the quarters of this year so far, this month and the last."""
    months = [Period.of_month(today.year, today.month), Period.of_month(today.year, today.month).before()]
    quarters = [Period.of_quarter(today.year, q) for q in range((today.month - 1) // 3 + 1, 0, -1)]
    years = [Period.of_year(today.year - back) for back in range(3)]
    return [*years, *quarters, *months]


def decimal(value: object) -> Decimal:
    """A number as the ledger keeps it (an integer or a decimal string)."""
    return Decimal(str(value))
