"""Totals that their own list gives away: one part was left out of the adding, or two digits changed places.

`筹资78万元，财政安排34.4万元，工会列支43.6万元，企业捐赠13.8万元`: no list makes up its total but for one part by
chance. A list may be open and classes of people may overlap, so what merely does not add up is left to other rules.
"""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.adding import adds_up, judged, plausible
from gangmu.reading.arithmetic.cues import PEOPLE
from gangmu.reading.arithmetic.judge import testable, total
from gangmu.reading.arithmetic.marks import QUANTITY
from gangmu.reading.arithmetic.partitions import LEFT_OVER
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.thirds import is_near_miss
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import Wording

FEWEST, MOST = 3, 9
AMONG = pattern("中|含|里|内")
SET_APART = pattern("同比|[比较](?!例|重|赛)|去年|上年|每|均|计划|任务|目标|应|实|同期|还|另|剩|余")
SUMMED_UP = pattern(",(?:(?:合计|共计?|总计|一共|总共|累计|加起来)(?:[\u4e00-\u9fff]{2})?)?(?:是|为|有)?")
JOINTS = "、", "和", "与", "及", "以及"
SMALLEST = Decimal(10)


def mis_summed(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every total whose list makes it up but for one part, or but for a slip of the pen."""
    for i in t.quantities:
        if t.s.marks[i + 1 : i + 1 + FEWEST] != QUANTITY * FEWEST or t.claims[i + FEWEST].unit != t.claims[i].unit:
            continue
        parts = _listed_behind(t, i)
        if len(parts) >= FEWEST and testable(t.claims[i], *parts) and not adds_up(t.claims[i], parts, wording):
            told = AMONG.search(t.s.text[t.s.at[i] : t.s.at[i + 1]]) is not None
            slipped = not told and _is_enumerated(t, i, len(parts)) and is_near_miss(total(parts), t.claims[i])
            if slipped or _has_left_out(t.claims[i], parts, told=told) or _has_turned_digits(t.claims[i], parts):
                yield judged(t.claims[i], parts, wording)


def summed_up(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`孤寡老人13位、残疾人44位、困境儿童17位，七十四位群众…`: a number without a name of its own behind a list.

    Or one called all of them: `三个支部分别开展义诊10次、7次、23次，合计40次`.
    """
    if not SUMMED_UP.fullmatch(t.s.leads[i]) or not t.is_quantity(i):
        return
    run: list[int] = []
    for j in range(i - 1, max(-1, i - 1 - MOST), -1):
        bare = bool(run) and t.claims[j].unit is None and t.s.leads[run[0]] in JOINTS  # 84、57和150条
        alike = bare or (t.claims[j].unit == t.claims[i].unit and t.is_quantity(j))
        if not alike or t.s.at[j] < t.s.bounds[i][0]:
            break
        run.insert(0, j)
        if not t.s.leads[j].startswith(JOINTS):
            break
    parts = tuple(t.claims[j] for j in run)
    joined = all(t.s.leads[j].startswith(JOINTS) for j in run[1:])
    if len(run) >= FEWEST and joined and testable(t.claims[i], *parts) and plausible(t.claims[i], parts):
        yield judged(t.claims[i], parts, wording)


def _listed_behind(t: Structure, i: int) -> tuple[Claim, ...]:
    """The numbers right behind claim `i` in its measure, each with a name of its own, to the end of their sentence."""
    run: list[int] = []
    for j in t.s.between(t.s.at[i] + 1, t.s.bounds[i][1]):
        alike = t.is_quantity(j) and t.claims[j].unit == t.claims[i].unit and t.claims[j].kind == t.claims[i].kind
        if not alike or j != i + len(run) + 1 or len(run) == MOST or SET_APART.search(t.s.leads[j]):
            break
        if len(t.s.clauses[j]) < 2 or ";" in t.s.leads[j] or (run and "其中" in t.s.leads[j]):
            break  # 幼儿园65所，其中公办1所: of the last part
        run.append(j)
    if run and LEFT_OVER.match(t.s.trails[run[-1]]):
        return ()
    return tuple(t.claims[j] for j in run)


def _is_enumerated(t: Structure, i: int, length: int) -> bool:
    """`83家，非公企业69家、社会组织15家、新就业形态9家`: set side by side, as the classes of one whole are."""
    return all(t.s.leads[j].startswith("、") for j in range(i + 2, i + 1 + length))


def _has_left_out(whole: Claim, parts: tuple[Claim, ...], *, told: bool) -> bool:
    """Whether all parts but one make up the total to the last digit.

    Of people the one may be a class of the others; what stands last behind a full list may be another count
    (党支部246个，按期换届274个), unless it is money.
    """
    if (whole.value or 0) < SMALLEST or (whole.unit in PEOPLE and told):
        return False
    over = total(parts) - (whole.value or Decimal(0))
    inside = parts if whole.kind == "amount" else parts[:-1]
    return over > 0 and any(part.value == over for part in inside)


def _has_turned_digits(whole: Claim, parts: tuple[Claim, ...]) -> bool:
    """Whether the total holds the digits of the sum in another order: 85 for 58."""
    place = min(claim.worth for claim in (whole, *parts))
    said, made = (str(int(value / place)) for value in (whole.value or Decimal(0), total(parts)))
    return len(said) > 1 and said != made and sorted(said) == sorted(made)


NAMED_BACK = pattern(
    r"(?:以上|上述|前述|这)(?P<count>[两二三四五六七八九])(?:笔|项|类|块|处|个[\u4e00-\u9fff]{0,3}|者|部分)(?:资金|支出|收入|经费)?"
    r"(?:一?共|合计|共计|总计|加起来|相加|累计)[^,。;]{0,6}$"
)
COUNTS = dict(zip("两二三四五六七八九", (2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
BACK = 200


def named_back(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`支出30.8万元。…32.9万元。…14.4万元。以上三笔共78.1万元`: as many numbers before it as the words count."""
    said = NAMED_BACK.search(t.s.leads[i])
    if said is None or not t.is_quantity(i):
        return
    row = list(range(max(0, i - COUNTS[said["count"]]), i))
    parts = tuple(t.claims[j] for j in row)
    near = len(row) == COUNTS[said["count"]] and t.s.at[i] - t.s.at[row[0]] <= BACK
    alike = near and all(t.is_quantity(j) and t.claims[j].unit == t.claims[i].unit for j in row)
    if alike and testable(t.claims[i], *parts) and plausible(t.claims[i], parts):
        yield judged(t.claims[i], parts, wording)
