"""What each has: totals shared out over people, households, fields, places, and rates per hundred, thousand, myriad."""

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from tests.reading.arithmetic.rates import Told, slipped, written

# Who shares, with the measure word; how the average over them is led in; what is shared, its units and one share's.
SHARED: tuple[tuple[str, str, tuple[str, ...], str, str, str, tuple[int, int]], ...] = (
    ("脱贫户", "户", ("户均", "平均每户", "每户平均", "平均一户"), "发放产业补助", "万元", "元", (800, 6000)),
    ("农户", "户", ("户均", "平均每户", "平均到每户"), "分红", "元", "元", (300, 3000)),
    ("村民", "人", ("人均", "平均每人", "每人平均"), "分配收益", "万元", "元", (200, 3000)),
    ("职工", "人", ("人均", "平均每人"), "植树", "株", "株", (3, 12)),
    ("网格员", "名", ("平均每名网格员", "每名网格员平均", "人均"), "走访", "次", "次", (20, 90)),
    ("行政村", "个", ("村均", "平均每个村", "每村平均"), "集体经济收入", "万元", "万元", (12, 60)),
    ("培训班", "期", ("期均", "平均每期", "每期平均"), "培训学员", "人次", "人次", (30, 90)),
    ("宣讲", "场", ("场均", "平均每场", "每场平均"), "听众", "人次", "人次", (40, 120)),
    ("水稻", "亩", ("亩均", "平均每亩", "每亩平均", "平均亩产"), "产稻谷", "公斤", "公斤", (380, 620)),
    ("果园", "亩", ("亩均", "每亩平均"), "收入", "万元", "元", (2000, 9000)),
    ("公交车", "辆", ("平均每辆", "每辆平均", "车均"), "运送乘客", "人次", "人次", (3000, 9000)),
    ("水渠", "公里", ("每公里", "平均每公里"), "投入", "万元", "万元", (4, 30)),
    ("大棚", "座", ("平均每座", "每座平均"), "产出蔬菜", "吨", "吨", (4, 20)),
    ("党支部", "个", ("平均每个支部", "每个支部平均"), "开展活动", "次", "次", (8, 20)),
)  # fmt: skip
ORDERS = (
    "{who}{n}，{what}{total}，{each}{r}。",
    "共有{who}{n}，全年{what}{total}，{each}{r}。",
    "全年{what}{total}，涉及{who}{n}，{each}{r}。",
    "{what}{total}，惠及{who}{n}，{each}{r}。",
    "{n}{who}共{what}{total}，{each}{r}。",
    "{who}{n}。全年{what}{total}，{each}{r}。",
    "全年{what}{total}。{who}共{n}，{each}{r}。",
    "{who}{n}，{each}{what}{r}，共{what}{total}。",
    "全年{each}{what}{r}，{n}{who}合计{what}{total}。",
    "{what}{total}，按{who}{n}计算，{each}{r}。",
    "{what}{total}，摊到{n}{who}头上，{each}{r}。",
    "{what}{total}（{who}{n}，{each}{r}）。",
    "{who}{n}、{what}{total}，{each}约为{r}。",
    "- {who}：{n}\n- {what}：{total}\n- {each}：{r}\n",
    "{what}达到{total}，{who}有{n}，算下来{each}{r}。",
    "{who}{n}，{what}{total}，{each}达{r}，大家都很满意。",
)  # fmt: skip
UNIT_WORTH = {"万元": 10_000}


def averages(rng: Random, writing: str, is_wrong: bool) -> Told | None:
    """Total ÷ number = what each has."""
    who, measure, leads, what, total_unit, unit, (low, high) = rng.choice(SHARED)
    count = Decimal(rng.randrange(12, 900)) if measure != "亩" else Decimal(rng.randrange(20, 900) * 10)
    each = Decimal(rng.randrange(low, high))
    worth = UNIT_WORTH.get(total_unit, 1) // UNIT_WORTH.get(unit, 1)
    total = (each * count / worth).quantize(Decimal("0.01") if worth > 1 else Decimal(1), ROUND_HALF_UP)
    exact = total * worth / count
    right = exact.quantize(Decimal(1) if exact > 50 or exact == exact.to_integral_value() else Decimal("0.1"))
    order, lead = rng.choice(ORDERS), rng.choice(leads)
    sentence = order.format(
        who=who, what=what, n=written(count, measure, writing), total=written(total, total_unit, writing), each=lead,
        r=f"〔{written(slipped(rng, right) if is_wrong else right, unit, writing)}〕",
    )  # fmt: skip
    return Told(sentence, (order, lead, who, what))


BASES: tuple[tuple[str, str], ...] = (
    ("常住人口", "人"), ("常住人口", "万人"), ("户籍人口", "人"), ("全镇总人口", "人"), ("辖区人口", "万人"),
)  # fmt: skip
COUNTED = (
    ("医生", "名", 10, 40), ("养老床位", "张", 20, 60), ("志愿者", "人", 60, 400), ("刑事案件", "起", 3, 30),
    ("全科医生", "人", 2, 9), ("图书", "册", 200, 900), ("社会组织", "个", 3, 12), ("发明专利", "件", 4, 40),
)  # fmt: skip
SCALES = (
    ("每千人", 1000),
    ("每万人", 10_000),
    ("每万名居民", 10_000),
    ("每千名群众", 1000),
    ("每百人", 100),
    ("每10万人", 100_000),
)
SCALED_ORDERS = (
    "{base}{n}，有{what}{total}，{scale}拥有{what}{r}。",
    "全区{base}{n}。现有{what}{total}，{scale}有{what}{r}。",
    "{what}{total}，按{base}{n}计算，{scale}{r}。",
    "{what}{total}，{base}{n}，{scale}{what}数为{r}。",
    "{base}为{n}，{what}共{total}，平均{scale}{r}。",
    "{scale}拥有{what}{r}（{base}{n}，{what}{total}）。",
)  # fmt: skip


def per_scale(rng: Random, writing: str, is_wrong: bool) -> Told | None:
    """Number ÷ people × 1,000 or 10,000."""
    base, base_unit = rng.choice(BASES)
    what, unit, low, high = rng.choice(COUNTED)
    scale, worth = rng.choice(SCALES)
    people = Decimal(rng.randrange(80, 900) * 100)
    total = (Decimal(rng.randrange(low, high)) * people / 10_000).quantize(Decimal(1))
    exact = total * worth / people
    right = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if right < Decimal("0.5") or exact > 2000:
        return None
    order = rng.choice(SCALED_ORDERS)
    count = people / 10_000 if base_unit == "万人" else people
    sentence = order.format(
        base=base, what=what, scale=scale, n=written(count, base_unit, writing), total=written(total, unit, writing),
        r=f"〔{written(slipped(rng, right) if is_wrong else right, unit, writing)}〕",
    )  # fmt: skip
    return Told(sentence, (order, scale, base + base_unit, what))
