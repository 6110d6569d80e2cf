"""Arithmetic inside a text: what its own numbers say about each other.

Every detector reads one kind of relation from the skeleton of a document and judges it by what wording covers.
"""

from collections.abc import Callable, Iterator

from gangmu.reading.arithmetic.difference import differences
from gangmu.reading.arithmetic.growth import growths
from gangmu.reading.arithmetic.multiple import multiples
from gangmu.reading.arithmetic.points import points
from gangmu.reading.arithmetic.share import shares
from gangmu.reading.arithmetic.skeleton import Skeleton, skeleton
from gangmu.reading.values import Finding, Reading
from gangmu.reading.wording import DEFAULT, Wording

Detector = Callable[[Skeleton, Wording], Iterator[Finding]]

DETECTORS: tuple[Detector, ...] = (shares, growths, points, multiples, differences)


def findings(reading: Reading, wording: Wording = DEFAULT) -> tuple[Finding, ...]:
    """Everything the numbers of one document say about each other, in text order."""
    bones = skeleton(reading)
    found = [f for detect in DETECTORS for f in detect(bones, wording)]
    return tuple(sorted(found, key=lambda f: (f.spans, f.type)))
