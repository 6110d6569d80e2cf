"""Classes by the bounds of one measure: 13个乡镇，进度70%以上的5个，50%至70%的6个，50%以下的2个.

Where each begins at the bound the one before it ends at, and the first and the last are open, nothing is in two of them
and nothing is left over: together they are the whole.
"""

import itertools
import re
from collections.abc import Iterator

from gangmu.reading.arithmetic.adding import adds_up, judged, plausible
from gangmu.reading.arithmetic.judge import testable
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Wording

OPEN_ENDED = "以上|以下|以内"
_NUMBER = r"(?<![\d.])\d+(?:\.\d+)?"
_MEASURE = r"[^\d,。;:、()]{0,3}?"
BAND = pattern(
    rf"(?P<low>{_NUMBER}){_MEASURE}(?:[至到~-]+|—+)(?P<high>\d+(?:\.\d+)?)(?P<ranged>[^\d,。;:、()的]?)[^\d,。;:、()]{{0,8}}$|"
    rf"(?P<bound>{_NUMBER})(?P<measure>{_MEASURE})(?:\(?含\)?|及)?(?P<side>以上|以下|以内)[^\d,。;:、()]{{0,8}}$"
)
FEWEST, LONGEST = 2, 8
Edges = tuple[str, str, str]  # the lower and the upper bound ('' where it is open), and the first sign of their measure


def bands(t: Structure, first: int, wording: Wording) -> Iterator[Finding]:
    """Whether the classes that begin at number `first` make up the whole told before them."""
    run, edges = _run(t, first)
    if len(run) < FEWEST or not _are_all(edges):
        return
    parts = tuple(map(t.claim, run))
    largest = max(part.value or 0 for part in parts)
    near = t.stocks_before(first, t.s.paragraph(t.s.at[first])[0])
    wholes = [j for j in near if t.claim(j).unit == parts[0].unit and (t.claim(j).value or 0) > largest]
    wholes = [j for j in wholes if testable(t.claim(j), *parts) and plausible(t.claim(j), parts)]
    held = next((j for j in wholes if adds_up(t.claim(j), parts, wording)), None)
    if wholes:
        yield judged(t.claim(wholes[0] if held is None else held), parts, wording)


def _run(t: Structure, first: int) -> tuple[list[int], list[Edges]]:
    """The numbers from `first` on in their sentence that each count a class between bounds."""
    run: list[int] = []
    edges: list[Edges] = []
    for j in range(first, min(first + LONGEST, len(t.s.at))):
        band = BAND.search(t.s.clauses[j])
        inside = t.s.at[j] < t.s.bounds[first][1] and t.is_quantity(j) and t.claim(j).unit == t.claim(first).unit
        if band is None or not inside or j in t.aside:
            break
        run.append(j)
        edges.append(_edges(band))
    return run, edges


def _edges(band: re.Match[str]) -> Edges:
    if band["low"]:
        return band["low"], band["high"], band["ranged"]
    bound, measure = band["bound"], band["measure"][:1]
    return (bound, "", measure) if band["side"] == "以上" else ("", bound, measure)


def _are_all(edges: list[Edges]) -> bool:
    """Whether classes follow each other from the open end of one to the open end of the other, up or down."""
    falling = edges if not edges[0][1] else edges[::-1]
    ends = falling[0][1] == "" == falling[-1][0] and len({each[2] for each in edges}) == 1
    return ends and all(above[0] == below[1] != "" for above, below in itertools.pairwise(falling))
