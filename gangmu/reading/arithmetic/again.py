"""A figure taken up again further off, in other words: the wrong one of the two shows by its digits.

`登记968件。…本季度登记的986件中` speaks of figures the reader knows already. Where nothing in the text has that value
and one earlier figure of the same thing differs by a slip of the pen, the two are held against each other.
"""

import re
from collections.abc import Iterator

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.clauses import first_clause, last_clause
from gangmu.reading.arithmetic.cues import THEN
from gangmu.reading.arithmetic.grids import Cell, Grid
from gangmu.reading.arithmetic.judge import spans, text_of
from gangmu.reading.arithmetic.language import label, names, pairs, topic
from gangmu.reading.arithmetic.marks import MARK
from gangmu.reading.arithmetic.miswritten import differ_by_a_slip
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import Wording, interval

KNOWN = pattern(r"(?P<said>[^,;:。、的]{2,14})的$")
THESE = pattern(r"(?:这|上述|以上|前述|该)$")
KNOWN_ENDS = ("的", "这", "上述", "以上", "前述", "该", "从", "在")
LOOKED_AT = pattern(r"^[^,;:。]{1,8}(?:来?看|中|里)")  # 从2976份有效问卷看, 在2976份有效问卷中
REPEATED = pattern(r"再[报说讲念]一遍|重复一[遍下]|再重申|再强调一[遍下]")
REPEATED_SIGN = pattern("再|重复")
LOOKED_BACK = pattern(r"^[^,;。]{0,8}下来,")
WE_DID = pattern(r"我们[^,;。]{0,6}[\u4e00-\u9fff]了$")
NOT = pattern(r"未|没|不|尚")
AS_OF = pattern(r"截[至止到][^,的]{0,8}?[底末日前止]")
TIMES = rf"{THEN}|\d{{1,2}}月|[一二三四]季度|[上下]半年|明年|下一步"
ANOTHER_TIME = searched(TIMES)
PART = pattern(r"其中|另|剩|余|其他|平均|每|最|计划|目标|任务|应|首批|第[一二三四五六七八九十\d]|各")
PLACE = pattern(r"[\u4e00-\u9fff]{1,3}(?:县|区|乡|镇|街道|村|社区|支部|学校)")
# 全镇 is no other place; 下乡 and 小区 are none at all.
SAME_PLACE = pattern("[全本我][省市县区州乡镇村]|[今去上]年|各|所有|[下返回进入驻城]乡|[进入驻包农]村|[小辖园景片]区")
SESSIONS = frozenset({"场", "期", "轮", "趟", "堂", "批"})
FARTHEST = 40
NAMED = 4  # pairs of signs that the title's words have in common with those that name its figure again
EARLIER = 600  # a number told longer ago is not looked up again
SESSIONS_BACK = 120
NEAR_ENOUGH = 0.8, 1.25
MOST_ROWS = 200


def taken_up_again(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every figure that a later sentence, the title or the prose beside a table takes up again."""
    repeated = REPEATED_SIGN.search(t.s.text) is not None
    for i in t.stocks:
        if i == 0 or t.claims[i].approx is not None:
            continue
        if _is_known(t, i):
            yield from _judged(t, i, _told(t, i))
        elif repeated and _is_repeated(t, i):
            yield from _judged(t, i, _of_one_topic(t, i), digits=False)
        elif t.claims[i].unit in SESSIONS and _looks_back(t, i):
            yield from _judged(t, i, _wholes_of_sessions(t, i), digits=False)
    yield from _in_title(t, wording)
    yield from _of_cells(t)


def _is_known(t: Structure, i: int) -> bool:
    """`本季度登记的986件`, `这986件`: the words take the number as told."""
    clause = t.s.clauses[i]
    if not clause.endswith(KNOWN_ENDS):
        return False
    if clause.endswith(("从", "在")):
        return LOOKED_AT.match(t.s.trails[i]) is not None
    said = KNOWN.search(clause)
    return bool(THESE.search(clause) or (said and not PART.search(clause) and len(names(said["said"])) > 1))


def _is_repeated(t: Structure, i: int) -> bool:
    """`再报一遍，是63个`."""
    low, place = t.s.at[i] - 2 * FARTHEST, t.s.at[i]
    if not REPEATED_SIGN.search(t.s.text, max(0, low), place):
        return False
    return REPEATED.search(_said_before(t, i)[-FARTHEST:]) is not None


def _looks_back(t: Structure, i: int) -> bool:
    """`八期培训下来，`; `“我们跑了48场`."""
    return bool(LOOKED_BACK.match(t.s.trails[i] + ",") or WE_DID.search(t.s.clauses[i]))


def _wholes_of_sessions(t: Structure, i: int) -> list[int]:
    """The earlier numbers of sessions that are told as all of them, or of the time that the later sentence names."""
    if PART.search(t.s.leads[i]):
        return []
    now = set(ANOTHER_TIME.findall(t.s.leads[i]))
    alike = [
        j
        for j in range(max(0, i - SESSIONS_BACK), i)
        if t.claims[j].unit == t.claims[i].unit and t.is_quantity(j) and j not in t.aside
    ]
    sentences = {j: t.s.text[t.s.bounds[j][0] : t.s.at[j]] for j in alike}
    if now:
        return [j for j in alike if now <= set(ANOTHER_TIME.findall(sentences[j])) and not PART.search(t.s.clauses[j])]
    return [j for j in alike if t.is_total_like(j) or t.claims[j].span in t.s.title]


def _said_before(t: Structure, i: int) -> str:
    return MARK.sub("", t.s.text[max(t.s.paragraph(t.s.at[i])[0], t.s.at[i] - 2 * FARTHEST) : t.s.at[i]])


def _told(t: Structure, i: int) -> list[int]:
    """The earlier numbers of the same thing: one unit, the same words, one time and place, all or none denied."""
    clause = AS_OF.sub("", t.s.clauses[i])
    words = clause + first_clause(t.s.trails[i])[:FARTHEST]
    subject = pairs(names(ANOTHER_TIME.sub("", words)))
    fitting = []
    for j in range(i - 1, max(-1, i - FARTHEST), -1):
        if (
            t.claims[j].unit != t.claims[i].unit
            or not t.is_quantity(j)
            or j in t.aside
            or t.claims[j].approx is not None
            or (t.s.bounds[j] == t.s.bounds[i] and not THESE.search(clause))
        ):
            continue
        sentence = t.s.text[t.s.bounds[j][0] : t.s.at[j]]
        told = sentence + first_clause(t.s.trails[j])
        if subject & pairs(topic(t.s, j) + told) and not _is_apart(clause, told, t.s.clauses[j]):
            fitting.append(j)
    return fitting


def _is_apart(clause: str, told: str, own: str) -> bool:
    """Whether words of time, place or denial, or 其中, tell two mentions apart."""
    if bool(NOT.search(clause)) != bool(NOT.search(told)) or PART.search(own):
        return True
    now, then = set(ANOTHER_TIME.findall(clause)), set(ANOTHER_TIME.findall(told))
    places = [p for p in PLACE.findall(SAME_PLACE.sub("", clause)) if p not in told]
    return (
        bool(now and then and not now & then)
        or bool(re.search(THEN, clause)) != bool(re.search(THEN, told))
        or bool(places)
    )


def _of_one_topic(t: Structure, i: int) -> list[int]:
    """`有物业管理的到底多少？再报一遍，是63个`: the numbers of the paragraph whose words the question repeats."""
    topic = pairs(names(_said_before(t, i)[-FARTHEST:].split("再")[0]))
    near = t.stocks_before(i, t.s.paragraph(t.s.at[i])[0]) + [j for j in range(max(0, i - FARTHEST), i) if j in t.aside]
    alike = [j for j in near if t.claims[j].unit == t.claims[i].unit and t.is_quantity(j)]
    sentences = {j: t.s.text[t.s.bounds[j][0] : t.s.at[j]] for j in alike}
    return sorted((j for j in alike if len(topic & pairs(sentences[j])) > 1), reverse=True)


def _judged(t: Structure, i: int, told: list[int], *, digits: bool = True) -> Iterator[Finding]:
    """The numbers told before, against the one that takes them up; `digits` where only a slip of digits counts."""
    claim = t.claims[i]
    same = [j for j in told if t.claims[j].value == claim.value]
    if same:
        yield _agreeing(claim, t.claims[same[0]])
        return
    if any(c.value == claim.value and c.unit == claim.unit for c in t.s.claims[max(0, i - EARLIER) : i]):
        return
    slipped = [j for j in told if (_is_slip(claim, t.claims[j]) if digits else _is_near(claim, t.claims[j]))]
    if len({t.claims[j].value for j in slipped}) == 1:
        yield differing(t.claims[slipped[0]], claim)


def _digits(claim: Claim) -> str:
    return str(int(claim.value or 0)).rstrip("0")


def _is_slip(one: Claim, other: Claim) -> bool:
    """Digits in another order, or one digit otherwise, and no great difference."""
    a, b = _digits(one), _digits(other)
    if len(a) != len(b) or len(a) < 2 or not _is_near(one, other):
        return False
    return sorted(a) == sorted(b) or sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _is_near(one: Claim, other: Claim) -> bool:
    ratio = float((one.value or 0) / (other.value or 1))
    return NEAR_ENOUGH[0] <= ratio <= NEAR_ENOUGH[1] and one.value != other.value


def _in_title(t: Structure, wording: Wording) -> Iterator[Finding]:
    """The title's figure and the first of the body that is told in its words, where none of the body is the title's."""
    titled = [i for i in range(len(t.s.at)) if t.claims[i].span in t.s.title and t.is_quantity(i)]
    for i in titled:
        subject, claim = pairs(names(label(t.s, i))), t.claims[i]
        body = [
            j for j in range(len(t.s.at)) if j not in titled and t.claims[j].unit == claim.unit and t.is_quantity(j)
        ]
        covers = interval(claim, wording)
        if claim.kind not in ("count", "amount") or any(interval(t.claims[j], wording).meets(covers) for j in body):
            continue
        named = [j for j in body if len(subject & pairs(label(t.s, j))) >= NAMED and _is_slip(claim, t.claims[j])]
        told = named or [j for j in body if len(subject & pairs(label(t.s, j))) > 1 and not PART.search(label(t.s, j))]
        if told and (_is_slip(claim, t.claims[told[0]]) or _is_near(claim, t.claims[told[0]])):
            yield differing(claim, t.claims[told[0]])


def _of_cells(t: Structure) -> Iterator[Finding]:
    """`光伏分红上半年为16800元` beside a table whose row 光伏分红 has 18600 in the column 上半年."""
    named = [(row, grid) for grid in t.s.grids for row in grid.rows[:MOST_ROWS] if len(row[0].words) > 1]
    for i in range(len(t.s.at)) if named and len(named) < MOST_ROWS else ():
        if t.is_quantity(i) and t.claims[i].kind in ("count", "amount") and t.claims[i].approx is None:
            yield from _of_cell(t, i, named)


def _of_cell(t: Structure, i: int, named: list[tuple[tuple[Cell, ...], Grid]]) -> Iterator[Finding]:
    told = MARK.sub("", t.s.text[t.s.bounds[i][0] : t.s.at[i]])
    place, row, grid = max(((told.rfind(r[0].words), r, g) for r, g in named), key=lambda found: found[0])
    words = told[place:]
    if place < 0 or len(words) > FARTHEST or MARK.search(words) or PART.search(last_clause(words)):
        return
    said = pairs(words.replace(row[0].words, ""))
    fit = [len(pairs(head) & said) if c else 0 for c, head in enumerate(grid.headings)]
    columns = [c for c, likeness in enumerate(fit) if likeness and likeness == max(fit)]
    asked = (c for c in columns or range(1, len(row)) if f"{t.claims[i].unit}次" not in grid.headings[c])  # 人 of 人次
    cells = [row[c].claim for c in asked]
    counted = [c for c in cells if c is not None and c.kind in ("count", "amount") and len(_digits(c)) > 1]
    claim = t.claims[i]
    same = [c for c in counted if _digits(c) == _digits(claim)]
    if same and len(_digits(claim)) > 1:
        yield _agreeing(same[0], claim)
        return
    meant = counted if columns else [c for c in counted if sorted(_digits(c)) == sorted(_digits(claim))]
    few = len(meant) == 1 and len(_digits(claim)) > (1 if columns else 2)
    if few and _written(meant[0]) and differ_by_a_slip(_written(meant[0]), _written(claim)):
        yield differing(meant[0], claim)


def _written(claim: Claim) -> str:
    return str(int(claim.value or 0))


def _agreeing(one: Claim, other: Claim) -> Finding:
    said = "、".join(dict.fromkeys((text_of(one), text_of(other))))
    return Finding(
        "repeat", "consistent", spans(one, other), one.value, one.value,
        f"前后几处说的是同一个数：{said}，对得上。", f"The same figure in several places agrees: {said}.",
    )  # fmt: skip


def differing(first: Claim, later: Claim) -> Finding:
    """The finding that one figure is told in two ways."""
    said = f"{text_of(first)}、{text_of(later)}"
    return Finding(
        "repeat", "contradiction", spans(first, later), later.value, first.value,
        f"同一个数前后说法不一：{said}。", f"One figure is stated differently: {said}.", later.span,
    )  # fmt: skip
