"""The parts of a .docx around its text: a part of comments, made or lengthened, related and declared.

Standard library only, since it runs in the bare child process. ECMA-376 part 1 §11.3.2 and part 2.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from xml.parsers import expat

from gangmu.documents.word.places import START_TAG
from gangmu.kernel.xml_text import escaped
from gangmu.reading.archive import BROKEN, Trouble, part, refuse_declaration

_STRICT = "http://purl.oclc.org/ooxml/"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
TYPES = "[Content_Types].xml"
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']""")
_COMMENTS = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{}"/>'


class Element:
    """The outermost element of a part: where what is added to it goes, and the attributes of all elements in it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.attributes: list[tuple[str, dict[str, str]]] = []
        self._start = self._end = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.StartDoctypeDeclHandler = refuse_declaration
        self._parser.EntityDeclHandler = refuse_declaration
        self._parser.Parse(content, True)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if not self.attributes:
            self._start = self._parser.CurrentByteIndex
        self.attributes.append((name.rpartition(" ")[2], attributes))

    def _finish(self, _name: str) -> None:
        self._end = self._parser.CurrentByteIndex

    def with_added(self, inner: bytes) -> bytes:
        """The part with `inner` as the last thing in its outermost element."""
        tag = START_TAG.match(self.content, self._start)
        if tag is None or not tag[0].endswith(b"/>"):
            return self.content[: self._end] + inner + self.content[self._end :]
        opened = self.content[: tag.end() - 2] + b">" + inner
        return opened + b"</" + tag[1] + b">" + self.content[tag.end() :]


def refuse_other_encodings(content: bytes) -> None:
    """Places are counted in UTF-8, which is what every office program writes. Raises Trouble for any other."""
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise Trouble(*BROKEN)


class Comments:
    """The part of comments of one document: the one it has, or a new one."""

    def __init__(self, archive: zipfile.ZipFile, main: str) -> None:
        folder, own = posixpath.split(main)
        self.relations = posixpath.join(folder, "_rels", f"{own}.rels")
        self._names = set(archive.namelist())
        self._links = part(archive, self.relations) if self.relations in self._names else _no_links()
        self._types = part(archive, TYPES)
        self.name = self._related(folder) or self._new_name(folder)
        self.is_new = self.name not in self._names
        self.content = b"" if self.is_new else part(archive, self.name)

    def _related(self, folder: str) -> str:
        for name, told in Element(self._links).attributes:
            if name == "Relationship" and told.get("Type") in (_RELATION, _STRICT_RELATION):
                return posixpath.normpath(posixpath.join("/", folder, told.get("Target", ""))).lstrip("/")
        return ""

    def _new_name(self, folder: str) -> str:
        names = (posixpath.join(folder, f"comments{number or ''}.xml") for number in range(len(self._names) + 1))
        return next(name for name in names if name not in self._names)

    def ids(self) -> set[int]:
        """The numbers that the comments of the document have."""
        every = Element(self.content).attributes if self.content else []
        said = (
            value for name, told in every if name == "comment" for key, value in told.items() if key.endswith(" id")
        )
        return {int(value) for value in said if value.isascii() and value.isdigit()}

    def changed(self, space: str, comments: bytes) -> dict[str, bytes]:
        """The parts that differ when `comments` are added, by name. `space`: the namespace of the main part."""
        content = self.content or _COMMENTS.format(space).encode()
        parts = {self.name: Element(content).with_added(comments)}
        if self.is_new:
            parts[self.relations] = self._with_link(space)
            parts[TYPES] = self._with_type()
        return parts

    def _with_link(self, space: str) -> bytes:
        links = Element(self._links)
        if any(told.get("Type") in (_RELATION, _STRICT_RELATION) for _, told in links.attributes):
            return self._links  # a document whose link leads nowhere: the part is made where it leads
        ids = {told.get("Id") for _, told in links.attributes}
        own = next(name for number in range(len(ids) + 1) if (name := f"rIdGangmu{number}") not in ids)
        kind = _STRICT_RELATION if space.startswith(_STRICT) else _RELATION
        link = (
            f'<Relationship xmlns="{_PACKAGE}/relationships" Id="{own}" Type="{kind}" Target="/{escaped(self.name)}"/>'
        )
        return links.with_added(link.encode())

    def _with_type(self) -> bytes:
        told = f'<Override xmlns="{_PACKAGE}/content-types" PartName="/{escaped(self.name)}" ContentType="{_TYPE}"/>'
        types = Element(self._types)
        if any(one.get("PartName") == f"/{self.name}" for _, one in types.attributes):
            return self._types
        return types.with_added(told.encode())


def _no_links() -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()


# what each line that we add looks like: its own properties, since the document's styles are not ours to use
_PLAIN = (
    '<w:spacing w:before="{}" w:after="{}" w:line="276" w:lineRule="auto"/>'
    '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{}"/>'
)
LOOKS: Mapping[str, tuple[str, str]] = {
    "title": ("<w:pageBreakBefore/>" + _PLAIN.format(0, 200, "center"), '<w:b/><w:sz w:val="36"/>'),
    "heading": ("<w:keepNext/>" + _PLAIN.format(200, 60, "left"), '<w:b/><w:sz w:val="28"/>'),
    "text": (_PLAIN.format(0, 60, "left"), '<w:sz w:val="24"/>'),
    "comment": ('<w:pStyle w:val="CommentText"/>' + _PLAIN.format(0, 0, "left"), '<w:sz w:val="20"/>'),
}


def comment(number: int, lines: Iterable[str], author: str, stamp: str, space: str) -> bytes:
    """One comment, a paragraph a line; the first bears the sign that leads back to the text."""
    sign = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
    paragraphs = "".join(_paragraph("comment", line, "" if at else sign) for at, line in enumerate(lines))
    who = escaped(author).replace('"', "&quot;")
    return (f'<w:comment xmlns:w="{space}" w:id="{number}" w:author="{who}" w:date="{stamp}" '
            f'w:initials="{escaped(author[:1])}">{paragraphs}</w:comment>').encode()  # fmt: skip


def page(lines: Iterable[tuple[str, str]], space: str) -> bytes:
    """A last page of (look, words)."""
    return "".join(_paragraph(look, words, space=f' xmlns:w="{space}"') for look, words in lines).encode()


def _paragraph(look: str, words: str, before: str = "", *, space: str = "") -> str:
    own, run = LOOKS[look]
    told = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{escaped(words)}</w:t></w:r>'
    return f"<w:p{space}><w:pPr>{own}</w:pPr>{before}{told}</w:p>"


def with_parts(archive: zipfile.ZipFile, parts: Mapping[str, bytes]) -> bytes:
    """The archive with these parts in place of its own or behind them; every other member as it is."""
    out = io.BytesIO()
    left = dict(parts)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in archive.infolist():
            changed = left.pop(member.filename, None)
            copy.writestr(member, archive.read(member) if changed is None else changed)
        for name, content in left.items():
            copy.writestr(name, content)
    return out.getvalue()
