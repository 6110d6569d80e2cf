"""Some of the parts added up again by their names: 满意1246人，基本满意598人，不满意156人。满意与基本满意合计1844人."""

import re
from collections.abc import Iterator

from gangmu.reading.arithmetic.adding import judged
from gangmu.reading.arithmetic.judge import testable
from gangmu.reading.arithmetic.language import names, same_unit
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

TOGETHER = "合计|合起来|合在一起|加起来|加在一起|相加|总计|共计|总共|一共|共|之和"
SUMMED = pattern(
    r"(?P<named>[^,;:。()]{1,12}?(?:[、与和及加][^,;:。()、与和及加]{1,10}?)+?)(?:这)?"
    r"(?:(?<!第)[两二三四五][\u4e00-\u9fff]{1,2}|[两二三四五]个[\u4e00-\u9fff]{1,2})?(?:的)?(?:人数|户数|金额|面积|数量|票数)?"
    rf"(?:{TOGETHER})(?:就|正好|刚好)*(?:为|是|有|达到?)?$"
)
BETWEEN = pattern("[、与和及加]")
QUOTES = pattern("[“”\"'「」的者类]|^(?:前述|上述|以上|前面)(?:[说讲提]到)?")
FARTHEST = 16


def total_by_name(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """Whether number `i` is the total of the earlier ones that the words before it call, each by its own name."""
    said = SUMMED.search(t.s.leads[i]) if t.is_quantity(i) and i not in t.aside else None
    parts = _parts(t, i, said) if said else []
    if parts and testable(t.claim(i), *(t.claim(j) for j in parts)):
        yield judged(t.claim(i), tuple(t.claim(j) for j in parts), wording)


def calls_others(t: Structure, row: list[int], total: int) -> bool:
    """Whether the words before a total call anything that no number of the row is told of: 男生和老师合计."""
    said = SUMMED.search(t.s.leads[total])
    told = [_bare(t.s.clauses[j]) for j in row]
    called = map(_bare, BETWEEN.split(said["named"])) if said else ()
    return any(not any(name in clause for clause in told) for name in called)


def called_in(t: Structure, row: tuple[int, ...], total: int) -> tuple[int, ...]:
    """Those of a row that the words before its total call by their names; all of it where they call none or one."""
    said = SUMMED.search(t.s.leads[total])
    called = {_bare(name) for name in BETWEEN.split(said["named"])} if said else set()
    named = tuple(j for j in row if _bare(t.s.clauses[j]) in called)
    return named if len(named) > 1 else row


def _parts(t: Structure, i: int, said: re.Match[str]) -> list[int]:
    """The one number told under each of the names, none of them twice; [] where a name has none or several."""
    parts: list[int] = []
    for name in BETWEEN.split(said["named"]):
        found = _called(t, i, _bare(name))
        if len(found) != 1 or found[0] in parts:
            return []
        parts += found
    return sorted(parts)


def _called(t: Structure, i: int, name: str) -> list[int]:
    near = t.stocks_before(i, t.s.paragraph(t.s.at[i])[0], FARTHEST)
    return [j for j in near if same_unit(t.claim(j), t.claim(i)) and name and _bare(t.s.clauses[j]) == name]


def _bare(words: str) -> str:
    return QUOTES.sub("", names(words)).strip("、和及与")
