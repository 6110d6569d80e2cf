"""The bare process that puts comments into a .docx: a JSON line and the file come in, and the same go out."""

import codecs
import io
import json
import sys
import zipfile
from typing import Any

from gangmu.documents.word.marking import Noted, marked
from gangmu.documents.word.parts import Comments, comment, page, refuse_other_encodings, with_parts
from gangmu.documents.word.places import Places
from gangmu.reading.archive import BROKEN, Trouble
from gangmu.reading.child import DAMAGE, told
from gangmu.reading.docx import main_part, read_by


def child(kind: str) -> None:
    """Annotate standard input; `kind` is docx. Writes {"size"} and then the file, or {"code", "zh", "en"}."""
    from gangmu.reading.isolated import limit_this_process, shut_this_process_in

    limit_this_process()
    asked, _, data = sys.stdin.buffer.read().partition(b"\n")
    codecs.lookup("cp437")  # zipfile needs it for names; later it could not be opened
    shut_this_process_in()
    answer: dict[str, object]
    file = b""
    try:
        file = annotated(data, json.loads(asked))
        answer = {"size": len(file)}
    except Trouble as trouble:
        answer = told(trouble, kind)
    except DAMAGE:
        answer = told(Trouble(*BROKEN), kind)
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + file)


def annotated(data: bytes, asked: dict[str, Any]) -> bytes:
    """The file with its comments and its last page. `asked`: remarks, page, author, stamp. Raises Trouble."""
    places, _ = read_by(Places, data)
    refuse_other_encodings(places.content)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = main_part(archive)
        comments = Comments(archive, main)
        first = max(comments.ids() | places.comment_ids, default=-1) + 1
        remarks = [Noted(start, end, tuple(lines)) for start, end, lines in asked["remarks"]] if places.pieces else []
        space = places.space
        written = b"".join(comment(number, one.lines, asked["author"], asked["stamp"], space)
                           for number, one in enumerate(remarks, first))  # fmt: skip
        parts = {main: marked(places, remarks, first, page(asked["page"], space))}
        return with_parts(archive, parts | (comments.changed(space, written) if remarks else {}))
