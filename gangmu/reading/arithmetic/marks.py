"""The marks that stand for claims in a skeleton.

Private-use characters: no document may hold them with a meaning of its own, so a pattern can name a claim by what it
is (`{QUANTITY}`, `{PERCENT}`) and everything else in the pattern is the language around it.
"""

from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim

QUANTITY = "\ue100"  # a count or an amount: 1187件, 2.8亿元
PERCENT = "\ue101"  # a share, a rate, a rate of change: 96.3%
POINTS = "\ue102"  # percentage points
TIMES = "\ue103"  # 倍 and 番
HOLE = "\ue104"  # no single number: a placeholder, a range, a per mille
MARKS = QUANTITY + PERCENT + POINTS + TIMES + HOLE
NUMBER = f"[{QUANTITY}{PERCENT}]"
MARK = pattern(f"[{MARKS}]")

POINT_UNITS = ("百分点", "百分點")
MARK_OF_UNIT = {"‰": HOLE, "倍": TIMES, "%": PERCENT, "％": PERCENT, "成": PERCENT}

PROPORTION = pattern(r"比(?:值|率)?(?:约?[为為]|约?是|达到?|達到?)?\s*$")
LONGEST_VERB = 6


def is_proportion(text: str, claim: Claim) -> bool:
    """城乡收入比为2.4, 师生比0.8: two measures against each other, none of their own; `text` is the source."""
    if claim.unit:
        return False
    return PROPORTION.search(text, max(0, claim.span.start - LONGEST_VERB), claim.span.start) is not None


def mark_of(claim: Claim) -> str:
    """The mark that stands for a claim: what a pattern needs to know about it."""
    if claim.value is None or claim.value_max is not None:
        return HOLE
    if "番" in claim.text:
        return TIMES
    unit = claim.unit or ""
    if unit in MARK_OF_UNIT:
        return MARK_OF_UNIT[unit]
    if unit.endswith(POINT_UNITS):
        return POINTS
    return PERCENT if claim.kind == "ratio" and not unit else QUANTITY
