"""Parts of land, money or things, each with its own use, that together are more than the whole told before them.

`今年流转的457亩地，没有一窝蜂地干。种中药材的364亩，种青贮玉米的162亩`: an acre is planted once, a yuan spent once.
People may be counted under several heads; their parts are left to rules that know the words which keep them apart.
"""

from collections.abc import Iterator

from gangmu.reading.arithmetic.cues import PEOPLE
from gangmu.reading.arithmetic.judge import added, finding, testable
from gangmu.reading.arithmetic.language import names
from gangmu.reading.arithmetic.partitions import OVERLAPPING
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording, interval

USED = pattern(
    "[\u4e00-\u9fff]{2,10}的(?:另有|有|是|为|共)?$|^(?:目前|现)?(?:已|尚|仍|还|正|未|待)[\u4e00-\u9fff]{1,5}(?:的|有)?$"
)
NOT_APART = pattern("其中|含|套种|轮作|兼|又|同时|也|重[复叠]|累计|共(?!同)|合计|计划|每|均|同比|比[去上]|任务|占")
FEWEST, MOST, FAR = 2, 5, 160
MOST_OVER = 3
OCCASIONS = frozenset("次场期批轮届件条起")
# 主办97件，会办12件，其余待交办: what is left over is no number, and shuts the parts off from each other.
REST_WORDS = "其余|其它|其他|余下|剩下|剩余|余[为者]"
REST = pattern(f"^[^,;、。]{{0,6}}[,;、](?:{REST_WORDS})")


def overfull(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """A finding where claim `i` opens a row of parts of one use each that passes the whole right before it."""
    whole = i - 1
    if whole < 0 or not _may_be_whole(t, whole) or NOT_APART.search(t.s.trails[whole]):
        return
    row = _row(t, i)
    claims = tuple(t.claims[j] for j in row)
    if len(row) < FEWEST or not testable(t.claims[whole], *claims) or len({c.value for c in claims}) < len(claims):
        return
    limit, together = interval(t.claims[whole], wording).high, added(claims, wording)
    each = max(interval(claim, wording).low for claim in claims)
    if each <= limit < together.reach.low <= MOST_OVER * limit:
        yield finding("part_of", t.claims[whole], claims, together, holds=False)


def _may_be_whole(t: Structure, j: int) -> bool:
    claim = t.claims[j]
    countable = claim.unit not in PEOPLE and str(claim.unit or "次")[-1] not in OCCASIONS
    return t.is_quantity(j) and j not in t.aside and countable and not NOT_APART.search(t.s.clauses[j])


def _row(t: Structure, i: int) -> list[int]:
    """The numbers from claim `i` on in the whole's measure, each said to be of a use of its own, near each other."""
    whole, row = t.claims[i - 1], []
    for j in range(i, min(i + MOST, len(t.s.at))):
        alike = t.is_quantity(j) and t.claims[j].unit == whole.unit and t.claims[j].kind == whole.kind
        near = t.s.at[j] - t.s.at[j - 1] <= FAR and "\n\n" not in t.s.text[t.s.at[j - 1] : t.s.at[j]]
        if not alike or not near or not USED.search(t.s.clauses[j]) or NOT_APART.search(t.s.leads[j]):
            break
        if OVERLAPPING.search(t.s.clauses[j]) or t.s.trails[j].startswith(("中", "里")):
            break
        row.append(j)
    return row


def over_with_rest(t: Structure, last: int, wording: Wording) -> Iterator[Finding]:
    """A finding where the parts up to claim `last`, with a rest behind them, pass the whole right before their row."""
    if not REST.match(t.s.trails[last]) or not t.is_stock(last):
        return
    row = [last]
    while row[0] and _stands_beside(t, row[0] - 1, row[0]):
        row.insert(0, row[0] - 1)
    first, whole = row[0], row[0] - 1
    told = (
        whole >= 0
        and t.s.bounds[first][0] == t.s.bounds[whole][1] + 1
        and not t.s.text[t.s.at[whole] : t.s.at[first]].count("\n")
    )
    if not told or not _are_named_alike(t, row) or t.claims[whole].unit != t.claims[last].unit or not t.is_stock(whole):
        return
    claims = tuple(t.claims[j] for j in row)
    if not testable(t.claims[whole], *claims) or any(NOT_APART.search(t.s.leads[j]) for j in row):
        return
    limit, together = interval(t.claims[whole], wording).high, added(claims, wording)
    if limit < together.reach.low <= MOST_OVER * limit:
        yield finding("part_of", t.claims[whole], claims, together, holds=False)


def _stands_beside(t: Structure, j: int, following: int) -> bool:
    alike = t.claims[j].unit == t.claims[following].unit and t.is_stock(j)
    return alike and t.s.bounds[j] == t.s.bounds[following]


def _are_named_alike(t: Structure, row: list[int]) -> bool:
    """主办 and 会办: words of one length, or that end alike, so that none of them is the whole of the others."""
    labels = [names(t.s.clauses[j]) for j in row]
    return FEWEST <= len(row) <= MOST and (
        len({len(one) for one in labels}) == 1 or len({one[-1:] for one in labels}) == 1
    )
