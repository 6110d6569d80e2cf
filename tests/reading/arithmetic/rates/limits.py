"""A stated limit and the case told of it, and occasions that are counted as if they were people."""

from decimal import Decimal
from random import Random

from tests.reading.arithmetic.rates import Told, written

# What is limited, in which unit, the range of limits, and the words that tell one case of it.
TERMS: tuple[tuple[str, str, tuple[int, int], tuple[str, ...]], ...] = (
    ("群众诉求", "个工作日", (3, 15), ("最长的一件用了{case}才办结", "其中一件拖了{case}", "有一件用时{case}", "耗时最长的达{case}")),
    ("信访事项", "天", (5, 30), ("最慢的一件办了{case}", "其中石桥村的一件用了{case}", "有一件前后{case}才有答复", "最长的用了{case}")),
    ("报修", "小时", (2, 24), ("最久的一次等了{case}", "有一户{case}后才修好", "其中一次用了{case}", "最长的一起花了{case}")),
    ("出警", "分钟", (8, 20), ("最远的一次用了{case}", "用时最长的一次为{case}", "最慢的一起达{case}")),
    ("案件审理", "天", (30, 90), ("最长的一件审了{case}", "其中一件历时{case}", "审理时间最长的一件用了{case}")),
)  # fmt: skip
TERM_RULES = (
    "{what}须在{limit}内办结，{case}。",
    "{what}要求{limit}以内办结，{case}。",
    "所有{what}均在{limit}内办结，{case}。",
    "{what}全部在{limit}之内办结。{case}。",
    "按规定，{what}办理不超过{limit}。{case}。",
    "{what}办理时限为{limit}，{case}。",
    "{what}承诺{limit}内办结，件件按时，{case}。",
    "{what}一律{limit}内办结，没有一件超时，{case}。",
    "{what}办理不得超过{limit}，全年都做到了；{case}。",
    "{what}办理时间都没有超过{limit}，{case}。",
    "{what}无一超过{limit}，{case}。",
    "{what}最长不超过{limit}，{case}。",
)  # fmt: skip
MOST: tuple[tuple[str, str, tuple[int, int], tuple[str, ...]], ...] = (
    ("每桌公务餐", "元", (200, 600), ("最高的一桌{case}", "其中一桌花了{case}", "有一桌达到{case}")),
    ("每班学员", "人", (30, 60), ("人数最多的一班{case}", "最大的一个班有{case}")),
    ("每车装载", "吨", (10, 40), ("最重的一车装了{case}", "其中一车装了{case}", "有一车达{case}")),
    ("每份材料", "页", (3, 12), ("最长的一份{case}", "有一份写了{case}", "其中一份达{case}")),
)  # fmt: skip
MOST_RULES = (
    "{what}不超过{limit}，{case}。",
    "{what}不得超过{limit}，{case}。",
    "{what}均控制在{limit}以内，{case}。",
    "{what}都不超过{limit}。{case}。",
    "{what}上限为{limit}，各单位都守住了，{case}。",
    "{what}最多{limit}，没有一次突破，{case}。",
    "规定{what}不能超过{limit}，{case}。",
)  # fmt: skip
LEAST: tuple[tuple[str, str, tuple[int, int], tuple[str, ...]], ...] = (
    ("每个支部每季度开展活动", "次", (3, 8), ("最少的支部只开展{case}", "石桥村支部仅开展{case}", "其中一个支部只有{case}")),
    ("每名党员每年学习", "学时", (24, 48), ("最少的一名只有{case}", "学时最少的为{case}")),
    ("每村每月走访", "户", (10, 40), ("最少的一个村只走访{case}", "其中白蓼村仅走访{case}")),
    ("每家企业每月排查隐患", "次", (2, 6), ("最少的一家只排查{case}", "有一家仅排查{case}")),
)  # fmt: skip
LEAST_RULES = (
    "{what}不少于{limit}，{case}。",
    "{what}不得少于{limit}，{case}。",
    "{what}均不少于{limit}，{case}。",
    "{what}都在{limit}以上。{case}。",
    "要求{what}至少{limit}，全部达标，{case}。",
    "{what}不低于{limit}，{case}。",
    "{what}最低{limit}，个个达标，{case}。",
)  # fmt: skip
KINDS = ((TERMS, TERM_RULES, 1), (MOST, MOST_RULES, 1), (LEAST, LEAST_RULES, -1))


def limits(rng: Random, writing: str, is_wrong: bool) -> Told | None:
    """A limit and one case; wrong where the case breaks it."""
    things, rules, side = rng.choice(KINDS)
    what, unit, (low, high), told = rng.choice(things)
    limit = Decimal(rng.randrange(low, high))
    most = max(1, int(limit) // 2)
    off = Decimal(rng.randrange(1, most + 1))
    case = limit + off * side if is_wrong else limit - off * side
    if case < 1:
        return None
    rule, words = rng.choice(rules), rng.choice(told)
    case_told = words.format(case=f"〔{written(case, unit, writing)}〕")
    sentence = rule.format(what=what, limit=written(limit, unit, writing), case=case_told)
    return Told(sentence, (rule, words, what, unit))


# Who says that all kept it and owns up to a case has contradicted himself.
ALL_KEPT = "没有", "无一", "均", "都", "全部", "达标", "守住", "做到", "件件"
OWNED = ("，已作出书面检查", "，镇里已经通报批评", "，主要是等鉴定，已批准延期", "，超过了规定，责令整改")


def owned_up(rng: Random, writing: str, is_wrong: bool) -> Told | None:
    """A case that breaks its limit, of which the text says so itself: never wrong."""
    told = limits(rng, writing, is_wrong=True)
    if told is None or is_wrong or any(word in told.sentence for word in ALL_KEPT):
        return None
    owned = rng.choice(OWNED)
    return Told(told.sentence.removesuffix("。") + owned + "。", (*told.made_of, owned))


OCCASIONS = (
    "全年开展{what}，服务群众{times}。{gap}这{people}都是实实在在的受益者。",
    "{what}参加{times}，{gap}标题里写的是“{people}参加{what}”。",
    "全年{what}累计{times}，{gap}{people}走进{what}课堂。",
    "{what}共服务{times}。{gap}在总结会上，镇长说全年有{people}得到服务。",
)
EVENTS = ("健康义诊", "法治宣讲", "技能培训", "心理辅导", "惠民演出")
GAPS = ("", "群众反响很好。", "活动一场接一场，")


def occasions(rng: Random, writing: str, is_wrong: bool) -> Told | None:
    """人次 told again as 人; right where it is told again as 人次."""
    count = Decimal(rng.randrange(1001, 9999))
    if count % 10 == 0:
        count += 3
    order, what, gap = rng.choice(OCCASIONS), rng.choice(EVENTS), rng.choice(GAPS)
    unit = rng.choice(("人", "名群众")) if is_wrong else "人次"
    again = written(count, unit[:1] if is_wrong else unit, writing) + (unit[1:] if is_wrong else "")
    sentence = order.format(what=what, gap=gap, times=f"〔{written(count, '人次', writing)}〕", people=again)
    return Told(sentence, (order, what, gap, unit))
