"""Which quantities are no claims: the guideline's §1.3, one function a rule, cheap rules first.

Each rule takes the cleaned text, a quantity of it and where it stands, and says True for 'not a claim'.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from gangmu.reading.alternatives import searched
from gangmu.reading.articles import is_article
from gangmu.reading.classes import delimits_class
from gangmu.reading.dates import is_date_or_code, is_ordinal, is_year
from gangmu.reading.discourse import is_discourse, sums_up_list
from gangmu.reading.names import AFTER_ROUND_THE_CLOCK, BEFORE_REFERENCE, FIXED, NAME_ENDINGS
from gangmu.reading.nouns import COUNTED
from gangmu.reading.numerals import DIGITS
from gangmu.reading.patterns import pattern
from gangmu.reading.periods import is_framing
from gangmu.reading.place import CLAUSE_ENDS, Place
from gangmu.reading.quantity import ARABIC, CHINESE_SCRIPT, FRACTION, HALF, PLACEHOLDER, ZERO, Quantity
from gangmu.reading.units import DURATION, FIRST

_DURATION = frozenset(DURATION)


Rule = Callable[[str, Quantity, Place], bool]


def is_excluded(text: str, quantity: Quantity, place: Place) -> bool:
    """True if the numeral only names, orders, dates or delimits something."""
    for rule in _rules_for(quantity.unit, quantity.script):  # noqa: SIM110 a generator would double its time
        if rule(text, quantity, place):
            return True
    return False


@lru_cache(maxsize=1024)
def _rules_for(unit: str, script: str) -> tuple[Rule, ...]:
    """The rules that can say anything of a quantity in this unit and script."""
    rules = RULES if script == CHINESE_SCRIPT else RULES_BUT_OF_CHINESE
    return tuple(rule for rule in rules if rule not in OF_SOME_UNITS or unit in OF_SOME_UNITS[rule])


def is_excluded_at_sight(text: str, quantity: Quantity) -> bool:
    """True if the signs next to the numeral alone say so, before anything else is looked at."""
    return is_date_or_code(text, quantity) or is_ordinal(text, quantity) or is_fixed_phrase(text, quantity)


_TITLE_BEFORE = pattern(r"时间过|任务过")


def is_quoted_name(text: str, quantity: Quantity, place: Place) -> bool:
    """§1.3, 3 and §1.4: 《…20条》, “惠企20条”, “三会一课” are names; “15分钟响应、1天办结” states a quantity."""
    if place.in_title_marks:
        return True
    quotation = place.quotation
    if not quotation:
        return _opens_quoted_name(text, quantity)
    if quantity.script in (FRACTION, PLACEHOLDER) or quantity.unit in ("%", "个百分点"):
        return False
    if len(quotation) > 16 or quotation[-1] in "。!?" or "," in quotation:  # somebody's words, not a name
        return False
    stated = re.search(r"不少于|至少|不低于|每[月年周季天]|不超过", quotation) or _counts_people(quantity)
    if quantity.script == CHINESE_SCRIPT:
        return not stated
    if stated:
        return False
    return quotation.endswith(NAME_ENDINGS) or quantity.unit not in _DURATION


def _counts_people(quantity: Quantity) -> bool:
    """“2418人参加义诊” tells how many; “千名干部进村”, “百名书记” are names."""
    round_name = quantity.digits[0] in "百千万" or (quantity.value or 0) < _TOLD
    return quantity.unit in _OF_PEOPLE and not round_name


def _opens_quoted_name(text: str, quantity: Quantity) -> bool:
    """三个“一号工程”: a small Chinese numeral before a quotation counts names."""
    if quantity.script != CHINESE_SCRIPT or len(quantity.digits) > 1:
        return False
    return text.startswith(("“", "‘", '"', "《"), quantity.end)


_OF_PEOPLE, _TOLD = frozenset(("人", "名", "人次")), 100
_REFERENCE_SIGNS = frozenset(word[-1] for word in BEFORE_REFERENCE)


def is_back_reference(text: str, quantity: Quantity, place: Place) -> bool:
    """§1.3, 6: 这X位书记, 他们五人, 上述3个; also the period of a frequency (每3年, 每半年)."""
    start = quantity.start
    if text[start - 1 : start] not in _REFERENCE_SIGNS or not text.endswith(BEFORE_REFERENCE, max(0, start - 3), start):
        return False
    before = text[start - 1]
    if before in "上下" and quantity.digits == "一" and re.search("至少|每|不少于", place.clause):
        return False
    if text.endswith("以上", max(0, start - 2), start) and (start == 2 or text[start - 3] in CLAUSE_ENDS):
        return True
    if before in "上下" and text.endswith(("以上", "以下"), max(0, start - 2), start):
        return (
            text.endswith("以上", 0, start)
            and quantity.digits[0] in "一二两三四五六七八九十"
            and not text[start - 3].isdigit()
        )
    if text.endswith(("余下", "剩下", "留下"), 0, start):
        return False
    if before in "各另上下本同换" and quantity.digits != "一":
        return False
    if before == "们":
        ours = quantity.script == ARABIC and text.endswith(("我们", "咱们"), 0, start)
        return quantity.unit not in _DURATION and not ours
    if before == "每":
        return True
    return not (before == "首" or (before == "此" and text.endswith(("因此", "为此", "对此"), 0, start)))


def frames_another(text: str, quantity: Quantity, place: Place) -> bool:
    """§1.3, 9 and 1: 半年建成, 四年累计投入, 五年来; 24小时服务; not 蹲点40天, 连续三年."""
    if text.startswith(AFTER_ROUND_THE_CLOCK, quantity.end) and quantity.digits in ("24", "二十四", "7", "365"):
        return True
    return is_framing(text, quantity, place.clause)


# 两项合计34.6万元: the words before have named both.
_ADDS_UP = pattern(r"[两三四五六][项类者块笔样](?:合计|相加|加起来|之和|共计|加在一起|共(?=\d))")
# 组长：贺九成, 李一成、王八成: a common surname before it, a sign or nothing behind it.
_NAMED_PERSON = pattern(
    r"(?:^|[:、,;\s(])[王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴汪"
    r"姜范姚谭廖邹纪江童颜施洪游阮莫翁倪祝聂柳韦庄詹欧毕路岳卫熊陆郝崔邱秦顾侯邵孟钱汤尹黎乔贺赖龚]$"
)
_BESIDE_A_NAME = frozenset(("", *" 、,。;()\t\n等"))
_AFTER_A_NUMBER = "之一", "之多", "之巨", "之内", "之久", "之外"
_SOME, _DIGITS = frozenset("几数若"), frozenset(DIGITS)  # 数百人; 人数三百人
_IDIOM_BEFORE = ("三番", "三令", "接二连")


def is_fixed_phrase(text: str, quantity: Quantity) -> bool:
    """§1.3, 3 and 11: 一把手, 两张皮, 八项规定, 千方百计; bare 百, 千, 万 without an approximator."""
    if quantity.script == ARABIC:
        return quantity.unit in ("把", "步", "碗") and quantity.digits == "1"
    if quantity.script != CHINESE_SCRIPT:
        before = text[max(0, quantity.start - 3) : quantity.start]
        of_a_year = before.endswith(("上", "下")) and quantity.unit in ("年", "月")  # 下半年比上半年减少
        return quantity.script == HALF and (of_a_year or _TITLE_BEFORE.search(before) is not None)
    if quantity.digits[0] in "百千万亿" and text.endswith(
        ("近", "上", "超", "过", "逾", "约", "破", "达", "超过"), max(0, quantity.start - 2), quantity.start
    ):
        return False
    if text[quantity.start - 1 : quantity.start] in _SOME and quantity.digits[0] not in _DIGITS:
        return True
    if (
        quantity.unit in ("成", "元")
        and len(quantity.digits) == 1
        and _NAMED_PERSON.search(text, max(0, quantity.start - 2), quantity.start)
    ):
        return text[quantity.end : quantity.end + 1] in _BESIDE_A_NAME or text.startswith("成员", quantity.end)
    if _ADDS_UP.match(text, quantity.start):
        return True
    if text.endswith(_IDIOM_BEFORE, 0, quantity.start):
        return True
    if text.startswith(FIXED, quantity.start) or (quantity.digits[0] in "百千万亿" and not quantity.inner):
        return True
    return text.startswith("之", quantity.end) and not text.startswith(_AFTER_A_NUMBER, quantity.end)


_BASE = pattern(r"以[^,。;:()]{1,14}为$")  # 以农村居民为1, 以2020年为100
_UNITLESS_BEFORE = searched(
    r"(?:[为达至]|达到|总数|得分|分数|总分|评分|指数|满意度|平均|[人户]均|共有?|数量|人数|合计|总量|:|计)$"
)


def is_bare_number(text: str, quantity: Quantity, place: Place) -> bool:
    """A numeral without measure word counts only before a counted noun, with 万 or 余, in a cell, or as 总数为3579."""
    if quantity.script in (FRACTION, HALF, ZERO):
        return False
    end, value = quantity.end, quantity.value
    if place.in_cell:
        counted = len(quantity.digits) < 11 and (place.headed or quantity.digits.endswith("00"))
        return value is not None and quantity.script == ARABIC and _looks_like_year_or_code(quantity) and not counted
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
    if _needs_no_measure(text, quantity, place.clause):
        return False
    if quantity.script != ARABIC or _looks_like_year_or_code(quantity):
        return True
    return _is_base_or_code(text, quantity, place)


def _needs_no_measure(text: str, quantity: Quantity, clause: str) -> bool:
    """还能净落七八千! 生师比15.75; 分别配备网格员44、23、25名."""
    if _shares_a_measure(text, quantity, clause):
        return True
    if quantity.script == CHINESE_SCRIPT and quantity.upper is not None and MONEY_TOLD.search(clause):
        return text[quantity.end : quantity.end + 1] in CLAUSE_ENDS
    return "." in quantity.digits and _PROPORTION.search(clause) is not None


# Further numbers of a list, the last of which has the measure of all; 35、48万元 is told in 万 and 元 throughout.
# Nothing here can be read in two ways, and nothing is given back: a long row of numbers is gone through once.
_HAN = "〇零一二三四五六七八九十百千两"
_NUMERAL = rf"(?:\d++(?:\.\d++)?+|[{_HAN}]{{1,9}}+)"
_LISTED = pattern(rf"(?:[、和及与]\s?+[^\W\da-z_{_HAN}和及与]{{0,6}}+{_NUMERAL}){{1,8}}+(?P<unit>[{FIRST}])")
_LIST_GOES_ON = pattern(rf"(?:分别|依次)[^。;:、\d{_HAN}]{{0,16}}+(?:{_NUMERAL}、)*+$")
_NAMED_NUMBER = pattern(r"[\u4e00-\u9fff]$")
_NO_COUNT = pattern(r"第|[前后至到—~－-]$")
_FEWEST_LISTED = 10
_NEVER_SHARED = frozenset("元年月日号万亿%成倍")


def _shares_a_measure(text: str, quantity: Quantity, clause: str) -> bool:
    """博士39、硕士88、规培医师70名; 分别是20、64、五名: the measure stands behind the last of them (§1.1)."""
    following = text[quantity.end : quantity.end + 1]
    if following not in ("、", "和", "及", "与") or quantity.upper is not None or is_year(quantity):
        return False
    listed = _LISTED.match(text, quantity.end)
    if listed is None or listed["unit"] in _NEVER_SHARED or _NO_COUNT.search(clause):
        return False
    if _LIST_GOES_ON.search(clause):
        return True
    return (quantity.value or 0) >= _FEWEST_LISTED and _NAMED_NUMBER.search(clause) is not None and following == "、"


def _is_base_or_code(text: str, quantity: Quantity, place: Place) -> bool:
    """物价以2020年为100, 邮编412000; not 总数为3579."""
    if quantity.digits in ("1", "100") and _BASE.search(place.clause):
        return True
    after = text[quantity.end : quantity.end + 1]
    before = text[max(0, quantity.start - 6) : quantity.start]
    if re.search(r"电话|热线|邮编|编码|代码|区号|账号|编号|QQ|号码|传真|尾号", before):
        return True
    return not ((not after or after in CLAUSE_ENDS) and _UNITLESS_BEFORE.search(before))


# 挣了三万五, 单笔最大九十六万: what is earned, spent or owed is money without its measure.
MONEY_TOLD = pattern(
    r"(?:净?落|赚|挣|卖|花|收入|省|赔|亏|欠|借|贷|拿|分|领|奖|罚|存|攒)(?:了|到|得|出|回|下)*(?:约|近|个|有)?$|[单每]笔(?:最[大小多少高低])?(?:为|是|达到?)?$"
)
_PROPORTION = pattern(r"[\u4e00-\u9fff]{2}比(?:值)?(?:约?为|约?是|达到?)?$")


def _looks_like_year_or_code(quantity: Quantity) -> bool:
    digits = quantity.digits
    if quantity.scaled or "." in digits or "," in digits:
        return False
    return is_year(quantity) or len(digits) >= 7 or (len(digits) > 1 and digits[0] == "0")


# 三棵柳村, 五里桥镇, 十里堡社区: a numeral and a measure word that open the name of a place.
_RACES = ("直道", "接力", "长跑", "短跑", "赛跑", "跑", "自由泳", "蛙泳", "往返", "栏")
_IN_PLACE_NAMES = frozenset(("棵", "里", "元", "家", "间", "眼", "口", "道", "户", "亩", "株", "座", "块"))
_PLACE_NAME = pattern(
    r"(?![农乡山本全外邻各该同老新大小]村|行政|自然|贫困|重点|试点|示范|后进|先进|薄弱|中心|城[中乡镇]|社区|乡镇)[\u4e00-\u9fff]{1,2}(?:村|镇|乡(?!村)|社区|街道|路(?![灯面口段程基网]))"
)


# 三元里, 五里亭
_NAMED_BY_MILES = pattern(
    r"(?:[里亭铺屯坪湾岗店桥墩畈坡沟河洼营堡坝庙塘坊巷街])(?=[,。、;:()\s和及与等都的]|社区|[村路镇]|<|$)"
)


def is_named_place(text: str, quantity: Quantity, _place: Place) -> bool:
    """§1.3, 3: 12345热线, 110警情, 365天全天候; circles of minutes (15分钟便民圈)."""
    if quantity.unit == "米" and text.startswith(_RACES, quantity.end):
        return True
    if quantity.unit in ("分钟", "公里", "小时"):
        return re.match(r"[^,。;、\d]{0,8}(?:圈|经济带|工作制)", text[quantity.end : quantity.end + 11]) is not None
    if quantity.unit in _IN_PLACE_NAMES and quantity.script == CHINESE_SCRIPT and _PLACE_NAME.match(text, quantity.end):
        return True
    if (
        quantity.unit in ("里", "元")
        and quantity.script == CHINESE_SCRIPT
        and _NAMED_BY_MILES.match(text, quantity.end)
    ):
        return len(quantity.digits) == 1
    if quantity.unit == "期":
        tail = text.startswith(("工程", "项目", "建设", "改造", "规划"), quantity.end)
        return tail and quantity.script == CHINESE_SCRIPT
    return quantity.unit == "%" and text.startswith(("0",), quantity.end)


RULES: tuple[Rule, ...] = (
    is_bare_number, is_quoted_name, is_back_reference, is_article, is_discourse,
    frames_another, delimits_class, is_named_place, sums_up_list,
)  # fmt: skip
# What else these look at, they say nothing of a quantity in another unit.
OF_SOME_UNITS: dict[Rule, frozenset[str]] = {
    is_bare_number: frozenset({""}),
    frames_another: _DURATION,
    is_named_place: _IN_PLACE_NAMES | {"米", "分钟", "公里", "小时", "期", "%"},
}
# Articles and points of a speech are told in Chinese numerals only.
RULES_BUT_OF_CHINESE = tuple(rule for rule in RULES if rule not in (is_article, is_discourse))
