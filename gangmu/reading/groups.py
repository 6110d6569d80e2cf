"""Which claims stand in one arithmetic or 'of which' chain (the guideline's §1.6, group)."""

from collections.abc import Sequence
from typing import Protocol

from gangmu.reading.patterns import pattern
from gangmu.reading.values import Kind, Span

_CHAIN = pattern(
    r"其中|占|率|比例|分别|同比|环比|增长|下降|比上年|较上年|提高|减少|增加|共计|合计|总计|人均|户均|还差|任务|"
    r"目标|计划"
)
_SENTENCE = pattern(r"[。！？!?\n]")
_REACH = 60


class Numbered(Protocol):
    """What linking needs of a claim."""

    @property
    def span(self) -> Span: ...

    @property
    def kind(self) -> Kind: ...


def group_ids(claims: Sequence[Numbered], source: str) -> list[str | None]:
    """For each claim the id of its chain; None where no chain word links it to a neighbour of its sentence."""
    ids: list[str | None] = []
    number = 0
    for index, claim in enumerate(claims):
        if index == 0 or not _linked(claims[index - 1], claim, ids[-1] is not None, source):
            ids.append(None)
            continue
        if ids[-1] is None:
            number += 1
            ids[-1] = f"g{number}"
        ids.append(f"g{number}")
    return ids


def _linked(before: Numbered, claim: Numbered, before_in_chain: bool, source: str) -> bool:
    low, high = before.span.end, claim.span.start
    if high - low > _REACH:
        return False
    opened = source.find("其中", low, high) >= 0
    chained = claim.kind in ("ratio", "change") or (before_in_chain and not opened)
    if not (_CHAIN.search(source, low, high) if chained else opened):
        return False
    return _SENTENCE.search(source, low, high) is None
