"""Word files for the tests, written as bytes by hand, and a reader of comments that knows nothing of the writer."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>'
)
NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def run(words: str, properties: str = "") -> str:
    """A run with one text."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*inside: str, properties: str = "") -> str:
    """A paragraph of runs."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(inside)}</w:p>"


def word_file(body: str, *, space: str = W, comments: str = "", declared: str = "UTF-8", more: dict[str, bytes] | None = None) -> bytes:  # fmt: skip
    """A .docx of that body; `comments` are the elements of a part of comments that it has already."""
    links = f'<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>'
    types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"), ("numbering", "numbering"))
    )
    parts = {"word/styles.xml": STYLES, "word/numbering.xml": NUMBERING}
    if comments:
        links += f'<Relationship Id="rId2" Type="{OFFICE}/comments" Target="comments.xml"/>'
        types += '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>'
        parts["word/comments.xml"] = f'<w:comments xmlns:w="{space}">{comments}</w:comments>'
    head = f'<?xml version="1.0" encoding="{declared}" standalone="yes"?>\n'
    parts |= {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.encode(declared if name == "word/document.xml" else "utf-8"))
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as a reader of the format finds it: its number, its paragraphs, and the words its range holds."""

    id: str
    author: str
    lines: tuple[str, ...]
    about: str


def members(data: bytes) -> dict[str, bytes]:
    """Every member of the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name) for name in names}


def comments_of(data: bytes) -> list[Comment]:
    """The comments of a .docx in the order of the text, by the rules of the format.

    The part of comments is related to the main part and declared; every number is used once, has a range that begins
    before it ends, and a reference behind the range.
    """
    parts = members(data)
    main = etree.fromstring(parts["word/document.xml"])
    space = main.nsmap["w"]
    links = etree.fromstring(parts["word/_rels/document.xml.rels"])
    [target] = [one.get("Target") for one in links if one.get("Type").endswith("/comments")]
    name = posixpath.normpath(posixpath.join("/word", target))
    declared = {one.get("PartName"): one.get("ContentType") for one in etree.fromstring(parts["[Content_Types].xml"])}
    assert declared[name].endswith("wordprocessingml.comments+xml")
    part = etree.fromstring(parts[name.lstrip("/")])
    assert part.tag == f"{{{space}}}comments"
    told = {one.get(f"{{{space}}}id"): one for one in part}
    assert len(told) == len(part)
    found = [_comment(one, told, main, space) for one in ranges(main, space)]
    assert len(found) == len(told)
    return found


def ranges(main: Any, space: str) -> list[str]:
    """The numbers of the ranges in the order in which they begin; each is closed and then referred to."""
    steps: dict[str, list[str]] = {}
    for one in main.iter():
        kind = etree.QName(one).localname if isinstance(one.tag, str) else ""
        if kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            steps.setdefault(one.get(f"{{{space}}}id"), []).append(kind)
    assert all(some == ["commentRangeStart", "commentRangeEnd", "commentReference"] for some in steps.values()), steps
    return list(steps)


def _comment(number: str, told: dict[str, Any], main: Any, space: str) -> Comment:
    inside, words = False, []
    for one in main.iter(f"{{{space}}}commentRangeStart", f"{{{space}}}commentRangeEnd", f"{{{space}}}t"):
        if etree.QName(one).localname == "t":
            words.append(one.text or "") if inside else None
        elif one.get(f"{{{space}}}id") == number:
            inside = etree.QName(one).localname == "commentRangeStart"
    lines = tuple("".join(each.itertext(f"{{{space}}}t")) for each in told[number])
    return Comment(number, told[number].get(f"{{{space}}}author"), lines, "".join(words))


def without_ours(data: bytes) -> str:
    """The main part as it reads when comments and the runs we cut are put together again: texts by paragraph."""
    main = etree.fromstring(members(data)["word/document.xml"])
    space = main.nsmap["w"]
    return "\n".join("".join(one.itertext(f"{{{space}}}t")) for one in main.iter(f"{{{space}}}p"))
