"""A document with every claim replaced by one mark, so that sentences can be read by pattern.

`应到50人，实到47人，到会率94%` becomes `应到▮，实到▮，到会率▯`: what remains is only the language that says how the
numbers hang together. Markup, white space and line wraps are gone. The marks are counted in order, so a mark is its
claim without any table of offsets. Tables are lifted out and kept as rows of cells.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from gangmu.reading.arithmetic.clauses import last_clause
from gangmu.reading.arithmetic.grids import Grid, lift, numbered
from gangmu.reading.arithmetic.marks import HOLE, MARK, MARKS, is_proportion, mark_of
from gangmu.reading.arithmetic.plain import unwrapped, visible
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Reading, Span

# How far a sentence and a paragraph are followed either way: a text without full stops must be read in time as well.
LONGEST_SENTENCE = 1200
LONGEST_PARAGRAPH = 4000
STOP_SIGNS = "。!?\n"
STOPS = pattern(f"[{STOP_SIGNS}]")
PIECES = pattern(f"[{MARKS}]|[。!?\n]|[^{MARKS}。!?\n]+")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The prose of a document as marks between words, and its tables.

    `at[i]` is where the mark of `claims[i]` stands in `text`, `marks[i]` that mark, `bounds[i]` where its sentence
    begins and ends; `stops` are the places of the full stops and line ends, `ends` of the line ends alone. `leads` and
    `trails` are the words on either side of each claim, `clauses` the last clause of each lead. `title` holds the
    spans of the claims in the document's title.
    """

    text: str
    claims: tuple[Claim, ...]
    at: tuple[int, ...]
    marks: str
    bounds: tuple[tuple[int, int], ...]
    stops: tuple[int, ...]
    ends: tuple[int, ...]
    leads: tuple[str, ...]
    clauses: tuple[str, ...]
    trails: tuple[str, ...]
    grids: tuple[Grid, ...]
    title: frozenset[Span]

    def index(self, place: int) -> int:
        """Which claim the mark at `place` stands for."""
        return bisect_left(self.at, place)

    def sentence(self, place: int) -> tuple[int, int]:
        """Where the sentence around `place` begins and ends, its full stop apart."""
        return _sentence(self.stops, len(self.text), place)

    def paragraph(self, place: int) -> tuple[int, int]:
        """Where the paragraph around `place` begins and ends."""
        after = bisect_left(self.ends, place)
        start = self.ends[after - 1] + 1 if after else 0
        end = self.ends[after] if after < len(self.ends) else len(self.text)
        return max(start, place - LONGEST_PARAGRAPH), min(end, place + LONGEST_PARAGRAPH)

    def between(self, start: int, end: int) -> range:
        """The indices of the claims whose marks stand in text[start:end]."""
        return range(bisect_left(self.at, start), bisect_left(self.at, end))

    def lead(self, i: int) -> str:
        """The words before claim `i`, back to the claim before it or the beginning of the sentence."""
        return self.leads[i]

    def led_by(self, sign: re.Pattern[str]) -> list[int]:
        """The claims whose leads hold a match of `sign`, which may not ask where a lead begins or ends.

        One search of the text, where most leads hold none.
        """
        found: dict[int, None] = {}
        for match in sign.finditer(self.text):
            i = bisect_left(self.at, match.end())
            if i < len(self.at) and match.start() >= self.at[i] - len(self.leads[i]):
                found[i] = None
        return list(found)

    def trail(self, i: int) -> str:
        """The words after claim `i`, up to the next claim or the end of the sentence."""
        return self.trails[i]


def skeleton(reading: Reading) -> Skeleton:
    """Reduce a reading to the language between its claims."""
    raw = _marked(reading)
    shown = visible(raw, html="<" in raw)
    lines, grids = lift(numbered(shown), reading.claims)
    claims = tuple(reading.claims[line.first + n] for line in lines for n in range(len(MARK.findall(line.text))))
    text = "\n".join(unwrapped([line.text for line in lines]))
    places = tuple(m.start() for m in MARK.finditer(text))
    stops = tuple(m.start() for m in STOPS.finditer(text))
    bounds = tuple(_sentences(places, stops, len(text)))
    marks = "".join(MARK.findall(text))
    leads, trails = _sides(text)
    clauses = tuple(map(last_clause, leads))
    ends = tuple(stop for stop in stops if text[stop] == "\n")
    return Skeleton(
        text, claims, places, marks, bounds, stops, ends, leads, clauses, trails, grids, _title_spans(reading)
    )


def _sentences(places: tuple[int, ...], stops: tuple[int, ...], length: int) -> Iterator[tuple[int, int]]:
    """Where the sentences around these places begin and end, in one walk along them."""
    start, end, following = 0, -1, iter((*stops, length))
    for place in places:
        while end < place:
            start, end = end + 1, next(following)
        yield max(start, place - LONGEST_SENTENCE), min(end, place + LONGEST_SENTENCE)


def _sentence(stops: tuple[int, ...], length: int, place: int) -> tuple[int, int]:
    """Where the sentence around `place` begins and ends in a text of that length with these full stops."""
    after = bisect_left(stops, place)
    start = stops[after - 1] + 1 if after else 0
    end = stops[after] if after < len(stops) else length
    return max(start, place - LONGEST_SENTENCE), min(end, place + LONGEST_SENTENCE)


def _sides(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words before and after each mark, each side cut at the next mark or full stop."""
    leads: list[str] = []
    trails: list[str] = []
    before, after_mark = "", False
    for piece in PIECES.findall(text):
        if piece in MARKS:
            if after_mark:
                trails.append(before)
            leads.append(before)
            before, after_mark = "", True
            continue
        if after_mark:
            trails.append("" if piece in STOP_SIGNS else piece)
            after_mark = False
        before = "" if piece in STOP_SIGNS else piece
    return tuple(leads), (*trails, "") if after_mark else tuple(trails)


def _marked(reading: Reading) -> str:
    """The body (and the title, where it stands apart) with a mark for each claim; noise between claims left out."""
    text, pieces = reading.source.text, []
    place = min((reading.body.span.start, *(c.span.start for c in reading.claims[:1])))
    noise = iter((*reading.body.noise, Span(len(text) + 1, len(text) + 1)))
    silent = next(noise)
    for claim in reading.claims:
        while silent.end <= claim.span.start:
            pieces.append(text[place : max(place, silent.start)])
            place, silent = max(place, silent.end), next(noise)
        pieces.append(text[place : claim.span.start])
        pieces.append(HOLE if is_proportion(text, claim) else mark_of(claim))
        place = claim.span.end
    pieces.append(text[place : max(place, reading.body.span.end)])
    return "".join(pieces)


def _title_spans(reading: Reading) -> frozenset[Span]:
    titles = [h.span for h in reading.outline if h.level == 0]
    return frozenset(c.span for c in reading.claims for t in titles if t.start <= c.span.start and c.span.end <= t.end)
