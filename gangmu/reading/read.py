"""From a file to a `Source`: its kind, how its bytes are decoded, and plain sentences for what cannot be used."""

import os
from pathlib import Path
from typing import NamedTuple

from gangmu.kernel.problems import Problem, Unusable
from gangmu.reading.bundle import Member
from gangmu.reading.isolated import document_in, members_in
from gangmu.reading.kinds_of_file import BUNDLE, ending_of, format_of, unusable
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Source

LARGEST = 20 * 1024 * 1024

# Signs that make up much of any Chinese text; the wrong decoding of one as the other yields few of them.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后"
    "多定行学法所民得经这個國我們時來對會發動過說產種後學經與為於從開關長問題處點員書記業務，。、：；（）“”"
)
_PRIVATE = pattern("[\ue000-\uf8ff\ufffd]")


class Loaded(NamedTuple):
    """A document as it was read, and what its reader should know about the reading (encoding, what was left out)."""

    source: Source
    notes: tuple[Problem, ...] = ()


def read_file(path: Path) -> Loaded:
    """The document at `path`. Raises Unusable with a plain sentence when it cannot be used."""
    return read_bytes(name_of(path), bytes_of(path))


def bytes_of(path: Path) -> bytes:
    """What the file holds. Raises Unusable when it is not there, may not be read, is a folder or too large."""
    name = name_of(path)
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise unusable("reading.kind", name, "是一个文件夹，请给出里面的文件", "is a folder: name the files in it")
        if size > LARGEST:
            raise _too_big(name)
        return path.read_bytes()
    except OSError as error:
        raise _missing(name, error) from None


def is_bundle(name: str) -> bool:
    """True for the name of an archive of several documents."""
    return ending_of(name) == BUNDLE


def bundled(name: str, data: bytes) -> list[Member]:
    """The documents in the archive, in its order and under its names. Raises Unusable when it cannot be used."""
    if len(data) > LARGEST:
        raise _too_big(name)
    return list(members_in(name, data))


def read_member(member: Member) -> Loaded:
    """One document of an archive. Raises Unusable; an archive in an archive is never opened."""
    if is_bundle(member.name):
        raise unusable(
            "reading.nested",
            member.name,
            "是压缩包里的压缩包，没有打开；请解开，和别的文件放在一起再打包",
            "is an archive inside an archive and was not opened: unpack it and pack its files with the others",
        )
    return read_bytes(member.name, member.data)


def name_of(path: Path) -> str:
    """The file's own name as it can be printed: read as UTF-8 whatever the locale, what is not becomes �."""
    return os.fsencode(path.name or path).decode("utf-8", "replace")


def read_bytes(name: str, data: bytes) -> Loaded:
    """The document called `name` (its ending says the format) with the content `data`."""
    if len(data) > LARGEST:
        raise _too_big(name)
    form = format_of(name, data)
    if form in ("docx", "xlsx", "pdf"):
        document = document_in(name, data, form)
        told = [Problem(code, f"《{name}》{zh}。", f"{name} {en}.", where=name) for code, zh, en in document.notes]
        return Loaded(Source(name, document.text, form, document.headings), (*_notes(name, document.text), *told))
    text, encoding = decoded(name, data)
    return Loaded(Source(name, text, form), _notes(name, text, encoding))


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
    return _all_text(name, text), "UTF-8"


def _utf16(name: str, data: bytes) -> tuple[str, str]:
    codec = "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        raise _undecodable(name) from None
    return _all_text(name, text), "UTF-16"  # a file of UTF-32 begins with the same mark, and every other sign is 0


def _all_text(name: str, text: str) -> str:
    """The text. Raises Unusable where it holds a sign that no text holds."""
    if "\x00" in text:
        raise unusable(
            "reading.encoding",
            name,
            "里有不是文字的内容，可能是没有标记的 UTF-16、UTF-32 或程序文件；请另存为 UTF-8 的文本",
            "holds bytes that are no text (UTF-16 without a mark, UTF-32?): save it as UTF-8 text",
        )
    return text


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


def _too_big(name: str) -> Unusable:
    return unusable(
        "reading.too_big",
        name,
        "超过 20 MB；请去掉图片，或者分成几份",
        "is over 20 MB: take out the pictures or split it",
    )


def _undecodable(name: str) -> Unusable:
    return unusable(
        "reading.encoding",
        name,
        "的文字编码认不出来；请用记事本打开，另存为 UTF-8",
        "is in an encoding that was not recognised: open it in an editor and save it as UTF-8",
    )


def _missing(name: str, error: OSError) -> Unusable:
    if isinstance(error, FileNotFoundError):
        return unusable(
            "reading.missing", name, "没有找到，请看看路径和名字", "was not found: look at the path and the name"
        )
    return unusable(
        "reading.missing", name, "打不开，请看看有没有读它的权限", "cannot be opened: see whether you may read it"
    )


def _notes(name: str, text: str, encoding: str = "UTF-8") -> tuple[Problem, ...]:
    if not text.strip("\ufeff \t\r\n\u3000"):
        return (
            Problem(
                "reading.empty",
                f"《{name}》里没有文字；请看看是不是还没有保存，或者选错了文件。",
                f"{name} holds no text: see whether it was saved, or whether it is the file you meant.",
                where=name,
            ),
        )
    if encoding == "UTF-8":
        return ()
    return (
        Problem(
            "reading.encoding_note",
            f"《{name}》不是 UTF-8，按 {encoding} 读的。",
            f"{name} is not UTF-8 and was read as {encoding}.",
            where=name,
        ),
    )
