"""Text as XML 1.0 can carry it, for the office files that we write."""

import re
from xml.sax.saxutils import escape

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def allowed(words: str) -> str:
    """`words` without the characters that no XML file may hold."""
    return _FORBIDDEN.sub("", words)


def escaped(words: str) -> str:
    """`words` as the content of an element."""
    return escape(allowed(words))
