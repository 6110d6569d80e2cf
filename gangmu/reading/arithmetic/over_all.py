"""Shares over 100 %: no part is more than its whole, and no rate that counts part of a whole passes it."""

from gangmu.reading.arithmetic.clauses import last_clause
from gangmu.reading.arithmetic.cues import BOUNDED, OPINIONS, UNBOUNDED
from gangmu.reading.arithmetic.judge import number, text_of
from gangmu.reading.arithmetic.share_cues import OF, OF_PLAN, PLAN, RATE
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import HUNDRED, Wording, result_interval

# 访视率, 持证上岗率: how many of all, whatever the deed; those that may pass all are named as unbounded.
RATE_OF_DEED = pattern(r"[\u4e00-\u9fff]{2}率(?:已|达|达到|为|是|有|高达|提高到|升至)*$")


def over_all(s: Skeleton, i: int, wording: Wording) -> Finding | None:
    """A share of a whole, or a rate that cannot pass it, over 100 %."""
    stated, lead = s.claims[i], s.lead(i)
    if PLAN.search(s.text[s.bounds[i][0] : s.at[i]].rsplit(";", 1)[-1]):
        return None
    if stated.value is None or result_interval(stated, wording).low <= HUNDRED or not _is_bounded(lead):
        return None
    return Finding(
        "share", "contradiction", (stated.span,), stated.value, HUNDRED,
        f"一部分不会多于全部：文中写作{text_of(stated)}，最多是100%。",
        f"A part cannot exceed its whole: the text says {number(stated.value)}%, at most it is 100%.",
        stated.span,
    )  # fmt: skip


def _is_bounded(lead: str) -> bool:
    clause = last_clause(lead)
    of, rate = OF.search(lead), RATE.search(clause)
    if any(word in clause for word in UNBOUNDED) or OF_PLAN.search(lead) or (of and PLAN.search(of["whole"])):
        return False
    if of or rate is None:
        return bool(of)
    told = "占比" in clause or rate["stem"].endswith(BOUNDED) or any(o in clause for o in OPINIONS)
    return told or (RATE_OF_DEED.search(clause) is not None)
