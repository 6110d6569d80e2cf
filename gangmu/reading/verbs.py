"""The verbs that produce numbers, and which of them governs a number (the guideline's §1.6, `action`)."""

import re
from functools import lru_cache

from gangmu.reading.alternatives import searched
from gangmu.reading.patterns import pattern
from gangmu.reading.quantity import Quantity

# Verbs that produce numbers. Longer ones first where one begins another.
VERBS = (
    "组织开展", "组织实施", "升级改造", "落地实施", "备案入库", "常态化开展", "深入开展", "集中开展",
    "扎实开展", "累计完成", "统筹推进", "开工建设", "新建改建", "学习贯彻", "建成投用", "建立健全", "立案查处",
    "组织召开", "先后召开", "建设完成", "提供", "开展", "组织", "举办", "召开", "覆盖", "推送", "讲授", "整改",
    "打造", "新建", "改建", "扩建", "整顿", "创建", "发展", "投入", "升级", "改造", "建成", "选派", "培育",
    "培养", "实施", "化解", "划分", "配备", "解决", "走访", "受邀", "获评", "荣获", "获得", "健全", "筹建",
    "组建", "列入", "研究", "听取", "签定", "签订", "拿出", "扶持", "利用", "配有", "空缺", "达到", "发放",
    "增长", "建在", "成立", "挑选", "建立", "服务", "谋划", "推动", "安排", "支持", "引进", "辐射", "联系",
    "收集", "完成", "办结", "办理", "受理", "接收", "接到", "接待", "排查", "发现", "查处", "处置", "处理",
    "调解", "调处", "答复", "回复", "帮助", "帮扶", "慰问", "救助", "发出", "下发", "印发", "出台", "制定",
    "修订", "清理", "清退", "拆除", "新增", "增加", "减少", "下降", "提高", "提升", "上升", "上涨", "降低",
    "回落", "压减", "压缩", "缩短", "筹集", "筹措", "争取", "落实", "拨付", "下达", "下拨", "支付", "收缴",
    "缴纳", "补助", "补贴", "资助", "捐赠", "募集", "贷款", "投资", "实现", "完善", "培训", "轮训", "集训",
    "宣讲", "宣传", "发布", "刊发", "刊登", "报送", "编发", "印制", "制作", "张贴", "悬挂", "播放", "录制",
    "推广", "签约", "开工", "竣工", "投产", "落地", "入库", "储备", "申报", "立项", "评选", "评定", "评为",
    "表彰", "通报", "约谈", "问责", "处分", "立案", "移送", "移交", "交办", "转办", "督办", "督查", "督促",
    "检查", "抽查", "巡查", "巡逻", "巡视", "巡察", "走进", "深入", "参加", "参与", "出席", "到会", "列席",
    "报名", "录用", "招聘", "招募", "吸纳", "吸引", "带动", "促进", "创造", "转移", "安置", "转化", "转正",
    "吸收", "确定", "推荐", "提拔", "选举", "选出", "当选", "任命", "选聘", "调整", "交流", "补选", "换届",
    "设立", "设置", "设", "开设", "开办", "开放", "建设", "修建", "新修", "铺设", "硬化", "安装", "更换",
    "维修", "修缮", "种植", "栽植", "绿化", "养殖", "流转", "整治", "整理", "疏浚", "清淤", "加固", "巡护",
    "转运", "撤离", "疏散", "出动", "投放", "储存", "调拨", "采购", "购置", "购买", "销售", "生产", "加工",
    "出口", "进口", "接种", "筛查", "体检", "诊疗", "收治", "签收", "占", "有", "为", "达", "共", "辖", "收到",
    "征集", "梳理", "归集", "整合", "认领", "结对", "联建", "派出", "派驻", "下沉", "包联", "入户", "发动",
    "动员", "号召", "推出", "推行", "启动", "运行", "召集", "主持", "审议", "审批", "核查", "核实", "核销",
    "销号", "追回", "挽回", "节约", "盘活", "处罚", "罚款", "扣除", "加分", "评议", "测评", "考核", "评出",
    "排名", "授予", "兑现", "奖励", "减免", "免除", "偿还", "到位", "使用", "支出", "结余", "完工", "验收",
    "通过", "缺席", "请假", "退出", "脱贫", "纳入", "摸排", "登记", "注册", "认定", "命名", "挂牌", "搭建",
    "拓展", "延伸", "联合", "邀请", "观看", "参观", "撰写", "形成", "提出", "采纳", "收回", "清收", "化债",
    "举行", "承办", "协办", "主办", "承担", "开通", "连通", "解答", "咨询", "涉及", "包括", "服务于", "惠及",
    "受益", "安全转移", "救援", "设有", "现有", "共有", "拥有", "占有", "建有", "配套", "聘请", "聘任", "聘用",
    "调研", "蹲点", "座谈", "述职", "点评", "反馈", "归还", "净增", "翻", "召回", "送达", "送", "讲", "收",
    "办", "建", "开", "训", "捐", "增", "降", "减", "超", "超额", "上报", "批准", "批复", "核发", "核减",
    "取消", "关停",
)  # fmt: skip


_SHORT_VERB = pattern(f"[{''.join(verb for verb in VERBS if len(verb) == 1)}]")
_LONG_VERB = searched("|".join(sorted((verb for verb in VERBS if len(verb) > 1), key=len, reverse=True)))
_NOT_VERBS_HERE = searched(
    r"(?:有限|有关|有效|有力|有的|有机|为主|为民|为了|因为|认为|达标|共同|共享|共建|共治|共富|占比|占地|设施|"
    r"设备|建筑|开发区|服务中心|服务站|服务点|"
    r"服务队|服务员|党群服务|政务服务|志愿服务|培训班|培训会|组织部|组织生活|组织书记|组织员|党组织|发展对象|"
    r"发展党员大会|经济发展|高质量发展|研究所|研究会|建设者|工作落实|参与度|满意度|"
    r"办公室|办事处|讲话|讲堂|收入|开发|建议|训练|增值|减排|降温|服务业|服务器|培育工程|帮扶|整治|联系户|"
    r"联系点|联系人|调研报告|测评表|投资额|贷款余额|推荐票|支出|人民调解|座谈会|宣讲会|推进会|发布会|签约会|评议会|听证会|巡[逻查]队|检查站|接待站|行为|收[购益费视藏支治]|生产总值|增加值|增值税|[减增]产|超[过出标额]|讲台|降水|办[公法理]|开放日|"
    r"调解委员会|信访处置|宣讲团|"
    r"为民办实事|办实事|民主评议|述职评议|贫困救助|巡察组|检查组|督查组|奖励金|补助金|补贴款|送温暖)"
)
_MAKES_NOUN = frozenset("率额员者度室制费款量")
_SENTENCE_END = pattern(r"[。!?\n\t:;]")
_CLAUSE_END = pattern(r"[,。;:!?\n\t]")


# The same few words stand before most numbers of a document, and each is asked several times.
@lru_cache(maxsize=1 << 14)
def last_verb(before: str) -> tuple[int, int] | None:
    """The verb nearest to the beginning of the object: the last long one, else a short one at the end."""
    chosen: tuple[int, int] | None = None
    if len(before) < 2:
        return None if _SHORT_VERB.match(before) is None else (0, 1)
    verbs = list(_LONG_VERB.finditer(before))
    if not verbs and _SHORT_VERB.search(before) is None:
        return None
    nouns = [found.span() for found in _NOT_VERBS_HERE.finditer(before)]
    for found in verbs:
        if not (chosen and _keeps_object(before, chosen, found.start())) and not _hidden(before, found, nouns):
            chosen = found.span()
    return chosen or _short_verb(before, nouns + [found.span() for found in verbs])


def _hidden(before: str, verb: re.Match[str], nouns: list[tuple[int, int]]) -> bool:
    """The verb is a part of a noun: 党组织, 服务中心, 办结率."""
    if before[verb.end() : verb.end() + 1] in _MAKES_NOUN and verb.end() < len(before):
        return True
    return bool(nouns) and any(low <= verb.start() < high for low, high in nouns)


def _keeps_object(before: str, chosen: tuple[int, int], at: int) -> bool:
    """组织开展…学习: a verb right in front of the number is a part of the noun phrase, not the action."""
    return at - chosen[1] <= 12 and at + 2 >= len(before.rstrip()) - 1


def _short_verb(before: str, nouns: list[tuple[int, int]]) -> tuple[int, int] | None:
    for found in _SHORT_VERB.finditer(before):
        if not _hidden(before, found, nouns):
            return found.span()
    return None


def verb_elsewhere(text: str, clause_start: int, quantity: Quantity) -> tuple[int, int]:
    """The verb before an earlier item of the same list, else the one right after the number."""
    before = text[clause_start : quantity.start]
    verb = last_verb(before)
    if verb:
        return (clause_start + verb[0], clause_start + verb[1])
    reach = quantity.end + 14
    ends = _CLAUSE_END.search(text, quantity.end, reach)
    following = _LONG_VERB.search(text, quantity.end, ends.start() if ends else reach)
    if following:
        return following.span()
    earlier = max(0, clause_start - 40)
    before = _SENTENCE_END.split(text[earlier:clause_start])[-1]
    earlier = clause_start - len(before)
    verbs = [found.span() for found in _LONG_VERB.finditer(text, earlier, clause_start)]
    return verbs[-1] if verbs else (0, 0)
