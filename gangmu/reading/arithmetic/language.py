"""What the words around a number say about it: its clause, its label, whether two numbers count the same thing."""

import re
from functools import lru_cache

from gangmu.reading.arithmetic.cues import FAMILIES, NEUTRAL
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.values import Claim

CLAUSE_END = re.compile(r"[,;:、()。!?\n]")
NEUTRAL_WORDS = re.compile("|".join(NEUTRAL))
LABEL_REACH = 16
LONGEST_NAME = 8
FARTHEST_LABEL = 6


@lru_cache(maxsize=8192)
def last_clause(lead: str) -> str:
    """The words of `lead` after its last comma, colon or bracket; a short name with a colon (实到:) is kept."""
    named = lead.rstrip(":")
    ends = [m.end() for m in CLAUSE_END.finditer(named)]
    words = named[ends[-1] :] if ends else named
    return words if named == lead or len(words) <= LONGEST_NAME else ""


def first_clause(trail: str) -> str:
    """The words of `trail` before its first comma, colon or bracket."""
    end = CLAUSE_END.search(trail)
    return trail[: end.start()] if end else trail


def label(s: Skeleton, i: int, back: int = FARTHEST_LABEL) -> str:
    """The words that say what claim `i` counts: those of its own clause, else of up to `back` claims before it."""
    lead = s.lead(i)
    own = last_clause(lead)[-LABEL_REACH:] + first_clause(s.trail(i))[:LABEL_REACH]
    if i and back and not names(own) and len(lead) <= 3:
        return label(s, i - 1, back - 1) + own
    return own


def names(words: str) -> str:
    """`words` without those that only say how many or of whom."""
    return NEUTRAL_WORDS.sub("", words)


def pairs(words: str) -> set[str]:
    """Every two neighbouring characters: the smallest pieces that carry meaning."""
    return {words[n : n + 2] for n in range(len(words) - 1)}


def shares_a_word(one: str, other: str) -> bool:
    """Whether two labels have two neighbouring characters in common (one, where a label is a single one)."""
    if len(one) == 1 or len(other) == 1:
        return bool(one and other) and (one in other or other in one)
    return not pairs(one).isdisjoint(pairs(other))


def same_unit(one: Claim, other: Claim) -> bool:
    """Whether two quantities count in one measure, so that they can be added or divided into a share."""
    a, b = one.unit, other.unit
    if a == b or ((a is None or b is None) and "amount" not in (one.kind, other.kind)):
        return True
    if one.kind == "amount" and other.kind == "amount":
        return (a or "元") == (b or "元")
    return any(a in family and b in family for family in FAMILIES)
