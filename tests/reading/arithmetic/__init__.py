"""The arithmetic inside a text, read from real sentences through the whole of reading."""

import re

from gangmu.reading.arithmetic import findings
from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Finding, Format, Source

# 〔the right number|a wrong one〕: a sentence told both ways.
TWO = re.compile("〔([^|〕]*)[|]([^〕]*)〕")


def found(text: str, form: Format = "txt") -> tuple[Finding, ...]:
    """What the arithmetic says about a text."""
    return findings(read_all(Source("文稿", text, form)))


def wrong(text: str, form: Format = "txt") -> list[Finding]:
    """Only the contradictions."""
    return [f for f in found(text, form) if f.verdict == "contradiction"]


def words(text: str, finding: Finding) -> list[str]:
    """The numbers a finding is about, as they stand in the text."""
    return [text[start:end] for start, end in finding.spans]
