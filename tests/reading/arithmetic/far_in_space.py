"""Relations over a distance put together from all that varies: noun, order, what stands between, numerals, paragraphs.

A case is a small document twice: a figure is told with its noun, other figures follow, and a later sentence takes the
noun up again with what comes of the figure, once right and once by a hurried clerk.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random

from tests.reading.arithmetic.sums_in_space import FULL_WIDTH, chinese

# Per relation: the sentence that tells the figure, the one that takes it up, the measure. {b} is told first.
SHARES = (
    ("全县建成农家书屋{b}。", "农家书屋里，配齐专职管理员的有{a}，占{r}。", "个"),
    ("登记在册退役军人{b}。", "退役军人中，自主创业的{a}，占比{r}。", "名"),
    ("规上企业户数达到{b}。", "规上企业当中，开展数字化改造的{a}，比例为{r}。", "家"),
    ("组织食品抽检{b}。", "抽检的食品里，合格{a}，合格率{r}。", "批次"),
    ("面向群众征集微心愿{b}。", "到年底，征集到的微心愿已认领{a}，认领率为{r}。", "个"),
    ("向服务对象发放调查问卷{b}。", "发出去的问卷收回{a}，回收率{r}。", "份"),
    ("登记城镇失业人员{b}。", "经过帮扶，失业人员再就业{a}，再就业率{r}。", "人"),
    ("摸排出超龄电梯{b}。", "摸排的超龄电梯完成更新{a}，更新率达{r}。", "部"),
    ("建档困难家庭{b}。", "有{a}困难家庭落实了帮扶责任人，占困难家庭总数的{r}。", "户"),
    ("入库培育项目{b}。", "值得一提的是，{a}入库项目拿到了省级资金，占{r}。", "个"),
)
GROWTHS = (
    ("全年接待研学团队{n}。", "上年接待研学团队{o}，同比增长{r}。", "批"),
    ("完成公路货运量{n}。", "去年同期公路货运量为{o}，增幅{r}。", "万吨"),
    ("发放创业担保贷款{n}。", "与去年的{o}相比，创业担保贷款增长{r}。", "笔"),
    ("持证骑手达到{n}。", "对比来看，上年持证骑手只有{o}，增长{r}。", "人"),
    ("家庭医生签约{n}。", "而上一年度家庭医生签约是{o}，同比上升{r}。", "户"),
    ("上年同期，全区受理物业投诉{o}。", "本期受理物业投诉{n}，同比上升{r}。", "件"),
    ("水库年供水{n}。", "去年水库供水{o}，供水增加{r}。", "万立方米"),
    ("电商包裹寄出{n}。", "上年电商包裹为{o}，一年增长{r}。", "万件"),
)
POINTS = (
    ("困难群众参保率达到{p}。", "上年困难群众参保率为{q}，提高{d}。"),
    ("秸秆综合利用率{p}。", "去年秸秆综合利用率只有{q}，上升{d}。"),
    ("窗口即办件占比{p}。", "回头看，上年同期即办件占比是{q}，提升{d}。"),
    ("上年林木覆盖率为{q}。", "如今林木覆盖率达到{p}，比上年提高{d}。"),
)
MULTIPLES = (
    ("直播带货成交额{n}。", "上年直播带货只有{o}，成交额是上年的{k}。", "万元"),
    ("无人机巡查{n}。", "去年无人机巡查是{o}，巡查量是去年的{k}。", "架次"),
    ("乡村民宿床位发展到{n}。", "上年民宿床位{o}，相当于上年的{k}。", "张"),
    ("志愿服务时长{n}。", "对照上年的{o}，志愿服务时长是上年的{k}。", "小时"),
)
DIFFERENCES = (
    ("今年应检锅炉{m}。", "截至目前，锅炉已检{s}，还有{r}待检。", "台"),
    ("全区应征青年登记{m}。", "应征青年体检完成{s}，剩余{r}安排在下月。", "人"),
    ("储备冬麦种子{m}。", "冬麦种子已供应{s}，结余{r}。", "吨"),
    ("排查出需改旱厕{m}。", "旱厕改造已完工{s}，剩余{r}转入明年。", "户"),
    ("交办代表建议{m}。", "代表建议已答复{s}，仍有{r}正在办理。", "件"),
    ("采购新书{m}。", "新书已上架{s}，余下{r}正在编目。", "册"),
    ("梳理断头路{m}。", "打通断头路{s}，尚有{r}未打通。", "条"),
)
PERS = (
    ("全市办居家养老服务点{q}。", "居家养老服务点一年服务老人{b}，平均每个服务点{r}。", "个", "人次", "人次"),
    ("开设农家书屋{q}。", "农家书屋藏书{b}，平均每个书屋{r}。", "个", "册", "册"),
    ("家政培训结业{q}。", "家政培训花费{b}，人均{r}。", "人", "万元", "元"),
    ("发放助学金{b}。", "受助学生{q}，人均助学金{r}。", "名", "万元", "元"),
    ("投放共享单车{q}。", "共享单车全年骑行{b}，平均每辆{r}。", "辆", "次", "次"),
    ("种植中药材{q}。", "中药材总产值{b}，亩均{r}。", "亩", "万元", "元"),
)
PARTS = (
    ("登记个体工商户{b}。", "个体工商户中，从事餐饮的{a}。", "户"),
    ("执法检查餐饮单位{b}。", "检查的餐饮单位中，证照不全的{a}。", "家"),
    ("培育高素质农民{b}。", "高素质农民当中，大专以上学历的{a}。", "人"),
    ("收到人大建议{b}。", "人大建议里，属于教育类的{a}。", "件"),
)
SUMS = (
    ("护林员按片区配备，东片{a}，西片{b}，中片{c}。", "三个片区的护林员合计{t}。", "名"),
    ("以奖代补资金分三档拨付，一档{a}，二档{b}，三档{c}。", "三档以奖代补加起来是{t}。", "万元"),
    ("换装智能水表，老城{a}、新城{b}、城南{c}。", "三处智能水表总计{t}，运行良好。", "只"),
    ("救助对象里，孤寡老人{a}，残疾人{b}，困境儿童{c}。", "以上三类救助对象共计{t}。", "人"),
)
FILLERS = (
    "开展巡回宣讲46场，现场气氛热烈。", "整治背街小巷27条。", "新建停车位1320个，市民出行更方便。",
    "召开调度会15次，协调用地240亩。", "发放明白纸6800张。", "办结民生实事18件。", "慰问老党员73名。",
    "争取上级资金915万元。", "绿化植树3.6万株。", "走访企业85家，送政策上门。",
)  # fmt: skip
BETWEEN = (
    ("", ""),
    ("\n　　", ""),
    ("{f}\n　　{f}", ""),
    ("{f}\n二、抓落实\n　　{f}{f}", ""),
    ("\n　　{f}\n（二）抓民生\n　　{f}\n　　", "{f}"),
)
OPENED = ("2025年，各项工作有序推进。", "今年以来，全区上下真抓实干。{f}", "")
SCRIPTS = (str, str, chinese, "{:,}".format, lambda number: str(number).translate(FULL_WIDTH))


@dataclass(frozen=True, slots=True)
class Case:
    """A text that is right, one that is wrong, and the figure that is wrong in it."""

    kind: str
    right: str
    wrong: str
    stated: str


def cases(random: Random, rounds: int = 1) -> Iterator[Case]:
    """Every pair of sentences at every distance, `rounds` times with other numbers."""
    for _ in range(rounds):
        for kind, make, stock in MAKERS:
            for pair, between in product(stock, BETWEEN):
                told, taken, right, wrong = make(random, pair)
                yield Case(kind, *_documents(random, told, taken, between, (right, wrong)), wrong)


def _documents(
    random: Random, told: str, taken: str, between: tuple[str, str], stated: tuple[str, str]
) -> tuple[str, str]:
    frame = random.choice(OPENED) + told + between[0] + "{taken}" + between[1]
    for filler in random.sample(FILLERS, frame.count("{f}")):
        frame = frame.replace("{f}", filler, 1)
    one, other = (f"　　{frame.replace('{taken}', taken.replace('{!}', s))}\n　　谢谢大家。\n" for s in stated)
    return one, other


Made = tuple[str, str, str, str]


def _share(random: Random, pair: tuple[str, ...]) -> Made:
    told, taken, unit = pair
    script, whole = random.choice(SCRIPTS), random.randrange(120, 960)
    part = round(whole * random.uniform(0.15, 0.9))
    right = f"{100 * part / whole:.1f}%"
    wrong = random.choice(
        [f"{100 * part / whole + random.choice((-7, 6, 9)):.1f}%", f"{100 - 100 * part / whole:.1f}%"]
    )
    if abs(part / whole - 0.5) < 0.03:
        wrong = f"{100 * part / whole - 8:.1f}%"
    return told.format(b=script(whole) + unit), taken.format(a=script(part) + unit, r="{!}"), right, wrong


def _growth(random: Random, pair: tuple[str, ...]) -> Made:
    told, taken, unit = pair
    script, old = random.choice(SCRIPTS), random.randrange(300, 4000)
    new = round(old * random.uniform(1.05, 1.4))
    rate = 100 * (new - old) / old
    right, wrong = f"{rate:.1f}%", random.choice([f"{rate + 10:.1f}%", f"{100 * (new - old) / new + 4:.1f}%"])
    n, o = script(new) + unit, script(old) + unit
    return told.format(n=n, o=o), taken.format(n=n, o=o, r="{!}"), right, wrong


def _points(random: Random, pair: tuple[str, ...]) -> Made:
    told, taken = pair
    old, gap = random.randrange(600, 850), random.randrange(21, 90)
    p, q = f"{(old + gap) / 10:.1f}%", f"{old / 10:.1f}%"
    right, wrong = f"{gap / 10:.1f}个百分点", f"{gap / 10 + random.choice((1, -1, 2)):.1f}个百分点"
    return told.format(p=p, q=q), taken.format(p=p, q=q, d="{!}"), right, wrong


def _multiple(random: Random, pair: tuple[str, ...]) -> Made:
    told, taken, unit = pair
    script, old, times = random.choice(SCRIPTS), 10 * random.randrange(40, 300), random.choice((15, 16, 22, 24, 32))
    n, o = script(old * times // 10) + unit, script(old) + unit
    return told.format(n=n), taken.format(o=o, k="{!}"), f"{times / 10}倍", f"{times / 10 + random.choice((1, -0.4))}倍"


def _difference(random: Random, pair: tuple[str, ...]) -> Made:
    told, taken, unit = pair
    script, whole = random.choice(SCRIPTS), random.randrange(200, 1900)
    done = round(whole * random.uniform(0.7, 0.95))
    left = whole - done
    wrong = script(left + random.choice((10, -1, 9) if left > 12 else (10, 3))) + unit
    return told.format(m=script(whole) + unit), taken.format(s=script(done) + unit, r="{!}"), script(left) + unit, wrong


def _per(random: Random, pair: tuple[str, ...]) -> Made:
    told, taken, counted, shared, each = pair
    script, count = random.choice(SCRIPTS), random.randrange(40, 400)
    average = random.randrange(120, 900)
    total = script(count * average) + shared
    if shared == "万元":
        total = f"{count * average / 10_000:.4f}".rstrip("0").rstrip(".") + shared
    q = script(count) + counted
    right, wrong = script(average) + each, script(average + random.choice((90, -30, 9 * average))) + each
    return told.format(q=q, b=total), taken.format(q=q, b=total, r="{!}"), right, wrong


def _part(random: Random, pair: tuple[str, ...]) -> Made:
    told, taken, unit = pair
    script, whole = random.choice(SCRIPTS), random.randrange(120, 900)
    right, wrong = round(whole * 0.4), round(whole * random.uniform(1.1, 1.8))
    return told.format(b=script(whole) + unit), taken.format(a="{!}"), script(right) + unit, script(wrong) + unit


def _sum(random: Random, pair: tuple[str, ...]) -> Made:
    told, taken, unit = pair
    script = random.choice(SCRIPTS)
    parts = [random.randrange(31, 420) for _ in range(3)]
    a, b, c = (script(part) + unit for part in parts)
    total = sum(parts)
    wrong = random.choice((total - parts[2], total + 10, total - 9))
    return told.format(a=a, b=b, c=c), taken.format(t="{!}"), script(total) + unit, script(wrong) + unit


MAKERS = (
    ("share", _share, SHARES),
    ("growth", _growth, GROWTHS),
    ("points", _points, POINTS),
    ("multiple", _multiple, MULTIPLES),
    ("difference", _difference, DIFFERENCES),
    ("per", _per, PERS),
    ("part_of", _part, PARTS),
    ("sum", _sum, SUMS),
)
