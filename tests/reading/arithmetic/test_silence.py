"""Sentences in which every number is right, or in which nothing is asserted: no alarm."""

import pytest

from tests.reading.arithmetic import found, wrong

CLEAN = [
    # parts rounded apart, figures cut off, operands in 万 and 亿 themselves rounded
    "全县共有企业1206家，其中一产33.3%、二产33.3%、三产33.3%。",
    "经济总量153.4亿元，其中一产21.2亿元、二产70.1亿元、三产62.0亿元。",
    "受理诉求1233件，办结1187件，办结率96.2%。",
    "发放补贴1.2万元中，已兑付1.1万元，兑付率90%。",
    "投入1.3亿元，惠及3.4万户，户均3700元。",
    # overlapping 其中 and open lists
    "新发展党员168名，其中35岁以下的121名、致富能手64名、女党员59名。",
    "全村1902人，其中外出务工713人、60岁以上老人402人、党员63人。",
    "办理民生实事62件，主要有照明14件、下水11件、垃圾9件等。",
    "共收到建议300条，涉及交通80条、教育60条等方面。",
    "走访甲村12户、乙村13户等，共走访47户。",
    "慰问老党员12户、困难党员13户等共47户。",
    "收集住房12件、医疗13件等五类问题，共47件。",
    # over 100 % of a plan
    "计划新建示范点50个，已建成56个，完成率112%。",
    "城镇新增就业3.2万人，完成目标任务的106.7%。",
    "完成投资312亿元，占年度计划的104%。",
    # different periods side by side
    "上半年接待群众1508批，7月份接待群众287批，去年全年接待群众2615批。",
    "一季度受理诉求300件，二季度受理诉求280件。",
    "去年培训干部300人，今年计划培训干部500人。",
    # 件, 起, 人, 人次 that are different things
    "接待群众2846人次、1932人，登记事项1508件，涉及矛盾1466起。",
    "查处案件12起15人，给予处分14人。",
    # approximate figures whose ranges meet
    "参加活动的党员2.3万余名。据统计，参加活动的党员23216名。",
    "区财政拨付约120万元，社会捐助30多万元，合计150余万元。",
    "受理5628件，办结5121件，办结率超过九成。",
    # rates whose operands the text does not give
    "收集意见1233条，采纳1187条，群众满意率98.5%。",
    "地区生产总值1286.4亿元，上年1200亿元，按可比价计算增长6.3%。",
    "受理诉求1233件，办结1187件，其中咨询类办结率99%。",
    "全镇党员1846名，女党员占32.7%。",
    "新建支部20个，发展党员50名，党员占全县的3%。",
    "全县有企业120家、个体户800户，企业数占全市的5%。",
    # neighbours without a relation
    "组织培训12场，走访农户120户，帮扶困难群众30户，解决问题45个。",
    "开展活动30次，共收集意见50条，建成广场3个。",
    "召开会议12次，印发文件30份，督查单位40家。",
    "选派第一书记264名、工作队员528名，人均走访群众48户。",
    "举办培训班12期，培训2600余人次，人均学习5天。",
    # norms are no facts
    "支部每月开展主题党日不少于1次，全年开展主题党日14次。",
    "诉求3个工作日内办结，平均用时1.5个工作日。",
    "每名党员每年参加志愿服务不少于20小时，人均服务32小时。",
    # one word, two things
    "中职在校生18400人，专任教师1150人；高职在校生21000人，专任教师1200人。",
    "小学专任教师2625人，初中专任教师1600人。发放绩效惠及小学和初中专任教师4225人。",
    "今年办理民生实事62件，主要有照明14件、下水11件、垃圾9件等。其中，党员认领35件，单位参与28件。",
    "排查隐患8640项，其中重大隐患36项；整改8294项，整改率96.0%；剩余346项正在整改。",
    # right arithmetic in many shapes
    "应到50人，实到47人，缺席3人，到会率94%。",
    "由18天缩短至12天，缩短6天。",
    "满意度由92.1%提高到96.3%，提高4.2个百分点，优秀率比上年提高2.3个百分点。",
    "产值由2亿元增加到6亿元，增长2倍，是原来的3倍。",
    "由100户增加到400户，翻了两番。",
    "全年进出口总额66.0亿元，比上年的60.0亿元增长10%，比2019年的40.0亿元增长65%。",
    "事故45起、死亡19人，同比分别减少15起、6人，下降25%和24%。",
    "甲、乙各受理26件，丙受理18件，共70件。",
    "截至10月底，全市共有党组织312个，党员1.2万名，村均3个。",
]  # fmt: skip


@pytest.mark.parametrize("text", CLEAN)
def test_a_clean_sentence_raises_no_alarm(text: str) -> None:
    assert [f.working for f in wrong(text)] == []


def test_many_clean_sentences_in_one_text_raise_no_alarm() -> None:
    assert [f.working for f in wrong("\n".join(CLEAN))] == []


@pytest.mark.parametrize("text", ["", "\n\n", "没有数的一句话。", "五年来，第一书记讲三点意见。"])
def test_a_text_without_numbers_gives_nothing(text: str) -> None:
    assert found(text) == ()


def test_a_placeholder_is_named_and_tested_no_further() -> None:
    text = "全镇走访农户XX户，满意率xx%。"
    assert {(f.type, f.verdict) for f in found(text)} == {("placeholder", "placeholder")}
    assert all(f.stated is None and f.computed is None for f in found(text))
