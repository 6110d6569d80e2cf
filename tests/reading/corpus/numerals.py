"""Reads the number in a marked span. Written for the labels alone, apart from the reader under test."""

import re
from dataclasses import dataclass
from decimal import Decimal

_WIDE = str.maketrans("０１２３４５６７８９．％－", "0123456789.%-")
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_MULT = _SMALL | _BIG
_HAN = "零〇一二两兩三四五六七八九十百千万萬亿億点"
_ARABIC = r"-?\d[\d,]*(?:\.\d+)?"
_NOISE = re.compile(r"<[^>]*>|&nbsp;|\*\*|__|\n\s*(?:[-—]\s*\d+\s*[-—]|第\s*\d+\s*页[^\n]*|- ?\d+ ?-)\s*\n|\s+")
_MULTIPLIER = "(?:[十百千万萬亿億](?![瓦克米]))"
_SHAPE = re.compile(
    rf"({_ARABIC})(%|[万亿]\D*?)?(?:[-—–~～至]+({_ARABIC}))?({_MULTIPLIER}*)(余|餘|多|来|來)?([万萬亿億]?)(\D*)"
)
_INNER = {"余": "over", "餘": "over", "多": "over", "来": "about", "來": "about"}


@dataclass(frozen=True, slots=True)
class Number:
    """What a span says: value and upper end in the base unit, unit, inner approximator, worth of the last digit."""

    value: Decimal
    upper: Decimal | None
    unit: str | None
    approx: str | None
    worth: Decimal
    scaled: bool


def cleaned(span: str) -> str:
    """The span without tags, Markdown marks, page marks and white space."""
    return _NOISE.sub("", span)


def read(span: str) -> Number:
    """Raise ValueError where the span is no number this corpus uses."""
    text = cleaned(span)
    plain = text.translate(_WIDE)
    return _idiom(plain) or _composite(plain) or _arabic(plain, text) or _chinese(plain)


def _idiom(text: str) -> Number | None:
    if text in ("半", "一半"):
        return _percent(Decimal(50))
    if match := re.fullmatch(r"([一两兩二三])番", text):
        return _percent(Decimal(100) * (2 ** _DIGIT[match[1]] - 1))
    if match := re.fullmatch(rf"百分之([{_HAN}]+)", text):
        return _percent(_han(match[1]))
    if match := re.fullmatch(r"([一二三四五六七八九十])分之([一二三四五六七八九])", text):
        return _percent(round(Decimal(100) * _han(match[2]) / _han(match[1]), 4))
    if match := re.fullmatch(r"([一二两兩三四五六七八九1-9])成([一二三四五六七八九半])?(多)?", text):
        rest = 5 if match[2] == "半" else _DIGIT.get(match[2] or "零", 0)
        tenths = Decimal((_DIGIT.get(match[1]) or int(match[1])) * 10 + rest)
        return Number(tenths, None, "%", "over" if match[3] else None, Decimal(10), False)
    if match := re.fullmatch(r"半(\D+)", text):
        return Number(Decimal("0.5"), None, match[1], None, Decimal("0.5"), False)
    return None


def _composite(text: str) -> Number | None:
    """3万2千元 is 32000, 1亿2000万元 is 120000000, 3万2400册 is 32400."""
    match = re.fullmatch(r"(\d+)([万萬亿億])(\d+)([百千万萬]?)(余|多)?([^\d百千万萬亿億]*)", text)
    if match is None:
        return None
    worth = Decimal(_MULT.get(match[4], 1))
    value = Decimal(match[1]) * _BIG[match[2]] + Decimal(match[3]) * worth
    return Number(value, None, match[6] or None, _INNER.get(match[5] or ""), worth, worth > 1)


def _percent(value: Decimal) -> Number:
    return Number(value, None, "%", None, Decimal(1), False)


def _arabic(plain: str, literal: str) -> Number | None:
    body = _SHAPE.fullmatch(plain)
    if body is None:
        return None
    factor = Decimal(1)
    for mark in body[4] + body[6]:
        factor *= _MULT[mark]
    first, last = _decimal(body[1]), _decimal(body[3]) if body[3] else None
    if body[2] and not last:
        return _arabic_scaled(first, body[2], body[5], body[7], literal)
    worth = Decimal(1).scaleb(int(first.as_tuple().exponent)) * factor
    unit = literal[len(plain) - len(body[7]) :] or None if body[7] else None
    upper = last * factor if last is not None else None
    return Number(first * factor, upper, unit, _INNER.get(body[5] or ""), worth, factor != 1)


def _arabic_scaled(first: Decimal, mark: str, inner: str | None, rest: str, literal: str) -> Number:
    if mark == "%":
        return Number(first, None, literal[-1], None, Decimal(1).scaleb(int(first.as_tuple().exponent)), False)
    factor = Decimal(1)
    while mark and mark[0] in _MULT:
        factor, mark = factor * _MULT[mark[0]], mark[1:]
    if mark and mark[0] in _INNER:
        inner, mark = mark[0], mark[1:]
    worth = Decimal(1).scaleb(int(first.as_tuple().exponent)) * factor
    return Number(first * factor, None, (mark + rest) or None, _INNER.get(inner or ""), worth, True)


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _chinese(text: str) -> Number:
    if text.startswith("负"):
        inner = _chinese(text[1:])
        return Number(-inner.value, None, inner.unit, inner.approx, inner.worth, inner.scaled)
    match = re.fullmatch(rf"([{_HAN}]+)(?:[至到—-]([{_HAN}]+))?([余餘多来來])?([万萬亿億]?)(.*)", text)
    if match is None:
        raise ValueError(f"no number in {text!r}")
    factor = Decimal(_BIG.get(match[4], 1))
    low, high = _neighbours(match[1]) or (_han(match[1]), _han(match[2]) if match[2] else None)
    scaled = bool(match[4]) or any(c in _BIG for c in match[1])
    worth = _last_worth(match[1]) * factor
    upper = high * factor if high is not None else None
    return Number(low * factor, upper, match[5] or None, _INNER.get(match[3] or ""), worth, scaled)


def _neighbours(text: str) -> tuple[Decimal, Decimal] | None:
    """七八十 is 70 to 80, 三四 is 3 to 4, 十七八 is 17 to 18."""
    match = re.fullmatch(r"(十?)([一二两三四五六七八])([二三四五六七八九])([十百千万]*)", text)
    if match is None or _DIGIT[match[3]] != _DIGIT[match[2]] + 1:
        return None
    factor = Decimal(1)
    for mark in match[4]:
        factor *= _MULT[mark]
    base = Decimal(10 if match[1] else 0)
    return (base + _DIGIT[match[2]]) * factor, (base + _DIGIT[match[3]]) * factor


def _han(text: str) -> Decimal:
    whole, _, fraction = text.partition("点")
    total = section = digit = 0
    for mark in whole:
        if mark in _DIGIT:
            digit = _DIGIT[mark]
        elif mark in _SMALL:
            section, digit = section + (digit or 1) * _SMALL[mark], 0
        else:
            total, section, digit = (total + (section + digit or 1)) * _BIG[mark], 0, 0
    digits = "".join(str(_DIGIT[c]) for c in fraction if c in _DIGIT)
    value = Decimal(f"{total + section + digit}.{digits}" if digits else total + section + digit)
    factor = next((_BIG[c] for c in fraction if c in _BIG), 1)
    return value * factor


def _last_worth(text: str) -> Decimal:
    last = text[-1]
    return Decimal(_MULT.get(last, 1))
