"""A stated limit and a stated case that breaks it: 3个工作日内办结 … 用时5个工作日."""

import re
from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.clauses import last_clause
from gangmu.reading.arithmetic.cues import PEOPLE
from gangmu.reading.arithmetic.judge import spans, text_of
from gangmu.reading.arithmetic.language import label, names, pairs, shares_a_word
from gangmu.reading.arithmetic.marks import HOLE, QUANTITY
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import Wording, interval

HOURS = {
    "秒": Decimal(1) / 3600, "秒钟": Decimal(1) / 3600,
    "分钟": Decimal(1) / 60, "小时": Decimal(1), "个小时": Decimal(1), "天": Decimal(24), "日": Decimal(24),
    "个工作日": Decimal(24), "工作日": Decimal(24), "个月": Decimal(720), "周": Decimal(168), "年": Decimal(8760),
}  # fmt: skip
WITHIN = pattern(r"^(?:之?内|以内|前)")
UNIVERSAL = pattern(r"均|全部|一律|都|所有|无一|没有一|每(?![年月日天周季旬])[\u4e00-\u9fff]|各[村支社镇单]")
DEMAND = pattern(r"要|须|应|承诺|规定|限|不超过|标准|[“\"「]$")
CASE = pattern(
    r"开了|开会|持续|用时|用了|历时|耗时|拖|才|实际|平均|最长|最慢|最久|最[多高少低大小短重轻远]|人均|只有|仅|直到|办结时间|花了|超"
)
# One case set against the rule: 可3号车那天坐了47人; 抽查的一笔达到85元; 元旦那天只测了1次; 内科收了老王5000元.
ONE_CASE = pattern(
    r"[,;。](?:但|可|却|而|不过|然而)|有一[\u4e00-\u9fff]|有[1两几]?[个件次笔起例位户家辆台条回名]|那[一]?[个天次周月回件笔年]|的一[\u4e00-\u9fff]|"
    r"抽[查到检]|个别|其中|[却竟]|只[\u4e00-\u9fff]了|才|老[\u4e00-\u9fff]{1,2}|[一二三四五六七八九十\d]号|元旦|春节|国庆|"
    r"某|经[查核]|[,。;](?:\d{1,2}月份?)?[^,。;]{0,6}一[笔次件间辆台户家位名场顿餐批份](?!性)|\d月\d{1,2}日|大[爷妈娘]|小[\u4e00-\u9fff](?![组区学])"
)
SPENT = pattern(r"(?:达到?|[\u4e00-\u9fff]了)$")  # 耗时最长，达到9天; 隔了30小时; 住了7天
NEVER_LESS = pattern(r"(?:没有?|不曾|从未|未曾?)(?:少|低)于?$")
EVERY = pattern(r"每(?:一?年|一?个?季度?|一?个?月|一?周|星期|学期)")
ONE_OF_THEM = pattern(
    r"(?<!\d)(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|[一二三四]季度|有(?:一|两|几|的)?个?(?:周|星期|月|季度)|第[一二三四\d]+周|当月|那[个一]?[周月]"
)
FEW = pattern(r"[只仅才]|了$")
USUAL = pattern("一般(?!问题|事项|隐患|案件|诉求|工单|项目|程序|性)|通常|大多|多数|基本上|大部分|绝大")
ALLOWED = pattern(r"延期|延长|批准|另行|除外|特批|顺延|中止")
ADDED = pattern(r"另|又|还|再")
MOST_OF_BASE = pattern(
    r"(?P<thing>[\u4e00-\u9fff]{2,16})(?:不[得能许应可宜]?超过?|不高于)(?P<base>[\u4e00-\u9fff]{2,10})的$"
)
SHARE_OF_BASE = pattern(
    r"(?P<thing>[\u4e00-\u9fff]{2,24}?)(?:就|却|竟|已|实际)?(?:占到?了?|达到?|为|是)(?P<base>[\u4e00-\u9fff]{2,10})的$"
)
MEANS = frozenset(("平均", "人均"))  # of another sentence they are of the limit only where they name its thing
LONGEST_THING, NEXT_CASES = 4, 3
MOST_TIMES = 15  # a case further from the limit than this is of another thing
ADMITTED = pattern(r"要求|规定|不得|必须|须|应当")
ITEM = pattern(r"\d{1,2}[.、．]|\(\d{1,2}\)|[①-⑳]")
# The text owns up to it: 超了25分钟, 差了34个百分点, 这样的事不许再有.
OWNED_UP = pattern(
    r"超(?:出|了(?!就|要|的)|时|期|标)|差了|低了|检讨|作[了出]?(?:书面|深刻)?检查|道(?:了个?)?歉|不许再|意见很大|通报(?!材料|稿|中|里|上|写|称|说|显示)|批评|没有?达到|未达|说明原因|超过(?:时限|规定|标准|期限)|责令|责成|约谈|问责|"
    r"多[出了等用花]|[晚慢]了|拖[后延]|超[员编载]|有意见|差距|滞后|"
    r"(?:已|正在?|着手|抓紧)[^,。;]{0,4}(?:调整|整改|纠正|改正|压缩|退[回还]|追回|清退)|"
    r"批准|特批|延期|延长|放宽|例外|除外|因故|如实说明|请了假|因[^,。;]{1,10}(?:用|延|超|拖|晚)"
)
DENIED = pattern("[没未无不零0]")
# 审批慢：承诺…, 短板在于时效：…: what comes is told as a fault.
FAULT = pattern(
    r"(?:[太较偏很过]?慢|拖[沓延拉]|(?<!补)短板|不足|差距|滞后|薄弱|不够|不及时|不规范|迟缓|效率(?:不高|[较偏]?低)|超[期时标])[^,;。:]{0,8}[:,]|"
    r"(?:存在|突出|主要)[^,;。]{0,4}问题|问题[是有:,]"
)
QUOTA = pattern("(?:限额|限员|核载|上限|限高|封顶)(?:为|是)?$")  # 每班限额43人
OWNED_REACH = 60
FORMER = pattern("[去前]年|上年|过去|以前")
OF_ALL, OF_EACH = pattern("共(?!公)|合计|总(?!书记)|累计|全[镇县村市区乡省街国]"), pattern("每|各")
MOST = pattern(r"最[多少高低大小长短重轻远快慢]")
MOST_OF_ALL = pattern(
    r"最[长慢久晚迟](?!不).*(?:等候?|等待|花|用|走|跑|隔|过)了?$|最[长慢久晚迟]的[^,;]{0,4}[一那][件例笔个位户次单起条宗辆台回趟](?!.*(?:平均|比|早|提前|剩))"
)
LONGEST_OF_ALL = pattern("[,;]?(?:才|是[^,。;]{0,10}最[长慢久晚迟])")  # 前后二十四天，是这一年里拖得最长的
DEED = pattern(r"(?:以内|之内|内)(?P<deed>[\u4e00-\u9fff]{2})")  # 2小时内到场 … 3.5小时才到场
NEAR_DEED = 4
BRACKETED = pattern(r"\([^()]{0,8}\)")
LOOK_AHEAD = 12
FARTHEST_CASE = 40
OTHER_WHOLE = pattern(r"共|全[镇县市区乡省街年]|合计|总|累计|平均|同比|比|增|减|占|到[\u4e00-\u9fff]{0,3}会")


def limits(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every case that breaks a limit the text states before it."""
    held_against: dict[int, int] = {}
    for i in range(len(t.s.at)):
        limit = t.claims[i]
        if t.s.marks[i] == HOLE or limit.value is None or not _is_limit(t, i):
            continue
        for j in range(i + 1, min(i + 1 + LOOK_AHEAD, len(t.s.at))):
            is_case = _is_of_one_base(t, i, j) or _is_case(t, i, j)
            if is_case and not (OF_ALL.search(t.s.clauses[j]) and OF_EACH.search(t.s.clauses[i])):
                held_against[j] = i  # the last limit told before a case is its own
    for j, i in held_against.items():
        if not _is_owned_up_to(t, i, j) and _breaks(
            t.claims[i], t.claims[j], at_least=_is_lower(t, i), wording=wording
        ):
            yield limit_finding(t.claims[i], t.claims[j], at_least=_is_lower(t, i))


def _is_owned_up_to(t: Structure, i: int, j: int) -> bool:
    """Whether the text itself says that the case broke the limit, or tells it of a year before the limit's."""
    before, place = t.s.text[t.s.bounds[i][0] : t.s.at[i]], t.s.at[j]
    between = t.s.text[t.s.at[i] : place]
    if (FORMER.search(between) and not FORMER.search(before)) or FAULT.search(before):
        return True
    return owned_up(between[-OWNED_REACH:] + t.s.text[place : min(t.s.bounds[j][1], place + OWNED_REACH)])


def owned_up(words: str) -> bool:
    """Whether words say that a limit was broken, and do not deny it: 没有一件超时 denies it."""
    return any(not DENIED.search(words[max(0, m.start() - 6) : m.start()]) for m in OWNED_UP.finditer(words))


def _is_limit(t: Structure, i: int) -> bool:
    return _bounds(t, i) and not USUAL.search(t.s.clauses[i])


def _bounds(t: Structure, i: int) -> bool:
    claim = t.claims[i]
    if claim.kind == "norm":
        told = bool(WITHIN.match(t.s.trail(i)) or DEMAND.search(t.s.clauses[i]))
        if claim.approx in ("at_most", "at_least") or QUOTA.search(t.s.clauses[i]):
            return True
        return claim.unit in HOURS and told and not _reported(t, i)
    if claim.approx == "over" or NEVER_LESS.search(t.s.clauses[i]):
        return bool(UNIVERSAL.search(t.s.clauses[i]))
    if claim.approx not in ("at_most", "at_least") or _reported(t, i):
        return False
    return bool(UNIVERSAL.search(t.s.clauses[i])) or (claim.unit in HOURS and bool(WITHIN.match(t.s.trail(i))))


def is_a_term(claim: Claim) -> bool:
    """时限三个工作日: a time to be met, of which no case is a part."""
    return claim.kind == "norm" and claim.unit in HOURS


def _reported(t: Structure, i: int) -> bool:
    return bool(re.search("做到|实现了|平均", t.s.lead(i)))


def _is_lower(t: Structure, i: int) -> bool:
    return t.claims[i].approx in ("at_least", "over") or bool(NEVER_LESS.search(t.s.clauses[i]))


def _is_case(t: Structure, limit: int, j: int) -> bool:
    """A fact, in the limit's measure, that says how long or how much it was in some case."""
    one, case = t.claims[limit], t.claims[j]
    rates = t.is_percent(limit) and t.is_percent(j) and bool(MOST.search(t.s.lead(j)))
    if (one.approx == "over" and not MOST.search(t.s.lead(j))) or ALLOWED.search(t.s.lead(j)) or _is_added_to(t, j):
        return False
    if _is_one_of_them(t, limit, j):
        return True
    told = case.kind in ("count", "amount") or (case.unit in HOURS and t.s.trail(j).startswith("才"))
    if (
        (not told and not rates)
        or case.value is None
        or (t.s.marks[j] != QUANTITY and not rates)
        or (j in t.aside and not CASE.search(t.s.lead(j)))
    ):
        return False
    if one.unit in HOURS:
        spent = (
            CASE.search(label(t.s, j))
            or CASE.search(last_clause(BRACKETED.sub("", t.s.lead(j))))
            or SPENT.search(t.s.lead(j))
            or MOST_OF_ALL.search(t.s.lead(j))
            or LONGEST_OF_ALL.match(t.s.trail(j))
        )
        return case.unit in HOURS and bool(spent) and _same_matter(t, limit, j)
    if (one.unit or "") != (case.unit or "") or ADMITTED.search(t.s.lead(j)):
        return False
    if _is_one_case(t, limit, j):
        return True
    if one.unit in PEOPLE and not (MOST.search(t.s.lead(j)) and UNIVERSAL.search(t.s.lead(limit))):
        return False
    if UNIVERSAL.search(t.s.clauses[limit]):
        among = t.s.bounds[limit] == t.s.bounds[j] and "其中" in t.s.text[t.s.at[limit] : t.s.at[j]]
        if among or shares_a_word(_thing(t, limit), _thing(t, j)):
            return True
    return _is_said_to_be_one(t, limit, j) and _same_matter(t, limit, j)


def _is_said_to_be_one(t: Structure, limit: int, j: int) -> bool:
    """Whether words say that a number tells a case; a mean of another sentence must name the limit's thing."""
    said = set(CASE.findall(t.s.lead(j)))
    if said and said <= MEANS and t.s.bounds[limit] != t.s.bounds[j]:
        return shares_a_word(_thing(t, limit), _thing(t, j))
    return bool(said)


def _is_of_one_base(t: Structure, limit: int, j: int) -> bool:
    """`变更增加额不得超过合同价的5%。望江路项目变更增加额占合同价的7.8%`: the same thing measured by the same base."""
    one, case = t.claims[limit], t.claims[j]
    if not (t.is_percent(limit) and t.is_percent(j)) or one.approx != "at_most" or case.kind != "ratio" or case.approx:
        return False
    said, told = MOST_OF_BASE.search(t.s.clauses[limit]), SHARE_OF_BASE.search(t.s.clauses[j])
    if said is None or told is None or j - limit > NEXT_CASES or said["base"] != told["base"]:
        return False
    return told["thing"].endswith(said["thing"][-LONGEST_THING:])


def _is_one_case(t: Structure, limit: int, j: int) -> bool:
    """Whether the next number of the limit's measure, in its sentence or the one behind it, is told of one case."""
    if j != limit + 1 or t.s.paragraph(t.s.at[limit]) != t.s.paragraph(t.s.at[j]) or t.claims[j].approx is not None:
        return False
    said = t.s.text[t.s.at[limit] + 1 : t.s.at[j]]
    close = said.count("。") <= 1 and "每" not in t.s.clauses[j] and len(said) <= FARTHEST_CASE
    return close and bool(ONE_CASE.search(said)) and not OTHER_WHOLE.search(said)


def _is_added_to(t: Structure, j: int) -> bool:
    """`只开了1次支委会，另开了1次党员大会`: one of several that count together."""
    end = t.s.bounds[j][1]
    following = j + 1 < len(t.s.at) and t.s.at[j + 1] < end and t.claims[j + 1].unit == t.claims[j].unit
    goes_on = following and ADDED.search(t.s.clauses[j + 1])
    return bool(goes_on or ADDED.match(t.s.clauses[j]))


def _is_one_of_them(t: Structure, limit: int, j: int) -> bool:
    """`每季度讲课不少于2次。二季度只讲了1次`: one of the times that a lower limit is set for, told next."""
    one, case = t.claims[limit], t.claims[j]
    near = t.s.paragraph(t.s.at[limit]) == t.s.paragraph(t.s.at[j]) and j == limit + 1
    if not near or one.unit != case.unit or case.kind != "count" or not _is_lower(t, limit):
        return False
    said = t.s.text[t.s.at[limit] + 1 : t.s.at[j]]
    timed = EVERY.search(t.s.clauses[limit]) and ONE_OF_THEM.search(said)
    clause = t.s.clauses[j]
    return (
        bool(timed) and "每" not in clause and bool(FEW.search(clause) or shares_a_word(_thing(t, limit), _thing(t, j)))
    )


def _thing(t: Structure, i: int) -> str:
    return names(UNIVERSAL.sub("", t.s.clauses[i]).replace("不超过", "").replace("控制在", ""))


def _same_matter(t: Structure, limit: int, j: int) -> bool:
    """In one paragraph, or about the same thing in so many words."""
    if t.s.paragraph(t.s.at[limit]) == t.s.paragraph(t.s.at[j]):
        return True
    about = names(t.s.text[t.s.bounds[limit][0] : t.s.at[limit]] + t.s.trail(limit))
    case = names(t.s.text[t.s.paragraph(t.s.at[j])[0] : t.s.at[j]][-60:] + t.s.trail(j)[:8])
    if ITEM.match(t.s.text, t.s.paragraph(t.s.at[limit])[0]) and ITEM.match(t.s.text, t.s.paragraph(t.s.at[j])[0]):
        return False
    deed = DEED.match(t.s.trail(limit))
    if deed and j == limit + 1 and deed["deed"] in t.s.trail(j)[:NEAR_DEED]:
        return True
    return len(pairs(about) & pairs(case)) >= (1 if UNIVERSAL.search(t.s.lead(limit)) else 2)


def _breaks(limit: Claim, case: Claim, *, at_least: bool, wording: Wording) -> bool:
    goal, said = limit.value or Decimal(0), interval(case, wording)
    scale = HOURS.get(limit.unit or "", Decimal(1)) if limit.unit in HOURS else Decimal(1)
    factor = HOURS.get(case.unit or "", Decimal(1)) / scale if limit.unit in HOURS else Decimal(1)
    if said.low * factor > goal * MOST_TIMES:
        return False
    return said.high * factor < goal if at_least else said.low * factor > goal


def limit_finding(limit: Claim, case: Claim, *, at_least: bool, said: str = "") -> Finding:
    """The finding that a case breaks a limit; `said` is the case's number where it stands in a list before its unit."""
    said, goal = said or text_of(case), text_of(limit)
    word, word_en = (
        ("低于要求的", "falls short of the required") if at_least else ("超过规定的", "exceeds the limit of")
    )
    return Finding(
        "limit", "contradiction", spans(limit, case), case.value, limit.value,
        f"文中实际为{said}，{word}{goal}。", f"The case of {said} {word_en} {goal}.", case.span,
    )  # fmt: skip
