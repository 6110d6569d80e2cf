"""The clause right before a number and the clause right behind it."""

from functools import lru_cache

from gangmu.reading.patterns import pattern

CLAUSE_END = pattern(r"[,;:、()。!?\n]")
LONGEST_NAME = 8


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
