"""Duties at size: the states of every unit for a year from nothing; what pages ask of units of every level.

On a city of `gangmu world synth`: BENCH_UNITS, BENCH_FACTS and BENCH_CITY as in `bench size`. Reading the facts comes
apart: a server has read them before anybody asks.
"""

import os
import sys

from bench.__main__ import emit
from bench.size import FACTS, UNITS, city, told


def main(seed: int) -> None:
    with city(seed, UNITS, FACTS, os.environ.get("BENCH_CITY", "")) as environment:
        for line in told("duties", seed, environment):
            emit(str(line.pop("bench")), seed, line, units=UNITS, facts=FACTS)


if __name__ == "__main__":
    main(int(sys.argv[1]))
