"""What the prose works out from a table: told right it is silent or confirmed, told wrong it speaks."""

import pytest

from gangmu.reading.values import Format
from tests.reading.arithmetic import TWO, found, wrong
from tests.reading.arithmetic.test_told_of_tables import WRITERS

HALVES = [
    ["社区", "上半年（台）", "下半年（台）", "全年（台）"],
    ["文昌社区", "191", "352", "543"],
    ["新桥社区", "228", "253", "481"],
    ["望江社区", "181", "361", "542"],
    ["合计", "600", "966", "1566"],
]
WORKS = [
    ["单位", "修路（公里）", "植树造林（亩）"],
    ["龙泉镇", "12", "79"],
    ["高坪乡", "14", "90"],
    ["沙河镇", "16", "75"],
    ["总计", "42", "244"],
]
PEOPLE = [["村名", "户数", "人口"], ["东河村", "312", "1043"], ["西河村", "268", "921"], ["合计", "580", "1964"]]
TOLD = (
    (HALVES, "新桥社区废旧家电回收下半年比上半年多〔25|43〕台。"),
    (HALVES, "文昌社区全年比新桥社区多回收〔62|72〕台。"),
    (HALVES, "从合计看，下半年比上半年增长〔61.0|51.0〕%。"),
    (HALVES, "新桥社区下半年比上半年增长〔11.0|21.0〕%。"),
    (HALVES, "文昌社区上半年的回收量是望江社区的〔1.06|1.60〕倍。"),
    (HALVES, "文昌社区占全部的〔34.7|43.7〕%。"),
    (HALVES, "平均每个社区回收〔522|552〕台。"),
    (WORKS, "高坪乡、龙泉镇植树造林合计〔169|179〕亩，居前列。"),
    (WORKS, "龙泉镇和高坪乡植树造林占全县的〔69.3|63.9〕%。"),
    (WORKS, "高坪乡修路比龙泉镇多〔2|3〕公里。"),
    (PEOPLE, "西河村人口比东河村少〔122|132〕人。"),
    (PEOPLE, "东河村户均〔3.3|3.8〕人。"),
)
OF_OTHERS = (
    (HALVES, "新桥社区去年下半年比上半年多60台。"),  # another year
    (HALVES, "文昌社区比新桥社区多3个网格。"),  # another measure: 3 is absurd for any column
    (WORKS, "高坪乡、龙泉镇等合计300亩。"),  # and others
    (WORKS, "龙泉镇比上年多栽15亩。"),  # against its own past
)


def with_prose(rows: list[list[str]], sentence: str) -> list[tuple[str, Format]]:
    return [(f"各地情况\n\n{write(rows)}\n\n{sentence}\n", form) for write, form in WRITERS]


@pytest.mark.parametrize(("rows", "sentence"), TOLD)
def test_what_is_worked_out_from_a_table_must_come_of_its_cells(rows: list[list[str]], sentence: str) -> None:
    for text, form in with_prose(rows, TWO.sub(r"\1", sentence)):
        assert wrong(text, form) == []
        assert any(finding.spans[-1].end > len(text) - len(sentence) for finding in found(text, form))
    for text, form in with_prose(rows, TWO.sub(r"\2", sentence)):
        assert len(wrong(text, form)) == 1


def test_a_least_that_the_smallest_row_is_said_to_reach_is_held_against_it() -> None:
    told = "按任务书，每个单位植树造林不得少于〔70|78〕亩，沙河镇数量最少，也已达标。"
    for text, form in with_prose(WORKS, TWO.sub(r"\1", told)):
        assert wrong(text, form) == []
    for text, form in with_prose(WORKS, TWO.sub(r"\2", told)):
        assert [finding.type for finding in wrong(text, form)] == ["limit"]


@pytest.mark.parametrize(("rows", "sentence"), OF_OTHERS)
def test_what_is_told_of_others_is_not_held_against_the_table(rows: list[list[str]], sentence: str) -> None:
    for text, form in with_prose(rows, sentence):
        assert wrong(text, form) == []
