"""YAML as this project reads it: few kinds of scalar, no surprises, and the line of everything.

The stock loader keeps the last of two equal keys in silence, reads `no` as false and lets aliases grow without
bound. Here equal keys, aliases, tags and bare yes/no/on/off are refused, `true` and `false` are booleans, whole numbers
are integers, 2025-03-08 is a date, numbers with a point are Decimals, everything else is text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from gangmu.kernel.problems import Problem

Plain = None | bool | int | str | date | Decimal | list["Plain"] | dict[str, "Plain"]
Step = str | int
Lines = dict[tuple[Step, ...], int]

_COMPOSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same result, ten times faster, where libyaml is there
_NUMBERS_BEGIN = frozenset("+-0123456789")
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_TREACHEROUS = frozenset({"yes", "no", "on", "off", "y", "n"})
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_READERS: tuple[tuple[re.Pattern[str], Callable[[str], Plain]], ...] = (
    (_INTEGER, int),
    (_DECIMAL, Decimal),
    (_DAY, date.fromisoformat),
)


@dataclass(frozen=True, slots=True)
class Document:
    """One file's content, the line of every part by its path, and what is wrong with the file as YAML."""

    path: Path
    content: Plain
    lines: Lines
    problems: tuple[Problem, ...]

    def place(self, path: tuple[Step, ...] = ()) -> str:
        """`file:line` of the nearest part of `path` that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.path}:{self.lines.get(path, 1)}"


@dataclass(slots=True)
class _Reader:
    path: Path
    lines: Lines = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def refuse(self, line: int, message: str, english: str) -> None:
        self.problems.append(Problem("catalog.yaml", message, english, where=f"{self.path}:{line}"))

    def read(self, node: yaml.Node, path: tuple[Step, ...]) -> Plain:
        line = self.lines[path] = node.start_mark.line + 1
        if id(node) in self.seen:
            self.refuse(line, "不用别名（*）：请把内容写全。", "No aliases (*): write the content out.")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        return self.scalar(node, line)

    def mapping(self, node: yaml.MappingNode, path: tuple[Step, ...]) -> dict[str, Plain]:
        found: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.refuse(line, "键必须是一个词。", "A key must be a single word.")
            elif not _KEY.match(key):
                self.refuse(line, f"“{key}”不是键：键只用小写字母、数字和下划线，冒号、引号、逗号用半角。",
                            f'"{key}" is no key: small letters, digits and underscores, plain marks.')  # fmt: skip
            elif key in found:
                self.refuse(line, f"键“{key}”写了两次：请留一处。", f'The key "{key}" stands twice: keep one.')
            else:
                found[key] = self.read(value_node, (*path, key))
                self.lines[(*path, key)] = line
        return found

    def scalar(self, node: yaml.Node, line: int) -> Plain:
        text = str(node.value)
        if not node.tag.startswith("tag:yaml.org,2002:"):
            self.refuse(line, f"不认识标记 {node.tag}。", f"Unknown YAML tag {node.tag}.")
        if getattr(node, "style", None) not in (None, ""):
            return text
        if text.lower() in _TREACHEROUS:
            self.refuse(
                line,
                f"“{text}”有歧义：是文字就加引号，是真假就写 true 或 false。",
                f'"{text}" is ambiguous: quote it if it is text, write true or false if it is not.',
            )
            return text
        return self.plain(text, line)

    def plain(self, text: str, line: int) -> Plain:
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        for pattern, convert in _READERS if text[0] in _NUMBERS_BEGIN else ():
            if pattern.match(text):
                try:
                    return convert(text)
                except ValueError:
                    self.refuse(line, f"没有“{text}”这一天。", f'There is no day "{text}".')
        return text


def read_yaml(path: Path) -> Document:
    """Read one file. Never raises for its content: what is wrong is in `problems`, with file and line."""
    reader, text = _Reader(path), ""
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=_COMPOSER)
        content = reader.read(node, ()) if node is not None else None
        return Document(path, content, reader.lines, tuple(reader.problems))
    except UnicodeDecodeError:
        reader.refuse(1, "文件不是 UTF-8 编码：请另存为 UTF-8。", "The file is not UTF-8: save it as UTF-8.")
    except OSError:
        reader.refuse(1, "读不到这个文件：请看看路径和名字。", "The file cannot be read: look at its path and name.")
    except RecursionError:
        reader.refuse(1, "嵌套太深：一条定义用不着这么多层。", "Nested too deeply: no definition needs as many levels.")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reader.refuse(
            *_slip(text.splitlines(), mark.line if mark else 0, getattr(error, "problem", None) or str(error))
        )
    return Document(path, None, {}, tuple(reader.problems))


_SLIPS = (
    (re.compile(r"^ *\t"), "缩进用了制表符（Tab）：换成空格。", "Indented by a tab: use spaces."),
    (re.compile(r"^[ -]*[A-Za-z_]+："), "冒号是全角的：写成半角，后面空一格，如 kind: count。",
     "The colon is full-width: write a plain one with a space behind it, as in kind: count."),
    (re.compile(r"^[ -]*[A-Za-z_]+:[^\s:]"), "冒号后面要空一格，如 kind: count。",
     "A space belongs behind the colon, as in kind: count."),
    (re.compile(r"^[^'\"]*(?:'[^'\"]*'|\"[^\"]*\"|[^'\"])*(?:'[^']*|\"[^\"]*)$"), "引号没有成对：补上另一半。",
     "A quote is not closed: add the other half."),
)  # fmt: skip


def _slip(lines: list[str], at: int, why: str) -> tuple[int, str, str]:
    """The line (from 1) where a file stops being YAML, and in plain words why; a reader notices it some lines later."""
    near = [*range(at, max(-1, at - 3), -1), *range(len(lines))]
    for number in near:
        for looks, message, english in _SLIPS:
            if number < len(lines) and not lines[number].lstrip().startswith("#") and looks.search(lines[number]):
                return number + 1, message, english
    message = "这一行和上一行接不上：看缩进是否对齐、括号和引号是否成对。"
    return at + 1, message, f"This line does not follow from the one before ({why}): look at indents, brackets, quotes."
