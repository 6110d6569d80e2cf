"""Which SQLite library this process uses, chosen before anything opens a database. Imported first by the settings.

The library that comes with Python is often inside the WAL-reset bug (3.7.0 – 3.51.2), so pysqlite3 takes its name
wherever it is installed. POSIX locks belong to a process, not to a library: two libraries that open one live file
undo each other's locks. What counts is therefore who *opens* the file, not which modules were imported (a coverage
tool may hold the standard library's module and never come near our file).
"""

import os
import sys
from typing import Any, Final

try:
    import pysqlite3 as library
except ImportError:  # no wheel for this machine: the standard library's, without WAL
    import sqlite3 as library

sys.modules["sqlite3"] = library
sys.modules["sqlite3.dbapi2"] = library.dbapi2

NAME: Final[str] = library.__name__
VERSION: Final[tuple[int, ...]] = tuple(library.sqlite_version_info)

for kind in (bytes, type(None)):  # which the library would look up an adapter for, in vain: 2 µs for every such cell
    library.register_adapter(kind, lambda cell: cell)

_opened: dict[str, set[str]] = {}


def connect(file: str) -> Any:
    """A plain autocommit connection by the chosen library."""
    opens(file)
    return library.connect(file, isolation_level=None)


class TwoLibraries(RuntimeError):
    """A second SQLite library was about to open a file that is in use here."""


def wal_is_safe(version: tuple[int, ...] = VERSION) -> bool:
    """Whether this version is free of the WAL-reset bug (sqlite.org, fixed in 3.51.3, 3.50.7 and 3.44.6)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def opens(file: str, by: str = NAME) -> None:
    """Note that library `by` opens `file`. Raises TwoLibraries when another one has opened it before."""
    openers = _opened.setdefault(os.path.realpath(file), set())
    if others := openers - {by}:
        raise TwoLibraries(
            f"{file} is opened by {', '.join(sorted(others))} and now by {by}: two SQLite libraries in one process "
            "break each other's locks. Open it through Django's connection only."
        )
    openers.add(by)


def openers(file: str) -> frozenset[str]:
    """The libraries that have opened `file` in this process."""
    return frozenset(_opened.get(os.path.realpath(file), ()))


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "sqlite3.connect" and isinstance(arguments[0], str | bytes | os.PathLike):
        file = os.fsdecode(arguments[0])
        if file and file != ":memory:" and not file.startswith("file:"):
            opens(file, "sqlite3")


# Only the standard library's SQLite reports its connections to the interpreter, and that is the one to catch.
sys.addaudithook(_watch)
