"""Two numbers called by their names, by 前者 and 后者, or simply set against each other, and what lies between them."""

import re
from collections.abc import Iterator

from gangmu.reading.arithmetic.clauses import first_clause
from gangmu.reading.arithmetic.cues import THEN
from gangmu.reading.arithmetic.judge import agrees, divided, finding, subtracted, testable
from gangmu.reading.arithmetic.language import names, same_unit
from gangmu.reading.arithmetic.marks import POINTS, TIMES
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding, FindingType
from gangmu.reading.wording import Wording

BY_NAME = pattern(
    r"(?P<one>[^,;:。比较]{0,10})[比较](?P<other>[^,;:。比较]{1,10}?)(?P<more>[多少高低快慢长短])(?:了|出)?$"
)
IN_TURN = pattern(r"(?P<one>前者|后者)(?:[比较](?:前者|后者))?(?P<more>[多少高低快慢长短])(?:[\u4e00-\u9fff]|出了)?$")
APART = pattern(r"^[,;](?:两者|二者|两个?[组地村班])?(?:相差|差距(?:为|是)?|差)了?$")
OF_NAME = pattern(r"(?P<one>[^,;:。是]{2,10})是(?P<other>[^,;:。是]{2,10})的(?:近|约|将近)?$")
NUMBER_OF = pattern("(?:人数|户数|批次|次数|总数|总量|数量|数|量)$")
SMALLER = "少低慢短"
NEAREST, FULL_NAME = 8, 4
Pair = tuple[int, int]


def named(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """The difference or multiple that claim `i` tells of two numbers which the sentence calls by name or in turn."""
    if i < 2:
        return
    if t.s.marks[i] == TIMES:
        yield from _times(t, i, wording)
        return
    pair = _by_name(t, i) or _in_turn(t, i)
    if pair is not None and testable(t.claims[pair[0]], t.claims[pair[1]], t.claims[i]):
        yield from _between(t, pair, i, wording)


def _by_name(t: Structure, i: int) -> Pair | None:
    """`六年级92.3%，五年级88.9%，六年级比五年级高3.4个百分点`: the larger and the smaller as the words say."""
    lead = t.s.leads[i]
    said = BY_NAME.search(lead) if ("比" in lead or "较" in lead) else None
    if said is None or re.search(THEN, said["other"]):
        return None
    other = _called(t, i, said["other"])
    one = _called(t, i, said["one"]) if names(said["one"]) else _its_neighbour(t, i, other)
    if one is None or other is None or one == other:
        return None
    return (other, one) if said["more"] in SMALLER else (one, other)


def _in_turn(t: Structure, i: int) -> Pair | None:
    """`居民70.3%，职工84.1%，后者高出13.8个百分点`; `我们86.5分，他们91.2分，差4.7分`."""
    lead = t.s.leads[i]
    if t.s.at[i - 2] < t.s.bounds[i][0]:
        return None
    said = IN_TURN.search(lead) if "者" in lead else None
    if said is not None:
        one, other = (i - 2, i - 1) if said["one"] == "前者" else (i - 1, i - 2)
        return (other, one) if said["more"] in SMALLER else (one, other)
    if "差" not in lead or not APART.search(lead):
        return None
    return (i - 2, i - 1) if (t.claims[i - 2].value or 0) > (t.claims[i - 1].value or 0) else (i - 1, i - 2)


def _called(t: Structure, i: int, name: str) -> int | None:
    """The nearest number of the paragraph before claim `i` whose own clause begins with `name`."""
    start = t.s.paragraph(t.s.at[i])[0]
    near = [j for j in range(i - 1, max(-1, i - NEAREST), -1) if t.s.at[j] >= start]
    return next((j for j in near if t.s.clauses[j] and _begins(t, j, name)), None)


def _counted(t: Structure, i: int, name: str) -> int | None:
    """The one number of the sentence that counts what `name` is the number of: 613人报名 for 报名人数."""
    core = names(NUMBER_OF.sub("", name))
    near = [j for j in t.s.between(t.s.bounds[i][0], t.s.at[i]) if t.is_quantity(j) and j not in t.aside]
    fitting = [j for j in near if len(core) > 1 and (first_clause(t.s.trails[j]) or t.s.clauses[j]).startswith(core)]
    return fitting[0] if len(fitting) == 1 else None


def _its_neighbour(t: Structure, i: int, other: int | None) -> int | None:
    """`我县34%，全市41%，比全市低7个百分点`: what is compared with the one that is named stands beside it."""
    if other not in (i - 1, i - 2) or t.s.at[i - 2] < t.s.bounds[i][0]:
        return None
    return i - 1 if other == i - 2 else i - 2


def _begins(t: Structure, j: int, name: str) -> bool:
    """Whether the clause of a number opens with a name, or ends with it behind a verb: 撬动社会资本589万元."""
    told, called = names(t.s.clauses[j]), names(name)
    return told.startswith(called) or (len(called) >= FULL_NAME and told.endswith(called))


def _between(t: Structure, pair: Pair, i: int, wording: Wording) -> Iterator[Finding]:
    one, other, stated = t.claims[pair[0]], t.claims[pair[1]], t.claims[i]
    points = t.is_percent(pair[0]) and t.is_percent(pair[1]) and t.s.marks[i] == POINTS
    alike = t.is_quantity(i) and t.is_quantity(pair[0]) and t.is_quantity(pair[1])
    if points or (alike and same_unit(one, other) and same_unit(one, stated)):
        result = subtracted(one, other, wording)
        kind: FindingType = "points" if points else "difference"
        yield finding(kind, stated, (one, other), result, holds=agrees(result, stated, wording))


def _times(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`结婚登记780对，离婚登记312对，结婚登记是离婚登记的2.5倍`."""
    said = OF_NAME.search(t.s.leads[i])
    if said is None or re.search(THEN, said["other"]):
        return
    one, other = _called(t, i, said["one"]), _called(t, i, said["other"])
    if one is None or other is None or one == other or not same_unit(t.claims[one], t.claims[other]):
        one, other = _counted(t, i, said["one"]), _counted(t, i, said["other"])
    if one is None or other is None or one == other:
        return
    stated = t.claims[i]
    if testable(t.claims[one], t.claims[other]) and stated.value is not None:
        result = divided(t.claims[one], t.claims[other], wording)
        if result is not None:
            holds = agrees(result, stated, wording)
            yield finding("multiple", stated, (t.claims[one], t.claims[other]), result, holds=holds, unit="倍")
