"""What the prose works out from a table: rows or columns set against each other, rows added up, a row's share, a mean.

`新桥社区下半年比上半年多25台`; `文昌社区的回收量是新桥社区的1.1倍`; `龙泉镇、高坪乡合计169亩`; `文昌社区占全部的53%`;
`平均每个社区512台`; `东河村户均3.3人`. The column goes by its heading, else by the measure; where several may be meant,
only agreement counts.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from gangmu.reading.arithmetic.far_shares import is_absurd
from gangmu.reading.arithmetic.far_sums import NUMERALS
from gangmu.reading.arithmetic.grids import Grid
from gangmu.reading.arithmetic.judge import Result, added, agrees, divided, finding, grown, subtracted, testable
from gangmu.reading.arithmetic.marks import MARK, MARKS, PERCENT, QUANTITY, TIMES, mark_of
from gangmu.reading.arithmetic.repeat_cues import DIFFERENT
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.table_told import MEASURED_IN, own_scale, scale_of, scaled
from gangmu.reading.arithmetic.tables import NO_SUM, TOTAL_COLUMN, TOTAL_ROW, Row, row_name
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding, FindingType
from gangmu.reading.wording import HUNDRED, ONE, ZERO, Wording

AGAINST = pattern(r"[比较与和跟同]|是|为|相当于")
SO_MUCH = pattern(
    r"(?:的|同期)?[^,。;]{0,8}?(?:相差|差距为?|多|少|高|低|大|小|长|短|[增涨升减降])[\u4e00-\u9fff]{0,4}$"
)
SO_MANY = pattern("的?(?:近|约)?$")
FALL = pattern("少|低|小|短|减|降")
OF_ALL = pattern(r"占(?:(?:到|了|全|总|合|表)[^,。;]{0,8}?)?的?(?:近|约)?$")
TOGETHER = pattern(
    r"^(?!等)[^,。;]{0,10}?(?:合计|共计?|一共|总计|合起来|加起来|相加|总共|累计|之和[为是]?)[^,。;]{0,6}$"
)
OF_ANOTHER = pattern("占[^,。;]{0,8}$")
MEAN = pattern(r"平均每一?(?:[个家名座所间支])?(?P<each>[\u4e00-\u9fff]{1,10})$|(?P<row>[\u4e00-\u9fff])均")
EACH_OF = pattern(r"(?P<each>[户人村组亩])均[\u4e00-\u9fff]{0,8}$")
ALL_OF = pattern(
    rf"(?:(?P<n>[两二三四五六七八九十])|[{MARKS}]|各|所有|全部)(?:个|家|座|所|支|条)?[年月村镇乡街社县区校院站厂组队家季单]"
)
JOINED = pattern("[、和与及加]|以及")
SHORTEST, FEWEST_ROWS = 2, 2
LAST = 1  # sign of the names of rows: 村 of 石桥村, which 平均每个村 calls each of them
MOST_ROWS, MOST_COLUMNS = 60, 12
FAR = 80


class Thing(NamedTuple):
    """A row or a column that words name, and where in them."""

    start: int
    end: int
    at: int


class Page(NamedTuple):
    """A table beside a number of the prose, the words of its sentence before the number, and what these name."""

    grid: Grid
    words: str
    rows: list[Thing]
    columns: list[Thing]


def derived_from_tables(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every number of the prose that rows and columns of one table, called by name, give."""
    for i in range(len(t.s.at)) if t.s.grids else ():
        stated = t.claims[i]
        if t.s.marks[i] not in (QUANTITY, PERCENT, TIMES) or stated.kind == "norm" or not testable(stated):
            continue
        words = t.s.text[max(t.s.bounds[i][0], t.s.at[i] - FAR) : t.s.at[i]].rsplit(";", 1)[-1]
        pages = [page for grid in t.s.grids if (page := _page(grid, words)) and _is_of_its_time(page)]
        if len(pages) == 1:
            yield from _derived(pages[0], t.s.marks[i], stated, wording)


def _page(grid: Grid, words: str) -> Page | None:
    rows = {row_name(row): n for n, row in enumerate(grid.rows[:MOST_ROWS]) if not TOTAL_ROW.match(row_name(row))}
    heads = {MEASURED_IN.sub("", head): c for c, head in enumerate(grid.headings[:MOST_COLUMNS]) if c}
    page = Page(grid, words, _things(rows, words), _things(heads, words))
    return page if page.rows or page.columns or MEAN.search(words) else None


def _things(names: dict[str, int], words: str) -> list[Thing]:
    """Where words name any of these, the longest name first, each sign in one name."""
    known = sorted((name for name in names if len(name) >= SHORTEST), key=len, reverse=True)
    if not known:
        return []
    found = re.finditer("|".join(map(re.escape, known)), words)
    return [Thing(m.start(), m.end(), names[m[0]]) for m in found]


def _is_of_its_time(page: Page) -> bool:
    """Whether the words tell no time or place that the table knows nothing of."""
    known = page.grid.caption + "".join(page.grid.headings) + "".join(map(row_name, page.grid.rows))
    return all(said in known for said in DIFFERENT.findall(page.words))


def _derived(page: Page, mark: str, stated: Claim, wording: Wording) -> Iterator[Finding]:
    near = page.words[max((m.end() for m in MARK.finditer(page.words)), default=0) :]
    if mark == PERCENT and OF_ALL.search(near):
        yield from _shared(page, near, stated, wording)
    elif mark == PERCENT and OF_ANOTHER.search(near):
        yield from _of_another_column(page, stated, wording)
    elif against := _set_against(page, mark, stated):
        yield from _compared(mark, stated, against, wording)
    elif mark == QUANTITY and stated.kind != "ratio":
        yield from _summed(page, near, stated, wording)
        yield from _mean(page, near, stated, wording)
        yield from _of_each(page, near, stated, wording)


# The cells that are meant


def _columns(page: Page, stated: Claim) -> list[int]:
    """The columns of numbers that may be meant: the one named, else those told in the number's measure, else all.

    Of several that nothing names it is the one of totals.
    """
    grid = page.grid
    counted = _counted(grid)
    named = [thing.at for thing in page.columns if thing.at in counted]
    if named:
        return named[-1:]
    unit = stated.unit or ""
    measured = [c for c in counted if unit and any(unit in said for said in MEASURED_IN.findall(grid.headings[c]))]
    of_all = [c for c in measured or counted if TOTAL_COLUMN.search(grid.headings[c])]
    return of_all if len(of_all) == 1 else measured or counted


def _counted(grid: Grid) -> list[int]:
    """The columns whose numbers may be added, compared and shared out."""
    columns = range(1, min(len(grid.headings), MOST_COLUMNS))
    plain = (c for c in columns if not NO_SUM.search(grid.headings[c]))
    return [c for c in plain if any(_is_count(row[c].claim) for row in grid.rows)]


def _is_count(claim: Claim | None) -> bool:
    return claim is not None and mark_of(claim) != PERCENT


def _cell(page: Page, row: int, column: int, stated: Claim) -> Claim | None:
    """A cell in the scale of its heading, or in that of the number it is held against."""
    grid = page.grid
    claim = scaled(grid.rows[row][column].claim, scale_of(grid, column) or own_scale(stated))
    return claim if claim is not None and testable(claim) else None


def _total(grid: Grid) -> int | None:
    totals = [n for n, row in enumerate(grid.rows) if TOTAL_ROW.match(row_name(row))]
    return totals[-1] if totals else None


class Against(NamedTuple):
    """Cells that a number may set against each other, by column, and the words between the second's name and it."""

    pairs: tuple[tuple[Claim, Claim], ...]
    tail: str
    meant: tuple[Claim, Claim] | None = None  # of several the one whose heading the words recall


def _set_against(page: Page, mark: str, stated: Claim) -> Against | None:
    """Two rows in a column, or two columns in a row, of which the words right before the number name the second."""
    cells: list[tuple[Claim | None, Claim | None]] = []
    if two := _two(page.words, page.rows, mark):
        one, other, tail = two
        cells = [(_cell(page, one, c, stated), _cell(page, other, c, stated)) for c in _columns(page, stated)]
    elif two := _two(page.words, page.columns, mark):
        one, other, tail = two
        row = page.rows[-1].at if page.rows else _total(page.grid)
        if row is not None and len({thing.at for thing in page.rows}) <= 1:
            cells = [(_cell(page, row, one, stated), _cell(page, row, other, stated))]
    else:
        return None
    pairs = tuple((a, b) for a, b in cells if a is not None and b is not None)
    recalled = _recalled(page, _columns(page, stated)) if len(pairs) == len(cells) > 1 else None
    return Against(pairs, tail, pairs[recalled] if recalled is not None else None)


def _recalled(page: Page, columns: list[int]) -> int | None:
    """Which of the columns has a heading that alone shares a sign with the words: 城关库收得最多 and 收购量."""
    if MARK.search(page.words, page.rows[0].start if page.rows else 0):
        return None  # a number between says what is meant
    words = set(page.words)
    for thing in page.rows:
        words -= set(page.words[thing.start : thing.end])
    alike = [n for n, c in enumerate(columns) if words & set(MEASURED_IN.sub("", page.grid.headings[c]))]
    return alike[0] if len(alike) == 1 else None


def _two(words: str, things: list[Thing], mark: str) -> tuple[int, int, str] | None:
    """The two that the words set against each other, the second of them right before the number."""
    for one, other in pairwise(things):
        tail = words[other.end :]
        close = SO_MUCH.match(tail) or (mark == TIMES and SO_MANY.match(tail))
        if one.at != other.at and close and AGAINST.search(words[one.end : other.start]):
            return one.at, other.at, tail
    return None


# What comes of them


def _compared(mark: str, stated: Claim, against: Against, wording: Wording) -> Iterator[Finding]:
    """`下半年比上半年多25台`, `多44.4%`, `是新桥社区的1.1倍`."""
    more = SO_MUCH.match(against.tail) is not None
    sign = -1 if mark == PERCENT and FALL.search(against.tail) else 1
    results = [(pair, _result(mark, *pair, wording, more=more)) for pair in against.pairs]
    told = [(pair, result, agrees(result, stated, wording, sign=sign)) for pair, result in results if result]
    if against.meant and not any(holds for *_, holds in told):
        told = [one for one in told if one[0] == against.meant]
    kind: FindingType = "difference" if mark == QUANTITY else "growth" if mark == PERCENT else "multiple"
    yield from _judged(kind, stated, told, unit="%" if mark == PERCENT else "倍" if mark == TIMES else "")


def _result(mark: str, one: Claim, other: Claim, wording: Wording, *, more: bool) -> Result | None:
    """What sets one against the other: the gap, the growth, the multiple; `more` leaves the whole once out of it."""
    if mark == QUANTITY:
        return subtracted(*((one, other) if (one.value or ZERO) >= (other.value or ZERO) else (other, one)), wording)
    if mark == PERCENT:
        return grown(one, other, wording)
    times = divided(one, other, wording)
    if times is None or not more:
        return times
    return Result(times.value - ONE, times.reach.shifted(-ONE), times.shown + " - 1")


def _shared(page: Page, near: str, stated: Claim, wording: Wording) -> Iterator[Finding]:
    """`文昌社区占全部的53.0%`, `龙泉镇和高坪乡占全镇的七成`."""
    whole_row, rows = _total(page.grid), _joined(page, near)
    if whole_row is None or not rows:
        return
    told = []
    for column in _columns(page, stated):
        parts = [cell for row in rows if (cell := _cell(page, row, column, stated))]
        whole = _cell(page, whole_row, column, stated)
        if whole is None or len(parts) < len(rows):
            continue
        part = parts[0] if len(parts) == 1 else parts[0]._replace(value=added(parts, wording).value)
        if result := divided(part, whole, wording, HUNDRED):
            told.append(((*parts, whole), result, agrees(result, stated, wording)))
    yield from _judged("share", stated, told, unit="%")


def _of_another_column(page: Page, stated: Claim, wording: Wording) -> Iterator[Finding]:
    """`2024年支出占收入的83.2%`: two columns of the row that is named, or of the totals."""
    if len(page.columns) < 2 or len({thing.at for thing in page.rows}) > 1:
        return
    part, whole = page.columns[-2:]
    row = page.rows[-1].at if page.rows else _total(page.grid)
    if row is None or part.at == whole.at or "占" not in page.words[part.end : whole.start]:
        return
    one, other = _cell(page, row, part.at, stated), _cell(page, row, whole.at, stated)
    if one and other and (result := divided(one, other, wording, HUNDRED)):
        yield from _judged("share", stated, [((one, other), result, agrees(result, stated, wording))], unit="%")


def _summed(page: Page, near: str, stated: Claim, wording: Wording) -> Iterator[Finding]:
    """`龙泉镇、高坪乡植树造林合计169亩`, `三年累计结余46.1万元`: the rows named, or where none is all of them."""
    rows = _joined(page, near) or ([] if page.rows else _all_rows(page, near))
    if len(rows) < FEWEST_ROWS or (page.rows and not TOGETHER.match(page.words[page.rows[-1].end :])):
        return
    told = []
    for column in _columns(page, stated):
        parts = tuple(cell for row in rows if (cell := _cell(page, row, column, stated)))
        if len(parts) == len(rows):
            result = added(parts, wording)
            told.append((parts, result, agrees(result, stated, wording)))
    yield from _judged("sum", stated, told)


def _all_rows(page: Page, near: str) -> list[int]:
    """All rows but totals, where a total is told of the one column that is named and of as many rows as there are."""
    rows = [n for n, row in enumerate(page.grid.rows) if not TOTAL_ROW.match(row_name(row))]
    said = ALL_OF.search(page.words)
    counted = said is not None and (said["n"] is None or NUMERALS.get(said["n"]) == len(rows))
    return rows if counted and len({thing.at for thing in page.columns}) == 1 and TOGETHER.match(near) else []


def _mean(page: Page, near: str, stated: Claim, wording: Wording) -> Iterator[Finding]:
    """`平均每个社区512台`: the rows are the communities."""
    said, whole_row = MEAN.search(near), _total(page.grid)
    rows = [row for row in page.grid.rows if not TOTAL_ROW.match(row_name(row))]
    if said is None or whole_row is None or page.rows or not _are(said["each"] or said["row"], rows):
        return
    told = []
    for column in _columns(page, stated):
        if whole := _cell(page, whole_row, column, stated):
            value, shown = (whole.value or ZERO) / len(rows), f"{whole.value:f} ÷ {len(rows)}"
            covered = divided(whole, whole._replace(value=Decimal(len(rows)), approx=None), wording)
            result = Result(value, covered.reach, shown) if covered else None
            if result:
                told.append(((whole,), result, agrees(result, stated, wording)))
    yield from _judged("per", stated, told)


def _of_each(page: Page, near: str, stated: Claim, wording: Wording) -> Iterator[Finding]:
    """`东河村户均3.3人`: of the columns of its row the one that counts 户 shares out another."""
    said = EACH_OF.search(near)
    if said is None or len({thing.at for thing in page.rows}) != 1:
        return
    row, columns = page.rows[0].at, _counted(page.grid)
    counts = [c for c in columns if said["each"] in page.grid.headings[c]]
    told = []
    for whole, count in ((w, c) for c in counts for w in columns if w != c):
        one, other = _cell(page, row, whole, stated), _cell(page, row, count, stated)
        if one and other and (result := divided(one, other, wording)):
            told.append(((one, other), result, agrees(result, stated, wording)))
    yield from _judged("per", stated, told)


def _are(each: str, rows: list[Row]) -> bool:
    return len(rows) >= FEWEST_ROWS and all(row_name(row)[-LAST:] in each for row in rows)


def _joined(page: Page, near: str) -> list[int]:
    """The rows named since the last number, if nothing but a comma of lists stands between them."""
    start = len(page.words) - len(near)
    things = [thing for thing in page.rows if thing.start >= start]
    gaps = [page.words[one.end : other.start] for one, other in pairwise(things)]
    return [thing.at for thing in things] if all(JOINED.fullmatch(gap) for gap in gaps) else []


def _judged(
    kind: FindingType, stated: Claim, told: Sequence[tuple[tuple[Claim, ...], Result, bool]], unit: str = ""
) -> Iterator[Finding]:
    """The reading that agrees; where there is one reading only, also that it does not."""
    right = [one for one in told if one[2]]
    for operands, result, holds in right[:1] or (told if len(told) == 1 else ()):
        if holds or not is_absurd(result.value, stated.value):
            yield finding(kind, stated, operands, result, holds=holds, unit=unit)
