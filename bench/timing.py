"""Medians of three, and percentiles."""

import statistics
import threading
import time
from collections.abc import Callable

RUNS = 3


def median_seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median wall time of `runs` runs of `work`."""
    return statistics.median(seconds(work) for _ in range(runs))


def seconds(work: Callable[[], object]) -> float:
    """The wall time of one run."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def at_once(clients: int, one: Callable[[int], None]) -> None:
    """Run `one(0)` … `one(clients - 1)` side by side and wait for all of them."""
    threads = [threading.Thread(target=one, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of `values` lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
