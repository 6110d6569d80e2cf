"""Two at work on one list: the second hand is a child of this process, where the system can fork one."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from typing import Any, TypeVar

from django.db import connections

T = TypeVar("T")
Tell = Callable[[int], None]
Work = Callable[[T, Tell], None]


def let_go() -> None:
    """Hold no connection while other processes are born: each opens its own."""
    connections.close_all()
    for one in connections.all(initialized_only=True):
        getattr(one, "close_pool", lambda: None)()  # PostgreSQL's, whose threads do not come along


def one_hand(work: Work[T], things: Sequence[T], tell: Tell) -> None:
    """Do `work` on each of the things, one after the other, and say how far it is."""
    for thing in things:
        work(thing, tell)


def two_hands(work: Work[T], things: Sequence[T], tell: Tell) -> None:
    """As `one_hand`, with a child of this process: whoever is free takes the next thing, so neither waits long.

    Returns when all is done. Raises RuntimeError when the child failed, whose own words stand on standard error.
    """
    if sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1:
        _shared(work, things, tell)
    else:
        one_hand(work, things, tell)


def _shared(work: Work[T], things: Sequence[T], tell: Tell) -> None:
    context = get_context("fork")
    taken, told = context.Value("q", 0), context.Value("q", 0)  # things begun by either hand; what the child has told
    let_go()
    child = context.Process(target=_second, args=(work, things, taken, told))
    child.start()
    heard = 0

    def tell_of_both(count: int) -> None:
        nonlocal heard
        so_far = told.value
        tell(count + so_far - heard)
        heard = so_far

    try:
        for thing in _turns(things, taken):
            work(thing, tell_of_both)
    finally:
        taken.value = len(things)  # where this hand failed, the other stops after what it is at
        child.join()
    tell_of_both(0)
    if child.exitcode:
        raise RuntimeError(f"the second hand ended with status {child.exitcode}")


def _second(work: Work[T], things: Sequence[T], taken: Any, told: Any) -> None:
    """The child's part. Nobody else writes `told`."""

    def tell(count: int) -> None:
        told.value += count

    try:
        for thing in _turns(things, taken):
            work(thing, tell)
    finally:
        connections.close_all()


def _turns(things: Sequence[T], taken: Any) -> Iterator[T]:
    """The things that this hand gets: each time the next one that nobody has begun."""
    while True:
        with taken.get_lock():
            place = taken.value
            taken.value = place + 1
        if place >= len(things):
            return
        yield things[place]
