"""A .zip of several documents: looked over first, then its members one by one, names as in the archive.

Standard library only: it runs in a bare child process (`isolated`).
"""

import io
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from gangmu.reading.archive import (
    BOMB,
    MOST_MEMBERS,
    OF_ANOTHER_KIND,
    Sentence,
    Trouble,
    check_sizes,
    is_outside,
)

_LONGEST_ENTRY = 1024  # of the directory, name and extra fields included; a longer one is made to be heavy
_UTF8_NAME = 0x800
_OF_THE_SYSTEM = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_BEGINNING_OF_A_LOCK = "~$"
_OUTSIDE = Sentence(
    "reading.hostile",
    "里有指向压缩包外面的路径，没有读；请重新打包再来",
    "holds paths that lead outside of the archive and was not read: pack it anew",
)
_EMPTY = Sentence(
    "reading.empty",
    "里没有文件；请看看打包时是不是漏选了",
    "holds no file: see whether any was chosen when it was packed",
)
_AN_OFFICE_FILE = Sentence(
    "reading.kind",
    "其实是 Word 或 Excel 文件，只是改了名字；请把结尾改回 .docx 或 .xlsx",
    "is really a Word or Excel file: rename it to .docx or .xlsx",
)


class Member(NamedTuple):
    """One file of the archive: its name with its folders, and its bytes."""

    name: str
    data: bytes


def members_of(data: bytes) -> Iterator[Member]:
    """The files of the archive in its order, without folders and what the system leaves behind. Raises Trouble."""
    _refuse_long_directory(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        check_sizes(members)
        if any(member.filename == "[Content_Types].xml" for member in members):
            raise Trouble(*_AN_OFFICE_FILE)
        wanted = [(name_of(member), member) for member in members if not member.is_dir()]
        if any(is_outside(name) for name, _ in wanted):
            raise Trouble(*_OUTSIDE)
        wanted = [(name, member) for name, member in wanted if not _is_left_behind(name)]
        if not wanted:
            raise Trouble(*_EMPTY)
        for name, member in wanted:
            yield Member(name, archive.read(member))


def name_of(member: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: UTF-8 where it says so or is, else what Windows in China writes (GB18030)."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return member.filename


def _refuse_long_directory(data: bytes) -> None:
    """A directory of hundreds of thousands of entries must not be built up in memory only to be refused."""
    at = data.rfind(b"PK\x05\x06")
    if at < 0 or len(data) < at + 22:
        raise Trouble(*OF_ANOTHER_KIND)
    if int.from_bytes(data[at + 12 : at + 16], "little") > MOST_MEMBERS * _LONGEST_ENTRY:
        raise Trouble(*BOMB)


def _is_left_behind(name: str) -> bool:
    lower = name.lower()
    own = lower.rpartition("/")[2]
    return lower.startswith(_OF_THE_SYSTEM[0]) or own in _OF_THE_SYSTEM or own.startswith(_BEGINNING_OF_A_LOCK)
