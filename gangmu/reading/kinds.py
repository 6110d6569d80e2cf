"""What sort of number a claim is (the guideline's §1.2): norm beats change beats ratio beats amount beats count."""

import re

from gangmu.reading.quantity import FRACTION, HALF, Quantity
from gangmu.reading.units import DURATION, EVENTS, MONEY
from gangmu.reading.values import Kind

_MONEY, _DURATION, _EVENTS = frozenset(MONEY), frozenset(DURATION), frozenset(EVENTS)
_SHORT_TIMES = frozenset(("分钟", "小时", "个小时", "天", "日", "个工作日", "工作日", "秒", "秒钟", "个自然日", "周", "个月", "个星期"))

_RISE = (
    "增长|增加|提高|提升|上升|上涨|下降|降低|减少|回落|下滑|缩减|压减|压缩|缩短|增幅|降幅|涨幅|增速|净增|净减|同比|环比|增收|节约|扩大|收窄|攀升|递增|递减|跌|"
    "多|少|降|涨|升|低|高出?|(?<!新)增|减|下跌|回升|增长率|下降率|增长速度|增值|减幅|缩水|放缓|加快|多出|少了|多了|提速|较[^,。;]{1,8}|比[^,。;]{1,10}"
)
_CHANGED = re.compile(
    rf"(?:{_RISE})(?:了|率|幅度?|速度?|比例)?(?:[（(][^()]{{0,6}}[)）])?(?:分别|各|平均|均|都|也|仅|年均|累计)?(?:为|达到?|高达|是|:)?"
    r"(?:约|近|超过?|逾|不到|不足|至少|将近|接近|突破)?(?:了)?$"
)
_NOT_A_CHANGE = re.compile(r"(?:最多|至多|最少|至少|不少|缺少|大多|许多|众多|最高|最低|不低|较高|较低|高低|不高|减少到|至少)(?:达|为)?$")
_RATE_CHANGED = re.compile(
    r"(?:增长|增加|提高|提升|上升|上涨|下降|降低|减少|回落|下滑|增幅|降幅|涨幅|增速|同比|环比|递增|压减|压缩|缩短|节约)(?!到|至|率达标|为)[^,。;:!?、\n\t\d]{0,8}$"
)
_REACHED = re.compile(r"(?:到|至|达标率|占比|比重|比例|率)(?:为|达到?|是)?(?:了)?(?:约|近|超过?|逾)?$")
_RATE_NAME_OF_CHANGE = re.compile(r"(?:增长率|下降率|增幅|降幅|涨幅|增速|增长速度|减少率|递增率)[^,。;]{0,6}$")
_OVER_TIME = re.compile(r"(?:去年|上年|同期|年前|此前|以前|之前|原来|上月|上季|前年|初期|年初|往年|\d年|月|期)[^,。;]{0,8}的?(?:约|近|超过|不到)?$")
_MONEY_NAMES = re.compile(
    r"(?:产值|收入|生产总值|GDP|投资|资金|销售额|总额|金额|支出|贷款|经费|营收|利润|税收|财政|资产|存款|成交额|交易额|增加值|总产|债务|结余|补贴|款|价款|营业额)"
    r"[^,。;:!?、\n\t\d]{0,8}$"
)

_BOUND = re.compile(r"(?:不少于|不低于|不得少于|不得低于|不超过|不得超过|不高于|不多于|至少|最多|至多|控制在|限于|限额|原则上|上限为?|下限为?)[^,。;:!?\n\t\d]{0,8}$")
_FREQUENCY = re.compile(r"每(?:[一二两三半]?个?[年月周日天旬季]度?|学期|学年|隔[^,。;]{0,4}|半年|(?:个|名|位|户|村|镇|人|支部|单位|党员|干部)[^,。;、]{0,6})[^,。;:!?\n\t\d]{0,12}$")
_PLAN = re.compile(
    r"(?:力争|争取|计划(?!的|生育|书)|拟(?![定订制人])|目标(?!任务的|的|责任|考核|管理)|预计|下达|任务数?(?!的)|指标(?:为|:|数|任务)|应当|应(?![对急用邀变诉答])|必须|规定(?!的)|标准(?:为|是|:|不|每)"
    r"|承诺(?!的|书|事|践)|限时|达到?要求|配额|名额|编制|核定|不得|(?<![主重需必首只简纪概扼就摘])要(?![求素点闻件害紧么])|要求(?!的|,)|确保(?!了)|须|聘期|任期|期限|有效期|将(?!近)|底线"
    r"|计划数|目标值|目标为)[^。;!?\n\t]{0,26}$"
)
_DONE = re.compile(
    r"已(?!经?[要拟])|了|完成(?!时限|期限|率?不低)|实际|目前|截至|累计|实现(?!增长|[^,。;]{0,4}力争)|共(?!同|享|建|治|富|青)|达到|较去年|同比|去年|上半年|其中|占|率达|率为|根据|按照|围绕|落实|贯彻|发现|对照"
)
_STANDARD_AFTER = re.compile(r"(?:/[^,。;]{1,3})?(?:的)?(?:[^,。;:、\d]{0,4})?(?:标准|目标|任务|指标|要求|计划|底线|红线|上限|下限)(?!化|的\d)")
_TIMELY = re.compile(r"(?:以内|之内|内)?(?:[^,。;、]{0,3})?(?:响应|到场|办结|上门|回应|反馈|到达|处置|签收|答复|办理|受理|回复|完成|报告|整改|审结|解决|派单|联系|处理|抵达|送达|公示|办好|回访|转办|交办)")
_TERM = re.compile(r"(?:内|以内|之内)(?![部容])")
_MEASURED = re.compile(r"平均|仅用|只用|做到了|实现了?|实际|用时|已|均在|压缩|缩短|耗时|仅需|了|由|从|为期|历时|公示")
_DONE_RATE = re.compile(r"(?:完成|占|达到?|实现|超额|兑现)[^,。;]{0,14}的?$")


def kind_of(text: str, quantity: Quantity, clause: str, sentence: str, planned: bool) -> Kind:
    """The kind by the guideline's order. `clause` and `sentence` end where the numeral begins; `planned` marks a
    part of the document about what is still to be done."""
    if is_norm(text, quantity, clause, sentence, planned):
        return "norm"
    if is_change(quantity, clause):
        return "change"
    if quantity.unit in ("%", "‰", "成", "倍") or quantity.script in (FRACTION,) or (quantity.script == HALF and quantity.unit == "%"):
        return "ratio"
    if quantity.unit.split("/")[0] in _MONEY or (not quantity.unit and quantity.scaled and _MONEY_NAMES.search(clause)):
        return "amount"
    return "count"


def is_change(quantity: Quantity, clause: str) -> bool:
    """How much something rose or fell; a level reached (提高到95%, 减少至15户) is none."""
    if quantity.unit in ("个百分点", "百分点", "番", "个点"):
        return True
    rate = quantity.unit in ("%", "‰", "成", "倍") or quantity.script == FRACTION
    if not rate:
        return _CHANGED.search(clause) is not None and _NOT_A_CHANGE.search(clause) is None and not _compares_only(clause)
    if _RATE_NAME_OF_CHANGE.search(clause):
        return True
    if quantity.unit == "倍" and _OVER_TIME.search(clause):
        return True
    if _CHANGED.search(clause) and not _NOT_A_CHANGE.search(clause) and not _compares_only(clause):
        return True
    return _RATE_CHANGED.search(clause) is not None and _REACHED.search(clause) is None


_COMPARES = re.compile(r"(?:较|比)[^,。;]{1,10}$")


def _compares_only(clause: str) -> bool:
    """占比 and 比重 hold 比 without comparing: only a rise word right before the number makes a change."""
    found = _COMPARES.search(clause)
    return found is not None and re.search(r"(?:多|少|增|减|升|降|高|低|长|加|落|滑|涨|跌|缩|同比|环比)[^,。;]{0,4}$", clause) is None


def is_norm(text: str, quantity: Quantity, clause: str, sentence: str, planned: bool) -> bool:
    """A number somebody is to meet (§1.2): bound, routine's frequency, plan, term of an answer, standard."""
    unit = quantity.unit
    if unit in _SHORT_TIMES and _is_term(text, quantity, clause):
        return True
    done = _DONE.search(clause) is not None
    if _BOUND.search(clause) and not done:
        return True
    if unit in _EVENTS and _FREQUENCY.search(clause) and not re.search(r"平均|人均|户均|已|累计|了|共", clause):
        return True
    if _STANDARD_AFTER.match(text, quantity.end) and not _DONE_RATE.search(clause) and not re.search("超|低于|高于", clause[-3:]):
        return True
    if planned and not done and unit not in ("%", "个百分点") | _DURATION:
        return True
    return _is_planned(sentence, clause)


def _is_planned(sentence: str, clause: str) -> bool:
    """A plan word before the number with nothing done between them."""
    found = _PLAN.search(sentence)
    if found is None or _DONE.search(found[0]):
        return False
    before = sentence[max(0, found.start() - 8) : found.start()]
    return not re.search(r"完成|超额|占|按照?|根据|围绕|对照|落实|达到|通过|实现", before) and not _DONE_RATE.search(clause[-3:] if "目标" in clause else "")


def _is_term(text: str, quantity: Quantity, clause: str) -> bool:
    """15分钟响应, 3个工作日内办结; 平均3天内办结 and 做到了1天办结 are counts."""
    if _MEASURED.search(clause):
        return False
    if re.search(r"(?:聘期|任期|期限|有效期|保修期|公示期|时限|限期)[^,。;]{0,4}$", clause):
        return True
    return _TIMELY.match(text, quantity.end) is not None or _TERM.match(text, quantity.end) is not None
