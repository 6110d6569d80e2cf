"""Numbers that a page, a speaker or a table writes in an unusual way, and look-alikes that are none."""

import pytest

from tests.growth import grows_as_its_input
from tests.reading.support import claims


def texts(text: str) -> list[str]:
    return [claim.text for claim in claims(text)]


@pytest.mark.parametrize("text", ["0 年", "共 3 户", "亩均 2 元/亩", "1 %", "5 个百 分点"])
def test_a_torn_measure_word_at_the_very_end_of_a_text_is_read_and_breaks_nothing(text: str) -> None:
    assert all(text[claim.span.start : claim.span.end] == claim.text for claim in claims(text))


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("今年杨梅收入86万4千元。", "86万4千元", 864_000, "元"),
        ("全馆新增藏书3万2400册。", "3万2400册", 32_400, "册"),
        ("涉及农民工9万6千人。", "9万6千人", 96_000, "人"),
        ("总投资1亿2000万元。", "1亿2000万元", 120_000_000, "元"),
        ("比上年增长一成半。", "一成半", 15, "%"),
        ("全 市 共 有 公 共 机 构 1 286 家 。", "1 286 家", 1286, "家"),
    ],
)
def test_a_number_in_two_scales_or_with_a_half_is_one_number(text: str, span: str, value: int, unit: str) -> None:
    (claim,) = claims(text)
    assert (claim.text, claim.value, claim.unit) == (span, value, unit)


def test_cells_of_a_row_are_never_taken_for_the_thousands_of_one_number() -> None:
    assert texts("甲村 120 340件") == ["340件"]


def test_a_row_of_a_table_is_never_joined_with_the_next() -> None:
    page = (
        "<table><tr><td>机关</td><td>18</td><td>58,200</td></tr><tr><td>学校</td><td>12</td><td>910</td></tr></table>"
    )
    assert [claim.text for claim in claims(page, "html")] == ["18", "58,200", "12", "910"]


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("全部件次均未超过5天。", "at_most"),
        ("到会人数不得少于应到的三分之二。", "at_least"),
        ("报名约为上年60人的2.1倍。", "about"),
        ("十一个村收入全部过十万元。", "over"),
    ],
)
def test_words_that_bound_a_number_are_heard_from_a_little_way_off(text: str, approx: str) -> None:
    assert claims(text)[-1].approx == approx


@pytest.mark.parametrize(
    "text",
    [
        "村级采购5000元以上的，须经村务监督委员会审核。",
        "进度低于80%的须报送书面说明。",
        "以上5项任务，请认真落实。",
        "大家三番五次上山清渠。",
        "弘扬二十四字核心价值观。",
        "会议有三项议程。",
        "甲乙丙、丁戊己，两类共计如下。",
        "市政协五次会议召开，省委员会三次全体会议闭幕。",
    ],
)
def test_thresholds_back_references_and_idioms_are_no_claims(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("“头一年只有十来户肯跟着干。”老支书说。", "十来户"),
        ("我们73名党员都报了名。", "73名"),
        ("前前后后用了二百一十多个工。", "二百一十多个"),
        ("全县组建抢险队伍十八支。", "十八支"),
        ("村里有一百六十户人家。", "一百六十户"),
        ("“时间银行”兑换1860次。", "1860次"),
        ("接到呼叫后5分钟内出动。", "5分钟"),
        ("平均响应从25分钟缩短了。", "25分钟"),
        ("全村上下一条心，投入三百二十万元。", "三百二十万元"),
    ],
)
def test_what_only_looks_like_a_name_or_an_order_is_a_claim(text: str, span: str) -> None:
    assert span in texts(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("完成预算25亿元的85%。", ["norm", "ratio"]),
        ("年末余额占限额92.5%。", ["ratio"]),
        ("全年下达资金4550万元。", ["amount"]),
        ("下达发展党员任务50名。", ["norm"]),
        ("三、下一步打算\n对参与抢险的2380人进行慰问。", ["count"]),
    ],
)
def test_a_plan_is_told_from_what_is_measured_against_it(text: str, kinds: list[str]) -> None:
    assert [claim.kind for claim in claims(text)] == kinds


def test_an_arrow_before_a_number_in_a_cell_makes_it_a_change() -> None:
    table = (
        "|指标|上年|本年|增幅|\n|--|--|--|--|\n|公路|64.0|80.0|↑25.0%|\n|危房|75|30|↓60.0%|\n|床位|160|208|↑30.0%|\n"
    )
    assert [claim.kind for claim in claims(table, "md") if "%" in claim.text] == ["change"] * 3


def test_a_list_of_figures_without_a_sentence_is_the_document_itself() -> None:
    text = "个人述职\n编发信息：236篇\n— 采用：187篇\n参加会议：58次\n驻村：120天\n"
    assert texts(text) == ["236篇", "187篇", "58次", "120天"]


def test_a_temperature_below_zero_keeps_its_sign() -> None:
    assert [(claim.text, claim.value) for claim in claims("夜里气温降到-11℃。")] == [("-11℃", -11)]


def test_sessions_of_a_congress_and_places_open_round_the_clock_are_names() -> None:
    assert texts("县十九届人大五次会议确定了目标。") == []
    assert texts("建成24小时驿站21座。") == ["21座"]


def test_not_less_in_size_is_a_lower_bound() -> None:
    assert claims("通道宽度不得小于4米。")[0].approx == "at_least"


@pytest.mark.parametrize(
    "shape", ["一、计划\n", "一、下一步打算\n完成12个。\n", "12\n", "办结\t12\t", "5%", "7", "（", "。", "\n", "1,"]
)
def test_time_grows_with_the_length_whatever_the_shape(shape: str) -> None:
    assert grows_as_its_input(lambda signs: claims(shape * (signs // len(shape))), 2_500, 40_000)


def test_a_measure_word_after_a_wrap_behind_more_than_belongs_to_the_number() -> None:
    assert texts("宣传时\n悬挂横幅60余\n条，发放资料80份。") == ["60余\n条", "80份"]


def test_meetings_of_a_committee_are_counted_though_its_sessions_are_numbered() -> None:
    assert texts("支部党员大会4次、支部委员会12次、党小组会24次。召开村民委员会６次。") == [
        "4次",
        "12次",
        "24次",
        "６次",
    ]


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("全年收入一万五千二百万元。", "一万五千二百万元", 152_000_000, "元"),
        ("全县投入三亿一万五千二百万元。", "三亿一万五千二百万元", 452_000_000, "元"),
        ("全县用电五千六百七十一万千瓦时。", "五千六百七十一万千瓦时", 56_710_000, "千瓦时"),
        ("屋顶光伏装了五十千瓦。", "五十千瓦", 50, "千瓦"),
        ("今年衬砌渠道七公里半。", "七公里半", 7.5, "公里"),
        ("分到地两亩半，都种上了。", "两亩半", 2.5, "亩"),
        ("今年多了两万五，都存进了账上。", "两万五", 25_000, None),
        ("三天之内给说法。", "三天", 3, "天"),
    ],
)
def test_a_number_as_it_is_spoken_is_one_number(text: str, span: str, value: float, unit: str | None) -> None:
    (claim,) = claims(text)
    assert (claim.text, float(claim.value or 0), claim.unit) == (span, value, unit)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("从1180人次到7080人次，增长了5倍。", ["1180人次", "7080人次", "5倍"]),
        ("由一百二十件到一百八十件，多了六十件。", ["一百二十件", "一百八十件", "六十件"]),
        ("每村从3个到5个不等。", ["3个到5个"]),
        ("每村配3个至5个网格员。", ["3个至5个"]),
        ("资助从200元到500元之间。", ["200元到500元"]),
    ],
)
def test_what_something_rose_from_and_to_are_two_numbers_and_a_range_is_one(text: str, numbers: list[str]) -> None:
    assert texts(text) == numbers
