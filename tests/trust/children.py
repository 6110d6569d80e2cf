"""Children of a trust test: forked with everything imported, killed or paused by their own number only."""

import json
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

PATIENCE = 60.0  # seconds after which a child that should have moved is a failure of its own
HANDS = 2  # children that share a long piece of work
HAND_PATIENCE = 1800.0


def start(job: Callable[[], object]) -> int:
    """Fork a child that does `job`, with no connection of ours in its hands.

    It ends with status 0 when the job came to its end, with 1 when the job raised.
    """
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            job()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
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


def ended(child: int, seconds: float = PATIENCE) -> int:
    """The status with which a child ends; one that does not end in time is killed and a failure."""
    end = wait(child, seconds)
    if end is None or end.stopped:
        kill(child)
        raise RuntimeError(f"a child did not come to its end within {seconds:.0f} s")
    return end.status


def in_hands(jobs: Sequence[Callable[[], Counter[str]]]) -> Counter[str]:
    """Do all `jobs` at the same time, each in a child, and add up what they count."""
    total = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        results = [Path(folder) / f"{number}" for number in range(len(jobs))]
        children = [start(partial(_write_down, job, result)) for job, result in zip(jobs, results, strict=True)]
        for child, result in zip(children, results, strict=True):
            if status := ended(child, HAND_PATIENCE):
                raise RuntimeError(f"a hand ended with status {status}; its error stands above")
            total.update(json.loads(result.read_text()))
    return total


def _write_down(job: Callable[[], Counter[str]], result: Path) -> None:
    result.write_text(json.dumps(job()))


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
