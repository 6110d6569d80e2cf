"""A limit and its case, one figure in two scales, one figure told twice, set paragraphs apart: 〔the right|a wrong one〕.

Every pair is told in many documents: near and far, either way round, behind other words, in other numerals.
"""

import random

import pytest

from tests.reading.arithmetic import TWO, words, wrong

# What is told first, and what is told of it elsewhere.
PAIRS = (
    # A limit, and a case that keeps or breaks it.
    ("采购制度规定，单笔零星采购金额不得超过5000元。", "零星采购均未超标，金额最高的一笔为〔4820|6480〕元。"),
    ("县里要求，危房鉴定报告出具时间不超过10天。", "危房鉴定报告全部如期出具，最慢的一户用了〔9|14〕天。"),
    ("合同约定混凝土坍落度偏差不大于20毫米。", "抽检混凝土全部合格，坍落度偏差最大处为〔17|26〕毫米。"),
    ("热线服务承诺，接通等待时长不超过30秒。", "热线服务承诺全部兑现，等待时长最长的一通为〔28|45〕秒。"),
    ("方案明确，每村绿化管护费用每年不超过3万元。", "绿化管护费用执行到位，支出最多的柳湾村为〔2.8|3.6〕万元。"),
    ("污水处理厂出水氨氮浓度不得超过5毫克。", "出水氨氮浓度为〔4.2|6.3〕毫克，在控制指标之内。"),
    ("党员发展公示时间不少于5个工作日。", "各支部均按规定公示，公示时间最短的为〔6|3〕个工作日。"),
    ("全年森林覆盖率不低于62%是约束性目标。", "森林覆盖率为〔63.5|58.4〕%，年度目标顺利实现。"),
    ("会议室租用费标准为每场不超过800元。", "会议室租用费均在标准之内，最贵的一场为〔780|1150〕元。"),
    ("院感管理办法规定，手卫生依从率不低于85%。", "各病区手卫生依从率全部达标，最低的病区为〔86.2|79.5〕%。"),
    # One figure in another scale or measure.
    ("全年争取水利专项补助2460万元。", "〔2460万元|2460亿元〕水利专项补助已下达到县。"),
    ("硬化通组道路38.6公里。", "硬化后的〔38.6公里|38.6米〕通组道路方便了群众出行。"),
    ("高效节水灌溉面积达到12.4万亩。", "〔12.4万亩|12.4万平方米〕高效节水灌溉让农田喝饱了水。"),
    ("粮库储备稻谷3.25万吨。", "储备的〔3.25万吨|3.25万公斤〕稻谷轮换有序。"),
    ("光伏电站年发电量1865万千瓦时。", "〔1865万千瓦时|1865千瓦时〕光伏发电量全部并网。"),
    ("新建文化广场占地7420平方米。", "开放后，〔7420平方米|7420亩〕文化广场成了休闲去处。"),
    # One figure told again.
    ("共组织调解婚姻家庭纠纷486件。", "婚姻家庭纠纷〔486|468〕件，件件有回访。"),
    ("全年发放创业担保贷款3172万元。", "创业担保贷款〔3172|3712〕万元，扶持了一批返乡青年。"),
    ("家政服务员持证上岗2385人。", "持证上岗的家政服务员〔2385|2835〕人，口碑不错。"),
    ("为群众代办服务事项1267件。", "代办服务事项〔1267|126〕件，做到了事不出村。"),
    ("选派科技特派员215名。", "科技特派员〔215|275〕名活跃在田间地头。"),
    # More of all three.
    ("镇里规定，公务接待每人每餐标准上限为60元。", "公务接待严格执行规定，人均最高的一餐为〔58|86〕元。"),
    ("按要求，企业开办一次办结时限控制在4小时以内。", "企业开办全部提速，办结最久的一件历时〔3.5|6.5〕小时。"),
    ("物业费收缴率目标为不低于90%。", "物业费收缴率达到〔91.2|84.6〕%，圆满完成年度目标。"),
    ("校车核载不得超过36人。", "各校车均未超载，载客最多的一趟为〔35|41〕人。"),
    ("设计要求，桩基沉降量不得大于8毫米。", "监测表明桩基稳定，沉降量最大的测点为〔6.5|9.8〕毫米。"),
    ("承诺市政管网抢修在6小时内完成。", "市政管网抢修承诺均已兑现，耗时最长的一次〔5|9〕小时。"),
    ("“三公”经费压减幅度不低于5%。", "“三公”经费压减幅度为〔6.1|3.2〕%，达到规定要求。"),
    ("规定班额最多不超过45人。", "班额最大的班级为〔44|52〕人，未超过规定。"),
    ("落实财政衔接资金3860万元。", "3860〔万|亿〕元财政衔接资金全部拨付。"),
    ("新增停车位面积2.35万平方米。", "新增的〔2.35万平方米|2.35平方米〕停车位面积缓解了停车难。"),
    ("全年接待游客126.5万人次。", "〔126.5万人次|126.5万人〕游客带旺了乡村。"),
    ("全年引进到位资金18.6亿元。", "引进到位资金〔18.6亿元|18.6万元〕，形成有效投资。"),
    ("整治黑臭河道27.4公里。", "27.4〔公里|米〕黑臭河道重现清波。"),
    ("回收废旧农膜156吨。", "回收的〔156吨|156公斤〕废旧农膜集中处置。"),
    ("开展法治宣讲184场。", "184〔场|场次〕法治宣讲走进村组。"),
    ("帮助失业人员再就业3486人。", "失业人员再就业〔3486|3846〕人，就业局势稳定。"),
    ("累计建成口袋公园57处。", "口袋公园〔57|75〕处，推窗见绿。"),
    ("完成老旧小区加装电梯168部。", "加装电梯〔168|186〕部，老人上下楼不再难。"),
    ("实现税收收入4.86亿元。", "税收收入〔4.86|4.68〕亿元，为民生支出提供保障。"),
    ("组织志愿服务活动936场。", "志愿服务活动〔936|396〕场，参与者众。"),
    ("兑现惠农补贴资金2.18亿元。", "惠农补贴资金〔2.18|2.81〕亿元，直达农户账户。"),
)

FILLERS = (
    "班子成员带头学习，作风进一步转变。",
    "干部包片联系，遇事有人管。",
    "下一步继续抓好落实，巩固成果。",
    "宣传引导到位，群众认可。",
    "制度建设不断加强，管理更加规范。",
)
HEADS = ("", "据统计，", "一是", "同时，", "此外，")


def document(first: str, second: str, dice: random.Random) -> str:
    """The two sentences in one text, one to six others between them."""
    between = dice.sample(FILLERS, dice.randint(1, 4))
    joint = dice.choice(("\n", "\n\n", ""))
    parts = [dice.choice(HEADS) + first, *between, second, dice.choice(FILLERS)]
    return "情况汇报\n\n" + joint.join(parts) + "\n"


def told(sentence: str, which: int) -> str:
    return TWO.sub(lambda found: found[which], sentence)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[1])
def test_a_figure_told_elsewhere_is_held_against_the_first(pair: tuple[str, str]) -> None:
    first, second = pair
    mark = TWO.search(second)
    assert mark is not None
    for seed in range(6):
        text = document(first, told(second, 2), random.Random(seed))
        assert any(mark[2][:2] in one for each in wrong(text) for one in words(text, each)), text


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[1])
def test_the_right_figure_told_elsewhere_raises_no_alarm(pair: tuple[str, str]) -> None:
    first, second = pair
    for seed in range(6):
        text = document(first, told(second, 1), random.Random(seed))
        assert wrong(text) == []


def test_no_two_pairs_disturb_each_other() -> None:
    """All first sentences and then all second ones: each finds its own."""
    for seed in range(3):
        dice = random.Random(seed)
        pairs = dice.sample(PAIRS, 8)
        text = "\n".join([first for first, _ in pairs] + list(FILLERS) + [told(second, 1) for _, second in pairs])
        assert wrong(text) == []


SILENT = (
    # Two kinds of one thing, two years, two places, two groups.
    "新建灌溉渠道38.6公里。\n\n修复排水渠道39.6公里。",
    "2023年发放困难补助143万元。\n\n2024年发放困难补助134万元。",
    "石桥村改造厕所126户。\n\n柳湾村改造厕所162户。",
    "收到意见建议238条。\n\n未采纳的意见建议23条，逐条说明。",
    # The limit is owned up to, of another thing, or kept by the shortest only.
    "规定办理时限不超过10天。\n\n有一件办理时限为14天，已对经办人约谈。",
    "单笔采购金额不得超过5000元。\n\n全年采购总额18600元。",
    "接待标准每人每餐不超过50元。\n\n参训职工人均培训投入1440元。",
    "等候时间不超过30分钟。\n\n等候时间最短的为2分钟。",
    "空气优良率不低于86%。\n\n下一步力争空气优良率达到84%以上。",
    # The same digits of other things.
    "投资2.4亿元建成水厂。\n\n户均增收2.4万元。",
    "种植水稻1.5万亩。\n\n新建厂房1.5万平方米。",
    "水库蓄水213万立方米。\n\n清运垃圾213立方米。",
)


@pytest.mark.parametrize("text", SILENT)
def test_figures_of_different_things_are_left_alone(text: str) -> None:
    assert wrong(text) == []
