"""What SQLite and the key files ask of the disk, written down: every write, truncation, sync, new and deleted name.

SQLite's default VFS gets an xOpen of ours, which lets the original open the file and then hands out a copy of its
methods in which xWrite, xTruncate and xSync note what they are asked before they pass it on. Nothing is changed on the
way. Python's own writes (the key files) are met at os.link and os.fsync.
"""

import ctypes
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.trust.sqlite_clock import Vfs, default_vfs

OK, CREATE, JOURNALS = 0, 0x4, 0x80000 | 0x800 | 0x4000
Pointer, Int, Int64 = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
OPEN = ctypes.CFUNCTYPE(Int, Pointer, Pointer, Pointer, Int, Pointer)
DELETE = ctypes.CFUNCTYPE(Int, Pointer, ctypes.c_char_p, Int)
WRITE = ctypes.CFUNCTYPE(Int, Pointer, Pointer, Int, Int64)
TRUNCATE = ctypes.CFUNCTYPE(Int, Pointer, Int64)
SYNC = ctypes.CFUNCTYPE(Int, Pointer, Int)


class Methods(ctypes.Structure):
    """struct sqlite3_io_methods, version 3."""

    _fields_ = (
        ("iVersion", Int),
        *((name, Pointer) for name in (
            "xClose", "xRead", "xWrite", "xTruncate", "xSync", "xFileSize", "xLock", "xUnlock", "xCheckReservedLock",
            "xFileControl", "xSectorSize", "xDeviceCharacteristics", "xShmMap", "xShmLock", "xShmBarrier", "xShmUnmap",
            "xFetch", "xUnfetch",
        )),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One thing asked of the disk, or told to a client (`ack`, `head`), in the order in which it happened.

    `write` (at, data) · `truncate` (at: the new size) · `sync` of a file · `create` and `link` (data: the content) of a
    name · `delete` of one · `names`: the names in a folder are made durable · `ack` and `head`: data is what was told.
    """

    kind: str
    path: str = ""
    at: int = 0
    data: bytes = b""


class Recorder:
    """Notes what happens to the files under `folder` from `install` on, in this process."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.events = f"{folder}{os.sep}", list[Event]()
        self._names: dict[int, str] = {}
        self._known = {str(file) for file in folder.rglob("*")}
        self._syncs_folder: set[str] = set()
        self._kept: list[Any] = []  # callbacks live as long as SQLite may call them
        self._methods: dict[int, Methods] = {}

    def note(self, kind: str, path: str, at: int = 0, data: bytes = b"") -> None:
        if path.startswith(self.folder) and not path.endswith("-shm"):
            self.events.append(Event(kind, path.removeprefix(self.folder), at, data))

    def told(self, kind: str, what: str) -> None:
        """Note what somebody outside now knows."""
        self.events.append(Event(kind, data=what.encode()))

    def install(self) -> None:
        vfs = default_vfs()
        self._wrap_open(vfs)
        self._wrap_delete(vfs)
        self._wrap_python()

    def _wrap_open(self, vfs: Vfs) -> None:
        original = OPEN(vfs.xOpen)

        def open_(this: int, name: int, file: int, flags: int, answer: int) -> int:
            path = ctypes.string_at(name).decode() if name else ""
            status = int(original(this, name, file, flags, answer))
            if status == OK and path:
                self._names[file] = path
                if path not in self._known:
                    self._known.add(path)
                    self.note("create", path)
                if flags & JOURNALS and flags & CREATE:
                    self._syncs_folder.add(path)
                ctypes.cast(file, ctypes.POINTER(Pointer))[0] = self._noting(file)
            return status

        vfs.xOpen = self._keep(OPEN(open_))

    def _noting(self, file: int) -> int:
        """The address of our copy of a file's methods."""
        address = ctypes.cast(file, ctypes.POINTER(Pointer))[0]
        if address not in self._methods:
            ours = Methods.from_buffer_copy(Methods.from_address(address))
            self._wrap_methods(ours)
            self._methods[address] = ours
        return ctypes.addressof(self._methods[address])

    def _wrap_methods(self, ours: Methods) -> None:
        write, truncate, sync = WRITE(ours.xWrite), TRUNCATE(ours.xTruncate), SYNC(ours.xSync)

        def write_(file: int, data: int, size: int, at: int) -> int:
            self.note("write", self._names[file], at, ctypes.string_at(data, size))
            return int(write(file, data, size, at))

        def truncate_(file: int, size: int) -> int:
            self.note("truncate", self._names[file], size)
            return int(truncate(file, size))

        def sync_(file: int, flags: int) -> int:
            path = self._names[file]
            status = int(sync(file, flags))
            self.note("sync", path)
            if path in self._syncs_folder:  # SQLite syncs the folder at the first sync of a journal or log
                self._syncs_folder.discard(path)
                self.note("names", f"{os.path.dirname(path)}{os.sep}")
            return status

        ours.xWrite, ours.xTruncate = self._keep(WRITE(write_)), self._keep(TRUNCATE(truncate_))
        ours.xSync = self._keep(SYNC(sync_))

    def _wrap_delete(self, vfs: Vfs) -> None:
        original = DELETE(vfs.xDelete)

        def delete(this: int, name: bytes, sync_folder: int) -> int:
            status = int(original(this, name, sync_folder))
            if status == OK:
                self._known.discard(name.decode())
                self.note("delete", name.decode())
                if sync_folder:
                    self.note("names", f"{os.path.dirname(name.decode())}{os.sep}")
            return status

        vfs.xDelete = self._keep(DELETE(delete))

    def _wrap_python(self) -> None:
        link, fsync = os.link, os.fsync

        def link_(source: Any, target: Any) -> None:
            link(source, target)
            self.note("link", str(target), data=Path(target).read_bytes())

        def fsync_(descriptor: int) -> None:
            fsync(descriptor)
            path = os.readlink(f"/proc/self/fd/{descriptor}")
            if os.path.isdir(path):
                self.note("names", f"{path}{os.sep}")

        os.link, os.fsync = link_, fsync_  # type: ignore[assignment]

    def _keep(self, callback: Any) -> int:
        self._kept.append(callback)
        return ctypes.cast(callback, Pointer).value or 0
