"""Numbers that only delimit a class are no claims (the guideline's §1.3, 8, and §4)."""

import re

from gangmu.reading.patterns import pattern
from gangmu.reading.place import CLAUSE_ENDS, Place
from gangmu.reading.quantity import Quantity
from gangmu.reading.units import FIRST, MONEY, RATIO

_MONEY = frozenset(MONEY)
_RATIO = frozenset(RATIO)

_THRESHOLD = pattern(
    r"[(（]?含?[)）]?(?:及|\(含\)|含|或者?)?(?:以上|以下|以内)(?:[(（]含?[^()（）]{0,6}[)）])?(?P<of>的)?"
)
_ABOUT_OF = pattern("左右的|上下的")
_AGE_TAIL = pattern(
    r"左右的|上下的|的|之间|年龄段|[至到-]|党员|青年|干部|老人|及|\d|有|占|以[上下]|人员|以前|之下|之上|组|儿童|妇女|居民|群众|"
    r"\("
)
_AGE_PREDICATE = pattern(
    r"(?:平均|均|都|全部|岁数|年龄|最大|最小|年长|年轻|高龄)[^,。;]{0,6}$|[在为是达]$|(?:仅|约|近|到|至|满|超过)$"
)
_CLASS_UNITS = _MONEY | {
    "毫米",
    "厘米",
    "吨",
    "公斤",
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
_CLASS_TAIL = pattern(r"以上[至到]|者|的为|以上投诉")
_FAILS_SHARE = pattern(r"(?:低于|不足|未达到?|不到)$")
_AS_A_RULE = pattern(
    r",(?:必?须|应|由|报|要|按|给予|予以|不得|不予|一律|实行|经|取消|扣|责令|约谈|追究|视为|处|免|停|当场|立即|一经|每[生人户亩家村名件次场]|"
    r"(?:[在全][校院市县区镇乡街村]{1,2}[^,。;]{0,4})?通报)"
)
_WHOM = pattern(r"的(?=[须应要将由])|的(?:单位|部门|村|镇|县|支部|干部|街道|社区|党员|学校)")
_FUNDS = ("资金", "经费", "补助", "奖励", "贷款", "投资", "补贴", "奖金", "专项", "财政", "支持")
_HIT_BY_RULE = pattern(
    r"(?:逾期|超期|连续|累计|满|超过|达到|不足|低于|缺席|拖欠|欠缴|欠|未满|高于|少于|超出|一次性|年满)[^,。;]{0,6}"
    r"$"
)
_HIT_TAIL = pattern(
    r"(?:以上|未|不|垫底|缺席|排名)?[^,。;、]{0,6}的(?=[,。;由将给按应予取一要须县单村党干支部镇街区]|$)"
)


# 超过100毫米的站点23个: the class's own count follows.
_BY_THRESHOLD = pattern(r"(?:超过|不足|低于|高于|少于|大于|小于|达到|未满|多于)$")
_THEN_COUNTED = pattern(r"的[^,。;、\d]{1,8}(?:有|共|达)?(?:\d|[一二三四五六七八九十]{1,3}[个名户家处])")


# 进度在70%以上的5个, 不足125克的21个, 3公里以上的村有三十一所: the class's own count follows the bound.
_BOUND_THEN_COUNTED = pattern(
    rf"(?:(?:[(（]含[)）]|及|含)?(?:以[上下内]|之间))?[^,。;、:\d的]{{0,2}}的(?P<noun>(?![^,。;、:\d]{{0,8}}[占达为是])[^,。;、:\d]{{0,8}}?)(?P<verb>只?有|共有?|达到?)?"
    rf"(?:\d|[一二两三四五六七八九十百廿卅]{{1,4}}[{FIRST}])"
)
_BOUND_AFTER = pattern("(?:[(（]含[)）]|及|含)?(?:以[上下内]|之间)")
_OF_OTHERS = pattern(r"(?:覆盖|带动|组织|发动|完成|实现|占|近|约)$")
_OF_A_RATE = pattern(r"^[^\u4e00-\u9fff]*$|[率度]在?$")
_OF_A_RULE = pattern(r"[^,。;、\d]{1,8}的")
# 占应收欠款2150万元的四成: the number has a share taken of it.
_SHARE_OF_IT = pattern(r"的(?:近|约|将近)?(?:百分之|[\d.一二两三四五六七八九十]+(?:成|%|分之)|一半)")


def _counts_a_class(text: str, quantity: Quantity, clause: str) -> bool:
    """Whether the number bounds a class whose own count stands right behind it; a share only where no noun does."""
    if "的" not in text[quantity.end : quantity.end + 6]:
        return False
    counted = _BOUND_THEN_COUNTED.match(text, quantity.end)
    bounds = quantity.upper is not None or _BY_THRESHOLD.search(clause) or _BOUND_AFTER.match(text, quantity.end)
    if counted is None or not bounds:
        return False
    if quantity.unit in _RATIO and counted["noun"] and not counted["verb"]:
        return len(counted["noun"]) < 3 and _OF_A_RATE.search(clause) is not None
    return _OF_OTHERS.search(clause) is None


def delimits_class(text: str, quantity: Quantity, place: Place) -> bool:
    """§1.3, 8 and §4: 35岁以下青年, 50 万元以上的村, 超过10万元的农户, 逾期5天的; not 90%以上的党员."""
    if _counts_a_class(text, quantity, place.clause):
        return True
    if quantity.unit == "%" and _FAILS_SHARE.search(place.clause):
        return _WHOM.match(text, quantity.end) is not None
    if quantity.unit == "%" and _BY_THRESHOLD.search(place.clause):
        return text.startswith("的", quantity.end) and _AS_A_RULE.match(text, quantity.end + 1) is not None
    if quantity.unit in _RATIO or (quantity.value is None and quantity.unit not in ("岁",)):
        return False
    after = text[quantity.end : quantity.end + 16]
    if place.in_cell and not place.headed and quantity.upper is not None:
        return True  # 0—14岁 before its row
    if quantity.unit in ("岁", "周岁"):
        return _delimits_age(quantity, place.clause, after)
    if "的" not in after and "以" not in after and not after.startswith("者"):
        return False
    return _is_bound(quantity, text[max(0, quantity.start - 10) : quantity.start], after)


def _is_bound(quantity: Quantity, before: str, after: str) -> bool:
    """Whether the words on either side make the number the bound of a class."""
    if quantity.unit in _CLASS_UNITS and (
        _CLASS_TAIL.match(after)
        or (quantity.upper is not None and after.startswith("的"))
        or (_BY_THRESHOLD.search(before) and _THEN_COUNTED.match(after))
    ):
        return True
    bound = _THRESHOLD.match(after)
    if bound and _HIT_BY_RULE.search(before) and re.match(r"[^,。;]{0,8}的(?!要求|标准)", after[bound.end() :]):
        return True
    ruled = _OF_A_RULE.match(after, bound.end()) if bound and not bound["of"] else None
    if ruled and _AS_A_RULE.match(after, ruled.end()):
        return True  # 三人以上聚集燃放的，当场劝离
    if bound:
        return _bounds_class(quantity, after[bound.end() :], bound["of"] is not None)
    if after.startswith("的") and _HIT_BY_RULE.search(before) and not _SHARE_OF_IT.match(after):
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
    bound = _THRESHOLD.match(after) or _ABOUT_OF.match(after)
    rest = after[bound.end() :] if bound else after
    ends = not rest or rest[0] in CLAUSE_ENDS
    return not (ends and _AGE_PREDICATE.search(before))


def _bounds_class(quantity: Quantity, rest: str, of: bool) -> bool:
    if of and quantity.unit in _CLASS_UNITS and _AS_A_RULE.match(rest):
        return True
    if quantity.unit not in _CLASS_UNITS or not rest or rest[0] in CLAUSE_ENDS:
        return False
    if quantity.unit in _MONEY:
        return not rest.startswith(_FUNDS)
    if of:
        return quantity.unit not in ("名", "个") or rest.startswith(("支部", "党", "企业", "单位"))
    return quantity.unit in ("年", "分", "平方米", "亩") or (
        quantity.unit == "人" and rest.startswith(("企业", "支部", "党", "单位", "大班", "规模"))
    )
