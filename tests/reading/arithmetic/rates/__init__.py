"""Sentences put together from what varies in office texts: order, words of time, verbs, numerals, wraps, neighbours.

A `Case` is one paragraph with one stated figure, right or wrong. The tables of each relation stand in their modules;
here is what all share: how a number is written, how a line is broken, and what stands around the sentence.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
STATED = re.compile("〔([^〕]*)〕")
WRITINGS = ("plain", "plain", "plain", "grouped", "wide", "chinese")
LAYOUTS = ("one line", "one line", "wrapped", "markdown")
WIDTH = 26
TITLES = "关于上半年重点工作情况的汇报\n\n", "青禾市石桥镇工作总结\n\n一、工作成效\n"
BEFORE = (
    "",
    "",
    "围绕年初定下的目标，各项工作都有进展。",
    "全年召开会议12次，印发文件8份。",
    "一是抓学习。",
    "（二）抓落实。",
)
AFTER = ("", "", "下一步继续抓好落实。", "另外，还组织培训6场，编印手册400册。", "群众看在眼里。")


@dataclass(frozen=True, slots=True)
class Case:
    """A paragraph, where its stated figure stands, whether that is wrong, and what it was put together from."""

    text: str
    told: tuple[int, int]
    is_wrong: bool
    made_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with its stated figure in 〔〕 and the names of the choices that made it."""

    sentence: str
    made_of: tuple[str, ...]


Maker = Callable[[Random, str, bool], Told | None]


def cases(make: Maker, count: int, seed: int) -> Iterator[Case]:
    """`count` cases, half of them wrong, each with its own choices; the same seed gives the same cases."""
    for n in range(count):
        rng = Random(f"{seed}-{n // 2}")
        writing = rng.choice(WRITINGS)
        told = make(rng, writing, n % 2 == 1)
        if told is not None:
            yield _laid_out(rng, told, writing, n % 2 == 1)


def _laid_out(rng: Random, told: Told, writing: str, is_wrong: bool) -> Case:
    layout = rng.choice(LAYOUTS)
    before, after = rng.choice(BEFORE), rng.choice(AFTER)
    text = f"{before}{told.sentence}{after}"
    title = rng.choice(TITLES)
    if layout == "markdown":
        text = f"- **情况**：{text}" if rng.random() < 0.5 else STATED.sub(r"〔**\1**〕", text)
    if layout == "wrapped":
        text = wrapped(text)
    text = title + text
    start, end = text.index("〔"), text.index("〕") - 1
    return Case(text.replace("〔", "").replace("〕", ""), (start, end), is_wrong, (*told.made_of, writing, layout))


def wrapped(text: str) -> str:
    """`text` in lines of one width, as a mail or an old page breaks it, inside words and numbers too."""
    lines, line = [], ""
    for sign in text:
        line += sign
        if len(line.replace("〔", "").replace("〕", "")) >= WIDTH and sign not in "〔":
            lines.append(line)
            line = ""
    return "\n".join([*lines, line] if line not in ("", "〕") else [*lines[:-1], lines[-1] + line])


def written(value: Decimal, unit: str, writing: str) -> str:
    """A number with its unit as one writer writes it."""
    plain = f"{value.normalize():f}"
    if writing == "chinese":
        return chinese(value, unit)
    if writing == "grouped" and value >= 1000:
        whole, point, rest = plain.partition(".")
        return f"{int(whole):,}{point}{rest}{unit}"
    return (
        f"{plain.translate(WIDE) if writing == 'wide' else plain}{unit.translate(WIDE) if writing == 'wide' else unit}"
    )


def chinese(value: Decimal, unit: str) -> str:
    """三百二十件, 三点五万元, 百分之十二点五, 十二个百分点."""
    plain = f"{value.normalize():f}"
    whole, point, rest = plain.partition(".")
    said = myriads(int(whole)) + (point and "点") + "".join(DIGITS[int(d)] for d in rest)
    if unit == "%":
        return f"百分之{said}"
    return ("两" if said == "二" else said) + unit


def myriads(value: int) -> str:
    """Whole numbers below a hundred million in Chinese: 12050 → 一万二千零五十."""
    high, low = divmod(value, 10_000)
    if not high:
        return thousands(low)
    return thousands(high) + "万" + (("零" if low < 1000 else "") + thousands(low) if low else "")


def thousands(value: int) -> str:
    """Whole numbers below ten thousand in Chinese: 305 → 三百零五, 12 → 十二."""
    if value == 0:
        return DIGITS[0]
    said = ""
    for place, digit in zip(range(len(str(value)) - 1, -1, -1), map(int, str(value)), strict=True):
        if digit:
            said += DIGITS[digit] + PLACES[place]
        elif not said.endswith(DIGITS[0]):
            said += DIGITS[0]
    said = said.rstrip(DIGITS[0])
    return said[1:] if said.startswith("一十") else said


def percent(top: Decimal, bottom: Decimal, places: int = 1) -> Decimal:
    """top ÷ bottom in percent, rounded to `places`."""
    return (100 * top / bottom).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def slipped(rng: Random, value: Decimal, *others: Decimal) -> Decimal:
    """A figure near `value` that a tired writer might have put, far enough from it and from `others` to be wrong."""
    swapped = _swapped(value)
    offered = [swapped, value + value / 10, value * 6 / 5, value * 4 / 5, value + 10, value - 10]
    place = Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value % 1 else Decimal(1)
    tried = [v.quantize(place, ROUND_HALF_UP) for v in offered]
    near = [v for v in tried if value / 2 <= v <= value * 2]
    far = [v for v in near if all(abs(v - o) > max(o / 20, Decimal(1)) for o in (value, *others))]
    return rng.choice(far or [value * 2])


def _swapped(value: Decimal) -> Decimal:
    digits = f"{value.normalize():f}"
    for n in range(len(digits) - 1):
        one, other = digits[n], digits[n + 1]
        if one != other and "." not in (one, other) and not (n == 0 and other == "0"):
            return Decimal(digits[:n] + other + one + digits[n + 2 :])
    return value + 2
