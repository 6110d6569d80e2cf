"""How far the work on a sheet has come, for whoever waits: in a file, since a transaction hides what it writes."""

import os
import time
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

STEP = 0.5  # seconds between two notes
STALE = 120.0  # seconds without a note after which nobody works on it any more


class Progress(NamedTuple):
    """`done` of `total` steps of the work in hand; `age`: seconds since that was noted."""

    done: int
    total: int
    age: float


class Ticker:
    """Notes how far one sheet has come, at most every STEP seconds."""

    def __init__(self, one: str, total: int) -> None:
        self.file, self.total, self.done, self._next = _file(one), max(total, 1), 0, 0.0

    def tick(self, steps: int) -> None:
        """So many steps more are done."""
        self.done += steps
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + STEP
            _write(self.file, f"{min(self.done, self.total)} {self.total}")


def how_far(one: str) -> Progress | None:
    """How far the work on the sheet has come; None where none has begun."""
    try:
        done, total = _file(one).read_text().split()
        age = time.time() - _file(one).stat().st_mtime
    except (OSError, ValueError):
        return None
    return Progress(int(done), int(total), age)


def forget(one: str) -> None:
    """The work is over, or there is none."""
    _file(one).unlink(missing_ok=True)


def _file(one: str) -> Path:
    return Path(settings.VAR) / "imports" / f"{one}.progress"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}")
    draft.write_text(text)
    draft.replace(file)
