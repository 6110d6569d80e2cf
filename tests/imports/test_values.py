"""What cells say: the many ways in which offices write a day, a month, a number, a choice."""

import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.imports.rules.columns import Column, common_words, sheet_kind
from gangmu.imports.rules.values import Fault, read, shown

WORDS = common_words(catalog())


def said(reads: str, text: str, *, since_1904: bool = False) -> object:
    return read(Column("x", Text(zh="某项", en="X"), reads), text, WORDS, since_1904=since_1904)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-01", "2025-03-01"),
        ("2025-3-1", "2025-03-01"),
        ("2025.3.1", "2025-03-01"),
        ("2025/3/1", "2025-03-01"),
        ("2025年3月1日", "2025-03-01"),
        ("2025年3月1号", "2025-03-01"),
        ("2025 年 3 月 1 日", "2025-03-01"),
        ("２０２５年３月１日", "2025-03-01"),
        ("２０２５．３．１", "2025-03-01"),
        ("20250301", "2025-03-01"),
        ("2025-03-01 09:30", "2025-03-01"),
        ("2025/3/1 9:30:00", "2025-03-01"),
        ("45717", "2025-03-01"),
        ("45717.5", "2025-03-01"),
        ("2024-02-29", "2024-02-29"),
        ("1921-07-01", "1921-07-01"),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, day: str) -> None:
    assert said("date", text) == day


@pytest.mark.parametrize(
    "text",
    ["2025年13月1日", "2025-02-29", "3月1日", "去年", "2025", "2025年3月", "25.3.1", "1", "99999999", "2025-03-01至05"],
)
def test_what_is_no_day_is_refused_with_how_to_write_it(text: str) -> None:
    fault = said("date", text)
    assert isinstance(fault, Fault)
    assert fault.code == "imports.date"
    assert "2025-03-08" in fault.zh
    assert "2025-03-08" in fault.en


def test_a_bare_number_of_days_counts_from_the_year_its_workbook_counts_from() -> None:
    assert said("date", "45717") == "2025-03-01"
    assert said("date", "44255", since_1904=True) == "2025-03-01"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1986-05", "1986-05"),
        ("1986.5", "1986-05"),
        ("1986.05", "1986-05"),
        ("1986.10", "1986-10"),
        ("1986年5月", "1986-05"),
        ("1986/5", "1986-05"),
        ("198605", "1986-05"),
        ("１９８６年５月", "1986-05"),
        ("1986-05-12", "1986-05"),
        ("1986年5月12日", "1986-05"),
        ("19860512", "1986-05"),
        ("31544", "1986-05"),
    ],
)
def test_a_month_is_kept_without_its_day(text: str, month: str) -> None:
    assert said("month", text) == month


@pytest.mark.parametrize(("text", "code"), [
    ("1986.13", "imports.month"), ("五月", "imports.month"), ("86.5", "imports.month"), ("1986-02-30", "imports.month"),
    ("1986.1", "imports.january_or_october"),
])  # fmt: skip
def test_what_is_no_month_is_refused_and_two_that_it_may_be_are_named(text: str, code: str) -> None:
    fault = said("month", text)
    assert isinstance(fault, Fault)
    assert fault.code == code


def test_a_point_one_may_be_january_or_october() -> None:
    fault = said("month", "1986.1")
    assert isinstance(fault, Fault)
    assert "1986-01" in fault.zh
    assert "1986-10" in fault.zh


@pytest.mark.parametrize(
    ("reads", "text", "value"),
    [
        ("int", "12", 12), ("int", "0", 0), ("int", "１２", 12), ("int", "1,200", 1200), ("int", "12.0", 12),
        ("int", "-3", -3), ("decimal", "12.50", "12.5"), ("decimal", "12", "12"), ("decimal", "１２．５", "12.5"),
        ("money", "1,234.56", "1234.56"), ("money", "500元", "500"), ("money", "0.10", "0.1"),
    ],
)  # fmt: skip
def test_a_number_is_read_whatever_groups_and_widths_its_digits_have(reads: str, text: str, value: object) -> None:
    assert said(reads, text) == value


@pytest.mark.parametrize(
    ("reads", "text"),
    [
        ("int", "12人"),
        ("int", "12.5"),
        ("int", "约12"),
        ("decimal", "十二"),
        ("money", "5万"),
        ("int", "1 2 3 a"),
        ("int", "12345678901234567"),
    ],
)
def test_what_is_no_number_is_refused(reads: str, text: str) -> None:
    fault = said(reads, text)
    assert isinstance(fault, Fault)
    assert fault.code == f"imports.{reads}"


@pytest.mark.parametrize(
    ("text", "value"),
    [("是", True), ("有", True), ("√", True), ("Y", True), ("否", False), ("无", False), ("0", False)],
)
def test_yes_and_no_are_said_in_many_ways(text: str, value: bool) -> None:
    assert said("bool", text) is value


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    fault = said("bool", "也许")
    assert isinstance(fault, Fault)
    assert fault.code == "imports.bool"


@pytest.mark.parametrize(
    ("text", "value"),
    [("张三", "张三"), ("张 三", "张三"), ("张　三", "张三"), ("欧阳小明", "欧阳小明"), ("𠮷野家", "𠮷野家"), ("阿依古丽·买买提", "阿依古丽·买买提"),
     ("１３８００００００００", "13800000000"), ("Tom Li", "Tom Li"), ("讨论计划 议定三件事", "讨论计划 议定三件事")],
)  # fmt: skip
def test_words_stay_as_they_are_but_for_wide_digits_and_a_name_drawn_apart(text: str, value: str) -> None:
    assert said("text", text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("-", ""), ("——", ""), ("/", ""), (" 无数据 ", ""), ("\u3000", ""), ("\u200b张三\ufeff", "张三"), ("无", "无")],
)
def test_a_dash_says_nothing_and_signs_that_nobody_sees_go(text: str, value: str) -> None:
    assert shown(text) == value


@pytest.mark.parametrize(
    ("sheet", "key", "text", "value"),
    [
        ("members", "sex", "男", "male"), ("members", "sex", "female", "female"), ("members", "education", "大学本科", "bachelor"),
        ("members", "education", "高中", "below_college"), ("members", "education", "博士研究生", "postgraduate"),
        ("members", "stage", "中共预备党员", "probationary"), ("members", "stage", "正式", "full"),
        ("members", "category", "农民", "rural"), ("members", "category", "离退休", "retired"),
        ("units", "unit_kind", "党支部", "branch"), ("units", "domain", "农村领域", "rural"), ("units", "domain", "两新", "private_enterprise"),
        ("posts", "post", "支部书记", "secretary"), ("activity.held", "tag.activity_form", "支部党员大会", "members_meeting"),
        ("activity.held", "late_reason", "经办人不在岗", "absent"),
    ],
)  # fmt: skip
def test_a_choice_is_known_by_its_title_its_key_and_the_words_of_the_catalog(
    sheet: str, key: str, text: str, value: str
) -> None:
    column = sheet_kind(catalog(), sheet).column(key)
    assert column is not None
    found = read(column, text, WORDS)
    if key == "late_reason":
        assert found in {one.key for one in catalog().choices("late_reason")}
    else:
        assert found == value


def test_what_is_none_of_the_choices_is_told_all_of_them() -> None:
    column = sheet_kind(catalog(), "members").column("stage")
    assert column is not None
    fault = read(column, "团员", WORDS)
    assert isinstance(fault, Fault)
    assert "预备党员、正式党员" in fault.zh
    assert "full member" in fault.en


def test_several_tags_stand_in_one_cell() -> None:
    column = sheet_kind(catalog(), "activity.held").column("tag.theme")
    assert column is not None
    titles = [one.title.zh for one in column.choices[:2]]
    assert read(column, "、".join(titles), WORDS) == [one.key for one in column.choices[:2]]
    assert isinstance(read(column, f"{titles[0]}、没有这个", WORDS), Fault)
