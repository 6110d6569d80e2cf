"""What the prose tells of a table as a whole, by its subject: its total, its rate, what it came to against before.

`由表可见，全年科普讲座共三十一场` beside 合计 38; `土特产销售网点全年收购1450吨` over a table of that name; `按表合计，
参加的有2884人` of a column of 人次; `报警器安装率60.3%` of 应装 and 已装; `巡查总次数比上年增长38.2%` of 上年 and 本年.
The words name no row, or one: then its cells are meant. That the table is meant is said (由表可见), or the words are
its caption.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gangmu.reading.arithmetic.again import differing
from gangmu.reading.arithmetic.elsewhere import nouns_of
from gangmu.reading.arithmetic.far_repeats import is_slip
from gangmu.reading.arithmetic.far_shares import is_absurd
from gangmu.reading.arithmetic.grids import Grid
from gangmu.reading.arithmetic.judge import agrees, divided, finding, grown, spans, subtracted, testable, text_of
from gangmu.reading.arithmetic.marks import MARK, PERCENT, POINTS, QUANTITY, mark_of
from gangmu.reading.arithmetic.miswritten import digits
from gangmu.reading.arithmetic.points import of_two_rates
from gangmu.reading.arithmetic.repeat_cues import DIFFERENT
from gangmu.reading.arithmetic.share_cues import RATE
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.table_told import MEASURED_IN, OF_A_TABLE, own_scale, scale_of, scaled
from gangmu.reading.arithmetic.tables import NO_SUM, TOTAL_ROW, row_name
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HUNDRED, Wording

BY_THE_TABLE = pattern("[按据照依看]表")
OF_ALL = pattern("共(?!同|建|享|青|产|识)|合计|总|全部|一年|全年|汇总")
# 每场, 其中, 比上年多: told of something else than all of it.
NOT_ALL = pattern(
    r"每|均|比|较|增|减|占|其中|其余|另|率|最|计划|任务|目标|应|首|第|除|新增|还|仅|有的|部分|主要|前[三五几]|达标|超过|以上|以下"
)
AGAINST_THEN = pattern(
    r"(?:[比较与](?:之|起)?(?P<then>[上去]年同?期?|年初|期初|月初|上[月期季]|上季度|改[造革]前)[末底]?|同比)(?:实际|又|再|共|净)?"
    r"(?:[增提上][长加幅高升涨]|多|高|涨|(?P<fall>[下减降][降少低滑幅]|少|低|降|减))[\u4e00-\u9fff]{0,2}$"
)
FORMER = {"上年": "上年", "去年": "上年", "年初": "年初", "期初": "年初"}
THEN_COLUMN = pattern(r"^(?:[上去]年|年初|期初|月初|上[月期季])")
NOW_COLUMN = pattern(r"^(?:[今本当]年|年末|期末|月末|[本当][月期季]|目前|现在)")
OWED_COLUMN = pattern(r"^(?:应|须|需|计划|任务)(?P<deed>[\u4e00-\u9fff])?")
DONE_COLUMN = pattern(r"^(?:已|实|完成)(?P<deed>[\u4e00-\u9fff])?")
ONCE_EACH = {"人": "人次", "名": "人次", "位": "人次", "户": "户次", "家": "家次"}
SHORTEST, FAR, FEWEST_SIGNS = 2, 60, 4
COVERED = 0.8
NEAR = Decimal("0.8"), Decimal("1.25")
NEAR_IF_POINTED = Decimal("0.5"), Decimal(2)
DISTINCT = 3  # digits of a number that is no other's by chance
MOST_ROWS = 60


class Line(NamedTuple):
    """The line of a table that a sentence speaks of: the one row it names, else that of the totals.

    `pointed` where the words say that the table is meant.
    """

    grid: Grid
    row: int
    named: bool
    pointed: bool
    words: str


def bottom_lines(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every number of the prose that the line of a table it speaks of gives or contradicts."""
    grids = t.s.grids
    for i in range(len(t.s.at)) if grids else ():
        stated = t.claims[i]
        if t.s.marks[i] not in QUANTITY + PERCENT + POINTS or stated.kind == "norm" or not testable(stated):
            continue
        start = max(t.s.bounds[i][0], t.s.at[i] - FAR)
        words = MARK.sub("|", t.s.text[start : t.s.at[i]]).rsplit(";", 1)[-1]
        lines = [line for grid in grids if (line := _line(grid, words))]
        if len(lines) == 1:
            yield from _told(t, i, lines[0], wording)


def _told(t: Structure, i: int, line: Line, wording: Wording) -> Iterator[Finding]:
    stated, mark = t.claims[i], t.s.marks[i]
    against = AGAINST_THEN.search(line.words)
    if against:
        yield from _against_then(line, stated, mark, (against["then"] or "上年")[:2], bool(against["fall"]), wording)
    elif mark == PERCENT and stated.kind == "ratio":
        yield from _rate(line, stated, wording)
    elif mark == QUANTITY and not line.named and stated.approx is None and stated.kind in ("count", "amount"):
        yield from _total(line, stated)


def _line(grid: Grid, words: str) -> Line | None:
    """The line that the words speak of; None where they speak of another thing, or of several."""
    rows = [
        n for n, row in enumerate(grid.rows[:MOST_ROWS]) if len(row_name(row)) >= SHORTEST and row_name(row) in words
    ]
    totals = [n for n, row in enumerate(grid.rows) if TOTAL_ROW.match(row_name(row))]
    named = [n for n in rows if n not in totals]
    if len(named) > 1 or (not named and len(totals) != 1):
        return None
    pointed = (OF_A_TABLE.search(words) or BY_THE_TABLE.search(words)) is not None
    if not (pointed or named or _is_about(grid, words)):
        return None
    return Line(grid, (named or totals)[0], bool(named), pointed, words)


def _is_about(grid: Grid, words: str) -> bool:
    """Whether nearly all signs of the words' nouns stand over the table."""
    against = AGAINST_THEN.search(words)
    clause = (words[: against.start()] if against else words).rsplit(",", 1)[-1].rsplit("|", 1)[-1]
    known = set(grid.caption + "".join(grid.headings)) | set("总率共")
    said = [sign for piece in nouns_of([clause])[0] for sign in piece]
    covered = [sign for sign in said if sign in known]
    return len(covered) >= FEWEST_SIGNS and len(covered) >= COVERED * len(said) and _shares_a_run(grid.caption, clause)


def _shares_a_run(caption: str, clause: str) -> bool:
    """Whether the caption itself names the thing: signs of headings alone may come together by chance."""
    return any(clause[k : k + FEWEST_SIGNS] in caption for k in range(len(clause) - FEWEST_SIGNS + 1))


def _cell(line: Line, column: int, stated: Claim) -> Claim | None:
    claim = line.grid.rows[line.row][column].claim
    claim = scaled(claim, scale_of(line.grid, column) or own_scale(stated))
    return claim if claim is not None and claim.value and testable(claim) else None


def _headings(grid: Grid) -> dict[int, str]:
    return {c: MEASURED_IN.sub("", head) for c, head in enumerate(grid.headings) if c}


# The total of a column


def _total(line: Line, stated: Claim) -> Iterator[Finding]:
    """The total of the one column in the number's measure, or in occasions where the number counts people."""
    clause = line.words.rsplit("|", 1)[-1]
    clause = clause if line.pointed else clause.rsplit(",", 1)[-1]
    if NOT_ALL.search(OF_A_TABLE.sub("", clause)) or set(DIFFERENT.findall(line.words)) - set(
        DIFFERENT.findall(line.grid.caption)
    ):
        return
    unit = stated.unit or ""
    if (visits := _measured_in(line.grid, ONCE_EACH.get(unit, ""))) is not None:
        cell = _cell(line, visits, stated)
        if cell and cell.value == stated.value and len(digits(cell)) >= DISTINCT:
            yield _miscounted(cell, stated, ONCE_EACH[unit])
        return
    column = _measured_in(line.grid, unit)
    cell = _cell(line, column, stated) if column is not None else None
    if cell is None or column is None or not (OF_ALL.search(clause) or line.pointed):
        return
    others = {c.value for row in line.grid.rows if (c := row[column].claim)}
    if stated.value not in others and _is_meant(line, cell, stated):
        yield differing(cell, stated)


def _measured_in(grid: Grid, unit: str) -> int | None:
    """The one column of counts told in a measure: 收购量(吨), 参训人次, 场次 of 场."""
    if not unit:
        return None
    found = [
        c
        for c, head in enumerate(grid.headings)
        if c and not NO_SUM.search(head) and (f"({unit})" in head or head.endswith(unit) or head == f"{unit}次")
    ]
    return found[0] if len(found) == 1 else None


def _is_meant(line: Line, cell: Claim, stated: Claim) -> bool:
    ratio = (stated.value or Decimal(0)) / (cell.value or Decimal(1))
    low, high = NEAR_IF_POINTED if line.pointed else NEAR
    return low < ratio < high or is_slip(digits(cell), digits(stated))


def _miscounted(cell: Claim, stated: Claim, visits: str) -> Finding:
    said, told = text_of(stated), text_of(cell)
    return Finding(
        "unit", "contradiction", spans(cell, stated), stated.value, cell.value,
        f"表里的{told}是{visits}，文中写作{said}：{visits}不能当作{stated.unit}。",
        f"The table's {told} counts occasions; as {said} it would count each once.", stated.span,
    )  # fmt: skip


# A rate of two columns


def _rate(line: Line, stated: Claim, wording: Wording) -> Iterator[Finding]:
    """`安装率60.3%` of the columns 应装 and 已装."""
    rate = RATE.search(line.words)
    columns = _owed_and_done(line.grid, rate["stem"]) if rate else None
    if columns is None:
        return
    owed, done = (_cell(line, column, stated) for column in columns)
    result = divided(done, owed, wording, HUNDRED) if owed and done else None
    if owed and done and result is not None:
        holds = agrees(result, stated, wording)
        if holds or not is_absurd(result.value, stated.value):
            yield finding("share", stated, (done, owed), result, holds=holds, unit="%")


def _owed_and_done(grid: Grid, stem: str) -> tuple[int, int] | None:
    """The one column of what should be and the one of what is, of a deed that the rate is named after."""
    heads = _headings(grid)
    owed = [(c, said["deed"]) for c, head in heads.items() if (said := OWED_COLUMN.match(head))]
    done = [(c, said["deed"]) for c, head in heads.items() if (said := DONE_COLUMN.match(head))]
    if len(owed) != 1 or len(done) != 1:
        return None
    deeds = {owed[0][1], done[0][1]} - {None, "数"}
    return (owed[0][0], done[0][0]) if any(deed in stem for deed in deeds) or stem.endswith("完成") else None


# Then and now


def _against_then(line: Line, stated: Claim, mark: str, then: str, falls: bool, wording: Wording) -> Iterator[Finding]:
    """`机收率比上年提高8.4%` of the columns 上年 and 本年."""
    columns = _then_and_now(line.grid, FORMER.get(then, then))
    if columns is None:
        return
    old, new = (_cell(line, column, stated) for column in columns)
    if old is None or new is None:
        return
    sign = -1 if falls else 1
    rates = mark_of(old) == mark_of(new) == PERCENT
    if mark == QUANTITY and not rates and stated.kind == "change":
        result = subtracted(new, old, wording)
        holds = agrees(result, stated, wording, sign=sign)
        if holds or not is_absurd(result.value, stated.value):
            yield finding("difference", stated, (new, old), result, holds=holds)
    elif rates and mark != QUANTITY:
        yield of_two_rates(new, old, stated, sign, wording)
    elif mark == PERCENT and not rates and (growth := grown(new, old, wording)):
        holds = agrees(growth, stated, wording, sign=sign)
        if holds or not is_absurd(growth.value, stated.value):
            yield finding("growth", stated, (new, old), growth, holds=holds, unit="%")


def _then_and_now(grid: Grid, then: str) -> tuple[int, int] | None:
    heads = _headings(grid)
    before = [c for c, head in heads.items() if THEN_COLUMN.match(head)]
    now = [c for c, head in heads.items() if NOW_COLUMN.match(head)]
    if len(before) != 1 or len(now) != 1:
        return None
    head = heads[before[0]][:2]
    return (before[0], now[0]) if FORMER.get(head, head) == then else None
