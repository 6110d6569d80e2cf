"""Regular expressions that are compiled when they are first asked, not when their module is imported.

The rules of reading hold hundreds of them, some of thousands of signs: compiled all at once they cost most of the start
of a command, and a short document asks few. Afterwards the methods are those of the compiled expression itself.
"""

import re
from collections.abc import Callable
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, as far as its methods go; an error in `source` is raised by the first of their calls."""
    return late(lambda: re.compile(source, flags))


def late(compile_it: Callable[[], re.Pattern[AnyStr]]) -> re.Pattern[AnyStr]:
    """An expression that `compile_it` makes when it is first asked."""
    return cast("re.Pattern[AnyStr]", Late(compile_it))


class Late:
    """Stands for an expression; its slots are empty until one of them is asked for, and then hold the true methods."""

    __slots__ = ("_compile_it", *_METHODS)

    def __init__(self, compile_it: Callable[[], re.Pattern[Any]]) -> None:
        self._compile_it = compile_it

    def __getattr__(self, name: str) -> Any:
        """Reached only while the slot called `name` is empty."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = self._compile_it()
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
