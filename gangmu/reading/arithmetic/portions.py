"""Each one's portion told apart from the whole and the number it comes of: 一户出2.4万元, 摊到每一人次是12元.

What is shared out and among how many may stand sentences before, and speech has many ways to say 平均. The measure of
the portion says what its whole is counted in, the noun of the portion among how many; where only one whole and one
number come into question, the three belong together. A portion that does not fit is called wrong only where it nearly
does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gangmu.reading.arithmetic.averaged import is_given, is_listed_part, is_of_another_time, likelihood
from gangmu.reading.arithmetic.cues import PEOPLE
from gangmu.reading.arithmetic.judge import Result, agrees, agrees_as_written, divided, finding, testable
from gangmu.reading.arithmetic.language import first_clause, names, shares_a_word
from gangmu.reading.arithmetic.marks import MARKS
from gangmu.reading.arithmetic.measures import kilograms, one_measure
from gangmu.reading.arithmetic.per import MEASURE, UNITS
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding, Span
from gangmu.reading.wording import Wording

DEED = "[出分摊平栽收付拿补领打产得要经手管合坐给花用节省挣赚交缴负看养种能可有就是约大]"
EACH = pattern(
    rf"(?:平均|摊|折|合|算)[^,。;:{MARKS}]{{0,5}}[每一](?P<unit>{MEASURE})(?P<what>[^,。;:{MARKS}]{{0,14}})$|"
    rf"每一?(?P<unit2>{MEASURE}|平方米|[桌窗栋])(?P<what2>[^,。;:{MARKS}]{{0,14}})$|"
    rf"^一(?:个)?(?P<unit3>[户人家桌亩队名])(?P<what3>(?:地|田|人)?{DEED}[^,。;:{MARKS}]{{0,8}})?$|"
    rf"^一[名个位](?P<what5>[\u4e00-\u9fff]{{2,5}}?(?:照[料看顾管]|负责|管[着理护]|带|联系|看护|承担|分[担到摊]|摊|对应)[^,。;:{MARKS}]{{0,4}})$|"
    rf"^一(?P<unit6>{MEASURE})(?P<what6>[\u4e00-\u9fff]{{1,4}}一(?:年|个月|季|周|天)[^,。;:{MARKS}]{{0,6}})$|"
    rf"(?P<unit4>人次|[人户亩村家场班生师床车])均(?!衡|等|有)(?P<what4>[^,。;:{MARKS}]{{0,14}})$"
)
BARE = pattern(rf"^一(?P<unit>{MEASURE})$")  # 按供餐份数摊下来，一份12元
SHARED_OUT = pattern("摊|平均|均摊|[折合匀]算|算下来")
SIGNS = pattern("[每均]|^一|[平摊折合算][^,]{0,6}一")
NOT_SHARED = pattern(
    r"最|至少|不少于|不低于|不超过|不高于|增|减|可支配|GDP|生产总值|应|须|计划|提高|标准|价|每(?:年|月|季|周|天|日|次(?!均))|目标|力争|奖励|第|限|规定|达标"
)
WITHIN = frozenset("队班桌桩车床窗栋村")  # 服务队 counts 队; 人家 counts no 人
ALIKE = {"家": frozenset({"家", "户"})}
VAGUE = frozenset("收入出支总量数额费元万全年的了")
PERSON = pattern(
    r"[\u4e00-\u9fff]{0,4}?(?:人员|[队社会职党议网]员|干部|师傅|工人|老师|教师|医生|大夫|民警|书记|代表|志愿者)"
)
NOUNS = frozenset("个名位支项条处所座")
YEAR_LONG = pattern(r"全年|一年(?:来|里|下来|间|到头|中)|年度|今年一共|1?2个月")
CALENDAR = pattern(
    rf"(?:(?:平均|折合)[^,。;:{MARKS}]{{0,3}}[每一](?:(?P<month>个?月)|[天日])|^(?:平均)?(?:日|(?P<monthly>月))均)[^,。;:{MARKS}]{{0,6}}$"
)
MONTHS = (12,)
DAYS = 365, 366, 360, 330, 300, 250, 200
NEARLY = Decimal("0.62"), Decimal("1.6")
ALONE = Decimal("0.2"), Decimal(5)
RECKONED = pattern(r"[按照以](?P<by>[^,。;:]{2,10}?)(?:计?算|摊|分摊|平均|来看|看|计)")
LOOK_BACK = 40
OWNER_REACH = 4
MOST_TOTALS = 6
MOST_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Portion:
    """What a portion is told to be: of each of what, of what thing, and whose it is."""

    each: str
    what: str
    owner: str


def portions(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every portion of each whose whole and number the sentences before it give."""
    for i in t.quantities:
        clause = t.s.clauses[i]
        if t.claims[i].approx or not SIGNS.search(clause) or not testable(t.claims[i]):
            continue
        if by := CALENDAR.search(clause):
            yield from _by_calendar(t, i, MONTHS if by["month"] or by["monthly"] else DAYS, wording)
        if NOT_SHARED.search(clause):
            continue
        said = EACH.search(clause)
        if said is None and (bare := BARE.match(clause)) and SHARED_OUT.search(t.s.leads[i]):
            yield from _judged(t, i, Portion(bare["unit"], "", _owner(t, i, bare["unit"])), wording)
        if said:
            each = next((u for u in said.group("unit", "unit2", "unit3", "unit4", "unit6") if u), "名")
            what = next((w for w in said.group("what", "what2", "what3", "what4", "what5", "what6") if w), "")
            yield from _judged(t, i, Portion(each, names(what), _owner(t, i, each)), wording)


def _owner(t: Structure, i: int, each: str) -> str:
    """Whose portion it is, or by which number it is told to be reckoned: 会员 in 会员人均, 年末 in 按年末人数摊."""
    lead = t.s.leads[i]
    by = RECKONED.search(lead)
    return (by["by"] if by else "") + t.s.clauses[i].partition(f"{each}均")[0][-OWNER_REACH:]


def _judged(t: Structure, i: int, portion: Portion, wording: Wording) -> Iterator[Finding]:
    stated = t.claim(i)
    before = [j for j in t.stocks_before(i, 0, LOOK_BACK) if testable(t.claim(j))]
    totals = [j for j in before if _is_shared_out(t.claim(j), stated)]
    numbers = [j for j in before if _is_number(t, j, portion)]
    called = [j for j in numbers if portion.owner and shares_a_word(names(portion.owner), _told(t, j))]
    numbers = sorted(called or numbers, key=lambda j: -likelihood(t, j, portion.what))
    failed: Finding | None = None
    for total in totals[:MOST_TOTALS]:
        for count in numbers[:MOST_NUMBERS]:
            result = _result(t.claim(total), t.claim(count), stated, wording) if total != count else None
            if result is None:
                continue
            operands = t.claim(total), t.claim(count)
            if agrees(result, stated, wording) and (not failed or agrees_as_written(result, stated, wording)):
                yield finding("per", stated, operands, result, holds=True)
                return
            if failed is None and _are_meant(t, i, (total, count), (totals, numbers), result, portion.what):
                scale = kilograms(operands[0]) / kilograms(stated)
                failed = finding("per", stated, operands, result, holds=False)
                if is_given(t, i, operands, scale, wording):
                    return
    if failed is not None:
        yield failed


def _by_calendar(t: Structure, i: int, spans: tuple[int, ...], wording: Wording) -> Iterator[Finding]:
    """`全年用电18万度，平均每月1.5万度`: a year has twelve months, and the text need not say so.

    Of days there are 365, or those that were worked: whatever `spans` agrees speaks for the text.
    """
    stated, start = t.claim(i), t.s.bounds[i][0]
    totals = [j for j in t.stocks_before(i, start) if testable(t.claim(j)) and _is_shared_out(t.claim(j), stated)]
    if len(totals) != 1 or not YEAR_LONG.search(t.s.text[start : t.s.at[totals[0]]]):
        return
    total = t.claim(totals[0])
    results = [r for n in spans if (r := divided(total, _times(n), wording))]
    fitting = [r for r in results if agrees(r, stated, wording)]
    if fitting or _is_near(results[0], stated):
        yield finding("per", stated, (total,), (fitting or results)[0], holds=bool(fitting))


def _times(n: int) -> Claim:
    return Claim(Span(0, 0), str(n), "count", Decimal(n), None)


def _result(total: Claim, count: Claim, stated: Claim, wording: Wording) -> Result | None:
    return divided(total, count, wording, kilograms(total) / kilograms(stated))


def _is_near(result: Result, stated: Claim, reach: tuple[Decimal, Decimal] = NEARLY) -> bool:
    return bool(stated.value) and reach[0] <= result.value / (stated.value or result.value) <= reach[1]


def _is_shared_out(total: Claim, stated: Claim) -> bool:
    """Whether a number may be the whole of which the portion is each one's: more of the same measure, and as real."""
    more = (total.value or 0) * kilograms(total) > (stated.value or 0) * kilograms(stated)
    return more and one_measure(total, stated) and (total.kind != "norm" or stated.kind == "norm")


def _told(t: Structure, j: int) -> str:
    return t.s.clauses[j] + first_clause(t.s.trails[j])


def _is_number(t: Structure, j: int, portion: Portion) -> bool:
    """Whether claim `j` counts those who have a portion each."""
    each, what = portion.each, portion.what
    claim, unit = t.claim(j), t.claim(j).unit or ""
    if claim.kind not in ("count", "norm"):
        return False
    noun = first_clause(t.s.trails[j])
    if each in NOUNS:
        return bool(what) and _is_called(what, t.s.clauses[j], noun)
    if each in "生师":
        return unit in PEOPLE and each in t.s.clauses[j][-6:] + noun[:4]
    if each == "人" and PERSON.match(noun):
        return True
    among = noun.startswith(each) or (each in WITHIN and each in noun[:4])
    return unit == each or unit in UNITS.get(each, ()) or unit in ALIKE.get(each, ()) or among


def _is_called(what: str, clause: str, noun: str) -> bool:
    """Whether a count is of what the portion is of each of: 6个自然村 for 每个村, 充电桩2400个 for 每个桩."""
    told = noun or clause
    return noun.startswith(what[:2]) or told.endswith(what[0]) or (len(what) > 1 and what[:2] in clause + noun)


def _are_meant(
    t: Structure, i: int, pair: tuple[int, int], told: tuple[list[int], list[int]], result: Result, what: str
) -> bool:
    """Whether no other operands come into question: the only ones near, or those of the thing the portion names."""
    (total, count), (totals, numbers) = pair, told
    start = t.s.bounds[i][0]
    near = t.s.sentence(start - 2)[0] if start > 1 and t.s.text[start - 1] != "\n" else start
    if ";" in t.s.text[max(start, t.s.at[max(pair)]) : t.s.at[i]]:
        return False
    alone = t.s.at[min(pair)] >= start and all(j in pair for j in t.s.between(start, t.s.at[i]))
    if alone:
        return _is_near(result, t.claim(i), ALONE)
    if is_of_another_time(t, i, pair) or not likelihood(t, count, what):
        return False
    if _others(t, numbers, min(near, t.s.at[count]), count):
        return False
    if total == i - 1 and _stands_alone(t, total):
        return _is_near(result, t.claim(i))
    if t.s.at[total] >= near:
        return _is_largest(t, total, [j for j in totals if t.s.at[j] >= near]) and _is_near(result, t.claim(i))
    shared = set(what) & set(t.s.clauses[total] + first_clause(t.s.trails[total])) - VAGUE
    return bool(shared) and _is_largest(t, total, totals) and _is_near(result, t.claim(i))


def _is_largest(t: Structure, total: int, totals: list[int]) -> bool:
    """Whether no other whole in question is larger: the smaller ones are parts of it."""
    return max(t.claim(j).value or 0 for j in totals) == t.claim(total).value


def _others(t: Structure, those: list[int], start: int, chosen: int) -> bool:
    """Whether others of them from `start` on have another value than the chosen one."""
    return any(
        t.s.at[j] >= start and t.claim(j).value != t.claim(chosen).value and not is_listed_part(t, j) for j in those
    )


def _stands_alone(t: Structure, total: int) -> bool:
    """`备肥675吨，合每亩45公斤；备种60吨，合每亩4公斤`: of a row of pairs each portion is of the whole beside it."""
    return total > 0 and t.s.at[total - 1] >= t.s.bounds[total][0] and ";" in t.s.leads[total]
