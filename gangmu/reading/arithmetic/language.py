"""What the words around a number say about it: its clause, its label, whether two numbers count the same thing."""

from gangmu.reading.arithmetic.clauses import first_clause as first_clause
from gangmu.reading.arithmetic.clauses import last_clause as last_clause
from gangmu.reading.arithmetic.cues import FAMILIES, NEUTRAL
from gangmu.reading.arithmetic.repeat_cues import RUN_IN
from gangmu.reading.arithmetic.skeleton import LONGEST_JOINT, Skeleton
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim

NEUTRAL_WORDS = pattern("|".join(NEUTRAL))
FAMILIES_OF = {
    unit: frozenset(n for n, family in enumerate(FAMILIES) if unit in family) for unit in frozenset().union(*FAMILIES)
}
LABEL_REACH = 16
FARTHEST_LABEL = 6


def label(s: Skeleton, i: int, back: int = FARTHEST_LABEL) -> str:
    """The words that say what claim `i` counts: those of its own clause, else of up to `back` claims before it."""
    lead = s.leads[i]
    own = s.clauses[i][-LABEL_REACH:] + first_clause(s.trails[i])[:LABEL_REACH]
    if i and back and not names(own) and len(lead) <= LONGEST_JOINT:
        return label(s, i - 1, back - 1) + own
    return own


def names(words: str) -> str:
    """`words` without those that only say how many or of whom."""
    return NEUTRAL_WORDS.sub("", words) if words else ""


def topic(s: Skeleton, i: int) -> str:
    """The heading over claim `i`: right before its sentence, before its paragraph or in the line above; else ''."""
    start = s.bounds[i][0]
    first = s.paragraph(s.at[i])[0]
    before = s.sentence(start - 2)[0] if start > 1 else 0
    above = s.paragraph(first - 1)[0] if first else 0
    said = next((found for place in (before, first, above) if (found := RUN_IN.match(s.text, place))), None)
    return f"#{said['topic']}" if said else ""


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
    return a in FAMILIES_OF and b in FAMILIES_OF and not FAMILIES_OF[a].isdisjoint(FAMILIES_OF[b])
