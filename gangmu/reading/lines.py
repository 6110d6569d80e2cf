"""The lines of a plain text and what sort of line each is."""

from typing import NamedTuple

from gangmu.reading.boilerplate import is_boilerplate
from gangmu.reading.patterns import pattern

_SALUTATION = pattern(
    r"(?:尊敬的|各位|同志们|各级|各县|各乡|各镇|各区|各村|各党|各科|各有关|各单位|各部门|全体|父老|乡亲|市委|"
    r"县委|区委|镇党委|主席|主任|书记|代表)[^。；\n]{0,40}[:：]\s*$|同志们|同志们[!！]?"
)
_DATE = pattern(
    r"[（(]?\s*(?:[一二三四五六七八九〇零○\d]{2,4}|[xX×*]{2,4}|20[xX×*]{2})\s*年\s*[\dxX×*一二三四五六七八九十"
    r"]{1,3}\s*月\s*(?:[\dxX×*一二三四五六七八九十]{1,3}\s*日)?\s*[)）]?"
)
_MARKED = pattern(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|"
    r"第[一二三四五六七八九十]{1,3}[章节条部]"
)
_TITLE_END = (
    "讲话", "报告", "总结", "通报", "通知", "方案", "意见", "发言", "提纲", "汇报", "简报", "公报", "公告", "公示",
    "纪要", "材料", "致辞", "工作要点", "计划", "情况", "清单", "反馈", "函", "决定", "办法", "规定", "细则", "综述",
    "交流", "启示", "述职", "说明", "规划", "要点", "讲稿", "党课", "体会", "倡议书", "决议", "条例", "制度",
)  # fmt: skip
_PROSE_END = "。！？!?；;"


class Line(NamedTuple):
    """A line that is not blank: its words without the white space around them, at `start`…`end` of the plain text."""

    start: int
    end: int
    words: str
    after_blank: bool


def lines_of(text: str) -> list[Line]:
    """The non-blank lines in order."""
    lines = []
    at, blank = 0, False
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            start = at + len(raw) - len(raw.lstrip())
            lines.append(Line(start, start + len(words), words, blank))
        blank = not words
        at += len(raw) + 1
    return lines


def is_salutation(words: str) -> bool:
    """同志们：, 各位代表："""
    return _SALUTATION.match(words) is not None


def is_date(words: str) -> bool:
    """A line that holds a date and nothing else."""
    return _DATE.fullmatch(words) is not None


def is_marked(words: str) -> bool:
    """A line that begins with 一、 （一） 1. （1） or 第一章."""
    return _MARKED.match(words) is not None


def is_row(words: str) -> bool:
    """A row of a table."""
    return "\t" in words or words.startswith(("|", "｜")) or words.count("|") > 1


def is_prose(words: str) -> bool:
    """A line that holds sentences."""
    if len(words) >= 40:
        return any(sign in words for sign in "，,。；、")
    return len(words) >= 12 and words[-1] in _PROSE_END and any(sign in words for sign in "，,。；;、")


def is_title_like(words: str) -> bool:
    """A line that could be a title: some words, no sentence."""
    if not 4 <= len(words) <= 70 or words[-1] in "。；;:：，,、" or is_date(words) or is_boilerplate(words):
        return False
    chinese = sum("一" <= char <= "鿿" for char in words)
    return (
        chinese * 2 >= len("".join(words.split())) and "。" not in words and not is_marked(words) and not is_row(words)
    )


def ends_as_title(words: str) -> bool:
    """Ends in the name of a kind of document."""
    return words.rstrip("（()）").endswith(_TITLE_END)
