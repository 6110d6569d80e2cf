"""Parts told of a whole that is named before them, where the words keep the parts apart or say that these are all.

`热线工单里，咨询类510件，投诉类435件，剩下的是建议类`: what is left over shuts out that a part holds some of another,
as do ages that follow each other, kinds of one name, and 只. Such parts together pass no whole. With nothing left over
(`没有别的名目`, 男 and 女) they are the whole. The whole is named (`这笔资金中`, `其中`) and its number told anywhere
before.
"""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from gangmu.reading.arithmetic.adding import adds_up, judged, plausible
from gangmu.reading.arithmetic.cues import OPEN_LIST, PEOPLE
from gangmu.reading.arithmetic.elsewhere import FORMER, Nouns, alike, the_one
from gangmu.reading.arithmetic.judge import added, finding, testable
from gangmu.reading.arithmetic.marks import MARK, QUANTITY
from gangmu.reading.arithmetic.partitions import CLASSES, MANIFOLD, OPPOSITES, OVERLAPPING, is_partition
from gangmu.reading.arithmetic.structure import Structure, wholes
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import ZERO, Wording, interval

OPENED = pattern(
    r"(?:其中(?:[,:]|有)?|(?P<name>[\u4e00-\u9fff]{2,14}?|^[\u4e00-\u9fff]{0,8}?)(?:里头?|里面|当中|之中|中)[,:])[^,;:。]{0,14}$"
)
# 剩下的是建议类, 另有少量灌木, 别的改在线上: some of the whole that no part before it holds.
LEFT = pattern(
    r"^[^,;、。]{0,6}[,;、](?:余下|剩下|剩余|下剩|其余|其它|其他|余者|别的(?!(?:没|无))|另[外有]?(?:还有|有)?(?:少量|少数|个别|一些))"
)
ALL_TOLD = pattern(
    r"^[^,;。]{0,6}[,;](?:此外|除此之外|除此以外|再|也|就|并|都)?(?:没有?|无|别无|不再有)(?:了)?(?:别的|其他|其它|另外的?|第[三四五六七八九]|剩余|遗漏|缺漏|漏项|任何其他)|"
    r"^[^,;。]{0,6}[,;](?:就这|仅此|仅有这|只有这|全部就是这|总共就这)[两二三四五六七八九几些]|"
    r"^[^,;。]{0,6}[,;](?:别的|其他|其它)[^,;。]{0,4}(?:没有|无)"
)
ONLY = pattern("^(?:其中)?(?:只|仅|单)(?!有|剩)[\u4e00-\u9fff]")
AGES = pattern(
    r"(?:(?P<low>\d+)(?:周?岁)?(?:至|到|-|~|—+))?(?P<high>\d+)周?岁(?:\(?含\)?|及)?(?P<side>以上|以下|以内)?"
)
ANOTHER = pattern(r"(?:同比|[比较]|增|减|新|另|其中|占|每|均|计划|任务|目标|累计|共|合计|最)")
NOT_NAMED = pattern("过程|期间|[活行]动中|工作中|名单中|[年月日]中")
FEWEST, MOST, FARTHEST_JOINT = 2, 9, 24
MOST_OVER = 2
OCCASIONS = frozenset({"次", "场", "期", "人次"})
Ages = tuple[int, int]


class Parts(NamedTuple):
    """A row of numbers behind the name of its whole, what each counts, the words behind the last, and that name.

    `among` is '' where only 其中 points at the whole: parts so told need not be all.
    """

    row: list[int]
    labels: list[str]
    behind: str
    among: str


def named_parts(t: Structure, first: int, wording: Wording) -> Iterator[Finding]:
    """Whether the parts that begin at number `first` fit into their whole, or make it up."""
    parts = _told(t, first)
    whole = _whole(t, parts.row) if parts else None
    if parts and whole is not None:
        yield from _judged(t, whole, parts, wording)


def named_parts_elsewhere(n: Nouns, first: int, wording: Wording) -> Iterator[Finding]:
    """The same of a whole whose number only its noun finds, far before."""
    t = n.t
    parts = _told(t, first)
    if parts is None or (not parts.among and _whole(t, parts.row) is not None):
        return
    most = max(t.claim(j).value or ZERO for j in parts.row)
    likely = [j for j in alike(t, first, people=False) if (t.claim(j).value or ZERO) >= most and testable(t.claim(j))]
    told = the_one(n, parts.among, likely, first)
    if told is not None:
        yield from _judged(t, told.at, parts, wording)


def _told(t: Structure, first: int) -> Parts | None:
    """The row of parts that number `first` opens behind the name of their whole."""
    opened = OPENED.search(t.s.leads[first]) if t.is_stock(first) else None
    if opened is None or NOT_NAMED.search(opened[0]) or any(word in opened[0] for word in OPEN_LIST):
        return None
    row = _row(t, first)
    if not FEWEST <= len(row) <= MOST:
        return None
    parts = Parts(
        row, [_name(t, j) for j in row], t.s.text[t.s.at[row[-1]] + 1 : t.s.bounds[first][1]], opened["name"] or ""
    )
    return None if MANIFOLD.search(parts.behind) else parts


def _judged(t: Structure, whole: int, parts: Parts, wording: Wording) -> Iterator[Finding]:
    total, claims = t.claim(whole), tuple(map(t.claim, parts.row))
    if (parts.among or ALL_TOLD.search(parts.behind)) and _are_all(parts):
        if plausible(total, claims):
            yield judged(total, claims, wording)
    elif _are_apart(t, parts):
        together, limit = added(claims, wording), interval(total, wording).high
        if limit < together.reach.low <= MOST_OVER * limit and not adds_up(total, claims, wording):
            yield finding("part_of", total, claims, together, holds=False)


def _row(t: Structure, first: int) -> list[int]:
    """The numbers of one measure in a row, each with a name of its own."""
    row: list[int] = []
    for j in t.s.between(t.s.at[first], t.s.bounds[first][1]):
        if not t.is_quantity(j):
            continue  # the share that goes with a part
        joined = not row or _is_joined(t, row[-1], j)
        if not t.is_stock(j) or t.claim(j).unit != t.claim(first).unit or not joined or not testable(t.claim(j)):
            break
        row.append(j)
    return row


def _is_joined(t: Structure, last: int, j: int) -> bool:
    words = t.s.text[t.s.at[last] + 1 : t.s.at[j]]
    return len(words) <= FARTHEST_JOINT and not ANOTHER.search(t.s.clauses[j]) and "。" not in words


def _name(t: Structure, j: int) -> str:
    """What a part is called: the words of its clause without what opens the row."""
    return MARK.sub("", re.split("其中|中[,:]?|里[,:]?", t.s.clauses[j])[-1].strip("有:,、和及与")) or t.s.trails[j][:6]


def _whole(t: Structure, row: list[int]) -> int | None:
    """The one number that the words before the row leave as its whole."""
    most = max(t.claim(j).value or ZERO for j in row)
    clear = [j for j, clear in wholes(t, row[0]) if clear and _may_be_whole(t, j, row)]
    one_value = len({t.claim(j).value for j in clear}) == 1
    return clear[0] if one_value and (t.claim(clear[0]).value or ZERO) >= most else None


def _may_be_whole(t: Structure, j: int, row: list[int]) -> bool:
    claim, first = t.claim(j), row[0]
    plain = j not in row and claim.unit == t.claim(first).unit and claim.kind != "norm"
    if not plain or not t.is_stock(j) or not testable(claim):
        return False
    return bool(FORMER.search(t.s.leads[j])) == bool(FORMER.search(t.s.leads[first]))


def _are_all(parts: Parts) -> bool:
    """Whether the words leave nothing over: 没有别的名目, or 男 and 女."""
    if LEFT.match(parts.behind):
        return False
    closed = ALL_TOLD.match(parts.behind) is not None and not any(map(OVERLAPPING.search, parts.labels))
    return closed or (is_partition(parts.labels) and QUANTITY not in parts.behind)


def _are_apart(t: Structure, parts: Parts) -> bool:
    """Whether nothing can be under two of the names."""
    labels = parts.labels
    if len(set(labels)) < len(labels) or any(len(one) < FEWEST for one in labels):
        return False
    if _follow_each_other(labels) or all(map(ONLY.match, labels)):
        return True
    left = LEFT.match(parts.behind) is not None
    if any(map(OVERLAPPING.search, labels)):
        return left and len({one[-2:] for one in labels}) == 1  # 一般隐患, 重大隐患, 其余属于提醒事项
    return (
        left
        or _are_kinds(labels)
        or (len(labels) == FEWEST and any(a in labels[0] and b in labels[1] for a, b in OPPOSITES))
        or (t.claim(parts.row[0]).unit not in PEOPLE | OCCASIONS and t.claim(parts.row[0]).kind == "amount")
    )


def _are_kinds(labels: list[str]) -> bool:
    """咨询类 and 投诉类: both of a class by name."""
    last = {one.rstrip("的有是为")[-1:] for one in labels}
    return len(last) == 1 and last <= set(CLASSES) and len({one[:2] for one in labels}) == len(labels)


def _follow_each_other(labels: list[str]) -> bool:
    """30岁以下, 31岁至45岁: ages of which no two hold the same year."""
    ages = [_ages(one) for one in labels]
    told = [one for one in ages if one is not None]
    return len(told) == len(labels) and all(
        one[1] < other[0] or other[1] < one[0] for one, other in combinations(told, 2)
    )


def _ages(label: str) -> Ages | None:
    """The ages a label spans; those that end where others begin (35岁以下, 35至50岁) share no one in earnest."""
    said = AGES.search(label)
    if said is None:
        return None
    high = int(said["high"]) * 2
    if said["low"]:
        return int(said["low"]) * 2 + 1, high
    if said["side"] is None:
        return None
    return (high + 1, 999) if said["side"] == "以上" else (0, high)
