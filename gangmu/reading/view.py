"""A cleaned view of a text and the way back to where each character stood."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from gangmu.reading.values import Span


class Piece(NamedTuple):
    """A run of the view. Equal lengths: copied; otherwise the view's text stands for the whole source run."""

    view: int
    source: int
    view_length: int
    source_length: int


@dataclass(frozen=True, slots=True)
class View:
    """`text` made of `pieces` of another text, in order. Offsets are code points."""

    text: str
    pieces: tuple[Piece, ...]
    view_starts: tuple[int, ...]
    source_starts: tuple[int, ...]

    def source_start(self, position: int) -> int:
        """Where the character at `position` of the view begins in the source."""
        piece = self.pieces[bisect_right(self.view_starts, position) - 1]
        if piece.view_length != piece.source_length:
            return piece.source
        return piece.source + position - piece.view

    def source_end(self, position: int) -> int:
        """Where the source text of the character before `position` of the view ends."""
        piece = self.pieces[bisect_right(self.view_starts, position - 1) - 1]
        if piece.view_length != piece.source_length:
            return piece.source + piece.source_length
        return piece.source + position - piece.view

    def source_span(self, start: int, end: int) -> Span:
        """The source range of the non-empty view range `start`…`end`."""
        only = len(self.pieces) == 1  # a text without wraps is one piece
        view, source, length, source_length = self.pieces[0 if only else bisect_right(self.view_starts, start) - 1]
        if length == source_length and end <= view + length:
            return Span(source + start - view, source + end - view)
        return Span(self.source_start(start), self.source_end(end))

    def view_position(self, source: int) -> int:
        """The first position of the view whose source begins at or after `source`."""
        index = bisect_right(self.source_starts, source) - 1
        if index < 0:
            return 0
        piece = self.pieces[index]
        if piece.view_length != piece.source_length:
            return piece.view + (piece.view_length if source > piece.source else 0)
        return piece.view + min(source - piece.source, piece.view_length)


class Cut(NamedTuple):
    """A source range that the view leaves out or replaces by `instead`."""

    start: int
    end: int
    instead: str


def composed(outer: View, inner: View) -> View:
    """`outer`, whose pieces lie in the text of `inner`, with pieces that lie in the source of `inner`."""
    if len(inner.pieces) == 1 and inner.pieces[0].source == 0:
        return outer
    pieces: list[Piece] = []
    for piece in outer.pieces:
        pieces += _through(piece, inner)
    return _view(outer.text, pieces)


def _through(piece: Piece, inner: View) -> list[Piece]:
    """One piece cut where the pieces of `inner` meet."""
    if piece.view_length != piece.source_length:
        start, end = inner.source_span(piece.source, piece.source + piece.source_length)
        return [Piece(piece.view, start, piece.view_length, end - start)]
    result = []
    at, end = piece.source, piece.source + piece.source_length
    while at < end:
        under = inner.pieces[bisect_right(inner.view_starts, at) - 1]
        stop = min(end, under.view + under.view_length)
        if under.view_length == under.source_length:
            result.append(Piece(piece.view + at - piece.source, under.source + at - under.view, stop - at, stop - at))
        else:
            result.append(Piece(piece.view + at - piece.source, under.source, under.view_length, under.source_length))
        at = stop
    return result


def _view(text: str, pieces: list[Piece]) -> View:
    return View(text, tuple(pieces), tuple(piece.view for piece in pieces), tuple(piece.source for piece in pieces))


def apply_cuts(text: str, cuts: list[Cut]) -> View:
    """The view of `text` with `cuts` made; cuts are in order and do not overlap. No empty view: '' gives one piece."""
    pieces: list[Piece] = []
    parts: list[str] = []
    at = length = 0
    for start, end, instead in cuts:
        if start > at:
            pieces.append(Piece(length, at, start - at, start - at))
            parts.append(text[at:start])
            length += start - at
        if instead:
            pieces.append(Piece(length, start, len(instead), end - start))
            parts.append(instead)
            length += len(instead)
        at = end
    if at < len(text) or not pieces:
        pieces.append(Piece(length, at, len(text) - at, len(text) - at))
        parts.append(text[at:])
    return _view("".join(parts), pieces)
