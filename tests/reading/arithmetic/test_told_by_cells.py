"""What a number that stands in one cell of a table teaches of the numbers told behind it, and limits said to be kept."""

import random

import pytest

from gangmu.reading.values import Format
from tests.reading.arithmetic import TWO, found, words, wrong
from tests.reading.arithmetic.test_told_of_tables import WRITERS

LINES = [
    ["线路类别", "车辆（辆）", "客运量（万人次）", "里程（万公里）"],
    ["干线", "312", "486.2", "214.6"],
    ["支线", "208", "197.4", "158.3"],
    ["微循环", "70", "52.8", "36.1"],
]
MONTHS = [
    ["指标", "本月", "上月", "去年同月"],
    ["门诊量（人次）", "31,240", "29,360", "28,150"],
    ["出院人数（人）", "2,842", "2,796", "2,505"],
    ["手术例数（例）", "586", "602", "451"],
]
YEARS = [
    ["指标", "2023年", "2024年"],
    ["缴存额（亿元）", "28.42", "31.15"],
    ["提取额（亿元）", "12.30", "13.58"],
    ["贷款额（亿元）", "19.60", "18.45"],
]
TOLD = (
    (LINES, "干线运送486.2万人次，是支线的〔2.5|2.9〕倍。"),
    (LINES, "支线行驶158.3万公里，是微循环的〔4.4|4.9〕倍。"),
    (LINES, "干线配车312辆，比支线多〔104|114〕辆。"),
    (MONTHS, "门诊31240人次，环比增长〔6.4|8.4〕%，同比增长〔11.0|11.0〕%。"),
    (MONTHS, "出院2842人，环比增长〔1.6|1.6〕%，同比增长〔13.5|15.3〕%。"),
    (MONTHS, "手术586例，环比下降〔2.7|4.7〕%。"),
    (YEARS, "提取13.58亿元，比上年多〔1.28|1.82〕亿元。"),
)
OF_OTHERS = (
    (LINES, "干线运送480.2万人次，是支线的2.9倍。"),  # no cell
    (LINES, "干线运送486.2万人次，是十年前的2.9倍。"),  # no row
    (LINES, "干线运送486.2万人次。车辆是支线的1.5倍。"),  # told in another sentence
    (MONTHS, "门诊31240人次，比前年增长30.1%。"),  # no column
    (YEARS, "提取13.58亿元，比预算多0.47亿元。"),  # neither row nor time
)


def told_under(rows: list[list[str]], sentence: str) -> list[tuple[str, Format]]:
    return [(f"运行情况\n\n情况见下表。\n\n{write(rows)}\n\n{sentence}\n", form) for write, form in WRITERS[:3]]


@pytest.mark.parametrize(("rows", "sentence"), TOLD)
def test_a_number_that_is_one_cell_says_what_is_told_behind_it(rows: list[list[str]], sentence: str) -> None:
    for text, form in told_under(rows, TWO.sub(r"\1", sentence)):
        assert wrong(text, form) == []
        assert any(finding.spans[-1].end > len(text) - len(sentence) for finding in found(text, form))
    for text, form in told_under(rows, TWO.sub(r"\2", sentence)):
        assert len(wrong(text, form)) == 1, text


@pytest.mark.parametrize(("rows", "sentence"), OF_OTHERS)
def test_a_number_of_another_base_is_not_held_against_the_table(rows: list[list[str]], sentence: str) -> None:
    for text, form in told_under(rows, sentence):
        assert wrong(text, form) == []


@pytest.mark.parametrize("seed", range(4))
def test_a_column_headed_by_what_it_is_a_share_of_is_held_against_the_total(seed: int) -> None:
    dice = random.Random(seed)
    counts = [dice.randint(120, 980) for _ in range(4)]
    total = sum(counts)
    names = dice.sample(("婚姻", "邻里", "物业", "损害", "劳动", "欠款"), 4)
    rows = [[name, str(n), f"{n / total * 100:.1f}%"] for name, n in zip(names, counts, strict=True)]
    table = [["类型", "受理数", "占受理总数"], *rows, ["合计", str(total), "100%"]]
    for text, form in told_under(table, "以上情况已核对。")[::2]:
        assert wrong(text, form) == []
    stated = f"{counts[1] / total * 100 + 2.3:.1f}%"
    rows[1][2] = stated
    for text, form in told_under(table, "以上情况已核对。")[::2]:
        assert stated in {one for finding in wrong(text, form) for one in words(text, finding)}


def test_a_column_of_areas_taken_up_is_no_column_of_shares() -> None:
    table = [["项目", "投资", "占地面积"], ["甲楼", "320", "45"], ["乙楼", "410", "58"], ["合计", "730", "103"]]
    for text, form in told_under(table, "以上情况已核对。"):
        assert wrong(text, form) == []


KEPT = (
    "街道规定，纠纷应在受理后{}个工作日内调结。抽查的纠纷平均用时2.2个工作日，时间最长的一起也在规定时限内，用了{}个工作日。",
    "农村故障到达现场不超过{}分钟。接到报修1246次，最长的一次因山路塌方用了{}分钟，全年抢修承诺兑现率100%。",
    "每名护理员照护老人不超过{}名，各站全部达到这一要求；其中任务最重的是锦江站的一名护理员，照护老人{}名。",
    "规范要求渠道边坡误差不超过{}%，实测最大误差出现在东支渠，为{}%，各支渠全部满足规范要求。",
    "每户补贴面积不超过{}平方米。抽查中，面积最大的柳林社区一户按{}平方米计发，经核对全部符合补贴规定。",
)
LEFT_OPEN = (
    "街道规定，纠纷应在受理后{}个工作日内调结。时间最长的一起用了{}个工作日，超过了规定时限，已作出检讨。",
    "农村故障到达现场不超过{}分钟。最长的一次停电检修用了{}小时，用户满意率100%。",
)


@pytest.mark.parametrize("sentence", KEPT)
@pytest.mark.parametrize("seed", range(3))
def test_the_worst_of_cases_said_to_keep_a_rule_keeps_it(sentence: str, seed: int) -> None:
    dice = random.Random(seed)
    limit = dice.randint(6, 40)
    right, broken = limit - dice.randint(1, 3), limit + dice.randint(1, limit // 2)
    assert [f for f in wrong(f"工作总结\n\n{sentence.format(limit, right)}\n") if f.type == "limit"] == []
    text = f"工作总结\n\n{sentence.format(limit, broken)}\n"
    assert "limit" in [f.type for f in wrong(text)], text


@pytest.mark.parametrize("sentence", LEFT_OPEN)
def test_a_worst_case_that_is_owned_up_to_or_of_another_thing_is_left_alone(sentence: str) -> None:
    text = f"工作总结\n\n{sentence.format(7, 9)}\n"
    assert wrong(text) == []


def test_two_digits_changed_about_in_a_figure_told_more_often_are_seen() -> None:
    lead = "公司秋粮收购工作结束，共收购稻谷46,500吨。\n\n售粮户没有意见。全年收购稻谷46,500吨，价格平稳。\n\n"
    assert wrong(f"工作总结\n\n{lead}秋粮总量46,500吨入仓，通风压力大。\n") == []
    text = f"工作总结\n\n{lead}秋粮总量45,600吨入仓，通风压力大。\n"
    assert ["45,600吨" in words(text, f) for f in wrong(text)] == [True]
    assert wrong(f"工作总结\n\n{lead}化肥库存45,600吨，供应充足。\n") == []


def test_the_column_is_meant_whose_heading_the_words_recall() -> None:
    table = [
        ["库点", "收购量（吨）", "售粮户次"],
        ["城关库", "12,400", "2,310"],
        ["码头库", "8,850", "1,940"],
        ["永丰库", "3,600", "790"],
    ]
    told = "城关库收得最多，是永丰库的〔3.4|4.3〕倍。"
    for text, form in told_under(table, TWO.sub(r"\1", told)):
        assert wrong(text, form) == []
    for text, form in told_under(table, TWO.sub(r"\2", told)):
        assert [f.type for f in wrong(text, form)] == ["multiple"]


def test_the_total_of_a_column_called_by_its_heading_is_told_with_its_digits_in_order() -> None:
    table = [
        ["支出项目", "10月", "11月"],
        ["肉禽", "91,000", "84,000"],
        ["蔬菜", "96,400", "95,500"],
        ["合计", "187,400", "179,500"],
    ]
    told = "据统计，11月的支出〔179,500|197,500〕元低于10月。"
    for text, form in told_under(table, TWO.sub(r"\1", told)):
        assert wrong(text, form) == []
    for text, form in told_under(table, TWO.sub(r"\2", told)):
        assert [f.type for f in wrong(text, form)] == ["repeat"]


def test_a_rate_told_of_a_row_that_the_clause_before_names_is_taught_by_the_other() -> None:
    table = [
        ["乡镇", "下达（万元）", "拨付（万元）"],
        ["柳河镇", "820.00", "764.50"],
        ["白马乡", "512.00", "431.60"],
        ["双溪乡", "398.00", "372.70"],
    ]
    told = "从进度看，双溪乡最快，拨付率为93.6%；白马乡最慢，只有〔84.3|88.3〕%。"
    for text, form in told_under(table, TWO.sub(r"\1", told)):
        assert wrong(text, form) == []
    for text, form in told_under(table, TWO.sub(r"\2", told)):
        assert [f.type for f in wrong(text, form)] == ["share"]
