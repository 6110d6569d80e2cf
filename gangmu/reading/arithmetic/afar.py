"""What the figures of a document say of each other over a distance, where no words beside them say it."""

from collections.abc import Iterator
from itertools import chain

from gangmu.reading.arithmetic.elsewhere import Nouns
from gangmu.reading.arithmetic.far_limits import far_limits
from gangmu.reading.arithmetic.far_repeats import far_repeats
from gangmu.reading.arithmetic.scales import scales
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording


def afar(n: Nouns, wording: Wording) -> Iterator[Finding]:
    """The findings over figures that stand apart and speak of one thing."""
    yield from chain(scales(n, wording), far_limits(n, wording), far_repeats(n, wording))
