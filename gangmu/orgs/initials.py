"""Pinyin initials, so that 柳林镇 is found by "llz" and 单晓禾 by "sxh"."""

from functools import lru_cache

# surnames that are read otherwise than the same sign in a word
SURNAMES = {"单": "s", "解": "x", "仇": "q", "曾": "z", "查": "z", "盖": "g", "区": "o", "朴": "p", "翟": "z",
            "乐": "y", "员": "y", "缪": "m", "繁": "p", "召": "s", "种": "c", "折": "s", "洗": "x"}  # fmt: skip


@lru_cache(maxsize=100_000)
def initials_of(name: str) -> str:
    """The first letter of each character's pinyin, lower case; letters and digits stay as they are."""
    from pypinyin import Style, lazy_pinyin  # a third of a second to import: only writers of names pay it

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def persons_initials(name: str) -> str:
    """As `initials_of`, sign by sign with the surname as surnames are read; the name itself is remembered nowhere."""
    if not name:
        return ""
    return SURNAMES.get(name[0], _letter(name[0])) + "".join(map(_letter, name[1:]))


@lru_cache(maxsize=30_000)
def _letter(sign: str) -> str:
    return initials_of.__wrapped__(sign)
