"""Compiles the message catalogues and finds what has no translation, without any gettext program on the machine.

The source language is Chinese: a message's id is the Chinese sentence itself. Run `python -m gangmu.pages.messages`
to write every .mo beside its .po.
"""

import ast
import os
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
LOCALES = PACKAGE / "web" / "locale"
CALLS = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
COUNTED = frozenset({"ngettext", "ngettext_lazy"})
PLAIN, PLURAL = ("msgid", "msgstr"), ("msgid", "msgid_plural", "msgstr[0]", "msgstr[1]")
SIMPLE = re.compile(r"""\{%-?\s*(?:trans|translate)\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
LITERAL = re.compile(r"""_\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""")
BLOCK = re.compile(r"\{%\s*blocktranslate\b([^%]*)%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.S)
TURN = re.compile(r"\{%\s*plural\s*%\}")
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
HAN = re.compile(r"[\u4e00-\u9fff]")


class MalformedCatalogue(ValueError):
    """A .po file that cannot be used; the message says file and line."""


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a catalogue: the Chinese sentence, its translation and the line it stands on.

    A sentence that counts has two sources and two translations (one, many), each pair joined by a null as in a .mo.
    """

    source: str
    translation: str
    line: int
    fuzzy: bool = False


def read_catalogue(path: Path) -> list[Message]:
    """The entries of a .po file in order, the header (empty source) included. Raises MalformedCatalogue."""
    messages: list[Message] = []
    entry: dict[str, list[str]] = {}
    started, fuzzy, current = 0, False, ""
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        line = line.strip()
        if line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif line.startswith(tuple(f"{word} " for word in (*PLAIN, *PLURAL))):
            current, _, text = line.partition(" ")
            started = number if current == "msgid" else started
            entry[current] = [_unquoted(text, path, number)]
        elif line.startswith('"') and current:
            entry[current].append(_unquoted(line, path, number))
        elif line:
            raise MalformedCatalogue(f"{path.name}:{number}: expected msgid, msgstr or a string, found {line[:30]!r}")
        elif entry:
            messages.append(_message(entry, started, fuzzy, path))
            entry, fuzzy, current = {}, False, ""
    return messages


def _unquoted(text: str, path: Path, number: int) -> str:
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        value = None
    if not isinstance(value, str):
        raise MalformedCatalogue(f"{path.name}:{number}: {text[:30]!r} is not a quoted string")
    return value


def _message(entry: dict[str, list[str]], line: int, fuzzy: bool, path: Path) -> Message:
    if set(entry) not in (set(PLAIN), set(PLURAL)):
        raise MalformedCatalogue(
            f"{path.name}:{line}: an entry needs one msgid and one msgstr, or with msgid_plural both msgstr[0] and"
            " msgstr[1], then an empty line"
        )
    told = {word: "".join(parts) for word, parts in entry.items()}
    sources, translations = ([text for word, text in told.items() if word.startswith(start)] for start in PLAIN)
    return Message("\0".join(sources), "\0".join(translations), line, fuzzy)


def compiled(messages: list[Message]) -> bytes:
    """The catalogue in GNU .mo form: sorted, without hash table, fuzzy and empty entries left out."""
    kept = {m.source.encode(): m.translation.encode() for m in messages if m.translation and not m.fuzzy}
    sources = sorted(kept)
    begin = 28 + 16 * len(sources)
    lengths: list[tuple[int, int]] = []
    body = b""
    for text in [*sources, *(kept[source] for source in sources)]:
        lengths.append((len(text), begin + len(body)))
        body += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(sources), 28, 28 + 8 * len(sources), 0, begin)
    return head + b"".join(struct.pack("<2I", *pair) for pair in lengths) + body


def compile_all(locales: Path = LOCALES) -> list[Path]:
    """Write every catalogue's .mo beside its .po; returns what was written.

    Each takes its place at once: another process may be reading it, or writing the same.
    """
    written = []
    for source in sorted(locales.rglob("*.po")):
        target = source.with_suffix(".mo")
        draft = source.with_suffix(f".{os.getpid()}.mo")
        draft.write_bytes(compiled(read_catalogue(source)))
        draft.replace(target)
        written.append(target)
    return written


def in_template(text: str) -> Iterator[str]:
    """The messages of a template, as Django looks them up."""
    for pattern in (SIMPLE, LITERAL):
        for found in pattern.findall(text):
            yield ast.literal_eval(found).replace("%", "%%")
    for options, body in BLOCK.findall(text):
        yield "\0".join(_block(one, trimmed="trimmed" in options) for one in TURN.split(body))


def _block(text: str, *, trimmed: bool) -> str:
    plain = " ".join(line.strip() for line in text.strip().splitlines()) if trimmed else text
    return VARIABLE.sub(r"%(\1)s", plain.replace("%", "%%"))


def in_python(text: str) -> Iterator[str]:
    """The messages of a module: literal first arguments of the gettext calls, the first two of those that count."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[: 2 if name in COUNTED else 1]
        said = [one.value for one in first if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if name in CALLS | COUNTED and said:
            yield "\0".join(said)


def used(package: Path = PACKAGE) -> dict[str, str]:
    """Every message of the package's templates and modules, with the first file that uses it."""
    found: dict[str, str] = {}
    for file in sorted([*package.rglob("*.html"), *package.rglob("*.txt"), *package.rglob("*.py")]):
        read = in_python if file.suffix == ".py" else in_template
        for message in read(file.read_text(encoding="utf-8")):
            found.setdefault(message, str(file.relative_to(package)))
    return found


if __name__ == "__main__":
    for path in compile_all():
        print(f"compiled {path.relative_to(PACKAGE)}", file=sys.stderr)
