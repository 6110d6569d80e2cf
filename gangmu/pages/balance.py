"""Spreading kept connections over the server's workers.

A browser or proxy keeps its connection, and whichever worker took it first answers everything on it; by chance all of
them may lie with one worker while the others idle. So every worker tells how many requests it is answering, and one
that answers more than another could asks its client to connect anew: the connection finds a freer worker, and once
they are even nobody is asked any more.
"""

import mmap
import os
from collections.abc import Callable, Iterable, MutableSequence
from threading import Lock
from typing import Any

PLACES = 256
AT_WORK = mmap.mmap(-1, PLACES)  # forked workers share it: 0 is nobody, else one more than the requests being answered
TOO_MANY = 2  # so many more than the least busy worker, and moving one makes them even
CLOSE = ("Connection", "close")
Counts = MutableSequence[int] | mmap.mmap
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def spread(application: Application, at_work: Counts = AT_WORK, place: int | None = None) -> Application:
    """`application`, saying at its `place` (by its process, unless given) how busy it is, and giving some away."""
    mine, lock = os.getpid() % PLACES if place is None else place, Lock()
    at_work[mine] = 1

    def count(by: int) -> None:
        with lock:
            at_work[mine] += by

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            told = [*headers, CLOSE] if too_many(at_work, mine) else headers
            return start_response(status, told, *rest)

        count(1)
        try:
            return application(environ, start)
        finally:
            count(-1)

    return answer


def too_many(at_work: Counts, mine: int) -> bool:
    """Whether the worker at `mine` answers so many requests that another worker should have one of them."""
    return at_work[mine] - min(filter(None, at_work[:]), default=1) >= TOO_MANY
