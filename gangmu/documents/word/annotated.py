"""A .docx with a comment at every number that wants looking at, and a last page that sums up."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from gangmu.kernel.clock import LOCAL
from gangmu.reading import isolated
from gangmu.reading.values import Span

Look = Literal["title", "heading", "text"]
_CHILD = "gangmu.documents.word.child"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a range of the text as it is read from the file; a paragraph a line."""

    span: Span
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the last page."""

    text: str
    look: Look = "text"


def annotated(
    name: str, data: bytes, remarks: Iterable[Remark], page: Iterable[Line], *, author: str, at: datetime
) -> bytes:
    """The .docx `data` with the remarks as comments by `author` and the page behind its last.

    Whatever the file held before stays byte for byte; comments that it has keep their numbers. It is taken apart in a
    process of little memory and time. Raises Unusable with a plain sentence.
    """
    asked = {
        "remarks": [[*one.span, one.lines] for one in remarks],
        "page": [[line.look, line.text] for line in page],
        "author": author,
        "stamp": at.astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M:%SZ"),  # Word means the local clock, whatever the Z says
    }
    head, _, file = isolated.answer_of(name, json.dumps(asked).encode() + b"\n" + data, "docx", child=_CHILD).partition(
        b"\n"
    )
    isolated.refuse(name, json.loads(head))
    return file
