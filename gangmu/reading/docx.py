"""A small reader of .docx: the words of the main part, nothing else, after the archive has been looked over (TRUST, f).

Standard library only: it runs in a bare child process (`isolated`).
"""

import io
import json
import re
import sys
import zipfile
import zlib
from typing import NamedTuple
from xml.parsers import expat

MOST_MEMBERS = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
_SMALL = 64 * 1024  # an archive's little parts may well shrink a hundredfold
_ARCHIVES = (".zip", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".7z", ".rar", ".gz", ".jar")
_MAIN_TYPE = re.compile(
    r'PartName="/([^"]+)"[^>]*wordprocessingml\.document\.main\+xml|'
    r'wordprocessingml\.document\.main\+xml"[^>]*PartName="/([^"]+)"'
)
_FETCHED = re.compile(
    rb'<Relationship\b(?=[^>]*TargetMode="External")(?=[^>]*/(?:attachedTemplate|oleObject|frame|subDocument)")[^>'
    rb"]*>"
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"


class Trouble(Exception):
    """The file cannot be used; says why and what to do, in both languages, after the file's name."""

    def __init__(self, code: str, chinese: str, english: str) -> None:
        self.code, self.chinese, self.english = code, chinese, english
        super().__init__(english)


class _Sentence(NamedTuple):
    code: str
    chinese: str
    english: str


_BROKEN = _Sentence(
    "reading.broken",
    "打不开，文件可能没传完或者坏了；请用 Word 打开，另存一份再来",
    "cannot be opened, it may be incomplete or damaged: open it in Word and save a fresh copy",
)
_ENCRYPTED = _Sentence("reading.encrypted", "有密码；请去掉密码再来", "is protected by a password: remove it")
_NOT_WORD = _Sentence(
    "reading.kind",
    "结尾是 .docx，里面却不是 Word 文档；请用 Word 另存为 .docx",
    "is called .docx but is no Word document: save it from Word as .docx",
)
_BOMB = _Sentence(
    "reading.hostile",
    "展开后大得不正常，没有读；请用 Word 打开，另存一份再来",
    "unpacks to an unreasonable size and was not read: open it in Word and save a fresh copy",
)
_NESTED = _Sentence(
    "reading.hostile",
    "里面嵌着别的文件或压缩包，没有读；请把文字复制到一份新文档里再来",
    "holds other files or archives and was not read: copy the text into a new document",
)
_MACROS = _Sentence(
    "reading.hostile",
    "带有宏或外部对象，没有读；请另存为不带宏的 .docx 再来",
    "holds macros or outside objects and was not read: save it as a .docx without them",
)
_ENTITIES = _Sentence(
    "reading.hostile",
    "里有 Word 不会写的 XML 声明，没有读；请用 Word 打开，另存一份再来",
    "holds XML declarations that Word does not write and was not read: open it in Word and save a fresh copy",
)


def text_of(data: bytes) -> str:
    """The words of the document. Raises Trouble."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_members(archive)
            return _Words().read(_part(archive, _main_part(archive)))
    except (zipfile.BadZipFile, expat.ExpatError, EOFError, RuntimeError, zlib.error) as error:
        raise Trouble(*_BROKEN) from error


def check_members(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that is too large, encrypted, nested, or holds macros or outside objects."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Trouble(*_BOMB)
    for member in members:
        _check_member(member)
    for member in members:
        if member.filename.endswith(".rels") and _FETCHED.search(_part(archive, member.filename)):
            raise Trouble(*_MACROS)


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename.lower()
    if member.flag_bits & 1:
        raise Trouble(*_ENCRYPTED)
    if member.file_size > _SMALL and member.file_size > MOST_RATIO * max(1, member.compress_size):
        raise Trouble(*_BOMB)
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
        raise Trouble(*_NESTED)
    if name.endswith(_ARCHIVES):
        raise Trouble(*_NESTED)
    if name.endswith((".bin", ".exe", ".dll", ".vbs", ".js")) and (
        "vba" in name or "oleobject" in name or "activex" in name
    ):
        raise Trouble(*_MACROS)


def _main_part(archive: zipfile.ZipFile) -> str:
    if "[Content_Types].xml" not in archive.namelist():
        raise Trouble(*_NOT_WORD)
    found = _MAIN_TYPE.search(_part(archive, "[Content_Types].xml").decode("utf-8", "strict"))
    name = (found[1] or found[2]) if found else ""
    if name not in archive.namelist():
        raise Trouble(*_NOT_WORD)
    return name


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member's bytes; a DOCTYPE, an entity, or an encoding that could hide one, never reaches a parser."""
    content = archive.read(name)
    if b"\x00" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Trouble(*_ENTITIES)
    return content


class _Words:
    """Collects the words of the main part: a line a paragraph, a tab after a cell, a line a row."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.cells = 0
        self.skipping = 0
        self.in_text = False

    def read(self, content: bytes) -> str:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.finish
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.refuse
        parser.EntityDeclHandler = self.refuse
        parser.Parse(content, True)
        return "".join(self.parts).rstrip("\n")

    def refuse(self, *_declaration: object) -> None:
        raise Trouble(*_ENTITIES)

    def begin(self, name: str, _attributes: dict[str, str]) -> None:
        if name == _FALLBACK or self.skipping:  # the same words again, for readers that do not know a newer shape
            self.skipping += 1
            return
        local = _local(name)
        if local == "t":
            self.in_text = True
        elif local == "tc":
            self.cells += 1
        elif local in _SIGNS:
            self.parts.append(_SIGNS[local])

    def finish(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        local = _local(name)
        if local == "t":
            self.in_text = False
        elif local == "p":
            self.parts.append(" " if self.cells else "\n")
        elif local == "tc":
            self.cells -= 1
            self.end_cell()
        elif local == "tr":
            self.parts.append("\n" if not self.cells else " ")

    def end_cell(self) -> None:
        """The blank after a cell's last paragraph becomes the tab that ends the cell."""
        if self.parts and self.parts[-1] == " ":
            self.parts.pop()
        self.parts.append("\t")

    def characters(self, words: str) -> None:
        if self.in_text and not self.skipping:
            self.parts.append(words)


_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _local(name: str) -> str:
    """The name of an element of WordprocessingML without its namespace, '' for any other element."""
    space, _, local = name.rpartition(" ")
    return local if space in (_WORD, _STRICT) else ""


def child() -> None:
    """Read standard input, write one JSON object: {"text"} or {"code", "zh", "en"}. Run by `isolated`."""
    from gangmu.reading.isolated import limit_this_process

    limit_this_process()
    try:
        answer = {"text": text_of(sys.stdin.buffer.read())}
    except Trouble as trouble:
        answer = {"code": trouble.code, "zh": trouble.chinese, "en": trouble.english}
    sys.stdout.buffer.write(json.dumps(answer).encode())
