"""Figures told again: their noun moved, in the title, or by the row of a table; and cells that look like years."""

import pytest

from gangmu.reading.values import Format
from tests.reading.arithmetic import found, words, wrong
from tests.reading.support import spans

ROADS = (
    "# 农村公路建设通报\n\n|乡镇|计划|完成|\n|:--|--:|--:|\n|洪山镇|60|51|\n|石门镇|50|41|\n|高桥乡|48|36|\n|合计|158|128|\n\n"
    "高桥乡进度最慢，石门镇完成{done}公里，位居第二。\n"
)
VISITS = (
    "# 开放情况\n\n| 站 | 建成年 | 参加人次 | 增减 |\n|---|---|---|---|\n| 城关 | 1998 | 2090 | +12 |\n"
    "| 石桥 | 2003 | 1986 | -8 |\n| 合计 | — | {total} | +4 |\n"
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("下设管理所5个，在职职工64人。\n\n二、用水情况\n全处46名在职职工分片包干，受理申请436件。", ["64人", "46名"]),
        (
            "党总支现有党员七十六名。\n（一）全年开展主题党日12次。\n总支六十七名党员人人有岗。",
            ["七十六名", "六十七名"],
        ),
        (
            "云岭景区国庆假期接待游客18.6万人次\n国庆假期，全县共接待游客32.4万人次。其中云岭景区接待游客16.8万人次。",
            ["18.6万人次", "16.8万人次"],
        ),
    ],
)
def test_a_figure_told_again_with_its_digits_changed_about_is_found(text: str, numbers: list[str]) -> None:
    assert [words(text, f) for f in wrong(text)] == [numbers]


@pytest.mark.parametrize("text", [
    "支部38名党员，六十岁以上的17名，高中以上文化的15名，这几本账各算各的，不要加在一起。",
    "下设管理所5个，在职职工64人。\n\n二、用水情况\n全处64名在职职工分片包干。",
    "处理机构43家，其中约谈30家、暂停协议9家、行政处罚12家，部分机构同时受到两种处理。",
])  # fmt: skip
def test_rows_of_one_sentence_and_parts_that_overlap_are_left_alone(text: str) -> None:
    assert wrong(text) == []


def test_the_cell_of_a_row_told_otherwise_in_prose_is_found() -> None:
    assert wrong(ROADS.format(done=41), "md") == []
    text = ROADS.format(done=44)
    assert [words(text, f) for f in wrong(text, "md")] == [["41", "44公里"]]


def test_cells_that_look_like_years_or_carry_a_sign_are_numbers_under_their_heading() -> None:
    form: Format = "md"
    assert spans(VISITS.format(total=4076), form) == ["2090", "12", "1986", "-8", "4076", "4"]
    assert wrong(VISITS.format(total=4076), form) == []
    assert [f.type for f in wrong(VISITS.format(total=4176), form)] == ["sum"]


def test_a_share_of_a_part_is_taken_of_the_whole_its_row_makes_up() -> None:
    text = "柳湾村120亩，占30%；石桥村280亩，占70%；合计400亩。"
    assert wrong(text) == []
    assert sorted(f.type for f in found(text)) == ["share", "share", "sum"]
