"""Arithmetic inside a text: what its own numbers say about each other.

Every detector reads one kind of relation from the skeleton of a document and judges it by what wording covers.
"""

from collections.abc import Callable, Iterator

from gangmu.reading.arithmetic.difference import differences
from gangmu.reading.arithmetic.growth import growths
from gangmu.reading.arithmetic.limit import limits
from gangmu.reading.arithmetic.multiple import multiples
from gangmu.reading.arithmetic.part_of import parts_of
from gangmu.reading.arithmetic.per import pers
from gangmu.reading.arithmetic.placeholder import placeholders
from gangmu.reading.arithmetic.points import points
from gangmu.reading.arithmetic.repeat import repeats
from gangmu.reading.arithmetic.share import shares
from gangmu.reading.arithmetic.skeleton import skeleton
from gangmu.reading.arithmetic.structure import Structure, structure
from gangmu.reading.arithmetic.sums import sums
from gangmu.reading.arithmetic.tables import tables
from gangmu.reading.arithmetic.unit import units
from gangmu.reading.values import Finding, Reading
from gangmu.reading.wording import DEFAULT, Wording

Detector = Callable[[Structure, Wording], Iterator[Finding]]

DETECTORS: tuple[Detector, ...] = (shares, growths, points, multiples, differences, sums, parts_of, pers, tables, repeats, units, limits)


def findings(reading: Reading, wording: Wording = DEFAULT) -> tuple[Finding, ...]:
    """Everything the numbers of one document say about each other, in text order."""
    bones = structure(skeleton(reading))
    found = [f for detect in DETECTORS for f in detect(bones, wording)] + list(placeholders(reading.claims))
    return tuple(sorted(found, key=lambda f: (f.spans, f.type)))
