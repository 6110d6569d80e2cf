"""Long lists of ids in pieces that fit into one IN (…) of every engine."""

from collections.abc import Iterable, Iterator
from itertools import islice

AT_ONCE = 5000


def batches(ids: Iterable[str]) -> Iterator[list[str]]:
    """`ids` in lists of at most AT_ONCE."""
    waiting = iter(ids)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
