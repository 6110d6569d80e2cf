"""One figure told twice with two neighbouring digits changed about: 21460 members, and further off 21640 of them.

Nothing but the digits and the noun beside them is asked: the same noun, one family of units, a different sentence, no
word of another time or place, and one of the two values told no second time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.again import NOT, PART, PLACE, SAME_PLACE, TIMES
from gangmu.reading.arithmetic.judge import spans, text_of
from gangmu.reading.arithmetic.language import label, names, pairs, same_unit, topic
from gangmu.reading.arithmetic.repeat_cues import BARE_MEASURE, GROUP
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import ZERO, Wording

FEWEST_DIGITS = 3
MOST_ALIKE = 4  # one set of digits in more numbers than this is a series, and no slip
TIME = searched(TIMES + r"|前|后|[初末底]")


def transposed(t: Structure, _: Wording) -> Iterator[Finding]:
    """A finding for every two figures of one thing whose digits differ by one exchange of neighbours."""
    by_digits: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i in t.stocks:
        claim = t.claims[i]
        digits = _digits(claim) if claim.approx is None else ""
        fewest = FEWEST_DIGITS + (claim.kind not in ("count", "amount"))
        if len(digits) >= fewest:
            by_digits["".join(sorted(digits)), max(0, (claim.value or ZERO).adjusted())].append(i)
    for alike in by_digits.values():
        values = Counter(t.claims[i].value for i in alike)
        if not 1 < len(alike) <= MOST_ALIKE or len(values) != 2 or min(values.values()) > 1:
            continue
        once = next(i for i in reversed(alike) if values[t.claims[i].value] == 1)
        others = [i for i in alike if t.claims[i].value != t.claims[once].value]
        tried = (list(_judged(t, *_told_last(i, once, others), often=len(others) > 1)) for i in others)
        yield from next((found for found in tried if found), ())


def _told_last(i: int, once: int, others: list[int]) -> tuple[int, int]:
    """The two as they stand in the text; what is told once is what is wrong of a figure told more often."""
    return (i, once) if len(others) > 1 or i < once else (once, i)


def _digits(claim: Claim) -> str:
    return str(claim.value or 0).replace(".", "").rstrip("0")


def _judged(t: Structure, i: int, j: int, *, often: bool) -> Iterator[Finding]:
    """The two as one figure: by what their clauses call it, or, one of them told often, by all words before them."""
    one, other = t.claims[i], t.claims[j]
    if not same_unit(one, other) or not _are_exchanged(_digits(one), _digits(other)):
        return
    first, later = (t.s.clauses[i], t.s.clauses[j]) if often else (label(t.s, i), label(t.s, j))
    bare = BARE_MEASURE.fullmatch(names(t.s.clauses[i])) is not None
    apart = t.s.bounds[i] != t.s.bounds[j] and not (bare and topic(t.s, i) != topic(t.s, j))
    alike = pairs(first if often else names(first)) & pairs(names(later)) or (
        often and pairs(t.s.leads[i]) & pairs(names(later))
    )
    if apart and alike and not _is_of_another(first, later):
        said = f"{text_of(one)}、{text_of(other)}"
        yield Finding(
            "repeat", "contradiction", spans(one, other), other.value, one.value,
            f"同一个数前后说法不一：{said}，有两位数字颠倒了。",
            f"One figure is stated differently: {said}; two digits changed places.",
            other.span,
        )  # fmt: skip


def _are_exchanged(one: str, other: str) -> bool:
    """Whether two neighbouring digits, and no others, have changed places."""
    off = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b] if len(one) == len(other) else []
    return len(off) == 2 and off[1] == off[0] + 1 and one[off[0]] == other[off[1]] and one[off[1]] == other[off[0]]


def _is_of_another(first: str, later: str) -> bool:
    """Whether words of time, place or part tell the two apart."""
    times = set(TIME.findall(first)), set(TIME.findall(later))
    places = [set(PLACE.findall(SAME_PLACE.sub("", words))) for words in (first, later)]
    if set(GROUP.findall(first)) != set(GROUP.findall(later)):
        return True
    denied = bool(NOT.search(first)) != bool(NOT.search(later))
    return times[0] != times[1] or places[0] != places[1] or denied or bool(PART.search(first) or PART.search(later))
