"""Arithmetic inside a text: what its own numbers say about each other.

Every detector reads one kind of relation from the skeleton of a document and judges it by what wording covers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, combinations

from gangmu.reading.arithmetic.afar import afar
from gangmu.reading.arithmetic.again import taken_up_again
from gangmu.reading.arithmetic.beside import beside
from gangmu.reading.arithmetic.bottom_line import bottom_lines
from gangmu.reading.arithmetic.by_both_names import by_both_names
from gangmu.reading.arithmetic.changes import changes
from gangmu.reading.arithmetic.elsewhere import Nouns
from gangmu.reading.arithmetic.far import from_afar
from gangmu.reading.arithmetic.gaps import gaps
from gangmu.reading.arithmetic.lists import lists, unexplained
from gangmu.reading.arithmetic.of_others import without_those_of_others
from gangmu.reading.arithmetic.otherwise import without_explained
from gangmu.reading.arithmetic.placeholder import placeholders
from gangmu.reading.arithmetic.portions import portions
from gangmu.reading.arithmetic.rules import DETECTORS, IN_A_ROW, OVER_WITH_REST, OVERFULL, thirds
from gangmu.reading.arithmetic.skeleton import skeleton
from gangmu.reading.arithmetic.slips import pointed_back, slips
from gangmu.reading.arithmetic.structure import structure
from gangmu.reading.arithmetic.table_derived import derived_from_tables
from gangmu.reading.arithmetic.thirds import third_multiples
from gangmu.reading.arithmetic.told_by_cells import told_by_cells
from gangmu.reading.arithmetic.transposed import transposed
from gangmu.reading.values import Finding, Reading, Span
from gangmu.reading.wording import DEFAULT, Wording

DERIVED = frozenset({"share", "per", "growth", "multiple", "points"})  # told of two others, and right of one pair only


def findings(reading: Reading, wording: Wording = DEFAULT) -> tuple[Finding, ...]:
    """Everything the numbers of one document say about each other, in text order."""
    bones = structure(skeleton(reading))
    found = [f for detect in DETECTORS for f in detect(bones, wording)]
    found += unexplained(list(lists(bones, wording)), found)
    found = _unrelated(found)
    found += _unexplained(taken_up_again(bones, wording), found)
    found += _unexplained(transposed(bones, wording), found)
    nouns = Nouns(bones)
    found += _unexplained(afar(nouns, wording), found)
    found += pointed_back(bones, wording)
    found += _unheld(_unexplained(slips(bones, wording), found), found)
    found += _untold(portions(bones, wording), found)
    found += _untold(changes(bones, wording), found)
    found += _untold(chain(thirds(bones, wording), third_multiples(bones, wording)), found)
    found += _untold(gaps(bones, wording), found)
    found += _untold(derived_from_tables(bones, wording), found)
    found += _untold(told_by_cells(bones, wording), found)
    found += _untold(by_both_names(bones, wording), found)
    found += _untold(bottom_lines(bones, wording), found)
    found += _untold(IN_A_ROW(bones, wording), found)
    right = frozenset(s for f in found if f.verdict == "consistent" and f.type in ("share", "per") for s in f.spans)
    found += _untold(beside(bones, wording, right), found)
    found += _untold(from_afar(nouns, wording), found)
    found += _untold(chain(OVERFULL(bones, wording), OVER_WITH_REST(bones, wording)), found)
    found = without_those_of_others(nouns, found)
    found = without_explained(bones, found, wording)
    found += placeholders(reading.claims)
    return tuple(sorted(_without_echoes(found), key=lambda f: (f.spans, f.type)))


def _unrelated(found: list[Finding]) -> list[Finding]:
    """Without the figures called one and told otherwise that stand together in a relation that holds: they are two."""
    together: dict[Span, list[tuple[Span, ...]]] = defaultdict(list)
    for f in found:
        if f.verdict == "consistent" and f.type != "repeat":
            for span in f.spans:
                together[span].append(f.spans)
    return [
        f
        for f in found
        if f.type != "repeat"
        or f.verdict == "consistent"
        or not any(set(f.spans) <= set(spans) for spans in together.get(f.spans[0], ()))
    ]


def _unexplained(again: Iterator[Finding], found: list[Finding]) -> list[Finding]:
    """Two figures that each agree with other numbers of the text are two, and no slip of one another."""
    holding = {span for f in found if f.verdict == "consistent" for span in f.spans}
    return [f for f in again if f.verdict == "consistent" or not holding.issuperset(f.spans)]


def _untold(by_shape: Iterator[Finding], found: list[Finding]) -> list[Finding]:
    """What shape alone makes of a figure counts only where no words made anything of it."""
    told = {span for f in found for span in f.spans}
    return [f for f in by_shape if f.verdict == "consistent" or f.suspect not in told]


def _unheld(by_digits: list[Finding], found: list[Finding]) -> list[Finding]:
    """Of two numbers a slip apart one may have its place among others; where both have, they are two."""
    told = {span for f in found for span in f.spans}
    return [f for f in by_digits if not told.issuperset(f.spans)]


def _without_echoes(found: list[Finding]) -> Iterator[Finding]:
    """Each relation once: of two over the same numbers the first, of a failed one inside another the larger.

    What one reading of the words confirms is not called wrong by another, nor a share, rate or change that is right of
    another base, nor parts that make another total, nor what lies inside a sum that holds.
    """
    held = [f for f in found if f.verdict == "consistent"]
    settled = {f.spans for f in held if f.type != "part_of"}
    right = {(f.type, span) for f in held if f.type in DERIVED for span in f.spans}
    summed = {frozenset(parts) for f in held if f.type == "sum" for parts in combinations(f.spans, len(f.spans) - 1)}
    larger = _by_number(f for f in found if f.verdict == "contradiction" or f.type == "sum")
    wrong = {f.spans for f in found if f.verdict == "contradiction"}
    seen: set[tuple[Span, ...]] = set()
    told: set[tuple[tuple[Span, ...], str, str]] = set()
    for f in found:
        if f.type == "part_of" and f.verdict == "consistent" and f.spans in wrong:
            continue  # within the whole, and not all of it where the words say so
        if (f.spans in seen and f.type not in ("placeholder", "growth", "points")) or (
            f.spans,
            f.type,
            f.working,
        ) in told:
            continue
        told.add((f.spans, f.type, f.working))
        if f.verdict == "contradiction" and (
            f.spans in settled
            or _is_inside(f, larger)
            or (f.type, f.suspect) in right
            or (f.type == "sum" and frozenset(f.spans) - {f.suspect} in summed)
        ):
            continue
        seen.add(f.spans)
        yield f


def _by_number(found: Iterable[Finding]) -> dict[Span, list[frozenset[Span]]]:
    """The numbers of each finding, to be looked up by every one of them."""
    sets: dict[Span, list[frozenset[Span]]] = defaultdict(list)
    for f in found:
        together = frozenset(f.spans)
        for span in f.spans:
            sets[span].append(together)
    return sets


def _is_inside(f: Finding, larger: dict[Span, list[frozenset[Span]]]) -> bool:
    """Whether a larger finding holds all numbers of this one."""
    return len(f.spans) > 1 and any(set(f.spans) < other for other in larger[f.spans[0]])
