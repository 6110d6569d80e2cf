"""Which quantities are no claims: the guideline's §1.3, one function a rule, cheap rules first.

Each rule takes the cleaned text, a quantity of it and where it stands, and says True for 'not a claim'.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from gangmu.reading.names import (
    AFTER_ROUND_THE_CLOCK,
    BEFORE_ORDINAL,
    BEFORE_REFERENCE,
    FIXED,
    NAME_ENDINGS,
)
from gangmu.reading.nouns import ABSTRACT, COUNTED, HALF_ABSTRACT, NEXT_TO_DISCOURSE, PRODUCING
from gangmu.reading.numerals import CHINESE
from gangmu.reading.periods import is_framing
from gangmu.reading.quantity import ARABIC, CHINESE_SCRIPT, FRACTION, HALF, PLACEHOLDER, ZERO, Quantity
from gangmu.reading.units import DURATION, EVENTS, FIRST, MONEY, RATIO

CLAUSE_ENDS = frozenset(',。;:!?、)）(（\n\t…”"’》】]')
SMALL = frozenset("一二两三四五六七八九十")
_MONEY, _RATIO, _DURATION, _EVENTS = frozenset(MONEY), frozenset(RATIO), frozenset(DURATION), frozenset(EVENTS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quantity stands: the clause before it, the quotation around it ('' if none), whether alone in a cell."""

    clause: str
    quotation: str
    in_title_marks: bool
    in_cell: bool


Rule = Callable[[str, Quantity, Place], bool]


def is_excluded(text: str, quantity: Quantity, place: Place) -> bool:
    """True if the numeral only names, orders, dates or delimits something."""
    for rule in RULES:  # a plain loop: this line runs for every numeral
        if rule(text, quantity, place):
            return True
    return False


def is_excluded_at_sight(text: str, quantity: Quantity) -> bool:
    """True if the signs next to the numeral alone say so, before anything else is looked at."""
    return is_date_or_code(text, quantity) or is_ordinal(text, quantity) or is_fixed_phrase(text, quantity)


def is_ordinal(text: str, quantity: Quantity) -> bool:
    """§1.3, 2: 第二批, 排名第一, 前5名, 表2, 5号楼, 〔2024〕12号."""
    start, end = quantity.start, quantity.end
    if text.endswith(BEFORE_ORDINAL, max(0, start - 4), start):
        return not text.endswith(("安排", "编排", "一排", "开列", "系列", "下列"), max(0, start - 2), start)
    if text.startswith(("号", "#", "等奖", "星", "级", "强", "层楼", "单元", "型", "栋楼"), end):
        return not text.startswith(("号召",), end)
    if start and text[start - 1] in "前后":
        return not text.endswith(
            ("提前", "目前", "当前", "此前", "年前", "先后", "前后", "之后", "会后"), max(0, start - 2), start
        )
    if text[max(0, start - 1) : start] in ("表", "图"):
        return _TABLE_NUMBER.search(text, max(0, start - 2), start) is not None
    if quantity.unit == "次":
        return text.endswith("届", 0, start) or text.startswith(("全会", "党代会"), end)
    return quantity.unit == "届" and _counts_a_congress(text, quantity)


_TABLE_NUMBER = re.compile(r"(?:^|[,。;:(\s见如附])[表图]$")
_SESSION = re.compile(
    r"[一二三四五六七八九十\d]{1,3}[次中]|全会|中央|委员会|人大|政协|党代会|全国|省委|市委|县委|区委|纪委"
)


def _counts_a_congress(text: str, quantity: Quantity) -> bool:
    return _SESSION.match(text, quantity.end) is not None


_LETTERS = re.compile(r"[A-Za-z_@#\\&=]")
_DATE_TAIL = re.compile(
    r"[-./·:]\d|\.?\d?年|月|号|时(?!段|间|限|效)|点(?!位|多|面)|周年|世纪|后(?:青年|干部)|[+×]|[x*]\d|[A-Za-z@_]|["
    r"·•]"
)
_JOINS = "-./·:+×〔[#~•"
_MASKED_NAME = re.compile(r"(?<![A-Za-z])[Xx]{1,4}$")


def is_date_or_code(text: str, quantity: Quantity) -> bool:
    """§1.3, 1: 2024年, 1-7月份, 14:30, 7·9; also codes, formulas (1+3+N) and addresses."""
    start, end = quantity.start, quantity.end
    before = text[start - 1] if start else ""
    if quantity.script in (FRACTION, HALF, ZERO):
        return False
    if before in _JOINS and before:
        return not (before == ":" and not text[start - 2 : start - 1].isdigit())
    if before and before.isascii() and (before.isalpha() or before in "_@#\\&="):
        return quantity.script == ARABIC and not _MASKED_NAME.search(text, max(0, start - 4), start)
    if quantity.unit:
        return _is_dated_unit(text, quantity)
    return _DATE_TAIL.match(text, end) is not None


_MEASURED_DAYS = re.compile(r"(?:平均|最长|最短|用时|为期|历时|仅用|耗时)$")


def _is_dated_unit(text: str, quantity: Quantity) -> bool:
    unit, value = quantity.unit, quantity.value
    if unit == "日":
        if text.endswith(("月", "年"), 0, quantity.start):
            return True
        return not (
            text.startswith(("内", "以内"), quantity.end)
            or _MEASURED_DAYS.search(text, max(0, quantity.start - 4), quantity.start)
        )
    if unit == "年":
        if value is None:
            return True
        return _is_year(quantity) or text.startswith(("月", "代"), quantity.end)
    if unit in ("分", "秒"):
        return text.endswith(("时", "点", ":"), 0, quantity.start)
    return unit == "周" and text.startswith("年", quantity.end)


def _is_year(quantity: Quantity) -> bool:
    value = quantity.upper or quantity.value
    if value is None or quantity.inner:
        return False
    if 1800 <= value <= 2200:
        return not quantity.scaled
    return quantity.script == ARABIC and len(quantity.digits) == 2 and value >= 15 and quantity.digits[0] == "0"


_TITLE_BEFORE = re.compile(r"时间过|任务过")


def is_quoted_name(text: str, quantity: Quantity, place: Place) -> bool:
    """§1.3, 3 and §1.4: 《…20条》, “惠企20条”, “三会一课” are names; “15分钟响应、1天办结” states a quantity."""
    if place.in_title_marks:
        return True
    quotation = place.quotation
    if not quotation:
        return _opens_quoted_name(text, quantity)
    if quantity.script in (FRACTION, PLACEHOLDER) or quantity.unit in ("%", "个百分点"):
        return False
    if len(quotation) > 16:  # somebody's words, not a name
        return False
    stated = re.search(r"不少于|至少|不低于|每[月年周季天]|不超过", quotation)
    if quantity.script == CHINESE_SCRIPT:
        return not stated
    if stated:
        return False
    return quotation.endswith(NAME_ENDINGS) or quantity.unit not in _DURATION


def _opens_quoted_name(text: str, quantity: Quantity) -> bool:
    """三个“一号工程”: a small Chinese numeral before a quotation counts names."""
    if quantity.script != CHINESE_SCRIPT or len(quantity.digits) > 1:
        return False
    return text.startswith(("“", "‘", '"', "《"), quantity.end)


def is_back_reference(text: str, quantity: Quantity, place: Place) -> bool:
    """§1.3, 6: 这X位书记, 他们五人, 上述3个; also the period of a frequency (每3年, 每半年)."""
    start = quantity.start
    if not text.endswith(BEFORE_REFERENCE, max(0, start - 3), start):
        return False
    before = text[start - 1]
    if before in "上下" and quantity.digits == "一" and re.search("至少|每|不少于", place.clause):
        return False
    if before in "上下" and text.endswith(("以上", "以下"), max(0, start - 2), start):
        return text.endswith("以上", 0, start) and quantity.digits[0] in SMALL and not text[start - 3].isdigit()
    if before in "各另上下本同" and quantity.digits != "一":
        return False
    if before == "们":
        return quantity.unit not in _DURATION
    if before == "每":
        return True
    return not (before == "首" or (before == "此" and text.endswith(("因此", "为此", "对此"), 0, start)))


_THRESHOLD = re.compile(
    r"[(（]?含?[)）]?(?:及|\(含\)|含|或者?)?(?:以上|以下|以内)(?:[(（]含?[^()（）]{0,6}[)）])?(?P<of>的)?"
)
_AGE_TAIL = re.compile(
    r"的|之间|年龄段|[至到-]|党员|青年|干部|老人|及|\d|有|占|以[上下]|人员|以前|之下|之上|组|儿童|妇女|居民|群众|"
    r"\("
)
_AGE_PREDICATE = re.compile(
    r"(?:平均|均|都|全部|岁数|年龄|最大|最小|年长|年轻|高龄)[^,。;]{0,6}$|[在为是达]$|(?:仅|约|近|到|至|满|超过)$"
)
_CLASS_UNITS = _MONEY | {
    "岁",
    "周岁",
    "年",
    "分",
    "平方米",
    "亩",
    "人",
    "名",
    "户",
    "家",
    "次",
    "个",
    "公里",
    "米",
    "万元",
    "起",
    "件",
    "天",
    "个月",
    "小时",
}
_CLASS_TAIL = re.compile(r"以上[至到]|者|的为|以上投诉")
_FAILS_SHARE = re.compile(r"(?:低于|不足|未达到?|不到)$")
_WHOM = re.compile(r"的(?:单位|部门|村|镇|县|支部|干部|街道|社区|党员|学校)")
_FUNDS = ("资金", "经费", "补助", "奖励", "贷款", "投资", "补贴", "奖金", "专项", "财政", "支持")
_HIT_BY_RULE = re.compile(
    r"(?:逾期|超期|连续|累计|满|超过|达到|不足|低于|缺席|拖欠|欠缴|欠|未满|高于|少于|超出|一次性|年满)[^,。;]{0,6}"
    r"$"
)
_HIT_TAIL = re.compile(
    r"(?:以上|未|不|垫底|缺席|排名)?[^,。;、]{0,6}的(?=[,。;由将给按应予取一要须县单村党干支部镇街区]|$)"
)


def delimits_class(text: str, quantity: Quantity, place: Place) -> bool:
    """§1.3, 8 and §4: 35岁以下青年, 50 万元以上的村, 超过10万元的农户, 逾期5天的; not 90%以上的党员."""
    if quantity.unit == "%" and _FAILS_SHARE.search(place.clause):
        return _WHOM.match(text, quantity.end) is not None
    if quantity.unit in _RATIO or (quantity.value is None and quantity.unit not in ("岁",)):
        return False
    after = text[quantity.end : quantity.end + 16]
    if quantity.unit in ("岁", "周岁"):
        return _delimits_age(quantity, place.clause, after)
    before = text[max(0, quantity.start - 10) : quantity.start]
    if quantity.unit in _CLASS_UNITS and (
        _CLASS_TAIL.match(after) or (quantity.upper is not None and after.startswith("的"))
    ):
        return True
    bound = _THRESHOLD.match(after)
    if bound and _HIT_BY_RULE.search(before) and re.match(r"[^,。;]{0,8}的(?!要求|标准)", after[bound.end() :]):
        return True
    if bound:
        return _bounds_class(quantity, after[bound.end() :], bound["of"] is not None)
    if after.startswith("的") and _HIT_BY_RULE.search(before):
        if after.startswith(("的要求", "的标准", "的目标", "的任务")):
            return False
        following = after[1:2]
        if not following or following in ",。;由将给按应予取一要须":
            return True
        return quantity.unit in _MONEY and not after[1:].startswith(_FUNDS)
    return _HIT_BY_RULE.search(before) is not None and _HIT_TAIL.match(after) is not None


def _delimits_age(quantity: Quantity, before: str, after: str) -> bool:
    if quantity.unit and ("平均" in before[-12:] or "均龄" in before[-12:]):
        return False
    if not _AGE_TAIL.match(after):
        return False
    bound = _THRESHOLD.match(after)
    rest = after[bound.end() :] if bound else after
    ends = not rest or rest[0] in CLAUSE_ENDS
    return not (ends and _AGE_PREDICATE.search(before))


def _bounds_class(quantity: Quantity, rest: str, of: bool) -> bool:
    if quantity.unit not in _CLASS_UNITS or not rest or rest[0] in CLAUSE_ENDS:
        return False
    if quantity.unit in _MONEY:
        return not rest.startswith(_FUNDS)
    if of:
        return quantity.unit not in ("名", "个") or rest.startswith(("支部", "党", "企业", "单位"))
    return quantity.unit in ("年", "分", "平方米", "亩") or (
        quantity.unit == "人" and rest.startswith(("企业", "支部", "党", "单位", "大班", "规模"))
    )


def frames_another(text: str, quantity: Quantity, place: Place) -> bool:
    """§1.3, 9 and 1: 半年建成, 四年累计投入, 五年来; 24小时服务; not 蹲点40天, 连续三年."""
    if quantity.unit not in _DURATION:
        return False
    if text.startswith(AFTER_ROUND_THE_CLOCK, quantity.end) and quantity.digits in ("24", "二十四", "7", "365"):
        return True
    return is_framing(text, quantity, place.clause)


# 两项合计34.6万元: the words before have named both.
_ADDS_UP = re.compile(r"[两三四五六][项类者块笔样](?:合计|相加|加起来|之和|共计|加在一起)")


def is_fixed_phrase(text: str, quantity: Quantity) -> bool:
    """§1.3, 3 and 11: 一把手, 两张皮, 八项规定, 千方百计; bare 百, 千, 万 without an approximator."""
    if quantity.script == ARABIC:
        return quantity.unit in ("把", "步", "碗") and quantity.digits == "1"
    if quantity.script != CHINESE_SCRIPT:
        return (
            quantity.script == HALF
            and _TITLE_BEFORE.search(text, max(0, quantity.start - 3), quantity.start) is not None
        )
    if quantity.digits[0] in "百千万亿" and text.endswith(
        ("近", "上", "超", "过", "逾", "约", "破", "达", "超过"), max(0, quantity.start - 2), quantity.start
    ):
        return False
    if (quantity.start and text[quantity.start - 1] in "几数若") or _ADDS_UP.match(text, quantity.start):
        return True
    if text.startswith(FIXED, quantity.start) or (quantity.digits[0] in "百千万亿" and not quantity.inner):
        return True
    return text.startswith("之", quantity.end) and not text.startswith(("之一", "之多", "之巨"), quantity.end)


_STRESSED = (
    "只有", "仅有", "仅", "只", "共", "共计", "至少", "不少于", "最多", "不超过", "少于", "达", "新增", "减少",
    "增加", "还差", "差", "唯有", "合计", "总计", "为", "不足", "不到", "有且只有", "就", "少了", "多了", "不低于",
    "超过", "各",
)  # fmt: skip
_ONLY = re.compile(r"(?:只|仅|至少|不足|不到)[^,。;]{0,5}$")
_TRAILING = frozenset("个名项件场次家处座台辆起例篇条份本所位人期套笔幅块支批间栋届门枚面")
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
            text.startswith("内", end)
            or text.endswith(("为期", "历时", "利用", "蹲点", "驻点", "期限", "连续", "了"), max(0, start - 2), start)
        )
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


_ABSTRACT_HEAD = re.compile(rf"(?:[^,。;:、!?\n\t“”\"()的是有在为]{{0,4}}?(?:的|性|大)?)?(?:{'|'.join(ABSTRACT)})")
_ABSTRACT_NEXT = re.compile("|".join(ABSTRACT + NEXT_TO_DISCOURSE))
_HALF_ABSTRACT_HEAD = re.compile(rf"[^,。;:、!?\n\t“”\"()是有在为]{{0,5}}?(?:{'|'.join(HALF_ABSTRACT)})")
_PRODUCING = re.compile("|".join(PRODUCING))
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
    return text.startswith(
        (
            "重点村",
            "重点项目",
            "不动产",
            "重点企业",
            "能源",
            "重点工程",
            "突出问题",
            "落实",
            "基础设施",
            "好人",
            "能人",
            "看护",
            "看守",
            "实验",
            "实践",
            "实训",
            "严重",
            "讲堂",
            "讲习",
            "有机",
            "必修",
            "词条",
            "头部",
            "部分失能",
            "一般",
            "一级",
            "全面小康",
            "条件薄弱",
        ),
        at,
    )


def sums_up_list(text: str, quantity: Quantity, _place: Place) -> bool:
    """§1.3, 5: 甲、乙、丙三个社区 repeats a list written out in full beside it; …等九个does not."""
    value = quantity.value
    if (
        value is None
        or not 2 <= value <= 15
        or quantity.scaled
        or quantity.unit in _RATIO | _MONEY | _DURATION | _EVENTS
    ):
        return False
    if quantity.upper is not None or quantity.inner:
        return False
    if quantity.script == ARABIC and value < 3:
        return False
    return _listed_before(text, quantity.start) == value or _listed_after(text, quantity.end) == value


_BOUNDARY = re.compile(r"[,。;:!?\n\t(（]")
_COUNTED_ITEM = re.compile(rf"[{CHINESE}]+[{FIRST}](?=、)|\d")


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


_UNITLESS_BEFORE = re.compile(r"(?:[为达至]|达到|总数|得分|分数|总分|评分|指数|满意度|共有?|数量|人数|合计|总量|:|计)$")
_SCORE = re.compile(r"(?:得分|分数|总分|评分|指数)[^,。;]{0,3}$")


def is_bare_number(text: str, quantity: Quantity, place: Place) -> bool:
    """A numeral without measure word counts only before a counted noun, with 万 or 余, in a cell, or as 总数为3579."""
    if quantity.unit or quantity.script in (FRACTION, HALF, ZERO):
        return False
    end, value = quantity.end, quantity.value
    if place.in_cell:
        return value is not None and quantity.script == ARABIC and _looks_like_year_or_code(quantity)
    if quantity.script == PLACEHOLDER:
        return not quantity.inner
    if text.startswith("大", end) and quantity.script == CHINESE_SCRIPT and len(quantity.digits) == 1:
        return False
    if quantity.scaled or quantity.inner:
        return (
            text.startswith(("一", "事", "众", "物", "里", "分", "岁", "象", "般", "能", "全"), end)
            and not quantity.inner
        )
    if text.startswith(COUNTED, end):
        return quantity.script == CHINESE_SCRIPT and len(quantity.digits) < 2
    if quantity.script != ARABIC or _looks_like_year_or_code(quantity):
        return True
    after = text[end : end + 1]
    before = text[max(0, quantity.start - 6) : quantity.start]
    if re.search(r"电话|热线|邮编|账号|编号|QQ|号码|传真|尾号", before):
        return True
    return not ((not after or after in CLAUSE_ENDS) and _UNITLESS_BEFORE.search(before))


def _looks_like_year_or_code(quantity: Quantity) -> bool:
    digits = quantity.digits
    if quantity.scaled or "." in digits or "," in digits:
        return False
    return _is_year(quantity) or len(digits) >= 7 or (len(digits) > 1 and digits[0] == "0")


def is_named_place(text: str, quantity: Quantity, _place: Place) -> bool:
    """§1.3, 3: 12345热线, 110警情, 365天全天候; circles of minutes (15分钟便民圈)."""
    if quantity.unit in ("分钟", "公里", "小时"):
        return re.match(r"[^,。;、\d]{0,8}(?:圈|经济带|工作制)", text[quantity.end : quantity.end + 11]) is not None
    if quantity.unit == "期":
        tail = text.startswith(("工程", "项目", "建设", "改造", "规划"), quantity.end)
        return tail and quantity.script == CHINESE_SCRIPT
    return quantity.unit == "%" and text.startswith(("0",), quantity.end)


RULES: tuple[Rule, ...] = (
    is_bare_number, is_quoted_name, is_back_reference, is_article, is_discourse,
    frames_another, delimits_class, is_named_place, sums_up_list,
)  # fmt: skip
