"""What a Word file says outside its text: which styles are headings, and what its automatic numbers print.

Standard library only, like `docx`, which it serves. The parts have been looked over before (no DOCTYPE, no entity).
"""

import re
from typing import NamedTuple
from xml.etree import ElementTree

from gangmu.reading.patterns import pattern

_ENDS = ("/2006/main", "/wordprocessingml/main")
_HEADING_NAME = pattern(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = ("title", "标题", "標題")
_BODY_LEVEL = 9  # what Word calls the level of body text
_DEEPEST = 20  # styles that a style may be based on, one on the other: a circle ends here
_DIGITS = "零一二三四五六七八九"


class Style(NamedTuple):
    """Of one paragraph style: its heading level (0 the title, None for text) and the list it belongs to."""

    level: int | None
    num: str | None
    ilvl: int


class ListLevel(NamedTuple):
    """How one level of a list is numbered: `text` is what Word prints, with %1 for the number of the first level."""

    form: str
    text: str
    start: int


TEXT = Style(None, None, 0)


def styles_of(content: bytes) -> dict[str, Style]:
    """The paragraph styles of styles.xml by their id; what a style does not say it has from the one it is based on."""
    found = {}
    for one in ElementTree.fromstring(content):  # noqa: S314 - looked over before: no DOCTYPE, no entity
        if _local(one.tag) == "style" and _value(one, "type") in ("paragraph", ""):
            found[_value(one, "styleId")] = one
    return {name: _inherited(found, name) for name in found}


def _inherited(styles: dict[str, ElementTree.Element], name: str) -> Style:
    level: int | None = None
    num, ilvl = None, 0
    for _ in range(_DEEPEST):
        one = styles.get(name)
        if one is None:
            break
        if level is None:
            level = _own_level(one)
        if num is None and (listed := _find(one, "numPr")) is not None:
            num, ilvl = _said(listed, "numId"), int(_said(listed, "ilvl") or 0)
        name = _said(one, "basedOn") or ""
    return Style(None if level == _BODY_LEVEL + 1 else level, num, ilvl)


def _own_level(one: ElementTree.Element) -> int | None:
    """1 to 9 for a heading, 0 for the title, 10 where the style says that it is text."""
    outline, called = _said(one, "outlineLvl"), (_said(one, "name") or "").strip().lower()
    if outline is not None and outline.isdigit():
        return int(outline) + 1
    if called in _TITLE_NAMES:
        return 0
    named = _HEADING_NAME.fullmatch(called)
    return int(named[1]) if named else None


def lists_of(content: bytes) -> dict[str, dict[int, ListLevel]]:
    """The levels of every numbered list of numbering.xml by the id that paragraphs name it by."""
    root = ElementTree.fromstring(content)  # noqa: S314 - looked over before: no DOCTYPE, no entity
    shapes = {_value(one, "abstractNumId"): _levels(one) for one in root if _local(one.tag) == "abstractNum"}
    lists = {}
    for one in root:
        if _local(one.tag) == "num":
            levels = dict(shapes.get(_said(one, "abstractNumId") or "", {}))
            for changed in one:
                if _local(changed.tag) == "lvlOverride":
                    _override(levels, changed)
            lists[_value(one, "numId")] = levels
    return lists


def _levels(shape: ElementTree.Element) -> dict[int, ListLevel]:
    return {int(_value(one, "ilvl") or 0): _level(one) for one in shape if _local(one.tag) == "lvl"}


def _level(one: ElementTree.Element) -> ListLevel:
    start = _said(one, "start") or "1"
    return ListLevel(
        _said(one, "numFmt") or "decimal", _said(one, "lvlText") or "", int(start) if start.isdigit() else 1
    )


def _override(levels: dict[int, ListLevel], changed: ElementTree.Element) -> None:
    at = int(_value(changed, "ilvl") or 0)
    whole, start = _find(changed, "lvl"), _said(changed, "startOverride")
    if whole is not None:
        levels[at] = _level(whole)
    elif start and start.isdigit() and at in levels:
        levels[at] = levels[at]._replace(start=int(start))


class Counter:
    """Counts the paragraphs of every list in their order and prints the number that Word shows before each."""

    def __init__(self, lists: dict[str, dict[int, ListLevel]]) -> None:
        self.lists = lists
        self.counts: dict[str, dict[int, int]] = {}

    def number(self, num: str, at: int) -> str:
        """The number before the next paragraph of list `num` at level `at`; '' for a bullet or an unknown list."""
        levels = self.lists.get(num, {})
        own = levels.get(at)
        if own is None:
            return ""
        counts = self.counts.setdefault(num, {})
        counts[at] = counts.get(at, own.start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        if own.form in ("bullet", "none"):
            return ""
        shown = re.sub(r"%([1-9])", lambda said: _shown(levels, counts, int(said[1]) - 1), own.text)
        return shown + " " if shown and shown[-1].isascii() and shown[-1] != ")" else shown


def _shown(levels: dict[int, ListLevel], counts: dict[int, int], at: int) -> str:
    level = levels.get(at)
    return written(counts.get(at, level.start), level.form) if level else ""


def written(number: int, form: str) -> str:
    """`number` in one of Word's number formats; plain digits for a format that Chinese papers do not use."""
    match form:
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
        ):
            return _counted(number)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(number)).replace("零", "〇")
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("A") + (number - 1) % 26)
            return letter if form == "upperLetter" else letter.lower()
        case _:
            return str(number)


def _counted(number: int) -> str:
    """一 … 十, 十一, 二十, 一百零五: up to 999, as headings count."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "") or _DIGITS[0]


def _find(one: ElementTree.Element, name: str) -> ElementTree.Element | None:
    """The first element of that name anywhere inside `one`."""
    return next((each for each in one.iter() if _local(each.tag) == name and each is not one), None)


def _said(one: ElementTree.Element, name: str) -> str | None:
    """The value of the first element of that name inside `one`; None where there is none."""
    found = _find(one, name)
    return None if found is None else _value(found, "val")


def _value(one: ElementTree.Element, name: str) -> str:
    return next((said for key, said in one.attrib.items() if _local(key) == name), "")


def _local(tag: str) -> str:
    """A name of WordprocessingML without its namespace, '' for any other."""
    space, _, local = tag.rpartition("}")
    return local if space.endswith(_ENDS) or not space else ""
