"""One figure told again with a slip of the pen: two digits changed about, or one digit otherwise.

`again` and `repeat` read the words that take a figure up. Here the digits come first: of two numbers in one measure
that a slip would turn into each other, the nouns beside them, the title and the lead say whether they are one figure.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from gangmu.reading.arithmetic.again import ANOTHER_TIME, NOT, PART, PLACE, SAME_PLACE
from gangmu.reading.arithmetic.cues import PEOPLE
from gangmu.reading.arithmetic.judge import spans, text_of
from gangmu.reading.arithmetic.language import first_clause, label, names, pairs, topic
from gangmu.reading.arithmetic.miswritten import written
from gangmu.reading.arithmetic.pointing import NUMBER, pointed_value
from gangmu.reading.arithmetic.repeat_cues import BARE_MEASURE, GROUP
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import ZERO, Wording

YEAR = pattern(r"(?:19|20)\d\d年")
THIS_YEAR = pattern(r"今年以?来?|本年|全年|一年来")
# 这162个养老服务站: what points back is no number of its own, and says how the one before it is meant.
POINTING = pattern(rf"(?:这|那|上述|以上|该){NUMBER}(?P<noun>[\u4e00-\u9fff]{{2}})")
POINTED = pattern(r"(?:这|那|上述|以上|前述|上面这|上面那)$")
COMMON = frozenset(("个", "人", "名", "户", "次", "件", "项", "家", "元", None))
MOST_ALIKE = 3
Rarity = tuple[Counter[str | None], Counter[tuple[str | None, str]]]
FEWEST_DIGITS = 2
ENOUGH = 3
LONG_NAME = 4
LEAD = 2  # lines: the title and what follows it
NOUN = 2
PERSON = "人"


def slips(t: Structure, _: Wording) -> Iterator[Finding]:
    """A finding for every two numbers of one thing that differ by a slip of the pen."""
    stocks = {
        i: digits for i in t.stocks if _is_bare(t.claims[i]) and len(digits := _digits(t.claims[i])) >= FEWEST_DIGITS
    }
    apart = _a_slip_apart(t, stocks)
    if not apart:
        return
    units: Counter[str | None] = Counter([t.claims[i].unit for i in stocks])
    nouns = Counter([(t.claims[i].unit, _noun(t, i)) for i in stocks])
    now = max(YEAR.findall(t.s.text), default="")
    for i, j in apart:
        if _are_one(t, i, j, (units, nouns), now):
            yield _differing(t.claim(i), t.claim(j))


def _a_slip_apart(t: Structure, stocks: dict[int, str]) -> list[tuple[int, int]]:
    """The pairs of one unit and size whose digits a slip would turn into each other, each once, in text order.

    `stocks` are the numbers with their digits.
    """
    alike: dict[tuple[str | None, int], list[int]] = defaultdict(list)
    for i in stocks:
        unit = PERSON if t.claims[i].unit in PEOPLE else t.claims[i].unit
        alike[unit, (t.claims[i].value or ZERO).adjusted()].append(i)
    together: set[tuple[int, int]] = set()
    for those in alike.values():
        if len(those) > 1:
            together.update(_sharing_a_mask({i: stocks[i] for i in those}))
    return sorted(pair for pair in together if _is_slip(stocks[pair[0]], stocks[pair[1]]))


def _sharing_a_mask(stocks: dict[int, str]) -> Iterator[tuple[int, int]]:
    """The pairs that share their digits, or all but one of them; what many share is a series."""
    buckets: dict[str, list[int]] = defaultdict(list)
    for i, digits in stocks.items() if len(stocks) > 1 else ():
        for masked in _masked(digits):
            buckets[masked].append(i)
    for sharing in buckets.values():
        if 1 < len(sharing) <= MOST_ALIKE:
            yield from combinations(sharing, 2)


def _is_bare(claim: Claim) -> bool:
    return claim.approx is None and claim.kind in ("count", "amount")


def _digits(claim: Claim) -> str:
    return _written(claim.value or ZERO)


def _written(value: Decimal) -> str:
    return written(value).replace(".", "").rstrip("0")


def _masked(digits: str) -> list[str]:
    """The digits with each one left open in turn, and all in order: two numbers a slip apart share one of these."""
    return ["".join(sorted(digits)), *[f"{digits[:n]}?{digits[n + 1 :]}" for n in range(len(digits))]]


def _is_slip(a: str, b: str) -> bool:
    """Whether the digits differ, and by no more than one of them or two neighbours changed about."""
    if a == b or len(a) != len(b):
        return False
    off = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    exchanged = len(off) == 2 and off[1] == off[0] + 1 and a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]
    return exchanged or len(off) == 1


def _noun(t: Structure, i: int) -> str:
    return names(first_clause(t.s.trails[i]))[:NOUN]


def _are_one(t: Structure, i: int, j: int, rarity: Rarity, now: str) -> bool:
    """Whether what stands beside two numbers makes them one figure, and nothing tells them apart."""
    if t.s.bounds[i] == t.s.bounds[j] or PART.search(t.s.clauses[i]) or PART.search(t.s.clauses[j]):
        return False
    unit, digits = t.claim(i).unit, _digits(t.claim(i))
    exchanged = sorted(digits) == sorted(_digits(t.claim(j)))
    if unit != t.claim(j).unit and not exchanged:
        return False
    words = t.s.text[slice(*t.s.bounds[i])] if exchanged and len(digits) > FEWEST_DIGITS else label(t.s, i)
    shared = len(pairs(names(words)) & pairs(names(label(t.s, j))))
    if shared == 0:
        return False
    noun = _noun(t, i)
    same_noun = len(noun) == NOUN and _noun(t, j) == noun
    units, nouns = rarity
    rare = (unit not in COMMON and units[unit] == 2) or (same_noun and nouns[unit, noun] == 2)
    leads = t.s.text.count("\n", 0, t.s.at[i]) < LEAD
    told_alike = _moved(t, i, j) or _moved(t, j, i) or _said_alike(t, i, j)
    likeness = (min(shared, ENOUGH) - 1) + same_noun + rare + exchanged + leads + told_alike
    told_again = exchanged and t.claim(i).span in t.s.title and _one_deed(t, i, j)
    pointed = exchanged and POINTED.search(t.s.clauses[j]) is not None
    if likeness + told_again + 2 * pointed < ENOUGH:
        return False
    if BARE_MEASURE.fullmatch(names(t.s.clauses[i])) and topic(t.s, i) != topic(t.s, j):
        return False
    return not _is_told_apart(t, i, j, now, near_only=told_again)


def _moved(t: Structure, i: int, j: int) -> bool:
    """Whether the noun right before one number stands right behind the other: 现有职工64人 and 46名职工."""
    noun = names(t.s.clauses[i])[-NOUN:]
    return len(noun) == NOUN and names(first_clause(t.s.trails[j])).startswith(noun)


def _said_alike(t: Structure, i: int, j: int) -> bool:
    """Whether the whole of the words before one number stands before the other: 新增城镇就业."""
    one, other = names(t.s.clauses[i]), names(t.s.clauses[j])
    return len(one) >= LONG_NAME and one == other


def _one_deed(t: Structure, i: int, j: int) -> bool:
    """Whether one word stands right before both numbers: 供餐9.6万份 and 一共供餐6.9万份."""
    one, other = names(t.s.clauses[i])[-NOUN:], names(t.s.clauses[j])[-NOUN:]
    return len(one) == NOUN and one == other


def _is_told_apart(t: Structure, i: int, j: int, now: str, *, near_only: bool = False) -> bool:
    """Whether words of time, place or denial beside the numbers make them two; `near_only`: in their own clauses."""
    whole = [t.s.clauses[k] if near_only else t.s.text[t.s.bounds[k][0] : t.s.at[k]] for k in (i, j)]
    said = [THIS_YEAR.sub("", words.replace(now, "") if now else words) for words in whole]
    times = [set(ANOTHER_TIME.findall(words)) for words in said]
    places = [set(PLACE.findall(SAME_PLACE.sub("", t.s.clauses[k]))) for k in (i, j)]
    groups = [set(GROUP.findall(words)) for words in said]
    denied = [bool(NOT.search(t.s.clauses[k])) for k in (i, j)]
    return (
        times[0] != times[1]
        or groups[0] != groups[1]
        or bool(places[0] and places[1] and places[0] != places[1])
        or denied[0] != denied[1]
    )


def pointed_back(t: Structure, _: Wording) -> Iterator[Finding]:
    """A finding for every number pointed back at that is told before with its digits changed about.

    `建成养老服务站126个。…这162个养老服务站`: the words point back at a number that nobody told.
    """
    for match in POINTING.finditer(t.s.text):
        value = pointed_value(match)
        before = t.stocks[: bisect_left(t.stocks, t.s.index(match.start()))]
        alike = [j for j in before if t.claim(j).unit == match["unit"] and _is_bare(t.claim(j))]
        alike = [j for j in alike if len(_digits(t.claim(j))) >= FEWEST_DIGITS]
        if len(_written(value)) < FEWEST_DIGITS or any(t.claim(j).value == value for j in alike):
            continue
        meant = [j for j in alike if _is_exchanged(t.claim(j), value) and match["noun"] in label(t.s, j)]
        if len(meant) == 1:
            yield _said_of(t.claim(meant[0]), match[0])


def _is_exchanged(claim: Claim, value: Decimal) -> bool:
    """Whether two values of one size are told with the same digits in another order."""
    one, other = _digits(claim), _written(value)
    return (claim.value or ZERO).adjusted() == value.adjusted() and sorted(one) == sorted(other)


def _differing(first: Claim, later: Claim) -> Finding:
    said = f"{text_of(first)}、{text_of(later)}"
    return Finding(
        "repeat", "contradiction", spans(first, later), later.value, first.value,
        f"同一个数前后说法不一：{said}。", f"One figure is stated differently: {said}.", later.span,
    )  # fmt: skip


def _said_of(claim: Claim, said: str) -> Finding:
    return Finding(
        "repeat", "contradiction", (claim.span,), claim.value, claim.value,
        f"前面写作{text_of(claim)}，后面又说“{said}”，对不上。",
        f"The text says {text_of(claim)}, and “{said}” further on.", claim.span,
    )  # fmt: skip
