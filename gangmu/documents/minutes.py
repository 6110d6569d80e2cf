"""The minutes of a meeting in words, as they are printed and as they become a Word document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the minutes: its heading and its lines; without lines it is left free for writing by hand."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes in words. `head`: label and value, one a row; `signatures`: who signs; `people`: name and remark."""

    title: str
    unit: str
    head: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    signatures: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    source: str = ""
