"""The words around a claim, cut to what may say what it counts: its item, its clause, the clauses beside it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gangmu.catalog.words import plain
from gangmu.documents.rules.cells import GENERAL, Place, measured, places
from gangmu.reading.arithmetic.marks import MARK, MARKS
from gangmu.reading.arithmetic.skeleton import Skeleton, skeleton
from gangmu.reading.script import normalised
from gangmu.reading.values import Claim, Reading, Span

CLAUSE_END = re.compile(r"[,;:]")
SEGMENT_END = re.compile(r"[;]")
BACK = 3  # so many clauses before its own may still say what a claim counts


class Region(NamedTuple):
    """Some words near a claim and how much they say about it (1: little … 3: it is what they name)."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Context:
    """A claim and the words around it, in plain form (catalog.words.plain).

    `regions` from the nearest to the farthest. `own` is the clause it stands in and `segment` the words of its sentence
    before it, back to a semicolon: where the text names whose number it is. `sentence` is all of it, marks left out,
    and empty in a table, where `segment` holds the row and the column;
    `before` the sentence up to the claim, `after` its words behind it; `earlier` the paragraph before that sentence.
    """

    claim: Claim
    subject: str
    action: str
    item: str
    own: str
    segment: str
    sentence: str
    before: str
    after: str
    earlier: str
    regions: tuple[Region, ...]


def contexts(reading: Reading) -> tuple[Context, ...]:
    """The context of each claim, in text order; of one in a table its row, its column and the document's title."""
    bones = skeleton(reading)
    placed = {claim.span: number for number, claim in enumerate(bones.claims)}
    cells = places(bones.grids)
    title = next((plain(normalised(heading.title)) for heading in reading.outline if heading.level == 0), "")
    return tuple(_context(claim, bones, placed, cells, title) for claim in reading.claims)


def _context(
    claim: Claim, bones: Skeleton, placed: Mapping[Span, int], cells: Mapping[Span, Place], title: str
) -> Context:
    subject, action = (plain(normalised(words or "")) for words in (claim.subject, claim.action))
    number = placed.get(claim.span)
    if number is None:
        return _in_table(claim, action, cells.get(claim.span, Place("", subject, "", "")), title)
    return _in_prose(claim, subject, action, bones, number)


def _in_table(claim: Claim, action: str, place: Place, title: str) -> Context:
    """A claim in a cell: what its row and its column are called says what it counts, the row also whose it is."""
    row, column, caption = (plain(normalised(words)) for words in (place.row, place.column, place.caption))
    subject = row if GENERAL.fullmatch(column) else column
    claim = measured(claim, place.unit)
    beside = column if subject == row else row
    said = ((subject, 3.0), (beside, 2.0), (caption, 1.5), (title, 0.4))
    regions = tuple(Region(words, weight) for words, weight in said if words)
    return Context(claim, subject, action, item="", own=row + column, segment=f"{row},{column}", sentence="",
                   before="", after="", earlier="", regions=regions)  # fmt: skip


def _in_prose(claim: Claim, subject: str, action: str, bones: Skeleton, number: int) -> Context:
    place = bones.at[number]
    start, end = bones.sentence(place)
    lead, trail = bones.text[start:place], bones.text[place + 1 : end]
    clauses, following = CLAUSE_END.split(lead), CLAUSE_END.split(trail)
    own_lead, own_trail = clauses[-1], following[0]
    listed, _, item = ("", "", own_lead) if not MARK.search(own_lead) else _last_item(own_lead)
    after, beyond = _first_item(own_trail)
    earlier = bones.text[bones.paragraph(place)[0] : start]
    regions = [
        Region(subject, 3.0),
        Region(item, 2.0),
        Region(after, 1.6 if item else 2.2),
        Region(listed, 1.0),
        Region(beyond, 1.3 if claim.kind == "amount" else 0.9),
        Region(following[1] if len(following) > 1 else "", 1.2 if claim.kind == "amount" else 0.5),
        *(Region(words, 0.95 - 0.25 * back) for back, words in enumerate(reversed(clauses[-1 - BACK : -1]))),
        Region(earlier[-60:], 0.2),
    ]
    said = [Region(_words(words), weight) for words, weight in regions if words]
    return Context(
        claim, subject, action, item=_words(item), own=_words(own_lead + own_trail),
        segment=_words(SEGMENT_END.split(lead)[-1]), sentence=_words(lead + trail), before=_words(lead),
        after=_words(own_trail), earlier=_words(earlier), regions=tuple(said),
    )  # fmt: skip


def _last_item(lead: str) -> tuple[str, str, str]:
    """The clause before a claim, cut after the number before it."""
    last = max(found.end() for found in MARK.finditer(lead))
    return lead[:last], "", lead[last:].lstrip("、")


def _first_item(trail: str) -> tuple[str, str]:
    """The clause behind a claim, cut before the next number; an enumeration comma ends the item too."""
    found = re.search(f"[{MARKS}、]", trail)
    return (trail[: found.start()], trail[found.start() :]) if found else (trail, "")


def _words(text: str) -> str:
    return plain(MARK.sub("", text))
