"""The clock that SQLite asks, moved: its default VFS is given a clock of ours (sqlite3_vfs.xCurrentTimeInt64)."""

import ctypes
import importlib
import time
from collections.abc import Iterator
from contextlib import contextmanager

JULIAN_1970 = 210_866_760_000_000  # 1970-01-01 in the milliseconds of the Julian day that SQLite counts in
CLOCK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(ctypes.c_int64))


class Vfs(ctypes.Structure):
    """struct sqlite3_vfs, up to the member that tells the time."""

    _fields_ = (
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        *((name, ctypes.c_void_p) for name in (
            "pNext", "zName", "pAppData", "xOpen", "xDelete", "xAccess", "xFullPathname", "xDlOpen", "xDlError",
            "xDlSym", "xDlClose", "xRandomness", "xSleep", "xCurrentTime", "xGetLastError",
        )),
        ("xCurrentTimeInt64", ctypes.c_void_p),
    )  # fmt: skip


class Moved:
    """How far the clock is off, in seconds; set it and every connection of this process tells the other time."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def milliseconds(self) -> int:
        return round((time.time() + self.seconds) * 1000)


@contextmanager
def moved_clock() -> Iterator[Moved]:
    """SQLite's clock under our hand for as long as the block lasts."""
    vfs, moved = default_vfs(), Moved()

    def tell(_: int, answer: "ctypes._Pointer[ctypes.c_int64]") -> int:
        answer[0] = JULIAN_1970 + moved.milliseconds()
        return 0

    ours, original = CLOCK(tell), vfs.xCurrentTimeInt64
    vfs.xCurrentTimeInt64 = ctypes.cast(ours, ctypes.c_void_p)
    try:
        yield moved
    finally:
        vfs.xCurrentTimeInt64 = original


def default_vfs() -> Vfs:
    """The VFS through which the library of this process opens files."""
    from gangmu.ledger import sqlite_library

    name = "pysqlite3._sqlite3" if sqlite_library.NAME == "pysqlite3" else "_sqlite3"
    code = ctypes.CDLL(str(importlib.import_module(name).__file__))  # it holds SQLite, or is linked against it
    code.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
    found = code.sqlite3_vfs_find(None).contents
    assert isinstance(found, Vfs)
    assert found.iVersion >= 2, "this SQLite asks its VFS for the time in another way"
    return found
