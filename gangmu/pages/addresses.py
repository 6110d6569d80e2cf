"""Addresses of pages: what `reverse` finds, asked for once a page and filled in for every row."""

from functools import lru_cache
from urllib.parse import quote

from django.urls import reverse

BLANK = "~blank~"  # stands for an argument while the address around it is found; no address of ours holds it
SAFE = "!$&'()*+,;=:@~"  # what `reverse` leaves as it is inside a segment


def address_of(name: str, *arguments: object) -> str:
    """The address of the page `name` about `arguments`, as `reverse` has it. NoReverseMatch where there is none.

    A slash in an argument is quoted, where `reverse` finds no address at all.
    """
    first, *rest = _around(name, len(arguments))
    return first + "".join(quote(str(one), safe=SAFE) + after for one, after in zip(arguments, rest, strict=True))


@lru_cache(maxsize=256)
def _around(name: str, count: int) -> tuple[str, ...]:
    """The parts of the address before, between and after its arguments; they are fixed when the process starts."""
    return tuple(reverse(name, args=[BLANK] * count).split(BLANK))
