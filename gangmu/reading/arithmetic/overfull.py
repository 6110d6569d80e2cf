"""Parts of land, money or things, each with its own use, that together are more than the whole told before them.

`今年流转的457亩地，没有一窝蜂地干。种中药材的364亩，种青贮玉米的162亩`: an acre is planted once, a yuan spent once.
People may be counted under several heads; their parts are left to rules that know the words which keep them apart.
"""

from collections.abc import Iterator

from gangmu.reading.arithmetic.cues import PEOPLE
from gangmu.reading.arithmetic.judge import added, finding, testable
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
