"""The catalog: loading every definition with its examples, and checking the body of one fact against its kind."""

import sys
import time
from collections.abc import Callable
from statistics import median

from bench.__main__ import emit
from bench.timing import RUNS
from gangmu.catalog.current import folders
from gangmu.catalog.load import load
from gangmu.kernel.canon import Json

CHECKS = 2000
TARGETS = {"load": 1 / 3, "check": 10e-6}  # processor seconds


def main(seed: int) -> None:
    known = load(folders())
    body: dict[str, Json] = {"tags": ["theme_day", "environment"], "present": 18, "expected": 22}

    def check() -> None:
        for _ in range(CHECKS):
            known.check_body("activity.held", body)

    told("catalog.load", seed, 1000 * spent(lambda: load(folders())), "ms", 1000 * TARGETS["load"])
    told("catalog.check", seed, 1e6 * spent(check) / CHECKS, "us", 1e6 * TARGETS["check"])


def spent(work: Callable[[], object]) -> float:
    """The median processor seconds of the runs of `work`."""

    def once() -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    return median(once() for _ in range(RUNS))


def told(name: str, seed: int, cost: float, unit: str, target: float) -> None:
    emit(name, seed, {f"cpu_{unit}": round(cost, 1), f"target_{unit}": round(target, 1), "met": cost <= target})


if __name__ == "__main__":
    main(int(sys.argv[1]))
