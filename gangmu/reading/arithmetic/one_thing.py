"""Whether two mentions are of one thing: one name, one scope, one time, one kind. The one place that says so.

`商业，成交206套/12152平方米；办公楼，成交165套/9472平方米`: the same words in two rows, and what else each row tells
differs. `1至11月逮捕604人` and `全年逮捕664人` are of two times, `对民事案件提出建议` and `对行政案件提出建议` of two
names. Published reports are written in such rows; only what nothing tells apart is one figure told otherwise.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, takewhile

from gangmu.reading.arithmetic.language import first_clause, names, pairs
from gangmu.reading.arithmetic.marks import PERCENT
from gangmu.reading.arithmetic.repeat_cues import EMPTY, SCOPE
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern

# 12月份 is not 1—12月.
SPAN = pattern(r"(?:\d{1,2}月?份?[-—–~至到]+)?\d{1,2}月")
ALL_YEAR = pattern("全年")
DEED = pattern("受理|新收|收案|审结|办结|结案|执结|立案|逮捕|起诉|不捕|登记|竣工|开工|判决")
CLASS = pattern(r"^(?P<own>[\u4e00-\u9fff]{2,12}?)阶段")
OF_A_CLASS = pattern("(?:以上|以下|以内)的")
AMONG = pattern("[^。;]{0,16}(?:中|里|当中),")  # 54.4万名村书记中，大专以上的占17.4%: it is the whole
JOINTS = frozenset(("", "/", "、", "(", ","))  # right between two measures of one thing: 50件63人, 206套/12152平方米
NEAREST = 4  # numbers on either side that may belong to one row with a mention
LONG_NAME, LONG_ENDING, OWN_NAME, SHORT_NAME = 4, 6, 3, 5


def are_two(t: Structure, at: Sequence[int]) -> bool:
    """Whether what is called one figure is told of two things, or is the share of several numbers."""
    return _are_of_two_times(t, at) or _are_of_two_scopes(t, at) or _are_of_two_kinds(t, at) or _are_rows(t, at)


def _are_of_two_times(t: Structure, at: Sequence[int]) -> bool:
    spans = [frozenset(SPAN.findall(_sentence_to(t, j))) for j in at]
    if all(len(months) == 1 for months in spans) and len(set(spans)) > 1:
        return True
    of_year = [
        not months and ALL_YEAR.search(_sentence_to(t, j)) is not None for j, months in zip(at, spans, strict=True)
    ]
    told = all(year or months for year, months in zip(of_year, spans, strict=True))
    return any(of_year) and told and not all(of_year)  # 1至11月逮捕60.4万人。…全年逮捕66.4万人


def _are_of_two_scopes(t: Structure, at: Sequence[int]) -> bool:
    """`城镇居民支出19860元，其中交通2217元。农村居民支出9903元。其中，交通1398元`: parts of two wholes of one unit."""
    wholes = [_opened_by(t, j) for j in at]
    return None not in wholes and len({t.claims[w].value for w in wholes if w is not None}) == len(at)


def _are_of_two_kinds(t: Structure, at: Sequence[int]) -> bool:
    deeds = [set(DEED.findall(t.s.clauses[j])) for j in at]
    classes = {found["own"] for j in at if (found := CLASS.match(_opening(t, j)))}
    return (
        _are_shares_of_several(t, at)
        or len(classes) == len(at)
        or any(OF_A_CLASS.match(t.s.trails[j]) for j in at)
        or (all(deeds) and not set.intersection(*deeds))
        or len({whom for j in at if (whom := _whom(t, j))}) == len(at)
        or (
            not any(t.claims[j].span in t.s.title for j in at)  # a title names who reports, not whom it is of
            and _are_of_two_names(t.s.clauses[at[0]], t.s.clauses[at[-1]])
        )
    )


def _are_rows(t: Structure, at: Sequence[int]) -> bool:
    """Whether every two mentions stand in two rows of one pattern, each with numbers of its own."""
    return all(_are_items(t, one, other) or _differ_beside(t, one, other) for one, other in combinations(at, 2))


def _are_items(t: Structure, one: int, other: int) -> bool:
    """`甲校参加人数1383人；…开展宣传21次，参加人数1205人`: items of one list, and a name too short to be of all."""
    if t.s.bounds[one] != t.s.bounds[other] or t.is_total_like(one) or t.is_total_like(other):
        return False
    a, b = (_name(t.s.clauses[j]) for j in (one, other))
    if other == one + 1 and min(len(a), len(b)) > 1 and a not in b and b not in a:
        return True  # 占地面积5422平方米，建筑面积4522平方米
    return ";" in t.s.text[t.s.at[one] : t.s.at[other]] and min(len(a), len(b)) <= SHORT_NAME


def _differ_beside(t: Structure, one: int, other: int) -> bool:
    """Whether a number that stands by both mentions in the same words has two values: the rows are of two things."""
    beside = dict(_beside(t, one))
    return any(beside.get(key, value) != value for key, value in _beside(t, other))


def _beside(t: Structure, i: int) -> Iterator[tuple[tuple[object, ...], object]]:
    """What stands in one row with claim `i`: on which side, in which words and measure, and the value.

    The nearest on either side is known by its measure alone where no more than a joint is between: 50件63人.
    """
    for j in range(max(0, i - NEAREST), min(len(t.s.at), i + NEAREST + 1)):
        if j == i or t.s.bounds[j] != t.s.bounds[i] or t.claims[j].value is None:
            continue
        if ";" in t.s.text[t.s.at[min(i, j)] : t.s.at[max(i, j)]]:
            continue
        side, words = j > i, t.s.clauses[j]
        measure = t.s.marks[j], t.claims[j].unit
        of_it = j == i - 1 and t.s.marks[i] == PERCENT and t.s.leads[i].startswith(",")  # 2539名，完成率100.3%
        if of_it or (abs(j - i) == 1 and t.s.leads[max(i, j)] in JOINTS):
            yield (side, "", measure), t.claims[j].value
        elif len(names(words)) >= LONG_NAME:
            yield (side, words, measure), t.claims[j].value


def _are_of_two_names(one: str, other: str) -> bool:
    """`对民事执行活动提出检察建议` and `对行政执行活动提出检察建议`, `北街博物馆接待游客` and `南山古镇接待游客`."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(other), strict=False))
    ending = sum(1 for _ in alike)
    heads = [_name(said[: len(said) - ending]) for said in (one, other)]
    if ending < OWN_NAME or not all(len(head) > 1 for head in heads) or heads[0] == heads[1]:
        return False
    if ending >= LONG_ENDING and len(heads[0]) == len(heads[1]) and heads[0][0] == heads[1][0]:
        return True
    return all(len(head) >= OWN_NAME for head in heads) and pairs(heads[0]).isdisjoint(pairs(heads[1]))


def _name(words: str) -> str:
    return names(EMPTY.sub("", SCOPE.sub("", words)))


def _whom(t: Structure, j: int) -> str:
    """What the number right before a figure counts, in its part of the sentence: 56.7万名村书记中，…8.1万人."""
    told = j > 0 and t.s.bounds[j - 1][0] == t.s.bounds[j][0] and ";" not in t.s.leads[j]
    thing = first_clause(t.s.trails[j - 1]) if told else ""
    of_them = t.s.marks[j] == PERCENT or AMONG.match(t.s.trails[j - 1]) is not None
    return thing if of_them and len(thing) >= LONG_NAME else ""


def _are_shares_of_several(t: Structure, at: Iterable[int]) -> bool:
    """`咨询的27929件，占总量的59.87%；转办的18724件，占总量的40.13%；举报占总量的2.1%`: each of its own."""
    shares = [j for j in at if t.s.marks[j] == PERCENT and t.s.clauses[j].lstrip(")").startswith("占")]
    return len(shares) > 1 and len({_part_of(t, j) for j in shares}) == len(shares)


def _part_of(t: Structure, j: int) -> object:
    """What a share is of, told before its 占: the number, or the words where nobody counted it."""
    said = _name(t.s.leads[j].rpartition("占")[0])
    counted = j > 0 and t.s.bounds[j - 1] == t.s.bounds[j]
    return t.claims[j - 1].value if counted and not said else said


def _opened_by(t: Structure, j: int) -> int | None:
    """The number in the unit of claim `j` that stands last before the 其中 of its sentence."""
    start = t.s.bounds[j][0]
    opened = t.s.text.rfind("其中", start, t.s.at[j])
    if opened < 0:
        return None
    first = t.s.sentence(max(0, start - 2))[0] if opened == start else start
    told = [k for k in t.s.between(first, opened) if t.is_quantity(k) and t.claims[k].unit == t.claims[j].unit]
    return told[-1] if told else None


def _sentence_to(t: Structure, j: int) -> str:
    return t.s.text[t.s.bounds[j][0] : t.s.at[j]]


def _opening(t: Structure, j: int) -> str:
    start = t.s.bounds[j][0]
    return names(t.s.text[start : start + 20])
