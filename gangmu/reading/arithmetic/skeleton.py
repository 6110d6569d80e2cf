"""A document with every claim replaced by one mark, so that sentences can be read by pattern.

`应到50人，实到47人，到会率94%` becomes `应到▮，实到▮，到会率▯`: what remains is only the language that says how the
numbers hang together. Markup, white space and line wraps are gone. The marks are counted in order, so a mark is its
claim without any table of offsets. Tables are lifted out and kept as rows of cells.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain

from gangmu.reading.arithmetic.clauses import last_clause
from gangmu.reading.arithmetic.grids import Grid, Line, lift, numbered
from gangmu.reading.arithmetic.marks import HOLE, MARK, is_proportion, mark_of
from gangmu.reading.arithmetic.plain import unwrapped, visible
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Reading, Span

# How far a sentence and a paragraph are followed either way: a text without full stops must be read in time as well.
LONGEST_SENTENCE = 1200
LONGEST_PARAGRAPH = 4000
LONGEST_JOINT = 3  # signs between numbers of one label
STOP_SIGNS = "。!?\n"
STOPS = pattern(f"[{STOP_SIGNS}]")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The prose of a document as marks between words, and its tables.

    `at[i]` is where the mark of `claims[i]` stands in `text`, `marks[i]` that mark, `bounds[i]` where its sentence
    begins and ends; `told` are the stretches of sentences that hold a mark, which is all most rules read. `stops` are
    the places of the full stops and line ends, `ends` of the line ends alone. `leads` and `trails` are the words on
    either side of each claim, `leading` all leads line by line, each beginning at `led_from`, `clauses` the last clause
    of each lead. `title` holds the spans of the claims in the document's title.
    """

    text: str
    claims: tuple[Claim, ...]
    at: tuple[int, ...]
    marks: str
    bounds: tuple[tuple[int, int], ...]
    told: tuple[tuple[int, int], ...]
    stops: tuple[int, ...]
    ends: tuple[int, ...]
    leads: tuple[str, ...]
    leading: str
    led_from: tuple[int, ...]
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

    def matches(self, sign: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of `sign`, which may not reach past a full stop, in the sentences that tell a number."""
        return chain.from_iterable(sign.finditer(self.text, start, end) for start, end in self.told)

    def matches_behind(self, those: Iterable[int], sign: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of `sign` in the sentences of these claims (in text order) and in the one behind each."""
        read = 0
        for i in those:
            start, end = self.bounds[i]
            following = self.sentence(end + 1)[1] if end < len(self.text) else end
            if following > read:
                yield from sign.finditer(self.text, max(start, read), following)
                read = following

    def led_by(self, sign: re.Pattern[str]) -> list[int]:
        """The claims whose leads hold a match of `sign`, which may not ask where a lead begins or ends.

        One search of all leads, where most hold none.
        """
        found: dict[int, None] = {}
        for match in sign.finditer(self.leading):
            found[bisect_right(self.led_from, match.start()) - 1] = None
        return list(found)

    def followed_by(self, sign: re.Pattern[str]) -> list[int]:
        """The claims in whose trails a match of `sign` begins, as `led_by`."""
        found: dict[int, None] = {}
        for match in self.matches(sign):
            i = bisect_left(self.at, match.start()) - 1
            if i >= 0 and match.start() <= self.at[i] + len(self.trails[i]):
                found[i] = None
        return list(found)

    def labelled_by(self, sign: re.Pattern[str]) -> list[int]:
        """The claims whose `label` may hold a match of `sign`: it stands on either side of them.

        What stands beside a number is also the label of those told right behind it (12、8和5件).
        """
        found: set[int] = set()
        for match in self.matches(sign):
            i = bisect_left(self.at, match.start())
            found.add(max(0, i - 1))
            while i < len(self.at) and (i not in found):
                found.add(i)
                i += 1
                if i < len(self.at) and len(self.leads[i]) > LONGEST_JOINT:
                    break
        return sorted(found)

    def trail(self, i: int) -> str:
        """The words after claim `i`, up to the next claim or the end of the sentence."""
        return self.trails[i]


def skeleton(reading: Reading) -> Skeleton:
    """Reduce a reading to the language between its claims."""
    raw = _marked(reading)
    lines, grids = lift(numbered(visible(raw, html="<" in raw)), reading.claims)
    text = "\n".join(unwrapped([line.text for line in lines]))
    places = tuple([m.start() for m in MARK.finditer(text)])
    stops = tuple([m.start() for m in STOPS.finditer(text)])
    around = _sentences(places, stops, len(text))
    leads, trails = _sides(text, places, around)
    return Skeleton(
        text=text,
        claims=reading.claims if len(places) == len(reading.claims) else _left_in(reading.claims, lines),
        at=places,
        marks="".join([text[place] for place in places]),
        bounds=tuple(map(_clipped, places, around)),
        told=tuple(_joined(around)),
        stops=stops,
        ends=tuple([stop for stop in stops if text[stop] == "\n"]),
        leads=leads,
        leading="\n".join(leads),
        led_from=tuple(accumulate([len(lead) + 1 for lead in leads], initial=0)),
        clauses=tuple(map(last_clause, leads)),
        trails=trails,
        grids=grids,
        title=_title_spans(reading),
    )


def _left_in(claims: tuple[Claim, ...], lines: list[Line]) -> tuple[Claim, ...]:
    """The claims of the lines that stand in no table."""
    return tuple([claims[line.first + n] for line in lines for n in range(len(MARK.findall(line.text)))])


def _sentences(places: tuple[int, ...], stops: tuple[int, ...], length: int) -> list[tuple[int, int]]:
    """Where the sentences around these places begin and end, in one walk along them."""
    found = []
    start, end, following = 0, -1, iter((*stops, length))
    for place in places:
        while end < place:
            start, end = end + 1, next(following)
        found.append((start, end))
    return found


def _clipped(place: int, sentence: tuple[int, int]) -> tuple[int, int]:
    """As much of a sentence as is followed from `place` either way."""
    start, end = sentence
    if end - start <= LONGEST_SENTENCE:
        return sentence
    return max(start, place - LONGEST_SENTENCE), min(end, place + LONGEST_SENTENCE)


def _joined(sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same sentences without repetition, those that follow each other as one stretch."""
    if not sentences:
        return
    start, end = sentences[0]
    for first, last in sentences:
        if first > end + 1:
            yield start, end
            start = first
        end = last
    yield start, end


def _sides(
    text: str, places: tuple[int, ...], sentences: list[tuple[int, int]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words before and after each mark, each side cut at the next mark or the end of the sentence."""
    leads, trails = [], []
    before, following = 0, (*places[1:], len(text))[: len(places)]
    for place, (start, end), after in zip(places, sentences, following, strict=True):
        leads.append(text[before if before > start else start : place])
        trails.append(text[place + 1 : after if after < end else end])
        before = place + 1
    return tuple(leads), tuple(trails)


def _sentence(stops: tuple[int, ...], length: int, place: int) -> tuple[int, int]:
    """Where the sentence around `place` begins and ends in a text of that length with these full stops."""
    after = bisect_left(stops, place)
    start = stops[after - 1] + 1 if after else 0
    end = stops[after] if after < len(stops) else length
    return max(start, place - LONGEST_SENTENCE), min(end, place + LONGEST_SENTENCE)


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
