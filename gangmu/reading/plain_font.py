"""One plain font in place of those that a PDF names and does not hold, so that no machine's own fonts change a reading.

PDFium measures words by the shapes of their letters. Of a font that is neither in the file nor on the machine it knows
no shapes, and passes over words of one letter. Here each such letter is a box. Standard
library and PDFium only: it runs in a bare child process (`isolated`).
"""

import ctypes
import struct
from functools import cache
from typing import Any

from pypdfium2 import raw

_SQUARE = 1000  # units of the square that a letter stands in
_LOW, _HIGH, _WIDTH = -120, 880, 200  # of the box: as high as letters are, no wider than the narrowest
_WHOLE_FILE = 0  # where PDFium would have one table of the font, it says which
_HANDLE = 1
_kept: list[Any] = []  # callbacks live as long as PDFium may call them


def use_plain_font() -> None:
    """From here on PDFium takes the plain font for every font that it would look for on the machine."""
    if _kept:
        return
    info = raw.FPDF_SYSFONTINFO(version=1)
    given = {"MapFont": _given, "GetFont": _given, "GetFontData": _data, "GetFontCharset": _charset}
    for name, kind in raw.FPDF_SYSFONTINFO._fields_:
        if name in given:
            setattr(info, name, kind(given[name]))
    _kept.append(info)
    raw.FPDF_SetSystemFontInfo(info)


def _given(*_asked: object) -> int:
    return _HANDLE


def _data(_info: object, _font: object, table: int, buffer: Any, size: int) -> int:
    """The font's bytes, put where there is room for them; their number."""
    font = plain_font()
    if table != _WHOLE_FILE:
        return 0
    if buffer and size >= len(font):
        ctypes.memmove(buffer, font, len(font))
    return len(font)


def _charset(*_asked: object) -> int:
    return int(raw.FXFONT_DEFAULT_CHARSET)


@cache
def plain_font() -> bytes:
    """A TrueType font in which one box stands for every letter, and for what is no letter (ISO/IEC 14496-22)."""
    box = struct.pack(">hhhhh", 1, 0, _LOW, _WIDTH, _HIGH) + struct.pack(">HH", 3, 0) + b"\x01" * 4
    box += struct.pack(">hhhh", 0, _WIDTH, 0, -_WIDTH) + struct.pack(">hhhh", _LOW, 0, _HIGH - _LOW, 0)
    head = struct.pack(">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _SQUARE, 0, 0, 0, _LOW, _WIDTH, _HIGH,
                       0, 8, 2, 1, 0)  # fmt: skip
    line = struct.pack(">IhhhHhhhhhh4hhH", 0x10000, _HIGH, _LOW, 0, _SQUARE, 0, 0, _WIDTH, 1, 0, 0, *[0] * 5, 2)
    every = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, 0, 0x10FFFF, 1)  # format 13: all signs are letter 1
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + every,
        b"glyf": box * 2,
        b"head": head,
        b"hhea": line,
        b"hmtx": struct.pack(">HhHh", _SQUARE, 0, _SQUARE, 0),
        b"loca": struct.pack(">III", 0, len(box), 2 * len(box)),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 4, 1, *[0] * 11),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return _put_together(tables)


def _put_together(tables: dict[bytes, bytes]) -> bytes:
    directory, body = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 0), b""
    begin = len(directory) + 16 * len(tables)
    for tag, content in tables.items():
        directory += struct.pack(">4sIII", tag, 0, begin + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    return directory + body
