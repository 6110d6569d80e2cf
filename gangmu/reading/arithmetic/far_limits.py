"""A limit told in one place, a case that breaks it in another: 每村不超过4万元 … 均未突破规定，最多的村为5.2万元.

A case is of the limit by the signs both share, and the surer the more the words say of it: that it is the highest of
all, that all is well, or plainly the limit's own name. Where the text owns up to the breach nothing is wrong with it.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.elsewhere import Nouns, are_of_different_parts, is_elsewhere, is_former
from gangmu.reading.arithmetic.limit import ALLOWED, ONE_CASE, UNIVERSAL, USUAL, limit_finding, owned_up
from gangmu.reading.arithmetic.marks import HOLE, PERCENT, QUANTITY
from gangmu.reading.arithmetic.scales import MEASURES, worth
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import ZERO, Wording, interval

AT_MOST = pattern(
    r"不(?:得|应|能|许|可|宜|准|予)?(?:超过?|大于|高于|多于|突破|长于|晚于)(?:过)?$|控制在$|(?:上限|限额|限高|封顶线?|最高限价?)(?:为|是|:|定为|设为)?$|≤$"
)
AT_LEAST = pattern(
    r"不(?:得|应|能|许|可|宜|准)?(?:低于|少于|小于|短于|早于)$|(?:下限|底线|门槛)(?:为|是|:|定为|设为)?$|至少$|≥$"
)
SIGNS = searched("[不控上限封最≤下底门至≥]")  # one of them stands in every AT_MOST and AT_LEAST
BEHIND_MOST = pattern(r"(?:以内|之内|以下|为限|封顶|为上限|内)")
BEHIND_LEAST = pattern(r"(?:以上|起步|为下限)")
DEMANDED = pattern(
    r"要求|规定|承诺|目标|标准|约定|指标|限额|定额|上限|下限|底线|红线|控制在|不得|必须|应当?|须|严禁|不准|办法|制度|合同|责任书|考核"
)
AIM = pattern(r"目标|任务|指标|计划")
KEPT = pattern(
    r"(?:符合|执行到位|守住|兑现|合格|达标|遵守|合规|合乎|严格执行|落实到位|控制线|正常范围|没有例外|无一例外)|"
    r"(?:未|没有?|无一?|不曾|从未)[^,。;]{0,6}(?:超|突破|逾|违|越|拖)|"
    r"(?:按|如|准)(?:规定|要求|标准|期|时|约|数)|在[^,。;]{0,10}(?:之内|以内|范围|限内|额内|准内|线内|线上|以上|之上)|"
    r"(?:达到|实现|完成|满足|落实|履行|做到)(?!率)[^,。;]{0,8}(?:要求|标准|目标|规定|任务|指标|承诺|到位)|(?:目标|任务|指标|承诺)[^,。;]{0,6}(?:实现|完成|达到|兑现|落实)"
)
# 应当在12小时内完成，全年每次都做到了: any one case that took longer breaks what is said of all.
ALL_KEPT = pattern(r"(?:均|都|全部?|无一|没有一)[^,。;]{0,8}(?:做到|达标|合格|完成|超|突破|办结|到位|符合|遵守)")
ONE_TOLD = pattern("那[一]?[次起户笔件处个场回]|的(?:一|这)[次起户笔件处个场回]")
SUCCEEDED = pattern(
    r"(?:超额|圆满|全面|顺利|如期|提前|按期|如数|胜利|足额|全部)(?:完成|实现|达到|达成|兑现)|(?:完成|实现|达到|达成|兑现)了?[^,。;]{0,8}(?:目标|任务|指标|承诺)|(?:目标|任务|指标|承诺)[^,。;]{0,6}(?:完成|实现|达到|达成|兑现)"
)
HIGHEST = pattern("最(?:高|多|大|长|远|慢|久|晚|迟|重|贵|厚|宽|差|严重)")
LOWEST = pattern("最(?:低|少|小|短|轻|薄|窄|差|早|快)")
SUMMED = pattern("共(?!公)|合计|总(?!书记|体|工程|部|队|站|局|公司|量)|累计|相差|比(?!率|例|重|值)|增|减")
PLANNED = pattern("计划|拟|预计|力争|应|须|不得|要求|下调|上调|调整")
SO_FAR = pattern(r"截[至止](?![^,。;]{0,8}(?:1[12]月|年[底末]|全年))|(?<!1)\d月底|上半年|前\w个?(?:月|季度)|目前")
TO_COME = pattern("下一?(?:步|阶段|季度|月)|明年|来年|今后|接下来")
OF_THE_CASE = pattern(r"(?:对此|对[这其该]|[这该其]|为此|原因|主要|已|超|经)")
# Signs of limits themselves: two limits share them, and no thing is named by them.
OF_LIMITS = frozenset(
    (
        "规定", "要求", "标准", "超过", "控制", "目标", "不得", "最高", "最长", "最低", "最大", "最多", "最少", "最短",
        "最慢", "最久", "符合", "承诺", "以内", "之内", "不超", "不低", "低于", "不少", "少于", "执行", "落实", "到位",
        "必须", "应当", "约束", "年度", "规范", "全部", "兑现", "一律", "时间", "一笔", "平均", "达到", "完成", "实现",
        "任务", "指标", "每年", "按照", "定额", "限额",
    )
)  # fmt: skip
OF_KIND = pattern("属于?(?P<kind>[\u4e00-\u9fff]{3,8})[,。;]")
MOST_TIMES = 12
PLAIN_NAME, ONE_NAMED = 4, 3
MOST_LIMITS = 60
NEXT_SENTENCE = 40


class Limit(NamedTuple):
    """The claim that tells a limit, whether it is the most (1) or the least (-1), and the pairs that name its thing."""

    at: int
    way: int
    named: frozenset[str]


def far_limits(n: Nouns, wording: Wording) -> Iterator[Finding]:
    """A finding for every case of another sentence that breaks the one limit whose thing it names."""
    limits = _limits(n)
    for j in range(len(n.t.s.at)) if limits else ():
        named = [limit for limit in limits.get(_measure(n, j), ()) if not limit.named.isdisjoint(n.around[j])]
        if not named or not _is_told(n, j) or is_former(n, j):
            continue
        fitting = [
            (likeness, limit.at, limit.way) for limit in named if (likeness := _likeness(n, limit.at, limit.way, j))
        ]
        if not fitting:
            continue
        likeness, i, way = max(fitting)
        claims = n.t.claims
        values = {claims[k].value for each, k, _ in fitting if each == likeness}
        if len(values) == 1 and _breaks(n, i, way, j, wording) and not (_is_owned_up_to(n, j) or _is_not_due(n, i, j)):
            yield limit_finding(claims[i], claims[j], at_least=way < 0)


def _limits(n: Nouns) -> dict[object, list[Limit]]:
    """The first limits told in each measure."""
    limits: dict[object, list[Limit]] = defaultdict(list)
    told = (i for i, claim in enumerate(n.t.claims) if claim.kind == "norm" or claim.approx in ("at_most", "at_least"))
    for i in sorted({*told, *n.t.s.led_by(SIGNS)}):
        if (way := _way(n, i)) and len(limits[_measure(n, i)]) < MOST_LIMITS:
            limits[_measure(n, i)].append(Limit(i, way, n.around[i] - OF_LIMITS))
    return limits


def _way(n: Nouns, i: int) -> int:
    """1 where claim `i` is the most there may be, -1 where the least; 0 where it is no limit."""
    claim, clause, trail = n.t.claims[i], n.t.s.clauses[i], n.t.s.trails[i]
    if claim.value is None or n.t.s.marks[i] == HOLE:
        return 0
    if claim.kind != "norm" and not (
        (claim.approx in ("at_most", "at_least") or AT_MOST.search(clause) or AT_LEAST.search(clause))
        and DEMANDED.search(n.t.s.leads[i] + trail[:NEXT_SENTENCE])
    ):
        return 0
    if USUAL.search(clause):
        return 0
    if AT_MOST.search(clause) or claim.approx == "at_most" or BEHIND_MOST.match(trail):
        return 1
    if AT_LEAST.search(clause) or claim.approx == "at_least" or BEHIND_LEAST.match(trail):
        return -1
    return 0


def _is_told(n: Nouns, j: int) -> bool:
    """Whether claim `j` tells what was, of one thing."""
    claim, clause = n.t.claims[j], n.t.s.clauses[j]
    if claim.value is None or n.t.s.marks[j] not in (QUANTITY, PERCENT) or claim.approx in ("at_most", "at_least"):
        return False
    if AT_MOST.search(clause) or AT_LEAST.search(clause) or BEHIND_MOST.match(n.t.s.trails[j]):
        return False
    if claim.kind == "norm" and not (HIGHEST.search(n.t.s.leads[j]) or LOWEST.search(n.t.s.leads[j])):
        return False
    return not PLANNED.search(clause) and not ALLOWED.search(clause)


def _likeness(n: Nouns, i: int, way: int, j: int) -> int:
    """How many pairs of signs the case `j` shares with the limit `i`; 0 where they are too few for what is said."""
    if not is_elsewhere(n.t, i, j):
        return 0
    if i > j and TO_COME.search(n.t.s.text[n.t.s.bounds[i][0] : n.t.s.at[i]]):
        return 0  # 下一阶段要确保再新增就业2400人以上: nothing done before falls short of it
    shared = len((n.around[i] & n.around[j]) - OF_LIMITS)
    said, limit = _sentence(n, j), n.t.s.clauses[i]
    if (HIGHEST if way > 0 else LOWEST).search(n.t.s.leads[j]):
        return shared if shared > (0 if KEPT.search(said) else 1) else 0
    if (LOWEST if way > 0 else HIGHEST).search(n.t.s.leads[j]):
        return 0
    if set(SUMMED.findall(n.t.s.clauses[j])) - set(SUMMED.findall(limit)):
        return 0
    if not UNIVERSAL.search(limit) and are_of_different_parts(n, i, j):
        return 0
    if i < j and ALL_KEPT.search(n.t.s.trails[i]) and (shared > 1 or (shared and ONE_TOLD.search(n.t.s.leads[j]))):
        return shared
    if (shared > 1 and KEPT.search(said)) or _is_of_its_kind(said, limit):
        return shared
    if i < j and shared >= ONE_NAMED and ONE_CASE.search(f"。{said}"):
        return shared
    return shared if i < j and shared >= PLAIN_NAME and _is_named_alike(n, i, j) else 0


def _is_of_its_kind(said: str, limit: str) -> bool:
    """`一般问题整改期限不超过30天。…属一般问题，用了51天`: the words put the case under what the limit is for."""
    kind = OF_KIND.search(said)
    return kind is not None and kind["kind"] in limit


def _is_named_alike(n: Nouns, i: int, j: int) -> bool:
    """Whether the clause of the case calls its thing by the limit's own last signs."""
    name = AT_MOST.sub("", AT_LEAST.sub("", n.t.s.clauses[i]))
    return len(name) >= PLAIN_NAME and name[-PLAIN_NAME:] in n.t.s.clauses[j]


def _measure(n: Nouns, i: int) -> object:
    """What a limit and its cases are both told in: a percentage, money, or one kind of measure."""
    if n.t.is_percent(i):
        return PERCENT
    claim = n.t.claims[i]
    return "元" if "元" in (claim.unit or "") else worth(claim)[0]


def _sentence(n: Nouns, j: int) -> str:
    return n.t.s.text[slice(*n.t.s.bounds[j])]


def _breaks(n: Nouns, i: int, way: int, j: int, wording: Wording) -> bool:
    goal, case = n.t.claims[i], n.t.claims[j]
    scale = MEASURES.get(case.unit or "", (0, Decimal(1)))[1] / MEASURES.get(goal.unit or "", (0, Decimal(1)))[1]
    said, most = interval(case, wording), goal.value or ZERO
    if not most or not Decimal(1) / MOST_TIMES < (case.value or ZERO) * scale / most < MOST_TIMES:
        return False
    return said.low * scale > most if way > 0 else said.high * scale < most


def _is_not_due(n: Nouns, i: int, j: int) -> bool:
    """`全年目标为达到50%以上。…截至8月底，完成率37%`: a goal may be missed as long as its time is not over."""
    start, end = n.t.s.bounds[i]
    told = n.t.s.text[n.t.s.bounds[j][0] : n.t.s.at[j]]
    return AIM.search(n.t.s.text, start, end) is not None and SO_FAR.search(told) is not None


def _is_owned_up_to(n: Nouns, j: int) -> bool:
    """Whether the sentence of the case, or the next where it speaks of it, says that the limit was broken."""
    start, end = n.t.s.bounds[j]
    following = n.t.s.text[end + 1 : end + 1 + NEXT_SENTENCE] if OF_THE_CASE.match(n.t.s.text, end + 1) else ""
    return owned_up(n.t.s.text[start:end] + following)
