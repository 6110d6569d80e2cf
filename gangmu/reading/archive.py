"""What every office file shares: a zip that is looked over before anything in it is parsed (TRUST, f).

Standard library only: it runs in a bare child process (`isolated`). Sentences name the program that made the file
as {app} and its ending as {ending}; the child fills them in.
"""

import zipfile
from collections.abc import Callable
from typing import IO, NamedTuple
from xml.parsers import expat

from gangmu.reading.patterns import pattern

MOST_MEMBERS = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
_SMALL = 64 * 1024  # an archive's little parts may well shrink a hundredfold
_AT_ONCE = 64 * 1024
_ARCHIVES = (".zip", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".7z", ".rar", ".gz", ".jar")
_FETCHED = pattern(
    rb'<Relationship\b(?=[^>]*TargetMode="External")(?=[^>]*/(?:attachedTemplate|oleObject|frame|subDocument'
    rb'|externalLinkPath|xlExternalLinkPath)")[^>]*>'
)
_OF_A_CHART = "word/charts/_rels/"
_TABLE_OF_A_CHART = pattern(rb'<Relationship\b(?=[^>]*/package")[^>]*\bTarget="\.\./embeddings/([^"/]+\.xlsx)"')


class Trouble(Exception):
    """The file cannot be used; says why and what to do, in both languages, after the file's name."""

    def __init__(self, code: str, chinese: str, english: str) -> None:
        self.code, self.chinese, self.english = code, chinese, english
        super().__init__(english)


class Sentence(NamedTuple):
    """A Trouble that is not raised yet."""

    code: str
    chinese: str
    english: str


class Note(NamedTuple):
    """What the reader of a file should know about the reading, after the file's name."""

    code: str
    chinese: str
    english: str


class Document(NamedTuple):
    """The words; where paragraphs begin that a style makes headings, each with its level (0 the title); notes."""

    text: str
    headings: tuple[tuple[int, int], ...] = ()
    notes: tuple[Note, ...] = ()


BROKEN = Sentence(
    "reading.broken",
    "打不开，文件可能没传完或者坏了；请用 {app} 打开，另存一份再来",
    "cannot be opened, it may be incomplete or damaged: open it in {app} and save a fresh copy",
)
ENCRYPTED = Sentence("reading.encrypted", "有密码；请去掉密码再来", "is protected by a password: remove it")
OF_ANOTHER_KIND = Sentence(
    "reading.kind",
    "结尾是 {ending}，里面却不是 {app} 的文件；请用 {app} 另存为 {ending}",
    "is called {ending} but was not made by {app}: save it from {app} as {ending}",
)
BOMB = Sentence(
    "reading.hostile",
    "展开后大得不正常，没有读；请用 {app} 打开，另存一份再来",
    "unpacks to an unreasonable size and was not read: open it in {app} and save a fresh copy",
)
NESTED = Sentence(
    "reading.hostile",
    "里面嵌着别的文件或压缩包，没有读；请把文字复制到一份新文档里再来",
    "holds other files or archives and was not read: copy the text into a new document",
)
MACROS = Sentence(
    "reading.hostile",
    "带有宏或外部对象，没有读；请另存为不带宏的 {ending} 再来",
    "holds macros or outside objects and was not read: save it as a {ending} without them",
)
ENTITIES = Sentence(
    "reading.hostile",
    "里有 {app} 不会写的 XML 声明，没有读；请用 {app} 打开，另存一份再来",
    "holds XML declarations that {app} does not write and was not read: open it in {app} and save a fresh copy",
)


def check_members(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that is too large, encrypted, nested, or holds macros or outside objects."""
    members = archive.infolist()
    check_sizes(members)
    of_charts = _tables_of_charts(archive)
    for member in members:
        nested = member.filename.lower().endswith(_ARCHIVES) and member.filename not in of_charts
        if nested or is_outside(member.filename):
            raise Trouble(*NESTED)
        _check_contents(member.filename.lower())
    for member in members:
        if member.filename.endswith(".rels") and _FETCHED.search(part(archive, member.filename)):
            raise Trouble(*MACROS)


def check_sizes(members: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive that unpacks to too much, by number, by sum or by ratio, or that is encrypted."""
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Trouble(*BOMB)
    for member in members:
        if member.flag_bits & 1:
            raise Trouble(*ENCRYPTED)
        if member.file_size > _SMALL and member.file_size > MOST_RATIO * max(1, member.compress_size):
            raise Trouble(*BOMB)


def _tables_of_charts(archive: zipfile.ZipFile) -> frozenset[str]:
    """The workbooks in which Word keeps the numbers of its charts: nothing here opens one, so they may lie there."""
    of_charts = (name for name in archive.namelist() if name.startswith(_OF_A_CHART) and name.endswith(".rels"))
    found = (_TABLE_OF_A_CHART.findall(part(archive, name)) for name in of_charts)
    return frozenset(f"word/embeddings/{table.decode('utf-8', 'replace')}" for tables in found for table in tables)


def is_outside(name: str) -> bool:
    """True for a member's name that would leave the archive's own folder."""
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name


def _check_contents(name: str) -> None:
    if name.endswith((".bin", ".exe", ".dll", ".vbs", ".js")) and (
        "vba" in name or "oleobject" in name or "activex" in name
    ):
        raise Trouble(*MACROS)


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member's bytes; a DOCTYPE, an entity, or an encoding that could hide one, never reaches a parser."""
    content = archive.read(name)
    if b"\x00" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Trouble(*ENTITIES)
    return content


def beside(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part that a document may do without; empty where it does."""
    return part(archive, name) if name in archive.namelist() else b""


def parse_stream(
    stream: IO[bytes],
    begin: Callable[[str, dict[str, str]], None],
    finish: Callable[[str], None],
    characters: Callable[[str], None],
) -> None:
    """Hand the events of one XML part to the three functions, a piece at a time; names are 'namespace local'."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse_declaration
    parser.EntityDeclHandler = refuse_declaration
    while piece := stream.read(_AT_ONCE):
        if b"\x00" in piece:
            raise Trouble(*ENTITIES)
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def refuse_declaration(*_declaration: object) -> None:
    """Office programs declare no document type and no entity; an attack does."""
    raise Trouble(*ENTITIES)
