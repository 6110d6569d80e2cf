"""Lists whose whole stands apart from them: a sentence before, named again (优秀案例中，…), or behind in other words.

A list that adds up to a number told shortly before it is that number's breakdown. One that does not is held against
it only where the words leave nothing out: 其他 at the end, each counted once, 就是这三部分, or more parts than whole.
"""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.arithmetic.adding import adds_up, judged
from gangmu.reading.arithmetic.breakdowns import FUNDERS, OWN_FUNDS
from gangmu.reading.arithmetic.cues import OPEN_LIST
from gangmu.reading.arithmetic.language import label, names, pairs, same_unit
from gangmu.reading.arithmetic.partitions import LEFT_OVER, OVERLAPPING, is_partition
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording, is_whole

JOINT = pattern(r"[,;、和及与]")
BREAKS = pattern(r"其中|共|合计|总计|总数|占|比|较|剩|平均|每|同期|去年|上年")
REST = pattern(
    r"^[,;、和及]*(?:其他|其它|其余|余下|剩下)(?!的?[^,;]{1,4}(?:还|仍|尚)有)[^,;。]*(?:,(?:共|一共|总共|计|合计|有)*)?$"
)
ONCE = pattern(
    r"每[户人件个名项家][^,。;]{0,3}(?:只|仅)[^,。;]{0,10}|各[户人项件家][^,。;]{0,2}只归|互不?重复|不重复|不交叉"
)
JUST_THESE = pattern(r"就是这[几两三四五六七][^,。;]{1,3}|仅此[几两三四五]|[以这][上些]?[几两三四五]类")
TOGETHER = pattern(r"(?:加起来|合起来|加在一起|合在一起|拢共|相加)(?:共|一共|是|为|有|正好)*$")
NAMED = pattern(r"(?:^|[,;。])(?P<thing>[^,;:。、()]{1,12}?)(?:中|里头?|当中|之中),(?:有|共)?[^,;:。、]{0,16}$")
BY_CLASS = pattern(r"(?:从|按|分)[^,。;:()]{1,8}?(?:分|看|划分|统计|来看|上看)[,:]")
GRADED = pattern("[一二三四五六七八九初中]级?及?以下")
LONGEST_LEAD = 20
LONGEST = 12
SENTENCES = 3
FEWEST, FEW_DIGITS = 3, 100
SLIP = Decimal("0.85"), Decimal("1.18")
OVERFLOW = Decimal("1.35")
MANY = 400
CLOSE = 4
TOLD = pattern("一共|共有|总共|合计|共计|总数")


def lists(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every list of parts whose whole stands in another sentence or clause."""
    after = 0
    for i in t.rows:
        if i < after:
            continue
        run = _run(t, i)
        if len(run) > 1:
            yield from _judged_list(t, run, wording)
        after = run[-1] + 1


def _run(t: Structure, first: int) -> list[int]:
    """The numbers of one unit from `first` on that short words join in a sentence; shares between them passed over."""
    run, end = [first], t.s.bounds[first][1]
    for j in range(first + 1, len(t.s.at)):
        if t.s.at[j] > end or len(run) == LONGEST:
            break
        if t.is_percent(j) and "占" in t.s.leads[j]:
            continue
        lead = t.s.leads[j]
        if not t.addends[j] or t.claims[j].unit != t.claims[first].unit or BREAKS.search(t.s.clauses[j]):
            break
        if len(lead) > LONGEST_LEAD or not JOINT.search(lead) or TOGETHER.search(lead):
            break
        run.append(j)
    return run


def _judged_list(t: Structure, run: list[int], wording: Wording) -> Iterator[Finding]:
    wholes = _wholes(t, run)
    for whole, parts in wholes:
        claims = tuple(t.claims[j] for j in parts)
        large = len(parts) >= FEWEST or (t.claims[whole].value or 0) >= FEW_DIGITS or _is_closed(t, parts)
        if large and adds_up(t.claims[whole], claims, wording):
            yield judged(t.claims[whole], claims, wording)
            return
    for whole, parts in wholes:
        if _is_meant(t, whole, parts):
            yield judged(t.claims[whole], tuple(t.claims[j] for j in parts), wording)
            return


def _wholes(t: Structure, run: list[int]) -> list[tuple[int, list[int]]]:
    """Which numbers may be the whole of which parts: the list's own head, those shortly before it, one behind it."""
    found = []
    if len(run) > 2 and (t.claims[run[0]].value or 0) > max(t.claims[j].value or 0 for j in run[1:]):
        found.append((run[0], run[1:]))
    start = _start(t, run[0])
    largest = max(t.claims[j].value or 0 for j in run)
    for j in reversed(t.s.between(start, t.s.at[run[0]])):
        whole = t.claims[j]
        if t.addends[j] and same_unit(whole, t.claims[run[0]]) and (whole.value or 0) > largest:
            found.append((j, run))
    for j in range(run[-1] + 1, min(run[-1] + 1 + SENTENCES, len(t.s.at))):
        inside = t.s.at[j] < t.s.bounds[run[0]][1] and t.claims[j].unit == t.claims[run[0]].unit
        if inside and t.addends[j] and (TOGETHER.search(t.s.leads[j]) or "总" in t.s.leads[j] + t.s.trails[j]):
            found.append((j, run))
    return found


def _start(t: Structure, first: int) -> int:
    """Some sentences before claim `first`, in its paragraph."""
    start = t.s.bounds[first][0]
    for _ in range(SENTENCES):
        if start < 2 or t.s.text[start - 1] == "\n":
            break
        start = t.s.sentence(start - 2)[0]
    return max(start, t.s.at[first] - MANY)


def _is_meant(t: Structure, whole: int, parts: list[int]) -> bool:
    """Whether the words make the parts all of the whole, and they miss it by no more than a slip."""
    total = sum((t.claims[j].value or Decimal(0) for j in parts), Decimal(0))
    ratio = total / (t.claims[whole].value or Decimal(1))
    labels = [_label(t, j) for j in parts]
    said = t.s.text[t.s.bounds[parts[0]][0] : t.s.bounds[parts[-1]][1]]
    if whole > parts[-1]:
        return SLIP[0] <= ratio <= SLIP[1] and bool(TOGETHER.search(t.s.leads[whole]) or ONCE.search(said))
    if _is_closed(t, parts) and (ONCE.search(said) or not _is_open(said, labels)):
        return SLIP[0] <= ratio <= SLIP[1] and _is_nearest(t, whole, parts)
    if t.is_part(whole):
        return False
    if _are_counted(t, whole, parts) or _is_announced(t, whole, parts):
        return SLIP[0] <= ratio <= SLIP[1]
    funded = all(map(FUNDERS.search, labels)) and any(map(OWN_FUNDS.search, labels))
    even = len(set(map(len, labels))) == 1  # 公办 and 民办, not 公办 and 民办普惠
    if (even and is_partition(labels) and t.is_total_like(whole)) or (
        funded and len(parts) >= FEWEST and whole == parts[0] - 1
    ):
        return SLIP[0] <= ratio <= SLIP[1]
    named = NAMED.search(t.s.text[t.s.bounds[parts[0]][0] : t.s.at[parts[0]]])
    if named is None or not _is_called(t, whole, named["thing"]):
        return False
    return 1 < ratio <= OVERFLOW and not _is_open("", _graded(labels))


def _graded(labels: list[str]) -> list[str]:
    """高级教师, 一级教师, 二级及以下教师: grades of one noun shut each other out, whatever the last one holds."""
    alike = len({one[-2:] for one in labels}) == 1 and not all(GRADED.search(one) for one in labels)
    return [GRADED.sub("", one) for one in labels] if alike else labels


def _is_announced(t: Structure, whole: int, parts: list[int]) -> bool:
    """`一共有果树1460棵，桃树620棵，梨树510棵，李子330棵`: all, then each to the last one."""
    end = t.s.bounds[whole][1]
    alone = whole == parts[0] - 1 and t.s.between(t.s.at[whole], end)[-1] == parts[-1]
    exact = all(is_whole(t.claim(j)) and t.claim(j).approx is None for j in (whole, *parts))
    said = t.s.text[t.s.at[whole] : end]
    if LEFT_OVER.match(t.s.trails[parts[-1]]):
        return False
    told = TOLD.search(t.s.clauses[whole]) is not None and len(parts) >= FEWEST
    return told and alone and exact and not _is_open(said, [_label(t, j) for j in parts])


def _are_counted(t: Structure, whole: int, parts: list[int]) -> bool:
    """`三个村1140户，…石门420户，下湾385户，麻园335户`: as many parts as the words before the whole say there are."""
    told = whole > 0 and t.s.at[whole] - t.s.at[whole - 1] <= CLOSE and t.is_quantity(whole - 1)
    return bool(told) and len(parts) >= FEWEST and t.claim(whole - 1).value == len(parts) == parts[-1] - parts[0] + 1


def _is_closed(t: Structure, parts: list[int]) -> bool:
    """Whether the sentence says that these are all."""
    end = t.s.bounds[parts[-1]][1]
    said = t.s.text[t.s.bounds[parts[0]][0] : end]
    return bool(REST.match(t.s.leads[parts[-1]]) or ONCE.search(said) or JUST_THESE.search(said))


def _is_open(said: str, labels: list[str]) -> bool:
    return any(word in said for word in OPEN_LIST) or any(OVERLAPPING.search(one) for one in labels)


def _is_nearest(t: Structure, whole: int, parts: list[int]) -> bool:
    """Whether no other number of the measure stands between a whole and its parts, or the sentence names the whole."""
    if whole == parts[0] - 1:
        return True
    between = [j for j in range(whole + 1, parts[0]) if t.addends[j] and same_unit(t.claims[j], t.claims[whole])]
    opened = t.s.text[t.s.bounds[parts[0]][0] : t.s.at[parts[0]]]
    return not between or len(pairs(names(opened)) & pairs(names(label(t.s, whole)))) > 1


def _is_called(t: Structure, whole: int, thing: str) -> bool:
    """Whether the list's opening (优秀案例中) calls the whole by its name."""
    wanted, said = pairs(names(thing)), pairs(label(t.s, whole))
    return bool(wanted) and len(wanted & said) * 2 >= len(wanted)


def _label(t: Structure, j: int) -> str:
    return JOINT.sub("", t.s.clauses[j]) or t.s.trails[j][:6]


def unexplained(found: list[Finding], known: list[Finding]) -> Iterator[Finding]:
    """The lists that no other reading has explained: of a failed one no two numbers may stand in a known sum."""
    told = [frozenset(f.spans) for f in known if f.type in ("sum", "difference", "share", "per", "part_of")]
    for f in found:
        if f.verdict == "consistent" or not any(len(spans.intersection(f.spans)) > 2 for spans in told):
            yield f
