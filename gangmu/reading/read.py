"""From a file to a `Source`: its kind, how its bytes are decoded, and plain sentences for what cannot be used."""

import os
import re
from pathlib import Path
from typing import NamedTuple

from gangmu.kernel.problems import Problem, Unusable
from gangmu.reading.isolated import docx_text
from gangmu.reading.values import Format, Source

LARGEST = 20 * 1024 * 1024
_FORMATS: dict[str, Format] = {
    "": "txt", ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html",
    ".docx": "docx",
}  # fmt: skip

# What a file of another kind begins with or is called, and what its owner can do.
_OLD_WORD = (
    "是旧版 Word 或 WPS 文档，请用 Word 或 WPS 打开，另存为 .docx 再来",
    "is an old Word or WPS document: open it in Word or WPS and save it as .docx",
)
_OTHER_KINDS = {
    ".doc": _OLD_WORD,
    ".wps": _OLD_WORD,
    ".wpt": _OLD_WORD,
    ".dot": _OLD_WORD,
    ".rtf": (
        "是 RTF 文档，请另存为 .docx 再来",
        "is an RTF document: save it as .docx",
    ),
    ".odt": (
        "是 ODT 文档，请另存为 .docx 再来",
        "is an ODT document: save it as .docx",
    ),
    ".pdf": (
        "是 PDF，现在还读不了；请用生成它的 Word 原稿，或者把文字复制到 .txt 里",
        "is a PDF, which cannot be read yet: use the Word original or copy the text into a .txt",
    ),
    ".xlsx": (
        "是表格，现在还读不了；请把要核的那几张表复制到 Word 里存成 .docx",
        "is a spreadsheet, which cannot be read yet: copy the tables into Word and save as .docx",
    ),
    ".xls": (
        "是旧版表格，现在还读不了；请把要核的那几张表复制到 Word 里存成 .docx",
        "is an old spreadsheet, which cannot be read yet: copy the tables into Word and save as .docx",
    ),
    ".ofd": (
        "是 OFD 版式文件，现在还读不了；请用 Word 原稿",
        "is an OFD file, which cannot be read yet: use the Word original",
    ),
    ".pptx": (
        "是演示文稿，读不了；请把文字复制到 .txt 或 .docx 里",
        "is a presentation: copy its text into a .txt or .docx",
    ),
    ".jpg": (
        "是图片，读不了里面的字；请用文字稿",
        "is a picture, its words cannot be read: use the text itself",
    ),
}  # fmt: skip
_MAGIC = (
    (b"%PDF", ".pdf"), (b"{\\rtf", ".rtf"), (b"\xff\xd8\xff", ".jpg"), (b"\x89PNG", ".jpg"),
    (b"\xd0\xcf\x11\xe0", ".doc"), (b"GIF8", ".jpg"),
)  # fmt: skip
_ALIASES = {
    ".jpeg": ".jpg", ".png": ".jpg", ".gif": ".jpg", ".bmp": ".jpg", ".tif": ".jpg", ".webp": ".jpg",
    ".et": ".xls", ".csv": ".xls", ".ppt": ".pptx",
}  # fmt: skip
_ACCEPTED = ("能读的是 .txt、.md、.html、.docx", "files that can be read: .txt, .md, .html, .docx")

# Signs that make up much of any Chinese text; the wrong decoding of one as the other yields few of them.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后"
    "多定行学法所民得经这個國我們時來對會發動過說產種後學經與為於從開關長問題處點員書記業務，。、：；（）“”"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")


class Loaded(NamedTuple):
    """A document as it was read, and what its reader should know about the reading (encoding), if anything."""

    source: Source
    note: Problem | None


def read_file(path: Path) -> Loaded:
    """The document at `path`. Raises Unusable with a plain sentence when it cannot be used."""
    name = name_of(path)
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise _unusable("reading.kind", name, "是一个文件夹，请给出里面的文件", "is a folder: name the files in it")
        if size > LARGEST:
            raise _too_big(name)
        data = path.read_bytes()
    except OSError as error:
        raise _missing(name, error) from None
    return read_bytes(name, data)


def name_of(path: Path) -> str:
    """The file's own name as it can be printed: read as UTF-8 whatever the locale, what is not becomes �."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def read_bytes(name: str, data: bytes) -> Loaded:
    """The document called `name` (its ending says the format) with the content `data`."""
    if len(data) > LARGEST:
        raise _too_big(name)
    suffix = Path(name).suffix.lower()
    _refuse_other_kinds(name, suffix, data)
    form = _FORMATS[suffix]
    if form == "docx":
        words, headings = docx_text(name, data)
        return Loaded(Source(name, words, form, headings), _note(name, words, "UTF-8"))
    text, encoding = decoded(name, data)
    return Loaded(Source(name, text, form), _note(name, text, encoding))


def pasted(text: str, name: str = "粘贴的文字") -> Source:
    """Text that was pasted into a page."""
    return Source(name, text, "txt")


def decoded(name: str, data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8, UTF-16 with a mark, GB18030 or Big5, never with replacements."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _utf16(name, data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _chinese_encoding(name, data)
    if "\x00" in text:
        raise _unusable(
            "reading.encoding",
            name,
            "里有不是文字的内容，可能是 UTF-16 或程序文件；请另存为 UTF-8 的文本",
            "holds bytes that are no text (UTF-16 without a mark?): save it as UTF-8 text",
        )
    return text, "UTF-8"


def _utf16(name: str, data: bytes) -> tuple[str, str]:
    codec = "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be"
    try:
        return data.decode(codec), "UTF-16"
    except UnicodeDecodeError:
        raise _undecodable(name) from None


def _chinese_encoding(name: str, data: bytes) -> tuple[str, str]:
    """GB18030 or Big5: many files decode as both, so the one with more everyday signs is taken."""
    candidates = []
    for codec, label in (("gb18030", "GB18030"), ("big5", "Big5"), ("big5hkscs", "Big5")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            candidates.append((_everyday(text), text, label))
    if not candidates:
        raise _undecodable(name)
    _, text, label = max(candidates, key=lambda each: each[0])
    return text, label


def _everyday(text: str) -> float:
    sample = text[:20_000]
    frequent = sum(char in _FREQUENT for char in sample)
    return (frequent - 5 * len(_PRIVATE.findall(sample))) / max(1, len(sample))


def _refuse_other_kinds(name: str, suffix: str, data: bytes) -> None:
    suffix = _ALIASES.get(suffix, suffix)
    if data[:4] == b"\xd0\xcf\x11\xe0" and suffix == ".docx":
        raise _unusable(
            "reading.encrypted",
            name,
            "有密码，或者其实是旧版 .doc；请去掉密码、另存为 .docx 再来",
            "is protected by a password, or is really an old .doc: remove the password and save it as .docx",
        )
    if data[:4] == b"PK\x03\x04" and suffix in _FORMATS and suffix != ".docx":
        raise _unusable(
            "reading.kind",
            name,
            "其实是压缩包或 Word 文档，只是改了名字；如果是 Word 文档，请把结尾改成 .docx",
            "is really an archive or a Word document: if it is Word, rename it to .docx",
        )
    kind = next((each for magic, each in _MAGIC if data.startswith(magic)), suffix if suffix not in _FORMATS else None)
    if kind is None:
        return
    chinese, english = _OTHER_KINDS.get(
        kind, (f"这种文件读不了；{_ACCEPTED[0]}", f"is of a kind that cannot be read; {_ACCEPTED[1]}")
    )
    raise _unusable("reading.kind", name, chinese, english)


def _unusable(code: str, name: str, chinese: str, english: str) -> Unusable:
    return Unusable(Problem(code, f"《{name}》{chinese}。", f"{name} {english}.", where=name))


def _too_big(name: str) -> Unusable:
    return _unusable(
        "reading.too_big",
        name,
        "超过 20 MB；请去掉图片，或者分成几份",
        "is over 20 MB: take out the pictures or split it",
    )


def _undecodable(name: str) -> Unusable:
    return _unusable(
        "reading.encoding",
        name,
        "的文字编码认不出来；请用记事本打开，另存为 UTF-8",
        "is in an encoding that was not recognised: open it in an editor and save it as UTF-8",
    )


def _missing(name: str, error: OSError) -> Unusable:
    if isinstance(error, FileNotFoundError):
        return _unusable(
            "reading.missing", name, "没有找到，请看看路径和名字", "was not found: look at the path and the name"
        )
    return _unusable(
        "reading.missing", name, "打不开，请看看有没有读它的权限", "cannot be opened: see whether you may read it"
    )


def _note(name: str, text: str, encoding: str) -> Problem | None:
    if not text.strip("\ufeff \t\r\n\u3000"):
        return Problem(
            "reading.empty",
            f"《{name}》里没有文字；请看看是不是还没有保存，或者选错了文件。",
            f"{name} holds no text: see whether it was saved, or whether it is the file you meant.",
            where=name,
        )
    if encoding == "UTF-8":
        return None
    return Problem(
        "reading.encoding_note",
        f"《{name}》不是 UTF-8，按 {encoding} 读的。",
        f"{name} is not UTF-8 and was read as {encoding}.",
        where=name,
    )
