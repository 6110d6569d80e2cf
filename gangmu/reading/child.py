"""The bare process in which one file is read: its bytes come in, one JSON object goes out. Started by `isolated`."""

import codecs
import json
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.parsers import expat

from gangmu.reading.archive import BROKEN, Document, Trouble

if TYPE_CHECKING:
    from gangmu.reading.bundle import Member

# Ending → the program that writes such files, which the sentences name.
APPS = {"docx": "Word", "xlsx": "Excel", "table": "Excel", "pdf": "生成它的程序", "zip": "压缩软件"}
ENDINGS = {"table": ".xlsx"}
APPS_EN = {"pdf": "the program it came from", "zip": "the archive program"}
_CODECS = ("cp437", "gb18030")  # of the names in archives
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
    from gangmu.reading.isolated import limit_this_process, shut_this_process_in

    limit_this_process(kind)
    data = sys.stdin.buffer.read()
    read = _reader(kind)
    for codec in _CODECS:
        codecs.lookup(codec)  # opens its module's file now, and not when the process may no longer open any
    shut_this_process_in()
    try:
        written = read(data)
    except Trouble as trouble:
        written = json.dumps(told(trouble, kind)).encode()
    except DAMAGE:
        written = json.dumps(told(Trouble(*BROKEN), kind)).encode()
    sys.stdout.buffer.write(written)


def _reader(kind: str) -> Callable[[bytes], bytes]:
    """What writes the answer for one kind; only what it needs is imported."""
    if kind == "zip":
        from gangmu.reading.bundle import members_of

        return partial(_members, members_of)
    if kind == "docx":
        from gangmu.reading.docx import document_of as read_word

        return partial(_document, read_word)
    if kind == "table":
        from gangmu.reading.xlsx_tables import tables_of

        return tables_of
    if kind == "xlsx":
        from gangmu.reading.xlsx import document_of as read_workbook

        return partial(_document, read_workbook)
    from gangmu.reading.pdf import document_of as read_pdf

    return partial(_document, read_pdf)


def _document(read: Callable[[bytes], Document], data: bytes) -> bytes:
    return json.dumps(read(data)._asdict()).encode()


def _members(read: "Callable[[bytes], Iterator[Member]]", data: bytes) -> bytes:
    members = list(read(data))
    named = [{"name": member.name, "size": len(member.data)} for member in members]
    return b"".join([json.dumps({"members": named}).encode(), b"\n", *(member.data for member in members)])


def told(trouble: Trouble, kind: str) -> dict[str, object]:
    """A refusal of a file of `kind` as the answer that the parent reads."""
    app, ending = APPS[kind], ENDINGS.get(kind, f".{kind}")
    return {
        "code": trouble.code,
        "zh": trouble.chinese.format(app=app, ending=ending),
        "en": trouble.english.format(app=APPS_EN.get(kind, app), ending=ending),
    }
