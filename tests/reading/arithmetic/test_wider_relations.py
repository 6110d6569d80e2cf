"""Relations told across rows, items, sections and torn lines: true ones stay silent, false ones are found."""

import pytest

from gangmu.reading.values import Format
from tests.reading.arithmetic import words, wrong

MARKED = (
    "|指标|2024年|2025年|增幅|\n|--|--|--|--|\n|公路|64|80|{}25.0%|\n|危房|75|30|{}60.0%|\n|床位|160|208|{}30.0%|\n"
)
FLAT = "主要指标对比\n指标\n2024年\n2025年\n同比\n信访\n1560件\n1326件\n-15.0%\n网访\n640件\n736件\n15.0%\n办结率\n94.6%\n97.8%\n{}\n"
VOTES = "|姓名|优秀|称职|不称职|总票数|\n|--|--|--|--|--|\n|甲|52|11|1|64|\n|乙|48|14|2|64|\n|丙|45|{}|2|64|\n|丁|40|20|4|64|\n"
SPREAD = (
    "学院      申请    新增\n机电学院   240    36\n化工学院   180    27\n文法学院   320    56\n合  计    740    {}\n"
)


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("应到党员：98人　实到：91人　请假：9人", "difference", ["98人", "91人", "9人"]),
        ("应到成员7人，实到7人，请假1人。", "difference", ["7人", "7人", "1人"]),
        ("发出表决票91张，收回91张，有效票92张。", "part_of", ["91张", "92张"]),
        ("办理提案15件，满意14件，基本满意2件。", "sum", ["15件", "14件", "2件"]),
        ("登记在册315人，其中社区戒毒90人、社区康复235人。", "sum", ["315人", "90人", "235人"]),
        ("15个断面中，Ⅰ—Ⅲ类断面14个，占93.3%；Ⅳ类2个。", "sum", ["15个", "14个", "2个"]),
        ("总长3.6公里，已经铺好2公里，还剩1.8公里。", "difference", ["3.6公里", "2公里", "1.8公里"]),
        ("214个行政村中有后备干部的188个，尚缺后备干部的36个。", "difference", ["214个", "188个", "36个"]),
        ("目标12万亩，建成9.6万亩，完成88%。", "share", ["12万亩", "9.6万亩", "88%"]),
        ("短收3.7亿元，全年收入21.3亿元，完成预算25亿元的95.2%。", "share", ["21.3亿元", "25亿元", "95.2%"]),
        ("每班人数均不超过50人，人数最多的一班58人。", "limit", ["50人", "58人"]),
        ("全县党员31560名，比上年增加。\n今年，全县31650名党员佩戴党徽。", "repeat", ["31560名", "31650名"]),
        ("发展稻渔综合种养5200亩。\n稻渔种养5800亩面积中，机械化只占35%。", "repeat", ["5200亩", "5800亩"]),
        ("上报5350起，其中纠纷450起，群众满意率98.1%。\n一年来，群众满意率达到91.8%。", "repeat", ["98.1%", "91.8%"]),
    ],
)
def test_a_false_relation_is_found_however_it_is_told(text: str, kind: str, numbers: list[str]) -> None:
    assert (kind, numbers) in [(f.type, words(text, f)) for f in wrong(text)]


@pytest.mark.parametrize(
    "text",
    [
        "应到党员：98人　实到：91人　请假：7人",
        "发出表决票91张，收回91张，有效票90张。",
        "办理提案15件，满意13件，基本满意2件。",
        "登记在册325人，其中社区戒毒90人、社区康复235人。",
        "目标12万亩，建成9.6万亩，完成80%。",
        "总长3.8公里，已经铺好2公里，还剩1.8公里。",
        "开展服务128场；理发、义诊、维修三类服务最受欢迎，分别为41场、33场、22场。",
        "检查点位250个，发现问题136个，其中纪律问题38个、作风问题57个、服务问题41个。",
        "教育支出12.40亿元，卫生健康支出6.85亿元，社保和就业支出9.10亿元。",
        "1.企业开办：1860件申请均在1天内办结。\n2.医保报销：全部未超过5天，最慢的一件用了4天。",
        "人均收入24640元，上年22400元，增长10%，高出全县平均增幅1.8个百分点。",
        "投入三百二十万元，其中县级一百八十万元，乡级九十五万元，群众四十五万元。",
        "一般线索5日内、复杂线索15日内办结；办理用时都在15日以内，最长的一条为13日。",
        "村集体收入1368万元，比上年增长20%，村均72万元；超过50万元的村14个，占73.7%。",
    ],
)
def test_a_true_one_and_what_asserts_none_stay_silent(text: str) -> None:
    assert [f.working for f in wrong(text)] == []


@pytest.mark.parametrize(
    ("text", "form", "numbers"),
    [
        (MARKED.format("↑", "↑", "↑"), "md", ["75", "30", "60.0%"]),
        (VOTES.format(18), "md", ["45", "18", "2", "64"]),
        (SPREAD.format(134), "txt", ["36", "27", "56", "134"]),
        (FLAT.format("3.2%"), "txt", ["94.6%", "97.8%", "3.2%"]),
    ],
)
def test_a_false_cell_is_found(text: str, form: Format, numbers: list[str]) -> None:
    assert [words(text, f) for f in wrong(text, form)] == [numbers]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (MARKED.format("↑", "↓", "↑"), "md"),
        (VOTES.format(17), "md"),
        (SPREAD.format(119), "txt"),
        (FLAT.format("3.2个百分点"), "txt"),
    ],
)
def test_a_true_table_stays_silent(text: str, form: Format) -> None:
    assert [f.working for f in wrong(text, form)] == []


def test_a_case_is_held_against_the_last_limit_before_it_only() -> None:
    text = "一般线索5日内、复杂线索15日内办结，最长的一条为23日。"
    assert [words(text, f) for f in wrong(text)] == [["15日", "23日"]]


DONATIONS = "全县46个单位捐款{}元。\n\n|类别|单位数|金额（元）|\n|--|--|--|\n|机关|18|58,200|\n|学校|28|128,300|\n|合计|46|186,500|\n"


def test_a_total_told_otherwise_in_the_prose_is_found_and_told_alike_is_silent() -> None:
    assert [words(DONATIONS.format("168,500"), f) for f in wrong(DONATIONS.format("168,500"), "md")] == [
        ["168,500元", "186,500"]
    ]
    assert wrong(DONATIONS.format("186,500"), "md") == []


def test_parts_that_make_up_a_whole_told_before_are_shares_of_it() -> None:
    text = "共发现问题136个，其中重点问题38个。\n整改情况：立行立改102个，占{}%；限期整改34个。"
    assert [words(text.format("78.0"), f) for f in wrong(text.format("78.0"))] == [["136个", "102个", "78.0%"]]
    assert wrong(text.format("75.0")) == []
