"""One figure stated more than once: in the title, the lead and the body.

Two numbers are one figure when the same deed is done to the same thing in the same place and time. Whatever tells them
apart in words (a village, a quarter, 其中, a plan) makes them two figures, and two figures may differ.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from gangmu.reading.arithmetic.clauses import last_clause
from gangmu.reading.arithmetic.cues import SCOPES, THEN
from gangmu.reading.arithmetic.judge import spans, text_of
from gangmu.reading.arithmetic.language import label, pairs
from gangmu.reading.arithmetic.marks import HOLE, MARKS, PERCENT
from gangmu.reading.arithmetic.structure import AVERAGE, Structure
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import Wording, interval

SCOPE = re.compile("|".join(SCOPES))
EMPTY = re.compile(
    r"(?=[虽却只更上下述这三本活今一全年截目其期先累共总合已均都约近达为有了的将把各广大成深扎现新并还也仅就从依通过以\d至个,;:()“”‘’《》、-])"
    r"(?:虽|却|只|更|上半年|下半年|上述|这些|三类|本次|活动|今年以来|一年来|一年以来|全年|年内|截至目前|目前|其间|期间|先后|累计|共计|总计|合计|一共|总共|共|已经|已|均|都|约|近|达到|达|为|有|了|的|将|把|"
    r"各级|各类|各种|各项|广大|有关|成功|全面|深入|扎实|全部|总数|总量|现有|新增|并|还|也|仅|就|从|依托|通过|以"
    r"|\d{1,2}月份?|\d{1,2}日|(?:19|20)\d\d年|今年|本年|至|-|个|[,;:()“”‘’《》、])"
)
PLACE_ENDS = re.compile("[省市县区州乡镇街村社]")
PLACE = re.compile(r"[\u4e00-\u9fff]{2,4}(?:省|市|县|区|州|乡|镇|街道|村|社区)")
APART = re.compile(
    r"其中|另|平均|人均|每|最|首批|第[一二三四五六七八九十\d]|计划|拟|目标|任务|力争|争取|预计|预期|将|要求|应(?!急|用)|须|需(?!求)|不少于|不低于|比(?!例|重|赛|较)|较(?!大|好|多)|"
    r"剩余|仍有|尚有|还有|同期|去年|上年|明年|下一步|当月|本月|当天|当日|昨日|近日|此前|原(?:来|有|先)|减少|增加|下降|增长|提高|各(?!级|类|项|地|界|族)|分别|所在|个人|本人|某|一名|一位|案例|例如|比如|如"
)
DEEDS_ONLY = re.compile(
    r"(?:发现|落实|投入|安排|下达|拨付|发放|收集|收到|受理|办理|办结|完成|开展|实施|组织|化解|排查|新建|建成|改造|升级|使用|"
    r"筹集|整合|走访|慰问|培训|发展|举办|召开|解决|整改|摸排|征集|统筹|到位|涉及)+"
)
FINDING = re.compile("查摆|排查|摸排|发现|查找|收集|征集|受理")
OPENS_CLAUSE = re.compile("(?:据统计|据介绍|目前|如今|今年)?,?")
BACK_NOUN = re.compile(r"(?:活动|志愿者|网格|群众|党员|企业|村民|居民|学员|干部|项目|问题|事项|诉求)[^,。;]{0,12}")
CLAUSE_ENDS = re.compile("[,;。:]")
BACK = re.compile(r"[\u4e00-\u9fff]{2,6}中,?")
ALL_OF_THEM = re.compile(r"[\u4e00-\u9fff]{2,6}(?:均|全部|都)")
ALMOST = Decimal("0.95"), Decimal("1.05")
DISTINCT = 3
LARGE = 1000
NEAREST = 24  # mentions a further one is held against: a form may repeat one sentence thousands of times
DIFFERENT = re.compile(rf"{THEN}|\d{{1,2}}月(?!\d)|[一二三四]季度|上半年|下半年|前三季度")
OWN_CLAUSE = re.compile(rf"[,;:、。()\n{MARKS}]")
NOT = re.compile("未|没有|尚")
SHORTEST = 3
SUFFIX = 4


@dataclass(frozen=True, slots=True)
class Said:
    """One mention: what it says was counted, when and where, and whether the title says it."""

    at: int
    key: str
    when: str
    where: str
    scoped: bool
    title: bool
    sentence: str
    before: tuple[Decimal | None, str]


def repeats(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every figure that the text states more than once, in the same words or with its digits swapped."""
    groups: dict[tuple[str, str], list[Said]] = defaultdict(list)
    swapped: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for said in _mentions(t):
        claim = t.claim(said.at)
        if len(said.key) >= SHORTEST:
            groups[said.key[-SUFFIX:], _measure(claim)].append(said)
        digits = _digits(claim)
        if len(set(digits)) > DISTINCT or (len(set(digits)) > 2 and (claim.value or 0) >= LARGE):
            swapped[digits, _measure(claim)].append(said)
    for group in groups.values():
        for cluster in _same_time_and_place(t, group):
            yield from _judged(t, cluster, wording)
    for group in swapped.values():
        yield from _swapped(t, group)
    yield from _taken_up_again(t)


def _taken_up_again(t: Structure) -> Iterator[Finding]:
    """`143个社区全部成立…。146个社区中，…`: a whole taken up again, told only once before and otherwise."""
    told: dict[tuple[str, str], set[int]] = defaultdict(set)
    for i in range(len(t.s.at)):
        if not t.is_quantity(i) or i in t.aside:
            continue
        claim, trail = t.s.claims[i], t.s.trails[i]
        before = told[trail[:2], _measure(claim)]
        if not before and BACK.match(trail):
            before = _of_longer_name(t, i)
        whole = before and not BACK.match(trail) and _of_all(t, min(before), i)
        if before and (BACK.match(trail) or whole):
            values = {t.s.claims[j].value for j in before}
            first = t.s.claims[min(before)]
            near = (
                not told[trail[:2], _measure(claim)]
                or ALMOST[0] <= (claim.value or 0) / (first.value or 1) <= ALMOST[1]
            )
            if len(values) == 1 and claim.value not in values and near:
                yield _differs([first, claim])
        if len(trail) > 1 and claim.kind == "count":
            before.add(i)


def _of_all(t: Structure, first: int, i: int) -> bool:
    """`全区128个社区…。138个社区均配备…`: all of them again, with one digit otherwise."""
    one, other = str(t.claim(first).value), str(t.claim(i).value)
    slip = len(one) == len(other) > 1 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return slip and bool(ALL_OF_THEM.match(t.s.trails[i])) and SCOPE.search(t.s.leads[first]) is not None


def _of_longer_name(t: Structure, i: int) -> set[int]:
    """`稻渔种养5800亩面积中` takes up `发展稻渔综合种养5200亩`: the one number before it under the whole name."""
    name = EMPTY.sub("", t.s.clauses[i])
    if len(name) <= SHORTEST:
        return set()
    spaced = re.compile("[^,。;]{0,2}?".join(map(re.escape, name)))
    alike = [j for j in range(i) if _measure(t.claim(j)) == _measure(t.claim(i)) and spaced.search(label(t.s, j))]
    near = len(alike) == 1 and _is_slip(t.claim(alike[0]), t.claim(i))
    return set(alike) if near and alike[0] not in t.aside else set()


def _digits(claim: Claim) -> str:
    whole = str(int(claim.value or 0))
    return "".join(sorted(whole.strip("0"))) + "·" * len(whole)


def _swapped(t: Structure, group: list[Said]) -> Iterator[Finding]:
    """The same digits in another order, said of the same thing: 312个网格 and 321个网格."""
    for first, said in pairwise(group):
        timely = first.title or said.title or first.when == said.when
        if said.where not in ("", first.where) and (first.where or first.scoped) and not first.title:
            continue
        if timely and t.claim(first.at).value != t.claim(said.at).value and _one_thing(t, first.at, said.at):
            yield _differs([t.claim(m.at) for m in group if m in (first, said) or _one_thing(t, m.at, said.at)])
            return


def _one_thing(t: Structure, i: int, j: int) -> bool:
    if NOT.search(t.s.clauses[j]) and not NOT.search(t.s.leads[i]):
        return False  # 发放143万元 and 未发放的134万元 are two
    if (
        len(_digits(t.claim(j)).strip("·")) >= DISTINCT
        and OPENS_CLAUSE.fullmatch(t.s.leads[j])
        and BACK_NOUN.match(t.s.trails[j])
    ):
        return True
    if len(set(_digits(t.claim(i)))) <= DISTINCT and t.s.trail(i)[:2] != t.s.trail(j)[:2]:
        return False
    return bool(pairs(EMPTY.sub("", label(t.s, i))) & pairs(EMPTY.sub("", label(t.s, j))))


def _measure(claim: Claim) -> str:
    return "%" if claim.kind == "ratio" else (claim.unit or "")


def _mentions(t: Structure) -> Iterator[Said]:
    s = t.s
    for i, place in enumerate(s.at):
        claim = s.claims[i]
        if s.text[place] == HOLE or claim.kind in ("norm", "change") or i in t.aside:
            continue
        lead = s.leads[i]
        if APART.search(last_clause(lead)) or AVERAGE.search(lead):
            continue
        sentence = s.text[s.sentence(place)[0] : place]
        if "其中" in sentence.rsplit(";", 1)[-1] and s.text[place] != PERCENT:
            continue
        key = _key(t, i)
        if len(key) >= 2:
            segment = sentence.split(",")[0] + sentence.split(";")[-1]
            yield Said(
                i,
                key,
                _when(segment),
                _where(sentence),
                SCOPE.search(sentence) is not None,
                claim.span in s.title,
                sentence,
                _before(t, i),
            )


def _key(t: Structure, i: int) -> str:
    """The deed and the thing, in their order, without the words that only frame them."""
    lead, trail = t.s.clauses[i], OWN_CLAUSE.split(t.s.trail(i), maxsplit=1)[0]
    lead = SCOPE.sub("", lead)
    words = EMPTY.sub("", PLACE.sub("", lead) if PLACE_ENDS.search(lead) else lead)
    return words if len(words) > SHORTEST else words + EMPTY.sub("", trail)[:8]


def _when(sentence: str) -> str:
    return "|".join(sorted(set(DIFFERENT.findall(sentence))))


def _where(sentence: str) -> str:
    places = PLACE.findall(sentence) if PLACE_ENDS.search(sentence) else ()
    return "|".join(sorted({place[-3:] for place in places}))


def _same_time_and_place(t: Structure, group: list[Said]) -> list[list[Said]]:
    """Mentions that nothing tells apart; a title's mention names neither time nor place and fits any."""
    clusters: list[list[Said]] = []
    for said in group:
        for cluster in clusters:
            if all(_fit(said, other) and not _apart_by_place(t, other, said) for other in cluster[-NEAREST:]):
                cluster.append(said)
                break
        else:
            clusters.append([said])
    return clusters


def _apart_by_place(t: Structure, one: Said, other: Said) -> bool:
    """Neighbours share the words between them by chance; rows of one pattern speak of two things."""
    if other.at == one.at + 1 and not CLAUSE_ENDS.search(t.s.text[t.s.at[one.at] : t.s.at[other.at]]):
        return True
    (value, words), (other_value, other_words) = one.before, other.before
    return value != other_value and len(words) == 2 and words == other_words and not one.title


def _before(t: Structure, i: int) -> tuple[Decimal | None, str]:
    """The value of the number before and the last signs of the words that lead to it; '' where there is none."""
    return (t.s.claims[i - 1].value, t.s.clauses[i - 1][-2:]) if i else (None, "")


def _fit(one: Said, other: Said) -> bool:
    in_title = one.title or other.title
    if one.when != other.when and not in_title and not _is_one_rate(one, other):
        return False
    if not (one.key.endswith(other.key) or other.key.endswith(one.key)):
        return False
    if in_title:
        return True
    longer, shorter = (one.key, other.key) if len(one.key) > len(other.key) else (other.key, one.key)
    more = longer.removesuffix(shorter)
    if more and DEEDS_ONLY.fullmatch(more) and FINDING.match(shorter):
        return False  # 整改查摆问题 is what was mended of what was found
    if more and not DEEDS_ONLY.fullmatch(more) and more not in (other if longer == one.key else one).sentence:
        return False
    return (
        one.where == other.where or _is_one_rate(one, other) or (bool(other.where) and not one.where and not one.scoped)
    )


def _is_one_rate(one: Said, other: Said) -> bool:
    """A rate with a long name of its own, told again without its time or place."""
    shorter = min(one.key, other.key, key=len)
    return shorter.endswith("率") and len(shorter) > SUFFIX and "" in (one.when, other.when) and not one.scoped


def _judged(t: Structure, cluster: list[Said], wording: Wording) -> Iterator[Finding]:
    if len(cluster) < 2:
        return
    claims = [t.claim(said.at) for said in cluster]
    ranges = [interval(c, wording) for c in claims]
    others = [c for c, r in zip(claims, ranges, strict=True) if not r.meets(ranges[0])]
    if not others:
        said = "、".join(dict.fromkeys(text_of(c) for c in claims))
        value = claims[0].value
        yield Finding("repeat", "consistent", spans(*claims), value, value, f"前后几处说的是同一个数：{said}，对得上。",
                      f"The same figure in several places agrees: {said}.")  # fmt: skip
    elif _is_slip(claims[0], others[0]):
        yield _differs(claims)


def _differs(claims: list[Claim]) -> Finding:
    odd = _odd_one(claims)
    said = "、".join(dict.fromkeys(text_of(c) for c in claims))
    first = next(c for c in claims if c.value != odd.value)
    return Finding("repeat", "contradiction", spans(*claims), odd.value, first.value,
                   f"同一个数前后说法不一：{said}。", f"One figure is stated differently: {said}.",
                   odd.span)  # fmt: skip


def _is_slip(one: Claim, other: Claim) -> bool:
    """Whether two values are near enough, or alike enough in digits, to be one figure written wrongly."""
    a, b = one.value or 0, other.value or 0
    if not a or not b:
        return False
    ratio = a / b
    alike = sorted(str(a).replace("0", "")) == sorted(str(b).replace("0", ""))
    return alike or (a >= 10 and b >= 10 and 0.6 <= float(ratio) <= 1.7)


def _odd_one(claims: list[Claim]) -> Claim:
    """The one that the others outvote; with two, the later."""
    values = [c.value for c in claims]
    return min(reversed(claims), key=lambda c: values.count(c.value))
