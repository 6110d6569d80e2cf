"""The days a claim speaks of: its own words first, then what was chosen, then what the document says of itself."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from gangmu.documents.rules.contexts import Context
from gangmu.kernel.periods import Period, month_end, shift_year
from gangmu.reading.values import Reading

DIGITS = {character: number for number, character in enumerate("〇一二三四五六七八九十")} | {"两": 2}
YEARS = r"([一二两三四五六七八九十]|\d{1,2})年"
CONGRESSES = {"十八大": date(2012, 11, 8), "十九大": date(2017, 10, 18), "二十大": date(2022, 10, 16)}
PLANS = {"十三五": 2016, "十四五": 2021, "十五五": 2026}
HEAD, TAIL = 400, 200  # where a document's date line stands
WINTER = 2  # what is dated in the first two months speaks of the year before


class Way(NamedTuple):
    """One way to name days: what it looks like, and the days it names when the text is about days up to `end`."""

    looks: re.Pattern[str]
    days: Callable[[re.Match[str], date], Period | None]


def own_period(context: Context, end: date) -> Period | None:
    """The days the claim's own sentence names nearest before it, seen from `end`; None where it names none."""
    found: tuple[int, int, Period] | None = None
    for way in WAYS:
        for match in way.looks.finditer(context.before):
            days = way.days(match, end)
            if days and (found is None or (match.end(), len(match[0])) > found[:2]):
                found = (match.end(), len(match[0]), days)
    return found[2] if found else None


def proposed_period(reading: Reading) -> Period | None:
    """The year a document says it is about: in its title, else by its date line; None where it says nothing."""
    title = "".join(heading.title for heading in reading.outline if heading.level == 0)
    if named := re.search(r"(20\d\d)年?(上半年)?", title):
        return half(int(named[1]), 1) if named[2] else Period.of_year(int(named[1]))
    body = reading.source.text[reading.body.span.start : reading.body.span.end]
    dates = [*DATE_LINE.finditer(body[-TAIL:]), *DATE_LINE.finditer(body[:HEAD])]
    if not dates:
        return None
    year, month = int(dates[0][1]), int(dates[0][2])
    return Period.of_year(year - (month <= WINTER))


DATE_LINE = re.compile(r"(20\d\d)年\s*(\d{1,2})月\s*\d{1,2}日")


def half(year: int, which: int) -> Period:
    """The first or second half of a year."""
    return Period(date(year, 6 * which - 5, 1), month_end(date(year, 6 * which, 1)))


def years_back(number: int, end: date) -> Period:
    """So many years up to `end`."""
    return Period(shift_year(end, -number) + timedelta(days=1), end)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else DIGITS[word]


def _range(start: date, end: date) -> Period | None:
    return Period(start, end) if start <= end else None


def _months(first: str, last: str, year: int) -> Period | None:
    low, high = int(first), int(last)
    if not 1 <= low <= high <= 12:
        return None
    return Period(date(year, low, 1), month_end(date(year, high, 1)))


def _quarter(word: str, year: int) -> Period:
    return Period.of_quarter(year, _number(word))


def _year(m: re.Match[str], _: date) -> Period:
    return Period.of_year(int(m[1]))


def _month(m: re.Match[str], _: date) -> Period | None:
    return _months(m[2], m[2], int(m[1]))


def _since_month(m: re.Match[str], end: date) -> Period | None:
    return _range(date(int(m[1]), int(m[2]), 1), end) if 1 <= int(m[2]) <= 12 else None


def _plan(m: re.Match[str], end: date) -> Period | None:
    return _range(date(PLANS[m[1]], 1, 1), min(end, date(PLANS[m[1]] + 4, 12, 31)))


def _years(m: re.Match[str], end: date) -> Period:
    return years_back(_number(m[1]), end)


TO = "[-至到~]"
WAYS: tuple[Way, ...] = tuple(
    Way(re.compile(looks), days)
    for looks, days in (
        (rf"(20\d\d)年?{TO}(20\d\d)年", lambda m, _: _range(date(int(m[1]), 1, 1), date(int(m[2]), 12, 31))),
        (r"(20\d\d)年以来", lambda m, end: _range(date(int(m[1]), 1, 1), end)),
        (r"(20\d\d)年(\d{1,2})月份?(?:以来|起)", _since_month),
        (r"(?:截至|截止|到)(20\d\d)年(\d{1,2})月份?(?:底|末)", lambda m, _: _months("1", m[2], int(m[1]))),
        (rf"(20\d\d)年(\d{{1,2}}){TO}(\d{{1,2}})月", lambda m, _: _months(m[2], m[3], int(m[1]))),
        (rf"(20\d\d)年(\d{{1,2}})月(?!\d|{TO}|底|末|份?以来|份?起)", _month),
        (r"(20\d\d)年度?(上|下)半年", lambda m, _: half(int(m[1]), 1 + (m[2] == "下"))),
        (r"(20\d\d)年第?([一二三四])季度", lambda m, _: _quarter(m[2], int(m[1]))),
        (rf"(?<![比较])(20\d\d)年(?!\d|以来|度?[上下]半年|第?[一二三四]季度|{TO}20)", _year),
        (rf"(?<!每){YEARS}多?来", _years),
        (rf"(?:过去|近|最近|这){YEARS}(?!来)", _years),
        ("今年|年初以来|全年|本年度", lambda _, end: _range(date(end.year, 1, 1), end)),
        ("(?<![比较])(?:去年|上年|上一年)(?!度?同期)", lambda _, end: Period.of_year(end.year - 1)),
        ("(?<![年度])(上|下)半年", lambda m, end: half(end.year, 1 + (m[1] == "下"))),
        ("(?<![年第每])第?([一二三四])季度", lambda m, end: _quarter(m[1], end.year)),
        (rf"(?<![\d年])(\d{{1,2}}){TO}(\d{{1,2}})月", lambda m, end: _months(m[1], m[2], end.year)),
        (r"(?<![\d年至到~-])(\d{1,2})月份", lambda m, end: _months(m[1], m[1], end.year)),
        ("(十三五|十四五|十五五)(?:以来|期间|时期)", _plan),
        ("(十八大|十九大|二十大)以来", lambda m, end: _range(CONGRESSES[m[1]], end)),
    )
)
