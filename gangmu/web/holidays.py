"""The table of holidays: as it is published, as somebody writes it anew, and which deadlines would move by that."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from gangmu.catalog.changed import source_text, with_row
from gangmu.catalog.compiled import Catalog
from gangmu.catalog.dated import row_on
from gangmu.catalog.definitions import Text
from gangmu.catalog.duties.obligations import Deadline, deadline_of_period, periods
from gangmu.catalog.duties.terms import Terms
from gangmu.catalog.load import CatalogRefused
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem, Refused
from gangmu.kernel.working_days import DAY, Calendar

SEPARATORS = re.compile(r"[\s,，、;；:：]+")
DAY_WRITTEN = re.compile(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?", re.ASCII)
SOURCE = re.compile(r"^source: *(.+)$", re.MULTILINE)
ENGLISH: Mapping[str, str] = {
    "元旦": "New Year", "春节": "Spring Festival", "清明节": "Qingming", "清明": "Qingming", "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival", "端午": "Dragon Boat Festival", "中秋节": "Mid-Autumn Festival",
    "中秋": "Mid-Autumn Festival", "国庆节": "National Day", "国庆": "National Day",
    "国庆节中秋节": "National Day and Mid-Autumn Festival",
}  # fmt: skip
MOST = 40
EMPTY = Problem(
    "web.holidays_empty", "还没有写哪几天放假，一行写一个节。", "No holiday is written: one a line.", "rows"
)
NO_SOURCE = Problem("web.holidays_source", "写上依据：哪一份通知。", "Say by which notice.", "source")


@dataclass(frozen=True, slots=True)
class Closure:
    """Days off in a row, and the weekends worked for them: those nearest to no other."""

    title: Text
    first: date
    last: date
    worked: tuple[date, ...]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class YearTable:
    """A year's holidays: its `closures` in their order, and how many days are worked; `published` False: guessed."""

    year: int
    published: bool
    source: str
    closures: tuple[Closure, ...]
    working_days: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline that would be another day."""

    title: Text
    period: Period
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class Tried:
    """A table written anew: the file that says it, what would move, whether the year is in the catalog already."""

    file: str
    name: str
    moved: tuple[Moved, ...]
    before: int
    after: int
    redefines: bool


def years_of(known: Catalog, today: date) -> list[int]:
    """The years to choose from: those published and the next one."""
    return sorted({*known.calendar.years, today.year, today.year + 1})


def table_of(known: Catalog, year: int) -> YearTable:
    """The table of a year as the catalog has it."""
    published, written = year in known.calendar.years, source_text("holidays", f"y{year}")
    source = SOURCE.search(written)
    told = source[1].strip(' "') if source else ""
    return YearTable(year, published, told, tuple(_closures(known.calendar, year)), worked_in(known.calendar, year))


def _closures(calendar: Calendar, year: int) -> Iterator[Closure]:
    """The days off as runs of one name; each weekend worked stands with the run nearest to it."""
    off = sorted(day for day in calendar.off if day.year == year)
    runs = [
        list(run) for _, run in groupby(enumerate(off), key=lambda at: (calendar.off[at[1]], at[1].toordinal() - at[0]))
    ]
    spans = [(run[0][1], run[-1][1]) for run in runs]
    worked: dict[tuple[date, date], list[date]] = {}
    for day in sorted(one for one in calendar.worked if one.year == year and spans):
        nearest = min(spans, key=lambda span: min(abs(span[0] - day), abs(span[1] - day)))
        worked.setdefault(nearest, []).append(day)
    for first, last in spans:
        rest = calendar.off[first]
        yield Closure(Text(zh=rest.zh, en=rest.en), first, last, tuple(worked.get((first, last), ())))


def worked_in(calendar: Calendar, year: int) -> int:
    """How many working days the year has."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return sum(calendar.works(first + DAY * at) for at in range((last - first).days + 1))


def as_lines(table: YearTable) -> str:
    """A table as it is typed: a line a holiday, its first and last day, then the weekends worked for it."""
    return "\n".join(" ".join([one.title.zh, *_days(one)]) for one in table.closures)


def _days(one: Closure) -> Iterator[str]:
    yield f"{one.first:%m-%d}"
    yield f"{one.last:%m-%d}"
    if one.worked:
        yield "补班 " + " ".join(f"{day:%m-%d}" for day in one.worked)


def tried(known: Catalog, year: int, rows: str, source: str) -> Tried:
    """What is typed as the table of the year. Raises Refused with every problem; nothing comes into force."""
    closures, problems = _read(rows, year)
    problems += [] if source.strip() else [NO_SOURCE]
    if problems:
        raise Refused(problems)
    published = year in known.calendar.years
    file = _file(year, closures, " ".join(source.split()), published=published)
    try:
        after = with_row(file)
    except CatalogRefused as refused:
        raise Refused([_at_rows(one) for one in refused.problems]) from None
    moved = tuple(_moved(known, known.calendar, after.calendar, year))
    counted = worked_in(known.calendar, year), worked_in(after.calendar, year)
    return Tried(file, f"y{year}.yaml", moved, *counted, published)


def _at_rows(one: Problem) -> Problem:
    return Problem(one.code, one.message, one.message_en, "rows")


def _read(rows: str, year: int) -> tuple[list[tuple[str, list[date]]], list[Problem]]:
    """Each line's title and days; a problem for each line that cannot be read."""
    found, problems = list[tuple[str, list[date]]](), list[Problem]()
    lines = [line.strip() for line in rows.splitlines() if line.strip()]
    for number, line in enumerate(lines[:MOST], 1):
        written = list(DAY_WRITTEN.finditer(line))
        title = SEPARATORS.sub("", line[: written[0].start()]) if written else ""
        try:
            days = [date(int(one[1] or year), int(one[2]), int(one[3])) for one in written]
        except ValueError:
            days = []
        if title and days:
            found.append((title, days))
        else:
            problems.append(_unread(number, line))
    return found, problems or ([] if lines else [EMPTY])


def _unread(number: int, line: str) -> Problem:
    return Problem(
        "web.holidays_line",
        f"第{number}行“{line[:20]}”看不懂，写成：春节 02-15 02-23 补班 02-14 02-28。",
        f"Line {number}, “{line[:20]}”, cannot be read; write: 春节 02-15 02-23 补班 02-14 02-28.",
        "rows",
    )


def _file(year: int, closures: Sequence[tuple[str, list[date]]], source: str, *, published: bool) -> str:
    """The definition as a file: of a year that is there already it takes that one's place, else it is a pack's."""
    quoted = source.replace("\\", "").replace('"', "”")
    pack = [] if published else [f'basis: "{quoted}"', f"effective: {year}-01-01"]
    return "\n".join(
        [
            f"key: y{year}",
            f"title: {{zh: {year}年节假日和调休, en: Holidays of {year}}}",
            "why:",
            f"  zh: {year}年几号放假、哪个周末要上班，工作日按这张表数。",
            f"  en: Which days of {year} are off and which weekends are worked; working days go by it.",
            f'source: "{quoted}"',
            f"source_status: {'text' if published else 'secondary'}",
            *pack,
            f"review_by: {year + 1}-12-31",
            f"year: {year}",
            "closures:",
            *(_closure(title, days) for title, days in closures),
            "",
        ]
    )


def _closure(title: str, days: Sequence[date]) -> str:
    first, last = days[0], days[1] if len(days) > 1 else days[0]
    worked = f", worked: [{', '.join(map(str, days[2:]))}]" if len(days) > 2 else ""
    return (
        f'  - {{title: {{zh: "{title}", en: {ENGLISH.get(title, "Holiday")}}}, first: {first}, last: {last}{worked}}}'
    )


def _moved(known: Catalog, before: Calendar, after: Calendar, year: int) -> Iterator[Moved]:
    """The deadlines of the year's periods that fall on another day, in the order of the days."""
    found = [
        Moved(duty.duty.title, period, old.due.end, new.due.end)
        for duty in known.duties.values()
        for period, old, new in _deadlines(duty.terms, year, before, after)
        if old.due.end != new.due.end
    ]
    yield from sorted(found, key=lambda one: (one.after, one.title.zh))


def _deadlines(
    every: Iterable[Terms], year: int, before: Calendar, after: Calendar
) -> Iterator[tuple[Period, Deadline, Deadline]]:
    terms = row_on(tuple(every), date(year, 12, 31))
    demand = row_on(terms.demands, date(year, 12, 31)) if terms else None
    if terms is None or demand is None or demand.every is None:
        return
    for period in periods(demand.every, Period.of_year(year)):
        old, new = (deadline_of_period(terms.row, demand, period, one) for one in (before, after))
        yield period, old, new
