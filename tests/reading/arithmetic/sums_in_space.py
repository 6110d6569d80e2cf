"""Sums put together from all that varies in the way office texts tell them: order, openers, joints, numerals, tables.

Each case is one text with the right number and the same text with a slip of the pen in its whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random

from gangmu.reading.values import Format

# What was done, what was counted, its measure, and the parts.
THINGS = (
    ("受理", "诉求", "件", ("土地类", "婚姻类", "邻里类", "劳资类")),
    ("完成", "造林", "亩", ("柳湾村", "石桥村", "槐树村", "河口村")),
    ("举办", "培训", "场", ("农技培训", "电商培训", "家政培训", "安全培训")),
    ("投入", "资金", "万元", ("道路硬化", "管网改造", "绿化亮化", "路灯更换")),
    ("接待", "来访", "人次", ("一季度", "二季度", "三季度", "四季度")),
)
WHOLES = ("全年共{v}{n}{t}", "全镇{v}{n}{t}", "全年{n}{v}总量为{t}", "今年以来，全镇累计{v}{n}{t}")
OPENERS = (
    "：", "，包括", "，分别是", "，分别为", "。具体为：", "，具体是", "，由{names}{k}部分组成：", "，主要由{k}部分构成，",
    "，分为{k}类：", "，分{k}块：", "。按类别分，", "。从构成看，", "。分开来看，", "。{k}类分别是：", "——",
)  # fmt: skip
PARTS = ("{p}{a}", "{p}有{a}", "{p}为{a}", "{p}{v}{a}", "{p}：{a}", "{p}（{a}）", "{p}{a}（占{s}%）", "{p}{a}，占{s}%")
JOINTS = ("、", "，", "；")
TOTALS = (
    "，合计{t}", "，共计{t}", "，总计{t}", "，{k}类合计{t}", "，以上{k}项共{t}", "，加起来一共{t}", "，{k}项相加为{t}",
    "，一共{t}", "，拢共{t}", "，合起来{t}", "，拢到一起是{t}", "。{k}类合计{t}", "。以上合计{t}", "。这{k}类加起来共{t}",
    "，{n}总量{t}", "；合计{t}", "，就这{k}样，没有别的，拢到一起是{t}", "，{k}项合计为{t}", "，总共{v}{t}",
)  # fmt: skip
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
DIGITS = "零一二三四五六七八九"
COUNTS = "零一两三四"


@dataclass(frozen=True, slots=True)
class Case:
    """A text that is right, and one whose number at some place has its digits changed about or one of them wrong."""

    right: str
    wrong: str
    form: Format


def chinese(number: int) -> str:
    """A number below 100,000,000 in Chinese numerals: 2090 → 二千零九十."""
    if number >= 10_000:
        low = number % 10_000
        return chinese(number // 10_000) + "万" + (("零" if low < 1000 else "") + chinese(low) if low else "")
    said, gap = "", False
    for digit, unit in zip(f"{number:04}", "千百十个", strict=True):
        if digit == "0":
            gap = bool(said)
            continue
        said += ("零" if gap else "") + DIGITS[int(digit)] + unit.replace("个", "")
        gap = False
    return said.removeprefix("一") if said.startswith("一十") else said


SCRIPTS = (str, chinese, "{:,}".format, lambda number: str(number).translate(FULL_WIDTH))


def slipped(random: Random, number: int) -> int:
    """The number with two neighbouring digits changed about, or its last but one digit otherwise."""
    digits = str(number)
    places = [n for n in range(1, len(digits) - 1) if digits[n] != digits[n + 1] and digits[n + 1] != "0"]
    if places and random.random() < 0.5:
        n = random.choice(places)
        return int(digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :])
    other = random.choice([digit for digit in "123456789" if digit != digits[-2]])
    return int(digits[:-2] + other + digits[-1])


def sentences(random: Random) -> Iterator[Case]:
    """A whole before its parts in every opening, and behind them in every closing, in every form of part and joint."""
    for opener, part, joint in product(OPENERS, PARTS, JOINTS):
        yield _sentence(random, part, joint, opener=opener)
    for total, part, joint in product(TOTALS, PARTS, JOINTS):
        yield _sentence(random, part, joint, total=total)


def _sentence(random: Random, part: str, joint: str, opener: str = "", total: str = "") -> Case:
    verb, thing, unit, called = random.choice(THINGS)
    script = random.choice(SCRIPTS)
    names = called[: random.choice((2, 3, 4))]
    values = [random.randrange(135, 2600) for _ in names]
    said = [script(value) + unit for value in values]
    shares = [f"{100 * value / sum(values):.1f}" for value in values]
    told = joint.join(part.format(p=p, a=a, v=verb, s=s) for p, a, s in zip(names, said, shares, strict=True))
    words = {"v": verb, "n": thing, "k": COUNTS[len(names)], "names": "、".join(names)}
    whole = random.choice(WHOLES)
    texts: list[str] = []
    for number in (sum(values), slipped(random, sum(values))):
        t = script(number) + unit
        line = (
            whole.format(t=t, **words) + opener.format(**words) + told if opener else told + total.format(t=t, **words)
        )
        texts.append(f"过去一年，各项工作稳步推进。\n{line}。\n下一步，我们将继续努力。\n")
    return Case(texts[0], texts[1], "txt")


ROWS = (
    ("柳湾村", "石桥村", "槐树村", "河口村"),
    ("土地类", "婚姻类", "邻里类", "其他"),
    ("门面租金", "光伏发电", "存款利息"),
)
HEADINGS = (
    ("受理（件）", "办结（件）"),
    ("参加人次", "活动场次(场)", "培训人数"),
    ("2023年", "2024年"),
    ("0—14岁（人）", "60岁以上（人）"),
)
OF_TIMES = (("上半年", "下半年"), ("一季度", "二季度", "三季度", "四季度"))
TOTAL_ROWS = ("合计", "总计", "合 计", "小计", "全镇", "全县合计", "收入合计", "共计", "计")
TOTAL_COLUMNS = ("合计", "全年", "总计", "全年合计", "小计", "总数")
FORMS = ("md", "bold", "html", "wrapped", "tabs")
RANGES = ((120, 300), (1850, 2200), (4000, 90_000))
CELLS = (*SCRIPTS, "{}件".format)


def tables(random: Random) -> Iterator[Case]:
    """Totals of columns under every name, at either end, and totals of rows on either side, in every form."""
    for form, name, top, numbered in product(FORMS, TOTAL_ROWS, (False, True), (False, True)):
        yield _columns(random, form, name, top=top, numbered=numbered)
    for form, name, first in product(FORMS, TOTAL_COLUMNS, (False, True)):
        yield _rows(random, form, name, first=first)


def _columns(random: Random, form: str, name: str, *, top: bool, numbered: bool) -> Case:
    rows, heads = random.choice(ROWS), random.choice(HEADINGS)
    values, cell = _values(random, len(rows), len(heads)), random.choice(CELLS)
    totals = [sum(column) for column in zip(*values, strict=True)]
    column = random.randrange(len(heads))
    texts: list[str] = []
    for number in (totals[column], slipped(random, totals[column])):
        last = [name, *map(cell, (*totals[:column], number, *totals[column + 1 :]))]
        body = [[row, *map(cell, line)] for row, line in zip(rows, values, strict=True)]
        lines = [last, *body] if top else [*body, last]
        if numbered:
            lines = [["" if line is last else str(n), *line] for n, line in enumerate(lines, start=0 if top else 1)]
        texts.append(_written(form, [["序号"] * numbered + ["单位", *heads], *lines]))
    return Case(texts[0], texts[1], _format(form))


def _rows(random: Random, form: str, name: str, *, first: bool) -> Case:
    rows, heads = random.choice(ROWS), random.choice(OF_TIMES)
    values, cell = _values(random, len(rows), len(heads)), random.choice(CELLS)
    wrong = random.randrange(len(rows))
    texts: list[str] = []
    for totals in ([sum(line) for line in values],) * 2:
        if texts:
            totals = [slipped(random, total) if n == wrong else total for n, total in enumerate(totals)]
        lines = [
            [row, *map(cell, (total, *line) if first else (*line, total))]
            for row, line, total in zip(rows, values, totals, strict=True)
        ]
        texts.append(_written(form, [["单位", *((name, *heads) if first else (*heads, name))], *lines]))
    return Case(texts[0], texts[1], _format(form))


def _values(random: Random, rows: int, columns: int) -> list[list[int]]:
    low, high = random.choice(RANGES)
    return [[random.randrange(low, high) for _ in range(columns)] for _ in range(rows)]


def _format(form: str) -> Format:
    return "md" if form in ("md", "bold") else "txt" if form == "tabs" else "html"


def _written(form: str, lines: list[list[str]]) -> str:
    if form in ("md", "bold"):
        marked = [
            [f"**{cell}**" if form == "bold" and n == len(lines) - 1 and cell else cell for cell in line]
            for n, line in enumerate(lines)
        ]
        rows = ["| " + " | ".join(line) + " |" for line in marked]
        rows.insert(1, "|" + " --- |" * len(lines[0]))
        return "# 情况通报\n\n各单位情况如下：\n\n" + "\n".join(rows) + "\n\n特此通报。\n"
    if form == "tabs":
        return "情况通报\n\n各单位情况如下：\n" + "\n".join(map("\t".join, lines)) + "\n\n特此通报。\n"
    between = "\n" if form == "wrapped" else ""
    rows = ["<tr>" + between.join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines]
    return f"<html><body><h1>情况通报</h1><p>各单位情况如下：</p><table>{between.join(rows)}</table><p>特此通报。</p></body></html>"
