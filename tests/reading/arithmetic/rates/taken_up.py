"""What a sentence says of figures told before it: in the sentence before, under another name of their time, or far off.

The second sentence names little of its own: a cause, a former time, 这批, 同比. What it leaves out stands before it.
"""

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from tests.reading.arithmetic.rates import Told, percent, slipped, written

# A thing that is counted, what is done of it, its measure, and the sizes it has.
DONE: tuple[tuple[str, str, str, tuple[int, int]], ...] = (
    ("便民服务车", "下乡", "次", (40, 300)),
    ("社区书屋", "外借图书", "册次", (300, 4000)),
    ("护林队", "补植苗木", "株", (900, 20000)),
    ("长者食堂", "供餐", "份", (200, 9000)),
    ("矛盾调解室", "调处纠纷", "起", (60, 800)),
)  # fmt: skip
FORMER = ("上年", "去年", "去年同期", "上年同期")
OF_FORMER = {"上年": "上年", "去年": "去年", "去年同期": "上年同期", "上年同期": "上年同期"}
BETWEEN = ("", "\n\n", "\n\n各项工作有了起色。")
CAUSES = ("受企业停产影响，", "由于政策调整，", "受雨水偏多和价格走低影响，", "随着需求回落，", "")
# The same months by number and by name.
SPANS = (("1—9月", "前三季度"), ("1—6月", "上半年"), ("1至9月", "今年前三季度"), ("上半年", "1—6月"))


def multiples(rng: Random, writing: str, is_wrong: bool) -> Told:
    """`今年下乡208次。…上年只下乡83次，今年是上年的2.5倍`."""
    thing, deed, unit, (low, high) = rng.choice(DONE)
    old = Decimal(rng.randrange(low, high))
    new = (old * rng.randrange(16, 48) / 10).quantize(Decimal(1))
    right = (new / old).quantize(Decimal("0.1"), ROUND_HALF_UP)
    said = right + rng.choice((1, 2)) if is_wrong else right
    then, now = rng.choice(FORMER), rng.choice(("今年", "现在", ""))
    first = f"今年{thing}{deed}{written(new, unit, writing)}。{rng.choice(BETWEEN)}"
    second = f"{thing}{then}{rng.choice(('', '只'))}{deed}{written(old, unit, writing)}，"
    third = f"{now}是{OF_FORMER[then]}的〔{written(said, '倍', writing)}〕。"
    return Told(first + second + third, (thing, then, now))


def since_opening(rng: Random, writing: str, is_wrong: bool) -> Told:
    """`日均就餐96人，开办之初只有40人，现在是当时的2.4倍`."""
    old = Decimal(rng.randrange(20, 90))
    new = (old * rng.randrange(16, 48) / 10).quantize(Decimal(1))
    right = (new / old).quantize(Decimal("0.1"), ROUND_HALF_UP)
    said = right + 1 if is_wrong else right
    place, deed = rng.choice((("长者食堂", "日均就餐"), ("便民药房", "每天接待"), ("文化礼堂", "日均进出")))
    opened, now = (
        rng.choice(("开办之初", "刚开张时", "三年前")),
        rng.choice(("现在是当时的", "如今是当时的", "是当时的")),
    )
    told = f"{place}{deed}{written(new, '人', writing)}，{opened}只有{written(old, '人', writing)}，"
    return Told(f"{told}{now}〔{written(said, '倍', writing)}〕。", (place, opened, now))


def behind_a_cause(rng: Random, writing: str, is_wrong: bool) -> Told:
    """`税收收入26459万元。受减税政策影响，与上年的28547万元相比下降7.31%`."""
    name, unit = rng.choice((("税收收入", "万元"), ("集体经营收入", "万元"), ("用水量", "吨"), ("客流量", "人次")))
    old = Decimal(rng.randrange(2000, 60000))
    rises = rng.random() < 0.4
    new = (old * Decimal(rng.randrange(104, 128) if rises else rng.randrange(76, 97)) / 100).quantize(Decimal(1))
    right = abs(percent(new - old, old, 2))
    said = slipped(rng, right) if is_wrong else right
    cause = rng.choice(CAUSES)
    against = rng.choice(("与上年的{old}相比", "比上年的{old}", "较去年同期的{old}"))
    verb = rng.choice(("增长", "上升")) if rises else rng.choice(("下降", "减少"))
    told = against.format(old=written(old, unit, writing))
    first = f"今年{name}{written(new, unit, writing)}。"
    return Told(f"{first}{cause}{told}{verb}〔{written(said, '%', writing)}〕。", (name, cause, against))


def next_difference(rng: Random, writing: str, is_wrong: bool) -> Told:
    """`上年同期召开会议101次，1—6月召开84次。同比少开17次`."""
    deed, verb, unit = rng.choice((("召开会议", "少开", "次"), ("印发文件", "少发", "份"), ("组织检查", "减少", "次")))
    old = Decimal(rng.randrange(60, 400))
    new = old - rng.randrange(11, 50)
    right = old - new
    said = right + 10 if is_wrong else right
    told = f"上年同期{deed}{written(old, unit, writing)}，1—6月{deed[:2]}{written(new, unit, writing)}。"
    return Told(f"{told}同比{verb}〔{written(said, unit, writing)}〕，负担有所减轻。", (deed, verb))


def of_this_batch(rng: Random, writing: str, is_wrong: bool) -> Told:
    """`购置药箱支出20.87万元。…这批药箱共47个，平均每个4440元`."""
    thing, unit = rng.choice((("便民药箱", "个"), ("消防水带", "盘"), ("防汛沙袋车", "辆"), ("学习桌椅", "套")))
    count, each = Decimal(rng.randrange(12, 90)), Decimal(rng.randrange(90, 900) * 10)
    said = slipped(rng, each) if is_wrong else each
    total = written(count * each / 10_000, "万元", writing)
    first = f"购置{thing}支出{total}。{rng.choice(BETWEEN)}"
    second = f"{rng.choice(('这批', '该批', '上述'))}{thing}共{written(count, unit, writing)}，"
    return Told(f"{first}{second}平均每{unit}〔{written(said, '元', writing)}〕。", (thing,))


def of_halves(rng: Random, writing: str, is_wrong: bool) -> Told:
    """`上半年采集2598条，下半年采集1895条。…下半年比上半年减少703条`."""
    thing, deed, unit = rng.choice(
        (("流动人口信息", "采集", "条"), ("食品样品", "抽检", "批次"), ("来电", "受理", "件"))
    )
    one = Decimal(rng.randrange(600, 4000))
    other = one - rng.randrange(101, 400)
    right = one - other
    said = slipped(rng, right) if is_wrong else right
    first = f"今年上半年共{deed}{thing}{written(one, unit, writing)}，下半年{deed}{written(other, unit, writing)}"
    joint = rng.choice(("，", "。\n\n"))
    return Told(f"{first}{joint}{deed}{thing}下半年比上半年减少〔{written(said, unit, writing)}〕。", (thing, joint))


def by_another_name_of_the_span(rng: Random, writing: str, is_wrong: bool) -> Told:
    """`1—9月签订合同169份，履约完毕121份。…前三季度履约率为71.6%`."""
    thing, deed, unit = rng.choice((("合同", "履约", "份"), ("整改事项", "办结", "件"), ("危房", "改造", "户")))
    whole = Decimal(rng.randrange(60, 500))
    part = (whole * Decimal(rng.randrange(55, 96)) / 100).quantize(Decimal(1))
    right = percent(part, whole)
    said = slipped(rng, right) if is_wrong else right
    here, there = rng.choice(SPANS)
    first = f"{here}登记{thing}{written(whole, unit, writing)}，{deed}完毕{written(part, unit, writing)}。"
    second = f"{rng.choice(BETWEEN)}按{thing}计算，{there}{deed}率为〔{written(said, '%', writing)}〕。"
    return Told(first + second, (thing, here))


def width_of_a_rise(rng: Random, writing: str, is_wrong: bool) -> Told:
    """`满意率从70.7%升至76.1%（上年与今年）。…今年满意率升幅为5.4个百分点`."""
    name = rng.choice(("来访满意率", "场馆开放率", "垃圾分类参与率"))
    old = Decimal(rng.randrange(551, 799)) / 10
    right = Decimal(rng.randrange(21, 120)) / 10
    said = slipped(rng, right) if is_wrong else right
    first = f"{name}从{written(old, '%', writing)}升至{written(old + right, '%', writing)}。"
    told = f"今年{name}升幅为〔{written(said, '个百分点', writing)}〕。"
    return Told(f"{first}\n\n{told}", (name,))


def parts_with_a_rest(rng: Random, writing: str, is_wrong: bool) -> Told:
    """`承办提案78件。主办57件，会办12件，其余待交办`: the parts may not pass the whole."""
    thing, one, other, unit = rng.choice((("提案", "主办", "会办", "件"), ("线索", "直查", "转办", "条")))
    whole = Decimal(rng.randrange(60, 300))
    small = Decimal(rng.randrange(6, 20))
    large = whole + rng.randrange(3, 30) if is_wrong else whole - small - rng.randrange(3, 20)
    first = f"全年承办{thing}〔{written(whole, unit, writing)}〕。"
    second = f"{one}{written(large, unit, writing)}，{other}{written(small, unit, writing)}，其余待交办。"
    return Told(first + second, (thing,))
