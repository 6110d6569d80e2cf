"""Recording through the whole action, receipts and sealing included, beside a bare INSERT of the same bytes."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from bench.__main__ import emit
from bench.scene import ENGINES, database, secretary
from bench.timing import RUNS, seconds

FACTS = 400


def main(seed: int) -> None:
    for engine in ENGINES:
        subprocess.run([sys.executable, "-m", "bench.intake", str(seed), engine], check=True)


def measure(seed: int, engine: str) -> None:
    with database(engine):
        from django.db import connection

        from gangmu.kernel import clock
        from gangmu.ledger.queries import entry
        from gangmu.records.actions import record_fact

        by, org = secretary()
        body = {"tags": ["members_meeting"], "present": 21, "expected": 24}
        note = {"subject": "上半年工作小结，议定三件事，各有专人和时限。"}
        taken = 0

        def record() -> None:
            nonlocal taken
            for _ in range(FACTS):
                taken += 1
                made = record_fact(KIND, org, body=body, sealed=note, on=clock.today(), by=by, idem=f"bench/{taken}")  # type: ignore[arg-type]
                if not made.signature:
                    raise SystemExit("a fact was recorded without a receipt")

        first = record_fact(KIND, org, body=body, sealed=note, on=clock.today(), by=by, idem="bench/first")  # type: ignore[arg-type]
        same = entry(first.id)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_bare (id integer PRIMARY KEY, bytes " + BYTES[engine] + ")")
        given = 0

        def insert() -> None:
            nonlocal given
            for _ in range(FACTS):
                given += 1
                with connection.cursor() as cursor:  # autocommit: INSERT and COMMIT
                    cursor.execute("INSERT INTO bench_bare (id, bytes) VALUES (%s, %s)", (given, same))

        record()
        insert()
        pairs = [(both_seconds(record), both_seconds(insert)) for _ in range(RUNS)]
        walls = [(ours[0], bare[0]) for ours, bare in pairs]
        emit(
            f"intake.{engine}",
            seed,
            {
                "facts_per_second": round(FACTS / statistics.median(ours for ours, _ in walls)),
                "bare_inserts_per_second": round(FACTS / statistics.median(bare for _, bare in walls)),
                "ratio": round(statistics.median(bare / ours for ours, bare in walls), 3),
                "cpu_us_a_fact": round(1e6 / FACTS * statistics.median(ours[1] for ours, _ in pairs)),
                "cpu_us_a_bare_insert": round(1e6 / FACTS * statistics.median(bare[1] for _, bare in pairs)),
            },
            facts=FACTS,
            bytes=len(same),
        )


def both_seconds(work: Callable[[], object]) -> tuple[float, float]:
    """(wall, processor) time of one run; the processor's is this process's, without a server's beside it."""
    before = time.process_time()
    wall = seconds(work)
    return wall, time.process_time() - before


KIND = "activity.held"
BYTES = {"sqlite": "blob", "postgres": "bytea"}

if __name__ == "__main__":
    if len(sys.argv) > 2:
        measure(int(sys.argv[1]), sys.argv[2])
    else:
        main(int(sys.argv[1]))
