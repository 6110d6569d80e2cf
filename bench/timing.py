"""Medians of three, and percentiles."""

import statistics
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


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of `values` lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
