"""Marked text without markup: one width of punctuation, one script for the words that matter, no wraps.

Here offsets no longer matter (a mark is its claim), so what a reader does not see may simply go.
"""

import re
from collections.abc import Iterator

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.cues import FALL, RISE
from gangmu.reading.arithmetic.marks import MARK, MARKS
from gangmu.reading.patterns import pattern
from gangmu.reading.script import normalised

TABLE_ROW = pattern(r"\s*<tr\b[^>]*>[ \n]*", re.IGNORECASE)  # not the bar of its first cell
TABLE_ROW_END = pattern(r"\s*</tr\s*>[ \n]*", re.IGNORECASE)
TABLE_CELL = pattern(r"\s*<t[dh]\b([^>]*)>\s*", re.IGNORECASE)
COLUMNS_SPANNED = pattern(r"colspan\s*=\s*[\"']?(\d{1,2})", re.IGNORECASE)
BREAK = pattern(
    r"\s*<(?:br|/?p|/?div|/?li|/?[uo]l|/?h\d|/?section|/?title|/?table|/?caption)\b[^>]*>\s*", re.IGNORECASE
)
SILENT = pattern(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
TAG = pattern(r"</?[a-zA-Z][^<>]*>")
ENTITY_SPACE = pattern(r"&(?:nbsp|ensp|emsp|thinsp|#160|#12288|#xa0);?")
EMPHASIS_SIGN = pattern("[*`~_#>]")
EMPHASIS = pattern(r"[*`~]+|__|^[ ]*#{1,6}[ ]|^[ ]*>[ ]?", re.MULTILINE)
AMONG_THEM = searched(r"(?<=[,;。(\n])(?:这)?(?:当中|里头|里面|之中)(?!的)")
PAGE_MARK = pattern(r"\n[ ]*(?:-+[ ]*\d{1,4}[ ]*-+|第[ ]*\d{1,4}[ ]*页(?:[ ]*[,/]?[ ]*共[ ]*\d{1,4}[ ]*页)?)[ ]*\n")
OPENS = pattern(
    r"[ ]*(?:[一二三四五六七八九十]{1,3}[、.是]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)](?!\d)|"
    r"第[一二三四五六七八九十]+[章节条]|[-•●◆■▪·+][ ]|[①-⑳])"
)
# 应到：98人　实到：91人: named fields side by side, or one a line.
FIELD = pattern("[\u4e00-\u9fff]{2,6}:")
BETWEEN_FIELDS = pattern(rf"(?:(?<=[{MARKS}])[ ]+|[ ]{{2,}})(?=[\u4e00-\u9fff]{{2,8}}:)")
ENDS = tuple("。!?:;…”》)")
CHANGED = pattern(rf"(?:同比|环比)?(?:{RISE}|{FALL}|翻|是|占|为)[了到至]?[^,。;]{{0,4}}[{MARKS}]")
GOES_ON = tuple(",、。;:)!?%”》")
FULL_LINE = 14


def visible(raw: str, *, html: bool) -> str:
    """`raw` without markup, page marks and width variants; a table row becomes cells set apart by tabs."""
    text = normalised(raw).replace("\r", "").replace("\ufeff", "")
    if html:
        text = _without_tags(text)
    if "当中" in text or "里头" in text or "里面" in text or "之中" in text:
        text = AMONG_THEM.sub("其中", text)
    return PAGE_MARK.sub("", EMPHASIS.sub("", text) if EMPHASIS_SIGN.search(text) else text)


def _without_tags(text: str) -> str:
    if "<!--" in text or "<s" in text or "<S" in text:
        text = SILENT.sub("", text)
    if "<t" in text or "<T" in text:
        text = TABLE_ROW_END.sub("\t\n", TABLE_ROW.sub("\n", TABLE_CELL.sub(_bars, text)))
    return ENTITY_SPACE.sub(" ", TAG.sub("", BREAK.sub("\n", text)))


def _bars(cell: re.Match[str]) -> str:
    spanned = COLUMNS_SPANNED.search(cell[1])
    return "\t" * (int(spanned[1]) if spanned else 1)


def unwrapped(lines: Iterator[str] | list[str]) -> Iterator[str]:
    """Paragraphs, white space gone, from lines that a page may have broken in the middle of a sentence."""
    open_line = ""
    for line in lines:
        fields = BETWEEN_FIELDS.sub(",", line.strip()) if ":" in line else line
        words = "".join(fields.split())
        if open_line and (not words or not _goes_on(open_line, line)):
            yield open_line
            open_line = ""
        open_line += words
    if open_line:
        yield open_line


def _goes_on(before: str, line: str) -> bool:
    """Whether `line` continues the sentence that `before` left open."""
    if line.startswith(GOES_ON):
        return True
    if before.endswith(ENDS) or line.startswith("  ") or OPENS.match(line) or FIELD.match(line):
        return False
    return (
        len(before) >= FULL_LINE
        or before.endswith((",", "、"))
        or bool(MARK.match(line) or _ends_a_change(before, line))
    )


def _ends_a_change(before: str, line: str) -> bool:
    """`比年初的990万元` / `增加3.5倍。`: the line broke between a state and what is said of it."""
    return before[-1:] in MARKS and CHANGED.match(line) is not None
