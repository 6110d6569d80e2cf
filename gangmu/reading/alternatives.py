"""Patterns of many alternatives, compiled so that a search tries them only where one of their first signs stands.

`re` skips to the next likely place of a pattern only if each alternative visibly begins with a plain sign: `去年|上年`
is looked for at 去 and 上 alone, but `去年|[旧往]年` is tried at every place of the text, at ten times the cost.
Here the first signs are brought to the front: `去(?:年)|旧(?:年)|往(?:年)`.
"""

import re
from collections.abc import Iterable, Iterator

from gangmu.reading.patterns import late, pattern

_ATOM = pattern(r"\\.|\[(?:\\.|[^\]\\])+\]|[^\\\[\](){}?*+|^$.]")
_COUNT = pattern(r"\?|\*|\+|\{(\d+)(?:(,)(\d*))?\}")
_RANGE = pattern(r"\\d|(.)-(.)|\\?(.)", re.DOTALL)
_BRACKETS = pattern(r"\\.|\[(?:\\.|[^\]\\])+\]|[(|)]", re.DOTALL)
_OTHER_CLASS = pattern(r"\\(?!d)\w")
_DIGITS = "0123456789"
_MOST_SIGNS = 100


def searched(written: str) -> re.Pattern[str]:
    """The pattern `written`, to match the same and to be searched for fast; compiled when it is first asked.

    Its first call raises ValueError where an alternative does not begin with plain signs: a negated class, a named
    group, nothing.
    """
    return late(lambda: re.compile(_searched(written)))


def _searched(written: str) -> str:
    alternatives, end = parted(written), _closing(written) if written.startswith("(?:") else 0
    if end and len(alternatives) == 1 and not _COUNT.match(written, end):  # what follows the group need not be repeated
        return f"(?:{by_first_sign(parted(written[3 : end - 1]))}){written[end:]}"
    return by_first_sign(alternatives)


def first_signs(pattern: str) -> str:
    """The signs that a match of `pattern` may begin with, to be put into a class. Raises ValueError as `searched`."""
    return "".join(map(re.escape, _branches(parted(pattern))))


def by_first_sign(alternatives: Iterable[str]) -> str:
    """One pattern of `alternatives`, one branch for each first sign; among those of one sign the order stays."""
    branches = _branches(alternatives)
    return "|".join(f"{re.escape(sign)}(?:{'|'.join(rests)})" for sign, rests in branches.items())


def matched(alternatives: Iterable[str]) -> str:
    """As `by_first_sign`, to be matched at a place and not searched for: signs that open the same share one branch."""
    opening: dict[str, str] = {}
    for sign, rests in _branches(alternatives).items():
        rest = "|".join(rests)
        opening[rest] = opening.get(rest, "") + re.escape(sign)
    return "|".join(f"[{signs}](?:{rest})" for rest, signs in opening.items())


def _branches(alternatives: Iterable[str]) -> dict[str, list[str]]:
    """What may follow each first sign, in order."""
    rests: dict[str, list[str]] = {}
    for alternative in alternatives:
        for sign, rest in _opened(alternative):
            rests.setdefault(sign, []).append(rest)
    return rests


def _opened(alternative: str) -> Iterator[tuple[str, str]]:
    """The first signs of an alternative, each with what follows it."""
    if alternative.startswith("^"):
        yield from ((sign, f"(?<=^{re.escape(sign)}){rest}") for sign, rest in _opened(alternative[1:]))
    elif alternative.startswith(("(?<!", "(?<=")):
        end = _closing(alternative)
        for sign, rest in _opened(alternative[end:]):
            yield sign, f"{alternative[:4]}(?:{alternative[4 : end - 1]}){re.escape(sign)}){rest}"
    elif alternative.startswith("(?:"):
        yield from _of_group(alternative, _closing(alternative))
    else:
        yield from _of_atom(alternative)


def _of_group(alternative: str, end: int) -> Iterator[tuple[str, str]]:
    """The signs of a group that opens an alternative; where the group may be left out, those behind it as well."""
    optional = alternative[end : end + 1] == "?"
    if not optional and _COUNT.match(alternative, end):
        raise ValueError(f"{alternative!r} repeats the group it begins with")
    rest = alternative[end + optional :]
    for sign, rests in _branches(parted(alternative[3 : end - 1])).items():
        yield sign, f"(?:{'|'.join(rests)}){rest}"
    if optional:
        yield from _opened(rest)


def _of_atom(alternative: str) -> Iterator[tuple[str, str]]:
    """The signs of one sign or class that opens an alternative, repeated or not: `\\d{1,2}月` → 1, `\\d{0,1}月`."""
    atom = _ATOM.match(alternative)
    signs = _signs(atom[0]) if atom else ""
    if atom is None or not signs:
        raise ValueError(f"{alternative!r} does not begin with plain signs")
    count = _COUNT.match(alternative, atom.end())
    rest = alternative[count.end() if count else atom.end() :]
    least, most = _least_and_most(count)
    more = "" if most == "0" else f"{atom[0]}{{{max(0, least - 1)},{most}}}"
    yield from ((sign, more + rest) for sign in signs)
    if least == 0:
        yield from _opened(rest)


def _least_and_most(count: re.Match[str] | None) -> tuple[int, str]:
    """How often an atom stands at least, and how often more than once at most; '' for any number of times."""
    if count is None or count[0] == "?":
        return (1, "0") if count is None else (0, "0")
    if count[0] in "*+":
        return int(count[0] == "+"), ""
    most = count[3] if count[2] else count[1]
    return int(count[1]), str(int(most) - 1) if most else ""


def _signs(atom: str) -> str:
    """The signs an atom stands for; '' for a negated or large class and the classes of `re` but for the digits."""
    if atom.startswith("[^") or _OTHER_CLASS.search(atom):
        return ""
    if atom[0] != "[":
        return _DIGITS if atom == r"\d" else atom[-1]
    signs: dict[str, None] = {}
    for part in _RANGE.finditer(atom[1:-1]):
        if part[1]:
            signs |= dict.fromkeys(map(chr, range(ord(part[1]), ord(part[2]) + 1)))
        else:
            signs |= dict.fromkeys(part[3] or _DIGITS)
    return "".join(signs) if len(signs) <= _MOST_SIGNS else ""


def parted(pattern: str) -> list[str]:
    """The alternatives of a pattern: its parts between the bars that stand in no group and no class."""
    parts, depth, begin = [], 0, 0
    for found in _BRACKETS.finditer(pattern):
        depth += (found[0] == "(") - (found[0] == ")")
        if found[0] == "|" and not depth:
            parts.append(pattern[begin : found.start()])
            begin = found.end()
    return [*parts, pattern[begin:]]


def _closing(pattern: str) -> int:
    """Where the group that opens a pattern ends, its bracket included."""
    depth = 0
    for found in _BRACKETS.finditer(pattern):
        depth += (found[0] == "(") - (found[0] == ")")
        if depth == 0 and found[0] == ")":
            return found.end()
    raise ValueError(f"{pattern!r} does not close its group")
