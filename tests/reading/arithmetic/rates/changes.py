"""What rose and fell: growth in percent, points between two rates, 倍 and 番 between two states."""

from decimal import Decimal
from random import Random

from tests.reading.arithmetic.rates import Told, percent, slipped, written

TIMES = (
    ("去年", "今年"), ("上年", "今年"), ("上年", "全年"), ("上年同期", "今年前三季度"), ("去年同期", "今年上半年"),
    ("2023年", "2024年"), ("一季度", "二季度"), ("上月", "本月"), ("年初", "年底"), ("原来", "现在"),
    ("三年前", "如今"), ("上一年", "这一年"), ("上届", "本届"), ("上个月", "这个月"), ("2023年底", "2024年底"),
    ("前年", "去年"), ("改造前", "改造后"), ("当初", "目前"), ("上半年", "下半年"),
)  # fmt: skip
THINGS = (
    ("村集体经营性收入", "万元"), ("接待游客", "人次"), ("受理诉求", "件"), ("粮食总产量", "吨"), ("参保人数", "人"),
    ("外来客商投资", "亿元"), ("种植面积", "亩"), ("在园企业", "家"), ("矛盾纠纷", "起"), ("图书外借", "册次"),
    ("线上办件", "件"), ("药品费用", "万元"), ("注册志愿者", "名"), ("快递进村", "件"), ("用电量", "万千瓦时"),
)  # fmt: skip
ORDERS = (
    "{now}{S}{new}，比{then}的{old}{chg}{r}。",
    "{now}{S}{new}，较{then}{old}{chg}{r}。",
    "{now}{S}{new}，{then}为{old}，{chg}{r}。",
    "{then}{S}{old}，{now}{new}，{chg}{r}。",
    "{then}{S}是{old}，{now}达到{new}，{chg}{r}。",
    "{S}由{then}的{old}{move}到{now}的{new}，{chg}{r}。",
    "{S}从{old}{move}至{new}，{noun}{r}。",
    "{now}{S}{new}（{then}{old}），{chg}{r}。",
    "{now}{S}{new}，{chg}{r}（{then}{old}）。",
    "{now}，{S}{chg}{r}，由{old}{move}到{new}。",
    "{S}{chg}{r}，从{then}的{old}到了{now}的{new}。",
    "与{then}的{old}相比，{now}{S}{new}，{chg}{r}。",
    "{now}{S}{new}。{then}是{old}，{chg}{r}。",
    "{now}{S}{new}。{then}只有{old}，一比就看得出，{chg}{r}。",
    "{then}{S}{old}。{now}到了{new}，{chg}{r}。",
    "{S}这一块，{then}{old}，{now}{new}，{chg}{r}。",
    "{S}：{now}{new}，{then}{old}，{chg}{r}。",
    "{now}{S}{chg}{r}，达到{new}；{then}是{old}。",
    "{then}，{S}{old}，大家都觉得不理想。{now}，{S}{new}，大伙儿有目共睹，{chg}{r}。",
    "{now}{S}{new}，同{then}（{old}）相比，{chg}{r}。",
    "{now}{S}{new}，而{then}同一口径的数是{old}，{noun}为{r}。",
    "{now}{S}为{new}，上报的{noun}是{r}，{then}则为{old}。",
    "{S}{then}{old}、{now}{new}，{chg}{r}。",
    "{S}，{then}{old}；{now}{new}；{chg}{r}。",
    "账上看，{then}{S}{old}；到{now}，这个数变成了{new}，{chg}{r}。",
    "拿{S}来说，{then}是{old}，{now}已是{new}，{noun}达到{r}。",
)  # fmt: skip
YEARS = "去年", "上年", "2023", "前年", "同期", "上一年"  # what 同比 may be said against
BY_DIFFERENCE = (
    "{now}{S}{new}，比{then}{more}{d}，{chg}{r}。",
    "{now}{S}{new}，同比{more}{d}，{chg}{r}。",
    "{now}{S}{new}，{more}{d}、{chg}{r}，{then}是{old}。",
    "{then}{S}{old}，{now}{more}{d}，{chg}{r}。",
    "{S}比{then}{more}{d}，{chg}{r}，总数到了{new}。",
)  # fmt: skip
UP = ("增长", "增长了", "上升", "上涨了", "增加", "提高", "涨了", "多了", "同比增长", "增幅达", "升了")
DOWN = ("下降", "下降了", "减少", "减少了", "降低", "降了", "少了", "同比下降", "降幅达", "回落", "下滑", "减了")
MOVES_UP = ("增加", "增长", "上升", "提高", "扩大", "发展", "涨", "攀升")
MOVES_DOWN = ("减少", "下降", "降低", "降", "回落", "压减", "缩减")
NOUNS = {1: ("增幅", "增长率", "涨幅", "增速"), -1: ("降幅", "减幅", "下降幅度")}
MORE = {1: ("增加", "多", "净增", "增加了", "多了"), -1: ("减少", "少", "净减", "减少了", "少了")}


def growth(rng: Random, writing: str, is_wrong: bool) -> Told | None:
    """A change in percent of two stated values."""
    old, new, sign = _states(rng)
    order, then, now, thing, unit = *_chosen(rng, ORDERS), *rng.choice(THINGS)
    right = percent(abs(new - old), old)
    return _told(rng, order, (then, now), thing, (old, new, unit), (right, sign), writing, is_wrong)


def growth_by_difference(rng: Random, writing: str, is_wrong: bool) -> Told | None:
    """A change in percent where the difference is told, and one of the two values or both."""
    old, new, sign = _states(rng)
    order, then, now, thing, unit = *_chosen(rng, BY_DIFFERENCE), *rng.choice(THINGS)
    right = percent(abs(new - old), old)
    return _told(rng, order, (then, now), thing, (old, new, unit), (right, sign), writing, is_wrong)


def _chosen(rng: Random, orders: tuple[str, ...]) -> tuple[str, str, str]:
    then, now = rng.choice(TIMES)
    return rng.choice(orders), then, now


def _states(rng: Random) -> tuple[Decimal, Decimal, int]:
    """An old and a new value, and 1 for a rise or -1 for a fall."""
    old = Decimal(rng.randrange(40, 900)) * rng.choice((1, 1, 5, 10))
    rate = Decimal(rng.randrange(8, 60)) / 100
    sign = rng.choice((1, 1, 1, -1))
    return old, (old * (1 + sign * rate)).quantize(Decimal(1)), sign


def _told(
    rng: Random,
    order: str,
    times: tuple[str, str],
    thing: str,
    states: tuple[Decimal, Decimal, str],
    rate: tuple[Decimal, int],
    writing: str,
    is_wrong: bool,
) -> Told:
    old, new, unit = states
    right, sign = rate
    wrong_base = percent(abs(new - old), new)
    far = abs(wrong_base - right) > 1
    slip = wrong_base if far and rng.random() < 0.3 else slipped(rng, right)
    said = slip if is_wrong else right
    by_year = any(word in times[0] for word in YEARS)
    verb = rng.choice([v for v in (UP if sign > 0 else DOWN) if by_year or "同比" not in v])
    sentence = order.format(
        S=thing, then=times[0], now=times[1], chg=verb, move=rng.choice(MOVES_UP if sign > 0 else MOVES_DOWN),
        noun=rng.choice(NOUNS[sign]), more=rng.choice(MORE[sign]), old=written(old, unit, writing),
        new=written(new, unit, writing), d=written(abs(new - old), unit, writing),
        r=f"〔{written(said, '%', writing)}〕",
    )  # fmt: skip
    return Told(sentence, (order, times[0], verb, thing, "up" if sign > 0 else "down"))


RATES = ("群众满意率", "参保率", "办结率", "森林覆盖率", "设备完好率", "按时到会率", "不良率", "空置率", "农房出租率")
POINT_ORDERS = (
    "{S}由{then}的{old}{move}到{now}的{new}，{chg}{r}。",
    "{now}{S}{new}，比{then}的{old}{chg}{r}。",
    "{now}{S}为{new}，{then}为{old}，{chg}{r}。",
    "{then}{S}{old}，{now}{new}，{chg}{r}。",
    "{S}从{old}{move}到{new}，{chg}{r}。",
    "{now}{S}{new}（{then}{old}），{chg}{r}。",
    "{S}{chg}{r}，由{then}的{old}{move}到{new}。",
    "{now}{S}达到{new}，{chg}{r}，{then}是{old}。",
    "{then}{S}只有{old}。{now}到了{new}，{chg}{r}。",
    "{now}{S}{new}。{then}为{old}，{chg}{r}。",
    "{S}：{now}{new}，{then}{old}，{chg}{r}。",
    "与{then}的{old}相比，{now}{S}{new}，{chg}{r}。",
    "{S}这一项，{then}{old}；{now}{new}；{chg}{r}。",
)  # fmt: skip
POINT_UP = ("提高", "提高了", "上升", "提升", "增加", "高了", "升了", "上升了", "增长")
POINT_DOWN = ("下降", "下降了", "降低", "降了", "低了", "回落")


def points(rng: Random, writing: str, is_wrong: bool) -> Told | None:
    """The change between two rates in percentage points; wrong by its number, or told in percent."""
    order, then, now = _chosen(rng, POINT_ORDERS)
    low = Decimal(rng.randrange(400, 900)) / 10
    gap = Decimal(rng.randrange(15, 95)) / 10
    sign = rng.choice((1, 1, -1))
    old, new = (low, low + gap) if sign > 0 else (low + gap, low)
    as_percent = is_wrong and rng.random() < 0.5
    said = gap if as_percent or not is_wrong else slipped(rng, gap)
    name, verb = rng.choice(RATES), rng.choice(POINT_UP if sign > 0 else POINT_DOWN)
    sentence = order.format(
        S=name, then=then, now=now, chg=verb, move="提高" if sign > 0 else "下降", old=written(old, "%", writing),
        new=written(new, "%", writing), r=f"〔{written(said, '%' if as_percent else '个百分点', writing)}〕",
    )  # fmt: skip
    return Told(sentence, (order, then, verb, name, "as percent" if as_percent else "in points"))


MULTIPLE_ORDERS = (
    "{now}{S}{new}，是{then}{old}的{n}。",
    "{then}{S}{old}，{now}{new}，是{then}的{n}。",
    "{then}{S}{old}，{now}{new}，{by}{m}。",
    "{S}由{then}的{old}增加到{now}的{new}，{by}{m}。",
    "{S}从{old}到{new}，{by}{m}。",
    "{now}{S}{new}，比{then}的{old}{by}{m}。",
    "{now}{S}{new}，{then}是{old}，{now}是{then}的{n}。",
    "{now}{S}{new}，相当于{then}的{n}，{then}是{old}。",
    "{now}{S}{new}，为{then}{old}的{n}。",
    "{then}{S}只有{old}。{now}到了{new}，足足是{then}的{n}。",
    "{S}{by}{m}，由{then}的{old}到了{now}的{new}。",
    "{now}{S}{new}，顶得上{then}（{old}）的{n}。",
    "{S}：{then}{old}，{now}{new}，{by}{m}。",
    "{now}{S}{new}。{then}是{old}，{by}{m}。",
    "{then}{S}{old}，{now}{new}，{fan}。",
    "{S}从{then}的{old}到{now}的{new}，{fan}。",
    "{now}{S}{new}，比{then}的{old}{fan}。",
    "{now}{S}{new}，与{then}的{old}相比，{fan}。",
    "{now}{S}{new}（{then}{old}），{fan}。",
    "{then}{S}才{old}，{now}已经{new}了，{fan}。",
)  # fmt: skip
GREW_BY = ("增长", "增长了", "增加了", "多了", "增加", "扩大了", "提高了")
FANS = {2: "{v}〔一番〕", 4: "{v}〔两番〕", 8: "{v}〔三番〕"}
FAN_VERBS = ("翻了", "翻", "整整翻了", "已翻了")


def multiples(rng: Random, writing: str, is_wrong: bool) -> Told | None:
    """是…的N倍, 增长N倍, 翻N番; wrong by one more or one less, or the one taken for the other."""
    order, then, now = _chosen(rng, MULTIPLE_ORDERS)
    old = Decimal(rng.randrange(12, 400)) * rng.choice((1, 5))
    times = rng.choice((2, 4, 8)) if "{fan}" in order else rng.choice((2, 3, 4, 5, 6, Decimal("2.5"), Decimal("3.5")))
    new = (old * times).quantize(Decimal(1))
    if new != old * times:
        return None
    told = (
        times
        if not is_wrong
        else times * rng.choice((2, Decimal("0.5")))
        if "{fan}" in order
        else times + rng.choice((1, -1) if times > 2 else (1,))
    )
    if "{fan}" in order and told not in FANS:
        told = {1: 4, 16: 4}[int(told)]
    thing, unit = rng.choice(THINGS)
    by = rng.choice(GREW_BY)
    sentence = order.format(
        S=thing, then=then, now=now, old=written(old, unit, writing), new=written(new, unit, writing), by=by,
        n=f"〔{written(Decimal(told), '倍', writing)}〕", m=f"〔{written(Decimal(told) - 1, '倍', writing)}〕",
        fan=FANS.get(int(told), "").format(v=rng.choice(FAN_VERBS)),
    )  # fmt: skip
    return Told(sentence, (order, then, by, thing, "fan" if "{fan}" in order else "times"))
