"""Dates, codes, ordinals, ranks and labels are no claims (the guideline's §1.3, 1 and 2)."""

from gangmu.reading.alternatives import searched
from gangmu.reading.names import BEFORE_NUMBER_TO_CALL, BEFORE_ORDINAL
from gangmu.reading.patterns import pattern
from gangmu.reading.quantity import ARABIC, CHINESE_SCRIPT, FRACTION, HALF, ZERO, Quantity
from gangmu.reading.units import DURATION

_ORDINAL_SIGNS = frozenset(word[-1] for word in BEFORE_ORDINAL)
_LABELS = ("号", "#", "等奖", "星", "级", "强", "层楼", "单元", "型", "栋楼")
_OF_NO_MEASURE = ("单元", "型")  # 1368个单元 counts, 3单元 is an address
# 前5名, 后10%; a measure of anything else behind 前 or 后 is of what was before or after (改造后78件).
_RANKED = frozenset(
    (
        "名",
        "位",
        "个",
        "家",
        "户",
        "人",
        "支",
        "项",
        "所",
        "类",
        "条",
        "篇",
        "届",
        "批",
        "期",
        "次",
        "场",
        "轮",
        "排",
        "页",
        "%",
    )
)
_EVENT_BEFORE = pattern(
    r"(?:改造|整治|整改|改革|实施|换届|搬迁|调整|合并|扩建|治理|创建|试点|培训|建成|投用|开通|上线|启动|优化|压缩|精简|重组|"
    r"提升|更新|升级|扩容|搬家|开业|投产|复垦|流转|集中)[前后]"
)
_GROUPS = frozenset(("组", "班", "队", "连", "排", "片", "区", "片区"))
_LABEL_SIGNS = frozenset(word[0] for word in _LABELS)


def is_ordinal(text: str, quantity: Quantity) -> bool:
    """§1.3, 2: 第二批, 排名第一, 前5名, 表2, 5号楼, 〔2024〕12号."""
    start, end = quantity.start, quantity.end
    if text[start - 1 : start] in _ORDINAL_SIGNS and text.endswith(BEFORE_ORDINAL, max(0, start - 4), start):
        return not text.endswith(("安排", "编排", "一排", "开列", "系列", "下列"), max(0, start - 2), start)
    if text.endswith(BEFORE_NUMBER_TO_CALL, max(0, start - 2), start):
        return not quantity.unit or quantity.unit in DURATION
    if text[end : end + 1] in _LABEL_SIGNS and text.startswith(_LABELS, end):
        return not text.startswith(("号召",), end) and not (quantity.unit and text.startswith(_OF_NO_MEASURE, end))
    if quantity.unit in _GROUPS and _NAMED_GROUP.match(text, end) and text[start - 1 : start] in ("", *",、:;\n"):
        return True
    if start and text[start - 1] in "前后" and not text.startswith(("内", "以内", "之内", "才"), end):
        return _is_rank(text, quantity)
    if start and text[start - 1] in "、和至" and _LIST_OF_ORDINALS.search(text, max(0, start - 4), start):
        return True
    if _is_version(quantity) or (quantity.unit == "层" and _is_floor(text, quantity)):
        return True
    if text[max(0, start - 1) : start] in ("表", "图"):
        return _TABLE_NUMBER.search(text, max(0, start - 2), start) is not None
    rule = _OF_A_SERIES.get(quantity.unit)
    return rule is not None and rule(text, quantity)


def _is_rank(text: str, quantity: Quantity) -> bool:
    """前5名, 后3位; not 目前5名, 搬迁后78件, 最后十一户人家."""
    start = quantity.start
    if _EVENT_BEFORE.match(text, max(0, start - 3)) or _is_of_a_time(text, quantity) or _are_the_last(text, quantity):
        return False
    return not text.endswith(
        ("提前", "目前", "当前", "此前", "年前", "先后", "前后", "后后", "之后", "会后"), max(0, start - 2), start
    )


def _is_phase(text: str, quantity: Quantity) -> bool:
    """产业园二期, 一期31.2公里; 培训三期 and 两期 are counted."""
    if quantity.script != CHINESE_SCRIPT or len(quantity.digits) > 1 or quantity.digits == "两":
        return False
    start, end = quantity.start, quantity.end
    return _IN_PHASES.search(text, max(0, start - 2), start) is not None or text[end : end + 1].isdigit()


def _is_session(text: str, quantity: Quantity) -> bool:
    start, end = quantity.start, quantity.end
    return text.endswith("届", 0, start) or text.startswith(("全会", "党代会"), end) or _is_a_session(text, start, end)


def _is_congress(text: str, quantity: Quantity) -> bool:
    return _counts_a_congress(text, quantity) or _names_a_year(text, quantity)


_OF_A_SERIES = {"期": _is_phase, "次": _is_session, "届": _is_congress}


_IN_PHASES = pattern("(?:[园区厂路楼府苑线渠段城站馆]|工程|项目)$")
_RANKS = pattern("排名|位列|名列|倒数|排序|末位")


def _are_the_last(text: str, quantity: Quantity) -> bool:
    """`最后十一户人家`: so many are left; 排名最后5名 and 最后3名的村 are ranks."""
    start, following = quantity.start, text[quantity.end : quantity.end + 1]
    told = text.endswith("最后", 0, start) and "\u4e00" <= following <= "\u9fff" and following != "的"
    return told and not _RANKS.search(text, max(0, start - 10), start)


def _is_version(quantity: Quantity) -> bool:
    """3.0版, 2024版; 8版 are so many."""
    return quantity.unit == "版" and ("." in quantity.digits or is_year(quantity))


def _is_of_a_time(text: str, quantity: Quantity) -> bool:
    """`搬家后78件`: no rank, but what was counted after it."""
    measured = quantity.unit and quantity.unit not in _RANKED and quantity.unit not in DURATION
    return bool(measured) and "\u4e00" <= text[quantity.start - 2 : quantity.start - 1] <= "\u9fff"


def _is_a_session(text: str, start: int, end: int) -> bool:
    """人大三次会议 is the third; 支部委员会12次 are twelve."""
    return text.endswith(("人大", "政协", "委员会"), 0, start) and text[end : end + 1] not in ("", *",.。、;:)\n")


_NAMED_GROUP = pattern(r"[\d一二三四五六七八九十百]+[名人户个家]")  # 一组十五名、二组十四名
_LIST_OF_ORDINALS = pattern(r"第[一二三四五六七八九十\d]{1,3}[、和至]$")  # 第二、三名


def _is_floor(text: str, quantity: Quantity) -> bool:
    """综合楼1层大厅: where, not how many."""
    return text.endswith(("楼", "厦", "座"), 0, quantity.start)


_TABLE_NUMBER = pattern(r"(?:^|[,。;:(\s如附]|(?<!意)见)[表图]$")
_YEAR = pattern(r"(?:19|20)\d\d届")
_SESSION = pattern(
    r"[一二三四五六七八九十\d]{1,3}[次中]|全会|中央|委员会|人大|政协|党代会|全国|省委|市委|县委|区委|纪委"
)


def _names_a_year(text: str, quantity: Quantity) -> bool:
    """2024届毕业生: the year they leave, no number of sessions."""
    return _YEAR.fullmatch(text, quantity.start, quantity.end) is not None


def _counts_a_congress(text: str, quantity: Quantity) -> bool:
    return _SESSION.match(text, quantity.end) is not None


_DATE_TAIL = pattern(
    r"[-./·:]\d|\.?\d?年|月|号|时(?!段|间|限|效)|点(?!位|多|面)|周年|世纪|后(?:青年|干部)|[+×]|[x*]\d|[A-Za-z@_]|["
    r"·•]"
)
_JOINS = "-./·:+×〔[#~•"
# 应开/已开 96场/93场; 99.2%（+0.4个百分点）; +12 alone in a cell
_MEASURE_BEFORE = pattern(r"[\u4e00-\u9fff%]/|[(,:\t\n ]\+")


def _after_a_measure(text: str, start: int) -> bool:
    """A slash behind a measure word, a plus sign that opens a change: no code."""
    return _MEASURE_BEFORE.fullmatch(text, max(0, start - 2), start) is not None


_MASKED_NAME = searched(r"(?<![A-Za-z])[Xx]{1,4}$")


def is_date_or_code(text: str, quantity: Quantity) -> bool:
    """§1.3, 1: 2024年, 1-7月份, 14:30, 7·9; also codes, formulas (1+3+N) and addresses."""
    start, end = quantity.start, quantity.end
    before = text[start - 1] if start else ""
    if quantity.script in (FRACTION, HALF, ZERO):
        return False
    if before in _JOINS and before:
        return not (before == ":" and not text[start - 2 : start - 1].isdigit()) and not _after_a_measure(text, start)
    if before == "&" and not text[start - 2 : start - 1].isascii():  # 12户&5人: no address
        before = ""
    if before and before.isascii() and (before.isalpha() or before in "_@#\\&="):
        return quantity.script == ARABIC and not _MASKED_NAME.search(text, max(0, start - 4), start)
    if quantity.unit:
        return _is_dated_unit(text, quantity)
    return _DATE_TAIL.match(text, end) is not None


_MEASURED_DAYS = searched(
    r"(?:平均|最长|最短|用时|为期|历时|仅用|耗时|[用花拖]了|[用花]去)$|最[长短快慢多][^,。;]{0,6}为?$"
)


_LONGEST_MONTH = 31


def _is_dated_unit(text: str, quantity: Quantity) -> bool:
    unit, value = quantity.unit, quantity.value
    if unit == "日":
        if text.endswith(("月", "年"), 0, quantity.start):
            return True
        if value is not None and value > _LONGEST_MONTH:
            return False
        return not (
            text.startswith(("内", "以内"), quantity.end)
            or _MEASURED_DAYS.search(text, max(0, quantity.start - 10), quantity.start)
        )
    if unit == "年":
        if value is None:
            return True
        return is_year(quantity) or text.startswith(("月", "代"), quantity.end)
    if unit in ("分", "秒"):
        return text.endswith(("时", "点", ":"), 0, quantity.start)
    return unit == "周" and text.startswith("年", quantity.end)


def is_year(quantity: Quantity) -> bool:
    value = quantity.upper or quantity.value
    if value is None or quantity.inner:
        return False
    if 1800 <= value <= 2200:
        return not quantity.scaled
    return quantity.script == ARABIC and len(quantity.digits) == 2 and value >= 15 and quantity.digits[0] == "0"
