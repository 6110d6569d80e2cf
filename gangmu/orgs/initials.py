"""Pinyin initials of an organisation's name, so that 柳林镇 is found by "llz"."""

from functools import lru_cache


@lru_cache(maxsize=100_000)
def initials_of(name: str) -> str:
    """The first letter of each character's pinyin, lower case; letters and digits stay as they are."""
    from pypinyin import Style, lazy_pinyin  # a third of a second to import: only writers of names pay it

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
