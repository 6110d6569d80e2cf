"""What a claim counts (the guideline's §1.6, `subject`): the literal words nearest to the number that name a thing.

Words of time, of moving, of order and of place alone name no thing: behind them the words before are asked, clause by
clause, to the beginning of the sentence and once into the sentence before.
"""

import re
from functools import lru_cache

from gangmu.reading.alternatives import first_signs, matched, parted
from gangmu.reading.patterns import late, pattern
from gangmu.reading.quantity import Quantity
from gangmu.reading.units import FIRST, unit_after
from gangmu.reading.values import Kind
from gangmu.reading.verbs import last_verb

_NOTHING = (0, 0)
_CHINESE = "一二三四五六七八九十百千万两"
_TIME = (
    r"(?:\d{2,4}|[一二〇○零三四五六七八九]{4})年(?:[底初末度]|以来|上半年|同期)?|\d{1,2}月(?:份|[底初末])?|\d{1,2}日|前\d{1,2}个月|"
    r"[前一二三四1-4]{1,2}季度|[上下]半年|[去今明前往当近上本]年(?:[底初末度]|以来|同期|同月)?|[上本当]月(?:末|底)?|"
    r"[上本]季(?:度|末)?|[上本][届学][期]?|上学期|全年|同期|同月|目前|现在|如今|当前|当初|那时|此前|之前|以前|原来|"
    r"年[底初末]|月[底初末]|季末|年内|期间|以来|一年来?|[昨今当]天|第[一二三四五]年|时候"
)
_MOVED = (
    r"增长|增加|增[至到]|减少|减[至到]|下降|降[至到]|提高|提升|提[至到]|上升|上涨|上调|下调|下跌|下滑|降低|回落|攀升|扩大|"
    r"扩[至到展充建]*|压减|压缩|压[至到]|缩短|缩减|缩[至到]|发展[到至]|递增|递减|净[增减](?:加|少)?|翻|反弹|[多少高低]于|"
    r"涨|升|跌|降|减|增"
)
_PLACES = r"[全我本][省市县区镇乡村国校院局系行]{1,2}"
_ADVERBS = (
    r"其中|分别|累计|共计|总计|合计|总[数共计]|各类|今年以来|先后|同时|已经|全部|都|主动|积极|大力|持续|深入|认真|扎实|全面|"
    r"平均(?!年龄|分)|从中|专门|另[外有]?|现有|截至目前|一年来|只有|仅有|只|仅|还|仍|也|又|再|"
    r"力争|争取|确保|实现|预计|最[高低多少长短快慢]|实际|成功(?!率)|连年|逐年|大幅|明显|分档|有所|应[到收查缴]|[实已][到收查缴]|"
    r"[↑↓→▲▼]"
)
_FUNCTION = (
    r"由|从(?!业|事|严|优)|于|自|按|每[市公]?[晚天年月日斤亩户人村组个次]|并|已|均(?!衡)|的|了|约|近(?!视|亲|海)|达(?!标)|"
    r"有(?!限|关|机|效|意|序)|为|是|在(?!校|职|岗|编|建|册|读|院|库|学|线)|对(?!象|口|外)|向|给(?!水)|将|把|与|和(?!谐|平)|"
    r"及|等(?!级)|以|到(?!位|岗|会|期|场|访)|至|较|比(?!例|重|赛)|而|其(?!他)|现(?!场|役|金|代|行)|共(?!同|享|建|青)|起"
)
_FUNCTION_BEHIND = _FUNCTION.replace("|为|", "|(?<![行作认])为|")
_SPACE = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_LED = (
    rf"{_TIME}|{_PLACES}(?!域|属|均|级)|{_ADVERBS}|{_FUNCTION}|[年月日份](?![度级薪均轻终检龄间常])|"
    rf"[、,:→()◆〇{_SPACE}]"
)
_LEADING = late(lambda: re.compile(f"(?=[{first_signs(_LED)}])(?:{matched(parted(_LED))})+"))
_TRAILED = (
    rf"{_TIME}|{_MOVED}|{_PLACES}|{_ADVERBS}|不少于|至少|不超过|不得[超少多低高][过于]|不到|不足|"
    rf"高达|超过|突破|超[出]?|将近|接近|同比|环比|达到|低至|[年月日户村人亩]均|占|完成|数量|{_FUNCTION_BEHIND}|每年|每季度|每半年|"
    rf"上(?=$)|多(?=$)|[、,:→{_SPACE}（(]"
)
_TRAILING = late(lambda: re.compile(rf"(?=[{first_signs(_TRAILED)}])(?:{matched(parted(_TRAILED))})+$"))
_MARKER = pattern(rf"\s*(?:\d{{1,2}}[.、](?!\d)|[{_CHINESE}]{{1,3}}[、是要]|\([{_CHINESE}\d]{{1,3}}\)|[①-⑳])\s*")
_PER_UNIT = pattern(
    r"(?:而|平均|人均)*每[百千万]*(?:[个名位户家][^,;]{0,4}|[人村镇户亩年月天口]{1,3}|社区|公里)(?:平均|人均|不足|不到|不少于|约|近|有|拥有)*"
)
_BY_COUNT = pattern(r"(?:按|以)[^,;]{0,16}(?:计算|统计|口径|算)$")
_HAVING = pattern(r"[^,;、\d]{2,6}[省市县区镇乡村]有$")
_AMONG = pattern(r"([^,;:、\d]{2,16})[中里],?(?:还|仍|只|尚|已|就|共|约)*有?(?:近|约|超过|超)?$")
_SHARE = pattern(r"占(?!用|地|有|道|补|比)")
_CLASS = pattern(r"\d{1,3}(?:岁|年|分|平方米|[万亿]?元)(?:及|\(含\))?以[上下](?:的)?[^,;:、\d]{0,8}")
_NUMERAL = pattern(rf"\d[\d.,]*|[Xx*]+|(?<!“)[{_CHINESE}]+(?=[{FIRST}])")
_AFTER_NUMERAL = pattern(rf"[\d.,Xx*{_CHINESE}]+[余多来]?[万亿]?[余多]?")
_MARKER_SIGNS = frozenset(f"0123456789{_CHINESE}(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳{_SPACE}")
_BETWEEN_PIECES, _SENTENCE_ENDS = frozenset(",;:()、。!?"), frozenset("。!?")
_MONEY_NAME = pattern(
    r"(?:资金|经费|款|费|收入|支出|补贴|补助|津贴|投资|价|薪|总额|产值|利润|税收|出口|进口|结余|损失)$"
)
_HOLDS_ITS_OBJECT = frozenset(
    ("开展", "组织", "举办", "召开", "组织开展", "深入开展", "集中开展", "扎实开展", "实施", "完成", "举行", "参加")
)

_NOUN_AFTER = pattern(r"(?:的)?([^,。;:!?\n\t\d()、（）…→]{1,40})")
_STOP_AFTER = pattern(
    r"以上|以下|以内|左右|上下|参加|参与|下沉|担任|服务在|服务|入驻|进驻|落户|建在|驻|在|被|为|向|到|得|获|"
    r"由|均|都|已|将|用于|走下|走进|充实|与|开展|实现|完成|达到|落地|因|从|对|给|受|予|享受|签订|签约|通过|就|"
    r"也|还|未|没有|实施|列入|纳入|提质|进行|工作以来|全部|有所|不等|名列|位列|启程|出发"
)
# Right behind the number these tell something of what was named before it.
_TELLS = pattern(
    rf"(?:的?(?:水平|标准|要求|目标|基础上)|的?[{_CHINESE}]{{1,3}}成|的?[{_CHINESE}]+分之|里(?![程弄])|等(?!级)|算|不等|没|"
    rf"内(?![容科河陆涝设部])|[^,。;:、]{{0,2}}(?:{_MOVED})(?:了|到|至|为)?[^,。;:、\d]{{0,4}}[\d{_CHINESE}])"
)
_REACH = 90


def subject_of(text: str, quantity: Quantity, kind: Kind, clause_start: int, start: int) -> tuple[int, int]:
    """The subject's range in the cleaned text, (0, 0) for none; `start` begins what belongs to this number alone."""
    before = text[start : quantity.start]
    if kind in ("ratio", "change"):
        return _share_owner(text, clause_start, quantity.start) or _named_before(text, before, start)
    if kind == "amount" and (money := _money(before)):
        return start + money[0], start + money[1]
    after = _noun_after(text, quantity)
    if after != _NOTHING:
        among = _AMONG.search(text, max(0, quantity.start - 24), quantity.start)
        return among.span(1) if among and text[quantity.start - 1] == "有" else after
    return _named_before(text, before, start)


def _money(words: str) -> tuple[int, int] | None:
    """资金, 贷款, 出口: the name of the money right before the number."""
    core = _trimmed(words, 0, len(words))
    if core is None or not _MONEY_NAME.search(words, *core):
        return None
    named = _object(words)
    return named if named and named[1] == core[1] else core


def _share_owner(text: str, clause_start: int, end: int) -> tuple[int, int] | None:
    """民生支出占总支出7亿元的八成: what is told before 占, in this clause or before it; never the base."""
    shares = list(_SHARE.finditer(text, clause_start, end))
    if not shares:
        return None
    share = shares[-1]
    return _named_before(text, text[clause_start : share.start()], clause_start)


def _noun_after(text: str, quantity: Quantity) -> tuple[int, int]:
    found = _NOUN_AFTER.match(text, quantity.end)
    if found is None or _TELLS.match(text, quantity.end):
        return _NOTHING
    stop = _STOP_AFTER.search(text, found.start(1), found.end(1))
    end = stop.start() if stop else found.end(1)
    if end <= found.start(1) or text[found.start(1) : end] in ("余", "多", "的"):
        return _NOTHING
    return (found.start(1), end)


def _named_before(text: str, before: str, start: int) -> tuple[int, int]:
    """The thing named right before the number, else in the clauses before."""
    named = _object(before)
    if named:
        return start + named[0], start + named[1]
    core = _trimmed(before, 0, len(before))
    if core is None:
        return _earlier_subject(text, start, sentences=1)
    own = start + core[0], start + core[1]
    return named_before if (named_before := _earlier_subject(text, start, sentences=0)) != _NOTHING else own


@lru_cache(maxsize=1 << 14)
def _object(words: str) -> tuple[int, int] | None:
    """The object of the last verb, else what stands before it; None if the words name no thing."""
    if _PER_UNIT.fullmatch(words) or _HAVING.fullmatch(words):
        return None
    counted = _BY_COUNT.search(words)
    core = _trimmed(words, 0, counted.start() if counted else len(words))
    if core is None:
        return None
    verb = last_verb(words[core[0] : core[1]])
    if verb is None or (verb[1] - verb[0] == 1 and verb[0]):  # one sign inside a word is hardly a verb: 月收入
        return core
    low, high = core[0] + verb[0], core[0] + verb[1]
    behind = _trimmed(words, high, core[1]) if high < core[1] else None
    if behind and not (_is_verb(words[behind[0] : behind[1]]) and words[low:high] not in _HOLDS_ITS_OBJECT):
        return behind
    if 0 < low - core[0] < 2:
        return core  # 总投资: the verb is a part of a word
    return _trimmed(words, core[0], low) or behind


def _is_verb(words: str) -> bool:
    return last_verb(words) == (0, len(words))


def _trimmed(words: str, low: int, high: int) -> tuple[int, int] | None:
    """The range without words of time and order in front and words of moving behind; None if nothing is left."""
    begin = _lead_end(words, low, high)
    tail = _TRAILING.search(words, begin, high)
    end = tail.start() if tail else high
    return (begin, end) if end - begin >= 2 else None


def _lead_end(text: str, low: int, high: int) -> int:
    """Where the words begin behind a list's marker and words of time and order."""
    if text[low : low + 1] in _MARKER_SIGNS and (marker := _MARKER.match(text, low, high)):
        low = marker.end()
    lead = _LEADING.match(text, low, high)
    return lead.end() if lead else low


def _earlier_subject(text: str, start: int, sentences: int) -> tuple[int, int]:
    """解决1187个: the object stands in the clause before (收集群众问题事项1233个), at most `sentences` back."""
    low = max(text.rfind("\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
    end = start
    while end > low:
        begin = end  # sign by sign: mostly the nearest clause answers, and the others need not be found
        while begin > low and text[begin - 1] not in _BETWEEN_PIECES:
            begin -= 1
        if begin < end:
            sentences -= text[end : end + 1] in _SENTENCE_ENDS
            if sentences < 0:
                break
            named = _in_piece(text, begin, end)
            if named:
                return named
        end = begin - 1
    return _NOTHING


def _in_piece(text: str, low: int, high: int) -> tuple[int, int] | None:
    """What a clause names: before its first numeral, a class (35岁以下), else the noun behind the numeral."""
    if text[low] in "按以" and _BY_COUNT.match(text, low, high):
        return None
    low = _lead_end(text, low, high)
    if text[low : low + 1].isdecimal() and (found := _CLASS.match(text, low, high)):
        return found.span()
    numeral = _NUMERAL.search(text, low, high)
    words = text[low : numeral.start() if numeral else high]
    named = _object(words)
    if named:
        return low + named[0], low + named[1]
    return _behind_numeral(text, numeral.start(), high) if numeral else None


def _behind_numeral(text: str, at: int, high: int) -> tuple[int, int] | None:
    number = _AFTER_NUMERAL.match(text, at, high)
    end = unit_after(text, number.end()) if number else at
    if end >= high or _TELLS.match(text, end):
        return None
    other = _NUMERAL.search(text, end, high)
    return _trimmed(text, end, other.start() if other else high)
