"""Sentences with one wrong number: it is found, named by its kind, over the numbers that show it."""

import pytest

from tests.reading.arithmetic import words, wrong

SHARES = [
    ("全年受理群众诉求2460件，办结2386件，办结率98.9%。", ["2460件", "2386件", "98.9%"]),
    ("党员大会应到党员86名，实到79名，到会率95.3%。", ["86名", "79名", "95.3%"]),
    ("全镇共有党员1846名，其中女党员512名，占32.7%。", ["1846名", "512名", "32.7%"]),
    ("发放问卷500份，收回480份，回收率98%。", ["500份", "480份", "98%"]),
    ("排查隐患1240处，已整改1178处，整改率达到97%。", ["1240处", "1178处", "97%"]),
    ("据统计，有1187件已办结，占受理总数1233件的99.3%。", ["1187件", "1233件", "99.3%"]),
    ("全县查处问题80起，其中形式主义问题30起、享乐主义问题50起，分别占37.5%和72.5%。", ["80起", "50起", "72.5%"]),
    ("全年计划投资50250万元，已完成36180万元，占年度计划的82%。", ["50250万元", "36180万元", "82%"]),
    ("在1200户受访居民中，经常参加活动的有780户，占75%。", ["1200户", "780户", "75%"]),
    ("抽查村级项目64个，合格48个，合格率85%。", ["64个", "48个", "85%"]),
]
GROWTH = [
    ("集体经济收入由400万元增加到500万元，增长20%。", ["400万元", "500万元", "20%"]),
    ("今年接待来访152批，比上年同期的118批增长22.4%。", ["152批", "118批", "22.4%"]),
    ("全年发生纠纷120起，上年为150起，下降25%。", ["120起", "150起", "25%"]),
    ("受理投诉214件，比去年减少36件，下降16.8%。", ["214件", "36件", "16.8%"]),
    ("税收完成15036万元，同比增长30%（上年同期12030万元）。", ["15036万元", "30%", "12030万元"]),
    ("2023年培训干部300人，2024年培训干部360人，增长25%。", ["300人", "360人", "25%"]),
]
SUMS = [
    ("全年发展党员农村180名、机关90名、企业60名，共320名。", ["180名", "90名", "60名", "320名"]),
    ("慰问老党员12户、困难党员13户等，共20户。", ["12户", "13户", "20户"]),
    ("现有网格员1000名（专职600名、兼职380名）。", ["1000名", "600名", "380名"]),
    ("共受理诉求1200件，按类型分，咨询类500件，投诉类480件，建议类200件。", ["1200件", "500件", "480件", "200件"]),
    ("全县新建示范点20个，其中省级3个、市级6个、县级12个。", ["20个", "3个", "6个", "12个"]),
    ("甲、乙、丙三个村各栽树50棵，共栽树160棵。", ["50棵", "160棵"]),
    ("召开村民会议到会96人，其中男性52人，女性46人。", ["96人", "52人", "46人"]),
    (
        "县里拨付改造资金360万元，用于三个小区，分别为150万元、120万元、80万元。",
        ["360万元", "150万元", "120万元", "80万元"],
    ),
    ("全年接访230批，其中重复访60批，其余180批为初访。", ["230批", "60批", "180批"]),
]
OTHERS = [
    ("per", "投入帮扶资金500万元，惠及2000户，户均3500元。", ["500万元", "2000户", "3500元"]),
    ("per", "投入治理资金2.1亿元，清淤86公里，平均每公里投入344万元。", ["2.1亿元", "86公里", "344万元"]),
    ("per", "全区常住人口52.5万人，每千人口拥有床位8张，共有床位3150张。", ["52.5万人", "8张", "3150张"]),
    ("multiple", "培育合作社36家，是上年12家的4倍。", ["36家", "12家", "4倍"]),
    ("multiple", "进出口总额由0.8亿元增加到2.4亿元，增长3倍。", ["0.8亿元", "2.4亿元", "3倍"]),
    ("multiple", "村集体收入由480万元增加到720万元，翻了一番。", ["480万元", "720万元", "一番"]),
    ("points", "群众满意度由93.1%提升到97.6%，提高3.5个百分点。", ["93.1%", "97.6%", "3.5个百分点"]),
    ("points", "群众满意度由93.1%提升到97.6%，提高4.5%。", ["93.1%", "97.6%", "4.5%"]),
    ("points", "合作社由40家增加到50家，增加25个百分点。", ["40家", "50家", "25个百分点"]),
    ("part_of", "开展服务470次，其中周末服务612次。", ["470次", "612次"]),
    ("part_of", "全镇206名流动党员中有229名长期未参加组织生活。", ["206名", "229名"]),
    ("difference", "会议应到11人，实到9人，请假3人。", ["11人", "9人", "3人"]),
    ("difference", "受理诉求860件，办结817件，剩余53件正在办理。", ["860件", "817件", "53件"]),
    ("difference", "办理时限由12个工作日压缩到5个工作日，压缩8个工作日。", ["12个工作日", "5个工作日", "8个工作日"]),
    ("share", "家长满意率达到103%。", ["103%"]),
    ("unit", "全年培训党员6120人次，覆盖面不断扩大。\n下一阶段，对6120名参训党员进行回访。", ["6120人次", "6120名"]),
    ("repeat", "全市143个社区全部成立大党委。\n检查发现，146个社区中个别大党委不运行。", ["143个", "146个"]),
    ("repeat", "全县依托321个网格排查隐患。\n全县划分为312个网格，配备专职队伍。", ["321个", "312个"]),
    ("per", "奖励大学新生14人，每人2000元，共3.2万元。", ["14人", "2000元", "3.2万元"]),
    ("sum", "今年修路24.0万元，装路灯8.6万元，两项合计34.6万元。", ["24.0万元", "8.6万元", "34.6万元"]),
    ("share", "现有青年干部860名，其中女干部473名，超过七成。", ["860名", "473名", "七成"]),
    ("limit", "群众诉求3个工作日内办结，但一件供水诉求用时5个工作日。", ["3个工作日", "5个工作日"]),
]


@pytest.mark.parametrize(("text", "numbers"), SHARES)
def test_a_share_that_its_operands_do_not_give_is_found(text: str, numbers: list[str]) -> None:
    assert ("share", numbers) in [(f.type, words(text, f)) for f in wrong(text)]


@pytest.mark.parametrize(("text", "numbers"), GROWTH)
def test_a_rate_of_change_that_its_values_do_not_give_is_found(text: str, numbers: list[str]) -> None:
    assert ("growth", numbers) in [(f.type, words(text, f)) for f in wrong(text)]


@pytest.mark.parametrize(("text", "numbers"), SUMS)
def test_a_total_that_its_parts_do_not_give_is_found(text: str, numbers: list[str]) -> None:
    assert ("sum", numbers) in [(f.type, words(text, f)) for f in wrong(text)]


@pytest.mark.parametrize(("kind", "text", "numbers"), OTHERS)
def test_every_other_kind_of_error_is_found(kind: str, text: str, numbers: list[str]) -> None:
    assert (kind, numbers) in [(f.type, words(text, f)) for f in wrong(text)]


@pytest.mark.parametrize("text", [row[0] for row in SHARES + GROWTH + SUMS] + [row[1] for row in OTHERS])
def test_one_wrong_number_gives_one_contradiction(text: str) -> None:
    assert len(wrong(text)) == 1


def test_a_rate_of_change_taken_of_the_new_value_is_explained() -> None:
    (finding,) = wrong("集体经济收入由400万元增加到500万元，增长20%。")
    assert "基数" in finding.working
    assert "new value" in finding.working_en
    assert finding.computed == 25


def test_a_fall_told_as_a_rise_is_explained() -> None:
    (finding,) = wrong("矛盾纠纷由150起减少到120起，增长20%。")
    assert "方向" in finding.working


def test_percent_instead_of_points_is_explained() -> None:
    (finding,) = wrong("群众满意度由93.1%提升到97.6%，提高4.5%。")
    assert "百分点" in finding.working


def test_the_working_writes_the_arithmetic_out_in_both_languages() -> None:
    (finding,) = wrong("全年受理群众诉求1233件，办结1187件，办结率99.3%。")
    assert finding.working == "1187 ÷ 1233 = 96.27%，文中写作99.3%，对不上。"
    assert finding.working_en == "1187 ÷ 1233 = 96.27%; the text says 99.3%, which does not agree."


def test_the_stated_result_is_the_suspect() -> None:
    text = "全年受理群众诉求1233件，办结1187件，办结率99.3%。"
    (finding,) = wrong(text)
    assert finding.suspect is not None
    assert text[slice(*finding.suspect)] == "99.3%"


def test_a_figure_stated_differently_in_title_and_body_is_found() -> None:
    text = "青禾市化解矛盾纠纷3210起\n\n  今年以来，青禾市各级调解组织共化解矛盾纠纷3120起，社会大局平安稳定。\n"
    assert ("repeat", ["3210起", "3120起"]) in [(f.type, words(text, f)) for f in wrong(text)]


def test_an_error_across_paragraphs_is_found() -> None:
    text = "一、总体情况\n全年共收集群众诉求860件。\n二、办理情况\n这些诉求年底前办结817件，办结率达97%。\n"
    assert ("share", ["860件", "817件", "97%"]) in [(f.type, words(text, f)) for f in wrong(text)]
