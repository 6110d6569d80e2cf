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
from xml.etree import ElementTree
from xml.parsers import expat

from gangmu.reading.word_styles import TEXT, Counter, Style, lists_of, styles_of

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


class Document(NamedTuple):
    """The words, and where paragraphs begin that a style makes headings, each with its level (0 the title)."""

    text: str
    headings: tuple[tuple[int, int], ...]


def document_of(data: bytes) -> Document:
    """The words and headings of the document. Raises Trouble."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_members(archive)
            main = _main_part(archive)
            folder = main.rpartition("/")[0]
            styles = _beside(archive, f"{folder}/styles.xml")
            lists = _beside(archive, f"{folder}/numbering.xml")
            words = _Words(styles_of(styles) if styles else {}, Counter(lists_of(lists) if lists else {}))
            return words.read(_part(archive, main))
    except ElementTree.ParseError as error:
        raise Trouble(*_BROKEN) from error
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


def _beside(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part that a document may do without; empty where it does."""
    return _part(archive, name) if name in archive.namelist() else b""


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member's bytes; a DOCTYPE, an entity, or an encoding that could hide one, never reaches a parser."""
    content = archive.read(name)
    if b"\x00" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Trouble(*_ENTITIES)
    return content


class _Words:
    """Collects the words of the main part: a line a paragraph, a tab after a cell, a line a row.

    What a text box holds comes after the paragraph it is anchored in. A number that Word counts itself is printed
    as Word shows it: the reader of the page sees it, and it is what makes a heading one.
    """

    def __init__(self, styles: dict[str, Style], counter: Counter) -> None:
        self.styles, self.counter = styles, counter
        self.parts: list[str] = []
        self.headings: list[tuple[int, int]] = []
        self.length = self.cells = self.skipping = self.columns = 0
        self.in_text = False
        self.outer: list[tuple[list[str], int, _Paragraph]] = []
        self.paragraph = _Paragraph()

    def read(self, content: bytes) -> Document:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.finish
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.refuse
        parser.EntityDeclHandler = self.refuse
        parser.Parse(content, True)
        text = "".join(self.parts).rstrip("\n")
        return Document(text, tuple(each for each in self.headings if each[0] < len(text)))

    def refuse(self, *_declaration: object) -> None:
        raise Trouble(*_ENTITIES)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if name == _FALLBACK or local in _SILENT or self.skipping:
            self.skipping += 1
            return
        if local == "t":
            self.in_text = True
            self.open_paragraph()
        elif local == "tc":
            self.cells += 1
            self.columns = 1
        elif local == "p":
            self.paragraph = _Paragraph()
        elif local == "txbxContent":
            self.outer.append((self.parts, self.cells, self.paragraph))
            self.parts, self.cells = [], 0
        elif local in _PROPERTIES:
            self.property(local, next((v for k, v in attributes.items() if k.endswith(" val")), ""))
        elif local in _SIGNS:
            self.add(_SIGNS[local])

    def property(self, name: str, said: str) -> None:
        if name == "gridSpan":
            self.columns = min(int(said), _MOST_COLUMNS) if said.isdigit() else 1
        elif not self.paragraph.opened:
            self.paragraph.said[name] = said

    def open_paragraph(self) -> None:
        """Before its first words: the number that Word counts, and whether its style makes it a heading."""
        paragraph = self.paragraph
        if paragraph.opened:
            return
        paragraph.opened = True
        style = self.styles.get(paragraph.said.get("pStyle", ""), TEXT)
        outline = paragraph.said.get("outlineLvl", "")
        level = int(outline) + 1 if outline.isdigit() and int(outline) < _BODY_LEVEL else style.level
        if level is not None and not self.cells and not self.outer:
            self.headings.append((self.length, level))
        num, at = paragraph.said.get("numId", style.num), paragraph.said.get("ilvl", "")
        if num and num != "0":
            self.add(self.counter.number(num, int(at) if at.isdigit() else style.ilvl))

    def finish(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        local = _local(name)
        if local == "t":
            self.in_text = False
        elif local == "p":
            self.add(" " if self.cells else "\n")
            for box in self.paragraph.boxes:
                self.add(" ".join(box.split("\n")) if self.cells else box)
        elif local == "tc":
            self.cells -= 1
            self.end_cell()
        elif local == "tr":
            self.add("\n" if not self.cells else " ")
        elif local == "txbxContent":
            self.paragraph_of_box()

    def paragraph_of_box(self) -> None:
        """The words of a text box wait until its paragraph ends."""
        inside = "".join(self.parts)
        self.parts, self.cells, self.paragraph = self.outer.pop()
        self.paragraph.boxes.append(inside)

    def end_cell(self) -> None:
        """The blank after a cell's last paragraph becomes the tab that ends it; one more for each merged column."""
        if self.parts and self.parts[-1] == " ":
            self.parts.pop()
            self.length -= 1
        self.add("\t" * self.columns)
        self.columns = 1

    def characters(self, words: str) -> None:
        if self.in_text and not self.skipping:
            self.add(words)

    def add(self, words: str) -> None:
        self.parts.append(words)
        if not self.outer:
            self.length += len(words)


class _Paragraph:
    """What is known of the paragraph being read: its properties, and the text boxes anchored in it."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.boxes: list[str] = []
        self.opened = False


_BODY_LEVEL = 9
_MOST_COLUMNS = 63  # what Word allows
_PROPERTIES = frozenset(("pStyle", "numId", "ilvl", "outlineLvl", "gridSpan"))
# Words that are not there for the reader: moved away in a tracked change, the reading aid over a sign.
_SILENT = frozenset(("moveFrom", "rt", "del"))
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _local(name: str) -> str:
    """The name of an element of WordprocessingML without its namespace, '' for any other element."""
    space, _, local = name.rpartition(" ")
    return local if space in (_WORD, _STRICT) else ""


def child() -> None:
    """Read standard input, write one JSON object: {"text", "headings"} or {"code", "zh", "en"}. Run by `isolated`."""
    from gangmu.reading.isolated import limit_this_process

    limit_this_process()
    try:
        answer: dict[str, object] = document_of(sys.stdin.buffer.read())._asdict()
    except Trouble as trouble:
        answer = {"code": trouble.code, "zh": trouble.chinese, "en": trouble.english}
    sys.stdout.buffer.write(json.dumps(answer).encode())
