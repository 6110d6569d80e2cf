"""What a claim counts and which verb produced it (the guideline's §1.6): literal words from around the number."""

import re
from typing import NamedTuple

from gangmu.reading.quantity import Quantity
from gangmu.reading.values import Kind

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


def _alternatives(words: tuple[str, ...]) -> str:
    """One branch a first sign, longer words first: far fewer comparisons than one branch a word."""
    tails: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        tails.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{sign}(?:{'|'.join(rest)})" for sign, rest in tails.items())


_SHORT_VERB = re.compile(f"[{''.join(verb for verb in VERBS if len(verb) == 1)}]")
_LONG_VERB = re.compile(_alternatives(tuple(verb for verb in VERBS if len(verb) > 1)))
_NOT_VERBS_HERE = re.compile(
    r"(?:有限|有关|有效|有力|有的|有机|为主|为民|为了|因为|认为|达标|共同|共享|共建|共治|共富|占比|占地|设施|"
    r"设备|建筑|开发区|服务中心|服务站|服务点|"
    r"服务队|服务员|党群服务|政务服务|志愿服务|培训班|培训会|组织部|组织生活|组织书记|组织员|党组织|发展对象|"
    r"发展党员大会|经济发展|高质量发展|研究所|研究会|建设者|工作落实|参与度|满意度|"
    r"办公室|办事处|讲话|讲堂|收入|开发|建议|训练|增值|减排|降温|服务业|服务器|培育工程|帮扶|整治|联系户|"
    r"联系点|联系人|调研报告|测评表|投资额|贷款余额|推荐票|支出|人民调解|调解委员会|信访处置|宣讲团|"
    r"为民办实事|办实事|民主评议|述职评议|贫困救助|巡察组|检查组|督查组|奖励金|补助金|补贴款|送温暖)"
)
_MAKES_NOUN = frozenset("率额员者度室制费款量")
_LEADING = re.compile(
    r"^(?:其中|分别|累计|共计|共|各类|各|全年|今年以来|今年|去年|先后|同时|并|也|还|已|已经|均|都|的|了|约|近|"
    r"达|有|为|是|在|对|向|给|将|把|与|和|及|等|以|到|至|较|比|"
    r"截至目前|目前|全市|全县|全区|全镇|全村|全乡|一年来|期间|年内|一季度|上半年|全省|本月|当月|全体|主动|"
    r"积极|大力|持续|深入|认真|扎实|全面|平均|其|"
    r"从中|专门|总计|合计|另|另有|现|现有|组织|由|从|于|年|月|日|份|年度)+"
)
_TRAILING = re.compile(
    r"(?=[累共总合分约近超突逾达为有是的了各均已仅就至到不高将接:较全先同环也还多上从由每人下平占之等数能])(?:累计|共计|总计|合计|分别|共有|共|约|近|超过|突破|逾|达到|达|为|有|是|的|了|各|均|已|仅|就|至|到|"
    r"不少于|至少|不超过|不到|不足|高达|超|将近|接近|:|较去年|已经|全部|先后|较上年|同比|环比|也|还|多|上|从|"
    r"由|每年|每月|每季度|每半年|每人|每户|每亩|人均|下降|平均|占|之|等|数|能)+$"
)
_NOUN_AFTER = re.compile(r"(?:的)?([^,。;:!?\n\t\d()、（）…]{1,40})")
_STOP_AFTER = re.compile(
    r"以上|以下|以内|左右|上下|参加|参与|下沉|担任|服务在|服务|入驻|进驻|落户|建在|驻|在|被|为|向|到|得|获|"
    r"由|均|都|已|将|用于|走下|走进|充实|与|开展|实现|完成|达到|落地|因|从|对|给|受|予|享受|签订|签约|通过|就|"
    r"也|还|未|没有|实施|列入|纳入|提质|进行|工作以来"
)
_SENTENCE_BREAKS = "。!?\n\t"
_CLAUSE_END = re.compile(r"[,。;:!?\n\t]")
_PIECE = re.compile(r"[^,;:()、]+")
_NUMERAL_SIGN = re.compile(r"[\dXx*一二三四五六七八九十两]")


class Phrase(NamedTuple):
    """A subject and an action as ranges of the cleaned text; (0, 0) stands for none."""

    subject: tuple[int, int]
    action: tuple[int, int]


def phrase_of(text: str, quantity: Quantity, kind: Kind, clause_start: int, previous_end: int) -> Phrase:
    """Subject and action of the quantity; `clause_start` begins its clause, `previous_end` ends the claim before."""
    start = max(clause_start, previous_end)
    before = text[start : quantity.start]
    verb = _last_verb(before)
    action = (start + verb[0], start + verb[1]) if verb else (0, 0)
    after = (0, 0) if kind in ("ratio", "change") else _noun_after(text, quantity)
    if after != (0, 0):
        return Phrase(after, action if verb else _verb_elsewhere(text, clause_start, quantity))
    subject = _noun_before(before, verb, start)
    if subject == (0, 0):
        subject = _earlier_subject(text, start, verb)
    return Phrase(subject, action if verb else _verb_elsewhere(text, clause_start, quantity))


def _last_verb(before: str) -> tuple[int, int] | None:
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
    return chosen or _short_verb(before, nouns)


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


def _noun_after(text: str, quantity: Quantity) -> tuple[int, int]:
    found = _NOUN_AFTER.match(text, quantity.end)
    if found is None:
        return (0, 0)
    stop = _STOP_AFTER.search(text, found.start(1), found.end(1))
    end = stop.start() if stop else found.end(1)
    if end <= found.start(1) or text[found.start(1) : end] in ("余", "多", "的"):
        return (0, 0)
    return (found.start(1), end)


def _noun_before(before: str, verb: tuple[int, int] | None, start: int) -> tuple[int, int]:
    low = verb[1] if verb and verb[1] < len(before) else 0
    subject = _trimmed(before, low, len(before))
    if subject is None and verb:
        subject = _trimmed(before, 0, verb[0])
    return (start + subject[0], start + subject[1]) if subject else (0, 0)


def _trimmed(before: str, low: int, high: int) -> tuple[int, int] | None:
    """The words without adverbs in front and copulas behind; None if nothing is left."""
    part = before[low:high]
    lead = _LEADING.match(part)
    begin = lead.end() if lead else 0
    tail = _TRAILING.search(part, begin)
    end = tail.start() if tail else len(part)
    if end - begin < 2 and not (end - begin == 1 and end - begin == len(part)):
        begin = 0
        if end < 2:
            return None
    begin += len(part[begin:end]) - len(part[begin:end].lstrip(",、:()（）"))
    return (low + begin, low + end) if end > begin else None


def _earlier_subject(text: str, start: int, _verb: tuple[int, int] | None) -> tuple[int, int]:
    """解决1187个: the object stands in the clause before (收集群众问题事项1233个)."""
    floor = max((text.rfind(mark, max(0, start - 80), start) for mark in _SENTENCE_BREAKS), default=-1) + 1
    window_start = max(floor, start - 40)
    window = text[window_start:start].rstrip(",、;:( ")
    for piece in reversed(list(_PIECE.finditer(window))):
        digit = _NUMERAL_SIGN.search(piece[0])
        words = piece[0][: digit.start()] if digit else piece[0]
        verb = _last_verb(words)
        trimmed = _trimmed(words, verb[1] if verb and verb[1] < len(words) else 0, len(words))
        if trimmed:
            return (window_start + piece.start() + trimmed[0], window_start + piece.start() + trimmed[1])
    return (0, 0)


def _verb_elsewhere(text: str, clause_start: int, quantity: Quantity) -> tuple[int, int]:
    """The verb before an earlier item of the same list, else the one right after the number."""
    before = text[clause_start : quantity.start]
    verb = _last_verb(before)
    if verb:
        return (clause_start + verb[0], clause_start + verb[1])
    reach = quantity.end + 14
    ends = _CLAUSE_END.search(text, quantity.end, reach)
    following = _LONG_VERB.search(text, quantity.end, ends.start() if ends else reach)
    if following:
        return following.span()
    earlier = max(0, clause_start - 40)
    opened = max(text.rfind(mark, earlier, clause_start) for mark in "。!?\n\t:;")
    earlier = max(earlier, opened + 1)
    verbs = [found.span() for found in _LONG_VERB.finditer(text, earlier, clause_start)]
    return verbs[-1] if verbs else (0, 0)
