"""A limit that the text says was kept by all, and one of the cases it tells that does not keep it.

`每亩补贴120—150元…各村均在规定幅度之内：西岭村130元，东岭村160元`: the words 都达标, 没有一次超 assert every number of
the same measure beside them, whatever else is said of each.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.language import first_clause, names, shares_a_word
from gangmu.reading.arithmetic.limit import limit_finding, owned_up
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import Wording, interval

KEPT = pattern(
    r"达标(?!率)|合格(?!率|以上)|达到了?(?:规定|要求|标准|承诺)|[零0](?:超[时期]|逾期|延误|违[规约])|符合[^,。;]{0,6}(?:要求|标准|规定)|(?<!得)(?<!能)(?<!可)(?<!要)(?:没有?|未|不曾|从不|无)(?:一[个件次辆户例起人家]|有)?(?:超|突破|低于|少于|高于)|"
    r"在[^,。;]{0,8}(?:之内|以内|范围内?|幅度内?|标准内|限内|时间内)|(?:都|均|全部?|一一)(?:能|已)?做到|(?<!数)(?<!分)做到了(?=[,。;!])|控制住|按(?:时|期|规定|要求|标准)(?:[到完办答付缴交送响反处结]|执行|落实|发放)(?![^,。;]{0,4}率)|守住|说话算数|说到做到|"
    r"(?:一[条件个次户例]|哪[条件个次户]|从)(?:都|也)?(?:没有?|未)(?:拖|误|耽误|耽搁|落下|破例|例外|超)|(?:[条件个次户]){2}(?:都|均)?(?:按|准|达|做)"
)
UPPER = pattern(
    r"不[能得可许要应]?(?:超|高|多|大|突破|晚)|控制在|限[值速高额定]|上限|最[高多长](?!的|一[次件个])(?:不|为|是)?|至多|以内|(?<![有不无])限$"
)
LOWER = pattern(r"不[能得可许要应]?(?:少|低|小|短)于?|至少|下限|最[低少](?!的|一[次件个])(?:不|为|是)?")
BEHIND = pattern(r"^(?:之?内|以[内下上])")
SIGNS = searched("[不控限最至内以]")  # beside every number that UPPER, LOWER or BEHIND makes a limit
NO_CASE = pattern(
    r"共|合计|累计|总|比(?!例|重|率)|增|减|多出|差|超出|标准|要求|规定|限|不[得超低高少多]|以[上下内]|奖|罚|[节剩结]余|计划|目标"
)
BARE_LIST = pattern(r"((?:\d+(?:\.\d+)?[、,和])+)$")
NUMBER = pattern(r"\d+(?:\.\d+)?")
WORST = pattern("最[多少高低长短大小慢久晚远]")
WORST_REACH = 12
LOOK_AHEAD = 14
MOST_TIMES = 15  # a case further from the limit than this is of another thing
JOINTS = frozenset(("、", "和", "与", "及", "以及"))


@dataclass(frozen=True, slots=True)
class Limit:
    """The lowest and the highest value allowed, None where an end is open, and which claim states it."""

    at: int
    claim: Claim
    low: Decimal | None
    high: Decimal | None


def kept(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every case that breaks a limit which the words beside it say was kept."""
    stated = {j: limit for j in _near_limits(t) if (limit := _limit(t, j))}
    for said in t.s.matches_behind(stated, KEPT):
        start, end = _around(t, said.start())
        limits = [stated[j] for j in t.s.between(start, said.end()) if j in stated]
        if not limits:
            continue
        limit = limits[-1]
        behind = t.s.sentence(said.start())[1]
        for j in t.s.between(t.s.at[limit.at] + 1, end)[:LOOK_AHEAD]:
            if _is_case(t, limit, j) and (t.s.at[j] < behind or _is_of_its_thing(t, limit, j)):
                yield from _judged(t, limit, j, wording)


def _around(t: Structure, place: int) -> tuple[int, int]:
    """The sentence at `place` with the one before it in the paragraph and, behind a colon or stop, the one after it."""
    start, end = t.s.sentence(place)
    first = t.s.sentence(start - 2)[0] if start > 1 and t.s.text[start - 1] != "\n" else start
    behind = end + 1 < len(t.s.text) and t.s.text[end] != "\n"
    return first, t.s.sentence(end + 1)[1] if behind else end


def _near_limits(t: Structure) -> Iterable[int]:
    """The numbers that may be limits: norms, and those beside which a sign of one stands."""
    norms = (j for j, claim in enumerate(t.claims) if claim.kind == "norm")
    return sorted({*norms, *t.s.labelled_by(SIGNS)})


def _limit(t: Structure, j: int) -> Limit | None:
    claim, clause, trail = t.claims[j], t.s.clauses[j], t.s.trails[j]
    if claim.value is None or claim.kind == "change":
        return None
    if claim.value_max is not None and claim.kind == "norm":
        return Limit(j, claim, claim.value, claim.value_max)
    if LOWER.search(clause) or (claim.kind == "norm" and trail.startswith("以上")):
        return Limit(j, claim, claim.value, None)
    if UPPER.search(clause) or BEHIND.match(trail):
        return Limit(j, claim, None, claim.value)
    return None


def _is_case(t: Structure, limit: Limit, j: int) -> bool:
    claim = t.claims[j]
    unit = _measure(t, j)
    alike = unit == limit.claim.unit and unit is not None and t.is_percent(j) == (claim.unit == "%")
    return alike and claim.value is not None and claim.approx is None and not NO_CASE.search(t.s.clauses[j])


def _measure(t: Structure, j: int) -> str | None:
    """The measure of a number, where it has none that of the last of its list: 46、48和47分贝."""
    while t.claims[j].unit is None and j + 1 < len(t.s.at) and t.s.leads[j + 1] in JOINTS:
        j += 1
    return t.claims[j].unit


def _is_of_its_thing(t: Structure, limit: Limit, j: int) -> bool:
    """Whether a number of the sentence after is told of what the limit is for, or as the worst of all cases.

    支部规模不超过50名党员，各支部都符合规定。报名的男干部102名: leaders are none of them.
    """
    if WORST.search(t.s.clauses[j] + t.s.trails[j][:WORST_REACH]):
        return True
    return shares_a_word(*(names(f"{t.s.clauses[k]}{first_clause(t.s.trails[k])}") for k in (limit.at, j)))


def _judged(t: Structure, limit: Limit, j: int, wording: Wording) -> Iterator[Finding]:
    covered = interval(t.claims[j], wording)
    told = BARE_LIST.search(t.s.leads[j])
    listed = [Decimal(n) for n in NUMBER.findall(told[1])] if told else []
    one = t.claims[j].value_max is None
    lows, highs = [*listed, covered.low if one else covered.high], [*listed, covered.high if one else covered.low]
    if owned_up(t.s.text[t.s.at[limit.at] : t.s.bounds[j][1]]):
        return
    if limit.high is not None and limit.high * MOST_TIMES > max(lows) > limit.high:
        yield limit_finding(limit.claim, t.claims[j], at_least=False, said=_said(listed, max(lows)))
    elif limit.low is not None and min(highs) < limit.low:
        yield limit_finding(limit.claim, t.claims[j], at_least=True, said=_said(listed, min(highs)))


def _said(listed: list[Decimal], worst: Decimal) -> str:
    """The number of a bare list that breaks the limit, as it stands; empty where it is the claim itself."""
    return str(worst) if worst in listed else ""
