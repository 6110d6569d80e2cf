"""Comments and a last page put into the bytes of a main part; every other byte stays as it is.

Pure functions; standard library only, since they run in the bare child process. ECMA-376 part 1, §17.13.4.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gangmu.documents.word.places import Piece, Places, Text

KEEPS_BLANKS = b' xml:space="preserve"'


class Noted(NamedTuple):
    """A remark: the range of the text as it is read, and the paragraphs of the comment."""

    start: int
    end: int
    lines: tuple[str, ...]


class Edit(NamedTuple):
    """Bytes to be put in at a place."""

    at: int
    added: bytes


def marked(places: Places, remarks: Iterable[Noted], first_id: int, last_page: bytes) -> bytes:
    """The main part with a comment's range around each remark, numbered from `first_id` on, and the page at its end.

    Where a document holds no text at all, nothing can be remarked on.
    """
    edits = [edit for number, one in enumerate(remarks, first_id) for edit in _range(places, one, number)]
    edits.append(Edit(places.body_end, last_page))
    return _put_in(places.content, sorted(dict.fromkeys(edits), key=lambda edit: edit.at))


def _range(places: Places, one: Noted, number: int) -> list[Edit]:
    pieces = places.within(one.start, one.end)
    if not pieces:
        return []
    space = places.space.encode()
    begin = b'<w:commentRangeStart xmlns:w="%b" w:id="%d"/>' % (space, number)
    end = (b'<w:commentRangeEnd xmlns:w="%b" w:id="%d"/><w:r xmlns:w="%b"><w:rPr><w:rStyle w:val="CommentReference"/>'
           b'</w:rPr><w:commentReference w:id="%d"/></w:r>') % (space, number, space, number)  # fmt: skip
    first, last = pieces[0], pieces[-1]
    opens = _opening(places, first, _within(first, one.start), begin)
    return [*opens, *_closing(places, last, _within(last, one.end), end)]


def _within(piece: Piece, position: int) -> int:
    return min(max(position, piece.start), piece.end)


def _opening(places: Places, piece: Piece, position: int, mark: bytes) -> list[Edit]:
    """The mark before the character at `position`: before its run where the run begins with it."""
    text, run = piece.text, piece.text.run
    byte = text.first if text.whole else piece.byte_of(position)
    if text.whole or (byte == text.first and run.contents[0] == text.start):
        return [Edit(run.start, mark)]
    return _cut(places, text, byte, mark)


def _closing(places: Places, piece: Piece, position: int, mark: bytes) -> list[Edit]:
    """The mark behind the character before `position`: behind its run where the run ends with it."""
    text, run = piece.text, piece.text.run
    byte = text.end if text.whole else _byte_behind(places, piece, position)
    if text.whole or (byte == text.end and run.contents[-1] == text.start):
        return [Edit(run.end, mark)]
    return _cut(places, text, byte, mark)


def _byte_behind(places: Places, piece: Piece, position: int) -> int:
    """Where what follows the character before `position` begins: an entity is longer than the sign it stands for."""
    if position < piece.end:
        return piece.byte_of(position)
    following = places.within(position, position + 1)[0]
    if following.start == position and following.text is piece.text:
        return following.byte
    return piece.text.end


def _cut(places: Places, text: Text, byte: int, mark: bytes) -> list[Edit]:
    """The run cut in two at `byte`, the mark between; both halves keep its properties and their blanks."""
    run, word = text.run, places.tag(text.start)
    name, run_tag = _name(word), places.tag(run.start)
    again = word if text.keeps_blanks else b"<" + name + KEEPS_BLANKS + word[1 + len(name) :]
    properties = places.content[slice(*run.properties)]
    cut = b"</%b></%b>%b%b%b%b" % (name, _name(run_tag), mark, run_tag, properties, again)
    kept = [] if text.keeps_blanks else [Edit(text.start + 1 + len(name), KEEPS_BLANKS)]
    return [*kept, Edit(byte, cut)]


def _name(tag: bytes) -> bytes:
    """The name of a start tag as it is written, with its prefix."""
    return tag[1:].split(b">")[0].split()[0].rstrip(b"/")


def _put_in(content: bytes, edits: Sequence[Edit]) -> bytes:
    parts, at = [], 0
    for edit in edits:
        parts += [content[at : edit.at], edit.added]
        at = edit.at
    return b"".join([*parts, content[at:]])
