"""其中: a part lies inside its whole. Parts may overlap, so only a single part can break the rule."""

import re
from collections.abc import Iterator

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.judge import Result, added, rounded, spans, testable, text_of
from gangmu.reading.arithmetic.language import first_clause, same_unit
from gangmu.reading.arithmetic.limit import is_a_term
from gangmu.reading.arithmetic.marks import MARKS, PERCENT, QUANTITY
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import Wording, interval

OPENS = pattern(
    f"其中|包括|含|{QUANTITY}(?:[^,。;:、()!?\n{MARKS}]{{0,8}})中(?=,?(?:有|已有|仅有|只有|仍有)?{QUANTITY})"
)
STEP_WORDS = (
    ("发出|发放|印发", "收回|回收"),
    ("收回|回收|投票", "有效"),
    ("应到", "实到"),
    ("应参", "实际?参"),
    ("收到|征集|申报|报名|报送|推荐|参评|提交|提出", "评出|评选出|入选|获奖|录用|采用|采纳|入围|立案|获批|批准"),
    ("抽检|抽查|抽测|送检|检测|检验|检查|参检|受检", "合格|达标|优良|过关"),
    ("参训|培训|参加考试|应考|参考|报考|考试", "结业|取得|拿到|获得|考取|及格|通过|合格"),
    ("改造任务|计划改造|共有|现有", "其中已"),
)
STEPS = tuple(
    (pattern(f"(?:{one})(?:[^,。;]{{0,6}})$"), pattern(f"(?:{other})(?:[^,。;]{{0,4}})$")) for one, other in STEP_WORDS
)
# Steps that need one unit, since other things are counted beside them: 检查企业120家, 整改隐患136处.
OF_ONE_UNIT = (
    ("检出|查出|筛出|查实|确诊", "(?:已|均|全部)?(?:随访|复查|治疗|救治|转诊|干预|纳入管理)"),
    ("排查|摸排|查摆|梳理|发现", "已(?:经|全部)?(?:整改|销号|治理|消除|签约|建档|入户)"),
    ("发放|派发|投放|发出", "(?:核销|领取|签收|兑付)"),
    ("栽植|种植|移栽|补栽|栽种|栽下", "(?:成活|存活)"),
    ("录取|招收|招录", "(?:报到|入职|到岗)"),
    ("借出|外借|出借", "(?:归还|还回)"),
)
UNIT_STEPS = tuple(
    (pattern(f"(?:{one})[^,。;]{{0,6}}$"), pattern(f"^{other}[^,。;]{{0,5}}$")) for one, other in OF_ONE_UNIT
)
STEPPED = searched("|".join(one for one, _ in (*STEP_WORDS, *OF_ONE_UNIT)))
# 获一等奖的学生里，有57名: the whole is called by its name, and its number stands before.
NAMED_WHOLE = pattern(
    r"(?:^|[,;:。\n])(?:在|这)?(?P<name>[\u4e00-\u9fff]{3,12}?)(?:里头?|当中|之中|中),?[^,。;:]{0,10}$"
)
GIVEN = pattern("^(?:获得?|取得|拿到?|荣获|评为|当选)")
# 半数村医年龄在55岁以上，其中6人: the class has a share of its own and no number.
CLASS = pattern(r"^(?:以上|左右|多)?(?:的(?![,;。(]))?[\u4e00-\u9fff]{2}")
NAMED_SHARE = pattern(r"占|率|比例|比重|[达为是]$|[增减升降提高低]")
OF_ITS_PLACE = pattern("占(?:全|本|该)[省市县区州乡镇街村社]")  # 占人口的23%，其中石桥乡占全乡的三成: of another whole
# 占全国用水总量的54%，其中生活用水占同类用水的66%; 占18%，其中重刑率41%
OF_ANOTHER = pattern("占(?P<base>[^,。;:占]{2,})的$|(?P<rate>率)(?:为|是|达到?)?$")
MOST_PARTS = 8
HEADLESS = pattern(r",(?!其中|另|还|比|较|加上|占)[^,;:。最占]{2,}的(?:就|已|只|仅|共|都|则)?(?:有|为|是|达到?)?")
SOME = pattern("的(?:有|为|是)?$|其中|另|还|新|今年|本年|比|较")
COUNTED_AS = pattern("(?:为|是|有|共计?|合计|达到?)+$")
FAR_OVER = 8
MOST_OVER = 4
FAR = 60
OF_ITS_OWN = pattern(
    r"(?:共|已|先后|累计)?(?:吸纳|建立|设立|成立|组建|新建|建成|开展|举办|走访|服务|解决|收集|化解|培训|带动|吸引|引进|整合|打造|落实|办理|发放)"
)
NAMED_AMONG = pattern(rf"{QUANTITY}(?P<noun>[^,。;:、()!?\n{MARKS}]{{2,6}})中,[^,。;、()\n{MARKS}]{{0,10}}{QUANTITY}")


def parts_of(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every 其中 with a whole before it and parts of the same measure behind."""
    s = t.s
    for match in s.matches(OPENS):
        if match[0] in ("包括", "含") and s.text[match.start() - 1 : match.start()] not in ("(", ","):
            continue
        whole, parts = _whole_and_parts(t, match.end())
        if whole is not None and parts and not is_a_term(s.claims[whole]):
            yield from _judged(s.claims[whole], [s.claims[j] for j in parts], wording)
    yield from _among(s, wording)


def _among(s: Skeleton, wording: Wording) -> Iterator[Finding]:
    """`412名学员中，优秀学员41名`: the part is called by the whole's own noun."""
    for match in s.matches(NAMED_AMONG):
        i = s.index(match.start())
        whole, part = s.claims[i], s.claims[i + 1]
        named = match["noun"][-2:] in s.leads[i + 1].split("中,", 1)[-1]
        alike = named and whole.unit == part.unit and testable(whole, part)
        if alike and interval(part, wording).low > interval(whole, wording).high:
            yield exceeding(whole, part)


def some_of_named(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`一等奖52名。…获一等奖的学生里，有57名`: more than the one number told of what the words name."""
    if not t.is_quantity(i) or i in t.aside or t.claim(i).kind == "norm":
        return
    said = NAMED_WHOLE.search(t.s.leads[i])
    told = _called(t, i, said["name"]) if said and testable(t.claim(i)) else []
    if told and len({t.claim(j).value for j in told}) == 1:
        whole, part = t.claim(told[0]), t.claim(i)
        limit = interval(whole, wording).high
        if limit < interval(part, wording).low <= MOST_OVER * limit:
            yield exceeding(whole, part)


def _called(t: Structure, i: int, name: str) -> list[int]:
    """The numbers in the unit of claim `i` told of `name` before it, or of what was won: 一等奖 of 获一等奖的学生."""
    core = GIVEN.sub("", name.split("的")[0]) if GIVEN.match(name) and "的" in name else name
    near = [j for j in t.stocks_before(i, 0, FAR) if t.claim(j).unit == t.claim(i).unit and testable(t.claim(j))]
    return [j for j in near if any(told.endswith((name, core)) for told in _told(t, j))]


def _told(t: Structure, j: int) -> tuple[str, str]:
    return COUNTED_AS.sub("", t.s.clauses[j]), first_clause(t.s.trails[j])


def narrowing(t: Structure, first: int, wording: Wording) -> Iterator[Finding]:
    """`发出91张，收回91张，有效92张`: the step behind claim `first` can only keep or lose some of it."""
    i, s = first + 1, t.s
    if i == len(s.at) or not t.is_quantity(i) or not t.is_quantity(first):
        return
    wide, narrow = s.claims[first], s.claims[i]
    comparable = same_unit(wide, narrow) and testable(wide, narrow)
    if not comparable or interval(narrow, wording).low <= interval(wide, wording).high:
        return
    before, after = s.clauses[first], s.clauses[i]
    if _narrows(STEPS, before, after) or (wide.unit == narrow.unit and _narrows(UNIT_STEPS, before, after)):
        yield exceeding(wide, narrow)


def headless(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`在册志愿者2600人，注册满五年的860人`: a number behind 的 counts some of the noun told right before."""
    if i == 0 or not t.is_quantity(i) or i in t.aside or not HEADLESS.fullmatch(t.s.leads[i]):
        return
    part, whole = t.claims[i], t.claims[i - 1]
    if not _leads_its_sentence(t, i - 1) or part.unit != whole.unit or part.kind != whole.kind:
        return
    if part.kind == "norm" or not testable(whole, part):
        return
    limit = interval(whole, wording).high
    if limit < interval(part, wording).low <= MOST_OVER * limit:
        yield exceeding(whole, part)


def _leads_its_sentence(t: Structure, i: int) -> bool:
    """Whether claim `i` is the first of its sentence and tells a whole, not itself some of something."""
    first = i == 0 or t.s.at[i - 1] < t.s.bounds[i][0]
    return first and t.is_quantity(i) and i not in t.aside and not SOME.search(t.s.clauses[i])


def _narrows(steps: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...], before: str, after: str) -> bool:
    """Whether the two clauses tell two steps of which the second only keeps some of the first."""
    return any(one.search(before) and other.search(after) for one, other in steps)


def _whole_and_parts(t: Structure, place: int) -> tuple[int | None, list[int]]:
    s = t.s
    start, end = s.sentence(place)
    if start == place - 2:
        start = s.sentence(max(0, start - 2))[0]
    closing = s.text.find(")", place, end)
    if closing > 0 and "(" not in s.text[place:closing]:
        end = closing
    after = [j for j in s.between(place, end) if s.marks[j] in (QUANTITY, PERCENT) and j not in t.aside]
    before = s.between(start, place)
    if not after or not before:
        return None, []
    first = after[0]
    like = [
        j
        for j in before
        if j not in t.aside and s.marks[j] == s.marks[first] and _one_measure(s.claims[j], s.claims[first])
    ]
    if not like or (s.marks[first] == PERCENT and like[-1] != before[-1]) or _has_its_own_class(s, like[-1], before):
        return None, []
    # 共3名；另设一队，队员15人，其中民兵9人: a whole behind the semicolon is the one meant
    near = [j for j in like if ";" not in s.text[s.at[j] : place]]
    if any((s.claims[j].value or 0) >= (s.claims[first].value or 0) for j in near):
        like = near
    if not near and s.text[max(0, place - 3) : place].startswith(";") and not any(map(t.is_total_like, like)):
        return None, []  # 灭火83起、救助85起、勤务14起；其中虚假警16起: of all of them
    like = [j for j in like if "净" not in s.clauses[j]] or like  # 净添48名，其中本县的108名 is of the 144 before
    totals = [j for j in like if t.is_total_like(j)]
    whole = (totals or like)[-1]
    if s.marks[first] == PERCENT and _is_of_another_whole(s, whole, first):
        return None, []
    if not totals and s.bounds[whole] != s.sentence(place):
        whole = max(like, key=lambda j: s.claims[j].value or 0)
    return whole, _parts(s, after)


def _is_of_another_whole(s: Skeleton, whole: int, part: int) -> bool:
    """Whether a share behind 其中 is of a base that the share before it is not of, or a rate."""
    told, said = s.leads[whole], s.leads[part]
    one, other = OF_ANOTHER.search(said), OF_ANOTHER.search(told)
    if one and one["rate"]:
        return "率" not in told
    if one and other and other["base"]:
        bases = one["base"], other["base"]
        within = bases[0].startswith(bases[1]) or bases[1].startswith(bases[0])
        return not within and bases[0][-2:] != bases[1][-2:]
    return bool(OF_ITS_PLACE.search(said)) and not OF_ITS_PLACE.search(told)


def _has_its_own_class(s: Skeleton, last: int, before: range) -> bool:
    """Whether a share of things that nobody counted stands behind the last whole: 六成教师是外乡人，其中12人."""
    shares = (j for j in before if j > last and s.marks[j] == PERCENT and CLASS.search(s.trails[j]))
    return any(NAMED_SHARE.search(s.clauses[j]) is None for j in shares)


def _is_of_its_own(s: Skeleton, j: int) -> bool:
    """`其中6个街道成立联盟，吸纳成员单位186个`: what the part did, counted in the same measure by chance."""
    words = s.clauses[j]
    return s.trails[j - 1][:1] not in ("", ",", "、", ";", ")") and bool(OF_ITS_OWN.match(words))


def _parts(s: Skeleton, after: list[int]) -> list[int]:
    """The run of numbers after 其中 in the first one's measure, up to a new clause of another kind."""
    kind, first = s.marks[after[0]], s.claims[after[0]]
    parts: list[int] = []
    for j in after[:MOST_PARTS]:
        if parts and (";" in s.text[s.at[parts[0]] : s.at[j]] or _is_of_its_own(s, j)):
            break
        if s.marks[j] == kind and _one_measure(s.claims[j], first):
            parts.append(j)
        elif kind == PERCENT or s.marks[j] == QUANTITY:
            break
    return parts


def _one_measure(one: Claim, other: Claim) -> bool:
    return one.kind != "change" and other.kind != "change" and same_unit(one, other)


def _judged(whole: Claim, parts: list[Claim], wording: Wording) -> Iterator[Finding]:
    if not testable(whole, *parts):
        return
    limit = interval(whole, wording).high
    too_large = [p for p in parts if interval(p, wording).low > limit]
    if any((p.value or 0) > FAR_OVER * limit for p in too_large):
        return  # 八个特色产业，其中食用菌基地165个: counted of something else
    yield from (exceeding(whole, part) for part in too_large)
    total = added(parts, wording)
    if not too_large and total.reach.low <= limit:
        yield _within(whole, parts, total)


def _within(whole: Claim, parts: list[Claim], total: Result) -> Finding:
    said = text_of(whole)
    return Finding(
        "part_of", "consistent", spans(whole, *parts), whole.value, rounded(total.value),
        f"其中{total.shown}，不超过{said}。", f"Of which {total.shown}, within {said}.",
    )  # fmt: skip


def exceeding(whole: Claim, part: Claim) -> Finding:
    """The contradiction of a part that is more than its whole."""
    said, limit = text_of(part), text_of(whole)
    return Finding(
        "part_of", "contradiction", spans(whole, part), part.value, whole.value,
        f"其中的{said}多于全部的{limit}，对不上。",
        f"The part {said} exceeds its whole {limit}, which does not agree.", part.span,
    )  # fmt: skip
