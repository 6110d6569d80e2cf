"""A small reader of .docx: the words of the main part, nothing else, after the archive has been looked over (TRUST, f).

Standard library only: it runs in a bare child process (`isolated`).
"""

import io
import zipfile
import zlib
from typing import TypeVar
from xml.etree import ElementTree
from xml.parsers import expat

from gangmu.reading.archive import (
    BROKEN,
    OF_ANOTHER_KIND,
    Document,
    Note,
    Trouble,
    beside,
    check_members,
    part,
    refuse_declaration,
)
from gangmu.reading.patterns import pattern
from gangmu.reading.word_styles import TEXT, Counter, Style, lists_of, styles_of

_MAIN_TYPE = pattern(
    r'PartName="/([^"]+)"[^>]*wordprocessingml\.document\.main\+xml|'
    r'wordprocessingml\.document\.main\+xml"[^>]*PartName="/([^"]+)"'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"


def document_of(data: bytes) -> Document:
    """The words and headings of the document. Raises Trouble."""
    return read_by(Words, data)[1]


def read_by(kind: "type[AnyWords]", data: bytes) -> "tuple[AnyWords, Document]":
    """The document as a reader of that kind reads it, and the reader, which may have noted more. Raises Trouble."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_members(archive)
            main = main_part(archive)
            folder = main.rpartition("/")[0]
            styles = beside(archive, f"{folder}/styles.xml")
            lists = beside(archive, f"{folder}/numbering.xml")
            words = kind(styles_of(styles) if styles else {}, Counter(lists_of(lists) if lists else {}))
            return words, words.read(part(archive, main))._replace(notes=_notes(archive, f"{folder}/charts/"))
    except ElementTree.ParseError as error:
        raise Trouble(*BROKEN) from error
    except (zipfile.BadZipFile, expat.ExpatError, EOFError, RuntimeError, zlib.error) as error:
        raise Trouble(*BROKEN) from error


def _notes(archive: zipfile.ZipFile, charts: str) -> tuple[Note, ...]:
    count = sum(name.startswith(f"{charts}chart") and name.endswith(".xml") for name in archive.namelist())
    if not count:
        return ()
    return (
        Note(
            "reading.charts",
            f"有{count}个图表，图里的数没有读；要一起核就把数写成表格",
            f"has {count} charts, whose numbers were not read: write them as a table to have them checked",
        ),
    )


def main_part(archive: zipfile.ZipFile) -> str:
    """The name of the part that holds the text. Raises Trouble where there is none."""
    if "[Content_Types].xml" not in archive.namelist():
        raise Trouble(*OF_ANOTHER_KIND)
    found = _MAIN_TYPE.search(part(archive, "[Content_Types].xml").decode("utf-8", "strict"))
    name = (found[1] or found[2]) if found else ""
    if name not in archive.namelist():
        raise Trouble(*OF_ANOTHER_KIND)
    return name


class Words:
    """Collects the words of the main part: a line a paragraph, a tab after a cell, a line a row.

    What a text box holds comes after the paragraph it is anchored in. A number that Word counts itself is printed
    as Word shows it: the reader of the page sees it, and it is what makes a heading one.
    """

    def __init__(self, styles: dict[str, Style], counter: Counter) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.styles, self.counter = styles, counter
        self.parts: list[str] = []
        self.headings: list[tuple[int, int]] = []
        self.length = self.cells = self.skipping = self.columns = 0
        self.in_text = False
        self.outer: list[tuple[list[str], int, _Paragraph]] = []
        self.paragraph = _Paragraph()

    def read(self, content: bytes) -> Document:
        parser = self.parser
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.finish
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = refuse_declaration
        parser.EntityDeclHandler = refuse_declaration
        parser.Parse(content, True)
        text = "".join(self.parts).rstrip("\n")
        return Document(text, tuple(each for each in self.headings if each[0] < len(text)))

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        local = local_name(name)
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
        local = local_name(name)
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


AnyWords = TypeVar("AnyWords", bound=Words)


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


def local_name(name: str) -> str:
    """The name of an element of WordprocessingML without its namespace, '' for any other element."""
    space, _, local = name.rpartition(" ")
    return local if space in (_WORD, _STRICT) else ""
