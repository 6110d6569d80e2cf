"""Patterns of many alternatives that a search tries only where one of their first signs stands.

A search for `去年|[上前]月` looks through a text for 去, 上 and 前 and compares nothing in between, but only if every
alternative visibly begins with one sign. Grouping them by that sign also leaves one comparison where there were many.
"""

import re
from collections.abc import Iterable, Iterator

_CLASS = re.compile(r"\[([^\]\\^-]+)\]")
_DIGITS = "0123456789"


def by_first_sign(alternatives: Iterable[str]) -> str:
    """One pattern of `alternatives`, one branch for each first sign; among those of one sign the order stays.

    Each begins with a plain sign, with a class that lists its signs ([上前]) or with `\\d`; nothing but the rest may be
    optional or repeated. Raises ValueError for one that begins otherwise.
    """
    rests: dict[str, list[str]] = {}
    for alternative in alternatives:
        for sign, rest in _opened(alternative):
            rests.setdefault(sign, []).append(rest)
    return "|".join(f"{re.escape(sign)}(?:{'|'.join(each)})" for sign, each in rests.items())


def _opened(alternative: str) -> Iterator[tuple[str, str]]:
    """The first signs of an alternative, each with what follows it."""
    listed = _CLASS.match(alternative)
    if alternative.startswith(r"\d"):
        signs, rest = _DIGITS, alternative[2:]
    elif listed:
        signs, rest = listed[1], alternative[listed.end() :]
    else:
        signs, rest = alternative[:1], alternative[1:]
        if not signs or signs in r"\[](){}?*+|^$.":
            raise ValueError(f"{alternative!r} does not begin with one plain sign")
    if rest[:1] in {"?", "*", "+", "{"}:
        raise ValueError(f"{alternative!r} repeats its first sign")
    return ((sign, rest) for sign in signs)
