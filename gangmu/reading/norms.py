"""Numbers that somebody is to meet (the guideline's §1.2, norm): bounds, routines, plans, terms, standards."""

import re

from gangmu.reading.patterns import pattern
from gangmu.reading.quantity import Quantity
from gangmu.reading.units import EVENTS

_EVENTS = frozenset(EVENTS)
_TERM_UNITS = frozenset((
    "分钟", "小时", "个小时", "天", "日", "个工作日", "工作日", "秒", "秒钟", "个自然日", "周", "个月", "个星期",
    "年", "学时", "个学时", "课时",
))  # fmt: skip

# Whatever stands before, these say that the number has been reached or counted.
_PAST = pattern(
    r"已(?!经?[要拟])|了|去年|上年|目前|截至|累计|实际(?!完成数|执行数|数)|较去年|同比|上半年|现有|共有|做到"
)
# In a rule or a plan a sentence with one of these tells what was or is.
TELLS_PAST = pattern(
    r"已|了|[去上今]年(?!底|内)|上一[期届次]|目前|截至|现有|累计(?!不|缺|达|[扣旷])|同比|以来|原有|原来|实际|"
    r"\d月[^,。]{0,6}(?:发生|收到)|认捐|捐赠|现行|自筹资金|对象为|全[市县区镇乡村]\d"
)
# A bound that is reported as kept.
# 力争新增3.6万户，较去年增长一成: what a plan is set against is past, and the rise is not.
_SET_AGAINST = pattern(
    r"[比较][^,。;:]{1,16}(?=(?:增长|增加|增|提高|提升|上升|下降|降低|减少|压减)(?:了|约|近|不超过|不低于|幅度为?)?$)"
)
_KEPT = pattern(r"已|了|实际|完成|均|都|全部")

_MOST_OF = pattern(
    r"(?:须|必须|应当|不得|应)(?:超过|高于|达到|低于|少于|不低于|不少于)[^,。;:]{1,8}的$"
)  # 须超过应到人数的三分之二
_BOUND = pattern(
    r"(?:不少于|不低于|不[能许准应宜](?:超过|少于|低于|高于|多于)|不得少于|不得低于|不超过|不得超过|不高于|不多于|至少|最多(?!的)|至多|控制在|限于|限额(?!以[上下内])|限[速高重载宽]|一律为|"
    r"上限为?|下限为?|不得高于|原则上)[^,。;:!?\n\t\d]{0,8}$"
)
_FREQUENCY = pattern(
    r"每(?:[一二两三半]?个?[年月周日天旬季]度?|学期|学年|隔[^,。;]{0,4}|半年|(?:个|名|位|户|村|镇|人|支部|"
    r"单位|党员|干部)[^,。;、]{0,6})(?:\d{1,2}(?:[:点时月日号]\d{0,2}分?日?)[前后起]?)?[^,。;:!?\n\t\d]{0,12}$"
)
# 从每天1趟加到每天3趟: how often it was, and is now.
_REPORTED_RATE = pattern(r"平均|人均|户均|均|已|累计|了|共|实际|[加增提升减降][^,。;:]{0,2}[到为至]每")
_FROM_EACH, _ON_TO = pattern(r"[由从][^,。;:]{0,8}每[^,。;:]{0,4}$"), ("加", "增", "提", "升", "减", "降")

# Planning words reach over a clause or two, commands and quotas only within their own.
# Each begins with a fixed sign: one search for the first signs finds out that none of them is there.
_BY_A_DATE = r"(?=力争|要|将|实现|完成|达到|建成|全面|确保|新|再|培|打造|建)"
_STRONG = (
    r"力争", r"争取(?![了到来得]|[^,。;]{0,6}(?:资金|经费|补助|债券|支持))", r"计划(?!的|生育|书|安排的|数)",
    r"拟(?![定订制人])", r"恳请", r"估算",
    r"概算(?!执行)", r"确保(?!了)",
    r"要(?<![主重需必首只简纪概扼就摘紧]要)(?![求素点闻件害紧么来走跑等花翻过交付费不])",
    r"明年", r"[今明后][明后]两?年", r"未来[一二两三四五]年", r"下一步", r"新的一年", r"今后[一二三]?年",
    rf"年底前{_BY_A_DATE}", rf"年内{_BY_A_DATE}(?!新?[增建完培打][建成造育]?的)",
    rf"月底前{_BY_A_DATE}",
    r"将(?=达到|建成|新建|完成|实现|新增|增加|培训|培育|投入|开展|举办|再|安排|继续|发放|全面|选派|争取|还将)",
    # 下半年将约谈企业20家: a deed still to be done, whatever it is; 将1580万元…, 将其… put a thing before its deed
    r"(?:下半年|下一?季度|下个?月|近期|年内|届时|[局办委部会院所站镇乡街村社])将(?=[\u4e00-\u9fff]{2})(?![其该此上这各全所有原])",
    r"将(?=(?:随机|陆续|分批|统一|集中|联合|重点|逐步|适时)?(?:约谈|抽查|抽取|回访|招收|招募|招聘|派出|修建|开办|召开|评选))",
    r"建议(?<!合理化建议)(?<!意见建议)(?=[^,。;、的书案和等类提\d一二三四五六七八九十])",
)  # fmt: skip
_WEAK = (
    r"下达(?=[^,。;]{0,8}(?:任务|指标|计划|目标|名额|配额|限额))",
    r"应当", r"应(?=[不达在于按由])", r"必须", r"承诺(?!的|书|事|践|兑现|履[行约]|率)", r"限时", r"配额", r"不得",
    r"要求(?!的|,)", r"须", r"底线", r"规定(?=[为每不应必在:])",
)  # fmt: skip
_PLAN = pattern(
    "|".join(
        [rf"{word}[^。;!?\n\t]{{0,30}}$" for word in _STRONG] + [rf"{word}[^,。;!?\n\t]{{0,22}}$" for word in _WEAK]
    )
)
# These announce a whole list of aims.
_ANNOUNCED = (
    *(rf"{word}(?:值|数)?(?:是|为|:|如下)" for word in ("目标", "任务", "指标", "要求", "计划")),
    r"到20\d\d年底?,(?:把|将|要|力争|实现|全面|确保|基本|建成|使|争取|达到)",
    *(rf"{word}[^。:]{{0,20}}:" for word in ("明年", "下一步", "新的一年", "重点办好")),
    r"20\d\d年,[^。:,]{0,6}[将要][^。:,]{0,12}:",
    r"(?:账|目标|打算|任务)是:到20\d\d年,",
    r"20\d\d年,[^。:,]{0,8}将[^。,]{0,16},",
    r"名额分配(?:如下|为)?:",
)
_AIMS = pattern("|".join(rf"{words}[^。!?\n\t]{{0,90}}$" for words in _ANNOUNCED))
_NAMED_AIM = pattern(
    r"(?:目标任务|任务|目标|(?<![列纳]入)计划|指标|标准|定额|配额|名额|限额|门槛|定员)(?:数|值|总数)?(?:是|为|:|按|人均|"
    r"至少|(?:提高|调整|降低|上调|下调)[到为至](?:每[^,。;\d]{0,3})?)?(?:不[少低]于|约)?\(?$"
    r"|(?:规定|规矩|应)[是为](?:一[天周月年][^,。;\d]{0,2})?$|(?:自己|年初|当初)定的$"
    # 批复总投资3000万元, 原定60人, 年初安排3000万元: what was granted or set before anything was done
    r"|(?:批复|核定|设计)(?:概算)?(?:总投资|投资|资金|面积|规模|长度|里程)$|(?<!比)(?:原定|年初(?:预算)?安排|拟调整为|拟定为)$"
)
# 完成预算25亿元的85%, 为计划500名的…
_PLANNED_SUM = pattern(r"(?:为|完成|占|达到)[^,。;]{0,6}(?:预算|计划|任务|目标)(?:数|投资|任务)?$")
# 对参与抢险的2380人进行慰问: those a plan is about are there already.
_EXISTING = pattern(
    r"(?:对|向|为|给|让)[^,。;]{1,14}的$|(?:参加|参与|参会|受访|出席|受训|参训|在册|在岗|登记|报名|入户)[^,。;]{0,6}的$|"
    r"[比较](?:今年|本年|目前|现在|现有|当前|眼下|上[期届次轮])的?$|[全本][省市县区州乡镇村校]$|最后$|(?:全部|所有)的?$"
)
# 从800平方米扩到2000平方米: what is to grow is there already.
_FROM_WHAT_IS = pattern(r"[从由](?:现在的?|目前的?|今年的?|现有的?|原来的?)?$")
_GROWS_TO = pattern(r"[^,。;:\d]{0,4}(?:到|至|为|成)")
# 来年要把267小时服务时长这个底子保持住: what was reached is to stay.
_STILL_SO = pattern(r"[^,。;:\d]{0,8}(?:[还尚仍][不没未]|没有|不清楚|这个)|[^,。;:\d]{0,12}(?:保持|稳定?|守|巩固)住")
# 原计划6万亩，眼下只落地一万二千亩: told of what has come of a plan.
_COME_OF_IT = pattern(
    r",(?:前?\d{1,2}个月|(?:\d{1,2}[-至到])?\d{1,2}月份?(?![^,]{0,5}前)|前[一二三]季度|上半年|截[至止]|目前|眼下|如今|至今|到现在|现[在已]|实际|已|只(?!要|需|允)|仅|刚|才)"
    r"(?![^,]*(?:要|将|力争|确保))[^,]*|,(?:刚|才|仅|只)?(?:够|占|完成了?|落地|到位|兑现)[^,]*$|,(?:实际)?完成\d[^。;]*$"
)
_COMMA, MOST_CLAUSES = pattern(r"(?<!\d),|,(?!\d)"), 2  # not that of 8,000
_BUDGETED = pattern(
    r"(?:^|[^成行调额占])预算(?:安排|资金|总额|规模|数)?(?:合计|共计|总计)?(?:为|是|约|共)?$|(?<!已)追加(?:预算|指标)?$"
)  # not 完成预算
_EXTREME = pattern("最[长短快慢高低多少][^,。;]{0,6}[为是用了达]?$")
_PRICE = pattern(r"标准(?:是|为|:)?[^,。;\d]{0,9}$")
_BY_LAW = pattern(r"(?:法定|规定|承诺|要求)的$")
_MEETING = pattern(r"达到|符合|满足")
_NOT_GOVERNED = pattern(
    r"往年|每天|以前|过去|平时|列入|纳入|实际|累计|完成|超额|占|按照?|根据|围绕|对照|落实|按|达到|未完成|超"
)
_STANDARD_AFTER = pattern(
    r"(?:/[^,。;]{1,3})?的?[^,。;:、()\d]{0,4}?(?:标准(?!化)|目标|任务|指标|底线|红线|上限|下限|要求|警戒线|控制线|序时进度|承诺|门槛|限额(?!以)|时限|定额|预警线|核定)(?!的\d)"
)
_SHARE_OF_PLAN = pattern(r"(?:完成|占|达到?|实现|超额|兑现)[^,。;]{0,14}的?$")

_TIMELY = pattern(
    r"(?:以内|之内|内)?[^,。;、]{0,3}?(?:响应|到场|办结|上门|回应|反馈|到达|处置|签收|答复|办理|受理|回复|"
    r"完成|报告|整改|审结|解决|派单|联系|处理|抵达|送达|公示|办好|回访|转办|交办|核实)"
)
_ON_A_DAY = pattern(r"\d月\d{1,2}日,[^。;\n]*$")  # what happened on a day is no standard
_WITHIN = pattern(r"(?:以内|之内|内)(?![部容])")
_TERM_NAME = pattern(
    r"(?:聘期|任期|期限|有效期|保修期?|质保(?!金)|公示期|时限|限期|合同期|工期|租期|承包期|质保期|服务期|试用期|周期|过渡期|"
    r"学制)[^,。;]{0,6}$"
)
_MEASURED = pattern(
    r"全部|都在|平均|仅用|只用|做到|实现|实际|用时|已|均|耗时|仅需|了|由|从|为期|历时|压(?:短|缩|减)[^到至]{0,3}$|"
    r"缩(?:短|缩|减)[^到至]{0,3}$|提前$|最[长短快慢]|只要|不到"
)


# Whatever the patterns above begin with: a sentence without any of these holds no bound, plan or aim.
NORM_WORDS = pattern(
    "不少于|不低于|不[能许准应宜]|不得|不超过|不高于|不多于|至少|最多|至多|控制在|限于|限额|上限|下限|原则上|力争|争取|计划|拟|预计|预算|恳请|"
    "估算|概算|确保|要|明年|下一步|新的一年|年底前|年内|月底前|将|建议|下达|应|必须|承诺|限时|配额|须|底线|规定|目标|任务|指标|"
    "到20|两年|未来|标准|定额|名额|门槛|定员|法定|今后|重点办好|年,|规矩|定的|限[速高重载宽]|一律|原定|批复|核定|年初|设计"
)


def is_norm(text: str, quantity: Quantity, clause: str, sentence: str, planned: bool) -> bool:
    """True for a requirement, standard, routine's frequency, quota, plan or target; its unit stays its own.

    `sentence` is '' where it holds none of NORM_WORDS.
    """
    if quantity.unit in _TERM_UNITS and _is_term(text, quantity, clause):
        return True
    if sentence and _BOUND.search(clause) and not _KEPT.search(clause):
        return not (quantity.unit == "%" and _SHARE_OF_PLAN.search(clause))
    if quantity.unit == "%" and sentence and _MOST_OF.search(clause):
        return True
    counted = quantity.unit in _EVENTS or text.startswith(("以上", "以下", "以内"), quantity.end)
    if counted and "每" in clause and _FREQUENCY.search(clause) and not _REPORTED_RATE.search(clause):
        return not (_FROM_EACH.search(clause) and text.startswith(_ON_TO, quantity.end))
    if (sentence and _is_named_aim(text, quantity, clause)) or _is_standard(text, quantity, clause):
        return True
    if (planned or sentence) and _is_there(text, quantity, clause):
        return False
    if planned and not _PAST.search(_SET_AGAINST.sub("", clause)):
        return not text.startswith(("月", "日"), quantity.end)
    return bool(sentence) and _is_planned(quantity, clause, sentence)


def _is_there(text: str, quantity: Quantity, clause: str) -> bool:
    """Whether a plan only speaks of so many that there are: 受训的3260人, 较今年的11700人再增一成, 全县35.1万."""
    grows = _FROM_WHAT_IS.search(clause) and _GROWS_TO.match(text, quantity.end)
    return bool(_EXISTING.search(clause) or grows or _STILL_SO.match(text, quantity.end))


def _is_term(text: str, quantity: Quantity, clause: str) -> bool:
    """15分钟响应, 3个工作日内办结, 聘期3年; 平均3天内办结 and 做到了1天办结 are counts."""
    if (
        _TERM_NAME.search(clause)
        and not _PAST.search(clause)
        and not re.search(r"平均|由|从|压缩了|缩短$|缩短了", clause)
    ):
        return True
    if text.startswith(("才", "后才"), quantity.end):  # 接单后3.5小时才到场
        return False
    if quantity.unit in ("年", "课时") or _MEASURED.search(clause):
        return False
    if _ON_A_DAY.search(text, max(0, quantity.start - 40), quantity.start):
        return False
    return _TIMELY.match(text, quantity.end) is not None or _WITHIN.match(text, quantity.end) is not None


def _is_named_aim(text: str, quantity: Quantity, clause: str) -> bool:
    """目标任务50名, 法定的3天, 完成预算25亿元的85%. 完成目标任务的120% is a ratio."""
    if (_BY_LAW.search(clause) and not _MEETING.search(clause)) or (
        quantity.unit.startswith("元") and _PRICE.search(clause)
    ):
        return True
    is_rate = quantity.unit == "%"
    if _NAMED_AIM.search(clause):
        return not (is_rate and _SHARE_OF_PLAN.search(clause))
    if quantity.unit.startswith("元") and _BUDGETED.search(clause):
        return True
    return not is_rate and text.startswith("的", quantity.end) and _PLANNED_SUM.search(clause) is not None


def _is_standard(text: str, quantity: Quantity, clause: str) -> bool:
    """每亩800元的补助标准."""
    found = _STANDARD_AFTER.match(text, quantity.end)
    if found is None:
        return False
    reached = quantity.unit in _TERM_UNITS and clause.endswith("达到")  # 达到32学时的要求
    return reached or not _SHARE_OF_PLAN.search(clause)


def _is_planned(quantity: Quantity, clause: str, sentence: str) -> bool:
    """A plan word before the number with nothing done between them; a share of what was planned is no plan."""
    if _EXTREME.search(clause):
        return False
    if quantity.unit == "%" and (clause in ("占", "占比") or clause.endswith("的")):
        return False
    aims = _AIMS.search(sentence)
    if (
        aims
        and not _PAST.search(aims[0])
        and not _NOT_GOVERNED.search(sentence[max(0, aims.start() - 6) : aims.start()])
    ):
        return True
    found = _PLAN.search(sentence)
    if found is None or _PAST.search(_SET_AGAINST.sub("", found[0])) or len(_COMMA.findall(found[0])) > MOST_CLAUSES:
        return False
    if found[0].startswith("年内") and "年初" in sentence[: found.start()]:
        return False  # 年初53户，年内新纳入11户: what became of what there was
    if "," in found[0] and _COME_OF_IT.search(found[0]):
        return False
    return not _NOT_GOVERNED.search(sentence[max(0, found.start() - 5) : found.start()])
