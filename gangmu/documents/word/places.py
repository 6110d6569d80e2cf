"""Where each character that is read from a .docx stands in the bytes of its main part.

Standard library only, as the reader it extends: it runs in the bare child process.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from gangmu.reading.archive import Document
from gangmu.reading.docx import Words, local_name
from gangmu.reading.word_styles import Counter, Style

START_TAG = re.compile(rb"""<([^\s/>]+)(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_SPACE = "http://www.w3.org/XML/1998/namespace space"


@dataclass(slots=True)
class Run:
    """A run that stands in no other: its bytes, the range of its properties, and the bytes of what it holds.

    `contents` are the places where its children begin, properties apart.
    """

    start: int
    end: int = 0
    properties: tuple[int, int] = (0, 0)
    contents: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Text:
    """The content of one element of text. `whole`: it cannot be cut, so what is noted of it is noted of its run."""

    run: Run
    start: int
    first: int
    end: int = 0
    whole: bool = False
    keeps_blanks: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """`length` characters as read, from `start` on, whose bytes begin at `byte` and follow each other."""

    start: int
    words: str
    byte: int
    text: Text

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    def byte_of(self, position: int) -> int:
        """Where the character at `position` begins."""
        return self.byte + len(self.words[: position - self.start].encode())


class Places(Words):
    """Reads as `Words` does, and notes the place of every character and of the end of the body."""

    def __init__(self, styles: dict[str, Style], counter: Counter) -> None:
        super().__init__(styles, counter)
        self.content = b""
        self.space = ""
        self.pieces: list[Piece] = []
        self.comment_ids: set[int] = set()
        self.body_end = 0
        self._open: list[str] = []
        self._run: Run | None = None
        self._depth = 0  # how many elements the run stands in
        self._box_run = Run(0)
        self._text: Text | None = None

    def read(self, content: bytes) -> Document:
        self.content = content
        self.parser.StartCdataSectionHandler = self._cdata
        document = super().read(content)
        self.pieces.sort(key=_start)
        return document

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        local, at = local_name(name), self.parser.CurrentByteIndex
        if local and not self.space:
            self.space = name.rpartition(" ")[0]
        self._begin(local, at, attributes)
        self._open.append(local)
        super().begin(name, attributes)

    def _begin(self, local: str, at: int, attributes: dict[str, str]) -> None:
        if self._open[-1:] == ["body"]:
            self.body_end = at if local == "sectPr" else 0
        if local == "commentRangeStart":
            self.comment_ids |= {int(said) for key, said in attributes.items() if key.endswith(" id") and _is_id(said)}
        elif self._run is not None:
            self._inside(self._run, local, at, attributes)
        elif local == "r":
            self._run, self._depth = Run(at), len(self._open)

    def _inside(self, run: Run, local: str, at: int, attributes: dict[str, str]) -> None:
        """What begins inside a run, at any depth."""
        nested = len(self._open) > self._depth + 1
        if local == "rPr" and not nested:
            run.properties = (at, 0)
        elif not nested:
            run.contents.append(at)
        if local == "t":
            self._text = Text(run, at, self.after_tag(at), 0, nested, attributes.get(_SPACE) == "preserve")
        elif local == "txbxContent":
            self._box_run = run

    def finish(self, name: str) -> None:
        local, at = self._open.pop(), self.parser.CurrentByteIndex
        self._finish(local, at)
        boxes = self.paragraph.boxes if local == "p" and not self.skipping else []
        super().finish(name)
        if boxes and not self.outer:
            self._note_boxes(boxes)

    def _finish(self, local: str, at: int) -> None:
        run, depth = self._run, len(self._open)
        if local == "body" and not self.body_end:
            self.body_end = at
        elif local == "t" and self._text is not None:
            self._text.end, self._text = at, None
        elif run is not None and depth == self._depth + 1 and local == "rPr":
            run.properties = (run.properties[0], self.after_element(run.properties[0], at))
        elif run is not None and depth == self._depth:
            run.end, self._run = self.after_element(run.start, at), None

    def characters(self, words: str) -> None:
        if self.in_text and not self.skipping and not self.outer and self._text is not None:
            self.pieces.append(Piece(self.length, words, self.parser.CurrentByteIndex, self._text))
        super().characters(words)

    def _note_boxes(self, boxes: list[str]) -> None:
        """What a text box held was read after its paragraph; its place is the run that the box hangs on."""
        text = Text(self._box_run, 0, 0, whole=True)
        length = sum(map(len, boxes))
        self.pieces.append(Piece(self.length - length, " " * length, 0, text))

    def _cdata(self) -> None:
        if self._text is not None:
            self._text.whole = True

    def after_tag(self, at: int) -> int:
        """The byte behind the start tag at `at`."""
        return at + len(self.tag(at))

    def after_element(self, start: int, end: int) -> int:
        """The byte behind the element that begins at `start`; `end` is where its end tag stands, if it has one."""
        tag = self.tag(start)
        return start + len(tag) if tag.endswith(b"/>") else self.content.index(b">", end) + 1

    def tag(self, at: int) -> bytes:
        """The start tag at `at`, as it is written."""
        tag = START_TAG.match(self.content, at)
        return tag[0] if tag else b""

    def within(self, start: int, end: int) -> list[Piece]:
        """The pieces that hold characters of the range; for a range without any, the next piece or else the last."""
        first = max(0, bisect_right(self.pieces, start, key=_start) - 1)
        last = bisect_left(self.pieces, end, key=_start)
        found = [piece for piece in self.pieces[first:last] if piece.end > start]
        return found or self.pieces[last : last + 1] or self.pieces[-1:]


def _start(piece: Piece) -> int:
    return piece.start


def _is_id(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 10
