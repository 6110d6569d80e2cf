"""Counts of a speaker's own points, and numbers that repeat a list, are no claims (the guideline's §1.3, 5)."""

import re
from itertools import takewhile

from gangmu.reading.nouns import ABSTRACT, HALF_ABSTRACT, NEXT_TO_DISCOURSE, PRODUCING, REAL_THINGS
from gangmu.reading.numerals import CHINESE
from gangmu.reading.patterns import pattern
from gangmu.reading.place import Place
from gangmu.reading.quantity import ARABIC, CHINESE_SCRIPT, Quantity
from gangmu.reading.units import DURATION, EVENTS, FIRST, MONEY, RATIO

_NOT_LISTED = frozenset(RATIO + MONEY + DURATION + EVENTS)

_ABSTRACT_HEAD = pattern(rf"(?:[^,。;:、!?\n\t“”\"()的是有在为]{{0,4}}?(?:的|性|大)?)?(?:{'|'.join(ABSTRACT)})")
_ABSTRACT_NEXT = pattern("|".join(ABSTRACT + NEXT_TO_DISCOURSE))
_HALF_ABSTRACT_HEAD = pattern(rf"[^,。;:、!?\n\t“”\"()是有在为]{{0,5}}?(?:{'|'.join(HALF_ABSTRACT)})")
_PRODUCING = pattern("|".join(PRODUCING))
_DISCOURSE_UNITS = frozenset(
    (
        "个",
        "点",
        "种",
        "项",
        "条",
        "类",
        "对",
        "层",
        "句",
        "字",
        "大类",
        "件",
        "篇",
        "块",
        "道",
        "张",
        "轮",
        "门",
        "把",
        "把手",
        "段",
        "环",
    )
)


def is_discourse(text: str, quantity: Quantity, place: Place) -> bool:
    """§1.3, 5: 讲三点意见, 四个原则, 三种境界, 四大举措; an open list (…等九大项目) makes the number a claim."""
    if quantity.script != CHINESE_SCRIPT or len(quantity.digits) > 2 or quantity.inner or quantity.upper is not None:
        return False
    if text.startswith("等", quantity.start - 1) and quantity.start:
        return False
    if quantity.unit == "则" and place.clause.endswith(("讯", "消息", "案例", "动态", "新闻")):
        return True
    if not quantity.unit:
        return text.startswith("大", quantity.end)
    if quantity.unit not in _DISCOURSE_UNITS:
        return False
    if _ABSTRACT_NEXT.match(text, quantity.end):
        return not _starts_real_noun(text, quantity.end)
    if text.startswith(":", quantity.end) and quantity.unit in ("点", "条", "个", "句", "件", "项"):
        return True
    if _PRODUCING.search(place.clause[-6:]):
        return False
    return (
        _ABSTRACT_HEAD.match(text, quantity.end) is not None
        or _HALF_ABSTRACT_HEAD.match(text, quantity.end) is not None
    )


def _starts_real_noun(text: str, at: int) -> bool:
    return text.startswith(REAL_THINGS, at)


def sums_up_list(text: str, quantity: Quantity, _place: Place) -> bool:
    """§1.3, 5: 甲、乙、丙三个社区 repeats a list written out in full beside it; …等九个does not."""
    value = quantity.value
    if value is None or not 2 <= value <= 15 or quantity.scaled or quantity.unit in _NOT_LISTED:
        return False
    if quantity.upper is not None or quantity.inner:
        return False
    if quantity.script == ARABIC and value < 3:
        return False
    if _listed_before(text, quantity.start) == value or _listed_after(text, quantity.end) == value:
        return True
    return _ADDED_UP.match(text, quantity.end) is not None and _counted_before(text, quantity.start) == value


_BOUNDARY = pattern(r"[,。;:!?\n\t(（]")
_COUNTED_ITEM = pattern(rf"[{CHINESE}]+[{FIRST}](?=、)|\d")


# 博士25名、硕士35名、规培医师74名，三类人才共134名: the list that 三类 sums up is told with its numbers.
_ADDED_UP = pattern(r"[\u4e00-\u9fff]{0,8}?(?:合计|共计|共(?!同|建|享)|总计|相加|合起来|加起来|有交叉)")
_TOLD_ITEM = pattern(rf"[\d.{CHINESE}][万亿]?[余多]?(?:[{FIRST}]|%)[^、,]{{0,6}}$|百分之[{CHINESE}]+$")


def _counted_before(text: str, start: int) -> int:
    """How many items with a number each stand in the sentence before `start`, up to the comma right before it."""
    pieces = re.split(r"[、,]|和", _SENTENCE_END.split(text[max(0, start - 120) : start])[-1])
    if len(pieces) < 3 or pieces[-1]:
        return 0
    run = list(takewhile(_TOLD_ITEM.search, reversed(pieces[:-1])))
    return len(run)


_SENTENCE_END = pattern(r"[。;:!?\n]")


def _listed_before(text: str, start: int) -> int:
    """How many items end right before `start`, 0 if the list is open or there is none."""
    window = text[max(0, start - 90) : start]
    clause = _BOUNDARY.split(window)[-1]
    if "、" not in clause and not re.search(r".{2,}[和与及].{2,}$", clause):
        return 0
    if _COUNTED_ITEM.search(clause) or clause.endswith(("等", "等等", "各", "共", "共计", "计", "合计", "总共")):
        return 0
    items = clause.split("、")
    last = re.split(r"以及|[和与及]", items[-1])
    return len(items) + (1 if len(last) == 2 and all(len(each) > 1 for each in last) else 0)


def _listed_after(text: str, end: int) -> int:
    """How many items stand in brackets or after a colon right behind the noun, 0 if open or not a list."""
    window = text[end : end + 80]
    opened = re.match(r"[^,。;:、(\d\n]{1,10}[(:]([^()。;\n\d]{3,60})(?:[)。;\n]|$)", window)
    if not opened or "等" in opened[1]:
        return 0
    return len(re.split(r"、|以及|[和与及]", opened[1])) if "、" in opened[1] else 0
