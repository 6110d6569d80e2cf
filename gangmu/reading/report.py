"""A checked document for people, and its findings as records.

The report begins with what does not agree, quotes the line and the sentence, and writes the arithmetic out. The checker
that holds a document against the record prints through the same functions.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from gangmu.reading.patterns import pattern
from gangmu.reading.records import number
from gangmu.reading.values import Finding, FindingType, Source, Span, Verdict

NAMES: dict[FindingType, str] = {
    "share": "比率", "per": "平均数", "growth": "增幅", "multiple": "倍数", "points": "百分点", "sum": "合计",
    "part_of": "其中", "difference": "差额", "repeat": "前后说法", "unit": "计量单位", "limit": "时限和标准",
    "figure": "对账",
    "rule": "规定", "citation": "引用", "placeholder": "待填",
}  # fmt: skip
SECTIONS: tuple[tuple[Verdict, str], ...] = (
    ("contradiction", "对不上，请核对"),
    ("placeholder", "还没有填数"),
    ("no_record", "没有查到记录"),
    ("confirmed", "和记录一致"),
    ("consistent", "前后算得通"),
    ("unbound", "没有指明是哪项指标"),
)
SENTENCE_END = pattern(r"[。！？!?]|\n\s*\n|\n(?=[一二三四五六七八九十]+、|（|\(|#|\|)|\|\s*\n")
QUOTE = 90
OPEN, CLOSE = "【", "】"


def finding_record(doc: str, finding: Finding, figure: dict[str, object] | None = None) -> dict[str, object]:
    """One finding as the object that `check --jsonl` prints (issue 5.2)."""
    return {
        "doc": doc, "spans": [list(span) for span in finding.spans], "type": finding.type, "verdict": finding.verdict,
        "stated": number(finding.stated), "computed": number(finding.computed), "working": finding.working,
        "working_en": finding.working_en, "suspect": list(finding.suspect) if finding.suspect else None,
        "figure": figure,
    }  # fmt: skip


def report(source: Source, findings: Sequence[Finding], *, claims: int) -> str:
    """The findings on one document as a page of text: what does not agree first, each with its line and sentence."""
    lines = [f"《{source.doc}》", _summary(findings, claims), ""]
    places = _line_starts(source.text)
    for verdict, title in SECTIONS:
        chosen = [f for f in findings if f.verdict == verdict]
        if not chosen:
            continue
        lines.append(f"■ {title}（{len(chosen)}处）")
        brief = verdict in ("consistent", "confirmed", "unbound", "placeholder")
        for n, finding in enumerate(chosen, 1):
            lines += _entry(n, source, places, finding, brief=brief)
        lines.append("")
    return "\n".join(lines)


def _summary(findings: Sequence[Finding], claims: int) -> str:
    if not claims:
        return "没有找到可以核对的数。"
    wrong = sum(f.verdict == "contradiction" for f in findings)
    empty = sum(f.verdict == "placeholder" for f in findings)
    right = sum(f.verdict in ("consistent", "confirmed") for f in findings)
    parts = [f"共{claims}个数", f"{wrong}处对不上" if wrong else "没有发现对不上的地方"]
    parts += [f"{empty}处还没有填"] * bool(empty) + [f"{right}处算得通"] * bool(right)
    return "，".join(parts) + "。"


def _entry(n: int, source: Source, places: list[int], finding: Finding, *, brief: bool) -> list[str]:
    line = bisect_right(places, finding.spans[0].start)
    head = f"  {n}. 第{line}行 · {NAMES[finding.type]}"
    if brief:
        return [f"{head}：{finding.working}"]
    quotes = [f"     {quote}" for quote in quoted(source.text, finding.spans)]
    return [head, *quotes, f"     → {finding.working}"]


def quoted(text: str, spans: Iterable[Span]) -> list[str]:
    """The sentences the spans stand in, each once, the numbers between 【 and 】, white space closed up."""
    grouped: dict[tuple[int, int], list[Span]] = {}
    for span in spans:
        grouped.setdefault(_sentence(text, span), []).append(span)
    return [_marked(text, start, end, inside) for (start, end), inside in grouped.items()]


def _sentence(text: str, span: Span) -> tuple[int, int]:
    start = max(span.start - QUOTE, 0)
    ends = [m.end() for m in SENTENCE_END.finditer(text, start, span.start)]
    after = SENTENCE_END.search(text, span.end, min(len(text), span.end + QUOTE))
    return (ends[-1] if ends else start), (after.end() if after else min(len(text), span.end + QUOTE))


def _marked(text: str, start: int, end: int, spans: list[Span]) -> str:
    pieces, place = [], start
    for span in sorted(spans):
        pieces += [text[place : span.start], OPEN, text[span.start : span.end], CLOSE]
        place = span.end
    return " ".join("".join([*pieces, text[place:end]]).split())


def _line_starts(text: str) -> list[int]:
    return [0, *(m.end() for m in re.finditer("\n", text))]
