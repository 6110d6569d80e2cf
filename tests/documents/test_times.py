"""Over which days a number is meant: the claim's own words, the document's, in a table."""

from datetime import date

import pytest

from gangmu.documents.rules.times import own_period, proposed_period
from gangmu.kernel.periods import Period
from tests.documents.support import YEAR_END, context, read

OWN = [
    ("今年以来召开党员大会6次。", "2025-01-01", "2025-12-31"),
    ("全年召开党员大会6次。", "2025-01-01", "2025-12-31"),
    ("去年召开党员大会6次。", "2024-01-01", "2024-12-31"),
    ("五年来召开党员大会6次。", "2021-01-01", "2025-12-31"),
    ("过去一年，召开党员大会6次。", "2025-01-01", "2025-12-31"),
    ("近三年召开党员大会6次。", "2023-01-01", "2025-12-31"),
    ("2023年召开党员大会6次。", "2023-01-01", "2023-12-31"),
    ("2023年以来召开党员大会6次。", "2023-01-01", "2025-12-31"),
    ("2024年3月以来召开党员大会6次。", "2024-03-01", "2025-12-31"),
    ("2021—2023年召开党员大会6次。", "2021-01-01", "2023-12-31"),
    ("2024年上半年召开党员大会6次。", "2024-01-01", "2024-06-30"),
    ("上半年召开党员大会6次。", "2025-01-01", "2025-06-30"),
    ("下半年召开党员大会6次。", "2025-07-01", "2025-12-31"),
    ("一季度召开党员大会6次。", "2025-01-01", "2025-03-31"),
    ("2024年第三季度召开党员大会6次。", "2024-07-01", "2024-09-30"),
    ("1—7月召开党员大会6次。", "2025-01-01", "2025-07-31"),
    ("2024年1-7月份召开党员大会6次。", "2024-01-01", "2024-07-31"),
    ("2024年3月召开党员大会6次。", "2024-03-01", "2024-03-31"),
    ("3月份召开党员大会6次。", "2025-03-01", "2025-03-31"),
    ("截至2024年6月底，召开党员大会6次。", "2024-01-01", "2024-06-30"),
    ("十四五以来召开党员大会6次。", "2021-01-01", "2025-12-31"),
    ("党的二十大以来召开党员大会6次。", "2022-10-16", "2025-12-31"),
]


@pytest.mark.parametrize(("text", "start", "end"), OWN)
def test_the_sentence_names_its_days(text: str, start: str, end: str) -> None:
    assert own_period(context(text), YEAR_END) == Period(date.fromisoformat(start), date.fromisoformat(end))


def test_of_several_times_the_nearest_before_the_number_counts() -> None:
    text = "去年召开党员大会6次，今年召开党员大会8次。"
    assert [own_period(context(text, number), YEAR_END) for number in (0, 1)] == [
        Period.of_year(2024), Period.of_year(2025),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["召开党员大会6次。", "每年安排500万元。", "2019年7月9日，召开党员大会6次。"])
def test_a_sentence_without_a_time_of_its_own_names_none(text: str) -> None:
    assert own_period(context(text), YEAR_END) is None


def test_a_month_that_does_not_exist_names_no_days() -> None:
    assert own_period(context("2024年13月以来召开党员大会6次。"), YEAR_END) is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024年党建工作总结\n全年召开党员大会6次。\n", Period.of_year(2024)),
        ("2024年上半年工作总结\n召开党员大会6次。\n", Period(date(2024, 1, 1), date(2024, 6, 30))),
        ("工作总结\n召开党员大会6次。\n2025年1月8日\n", Period.of_year(2024)),
        ("工作总结\n召开党员大会6次。\n2025年11月8日\n", Period.of_year(2025)),
        ("工作总结\n召开党员大会6次。\n", None),
    ],
)
def test_a_document_says_which_year_it_is_about(text: str, period: Period | None) -> None:
    assert proposed_period(read(text)) == period
