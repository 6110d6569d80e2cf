"""一 as an article is no claim (the guideline's §1.3, 7)."""

import re

from gangmu.reading.patterns import pattern
from gangmu.reading.periods import AS_A_STANDARD
from gangmu.reading.place import CLAUSE_ENDS, Place
from gangmu.reading.quantity import Quantity
from gangmu.reading.units import DURATION, RATIO

_RATIO = frozenset(RATIO)
_DURATION = frozenset(DURATION)

_STRESSED = (
    "只有", "仅有", "仅", "只", "共", "共计", "至少", "不少于", "最多", "不超过", "少于", "达", "新增", "减少",
    "增加", "还差", "差", "唯有", "合计", "总计", "为", "不足", "不到", "有且只有", "就", "少了", "多了", "不低于",
    "超过", "各",
)  # fmt: skip
_ONLY = pattern(r"(?:只|仅|至少|不足|不到)[^,。;]{0,5}$")
_TRAILING = frozenset("个名项件场次家处座台辆起例篇条份本所位人期套笔幅块支批间栋届门枚面")
_ROLL_CALL = ("请假", "请病假", "请事假", "因病", "因事", "因公", "缺席", "缺勤", "未到", "迟到", "弃权", "反对")
_NOT_TRAILING = frozenset(
    "的其是之统同任哪每另某这那唯第进又再有下上头首万单专不逐随在当如即也了着过为把用和与及或到从向因"
)


def is_article(text: str, quantity: Quantity, place: Place) -> bool:
    """§1.3, 7: 一 is an article unless stressed, counted, measured or a frequency."""
    if quantity.digits != "一" or quantity.upper is not None or quantity.inner:
        return False
    if quantity.unit in _RATIO:
        return not (quantity.unit != "番" or text.endswith(("翻", "翻了"), 0, quantity.start))
    start, end = quantity.start, quantity.end
    if text.startswith("一", end) or (start and text[start - 1] in "每任哪另某这那同"):
        return True
    if text.endswith(_STRESSED, max(0, start - 4), start) or _is_frequency(place.clause) or _ONLY.search(place.clause):
        return text.startswith(("定", "样", "些"), end)
    if quantity.unit in _DURATION:
        return not (
            text.startswith(AS_A_STANDARD, end)
            or text.startswith("内", end)
            or text.endswith(
                (
                    "缩短",
                    "减少",
                    "节省",
                    "提前",
                    "推迟",
                    "延长",
                    "为期",
                    "会期",
                    "历时",
                    "利用",
                    "蹲点",
                    "驻点",
                    "期限",
                    "连续",
                    "了",
                ),
                max(0, start - 2),
                start,
            )
        )
    if quantity.unit in ("人", "名", "票") and text.startswith(_ROLL_CALL, end):
        return False
    after = text[end : end + 1]
    if quantity.unit not in _TRAILING or (after and after not in CLAUSE_ENDS):
        return True
    before = text[start - 1 : start]
    return not before or before in _NOT_TRAILING or before in CLAUSE_ENDS or not "一" <= before <= "鿿"


def _is_frequency(clause: str) -> bool:
    return (
        re.search(
            r"每(?:个?[年月周日天旬]|季度?|半年|两|学期|学年|隔|人|户|村|名|镇|[一二三两]个?[年月周])", clause[-14:]
        )
        is not None
    )
