"""Whether work grows as its input does: a statement about its shape, which holds on a slow or busy machine as well."""

import gc
import time
from collections.abc import Callable

ROOM = 4  # far below what the square costs: an input sixteen times as long would then cost sixteen times its share
LEAST = 0.02  # seconds: below it, what a clock says is chance
TRIES = 3


def grows_as_its_input(work: Callable[[int], object], small: int, large: int) -> bool:
    """Whether `work(large)` costs no more than its share of `work(small)`, with room for a machine's moods.

    `work` takes the length of its input. What others do, and the heap they left to be swept, must not decide: processor
    time is counted, the collector is off, and the quickest of a few tries is taken.
    """
    for _ in range(TRIES):
        share = large / small * max(cost(work, small), LEAST)
        if cost(work, large) < ROOM * share:
            return True
    return False


def cost(work: Callable[[int], object], length: int) -> float:
    """Processor seconds of one run."""
    swept = gc.isenabled()
    gc.disable()
    begun = time.process_time()
    try:
        work(length)
        return time.process_time() - begun
    finally:
        if swept:
            gc.enable()
