"""Which claims stand in one arithmetic or 'of which' chain (the guideline's §1.6, group)."""

import re
from dataclasses import replace

from gangmu.reading.values import Claim

_CHAIN = re.compile(r"其中|占|率|比例|分别|同比|环比|增长|下降|比上年|较上年|提高|减少|增加|共计|合计|总计|人均|户均|还差|任务|目标|计划")
_SENTENCE = re.compile(r"[。！？!?\n]")
_REACH = 60


def grouped(claims: tuple[Claim, ...], source: str) -> tuple[Claim, ...]:
    """The claims with `group` set where a chain word links neighbours of one sentence."""
    result: list[Claim] = []
    number = 0
    for claim in claims:
        before = result[-1] if result else None
        if before is None or not _linked(before, claim, source):
            result.append(claim)
            continue
        if before.group is None:
            number += 1
            result[-1] = replace(before, group=f"g{number}")
        result.append(replace(claim, group=f"g{number}"))
    return tuple(result)


def _linked(before: Claim, claim: Claim, source: str) -> bool:
    low, high = before.span.end, claim.span.start
    if high - low > _REACH:
        return False
    between = source[low:high]
    if _SENTENCE.search(between):
        return False
    if claim.kind in ("ratio", "change") or before.group is not None and "其中" not in between:
        return _CHAIN.search(between) is not None
    return "其中" in between
