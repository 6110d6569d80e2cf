"""Joining what a page has torn apart: hard line wraps, and spaces inside numbers and words.

A newline is a wrap when the line before it is long, ends inside a sentence, and the next line does not begin
something new. Short lines stay lines: they are cells of a table, headings, signatures.
"""

from gangmu.reading.patterns import pattern
from gangmu.reading.script import normalised
from gangmu.reading.units import FIRST
from gangmu.reading.view import Cut, View, apply_cuts

# Begins with a class of signs, which a search finds far faster than alternatives.
_GAP = pattern(r"[ 　\xa0\t\n](?:(?<=\n)\s*|[ 　\xa0\t]*(?:\n\s*)?)")
_ENDS_SENTENCE = frozenset("。！？；：!?;:…|｜")
_NUMBER_ENDS = frozenset("0123456789０１２３４５６７８９.．,，")
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_LONG_LINE = 18
_SHORT_LINE = 8
_FEWEST_LINES = 6
_NARROW = 24  # signs a line: a column of a paper or of an old printer
_SAMPLE = 4000
_NEW_START = pattern(
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十\d]+[章节条]|[（(][一二三四五六七八九十\d]{1,3}[)）"
    r"]|\d{1,2}[.．、](?!\d)|[①-⑳]"
    r"|[|｜#>]|[-*•●◆■▪][ \t]"
)
_ONLY_NUMBER = pattern(r"[ \t]*[-\d０-９.,，．％%]+[ \t]*(?:\n|\Z)")
_ROW = pattern(r"\S[ 　]{2,}\S+[ 　]{2,}\S")
_DANGLING = pattern(r"[\d０-９][\d０-９.,，]*[ ]*[百千万亿]*[ ]*(?:[余多]|个百分|个百|个)?\Z")
_SCANNED_HEAD = pattern(r"(?:[ ][\u4e00-\u9fff][ ]|[\u4e00-\u9fff]{2})[1-9]\d{0,2}\Z")
_SCANNED_REST = pattern(rf"\d{{3}}(?!\d)[ ]?[百千万亿]?[ ]?[{FIRST}]")
_CONTINUES = pattern(rf"[\d０-９.]{{0,5}}[百千万亿]?(?:[余多]|[ ]?[{FIRST}]|分点|点)")


def joined(text: str) -> View:
    """The text with wraps and inner spaces taken out, one newline for each end of a line, a tab for each cell."""
    cuts: list[Cut] = []
    line_start, long = 0, _long_line(text)
    for found in _GAP.finditer(text):
        start, end = found.span()
        if "\n" in found[0]:
            instead = "\t" * found[0].split("\n", 1)[0].count("\t") * (start > line_start) + _at_line_end(
                text, line_start, start, end, long
            )
            line_start = end
        else:
            instead = _inside_line(text, start, end, line_start)
        if end - start != 1 or instead != found[0]:
            cuts.append(Cut(start, end, instead))
    view = apply_cuts(text, cuts)
    return View(normalised(view.text), view.pieces, view.view_starts, view.source_starts)


def _long_line(text: str) -> int:
    """From how many signs on a line may be torn; fewer where sentences run on over lines that are all narrow."""
    lines = [line.strip() for line in text[:_SAMPLE].split("\n") if line.strip()]
    lengths = sorted(map(len, lines))
    if len(lines) < _FEWEST_LINES or lengths[-1] > _NARROW:
        return _LONG_LINE
    torn = sum(line[-1] not in _ENDS_SENTENCE for line in lines)
    signs = sum(line.count("，") + line.count("。") + line.count("；") for line in lines)
    narrow = torn * 10 >= 6 * len(lines) and signs * 2 >= len(lines)
    return max(_SHORT_LINE - 2, lengths[-1] * 6 // 10) if narrow else _LONG_LINE


def _inside_line(text: str, start: int, end: int, line_start: int) -> str:
    """Nothing inside words and numbers; a tab between the cells of a row; a space between two numbers or words."""
    if start == line_start or start == 0 or end == len(text):
        return ""
    run = text[start:end]
    if "\t" in run:
        return "\t" * run.count("\t")  # an empty cell is a cell
    if ("　" in run and text[end] in _DIGITS and "一" <= text[start - 1] <= "鿿") or (
        end - start > 1 and (text[start - 1] in _DIGITS or text[end] in _DIGITS)
    ):
        return "\t"
    before, after = text[start - 1], text[end]
    if before in _NUMBER_ENDS or before in "%％":
        return " " if after in _DIGITS and not _parts_thousands(text, start, end) else ""
    return " " if before.isascii() and after.isascii() and before.isalpha() and after.isalpha() else ""


def _parts_thousands(text: str, start: int, end: int) -> bool:
    """机 构 1 286 家, 一次性化解1 098件: a space inside a number that a measure word ends."""
    head = _SCANNED_HEAD.search(text, max(0, start - 8), start)
    return head is not None and _SCANNED_REST.match(text, end) is not None


def _at_line_end(text: str, line_start: int, start: int, end: int, long: int) -> str:
    if start == line_start or end >= len(text) or text.count("\n", start, end) > 1:
        return "\n"
    if text[start - 1] in "余多" and text[start - 2] in _DIGITS and _CONTINUES.match(text, end):
        return ""  # 60余|条: no line of its own ends so
    length = start - line_start
    narrow = long < _LONG_LINE
    if length < min(_SHORT_LINE, long) or text[start - 1] in _ENDS_SENTENCE or _NEW_START.match(text, end):
        return "\n"
    if "|" in text[line_start:start] or "\t" in text[line_start:start] or _ROW.search(text, line_start, start):
        return "\n"
    if length < long:
        return "" if _splits_number(text, line_start, start, end) else "\n"
    if not narrow and _ONLY_NUMBER.match(text, end) and text[start - 1] not in _DIGITS:
        return "\n"
    return ""


def _splits_number(text: str, line_start: int, start: int, end: int) -> bool:
    """A rather short line that ends in a number whose measure word stands on the next."""
    tail = _DANGLING.search(text, max(line_start, start - 12), start)
    return tail is not None and _CONTINUES.match(text, end) is not None and tail.start() > line_start + 4
