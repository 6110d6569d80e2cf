"""Where the headings stand, what is data, and what is left out in words: sheets as offices keep them."""

import pytest

from gangmu.catalog.current import catalog
from gangmu.imports.rules.columns import common_words, meanings, proposed, sheet_kind
from gangmu.imports.rules.layout import Layout, laid_out, runs, skipped_by_why
from gangmu.reading.grid import Grid, Row
from gangmu.reading.table_files import pasted_table

MEMBERS = sheet_kind(catalog(), "members")


def layout(grid: Grid, header: int | None = None) -> Layout:
    return laid_out(grid, frozenset(meanings(MEMBERS)), common_words(catalog()), header)


def of_text(*lines: str) -> Grid:
    return pasted_table("\n".join(lines))


def test_the_headings_are_the_row_in_which_most_words_head_columns() -> None:
    found = layout(
        of_text("青禾市东河镇党员花名册", "填报时间：2025年3月", "序号\t姓名\t性别\t出生年月", "1\t张三\t男\t1986.5")
    )
    assert found.header == 3
    assert found.headings == ("序号", "姓名", "性别", "出生年月")
    assert [row.number for row in found.rows] == [4]


def test_a_sheet_whose_headings_nobody_knows_has_them_in_the_first_row_of_several_words() -> None:
    found = layout(of_text("某某表", "甲\t乙\t丙", "1\t2\t3"))
    assert (found.header, [row.number for row in found.rows]) == (2, [3])


def test_a_sheet_without_headings_is_all_data() -> None:
    found = layout(of_text("1\t2\t3", "4\t5\t6"))
    assert (found.header, len(found.rows)) == (0, 2)


def test_somebody_may_choose_the_row_of_the_headings() -> None:
    grid = of_text("姓名\t性别", "名\t别", "张三\t男")
    assert layout(grid).header == 1
    chosen = layout(grid, 2)
    assert (chosen.header, chosen.headings, [row.number for row in chosen.rows]) == (2, ("名", "别"), [3])


def test_headings_over_two_rows_are_read_from_the_lower_one_and_data_begins_beneath() -> None:
    rows = (
        Row(1, ("党员花名册",)),
        Row(2, ("姓名", "基本情况", "", "所在支部")),
        Row(3, ("", "性别", "出生年月")),
        Row(4, ("张三", "男", "1986.5", "柳溪")),
    )
    found = layout(Grid("表", rows, ((1, 1, 1, 4), (2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 3, 4))))
    assert found.headings == ("姓名", "性别", "出生年月", "所在支部")
    assert [row.number for row in found.rows] == [4]


def test_a_unit_written_once_beside_many_rows_is_the_unit_of_all() -> None:
    rows = (Row(1, ("所在支部", "姓名")), Row(2, ("柳溪", "张三")), Row(3, ("", "李四")), Row(4, ("石桥", "王五")))
    found = layout(Grid("表", rows, ((2, 1, 3, 1),)))
    assert [row.cells for row in found.rows] == [("柳溪", "张三"), ("柳溪", "李四"), ("石桥", "王五")]


def test_a_merge_far_beyond_the_sheet_costs_nothing() -> None:
    rows = (Row(1, ("姓名", "性别")), Row(2, ("张三", "男")))
    assert len(layout(Grid("表", rows, ((1, 1, 1, 16384), (2, 1, 1_048_576, 1)))).rows) == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("合计\t2\t人", "total"), ("小计：\t2\t\t", "total"), ("全镇总计\t2\t\t", "total"), ("\t合计\t2\t", "total"),
        ("注：本表由支部填写", "note"), ("填表人：张三\t\t审核人：李四", "note"), ("备注：", "note"), ("说明：", "note"),
        ("以上信息由各支部书记核对，如有变动请于每月底前报镇党委办公室", "note"), ("姓名\t性别\t出生年月\t所在支部", "heading"),
    ],
)  # fmt: skip
def test_rows_that_are_no_data_are_left_out_and_told(line: str, why: str) -> None:
    found = layout(of_text("姓名\t性别\t出生年月\t所在支部", "张三\t男\t1986.5\t柳溪", line, "李四\t女\t1990.5\t柳溪"))
    assert found.skipped == ((3, why),)
    assert [row.number for row in found.rows] == [2, 4]


@pytest.mark.parametrize("line", ["合志强\t男\t1986.5\t柳溪", "注重\t女\t1990.5\t石桥", "计\t男\t\t柳溪", "王五"])
def test_people_whose_names_look_so_are_data(line: str) -> None:
    found = layout(of_text("姓名\t性别\t出生年月\t所在支部", line))
    assert (len(found.rows), found.skipped) == (1, ())


def test_hidden_rows_are_left_out_and_named() -> None:
    rows = (Row(1, ("姓名", "性别")), *(Row(number, (f"人{number}", "男")) for number in range(2, 9)))
    found = layout(Grid("表", rows, hidden=frozenset({3, 4, 7})))
    assert skipped_by_why(found.skipped) == {"hidden": [3, 4, 7]}
    assert list(runs([3, 4, 7])) == [(3, 4), (7, 7)]


@pytest.mark.parametrize(
    ("numbers", "spans"), [([], []), ([5], [(5, 5)]), ([1, 2, 3], [(1, 3)]), ([1, 3], [(1, 1), (3, 3)])]
)
def test_row_numbers_are_told_in_runs(numbers: list[int], spans: list[tuple[int, int]]) -> None:
    assert list(runs(numbers)) == spans


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓名", "name"), ("姓 名", "name"), ("*姓名", "name"), ("姓名（必填）", "name"), ("2.姓名", "name"), ("党员姓名：", "name"),
        ("手机号码", "contact"), ("联系电话", "contact"), ("出生日期", "birth_month"), ("入党时间", "day"), ("所在党支部（全称）", "unit"),
        ("Name", "name"), ("学历", "education"), ("党员类别", "category"), ("籍贯", None), ("序号", None),
    ],
)  # fmt: skip
def test_headings_are_known_however_they_are_dressed(heading: str, field: str | None) -> None:
    assert proposed(MEMBERS, [heading]) == ({field: 1} if field else {})


def test_of_two_columns_with_one_heading_the_first_is_proposed() -> None:
    assert proposed(MEMBERS, ["电话", "姓名", "电话"]) == {"contact": 1, "name": 2}
