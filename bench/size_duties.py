"""The part of `bench duties` that measures: in a process of its own, on the city its environment names."""

import os
import random
import sys
import time
from datetime import date

from bench.size import max_rss_mb
from bench.size_served import say
from bench.timing import percentile

YEAR, ON = 2025, date(2026, 2, 1)
PAGES = 60


def main(seed: int) -> None:
    import django

    django.setup()
    from gangmu.duties.compliance import compliance
    from gangmu.duties.every_unit import every_unit
    from gangmu.duties.queries import due_for, unit_year
    from gangmu.indicators.process import reach
    from gangmu.kernel.periods import Period
    from gangmu.orgs.queries import tree
    from gangmu.orgs.scope import everything

    scope = everything()
    units = tree(scope.day)
    facts = timed(lambda: reach().engine.store.last)
    say("duties.facts_read", units=len(units), facts=facts[0], seconds=facts[1], cpu_seconds=facts[2])

    def states() -> int:
        known = every_unit(units, scope.day)
        return sum(len(block.states(ON)) for roll in known.rolls for block in known.blocks(roll, YEAR))

    count, seconds, cpu = timed(states)
    say("duties.states", states=count, seconds=seconds, cpu_seconds=cpu, target_seconds=60, met=seconds <= 60,
        microseconds_a_state=round(1e6 * cpu / max(count, 1), 2), max_rss_mb=max_rss_mb(),
        machine_load=round(os.getloadavg()[0], 1))  # fmt: skip

    dice, levels = random.Random(seed), {}
    for node in units.nodes:
        levels.setdefault(node.level, []).append(node.org)
    asked = [dice.choice(levels[1 + number % len(levels)]) for number in range(PAGES)]
    year = Period.of_year(YEAR)
    tell("duties.compliance", [timed(lambda org=org: compliance(scope, org, year, ON)) for org in asked], 200)
    tell("duties.of_one_unit", [timed(lambda org=org: unit_year(scope, org, YEAR, ON)) for org in asked], 80)
    tell("duties.due_on_the_desk", [timed(lambda org=org: due_for(scope, [org], ON)) for org in asked], 80)


def tell(name: str, times: list[tuple[object, float, float]], target: int) -> None:
    """Of a question asked of units of every level: processor time a question, whatever else the machine does."""
    p50, p95 = (round(1000 * percentile([one[2] for one in times], share), 1) for share in (0.5, 0.95))
    say(name, cpu_p50_ms=p50, cpu_p95_ms=p95, target_p95_ms=target, met=p95 <= target, questions=len(times))


def timed(work):  # type: ignore[no-untyped-def]
    """What came of it, and its seconds by the clock and by the processor."""
    started, spent = time.perf_counter(), time.process_time()
    found = work()
    return found, round(time.perf_counter() - started, 3), round(time.process_time() - spent, 3)


if __name__ == "__main__":
    main(int(sys.argv[1]))
