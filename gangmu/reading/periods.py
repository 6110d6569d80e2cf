"""Durations: framing another claim, or measured themselves (the guideline's §1.3, 9)."""

import re

from gangmu.reading.names import AFTER_PERIOD, BEFORE_PERIOD, MEASURING
from gangmu.reading.quantity import Quantity

_ENDS = frozenset(',。;:!?、)\n\t…”"’(')
_LONG = frozenset(("年", "个月", "周", "个季度", "年时间", "个半月", "个多月", "个星期"))
_MOVES = (
    "缩短",
    "压缩",
    "压减",
    "减少",
    "减至",
    "减到",
    "降至",
    "降到",
    "降为",
    "压到",
    "压至",
    "减为",
    "缩至",
    "缩到",
    "提高到",
    "延长",
    "增加到",
    "增至",
)
AS_A_STANDARD = ("的承诺", "的时限", "的期限", "的要求", "的规定", "的目标", "的限期", "的标准")
_SHORT_TERM = ("内", "以内", "之内")


def is_framing(text: str, quantity: Quantity, clause: str) -> bool:
    """True for a duration that only says over what time another claim reaches."""
    start, end = quantity.start, quantity.end
    if text.endswith("连续", 0, start) or _is_measured(text, start, end):
        return False
    if text.startswith(_SHORT_TERM, end):
        return quantity.unit in ("年", "年时间")
    if _is_named_period(text, quantity):
        return True
    if (clause.endswith("早") and "比" in clause) or text.startswith(_MOVES, end):
        return False
    if text.endswith(BEFORE_PERIOD, max(0, start - 3), start):
        return _frames_after(text, quantity, clause)
    if clause.endswith("的") and quantity.unit in _LONG:
        return True
    if not clause or clause.endswith(("将", "在")):
        return quantity.unit in _LONG and _runs_on(text, end)
    return _runs_on(text, end) and quantity.unit in _LONG and not clause.endswith(MEASURING)


def _is_measured(text: str, start: int, end: int) -> bool:
    """前后二十四天, 接单后3.5小时才到场, 低于一年的承诺: measured. 比去年提前22天: so much earlier."""
    if text.startswith(AS_A_STANDARD, end):
        return True
    if text.startswith("才", end) or text.endswith("提前", 0, start):
        return True
    return text.endswith("前后", 0, start) and text[end : end + 1] in _ENDS


def _is_named_period(text: str, quantity: Quantity) -> bool:
    """三年行动, 五年规划, 两年来, 半年前; a short term may be an object (利用两天时间, 三天后 is a frame)."""
    if not text.startswith(AFTER_PERIOD, quantity.end):
        return False
    if quantity.unit in _LONG:
        return True
    if text.startswith(("后才", "之后才", "以后才"), quantity.end):
        return False
    return text.startswith(("来", "以来", "前", "后", "之后", "里", "间", "期间", "之前"), quantity.end)


def _frames_after(text: str, quantity: Quantity, clause: str) -> bool:
    """近三年 opens a frame, 驻村近三年 measures; 每三年 never counts."""
    if not clause.endswith("近"):
        return True
    following = text[quantity.end : quantity.end + 1]
    return len(clause) == 1 or (following not in _ENDS and not text.startswith("时间", quantity.end))


def _runs_on(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return (
        bool(following)
        and following not in _ENDS
        and re.match(r"时间|之久|以上|以下|左右|的|多|未|无|没|被|获|保持|位|蝉联|实现", text[end : end + 3]) is None
    )
