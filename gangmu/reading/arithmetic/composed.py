"""A whole and its parts, wherever the words set the whole: before the row of its parts, behind it, or further off.

The numbers of one measure that stand in a row are parts; what announces a whole (`合计`, `拢到一起`, `由三部分组成：`)
says which number they make up. How far off a failed sum may be depends on how plainly the words assert it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gangmu.reading.arithmetic.adding import adds_up, expanded, judged
from gangmu.reading.arithmetic.cues import MATTERS, PLACES, SCOPES
from gangmu.reading.arithmetic.judge import agrees, divided, finding, testable
from gangmu.reading.arithmetic.judge import total as sum_of
from gangmu.reading.arithmetic.language import first_clause, shares_a_word
from gangmu.reading.arithmetic.lists import REST
from gangmu.reading.arithmetic.marks import MARK, MARKS, PERCENT, QUANTITY
from gangmu.reading.arithmetic.miswritten import is_miswritten
from gangmu.reading.arithmetic.partitions import MANIFOLD, OVERLAPPING
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.arithmetic.totals_by_name import called_in
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import HUNDRED, ZERO, Wording

NUMBER_WORDS = "零一二三四五六七八九十"
COUNTED = r"[两二三四五六七八九十\d]{1,2}个?(?![季月年批期次轮])[\u4e00-\u9fff]{1,2}"
ADDED = r"合计|总计|共计|小计|相加|加总|[加合拢凑放汇归](?:总|起来|到一[起块处]|在一[起块处]|一起|共)"
ALL = r"一共|总共|合共|共(?![同建享青产识和])|计(?=$|[有为达])"
# 三类合计, 全年共受理, 拢到一起是: what announces the whole of the row before it, in its own clause.
TOLD = pattern(
    rf"(?P<these>(?:以上|上述|前述|这|那|上面|{COUNTED})*)(?P<who>[^,;:()]{{0,8}}?)(?:(?P<added>{ADDED})|(?P<all>{ALL})|(?P<up>累计|总))"
)
FRAME = pattern(
    rf"(?:就|把|将|大家|前后|里外|先后|当[天年月]|年内|今年|{'|'.join(SCOPES)}|[全本我各][\u4e00-\u9fff]{{1,2}}|合)*"
)
OF_SCOPE = pattern("|".join((*SCOPES, "年内", "今年", "全年")))
TIMES = pattern(r"[一二三四1-4]季度|[上下]半年|\d{1,2}月|第?[一二三四五六七八九十\d]+[批期次轮月]")
WHOLE_TIME = pattern("全[年季月程]")
AT_THE_END = pattern(
    r"(?:总[数量额和计]|总[\u4e00-\u9fff]{1,3}[数量额]|合计|总计|共计)(?:就|正好|刚好)*(?:为|是|达到?|有|:)*$"
)
CLAUSES = pattern("[,;:。(]")
NUMBER_OF_PARTS = pattern(rf"(?:以上|上述|前述|这|那|上面|就)*(\d{{1,2}}|[两{NUMBER_WORDS[2:]}])")
FAR, FARTHEST = 4, 40
# What makes the parts behind it all of the whole before it.
SPLIT = pattern(
    rf"由[^。;{MARKS}]{{0,40}}?(?:组成|构成|拼成|凑成)|分(?:成|为|别|属|布|摊|作|{COUNTED}|[{QUANTITY}])|(?:按|从|以)[^,。;{MARKS}]{{1,10}}?"
    rf"(?:分|看|划分|统计|区分|来看|讲|说)[,:]|具体(?:为|是|来看|看|说)|来自{COUNTED}|分开来?[看说算]|{COUNTED}(?:分别|依次)|包括|包含|"
    r"^[^,。;()]{0,12}[(]|--|——"
)
NAMED_NEXT = pattern(r"^[^,。;()]{0,12}:")
AMONG = pattern("其中|含")
WHOLE = pattern(r"共(?!同|建|享|青|产|识)|总|合计|累计|现有|应")
# What leaves a list open: before it, and behind it.
SOME = pattern(rf"主要(?!由)|重点|例如|比如|如[:,]|(?<![{NUMBER_WORDS}两\d])部分|较多|突出|最|居前|有交叉|有重[复叠合]")
AND_SO_ON = pattern("等(?![级次额待于候])")
SHARED = pattern(r"[,(、]?(?:占比?|比重|比例|约占|占到|各占)?(?:为|达到?|约|了)*")
SHARE_ASIDE = pattern(
    rf"^\((?:占(?:比|总数)?(?:的|为)?)?{PERCENT}\)"
)  # 满意1246人（62.3%），基本满意598人: no list of its own
RANKED = pattern("[排居位列名][^,。;:]{0,8}第")  # 两省分别以2206和1895排名第三和第四: each in a row of its like
JOINT = pattern("[,;、和及与:]")
LONGEST_JOINT, LONGEST_ROW, LONGEST_OPENING = 48, 16, 70
# How far a failed sum may be from its total, by how plainly the words assert it.
Plainness = Literal["plain", "likely", "hinted", "open"]
NEARNESS: dict[Plainness, tuple[Decimal, Decimal]] = {
    "plain": (Decimal("0.6"), Decimal("1.65")),
    "likely": (Decimal("0.7"), Decimal("1.4")),
    "hinted": (Decimal("0.9"), Decimal("1.12")),
    "open": (Decimal(1), Decimal("1.5")),
}
VAGUE = PLACES | MATTERS | {None}
NO_NOUN = pattern("^(?:是|属|为|来自|用于|在|已|都|全|均|的).*")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a row: these parts make up this whole. `plainness` says how plainly the words assert it.

    `others` are the parts where the first or the last of the row is none of them; `counted`: the words say how many.
    """

    whole: int
    parts: tuple[int, ...]
    plainness: Plainness
    others: tuple[int, ...] = ()
    counted: bool = False


def composed(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every row of parts whose whole the words announce, and for their shares of it."""
    after = 0
    for i in t.rows:
        if i < after:
            continue
        row = _row(t, i)
        if len(row) > 1:
            for reading in (*_behind(t, row, wording), *_before(t, row)):
                yield from _judged(t, reading, wording)
        after = row[-1] + 1


def _row(t: Structure, first: int) -> tuple[int, ...]:
    """The numbers of one measure from `first` on in its sentence that short words join.

    Shares, numbers in brackets and a second measure that goes with every one of them are passed over.
    """
    row = [first]
    passed: list[str | None] = []
    with_each: list[str | None] | None = None
    unit, end = t.claim(first).unit, t.s.bounds[first][1]
    for j in t.s.between(t.s.at[first] + 1, end + 1):
        if len(row) == LONGEST_ROW:
            break
        if not t.is_quantity(j):
            continue
        if t.claim(j).unit != unit or _is_bracketed(t, row[-1], j):
            passed.append(t.claim(j).unit)
            continue
        if not t.addends[j] or not _goes_on(t, row[-1], j):
            break
        told = _is_told(t, first, row[-1], j) is not None
        if with_each not in (None, passed) and not told:
            break
        with_each, passed = (passed if len(row) > 1 else None), []
        row.append(j)
        if told:
            break
    return tuple(row)


def _goes_on(t: Structure, last: int, j: int) -> bool:
    words = t.s.text[t.s.at[last] + 1 : t.s.at[j]]
    return len(MARK.sub("", words)) <= LONGEST_JOINT and ("其中" not in words or "共" in words)


def _is_bracketed(t: Structure, last: int, j: int) -> bool:
    """Whether claim `j` stands inside a bracket that opened behind claim `last`, and not alone in it."""
    words = t.s.text[t.s.at[last] + 1 : t.s.at[j]]
    alone = t.s.text[t.s.at[j] - 1 : t.s.at[j] + 2] == f"({QUANTITY})"
    return not alone and words.count("(") > words.count(")")


def _is_told(t: Structure, first: int, last: int, j: int) -> re.Match[str] | None:
    """The words that announce claim `j` as a whole of the row from claim `first` to claim `last`.

    `农技培训共12场、电商培训共9场`: where its neighbours say 共 as well, it announces none, but 全年共 does.
    """
    clause = _clause(t, j)
    if AT_THE_END.search(clause):
        return AT_THE_END.search(clause)
    if told := TOLD.match(clause):
        said = told["all"] or told["up"]
        beside = t.s.clauses[first] + t.s.clauses[last] + "".join(t.s.clauses[j + 1 : j + 2])
        if told["these"] or FRAME.fullmatch(told["who"]) or told["added"] or said not in beside:
            return told
    if TIMES.search(t.s.clauses[first]) and (told := WHOLE_TIME.match(clause)):
        return told
    return None


def _clause(t: Structure, j: int) -> str:
    """The words right before claim `j`, a list of deeds (新建、改建、维修) among them."""
    return CLAUSES.split(t.s.leads[j].rstrip(":("))[-1].lstrip("、")


def _behind(t: Structure, row: tuple[int, ...], wording: Wording) -> Iterator[Reading]:
    """The last of a row, or the first number of the next sentence, as the whole of those before it."""
    parts, whole = row[:-1], row[-1]
    told = _is_told(t, row[0], row[-2], whole)
    if told is None:
        parts = row
        following = range(row[-1] + 1, min(row[-1] + FAR, len(t.s.at)))
        whole = next((j for j in following if t.claim(j).unit == t.claim(row[0]).unit), row[-1])
        if whole == row[-1] or t.s.bounds[whole][0] > t.s.bounds[row[-1]][1] + 1 or not t.addends[whole]:
            return
        told = TOLD.match(_clause(t, whole))
        if told is None or told["up"]:
            return
        if not (told["these"] or FRAME.fullmatch(told["who"]) or _counts_them(t, parts, whole)):
            return
    parts = called_in(t, parts, whole)
    if SOME.search(t.s.clauses[parts[0]]) is None and _are_of(t, whole, parts):
        open_end = AND_SO_ON.search(t.s.text, t.s.at[parts[-1]], t.s.at[whole]) is not None
        yield _of_those(t, parts, whole, _plainness(told, open_end), wording)


def _counts_them(t: Structure, parts: tuple[int, ...], whole: int) -> bool:
    """`甲街道86件，乙街道43件；⏎两个街道超期件合计129件`: as many places as the row has parts."""
    return _tally_before(t, parts, whole) == len(parts)


def _plainness(told: re.Match[str], open_end: bool) -> Plainness:
    groups = told.groupdict()
    if open_end:
        return "open"
    if groups.get("added") or groups.get("these"):
        return "plain"
    return "hinted" if groups.get("up") or OF_SCOPE.search(groups.get("who") or "") else "likely"


def _are_of(t: Structure, whole: int, parts: tuple[int, ...]) -> bool:
    """Whether the parts may be things of the whole: 86个小组 are none of 19个城市."""
    noun = _noun(t, whole)
    return len(noun) < 2 or all(len(n) < 2 or shares_a_word(noun, n) for n in (_noun(t, j) for j in parts))


def _noun(t: Structure, j: int) -> str:
    return "" if t.claim(j).unit not in VAGUE else NO_NOUN.sub("", first_clause(t.s.trails[j]))[:4]


def _of_those(t: Structure, parts: tuple[int, ...], whole: int, plainness: Plainness, wording: Wording) -> Reading:
    """How a whole behind its row is read: without a head of the row, and with as many parts as the words say."""
    counted = _number_of_parts(_clause(t, whole)) or _tally_before(t, parts, whole)
    if 1 < counted <= len(parts):
        exactly = plainness if plainness == "open" else "plain"
        return Reading(whole, parts[-counted:], exactly, () if counted == len(parts) else parts, counted=True)
    if len(parts) > 2 and _has_head(t, parts, whole, wording):
        return Reading(whole, parts[1:], plainness, parts)
    return Reading(whole, parts, plainness, parts[1:])


def _number_of_parts(clause: str) -> int:
    found = NUMBER_OF_PARTS.match(clause)
    if not found:
        return 0
    return int(found[1]) if found[1].isdecimal() else NUMBER_WORDS.index(found[1].replace("两", "二"))


def _tally_before(t: Structure, parts: tuple[int, ...], whole: int) -> int:
    """三站 in 三站共过车: how many parts there are, right before their whole."""
    tally = whole - 1
    if tally <= parts[-1] or not t.is_quantity(tally) or "," in t.s.leads[whole]:
        return 0
    return int(t.claim(tally).value or 0)


def _between(t: Structure, one: int, other: int) -> str:
    """The words between two claims, a bracket around nothing but one of them left out: 甲村(120户)、乙村(85户)."""
    said = t.s.text[t.s.at[one] + 1 : t.s.at[other]]
    first, last = t.s.at[one] - 1, t.s.at[other] + 1
    said = said[1:] if t.s.text[first] == "(" and said.startswith(")") else SHARE_ASIDE.sub("", said)
    return said[:-1] if said.endswith("(") and t.s.text[last : last + 1] == ")" else said


def _has_head(t: Structure, row: tuple[int, ...], whole: int, wording: Wording) -> bool:
    """Whether the first of a row is itself the whole of the others: opened, told again, or nearly made up by them."""
    first = t.claim(row[0])
    opening = _between(t, row[0], row[1])
    if AMONG.search(opening) or SPLIT.search(opening) or first.value == t.claim(whole).value:
        return True
    others = tuple(map(t.claim, row[1:]))
    return adds_up(first, others, wording) or (
        WHOLE.search(t.s.clauses[row[0]]) is not None and _is_near(first, others, "likely")
    )


def _before(t: Structure, row: tuple[int, ...]) -> Iterator[Reading]:
    """The first of a row, or the last number of the sentence before it, as the whole of those behind it."""
    told = _is_told(t, row[0], row[-2], row[-1]) is not None
    parts = row[:-1] if told else row
    head = _head_before(t, parts[0]) if len(parts) > 1 else None
    outer = _opened(t, head, parts, told) if head is not None else None
    inner = _opened(t, parts[0], parts[1:], told) if len(parts) > 2 else None
    reading = outer if outer and (inner is None or outer.plainness == "plain") else inner
    if reading is not None:
        yield reading


def _head_before(t: Structure, first: int) -> int | None:
    """The number in the measure of claim `first` that stands last before it, in its sentence or the one before."""
    before = range(first - 1, max(-1, first - FAR), -1)
    head = next((j for j in before if t.claim(j).unit == t.claim(first).unit), None)
    near = head is not None and t.s.at[first] - t.s.at[head] <= LONGEST_OPENING
    return head if near and t.addends[head or 0] else None


def _opened(t: Structure, whole: int, parts: tuple[int, ...], told: bool) -> Reading | None:
    """The reading in which the words between a whole and the first of its parts say that these are all of them."""
    said = SHARE_ASIDE.sub("", t.s.text[t.s.at[whole] + 1 : t.s.at[parts[0]]])
    if (
        len(said) > LONGEST_OPENING
        or not _are_of(t, whole, parts)
        or SOME.search(said)
        or RANKED.search(first_clause(t.s.trails[parts[-1]]))
        or AND_SO_ON.search(said + t.s.trails[parts[-1]])
    ):
        return None
    rest = REST.match(t.s.leads[parts[-1]]) is not None
    labels = [JOINT.sub("", t.s.clauses[j]) for j in parts]
    told_all = WHOLE.search(t.s.clauses[whole]) is not None and NAMED_NEXT.match(said) is not None
    if (SPLIT.search(said) or told_all) and not AMONG.search(said):
        return Reading(
            whole, parts, "plain" if rest or not any(OVERLAPPING.search(one) for one in labels) else "hinted"
        )
    if rest and AMONG.search(said):
        return Reading(whole, parts, "plain")
    if rest and not told and WHOLE.search(t.s.clauses[whole]):
        return Reading(whole, parts, "likely")
    return None


def _judged(t: Structure, reading: Reading, wording: Wording) -> Iterator[Finding]:
    total = t.claim(reading.whole)
    for run in (reading.parts, reading.others):
        for start in range(1 if reading.counted and run is reading.parts else len(run) - 1):
            parts = expanded(t, list(run[start:]))
            if adds_up(total, parts, wording):
                yield judged(total, parts, wording)
                yield from _shared(t, reading.whole, run[start:], wording)
                return
    parts = expanded(t, list(reading.parts))
    told = [j for j in t.stocks_before(reading.whole, 0, FARTHEST) if t.claim(j).unit == total.unit]
    elsewhere = next((j for j in told if j not in reading.parts and t.claim(j).value == sum_of(parts)), None)
    if elsewhere is not None and reading.whole < reading.parts[0]:
        yield judged(t.claim(elsewhere), parts, wording)
    elif len(parts) > 1 and _is_near(total, parts, reading.plainness) and not _is_manifold(t, reading):
        yield judged(total, parts, wording)


def _is_manifold(t: Structure, reading: Reading) -> bool:
    """Whether the sentence of the parts or the one behind it says that some are in several of them."""
    end = t.s.bounds[max(reading.whole, reading.parts[-1])][1]
    return MANIFOLD.search(t.s.text, t.s.at[reading.parts[0]], t.s.sentence(end + 1)[1]) is not None


def _is_near(total: Claim, parts: tuple[Claim, ...], plainness: Plainness) -> bool:
    """Whether a failed sum may be meant: near enough, or the total with a slip of the pen."""
    value, said = sum_of(parts), total.value or ZERO
    if not said or (plainness == "open" and value < said):
        return False
    low, high = NEARNESS[plainness]
    if low <= value / said <= high or is_miswritten(total, value):
        return True
    return plainness != "hinted" and any(is_miswritten(p, (p.value or ZERO) + said - value) for p in parts)


def _shared(t: Structure, whole: int, parts: tuple[int, ...], wording: Wording) -> Iterator[Finding]:
    """`甲村120户，占30%；乙村280户，占70%；合计400户`: a share behind a part is of the whole that the parts make up."""
    for j in parts:
        if j + 1 < len(t.s.at) and t.is_percent(j + 1) and SHARED.fullmatch(t.s.leads[j + 1]):
            stated, part, total = t.claim(j + 1), t.claim(j), t.claim(whole)
            result = divided(part, total, wording, HUNDRED) if testable(stated, part, total) else None
            if result is not None and agrees(result, stated, wording):
                yield finding("share", stated, (part, total), result, holds=True, unit="%")
