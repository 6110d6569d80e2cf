"""What every detector needs to know about a document before it looks at one relation.

The skeleton, the pairs of states set side by side, and which numbers stand aside: changes, earlier values and averages
are no parts of anything and no whole of anything.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, takewhile

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.comparisons import Comparison, comparisons, sign_of
from gangmu.reading.arithmetic.cues import BALLOTS, MATTERS, PEOPLE, PLACES, SCOPES
from gangmu.reading.arithmetic.judge import ONE_SIDED
from gangmu.reading.arithmetic.language import label, names, same_unit, shares_a_word
from gangmu.reading.arithmetic.marks import MARKS, PERCENT, QUANTITY
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim

AVERAGE = searched("每(?!年|月|季|天|日|周)|[人户村亩家场次件日月班]均(?!有|为|已|衡)|平均")
TOTAL_LIKE = pattern(r"共(?<!公共)(?!产|同|建|享|和|青|富|识)|总|全[国省市县区州乡镇街村社系行年]|现有|累计|合计|应")
AMONG_THEM = r"(?:中|里头?|当中|之中),"
NAMED_WHOLE = pattern(
    rf"(?P<thing>[^,。;:、()!?\n]{{2,16}}){AMONG_THEM}$|^(?P<other>[^,。;:、()!?\n]{{2,16}}){AMONG_THEM}"
)
COUNTED_WHOLE = pattern(rf"[^,。;:]{{0,6}}(?P<mark>[{QUANTITY}])[^,。;:、()!?\n{MARKS}]{AMONG_THEM}")  # 全县208个村中,
OPENED = pattern(r"[^,。;:、()]{0,8}中,")
BUDGET = pattern("预算|追加")  # what is granted adds up as what is spent does
BY_CLASS = pattern(r"(?:从|按|分)[^,。;:()]{1,10}?(?:分|看|划分|统计|区分|来看|上看|情况)[,:]")
CLASS_OF_PEOPLE = pattern("老年|老龄|青年|少年|儿童|妇女|残疾|低保|特困|贫困|脱贫|流动|户籍|常住|外来|劳动力|退休")
SHARED = pattern(r"[^。;\n]{0,4}占|\(占?$")
BEHIND_AMONG = pattern("[中里头],")
SHORTEST_HEAD, LONGEST_HEAD = 3, 120
LOOK_BACK = 14
FARTHEST = 120
MOST_BEFORE, MOST_IN_FORCE = 3, 4


@dataclass(frozen=True, slots=True)
class Structure:
    """A skeleton with its comparisons and the indices of the numbers that stand aside.

    `quantities` are the indices of all counts and amounts in order, `stocks` of those that do not stand aside;
    before those of `averaged` an average is spoken of. `addends` says of every claim whether it is a number that can be
    added up; `rows` are those of them behind which their sentence tells another in the same unit.
    """

    s: Skeleton
    claims: tuple[Claim, ...]
    comparisons: tuple[Comparison, ...]
    aside: frozenset[int]
    quantities: tuple[int, ...]
    stocks: tuple[int, ...]
    averaged: frozenset[int]
    addends: tuple[bool, ...]
    rows: tuple[int, ...]

    def claim(self, i: int) -> Claim:
        return self.s.claims[i]

    def is_quantity(self, i: int) -> bool:
        return self.s.marks[i] == QUANTITY

    def is_stock(self, i: int) -> bool:
        """Whether claim `i` is a quantity that stands for itself."""
        return self.s.marks[i] == QUANTITY and i not in self.aside

    def is_percent(self, i: int) -> bool:
        return self.s.marks[i] == PERCENT

    def stocks_before(self, i: int, start: int, most: int = LOOK_BACK) -> list[int]:
        """The quantities from text position `start` up to claim `i` that stand for themselves, nearest first."""
        near = self.s.between(start, self.s.at[i])
        return [j for j in reversed(near[-most:]) if self.is_quantity(j) and j not in self.aside]

    def is_part(self, j: int) -> bool:
        """Whether claim `j` is itself said to be a share of something: 36名，占30%."""
        after = j + 1
        if after >= len(self.s.at) or self.s.marks[after] != PERCENT:
            return False
        return SHARED.match(self.s.leads[after]) is not None

    def is_inside_of(self, j: int) -> bool:
        """Whether claim `j` only says what a share is taken of: 占干部总数*4300名*的两成."""
        return "占" in self.s.clauses[j] and self.s.trails[j].startswith("的")

    def is_total_like(self, j: int) -> bool:
        """Whether the words before claim `j` announce a whole."""
        return bool(TOTAL_LIKE.search(self.s.clauses[j]) or OPENED.match(self.s.trails[j]))


def structure(s: Skeleton) -> Structure:
    """Read the comparisons of a skeleton and set aside what is no stock."""
    pairs = tuple(comparisons(s))
    aside = {pair.old for pair in pairs} | {o.at for pair in pairs for o in pair.outcomes}
    quantities = tuple([i for i, mark in enumerate(s.marks) if mark == QUANTITY])
    averaged = frozenset(s.led_by(AVERAGE))
    aside.update(i for i in quantities if _is_change(s, i) or (i in averaged and AVERAGE.search(s.clauses[i])))
    stocks = tuple([i for i in quantities if i not in aside])
    addends = _addends(s, stocks)
    rows = tuple(_opening_rows(s, stocks, addends))
    return Structure(s, s.claims, pairs, frozenset(aside), quantities, stocks, averaged, addends, rows)


def _addends(s: Skeleton, stocks: tuple[int, ...]) -> tuple[bool, ...]:
    can = [False] * len(s.at)
    for i in stocks:
        claim = s.claims[i]
        told = claim.kind == "count" or claim.kind == "amount" or (claim.unit == "元" and BUDGET.search(s.clauses[i]))
        can[i] = bool(told) and claim.approx not in ONE_SIDED
    return tuple(can)


def _opening_rows(s: Skeleton, stocks: tuple[int, ...], addends: tuple[bool, ...]) -> list[int]:
    """The addends behind which their sentence has another of the same unit, in text order."""
    found = []
    behind: set[str | None] = set()
    start = len(s.text)
    for i in reversed(stocks):
        if not addends[i]:
            continue
        unit = s.claims[i].unit
        if s.at[i] < start:
            start = s.bounds[i][0]
            behind = {unit}
        elif unit in behind:
            found.append(i)
        else:
            behind.add(unit)
    return found[::-1]


def _is_change(s: Skeleton, i: int) -> bool:
    if s.claims[i].kind == "change":
        return True
    return ("比" in s.leads[i] or "较" in s.leads[i]) and sign_of(s, i) is not None


def wholes(t: Structure, part: int, named: str = "") -> list[tuple[int, bool]]:
    """The numbers that may be the whole of `part`, likeliest first; True where the words leave no other.

    `named` is how the text calls the whole (占*党员总数*的); empty where it does not.
    """
    found = _by_name(t, part, named) if names(named) else _by_place(t, part)
    seen: dict[int, bool] = {}
    for j, clear in found:
        if j != part and _countable(t.claims[j], t.claims[part]) and not _smaller(t.claims[j], t.claims[part]):
            seen[j] = seen.get(j, False) or (clear and _is_one_measure(t.claims[j], t.claims[part]))
    return list(seen.items())


def _countable(whole: Claim, part: Claim) -> bool:
    """Votes are counted against voters."""
    return same_unit(whole, part) or (part.unit in BALLOTS and whole.unit in PEOPLE)


def _is_one_measure(whole: Claim, part: Claim) -> bool:
    """Whether two measures are surely one: 个 may stand for 件, and for something else."""
    return whole.unit == part.unit or not (whole.unit in MATTERS | PLACES and part.unit in MATTERS | PLACES)


def _smaller(whole: Claim, part: Claim) -> bool:
    return (whole.value or 0) < (part.value or 0)


def _by_name(t: Structure, part: int, named: str) -> list[tuple[int, bool]]:
    scope = next((word for word in SCOPES if word in named), "")
    thing = names(named.replace(scope, "")) if scope else names(named)
    earlier = [j for j in _earlier(t, part) if _countable(t.claims[j], t.claims[part])]
    if not thing:
        return [(j, not scope or scope in _sentence(t, j)) for j in earlier if t.is_total_like(j)]
    fitting = [j for j in earlier if shares_a_word(thing, label(t.s, j)) or _is_all(t, j, thing)]
    if scope and not any(scope in _sentence(t, j) for j in fitting):
        far = [j for j in _long_before(t, part) if t.claims[j].unit == thing and scope in _sentence(t, j)]
        fitting += sorted(far, key=lambda j: t.claims[j].value or 0)[-1:]
    best = max((_likeness(thing, t, j) for j in fitting), default=0)
    good = not scope or any(scope in _sentence(t, j) for j in fitting)
    apart = frozenset(CLASS_OF_PEOPLE.findall(thing))
    return [
        (j, good and _likeness(thing, t, j) == best and _is_of(t, j, apart) and not is_narrower(t, j, thing))
        for j in fitting
    ]


def _is_of(t: Structure, j: int, apart: frozenset[str]) -> bool:
    """Whether the sentence of claim `j` speaks of a class at all that a whole is named by: 老年人口 is not 户籍人口."""
    return not apart or any(word in _sentence(t, j) for word in apart)


def is_narrower(t: Structure, j: int, thing: str) -> bool:
    """Whether a whole is named with a word in front that is not told of `j`: 建筑物火灾亡人 of 火灾死亡433人."""
    said = _sentence(t, j) + t.s.text[slice(*t.s.paragraph(t.s.at[j]))][:LONGEST_HEAD]
    head = "".join(takewhile(lambda sign: sign not in said, thing))
    return len(head) >= SHORTEST_HEAD and len(thing) > len(head) + 1


def _is_all(t: Structure, j: int, thing: str) -> bool:
    """`全村共有320户` for 总户数: the measure itself is what is counted."""
    return t.claims[j].unit == thing and t.is_total_like(j)


def _likeness(thing: str, t: Structure, j: int) -> int:
    words = label(t.s, j)
    return sum(thing[n : n + 2] in words for n in range(len(thing) - 1))


def _sentence(t: Structure, j: int) -> str:
    return t.s.text[slice(*t.s.bounds[j])]


def _long_before(t: Structure, part: int) -> tuple[int, ...]:
    """All stocks before `part`, far ones too: what a whole place has (全村312户) is told once, at the beginning."""
    last = bisect_left(t.stocks, part)
    return t.stocks[max(0, last - FARTHEST) : last]


def _earlier(t: Structure, part: int) -> tuple[int, ...]:
    """All stocks shortly before `part`, wherever, nearest first."""
    first = bisect_left(t.stocks, part - 2 * LOOK_BACK)
    return t.stocks[first : bisect_left(t.stocks, part)][::-1]


def _by_place(t: Structure, part: int) -> list[tuple[int, bool]]:
    """Where no name points at the whole: what 其中 or 中 opens, what is broken down, what leads the sentence."""
    s = t.s
    start = s.bounds[part][0]
    words = s.text[start : s.at[part]]
    among = BEHIND_AMONG.search(words)
    if named := among and (NAMED_WHOLE.search(words) or NAMED_WHOLE.search(words.rsplit(";", 1)[-1])):
        counted = COUNTED_WHOLE.match(words)  # a noun of one sign is no name to look for
        if counted and (j := s.at.index(start + counted.start("mark"))) in _like(t, part, _earlier(t, part)):
            return [(j, True)]
        return _by_name(t, part, named["thing"] or named["other"])
    opened = words.rfind("其中")
    if opened >= 0:
        alike = (j for j in _earlier(t, part) if s.at[j] < start + opened and same_unit(t.claims[j], t.claims[part]))
        before = (j for j in alike if not t.is_part(j) and not t.is_inside_of(j))
        return [(j, n == 0) for n, j in enumerate(islice(before, MOST_BEFORE))]
    inside = _like(t, part, [j for j in _earlier(t, part) if s.at[j] >= start])
    by_class = BY_CLASS.search(words)
    like = [j for j in inside if not t.is_part(j) and (not by_class or s.at[j] < start + by_class.start())]
    if not like:
        return _in_force(t, part, start)
    return [(j, len(like) == 1 or j == like[-1]) for j in like] + [(j, False) for j, _ in _in_force(t, part, start)]


def _in_force(t: Structure, part: int, start: int) -> list[tuple[int, bool]]:
    """The total that earlier sentences put before the reader: clear where it is the last one said of this measure."""
    before = _like(t, part, [j for j in _earlier(t, part) if t.s.at[j] < start])
    like = list(islice((j for j in before if not t.is_part(j) and t.is_total_like(j)), MOST_IN_FORCE))
    near = t.s.paragraph(t.s.at[part])[0]
    by_class = BY_CLASS.search(t.s.text[start : t.s.at[part]]) is not None
    first = [j for j in like[:1] if not _has_nearer(t, part, j) and (by_class or t.s.at[j] >= near)]
    return [(j, j in first) for j in like]


def _has_nearer(t: Structure, part: int, whole: int) -> bool:
    """`事项52800件…。收到评价40000条，…。差评160条`: a larger number in the part's own measure stands nearer."""
    one, other = t.claims[part], t.claims[whole]
    if one.unit == other.unit:
        return False
    near = [j for j in range(whole + 1, part) if t.claims[j].unit == one.unit and t.is_quantity(j)]
    return any((t.claims[j].value or 0) > (one.value or 0) for j in near)


def _like(t: Structure, part: int, those: Iterable[int]) -> list[int]:
    return [j for j in those if same_unit(t.claims[j], t.claims[part])]
