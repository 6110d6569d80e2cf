"""The guideline for claims, paragraph by paragraph, in tables."""

from decimal import Decimal
from itertools import pairwise

import pytest

from tests.reading.support import claims, only, reading, spans

SPANS = [
    ("支委会每月召开不少于2次。", ["2次"]),
    ("拨付近5000万元用于改造。", ["5000万元"]),
    ("90%以上的党员参加了培训。", ["90%"]),
    ("筹集20多万元修路。", ["20多万元"]),
    ("培训15 万余人次。", ["15 万余人次"]),
    ("投诉下降5个百分点。", ["5个百分点"]),
    ("补助800元/亩。", ["800元/亩"]),
    ("服务48.7万群众。", ["48.7万"]),
    ("甲、乙等九大乡村共富项目开工。", ["九"]),
    ("提供五大类26项服务。", ["五大类", "26项"]),
    ("全家36口人搬迁。", ["36口"]),
    ("过半党员参加了活动。", ["半"]),
    ("问题有一半已整改。", ["一半"]),
    ("筹资近亿元。", ["亿元"]),
    ("上交8600\n- 2 -\n余元，已公示。", ["8600\n- 2 -\n余元"]),
    ("建成A馆1个、B馆5个、C馆3个。", ["1个", "5个", "3个"]),
    ("辐射18个乡镇208个行政村。", ["18个", "208个"]),
]


@pytest.mark.parametrize(("text", "expected"), SPANS)
def test_a_span_is_numeral_multiplier_inner_approximator_and_unit(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


KINDS = [
    ("收集诉求1233件。", "count"),
    ("培训15天。", "count"),
    ("平均用时1.5个工作日。", "count"),
    ("投入资金2.8亿元。", "amount"),
    ("每月发放1000元。", "amount"),
    ("人均收入18600元。", "amount"),
    ("办结率96.3%。", "ratio"),
    ("五成党员报名。", "ratio"),
    ("三分之二的村达标。", "ratio"),
    ("产量增长30%。", "change"),
    ("比例下降5个百分点。", "change"),
    ("事故同比减少16起。", "change"),
    ("党员净增120名。", "change"),
    ("增幅达40%。", "change"),
    ("收入翻一番。", "change"),
    ("联系群众每月不少于2次。", "norm"),
    ("每季度至少开会一次。", "norm"),
    ("承诺15分钟响应。", "norm"),
    ("每亩800元的补助标准。", "norm"),
    ("下达目标任务50名。", "norm"),
    ("计划新建12个网格。", "norm"),
    ("新增30户。", "count"),
    ("减少至15户。", "count"),
    ("满意率提高到95%。", "ratio"),
    ("做到了3天内办结。", "count"),
    ("工单3个工作日内办结。", "norm"),
    ("聘期为3年。", "norm"),
    ("收入是五年前的2倍。", "change"),
    ("人均收入是全省平均的1.5倍。", "ratio"),
    ("地区生产总值15.3亿。", "amount"),
    ("还差3次。", "count"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_a_kind_follows_from_the_words_around_the_number(text: str, kind: str) -> None:
    assert only(text).kind == kind


def test_a_total_that_rose_is_amount_then_change() -> None:
    assert [claim.kind for claim in claims("产值3.6亿元,增长12%。")] == ["amount", "change"]


def test_numbers_under_a_heading_about_what_is_to_be_done_are_norms() -> None:
    text = "工作报告\n同志们：\n一、去年工作\n去年新建驿站12个。\n二、下一步打算\n新建驿站30个，培训骨干500名。\n"
    assert [claim.kind for claim in claims(text)] == ["count", "norm", "norm"]


NOT_CLAIMS = [
    "2024年5月6日召开会议。",
    "1-7月份情况如下。",
    "5月6—8日举行。",
    "会议14:30开始。",
    "五年来成绩显著。",
    "上半年形势稳定。",
    "庆祝建党100周年。",
    "20xx年度工作。",
    "二〇二四年十二月。",
    "X月X日前完成。",
    "省第XX次党代会召开。",
    "八届四次全会精神。",
    "第二批主题教育。",
    "总分排名第一。",
    "前5名受表彰。",
    "后三名被约谈。",
    "住在5号楼。",
    "见表2。",
    "《关于进一步加强的若干措施》（青办〔2024〕12号）",
    "落实三会一课制度。",
    "做到两个维护。",
    "一把手负总责。",
    "任第一书记。",
    "两新组织建设。",
    "照顾五保户。",
    "推行四议两公开。",
    "三个“一号工程”。",
    "入选百优案例。",
    "获一等奖。",
    "评为四星级。",
    "建设三级网格。",
    "抓好三支队伍。",
    "推出“惠企20条”。",
    "拨打12345热线。",
    "提供24小时服务。",
    "一是加强学习。二要抓好落实。",
    "讲三点意见。",
    "体现在三个方面。",
    "把握四个原则。",
    "人有三种境界。",
    "实施四大举措。",
    "甲村、乙村、丙村三个村。",
    "这5位书记。",
    "他们五人。",
    "上述3个单位。",
    "建成一个广场，组建一支队伍。",
    "培养35岁以下青年。",
    "60分以下的单位被通报。",
    "逾期5天的，予以通报。",
    "连续三次垫底的，约谈。",
    "近三年来变化很大。",
    "三年行动方案印发。",
    "办成几件实事。",
    "投入几十万元。",
    "多次调研。",
    "千方百计增收。",
    "一碗水端平。",
    "时间过半、任务过半。",
    "避免两张皮。",
    "落实中央八项规定。",
    "打通最后一公里。",
    "编号为20240012。",
    "监督电话：12317。",
    "PM2.5浓度下降。",
    "推行“1+3+N”模式。",
    "零距离服务，从零起步。",
    "三天打鱼两天晒网。",
    "一年一度的盛会。",
    "一村一策。",
]


@pytest.mark.parametrize("text", NOT_CLAIMS)
def test_numerals_that_name_order_date_or_delimit_are_no_claims(text: str) -> None:
    assert spans(text) == []


BORDERLINE = [
    ("设立9个片区。", ["9个"]),
    ("举办六届职工运动会。", ["六届"]),
    ("两次听取汇报。", ["两次"]),
    ("三度入选典型。", ["三度"]),
    ("覆盖三个街道。", ["三个"]),
    ("是全省19个基层经验做法之一。", ["19个"]),
    ("五个试点之一。", ["五个"]),
    ("驻村蹲点40天。", ["40天"]),
    ("利用两天时间调研。", ["两天"]),
    ("开展为期三天的培训。", ["三天"]),
    ("连续三年获评先进。", ["三年"]),
    ("走访了一个多月。", ["一个多月"]),
    ("只有一名专干。", ["一名"]),
    ("设立1个工作站。", ["1个"]),
    ("每半年述职一次。", ["一次"]),
    ("承诺“15分钟响应、1天办结”。", ["15分钟", "1天"]),
    ("全年0投诉。", ["0"]),
    ("安全生产零事故。", ["零"]),
    ("同志们，xx6次受邀。", ["6次"]),
    ("全部在40岁以下。", ["40岁"]),
    ("其中：55岁以上的3名。", ["3名"]),
    ("村收入50万元以上的村占比28%。", ["28%"]),
    ("超过10万元的农户有20户。", ["20户"]),
    ("发现三个问题。", ["三个"]),
    ("……等六类问题。", ["六类"]),
    ("同比下降-3.5%。", ["-3.5%"]),
    ("近百名党员到场。", ["百名"]),
    ("上千人参加。", ["千人"]),
    ("七八十户受益。", ["七八十户"]),
]


@pytest.mark.parametrize(("text", "expected"), BORDERLINE)
def test_borderline_numerals_that_count_real_units_are_claims(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


READINGS = [
    ("覆盖8.6万人次。", 86000, None, "人次"),
    ("投入2.8亿元。", 280000000, None, "元"),
    ("流转两万三千亩。", 23000, None, "亩"),
    ("走访一百二十三户。", 123, None, "户"),
    ("用了半天时间。", "0.5", None, "天"),
    ("筹资近亿元。", 100000000, None, "元"),
    ("八成党员参加。", 80, None, "%"),
    ("三分之二的村。", "66.6667", None, "%"),
    ("一半已整改。", 50, None, "%"),
    ("百分之九十的党员。", 90, None, "%"),
    ("收入翻一番。", 100, None, "%"),
    ("收入翻两番。", 300, None, "%"),
    ("提高5个百分点。", 5, None, "个百分点"),
    ("是去年的2倍。", 2, None, "倍"),
    ("每组3-5个人。", 3, 5, "个"),
    ("七八十户受益。", 70, 80, "户"),
    ("每人0.5—2万元不等。", 5000, 20000, "元"),
    ("三至五个工作日。", 3, 5, "个工作日"),
    ("走访１，２３３户。", 1233, None, "户"),
    ("走访1,233,000件。", 1233000, None, "件"),
    ("共有60萬戶。", 600000, None, "戶"),
    ("完成３.５公里。", "3.5", None, "公里"),
    ("用電4.62億千瓦時。", 462000000, None, "千瓦時"),
    ("面积12平方公里。", 12, None, "平方公里"),
]


@pytest.mark.parametrize(("text", "value", "upper", "unit"), READINGS)
def test_value_and_unit_are_the_cleaned_reading(text: str, value: int | str, upper: int | None, unit: str) -> None:
    claim = only(text)
    assert (claim.value, claim.value_max, claim.unit) == (
        Decimal(value),
        None if upper is None else Decimal(upper),
        unit,
    )


APPROXIMATORS = [
    ("走访300余户。", "over"),
    ("超过300户。", "over"),
    ("逾300户。", "over"),
    ("突破300户。", "over"),
    ("过半村庄达标。", "over"),
    ("近300户。", "nearly"),
    ("将近300户。", "nearly"),
    ("接近300户。", "nearly"),
    ("约300户。", "about"),
    ("300户左右。", "about"),
    ("三十来户。", "about"),
    ("300户以上。", "at_least"),
    ("至少300户。", "at_least"),
    ("至少召开4次会议。", "at_least"),
    ("不超过3块。", "at_most"),
    ("3块以内。", "at_most"),
    ("不到300户。", "under"),
    ("不足三成。", "under"),
    ("约占党员的三成。", "about"),
    ("约300多人参加。", "over"),
    ("近80多家。", "over"),
    ("达300户。", None),
    ("累计300户。", None),
    ("仅300户。", None),
    ("附近300户。", None),
    ("签约300户。", None),
    ("节约300吨。", None),
]


@pytest.mark.parametrize(("text", "approx"), APPROXIMATORS)
def test_words_next_to_the_number_say_how_exact_it_is(text: str, approx: str | None) -> None:
    assert only(text).approx == approx


@pytest.mark.parametrize(
    ("text", "span", "unit"),
    [
        ("共有X名书记。", "X名", "名"),
        ("占比达xx%。", "xx%", "%"),
        ("发放*余本。", "*余本", "本"),
        ("党员**名。", "**名", "名"),
    ],
)
def test_a_placeholder_is_a_claim_without_value(text: str, span: str, unit: str) -> None:
    claim = only(text)
    assert (claim.text, claim.placeholder, claim.value, claim.unit) == (span, True, None, unit)


SUBJECTS = [
    ("收集群众诉求1233件。", "群众诉求", "收集"),
    ("走访3600余家企业。", "企业", "走访"),
    ("投入资金2.8亿元。", "资金", "投入"),
    ("办结率达到96.3%。", "办结率", "达到"),
    ("培育农村带头人71名。", "农村带头人", "培育"),
]


@pytest.mark.parametrize(("text", "subject", "action"), SUBJECTS)
def test_subject_and_action_are_literal_words_of_the_sentence(text: str, subject: str, action: str) -> None:
    claim = only(text)
    assert (claim.subject, claim.action) == (subject, action)
    assert claim.subject_span is not None
    assert text[claim.subject_span.start : claim.subject_span.end] == subject


def test_numbers_of_one_chain_share_a_group_and_mere_neighbours_do_not() -> None:
    chained = claims("收集诉求1233件，其中办结1187件，占96.3%。")
    assert len({claim.group for claim in chained}) == 1
    assert chained[0].group is not None
    apart = claims("投入资金2.8亿元，升级阵地420个。")
    assert [claim.group for claim in apart] == [None, None]


def test_claims_are_literal_in_order_and_never_overlap() -> None:
    text = (
        "# 报告\n今年以来，**走访**1,200\n余户，占比96.3%；<b>33</b>个村达标。\n| 村 | 户数 |\n|---|---|\n| 甲 | 12 |\n"
    )
    found = reading(text, "md").claims
    assert all(text[claim.span.start : claim.span.end] == claim.text for claim in found)
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
    assert [claim.text for claim in found] == ["1,200\n余户", "96.3%", "33</b>个", "12"]
