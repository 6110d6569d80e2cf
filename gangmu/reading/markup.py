"""What is not text in a text file: invisible signs, HTML, Markdown, page marks. Found, never removed from the source.

Every pattern is linear: it starts with a fixed sign and reads on through a class that cannot contain that sign,
so a hostile file of a million '<' costs no more than one of a million letters.
"""

import html
import re
from collections.abc import Iterator

from gangmu.reading.patterns import pattern
from gangmu.reading.units import unit_after
from gangmu.reading.values import Format
from gangmu.reading.view import Cut, View, apply_cuts

_ISLANDS = (
    ("<!--", "-->"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<head>", "</head>"),
    ("<svg", "</svg>"),
)
_LINE_TAGS = (
    "p|br|div|tr|table|thead|tbody|tfoot|h[1-6]|ul|ol|li|section|article|header|footer|nav|blockquote|hr|pre|main"
)
_CELL_TAGS = "td|th"
_INLINE_TAGS = (
    "html|body|head|title|meta|link|span|b|i|u|s|em|strong|font|a|img|sup|sub|small|big|mark|del|ins|code|"
    "button|form|"
    "input|label|caption|colgroup|col|center|aside|figure|figcaption|iframe|dl|dt|dd|option|select|time|o:p|"
    "script|style"
)
_INLINE = pattern(
    rf"""(?P<invisible>[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\r]+)
    |(?P<tag></?(?P<name>{_LINE_TAGS}|{_CELL_TAGS}|{_INLINE_TAGS})(?![a-z0-9])[^<>]{{0,2000}}>)
    |(?P<entity>&(?:\#[0-9]{{1,6}}|\#x[0-9a-f]{{1,5}}|[a-z][a-z0-9]{{1,20}});)
    |(?P<link>\]\([^()\s]{{1,400}}\))
    |(?P<stars>\*{{1,3}}(?!\*)|(?<!_)__(?!_)|~~|`+)""",
    re.VERBOSE | re.IGNORECASE,
)
# Where an alternative of _INLINE may begin: a class of signs is found far faster.
_INLINE_SIGN = pattern("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\r<&\\]*_~`]")
_LINE_START = pattern(
    r"\n[ \t]*+((?:#{1,6}[ \t]+|>[ \t]?|[-*+•●◆■▪][ \t]+(?!\d{1,4}[ \t]*[-—–－])|[ \t|:\-]++(?=[\r\n]|\Z))+)"
)
_HTML_NEWLINE = pattern(r"[ \t\r\n]*\n[ \t\r\n]*")
_PAGE_MARK = pattern(
    r"\s(?<!\s\s)\s*+(?:[-—–－·][ 　]?\d{1,4}[ 　]?[-—–－·]|第[ 　]?\d{1,4}[ 　]?页(?:[ ,，/]{0,2}共[ 　]?\d{1,4}["
    r" 　]?页)?)(?=\s)\s*+"
)
_SENTENCE_END = "。！？；!?;"
_BEFORE_UNIT = pattern("[余多来]?[百千万亿]*[余多]?")


def plain_view(text: str, form: Format) -> View:
    """The text without markup, entities read, page marks taken out; table cells end in a tab or a bar."""
    if form in ("docx", "xlsx", "pdf"):
        return apply_cuts(text, _without_overlap(list(_inline_cuts(text))))
    cuts = [*_page_marks(text), *_line_starts(text), *_inline_cuts(text)]
    if "<" in text:
        cuts += _islands(text)
    if form == "html":
        cuts += [Cut(found.start(), found.end(), "") for found in _HTML_NEWLINE.finditer(text)]
    return apply_cuts(text, _without_overlap(cuts))


def _without_overlap(cuts: list[Cut]) -> list[Cut]:
    """In order; where two overlap the one that begins first, or is longer, stays."""
    kept: list[Cut] = []
    for cut in sorted(cuts, key=lambda each: (each.start, -each.end)):
        if not kept or cut.start >= kept[-1].end:
            kept.append(cut)
    return kept


def _islands(text: str) -> Iterator[Cut]:
    """Comments, scripts and the head: nothing in them is text."""
    lower = text.lower()
    for opening, closing in _ISLANDS:
        at = lower.find(opening)
        while at >= 0:
            end = lower.find(closing, at)
            if end < 0:
                break
            yield Cut(at, end + len(closing), "\n" if closing != "-->" else "")
            at = lower.find(opening, end)


def _page_marks(text: str) -> Iterator[Cut]:
    """`- 2 -` between two halves of a page: nothing inside a sentence, a line's end after one."""
    for found in _PAGE_MARK.finditer(text):
        between = found[0]
        ends = text[found.start() - 1 : found.start()] in _SENTENCE_END
        yield Cut(found.start(), found.end(), "\n" if ends and "\n" in between else "")


def _line_starts(text: str) -> Iterator[Cut]:
    """Markdown's signs at the beginning of a line: heading, quotation, bullet, rule, the line below a table's head."""
    first = _LINE_START.match("\n" + text[:200])
    if first and text:
        yield from _line_start_cut(first.start(1) - 1, min(first.end(1) - 1, len(text)), first[1])
    for found in _LINE_START.finditer(text):
        yield from _line_start_cut(found.start(1), found.end(1), found[1])


def _line_start_cut(start: int, end: int, mark: str) -> Iterator[Cut]:
    if mark.strip(" \t|:-") or "-" in mark:
        yield Cut(start, end, "")


def _inline_cuts(text: str) -> Iterator[Cut]:
    stars: list[re.Match[str]] = []
    for found in _inline_marks(text):
        if found["stars"]:
            stars.append(found)
        elif found["tag"]:
            yield Cut(found.start(), found.end(), _instead_of_tag(found["tag"], found["name"].lower()))
        elif found["entity"]:
            char = html.unescape(found[0])
            if len(char) == 1:
                yield Cut(found.start(), found.end(), " " if char == "\xa0" else char)
        else:
            yield Cut(found.start(), found.end(), "")
    yield from _emphasis(text, stars)


def _inline_marks(text: str) -> Iterator[re.Match[str]]:
    at = 0
    for sign in _INLINE_SIGN.finditer(text):
        if sign.start() >= at and (found := _INLINE.match(text, sign.start())):
            at = found.end()
            yield found


def _instead_of_tag(tag: str, name: str) -> str:
    """Rows and paragraphs end a line, cells end in a tab, the rest is nothing."""
    if name in ("td", "th"):
        return "\t" if tag[1] == "/" else ""
    if name in ("tr", "tbody", "thead"):
        return "\n" if tag[1] == "/" else ""
    return "\n" if re.fullmatch(_LINE_TAGS, name) else ""


def _emphasis(text: str, stars: list[re.Match[str]]) -> Iterator[Cut]:
    """Pairs of equal marks on one line. A star before a measure word that opens nothing is a placeholder (**名)."""
    opened: re.Match[str] | None = None
    for found in stars:
        if opened and (opened[0] != found[0] or text.find("\n", opened.end(), found.start()) >= 0):
            opened = None
        if opened:
            yield Cut(opened.start(), opened.end(), "")
            yield Cut(found.start(), found.end(), "")
            opened = None
        elif not _is_placeholder(text, found):
            opened = found


def _is_placeholder(text: str, found: re.Match[str]) -> bool:
    before = text[found.start() - 1 : found.start()]
    if found[0][0] != "*" or before.isdigit():
        return False
    ahead = _BEFORE_UNIT.match(text, found.end())
    at = ahead.end() if ahead else found.end()
    return unit_after(text, at) > at or text.startswith(("％", "月"), at)
