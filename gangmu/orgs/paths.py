"""Dated paths of a dated tree: which units lie under which, on every day.

A path is the concatenation of the segments from a root down to the unit, five base-36 characters a level, so that
everything at or under a unit is one half-open range of strings. A unit keeps its segment for life, wherever it moves.
"""

from collections import defaultdict, deque
from collections.abc import Container, Mapping, Sequence
from datetime import date
from hashlib import sha256

from gangmu.kernel.ids import OrgId
from gangmu.orgs.history import Span

SEGMENT = 5
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SEGMENTS = len(DIGITS) ** SEGMENT


def segment_of(number: int) -> str:
    """`number` modulo 36⁵ as five base-36 characters."""
    number %= SEGMENTS
    found = []
    for _ in range(SEGMENT):
        number, digit = divmod(number, len(DIGITS))
        found.append(DIGITS[digit])
    return "".join(reversed(found))


def free_segment(org: OrgId, taken: Container[str]) -> str:
    """A segment for `org` that nobody in `taken` has: drawn from its id, then the next free one."""
    number = int.from_bytes(sha256(org.encode()).digest()[:8], "big")
    while segment_of(number) in taken:
        number += 1
    return segment_of(number)


def level_of(path: str) -> int:
    """How deep a path lies; a root is 1."""
    return len(path) // SEGMENT


def ancestors(path: str) -> tuple[str, ...]:
    """The paths above `path`, from the root down, itself left out."""
    return tuple(path[:end] for end in range(SEGMENT, len(path), SEGMENT))


def dated_paths(
    links: Mapping[str, Sequence[Span]], segments: Mapping[str, str], outside: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    """The path spans of every unit in `links` (unit → spans of its parent), given those of parents outside it.

    Walks down from the roots day-range by day-range. Days on which a chain of parents reaches no root (the parent is
    not known yet, or the chain would bite its own tail) have no path, so half-told histories cannot loop.
    """
    children: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for org, parents in links.items():
        for link in parents:
            children[link.value[0]].append((org, link))
    waiting: deque[tuple[str, Span]] = deque()
    for above in children:
        if above == "":
            waiting.append(("", Span(date.min, date.max, ("",))))
        elif above not in links:
            waiting.extend((above, span) for span in outside.get(above, ()))
    found: dict[str, list[Span]] = {org: [] for org in links}
    while waiting:
        above, path = waiting.popleft()
        for org, link in children.get(above, ()):
            start, end = max(path.valid_from, link.valid_from), min(path.valid_to, link.valid_to)
            if start < end:
                span = Span(start, end, (path.value[0] + segments[org],))
                found[org].append(span)
                waiting.append((org, span))
    return {org: joined(rows) for org, rows in found.items()}


def joined(rows: Sequence[Span]) -> list[Span]:
    """Spans in the order of their days, touching neighbours of equal value made one."""
    found: list[Span] = []
    for row in sorted(rows):
        if found and found[-1].value == row.value and found[-1].valid_to == row.valid_from:
            found[-1] = found[-1]._replace(valid_to=row.valid_to)
        else:
            found.append(row)
    return found
