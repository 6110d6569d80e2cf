"""Title, headings and running points (the guideline's §2, outline)."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from gangmu.reading.body import Frame
from gangmu.reading.lines import Line, is_date, is_marked, is_prose, is_row, is_salutation, lines_of
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Heading, Source
from gangmu.reading.view import View

_NUMERAL = "[一二三四五六七八九十]"
_MARKER = pattern(
    rf"(?P<first>{_NUMERAL}{{1,3}}、)|(?P<second>[（(]{_NUMERAL}{{1,3}}[）)])"
    rf"|(?P<third>\d{{1,2}}[.．、](?![\d%])|[（(]\d{{1,2}}[）)]|[①-⑳]|{_NUMERAL}{{1,2}}[是要])[ 　]*"
)
_LEVELS = {"first": 1, "second": 2, "third": 3}
_TITLE_ENDS = pattern(r"[。；：:;！？!?]")
_BEFORE_RUNNING = '。；;！？!?：:，,、”"）)… 　\n'
_BEFORE_NUMBERED = '。；;！？!?：:”"…\n'
_SIGN_BEFORE = pattern(rf"[{re.escape(_BEFORE_RUNNING)}](?=[一二三四五六七八九十（(\d①-⑳])")
_GAP = pattern(r"[ 　\t]*\n\s*|[ 　\t]+")
_WRAPPED_LINE = 18
_BODY_LEVEL = 9
_LONGEST_REST = 16
_LONGEST_BARE_HEADING = 24
_LONGEST_TITLE = 400  # signs to look ahead: without a bound a text of nothing but headings costs their square
_WIDEST_GAP = 40
_SENTENCE_SIGNS = "。；;！!？?，,：:"


def outline_of(source: Source, plain: View, frame: Frame) -> tuple[Heading, ...]:
    """Level 0 the title, then every heading and running point of the body in order."""
    text = plain.text[: frame.end]
    headings = []
    if frame.title:
        headings.append(_heading(source, plain, 0, frame.title[0], frame.title[0], frame.title[1]))
    noise = set(frame.noise)
    lines = [line for line in lines_of(text) if line.end > frame.start and (line.start, line.end) not in noise]
    begin = frame.title[1] if frame.title else frame.start
    wrapped = _is_wrapped(lines)
    found: list[Heading] = []
    for index, line in enumerate(lines):
        if line.end <= begin:
            continue
        marked = (
            list(_marked(source, plain, text, line, max(begin, line.start), wrapped)) if not is_row(line.words) else []
        )
        if marked:
            found += marked
        elif line.start >= begin and (level := _bare_level(source, plain, lines, index)):
            found.append(_heading(source, plain, level, line.start, line.start, _bare_end(line)))
    return tuple(headings + found)


def _heading(source: Source, plain: View, level: int, start: int, title_start: int, end: int) -> Heading:
    span = plain.source_span(start, end)
    title = plain.source_start(title_start)
    marker = source.text[span.start : title] if title_start > start else None
    return Heading(span, level, marker, source.text[title : span.end])


def _is_wrapped(lines: list[Line]) -> bool:
    """Hard line breaks inside sentences: most long lines do not end one."""
    long = [line.words for line in lines if len(line.words) >= _WRAPPED_LINE and not is_row(line.words)]
    torn = sum(words[-1] not in '。；;：:！!？?）)”"…' for words in long)
    return len(long) >= 4 and torn * 2 > len(long)


def _marked(source: Source, plain: View, text: str, line: Line, begin: int, wrapped: bool) -> Iterator[Heading]:
    for found in _candidates(text, begin, line.end):
        if not _stands_as_marker(text, found, begin):
            continue
        level = _LEVELS[found.lastgroup or "third"]
        end = _title_end(text, found.end(), level, wrapped)
        if end > found.end():
            yield _heading(source, plain, level, found.start(), found.end(), end)


def _candidates(text: str, begin: int, end: int) -> Iterator[re.Match[str]]:
    """Markers at the beginning of the line or behind a sign: looking for the signs first is much faster."""
    first = _MARKER.match(text, begin, end)
    if first:
        yield first
    for sign in _SIGN_BEFORE.finditer(text, begin, end):
        found = _MARKER.match(text, sign.end(), end)
        if found and found.start() > begin:
            yield found


def _stands_as_marker(text: str, found: re.Match[str], begin: int) -> bool:
    """At the beginning of a line, after a sentence, or (running points) after a comma."""
    at = found.start()
    if at == begin or text[at - 1] == "\n":
        return True
    before = text[max(0, at - _WIDEST_GAP) : at].rstrip(" 　")[-1:] if text[at - 1] in " 　" else text[at - 1]
    if found[0].strip()[-1] in "是要":
        return text[at - 1] in _BEFORE_RUNNING
    if text[at - 1] in " 　" and found.lastgroup == "first":
        return True
    return before in _BEFORE_NUMBERED and not (found.lastgroup == "third" and before in '”"')


def _title_end(text: str, start: int, level: int, wrapped: bool) -> int:
    """Before the first closing sign; at a wrap only where the heading visibly ends there."""
    reach = min(len(text), start + _LONGEST_TITLE)
    stop = _TITLE_ENDS.search(text, start, reach)
    limit = stop.start() if stop else reach
    for gap in _GAP.finditer(text, start, limit):
        if gap.start() > start and not _continues(text, gap, limit, level, wrapped):
            return gap.start()
    return start + len(text[start:limit].rstrip())


def _continues(text: str, gap: re.Match[str], limit: int, level: int, wrapped: bool) -> bool:
    """Whether what follows the gap still belongs to the heading."""
    broken = "\n" in gap[0]
    if broken and (not wrapped or gap[0].count("\n") > 1 or is_marked(text[gap.end() : gap.end() + 8])):
        return False
    if broken and gap.start() - (text.rfind("\n", 0, gap.start()) + 1) < _WRAPPED_LINE:
        return False
    if level == 3:
        return True
    rest = text[gap.end() : limit]
    line_end = rest.find("\n")
    rest = rest if line_end < 0 or broken else rest[:line_end]
    return len(rest) <= _LONGEST_REST and "," not in rest and "，" not in rest


def _bare_level(source: Source, plain: View, lines: list[Line], index: int) -> int:
    """The level of an unnumbered heading, 0 where the line is none: a .docx style says it, else its looks."""
    if source.headings:
        at = plain.source_start(lines[index].start)
        last = bisect_right(source.headings, (at, _BODY_LEVEL)) - 1
        if last >= 0 and not source.text[source.headings[last][0] : at].strip():
            return min(max(source.headings[last][1], 1), 3)
    return 1 if _is_bare_heading(source, plain, lines, index) else 0


def _is_bare_heading(source: Source, plain: View, lines: list[Line], index: int) -> bool:
    """An unnumbered heading alone on its line: marked as one in Markdown or HTML, or short between paragraphs."""
    line = lines[index]
    written = _is_written_as_heading(source, plain, line)
    if written:
        return not is_salutation(line.words)
    if source.format not in ("txt", "docx", "pdf"):
        return False
    words = line.words
    if not 3 <= len(words) <= _LONGEST_BARE_HEADING or any(sign in words for sign in _SENTENCE_SIGNS) or is_date(words):
        return False
    if is_row(words) or is_salutation(words) or words[-1] in "）)” " or any(char.isdigit() for char in words):
        return False
    after = lines[index + 1].words if index + 1 < len(lines) else ""
    before = lines[index - 1].words if index else ""
    return is_prose(after) and (is_prose(before) or is_salutation(before)) and before[-1] in "。；;！!：:？?"


def _is_written_as_heading(source: Source, plain: View, line: Line) -> bool:
    at = plain.source_start(line.start)
    before = source.text[max(0, at - 40) : at]
    if "#" not in before and "<" not in before:
        return False
    if source.format == "html":
        return re.search(r"<h[1-6][^<>]*>\s*(?:<[^<>]*>\s*)*$", before, re.IGNORECASE) is not None
    return re.search(r"(?:^|\n)[ \t]*#{1,6}[ \t]+(?:\*\*)?$", before) is not None


def _bare_end(line: Line) -> int:
    stop = _TITLE_ENDS.search(line.words)
    return line.start + len(line.words[: stop.start()].rstrip()) if stop and stop.start() else line.end
