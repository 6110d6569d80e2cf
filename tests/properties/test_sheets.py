"""Whatever somebody hands in, it is read or refused in a sentence; nothing of it is invented, nothing falls over."""

import datetime
import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.imports.rules.columns import Column, common_words, meanings, sheet_kind
from gangmu.imports.rules.identity import holds_identity_number, without_identity
from gangmu.imports.rules.layout import laid_out
from gangmu.imports.rules.rows import Aim, alike, contents, told
from gangmu.imports.rules.values import Fault, read, shown
from gangmu.kernel.problems import Unusable
from gangmu.reading.grid import Grid, Row
from gangmu.reading.table_files import pasted_table, tables_in

KNOWN = catalog()
WORDS = common_words(KNOWN)
MEMBERS = sheet_kind(KNOWN, "members")
CELLS = st.one_of(
    st.text(max_size=12), st.sampled_from(["姓名", "性别", "合计", "注：", "1986.5", "2025年3月1日", "男", "张 三", "990101198605120014", ""])
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=12)
FORMS = {"date": r"\d{4}-\d{2}-\d{2}", "month": r"\d{4}-\d{2}", "decimal": r"-?\d+(\.\d+)?", "money": r"-?\d+(\.\d+)?"}


@settings(max_examples=50)
@given(st.sampled_from(sorted(FORMS)), st.text(max_size=20))
def test_a_cell_is_read_in_its_one_form_or_refused(reads: str, text: str) -> None:
    found = read(Column("x", Text(zh="项", en="X"), reads), shown(text), WORDS)
    assert isinstance(found, Fault) or re.fullmatch(FORMS[reads], str(found), re.ASCII)


@settings(max_examples=50)
@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_a_day_comes_through_all_the_ways_of_writing_it(day: datetime.date) -> None:
    column = Column("day", Text(zh="日期", en="Day"), "date")
    for text in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
    ):
        assert read(column, text, WORDS) == day.isoformat()


@settings(max_examples=60)
@given(ROWS, st.lists(st.tuples(*[st.integers(1, 14)] * 4), max_size=3), st.frozensets(st.integers(1, 12), max_size=3))
def test_every_row_is_data_or_left_out_for_a_reason_and_none_is_made(
    rows: list[list[str]], merged: list[tuple[int, int, int, int]], hidden: frozenset[int]
) -> None:
    lines = tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, 1) if any(cells))
    if not lines:
        return
    ranges = tuple((min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in merged)
    grid = Grid("表", lines, ranges, hidden)
    found = laid_out(grid, frozenset(meanings(MEMBERS)), WORDS)
    numbers = [row.number for row in found.rows] + [number for number, _ in found.skipped]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= {row.number for row in lines}
    assert not {row.number for row in found.rows} & hidden


@settings(max_examples=60)
@given(ROWS)
def test_what_is_kept_holds_no_identity_number_and_what_else_stood_there_stands_there(rows: list[list[str]]) -> None:
    grid = Grid("表", tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, 1)))
    cleaned = without_identity(grid, WORDS, 0).grid
    for before, after in zip(grid.rows, cleaned.rows, strict=True):
        for cell, kept in zip(before.cells, after.cells, strict=True):
            assert kept == ("" if holds_identity_number(cell) else cell)


@settings(max_examples=60)
@given(ROWS)
def test_a_row_says_what_can_be_read_and_tells_the_rest_and_no_two_have_one_content(rows: list[list[str]]) -> None:
    grid = Grid("表", tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, 2)))
    aim = Aim(columns={column.key: place for place, column in enumerate(MEMBERS.columns[:6], 1)})
    found = [told(row, MEMBERS, aim, WORDS, grid, {}) for row in grid.rows]
    assert len(set(contents(found))) == len(found)
    assert [row.number for row in alike(found, MEMBERS)] == [row.number for row in found]
    for row in found:
        assert all(problem.message.endswith("。") and problem.message_en.endswith(".") for problem in row.problems)


def outcome(hand_in: Callable[[], object]) -> object:
    """What came of handing something in: what was read, or the sentence with which it was refused."""
    try:
        return hand_in()
    except Unusable as refused:
        return refused.problem.message


@settings(max_examples=40)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused_in_a_sentence(data: bytes) -> None:
    found = outcome(lambda: tables_in("表.csv", data))
    assert isinstance(found, tuple) or str(found).endswith("。")


@settings(max_examples=60)
@given(st.text(max_size=120))
def test_whatever_is_pasted_is_a_table_or_refused_in_a_sentence(text: str) -> None:
    found = outcome(lambda: pasted_table(text))
    if isinstance(found, Grid):
        assert all(row.cells[-1].strip() for row in found.rows)
    else:
        assert str(found).endswith("。")
