"""What the figures of a document say of each other over a distance, where no words beside them say it."""

from collections.abc import Iterator
from itertools import chain

from gangmu.reading.arithmetic.elsewhere import Nouns
from gangmu.reading.arithmetic.far_limits import far_limits
from gangmu.reading.arithmetic.far_repeats import far_repeats
from gangmu.reading.arithmetic.scales import scales
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording


def afar(t: Structure, wording: Wording) -> Iterator[Finding]:
    """The findings over figures that stand apart and speak of one thing."""
    n = Nouns(t)
    yield from chain(scales(n, wording), far_limits(n, wording), far_repeats(n, wording))
