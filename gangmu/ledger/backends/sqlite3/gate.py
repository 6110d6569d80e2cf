"""The fair gate before BEGIN IMMEDIATE: writers wait in a queue the kernel keeps, instead of sleeping and racing.

SQLite's own busy handler polls, so under load a writer can starve for seconds. flock hands the lock on in the order
it was asked for, and frees it when a process dies. Each connection has its own descriptor, so threads queue as well.
"""

import os
from typing import Self

try:
    import fcntl as fcntl
except ImportError:  # Windows: SQLite's busy timeout alone
    fcntl = None  # type: ignore[assignment]


class Gate:
    """The right to begin a write transaction on one database file. The descriptor is kept, the lock is not."""

    __slots__ = ("_descriptor", "_inside", "_path", "_pid")

    def __init__(self, database: str) -> None:
        self._path = f"{database}-gate"
        self._descriptor: int | None = None
        self._pid = 0
        self._inside = False

    def enter(self) -> None:
        """Wait for this connection's turn."""
        if fcntl is None or self._inside:
            return
        if self._descriptor is None or self._pid != os.getpid():  # a lock is shared with a forked child: take our own
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._pid = os.getpid()
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        self._inside = True

    def leave(self) -> None:
        """Let the next one in. Harmless when this connection is not inside."""
        if self._inside and self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            self._inside = False

    def close(self) -> None:
        """Give the descriptor back, and the lock with it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor, self._inside = None, False

    def __del__(self) -> None:
        """A thread that ends takes its connection along; the descriptor must not stay behind."""
        self.close()

    def __enter__(self) -> Self:
        self.enter()
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()
