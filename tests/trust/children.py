"""Children of a trust test: forked with everything imported, killed or paused by their own number only."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60.0  # seconds after which a child that should have moved is a failure of its own


def start(job: Callable[[], object]) -> int:
    """Fork a child that does `job`: status 0 when it came to its end, 1 when it raised."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            job()
            status = 0
        finally:
            os._exit(status)
    return child


def kill(child: int) -> None:
    """SIGKILL a child that is still ours, and wait until it is gone."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@dataclass(frozen=True, slots=True)
class End:
    """How a child stands: `stopped` by a signal, or ended with `status` (a negative one is the signal)."""

    stopped: bool
    status: int = 0


def wait(child: int, seconds: float = PATIENCE) -> End | None:
    """Wait until the child stops or ends; None when it did neither in time."""
    until = time.monotonic() + seconds
    while True:
        found, status = os.waitpid(child, os.WUNTRACED | os.WNOHANG)
        if found:
            return End(True) if os.WIFSTOPPED(status) else End(False, os.waitstatus_to_exitcode(status))
        if time.monotonic() > until:
            return None
        time.sleep(0.001)


def ended(child: int) -> int:
    """The status with which a child ends; one that does not end in time is killed and a failure."""
    end = wait(child)
    if end is None or end.stopped:
        kill(child)
        raise RuntimeError(f"a child did not come to its end within {PATIENCE:.0f} s")
    return end.status


def note(file: Path, line: str) -> None:
    """Append a line to a notebook in one write, so that no line is ever half of two children's."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, f"{line}\n".encode())
    finally:
        os.close(descriptor)


def noted(file: Path) -> list[str]:
    """The lines of a notebook."""
    return file.read_text("utf-8").splitlines() if file.exists() else []
