"""When a number is not the whole that an indicator counts: an average, what is missing, a former value, a part.

Such a claim still gets proposals, but nothing is held against it until a person says what it means: a false alarm
costs more than a number left open.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from gangmu.catalog.definitions import Indicator
from gangmu.documents.rules.contexts import Context

AVERAGE = re.compile(r"[人户村社日月周场期次组]均|平均|每[人户村名位场期次日天周月]")
MISSING = re.compile(r"尚缺|缺少|空缺|尚未|仍有|还有|没有|未(?!成年|来)|不足以")
FORMER = re.compile(r"(?:由|从)[^,]*$")
GROWN = re.compile(
    r"^(?:件|个|名|户)?(?:增加|提高|提升|上升|增长|扩大|发展|下降|减少|降低|缩短|压缩|压减|升|降|增|减)(?:到|至|为)"
)
ASIDE = re.compile("(?:^|,)(?:其中|#|-|其他)|计划|目标|任务|预计|同期|增减|增长|增幅|占比|比重|排名|位次|得分|差距")
LEFT_OPEN = re.compile("未|在办|存量|剩余|均|每")


def is_no_whole(context: Context, one: Indicator) -> bool:
    """Whether the words around a claim say that it is no figure of `one`, whatever its name."""
    its_own = any(ASIDE.search(name) and name in context.own for name in one.names)
    if not context.sentence and ASIDE.search(context.segment) and not its_own:
        return True  # a row 其中老年人, a column 年度目标
    if context.claim.kind not in ("count", "amount"):
        return bool(FORMER.search(context.item) and GROWN.match(context.after))
    if FORMER.search(context.item) and GROWN.match(context.after):
        return True
    about_rest = any(LEFT_OPEN.search(name) for name in one.names)
    return not about_rest and bool(AVERAGE.search(context.item) or MISSING.search(context.item))


def parts(asked: Iterable[tuple[int, str, object]]) -> frozenset[int]:
    """Of claims (number, sentence, question) of one sentence that ask the same, all but the first.

    受理860件，其中老年人416件: the second is a part of the first, although its words name nothing else.
    """
    first: dict[tuple[str, object], int] = {}
    later: dict[tuple[str, object], list[int]] = defaultdict(list)
    for number, sentence, question in asked:
        if first.setdefault((sentence, question), number) != number:
            later[sentence, question].append(number)
    return frozenset(number for numbers in later.values() for number in numbers)
