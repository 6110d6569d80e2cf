"""The bare process in which one file is read: its bytes come in, one JSON object goes out. Started by `isolated`."""

import json
import sys
import zipfile
import zlib
from collections.abc import Callable
from xml.etree import ElementTree
from xml.parsers import expat

from gangmu.reading.archive import BROKEN, Document, Trouble

# Ending → the program that writes such files, which the sentences name.
APPS = {"docx": "Word", "xlsx": "Excel", "pdf": "生成它的程序", "zip": "压缩软件"}
APPS_EN = {"pdf": "the program it came from", "zip": "the archive program"}
# Whatever a damaged file makes the standard library raise: none of it is a fault of ours to hide.
DAMAGE = (
    zipfile.BadZipFile, expat.ExpatError, ElementTree.ParseError, zlib.error, EOFError, ValueError, KeyError,
    IndexError, RuntimeError, OverflowError, OSError,
)  # fmt: skip


def child(kind: str) -> None:
    """Read standard input as a file of `kind` and write what came of it.

    {"text", "headings", "notes"} or {"code", "zh", "en"}; a zip writes {"members"} and, after that line, the
    members' bytes one behind the other.
    """
    from gangmu.reading.isolated import limit_this_process

    limit_this_process()
    data = sys.stdin.buffer.read()
    try:
        if kind == "zip":
            _write_members(data)
            return
        answer: dict[str, object] = _reader(kind)(data)._asdict()
    except Trouble as trouble:
        answer = told(trouble, kind)
    except DAMAGE:
        answer = told(Trouble(*BROKEN), kind)
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _reader(kind: str) -> Callable[[bytes], Document]:
    """The reader of one kind; only what it needs is imported."""
    if kind == "docx":
        from gangmu.reading.docx import document_of as read_word

        return read_word
    if kind == "xlsx":
        from gangmu.reading.xlsx import document_of as read_workbook

        return read_workbook
    from gangmu.reading.pdf import document_of as read_pdf

    return read_pdf


def _write_members(data: bytes) -> None:
    from gangmu.reading.bundle import members_of

    members = list(members_of(data))
    named = [{"name": member.name, "size": len(member.data)} for member in members]
    sys.stdout.buffer.write(json.dumps({"members": named}).encode() + b"\n")
    for member in members:
        sys.stdout.buffer.write(member.data)


def told(trouble: Trouble, kind: str) -> dict[str, object]:
    """A refusal of a file of `kind` as the answer that the parent reads."""
    app, ending = APPS[kind], f".{kind}"
    return {
        "code": trouble.code,
        "zh": trouble.chinese.format(app=app, ending=ending),
        "en": trouble.english.format(app=APPS_EN.get(kind, app), ending=ending),
    }
