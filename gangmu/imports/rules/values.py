"""What a cell says, as a fact's body holds it: numbers, days, months, choices, however people write them."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from gangmu.catalog.columns import CommonWords
from gangmu.catalog.words import plain
from gangmu.imports.rules.columns import Column
from gangmu.kernel.canon import Json

_NUMBER = re.compile(r"[-+]?\d{1,15}(\.\d{1,6})?", re.ASCII)
_DAY = re.compile(
    r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*(?:[日号]?)(?:[ T]+\d{1,2}[:：]\d{2}.*)?", re.ASCII
)
_CLOSE_DAY = re.compile(r"((?:19|20)\d\d)(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*月?", re.ASCII)
_CLOSE_MONTH = re.compile(r"((?:19|20)\d\d)(\d{2})", re.ASCII)
_SERIAL = re.compile(r"\d{4,6}(\.\d+)?", re.ASCII)
_OCTOBER = re.compile(r"(?:19|20)\d\d\.1", re.ASCII)
_BETWEEN = re.compile(r"([\u3400-\u9fff])\s+([\u3400-\u9fff])")
_MANY = re.compile(r"[、，,;；/\s]+")
_BLANK = str.maketrans("", "", "\u200b\u200c\u200d\ufeff")
_NOTHING = frozenset({"-", "--", "—", "——", "/", "\\", "无数据", "n/a", "N/A"})
_SERIALS = range(3_000, 80_000)  # 1908 to 2119
FIRST = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_KINDS: dict[str, tuple[str, str, str]] = {
    "int": ("imports.int", "要写整数，比如 12", "wants a whole number such as 12"),
    "decimal": ("imports.decimal", "要写数，比如 12 或 12.5", "wants a number such as 12 or 12.5"),
    "money": ("imports.money", "要写金额（元），最多两位小数", "wants an amount in yuan with at most two places"),
    "bool": ("imports.bool", "写“是”或“否”", "wants yes or no"),
    "date": ("imports.date", "看不出是哪一天，写成 2025-03-08 的样子", "is no day: write it like 2025-03-08"),
    "month": ("imports.month", "看不出是哪年哪月，写成 1986-05 的样子", "is no month: write it like 1986-05"),
}  # fmt: skip


class Fault(NamedTuple):
    """Why a cell cannot be taken so, in both languages; the cell and its heading are said before it."""

    code: str
    zh: str
    en: str


def shown(text: str) -> str:
    """The cell without blanks at its ends and signs that nobody sees; a dash says nothing."""
    bare = text.translate(_BLANK).strip().strip("\u3000")
    return "" if bare in _NOTHING else bare


def read(column: Column, text: str, words: CommonWords, *, since_1904: bool = False) -> Json | Fault:
    """What the cell says in this column. `text` is not empty. Units, persons and ids come back as they are written."""
    reader = _READERS.get(column.reads)
    if reader is not None:
        found = reader(unicodedata.normalize("NFKC", text), since_1904)
        return _cannot(column, text) if found == "" else found
    if column.reads == "bool":
        return _truth(text, words)
    if column.reads in ("enum", "tag"):
        return _choice(column, text)
    if column.reads == "tags":
        return _choices(column, text)
    return _text(text)


def _cannot(column: Column, text: str) -> Fault:
    if column.reads == "month" and _OCTOBER.fullmatch(text):
        year = text[:4]
        return Fault("imports.january_or_october", f"分不清是1月还是10月，写成 {year}-01 或 {year}-10",
                     f"may be January or October: write {year}-01 or {year}-10")  # fmt: skip
    return Fault(*_KINDS[column.reads])


def _whole(text: str, _since: bool) -> Json:
    found = _plain_number(text)
    return int(found) if found is not None and found == found.to_integral_value() else ""


def _amount(text: str, _since: bool) -> Json:
    found = _plain_number(text.removesuffix("元"))
    if found is None:
        return ""
    told = f"{found:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def _plain_number(text: str) -> Decimal | None:
    bare = text.replace(",", "").replace(" ", "")
    return Decimal(bare) if _NUMBER.fullmatch(bare) else None


def _day(text: str, since_1904: bool) -> Json:
    found = _DAY.fullmatch(text.strip()) or _CLOSE_DAY.fullmatch(text.strip())
    if found:
        return _existing(int(found[1]), int(found[2]), int(found[3]))
    told = _of_serial(text, since_1904)
    return told.isoformat() if told else ""


def _month(text: str, since_1904: bool) -> Json:
    bare = text.strip()
    if _OCTOBER.fullmatch(bare):
        return ""
    found = _DAY.fullmatch(bare) or _CLOSE_DAY.fullmatch(bare)
    if found:
        return _existing(int(found[1]), int(found[2]), int(found[3]))[:7]
    found = _MONTH.fullmatch(bare) or _CLOSE_MONTH.fullmatch(bare)
    if found:
        return _existing(int(found[1]), int(found[2]), 1)[:7]
    told = _of_serial(bare, since_1904)
    return told.isoformat()[:7] if told else ""


def _existing(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _of_serial(text: str, since_1904: bool) -> date | None:
    """A day as a spreadsheet counts it, in a cell that nobody has made a day of."""
    if not _SERIAL.fullmatch(text) or int(float(text)) not in _SERIALS:
        return None
    return FIRST[since_1904] + timedelta(days=int(float(text)))


def _truth(text: str, words: CommonWords) -> Json | Fault:
    bare = plain(text).lower()
    for names, told in ((words.yes, True), (words.no, False)):
        if bare in {plain(name).lower() for name in names}:
            return told
    return Fault(*_KINDS["bool"])


def _choice(column: Column, text: str) -> Json | Fault:
    found = column.words.get(plain(unicodedata.normalize("NFKC", text)).lower())
    return found if found is not None else _no_choice(column)


def _choices(column: Column, text: str) -> Json | Fault:
    found = [column.words.get(plain(word).lower()) for word in _MANY.split(text) if word]
    return [str(one) for one in dict.fromkeys(found)] if all(found) else _no_choice(column)


def _no_choice(column: Column) -> Fault:
    listed = "、".join(one.title.zh for one in column.choices[:12]) + ("……" if len(column.choices) > 12 else "")
    english = ", ".join(one.title.en for one in column.choices[:12])
    return Fault("imports.choice", f"不在可选的里面，只能写：{listed}", f"is none of: {english}")


def _text(text: str) -> str:
    """Words as they stand; digits of full width become plain ones, 张 三 becomes 张三."""
    narrow = unicodedata.normalize("NFKC", text)
    if narrow.isascii():
        return narrow
    return _BETWEEN.sub(r"\1\2", text) if len(text) <= 5 and _BETWEEN.fullmatch(text) else text


_READERS: Mapping[str, Callable[[str, bool], Json]] = {
    "int": _whole, "decimal": _amount, "money": _amount, "date": _day, "month": _month,
}  # fmt: skip
