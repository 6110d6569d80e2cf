"""T08: the clock jumps (a year ahead, a year back, a step of the time service, another time zone) while facts arrive.

`received` must never go back from one acknowledged fact to the next, no head may be dated before the one it extends,
a clock that went back must be told, and the day that each fact belongs to must be the claimed one: no figure moves.
SQLite's clock is moved where SQLite asks for it, Python's by time-machine.
"""

import itertools
import logging
import os
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.trust.sqlite_clock import Moved, moved_clock

JUMPS = 500
FACTS = 3  # between two jumps
YEAR = 365 * 86400.0
ZONES = ("Asia/Shanghai", "UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu")
LOCAL = ZoneInfo("Asia/Shanghai")


class Anomalies(logging.Handler):
    """Counts the warnings of the sequencer."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += "clock" in record.getMessage()


def run(seed: int, scale: float) -> dict[str, object]:
    """Jump `JUMPS` × scale times, then count by day once more under other clocks and zones."""
    random, jumps, anomalies = Random(seed), max(1, round(JUMPS * scale)), Anomalies()
    logger = logging.getLogger("gangmu.ledger.sequencer")
    logger.addHandler(anomalies)
    logger.propagate = False
    try:
        with moved_clock() as clock:
            return {"jumps": jumps, **shake(random, jumps, clock, anomalies)}
    finally:
        logger.propagate = True
        logger.removeHandler(anomalies)
        zone("UTC")


def shake(random: Random, jumps: int, clock: Moved, anomalies: Anomalies) -> dict[str, Any]:
    """The jumps themselves, with facts and heads between them; what of the promise they broke."""
    from gangmu.ledger import sequencer
    from gangmu.ledger.verify_log import verify_log

    expected, newest, back, unheard, went_back = Counter[date](), "", 0, 0, 0
    for number in range(jumps):
        before = clock.milliseconds()
        clock.seconds = jump(random, clock.seconds)
        zone(random.choice(ZONES))
        went_back += clock.milliseconds() < before
        for arrived in record(random, number, expected):
            back += arrived < newest
            newest = max(newest, arrived)
        heard = anomalies.count
        sequencer.run_until_empty()
        unheard += behind(clock, newest) and anomalies.count == heard
    dated = head_dates()
    clock.seconds = 0.0
    moved = sum(
        count_elsewhere(offset, name) != (expected, expected) for offset in (-YEAR, 0.0, YEAR) for name in ZONES
    )
    bad = len(verify_log().problems) + drift()
    found = {
        "facts": expected.total(),
        "went_back": went_back,
        "anomalies": anomalies.count,
        "received_back": back,
        "heads_back": sum(later < earlier for earlier, later in itertools.pairwise(dated)),
        "unheard": unheard,
        "figures_moved": moved,
        "tree_bad": bad,
    }
    broken = back + found["heads_back"] + unheard + moved + bad
    return {**found, "ok": not broken and went_back > 0 and anomalies.count > 0}


def jump(random: Random, seconds: float) -> float:
    """Where the clock stands after the next jump: years off, a step of the time service, or right again."""
    kind = random.randrange(4)
    if kind == 0:
        return random.uniform(-YEAR, YEAR)
    if kind == 1:
        return seconds + random.uniform(-0.5, 0.5)
    return seconds + random.uniform(-3 * 86400, 3 * 86400) if kind == 2 else 0.0


def zone(name: str) -> bool:
    """Another time zone for this process."""
    os.environ["TZ"] = name
    time.tzset()
    return True


def behind(clock: Moved, newest: str) -> bool:
    """Whether the clock has not yet come to the newest moment in the ledger, by more than this run takes to ask."""
    now = datetime.fromtimestamp(clock.milliseconds() / 1000, UTC)
    return now + timedelta(seconds=5) < datetime.fromisoformat(newest)


def record(random: Random, number: int, expected: Counter[date]) -> list[str]:
    """Record some facts of claimed days in 2024; the stamps of their arrival, in the order they were acknowledged."""
    from gangmu.kernel.clock import stamp
    from gangmu.kernel.scope import Actor
    from gangmu.ledger import actions
    from gangmu.ledger.facts import Draft

    arrived = []
    for step in range(FACTS):
        moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=random.randrange(366 * 1440 - 600))
        draft = Draft("a.held", "b1", {"n": step}, moment, moment, f"{number}-{step}")  # type: ignore[arg-type]
        receipt = actions.record(draft, by=Actor("clerk"), schema="trust")  # type: ignore[arg-type]
        arrived.append(stamp(receipt.received))
        expected[moment.astimezone(LOCAL).date()] += 1
    return arrived


def head_dates() -> list[str]:
    from gangmu.ledger import stored

    return [head.created for head in stored.heads()]


def count_elsewhere(offset: float, name: str) -> tuple[Counter[date], Counter[date]]:
    """How many facts each day has, as indexed and as read, asked at another time and in another zone.

    Every figure counts by this day: the local one of what was claimed.
    """
    import time_machine

    from gangmu.ledger import engine, queries

    zone(name)
    with time_machine.travel(time.time() + offset):
        stored = engine.rows("SELECT day, count(*) FROM ledger_fact GROUP BY day")
        indexed = Counter({date.fromisoformat(day): count for day, count in stored})
        ids = [fact_id for (fact_id,) in engine.rows("SELECT id FROM ledger_fact")]
        return indexed, Counter(fact.day for fact in queries.facts_by_id(ids))


def drift() -> int:
    from gangmu.ledger.rebuild import rebuild

    return sum(line.drift for line in rebuild(check=True))
