"""Where the document begins and ends between the boilerplate around it (the guideline's §2, body)."""

from dataclasses import dataclass

from gangmu.reading.boilerplate import TRUNCATION, is_boilerplate
from gangmu.reading.lines import (
    Line,
    ends_as_title,
    is_date,
    is_marked,
    is_prose,
    is_row,
    is_salutation,
    is_title_like,
    lines_of,
)
from gangmu.reading.patterns import pattern
from gangmu.reading.units import FIRST
from gangmu.reading.values import Body, Span
from gangmu.reading.view import View

_WORD_COUNT = pattern(r"\s*[（(]\s*(?:共|约|全文)?\s*\d+\s*个?字\s*[)）]\s*$|\s*[（(]\d+篇[)）]\s*$")
_BYLINE = pattern(
    r"[（(][^（）()]{1,40}[)）]|[-—–]{2}.{2,50}|(?:本报|本刊|本网|公开|公示|填报|填表|编印|印发|报送|制表)?(?:来源|作者|时间|日期|发布|记者|通讯员|主讲人|汇报人|述职人|"
    r"报告人)[:：\s].{0,60}"
)
_NEWS = pattern(r"(?:本报|本刊|本网|新华社|[\u4e00-\u9fff]{2,6})[讯电][ 　（(]|[（(]?记者[ 　]")
_DOCUMENT_NUMBER = pattern(r".{0,20}[〔\[（(]\s*\d{4}\s*[〕\])）]\s*第?\s*\d+\s*号|第\s*\d+\s*期|\(?总第\s*\d+\s*期\)?")
_SALUTED = pattern(r"[ 　]+(?=同志们|各位|尊敬的)")
_NUMBER_CELL = pattern(r"[\d,，.０-９]{1,12}\s*[%％]?\s*\w{0,3}")
_LABELLED = pattern(
    r"(?:时间|地点|应到|实到|主持人?|参会|出席|列席|记录人?|参加人员?|报送单位|填报单位|【)[^。]{0,6}[:：】]"
)
# 编发信息：236篇 begins a list of figures.
_COUNTED_FIELD = pattern(rf"[—\-•·\s]*[\u4e00-\u9fff]{{2,10}}[:：]\s*约?[\d,.]+\s*[万亿]?[{FIRST}]")
# 登记企业2400家。 is a sentence, however short.
_TOLD_NUMBER = pattern(rf"[\u4e00-\u9fff]{{2,}}[\d,.]+[万亿]?[{FIRST}][\u4e00-\u9fff]*。")
_TITLE_REACH = 8
_HEAD_REACH = 14
_TORN_LINE = 10
_CLOSERS = '。！？!?；;…”"）)】》'


@dataclass(frozen=True, slots=True)
class Frame:
    """The body as ranges of the plain text: `title` is None where the text has none, `noise` lies inside the body."""

    start: int
    end: int
    truncated: bool
    title: tuple[int, int] | None
    noise: tuple[tuple[int, int], ...]


def frame_of(text: str) -> Frame:
    """Title, first and last character of the document in the plain text."""
    lines = lines_of(text)
    if not lines:
        return Frame(0, len(text), False, None, ())
    first = _first_text(lines)
    last, truncated = _last_text(lines, first)
    title, title_line = _title(lines, first)
    start = title[0] if title else lines[first].start
    word_count = _after_title(lines, title, title_line)
    noise = word_count + tuple(
        (line.start, line.end)
        for index, line in enumerate(lines[title_line : last + 1], title_line)
        if line.start > start and is_boilerplate(line.words) and not _is_in_a_stack(lines, index)
    )
    return Frame(start, lines[last].end, truncated, title, noise)


def _is_in_a_stack(lines: list[Line], index: int) -> bool:
    """A bare number above or below another: a cell of a table that tells one a line, and no counter of a page."""
    if not lines[index].words.strip().isdigit():
        return False
    return any(_NUMBER_CELL.fullmatch(line.words.strip()) for line in lines[max(0, index - 1) : index + 2 : 2])


def body_of(frame: Frame, plain: View) -> Body:
    """The frame in offsets of the source."""
    if frame.end <= frame.start:
        return Body(Span(0, 0), False)
    noise = tuple(plain.source_span(low, high) for low, high in frame.noise)
    return Body(plain.source_span(frame.start, frame.end), frame.truncated, noise)


def _after_title(lines: list[Line], title: tuple[int, int] | None, title_line: int) -> tuple[tuple[int, int], ...]:
    """A count of words or pages behind the title belongs to the page."""
    if title is None:
        return ()
    for line in lines[title_line : title_line + 2]:
        if line.start <= title[0] < line.end and _WORD_COUNT.fullmatch(line.words[title[1] - line.start :]):
            return ((title[1], line.end),)
    return ()


def _first_text(lines: list[Line]) -> int:
    """The first line that is a salutation, a sentence, a marked heading or a row of a table."""
    for index, line in enumerate(lines):
        if is_boilerplate(line.words) or _DOCUMENT_NUMBER.fullmatch(line.words):
            continue
        if _LABELLED.match(line.words) or _COUNTED_FIELD.match(line.words) or _opens_wrapped_paragraph(lines, index):
            return index
        if is_salutation(line.words) or is_prose(line.words) or is_marked(line.words) or is_row(line.words):
            return index
        if _TOLD_NUMBER.fullmatch(line.words) and all(is_boilerplate(above.words) for above in lines[:index]):
            return index
        if _NUMBER_CELL.fullmatch(line.words):
            return _below_head(lines, index)
    return next((index for index, line in enumerate(lines) if not is_boilerplate(line.words)), 0)


def _opens_wrapped_paragraph(lines: list[Line], index: int) -> bool:
    """A torn sentence: a long line with a comma whose next line goes on at once."""
    words = lines[index].words
    if len(words) < _TORN_LINE or not any(sign in words for sign in "，,") or index + 1 == len(lines):
        return False
    below = lines[index + 1]
    return not below.after_blank and len(below.words) >= _TORN_LINE and any(sign in below.words for sign in "，,。；;")


def _below_head(lines: list[Line], index: int) -> int:
    """The line below the first of the short lines (title and column heads) that stand over a cell."""
    top = index
    while top and not is_boilerplate(lines[top - 1].words) and index - top < _HEAD_REACH:
        top -= 1
    return min(top + 1, index) if is_title_like(lines[top].words) else top


def _title(lines: list[Line], first: int) -> tuple[tuple[int, int] | None, int]:
    """The title nearest to the text and the index of its line: inside the first line, or above it."""
    inside = _title_inside(lines, first)
    if inside:
        return inside, first
    low = max(0, first - _TITLE_REACH)
    for index in range(first - 1, low - 1, -1):
        words = lines[index].words
        if _BYLINE.fullmatch(words) or _DOCUMENT_NUMBER.fullmatch(words):
            continue
        if is_title_like(_WORD_COUNT.sub("", words)):
            begin = _upper_half(lines, index)
            return (lines[begin].start, lines[index].start + len(_WORD_COUNT.sub("", words))), begin
    if is_title_like(lines[first].words):
        return (lines[first].start, lines[first].end), first
    return None, first


def _title_inside(lines: list[Line], first: int) -> tuple[int, int] | None:
    """A first line that begins with the title: a copy of a line above, or words up to the salutation."""
    line = lines[first]
    for above in lines[max(0, first - _TITLE_REACH) : first]:
        title = _WORD_COUNT.sub("", above.words)
        if len(title) >= 6 and len(line.words) > len(title) + 2 and line.words.startswith(title):
            return (line.start, line.start + len(title))
    saluted = _SALUTED.search(line.words, 0, 90)
    if saluted and is_title_like(line.words[: saluted.start()]):
        return (line.start, line.start + saluted.start())
    return None


def _upper_half(lines: list[Line], index: int) -> int:
    """The line where a title set in two lines begins."""
    if index == 0 or lines[index].after_blank:
        return index
    upper, lower = lines[index - 1].words, lines[index].words
    if (
        not is_title_like(upper)
        or ends_as_title(upper)
        or upper.endswith(("文件", "政府", "委员会", "日报", "局", "办公室", "网"))
    ):
        return index
    below = lines[index + 1].words if index + 1 < len(lines) else ""
    if index == 1 and _NEWS.match(below):
        return 0
    continues = (
        "关于" in upper
        or lower.startswith(("关于", "的", "上的", "会议上", "在"))
        or upper.startswith(("在", "中共", "全面"))
    )
    return index - 1 if continues and ends_as_title(lower) else index


def _last_text(lines: list[Line], first: int) -> tuple[int, bool]:
    """The last line of the document and whether the text breaks off there."""
    last, cut = len(lines) - 1, False
    while last > first and _is_trailing(lines, last):
        cut = cut or TRUNCATION.search(lines[last].words) is not None
        last -= 1
    words = lines[last].words
    broken = is_prose(words) and len(words) > 15 and words[-1] not in _CLOSERS and not is_row(words)
    return last, cut or (broken and not is_marked(words))


def _is_trailing(lines: list[Line], index: int) -> bool:
    words = lines[index].words
    if is_boilerplate(words):
        return True
    below = lines[index + 1].words if index + 1 < len(lines) else ""
    return bool(below) and is_boilerplate(below) and len(words) <= 8 and _is_stray(words)


def _is_stray(words: str) -> bool:
    """A word or two of a page's frame between boilerplate lines: no date, no signature, no number."""
    return (
        not is_date(words)
        and not any(char.isdigit() for char in words)
        and "的" not in words
        and len(words) > 4
        and not words.endswith(("部", "委", "局", "会", "府", "组", "办", "院", "校", "村", "支部", "公司", ")", "）"))
    )
