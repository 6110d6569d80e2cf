"""The fair gate before BEGIN IMMEDIATE: writers wait in a queue the kernel keeps, instead of sleeping and racing.

SQLite's own busy handler polls, so under load a writer can starve for seconds. flock hands the lock on in the order
it was asked for, and frees it when a process dies. Each connection has its own descriptor, so threads queue as well.
"""

import os
from typing import Self

try:
    import fcntl
except ImportError:  # Windows: SQLite's busy timeout alone
    fcntl = None  # type: ignore[assignment]


class Gate:
    """The right to begin a write transaction on one database file."""

    __slots__ = ("_descriptor", "_path", "_pid")

    def __init__(self, database: str) -> None:
        self._path = f"{database}-gate"
        self._descriptor: int | None = None
        self._pid = os.getpid()

    def enter(self) -> None:
        """Wait for this connection's turn."""
        if fcntl is None or self._descriptor is not None:
            return
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        self._descriptor, self._pid = descriptor, os.getpid()

    def leave(self) -> None:
        """Let the next one in. Harmless when this connection is not inside."""
        if self._descriptor is not None:
            os.close(self._descriptor)  # closing frees the lock
            self._descriptor = None

    def __enter__(self) -> Self:
        self.enter()
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()
