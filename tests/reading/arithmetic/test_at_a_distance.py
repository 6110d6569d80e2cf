"""Limits and their cases, averages and proportions told apart: in every text 〔the right number|a wrong one〕."""

import pytest

from tests.reading.arithmetic import TWO, found, words, wrong

SENTENCES = (
    "紧急诉求应在2小时内到场处置。\n8月14日，一处水管爆裂，抢修队接单后〔1.5|3.5〕小时才到场，系统登记为“按时到场”。",
    "信访事项应当在60日内办结；石桥村补偿案自受理到办结用了〔54|74〕日，通报材料写作“按期办结”。",
    "合同约定，单项变更增加额不得超过合同价的5%。滨河路项目变更增加额占合同价的〔4.8%|7.8%〕，审核认为符合约定。",
    "公用经费不得超过财政拨款的30%。全局公用经费占财政拨款的〔28%|34%〕。",
    "全乡财政总收入预算5200万元。拟安排民生实事项目8个，投资1240万元，平均每个项目〔155|165〕万元。",
    "计划培训农民20期，经费60万元，平均每期〔3|4〕万元。",
    (
        "全县地区生产总值186.4亿元，增长5.8%。其中第一产业增加值27.6亿元。按年末常住人口计算，人均地区生产总值〔65634|56634〕元。\n"
        "年末户籍人口312480人。年末常住人口28.4万人，其中城镇常住人口15.2万人。"
    ),
    "城镇居民人均收入4.12万元，农村居民人均收入2.06万元，城乡居民收入比为〔2.0|2.4〕（以农村居民为1）。",
    "满意的占百分之八十七点五，比上年的81.5%上升了〔6|5〕个百分点。",
    "新增會員36人，較上年底的400人成長〔9％|8.3％〕。",
    "土地流转廿八户，面积五百六十亩，户均〔廿|廿二〕亩。",
    "回收廢紙12.4公噸、廢鐵5.8公噸、塑膠3.6公噸，共計〔21.8|22.8〕公噸。",
)


def told(sentence: str, which: int) -> str:
    return TWO.sub(lambda found: found[which], sentence)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_wrong_number_is_found_and_the_right_one_is_not(sentence: str) -> None:
    assert wrong(told(sentence, 1)) == []
    stated = TWO.search(sentence)
    assert stated is not None
    text = told(sentence, 2)
    assert any(any(stated[2] in one for one in words(text, each)) for each in wrong(text))


SILENT = (
    # The limit is of another thing, of another base, or its breach is owned up to.
    "人员经费不得超过总支出的30%。公用经费占总支出的40%。",
    "变更增加额不得超过合同价的5%。变更增加额占概算的7.8%。",
    "信访事项应当在60日内办结；石桥村一案用了74日，受到全市通报。",
    "紧急诉求应在2小时内到场。\n8月14日，抢修队接单后3.5小时才修好水管。",
    # Two populations, two products: nobody knows which was taken.
    "地区生产总值186.4亿元，上年地区生产总值175亿元。常住人口28.4万人。按年末常住人口计算，人均地区生产总值56634元。",
    "地区生产总值186.4亿元。常住人口28.4万人，上年末常住人口30万人。按年末常住人口计算，人均地区生产总值56634元。",
    # By the mean population of the year, as statistics offices do.
    "地区生产总值186.4亿元。年末常住人口28.4万人。人均地区生产总值63200元。",
    # A proportion counts nothing and adds to nothing.
    "男性120人，女性100人，男女性别比为1.2。",
    "本科生60人，教师40人，师生比为0.8。",
    "新增就业3600人，比上年的3000人增长20%。",
    # Rounded to whole percents both ways.
    "满意的占百分之八十七，比上年的81.5%上升了5个百分点。",
    # A gap to a plan is none to last year.
    "完成年度任务2400件的112.5%，超任务300件。上年同期发放1800件。",
)


@pytest.mark.parametrize("text", SILENT)
def test_what_cannot_be_known_is_not_called_wrong(text: str) -> None:
    assert wrong(text) == []


def test_a_product_a_head_far_from_its_operands_is_wrong_by_any_population() -> None:
    text = "地区生产总值186.4亿元。年末常住人口28.4万人。人均地区生产总值56634元。"
    assert [one.type for one in wrong(text)] == ["per"]


def test_a_proportion_may_be_taken_either_way_round() -> None:
    text = "农村居民人均收入2.06万元，城镇居民人均收入4.12万元，城乡居民收入比为2.0。"
    assert [(one.type, one.verdict) for one in found(text)] == [("multiple", "consistent")]
